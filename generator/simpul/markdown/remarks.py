"""What a reader would not see of a document, or not as it was meant: found in its tokens."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from markdown_it.rules_block.table import escapedSplit
from markdown_it.token import Token

from simpul.markdown.outline import Remark

DEEPEST = 19
"""The parser leaves out what stands below this level."""
PREFIX = re.compile(r"[>\s]*")
ODD = ("<!--", "[[", "[^", "[!", "{")
ODD_START = ("|", "+", "##", ":::", "!!!", "===", "[TOC]")
ODD_MARKUP: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (code, re.compile(pattern, re.MULTILINE)) for code, pattern in (
        ("komentar-terbuka", r"<!--[^\n]*"),
        ("gambar-wiki", r"!\[\[[^\[\]\n]+\]\]"),
        ("tautan-wiki", r"(?<!!)\[\[[^\[\]\n]+\]\]"),
        ("catatan-kaki", r"\[\^[^\[\]\n]+\]"),
        ("kotak", r"^\[![\w-]+\][^\n]*"),
        ("tabel-kotak", r"^\+[-=:+]{3,}[^\n]*"),
        ("baris-tabel", r"^\|[^\n]*"),
        ("pagar", r"^#{7,}[^\n]*|^#{2,6}[^#\s][^\n]*"),
        ("penanda", r"^:{3,}[^\n]*|^!!! [^\n]*|^=== \"[^\n]*|^\[TOC\]"),
        ("atribut", r"\{(?:[.#][\w-]+|: )[^{}\n]*\}"),
    ))
"""Markup of other dialects, and of this one written wrongly, which shows as text."""


class Remarks:
    """Notes what is odd while the tokens of a document go by."""

    def __init__(self, text: str, first_line: int) -> None:
        self.text, self.first_line = text, first_line
        self.found: list[Remark] = []
        self._lines: list[str] = []
        self._columns = 0
        self._numbers: list[list[tuple[int, int]]] = []

    def look(self, token: Token, following: Token) -> None:
        """Takes a token of one of the types LOOKED_AT; `following` is the next one."""
        LOOKED_AT[token.type](self, token, following)

    def note(self, code: str, row: int, text: str = "") -> None:
        """A remark on a row of the text, from 0."""
        self.found.append(Remark(code, row + self.first_line, text.strip()[:60]))

    def words(self, token: Token) -> None:
        """The text of a paragraph or cell, where a mark is left that was meant for something."""
        raw = token.content
        if not (raw.startswith(ODD_START) or "\n" in raw or any(map(raw.__contains__, ODD))):
            return
        text = "".join(child.content if child.type == "text" else "\n" if child.type in BREAKS else ""
                       for child in token.children or ())
        for code, pattern in ODD_MARKUP:
            found = pattern.search(text)
            if found and re.search(rf"(?<!\\){re.escape(found[0][:20])}", raw):
                row = token.map[0] if token.map else 0
                self.note(code, row + text.count("\n", 0, found.start()), found[0])
                if code == "tabel-kotak":
                    return

    def definitions(self, env: Mapping[str, Any], tokens: Sequence[Token]) -> None:
        """Notes and link definitions that nothing refers to, and those that are written twice."""
        if references := env.get("references"):
            used = set(_labels(tokens))
            for label, reference in references.items():
                if label not in used:
                    self.note("rujukan", reference["map"][0], self._row(reference["map"][0]))
        for reference in env.get("duplicate_refs", ()):
            self.note("rujukan-ganda", reference["map"][0], self._row(reference["map"][0]))
        notes = env.get("notes", ())
        last = dict(notes)
        for label, row in notes:
            if last[label] != row:
                self.note("catatan-ganda", row, f"[^{label}]")
            elif env["footnotes"]["refs"].get(f":{label}", -1) < 0:
                self.note("catatan", row, f"[^{label}]")

    def _row(self, number: int) -> str:
        self._lines = self._lines or self.text.split("\n")
        return self._lines[number] if number < len(self._lines) else ""

    def _fence(self, token: Token, _: Token) -> None:
        first, end = token.map or (0, 1)
        closed = end - 1 > first and self._row(end - 1).rstrip().endswith(token.markup)
        if not closed:
            self.note("kode-terbuka", first, token.markup)
        if len(words := token.info.split()) > 1:
            self.note("kode-keterangan", first, " ".join(words[1:]))

    def _code(self, token: Token, _: Token) -> None:
        self.note("kode-menjorok", token.map[0] if token.map else 0, token.content.partition("\n")[0])

    def _comment(self, token: Token, _: Token) -> None:
        self.note("komentar", token.map[0] if token.map else 0, token.content.partition("\n")[0])

    def _heading(self, token: Token, inline: Token) -> None:
        row = token.map[0] if token.map else 0
        if token.markup in ("-", "="):
            self.note("judul-bergaris", row, inline.content.partition("\n")[0])
        if token.tag in ("h1", "h2") and not token.level:
            for child in inline.children or ():
                if child.type in ("link_open", "image", "footnote_ref"):
                    self.note("judul-bertaut", row, inline.content)
                    return

    def _table(self, token: Token, _: Token) -> None:
        self._columns = 0

    def _column(self, token: Token, _: Token) -> None:
        self._columns += 1

    def _table_row(self, token: Token, _: Token) -> None:
        if not token.map or token.map[1] != token.map[0] + 1 or not self._columns:
            return
        row = PREFIX.sub("", self._row(token.map[0]), count=1).rstrip()
        pipes = row.count("|")
        if pipes > self._columns - 1 + row.startswith("|") + row.endswith("|"):
            cells = escapedSplit(row.removeprefix("|"))[self._columns:]
            if lost := [cell.strip() for cell in cells if cell.strip()]:
                self.note("sel-lebih", token.map[0], " | ".join(lost))
        elif not pipes and self._columns > 1:
            self.note("bawah-tabel", token.map[0], row)

    def _list(self, token: Token, _: Token) -> None:
        self._numbers.append([])

    def _nested(self, token: Token, _: Token) -> None:
        """What stands below the deepest level is left out by the parser."""
        if token.level >= DEEPEST and token.map:
            self.note("terlalu-dalam", token.map[0])

    def _item(self, token: Token, following: Token) -> None:
        self._nested(token, following)
        if token.info.isdigit() and token.map:
            self._numbers[-1].append((int(token.info), token.map[0]))

    def _list_end(self, token: Token, _: Token) -> None:
        """Numbers that go on one by one, or are all the same, are counted as they are written."""
        numbers = self._numbers.pop()
        if len({number for number, _ in numbers}) > 1:
            for place, (number, row) in enumerate(numbers):
                if number != numbers[0][0] + place:
                    self.note("nomor", row, f"{number} {numbers[0][0] + place}")
                    return


BREAKS = ("softbreak", "hardbreak")
LOOKED_AT = {
    "fence": Remarks._fence, "code_block": Remarks._code, "comment": Remarks._comment,
    "heading_open": Remarks._heading, "table_open": Remarks._table, "th_open": Remarks._column,
    "tr_open": Remarks._table_row, "ordered_list_open": Remarks._list, "bullet_list_open": Remarks._list,
    "list_item_open": Remarks._item, "blockquote_open": Remarks._nested, "alert_open": Remarks._nested,
    "ordered_list_close": Remarks._list_end,
    "bullet_list_close": Remarks._list_end,
}


def _labels(tokens: Sequence[Token]) -> Iterator[str]:
    """The labels of all links and pictures that are defined elsewhere."""
    for token in tokens:
        if token.meta and (label := token.meta.get("label")):
            yield label
        if token.children:
            yield from _labels(token.children)
