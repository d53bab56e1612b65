"""Files beside the pages: stylesheet, scripts, pictures, attachments."""

import json
import subprocess
import sys
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache, partial
from pathlib import Path

from simpul.addresses import DEEPEST, attachment_url, narrow_url, picture_url
from simpul.html.bundle import bundles
from simpul.html.exams import kits
from simpul.model import Picture
from simpul.model.assessment import DONE
from simpul.model.pictures import NARROW, TALL, WIDE
from simpul.portal import Portal
from simpul.runtime.lazy import LazyFile, SiteFile
from simpul.runtime.versions import GENERATOR, THEME, theme_digest


def list_assets(portal: Portal) -> Iterator[LazyFile]:
    """All of them."""
    yield _asset("simpul.css", None, stylesheet)
    for own in _sheets():
        yield _asset(own.name, own.name, sheet)
    for name in script_names():
        yield _asset(name, name, script)
    for depth in ("akar", *map(str, range(DEEPEST + 1))):
        yield _asset(f"hilang-{depth}.css", depth, way_back)
    yield _asset(ICON, None, icon)
    yield LazyFile(TAB_ICON, partial(SiteFile, TAB_ICON, None, tab_icon))
    for path, size in portal.pictures.items():
        url = picture_url(path)
        yield LazyFile(url, partial(SiteFile, url, None, wide, (path,)), path)
        if size.narrow:
            yield LazyFile(narrow_url(url), partial(SiteFile, narrow_url(url), None, narrow, (path,)), path)
    for path, file in portal.attachments.items():
        url = attachment_url(path, file.digest)
        yield LazyFile(url, partial(SiteFile, url, None, attachment, (path,)), path)
    yield from bundles(portal)
    yield from kits(portal)


def _asset(name: str, value: str | None, make: Callable[..., bytes]) -> LazyFile:
    return LazyFile(f"assets/{name}", partial(SiteFile, f"assets/{name}", value, make))


ICON = "ikon.png"


def icon(_value: None) -> bytes:
    """The picture of the site beside an address that was shared; messengers take pixels only."""
    return (THEME / ICON).read_bytes()


TAB_ICON, ICO_HEADER = "favicon.ico", 22
"""What precedes the one picture, a PNG, in that file."""


def tab_icon(_value: None) -> bytes:
    """The knot for the tab, at the address that feed readers, proxies of old phones, and browsers that show a
    table or a picture ask a host for by themselves; in a sub-folder it is the host's own that they ask for.
    Pages name no icon to fetch; their script has this one.
    """
    return (THEME / TAB_ICON).read_bytes()


def stylesheet(_value: None) -> bytes:
    """The stylesheet of every page."""
    from simpul.html.stylesheet import build_stylesheet  # only where it is made

    return build_stylesheet(THEME)


SHARED = "extra.css"
"""What the stylesheet of every page is made with; the other sheets belong to the kinds of pages that link to
them.
"""


def _sheets() -> list[Path]:
    return [path for path in sorted(THEME.glob("*.css")) if path.name != SHARED]


def sheet(name: str) -> bytes:
    """A stylesheet of some kinds of pages."""
    from simpul.html.stylesheet import minify  # only where it is made

    return minify((THEME / name).read_text(encoding="utf-8")).encode()


def way_back(depth: str) -> bytes:
    """What the page of missing pages finds where the portal lies so many folders above: its look, and the
    addresses that count from there. Where several are found, the nearest holds.
    """
    if depth == "akar":
        return b'@import "simpul.css";'
    own = f".from.from--{depth}"
    return (f'@import "simpul.css";.from--akar,{own}~.from{{display:none!important}}'
            f"{own}{{display:block!important}}").encode()


SCRIPTS = THEME / "scripts"
MINIFYING = GENERATOR / "html" / "minify.py"
READING = ("simpul", "article", "qr", "print", "links", "search-hook")
RECORD = ("simpul", "qr", "belajar/record", "belajar/self")
PARTS = {
    "simpul.js": (*READING, "daerah"),
    "modul.js": (*READING, "belajar/record", "belajar/answers", "belajar/quiz"),
    "jalur.js": (*READING, "belajar/record", "belajar/marks"),
    "catatan.js": (*RECORD, "search-hook", "catatan/merge", "catatan/sheet"),
    "periksa.js": (*RECORD, "print", "periksa/path", "periksa/check", "periksa/result"),
    "search.js": ("search/files", "search/postings", "search/stemmer", "search/query", "search/spelling",
                  "search/ranking", "search/results", "search/start"),
    "search-more.js": ("search/filters", "search/suggestions"),
    "kirim.js": ("submit/document", "submit/personal", "submit/fields", "submit/picks", "submit/numbers",
                 "submit/rules", "submit/drafts", "submit/agenda", "submit/table", "submit/preview",
                 "submit/pictures", "submit/start"),
}
"""Scripts made of parts that share one scope. A page has one of them, so that it costs one request: that of
every page, or one that holds the same and what pages of its kind need.
"""
NUMBERS = {"belajar/record": {"DONE": DONE},
           "submit/pictures": {"WIDEST": WIDE, "TALLEST": TALL, "LEGIBLE": NARROW}}
"""What parts of scripts are told of the program's own rules."""


def script_names() -> list[str]:
    """The file names of all scripts below `assets/`."""
    parts = {f"{part}.js" for names in PARTS.values() for part in names}
    return sorted({path.name for path in SCRIPTS.glob("*.js")} - parts | PARTS.keys())


class ScriptError(ValueError):
    """A script cannot be read; which, and why."""


def script(name: str) -> bytes:
    """A script, its parts joined and minified. Raises ScriptError."""
    done, wrong = _minified_scripts(theme_digest())
    if name in wrong:
        raise ScriptError(wrong[name])
    return done[name].encode()


@lru_cache(maxsize=1)
def _minified_scripts(theme: str) -> tuple[dict[str, str], dict[str, str]]:
    """All scripts of a theme at once, since it takes a process, and what is wrong with those that cannot be
    read.
    """
    texts = {name: _joined(PARTS[name]) if name in PARTS else _text(name) for name in script_names()}
    program = [sys.executable, "-P", str(MINIFYING)]
    done = subprocess.run(program, input=json.dumps(texts), stdout=subprocess.PIPE, text=True,  # noqa: S603
                          encoding="utf-8", check=True)
    found: tuple[dict[str, str], dict[str, str]] = json.loads(done.stdout)
    return found


def _text(name: str) -> str:
    return (SCRIPTS / name).read_text(encoding="utf-8")


def _joined(parts: Iterable[str]) -> str:
    text = "\n".join(_told(part) + _text(f"{part}.js") for part in parts)
    return f'(function () {{\n"use strict";\n{text}}})();\n'


def _told(part: str) -> str:
    told: dict[str, object] = {**NUMBERS.get(part, {})}
    if part == "simpul":
        told["ICON"] = f'"data:image/png;base64,{b64encode(tab_icon(None)[ICO_HEADER:]).decode()}"'
    return "".join(f"const {name} = {value};\n" for name, value in told.items())


def attachment(_value: None, data: bytes) -> bytes:
    """An attachment, as it was cleaned."""
    return data


def wide(_value: None, picture: Picture) -> bytes:
    """The wide copy of a picture."""
    return picture.wide


def narrow(_value: None, picture: Picture) -> bytes:
    """The narrow copy of a picture."""
    return picture.narrow
