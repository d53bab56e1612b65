"""The commands for the signing keys: made, replaced, renewed."""

from contextlib import ExitStack
from pathlib import Path
from typing import Any

import click
from securesystemslib.signer import Key  # type: ignore[attr-defined]  # no list of exports

from simpul.mirror import keys as key_files
from simpul.mirror import metadata, requests
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
from simpul.mirror.sign_commands import COMMANDS, ROLE, new_passphrase


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
@click.argument("role", type=ROLE, metavar="PERAN")
@click.option("--old", multiple=True, type=PLACE,
              help="Berkas kunci yang dicabut, .pem atau .pub (bawaan: semua kunci peran itu).")
@click.option("--new", type=FOLDER, default="kunci", help="Folder untuk kunci baru (bawaan: kunci).")
@click.option("--add", multiple=True, type=TEXT,
              help="Kunci publik (.pub) sebagai ganti kunci baru; boleh diulang.")
@click.option("--same-keys", is_flag=True, help="Jangan ganti kunci: hanya perpanjang masa berlaku root.")
@click.option("--request", type=click.Path(dir_okay=False, path_type=Path),
              help="Tulis permintaan tanda tangan ke berkas ini; kunci root tidak perlu hadir.")
@out_option
@keys_option
@secrets_option
@date_option
def rotate(role: str, old: tuple[Path, ...], new: Path, add: tuple[Path, ...], same_keys: bool,
           request: Path | None, out: Path, places: tuple[Path, ...], secrets: Secrets, date: str) -> None:
    """Ganti kunci PERAN (root, targets, atau online) dengan kunci baru, lalu tandatangani ulang rilis
    terakhir.

    Kunci root yang lama harus hadir sebanyak yang diperlukan, atau diminta dengan --request.
    """
    with told(), held(out, "simpul keys rotate"), ExitStack() as stack:
        before = metadata.newest_root(out)
        current = set(before.roles[_tuf(role)].keyids)
        gone = set() if same_keys else _named(old, secrets) if old else current
        made = [key_files.read_public(path) for path in add]
        if not made and gone:
            made = stack.enter_context(key_files.new_keys(new, role, len(gone), new_passphrase(secrets)))
        if len(made) < len(gone):
            raise key_files.KeyProblem(f"{len(gone)} kunci {role} dicabut, tetapi hanya {len(made)} yang "
                                       "ditambah. Sebut kunci publik lain dengan --add.")
        signers = key_files.load_keys([*places, new] if new.is_dir() else places, secrets)
        if request:
            asked = _root_request(out, role, made, gone, date)
            requests.sign(asked, signers)
            requests.write(request, asked)
            lines = list(requests.described(asked))
        else:
            data = metadata.replace_keys(out, role, made, sorted(gone), signers, date)
            metadata.replace(out / "metadata" / f"{before.version + 1}.root.json", data)
            metadata.renew(out, signers, date)
    if request:
        click.echo("\n".join([*lines, f"Belum terbit. Bawa {request} ke pemegang kunci: simpul keys sign "
                              f"{request.name}"]))
    elif same_keys:
        click.echo(f"Root versi {before.version + 1} terbit dengan kunci yang sama.")
    else:
        where = "" if add else f" ada di {new}"
        click.echo(f"Root versi {before.version + 1} terbit. {len(made)} kunci {role} baru{where}; "
                   "hapus kunci yang dicabut.")


def _named(paths: tuple[Path, ...], secrets: Secrets) -> set[str]:
    public = {key_files.read_public(path).keyid for path in paths if path.suffix == ".pub"}
    private = [path for path in paths if path.suffix != ".pub"]
    return public | set(key_files.load_keys(private, secrets) if private else ())


def _root_request(out: Path, role: str, made: list[Key], gone: set[str], date: str) -> requests.Request:
    """The next root and, where it gives targets new keys, the last release to be signed by them."""
    documents: dict[str, Any] = {"root": metadata.next_root(out, role, made, sorted(gone), date)}
    if role == "targets" and (made or gone):
        documents["targets"] = metadata.next_targets(out, date)
    return requests.Request(metadata.current_root(out), documents)


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


for command in COMMANDS:
    keys.add_command(command)


def _tuf(role: str) -> str:
    return "timestamp" if role == key_files.ONLINE else role
