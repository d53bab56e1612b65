"""A zip -> the files in it. Nothing is unpacked to a disk, so no name in it can lead anywhere."""

import io
import stat
import zipfile

from simpul.intake.doors.parcel import (
    MAX_FILE_BYTES,
    MAX_FILES,
    MAX_TOTAL_BYTES,
    DoorError,
    Opened,
    Sent,
)

UTF8_FLAG, ENCRYPTED_FLAG = 0x800, 0x1
BESIDE = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")
"""What systems put into archives for themselves."""
TOO_LARGE = DoorError("isi arsip ini terlalu besar",
                      f"Kirim paling banyak {MAX_FILES} berkas dan {MAX_TOTAL_BYTES >> 20} MB, "
                      "atau pecah menjadi beberapa kiriman.")


def is_zip(data: bytes) -> bool:
    """Whether these bytes begin as a zip does."""
    return data[:4] in (b"PK\x03\x04", b"PK\x05\x06")


def open_zip(sent: Sent) -> Opened:
    """Its files by their names. Links, locked files and those that try to leave it are told."""
    inner: list[Sent] = []
    told: list[str] = []
    with archive(sent.data) as found:
        for item in found.infolist():
            name = _name(item)
            if item.is_dir() or any(mark in name for mark in BESIDE):
                continue
            if why := _refused(item, name):
                told.append(f"{name}: {why}")
                continue
            inner.append(Sent(f"{sent.name}/{name}", found.read(item)))
    return Opened(inner=tuple(inner), told=tuple(told))


def archive(data: bytes) -> zipfile.ZipFile:
    """A zip whose announced size is acceptable; more than that is never unpacked."""
    try:
        found = zipfile.ZipFile(io.BytesIO(data))
    except zipfile.BadZipFile:
        raise DoorError("arsip ini rusak atau terpotong", "Buat ulang arsipnya, lalu kirim lagi.") from None
    items = found.infolist()
    if len(items) > MAX_FILES * 4 or sum(item.file_size for item in items) > MAX_TOTAL_BYTES:
        raise TOO_LARGE
    return found


def _name(item: zipfile.ZipInfo) -> str:
    """Its name: archivers of Windows write UTF-8 or the letters of the PC without saying which."""
    name = item.filename
    if not item.flag_bits & UTF8_FLAG:
        raw = name.encode("cp437", "replace")
        try:
            name = raw.decode("utf-8")
        except UnicodeDecodeError:
            name = raw.decode("cp437")
    return name.replace("\\", "/")


def _refused(item: zipfile.ZipInfo, name: str) -> str:
    if stat.S_ISLNK(item.external_attr >> 16):
        return "tautan ke berkas lain tidak diterima. Ganti dengan salinan berkasnya"
    if name.startswith("/") or name[1:2] == ":" or ".." in name.split("/"):
        return "namanya menunjuk ke luar arsip. Buat ulang arsip dari folder biasa"
    if item.flag_bits & ENCRYPTED_FLAG:
        return "terkunci kata sandi. Kirim tanpa kata sandi"
    if item.file_size > MAX_FILE_BYTES:
        return f"lebih dari {MAX_FILE_BYTES >> 20} MB. Perkecil atau pecah"
    return ""
