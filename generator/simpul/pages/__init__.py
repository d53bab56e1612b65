"""Portal -> pages: which exist, at which permanent address, from which source, showing what.

A module here that has `pages` is found by itself; its `RANK` places its pages in site map and summary.
"""

import itertools
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from simpul.pages.page import Facets, LazyPage, Page, PageKind
from simpul.portal import Portal, once

__all__ = ["Facets", "LazyPage", "Page", "PageKind", "list_pages"]

Lister = Callable[[Portal], Iterator[LazyPage]]


@cache
def _listers() -> tuple[Lister, ...]:
    modules = [import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__)]
    return tuple(module.pages for module in sorted((module for module in modules if hasattr(module, "pages")),
                                                   key=lambda module: (module.RANK, module.__name__)))


@once
def list_pages(portal: Portal) -> tuple[LazyPage, ...]:
    """Every page of the site. A portal with errors can be listed, with the addresses it would have; what a
    page shows may be collected only where there are none.
    """
    return tuple(itertools.chain.from_iterable(pages(portal) for pages in _listers()))
