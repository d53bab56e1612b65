"""Material's stylesheet, reduced to what our templates, scripts and content can use, then a little of ours.

An upgrade of Material needs no hand work: what a rule is kept for is read from the templates, the scripts and
a text that uses all of the Markdown dialect.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import tinycss2

from simpul.markdown import render

Tokens = Sequence[Any]
TAG = re.compile(r"<([a-z][a-z0-9]*)([^<>]*(?:<[^<>]*>[^<>]*)*)")
ATTRIBUTE = re.compile(r"([a-z][a-z-]*)(?:=\"([^\"]*)\")?")
QUOTED = re.compile(r"[\"'`]([\w -]+)[\"'`]")
MADE = re.compile(r"createElement(?:NS)?\([^)]*\"(\w+)\"\)")
WORD = re.compile(r"[\w-]+")
VARIABLE = re.compile(r"var\(\s*(--[\w-]+)")
SPACE = re.compile(r"\s+")
ZERO = re.compile(r"(?<![\w.])0(?=\.\d)")
# Attributes whose value is fixed by the templates; of any other it is enough that it occurs.
VALUED = ("dir", "type", "role", "align", "for")
DARK = "[data-md-color-scheme=slate]"
SCHEMES = [["data-md-color-scheme", "default"], ["data-md-color-scheme", "slate"]]  # the reader's choice
SYSTEM_DARK = "html:not([data-md-color-scheme=default])"
NEWER = re.compile(r":(?:focus-visible|has\(|is\(|where\(|:marker|:details-content)")
"""Selectors that Chrome 61 does not know. It drops a whole rule for one of them, so they stand apart."""
MOVING = ("transition", "scroll-behavior")
"""What only decorates, and costs a slow phone time; nothing moves for anybody."""
CLEAR = re.compile("#(?:{0}{0}{0}{0}|{1}{1}{1}{1})(?![0-9a-f])".format("([0-9a-f]{2})", "([0-9a-f])"),
                   re.IGNORECASE)
FOREIGN = ("-webkit-scrollbar", "-webkit-search", "-moz-focus-inner", "-ms-")
EVERYTHING = """## A
### B
#### C
##### D
###### E
*a* **b** ~~c~~ `d` [e](https://example.org/)[^1] ![f](f.png)
> quote
***
- a
  1. b

- [ ] c
- [x] d

| a | b | c |
|:--|:-:|--:|
| d | e | f |

```text
code
```

> [!NOTE]
> a

> [!TIP]
> a

> [!IMPORTANT]
> a

> [!WARNING]
> a

> [!CAUTION]
> a

[^1]: note
"""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What a page can contain. `attributes` holds names, and `name=value` where the value decides."""

    elements: frozenset[str]
    names: frozenset[str]
    attributes: frozenset[str]
    variables: frozenset[str] = frozenset()


def vocabulary(markup: Iterable[str], scripts: Iterable[str] = (), styles: Iterable[str] = ()) -> Vocabulary:
    """Reads templates, rendered content, what scripts may add, and the variables of our styles."""
    elements, names, attributes = {"html", "body"}, set[str](), set[str]()
    for text in markup:
        for tag in TAG.finditer(text):
            elements.add(tag[1])
            for name, value in ATTRIBUTE.findall(tag[2]):
                attributes |= {name, *(f"{name}={word}" for word in WORD.findall(value))}
                if name in ("class", "id"):
                    names |= set(WORD.findall(value))
    for script in scripts:
        names |= {word for text in QUOTED.findall(script) for word in text.split()}
        elements |= set(MADE.findall(script))
    variables = {name for style in styles for name in VARIABLE.findall(style)}
    return Vocabulary(frozenset(elements), frozenset(names), frozenset(attributes), frozenset(variables))


def build_stylesheet(theme_path: Path) -> bytes:
    """The one stylesheet of the site, from the installed Material and the theme folder."""
    material = files("material") / "templates/assets/stylesheets"
    names = sorted(entry.name for entry in material.iterdir() if entry.name.endswith(".min.css"))
    sheets = [(material / name).read_text("utf-8") for name in names
              if name.startswith(("main.", "palette."))]
    templates = [path.read_text("utf-8") for path in sorted(theme_path.glob("*.html"))]
    scripts = [path.read_text("utf-8") for path in sorted(theme_path.glob("scripts/**/*.js"))]
    ours = (theme_path / "extra.css").read_text("utf-8")
    styles = [path.read_text("utf-8") for path in sorted(theme_path.glob("*.css"))]
    used = vocabulary([*templates, *content_markup()], scripts, styles)
    return (reduce_stylesheet(sheets, used) + minify(ours)).encode()


def content_markup() -> tuple[str, ...]:
    """HTML that holds every element and class the Markdown dialect can produce."""
    return (*render(EVERYTHING, "content/everything.md").html, "<h2>")


def minify(sheet: str) -> str:
    """The sheet without comments and needless space; every rule is kept."""
    return _text(_rules(_parse(sheet), None))


def reduce_stylesheet(sheets: Sequence[str], used: Vocabulary) -> str:
    """Keeps the rules whose every element, class, id and attribute `used` knows, and the variables and
    animations that are left in use. Dark colours also follow the system, and `.focus-visible` needs no
    script.
    """
    rules = [rule for sheet in sheets for rule in _rules(_parse(sheet), used)]
    while True:
        text = _text(rules)
        live = used.variables | set(VARIABLE.findall(text))
        animations = set(WORD.findall(" ".join(re.findall(r"animation(?:-name)?:([^;}]*)", text))))
        fewer = [kept for rule in rules if (kept := rule.using(live, animations))]
        if fewer == rules:
            return text
        rules = fewer


@dataclass(frozen=True, slots=True)
class _Rule:
    """A rule with declarations, or an at-rule with rules inside."""

    head: str
    declarations: tuple[tuple[str, str], ...] = ()
    inside: tuple["_Rule", ...] = ()

    def using(self, variables: Iterable[str], animations: Iterable[str]) -> "_Rule | None":
        """Without unused variables and animations; None when nothing is left."""
        if self.head.startswith("@keyframes") and self.head.split()[-1] not in animations:
            return None
        kept = tuple((n, v) for n, v in self.declarations if not n.startswith("--") or n in variables)
        inside = tuple(rule for part in self.inside if (rule := part.using(variables, animations)))
        return _Rule(self.head, kept, inside) if kept or inside else None

    def __str__(self) -> str:
        body = ";".join(f"{name}:{value}" for name, value in self.declarations)
        return f"{self.head}{{{body}{_text(self.inside)}}}"


def _text(rules: Iterable[_Rule]) -> str:
    return "".join(map(str, rules))


def _parse(sheet: str) -> Tokens:
    return tinycss2.parse_stylesheet(  # type: ignore[no-any-return]
        sheet, skip_comments=True, skip_whitespace=True)


def _rules(nodes: Tokens, used: Vocabulary | None) -> Iterator[_Rule]:
    for node in nodes:
        if node.type == "qualified-rule":
            selectors = [s for s in _split(node.prelude) if used is None or _alive(s, used)]
            if selectors and (declarations := tuple(_declarations(node.content))):
                texts = [text for selector in selectors for text in _spelled_out(selector, used)]
                for newer in (False, True):
                    if part := [text for text in texts if bool(NEWER.search(text)) is newer]:
                        yield from _both_darks(",".join(part), declarations)
        elif node.type == "at-rule" and node.content is not None:
            yield from _at_rule(node, used)


def _at_rule(node: Any, used: Vocabulary | None) -> Iterator[_Rule]:
    keyword = node.lower_at_keyword
    head = f"@{keyword} {_squeeze(tinycss2.serialize(node.prelude))}".rstrip()
    if keyword in ("media", "supports"):
        found = tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)
        inside = tuple(_rules(found, used))
        if inside:
            yield _Rule(head, inside=inside)
    elif keyword == "keyframes":
        frames = tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)
        yield _Rule(head, inside=tuple(_rules(frames, None)))
    elif keyword == "page":
        yield _Rule(head, tuple(_declarations(node.content)))


