"""Which texts rest on which laws."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from simpul.addresses import page_url
from simpul.markdown import Link, cited
from simpul.model import Law
from simpul.portal.portal import Portal, once

LISTED = ("bacaan", "artikel")
"""Kinds of texts that the register names: the centre's, of which there are not thousands."""


class Citation(NamedTuple):
    """A law and the article that a text cites, "" for none: where, and how it leads there."""

    path: str
    link: Link
    law: str
    article: str


def citations(portal: Portal) -> Iterator[Citation]:
    """All citations in all texts."""
    for path, entry in portal.entries.items():
        for link in entry.links:
            if found := cited(link.written):
                yield Citation(path, link, *found)


@once
def laws(portal: Portal) -> Mapping[str, Law]:
    """The register by id; of two with one id the first."""
    return {law.id: law for law in reversed(portal.laws)}


@once
def resting(portal: Portal) -> Mapping[str, Mapping[str, str]]:
    """The pages of the centre's texts that rest on a law, with their titles, by its id."""
    found: dict[str, dict[str, str]] = {}
    for citation in citations(portal):
        if portal.entries[citation.path].kind in LISTED:
            url = page_url(citation.path)
            found.setdefault(citation.law, {})[url] = _title(portal, citation.path, url)
    return found


def _title(portal: Portal, path: str, url: str) -> str:
    """The title of the page of a text."""
    if path.startswith("content/"):
        article = portal.articles.get(url)
        return article.judul if article else url
    name = path.split("/")[2]
    module = portal.modules.get(name)
    title = module.judul if module else name
    return title if path.endswith("/isi.md") else f"Catatan pengajar: {title}"
