"""Tokens -> HTML that holds nothing active, cut at the `##` headings, and the plain text."""

from collections.abc import Iterator, Sequence
from typing import Any

import nh3
from markdown_it.token import Token

from simpul.markdown.blocks import count_words, cut, digest_of
from simpul.markdown.dialect import make_parser, with_bullets
from simpul.markdown.outline import Heading, Outline, Rendered, Section
from simpul.markdown.walk import Walk, children_text, inline_text

_PARSER = make_parser()
_CLEANER = nh3.Cleaner(
    tags={"p", "br", "hr", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "code", "em",
          "strong", "s", "del", "a", "img", "table", "thead", "tbody", "tr", "th", "td", "sup", "section",
          "div", "input"},
    attributes={
        "a": {"href", "title", "id", "class", "aria-label"}, "img": {"src", "alt", "title", "loading"},
        "h2": {"id"}, "h3": {"id"}, "h4": {"id"}, "h5": {"id"}, "h6": {"id"}, "ol": {"start", "class"},
        "ul": {"class"}, "li": {"id", "class"}, "th": {"class"}, "td": {"class"}, "sup": {"class"},
        "section": {"class"}, "div": {"class", "tabindex", "role", "aria-label"}, "p": {"class"},
        "code": {"class"}, "input": {"class", "disabled", "checked", "aria-label"},
    },
    tag_attribute_values={"input": {"type": {"checkbox"}}},
    url_schemes={"http", "https", "mailto"},
    link_rel=None,
)


def render(text: str, path: str, first_line: int = 1) -> Rendered:
    """Renders one document. `path` decides where links lead; `first_line` is the text's first in the file."""
    env: dict[str, Any] = {}
    tokens = _PARSER.parse(with_bullets(text), env)
    walk = Walk(path, text, first_line)
    for index, token in enumerate(tokens):
        walk.visit(token, tokens[index + 1] if index + 1 < len(tokens) else token)
    walk.remarks.definitions(env, tokens)
    parts = list(_split(tokens))
    html = tuple(_CLEANER.clean(_finish(_PARSER.renderer.render(part, _PARSER.options, env)))
                 for _, part in parts)
    texts = [_plain(part) for _, part in parts]
    digests = [digest_of(block)
               for block in cut(text, [head.map[0] if head and head.map else None for head, _ in parts])]
    titles = {heading.line: heading for heading in walk.headings}
    sections = tuple(_section(head, body, titles, first_line, digest)
                     for (head, _), body, digest in zip(parts, texts, digests, strict=True))
    words = sum(section.words for section in sections)
    outline = Outline(sections, tuple(walk.headings), tuple(walk.links), tuple(walk.images), words,
                      tuple(walk.remarks.found))
    return Rendered(outline, html, "\n".join(texts).strip())


def read_aloud(text: str, first_line: int = 1) -> Iterator[tuple[int, list[str]]]:
    """What readers see: each paragraph with its line, row by row; below it the addresses in it."""
    line = first_line
    for token in _PARSER.parse(text, {}):
        line = token.map[0] + first_line if token.map else line
        if token.type == "inline":
            rows = _rows(token.children or [])
            yield line, [children_text(row) for row in rows]
            yield line, [" ".join(str(address) for part in row for address in part.attrs.values())
                         for row in rows]


def _rows(children: Sequence[Token]) -> list[list[Token]]:
    """The parts of a paragraph, line by line."""
    rows: list[list[Token]] = [[]]
    for child in children:
        if child.type in ("softbreak", "hardbreak"):
            rows.append([])
        else:
            rows[-1].append(child)
    return rows


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


def _section(head: Token | None, text: str, titles: dict[int, Heading], first_line: int,
             digest: str) -> Section:
    words = count_words(text)
    if head is None or head.map is None:
        return Section("", "", words, first_line, digest)
    heading = titles[head.map[0] + first_line]
    return Section(heading.slug, heading.text, words, heading.line, digest)


def _plain(tokens: Sequence[Token]) -> str:
    lines = (inline_text(t) if t.type == "inline" else t.content for t in tokens
             if t.type in ("inline", "fence", "code_block"))
    return "\n".join(lines)


TABLE_FRAME = '<div class="table-wrap" tabindex="0" role="group" aria-label="Tabel">'
FINISH = (
    ("<table>", f"{TABLE_FRAME}<table>"),  # a wide table scrolls in its frame, which the keyboard can reach
    ("</table>", "</table></div>"),
    ('type="checkbox" checked="">', 'type="checkbox" checked="" aria-label="Selesai">'),
    ('type="checkbox">', 'type="checkbox" aria-label="Belum selesai">'),
    ('class="footnote-backref">', 'class="footnote-backref" aria-label="Kembali ke teks">'),
)


def _finish(html: str) -> str:
    for old, new in FINISH:
        html = html.replace(old, new)
    return html
