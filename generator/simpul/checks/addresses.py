"""Rules about addresses: every one is that of one thing."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from simpul.problems import Finding

Address = tuple[str, str]
"""Where something stands on the site, and the source that calls for it, "" where the portal itself does."""


def addresses_are_unique(addresses: Sequence[Address]) -> Iterator[Finding]:
    """No two sources are shown at one address: one of them would vanish without a word."""
    found: dict[str, set[str]] = defaultdict(set)
    for url, source in addresses:
        found[url].add(source)
    for url, sources in found.items():
        if len(sources) > 1:
            *others, path = sorted(sources, key=lambda source: (source.startswith("content/"), source))
            yield Finding(path, 1, "error", "alamat-ganda", f"alamat {url} sudah dipakai {_named(others)}",
                          "Ganti nama berkas ini.")


def _named(sources: Sequence[str]) -> str:
    return " dan ".join(source or "portal sendiri" for source in sources)
