"""What people really send: mails, archives, folders, photos. Nothing is lost unsaid or lands elsewhere."""

import base64
import datetime
import io
import quopri
import random
import re
import stat
import zipfile
from collections.abc import Callable, Sequence
from email import policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from openpyxl.comments import Comment
from PIL import Image

from simpul.intake.placing import CannotReceiveError, put
from simpul.intake.receiving import Delivery, unpack
from simpul.intake.reporting import letters, place
from tests import documents, papers
from tests.harness import Sample, simpul, tree

REGION = "00.71"
HOME = f"content/daerah/{REGION}/praktik"
FIELDS = """Judul: Antrean baru
Instansi: Dinas Kesehatan
Tahapan: Penerapan
Inisiator: ASN
Jenis: Digital
Bentuk: Pelayanan publik
Tema: Antrean, kesehatan warga
Mulai uji coba: 1 Februari 2025
Ringkasan: Warga mengambil nomor dari rumah: lebih cepat.
Koneksi: terbatas
Kelas biaya: < 50 jt
Kegagalan: Warga lansia tetap datang.
Status keberlanjutan: Berjalan
Lisensi: CC-BY-4.0
Contoh: ya
"""
SECTIONS = """
Masalah

Antrean mengular sejak subuh.

Rancang bangun

Nomor dibagi lewat pesan singkat.

Hasil: waktu tunggu turun separuh

Pelajaran

Dampingi warga lansia.

Langkah replikasi

1. Mulai dari satu loket.
"""
CASE = FIELDS + SECTIONS
MADE = """---
judul: Antrean baru
instansi: Dinas Kesehatan
tahapan: penerapan
inisiator: asn
jenis: digital
bentuk: pelayanan_publik
tema:
  - antrean
  - kesehatan-warga
mulai_uji_coba: "1 Februari 2025"
ringkasan: "Warga mengambil nomor dari rumah: lebih cepat."
kondisi:
  koneksi: terbatas
biaya:
  kelas: "<50jt"
kegagalan: Warga lansia tetap datang.
status_keberlanjutan: berjalan
lisensi: CC-BY-4.0
contoh: "ya"
diajukan_melalui: surel
---

## Masalah

Antrean mengular sejak subuh.

## Rancang bangun

Nomor dibagi lewat pesan singkat.

## Hasil

waktu tunggu turun separuh

## Pelajaran

Dampingi warga lansia.

## Langkah replikasi

1. Mulai dari satu loket.
"""


def photo(color: str = "red", suffix: str = "JPEG", size: tuple[int, int] = (30, 20)) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", size, color).save(file, suffix)
    return file.getvalue()


def mail(text: str = CASE, subject: str = "Praktik kami") -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Budi Santoso <budi@gmail.com>"
    message["To"] = "portal@contoh.go.id"
    message["Date"] = "Mon, 02 Feb 2026 08:00:00 +0800"
    message["Subject"] = subject
    if text:
        message.set_content(text)
    return message


