"""Documents as office programs write them, small enough to read: what tests change in them stands out."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
TYPE = "application/vnd.openxmlformats-officedocument."
ODF = "urn:oasis:names:tc:opendocument:xmlns:"
FACTS = (f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" '
         'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>Budi Santoso</dc:creator>'
         "<cp:lastModifiedBy>Budi Santoso</cp:lastModifiedBy></cp:coreProperties>")
COMPANY = ('<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
           "<Company>CV Budi</Company></Properties>")
Parts = Mapping[str, "str | bytes | None"]


def package(parts: Parts) -> bytes:
    """A zip of parts; those that are None are left out."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            if content is not None:
                stored = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
                archive.writestr(name, content, stored)
    return file.getvalue()


def relations(*found: tuple[str, str], outside: str = "") -> str:
    """Relations of one part: the last word of a kind, and where each leads."""
    mode = f' TargetMode="{outside}"' if outside else ""
    rows = "".join(f'<Relationship Id="r{number}" Type="{_kind(kind)}" Target="{target}"{mode}/>'
                   for number, (kind, target) in enumerate(found, 1))
    return f'<Relationships xmlns="{PACKAGE}/relationships">{rows}</Relationships>'


def _kind(kind: str) -> str:
    return f"{PACKAGE}/relationships/metadata/{kind}" if kind == "core-properties" else f"{OFFICE}/{kind}"


def _types(main: str, kind: str) -> str:
    return (f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/{main}" ContentType="{TYPE}{kind}"/></Types>')


def paragraph(text: str) -> str:
    """A paragraph of Word in two runs."""
    half = len(text) // 2
    return f"<w:p><w:r><w:t>{text[:half]}</w:t></w:r><w:r><w:t>{text[half:]}</w:t></w:r></w:p>"


def docx(*paragraphs: str, **parts: "str | bytes | None") -> bytes:
    """A document of Word. Parts are named with __ for a slash and _ for a dot."""
    body = "".join(text if text.startswith("<") else paragraph(text) for text in paragraphs)
    main = "word/document.xml"
    return package({
        "[Content_Types].xml": _types(main, "wordprocessingml.document.main+xml"),
        "_rels/.rels": relations(("officeDocument", main), ("core-properties", "docProps/core.xml"),
                                 ("extended-properties", "docProps/app.xml")),
        main: f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>',
        "docProps/core.xml": FACTS, "docProps/app.xml": COMPANY, **_named(parts)})


def xlsx(rows: str, strings: tuple[str, ...] = (), **parts: "str | bytes | None") -> bytes:
    """A workbook with one sheet called Data."""
    shared = "".join(f"<si><t>{text}</t></si>" for text in strings)
    main = "xl/workbook.xml"
    return package({
        "[Content_Types].xml": _types(main, "spreadsheetml.sheet.main+xml"),
        "_rels/.rels": relations(("officeDocument", main), ("core-properties", "docProps/core.xml")),
        main: f'<workbook xmlns="{SHEET}" xmlns:r="{OFFICE}"><sheets>'
              '<sheet name="Data" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations(("worksheet", "worksheets/sheet1.xml")),
        "xl/sharedStrings.xml": f'<sst xmlns="{SHEET}">{shared}</sst>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{SHEET}"><sheetData>{rows}</sheetData></worksheet>',
        "docProps/core.xml": FACTS, **_named(parts)})


def _open_document(kind: str, body: str, parts: Parts) -> bytes:
    spaces = " ".join(f'xmlns:{name}="{ODF}{name}:1.0"' for name in ("office", "text", "table", "script"))
    spaces += ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    return package({
        "mimetype": f"application/vnd.oasis.opendocument.{kind}",
        "content.xml": f"<office:document-content {spaces}><office:body>{body}</office:body>"
                       "</office:document-content>",
        "meta.xml": f"<office:document-meta {spaces}><office:meta><dc:creator>Budi Santoso</dc:creator>"
                    "</office:meta></office:document-meta>",
        "META-INF/manifest.xml": f'<manifest:manifest xmlns:manifest="{ODF}manifest:1.0"/>',
        **_named(parts)})


def odt(*paragraphs: str, **parts: "str | bytes | None") -> bytes:
    """A text of LibreOffice."""
    body = "".join(text if text.startswith("<") else f"<text:p>{text}</text:p>" for text in paragraphs)
    return _open_document("text", f"<office:text>{body}</office:text>", parts)


def ods(rows: str, **parts: "str | bytes | None") -> bytes:
    """A workbook of LibreOffice with one sheet called Data."""
    body = f'<office:spreadsheet><table:table table:name="Data">{rows}</table:table></office:spreadsheet>'
    return _open_document("spreadsheet", body, parts)


def _named(parts: Parts) -> dict[str, "str | bytes | None"]:
    """`word___rels__document_xml_rels` is `word/_rels/document.xml.rels`."""
    return {name if "/" in name else name.replace("__", "/"): content for name, content in parts.items()}


def pdf(text: str = "Langkah pertama", catalog: str = "", page: str = "", more: tuple[str, ...] = (),
        info: str = "/Author (Budi Santoso)") -> bytes:
    """A PDF of one page. `catalog` and `page` are entries of theirs, `more` objects from number 7 on."""
    content = f"BT /F1 12 Tf 50 700 Td ({text}) Tj ET" if text else ""
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {catalog} >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] {page} "
        f"{'' if '/Contents' in page else '/Contents 4 0 R'} "
        f"{'' if '/Resources' in page else '/Resources << /Font << /F1 5 0 R >> >>'} >>",
        f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>", f"<< {info} >>", *more,
    ]
    data, places = b"%PDF-1.7\n", []
    for number, item in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{item}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    return data + (f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n"
                   f"<< /Size {len(objects) + 1} /Root 1 0 R /Info 6 0 R >>\nstartxref\n{len(data)}\n%%EOF\n"
                   ).encode()


def packed_pdf(hidden: str, catalog: str) -> bytes:
    """A PDF whose object 7 stands compressed in an object stream, with a cross-reference stream."""
    inner = f"7 0 {hidden}".encode()
    stream = zlib.compress(inner)
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {catalog} >>".encode(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
        b"<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d >>\nstream\n" % len(stream)
        + stream + b"\nendstream",
    ]
    data, places = b"%PDF-1.7\n", []
    for number, item in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n" % number + item + b"\nendobj\n"
    start = len(data)
    rows = [(0, 0, 65535), *((1, place, 0) for place in places), (0, 0, 0), (0, 0, 0), (2, 4, 0),
            (1, start, 0)]
    table = zlib.compress(b"".join(struct.pack(">BIH", *row) for row in rows))
    return data + (b"8 0 obj\n<< /Type /XRef /Size 9 /W [1 4 2] /Root 1 0 R /Filter /FlateDecode "
                   b"/Length %d >>\nstream\n" % len(table)) + table + \
        b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % start
