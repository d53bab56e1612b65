"""The commands of the publisher. The work is done elsewhere."""

from collections.abc import Mapping
from pathlib import Path

import click
from securesystemslib.signer import CryptoSigner  # type: ignore[attr-defined]  # no list of exports

from simpul.mirror import keys as key_files
from simpul.mirror import metadata, requests, zips
from simpul.mirror.bundle import NAME, build_client
from simpul.mirror.client.download import megabytes
from simpul.mirror.client.errors import MirrorError
from simpul.mirror.client.main import source_of
from simpul.mirror.client.manifest import Manifest
from simpul.mirror.client.tree import sha256
from simpul.mirror.forget import Wish
from simpul.mirror.key_commands import keys
from simpul.mirror.keys import Secrets
from simpul.mirror.lock import held
from simpul.mirror.options import date_option, insisted, keys_option, out_option, secrets_option, told
from simpul.mirror.recover import recover as make_again
from simpul.mirror.release import SiteProblem, Terms, collect, publish_release
from simpul.mirror.requests import propose_release


@click.command(short_help="Terbitkan situs sebagai rilis bertanda tangan.")
@click.option("--site", type=click.Path(exists=True, file_okay=False, path_type=Path), default="site",
              help="Folder situs.")
@out_option
@keys_option
@secrets_option
@date_option
@click.option("--promise", type=click.IntRange(1, 365), default=30,
              help="Umur dalam hari sejak salinan disebut tertinggal.")
@click.option("--origin", default="", help="Alamat portal pusat, ditampilkan pada salinan.")
@click.option("--correct-date", is_flag=True,
              help="Betulkan tanggal rilis sebelumnya: rilis ini boleh bertanggal lebih awal.")
@click.option("--after", type=click.IntRange(0), default=0, metavar="NOMOR",
              help="Rilis tertinggi yang pernah dilihat cermin, bila folder rilis ini cadangan lama.")
@click.option("--request", type=click.Path(dir_okay=False, path_type=Path),
              help="Siapkan saja, dan tulis permintaan tanda tangan ke berkas ini.")
@click.option("--forget", "forgotten", multiple=True, metavar="ALAMAT",
              help="Halaman, berkas, atau folder situs yang sudah dicabut: isinya dibuang dari semua yang "
                   "pernah diterbitkan. Boleh diulang.")
@click.option("--corrected", is_flag=True,
              help="Bersama --forget: halamannya tetap ada, yang dibuang hanya isinya sebelum diperbaiki.")
@click.option("--forget-all", is_flag=True,
              help="Buang semua yang tidak ada lagi di situs, tanpa menyebutnya.")
def release(site: Path, out: Path, places: tuple[Path, ...], secrets: Secrets, date: str, promise: int,
            origin: str, correct_date: bool, after: int, request: Path | None, forgotten: tuple[str, ...],
            corrected: bool, forget_all: bool) -> None:
    """Terbitkan isi folder situs sebagai rilis berikutnya di folder rilis:
    berkas biasa untuk hosting statis apa pun."""
    with told():
        if not (site / "index.html").is_file():
            raise SiteProblem(f"{site} tidak berisi index.html, jadi bukan situs. "
                              "Jalankan `simpul build` dulu, atau periksa --site.")
        if (ended := metadata.end_of_timestamp(out)) < date and not insisted():
            raise SiteProblem(f"rilis terakhir hanya berlaku sampai {ended}, padahal tanggal rilis ini "
                              f"{date}. Tidak ada yang ditulis. Periksa jam komputer ini; bila tanggalnya "
                              "memang benar, tambahkan --insist-date.")
        if corrected and not forgotten:
            raise SiteProblem("--corrected hanya berarti bersama --forget ALAMAT. Tidak ada yang ditulis dan "
                              "tidak ada yang dilupakan. Sebut halaman yang isinya sudah diperbaiki.")
        signers = key_files.load_keys(places, secrets)
        folder = next((place for place in places if metadata.roots(place)), places[0])
        wish = Wish(forgotten, corrected, forget_all)
        terms = Terms(date, promise, origin, wish, correct_date, after)
        with held(out, "simpul release"):
            if request:
                _propose(site, out, folder, signers, terms, request)
            else:
                _tell(publish_release(site, out, folder, signers, terms, click.echo), out, wish)


