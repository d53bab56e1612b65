"""Documents as Word and Excel write them, made by hand so that a test says what is in them."""

import io
import zipfile
from collections.abc import Callable, Iterable, Sequence
from html import escape
from typing import Any

SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:v="urn:schemas-microsoft-com:vml"')
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
STYLES = "".join(f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{shown}"/></w:style>'
                 for name, shown in (("Judul", "Title"), ("Judul1", "heading 1"), ("Judul2", "heading 2"),
                                     ("DaftarParagraf", "List Paragraph")))
NUMBERING = "".join(
    f'<w:abstractNum w:abstractNumId="{number}">'
    + "".join(f'<w:lvl w:ilvl="{level}"><w:numFmt w:val="{kind}"/></w:lvl>' for level in range(3))
    + "</w:abstractNum>" for number, kind in ((1, "bullet"), (2, "decimal"))) + "".join(
    f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>' for number in (1, 2))


def run(text: str, marks: str = "") -> str:
    return f'<w:r><w:rPr>{marks}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def para(text: str = "", style: str = "", number: tuple[int, int] | None = None, inside: str = "") -> str:
    """A paragraph; `number` is its list and its level."""
    listed = '<w:numPr><w:ilvl w:val="{1}"/><w:numId w:val="{0}"/></w:numPr>'.format(*number) \
        if number else ""
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{styled}{listed}</w:pPr>{run(text) if text else ''}{inside}</w:p>"


def table(rows: Iterable[Iterable[str]]) -> str:
    """A table; a cell that begins with `<w:` is XML of its own."""
    def cell(text: str) -> str:
        return f"<w:tc><w:tcPr/>{text if text.startswith('<w:') else para(text)}</w:tc>"

    body = "".join(f"<w:tr>{''.join(map(cell, row))}</w:tr>" for row in rows)
    return f"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid>{body}</w:tbl>"


def picture(name: str) -> str:
    return ('<w:r><w:drawing><wp:inline><wp:docPr id="1" name="Gambar 1" descr="Loket dari depan"/>'
            "<a:graphic><a:graphicData><pic:pic><pic:blipFill>"
            f'<a:blip r:embed="{name}"/></pic:blipFill></pic:pic></a:graphicData></a:graphic>'
            "</wp:inline></w:drawing></w:r>")


def box(text: str) -> str:
    """A text box as Word writes it: once for itself and once for its older versions."""
    inside = f"<w:txbxContent>{para(text)}</w:txbxContent>"
    return ("<w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing><wps:wsp><wps:txbx>"
            f"{inside}</wps:txbx></wps:wsp></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>"
            f"{inside}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>")


def word(body: str, pictures: dict[str, bytes] | None = None, **parts: str) -> bytes:
    """A document. `parts` are others by name, such as `comments`, with what is in them."""
    kinds = {"footnotes": "footnotes", "comments": "comments", "header1": "header", "footer1": "footer"}
    roots = {"footnotes": "footnotes", "comments": "comments", "header1": "hdr", "footer1": "ftr"}
    links = [("rs", "styles", "styles.xml"), ("rn", "numbering", "numbering.xml"),
             *((f"rp{name}", kinds[name], f"{name}.xml") for name in parts),
             *((name, "image", f"media/{name}.png") for name in pictures or {})]
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="png" ContentType="image/png"/>'
        f'<Override PartName="/word/document.xml" ContentType="{TYPE}.document.main+xml"/></Types>',
        "_rels/.rels": _relations([("r1", "officeDocument", "word/document.xml")]),
        "docProps/core.xml": "<x>Budi Santoso</x>",
        "word/_rels/document.xml.rels": _relations(links),
        "word/document.xml": f"<w:document {SPACES}><w:body>{body}</w:body></w:document>",
        "word/styles.xml": f"<w:styles {SPACES}>{STYLES}</w:styles>",
        "word/numbering.xml": f"<w:numbering {SPACES}>{NUMBERING}</w:numbering>",
        **{f"word/{name}.xml": f"<w:{roots[name]} {SPACES}>{text}</w:{roots[name]}>"
           for name, text in parts.items()},
        **{f"word/media/{name}.png": data for name, data in (pictures or {}).items()},
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as out:
        for name, data in files.items():
            out.writestr(name, data)
    return file.getvalue()


def _relations(links: Iterable[tuple[str, str, str]]) -> str:
    return ('<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            + "".join(f'<Relationship Id="{name}" Type="{OFFICE}/{kind}" Target="{target}"/>'
                      for name, kind, target in links) + "</Relationships>")


Sheets = dict[str, Sequence[Sequence[Any]]]


def excel(sheets: Sheets, change: Callable[[Any], None] = lambda book: None, **kept: str) -> bytes:
    """A workbook; `change` gets it before it is saved, `kept` are the values that formulas have by cell."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    change(book)
    file = io.BytesIO()
    book.save(file)
    return with_values(file.getvalue(), kept)


def with_values(data: bytes, kept: dict[str, str]) -> bytes:
    """The workbook as Excel keeps it: with the last value of a formula beside it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = old.read(name)
            for cell, value in kept.items() if name.startswith("xl/worksheets/") else ():
                head, found, tail = text.partition(f'<c r="{cell}"'.encode())
                text = head + found + tail.replace(b"<v></v>", f"<v>{value}</v>".encode(), 1)
            new.writestr(name, text)
    return out.getvalue()


def opendocument(sheets: Sheets, change: Callable[[Any], None] = lambda document: None) -> bytes:
    """A spreadsheet of LibreOffice, with the empty rows that it writes to the end of the world."""
    from odfdo import Cell, Document, Row, Table

    document = Document("spreadsheet")
    document.body.clear()
    for name, rows in sheets.items():
        table = Table(name)
        for number, values in enumerate(rows):
            row = Row()
            for place, value in enumerate(values):
                row.set_cell(place, Cell(value))
            table.set_row(number, row)
        empty = Row()
        empty.repeated = 1_048_000
        table.append(empty)
        document.body.append(table)
    change(document)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()