def archive(*files: tuple[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as out:
        for name, data in files:
            out.writestr(name, data)
    return file.getvalue()


@pytest.fixture
def send(tmp_path: Path) -> Callable[..., list[Delivery]]:
    """Receives files by name and bytes."""
    def sent(*files: tuple[str, bytes | str | EmailMessage], name: str = "") -> list[Delivery]:
        paths = []
        for file, content in files:
            path = tmp_path / file
            path.parent.mkdir(parents=True, exist_ok=True)
            data = content.as_bytes() if isinstance(content, EmailMessage) else content
            path.write_bytes(data.encode() if isinstance(data, str) else data)
            paths.append(path)
        return unpack(paths, REGION, name)
    return sent


Send = Callable[..., list[Delivery]]


def only(deliveries: Sequence[Delivery]) -> Delivery:
    [delivery] = deliveries
    return delivery


def text_of(delivery: Delivery) -> str:
    [parcel] = delivery.parcels
    return parcel.files[parcel.path].decode()


def letter(delivery: Delivery, root: Path) -> str:
    placed = place(root, delivery, replace=False)
    return "\n".join(letters([placed], [], "Portal"))


# Mails

def test_a_case_written_in_a_mail_becomes_a_file(send: Send) -> None:
    delivery = only(send(("kiriman.eml", mail("Yth. pengelola,\nini praktik kami.\n\n" + CASE +
                                              "\nHormat kami,\nBudi Santoso\n0812-3456-7890\n"))))
    assert text_of(delivery) == MADE
    assert delivery.parcels[0].path == f"{HOME}/antrean-baru.md"
    assert [lost.text for _, lost in delivery.lost] == [
        "Yth. pengelola,", "ini praktik kami.", "Hormat kami,", "Budi Santoso", "0812-3456-7890"]
    assert delivery.refused == []


def test_long_lines_that_a_mail_program_broke_are_whole(send: Send) -> None:
    broken = CASE.replace("nomor dari rumah", "nomor\ndari rumah")
    assert text_of(only(send(("a.eml", mail(broken))))) == MADE


@pytest.mark.parametrize(("charset", "encoding"), [
    ("utf-8", "quoted-printable"), ("utf-8", "base64"), ("utf-8", "8bit"), ("utf-16", "quoted-printable"),
    ("utf-16", "base64"), ("windows-1252", "quoted-printable"), ("windows-1252", "base64"),
    ("windows-1252", "8bit")])
def test_letters_arrive_however_they_are_coded(send: Send, encoding: str, charset: str) -> None:
    text = CASE.replace("subuh", "subuh – “pagi” é").encode(charset)
    code = {"base64": base64.encodebytes, "quoted-printable": quopri.encodestring, "8bit": bytes}[encoding]
    head = f"\nContent-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: {encoding}\n\n"
    data = mail("").as_bytes().rstrip() + head.encode() + code(text)
    assert text_of(only(send(("a.eml", data)))) == MADE.replace("subuh", "subuh – “pagi” é")


def test_letters_of_windows_that_are_called_latin_arrive(send: Send) -> None:
    data = mail("").as_bytes().rstrip() + b"\nContent-Type: text/plain; charset=iso-8859-1\n\n" + \
        CASE.replace("subuh", "subuh – “pagi”").encode("cp1252")
    assert "subuh – “pagi”" in text_of(only(send(("a.eml", data))))


def test_attachments_with_names_in_any_coding_come_along(send: Send) -> None:
    message = mail("Yth. pengelola, terlampir naskah kami.")
    message.add_attachment(CASE.replace("subuh.", "subuh.\n\n![Loket](Foto Loket (1) – depan.JPG)").encode(),
                           maintype="application", subtype="octet-stream", filename="Naskah – akhir.md")
    message.add_attachment(photo(), maintype="image", subtype="jpeg", filename="Foto Loket (1) – depan.JPG")
    data = message.as_bytes(policy=policy.default)
    assert b"filename*=" in data  # RFC 2231
    outlook = data.replace(b"filename*=utf-8''Naskah%20%E2%80%93%20akhir.md",
                           b'filename="=?utf-8?B?TmFza2FoIOKAkyBha2hpci5tZA==?="')
    assert outlook != data
    for sent in (data, outlook):
        delivery = only(send(("a.eml", sent)))
        assert sorted(delivery.parcels[0].files) == [
            f"{HOME}/antrean-baru.md", f"{HOME}/antrean-baru/gambar/foto-loket-1-depan.jpg"]
        assert "![Loket](antrean-baru/gambar/foto-loket-1-depan.jpg)" in text_of(delivery)
        assert [lost.text for _, lost in delivery.lost] == ["Yth. pengelola, terlampir naskah kami."]


def test_a_mail_forwarded_in_the_text_and_as_an_attachment(send: Send) -> None:
    head = "---------- Forwarded message ---------\nDari: Siti <siti@gmail.com>\nDate: Sen, 2 Feb 2026\n" \
           "Subject: praktik\nTo: <budi@gmail.com>\n\n"
    delivery = only(send(("a.eml", mail(head + CASE))))
    assert text_of(delivery) == MADE
    assert "siti@gmail.com" not in text_of(delivery)
    outer = mail("Diteruskan.")
    outer.add_attachment(mail())
    assert text_of(only(send(("b.eml", outer)))) == MADE


def test_an_mbox_is_a_letter_to_each_sender(send: Send) -> None:
    second = mail(CASE.replace("Antrean baru", "Loket keliling")).as_bytes()
    second = second.replace(b"\nDampingi", b"\n>From Dampingi")
    box = b"".join(b"From x@y Mon Feb  2 08:00:00 2026\n" + data + b"\n\n"
                   for data in (mail().as_bytes(), second))
    found = send(("kotak.mbox", box))
    assert [delivery.parcels[0].path for delivery in found] == [
        f"{HOME}/antrean-baru.md", f"{HOME}/loket-keliling.md"]
    assert "\nFrom Dampingi" in text_of(found[1])


def test_what_belongs_to_the_sender_stays_out_of_the_case(send: Send) -> None:
    written = CASE.replace("Antrean mengular", "Tanya budi@gmail.com atau 0812-3456-7890. Antrean mengular")
    delivery = only(send(("a.eml", mail(f"{written}\n-- \nBudi\n0812-3456-7890\n"))))
    assert "budi@gmail.com" not in text_of(delivery)
    assert "0812" not in text_of(delivery)
    assert [told.partition(" dihapus")[0] for told in delivery.told] == [
        "a.eml: '0812-3456-7890'", "a.eml: 'budi@gmail.com'"]


def test_winmail_is_told(send: Send, tmp_path: Path) -> None:
    message = mail("Terlampir.")
    message.add_attachment(b"\x78\x9f\x3e\x22xx", maintype="application", subtype="ms-tnef",
                           filename="winmail.dat")
    delivery = only(send(("a.eml", message)))
    told = letter(delivery, tmp_path)
    assert "lampiran winmail.dat dari Outlook tidak dapat dibuka. Di Outlook pilih format pesan HTML" in told


def test_a_mail_without_a_case_is_answered(send: Send, tmp_path: Path) -> None:
    delivery = only(send(("a.eml", mail("Kapan portal dibuka?"))))
    told = letter(delivery, tmp_path)
    assert told.startswith('Yth. pengirim,\n\nTerima kasih atas surel "Praktik kami".\n')
    assert "berkas ini belum memuat isian praktik" in told
    assert "> Kapan portal dibuka?" in told


# Texts

@pytest.mark.parametrize("table", [
    "| Isian | Isi |\n|---|---|\n{rows}", "{first}\n| --- | --- |\n{rest}",
])
def test_a_table_of_two_columns_holds_the_fields(send: Send, table: str) -> None:
    rows = [f"| **{label}** | {value} |" for label, value in
            (line.split(": ", 1) for line in FIELDS.splitlines())]
    text = table.format(rows="\n".join(rows), first=rows[0], rest="\n".join(rows[1:]))
    assert text_of(only(send(("a.md", f"{text}\n{SECTIONS}")))) == MADE


def test_headings_and_numbers_mark_the_sections_too(send: Send) -> None:
    text = CASE
    for number, title in enumerate(("Masalah", "Rancang bangun", "Pelajaran", "Langkah replikasi"), 1):
        marked = (f"# {title}", f"**{number}. {title.upper()}**")[number % 2]
        text = text.replace(f"\n{title}\n", f"\n{marked}\n")
    assert text_of(only(send(("a.txt", text)))) == MADE


def test_an_export_of_a_document_on_the_web(send: Send) -> None:
    data = base64.b64encode(photo("blue", "PNG")).decode()
    text = "".join(f"{line.replace(': ', ':** ')}  \n" if line else "\n" for line in
                   (f"**{row}" for row in FIELDS.splitlines()))
    text += SECTIONS.replace("\nMasalah\n", "\n# **Masalah**\n").replace("1. Mulai", "1. Mulai\\!") \
        .replace("subuh.", "subuh.\n\n![Denah loket][image1]")
    delivery = only(send(("a.md", f"{text}\n\n[image1]: <data:image/png;base64,{data}>\n")))
    assert "![Denah loket](antrean-baru/gambar/gambar-1.png)" in text_of(delivery)
    assert delivery.parcels[0].files[f"{HOME}/antrean-baru/gambar/gambar-1.png"].startswith(b"\x89PNG")
    assert "base64" not in text_of(delivery)
    assert text_of(delivery).startswith(MADE.partition("## Rancang")[0].partition("\n\nAntrean")[0])
    assert delivery.lost == []


def test_a_result_table_above_the_sections_becomes_results(send: Send) -> None:
    table = ("\n| Indikator | Satuan | Sebelum | Sesudah |\n|---|---|---|---|\n"
             "| Waktu tunggu | menit | 62,5 | 20 |\n\n")
    made = text_of(only(send(("a.md", FIELDS + table + SECTIONS))))
    assert ('hasil:\n  - indikator: Waktu tunggu\n    satuan: menit\n    sebelum: "62,5"\n    sesudah: "20"\n'
            ) in made


def test_a_wrong_line_is_shown_mended_even_when_all_is_refused(send: Send, tmp_path: Path) -> None:
    told = letter(only(send(("a.md", "---\njudul: Antrean: cara baru\n---\n"))), tmp_path)
    assert "a.md: baris 2: susunan YAML tidak terbaca di baris ini." in told
    assert 'Ganti baris itu menjadi: judul: "Antrean: cara baru"' in told


# Word

def fields_table() -> str:
    return papers.table(line.split(": ", 1) for line in FIELDS.splitlines())


def body(**more: str) -> str:
    """The sections as Word writes them; `more` goes below the text of one."""
    parts = {"Masalah": "Antrean mengular sejak subuh.", "Hasil": "waktu tunggu turun separuh",
             "Rancang bangun": "Nomor dibagi lewat pesan singkat.", "Pelajaran": "Dampingi warga lansia."}
    order = ("Masalah", "Rancang bangun", "Hasil", "Pelajaran")
    text = "".join(papers.para(title, "Judul1") + papers.para(parts[title])
                   + more.get(title.split()[0], "") for title in order)
    return (text + papers.para("Langkah replikasi", "Judul1")
            + papers.para("Mulai dari satu loket.", number=(2, 0)))


@pytest.mark.parametrize("fields", [
    fields_table, lambda: "".join(map(papers.para, FIELDS.splitlines())),
    lambda: papers.para(inside="".join(papers.run(line) + "<w:r><w:br/></w:r>" for line in
                                          FIELDS.splitlines())),
])
def test_a_word_document_becomes_a_file(send: Send, fields: Callable[[], str]) -> None:
    data = papers.word(fields() + body())
    delivery = only(send(("Naskah FINAL.docx", data)))
    assert text_of(delivery) == MADE
    assert (delivery.lost, delivery.told) == ([], [])


def test_a_title_by_its_style_is_the_title(send: Send) -> None:
    data = papers.word(papers.para("Antrean baru", "Judul") +
                          "".join(map(papers.para, FIELDS.splitlines()[1:])) + body())
    assert text_of(only(send(("a.docx", data)))) == MADE


def test_lists_tables_notes_links_and_pictures_of_word(send: Send) -> None:
    note = '<w:footnote w:id="1">' + papers.para("Catatan loket 2025.") + "</w:footnote>"
    design = "".join((
        papers.para("satu", number=(1, 0)), papers.para("dalam", number=(1, 1)),
        papers.table([["Unsur", "Isi | nilai"],
                         ["Nomor", papers.para("dua") + papers.para("baris")]]),
        papers.para("Lihat catatan", inside='<w:r><w:footnoteReference w:id="1"/></w:r>'),
        papers.para(inside=papers.picture("rg1")),
    ))
    delivery = only(send(("a.docx", papers.word(
        fields_table() + body(Rancang=design), {"rg1": photo("blue", "PNG")}, footnotes=note))))
    text = text_of(delivery)
    assert "- satu\n  - dalam\n" in text
    assert "| Unsur | Isi \\| nilai |\n| --- | --- |\n| Nomor | dua  baris |" in text
    assert "Lihat catatan[^1]\n" in text
    assert "\n[^1]: Catatan loket 2025.\n" in text
    assert "![Loket dari depan](antrean-baru/gambar/gambar-1.png)" in text
    assert len(delivery.parcels[0].files) == 2
    assert delivery.lost == []


def test_what_a_word_document_hides_is_told_with_its_words(send: Send, tmp_path: Path) -> None:
    changed = papers.para("Hasil akhir", inside=(
        f'<w:ins w:author="Siti">{papers.run(" disisipkan")}</w:ins>'
        '<w:del w:author="Siti"><w:r><w:delText> angka lama</w:delText></w:r></w:del>'))
    comment = f'<w:comment w:id="0" w:author="Siti">{papers.para("Perlu bukti.")}</w:comment>'
    boxed = papers.para(inside=papers.box("Isi kotak."))
    data = papers.word(fields_table() + body(Hasil=changed + boxed),
                          comments=comment, header1=papers.para("Rahasia dinas"))
    delivery = only(send(("a.docx", data)))
    assert "Hasil akhir disisipkan" in text_of(delivery)
    assert text_of(delivery).count("Isi kotak.") == 1
    assert [(lost.place, lost.text) for _, lost in delivery.lost] == [
        ("teks yang dihapus pada lacak perubahan", "angka lama"), ("komentar", "Perlu bukti."),
        ("kepala halaman", "Rahasia dinas")]
    told = letter(delivery, tmp_path)
    assert "a.docx, komentar:\n> Perlu bukti.\n" in told
    assert "naskah memuat perubahan yang belum disetujui" in told
    assert "naskah memuat kotak teks" in told
    assert "Siti" not in told + text_of(delivery)
    assert "Budi" not in told + text_of(delivery)


def test_a_cell_over_two_rows_keeps_the_columns_apart(send: Send) -> None:
    xml = papers.table([["Unit", "Nilai"], ["Dukcapil", "10"], ["", "20"]])
    cells = xml.split("<w:tcPr/>")
    marks = ["<w:tcPr/>"] * (len(cells) - 1)
    marks[2], marks[4] = '<w:tcPr><w:vMerge w:val="restart"/></w:tcPr>', "<w:tcPr><w:vMerge/></w:tcPr>"
    xml = "".join(part for pair in zip(cells, [*marks, ""], strict=True) for part in pair)
    text = text_of(only(send(("a.docx", papers.word(fields_table() + body(Rancang=xml))))))
    assert "| Dukcapil | 10 |\n|  | 20 |" in text


def test_ticked_boxes_of_a_form_are_read(send: Send) -> None:
    data = papers.word(fields_table().replace("Penerapan", "☐ Inisiatif ☐ Uji coba ☒ Penerapan") + body())
    assert text_of(only(send(("a.docx", data)))) == MADE


def test_a_mail_of_html_alone_is_read_as_text(send: Send) -> None:
    html = "".join(f"<div><b>{label}</b>: {value.replace('<', '&lt;')}</div>"
                   for label, value in (line.split(": ", 1) for line in FIELDS.splitlines()))
    html += "<p>Masalah</p><p>Antrean mengular sejak subuh.</p><h2>Rancang bangun</h2>" \
            "<p>Nomor dibagi lewat&nbsp;pesan singkat.</p><p><b>Hasil</b></p>" \
            "<p>waktu tunggu turun separuh</p>" \
            "<h2>Pelajaran</h2><p>Dampingi warga lansia.</p><h2>Langkah replikasi</h2>" \
            "<ol><li>Mulai dari satu loket.</li></ol>"
    message = mail("")
    message.set_content(f"<html><head><style>p{{}}</style></head><body>{html}</body></html>", subtype="html")
    assert text_of(only(send(("a.eml", message)))) == MADE


@pytest.mark.parametrize(("library", "name", "what"), [
    ("mammoth", "a.docx", "naskah Word (.docx)"), ("bs4", "a.eml", "surel yang hanya memuat HTML"),
    ("pillow_heif", "a.heic", "foto HEIC"),
    ("openpyxl", "a.xlsx", "tabel Excel (.xlsx)"), ("odfdo", "a.ods", "tabel OpenDocument (.ods)"),
])
def test_without_its_library_a_kind_is_refused_with_what_to_install(tmp_path: Path, library: str, name: str,
                                                                    what: str) -> None:
    sample = Sample(tmp_path / "root")
    (tmp_path / "tanpa").mkdir()
    (tmp_path / f"tanpa/{library}.py").write_text("raise ModuleNotFoundError")
    message = mail("")
    message.set_content("<p>Judul: x</p>", subtype="html")
    files = {"docx": lambda: papers.word(body()), "xlsx": lambda: papers.excel(EXPERTS),
             "heic": heic, "ods": lambda: papers.opendocument(EXPERTS), "eml": message.as_bytes}
    (tmp_path / name).write_bytes(files[name.partition(".")[2]]())
    path = f"{tmp_path / 'tanpa'}:{Path(__file__).parent.parent / 'generator'}"
    done = simpul("receive", str(tmp_path / name), "--region", REGION, cwd=sample.root, PYTHONPATH=path)
    assert done.returncode == 1
    assert f"Tidak diterima: {name}: {what} belum dapat dibaca di komputer ini." in done.stderr
    assert "pip install --require-hashes -r requirements/receive.txt" in done.stderr


# Sheets

HEADINGS = ["No", "Periode", "Unit Layanan", "Layanan", "Sasaran ASN", "ASN dilatih", "Lulus minimum", "IKM"]
MONITORING: papers.Sheets = {"Semester I": [
    ["LAPORAN PEMANTAUAN"], [], HEADINGS,
    [1, "2026-S1", "Disdukcapil", "adminduk", 80, 56, 41, 82.125],
    [2, None, "Puskesmas, Kota", "kesehatan", 20, 10, 8, None],
    ["Jumlah", None, None, None, 100]]}
EXPERTS: papers.Sheets = {"Ahli": [
    ["Nama", "Instansi", "NIP", "Wilayah kerja", "Keahlian", "Kuota", "Persetujuan publikasi"],
    ["Ahli Rekaan", "Diskominfo", "198001012005012001", "00.71", "4.1 tingkat 2; 4.2 (1)", 4,
     datetime.datetime(2026, 4, 1)]]}
EXPERTS_MADE = """- id: ahli-1
  nama_tampil: Ahli Rekaan
  persetujuan_publikasi: "2026-04-01"
  instansi: Diskominfo
  wilayah_kerja:
    - "00.71"
  keahlian:
    - kompetensi: "4.1"
      tingkat: "2"
    - kompetensi: "4.2"
      tingkat: "1"
  kuota_sesi_per_bulan: "4"
"""
MONITORING_MADE = """periode,unit_layanan,layanan,sasaran_asn,asn_dilatih,asn_lulus_minimum,ikm
2026-S1,Disdukcapil,adminduk,80,56,41,"82,1250"
2026-S1,"Puskesmas, Kota",kesehatan,20,10,8,
"""


def merged(book: Any) -> None:
    """The period over both rows, as a person merges it."""
    book["Semester I"].merge_cells("B4:B5")


@pytest.mark.parametrize("name", ["a.xlsx", "a.ods", "a.csv"])
def test_a_table_of_monitoring_becomes_the_file_of_its_period(send: Send, name: str) -> None:
    rows = [*MONITORING["Semester I"]]
    rows[4] = [2, "2026-S1", *rows[4][2:]]
    text = "\n".join(";".join("" if cell is None else str(cell).replace(".", ",") for cell in row[1:])
                     for row in rows[2:5]).replace("Lulus", "ASN lulus")
    data = {"a.xlsx": papers.excel(MONITORING, merged), "a.csv": text.encode(),
            "a.ods": papers.opendocument({"Semester I": rows})}[name]
    delivery = only(send((name, data)))
    assert text_of(delivery).replace('"82,125"', '"82,1250"') == MONITORING_MADE
    assert delivery.parcels[0].path == f"content/daerah/{REGION}/pemantauan/2026-S1.csv"
    assert [lost.text for _, lost in delivery.lost] == \
        ([] if name == "a.csv" else ["LAPORAN PEMANTAUAN", "Jumlah 100"])


@pytest.mark.parametrize(("where", "period"), [
    ("Semester II Tahun 2026", "2026-S2"), ("2026 - Triwulan 3", "2026-T3"), ("TW IV 2025", "2025-T4"),
])
def test_a_period_is_taken_from_the_title_where_no_column_has_it(send: Send, where: str, period: str) -> None:
    rows = [[f"PEMANTAUAN {where}"], HEADINGS[2:], ["Disdukcapil", "adminduk", 80, 56, 41, 82.5]]
    delivery = only(send(("a.xlsx", papers.excel({"Data": rows}))))
    assert delivery.parcels[0].path == f"content/daerah/{REGION}/pemantauan/{period}.csv"
    assert text_of(delivery).startswith(f"periode,unit_layanan,layanan,sasaran_asn,asn_dilatih,"
                                        f"asn_lulus_minimum,ikm\n{period},Disdukcapil,")


@pytest.mark.parametrize("kind", ["a.xlsx", "a.ods"])
def test_lists_become_the_files_of_their_kind_and_private_columns_stay_out(send: Send, kind: str) -> None:
    make = papers.excel if kind == "a.xlsx" else papers.opendocument
    delivery = only(send((kind, make(EXPERTS))))
    assert text_of(delivery) == EXPERTS_MADE
    assert delivery.told == [f"{kind}: kolom 'NIP' tidak dimuat. Portal hanya memuat nama dan kantor; "
                             "data pribadi tidak disimpan di sini."]
    assert delivery.lost == []


def test_several_sheets_are_several_tables(send: Send) -> None:
    begin = datetime.datetime(2026, 11, 24, 14, 30)
    sessions = {"Jadwal": [["Zona waktu WITA"], ["Modul", "Model", "Komponen", "Mulai", "Menit", "Peserta"],
                           ["surel-aman", "pendampingan", "Tatap muka", begin, 60, 20]]}
    needs = {"Kebutuhan": [["Tanggal", "Cara", "Kompetensi", "ASN terdampak", "Uraian"],
                           [datetime.date(2026, 5, 10), "Hasil SKM", "4.1", 40, "Surel palsu."]]}
    centres = {"Pusat": [["Nama", "Pengelola", "Komputer", "Koneksi", "Versi kurikulum", "Kapasitas"],
                         ["Balai Contoh", "BKPSDM", 20, "Terbatas", "2026.1", 24]]}
    delivery = only(send(("a.xlsx", papers.excel(EXPERTS | sessions | needs | centres))))
    made = {path.rpartition("/")[2]: data.decode() for parcel in delivery.parcels
            for path, data in parcel.files.items()}
    assert made == {
        "ahli.yml": EXPERTS_MADE,
        "jadwal.yml": "zona: WITA\nsesi:\n  - id: s-1\n    modul: surel-aman\n    model: pendampingan\n"
                      "    komponen: tatap_muka\n    mulai: \"2026-11-24T14:30\"\n    menit: \"60\"\n"
                      "    peserta: \"20\"\n",
        "kebutuhan.yml": "- id: k-1\n  tanggal: \"2026-05-10\"\n  cara: hasil_skm\n  kompetensi: \"4.1\"\n"
                         "  asn_terdampak: \"40\"\n  uraian: Surel palsu.\n",
        "pusat.yml": "- id: pusat-1\n  nama: Balai Contoh\n  pengelola: BKPSDM\n  fasilitas:\n"
                     "    komputer: \"20\"\n    koneksi: terbatas\n  versi_kurikulum: \"2026.1\"\n"
                     "  kapasitas_per_sesi: \"24\"\n",
    }


def test_formulas_are_read_by_the_value_that_was_kept(send: Send) -> None:
    rows = [[*row] for row in MONITORING["Semester I"][2:5]]
    rows[1][5], rows[1][6], rows[2][6] = "=E2-24", "=F2-15", "=#REF!"
    rows[2][1] = "2026-S1"
    delivery = only(send(("a.xlsx", papers.excel({"Data": rows}, F2="56"))))
    assert text_of(delivery).startswith("periode,unit_layanan,layanan,sasaran_asn,asn_dilatih,ikm\n"
                                        "2026-S1,Disdukcapil,adminduk,80,56,")
    assert "a.xlsx: lembar 'Data': rumus di G2, G3 belum punya hasil. Buka di Excel atau LibreOffice, " \
        "simpan, lalu kirim lagi." in delivery.told


def hide_excel(book: Any) -> None:
    sheet = book["Semester I"]
    sheet.row_dimensions[4].hidden = True
    sheet.column_dimensions["H"].hidden = True
    sheet["C5"].comment = Comment("Belum pasti.", "Siti")
    book.create_sheet("Rahasia").sheet_state = "hidden"


def hide_sheet(document: Any) -> None:
    table = document.body.tables[0]
    for name, number in (("row", 3), ("column", 7)):
        item = getattr(table, f"get_{name}")(number)
        item.set_attribute("table:visibility", "collapse")
        getattr(table, f"set_{name}")(number, item)


@pytest.mark.parametrize("name", ["a.xlsx", "a.ods"])
def test_hidden_rows_and_columns_are_told_and_not_taken(send: Send, name: str) -> None:
    rows = [*MONITORING["Semester I"]]
    rows[4] = [2, "2026-S1", *rows[4][2:]]
    data = papers.excel({"Semester I": rows}, hide_excel) if name == "a.xlsx" else \
        papers.opendocument({"Semester I": rows}, hide_sheet)
    delivery = only(send((name, data)))
    assert "Disdukcapil" not in text_of(delivery)
    assert "ikm" not in text_of(delivery)
    assert (f"{name}: lembar 'Semester I': baris 4 dan kolom H tersembunyi, jadi tidak dimuat. "
            "Tampilkan lalu kirim lagi bila harus ikut.") in delivery.told
    if name == "a.xlsx":
        assert f"{name}: lembar 'Rahasia' tersembunyi, jadi tidak dimuat." in delivery.told
        assert ("komentar sel C5", "Belum pasti.") in [lost for _, lost in delivery.lost]


def test_a_table_of_no_kind_is_refused_with_what_it_lacks(send: Send) -> None:
    delivery = only(send(("a.xlsx", papers.excel({"Data": [["a", "b"], [1, 2]]}))))
    assert delivery.refused[0].message == "tabel ini tidak dikenali"
    rows = [HEADINGS[2:], ["Disdukcapil", "adminduk", 80, 56, 41, 82.5]]
    delivery = only(send(("b.xlsx", papers.excel({"Data": rows}))))
    assert delivery.refused[0].message == "periode tabel pemantauan tidak ditemukan"


# Archives and folders

def test_a_zip_and_a_folder_of_cases_each_with_its_pictures(send: Send, tmp_path: Path) -> None:
    files = []
    for number, title in enumerate(("Antrean baru", "Loket keliling")):
        text = CASE.replace("Antrean baru", title).replace("subuh.", "subuh. ![Foto](foto.jpg)")
        files += [(f"{title}/naskah.md", text.encode()),
                  (f"{title}/foto.jpg", photo(("red", "blue")[number]))]
    zipped = only(send(("kiriman.zip", archive(*files))))
    for name, data in files:
        (tmp_path / "map" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "map" / name).write_bytes(data)
    for delivery in (zipped, only(unpack([tmp_path / "map"], REGION, ""))):
        assert [sorted(parcel.files) for parcel in delivery.parcels] == [
            [f"{HOME}/antrean-baru.md", f"{HOME}/antrean-baru/gambar/foto.jpg"],
            [f"{HOME}/loket-keliling.md", f"{HOME}/loket-keliling/gambar/foto.jpg"]]
        first, second = ([data for path, data in parcel.files.items() if path.endswith("jpg")]
                         for parcel in delivery.parcels)
        assert first != second


def test_a_zip_can_lead_nowhere(send: Send, tmp_path: Path) -> None:
    link = zipfile.ZipInfo("tautan.md")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    file = io.BytesIO(archive(("../../luar.md", CASE.encode()), ("/mutlak.md", CASE.encode()),
                              ("C:\\x\\y.md", CASE.encode()), ("baik.md", CASE.encode())))
    with zipfile.ZipFile(file, "a") as out:
        out.writestr(link, "/etc/passwd")
    delivery = only(send(("a.zip", file.getvalue())))
    assert [parcel.path for parcel in delivery.parcels] == [f"{HOME}/antrean-baru.md"]
    assert [told.partition(": ")[0] for told in delivery.told] == [
        "../../luar.md", "/mutlak.md", "C:/x/y.md", "tautan.md"]


def test_names_of_old_archivers_are_read(send: Send) -> None:
    data = archive(("naskah-é.md", CASE.encode()))
    plain = data.replace("naskah-é.md".encode(), "naskah-é.md".encode())
    marked = bytearray(plain)
    for mark, place_of_flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        marked[marked.index(mark) + place_of_flags + 1] &= ~0x08
    assert only(send(("a.zip", bytes(marked)))).parcels[0].source == "a.zip/naskah-é.md"


def test_a_bomb_is_refused_before_it_is_unpacked(send: Send) -> None:
    bomb = archive(*((f"{number}.txt", bytes(30 << 20)) for number in range(5)))
    delivery = only(send(("a.zip", bomb)))
    assert [refused.message for refused in delivery.refused] == ["isi arsip ini terlalu besar"]
    nested = archive(("a.md", CASE.encode()))
    for _ in range(8):
        nested = archive(("dalam.zip", nested))
    delivery = only(send(("a.zip", nested)))
    assert "terlalu banyak berkas di dalam berkas" in delivery.refused[0].message


def test_a_link_in_a_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "rahasia.md").write_text(CASE)
    (tmp_path / "map").mkdir()
    (tmp_path / "map/a.md").symlink_to(tmp_path / "rahasia.md")
    delivery = only(unpack([tmp_path / "map"], REGION, ""))
    assert delivery.parcels == []
    assert delivery.refused[0].message == "tautan ke berkas lain tidak diterima"


# Photos

def test_a_photo_of_a_phone_is_upright_small_and_says_nothing_else(send: Send) -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x013B] = 6, "Budi Santoso"
    file = io.BytesIO()
    Image.new("RGB", (8000, 6250), "green").save(file, "JPEG", exif=exif)
    delivery = only(send(("a.md", CASE), ("IMG 001.jpeg", file.getvalue())))
    data = delivery.parcels[0].files[f"{HOME}/antrean-baru/gambar/img-001.jpg"]
    with Image.open(io.BytesIO(data)) as image:
        assert image.size == (1562, 2000)
    assert b"Budi" not in data
    assert delivery.told == ["IMG 001.jpg: gambar ini belum disebut di naskah. Tambahkan baris "
                             "![uraian gambar](antrean-baru/gambar/img-001.jpg) di bagiannya."]


