"""The commands of the publisher. They read the clock and ask for passphrases; the work is done elsewhere."""

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from simpul.mirror import keys as key_files
from simpul.mirror import metadata
from simpul.mirror.bundle import NAME, build_client
from simpul.mirror.client.download import megabytes
from simpul.mirror.client.tree import sha256
from simpul.mirror.forget import CannotForget, Wish
from simpul.mirror.release import SiteProblem, Terms, collect, publish_release

FOLDER = click.Path(file_okay=False, path_type=Path)
PLACE = click.Path(exists=True, path_type=Path)
ENVIRONMENT = "SIMPUL_SANDI_KUNCI"

out_option = click.option("--out", type=FOLDER, default="release", help="Folder rilis (bawaan: release).")
keys_option = click.option("--keys", "places", type=PLACE, multiple=True, default=("kunci",),
                           help="Folder atau berkas kunci; boleh diulang (bawaan: kunci).")
passphrase_option = click.option("--passphrase", envvar=ENVIRONMENT, default="", show_envvar=True,
                                 help="Kata sandi kunci.")
date_option = click.option("--date", type=click.DateTime(["%Y-%m-%d"]), envvar="SIMPUL_TANGGAL",
                           help="Tanggal, TTTT-BB-HH (bawaan: hari ini menurut UTC).")


@click.group(short_help="Buat, ganti, dan perpanjang kunci penanda tangan.")
def keys() -> None:
    """Kunci penanda tangan rilis: root, targets, dan online.
    Panduannya ada di halaman Kunci penanda tangan."""


@keys.command(short_help="Buat kunci pertama dan root-nya.")
@click.option("--out", type=FOLDER, default="kunci", help="Folder kunci (bawaan: kunci).")
@click.option("--small-team", is_flag=True,
              help="Root 1 dari 2 dan targets 1 dari 1, untuk tim satu atau dua orang.")
@click.option("--passphrase", envvar=ENVIRONMENT, prompt="Kata sandi kunci (kosong: tanpa sandi)",
              hide_input=True, default="", confirmation_prompt="Ulangi kata sandi", show_default=False,
              help="Kata sandi untuk semua kunci.")
@date_option
def create(out: Path, small_team: bool, passphrase: str, date: datetime | None) -> None:
    """Buat kunci root (3, perlu 2), targets (2, perlu 2), dan online (1)."""
    team = key_files.SMALL if small_team else key_files.LARGE
    counts = {"root": team.root[0], "targets": team.targets[0], key_files.ONLINE: 1}
    with _told():
        made = {role: [key_files.create_key(out, f"{role}-{number + 1}", passphrase)
                       for number in range(count)] for role, count in counts.items()}
        first = metadata.first_root(team, made, _day(date))
        metadata.replace(out / "1.root.json",
                         metadata.sign_root(first, None, key_files.load_keys([out], passphrase)))
    click.echo(f"Kunci ada di {out}: {', '.join(f'{count} {role}' for role, count in counts.items())}.")
    click.echo("Sekarang pindahkan setiap kunci root ke tempat terpisah di luar jaringan; "
               f"jangan pernah ke Git. {out / '1.root.json'} tidak rahasia.")


@keys.command(short_help="Ganti kunci sebuah peran.")
@click.argument("role", type=click.Choice(["root", "targets", key_files.ONLINE]), metavar="PERAN")
@click.option("--old", multiple=True, type=PLACE,
              help="Berkas kunci yang dicabut (bawaan: semua kunci peran itu).")
@click.option("--new", type=FOLDER, default="kunci", help="Folder untuk kunci baru (bawaan: kunci).")
@out_option
@keys_option
@passphrase_option
@date_option
def rotate(role: str, old: tuple[Path, ...], new: Path, out: Path, places: tuple[Path, ...], passphrase: str,
           date: datetime | None) -> None:
    """Ganti kunci PERAN (root, targets, atau online) dengan kunci baru, lalu tandatangani ulang rilis
    terakhir.

    Kunci root yang lama harus hadir sebanyak yang diperlukan.
    """
    with _told():
        before = metadata.newest_root(out)
        gone = set(key_files.load_keys(old, passphrase)) if old else set(before.roles[_tuf(role)].keyids)
        with key_files.new_keys(new, role, len(gone), passphrase) as made:
            signers = key_files.load_keys([*places, new], passphrase)
            data = metadata.replace_keys(out, role, made, sorted(gone), signers, _day(date))
        metadata.replace(out / "metadata" / f"{before.version + 1}.root.json", data)
        metadata.renew(out, signers, _day(date))
    click.echo(f"Root versi {before.version + 1} terbit. {len(made)} kunci {role} baru ada di {new}; "
               "hapus kunci yang dicabut.")


