"""The commands for the signing keys: made, replaced, renewed."""

from contextlib import ExitStack
from pathlib import Path

import click

from simpul.mirror import keys as key_files
from simpul.mirror import metadata
from simpul.mirror.client.anew import fingerprint as chain_fingerprint
from simpul.mirror.keys import Secrets
from simpul.mirror.lock import held
from simpul.mirror.options import (
    ENVIRONMENT,
    FOLDER,
    PLACE,
    TEXT,
    ask_new,
    at_terminal,
    date_option,
    first_line,
    keys_option,
    out_option,
    secrets_option,
    told,
)


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
def create(out: Path, small_team: bool, passphrase: str, date: str) -> None:
    """Buat kunci root (3, perlu 2), targets (2, perlu 2), dan online (1)."""
    team = key_files.SMALL if small_team else key_files.LARGE
    counts = {"root": team.root[0], "targets": team.targets[0], key_files.ONLINE: 1}
    with told(), held(out, "simpul keys create"):
        made = {role: [key_files.create_key(out, f"{role}-{number + 1}", passphrase)
                       for number in range(count)] for role, count in counts.items()}
        first = metadata.first_root(team, made, date)
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
@secrets_option
@date_option
def rotate(role: str, old: tuple[Path, ...], new: Path, out: Path, places: tuple[Path, ...], secrets: Secrets,
           date: str) -> None:
    """Ganti kunci PERAN (root, targets, atau online) dengan kunci baru, lalu tandatangani ulang rilis
    terakhir.

    Kunci root yang lama harus hadir sebanyak yang diperlukan.
    """
    with told(), held(out, "simpul keys rotate"):
        before = metadata.newest_root(out)
        gone = set(key_files.load_keys(old, secrets)) if old else set(before.roles[_tuf(role)].keyids)
        with key_files.new_keys(new, role, len(gone), _for_new(secrets)) as made:
            signers = key_files.load_keys([*places, new], secrets)
            data = metadata.replace_keys(out, role, made, sorted(gone), signers, date)
        metadata.replace(out / "metadata" / f"{before.version + 1}.root.json", data)
        metadata.renew(out, signers, date)
    click.echo(f"Root versi {before.version + 1} terbit. {len(made)} kunci {role} baru ada di {new}; "
               "hapus kunci yang dicabut.")


@keys.command(short_help="Perpanjang masa berlaku tanpa rilis baru.")
@out_option
@keys_option
@secrets_option
@date_option
def renew(out: Path, places: tuple[Path, ...], secrets: Secrets, date: str) -> None:
    """Perpanjang timestamp (90 hari), dan peran lain yang masa berlakunya tinggal sepertiga."""
    with told(), held(out, "simpul keys renew"):
        done = metadata.renew(out, key_files.load_keys(places, secrets), date)
        ends = metadata.newest_root(out).expires.date()
    click.echo(f"Diperpanjang: {', '.join(done)}. Root berlaku sampai {ends}; "
               "perpanjang dengan `simpul keys rotate root`.")


@keys.command(short_help="Ganti kata sandi kunci.")
@click.argument("places", type=PLACE, nargs=-1, required=True, metavar="KUNCI...")
@secrets_option
@click.option("--new-passphrase-file", type=TEXT,
              help="Berkas yang baris pertamanya kata sandi baru (bawaan: ditanyakan dua kali).")
def passphrase(places: tuple[Path, ...], secrets: Secrets, new_passphrase_file: Path | None) -> None:
    """Ganti kata sandi KUNCI: berkas kunci, atau folder beserta semua kunci di dalamnya.

    Semua kunci dibuka dulu; bila satu saja tidak terbuka, tidak ada yang diubah.
    """
    def new() -> str:
        if new_passphrase_file:
            return first_line(new_passphrase_file)
        if not at_terminal():
            raise key_files.KeyProblem("kata sandi baru belum disebut. Jalankan di terminal agar ditanyakan, "
                                       "atau sebut --new-passphrase-file.")
        return ask_new()

    with told(), ExitStack() as locks:
        for folder in sorted({place if place.is_dir() else place.parent for place in places}):
            locks.enter_context(held(folder, "simpul keys passphrase"))
        done = key_files.change_passphrase(key_files.key_paths(places), secrets, new)
    click.echo(f"Kata sandi {len(done)} kunci diganti. Salinan lama berkas kunci tetap memakai kata sandi "
               "lama.")


@keys.command(short_help="Tampilkan sidik kunci untuk dibacakan lewat telepon.")
@out_option
def fingerprint(out: Path) -> None:
    """Sidik root pertama: yang ditampilkan cermin saat diminta mempercayai kunci baru (--trust-anew)."""
    with told():
        metadata.newest_root(out)
    click.echo(chain_fingerprint(metadata.roots(out)))


def _for_new(secrets: Secrets) -> str:
    """The passphrase of keys that are being made: the one that is given, else asked for."""
    if not secrets.known and at_terminal():
        secrets.known.append(ask_new())
    return secrets.known[0] if secrets.known else ""


def _tuf(role: str) -> str:
    return "timestamp" if role == key_files.ONLINE else role
