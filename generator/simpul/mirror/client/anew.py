"""Which chain of keys a copy follows, and how it begins to follow another: only when its host, who has
compared the fingerprint by telephone, says so."""

from __future__ import annotations

import re
from collections.abc import Mapping

from .disk import Disk, store, told
from .errors import MirrorError, Untrusted
from .state import LOCK, METADATA, SEEN, STATUS, read_seen, read_state, read_status
from .tree import sha256

NOTE = f"{METADATA}/sidik"
DIGITS, GROUP = 32, 4  # of the SHA-256, in hexadecimal: what two people can read to each other
REMEDY = ("Tidak ada yang diubah. Bila pusat mengumumkan kunci baru lewat surat resmi, ulangi dengan "
          "--trust-anew; bila tidak, pakai program yang lama dan beri tahu pengelola portal pusat")


def fingerprint(roots: Mapping[int, bytes]) -> str:
    """What stands for a chain of keys: the hash of its first root, in groups."""
    digits = sha256(roots[min(roots)])[:DIGITS]
    return " ".join(digits[at:at + GROUP] for at in range(0, DIGITS, GROUP))


def check_chain(disk: Disk, roots: Mapping[int, bytes]) -> None:
    """Refuses a program whose keys are not those the copy follows."""
    known = _known(disk)
    if known and known != fingerprint(roots):
        raise Untrusted(f"program ini mempercayai kunci bersidik {fingerprint(roots)}, padahal salinan ini "
                        f"mengikuti kunci bersidik {known}", REMEDY)


def note_chain(disk: Disk, roots: Mapping[int, bytes]) -> None:
    """Remembers whose keys the copy follows, once they have vouched for a release."""
    if _known(disk) != fingerprint(roots):
        store(disk, NOTE, fingerprint(roots).encode())
        disk.sync_folder(METADATA)


def _known(disk: Disk) -> str:
    try:
        found = disk.read(NOTE)[:DIGITS * 2].decode("ascii", "replace")
    except FileNotFoundError:
        return ""
    return found if re.fullmatch(r"[0-9a-f]{4}( [0-9a-f]{4}){7}", found) else ""


def explained(disk: Disk, roots: Mapping[int, bytes]) -> str:
    """What following the program's keys means for this copy; "" when it follows them already."""
    known, seen, state = _known(disk), read_seen(disk), read_state(disk)
    if known == fingerprint(roots):
        return ""
    return (
        f"Sidik kunci yang dipercaya program ini: {fingerprint(roots)}\n"
        f"Sidik kunci yang diikuti salinan ini:   {known or 'belum dicatat'}\n"
        f"Yang dilupakan: root versi {seen.root}, rilis tertinggi yang pernah dilihat ({seen.release}), dan "
        "metadata kunci lama.\n"
        f"Yang tetap: isi salinan, sekarang rilis {state.release}. Isinya baru diganti oleh rilis yang "
        "ditandatangani kunci baru.\n"
        "Telepon pengelola portal pusat dengan nomor dari surat resmi, bukan dari situs, dan minta sidiknya "
        "dibacakan."
    )


def trust_anew(disk: Disk, roots: Mapping[int, bytes], typed: str) -> None:
    """Forgets what the old keys vouched for. `typed` is the fingerprint as its host heard it. The site and
    its list stay, so that the next release comes as a small difference.
    """
    if re.sub(r"[\s:-]", "", typed).lower() != fingerprint(roots).replace(" ", ""):
        raise Untrusted("sidik yang disebut bukan sidik kunci program ini",
                        "Tidak ada yang diubah. Periksa ketikannya; bila memang berbeda, program ini bukan "
                        "dari pusat: hapus, lalu minta simpul-mirror.pyz yang benar")
    with told(), disk.lock(LOCK):
        for path in SEEN:
            disk.remove(path)
        if read_status(disk):
            disk.remove(STATUS)
        for name in disk.names(METADATA):
            disk.remove(f"{METADATA}/{name}")
        disk.sync_folder(METADATA)


def not_asked() -> MirrorError:
    """Nobody is there to type the fingerprint."""
    return MirrorError("--trust-anew perlu sidik kunci baru, dan tidak ada orang di terminal untuk "
                       "mengetiknya", "Tidak ada yang diubah. Sebut --fingerprint SIDIK")
