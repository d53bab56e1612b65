"""PDF (ISO 32000): written anew from what can be reached in it, so that earlier versions, hidden objects and
what tells of its makers are left behind; whatever acts by itself is refused. Known to nobody else is pypdf.
"""

import io
import logging
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader, PdfWriter, apply_configuration
from pypdf.errors import LimitReachedError
from pypdf.generic import ArrayObject, DictionaryObject, NullObject, StreamObject, TextStringObject

from simpul.sources.attachments.findings import Findings, UnacceptableError
from simpul.sources.attachments.office import SAFE_LINK
from simpul.sources.attachments.package import BROKEN, LOCKED
from simpul.sources.attachments.photos import bare, tells_place

MOST_PAGES = 150
LIMITS: dict[str, Any] = {
    "maximum_declared_stream_length": 8_000_000, "array_based_stream_maximum_output_length": 8_000_000,
    "zlib_maximum_output_length": 12_000_000, "lzw_maximum_output_length": 8_000_000,
    "run_length_maximum_output_length": 8_000_000, "brotli_maximum_output_length": 8_000_000,
    "jbig2_maximum_output_length": 8_000_000, "zlib_maximum_recovery_input_length": 1_000_000,
    "stream_decoding_work_maximum_length": 40_000_000, "stream_parsing_work_maximum_count": 500_000,
    "image_maximum_buffer_size": 16_000_000, "page_tree_maximum_entries": 5_000,
    "page_tree_maximum_page_entries": 50_000, "xform_maximum_invocations_per_extraction": 500,
    "jbig2dec_binary": None,
}
"""A tenth of what pypdf would take: no attachment is larger than 2 MB."""
HARMLESS = {"/GoTo", "/URI", "/Named"}
PLACES_OF_ACTIONS = ("/A", "/PA", "/OpenAction", "/Next")
KEYS = {"/JS": "skrip", "/JavaScript": "skrip", "/AA": "tindakan otomatis", "/EmbeddedFiles": "berkas lain",
        "/EF": "berkas lain", "/XFA": "formulir XFA", "/RichMediaContent": "media", "/Encrypt": "sandi"}
SUBTYPES = {"/FileAttachment": "berkas lain", "/RichMedia": "media", "/Movie": "media", "/Screen": "media",
            "/Sound": "media", "/3D": "media"}
TELLING = ("/Metadata", "/PieceInfo", "/LastModified")
COMMENTS = {"/Text", "/FreeText", "/Highlight", "/Underline", "/Squiggly", "/StrikeOut", "/Stamp", "/Ink",
            "/Caret", "/Popup", "/Line", "/Square", "/Circle", "/Polygon", "/PolyLine"}
REPRINT = "Buka, pilih Cetak > Simpan sebagai PDF, lalu kirim hasilnya."
LEAST_LETTERS = 0.5
VERSION = "%PDF-1.7"
logging.getLogger("pypdf").addHandler(logging.NullHandler())  # what it warns of is told by us


def read_pdf(data: bytes, found: Findings) -> bytes:
    """The PDF without what it tells of its makers."""
    with apply_configuration(**LIMITS):
        try:
            return _read(data, found)
        except (UnacceptableError, MemoryError, RecursionError):
            raise
        except LimitReachedError:
            raise UnacceptableError("isi PDF ini mengembang terlalu besar", REPRINT) from None
        except Exception:  # whatever a broken file makes the library raise
            raise UnacceptableError(*BROKEN) from None


def _read(data: bytes, found: Findings) -> bytes:
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted:
        raise UnacceptableError(*LOCKED)
    pages = len(reader.pages)
    if not 0 < pages <= MOST_PAGES:
        raise UnacceptableError(f"PDF ini {pages} halaman; batasnya {MOST_PAGES}",
                                "Pecah menjadi beberapa berkas, atau kirim bagian yang diperlukan saja.")
    writer = PdfWriter(clone_from=reader)
    writer.metadata = None
    writer._ID = None
    writer.pdf_header = VERSION
    for item in writer._objects:
        _look(item, found)
    _texts(writer, found)
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def _look(item: Any, found: Findings) -> None:
    """Looks through an object and all that stands within it."""
    pending = [item]
    while pending:
        current = pending.pop()
        if isinstance(current, DictionaryObject):
            _judge(current, found)
            pending += current.values()
        elif isinstance(current, ArrayObject):
            pending += current
        elif isinstance(current, TextStringObject) and len(current) > 5:
            found.say("bidang isian atau catatan PDF", current)
        if isinstance(current, StreamObject):
            _photo(current, found)
            if "/F" in current or "/Ref" in current or "/OPI" in current:
                found.refuse("PDF ini mengambil isi dari luar berkas", REPRINT)


