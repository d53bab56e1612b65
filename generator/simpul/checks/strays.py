"""Files that are no sources: what they are, and what to do with them."""

import posixpath
import re
from collections.abc import Iterator
from typing import NamedTuple

from simpul.addresses import PICTURE, slugify
from simpul.portal import Portal
from simpul.problems import Finding, Hint, did_you_mean
from simpul.sources.schema import kind_of

ALLOWED = ("README.md", "LICENSE-ODbL-1.0.md")
NAMES = ("modul.yml", "isi.md", "profil.yml", "kebutuhan.yml", "pusat.yml", "ahli.yml", "layanan.yml",
         "glosarium.yml", "dasar_hukum.yml", "sistem.yml", "singkatan.yml", "padanan.yml", "rilis.yml",
         "pemilik.yml", "pindah.yml")
LEFT_BEHIND = (
    (r"thumbs\.db|ehthumbs\.db|desktop\.ini", "Windows"),
    (r"icon\?|__macosx", "macOS"),
    (r"~\$.*|~wr[a-z]\d+\.tmp", "Word atau Excel selama berkasnya terbuka"),
    (r".*~|#.*#|4913|.*\.(?:sw[a-p]|tmp|bak|orig|part|crdownload)", "program lain sebagai berkas sementara"),
)
"""What programs leave beside the files that people save, and who does."""
_LEFT_BEHIND = tuple((re.compile(pattern, re.IGNORECASE), who) for pattern, who in LEFT_BEHIND)


class Sort(NamedTuple):
    """What files with certain endings are, and the remedy where they cannot be attached."""

    what: str
    remedy: str


DOCUMENT = Sort("berkas pengolah kata bukan halaman", "Salin isinya ke formulir kirim.html.")
WORKBOOK = Sort("buku kerja bukan data portal", "Simpan ulang sebagai CSV UTF-8.")
SLIDES = Sort("salindia bukan halaman", "Simpan sebagai PDF di folder lampiran/.")
FILM = Sort("video dan suara terlalu berat bagi pembaca di jaringan lambat",
            "Taruh di situs kantor, lalu tautkan.")
ARCHIVE = Sort("arsip tidak dibuka", "Keluarkan isinya, lalu taruh berkasnya satu per satu.")
PHOTO = Sort("foto HEIC tidak dapat dibuka di kebanyakan ponsel",
             "Simpan ulang sebagai JPEG; di iPhone: Pengaturan, Kamera, Format, Paling Kompatibel.")
IMAGE = Sort("jenis gambar ini tidak diterima", "Simpan ulang sebagai PNG atau JPEG di folder gambar/.")
SORTS = {
    DOCUMENT: "doc docx odt rtf pages", WORKBOOK: "xls xlsx xlsm ods numbers", SLIDES: "ppt pptx odp key",
    FILM: "mp4 mov 3gp avi mkv mp3 m4a ogg opus wav", ARCHIVE: "zip rar 7z gz tar", PHOTO: "heic heif",
    IMAGE: "tif tiff bmp svg avif jfif psd ico",
}
SORT_OF = {f".{ending}": sort for sort, endings in SORTS.items() for ending in endings.split()}
ENDINGS = {".yaml": ".yml", ".markdown": ".md", ".txt": ".md"}
DOUBLED = re.compile(r"(\.(?:md|yml|csv|png|jpe?g))\.(?:txt|md|docx?|csv)\Z", re.IGNORECASE)
"""An ending that Windows hides has got another behind it."""


def files_are_known(portal: Portal) -> Iterator[Finding]:
    """Every file below curriculum/ and content/ has a meaning."""
    for path in sorted(portal.files - portal.entries.keys()):
        name = posixpath.basename(path)
        who = next((who for pattern, who in _LEFT_BEHIND if pattern.fullmatch(name)), "")
        if who:
            yield Finding(path, 1, "warning", "berkas-sisa", f"berkas ini dibuat {who}, bukan bagian portal",
                          "Hapus berkas ini.")
        elif name not in ALLOWED:
            attached = posixpath.dirname(path).endswith("/lampiran")
            sort = None if attached else SORT_OF.get(posixpath.splitext(name)[1].lower())
            other = _other_name(path)
            yield Finding(path, 1, "error", "berkas-tak-dikenal",
                          sort.what if sort and not other else "berkas ini tidak dikenal",
                          other or _remedy(path, sort))


def _plain(name: str) -> str:
    """The name in small letters and hyphens, with one ending that the portal knows."""
    stem, ending = posixpath.splitext(DOUBLED.sub(r"\1", name))
    return slugify(stem) + ENDINGS.get(ending.lower(), ending.lower())


def _other_name(path: str) -> str:
    """The name, or the place for cases, by which it would be known."""
    folder, name = posixpath.split(path)
    plain = _plain(name)
    period = f"{plain[:-4].upper()}.csv"
    if plain.endswith(".csv") and kind_of(f"{folder}/{period}"):
        return f"Ganti namanya menjadi '{period}'."
    for home in (folder, folder.lower(), f"{folder}/praktik") if "?" not in name else ():
        if f"{home}/{plain}" != path and kind_of(f"{home}/{plain}"):
            return f"Ganti namanya menjadi '{plain}'." if home == folder else f"Maksud Anda '{home}/{plain}'?"
    return ""


def _remedy(path: str, sort: Sort | None) -> Hint:
    """Where it belongs, or what its sort calls for."""
    folder, name = posixpath.split(path)
    if PICTURE.search(name) and posixpath.basename(folder) != "gambar":
        return f"Pindahkan ke {folder}/gambar/."
    if kind_of(f"{folder}/lampiran/{_plain(name)}"):
        move = f"indahkan ke {folder}/lampiran/."
        return f"{sort.remedy} Sebagai lampiran: p{move}" if sort else f"P{move}"
    if sort:
        return sort.remedy
    if posixpath.basename(folder) == "pemantauan" and name.lower().endswith(".csv"):
        return "Namai menurut periodenya, misalnya 2026-S1.csv untuk semester pertama."
    if folder == "curriculum/penunjuk" and name.endswith(".yml"):
        return "Awali namanya dengan kode daerah, misalnya 73.71-layanan-rumah.yml, dengan huruf kecil."
    if posixpath.basename(folder) == "lampiran":
        return "Lampiran berupa PDF, DOCX, XLSX, ODT, ODS, atau CSV; simpan ulang sebagai salah satunya."
    return did_you_mean(name, NAMES, "Nama memakai huruf kecil, angka, dan tanda hubung, "
                                     "di folder yang ditetapkan panduan.")


RULES = (files_are_known,)
