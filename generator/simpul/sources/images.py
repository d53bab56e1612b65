"""Pictures -> WebP without metadata, in two widths: a pure function of the picture's bytes."""

import io
import struct
import warnings
from collections.abc import Iterator
from typing import NamedTuple

from PIL import ExifTags, Image, ImageCms, ImageOps, UnidentifiedImageError

from simpul.model import Picture, PictureError
from simpul.model.pictures import NARROW, TALL, WIDE

FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
MOVING = ("PNG", "WEBP", "GIF")
"""Formats whose many frames are an animation; those of a phone's JPEG (MPO) are depths and previews."""
MOST_PIXELS = 40
MOST_OF = {"WEBP": 16, "phone": 65}
"""Millions, so that no picture takes more than 512 MB: WebP is decoded into four copies, the JPEG of a phone
line by line in the size that is needed.
"""
MILLION = 1_000_000
QUALITY = 78
TURNED = (5, 6, 7, 8)
"""Values of EXIF's orientation of a picture that lies on its side."""
Size = tuple[int, int]
DAMAGED = (OSError, SyntaxError, ValueError, EOFError, LookupError, ArithmeticError, TypeError, struct.error)
"""What Pillow raises at bytes that make no picture."""


class _Read(NamedTuple):
    """A picture as it is to be shown, what words it carried, what of it is lost."""

    image: Image.Image
    notes: str
    lost: tuple[tuple[str, str], ...]


def variants(data: bytes) -> Picture:
    """Re-encodes a picture, the right way up, in the colours of the web and without EXIF, GPS or other
    metadata. Raises PictureError.
    """
    image, notes, lost = _read(data)
    narrow = _encode(_resized(image, _fitting(image.size, NARROW))) if image.width > NARROW else b""
    return Picture(_encode(image), narrow, *image.size, notes, lost)


