"""The settings of a site, a part of mkdocs.yml."""

from simpul.model.fields import Base, Host, Line, Mail, Positive

HOST_KEYS = frozenset(("docs_dir", "extra", "plugins", "site_dir", "theme", "use_directory_urls"))
"""What MkDocs needs to host the portal; no page looks different for it."""

IDLE_KEYS = frozenset((
    "INHERIT", "copyright", "dev_addr", "draft_docs", "edit_uri_template", "exclude_docs", "extra_css",
    "extra_javascript", "extra_templates", "google_analytics", "hooks", "markdown_extensions", "mdx_configs",
    "nav", "not_in_nav", "pages", "remote_branch", "remote_name", "repo_name", "site_author", "strict",
    "validation", "watch"))
"""MkDocs' own keys that have no effect here: the pages are not made by MkDocs."""


class Settings(Base):
    """Pengaturan situs dari mkdocs.yml, atau di bawah `extra.simpul` di sana."""

    site_name: Line
    """Nama portal."""
    site_description: Line = ""
    """Uraian portal."""
    site_url: Host = ""
    """Alamat tetap portal, lengkap dengan https://, untuk peta situs dan umpan."""
    repo_url: Host = ""
    """Alamat repositori, lengkap dengan https://; kosong berarti tautan sunting tidak ditawarkan."""
    edit_uri: str = "edit/main/"
    """Bagian alamat untuk menyunting berkas."""
    surel: Mail = ""
    """Alamat surel pengajuan."""
    menit_per_jp: Positive = 45
    """Menit dalam satu JP."""
    jp_per_tahun: Positive = 20
    """JP wajib paling banyak dalam satu tahun jalur; PP 11/2017 jo. PP 17/2020 menyebut 20 JP bagi PNS."""

    @property
    def address(self) -> str:
        """The permanent address of the front page's folder, ending in a slash; "" where none is set."""
        return self.site_url.rstrip("/") + "/" if self.site_url else ""

    @property
    def branch(self) -> str:
        """The branch that `edit_uri` names."""
        return self.edit_uri.strip("/").partition("/")[2]
