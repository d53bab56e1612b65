"""The command `simpul`: parses arguments and calls one function for each command."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from simpul import problems
from simpul.commands.failures import explained
from simpul.commands.options import EXISTING, FOLDER, root_option
from simpul.problems import Problem, errors
from simpul.runtime.folders import NotOursError
from simpul.runtime.workers import default_jobs
from simpul.sources.files import BadDayError, read_plain

if TYPE_CHECKING:
    from simpul.intake.judging import Judged
    from simpul.portal import Portal

FORMATS: dict[str, Callable[[Any], str]] = {
    "text": problems.as_text, "json": problems.as_json, "github": problems.as_github,
}
SUMMARY = "summary"

jobs_option = click.option("--jobs", type=click.IntRange(1, 64), default=default_jobs(),
                           help="Jumlah proses.")


class _Commands(click.Group):
    """Tells what the system refuses without a traceback. Takes in the commands that are kept elsewhere, and
    all that they need, when one of them is called or all are listed.
    """

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise
        except OSError as failure:
            raise click.ClickException(explained(failure)) from None
        except (BadDayError, NotOursError) as problem:
            raise click.ClickException(str(problem)) from None
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as failure:
            from simpul.builder.broken import problem_of

            told = problem_of(f"perintah '{ctx.invoked_subcommand}' tidak selesai", failure)
            raise click.ClickException(f"{told.path}:{told.line}: {told.message}. {told.hint}") from None

    def list_commands(self, ctx: click.Context) -> list[str]:
        self._complete()
        return super().list_commands(ctx)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.commands:
            self._complete()
        return super().get_command(ctx, cmd_name)

    def _complete(self) -> None:
        from simpul.adapting.commands import adapt
        from simpul.commands.exam import exam
        from simpul.intake.commands import COMMANDS as INTAKE
        from simpul.mirror.commands import COMMANDS as MIRROR

        for command in (adapt, exam, *INTAKE, *MIRROR):
            self.add_command(command)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="simpul", prog_name="simpul")
def main() -> None:
    """Simpul: membangun portal kurikulum digital ASN dan praktik baik daerah."""


@main.command(short_help="Periksa sumber lalu bangun situs.")
@root_option
@click.option("--site", type=FOLDER, help="Folder hasil (bawaan: site di dalam folder sumber).")
@jobs_option
def build(root: Path, site: Path | None, jobs: int) -> None:
    """Periksa semua sumber, lalu bangun situs.

    Bila ada galat, tidak ada yang diubah: situs terakhir yang baik tetap di tempatnya.
    """
    from simpul.builder.build import build as build_site
    from simpul.commands.summary import progress, summary

    with progress() as advance:
        report = build_site(root, site or root / "site", jobs, advance)
    _tell(report.problems)
    if errors(report.problems):
        click.echo("Situs tidak diubah. Perbaiki galat di atas, lalu ulangi.", err=True)
        sys.exit(1)
    click.echo(summary(report))


def _tell(found: tuple[Problem, ...]) -> None:
    if found:
        click.echo(problems.as_text(found), err=True)


@main.command(short_help="Periksa sumber tanpa membangun.")
@root_option
@click.option("--format", "form", type=click.Choice([*FORMATS, SUMMARY]), default="text",
              help="Bentuk laporan.")
@click.option("--strict", is_flag=True, help="Perlakukan peringatan sebagai galat.")
@click.option("--changed", metavar="DASAR", help="Hanya usulan sejak cabang atau komit git ini.")
@click.option("--region", default="", help="Dengan --changed: daerah pengusul, bila bukan folder terbanyak.")
@jobs_option
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[JALUR]...")
def check(root: Path, form: str, strict: bool, changed: str | None, region: str, jobs: int,
          paths: tuple[Path, ...]) -> None:
    """Periksa semua sumber dan laporkan setiap masalah.

    Dengan JALUR, hanya masalah pada berkas atau folder itu yang ditampilkan, walau seluruh portal diperiksa.
    """
    from simpul.builder.build import check as check_site

    loaded = check_site(root, jobs)
    found = _only(loaded.problems, root, paths)
    older: tuple[Problem, ...] = ()
    elsewhere: tuple[Problem, ...] = ()
    if changed is not None:
        found, elsewhere, older = _judged(found, root, changed, region, loaded.portal)
    told = (*found, *elsewhere)
    click.echo(_summary(root, found, elsewhere, older) if form == SUMMARY else FORMATS[form](told))
    if older and form == "text":
        click.echo(f"Sudah ada sebelum usulan ini, tidak menghalanginya:\n{problems.as_text(older)}")
    if errors(told) or (strict and told):
        sys.exit(1)


def _only(found: tuple[Problem, ...], root: Path, paths: tuple[Path, ...]) -> tuple[Problem, ...]:
    """The problems at or below the paths, which are given from here or from the root."""
    if not paths:
        return found
    wanted = [_from_root(path, root) for path in paths]
    return tuple(p for p in found
                 if any(p.path == place or p.path.startswith(f"{place}/") for place in wanted))


def _judged(found: tuple[Problem, ...], root: Path, base: str, region: str, portal: "Portal") -> "Judged":
    """The problems of a change, by whose they are."""
    from simpul.intake.changes import NoHistoryError
    from simpul.intake.judging import judge

    try:
        return judge(found, root, base, region, portal)
    except NoHistoryError as problem:
        raise click.ClickException(str(problem)) from None


def _summary(root: Path, *found: tuple[Problem, ...]) -> str:
    from simpul.intake.summary import as_summary

    def lines(path: str) -> list[str]:
        try:
            return read_plain(f"{root}/{path}").decode(errors="replace").split("\n")
        except OSError:
            return []

    return as_summary(lines, *found)


def _from_root(path: Path, root: Path) -> str:
    place = path if path.exists() else root / path
    try:
        return place.resolve().relative_to(root.resolve()).as_posix()
    except ValueError:
        raise click.BadParameter(f"{path} tidak berada di dalam {root}.") from None


@main.command(short_help="Cari di situs yang sudah dibangun.")
@click.argument("query", metavar="KATA")
@click.option("--site", type=EXISTING, default="site", help="Folder situs (bawaan: site).")
def search(query: str, site: Path) -> None:
    """Cari KATA pada indeks situs, dengan urutan yang sama seperti di peramban."""
    from simpul.search.reading import NoIndexError
    from simpul.search.terminal import format_results
    from simpul.search.terminal import search as search_site

    try:
        click.echo(format_results(query, search_site(site, query)))
    except NoIndexError as problem:
        raise click.BadParameter(str(problem)) from None


@main.command(short_help="Pratinjau langsung di komputer ini.")
@root_option
@click.option("--port", type=click.IntRange(0, 65535), default=8000, help="Nomor porta (0: pilihkan).")
@jobs_option
def serve(root: Path, port: int, jobs: int) -> None:
    """Tampilkan portal di peramban dan perbarui setiap kali sumber disimpan.

    Masalah pada sumber tampil di halaman dan di sini; pratinjau tetap berjalan.
    """
    from simpul.commands.serve import serve as serve_site

    serve_site(root, port, jobs)


@main.command(short_help="Buat berkas baru dengan semua kuncinya.")
@click.argument("kind", type=click.Choice(["module", "path", "practice", "region"]),
                metavar="module|path|practice|region")
@click.argument("name", metavar="NAMA")
@click.option("--region", default="", help="Kode wilayah untuk practice, misalnya 73.71.")
@root_option
def new(kind: str, name: str, region: str, root: Path) -> None:
    """Buat modul, jalur, praktik, atau daerah baru.

    NAMA adalah nama pendek (huruf kecil dan tanda hubung); untuk region, kode wilayahnya.
    """
    from simpul.intake.scaffold import scaffold

    try:
        written = scaffold(root, kind, name, region)
    except ValueError as problem:
        raise click.BadParameter(str(problem)) from None
    for path, placeholders in written.items():
        click.echo(f"{path}: {len(placeholders)} isian menunggu")
        for line, text in placeholders:
            click.echo(f"  {path}:{line}: {text}")
    click.echo("Ganti setiap isian di antara « dan », lalu jalankan 'simpul check'.")
