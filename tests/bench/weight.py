"""What a reader downloads, beside stock Material built from the same texts: bytes after gzip -9, by kind.

A first visit is a page with its stylesheets and scripts, for Material also the search index, which it fetches
at once; a further visit is the page alone.
"""

import gzip
import posixpath
import re
from collections.abc import Mapping
from pathlib import Path
from statistics import median
from typing import NamedTuple

from tests.bench import material
from tests.bench.measure import ROOT, run
from tests.bench.speed import SIMPUL

PARTS = re.compile(r'<(?:link rel="?stylesheet"?|script)[^>]*?(?:href|src)="?([^">]+)')
KINDS = {"case": "praktik/*/*.html", "module": "modul/*.html"}
INDEX = "search/search_index.json"


class Visit(NamedTuple):
    """Bytes of a first and of a further page, and the requests of the first."""

    first: int
    further: int
    requests: int


def weigh(folder: Path) -> None:
    """Builds the project's own portal both ways and prints medians for each kind of page."""
    mine, peer = folder / "own", folder / "material"
    run((*SIMPUL, "build", "--site", mine), ROOT)
    material.write(ROOT, peer)
    run(material.COMMAND, peer)
    print("-- bytes to read one page of this portal, medians (gzip -9)")
    for kind, pattern in KINDS.items():
        own = _middle([_visit(mine, path) for path in sorted(mine.glob(pattern)) if path.stem != "index"])
        other = _middle([_visit(peer / "site", path) for path in sorted((peer / "site").glob(pattern))])
        for name, one, two in zip(Visit._fields, own, other, strict=True):
            print(f"{kind:<8}{name:<10} Simpul {one:9,}  Material {two:9,}  ratio {one / two:.3f}")


def _middle(visits: list[Visit]) -> Visit:
    return Visit(*(int(median(values)) for values in zip(*visits, strict=True)))


def _visit(site: Path, page: Path) -> Visit:
    text = page.read_text(encoding="utf-8")
    folder = page.parent.relative_to(site).as_posix()
    parts = {posixpath.normpath(posixpath.join(folder, url)) for url in PARTS.findall(text)
             if "://" not in url}
    files = {name for name in (*parts, INDEX) if (site / name).is_file()}
    weights: Mapping[str, int] = {name: _packed((site / name).read_bytes()) for name in files}
    html = _packed(text.encode())
    return Visit(html + sum(weights.values()), html, 1 + len(weights))


def _packed(data: bytes) -> int:
    return len(gzip.compress(data, 9))
