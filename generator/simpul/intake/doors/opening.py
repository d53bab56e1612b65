"""A file as it was sent -> what is in it, through the door of its kind; the kind is told by its content."""

from pathlib import PurePosixPath

from simpul.addresses import PICTURE
from simpul.intake.doors import photos
from simpul.intake.doors.bundles import archive, is_zip, open_zip
from simpul.intake.doors.mail import OUTLOOK, is_mail, open_mail
from simpul.intake.doors.parcel import DoorError, Grid, Opened, Paragraph, Sent
from simpul.intake.doors.pictures import taken_out
from simpul.sources.formats import MAX_BYTES, Unreadable, decode
from simpul.sources.tables import read_table

TEXTS = (".md", ".txt", ".markdown")
TABLES = (".csv",)
OTHER_PICTURES = (".heic", ".heif", ".bmp", ".tif", ".tiff")
ASK = {
    b"%PDF": DoorError("berkas PDF tidak diterima sebagai naskah",
                      "Kirim naskah aslinya (.docx) atau formulir. "
                      "Sebagai lampiran, kirim bersama naskah yang menyebutnya."),
    b"\xd0\xcf\x11\xe0": DoorError("berkas ini berformat Word atau Excel lama, atau terkunci kata sandi",
                                   "Buka kuncinya, lalu simpan sebagai .docx atau .xlsx."),
    b"{\\rt": DoorError("berkas RTF tidak diterima", "Simpan sebagai .docx, lalu kirim lagi."),
    b"\x78\x9f\x3e\x22": OUTLOOK, b"Rar!": DoorError("arsip RAR tidak diterima", "Buat arsip .zip."),
    b"7z\xbc\xaf": DoorError("arsip 7z tidak diterima", "Buat arsip .zip."),
}
UNKNOWN = DoorError("jenis berkas ini tidak diterima",
                    "Kirim naskah (.docx, .md, .txt), surel (.eml), tabel (.xlsx, .ods, .csv), gambar, "
                    "atau arsip .zip berisi semuanya.")


def open_file(sent: Sent) -> Opened:
    """What is in the file. Raises DoorError, or whatever a library raises on a bad file."""
    data, suffix = sent.data, PurePosixPath(sent.name).suffix.lower()
    if why := ASK.get(data[:4]):
        raise why
    if is_zip(data):
        return _packed(sent)
    if photos.is_heic(data) or PICTURE.search(sent.name) or suffix in OTHER_PICTURES:
        new, picture = photos.as_picture(data)
        return Opened(pictures={f"{sent.name.removesuffix(PurePosixPath(sent.name).suffix)}{new}": picture})
    if suffix == ".eml" or (suffix not in (*TEXTS, *TABLES) and is_mail(data)):
        return open_mail(sent)
    if suffix in TEXTS:
        return _text(sent)
    if suffix in TABLES:
        return _table(sent)
    raise UNKNOWN


def _packed(sent: Sent) -> Opened:
    """Office files are zips too: what is inside tells which."""
    with archive(sent.data) as found:
        names = set(found.namelist())
        kind = found.read("mimetype")[:80] if "mimetype" in names else b""
    if "word/document.xml" in names:
        from simpul.intake.doors.word import open_word

        return open_word(sent)
    if "xl/workbook.xml" in names:
        from simpul.intake.doors.excel import open_excel

        return open_excel(sent)
    if b"opendocument.spreadsheet" in kind:
        from simpul.intake.doors.opendocument import open_sheet

        return open_sheet(sent)
    if b"opendocument.text" in kind:
        raise DoorError("naskah .odt tidak diterima", "Simpan sebagai Word (.docx), lalu kirim lagi.")
    return open_zip(sent)


def _table(sent: Sent) -> Opened:
    """A table of monitoring, whose rows are read as the portal reads them."""
    try:
        record = read_table("content/daerah/00/pemantauan/0000.csv", sent.data)
    except Unreadable as problem:
        raise DoorError(f"baris {problem.line}: {problem.message}", problem.hint) from None
    rows = [row for row in record.value if isinstance(row, dict)] if isinstance(record.value, list) else []
    names = tuple(dict.fromkeys(name for row in rows for name in row))
    grid = Grid(sent.name, ((1, names), *((number, tuple(str(row.get(name) or "") for name in names))
                                          for number, row in enumerate(rows, 2))))
    told = tuple(f"{sent.name}: baris {problem.line}: {problem.message}. {problem.hint}".rstrip()
                 for problem in record.problems)
    return Opened(grids=(grid,), told=told)


def _text(sent: Sent) -> Opened:
    if len(sent.data) > MAX_BYTES and b"data:image/" not in sent.data:
        raise DoorError(f"naskah lebih dari {MAX_BYTES // 1024} KB", "Ringkas isinya.")
    try:
        text = decode(sent.data)
    except Unreadable as problem:
        if problem.code != "pengodean":
            raise DoorError(f"baris {problem.line}: {problem.message}", problem.hint) from None
        text = decode(sent.data.decode("cp1252", "replace").encode())  # as Notepad wrote for long
    text, pictures, told = taken_out(text)
    words = tuple(Paragraph("", line) for line in text.split("\n") if line.strip())
    return Opened(text=text, pictures=pictures, words=words,
                  told=tuple(f"{sent.name}: {one}" for one in told))
