"""`CODEOWNERS`: who is asked to agree to a change of which file.

GitHub and GitLab read the same form, patterns like those of `.gitignore`, of which the last that fits
decides; Gitea and Forgejo read regular expressions and ask the owners of all that fit.
"""

import re
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from simpul.addresses import REGIONS
from simpul.model import Owner

FILE, SOURCE = "CODEOWNERS", "curriculum/pemilik.yml"
ELSEWHERE = (".github/CODEOWNERS", ".gitlab/CODEOWNERS", ".gitea/CODEOWNERS", ".forgejo/CODEOWNERS",
             "docs/CODEOWNERS")
"""Where some host looks too: of several files it takes one, so there may be only one."""
HEAD = "# Dibuat oleh 'simpul owners' dari curriculum/pemilik.yml; jangan disunting di sini.\n"
EVERYTHING = "/"


def codeowners(owners: Iterable[Owner], gitea: bool = False) -> str:
    """The file, in the form of GitHub and GitLab or in that of Gitea; what is narrower comes later."""
    ordered = in_order(owners)
    rest = "|".join(_expression(owner.folder) for owner in ordered if owner.folder != EVERYTHING)
    lines = [f"{_gitea(owner.folder, rest) if gitea else _pattern(owner.folder)} {owner.akun}\n"
             for owner in ordered]
    return HEAD + "".join(lines)


def in_order(owners: Iterable[Owner]) -> list[Owner]:
    """Everything first, then a folder before what is in it."""
    return sorted(owners, key=lambda owner: (owner.folder != EVERYTHING, owner.folder))


def _pattern(folder: str) -> str:
    return "*" if folder == EVERYTHING else f"/{folder}"


def _gitea(folder: str, rest: str) -> str:
    """Whoever owns everything is asked about what nobody else owns."""
    if folder == EVERYTHING:
        return f"!({rest})" if rest else ".*"
    return _expression(folder)


def _expression(folder: str) -> str:
    """A backslash is written twice, as the file has an escape of its own."""
    plain = re.sub(r"[.+]", lambda found: rf"\\{found[0]}", folder)
    return f"{plain}.*" if folder.endswith("/") else plain


def owner_of(path: str, owners: Iterable[Owner]) -> str:
    """The account that is asked about a file, "" for none."""
    return next((owner.akun for owner in reversed(in_order(owners)) if _owns(owner.folder, path)), "")


def _owns(folder: str, path: str) -> bool:
    return folder == EVERYTHING or path == folder or (folder.endswith("/") and path.startswith(folder))


def shortcomings(root: Path, owners: Sequence[Owner]) -> Iterator[str]:
    """What keeps the file from doing its work, each with its remedy: it is not of the list, another file is
    read in its place, files of the repository have no owner.
    """
    place = root / FILE
    text = place.read_text(encoding="utf-8") if place.is_file() else ""
    if text not in (codeowners(owners), codeowners(owners, gitea=True)):
        yield f"{FILE} tidak sesuai dengan {SOURCE}. Jalankan 'simpul owners'."
    for other in ELSEWHERE:
        if (root / other).exists():
            yield f"{other} dibaca sebagai ganti {FILE}. Hapus."
    files = _tracked(root)
    if files is None:
        yield "berkas repositori tidak dapat didaftar. Jalankan di repositori git."
    for path in files or ():
        if not owner_of(path, owners):
            yield f"{path} tidak punya pemilik. Tambahkan di {SOURCE}, atau beri '/' seorang pemilik."


def _tracked(root: Path) -> list[str] | None:
    """All files of the repository, None where there is none."""
    command = ["git", "ls-files", "-z"]
    try:
        done = subprocess.run(command, cwd=root, capture_output=True, check=True, timeout=60)  # noqa: S603
    except (OSError, subprocess.SubprocessError):
        return None
    return [path for path in done.stdout.decode("utf-8", "replace").split("\0") if path]


def without_own(files: Iterable[str], owners: Iterable[Owner]) -> list[str]:
    """The folders of regions that have no owner of their own."""
    owned = {owner.folder for owner in owners}
    found = {f"{REGIONS}{path.split('/')[2]}/" for path in files
             if path.startswith(REGIONS) and path.count("/") > REGIONS.count("/")}
    return sorted(found - owned)
