"""The settings of a site, a part of mkdocs.yml."""

from pydantic import ConfigDict

from simpul.model.fields import Base, Line, Whole


class Settings(Base):
    """Pengaturan situs dari mkdocs.yml; kunci lain milik MkDocs dan dibiarkan."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    site_name: Line
    """Nama portal."""
    site_description: Line = ""
    """Uraian portal."""
    site_url: str = ""
    """Alamat tetap portal, untuk peta situs dan umpan."""
    repo_url: str = ""
    """Alamat repositori; kosong berarti tautan sunting tidak ditawarkan."""
    edit_uri: str = "edit/main/"
    """Bagian alamat untuk menyunting berkas."""
    surel: str = ""
    """Alamat surel pengajuan."""
    menit_per_jp: Whole = 45
    """Menit dalam satu JP."""

    @property
    def branch(self) -> str:
        """The branch that `edit_uri` names."""
        return self.edit_uri.strip("/").partition("/")[2]
