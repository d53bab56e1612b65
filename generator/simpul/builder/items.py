"""All that a site consists of but for the search index, which is made from the pages."""

from collections.abc import Iterator

from simpul.exports import list_files
from simpul.html.assets import list_assets
from simpul.pages import LazyPage, Page, list_pages
from simpul.portal import Portal
from simpul.runtime.lazy import LazyFile, SiteFile

Item = Page | SiteFile
LazyItem = LazyPage | LazyFile


def list_items(portal: Portal) -> Iterator[LazyItem]:
    """Pages, exports, and the files beside the pages."""
    yield from list_pages(portal)
    yield from list_files(portal)
    yield from list_assets(portal)
