"""`[hukum:uu-27-2022#46]` -> a link to that article in the register of laws, with its name as words."""

import re

from markdown_it.rules_inline import StateInline

from simpul.addresses import LAWS
from simpul.model.law import article_name, law_anchor, law_name

SCHEME = "hukum:"
CITED = re.compile(r"\[\s*hukum\s*:([^\[\]]{0,200})\](?!\()", re.IGNORECASE)


def cite(state: StateInline, silent: bool) -> bool:
    """Takes a citation: a link, so that it stands in the words of no other."""
    found = CITED.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    if not silent:
        law, article = named(found[1])
        opened = state.push("link_open", "a", 1)
        opened.attrs = {"href": f"{SCHEME}{law}#{article}" if article else f"{SCHEME}{law}"}
        opened.info = "auto"
        opened.meta = {"rows": found[0].count("\n")}
        state.push("text", "", 0).content = words_of(law, article)
        state.push("link_close", "a", -1)
    state.pos = found.end()
    return True


def named(written: str) -> tuple[str, str]:
    """The law and the article that a citation names, "" for none."""
    law, _, article = (" ".join(part.split()) for part in written.partition("#"))
    return law, article


def words_of(law: str, article: str) -> str:
    """What readers see of a citation."""
    return f"{law_name(law)} {article_name(article)}" if article else law_name(law)


def place_of(written: str) -> tuple[str, str]:
    """The page and the anchor to which `hukum:uu-27-2022#46` leads."""
    law, article = named(written.partition(":")[2])
    return LAWS, law_anchor(law, article)


def cited(written: str) -> tuple[str, str] | None:
    """The law and the article that a link cites as it is written, if it cites one."""
    return named(written.partition(":")[2]) if written.lower().startswith(SCHEME) else None
