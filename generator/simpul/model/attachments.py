"""Files that go with a text so that others can do the same: procedures, decrees, forms, sheets."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from simpul.addresses import ATTACHED
from simpul.model.fields import Base

MOST_FILES = 20
FileName = Annotated[str, StringConstraints(
    pattern=rf"^[a-z0-9]+(-[a-z0-9]+)*\.({'|'.join(ATTACHED)})$", max_length=65)]


class Attachment(Base):
    """Satu lampiran: berkas di folder lampiran/ di sebelah naskahnya."""

    berkas: FileName
    """Nama berkas di folder lampiran/, dengan huruf kecil, angka, dan tanda hubung, \
misalnya sop-antrean.pdf."""
    judul: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=150)]
    """Apa isinya, misalnya "SOP antrean"."""
    jenis: Literal["sop", "keputusan", "formulir", "lembar_kerja", "lainnya"] = "lainnya"
    """Macam berkas."""


Attachments = Annotated[tuple[Attachment, ...], Field(max_length=MOST_FILES)]


class AttachedFile(Base):
    """Keterangan berkas lampiran yang sudah diperiksa."""

    size: int
    """Ukuran berkas yang dikirim, dalam bita."""
    digest: str
    """Sidik isi berkas yang dikirim."""
    suspects: tuple[tuple[int, str, str, str], ...] = ()
    """Yang tampaknya data pribadi: baris, tempat, apa, dan bagaimana tertulis."""
