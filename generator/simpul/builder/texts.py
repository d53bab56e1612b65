"""What only the pages of files show, opened by path: rendered texts, whole cases, pictures."""

import errno
from collections.abc import Mapping
from pathlib import Path

from simpul.addresses import attachment_url
from simpul.html.render import Text
from simpul.model import PictureSize
from simpul.portal import Portal
from simpul.portal.old_addresses import old_addresses
from simpul.runtime.cache import Cache
from simpul.sources.entry import Body, Source, WholeCase, read_source
from simpul.sources.files import read_plain


class Texts:
    """All of them, from the cache, or read again where the cache has lost one."""

    def __init__(self, root: Path, sources: Mapping[str, Source], portal: Portal) -> None:
        self.root, self.sources, self.sizes = root, sources, portal.pictures
        self.old = {url: found.new for url, found in old_addresses(portal).items()}
        self.files = {attachment_url(path): attachment_url(path, file.digest)
                      for path, file in portal.attachments.items()}

    def mark(self, path: str) -> str:
        """Changes with all that `body` and `text` give."""
        source = self.sources[path]
        sizes = str(self._sizes(path)) if source.entry.images else ""
        moved = str(self._moved(path)) if self.old and source.entry.links else ""
        files = str(self._files(path)) if self.files and source.entry.links else ""
        return f"{source.digest}{sizes}{moved}{files}"

    def body(self, path: str, cache: Cache) -> Body:
        """What stands in a source. Raises OSError where it has changed since it was read."""
        wanted = self.sources[path].digest
        known: Body = cache.value("body", path, wanted)
        if known:
            return known
        source, body = read_source(path, read_plain(f"{self.root}/{path}"))
        if source.digest != wanted:
            raise OSError(errno.EAGAIN, "berubah selagi situs dibangun", path)
        return body

    def text(self, path: str, body: Body) -> Text:
        """The text of a source, ready to be shown, with the sizes of its pictures and its links' new ends."""
        rendered = body.rendered if isinstance(body, WholeCase) else body
        assert isinstance(rendered, tuple)
        return Text(rendered, self._sizes(path), self._moved(path), self._files(path))

    def _files(self, path: str) -> dict[str, str]:
        links = self.sources[path].entry.links if self.files else ()
        return {link.to.url: self.files[link.to.url] for link in links if link.to.url in self.files}

    def _sizes(self, path: str) -> dict[str, PictureSize]:
        return {image.source: self.sizes[image.source] for image in self.sources[path].entry.images}

    def _moved(self, path: str) -> dict[str, str]:
        links = self.sources[path].entry.links if self.old else ()
        return {link.to.url: self.old[link.to.url] for link in links if link.to.url in self.old}
