"""What is known of a document beside its HTML: headings, sections, links, pictures."""

from typing import NamedTuple

from simpul.markdown.targets import LinkTarget


class Heading(NamedTuple):
    """A heading of the document; `slug` is its anchor."""

    level: int
    text: str
    slug: str
    line: int


class Link(NamedTuple):
    """A link as written, and where it leads."""

    written: str
    line: int
    to: LinkTarget


class Image(NamedTuple):
    """A picture: its source path, its address on the site, and its text alternative."""

    written: str
    line: int
    source: str
    url: str
    alt: str
    refused: str = ""


class Remark(NamedTuple):
    """What a reader would not see, or not as it was meant: a code, and the words it is about."""

    code: str
    line: int
    text: str = ""


class Section(NamedTuple):
    """The text under one `##` heading; slug and title are empty for what stands before the first.

    `digest` changes with the source below the heading.
    """

    slug: str
    title: str
    words: int
    line: int
    digest: str = ""


class Outline(NamedTuple):
    """What rules and pages need to know of a document without its text."""

    sections: tuple[Section, ...] = ()
    headings: tuple[Heading, ...] = ()
    links: tuple[Link, ...] = ()
    images: tuple[Image, ...] = ()
    words: int = 0
    remarks: tuple[Remark, ...] = ()


class Rendered(NamedTuple):
    """A document ready to be shown: `html[i]` belongs to `outline.sections[i]`, without its heading."""

    outline: Outline
    html: tuple[str, ...]
    text: str
