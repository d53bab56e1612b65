"""A Word document -> Markdown and pictures. What its text does not show is told with its words.

The text is read by mammoth: it knows styles, lists, notes, boxes and changes as Word writes them, where
python-docx gives only runs and XML to be put together by hand.
"""

import io
import re
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

from simpul.intake.doors.bundles import archive
from simpul.intake.doors.hypertext import as_markdown
from simpul.intake.doors.parcel import DoorError, Opened, Paragraph, Sent, needs
from simpul.intake.doors.photos import as_picture

STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => p:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
"""
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
PLACES = (("comments", "komentar"), ("header", "kepala halaman"), ("footer", "kaki halaman"),
          ("footnotes", "catatan kaki"), ("endnotes", "catatan akhir"), ("diagrams/data", "bagan"),
          ("charts/chart", "grafik"), ("glossary/", ""))
PART = re.compile(r"word/(?:document|(?:comments|header|footer|footnotes|endnotes)\d*|diagrams/data\d*|"
                  r"charts/chart\d*)\.xml\Z")
NOTE, END, LOST = "\ue001", "\ue002", "\ue003"
"""Letters of nobody, which stand for marks until all others are escaped."""
REFERENCE = re.compile(r'<sup><a href="#((?:foot|end)note-\d+)"[^>]*>\[(\d+)\]</a></sup>')
TEXT_OF_NOTE = re.compile(r'<li id="((?:foot|end)note-\d+)">(.*?)</li>', re.DOTALL)
NOTES = re.compile(r'<ol>(?:<li id="(?:foot|end)note-\d+">.*?</li>)+</ol>', re.DOTALL)
BACK = re.compile(r'\s*<a href="#(?:foot|end)note-ref-\d+">[^<]*</a>')


def open_word(sent: Sent) -> Opened:
    """The text as Markdown, its pictures by the names that it calls them, its words wherever they stand."""
    try:
        import mammoth
    except ModuleNotFoundError:
        raise needs("naskah Word (.docx)") from None
    with archive(sent.data) as found:
        words = tuple(_words(found))
    shelf = _Shelf()
    html = mammoth.convert_to_html(io.BytesIO(sent.data), style_map=STYLES,
                                   convert_image=mammoth.images.img_element(shelf.put)).value
    text = _with_notes(as_markdown(_marked(html)))
    text = re.sub(rf"!\[([^\]]*)\]\({LOST}\)", r"\1", text)
    told = tuple(f"{sent.name}: {one}" for one in (*_told(words), *shelf.told))
    return Opened(text=text, pictures=shelf.pictures, told=told,
                  words=tuple(paragraph for paragraph in words if paragraph.text.strip()))


class _Shelf:
    """Takes the pictures of a document, in their order."""

    def __init__(self) -> None:
        self.pictures: dict[str, bytes] = {}
        self.told: list[str] = []

    def put(self, image: Any) -> dict[str, str]:
        number = len(self.pictures) + len(self.told) + 1
        try:
            with image.open() as file:
                suffix, picture = as_picture(file.read())
        except DoorError as problem:
            self.told.append(f"gambar ke-{number} di dalam naskah tidak dimuat: {problem}")
            return {"src": LOST}
        except Exception:  # one that is linked, not in the document
            self.told.append(f"gambar ke-{number} tidak ada di dalam naskah. Kirim gambarnya tersendiri.")
            return {"src": LOST}
        name = f"gambar-{number}{suffix}"
        self.pictures[name] = picture
        return {"src": name}


def _marked(html: str) -> str:
    """Footnotes as marks that outlive the way to Markdown."""
    numbers = dict(REFERENCE.findall(html))
    html = REFERENCE.sub(lambda match: f"{NOTE}{match[2]}{END}", html)

    def notes(block: re.Match[str]) -> str:
        return "".join(f"<p>{NOTE}{numbers.get(name, name)}{END}: {_one_line(text)}</p>"
                       for name, text in TEXT_OF_NOTE.findall(block[0]))

    return NOTES.sub(notes, html)


def _one_line(text: str) -> str:
    return re.sub(r"</?p>", " ", BACK.sub("", text)).strip()


def _with_notes(text: str) -> str:
    return text.replace(NOTE, "[^").replace(END, "]")


def _words(found: ZipFile) -> Iterator[Paragraph]:
    """Every paragraph of the document, its notes, comments, heads and charts."""
    parts = filter(PART.match, found.namelist())
    for name in sorted(parts, key=lambda name: (name != "word/document.xml", name)):
        data = found.read(name)
        if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
            raise DoorError("naskah ini memuat penanda yang tidak ditulis Word", "Simpan ulang dari Word.")
        place = next((place for part, place in PLACES if name.startswith(f"word/{part}")), "")
        root = ElementTree.fromstring(data)  # noqa: S314  # no declarations, in a process with limits
        yield from _paragraphs(root, place)


def _paragraphs(root: ElementTree.Element, place: str) -> Iterator[Paragraph]:
    """The paragraphs below an element; what was deleted, and what stands in a box, by themselves."""
    kept: list[str] = []
    deleted: list[str] = []
    boxes: list[ElementTree.Element] = []
    pending = list(reversed(root))
    while pending:
        element = pending.pop()
        kind = element.tag.rpartition("}")[2]
        if element.tag == FALLBACK or kind == "instrText":
            continue
        if kind == "txbxContent":
            boxes.append(element)
            continue
        if kind in ("t", "v") and element.text:
            kept.append(element.text)
        elif kind == "delText" and element.text:
            deleted.append(element.text)
        elif kind in ("tab", "br", "cr", "pt"):
            kept.append(" ")
        elif kind == "p":
            yield from _ended(kept, deleted, place)
        pending.extend(reversed(element))
    yield from _ended(kept, deleted, place)
    for box in boxes:
        yield from _paragraphs(box, place or "kotak teks")


def _ended(kept: list[str], deleted: list[str], place: str) -> Iterator[Paragraph]:
    """The paragraph before, and an empty place for the next."""
    for words, where in ((kept, place), (deleted, "teks yang dihapus pada lacak perubahan")):
        if text := " ".join("".join(words).split()):
            yield Paragraph(where, text)
        words.clear()


def _told(words: tuple[Paragraph, ...]) -> Iterator[str]:
    """What its sender should look at."""
    places = {paragraph.place for paragraph in words}
    if "teks yang dihapus pada lacak perubahan" in places:
        yield ("naskah memuat perubahan yang belum disetujui. Sisipan dimuat, hapusan tidak. "
               "Pastikan hasilnya sesuai.")
    if "komentar" in places:
        yield "naskah memuat komentar. Komentar tidak dimuat di praktik."
    if "kotak teks" in places:
        yield "naskah memuat kotak teks. Isinya ditaruh di dekat tempatnya; pastikan urutannya."
