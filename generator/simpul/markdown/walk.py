"""One pass over a document's tokens: anchors for headings, targets for links and pictures, notes."""

import re
from collections.abc import Sequence
from itertools import count, pairwise

from markdown_it.token import Token

from simpul.addresses import DRAWING, PICTURE, page_url, picture_url, relative, slugify, source_of
from simpul.markdown.outline import Heading, Image, Link
from simpul.markdown.remarks import LOOKED_AT, Remarks
from simpul.markdown.targets import AROUND, pretending, resolve

ALERTS = {
    "note": ("note", "Catatan"),
    "tip": ("tip", "Kiat"),
    "important": ("info", "Penting"),
    "warning": ("warning", "Peringatan"),
    "caution": ("danger", "Awas"),
}
LETTERED = re.compile(r"\(?(?:[A-Za-z]|[ivx]{1,5}|\d{1,3}(?:\.\d{1,3})*)[.)]\s")
NAMED = re.compile(r"\s*\{#([a-z0-9]+(?:-[a-z0-9]+)*)\}\s*\Z")


class Walk:
    """One pass over the tokens: gives headings anchors, links their targets, and notes what was seen."""

    def __init__(self, path: str, text: str, first_line: int) -> None:
        self.path, self.first_line, self.line = path, first_line, first_line
        self.remarks = Remarks(text, first_line)
        self.headings: list[Heading] = []
        self.links: list[Link] = []
        self.images: list[Image] = []
        self.slugs: set[str] = set()

    def visit(self, token: Token, following: Token) -> None:
        """Takes a token; `following` is the next one, which holds the words of a heading."""
        if token.map:
            self.line = token.map[0] + self.first_line
        if token.type in LOOKED_AT:
            self.remarks.look(token, following)
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
        text = inline_text(inline).strip()
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
        self.remarks.words(token)
        children = token.children or []
        if "\n" in token.content and LETTERED.match(token.content):
            _one_a_line(children)
        for place, child in enumerate(children):
            if child.type in ("softbreak", "hardbreak"):
                line += 1
            elif child.type == "link_open":
                self._link(child, _words(children, place) if child.info != "auto" else "", line)
                line += child.meta.get("rows", 0)
            elif child.type == "image":
                self._image(child, line)
            elif child.type == "comment":
                self.remarks.note("komentar", line - self.first_line, child.content.partition("\n")[0])
                line += child.content.count("\n")

    def _link(self, token: Token, words: str, line: int) -> None:
        written = str(token.attrs.get("href", ""))
        to = pretending(words, resolve(written, self.path))
        self.links.append(Link(written, line, to))
        token.attrs["href"] = to.href

    def _image(self, token: Token, line: int) -> None:
        written = str(token.attrs.get("src", "")).strip(AROUND)
        alt = children_text(token.children or [])
        to = resolve(written, self.path)
        refused = to.refused or ("" if to.url else "gambar dari situs lain tidak diterima")
        source = "" if refused else source_of(written, self.path)
        if source and not PICTURE.search(source) and not DRAWING.fullmatch(source):
            refused = "jenis gambar ini tidak diterima"
        url = "" if refused else picture_url(source)
        self.images.append(Image(written, line, source, url, alt, refused))
        token.attrs["src"] = relative(url, page_url(self.path)) if url else ""
        token.attrs["loading"] = "lazy"


def _one_a_line(children: Sequence[Token]) -> None:
    """Items that are lettered or numbered in another way than Markdown's stay on lines of their own."""
    for token, following in pairwise(children):
        if token.type == "softbreak" and following.type == "text" and LETTERED.match(following.content):
            token.type, token.tag = "hardbreak", "br"


def _words(children: Sequence[Token], place: int) -> str:
    """The words of the link that opens at a place."""
    end = next(number for number in count(place) if children[number].type == "link_close")
    return children_text(children[place + 1:end])


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


def inline_text(token: Token) -> str:
    """The words of a paragraph or heading."""
    return children_text(token.children or [])


def children_text(children: Sequence[Token]) -> str:
    """The words of the parts of a paragraph; of a picture its text alternative."""
    return "".join(
        " " if child.type in ("softbreak", "hardbreak")
        else children_text(child.children) if child.type == "image" and child.children
        else child.content if child.type in ("text", "code_inline")
        else ""
        for child in children
    )
