"""Rules about addresses: every one is that of one thing, and lies within the site."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from simpul.problems import Finding

Address = tuple[str, str]
"""Where something stands on the site, and the source that calls for it, "" where the portal itself does."""
PROGRAM = "generator/simpul/"


def addresses_are_unique(addresses: Sequence[Address]) -> Iterator[Finding]:
    """No two things stand at one address: one of them would vanish without a word. What one source calls for
    twice is told where that source is checked.
    """
    found: dict[str, list[str]] = defaultdict(list)
    for url, source in addresses:
        if source == "" or source not in found[url]:
            found[url].append(source)
    for url, sources in found.items():
        if len(sources) > 1:
            *others, path = sorted(sources, key=lambda source: (source.startswith("content/"), source))
            hint = "Ganti nama berkas ini." if path else "Pilih alamat lain di pages/ atau exports/."
            yield Finding(path or PROGRAM, 1, "error", "alamat-ganda",
                          f"alamat {url} sudah dipakai {_named(others)}", hint)


def addresses_stay_inside(addresses: Sequence[Address]) -> Iterator[Finding]:
    """An address leads to a place below the site's folder."""
    for url, source in addresses:
        if not all(part and part.strip(".") for part in url.split("/")):
            yield Finding(source or PROGRAM, 1, "error", "alamat-luar", f"alamat '{url}' keluar dari situs",
                          "Pilih alamat seperti folder/nama.html.")


def _named(sources: Sequence[str]) -> str:
    return " dan ".join(source or "portal sendiri" for source in sources)
