"""The commands for what comes in: `simpul receive`, `review`, `preview` and `owners`."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from simpul.problems import as_text, errors

EXISTING = click.Path(exists=True, file_okay=False, path_type=Path)

root_option = click.option("--root", type=EXISTING, default=".",
                           help="Folder sumber portal (bawaan: folder ini).")


@click.command(short_help="Terima kiriman yang datang lewat surel.")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path),
                metavar="BERKAS...")
@click.option("--region", required=True, help="Kode wilayah pengirim, misalnya 73.71.")
@click.option("--name", default="", help="Nama pendek praktik (bawaan: nama berkasnya, atau judulnya).")
@click.option("--replace", is_flag=True, help="Ganti praktik yang sudah ada dengan perbaikannya.")
@root_option
def receive(files: tuple[Path, ...], region: str, name: str, replace: bool, root: Path) -> None:
    """Letakkan praktik, gambar, dan tabel kiriman di folder daerahnya, lalu tulis surat jawaban.

    BERKAS boleh surel (.eml, .mbox), naskah (.docx, .md, .txt), tabel (.xlsx, .ods, .csv), foto, lampiran
    yang disebut naskahnya, arsip .zip, atau folder. Surat bagi pengirim tampil di keluaran; tempat berkas dan
    masalahnya di layar. Bila masih ada galat, perintah ini berakhir dengan kode 1.
    """
    from simpul.builder.build import check
    from simpul.intake.receiving import unpack
    from simpul.intake.reporting import letters, place, report
    from simpul.intake.scaffold import CODE, SLUG

    if not CODE.match(region):
        raise click.BadParameter("Kode wilayah ditulis seperti 73.71.", param_hint="--region")
    if name and not SLUG.match(name):
        raise click.BadParameter("Nama memakai huruf kecil, angka, dan tanda hubung.", param_hint="--name")
    placed = [place(root, delivery, replace=replace) for delivery in unpack(files, region, name)]
    loaded = check(root, 1)
    click.echo(report(placed, loaded.problems), err=True)
    click.echo("\n".join(letters(placed, loaded.problems, loaded.portal.settings.site_name)))
    if any(one.failed(loaded.problems) for one in placed):
        sys.exit(1)


@click.command(short_help="Daftar yang perlu ditinjau kembali.")
@click.option("--region", default="", help="Hanya wilayah ini, misalnya 73.71.")
@click.option("--letter", is_flag=True, help="Tulis surat bagi tiap daerah.")
@root_option
def review(region: str, letter: bool, root: Path) -> None:
    """Tampilkan praktik yang lebih dari 12 bulan tidak dipastikan
    dan modul yang melewati tanggal tinjauannya."""
    from itertools import groupby

    from simpul.builder.build import check
    from simpul.intake.letters import reminder
    from simpul.intake.reviewing import CENTRE, as_table, due, region_title

    portal = check(root, 1).portal
    found = [item for item in due(portal) if region in ("", item.region)]
    if not letter:
        click.echo(as_table(portal, found))
        return
    for code, items in groupby((item for item in found if item.region != CENTRE),
                               key=lambda item: item.region):
        click.echo(reminder(region_title(portal, code), list(items), portal.settings.site_name))


@click.command(short_help="Salin halaman yang disentuh sebuah usulan.")
@click.argument("base", metavar="DASAR")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), default="pratinjau",
              help="Folder hasil.")
@root_option
def preview(base: str, out: Path, root: Path) -> None:
    """Bangun situs di tempat sementara, lalu salin halaman yang berubah sejak DASAR (cabang atau komit git).

    Buka PRATINJAU.html di folder hasil; tidak perlu server.
    """
    from simpul.builder.build import build, refuse_to_fill
    from simpul.intake.changes import NoHistoryError, changed_files
    from simpul.intake.judging import judge
    from simpul.intake.preview import copy_pages, touched_pages

    refuse_to_fill(root, out, "dengan --out")
    try:
        changed = changed_files(root, base)
    except NoHistoryError as problem:
        raise click.ClickException(str(problem)) from None
    with TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        report = build(root, site, 1)
        if wrong := errors(report.problems):
            click.echo(as_text(wrong), err=True)
            if judge(wrong, root, base).told:
                sys.exit(1)
            click.echo("Tidak ada pratinjau: galat di atas sudah ada sebelum usulan ini.")
            return
        urls = touched_pages(site, changed)
        copy_pages(site, urls, out)
    click.echo(f"{len(urls)} halaman di {out}")


@click.command(short_help="Tulis CODEOWNERS dari daftar pemilik.")
@click.option("--check", "compare", is_flag=True,
              help="Hanya periksa: CODEOWNERS sesuai, dan setiap berkas repositori punya pemilik.")
@click.option("--gitea", is_flag=True, help="Tulis dalam bentuk yang dibaca Gitea dan Forgejo.")
@root_option
def owners(compare: bool, gitea: bool, root: Path) -> None:
    """Tulis CODEOWNERS dari curriculum/pemilik.yml: satu folder atau berkas, satu pemilik."""
    from simpul.builder.build import check
    from simpul.intake.owners import FILE, SOURCE, codeowners, shortcomings, without_own

    loaded = check(root, 1)
    wrong = [problem for problem in errors(loaded.problems) if problem.path == SOURCE]
    if wrong:
        raise click.ClickException(f"perbaiki dulu galat ini.\n{as_text(wrong)}")
    listed = loaded.portal.owners
    if not compare:
        (root / FILE).write_text(codeowners(listed, gitea), encoding="utf-8", newline="\n")
        click.echo(f"{FILE}: {len(listed)} folder")
        for folder in without_own(loaded.portal.files, listed):
            click.echo(f"{folder} belum punya pemilik sendiri.", err=True)
    elif found := list(shortcomings(root, listed)):
        raise click.ClickException("\n".join(found))


@click.command(short_help="Ganti nama sebuah berkas, dan catat nama lamanya.")
@click.argument("old", metavar="LAMA")
@click.argument("new", metavar="BARU")
@root_option
def move(old: str, new: str, root: Path) -> None:
    """Ganti nama praktik, penyesuaian, modul, jalur, model, atau panduan.

    LAMA adalah jalur berkasnya, atau folder modulnya; BARU nama barunya. Nama lama dicatat di pindah.yml,
    sehingga alamat lama dan tautan orang lain tetap berlaku.
    """
    from simpul.intake.moving import CannotMoveError
    from simpul.intake.moving import move as move_source

    try:
        written = move_source(root, old.strip("/"), new)
    except CannotMoveError as problem:
        raise click.ClickException(str(problem)) from None
    for path in written:
        click.echo(path)


COMMANDS = (receive, review, preview, owners, move)
