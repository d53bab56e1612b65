"""HTML, as mail programs write it and Word's texts are turned into -> Markdown."""

import re
from typing import Any

from simpul.intake.doors.parcel import needs

UNSEEN = re.compile(r"<(script|style|head|title)\b.*?</\1\s*>|<!--.*?-->", re.IGNORECASE | re.DOTALL)
INLINE = ["td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "a", "li", "p", "div"]
NUMBERED = re.compile(r"^(\W*\d+\\[.)])?(.*)$", re.MULTILINE)
MOST_SPAN = 200


def as_markdown(html: str) -> str:
    """Its words as Markdown, marks of Markdown in them escaped. Raises DoorError without the library."""
    try:
        from bs4 import BeautifulSoup
        from markdownify import ATX, MarkdownConverter
    except ModuleNotFoundError:
        raise needs("surel yang hanya memuat HTML") from None
    soup = BeautifulSoup(UNSEEN.sub("", html), "html.parser")
    for box in soup.find_all("input", type="checkbox"):
        box.replace_with("☒ " if box.has_attr("checked") else "☐ ")
    for table in soup.find_all("table"):
        _flat(table)
    converter = MarkdownConverter(heading_style=ATX, bullets="-", escape_misc=True, table_infer_header=True,
                                  newline_style="spaces", keep_inline_images_in=INLINE)
    text = NUMBERED.sub(_plainer, converter.convert_soup(soup).replace("\u00a0", " "))
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]+$", _line_end, text, flags=re.MULTILINE)).strip() + "\n"


def _plainer(line: re.Match[str]) -> str:
    """A dot after a number begins a list only at the beginning of a line."""
    return (line[1] or "") + re.sub(r"(\d)\\([.)])", r"\1\2", line[2])


def _line_end(match: re.Match[str]) -> str:
    """Two spaces are a line break, any other number of them is nothing."""
    return "  " if match[0] == "  " else ""


def _flat(table: Any) -> None:
    """A table that only lays out a mail becomes its content; cells over several rows stand in the first."""
    rows = [row for row in table.find_all("tr") if row.find_parent("table") is table]
    if table.find("table") or all(len(row.find_all(["td", "th"])) < 2 for row in rows):
        for part in [*(cell for row in rows for cell in row.find_all(["td", "th"], recursive=False)), *rows]:
            part.name = "div"
        table.name = "div"
        return
    for number, row in enumerate(rows):
        for place, cell in enumerate(row.find_all(["td", "th"], recursive=False)):
            span = _number(cell.attrs.pop("rowspan", "1"))
            for below in rows[number + 1:number + span]:
                _insert(below, place, cell)


def _insert(row: Any, place: int, above: Any) -> None:
    """An empty cell where one from above reaches down."""
    cells = row.find_all(["td", "th"], recursive=False)
    empty = type(above)(name=above.name, attrs={key: value for key, value in above.attrs.items()
                                                if key == "colspan"})
    if place < len(cells):
        cells[place].insert_before(empty)
    else:
        row.append(empty)


def _number(text: object) -> int:
    return min(int(str(text)), MOST_SPAN) if str(text).isdecimal() else 1
