"""What the publisher's commands have in common: their options, the day they use, how a problem is told."""

import functools
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import click
from tuf.api.exceptions import RepositoryError

from simpul.mirror.client.errors import MirrorError
from simpul.mirror.forget import CannotForget
from simpul.mirror.keys import KeyProblem, Secrets
from simpul.mirror.lock import Occupied
from simpul.mirror.release import SiteProblem

FOLDER = click.Path(file_okay=False, path_type=Path)
PLACE = click.Path(exists=True, path_type=Path)
ENVIRONMENT = "SIMPUL_SANDI_KUNCI"
AHEAD = timedelta(days=2)  # how far a date may be ahead of this computer's clock: a clock that is a bit slow

out_option = click.option("--out", type=FOLDER, default="release", help="Folder rilis (bawaan: release).")
keys_option = click.option("--keys", "places", type=PLACE, multiple=True, default=("kunci",),
                           help="Folder atau berkas kunci; boleh diulang (bawaan: kunci).")
TEXT = click.Path(exists=True, dir_okay=False, path_type=Path)


def secrets_option(command: Callable[..., None]) -> Callable[..., None]:
    """Gives a command the passphrases as `secrets`: what is given, and at a terminal what is asked for."""
    @functools.wraps(command)
    def unlocked(*, passphrase: str, passphrase_file: Path | None, **others: Any) -> None:
        known = (passphrase, first_line(passphrase_file) if passphrase_file else "")
        command(secrets=Secrets(known, _ask if at_terminal() else None), **others)

    given = click.option("--passphrase", envvar=ENVIRONMENT, default="", show_envvar=True,
                         help="Kata sandi kunci; bila tidak disebut, ditanyakan saat diperlukan.")
    filed = click.option("--passphrase-file", type=TEXT,
                         help="Berkas yang baris pertamanya kata sandi kunci.")
    return given(filed(unlocked))


def _ask(path: Path, wrong: bool) -> str:
    if wrong:
        click.echo("Kata sandi keliru.", err=True)
    return str(click.prompt(f"Kata sandi {path} (kosong: lewati kunci ini)", default="", hide_input=True,
                            show_default=False, err=True))


def ask_new() -> str:
    """A new passphrase, typed twice."""
    return str(click.prompt("Kata sandi baru (kosong: tanpa sandi)", default="", hide_input=True,
                            show_default=False, confirmation_prompt="Ulangi kata sandi", err=True))


def first_line(path: Path) -> str:
    """A passphrase kept in a file."""
    return path.read_text(encoding="utf-8-sig").partition("\n")[0].rstrip("\r")


def at_terminal() -> bool:
    """Whether somebody sits there who can be asked."""
    return sys.stdin.isatty()


def date_option(command: Callable[..., None]) -> Callable[..., None]:
    """Gives a command its day as `date` (ISO); one far ahead of the clock must be insisted on."""
    @functools.wraps(command)
    def dated(*, date: datetime | None, insist_date: bool, **others: Any) -> None:
        day = date.date() if date else today()
        with told():
            if day > today() + AHEAD and not insist_date:
                raise SiteProblem(f"tanggal {day} masih {(day - today()).days} hari lagi menurut jam "
                                  f"komputer ini ({today()}). Tidak ada yang ditulis. Periksa --date; bila "
                                  "tanggal itu memang benar, tambahkan --insist-date.")
        command(date=day.isoformat(), **others)

    typed = click.option("--date", type=click.DateTime(["%Y-%m-%d"]), envvar="SIMPUL_TANGGAL",
                         help="Tanggal, TTTT-BB-HH (bawaan: hari ini menurut UTC).")
    insisted = click.option("--insist-date", is_flag=True,
                            help="Pakai tanggal itu walau jauh di depan jam komputer ini.")
    return typed(insisted(dated))


def insisted() -> bool:
    """Whether the day of the command that runs was insisted on."""
    return bool(click.get_current_context().params["insist_date"])


def today() -> date:
    """The day by this computer's clock, UTC."""
    return datetime.now(UTC).date()


class told:  # noqa: N801  # reads as a sentence where it is used
    """Turns a known problem into one line and exit code 1."""

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if isinstance(error, (KeyProblem, SiteProblem, CannotForget, Occupied)):
            self._leave(str(error))
        if isinstance(error, (RepositoryError, MirrorError)):
            reason = error.what if isinstance(error, MirrorError) else " ".join(str(error).split())
            self._leave(f"isi folder rilis rusak ({reason}). Pulihkan folder itu dari salinan lain; caranya "
                        "ada di halaman Bila pusat celaka.")

    @staticmethod
    def _leave(text: str) -> None:
        click.echo(f"galat: {text}", err=True)
        sys.exit(1)
