"""Pictures within documents: what they tell of place, camera and person is taken out, no pixel is touched."""

import struct
from collections.abc import Iterator

from simpul.sources.images import has_place, upright

PNG = b"\x89PNG\r\n\x1a\n"
TEXTS = {b"eXIf", b"tEXt", b"iTXt", b"zTXt", b"tIME"}
START, SCAN = b"\xff\xd8", 0xDA
TELLING = {0xE1, 0xED, 0xFE}
"""Segments of a JPEG: EXIF and XMP, IPTC, comments."""


def bare(data: bytes) -> bytes:
    """A JPEG or PNG without its notes; anything else, and what is broken, as it is."""
    if data.startswith(START):
        return _jpeg(data)
    if data.startswith(PNG):
        return PNG + b"".join(_chunks(data))
    return data


def tells_place(data: bytes) -> bool:
    """Whether a picture still says where it was taken."""
    return has_place(data)


def _jpeg(data: bytes) -> bytes:
    """Without the telling segments; which way is up is kept, as a segment that tells nothing else."""
    kept, place = [START], 2
    while place + 4 <= len(data) and data[place] == 0xFF and data[place + 1] != SCAN:
        end = place + 2 + int.from_bytes(data[place + 2:place + 4], "big")
        if data[place + 1] not in TELLING:
            kept.append(data[place:end])
        place = end
    if data[place:place + 2] != bytes((0xFF, SCAN)):
        return data  # broken, or of a kind that is not known here
    turned = upright(data) if b"Exif\0\0" in data[:place] else b""
    note = b"\xff\xe1" + struct.pack(">H", len(turned) + 2) + turned if turned else b""
    return b"".join((kept[0], note, *kept[1:], data[place:]))


def _chunks(data: bytes) -> Iterator[bytes]:
    place = len(PNG)
    while place + 12 <= len(data):
        end = place + 12 + int.from_bytes(data[place:place + 4], "big")
        if data[place + 4:place + 8] not in TEXTS:
            yield data[place:end]
        place = end
