"""What only the pages of files show, opened by path: rendered texts, whole cases, pictures."""

import errno
from collections.abc import Mapping
from pathlib import Path

from simpul.html.render import Text
from simpul.model import PictureSize
from simpul.runtime.cache import Cache
from simpul.sources.entry import Body, Source, WholeCase, read_source
from simpul.sources.files import read_plain


class Texts:
    """All of them, from the cache, or read again where the cache has lost one."""

    def __init__(self, root: Path, sources: Mapping[str, Source], sizes: Mapping[str, PictureSize]) -> None:
        self.root, self.sources, self.sizes = root, sources, sizes

    def mark(self, path: str) -> str:
        """Changes with all that `body` and `text` give."""
        source = self.sources[path]
        return f"{source.digest}{self._sizes(path)}" if source.entry.images else source.digest

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
        """The text of a source, ready to be shown, with the sizes of its pictures."""
        rendered = body.rendered if isinstance(body, WholeCase) else body
        assert isinstance(rendered, tuple)
        return Text(rendered, self._sizes(path))

    def _sizes(self, path: str) -> dict[str, PictureSize]:
        return {image.source: self.sizes[image.source] for image in self.sources[path].entry.images}
