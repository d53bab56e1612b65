"""Markdown -> safe HTML, plain text and outline: a pure function of the text and its path.

The dialect is GitHub's: what contributors see in the preview of GitHub and GitLab is what the portal shows.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import nh3
from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.token import Token
from mdit_py_plugins.gfm import gfm_plugin

from generator.addresses import DRAWING, PICTURE, Target, page_url, picture_url, relative, resolve, slugify, source_of
from generator.blocks import count_words, cut, digest_of

VERSION = 1
ALERTS = {
    "note": ("note", "Catatan"),
    "tip": ("tip", "Kiat"),
    "important": ("info", "Penting"),
    "warning": ("warning", "Peringatan"),
    "caution": ("danger", "Awas"),
}
NAMED = re.compile(r"\s*\{#([a-z0-9]+(?:-[a-z0-9]+)*)\}\s*\Z")


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
    to: Target


class Image(NamedTuple):
    """A picture: its source path, its address on the site, and its text alternative."""

    written: str
    line: int
    source: str
    url: str
    alt: str
    refused: str = ""


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


class Rendered(NamedTuple):
    """A document ready to be shown: `html[i]` belongs to `outline.sections[i]`, without its heading."""

    outline: Outline
    html: tuple[str, ...]
    text: str


MARKS = tuple("!#$&*+:<=>@[\\]^_`{|}~\n")  # what may mean something inside a paragraph


class _Inline(ParserInline):
    """Most paragraphs are words and nothing else: those are not searched for marks letter by letter."""

    def parse(self, src: str, md: MarkdownIt, env: Any, tokens: list[Token]) -> list[Token]:
        if src and not any(map(src.__contains__, MARKS)) and "www" not in src.lower():
            tokens.append(Token("text", "", 0, content=src))
            return tokens
        return super().parse(src, md, env, tokens)


def _parser() -> MarkdownIt:
    parser = MarkdownIt()
    parser.inline = _Inline()
    parser.configure("commonmark", {"html": False}).use(gfm_plugin)
    parser.core.ruler.disable("normalize")  # decoding has done that
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # judged by resolve(), with its line
    return parser


_PARSER = _parser()
_CLEANER = nh3.Cleaner(
    tags={"p", "br", "hr", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "code", "em", "strong",
          "s", "del", "a", "img", "table", "thead", "tbody", "tr", "th", "td", "sup", "section", "div", "input"},
    attributes={
        "a": {"href", "title", "id", "class", "aria-label"}, "img": {"src", "alt", "title", "loading"},
        "h2": {"id"}, "h3": {"id"}, "h4": {"id"}, "h5": {"id"}, "h6": {"id"}, "ol": {"start", "class"}, "ul": {"class"},
        "li": {"id", "class"}, "th": {"class"}, "td": {"class"}, "sup": {"class"}, "section": {"class"},
        "div": {"class", "tabindex", "role", "aria-label"}, "p": {"class"}, "code": {"class"},
        "input": {"class", "disabled", "checked", "aria-label"},
    },
    tag_attribute_values={"input": {"type": {"checkbox"}}},
    url_schemes={"http", "https", "mailto"},
    link_rel=None,
)


def render(text: str, path: str, first_line: int = 1) -> Rendered:
    """Renders one document. `path` decides where its links lead; `first_line` is the text's first line in the file."""
    env: dict[str, Any] = {}
    tokens = _PARSER.parse(text, env)
    walk = _Walk(path, first_line)
    for index, token in enumerate(tokens):
        walk.visit(token, tokens[index + 1] if index + 1 < len(tokens) else token)
    parts = list(_split(tokens))
    html = tuple(_CLEANER.clean(_finish(_PARSER.renderer.render(part, _PARSER.options, env))) for _, part in parts)
    texts = [_plain(part) for _, part in parts]
    digests = [digest_of(block) for block in cut(text, [head.map[0] if head and head.map else None for head, _ in parts])]
    titles = {heading.line: heading for heading in walk.headings}
    sections = tuple(_section(head, body, titles, first_line, digest)
                     for (head, _), body, digest in zip(parts, texts, digests, strict=True))
    words = sum(section.words for section in sections)
    outline = Outline(sections, tuple(walk.headings), tuple(walk.links), tuple(walk.images), words)
    return Rendered(outline, html, "\n".join(texts).strip())


