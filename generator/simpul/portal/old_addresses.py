"""The addresses of sources that were renamed or withdrawn, and where they lead."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from simpul.addresses import adaptation_url, page_url
from simpul.portal.moves import Moved
from simpul.portal.portal import Portal, once
from simpul.sources.schema import kind_of


class OldAddress(NamedTuple):
    """Where an old address leads: the address now, "" where the source was withdrawn; and what says so."""

    new: str
    moved: Moved


@once
def old_addresses(portal: Portal) -> Mapping[str, OldAddress]:
    """All of them, by old address. What a line of `pindah.yml` names comes before what follows."""
    found: dict[str, OldAddress] = {}
    moves = portal.moves.moved
    for move in moves.values():
        found[page_url(move.old)] = OldAddress(move.new and address_now(portal, move.new), move)
    for move in moves.values():
        for old, new in _below(portal, move):
            found.setdefault(old, OldAddress(new, move))
    return found


def moved(portal: Portal, source: str) -> bool:
    """Whether a source was renamed or withdrawn, by itself or with its module."""
    moves = portal.moves.moved
    return bool(moves) and (source in moves or f"{source.rpartition('/')[0]}/modul.yml" in moves)


def address_now(portal: Portal, path: str) -> str:
    """The page of a source. An overlay stands beside its module, whatever that is called now."""
    entry = portal.entries[path]
    return adaptation_url(entry.name) if entry.kind == "adaptasi" else page_url(path)


def _below(portal: Portal, moved: Moved) -> Iterator[tuple[str, str]]:
    """The pages below that of a module: the instructor's notes, and the regions' versions."""
    kind = kind_of(moved.old)
    if kind is None or kind.name != "modul":
        return
    before, now = kind.identify(moved.old), moved.new and kind.identify(moved.new)
    module = portal.modules.get(now)
    notes = f"modul/{now}/pengajar.html" if module and module.catatan_pengajar else f"modul/{now}.html"
    yield f"modul/{before}/pengajar.html", now and notes
    for name in portal.adaptations_by_module.get(now, ()):
        yield adaptation_url(f"{name.partition('/')[0]}/{before}"), adaptation_url(name)
