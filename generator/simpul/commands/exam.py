"""The command `simpul ujian`: two parallel papers from the question bank."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from simpul.commands.options import FOLDER, root_option
from simpul.problems import as_text, errors, one_of

if TYPE_CHECKING:
    from simpul.figures.exams import Cell
    from simpul.portal import Portal


@click.command("ujian", short_help="Buat naskah ujian A dan B dari bank soal.")
@click.option("--kelompok", "group", help="Kelompok ASN; yang diuji adalah inti kelompok itu.")
@click.option("--sel", "cells", multiple=True, metavar="KODE-TINGKAT",
              help="Sel yang diuji, misalnya 1.1-2, boleh diulang; tanpa tingkat, semua tingkatnya.")
@click.option("--benih", "seed", required=True,
              help="Kata bebas; benih yang sama selalu memberi naskah yang sama.")
@click.option("--out", type=FOLDER, default="ujian", help="Folder hasil (bawaan: ujian).")
@root_option
def exam(group: str | None, cells: tuple[str, ...], seed: str, out: Path, root: Path) -> None:
    """Buat dua naskah ujian yang setara, A dan B, dengan lembar jawaban, kunci, tugas, rubrik, dan rekap.

    Pilih --kelompok untuk inti satu kelompok, atau --sel untuk sel tertentu. Simpan benihnya: dengan benih
    dan versi portal yang sama, naskah ini dapat dibuat lagi; orang yang tahu benihnya pun dapat membuatnya.
    """
    from simpul.builder.build import check, refuse_to_fill
    from simpul.figures.exams import draw
    from simpul.html.exams import sheets, view
    from simpul.runtime import folders

    refuse_to_fill(root, out, "dengan --out")
    loaded = check(root, 1)
    if wrong := errors(loaded.problems):
        raise click.ClickException(f"perbaiki dulu galat ini.\n{as_text(wrong)}")
    portal = loaded.portal
    if not portal.assessment or not portal.framework:
        raise click.ClickException("portal ini belum punya curriculum/penilaian.yml, yang menetapkan susunan "
                                   "naskah dan batas lulus")
    chosen = _chosen(portal, group, cells)
    named = "sel " + ", ".join(map("-".join, chosen))
    scope = f"inti {portal.groups[group].nama}" if group and not cells else named
    drawn = draw(portal, chosen, seed)
    folders.mark(out)
    folders.empty(out)
    made = sheets(view(portal, drawn, scope))
    for name, data in made.items():
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_bytes(data)
    for code, level in drawn.lacking:
        click.echo(f"Peringatan: bank {code}-{level} belum cukup untuk dua naskah.", err=True)
    click.echo(f"{len(made)} berkas di {out}. Buka {out / 'index.html'} lebih dulu.")


def _chosen(portal: "Portal", group: str | None, names: Sequence[str]) -> "tuple[Cell, ...]":
    from simpul.figures.exams import core_cells

    if names:
        return tuple(dict.fromkeys(cell for name in names for cell in _cells(portal, name)))
    if group is None:
        raise click.UsageError("Sebutkan --kelompok atau --sel.")
    if group not in portal.groups:
        raise click.BadParameter(f"kelompok '{group}' tidak ada. {one_of(group, portal.groups)}")
    if not (cells := core_cells(portal, group)):
        raise click.ClickException(f"kelompok '{group}' belum punya standar minimum")
    return cells


def _cells(portal: "Portal", name: str) -> "Iterator[Cell]":
    """A cell by its name, or all levels of a competence that have a bank."""
    found = [bank for bank in portal.banks if name in (bank, bank.partition("-")[0])]
    if not found:
        raise click.BadParameter(f"bank '{name}' tidak ada. {one_of(name, portal.banks)}")
    for bank in sorted(found):
        code, _, level = bank.partition("-")
        yield code, level