class _Walk:
    """One pass over the tokens: gives headings their anchors, links their targets, and notes what was seen."""

    def __init__(self, path: str, first_line: int) -> None:
        self.path, self.first_line, self.line = path, first_line, first_line
        self.headings: list[Heading] = []
        self.links: list[Link] = []
        self.images: list[Image] = []
        self.slugs: set[str] = set()

    def visit(self, token: Token, following: Token) -> None:
        if token.map:
            self.line = token.map[0] + self.first_line
        if token.type == "heading_open":
            self._heading(token, following)
        elif token.type == "heading_close":
            token.tag = _tag(token)
        elif token.type == "inline":
            self._inline(token)
        elif token.type in ("th_open", "td_open"):
            _align(token)
        elif token.type == "alert_open":
            _alert(token)
        elif token.type == "alert_title_open":
            token.attrs = {"class": "admonition-title"}
            _retitle(following)

    def _heading(self, token: Token, inline: Token) -> None:
        children = inline.children or []
        named = NAMED.search(inline.content)
        if named and children and children[-1].type == "text":
            children[-1].content = NAMED.sub("", children[-1].content)
        text = _inline_text(inline).strip()
        slug = self._unique(named[1] if named else slugify(text))
        token.tag = _tag(token)
        token.attrs = {"id": slug}
        self.headings.append(Heading(int(token.tag[1]), text, slug, self.line))

    def _unique(self, slug: str) -> str:
        number, name = 1, slug
        while name in self.slugs:
            number += 1
            name = f"{slug}-{number}"
        self.slugs.add(name)
        return name

    def _inline(self, token: Token) -> None:
        line = self.line
        for child in token.children or []:
            if child.type in ("softbreak", "hardbreak"):
                line += 1
            elif child.type == "link_open":
                self._link(child, line)
            elif child.type == "image":
                self._image(child, line)

    def _link(self, token: Token, line: int) -> None:
        written = str(token.attrs.get("href", ""))
        to = resolve(written, self.path)
        self.links.append(Link(written, line, to))
        token.attrs["href"] = to.href

    def _image(self, token: Token, line: int) -> None:
        written = str(token.attrs.get("src", ""))
        alt = _children_text(token.children or [])
        to = resolve(written, self.path)
        refused = to.refused or ("" if to.url else "gambar dari situs lain tidak diterima")
        source = "" if refused else source_of(written, self.path)
        if source and not PICTURE.search(source) and not DRAWING.fullmatch(source):
            refused = "jenis gambar ini tidak diterima"
        url = "" if refused else picture_url(source)
        self.images.append(Image(written, line, source, url, alt, refused))
        token.attrs["src"] = relative(url, page_url(self.path)) if url else ""
        token.attrs["loading"] = "lazy"


def _tag(token: Token) -> str:
    return "h2" if token.tag == "h1" else token.tag


def _align(token: Token) -> None:
    style = str(token.attrs.pop("style", ""))
    if style:
        token.attrs["class"] = "align-" + style.rpartition(":")[2].strip()


def _alert(token: Token) -> None:
    token.attrs = {"class": f"admonition {ALERTS[str(token.meta['kind']).lower()][0]}"}


def _retitle(inline: Token) -> None:
    for child in inline.children or []:
        child.content = ALERTS[child.content.lower()][1] if child.content.lower() in ALERTS else child.content


def _split(tokens: Sequence[Token]) -> Iterator[tuple[Token | None, list[Token]]]:
    """Cuts at the `##` headings; a heading itself is left out of its part."""
    head: Token | None = None
    part: list[Token] = []
    skip = 0
    for token in tokens:
        if token.type == "heading_open" and token.tag == "h2" and token.level == 0:
            if head is not None or part:
                yield head, part
            head, part, skip = token, [], 3
        if skip:
            skip -= 1
        else:
            part.append(token)
    if head is not None or part:
        yield head, part


def _section(head: Token | None, text: str, titles: dict[int, Heading], first_line: int, digest: str) -> Section:
    words = count_words(text)
    if head is None or head.map is None:
        return Section("", "", words, first_line, digest)
    heading = titles[head.map[0] + first_line]
    return Section(heading.slug, heading.text, words, heading.line, digest)


def _plain(tokens: Sequence[Token]) -> str:
    lines = (_inline_text(t) if t.type == "inline" else t.content for t in tokens
             if t.type in ("inline", "fence", "code_block"))
    return "\n".join(lines)


def _inline_text(token: Token) -> str:
    return _children_text(token.children or [])


def _children_text(children: Sequence[Token]) -> str:
    return "".join(
        " " if child.type in ("softbreak", "hardbreak")
        else _children_text(child.children) if child.type == "image" and child.children
        else child.content if child.type in ("text", "code_inline")
        else ""
        for child in children
    )


TABLE_FRAME = '<div class="table-wrap" tabindex="0" role="group" aria-label="Tabel">'
FINISH = (
    ("<table>", f"{TABLE_FRAME}<table>"),  # a wide table scrolls inside its own frame, which the keyboard can reach
    ("</table>", "</table></div>"),
    ('type="checkbox" checked="">', 'type="checkbox" checked="" aria-label="Selesai">'),
    ('type="checkbox">', 'type="checkbox" aria-label="Belum selesai">'),
    ('class="footnote-backref">', 'class="footnote-backref" aria-label="Kembali ke teks">'),
)


def _finish(html: str) -> str:
    for old, new in FINISH:
        html = html.replace(old, new)
    return html
