"""Pictures -> WebP without metadata, in two widths: a pure function of the picture's bytes."""

import io
import warnings

from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

from simpul.model import Picture, PictureError

WIDE, NARROW = 1200, 600
FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
MOST_PIXELS = 40_000_000
QUALITY = 78


def variants(data: bytes) -> Picture:
    """Re-encodes a picture, the right way up and without EXIF, GPS or other metadata. Raises PictureError."""
    original, notes = _open(data)
    image = _fit(original, WIDE)
    narrow = _encode(_fit(image, NARROW)) if image.width > NARROW else b""
    return Picture(_encode(image), narrow, *image.size, notes)


def _open(data: bytes) -> tuple[Image.Image, str]:
    """The first frame as RGB or RGBA, and its notes. The size is judged before any pixel is decoded."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image: Image.Image = Image.open(io.BytesIO(data), formats=FORMATS)
            _refuse_bomb(image.width * image.height)
            notes = _notes(image)
            image = ImageOps.exif_transpose(image)
            return image.convert("RGBA" if image.has_transparency_data else "RGB"), notes
    except Image.DecompressionBombError:
        _refuse_bomb(MOST_PIXELS + 1)
        raise
    except UnidentifiedImageError:
        raise PictureError("berkas ini bukan gambar PNG, JPEG, WebP, atau GIF") from None
    except (OSError, SyntaxError, ValueError, EOFError) as cause:
        if isinstance(cause, PictureError):
            raise
        raise PictureError("gambar rusak atau terpotong; "
                           "simpan ulang dari program gambar, lalu kirim lagi") from None


def _notes(image: Image.Image) -> str:
    """The texts in a picture's EXIF and in its own fields (PNG text, JPEG and GIF comments, XMP)."""
    tags = image.getexif()
    values = [*tags.values(), *tags.get_ifd(ExifTags.IFD.Exif).values(), *image.info.values()]
    return "\n".join(value.decode(errors="replace") if isinstance(value, bytes) else value
                     for value in values if isinstance(value, (str, bytes)))


def _refuse_bomb(pixels: int) -> None:
    if pixels > MOST_PIXELS:
        raise PictureError("gambar terlalu besar: paling banyak 40 juta piksel; perkecil dulu, "
                           "misalnya ke lebar 1.200 piksel")


def _fit(image: Image.Image, width: int) -> Image.Image:
    if image.width <= width:
        return image
    return image.resize((width, max(1, round(image.height * width / image.width))), Image.Resampling.LANCZOS)


def _encode(image: Image.Image) -> bytes:
    file = io.BytesIO()
    image.save(file, "WEBP", quality=QUALITY, method=4, exif=b"", icc_profile=b"", xmp=b"")
    return file.getvalue()
