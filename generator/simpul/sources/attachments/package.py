"""A zip of parts, as Word, Excel and LibreOffice write them, read within limits and written anew."""

import io
import zipfile
import zlib
from collections.abc import Mapping

from simpul.sources.attachments.findings import UnacceptableError

MOST_PARTS = 3000
MOST_UNPACKED = 24 * 2**20
TIME = (1980, 1, 1, 0, 0, 0)
"""The earliest a zip can tell."""
BROKEN = ("berkas rusak atau terpotong", "Buka dengan program asalnya, simpan ulang, lalu kirim lagi.")
LOCKED = ("berkas ini terkunci kata sandi", "Buka berkasnya, hapus kata sandinya, lalu simpan ulang.")


class Package:
    """The parts of a file by name. Whatever stands between them or after them is left behind."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError, EOFError, OSError):
            raise UnacceptableError(*BROKEN) from None
        parts = self._zip.infolist()
        self.parts = {part.filename: part for part in parts}
        if len(self.parts) < len(parts) or any(map(_strays, self.parts)):
            raise UnacceptableError("susunan berkas ini tidak wajar", BROKEN[1])
        if any(part.flag_bits & 1 for part in parts):
            raise UnacceptableError(*LOCKED)
        size = sum(part.file_size for part in parts)
        if len(parts) > MOST_PARTS or size > MOST_UNPACKED:
            raise UnacceptableError(
                f"berkas ini mengembang menjadi {len(parts)} bagian, {size // 2**20} MB",
                "Pecah berkasnya, kecilkan gambarnya, atau hapus baris dan kolom kosong yang berformat.")

    def read(self, name: str) -> bytes:
        """A part; its size is as announced, or the file is broken. Raises UnacceptableError."""
        part = self.parts[name]
        if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise UnacceptableError(*BROKEN)
        try:
            return self._zip.read(part)
        except (zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError, EOFError, OSError,
                RuntimeError):
            raise UnacceptableError(*BROKEN) from None

    def rewritten(self, changed: Mapping[str, bytes]) -> bytes:
        """The parts in their order, some of them changed, without dates. The same parts give the same bytes.
        """
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as archive:
            for name, part in self.parts.items():
                info = zipfile.ZipInfo(name, TIME)
                info.create_system, info.compress_type = 0, part.compress_type
                archive.writestr(info, changed[name] if name in changed else self.read(name))
        return file.getvalue()


def _strays(name: str) -> bool:
    return name.startswith("/") or "\\" in name or ".." in name.split("/")