def heic() -> bytes:
    import pillow_heif

    file = io.BytesIO()
    pillow_heif.from_pillow(Image.new("RGB", (64, 48), "green")).save(file, quality=60)
    return file.getvalue()


def test_a_photo_in_the_format_of_newer_phones_becomes_a_jpeg(send: Send) -> None:
    text = CASE.replace("subuh.", "subuh.\n\n![Loket](IMG_0123.HEIC)")
    delivery = only(send(("a.md", text), ("IMG_0123.HEIC", heic())))
    assert "![Loket](antrean-baru/gambar/img-0123.jpg)" in text_of(delivery)
    data = delivery.parcels[0].files[f"{HOME}/antrean-baru/gambar/img-0123.jpg"]
    with Image.open(io.BytesIO(data)) as image:
        assert (image.format, image.size) == ("JPEG", (64, 48))


# Attachments

SOP = documents.pdf()
TABLE_OF_WORK = documents.xlsx('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', ("Jam datang",))


def with_attachments(*names: str) -> str:
    """A case as the form writes it that names these files."""
    items = "".join(f"  - {{ berkas: {name}, judul: SOP }}\n" for name in names)
    return MADE.replace("contoh: ", f"lampiran:\n{items}contoh: ")


def with_titles(text: str, title: str) -> str:
    return text.replace("Antrean baru", title)


