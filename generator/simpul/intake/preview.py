"""The pages that a change touches, with what they need, in a folder that opens without a server."""

import html
import re
import shutil
from collections.abc import Iterable
from pathlib import Path

from simpul.addresses import page_url
from simpul.runtime.folders import empty, mark

OWN = re.compile(r'\bsrc="([^":]+)"')
LIST = "PRATINJAU.html"


def touched_pages(site: Path, changed: Iterable[str]) -> list[str]:
    """The addresses of the pages that show changed sources, those that exist."""
    urls = {page_url(path) for path in changed if path.startswith(("content/", "curriculum/"))}
    return sorted(url for url in urls if url.endswith(".html") and (site / url).is_file())


def copy_pages(site: Path, urls: Iterable[str], out: Path) -> None:
    """Copies the pages, their pictures, and the files that every page uses; `PRATINJAU.html` lists them. What
    the folder, which is ours, held before goes.
    """
    empty(out)
    mark(out)
    shutil.copytree(site / "assets", out / "assets")
    for url in urls:
        _copy(site, url, out)
        text = (site / url).read_text(encoding="utf-8")
        for source in OWN.findall(text):
            found = (site / url).parent / source
            if found.is_file() and found.resolve().is_relative_to(site.resolve()):
                _copy(site, found.resolve().relative_to(site.resolve()).as_posix(), out)
    items = "".join(f'<li><a href="{html.escape(url)}">{html.escape(url)}</a></li>' for url in urls)
    (out / LIST).write_text('<!doctype html><html lang="id"><meta charset="utf-8">'
                            '<title>Pratinjau usulan</title>'
                            f"<h1>Halaman yang berubah</h1><ul>{items or '<li>Tidak ada</li>'}</ul></html>",
                            encoding="utf-8")


def _copy(site: Path, url: str, out: Path) -> None:
    place = out / url
    place.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(site / url, place)