def _tell(made: Manifest, out: Path, wish: Wish) -> None:
    click.echo(f"Rilis {made.release}: {made.files} berkas, salinan pertama {megabytes(made.pack_bytes)} MB "
               f"dalam {len(made.packs)} paket, {len(made.deltas)} selisih.")
    for delta in made.deltas[-1:]:
        click.echo(f"Pembaruan dari rilis {delta.release}: {delta.object.size} bita.")
    click.echo(f"Zip untuk hosting yang hanya punya menu berkas: {out / zips.FOLDER / zips.PAGE}.")
    if wish:
        click.echo(f"Di {out} tidak tersisa apa pun dari rilis lama. Samakan server pusat dengan folder itu, "
                   "termasuk yang dihapus. Cermin membuangnya pada sync berikutnya, USB pada export "
                   "berikutnya.")


def _propose(site: Path, out: Path, folder: Path, signers: Mapping[str, CryptoSigner], terms: Terms,
             request: Path) -> None:
    if terms.after:
        raise SiteProblem("--after dan --request tidak dapat dipakai bersama. Terbitkan rilis yang melompati "
                          "nomor dengan semua kunci hadir.")
    asked = propose_release(site, out, folder, signers, terms, click.echo)
    requests.write(request, asked)
    click.echo("\n".join(requests.described(asked)))
    click.echo(f"Belum terbit; menunggu di {requests.waiting(out)}. Bawa {request} ke pemegang kunci "
               f"targets: simpul keys sign {request.name}")


@click.command(short_help="Hapus paket lama dari folder rilis.")
@out_option
@click.option("--keep", type=click.IntRange(2), default=17,
              help="Jumlah rilis terakhir yang dipertahankan (bawaan: 17).")
def gc(out: Path, keep: int) -> None:
    """Hapus yang tidak diperlukan oleh rilis-rilis terakhir. Selisih dibuat dari rilis yang masih ada."""
    with told(), held(out, "simpul gc"):
        removed = collect(out, keep)
    click.echo(f"{len(removed)} berkas dihapus dari {out}.")


@click.command(short_help="Pulihkan folder rilis dari yang sudah terbit.")
@click.argument("sources", nargs=-1, required=True, metavar="SUMBER...")
@out_option
@keys_option
def recover(sources: tuple[str, ...], out: Path, places: tuple[Path, ...]) -> None:
    """Buat lagi folder rilis dari SUMBER: alamat /rilis/ di pusat atau di cermin, atau folder/USB hasil
    `export`. Isinya diperiksa tanda tangannya dengan root di folder kunci. Yang terbaru dipakai.
    """
    with told():
        if out.exists() and any(out.iterdir()):
            raise SiteProblem(f"{out} sudah berisi. Tidak ada yang ditulis. Ganti dulu nama folder itu, "
                              "lalu ulangi.")
        roots = {version: data for place in places if place.is_dir()
                 for version, data in metadata.roots(place).items()}
        if not roots:
            raise SiteProblem("tidak ada 1.root.json di tempat yang disebut. Ambil dari cadangan kunci, lalu "
                              "sebut foldernya dengan --keys.")
        try:
            state = make_again([source_of(name) for name in sources], out, roots,
                               lambda text: click.echo(text, err=True))
        except MirrorError as error:
            raise SiteProblem(f"{error} {out} tidak dibuat.") from error
    click.echo(f"{out} dipulihkan sampai rilis {state.release}, {state.date}. Bila ada cermin dengan rilis "
               f"yang lebih tinggi (lihat status.json-nya), hapus {out} dan ulangi dengan cermin itu sebagai "
               "sumber.")


@click.group(short_help="Klien cermin bagi daerah.")
def mirror() -> None:
    """Klien cermin: satu berkas Python yang menyalin dan memperbarui portal."""


@mirror.command("build-client", short_help="Buat simpul-mirror.pyz.")
@out_option
@click.option("--to", type=click.Path(dir_okay=False, path_type=Path), default=NAME, help="Berkas hasil.")
def build_client_command(out: Path, to: Path) -> None:
    """Buat klien yang mempercayai root terbaru di folder rilis atau folder kunci."""
    with told():
        metadata.newest_root(out)
    data = build_client(metadata.roots(out))
    to.write_bytes(data)
    click.echo(f"{to}: {len(data)} bita, SHA-256 {sha256(data)}")


COMMANDS: tuple[click.Command, ...] = (keys, release, gc, recover, mirror)