@pytest.mark.parametrize("written", ['"SOP Antrean (Final).PDF"', "sop antrean (final).pdf",
                                     "sop-antrean-final.pdf", "'lampiran/SOP Antrean (Final).PDF'"])
@pytest.mark.parametrize("way", ["mail", "zip", "folder"])
def test_files_that_a_case_names_become_its_attachments(send: Send, tmp_path: Path, written: str,
                                                        way: str) -> None:
    text = with_attachments(written, "lembar.xlsx").replace(
        "subuh.", "subuh, lihat [SOP](<SOP Antrean (Final).PDF>) dan [aturan](https://x.go.id/lembar.xlsx).")
    files = [("naskah.md", text.encode()), ("SOP Antrean (Final).PDF", SOP), ("Lembar.xlsx", TABLE_OF_WORK)]
    if way == "mail":
        message = mail("Terlampir.")
        for name, data in files:
            message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
        delivery = only(send(("a.eml", message)))
    elif way == "zip":
        delivery = only(send(("a.zip", archive(*files))))
    else:
        send(*((f"map/{name}", data) for name, data in files))
        delivery = only(unpack([tmp_path / "map"], REGION, ""))
    assert delivery.refused == []
    [parcel] = delivery.parcels
    assert parcel.files == {
        f"{HOME}/naskah.md": parcel.files[f"{HOME}/naskah.md"],
        f"{HOME}/lampiran/sop-antrean-final.pdf": SOP, f"{HOME}/lampiran/lembar.xlsx": TABLE_OF_WORK}
    made = parcel.files[parcel.path].decode()
    assert re.search(r"""berkas: ["']?sop-antrean-final\.pdf["']?, judul""", made)
    assert "lihat [SOP](lampiran/sop-antrean-final.pdf) dan [aturan](https://x.go.id/lembar.xlsx)." in made


