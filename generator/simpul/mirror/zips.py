"""A release for who has only a file manager: the whole site as a zip, small ones from the last releases."""

import hashlib
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from simpul.mirror.archive import Archive
from simpul.mirror.bundle import TIME
from simpul.mirror.client.manifest import Manifest, Zip
from simpul.mirror.client.tree import Tree, order, parents
from simpul.mirror.deltas import TEXT
from simpul.mirror.metadata import replace
from simpul.mirror.zip_page import SIGN, as_html, gone_page, to_delete

FOLDER, PAGE = "unduh", "index.html"
BACK = 3  # earlier releases from which a small zip leads to the newest
LEVEL = 6  # 9 takes as long and saves nothing on pages
_OURS = re.compile(r"simpul-rilis-\d+(-ke-\d+)?\.zip(\.baru)?")


class Step(NamedTuple):
    """What a zip does to a copy of release `since` (0: to an empty folder). Its files are `written`; of what
    the release no longer has, `emptied` files are overwritten, and those `in_the_way` of a folder, or of a
    file, must go first, by hand.
    """

    since: int
    written: tuple[str, ...]
    emptied: tuple[str, ...] = ()
    in_the_way: tuple[str, ...] = ()


class Offer(NamedTuple):
    """A zip as the page offers it."""

    zip: Zip
    step: Step


def taken(out: Path) -> str:
    """What stands where the page goes and was not made by a release, by its path; "" when nothing does."""
    if (out / FOLDER).is_symlink() or ((out / FOLDER).exists() and not (out / FOLDER).is_dir()):
        return FOLDER
    page = out / FOLDER / PAGE
    ours = not page.is_symlink() and (not page.exists() or (page.is_file() and SIGN in page.read_bytes()))
    return "" if ours else f"{FOLDER}/{PAGE}"


def write_zips(archive: Archive, release: int, date: str, tree: Tree,
               read: Callable[[str], bytes]) -> list[Offer]:
    """Writes the zips: small ones, from the last release back, then the whole. One that saves nothing is left
    out.
    """
    steps = [_step(old.release, archive.tree(old), tree) for old in archive.whole()[:-BACK - 1:-1]]
    whole = _write(archive.out, release, date, Step(0, tuple(tree)), read)
    small = [_write(archive.out, release, date, step, read) for step in steps]
    return [*(offer for offer in small if offer.zip.size < whole.zip.size), whole]


def show(out: Path, manifest: Manifest, offers: Iterable[Offer]) -> None:
    """Once the release counts: the page that offers the zips, and the end of those before."""
    replace(out / FOLDER / PAGE, as_html(manifest, [(name(manifest.release, offer.zip.since), *offer)
                                                   for offer in offers]))
    tidy(out, manifest)


def tidy(out: Path, manifest: Manifest) -> list[str]:
    """Removes zips that the release in force does not name; returns their paths."""
    wanted = {name(manifest.release, one.since) for one in manifest.zips}
    found = [path for path in sorted((out / FOLDER).glob("*"))
             if _OURS.fullmatch(path.name) and path.name not in wanted and not path.is_symlink()]
    for path in found:
        path.unlink()
    return [f"{FOLDER}/{path.name}" for path in found]


def name(release: int, since: int) -> str:
    """The name of a zip of a release."""
    return f"simpul-rilis-{since}-ke-{release}.zip" if since else f"simpul-rilis-{release}.zip"


def _step(since: int, old: Tree, tree: Tree) -> Step:
    folders = {parent for path in tree for parent in parents(path)}
    gone = [path for path in sorted(old) if path not in tree]
    in_the_way = {path for path in gone if path in folders or any(parent in tree for parent in parents(path))}
    return Step(since, tuple(path for path in tree if old.get(path) != tree[path]),
                tuple(path for path in gone if path not in in_the_way), tuple(sorted(in_the_way)))


def _write(out: Path, release: int, date: str, step: Step, read: Callable[[str], bytes]) -> Offer:
    place = out / FOLDER / name(release, step.since)
    place.parent.mkdir(parents=True, exist_ok=True)
    aside = place.with_name(place.name + ".baru")
    with zipfile.ZipFile(aside, "w") as archive:
        for path, content in _contents(release, date, step, read):
            info = zipfile.ZipInfo(path, TIME)
            info.create_system, info.external_attr = 3, 0o644 << 16
            packed = zipfile.ZIP_DEFLATED if path.endswith(TEXT) else zipfile.ZIP_STORED
            archive.writestr(info, content, packed, LEVEL)
    with aside.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    aside.replace(place)
    return Offer(Zip(step.since, digest, place.stat().st_size), step)


def _contents(release: int, date: str, step: Step,
              read: Callable[[str], bytes]) -> Iterator[tuple[str, bytes]]:
    """In the order in which a file manager may stop: nothing is linked before it is there. What is gone comes
    first, because a new file may differ from it in capitals only.
    """
    for path in step.emptied:
        yield path, gone_page(path) if path.endswith(".html") else b""
    for path in sorted(step.written, key=lambda path: (order(path), path)):
        yield path, read(path)
    if step.emptied or step.in_the_way:
        yield f"HAPUS-rilis-{release}.txt", to_delete(release, date, step.since, step.in_the_way,
                                                      step.emptied)
