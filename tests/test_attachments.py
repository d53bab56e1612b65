"""Attachments: judged by content, cleaned of what they tell of persons, offered with kind and size."""

import hashlib
import io
import random
import re
import time
import zipfile
import zlib
from pathlib import Path

import pytest
from PIL import ExifTags, Image

from simpul.sources.attachments import Checked, read_attachment
from simpul.sources.entry import read_source
from tests.documents import docx, ods, odt, package, packed_pdf, pdf, relations, xlsx
from tests.harness import Sample, simpul, tree
from tests.test_bombs import check

FOLDER = "content/daerah/00.71/praktik"
CASE = f"{FOLDER}/antrean-daring.md"
SECONDS = 4
FOR_EVER = r"[/.-][0-9a-f]{16,64}\.[a-z0-9]+$"
"""How the guide of hosts tells a name whose content never changes."""
NIK, NIP = "7371010101900001", "198001012005011001"
GOOD = {
    "sop.docx": docx("Langkah pertama"), "sop.odt": odt("Langkah pertama"), "sop.pdf": pdf(),
    "lembar.xlsx": xlsx('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', ("Jam datang",)),
    "lembar.ods": ods("<table:table-row><table:table-cell><text:p>Jam</text:p></table:table-cell>"
                      "</table:table-row>"),
    "catatan.csv": b"Jam;Nomor\n08.00;1\n",
}


def read(name: str, data: bytes) -> Checked:
    return read_attachment(f"{FOLDER}/lampiran/{name}", data)


def told(name: str, data: bytes) -> list[str]:
    return [problem.message for problem in read(name, data).problems]


def suspects(name: str, data: bytes) -> list[tuple[str, str]]:
    file = read(name, data).file
    assert file
    return [(place, what) for _, place, what, _ in file.suspects]


@pytest.mark.parametrize("name", GOOD)
def test_each_kind_is_taken_and_tells_nothing_of_its_maker(name: str) -> None:
    checked = read(name, GOOD[name])
    assert checked.problems == []
    assert checked.file
    assert checked.file.size == len(checked.data)
    parts = zipfile.ZipFile(io.BytesIO(checked.data)) if name[-3:] not in ("pdf", "csv") else None
    whole = b"".join(parts.read(part) for part in parts.namelist()) if parts else checked.data
    assert b"Budi" not in whole
    assert b"Budi" in GOOD[name] or parts or name.endswith("csv"), "there was something to remove"
    assert read(name, GOOD[name]).data == checked.data, "the same bytes give the same copy"


@pytest.mark.parametrize("name", GOOD)
def test_a_clean_copy_is_taken_as_it_is(name: str) -> None:
    once = read(name, GOOD[name]).data
    again = read(name, once)
    assert again.problems == []
    assert again.data == once or name.endswith("pdf"), "of a PDF, objects may change their places"


