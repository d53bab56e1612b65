"""Files beside the pages: stylesheet, scripts, pictures. Each is made only when its key has changed."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

import rjsmin

from generator.addresses import narrow_url, picture_url
from generator.model import Picture
from generator.portal import Portal
from generator.versions import THEME, code_version, theme_digest


@dataclass(frozen=True, slots=True)
class Product:
    """A file that is no page: `make` gives its bytes, and `key` changes whenever they could."""

    key: str
    make: Callable[[], bytes]


def ready(data: bytes) -> Product:
    """A product that is made already."""
    return Product(hashlib.sha256(data).hexdigest(), lambda: data)


def asset_files(portal: Portal, picture: Callable[[str], Picture]) -> dict[str, Product]:
    """All of them, by address. `picture` gives the picture of a source path."""
    sheet = Product(theme_digest() + code_version(), _stylesheet)
    scripts = {f"assets/{name}": ready(data) for name, data in script_files().items()}
    return {"assets/simpul.css": sheet, **dict(_sheets()), **scripts, **dict(_pictures(portal, picture))}


def _stylesheet() -> bytes:
    from generator.stylesheet import build_stylesheet  # only where it is made

    return build_stylesheet(THEME)


SHARED = "extra.css"
"""What the stylesheet of every page is made with; the other sheets belong to the kinds of pages that link to them."""


def _sheets() -> Iterator[tuple[str, Product]]:
    for path in sorted(THEME.glob("*.css")):
        if path.name != SHARED:
            yield f"assets/{path.name}", Product(theme_digest() + code_version(), partial(_minified, path))


def _minified(path: Path) -> bytes:
    from generator.stylesheet import minify  # only where it is made

    return minify(path.read_text(encoding="utf-8")).encode()


SCRIPTS = THEME / "scripts"
EVERYWHERE = ("simpul.js", "print.js", "search-hook.js")
PARTS = {
    "simpul.js": ("simpul", "print", "search-hook"),
    "search.js": ("search/files", "search/postings", "search/stemmer", "search/query", "search/spelling", "search/ranking",
                  "search/results", "search/start"),
    "search-more.js": ("search/filters", "search/suggestions"),
    "kirim.js": ("submit/document", "submit/fields", "submit/preview", "submit/pictures", "submit/start"),
}
"""Scripts made of parts that share one scope; those of every page are one file, so that they cost one request."""


def script_files() -> dict[str, bytes]:
    """All scripts, by file name below `assets/`."""
    files = {path.name: path.read_bytes() for path in sorted(SCRIPTS.glob("*.js")) if path.name not in EVERYWHERE}
    return {name: _lean(script) for name, script in (files | {name: _joined(parts) for name, parts in PARTS.items()}).items()}


@cache
def _lean(script: bytes) -> bytes:
    """Without comments and needless space."""
    return str(rjsmin.jsmin(script.decode())).encode()


def _joined(parts: Iterable[str]) -> bytes:
    text = b"\n".join((SCRIPTS / f"{part}.js").read_bytes() for part in parts)
    return b'(function () {\n"use strict";\n' + text + b"})();\n"


def _pictures(portal: Portal, picture: Callable[[str], Picture]) -> Iterator[tuple[str, Product]]:
    for path, size in portal.pictures.items():
        key = portal.entries[path].digest + code_version()
        yield picture_url(path), Product(key, partial(_wide, picture, path))
        if size.narrow:
            yield narrow_url(picture_url(path)), Product(key, partial(_narrow, picture, path))


def _wide(picture: Callable[[str], Picture], path: str) -> bytes:
    return picture(path).wide


def _narrow(picture: Callable[[str], Picture], path: str) -> bytes:
    return picture(path).narrow
