"""The parser: GitHub's dialect, without raw HTML."""

from typing import Any

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.gfm import gfm_plugin

MARKS = tuple("!#$&*+:<=>@[\\]^_`{|}~\n")  # what may mean something inside a paragraph


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
    parser.core.ruler.disable("normalize")  # decoding has done that
    parser.inline.ruler.before("emphasis", "underscore", _underscore)
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
