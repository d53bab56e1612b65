"""The parser: GitHub's dialect, without raw HTML."""

import re
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.gfm import gfm_plugin

from simpul.markdown.citations import cite

MARKS = (*"!#$&*+:<=>@[\\]^_`{|}~\n", "%%")  # what may mean something inside a paragraph
CLOSERS = {"<!--": "-->", "%%": "%%"}
LONGEST_COMMENT = 10_000
BULLET_SIGNS = (*"•●‣·◦▪§", "o\t")
BULLETS = re.compile(r"^ {0,3}(?P<fence>`{3,}|~{3,})[^\n]*\n.*?(?:^ {0,3}(?P=fence)|\Z)"
                     r"|^[ \t]*(?:(?P<first>[•●‣][ \t]|·\t)|[◦▪][ \t]|[§o]\t)[ \t]*",
                     re.MULTILINE | re.DOTALL)


class _Inline(ParserInline):
    """Most paragraphs are words and nothing else: those are not searched for marks letter by letter."""

    def parse(self, src: str, md: MarkdownIt, env: Any, tokens: list[Token]) -> list[Token]:
        if src and not any(map(src.__contains__, MARKS)) and "www" not in src.lower():
            tokens.append(Token("text", "", 0, content=src))
            return tokens
        return super().parse(src, md, env, tokens)


def make_parser() -> MarkdownIt:
    """A parser; it keeps nothing of what it has parsed."""
    parser = MarkdownIt()
    parser.inline = _Inline()
    parser.configure("commonmark", {"html": False}).use(gfm_plugin)
    parser.options["store_labels"] = True
    parser.core.ruler.disable("normalize")  # decoding has done that
    parser.core.ruler.before("footnote_tail", "notes", _keep_notes)
    parser.block.ruler.before("html_block", "comment", _comment_block,
                              {"alt": ["paragraph", "reference", "blockquote"]})
    parser.inline.ruler.before("emphasis", "underscore", _underscore)
    parser.inline.ruler.before("link", "own", _own)
    parser.add_render_rule("comment", lambda *_: "")
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # resolve() judges it
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]  # and makes the address
    return parser


def _underscore(state: StateInline, silent: bool) -> bool:
    """An underscore within a word never marks emphasis: it stays with its word, so that a mail address
    with one is found whole.
    """
    place, text = state.pos, state.src
    if text[place] != "_" or not text[place - 1:place].isalnum() or not text[place + 1:place + 2].isalnum():
        return False
    if not silent:
        state.pending += "_"
    state.pos += 1
    return True


def _comment_end(text: str, place: int, most: int) -> int:
    """Where a comment that begins here ends, 0 for none: `<!-- ... -->`, which GitHub hides, and
    `%% ... %%`, which Obsidian hides. After a number `%%` is a sign of per cent, written twice.
    """
    opener = "<!--" if text.startswith("<!--", place) else text[place:place + 2]
    closer = CLOSERS.get(opener)
    if not closer or (opener == "%%" and text[place - 1:place].isalnum()):
        return 0
    start = place + len(opener)
    end = text.find(closer, start, min(most, start + LONGEST_COMMENT))
    return end + len(closer) if end > start else 0


def _own(state: StateInline, silent: bool) -> bool:
    """Citations and comments in one rule, since every mark of every text is tried with each."""
    mark = state.src[state.pos]
    return cite(state, silent) if mark == "[" else mark in "<%" and _comment(state, silent)


def _comment(state: StateInline, silent: bool) -> bool:
    place = state.pos
    if not (end := _comment_end(state.src, place, state.posMax)):
        return False
    if not silent:
        state.push("comment", "", 0).content = state.src[place:end]
    state.pos = end
    return True


def _comment_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A comment that has its lines to itself; within a paragraph it is found as a part of it."""
    place = state.bMarks[start] + state.tShift[start]
    if state.src[place:place + 1] not in ("<", "%") or state.is_code_block(start):
        return False
    stop = _comment_end(state.src, place, state.eMarks[end - 1])
    last = start + state.src.count("\n", place, stop)
    if not stop or state.src[stop:state.eMarks[last]].strip():
        return False
    if not silent:
        token = state.push("comment", "", 0)
        token.map, token.content = [start, last + 1], state.src[place:stop]
        state.line = last + 1
    return True


def _keep_notes(state: StateCore) -> None:
    """Where each note is written, before those that nothing refers to are dropped."""
    if "footnotes" in state.env:
        state.env["notes"] = [(str(token.meta["label"]), token.map[0] if token.map else 0)
                              for token in state.tokens if token.type == "footnote_reference_open"]


def with_bullets(text: str) -> str:
    """The text with the bullets of word processors, of two levels, as those of Markdown."""
    if not any(map(text.__contains__, BULLET_SIGNS)):
        return text
    return BULLETS.sub(lambda found: found[0] if found["fence"] else "- " if found["first"] else "  - ", text)
