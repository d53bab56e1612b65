"""A zip that somebody brought, held against the signed manifest: for who uploads it by hand."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from .disk import Folder
from .download import Pace
from .errors import MirrorError, Unreachable, Untrusted
from .manifest import Manifest, Zip
from .refresh import Refresh
from .sources import Source, closing_all


def check_zip(place: Path, sources: Sequence[Source], roots: Mapping[int, bytes], now: str,
              pace: Pace) -> tuple[Manifest, Zip]:
    """The release a source now offers, and which of its zips the file is. Raises Untrusted when it is none;
    nothing is kept of what was learnt.
    """
    if not place.is_file():
        raise MirrorError(f"{place} tidak ada atau bukan berkas", "Periksa nama zip yang Anda tulis")
    with place.open("rb") as file:
        digest = hashlib.sha256()
        while chunk := file.read(2**20):
            digest.update(chunk)
    manifest = _manifest(sources, roots, now, pace)
    for one in manifest.zips:
        if (one.sha256, one.size) == (digest.hexdigest(), place.stat().st_size):
            return manifest, one
    raise Untrusted(f"{place.name} bukan salah satu zip rilis {manifest.release} ({manifest.date}), rilis "
                    "terbaru menurut sumber itu", "Jangan diekstrak. Ia dari rilis lain, terpotong, atau "
                    "diubah: unduh lagi dari halaman unduh di folder rilis pusat")


def _manifest(sources: Sequence[Source], roots: Mapping[int, bytes], now: str, pace: Pace) -> Manifest:
    failures: list[MirrorError] = []
    with closing_all(sources), tempfile.TemporaryDirectory() as folder:
        for source in sources:
            try:
                return Refresh(source, Folder(folder), roots, now, pace).run()
            except (Unreachable, Untrusted) as error:
                failures.append(error)
    raise max(failures, key=lambda error: error.code)
