"""Pages -> what search knows of them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from simpul.markdown import Rendered
from simpul.pages import Page
from simpul.portal import Portal
from simpul.search.analysis import analyse
from simpul.search.document import Document, IndexEntry
from simpul.search.synonyms import Lexicon, Synonyms, SynonymSet


def entry_of(page: Page, texts: Sequence[Rendered], lexicon: Lexicon) -> IndexEntry | None:
    """What the index takes of a page; None for one that search leaves out. `lexicon` is the portal's.

    What a page shares is left out: cases, say, are found by themselves, and one more must move no other.
    """
    facets = page.facets
    if facets is None:
        return None
    if facets.named:
        named = Document(page.url, page.title, facets.kind, facets.region, facets.region_name)
        entry = analyse(named, lexicon)
        return entry._replace(card=entry.card._replace(summary=page.description))
    texts = texts[page.borrowed:]
    headings = tuple(heading.text for rendered in texts for heading in rendered.outline.headings)
    text = "\n".join((*(rendered.text for rendered in texts), *_spoken(page)))
    return analyse(Document(page.url, page.title, facets.kind, facets.region, facets.region_name,
                            facets.competences, facets.themes, headings, page.description, text,
                            facets.verified, facets.added, facets.conditions), lexicon)


def _spoken(page: Page) -> Iterator[str]:
    """The words of a page's data that count as its own."""
    spoken = page.kind.spoken
    return _words(page.view if spoken is True else [page.view.get(part) for part in spoken or ()])


def _words(value: Any) -> Iterator[str]:
    """The texts in a view, which are shown as they stand; addresses and numbers are none."""
    if isinstance(value, str):
        if " " in value or value.isalpha():
            yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _words(item)
    elif isinstance(value, list):
        for item in value:
            yield from _words(item)


def synonyms_of(portal: Portal) -> Synonyms:
    """Abbreviations of the centre's list and of the glossary with their long forms; the words of readers."""
    terms = {term.istilah: term.kepanjangan for term in portal.terms if term.kepanjangan}
    short = terms | {item.singkatan: item.kepanjangan for item in portal.abbreviations}
    return (*map(SynonymSet, short.items()),
            *(SynonymSet(item.kata, item.berarti) for item in portal.synonyms))