def _both_darks(head: str, declarations: tuple[tuple[str, str], ...]) -> Iterator[_Rule]:
    yield _Rule(head, declarations)
    if DARK in head:
        system = ",".join(part.replace(DARK, SYSTEM_DARK) for part in head.split(",") if DARK in part)
        yield _Rule("@media (prefers-color-scheme:dark)", inside=(_Rule(system, declarations),))


def _declarations(content: Tokens) -> Iterator[tuple[str, str]]:
    for node in tinycss2.parse_declaration_list(content, skip_comments=True, skip_whitespace=True):
        if node.type == "declaration" and node.name not in MOVING:
            important = "!important" if node.important else ""
            yield node.name, CLEAR.sub(_rgba, _squeeze(tinycss2.serialize(node.value))) + important


def _rgba(found: re.Match[str]) -> str:
    """A colour with transparency as Chrome 61 reads it."""
    red, green, blue, clear = (int(part * (3 - len(part)), 16) for part in found.groups() if part)
    part = f"{clear / 255:.3f}".rstrip("0").rstrip(".").removeprefix("0")
    return f"rgba({red},{green},{blue},{part or 0})" if clear else "transparent"


def _squeeze(text: str) -> str:
    short = SPACE.sub(" ", text.strip())
    return short if '"' in short else ZERO.sub("", re.sub(r"(?<=[,:]) ", "", short))


