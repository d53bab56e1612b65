"""Which names of files every computer can hold, and none takes for something else."""

from __future__ import annotations

import re
import unicodedata

from .errors import Untrusted

RESERVED = {"rilis", "status.json"}  # what a copy holds beside the site: a source for others, and its state
MAX_PATH = 240  # bytes: below the 255 of a name and, in a short folder, below the 260 of Windows
TOO_LONG = f"lebih panjang dari {MAX_PATH} bita"
HIDDEN = "memuat huruf yang tidak tampak, mengatur arah tulisan, atau memutus baris"
FORBIDDEN = 'memuat salah satu dari \\ : * ? " < > |'
DEVICE = "nama perangkat di Windows"
SHORT = "berbentuk nama pendek Windows, yang dapat berarti berkas lain"
EDGES = "ada bagian yang kosong, diawali titik, atau diakhiri titik atau spasi"
FORM = "huruf beraksennya tidak dalam bentuk baku (NFC)"
OURS = "dipakai oleh salinan sendiri"
_CHARACTERS = re.compile(r'[\\:*?"<>|]')
_DEVICES = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|clock\$|com[0-9]|lpt[0-9]) *|\$.*")
_SHORT = re.compile(r".*~[0-9]+")
# Beside these categories: letters of others that are not shown either (Default_Ignorable_Code_Point).
_CATEGORIES = {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"}
_IGNORED = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\ufff0-\uffff"
                      "\U000e0000-\U000e0fff]")


def fault(path: str) -> str:
    """Why not every computer can hold a file of this name below the folder of a copy; "" where all can."""
    stems = [folded(part.partition(".")[0]) for part in path.split("/")]
    return inside_fault(path) or (HIDDEN if _hidden(path) else "") or \
        (DEVICE if any(map(_DEVICES.fullmatch, stems)) else "")


def inside_fault(path: str) -> str:
    """Why the name may lead out of the folder of a copy, or to what is not the site's; "" where it cannot."""
    parts = path.split("/")
    if len(path.encode("utf-8", "surrogatepass")) > MAX_PATH:
        return TOO_LONG
    if _CHARACTERS.search(path):
        return FORBIDDEN
    if any(ord(letter) < 32 or letter == "\x7f" or "\ud800" <= letter <= "\udfff" for letter in path):
        return HIDDEN
    if any(not part or part[0] == "." or part[-1] in ". " for part in parts):
        return EDGES
    if any(_SHORT.fullmatch(folded(part.partition(".")[0])) for part in parts):
        return SHORT
    if not path.isascii() and unicodedata.normalize("NFC", path) != path:
        return FORM
    return OURS if folded(parts[0]) in RESERVED else ""


def _hidden(path: str) -> bool:
    return not path.isascii() and (_IGNORED.search(path) is not None or
                                   any(unicodedata.category(letter) in _CATEGORIES for letter in path))


def folded(path: str) -> str:
    """The name as the least distinguishing disk knows it: capitals, accents and widths written alike."""
    if path.isascii():
        return path.lower()
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKD", path).casefold())


def check_path(path: str) -> str:
    """The path itself, if any file system can hold it below the folder of a copy; else Untrusted."""
    return _checked(path, fault(path))


def check_inside(path: str) -> str:
    """The path itself, if it leads nowhere but into the folder: an earlier program may have installed it."""
    return _checked(path, inside_fault(path))


def _checked(path: str, why: str) -> str:
    if why:
        raise Untrusted(f"nama berkas {path!r} berbahaya atau tidak dapat disimpan di semua komputer: {why}",
                        "Tidak ada yang dipasang; beri tahu pengelola portal pusat")
    return path
