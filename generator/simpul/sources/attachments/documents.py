"""Documents and sheets of Word, Excel and LibreOffice: which kind one is, and what both families share."""

from collections.abc import Callable, Iterator
from types import ModuleType

from simpul.sources.attachments import office, open_document
from simpul.sources.attachments.findings import Findings, UnacceptableError
from simpul.sources.attachments.package import Package
from simpul.sources.attachments.photos import bare, tells_place

PHOTOS = (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp")
UNREAD = ("teks berkas ini tidak terbaca mesin, jadi data pribadi di dalamnya belum diperiksa",
          "Periksa sendiri, atau kirim berkas asal yang teksnya dapat disalin.")


def read_document(package: Package, found: Findings, demand: Callable[[str], None]) -> bytes:
    """The document without what it tells of persons; `demand` is told which kind it is."""
    family: ModuleType
    if open_document.KIND_PART in package.parts:
        family = open_document
    elif office.TYPES_PART in package.parts:
        family = office
    else:
        raise UnacceptableError("berkas ini arsip ZIP, bukan dokumen",
                                "Kirim dokumennya satu per satu: PDF, DOCX, XLSX, ODT, ODS, atau CSV.")
    demand(family.kind_of(package))
    changed: dict[str, bytes] = family.read_parts(package, found)
    changed |= dict(_photos(package, found))
    if not found.words:
        found.warn(*UNREAD)
    return package.rewritten(changed)


def _photos(package: Package, found: Findings) -> Iterator[tuple[str, bytes]]:
    """Pictures that tell of place or camera, without that."""
    for name in package.parts:
        if name.lower().endswith(PHOTOS):
            data = package.read(name)
            clean = bare(data)
            if tells_place(clean):
                found.refuse(f"gambar '{name.rpartition('/')[2]}' di dalamnya menyimpan lokasi pemotretan",
                             "Ganti dengan salinan JPEG atau PNG.", "data-pribadi")
            if clean != data:
                yield name, clean
