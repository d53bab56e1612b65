"""A pack: many files as one solid xz stream.

Unpacked it is a line `simpul-paket 1`, a line of JSON `{"berkas": [[path, bytes], ...], "hapus": [path,
...]}`, then the contents one after the other. Compressed in one piece, like pages cost half of what they cost
one by one.
"""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from .errors import Untrusted
from .tree import MAX_FILE, check_clashes, check_path

MAGIC = b"simpul-paket 1\n"
MEMORY = 128 * 2**20
REMEDY = "Tidak ada yang dipasang. Coba sumber lain; bila terulang, beri tahu pengelola portal pusat"
# Fixed choices, so that the same files give the same bytes; decoding takes at most 17 MB of memory.
DENSE = {"id": lzma.FILTER_LZMA2, "preset": 6, "nice_len": 273, "depth": 100}
LIGHT = {"id": lzma.FILTER_LZMA2, "preset": 4}  # a tenth larger, in a third of the time
QUICK = {"id": lzma.FILTER_LZMA2, "preset": 0}
WINDOW = (2**16, 2**24)  # bytes the compressor looks back: no more than there are, since it sets them aside


class Pack(NamedTuple):
    """What a pack brings: (path, content) in order; and the paths it removes of earlier packs."""

    files: tuple[tuple[str, bytes], ...]
    removed: tuple[str, ...]


def encode(files: Sequence[tuple[str, bytes]], removed: Sequence[str] = ()) -> bytes:
    """A pack, not yet compressed."""
    header = {"berkas": [[path, len(content)] for path, content in files], "hapus": list(removed)}
    return frame(MAGIC, header, b"".join(content for _, content in files))


def decode(data: bytes) -> Pack:
    """Reads an unpacked pack; every path and size is checked before anything is made of it."""
    header, body = unframe(MAGIC, data)
    try:
        sizes = [(str(path), int(size)) for path, size in header["berkas"]]
        removed = tuple(check_path(str(path)) for path in header["hapus"])
    except (KeyError, TypeError, ValueError) as error:
        raise damaged("daftar isi paket rusak") from error
    if any(not 0 <= size <= MAX_FILE for _, size in sizes) or sum(size for _, size in sizes) != len(body):
        raise damaged("ukuran berkas di dalam paket tidak cocok")
    check_clashes(check_path(path) for path, _ in sizes)
    if len({path for path, _ in sizes}) != len(sizes):
        raise damaged("satu berkas ada dua kali di dalam paket")
    return Pack(tuple(_slices(sizes, body)), removed)


def _slices(sizes: Sequence[tuple[str, int]], body: bytes) -> Iterator[tuple[str, bytes]]:
    start = 0
    for path, size in sizes:
        yield path, body[start:start + size]
        start += size


def compress(data: bytes, choices: dict[str, int] = DENSE) -> bytes:
    """One xz stream."""
    window = min(max(1 << len(data).bit_length(), WINDOW[0]), WINDOW[1])
    return lzma.compress(data, format=lzma.FORMAT_XZ, check=lzma.CHECK_CRC32,
                         filters=[{**choices, "dict_size": window}])


def decompress(data: bytes, limit: int) -> bytes:
    """The content of exactly one xz stream of at most `limit` bytes; a bomb is stopped there."""
    decoder = lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=MEMORY)
    try:
        found = decoder.decompress(data, limit + 1)
    except lzma.LZMAError as error:
        raise damaged("paket tidak dapat dibuka") from error
    if len(found) > limit:
        raise damaged("isi paket lebih besar daripada yang ditandatangani")
    if not decoder.eof or decoder.unused_data:
        raise damaged("paket terpotong atau berekor")
    return found


def is_pack(data: bytes) -> bool:
    """Whether compressed data begins like a pack."""
    try:
        return lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=MEMORY).decompress(data, len(MAGIC)) == MAGIC
    except lzma.LZMAError:
        return False


def frame(magic: bytes, header: Any, body: bytes) -> bytes:
    """Magic line, one line of JSON, body."""
    return magic + json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode() + b"\n" + body


def unframe(magic: bytes, data: bytes) -> tuple[Any, bytes]:
    """The header and the body of framed data."""
    end = data.find(b"\n", len(magic))
    if not data.startswith(magic) or end < 0:
        raise damaged("bentuk paket tidak dikenal")
    try:
        return json.loads(data[len(magic):end]), data[end + 1:]
    except (ValueError, RecursionError) as error:
        raise damaged("daftar isi paket rusak") from error


def damaged(what: str) -> Untrusted:
    """A pack that cannot be used."""
    return Untrusted(what, REMEDY)
