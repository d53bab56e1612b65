"""Files beside the pages: stylesheet, scripts, pictures. Each is made only when its key has changed."""

import hashlib
import json
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path

from simpul.addresses import narrow_url, picture_url
from simpul.model import Picture
from simpul.portal import Portal
from simpul.runtime.versions import GENERATOR, THEME, code_version, theme_digest


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
    theme = theme_digest() + code_version()
    sheets = {f"assets/{path.name}": Product(theme, partial(_minified, path)) for path in _sheets()}
    scripts = {f"assets/{name}": Product(theme, partial(_script, name)) for name in script_names()}
    return {"assets/simpul.css": Product(theme, _stylesheet), **sheets, **scripts, **dict(_pictures(portal, picture))}


def _stylesheet() -> bytes:
    from simpul.html.stylesheet import build_stylesheet  # only where it is made

    return build_stylesheet(THEME)


SHARED = "extra.css"
"""What the stylesheet of every page is made with; the other sheets belong to the kinds of pages that link to them."""


def _sheets() -> list[Path]:
    return [path for path in sorted(THEME.glob("*.css")) if path.name != SHARED]


def _minified(path: Path) -> bytes:
    from simpul.html.stylesheet import minify  # only where it is made

    return minify(path.read_text(encoding="utf-8")).encode()


SCRIPTS = THEME / "scripts"
MINIFYING = GENERATOR / "html" / "minify.py"
EVERYWHERE = {"print.js", "search-hook.js"}
PARTS = {
    "simpul.js": ("simpul", "print", "search-hook"),
    "search.js": ("search/files", "search/postings", "search/stemmer", "search/query", "search/spelling", "search/ranking",
                  "search/results", "search/start"),
    "search-more.js": ("search/filters", "search/suggestions"),
    "kirim.js": ("submit/document", "submit/fields", "submit/preview", "submit/pictures", "submit/start"),
}
"""Scripts made of parts that share one scope; those of every page are one file, so that they cost one request."""


def script_names() -> list[str]:
    """The file names of all scripts below `assets/`."""
    return sorted({path.name for path in SCRIPTS.glob("*.js")} - EVERYWHERE | PARTS.keys())


def script_files() -> dict[str, bytes]:
    """All scripts, by file name below `assets/`."""
    return {name: _script(name) for name in script_names()}


def _script(name: str) -> bytes:
    return _minified_scripts(theme_digest())[name].encode()


@lru_cache(maxsize=1)
def _minified_scripts(theme: str) -> dict[str, str]:
    """All scripts of a theme at once, since it takes a process."""
    texts = {name: _joined(PARTS[name]) if name in PARTS else _text(name) for name in script_names()}
    program = [sys.executable, "-P", str(MINIFYING)]
    done = subprocess.run(program, input=json.dumps(texts), stdout=subprocess.PIPE, text=True, encoding="utf-8", check=True)  # noqa: S603
    found: dict[str, str] = json.loads(done.stdout)
    return found


def _text(name: str) -> str:
    return (SCRIPTS / name).read_text(encoding="utf-8")


def _joined(parts: Iterable[str]) -> str:
    text = "\n".join(_text(f"{part}.js") for part in parts)
    return f'(function () {{\n"use strict";\n{text}}})();\n'


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
