"""Whose a problem is: the sender's own, one he causes elsewhere, or one that was there before him."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from simpul.addresses import page_url
from simpul.builder.build import check
from simpul.intake.changes import before, changed_files, last_day, removed_files, stays_at_home
from simpul.pages import list_pages
from simpul.portal import Portal
from simpul.portal.moves import entry_of, source_named
from simpul.problems import Problem, error, errors


class Judged(NamedTuple):
    """The problems of a change: `own` are in files that it touches; `elsewhere` are errors that it causes in
    files it leaves alone; `older` are errors that were there before, which are not held against it.
    """

    own: tuple[Problem, ...]
    elsewhere: tuple[Problem, ...] = ()
    older: tuple[Problem, ...] = ()

    @property
    def told(self) -> tuple[Problem, ...]:
        """What the sender is asked to mend."""
        return (*self.own, *self.elsewhere)


def judge(found: Iterable[Problem], root: Path, base: str, region: str = "",
          portal: Portal | None = None) -> Judged:
    """The problems `found` at the root, for a change meant for the branch `base`; with those of addresses
    that vanish from the `portal`. Raises NoHistoryError.
    """
    changed = changed_files(root, base)
    touched = frozenset(changed)
    found = tuple(found)
    own = (*(problem for problem in found if problem.path in touched), *stays_at_home(changed, region),
           *(_vanishing(portal, root, base) if portal else ()))
    others = errors(problem for problem in found if problem.path not in touched)
    known = _known_before(root, base) if others else frozenset()
    return Judged(own, tuple(problem for problem in others if problem not in known),
                  tuple(problem for problem in others if problem in known))


def _vanishing(portal: Portal, root: Path, base: str) -> Iterator[Problem]:
    """A page that was published keeps its address: what takes its place, or why it is gone, is written down.
    Told where it is to be written, in the folder of whoever removed it.
    """
    gone = {path: now for path, now in removed_files(root, base).items() if entry_of(path)[0]}
    urls = {page.url for page in list_pages(portal)} if gone else set()
    for path, now in sorted(gone.items()):
        file, name = entry_of(path)
        if page_url(path) not in urls and source_named(file, name) == path:
            renamed = now and entry_of(now)[0] == file
            yield error(file, 1, "tanpa-pindah", f"'{name}' sudah terbit, lalu hilang tanpa catatan",
                        _renamed(name, entry_of(now)[1]) if renamed else
                        _gone(name, last_day(root, base)))


def _renamed(name: str, now: str) -> str:
    return f"Alamat lamanya tetap harus membawa pembaca ke sana. Tulis: - {{ dari: {name}, ke: {now} }}"


def _gone(name: str, day: str) -> str:
    return (f"Tulis: - {{ dari: {name}, dicabut: \"{day}\", alasan: \"«mengapa ditarik»\" }} "
            "Bila berganti nama, ganti 'dicabut' dan 'alasan' dengan 'ke' dan nama barunya.")


def _known_before(root: Path, base: str) -> frozenset[Problem]:
    """What was wrong already. A file that was left alone has kept its lines, so equal means the same."""
    with before(root, base) as place:
        return frozenset(check(place, 1).problems)