def test_a_case_in_word_names_its_attachments_in_a_line(send: Send) -> None:
    fields = FIELDS + "Lampiran: SOP Antrean.pdf; Alur.docx\n"
    data = papers.word("".join(map(papers.para, fields.splitlines())) + body())
    delivery = only(send(("Naskah.docx", data), ("SOP Antrean.pdf", SOP), ("Alur.docx", papers.word(body()))))
    assert (delivery.refused, delivery.told, delivery.lost) == ([], [], [])
    assert [*delivery.parcels[0].files] == [
        f"{HOME}/antrean-baru.md", f"{HOME}/lampiran/sop-antrean.pdf", f"{HOME}/lampiran/alur.docx"]
    assert ("lampiran:\n  - berkas: sop-antrean.pdf\n    judul: SOP Antrean\n  - berkas: alur.docx\n"
            "    judul: Alur\n") in text_of(delivery)


def test_files_that_nobody_names_are_told_with_the_lines_to_add(send: Send, tmp_path: Path) -> None:
    others = (("SOP_Antrean baru.PDF", SOP), ("Alur.docx", papers.word(papers.para("Alur kerja kami."))),
              ("Hitungan.xlsx", papers.excel({"Data": [["a", "b"], [1, 2]]})))
    called = "SOP_Antrean baru.PDF; Alur.docx; Hitungan.xlsx"
    names = "SOP_Antrean baru.PDF, Alur.docx, Hitungan.xlsx: belum disebut di naskah, jadi tidak disimpan."
    lines = ('  - { berkas: sop-antrean-baru.pdf, judul: "SOP Antrean baru", jenis: lainnya }\n'
             '     - { berkas: alur.docx, judul: "Alur", jenis: lainnya }\n'
             '     - { berkas: hitungan.xlsx, judul: "Hitungan", jenis: lainnya }\n')
    for text, where, ready in (
            (MADE, "tambahkan baris ini di bagian kunci naskahnya", f"lampiran:\n   {lines}"),
            (with_attachments("lama.pdf"), "tambahkan baris ini di bawah lampiran:", lines),
            (CASE, "tambahkan baris ini di awal naskahnya", f"Lampiran: {called}\n"),
            (f"{FIELDS}Lampiran: lama.pdf\n{SECTIONS}", "ganti baris Lampiran di naskah dengan baris ini",
             f"Lampiran: lama.pdf; {called}\n")):
        delivery = only(send(("a.md", text), *others))
        assert [*delivery.parcels[0].files] == [delivery.parcels[0].path]
        told = letter(delivery, tmp_path / where[-9:])
        assert names in told
        assert f"{where}, lalu kirim lagi bersama naskahnya:\n   {ready}" in told
    again = f"{FIELDS}Lampiran: {called}\n{SECTIONS}"
    assert len(only(send(("a.md", again), *others)).parcels[0].files) == 4


