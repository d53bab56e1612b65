"""A pack: many files as one solid xz stream.

Unpacked it is a line `simpul-paket 1`, a line of JSON `{"berkas": [[path, bytes], ...], "hapus": [path,
...]}`, then the contents one after the other. Compressed in one piece, like pages cost half of what they cost
one by one.
"""

from __future__ import annotations

import json
import lzma
from collections import deque
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from .errors import Untrusted
from .names import check_path
from .tree import MAX_FILE, check_clashes

MAGIC = b"simpul-paket 1\n"
MEMORY = 24 * 2**20
MAX_HEADER, MOST_LISTS = 8 * 2**20, 150_000  # bytes; lists in them, which take thirty times as much memory
PIECE = 2**20  # bytes unpacked at a time
REMEDY = "Tidak ada yang dipasang. Coba sumber lain; bila terulang, beri tahu pengelola portal pusat"
# Fixed choices, so that the same files give the same bytes; decoding takes at most 17 MB of memory.
DENSE = {"id": lzma.FILTER_LZMA2, "preset": 6, "nice_len": 273, "depth": 100}
LIGHT = {"id": lzma.FILTER_LZMA2, "preset": 4}  # a tenth larger, in a third of the time
QUICK = {"id": lzma.FILTER_LZMA2, "preset": 0}
WINDOW = (2**16, 2**24)  # bytes the compressor looks back: no more than there are, since it sets them aside


class Pack(NamedTuple):
    """What a pack brings: paths with the size of their content, the contents one after the other, and the
    paths it removes of earlier packs.
    """

    sizes: Sequence[tuple[str, int]]
    body: memoryview
    removed: tuple[str, ...]

    @property
    def files(self) -> Iterator[tuple[str, bytes]]:
        """(path, content) in order, taken out one by one: a pack is in memory once, not twice."""
        start = 0
        for path, size in self.sizes:
            yield path, bytes(self.body[start:start + size])
            start += size


def encode(files: Sequence[tuple[str, bytes]], removed: Sequence[str] = ()) -> bytes:
    """A pack, not yet compressed."""
    header = {"berkas": [[path, len(content)] for path, content in files], "hapus": list(removed)}
    return frame(MAGIC, header, b"".join(content for _, content in files))


def decode(data: bytes | bytearray, published: bool = False) -> Pack:
    """Reads an unpacked pack; every path and size is checked before anything is made of it. Who `published`
    it may have done so before a rule for names.
    """
    header, body = unframe(MAGIC, data)
    try:
        sizes = [(str(path), int(size)) for path, size in header["berkas"]]
        removed = tuple(str(path) for path in header["hapus"])
    except (KeyError, TypeError, ValueError) as error:
        raise damaged("daftar isi paket rusak") from error
    if any(not 0 <= size <= MAX_FILE for _, size in sizes) or sum(size for _, size in sizes) != len(body):
        raise damaged("ukuran berkas di dalam paket tidak cocok")
    if not published:
        check_clashes(map(check_path, [path for path, _ in sizes]))
        deque(map(check_path, removed), 0)
    if len({path for path, _ in sizes}) != len(sizes):
        raise damaged("satu berkas ada dua kali di dalam paket")
    return Pack(sizes, body, removed)


def compress(data: bytes, choices: dict[str, int] = DENSE) -> bytes:
    """One xz stream."""
    window = min(max(1 << len(data).bit_length(), WINDOW[0]), WINDOW[1])
    return lzma.compress(data, format=lzma.FORMAT_XZ, check=lzma.CHECK_CRC32,
                         filters=[{**choices, "dict_size": window}])


def decompress(data: bytes, limit: int) -> bytearray:
    """The content of exactly one xz stream of at most `limit` bytes; a bomb is stopped there."""
    decoder, found, place = lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=MEMORY), bytearray(), 0
    try:
        while not decoder.eof and len(found) <= limit and (place < len(data) or not decoder.needs_input):
            piece = data[place:place + PIECE] if decoder.needs_input else b""
            place += len(piece)
            found += decoder.decompress(piece, PIECE)
    except lzma.LZMAError as error:
        raise damaged("paket tidak dapat dibuka") from error
    if len(found) > limit:
        raise damaged("isi paket lebih besar daripada yang ditandatangani")
    if not decoder.eof or decoder.unused_data or place < len(data):
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


def unframe(magic: bytes, data: bytes | bytearray) -> tuple[Any, memoryview]:
    """The header and the body of framed data. What the header would take of memory is known before."""
    end = data.find(b"\n", len(magic))
    if not data.startswith(magic) or end < 0:
        raise damaged("bentuk paket tidak dikenal")
    if end > MAX_HEADER or sum(data.count(sign, 0, end) for sign in (b"[", b"{")) > MOST_LISTS:
        raise damaged("daftar isi paket terlalu panjang")
    try:
        return json.loads(data[len(magic):end]), memoryview(data)[end + 1:]
    except (ValueError, RecursionError) as error:
        raise damaged("daftar isi paket rusak") from error


def damaged(what: str) -> Untrusted:
    """A pack that cannot be used."""
    return Untrusted(what, REMEDY)
