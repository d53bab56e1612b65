"""Goes through the XML parts of a document. Names are told without their namespaces: two editions of each
standard use different ones.
"""

from collections.abc import Mapping
from xml.parsers import expat

from simpul.sources.attachments.findings import UnacceptableError
from simpul.sources.attachments.package import BROKEN

Attributes = Mapping[str, str]
NONE: Attributes = {}
DEEPEST = 200


class Reader:
    """What is done with each element; for nothing, unless it is said."""

    def start(self, name: str, attributes: Attributes) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, text: str) -> None:
        """Some of its text."""


def go_through(data: bytes, reader: Reader) -> None:
    """Shows a part to a reader, if there is anything in it. Raises UnacceptableError for what no program
    writes.
    """
    depth = 0
    if not data:
        return

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise UnacceptableError("susunan berkas ini terlalu dalam", BROKEN[1])
        reader.start(_local(name), {_local(key): value for key, value in attributes.items()}
                     if attributes else NONE)

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        reader.end(_local(name))

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = reader.text
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError):
        raise UnacceptableError(*BROKEN) from None


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


def _refuse_doctype(*_rest: object) -> None:
    raise UnacceptableError("berkas ini memuat DOCTYPE, yang tidak ditulis program kantor", BROKEN[1])