def _judge(item: DictionaryObject, found: Findings) -> None:
    for key in TELLING:
        item.pop(key, None)
    for key, what in KEYS.items():
        if key in item and not isinstance(item.raw_get(key), NullObject):
            found.refuse(f"PDF ini memuat {what} ({key})", REPRINT)
    kind = item.raw_get("/Subtype") if "/Subtype" in item else None
    if kind in SUBTYPES:
        found.refuse(f"PDF ini memuat {SUBTYPES[str(kind)]} ({kind})", REPRINT)
    if "/ByteRange" in item:
        found.refuse("PDF ini bertanda tangan elektronik, yang menyimpan nama penandatangannya",
                     f"{REPRINT} Sebutkan nomor suratnya pada judul lampiran.", "data-pribadi")
    if kind in COMMENTS and "/T" in item and str(item["/T"]).strip():
        found.refuse("PDF ini memuat komentar bernama", f"Hapus komentarnya. {REPRINT}", "data-pribadi")
    for action in _actions(item):
        act = str(action.get("/S", ""))
        if act not in HARMLESS:
            found.refuse(f"PDF ini memuat tindakan yang tidak diterima ({act[:30] or 'tanpa nama'})", REPRINT)
        elif act == "/URI" and not SAFE_LINK.match(str(action.get("/URI", "")).strip()):
            found.refuse(f"PDF ini memuat tautan ke '{str(action.get('/URI', ''))[:60]}'",
                         "Pakai tautan https:// atau mailto:.")


def _actions(item: DictionaryObject) -> Iterator[DictionaryObject]:
    """What is done when something of this object is opened or chosen."""
    if item.get("/Type") == "/Action":
        yield item
    for key in PLACES_OF_ACTIONS:
        value = item.get(key)
        value = value.get_object() if value is not None else None
        if isinstance(value, DictionaryObject) and "/S" in value and "/O" not in value:
            yield value


def _photo(stream: StreamObject, found: Findings) -> None:
    """A photograph is kept as it is, without what it tells of place and camera."""
    if stream.get("/Subtype") == "/Image" and stream.get("/Filter") in ("/DCTDecode", ["/DCTDecode"]):
        stream._data = bare(stream._data)
        if tells_place(stream._data):
            found.refuse("foto di dalam PDF ini menyimpan lokasi pemotretan", REPRINT, "data-pribadi")


def _texts(writer: PdfWriter, found: Findings) -> None:
    """The text of each page; pages whose text no machine can read are told."""
    unread: list[int] = []
    for number, page in enumerate(writer.pages, 1):
        text = page.extract_text()
        seen = [letter for letter in text if not letter.isspace()]
        readable = sum(letter.isalnum() or (letter.isascii() and letter.isprintable()) for letter in seen)
        if seen and readable >= LEAST_LETTERS * len(seen):
            found.words = True
        elif seen or "/XObject" in page.get("/Resources", DictionaryObject()).get_object():
            unread.append(number)
        for line in text.splitlines():
            found.say(f"halaman {number}", line)
    if unread:
        found.warn(f"teks di halaman {_ranges(unread)} tidak terbaca mesin (hasil pindai?), jadi data "
                   "pribadi di dalamnya belum diperiksa",
                   "Periksa sendiri setiap halamannya, atau kirim berkas asal yang teksnya dapat disalin.")


def _ranges(numbers: list[int]) -> str:
    """1, 2, 3, 7 as "1-3, 7"."""
    parts: list[list[int]] = []
    for number in numbers:
        if parts and parts[-1][-1] == number - 1:
            parts[-1].append(number)
        else:
            parts.append([number])
    return ", ".join(f"{part[0]}-{part[-1]}" if len(part) > 1 else str(part[0]) for part in parts)