@keys.command(short_help="Perpanjang masa berlaku tanpa rilis baru.")
@out_option
@keys_option
@passphrase_option
@date_option
def renew(out: Path, places: tuple[Path, ...], passphrase: str, date: datetime | None) -> None:
    """Perpanjang timestamp (90 hari), dan peran lain yang masa berlakunya tinggal sepertiga."""
    with _told():
        done = metadata.renew(out, key_files.load_keys(places, passphrase), _day(date))
        ends = metadata.newest_root(out).expires.date()
    click.echo(f"Diperpanjang: {', '.join(done)}. Root berlaku sampai {ends}; "
               "perpanjang dengan `simpul keys rotate root`.")


@click.command(short_help="Terbitkan situs sebagai rilis bertanda tangan.")
@click.option("--site", type=click.Path(exists=True, file_okay=False, path_type=Path), default="site",
              help="Folder situs.")
@out_option
@keys_option
@passphrase_option
@date_option
@click.option("--promise", type=click.IntRange(1, 365), default=30,
              help="Umur dalam hari sejak salinan disebut tertinggal.")
@click.option("--origin", default="", help="Alamat portal pusat, ditampilkan pada salinan.")
@click.option("--forget", "forgotten", multiple=True, metavar="ALAMAT",
              help="Halaman, berkas, atau folder situs yang sudah dicabut: isinya dibuang dari semua yang "
                   "pernah diterbitkan. Boleh diulang.")
@click.option("--corrected", is_flag=True,
              help="Bersama --forget: halamannya tetap ada, yang dibuang hanya isinya sebelum diperbaiki.")
@click.option("--forget-all", is_flag=True,
              help="Buang semua yang tidak ada lagi di situs, tanpa menyebutnya.")
def release(site: Path, out: Path, places: tuple[Path, ...], passphrase: str, date: datetime | None,
            promise: int, origin: str, forgotten: tuple[str, ...], corrected: bool, forget_all: bool) -> None:
    """Terbitkan isi folder situs sebagai rilis berikutnya di folder rilis:
    berkas biasa untuk hosting statis apa pun."""
    with _told():
        if not (site / "index.html").is_file():
            raise SiteProblem(f"{site} tidak berisi index.html, jadi bukan situs. "
                              "Jalankan `simpul build` dulu, atau periksa --site.")
        signers = key_files.load_keys(places, passphrase)
        folder = next((place for place in places if metadata.roots(place)), places[0])
        wish = Wish(forgotten, corrected, forget_all)
        terms = Terms(_day(date), promise, origin, wish)
        made = publish_release(site, out, folder, signers, terms, click.echo)
    click.echo(f"Rilis {made.release}: {made.files} berkas, salinan pertama {megabytes(made.pack_bytes)} MB "
               f"dalam {len(made.packs)} paket, {len(made.deltas)} selisih.")
    for delta in made.deltas[-1:]:
        click.echo(f"Pembaruan dari rilis {delta.release}: {delta.object.size} bita.")
    if wish:
        click.echo(f"Di {out} tidak tersisa apa pun dari rilis lama. Samakan server pusat dengan folder itu, "
                   "termasuk yang dihapus. Cermin membuangnya pada sync berikutnya, USB pada export "
                   "berikutnya.")


@click.command(short_help="Hapus paket lama dari folder rilis.")
@out_option
@click.option("--keep", type=click.IntRange(2), default=17,
              help="Jumlah rilis terakhir yang dipertahankan (bawaan: 17).")
def gc(out: Path, keep: int) -> None:
    """Hapus yang tidak diperlukan oleh rilis-rilis terakhir. Selisih dibuat dari rilis yang masih ada."""
    with _told():
        removed = collect(out, keep)
    click.echo(f"{len(removed)} berkas dihapus dari {out}.")


@click.group(short_help="Klien cermin bagi daerah.")
def mirror() -> None:
    """Klien cermin: satu berkas Python yang menyalin dan memperbarui portal."""


@mirror.command("build-client", short_help="Buat simpul-mirror.pyz.")
@out_option
@click.option("--to", type=click.Path(dir_okay=False, path_type=Path), default=NAME, help="Berkas hasil.")
def build_client_command(out: Path, to: Path) -> None:
    """Buat klien yang mempercayai root terbaru di folder rilis atau folder kunci."""
    with _told():
        metadata.newest_root(out)
    data = build_client(metadata.roots(out))
    to.write_bytes(data)
    click.echo(f"{to}: {len(data)} bita, SHA-256 {sha256(data)}")


class _told:  # noqa: N801  # reads as a sentence where it is used
    """Turns a known problem into one line and exit code 1."""

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if isinstance(error, (key_files.KeyProblem, SiteProblem, CannotForget)):
            click.echo(f"galat: {error}", err=True)
            sys.exit(1)


def _tuf(role: str) -> str:
    return "timestamp" if role == key_files.ONLINE else role


def _day(date: datetime | None) -> str:
    return (date or datetime.now(UTC)).date().isoformat()


COMMANDS: tuple[click.Command, ...] = (keys, release, gc, mirror)
