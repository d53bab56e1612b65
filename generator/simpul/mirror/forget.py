"""Withdrawal: a release after which no object of the folder holds what only earlier releases had."""

import difflib
import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Protocol
from urllib.parse import unquote

from simpul.mirror.archive import Archive
from simpul.mirror.client.tree import File, Tree, sha256
from simpul.mirror.deltas import TEXT

RECORD = ".dilupakan"
_TITLE = re.compile(rb"<title>([^<]*?)(?: - (?:(?! - )[^<])*)?</title>")
_WITHDRAWN, _LEADS_ON = b'<meta name="robots" content="noindex">', b'<meta http-equiv="refresh"'


class CannotForget(Exception):
    """What keeps an address from being forgotten, in Indonesian."""


@dataclass(frozen=True)
class Wish:
    """What is to be forgotten: addresses as typed; with `corrected` they stay, in a mended version; with
    `everything` no address is needed, because all that is older goes anyway.
    """

    typed: tuple[str, ...] = ()
    corrected: bool = False
    everything: bool = False

    def __bool__(self) -> bool:
        return bool(self.typed) or self.everything


NOTHING = Wish()


class Site(Protocol):
    """What is about to be released."""

    @property
    def tree(self) -> Tree:
        """All files with size and hash."""

    def read(self, path: str) -> bytes:
        """The content of a file."""


def find(wish: Wish, archive: Archive, site: Site) -> list[str]:
    """The addresses meant, as earlier releases knew them. Raises CannotForget where one never was, or where
    the new site still shows what it held.
    """
    known: dict[str, set[File]] = {}
    for release in archive.whole():
        for path, file in archive.tree(release).items():
            known.setdefault(path, set()).add(file)
    done, found = _recorded(archive.out), list[str]()
    for typed in wish.typed:
        paths = _meant(typed, known)
        if not paths and sha256(_plain(typed).encode()) not in done:
            raise CannotForget(_never(typed, known))
        found += paths
    for path in found:
        _refuse_shown(path, known, site, wish.corrected)
    return found


def mentions(paths: Sequence[str], archive: Archive, site: Site) -> list[str]:
    """Files of the new site that still name the title of a withdrawn page, or its address where nothing
    stands there any more.
    """
    words = {path.encode() for path in paths if path not in site.tree} | set(_titles(paths, archive))
    pattern = re.compile(b"|".join(map(re.escape, sorted(words, key=len, reverse=True))))
    return [path for path in sorted(site.tree)
            if words and path.endswith(TEXT) and path not in paths and pattern.search(site.read(path))]


def record(out: Path, wish: Wish, paths: Sequence[str]) -> None:
    """Remembers that these were forgotten, by the hash of each address: forgetting again is no mistake."""
    names = {_plain(path) for path in (*wish.typed, *paths)}
    done = _recorded(out) | {sha256(name.encode()) for name in names}
    (out / RECORD).write_text("".join(f"{digest}\n" for digest in sorted(done)), encoding="ascii")


def _recorded(out: Path) -> set[str]:
    place = out / RECORD
    return set(place.read_text(encoding="ascii", errors="replace").split()) if place.is_file() else set()


def _plain(typed: str) -> str:
    """An address as the site knows it: without host, leading slash, anchor and query."""
    path = unquote(typed.partition("#")[0].partition("?")[0]).replace("\\", "/")
    if "://" in path:
        path = path.partition("://")[2].partition("/")[2]
    return path.strip("/").removeprefix("./")


def _meant(typed: str, known: Mapping[str, object]) -> list[str]:
    """The file, or all files below the folder, or the page of a source that was there."""
    path = _plain(typed)
    if path in known:
        return [path]
    return sorted(other for other in known if other.startswith(f"{path}/")) or _page_of(path, known)


def _page_of(source: str, known: Mapping[str, object]) -> list[str]:
    """`praktik/00.71/antrean.html` for `content/daerah/00.71/praktik/antrean.md`: the one page all of whose
    names stand in the path of the source, if it is one.
    """
    if not source.endswith((".md", ".yml")):
        return []
    names = set(_names(source))
    pages = [path for path in known if path.endswith(".html") and names.issuperset(_names(path))]
    most = max((len(_names(path)) for path in pages), default=0)
    best = [path for path in pages if len(_names(path)) == most]
    return best if most > 1 and len(best) == 1 else []


def _names(path: str) -> tuple[str, ...]:
    return (*PurePosixPath(path).parent.parts, PurePosixPath(path).stem)


def _never(typed: str, known: Mapping[str, object]) -> str:
    near = difflib.get_close_matches(_plain(typed), known, 1)
    guess = f"Maksud Anda {near[0]}? " if near else ""
    return (f"{typed} tidak ada dalam satu pun rilis yang masih tersimpan di sini, jadi tidak ada yang "
            f"diterbitkan. {guess}Sebut alamatnya seperti di situs, misalnya praktik/00.71/antrean.html. "
            "Bila alamatnya benar dan rilisnya sudah dirapikan, sebut --forget-all sebagai gantinya: semua "
            "isi lama dilupakan.")


def _refuse_shown(path: str, known: Mapping[str, set[File]], site: Site, corrected: bool) -> None:
    """A page that is still there would only seem to be forgotten."""
    if copies := [other for other, file in site.tree.items()
                  if other != path and file in known[path] and file.size]:
        raise CannotForget(f"isi {path} masih ada di situs sebagai {copies[0]}. Cabut juga di sana, bangun "
                           "situs, lalu ulangi.")
    if path not in site.tree:
        return
    if corrected and not known[path] - {site.tree[path]}:
        raise CannotForget(f"{path} masih sama dengan yang sudah terbit. Perbaiki sumbernya, bangun situs, "
                           "lalu ulangi.")
    if not corrected and not _says_withdrawn(site.read(path)):
        raise CannotForget(f"{path} masih ada di situs. Hapus sumbernya atau catat penarikannya di "
                           "pindah.yml, bangun situs, lalu ulangi. Bila halamannya tetap ada dan hanya isi "
                           "lamanya yang harus hilang, sebut juga --corrected.")


def _says_withdrawn(page: bytes) -> bool:
    """Whether it only tells that something was there. A page that leads on is not one: what it led from
    stands elsewhere.
    """
    return _WITHDRAWN in page and _LEADS_ON not in page


def _titles(paths: Sequence[str], archive: Archive) -> Iterator[bytes]:
    for path in filter(lambda path: path.endswith(".html"), paths):
        for release in archive.whole():
            page = archive.contents(release, [path]).get(path, b"")
            if _WITHDRAWN not in page and (found := _TITLE.search(page)):
                yield from {found[1], html.unescape(found[1].decode(errors="replace")).encode()}
                break
