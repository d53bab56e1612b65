"""Pictures: small, upright, without metadata; broken ones are refused in words a contributor understands."""

import io
import struct
import zlib

import pytest
from PIL import Image

from simpul.model import PictureError
from simpul.sources.images import variants


def picture(size: tuple[int, int], kind: str = "JPEG", mode: str = "RGB", **more: object) -> bytes:
    file = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert(mode).save(file, kind, **more)
    return file.getvalue()


def size_of(data: bytes) -> tuple[int, int]:
    return Image.open(io.BytesIO(data), formats=["WEBP"]).size


def test_a_photograph_becomes_two_webps_with_their_size() -> None:
    result = variants(picture((3000, 2000)))
    assert (result.width, result.height) == size_of(result.wide) == (1200, 800)
    assert size_of(result.narrow) == (600, 400)


def test_a_small_picture_is_not_enlarged_and_needs_no_variant() -> None:
    result = variants(picture((320, 200), "PNG"))
    assert (size_of(result.wide), result.narrow) == ((320, 200), b"")


def test_place_and_camera_are_dropped_and_the_picture_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x010F] = "KAMERA-RAHASIA"
    exif.get_ifd(0x8825)[2] = (5.0, 8.0, 30.0)  # GPS latitude
    source = picture((900, 300), exif=exif)
    assert b"KAMERA-RAHASIA" in source
    result = variants(source)
    assert (result.width, result.height) == (300, 900)
    for data in (result.wide, variants(picture((900, 300), exif=exif)).wide):
        assert b"KAMERA" not in data
        assert b"EXIF" not in data
        assert not Image.open(io.BytesIO(data)).getexif()


def test_text_in_a_png_and_a_colour_profile_are_dropped() -> None:
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    info.add_text("Author", "NAMA-ORANG")
    result = variants(picture((50, 50), "PNG", pnginfo=info, icc_profile=b"x" * 200))
    assert b"NAMA-ORANG" not in result.wide
    assert b"ICCP" not in result.wide


def test_transparency_stays() -> None:
    file = io.BytesIO()
    Image.new("RGBA", (40, 40), (255, 0, 0, 0)).save(file, "PNG")
    wide = Image.open(io.BytesIO(variants(file.getvalue()).wide)).convert("RGBA")
    assert wide.getpixel((5, 5))[3] == 0  # type: ignore[index]


def test_the_same_picture_gives_the_same_bytes() -> None:
    source = picture((1500, 900))
    assert variants(source) == variants(source)


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that claims to be huge."""
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + \
        chunk(b"IDAT", zlib.compress(b"\0" * 64)) + chunk(b"IEND", b"")


@pytest.mark.parametrize("size", [(8_000, 6_000), (60_000, 60_000)])
def test_a_picture_of_too_many_pixels_is_refused(size: tuple[int, int]) -> None:
    with pytest.raises(PictureError) as caught:
        variants(bomb(*size))
    assert str(caught.value) == (
        "gambar terlalu besar: paling banyak 40 juta piksel; perkecil dulu, misalnya ke lebar 1.200 piksel")


@pytest.mark.parametrize("data", [b"", b"<svg onload='x'/>", b"%PDF-1.7", picture((20, 20), "BMP")])
def test_what_is_no_picture_of_a_known_kind_is_refused(data: bytes) -> None:
    with pytest.raises(PictureError) as caught:
        variants(data)
    assert str(caught.value) == "berkas ini bukan gambar PNG, JPEG, WebP, atau GIF"


def test_a_truncated_picture_is_refused() -> None:
    with pytest.raises(PictureError) as caught:
        variants(picture((900, 900))[:-2500])
    assert str(caught.value) == \
        "gambar rusak atau terpotong; simpan ulang dari program gambar, lalu kirim lagi"