def test_a_document_alone_is_refused_as_before_and_a_table_stays_one(send: Send) -> None:
    assert only(send(("a.pdf", SOP))).refused[0].message == "berkas PDF tidak diterima sebagai naskah"
    other = papers.word(with_titles(fields_table(), "Loket") + body())
    delivery = only(send(("a.md", CASE), ("b.docx", other),
                         ("c.xlsx", papers.excel(EXPERTS))))
    assert [parcel.path for parcel in delivery.parcels] == [
        f"{HOME}/antrean-baru.md", f"{HOME}/loket.md", f"content/daerah/{REGION}/ahli.yml"]


def test_attachments_of_a_case_that_is_refused_are_told(send: Send) -> None:
    broken = with_attachments("sop.pdf").replace("judul: Antrean baru", "judul: Antrean: baru")
    delivery = only(send(("a.md", broken), ("SOP.pdf", SOP)))
    assert [refused.name for refused in delivery.refused] == ["a.md"]
    assert delivery.told == ["SOP.pdf: lampiran ini belum disimpan, karena naskahnya belum dapat diterima. "
                             "Kirim lagi bersama naskah itu."]


def test_another_cases_attachment_is_never_overwritten(send: Send, tmp_path: Path) -> None:
    root, other = tmp_path / "root", documents.pdf("Langkah kedua")
    text = with_attachments("sop.pdf")
    assert put(root, only(send(("antrean.md", text), ("sop.pdf", SOP))).parcels[0], replace=False) == ""
    keliling = ("keliling.md", with_titles(text, "Loket keliling"))
    delivery = only(send(keliling, ("sop.pdf", other)))
    before = tree(root)
    for replace in (False, True):
        with pytest.raises(CannotReceiveError, match=r"dengan isi yang lain \(antrean\.md\)"):
            put(root, delivery.parcels[0], replace=replace)
    told = letter(delivery, root)
    assert tree(root) == before
    assert (f"{HOME}/keliling.md belum kami simpan, karena lampiran 'sop.pdf' sudah dipakai praktik lain "
            "dengan isi yang lain. Mohon ganti nama berkas itu, misalnya menjadi keliling-sop.pdf, juga pada "
            "isian lampiran di naskah, lalu kirim lagi naskah dan lampirannya.") in told
    put(root, only(send(keliling, ("sop.pdf", SOP))).parcels[0], replace=False)  # the same content


