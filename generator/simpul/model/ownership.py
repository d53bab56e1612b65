"""Who answers for which folder of the sources."""

from typing import Annotated

from pydantic import StringConstraints

from simpul.model.fields import Base

Account = Annotated[str, StringConstraints(pattern=r"^@[A-Za-z0-9-]+(/[A-Za-z0-9_.-]+)*$", max_length=100)]
PLACE = r"^(/|[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*/?)$"


class Owner(Base):
    """Satu folder atau berkas, dan pemiliknya."""

    folder: Annotated[str, StringConstraints(pattern=PLACE, max_length=100)]
    """Folder dari akar repositori, diakhiri garis miring, misalnya content/daerah/73.71/; \
atau satu berkas, misalnya Makefile; atau / untuk semua yang tidak disebut."""
    akun: Account
    """Akun atau tim di GitHub atau GitLab, misalnya @pemkot-contoh/diskominfo."""
