"""The publisher's desk: a folder, and what is typed there on 24 November 2026."""

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from simpul.commands.cli import main

DAY = ("--date", "2026-11-24")


class Desk:
    """A publisher's folder, and what is typed there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "site").mkdir()
        (folder / "site" / "index.html").write_text("<title>Beranda</title>")

    def type(self, *words: str, date: tuple[str, ...] = DAY) -> Result:
        dated = words[0] not in ("gc", "mirror")
        return CliRunner().invoke(main, [*words, *(date if dated else ())], catch_exceptions=False)

    def create(self) -> Result:
        return self.type("keys", "create", "--passphrase", "")

    def release(self, *more: str) -> Result:
        return self.type("release", "--origin", "https://pusat.example/", *more)

    def files(self) -> dict[str, bytes]:
        return {path.relative_to(self.folder / "release").as_posix(): path.read_bytes()
                for path in (self.folder / "release").rglob("*") if path.is_file()}

    def keys(self, folder: str = "kunci") -> list[str]:
        return sorted(path.stem for path in (self.folder / folder).glob("*.pem"))


def desk_in(folder: Path, patch: pytest.MonkeyPatch) -> Desk:
    """A desk in this folder; its clock stands."""
    patch.chdir(folder)
    patch.setattr("simpul.mirror.options.today", lambda: date(2026, 11, 24))
    return Desk(folder)