def _read(data: bytes) -> _Read:
    """The first frame as RGB or RGBA. The size is judged before any pixel is decoded."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of sizes and of damaged notes, neither for contributors
            image: Image.Image = Image.open(io.BytesIO(data), formats=FORMATS)
            _refuse_bomb(image)
            lost = tuple(_lost(image))
            return _Read(_shown(image), _notes(image), lost)
    except Image.DecompressionBombError:
        raise _too_large(MOST_PIXELS) from None
    except UnidentifiedImageError:
        raise PictureError("berkas ini bukan gambar PNG, JPEG, WebP, atau GIF; buka di program gambar, "
                           "lalu simpan sebagai JPEG atau PNG") from None
    except DAMAGED as cause:
        if isinstance(cause, PictureError):
            raise
        raise PictureError("gambar rusak atau terpotong; "
                           "simpan ulang dari program gambar, lalu kirim lagi") from None


def _refuse_bomb(image: Image.Image) -> None:
    by_line = image.format in ("JPEG", "MPO") and not image.info.get("progressive")
    most = MOST_OF.get("phone" if by_line else image.format or "", MOST_PIXELS)
    if image.width * image.height > most * MILLION:
        raise _too_large(most)


def _too_large(most: int) -> PictureError:
    return PictureError(f"gambar terlalu besar: paling banyak {most} juta piksel; perkecil dulu, "
                        "misalnya ke lebar 1.200 piksel")


def _shown(image: Image.Image) -> Image.Image:
    """The picture as it is to be shown. It is made small before anything else, since all else costs by the
    pixel.
    """
    size = _upright(image, _fitting(_upright(image, image.size), WIDE))
    image.draft(image.mode, (2 * size[0], 2 * size[1]))  # twice as large, for the sake of sharpness
    profile = image.info.get("icc_profile")
    if image.mode in ("P", "PA", "1"):
        image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    return ImageOps.exif_transpose(_web_colours(_resized(image, size), profile))


def _upright(image: Image.Image, size: Size) -> Size:
    """The size after, or before, the picture is turned the right way up."""
    return size[::-1] if image.getexif().get(ExifTags.Base.Orientation) in TURNED else size


def _fitting(size: Size, width: int) -> Size:
    """The largest size of the same shape that is not larger, nor too wide or too tall."""
    share = min(1.0, width / size[0], TALL / size[1])
    return max(1, round(size[0] * share)), max(1, round(size[1] * share))


def _resized(image: Image.Image, size: Size) -> Image.Image:
    return image if image.size == size else image.resize(size, Image.Resampling.LANCZOS)


def _web_colours(image: Image.Image, profile: bytes | None) -> Image.Image:
    """As RGB or RGBA in sRGB, the colours that a WebP without a profile has."""
    if image.mode.startswith("I"):  # PNG's grey of 16 bits, which is cut off at 255 otherwise
        image = image.point(lambda value: value * (1 / 256)).convert("L")
    if not image.has_transparency_data:
        return _in_srgb(image, profile) or image.convert("RGB")
    image = image.convert("RGBA")
    opaque = _in_srgb(image.convert("RGB"), profile)
    if opaque:
        opaque.putalpha(image.getchannel("A"))
    return opaque or image


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image | None:
    """The picture's colours by its own profile: a phone's are wider, a printer's other ones. None where it
    has no profile that can be used, or has sRGB.
    """
    if not isinstance(profile, bytes):
        return None
    try:
        own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if "sRGB" in ImageCms.getProfileDescription(own):
            return None
        return ImageCms.profileToProfile(image, own, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError):
        return None


def _lost(image: Image.Image) -> Iterator[tuple[str, str]]:
    """What of a picture the site does not show."""
    if image.format in MOVING and getattr(image, "is_animated", False):
        yield ("gambar ini bergerak, tetapi di portal tampil diam: hanya bingkai pertamanya",
               "Simpan bingkai yang bercerita sebagai PNG, atau tunjukkan langkahnya dengan beberapa gambar.")
    width, height = _upright(image, image.size)
    shown = _fitting((width, height), WIDE)[0]
    if shown < min(width, NARROW):
        yield (f"gambar ini sangat tinggi ({width} x {height} piksel), "
               f"sehingga di halaman lebarnya tinggal {shown} piksel",
               f"Potong menjadi beberapa gambar, masing-masing paling tinggi {TALL} piksel.")


def _notes(image: Image.Image) -> str:
    """The texts in a picture's EXIF and in its own fields (PNG text, JPEG and GIF comments, XMP)."""
    tags = image.getexif()
    values = [*tags.values(), *tags.get_ifd(ExifTags.IFD.Exif).values(), *image.info.values()]
    return "\n".join(value.decode(errors="replace") if isinstance(value, bytes) else value
                     for value in values if isinstance(value, (str, bytes)))


def _encode(image: Image.Image) -> bytes:
    file = io.BytesIO()
    image.save(file, "WEBP", quality=QUALITY, method=4, exif=b"", icc_profile=b"", xmp=b"")
    return file.getvalue()


def has_place(data: bytes) -> bool:
    """Whether a picture says where it was taken; what is no picture, or broken, says nothing."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return bool(Image.open(io.BytesIO(data)).getexif().get_ifd(ExifTags.IFD.GPSInfo))
    except (OSError, SyntaxError, ValueError, EOFError, KeyError, TypeError, Image.DecompressionBombError):
        return False


def upright(data: bytes) -> bytes:
    """An EXIF block that tells which way a picture is turned and nothing else; empty where it is not."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            turned = Image.open(io.BytesIO(data)).getexif().get(ExifTags.Base.Orientation, 1)
    except (OSError, SyntaxError, ValueError, EOFError, KeyError, TypeError, Image.DecompressionBombError):
        return b""
    if turned not in range(2, 9):
        return b""
    note = Image.Exif()
    note[ExifTags.Base.Orientation] = turned
    return note.tobytes()
