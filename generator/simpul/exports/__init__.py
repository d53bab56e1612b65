"""Portal -> files for machines. A module here that has `files` is found by itself."""

from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from itertools import chain
from pkgutil import iter_modules

from simpul.portal import Portal, once
from simpul.runtime.lazy import LazyFile

__all__ = ["list_files"]

Lister = Callable[[Portal], Iterator[LazyFile]]


@cache
def _listers() -> tuple[Lister, ...]:
    modules = [import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__)]
    return tuple(module.files for module in modules if hasattr(module, "files"))


@once
def list_files(portal: Portal) -> tuple[LazyFile, ...]:
    """Every exported file. As with pages, a portal with errors can be listed; contents want one without."""
    return tuple(chain.from_iterable(files(portal) for files in _listers()))