@pytest.mark.parametrize(("name", "data", "reason"), [
    ("sop.pdf", GOOD["sop.docx"], "isi berkas ini DOCX, padahal namanya berakhir .pdf"),
    ("sop.docx", GOOD["lembar.xlsx"], "isi berkas ini XLSX, padahal namanya berakhir .docx"),
    ("sop.docx", b"<html>", "isi berkas ini bukan DOCX"),
    ("sop.docx", b"", "isi berkas ini bukan DOCX"),
    ("sop.docx", package({"a.txt": "x"}), "berkas ini arsip ZIP, bukan dokumen"),
    ("sop.docx", GOOD["sop.docx"][:-200], "berkas rusak atau terpotong"),
    ("sop.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "berkas ini dari Word atau Excel lama"),
    ("sop.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
     "berkas ini terkunci kata sandi"),
    ("sop.pdf", b"%PDF-1.7\n", "berkas rusak atau terpotong"),
    ("catatan.csv", b" \n", "berkas CSV ini kosong"),
])
def test_the_kind_is_judged_by_content(name: str, data: bytes, reason: str) -> None:
    assert told(name, data) == [reason]


def _outside(kind: str, target: str) -> str:
    return relations((kind, target), outside="External")


ACTIVE = {
    "makro": ("docx", docx("x", **{"word/vbaProject.bin": b"\0"}), "bagian yang tidak diterima"),
    "OLE": ("docx", docx("x", **{"word/embeddings/oleObject1.bin": b"\0"}), "bagian yang tidak diterima"),
    "lembar di dalam dokumen": ("docx", docx("x", **{"word/embeddings/Lembar.xlsx": b"\0"}),
                                "bagian yang tidak diterima"),
    "ActiveX": ("docx", docx("x", **{"word/activeX/activeX1.bin": b"\0"}), "bagian yang tidak diterima"),
    "templat luar": ("docx", docx("x", **{"word/_rels/settings.xml.rels": _outside(
        "attachedTemplate", "https://jahat.example/a.dotm")}), "memuat makro, objek, templat"),
    "gambar luar": ("docx", docx("x", **{"word/_rels/document.xml.rels": _outside(
        "image", "https://jahat.example/a.png")}), "isi dari luar berkas: 'https://jahat.example/a.png'"),
    "tautan ke berkas": ("docx", docx("x", **{"word/_rels/document.xml.rels": _outside(
        "hyperlink", "file:///C:/a.exe")}), "tautan ke 'file:///C:/a.exe'"),
    "DDE": ("docx", docx("<w:p><w:r><w:instrText>DDE</w:instrText></w:r>"
                         "<w:r><w:instrText>AUTO cmd</w:instrText></w:r></w:p>"), "kolom DDEAUTO"),
    "DDE dalam kolom": ("docx", docx('<w:p><w:fldSimple w:instr="DDEAUTO cmd"/></w:p>'), "kolom DDEAUTO"),
    "tautan kolom ke berkas": ("docx", docx('<w:p><w:r><w:instrText>HYPERLINK "file:///C:/a.exe"</w:instrText>'
                                            "</w:r></w:p>"), "tautan ke 'file:///C:/a.exe\"'"),
    "gambar VML dari luar": ("docx", docx("x", **{
        "word/a.vml": '<v><imagedata src="https://a.example/a.png"/></v>'}), "isi dari luar berkas"),
    "rumus bernama": ("xlsx", xlsx("", **{"xl/a.xml": '<w><definedName>WEBSERVICE("https://a.example")'
                                                      "</definedName></w>"}), "mengambil isi dari luar"),
    "rumus ke berkas lain": ("ods", ods("<table:table-row><table:table-cell table:formula=\"of:=['file:///a.ods'"
                                        "#$A.A1]\"/></table:table-row>"), "mengambil isi dari luar"),
    "isi dari luar PDF": ("pdf", pdf(page="/Contents 7 0 R", more=(
        "<< /Length 0 /F (https://a.example/a) >>\nstream\n\nendstream",)), "mengambil isi dari luar berkas"),
    "HTML di dalam": ("docx", docx("x", "<w:altChunk/>"), "objek atau kendali (altChunk)"),
    "DOCTYPE": ("docx", docx("x", **{"word/document.xml": "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}),
                "memuat DOCTYPE"),
    "tautan data": ("xlsx", xlsx("", **{"xl/externalLinks/_rels/externalLink1.xml.rels": _outside(
        "externalLinkPath", "file:///a.xlsx")}), "memuat makro, objek, templat, atau tautan data"),
    "rumus web": ("xlsx", xlsx('<row r="1"><c r="A1"><f>WEBSERVICE("https://a.example")</f></c></row>'),
                  "rumus di lembar 'Data' sel A1"),
    "makro lama": ("xlsx", xlsx("", **{"xl/_rels/workbook.xml.rels": relations(
        ("xlMacrosheet", "macrosheets/s.xml"))}), "memuat makro, objek, templat, atau tautan data"),
    "Basic": ("odt", odt("x", **{"Basic/Standard/Module1.xml": "<a/>"}), "memuat makro (Basic/"),
    "skrip": ("odt", odt("x", **{"Scripts/python/a.py": "x"}), "memuat makro (Scripts/"),
    "kejadian": ("odt", odt('<script:event-listener script:language="ooo:script"/>'), "(event-listener)"),
    "bagian luar": ("odt", odt('<text:section><text:section-source xlink:href="https://a.example/a.odt"/>'
                               "</text:section>"), "(section-source)"),
    "gambar luar ODT": ("odt", odt('<text:p><text:image xlink:href="https://a.example/a.png"/></text:p>'),
                        "isi dari luar: 'https://a.example/a.png'"),
    "tautan ke berkas ODT": ("odt", odt('<text:p><text:a xlink:href="file:///etc/x">x</text:a></text:p>'),
                             "isi dari luar: 'file:///etc/x'"),
    "objek OLE ODT": ("odt", odt("x", **{"Object 1": b"\0"}), "bagian yang tidak diterima: Object 1"),
    "sandi ODT": ("odt", odt("x", **{"META-INF/manifest.xml": "<m><encryption-data/></m>"}),
                  "terkunci kata sandi"),
    "JavaScript": ("pdf", pdf(catalog="/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>"),
                   "tindakan yang tidak diterima (/JavaScript)"),
    "JavaScript tersamar": ("pdf", pdf(catalog="/OpenAction << /S /J#61vaScript /J#53 (x) >>"),
                            "tindakan yang tidak diterima (/JavaScript)"),
    "JavaScript dalam nama": ("pdf", pdf(catalog="/Names << /JavaScript << /Names [(a) 7 0 R] >> >>",
                                         more=("<< /S /JavaScript /JS (x) >>",)), "skrip (/JavaScript)"),
    "menjalankan program": ("pdf", pdf(page="/Annots [<< /Subtype /Link /Rect [0 0 9 9] "
                                            "/A << /S /Launch /F (a.exe) >> >>]"), "(/Launch)"),
    "mengirim isian": ("pdf", pdf(page="/Annots [<< /Subtype /Link /Rect [0 0 9 9] "
                                       "/A << /S /SubmitForm /F (http://a.example) >> >>]"), "(/SubmitForm)"),
    "tindakan lanjutan": ("pdf", pdf(catalog="/OpenAction << /S /GoTo /D [3 0 R /Fit] "
                                             "/Next << /S /ImportData /F (a) >> >>"), "(/ImportData)"),
    "tindakan otomatis": ("pdf", pdf(page="/AA << /O << /S /GoTo /D [3 0 R /Fit] >> >>"), "(/AA)"),
    "berkas tersemat": ("pdf", pdf(catalog="/Names << /EmbeddedFiles << /Names [(a) 7 0 R] >> >>",
                                   more=("<< /Type /Filespec /F (a) /EF << /F 4 0 R >> >>",)),
                        "berkas lain (/EmbeddedFiles)"),
    "formulir XFA": ("pdf", pdf(catalog="/AcroForm << /XFA 4 0 R /Fields [] >>"), "formulir XFA (/XFA)"),
    "tautan berkas PDF": ("pdf", pdf(page="/Annots [<< /Subtype /Link /Rect [0 0 9 9] "
                                          "/A << /S /URI /URI (file:///etc/x) >> >>]"),
                          "tautan ke 'file:///etc/x'"),
}


@pytest.mark.parametrize("name", ACTIVE)
def test_what_acts_or_is_brought_in_is_refused(name: str) -> None:
    ending, data, reason = ACTIVE[name]
    assert any(reason in message for message in told(f"a.{ending}", data)), told(f"a.{ending}", data)
    assert read(f"a.{ending}", data).file is None


@pytest.mark.parametrize("kind", ["ms-word.document.macroEnabled.main+xml",
                                  "openxmlformats-officedocument.wordprocessingml.template.main+xml"])
def test_a_macro_document_with_another_name_is_refused(kind: str) -> None:
    types = f'<Types><Override PartName="/word/document.xml" ContentType="application/vnd.{kind}"/></Types>'
    [message] = told("a.docx", docx("x", **{"[Content_Types].xml": types}))
    assert "memuat makro, objek, atau templat" in message


def test_actions_in_compressed_objects_are_seen() -> None:
    hidden = packed_pdf("<< /S /JavaScript /JS (x) >>", "/OpenAction 7 0 R")
    assert b"JavaScript" not in hidden
    assert any("/JavaScript" in message for message in told("a.pdf", hidden))


def test_a_link_to_the_web_is_harmless() -> None:
    assert told("a.pdf", pdf(page="/Annots [<< /Subtype /Link /Rect [0 0 9 9] "
                                  "/A << /S /URI /URI (https://contoh.go.id) >> >>]")) == []
    assert told("a.docx", docx("x", **{"word/_rels/document.xml.rels": _outside(
        "hyperlink", "https://contoh.go.id")})) == []
    assert told("a.odt", odt('<text:p><text:a xlink:href="https://contoh.go.id">x</text:a></text:p>')) == []


NAMED = {
    "komentar Word": ("docx", docx("x", **{"word/comments.xml": '<c><comment author="Budi"/></c>'})),
    "perubahan Word": ("docx", docx('<w:p><w:ins w:author=""><w:r><w:t>x</w:t></w:r></w:ins></w:p>')),
    "komentar Excel": ("xlsx", xlsx("", ("x",), **{
        "xl/comments1.xml": "<c><authors><author>Budi</author></authors></c>"})),
    "komentar ODT": ("odt", odt("<office:annotation><dc:creator>Budi</dc:creator></office:annotation>")),
    "komentar PDF": ("pdf", pdf(page="/Annots [<< /Subtype /Text /Rect [0 0 9 9] /T (Budi) "
                                     "/Contents (Ubah) >>]")),
}


@pytest.mark.parametrize("name", NAMED)
def test_comments_and_changes_with_names_are_refused(name: str) -> None:
    ending, data = NAMED[name]
    [problem] = read(f"a.{ending}", data).problems
    assert problem.code == "data-pribadi"
    assert "bernama" in problem.message


def test_a_signature_is_told_since_it_names_its_signer() -> None:
    data = pdf(catalog="/AcroForm << /Fields [7 0 R] >>", more=(
        "<< /FT /Sig /T (s) /V << /Type /Sig /ByteRange [0 1 2 3] /Contents <00> >> >>",))
    assert told("a.pdf", data) == ["PDF ini bertanda tangan elektronik, yang menyimpan nama penandatangannya"]


def _cell(place: str, inner: str, kind: str = "") -> str:
    return f'<c r="{place}"{kind and f" t={chr(34)}{kind}{chr(34)}"}>{inner}</c>'


ROWS = '<row r="2">' + _cell("B2", "<v>1</v>", "s") + _cell("C2", f"<v>{NIK}</v>") + \
    _cell("D2", "<v>7.371010101900001E15</v>") + _cell("E2", f"<is><t>{NIP}</t></is>", "inlineStr") + "</row>"
ODS_ROWS = ('<table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>'
            '<table:table-row><table:table-cell table:number-columns-repeated="27"/><table:table-cell>'
            f"<text:p>{NIK}</text:p></table:table-cell></table:table-row>")
PLACES = {
    "Word": ("docx", docx("Langkah", f"NIK {NIK}"), [("paragraf 2", "NIK")]),
    "kepala halaman": ("docx", docx("x", **{"word/header1.xml": f"<h><p><t>{NIP}</t></p></h>"}),
                       [("kepala halaman", "NIP")]),
    "teks pengganti": ("docx", docx(f'<w:p><w:docPr descr="{NIK}"/></w:p>'), [("paragraf 1", "NIK")]),
    "surel di tautan": ("docx", docx("x", **{"word/_rels/document.xml.rels": _outside(
        "hyperlink", "mailto:budi@gmail.com")}), [("bagian document.xml.rels", "surel pribadi")]),
    "Excel": ("xlsx", xlsx(ROWS, ("Jam", f"NIK {NIK}")),
              [("lembar 'Data' sel B2", "NIK"), ("lembar 'Data' sel C2", "NIK"),
               ("lembar 'Data' sel D2", "NIK"), ("lembar 'Data' sel E2", "NIP")]),
    "teks yang tidak dipakai": ("xlsx", xlsx("", (NIK,)), [("teks sel", "NIK")]),
    "ODT": ("odt", odt("Langkah", f"NIK {NIK}"), [("paragraf 2", "NIK")]),
    "ODS": ("ods", ods(ODS_ROWS), [("lembar 'Data' sel AB4", "NIK")]),
    "PDF": ("pdf", pdf(f"NIK {NIK}"), [("halaman 1", "NIK")]),
    "isian PDF": ("pdf", pdf(catalog="/AcroForm << /Fields [7 0 R] >>",
                             more=(f"<< /FT /Tx /T (nik) /V ({NIK}) >>",)),
                  [("bidang isian atau catatan PDF", "NIK")]),
}


@pytest.mark.parametrize("name", PLACES)
def test_personal_data_are_found_with_their_place(name: str) -> None:
    ending, data, places = PLACES[name]
    assert sorted(suspects(f"a.{ending}", data)) == sorted(places)


def test_personal_data_in_a_table_are_told_with_their_line() -> None:
    file = read("a.csv", f"Nama,NIK\nx,{NIK}\n".encode()).file
    assert file
    assert file.suspects == ((2, "", "NIK", NIK),)


@pytest.mark.parametrize(("cell", "refused"), [
    ("=1+1", True), (" =1", True), ("＝1", True), ("- 5", False), ("@SUM(1)", True), ("+62", False),
    ("-5", False), ("-5,5%", False), ("-", False),
    ("-1+cmd|x", True), ("+A1", True), ("teks", False), ("- tidak ada", True)])
def test_a_cell_that_becomes_a_formula_is_told(cell: str, refused: bool) -> None:
    problems = read("a.csv", f"Jam;Nilai\n08.00;{cell}\n".encode()).problems
    assert [problem.line for problem in problems] == [2] * refused
    assert all(problem.message == f"isi sel B2 akan dijalankan sebagai rumus: {cell.strip()}"
               for problem in problems)


def test_a_formula_is_told_whatever_separates_the_cells_of_its_reader() -> None:
    [problem] = read("a.csv", b"Jam,Nilai\nx;=cmd|y,Rp5.000\n").problems
    assert (problem.line, problem.message) == (2, "isi sel B2 akan dijalankan sebagai rumus: =cmd|y,Rp5.000")
    assert told("a.csv", b"Jam;Nilai\nx;Rp5.000,- per orang\n") == []


def test_a_link_within_a_document_is_harmless() -> None:
    code = '<w:p><w:r><w:instrText>HYPERLINK \\l "langkah"</w:instrText></w:r><w:r><w:t>x</w:t></w:r></w:p>'
    assert told("a.docx", docx(code)) == []


def test_a_hidden_sheet_is_told() -> None:
    book = '<workbook><sheets><sheet name="Arsip" state="hidden"/></sheets></workbook>'
    checked = read("a.xlsx", xlsx("", ("x",), **{"xl/workbook.xml": book}))
    assert [problem.message for problem in checked.problems] == ["lembar tersembunyi 'Arsip' ikut terbit"]
    assert checked.file


def test_the_folder_of_its_writer_is_taken_out() -> None:
    book = '<workbook xmlns:x="y"><x:absPath url="C:\\Users\\budi\\"/><sheets/></workbook>'
    assert b"budi" not in read("a.xlsx", xlsx("", ("x",), **{"xl/workbook.xml": book})).data


def test_a_chart_within_a_sheet_is_taken() -> None:
    chart = '<c xmlns:x="y" x:href=".."><p>Jam</p></c>'
    rows = "<table:table-row><table:table-cell><text:p>Jam</text:p></table:table-cell></table:table-row>"
    assert told("a.ods", ods(rows, **{"Object 1/content.xml": chart, "Object 1/meta.xml": "<m/>",
                                      "ObjectReplacements/Object 1": b"x"})) == []


def _photo(form: str) -> bytes:
    """A photograph that lies on its side and says where it was taken."""
    file, notes = io.BytesIO(), Image.Exif()
    notes[ExifTags.Base.Orientation] = 6
    notes[ExifTags.Base.Artist] = "Budi Santoso"
    notes.get_ifd(ExifTags.IFD.GPSInfo).update({1: "S", 2: (5.0, 8.0, 0.0), 3: "E", 4: (119.0, 24.0, 0.0)})
    Image.effect_noise((64, 32), 50).convert("RGB").save(file, form, exif=notes)
    return file.getvalue()


@pytest.mark.parametrize(("ending", "form"), [("jpeg", "JPEG"), ("png", "PNG")])
def test_a_photograph_keeps_its_pixels_and_loses_its_place(ending: str, form: str) -> None:
    photo, name = _photo(form), f"word/media/foto.{ending}"
    assert b"Budi" in photo
    checked = read("a.docx", docx("x", **{name: photo}))
    assert checked.problems == []
    clean = zipfile.ZipFile(io.BytesIO(checked.data)).read(name)
    assert b"Budi" not in clean
    with Image.open(io.BytesIO(photo)) as before, Image.open(io.BytesIO(clean)) as after:
        assert not after.getexif().get_ifd(ExifTags.IFD.GPSInfo)
        assert before.tobytes() == after.tobytes()
        if form == "JPEG":
            assert after.getexif()[ExifTags.Base.Orientation] == 6


def test_a_place_that_cannot_be_taken_out_is_told() -> None:
    data = docx("x", **{"word/media/foto.webp": _photo("WEBP")})
    assert told("a.docx", data) == ["gambar 'foto.webp' di dalamnya menyimpan lokasi pemotretan"]


def _photo_pdf(text: str) -> bytes:
    photo = _photo("JPEG").decode("latin-1")
    image = (f"<< /Type /XObject /Subtype /Image /Width 64 /Height 32 /ColorSpace /DeviceRGB "
             f"/BitsPerComponent 8 /Filter /DCTDecode /Length {len(photo)} >>\nstream\n{photo}\nendstream")
    return pdf(text, page="/Resources << /XObject << /I 7 0 R >> /Font << /F1 5 0 R >> >>", more=(image,))


def test_a_photograph_in_a_pdf_loses_its_place() -> None:
    assert b"Budi" in _photo_pdf("x")
    checked = read("a.pdf", _photo_pdf("Langkah pertama"))
    assert checked.problems == []
    assert b"Budi" not in checked.data


def test_a_page_that_no_machine_can_read_is_told() -> None:
    checked = read("a.pdf", _photo_pdf(""))
    assert [problem.message for problem in checked.problems] == [
        "teks di halaman 1 tidak terbaca mesin (hasil pindai?), "
        "jadi data pribadi di dalamnya belum diperiksa"]
    assert checked.file, "a warning keeps nothing from being published"


def test_an_earlier_version_of_a_pdf_is_left_behind() -> None:
    data = pdf("Rahasia lama")
    later = data + (b"4 0 obj\n<< /Length 41 >>\nstream\nBT /F1 12 Tf 50 700 Td (Teks baru saja) Tj ET\n"
                    b"endstream\nendobj\n")
    start = len(later)
    later += (b"xref\n4 1\n%010d 00000 n \ntrailer\n<< /Size 7 /Root 1 0 R /Prev %d >>\n"
              b"startxref\n%d\n%%%%EOF\n"
              % (len(data), int(re.findall(rb"startxref\n(\d+)", data)[0]), start))
    assert b"Rahasia" in later
    clean = read("a.pdf", later).data
    assert b"Rahasia" not in clean
    assert b"Teks baru" in clean


def _deep(depth: int) -> bytes:
    return docx(*["<w:p>" * depth + "</w:p>" * depth])


BLOWN = zlib.compress(bytes(60_000_000))
MANY = "".join(f'<row r="{n}">' + f'<c r="A{n}"><v>1</v></c>' * 20 + "</row>" for n in range(20_000))
BOMBS = {
    "zip yang mengembang": ("docx", docx("x", **{"word/media/a.bmp": bytes(40_000_000)})),
    "ribuan bagian": ("docx", docx("x", **{f"word/a{n}.xml": "" for n in range(4_000)})),
    "XML dalam": ("docx", _deep(5_000)),
    "lembar raksasa": ("xlsx", xlsx(MANY)),
    "kolom berulang": ("ods", ods('<table:table-row table:number-rows-repeated="1048576"><table:table-cell '
                                  'table:number-columns-repeated="999999999999"/></table:table-row>')),
    "PDF dalam": ("pdf", pdf(catalog=f"/A {'[' * 20_000}{']' * 20_000}")),
    "PDF berputar": ("pdf", pdf(catalog="/Pages 1 0 R")),
    "halaman berputar": ("pdf", pdf(more=("<< /Type /Pages /Kids [7 0 R 7 0 R] /Count 2 >>",),
                                    catalog="/Pages 7 0 R")),
    "PDF yang mengembang": ("pdf", pdf(page="/Contents 7 0 R", more=(
        f"<< /Filter /FlateDecode /Length {len(BLOWN)} >>\nstream\n{BLOWN.decode('latin-1')}\nendstream",))),
    "PDF banyak gambar teks": ("pdf", pdf("x" * 200_000)),
    "CSV satu sel": ("csv", b"a" * 2_000_000),
    "CSV angka": ("csv", b"1 " * 1_000_000),
    "CSV rumus": ("csv", b"=1\n" * 500_000),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_told_in_time(name: str) -> None:
    ending, data = BOMBS[name]
    start = time.process_time()
    source, _ = read_source(f"{FOLDER}/lampiran/a.{ending}", data)
    assert time.process_time() - start < SECONDS
    assert source.problems or source.entry.usable


def test_a_stream_that_unfolds_is_told_as_such() -> None:
    assert told("a.pdf", BOMBS["PDF yang mengembang"][1]) == ["isi PDF ini mengembang terlalu besar"]


def test_all_bombs_together_fit_into_512_megabytes(tmp_path: Path) -> None:
    sample = Sample(tmp_path / "root")
    paths = [f"{FOLDER}/lampiran/bom-{number}.{ending}" for number, (ending, _) in enumerate(BOMBS.values())]
    for path, (_, data) in zip(paths, BOMBS.values(), strict=True):
        sample.write(path, data)
    told, _ = check(sample)
    assert [path for path in paths if f"{path}:" not in told] == []


@pytest.mark.parametrize("name", GOOD)
def test_whatever_arrives_is_told_and_never_raised(name: str) -> None:
    """Seeded: bytes changed, cut, doubled, and within the parts of a zip."""
    chance = random.Random(name)
    for _ in range(150):
        data = bytearray(GOOD[name])
        if name.endswith(("docx", "xlsx", "odt", "ods")) and chance.random() < 0.7:
            data = bytearray(_other_part(GOOD[name], chance))
        else:
            _spoil(data, chance)
        source, body = read_source(f"{FOLDER}/lampiran/{name}", bytes(data))
        assert source.entry.usable == bool(body)
        assert source.entry.usable or source.problems


def _spoil(data: bytearray, chance: random.Random) -> None:
    for _ in range(chance.randint(1, 8)):
        place = chance.randrange(len(data))
        match chance.randrange(4):
            case 0:
                data[place] = chance.randrange(256)
            case 1:
                del data[place:place + chance.randint(1, 40)]
            case 2:
                data[place:place] = data[place:place + chance.randint(1, 40)]
            case _:
                data[place:place] = bytes(chance.randrange(256) for _ in range(4))
        if len(data) < 8:
            return


def _other_part(data: bytes, chance: random.Random) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: bytearray(archive.read(name)) for name in archive.namelist()}
    _spoil(parts[chance.choice([name for name in parts if parts[name]])], chance)
    return package({name: bytes(content) for name, content in parts.items()})


def with_attachments(root: Path, *names: str, text: str = "") -> Sample:
    """The sample with some attachments of its first case."""
    sample = Sample(root)
    for name in names:
        sample.write(f"{FOLDER}/lampiran/{name}", GOOD[name])
    items = "".join(f"\n  - {{ berkas: {name}, judul: Berkas {name[:-4]}, jenis: sop }}" for name in names)
    sample.replace(CASE, "replikasi_dari: null", f"lampiran:{items}\nreplikasi_dari: null")
    return sample.replace(CASE, "Waktu tunggu turun.", f"Waktu tunggu turun. {text}")


def test_a_case_offers_its_attachments_with_kind_and_size(tmp_path: Path) -> None:
    sample = with_attachments(tmp_path / "root", *GOOD)
    assert not [problem for problem in sample.problems() if problem.code.startswith("lampiran")]
    sample.build()
    html = sample.page("praktik/00.71/antrean-daring.html")
    found = re.findall(r'<li><a href="([^"]+)" download="([^"]+)">[^<]+</a> \((\w+), (\d+) KB\)', html)
    assert [name for _, name, _, _ in found] == list(GOOD)
    for href, name, kind, kilobytes in found:
        file = sample.root / "site/praktik/00.71" / href
        assert kind == name.rpartition(".")[2].upper()
        assert int(kilobytes) == -(-file.stat().st_size // 1024)
        assert re.search(FOR_EVER, href), "hosts keep it without asking again"
        digest = hashlib.sha256(file.read_bytes()).hexdigest()[:16]
        assert href == f"../../lampiran/00.71/{name.partition('.')[0]}-{digest}.{name.partition('.')[2]}"
    assert '<dt>Lampiran</dt><dd><a href="#__lampiran">6 berkas</a></dd>' in html
    assert '<span class="tag">6 lampiran</span>' in sample.page("praktik/semua.html")


def test_a_case_without_attachments_shows_nothing_of_them(tmp_path: Path) -> None:
    sample = with_attachments(tmp_path / "root", "sop.pdf")
    sample.build()
    html = sample.page("praktik/00.01/antrean-pesan.html")
    assert html.count("lampiran") == 1, "that of the case it replicates, on its card"
    assert "__lampiran" not in html
    assert "Paket replikasi" not in html


def test_a_link_in_a_text_leads_to_the_attachment(tmp_path: Path) -> None:
    sample = with_attachments(tmp_path / "root", "sop.pdf", text="Baca [SOP](lampiran/sop.pdf).")
    other = "content/tentang.md"
    sample.write(other, (sample.root / other).read_text(encoding="utf-8")
                 + "\nLihat [SOP](daerah/00.71/praktik/lampiran/sop.pdf#page=2).\n").build()
    digest = read("sop.pdf", GOOD["sop.pdf"]).file.digest  # type: ignore[union-attr]
    file = f'lampiran/00.71/sop-{digest}.pdf" download="sop.pdf">SOP</a>'
    assert f'Baca <a href="../../{file}' in sample.page("praktik/00.71/antrean-daring.html")
    assert f'Lihat <a href="{file}' in sample.page("tentang.html")


def test_links_follow_a_file_that_changes(tmp_path: Path) -> None:
    sample = with_attachments(tmp_path / "root", "sop.pdf", text="Baca [SOP](lampiran/sop.pdf).")
    sample.build()
    sample.write(f"{FOLDER}/lampiran/sop.pdf", pdf("Langkah kedua")).build()
    fresh = sample.root / "lain"
    (sample.root / ".cache/simpul.sqlite").unlink()
    sample.build(fresh)
    assert tree(sample.root / "site") == tree(fresh)
    assert len(list((fresh / "lampiran/00.71").glob("sop-*.pdf"))) == 1


def test_the_bundle_holds_all_that_a_region_needs(tmp_path: Path) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (900, 300), "#336699").save(picture, "PNG")
    sample = with_attachments(tmp_path / "root", "sop.pdf", "catatan.csv",
                              text="[SOP](lampiran/sop.pdf) ![Loket](gambar/loket.png) "
                                   "[modul](/modul/surel-aman.html)")
    sample.write(f"{FOLDER}/gambar/loket.png", picture.getvalue()).build()
    path = sample.root / "site/lampiran/00.71/paket-antrean-daring.zip"
    [told] = re.findall(r"Paket replikasi</a> \(ZIP, sekitar (\d+) KB\)",
                        sample.page("praktik/00.71/antrean-daring.html"))
    assert abs(int(told) * 1024 - path.stat().st_size) < 3 * 1024
    with zipfile.ZipFile(path) as archive:
        assert archive.namelist() == ["hasil.csv", "lampiran/catatan.csv", "lampiran/sop.pdf", "praktik.html"]
        assert {(part.date_time, part.compress_type) for part in archive.infolist()} == \
            {((1980, 1, 1, 0, 0, 0), zipfile.ZIP_STORED)}
        html = archive.read("praktik.html").decode()
        assert archive.read("hasil.csv").decode("utf-8-sig").splitlines()[1] == \
            "Waktu tunggu;menit;62,5;20;;;2025-S1 ke 2025-S2;https://contoh.go.id/antrean"
        assert archive.read("lampiran/sop.pdf") == read("sop.pdf", GOOD["sop.pdf"]).data
    assert '<a href="lampiran/sop.pdf">SOP</a>' in html
    assert '<img src="data:image/webp;base64,' in html
    assert '<a href="https://simpul.example/modul/surel-aman.html">modul</a>' in html
    assert not re.search(r'(src|href)="\.\.?/', html), "it opens alone"
    assert "<script" not in html
    assert "Contoh rekaan" in html


def test_a_result_is_no_formula_in_the_bundle(tmp_path: Path) -> None:
    sample = with_attachments(tmp_path / "root", "sop.pdf")
    sample.replace(CASE, "indikator: Waktu tunggu", 'indikator: "=cmd|x"').build()
    with zipfile.ZipFile(sample.root / "site/lampiran/00.71/paket-antrean-daring.zip") as archive:
        assert b"\r\n'=cmd|x;menit" in archive.read("hasil.csv")


def test_an_adaptation_offers_its_material(tmp_path: Path) -> None:
    sample = Sample(tmp_path / "root")
    sample.write("content/daerah/00.71/adaptasi/lampiran/lembar.ods", GOOD["lembar.ods"])
    path = "content/daerah/00.71/adaptasi/surel-aman.yml"
    sample.write(path, (sample.root / path).read_text(encoding="utf-8")
                 + "bahan: [{ berkas: lembar.ods, judul: Lembar latihan, jenis: lembar_kerja }]\n").build()
    html = sample.page("modul/surel-aman/00.71.html")
    assert re.search(r'href="\.\./\.\./lampiran/00\.71/adaptasi/lembar-\w{16}\.ods" download="lembar\.ods">'
                     r'Lembar latihan</a> \(ODS, 1 KB\) <span class="tag">Lembar kerja</span>', html)


def test_a_number_that_only_looks_like_one_is_let_through_with_a_reason(tmp_path: Path) -> None:
    sample = with_attachments(tmp_path / "root", "sop.docx")
    sample.write(f"{FOLDER}/lampiran/sop.docx", docx("x", f"Nomor seri {NIK}"))
    [problem] = [problem for problem in sample.problems() if problem.code == "data-pribadi"]
    assert problem.message == "tampaknya ada NIK di paragraf 2: 7371************"
    known = f'bukan_data_pribadi: [{{ teks: "{NIK}", alasan: Nomor seri }}]'
    sample.replace(CASE, "lisensi:", f"{known}\nlisensi:")
    assert not [problem for problem in sample.problems() if problem.code == "data-pribadi"]


def test_attachments_that_are_heavy_together_are_told(tmp_path: Path) -> None:
    sample = with_attachments(tmp_path / "root", "sop.docx", "lembar.xlsx", "sop.odt")
    noise = random.Random(1).randbytes(1_900_000)
    for name, make in (("sop.docx", docx), ("lembar.xlsx", xlsx), ("sop.odt", odt)):
        sample.write(f"{FOLDER}/lampiran/{name}", make("x" if name != "lembar.xlsx" else "",
                                                       **{"word/media/a.bmp": noise}))
    assert "galat: semua lampiran bersama 5,4 MB; batasnya 5 MB." in sample.report()


def test_the_command_tells_a_broken_attachment_without_a_traceback(tmp_path: Path) -> None:
    sample = with_attachments(tmp_path / "root", "sop.pdf")
    sample.write(f"{FOLDER}/lampiran/sop.pdf", b"%PDF-1.7\nrusak")
    done = simpul("check", cwd=sample.root)
    assert done.returncode == 1
    assert f"{FOLDER}/lampiran/sop.pdf:1: galat: berkas rusak atau terpotong." in done.stdout
    assert "Traceback" not in done.stdout + done.stderr
    assert "pypdf" not in done.stderr