def test_an_attachment_is_replaced_by_its_own_case_when_asked(send: Send, tmp_path: Path) -> None:
    root, text = tmp_path / "root", with_attachments("sop.pdf")
    put(root, only(send(("antrean.md", text), ("sop.pdf", SOP))).parcels[0], replace=False)
    better = only(send(("antrean.md", text), ("sop.pdf", documents.pdf("Langkah kedua")))).parcels[0]
    with pytest.raises(CannotReceiveError, match=r"lampiran/sop\.pdf. Pakai --replace"):
        put(root, better, replace=False)
    put(root, better, replace=True)
    assert tree(root)[f"{HOME}/lampiran/sop.pdf"] == documents.pdf("Langkah kedua")


def test_cases_in_folders_have_the_files_of_their_own(send: Send) -> None:
    text, second = with_attachments("sop.pdf"), documents.pdf("Langkah kedua")
    files = [("a/a.md", text.encode()), ("a/lampiran/SOP.pdf", SOP), ("b/lampiran/SOP.pdf", second),
             ("b/b.md", with_titles(text, "Loket keliling").encode())]
    found = only(send(("a.zip", archive(*files)))).parcels
    assert [parcel.files[f"{HOME}/lampiran/sop.pdf"] for parcel in found] == [SOP, second]


def test_what_is_wrong_with_an_attachment_is_told_with_its_name(tmp_path: Path) -> None:
    sample = Sample(tmp_path / "root")
    files = (("naskah.md", with_attachments("alur.docx").encode()),
             ("Alur.docx", documents.docx("Nomor 7371010101900001", **{"word/vbaProject.bin": b"x"})))
    (tmp_path / "a.zip").write_bytes(archive(*files))
    done = simpul("receive", str(tmp_path / "a.zip"), "--region", REGION, cwd=sample.root)
    assert done.returncode == 1
    assert f"  {HOME}/lampiran/alur.docx\n" in done.stderr
    assert ". alur.docx: berkas ini memuat bagian yang tidak diterima: word/vbaProject.bin" in done.stdout


# Lists that are there already

def test_entries_that_a_table_lacks_stay_and_are_told(send: Send, tmp_path: Path) -> None:
    place_of = tmp_path / f"root/content/daerah/{REGION}/ahli.yml"
    place_of.parent.mkdir(parents=True)
    place_of.write_text("# dua ahli\n- id: ahli-1\n  nama_tampil: Orang Lain\n- id: rekaan\n"
                        "  nama_tampil: Ahli rekaan\n  instansi: Kominfo\n", encoding="utf-8")
    delivery = only(send(("a.xlsx", papers.excel(EXPERTS))))
    placed = place(tmp_path / "root", delivery, replace=True)
    made = place_of.read_text(encoding="utf-8")
    assert made == "# dua ahli\n- id: ahli-1\n  nama_tampil: Orang Lain\n" + \
        EXPERTS_MADE.replace("id: ahli-1", "id: rekaan")
    told = "\n".join(letters([placed], [], "Portal"))
    assert (f"content/daerah/{REGION}/ahli.yml: tidak ada di tabel kiriman ini, jadi tetap seperti semula: "
            "ahli-1 (Orang Lain). Bila ada yang tidak berlaku lagi, tulis namanya di balasan Anda.") in told


def test_entries_of_a_table_without_ids_take_no_others_place(send: Send, tmp_path: Path) -> None:
    root = tmp_path / "root"
    place(root, only(send(("a.xlsx", papers.excel(EXPERTS)))), replace=True)
    rows = EXPERTS["Ahli"]
    second = papers.excel({"Ahli": [rows[0], ["Ahli Kedua", *rows[1][1:]]]})
    for _ in range(2):  # the same once more adds nothing
        place(root, only(send(("b.xlsx", second))), replace=True)
    assert tree(root)[f"content/daerah/{REGION}/ahli.yml"].decode() == EXPERTS_MADE + \
        EXPERTS_MADE.replace("ahli-1", "ahli-2").replace("Ahli Rekaan", "Ahli Kedua")


