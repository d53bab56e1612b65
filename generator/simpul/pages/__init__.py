"""Portal -> pages: which exist, at which permanent address, from which source, showing what."""

import itertools

from simpul.pages.page import Facets, LazyPage, Page, PageKind
from simpul.pages.registry import page_modules
from simpul.portal import Portal, once

__all__ = ["Facets", "LazyPage", "Page", "PageKind", "list_pages"]


@once
def list_pages(portal: Portal) -> tuple[LazyPage, ...]:
    """Every page of the site. A portal with errors can be listed, and its addresses are those it would have;
    what a page shows may be collected only where there are none.
    """
    return tuple(itertools.chain.from_iterable(module.pages(portal) for module in page_modules()))
