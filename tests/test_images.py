"""Pictures: small, upright, without metadata; broken ones are refused in words a contributor understands."""

import io
import struct
import zlib

import pytest
from PIL import Image, ImageCms

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


def too_many(data: bytes) -> str:
    with pytest.raises(PictureError) as caught:
        variants(data)
    return str(caught.value)


TOO_LARGE = ("gambar terlalu besar: paling banyak {} juta piksel; "
             "perkecil dulu, misalnya ke lebar 1.200 piksel")


@pytest.mark.parametrize("size", [(8_000, 6_000), (60_000, 60_000)])
def test_a_picture_of_too_many_pixels_is_refused(size: tuple[int, int]) -> None:
    assert too_many(bomb(*size)) == TOO_LARGE.format(40)


def grey(size: tuple[int, int], kind: str, **more: object) -> bytes:
    file = io.BytesIO()
    Image.new("L", size, 120).save(file, kind, **more)
    return file.getvalue()


def test_the_largest_photograph_of_a_telephone_is_taken() -> None:
    """50 megapixels; what is not decoded line by line costs more memory and is refused earlier."""
    photo = variants(grey((8160, 6144), "JPEG"))
    assert (photo.width, photo.height, photo.lost) == (1200, 904, ())
    assert too_many(grey((8160, 6144), "JPEG", progressive=True)) == TOO_LARGE.format(40)
    assert too_many(grey((8100, 8100), "JPEG")) == TOO_LARGE.format(65)
    assert too_many(grey((4100, 4000), "WEBP", method=0)) == TOO_LARGE.format(16)


def shown(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(variants(data).wide), formats=["WEBP"]).convert("RGBA")


def near(colour: object, wanted: tuple[int, ...]) -> bool:
    assert isinstance(colour, tuple)
    return all(abs(one - other) < 12 for one, other in zip(colour, wanted, strict=False))


@pytest.mark.parametrize("size", [(1080, 16_383), (1080, 16_384), (1, 100_000), (40, 4_801)])
def test_a_screenshot_of_many_screens_fits_the_page_and_webp(size: tuple[int, int]) -> None:
    result = variants(picture(size, "PNG"))
    assert (result.width, result.height) == size_of(result.wide) == \
        (max(1, round(size[0] * 4800 / size[1])), 4800)


def test_a_picture_that_becomes_too_narrow_to_read_is_told() -> None:
    assert variants(picture((1080, 16_384), "PNG")).lost == ((
        "gambar ini sangat tinggi (1080 x 16384 piksel), sehingga di halaman lebarnya tinggal 316 piksel",
        "Potong menjadi beberapa gambar, masing-masing paling tinggi 4800 piksel."),)
    assert variants(picture((1080, 8_000), "PNG")).lost == (), "648 pixels can be read"
    assert variants(picture((500, 4_800), "PNG")).lost == (), "it was as narrow before"


def test_grey_of_sixteen_bits_stays_grey() -> None:
    deep = Image.new("I;16", (256, 4))
    deep.frombytes(b"".join(struct.pack("<H", x * 257) for _ in range(4) for x in range(256)))
    file = io.BytesIO()
    deep.save(file, "PNG")
    image = shown(file.getvalue())
    assert all(near(image.getpixel((x, 2)), (x, x, x)) for x in range(0, 256, 15))


def moving(kind: str) -> bytes:
    file = io.BytesIO()
    frames = [Image.new("RGB", (60, 40), colour) for colour in ("red", "lime", "blue")]
    frames[0].save(file, kind, save_all=True, append_images=frames[1:], duration=200)
    return file.getvalue()


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_a_moving_picture_shows_its_first_frame_and_that_is_told(kind: str) -> None:
    assert variants(moving(kind)).lost == ((
        "gambar ini bergerak, tetapi di portal tampil diam: hanya bingkai pertamanya",
        "Simpan bingkai yang bercerita sebagai PNG, atau tunjukkan langkahnya dengan beberapa gambar."),)
    assert near(shown(moving(kind)).getpixel((5, 5)), (255, 0, 0))


@pytest.mark.parametrize("kind", ["GIF", "MPO"])
def test_one_frame_and_a_telephones_second_picture_are_no_animation(kind: str) -> None:
    file = io.BytesIO()
    image = Image.new("RGB", (60, 40), "red")
    image.save(file, kind, **({"save_all": True, "append_images": [image]} if kind == "MPO" else {}))
    assert variants(file.getvalue()).lost == ()


def test_a_printers_colours_become_those_of_the_screen() -> None:
    file = io.BytesIO()
    Image.new("RGB", (60, 40), "red").convert("CMYK").save(file, "JPEG")
    assert near(shown(file.getvalue()).getpixel((30, 20)), (255, 0, 0))


def test_a_palette_with_a_transparent_colour_keeps_it() -> None:
    file = io.BytesIO()
    image = Image.new("P", (60, 40), 1)
    image.putpalette([0, 0, 0, 255, 0, 0])
    image.paste(0, (0, 0, 30, 40))
    image.save(file, "PNG", transparency=0)
    result = shown(file.getvalue())
    assert result.getpixel((5, 20))[3] == 0  # type: ignore[index]
    assert near(result.getpixel((50, 20)), (255, 0, 0, 255))


@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_colours_follow_the_profile_of_the_picture(mode: str) -> None:
    """A profile in which red and green have changed places."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = profile.replace(b"rXYZ", b"?XYZ").replace(b"gXYZ", b"rXYZ").replace(b"?XYZ", b"gXYZ")
    swapped = swapped.replace("sRGB".encode("utf-16-be"), "lain".encode("utf-16-be"))
    for own, colour in ((profile, (255, 0, 0)), (swapped, (0, 255, 0)), (b"x" * 200, (255, 0, 0))):
        file = io.BytesIO()
        Image.new(mode, (60, 40), (255, 0, 0)).save(file, "PNG", icc_profile=own)
        assert near(shown(file.getvalue()).getpixel((30, 20)), colour)


@pytest.mark.parametrize("turned", range(1, 9))
def test_a_photograph_taken_sideways_stands_upright(turned: int) -> None:
    """Its upper left corner is white, wherever the camera has put it."""
    upright = Image.new("L", (1600, 2400), 0)
    upright.paste(255, (0, 0, 800, 1200))
    back = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # the transpositions of Pillow that undo each value
    exif = Image.Exif()
    exif[0x0112] = turned
    file = io.BytesIO()
    stored = upright.transpose(Image.Transpose(back[turned])) if turned > 1 else upright
    stored.convert("RGB").save(file, "JPEG", exif=exif)
    image = shown(file.getvalue())
    assert image.size == (1200, 1800)
    assert near(image.getpixel((300, 450)), (255, 255, 255))
    assert near(image.getpixel((900, 1350)), (0, 0, 0))


@pytest.mark.parametrize("data", [b"", b"<svg onload='x'/>", b"%PDF-1.7", picture((20, 20), "BMP")])
def test_what_is_no_picture_of_a_known_kind_is_refused(data: bytes) -> None:
    with pytest.raises(PictureError) as caught:
        variants(data)
    assert str(caught.value) == ("berkas ini bukan gambar PNG, JPEG, WebP, atau GIF; buka di program gambar, "
                                 "lalu simpan sebagai JPEG atau PNG")


def test_a_truncated_picture_is_refused() -> None:
    with pytest.raises(PictureError) as caught:
        variants(picture((900, 900))[:-2500])
    assert str(caught.value) == \
        "gambar rusak atau terpotong; simpan ulang dari program gambar, lalu kirim lagi"
