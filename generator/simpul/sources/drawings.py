"""Figures of the centre's own modules: small SVG files of shapes and text, nothing that could run or load.

They are shown as pictures, where a browser runs no script in any case (SVG Integration, W3C); the list is the
second fence.
"""

import re
from collections.abc import Mapping
from xml.parsers import expat

from simpul.model import Picture, PictureError

MOST_BYTES = 6 * 1024
PHONE_WIDTH, SMALLEST_TEXT = 328, 10.5
"""Pixels that a figure has on a phone of 360, and the height its letters need there."""

ELEMENTS = frozenset({
    "svg", "g", "rect", "circle", "ellipse", "line", "path", "polyline", "polygon", "text", "tspan", "title",
    "desc",
})
ATTRIBUTES = frozenset({
    "xmlns", "viewBox", "width", "height", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry",
    "dx", "dy", "d", "points", "transform", "fill", "fill-opacity", "stroke", "stroke-width",
    "stroke-dasharray", "stroke-linecap", "stroke-linejoin", "opacity", "font-family", "font-size",
    "font-weight", "font-style", "text-anchor",
})
VALUE = re.compile(r"[\w\s.,#%()+\-/:]*\Z")
FORBIDDEN = re.compile(r"url|javascript|data:|expression", re.IGNORECASE)


def read_drawing(data: bytes) -> Picture:
    """A figure as it is, sized by viewBox. Raises PictureError with the line of what is not accepted."""
    if len(data) > MOST_BYTES:
        told = f"bagan {len(data) / 1024:.1f} KB; batasnya {MOST_BYTES // 1024} KB"
        raise PictureError(told.replace(".", ","))
    found = _Reader()
    found.read(data)
    return Picture(data, b"", *found.size)


class _Reader:
    """Goes through the XML and stops at the first thing that is not accepted."""

    def __init__(self) -> None:
        self.size = (0, 0)
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.StartDoctypeDeclHandler = self._declaration
        self.parser.ProcessingInstructionHandler = self._declaration
        self.parser.CommentHandler = lambda text: None

    def read(self, data: bytes) -> None:
        try:
            self.parser.Parse(data, True)
        except expat.ExpatError as problem:
            raise PictureError("susunan SVG tidak terbaca di baris ini", problem.lineno) from None
        if not self.size[0]:
            raise PictureError("bagan belum punya viewBox, misalnya viewBox=\"0 0 340 200\"")

    def _refuse(self, what: str) -> None:
        raise PictureError(what, self.parser.CurrentLineNumber)

    def _declaration(self, *rest: object) -> None:
        self._refuse("bagan tidak boleh memuat DOCTYPE atau perintah pengolah")

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name not in ELEMENTS:
            self._refuse(f"unsur <{name[:30]}> tidak diterima; pakai bentuk dan teks saja")
        for key, value in attributes.items():
            if key not in ATTRIBUTES:
                self._refuse(f"atribut '{key[:30]}' tidak diterima")
            if key != "xmlns" and (not VALUE.match(value) or FORBIDDEN.search(value)):
                self._refuse(f"isi atribut '{key}' tidak diterima")
        if name == "svg":
            self._frame(attributes)
        if name in ("text", "tspan") and "font-size" in attributes:
            self._legible(attributes["font-size"])

    def _frame(self, attributes: Mapping[str, str]) -> None:
        box = re.fullmatch(r"0 0 (\d{2,4}) (\d{2,4})", attributes.get("viewBox", ""))
        if self.size[0] or not box:
            self._refuse("bagan memerlukan satu viewBox yang diawali 0 0, misalnya viewBox=\"0 0 340 200\"")
        assert box
        self.size = (int(box[1]), int(box[2]))

    def _legible(self, size: str) -> None:
        shown = float(size) * PHONE_WIDTH / max(self.size[0], PHONE_WIDTH) \
            if re.fullmatch(r"\d{1,3}(\.\d+)?", size) else 0
        if shown < SMALLEST_TEXT:
            self._refuse(f"huruf setinggi {size} terlalu kecil di ponsel; perbesar, atau sempitkan viewBox")
