"""The commands `simpul adapt review` and `simpul adapt propose`."""

from collections.abc import Mapping
from pathlib import Path

import click

from simpul import problems
from simpul.portal import Portal

EXISTING = click.Path(exists=True, file_okay=False, path_type=Path)

root_option = click.option("--root", type=EXISTING, default=".",
                           help="Folder sumber portal (bawaan: folder ini).")
name_argument = click.argument("name", metavar="NAMA")


@click.group(short_help="Tinjau atau usulkan penyesuaian modul.")
def adapt() -> None:
    """Menjaga penyesuaian daerah tetap sejalan dengan modul pusat.

    NAMA adalah kode daerah dan modulnya, misalnya 73.71/surel-dinas-aman.
    """


def _portal_with(root: Path, name: str) -> Portal:
    """The portal, when this adaptation and its module are there and free of errors."""
    from simpul.builder.build import check

    loaded = check(root, 1)
    portal, path = loaded.portal, loaded.portal.adaptation_path(name)
    if path not in portal.entries:
        hint = problems.one_of(name, list(portal.adaptations),
                               "Tulis kode daerah dan modul, misalnya 73.71/surel-dinas-aman.")
        raise click.BadParameter(f"penyesuaian '{name}' tidak ada. {hint}")
    places = (path.removesuffix(".yml").rpartition("/")[0], f"curriculum/modul/{name.partition('/')[2]}")
    wrong = [problem for problem in problems.errors(loaded.problems) if problem.path.startswith(places)]
    if wrong:
        raise click.ClickException(f"perbaiki dulu galat ini.\n{problems.as_text(wrong)}")
    return portal


def _write(root: Path, texts: Mapping[str, str]) -> None:
    for path, text in texts.items():
        (root / path).write_text(text, encoding="utf-8", newline="\n")
        click.echo(f"{path}: diubah")


@adapt.command(short_help="Bandingkan dengan modul pusat yang berubah.")
@name_argument
@click.option("--renew", is_flag=True, help="Catat bahwa penyesuaian ini sudah ditinjau.")
@root_option
def review(name: str, renew: bool, root: Path) -> None:
    """Tampilkan teks pusat lama, teks pusat kini, dan teks daerah berdampingan.

    Teks lama diambil dari riwayat git; tanpa riwayat, hanya sidiknya yang diketahui. Dengan --renew, versi
    dan sidik di berkas penyesuaian diperbarui.
    """
    from simpul.adapting.renewing import renew as renewed
    from simpul.adapting.reviewing import review as compared
    from simpul.adapting.table import side_by_side
    from simpul.adapting.texts import CannotEditError

    portal = _portal_with(root, name)
    click.echo(side_by_side(portal, name, compared(root, portal, name)))
    if not renew:
        click.echo("Sesuaikan teks daerah bila perlu, lalu ulangi dengan --renew.")
        return
    try:
        _write(root, renewed(root, portal, name))
    except CannotEditError as problem:
        raise click.ClickException(str(problem)) from None
    click.echo(f"Sudah ditinjau terhadap versi {portal.modules[portal.adaptations[name].modul].versi}.")


@adapt.command(short_help="Usulkan satu bagian lokal ke modul pusat.")
@name_argument
@click.argument("section", metavar="BAGIAN")
@root_option
def propose(name: str, section: str, root: Path) -> None:
    """Tulis bagian lokal BAGIAN ke modul pusat, dengan nama penyusunnya, untuk diajukan sebagai pull request.

    Berkas penyesuaian tidak diubah; hapus bloknya setelah usulan diterima.
    """
    from simpul.adapting.proposing import propose as proposed
    from simpul.adapting.texts import CannotEditError

    portal = _portal_with(root, name)
    try:
        _write(root, proposed(root, portal, name, section))
    except CannotEditError as problem:
        raise click.ClickException(str(problem)) from None
    click.echo("Periksa dengan 'simpul check', lalu ajukan sebagai pull request.")
