"""Who answers for which folder of the sources."""

from typing import Annotated

from pydantic import StringConstraints

from simpul.model.fields import Base

Account = Annotated[str, StringConstraints(pattern=r"^@[A-Za-z0-9-]+(/[A-Za-z0-9_.-]+)*$", max_length=100)]


class Owner(Base):
    """Satu folder dan pemiliknya."""

    folder: Annotated[str, StringConstraints(pattern=r"^[a-z.]+(/[a-z0-9.-]+)*/$", max_length=100)]
    """Folder dari akar repositori, diakhiri garis miring, misalnya content/daerah/73.71/."""
    akun: Account
    """Akun atau tim di GitHub atau GitLab, misalnya @pemkot-contoh/diskominfo."""