def test_two_entries_of_one_name_stay_two(send: Send, tmp_path: Path) -> None:
    root, rows = tmp_path / "root", EXPERTS["Ahli"]
    place(root, only(send(("a.xlsx", papers.excel(EXPERTS)))), replace=True)
    place(root, only(send(("b.xlsx", papers.excel({"Ahli": [*rows, rows[1]]})))), replace=True)
    made = tree(root)[f"content/daerah/{REGION}/ahli.yml"].decode()
    assert made == EXPERTS_MADE + EXPERTS_MADE.replace("ahli-1", "ahli-2")


def test_rows_that_a_table_lacks_stay_and_are_told(send: Send, tmp_path: Path) -> None:
    root = tmp_path / "root"
    place(root, only(send(("a.csv", MONITORING_MADE))), replace=True)
    less = "\n".join(MONITORING_MADE.replace("80,56", "90,56").split("\n")[:2])
    placed = place(root, only(send(("a.csv", less))), replace=True)
    assert tree(root)[f"content/daerah/{REGION}/pemantauan/2026-S1.csv"].decode().count("\n") == 3
    assert ["jadi tetap seperti semula: Puskesmas, Kota. Bila" in told for told in placed.told] == [True]


# Places

def test_a_case_is_replaced_by_itself_alone_and_what_changes_is_shown(send: Send, tmp_path: Path) -> None:
    root = tmp_path / "root"
    parcel = only(send(("a.md", CASE))).parcels[0]
    assert put(root, parcel, replace=False) == ""
    assert put(root, parcel, replace=False) == ""  # the same again
    better = only(send(("a.md", CASE.replace("turun separuh", "turun sepertiga")))).parcels[0]
    with pytest.raises(CannotReceiveError) as told:
        put(root, better, replace=False)
    for shown in (str(told.value), put(root, better, replace=True)):
        assert "-waktu tunggu turun separuh\n+waktu tunggu turun sepertiga" in shown
    other = only(send(("a.md", CASE.replace("Antrean baru", "Perahu pustaka keliling")),
                      name="antrean-baru")).parcels[0]
    before = tree(root)
    with pytest.raises(CannotReceiveError, match="memuat praktik lain: 'Antrean baru'"):
        put(root, other, replace=True)
    assert tree(root) == before


def test_a_folder_that_leads_elsewhere_is_not_written_into(send: Send, tmp_path: Path) -> None:
    (tmp_path / "luar").mkdir()
    (tmp_path / "root/content/daerah").mkdir(parents=True)
    (tmp_path / "root/content/daerah/00.71").symlink_to(tmp_path / "luar")
    with pytest.raises(CannotReceiveError, match="adalah tautan ke tempat lain"):
        put(tmp_path / "root", only(send(("a.md", CASE))).parcels[0], replace=True)
    assert list((tmp_path / "luar").iterdir()) == []


def test_the_officer_sees_places_and_problems_the_sender_a_letter(tmp_path: Path) -> None:
    sample = Sample(tmp_path / "root")
    (tmp_path / "a.eml").write_bytes(mail(CASE.replace("Penerapan\n", "Penerapn\n")).as_bytes())
    done = simpul("receive", str(tmp_path / "a.eml"), "--region", REGION, cwd=sample.root)
    assert done.returncode == 1
    assert f"Ditulis dari a.eml:\n  {HOME}/antrean-baru.md\n" in done.stderr
    assert f"{HOME}/antrean-baru.md:4: galat: isi 'Penerapn' pada 'tahapan' tidak dikenal." in done.stderr
    assert "   Tertulis: tahapan: Penerapn\n   Ganti baris itu menjadi: tahapan: penerapan\n" in done.stdout


# Hostile files

@pytest.mark.parametrize("work", ["loop", "memory", "write", "raise"])
def test_a_file_can_neither_last_nor_grow_nor_write(work: str, tmp_path: Path) -> None:
    from simpul.intake.doors.guard import guarded
    from simpul.intake.doors.parcel import DoorError

    def run(kind: str) -> int:
        if kind == "loop":
            while True:
                pass
        elif kind == "memory":
            return len(bytearray(2 << 30))
        elif kind == "write":
            (tmp_path / "x").write_text("x")
        raise ValueError(kind)

    with pytest.raises(DoorError) as told:
        guarded(run, work)
    assert told.value.hint
    assert not (tmp_path / "x").exists() or (tmp_path / "x").read_text() == ""


def mutated(data: bytes, seed: int) -> bytes:
    """The bytes with some changed, left out, or doubled."""
    draw = random.Random(seed)
    out = bytearray(data)
    for _ in range(draw.randint(1, 12)):
        at = draw.randrange(len(out) or 1)
        match draw.randrange(4):
            case 0:
                out[at:at + 1] = bytes([draw.randrange(256)])
            case 1:
                del out[at:at + draw.randint(1, 200)]
            case 2:
                out[at:at] = out[at:at + draw.randint(1, 300)]
            case _:
                out[at:at] = draw.choice([b"\r\n\r\n", b"--", b"\x00", b"=?utf-8?Q?", b"{" * 50, b"*" * 500,
                                          b"|" * 500, b"![](" * 50, b"Content-Type: multipart/x;\n"])
    return bytes(out)


def samples() -> dict[str, bytes]:
    message = mail("Terlampir.")
    message.add_attachment(CASE.encode(), maintype="text", subtype="markdown", filename="naskah é.md")
    message.add_attachment(mail())
    message.add_attachment(photo(), maintype="image", subtype="jpeg", filename="a.jpg")
    parts = papers.para(inside=papers.box("Isi kotak.") + papers.picture("rg1"))
    return {"a.docx": papers.word(fields_table() + body(Hasil=parts), {"rg1": photo()}),
            "a.xlsx": papers.excel(MONITORING | EXPERTS, merged), "a.ods": papers.opendocument(EXPERTS),
            "a.eml": message.as_bytes(), "a.md": CASE.encode(), "a.jpg": photo(),
            "a.zip": archive(("a.md", CASE.encode()), ("b/c.eml", message.as_bytes()))}


@pytest.mark.parametrize("name", samples())
def test_no_broken_file_is_more_than_a_problem(name: str, send: Send, tmp_path: Path) -> None:
    for seed in range(25):
        for delivery in send((name, mutated(samples()[name], seed))):
            assert delivery.parcels or delivery.refused or delivery.lost
            root = tmp_path / f"root-{seed}"
            assert letter(delivery, root).startswith("Yth. pengirim,")
            assert all(path.startswith(f"content/daerah/{REGION}/") for path in tree(root))
