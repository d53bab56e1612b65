"""Portal -> files for machines. A module here that has `files` is found by itself."""

from itertools import chain

from simpul.portal import Portal, once
from simpul.runtime.lazy import LazyFile
from simpul.runtime.modules import modules_of

__all__ = ["list_files"]


@once
def list_files(portal: Portal) -> tuple[LazyFile, ...]:
    """Every exported file. As with pages, a portal with errors can be listed; contents want one without."""
    return tuple(chain.from_iterable(module.files(portal) for module in modules_of(__name__, "files")))
