"""Photos of phones and documents -> pictures that the portal takes: upright, small, without notes."""

import io
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

from simpul.intake.doors.parcel import DoorError

FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF")
HEIF_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")
WIDE = 2000
MOST_PIXELS = 120_000_000
QUALITY = 88
HEIC = DoorError("foto HEIC belum dapat dibaca di komputer ini",
                 "Kirim sebagai JPEG: di iPhone pilih Pengaturan, Kamera, Format, Paling Kompatibel. "
                 "Penerima dapat juga memasang pustakanya: "
                 "pip install --require-hashes -r requirements/receive.txt.")
BROKEN = DoorError("gambar ini rusak atau terpotong", "Simpan ulang dari program gambar, lalu kirim lagi.")


def is_heic(data: bytes) -> bool:
    """Whether these bytes are a photo in HEIF, as newer phones take it."""
    return data[4:8] == b"ftyp" and data[8:12] in HEIF_BRANDS


def as_picture(data: bytes) -> tuple[str, bytes]:
    """The suffix and the bytes of the picture. Raises DoorError for what is none."""
    image = _open(data)
    clear = image.has_transparency_data
    small = _fit(ImageOps.exif_transpose(image))
    drawn = image.format in ("PNG", "GIF", "BMP") or clear
    out = io.BytesIO()
    if drawn:
        _flat(small, "RGBA" if clear else "RGB").save(out, "PNG", optimize=False)
        return ".png", out.getvalue()
    _flat(small, "RGB").save(out, "JPEG", quality=QUALITY)
    return ".jpg", out.getvalue()


def _open(data: bytes) -> Image.Image:
    if is_heic(data):
        _learn_heic()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            formats = ("HEIF",) if is_heic(data) else FORMATS
            image: Image.Image = Image.open(io.BytesIO(data), formats=formats)
            if image.width * image.height > MOST_PIXELS:
                raise DoorError("gambar terlalu besar: lebih dari 120 juta piksel",
                                "Perkecil dulu, misalnya ke lebar 2.000 piksel.")
            image.draft("RGB", (WIDE, WIDE))  # a large photo is decoded at the size it is needed in
            image.load()
            return image
    except UnidentifiedImageError:
        raise DoorError("berkas ini bukan gambar PNG, JPEG, WebP, atau GIF",
                        "Simpan ulang sebagai PNG atau JPEG.") from None
    except Image.DecompressionBombError:
        raise DoorError("gambar terlalu besar", "Perkecil dulu, misalnya ke lebar 2.000 piksel.") from None
    except (OSError, SyntaxError, ValueError, EOFError):
        raise BROKEN from None


def _learn_heic() -> None:
    try:
        from pillow_heif import register_heif_opener
    except ModuleNotFoundError:
        raise HEIC from None
    register_heif_opener(thumbnails=False)


def _fit(image: Image.Image) -> Image.Image:
    longest = max(image.size)
    if longest <= WIDE:
        return image
    image = image if image.mode in ("RGB", "RGBA", "L", "LA") else \
        image.convert("RGBA" if image.has_transparency_data else "RGB")
    size = (max(1, round(image.width * WIDE / longest)), max(1, round(image.height * WIDE / longest)))
    return image.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)


def _flat(image: Image.Image, mode: str) -> Image.Image:
    """A new picture of the same pixels: nothing that the old one carried beside them comes along."""
    image = image if image.mode == mode else image.convert(mode)
    return Image.frombytes(mode, image.size, image.tobytes())
