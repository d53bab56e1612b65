"""`CODEOWNERS`, read by GitHub and GitLab: who is asked to agree to a change in which folder."""

from collections.abc import Iterable

from simpul.model import Owner

FILE = "CODEOWNERS"
HEAD = "# Dibuat oleh 'simpul owners' dari curriculum/pemilik.yml; jangan disunting di sini.\n"


def codeowners(owners: Iterable[Owner]) -> str:
    """The file. The last line that fits a path decides, so narrower folders come later."""
    return HEAD + "".join(f"/{owner.folder} {owner.akun}\n"
                          for owner in sorted(owners, key=lambda owner: owner.folder))