def _spelled_out(tokens: Tokens, used: Vocabulary | None) -> Iterator[str]:
    """A selector without `:is()` and without lists in `:not()`, which came with Chrome 88: all that it stands
    for and a page can hold. It stays where spelling it out would join two names.
    """
    texts = [""]
    for token in tokens:
        name = token.lower_name if token.type == "function" else ""
        lists = _split(token.arguments) if name in ("is", "not") else ()
        parts = [text for part in lists if name == "not" or used is None or _alive(part, used)
                 for text in _spelled_out(part, used)]
        if name == "is" and not any(_joined(text, part) for text in texts for part in parts):
            texts = [text[:-1] + part for text in texts for part in parts]
        elif name == "not":
            texts = [text + "):".join(f"not({part}" for part in parts) + ")" for text in texts]
        else:
            piece = tinycss2.serialize([token])
            texts = [text + piece for text in texts]
    for text in texts:
        short = re.sub(r" ?([>~+,]) ?", r"\1", SPACE.sub(" ", text.strip()))
        yield short.replace(".focus-visible", ":focus-visible")


def _joined(text: str, part: str) -> bool:
    """Whether `part` would be read as the end of a name before the `:` that `text` ends in."""
    return part[0].isalpha() and text != ":" and text[-2] not in " >~+"


def _split(prelude: Tokens) -> Iterator[Tokens]:
    part: list[Any] = []
    for token in prelude:
        if token.type == "literal" and token.value == ",":
            yield part
            part = []
        else:
            part.append(token)
    yield part


def _alive(selector: Tokens, used: Vocabulary) -> bool:
    """Whether an element of the vocabulary can match. What stands in `:not()` is no demand."""
    before = ""
    for token in selector:
        if token.type == "ident" and not _known(before, token.value, used):
            return False
        if token.type == "hash" and token.value not in used.names:
            return False
        if token.type == "[] block" and not _has_attribute(token.content, used):
            return False
        if token.type == "function" and token.lower_name in ("is", "where", "has") and not any(
                _alive(part, used) for part in _split(token.arguments)):
            return False
        before = token.value if token.type == "literal" else ""
    return True


def _known(before: str, name: str, used: Vocabulary) -> bool:
    if before == ".":
        return name in used.names or name == "focus-visible"
    if before == ":":
        return not name.startswith(FOREIGN)
    return name in used.elements


def _has_attribute(content: Tokens, used: Vocabulary) -> bool:
    words = [token.value for token in content if token.type in ("ident", "string")]
    name = words[0]
    if len(words) > 1 and (name.startswith("data-md-") or name in VALUED):
        return f"{name}={words[1]}" in used.attributes or words in SCHEMES
    return name in used.attributes
