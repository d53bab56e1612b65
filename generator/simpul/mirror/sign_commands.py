"""The commands by which officers sign at their own desks: what is asked for goes round as a file."""

from pathlib import Path

import click

from simpul.mirror import keys as key_files
from simpul.mirror import metadata, requests
from simpul.mirror.keys import Secrets
from simpul.mirror.lock import held
from simpul.mirror.options import (
    FOLDER,
    TEXT,
    ask_new,
    at_terminal,
    date_option,
    keys_option,
    out_option,
    secrets_option,
    told,
)

ROLE = click.Choice(["root", "targets", key_files.ONLINE])


@click.command(short_help="Buat satu kunci baru di komputer pemegangnya.")
@click.argument("role", type=ROLE, metavar="PERAN")
@click.option("--out", type=FOLDER, default="kunci", help="Folder kunci, misalnya di USB (bawaan: kunci).")
@secrets_option
def new(role: str, out: Path, secrets: Secrets) -> None:
    """Buat kunci untuk PERAN, dan berkas .pub yang boleh dikirim ke komputer penerbit."""
    with told(), held(out, "simpul keys new"):
        name = f"{role}-{key_files.number_of_next(out, role)}"
        key = key_files.create_key(out, name, new_passphrase(secrets))
        public = key_files.write_public(out, name, key)
    click.echo(f"Kunci {out / name}.pem dibuat; simpan sendiri. Kirim {public} ke komputer penerbit; berkas "
               f"itu tidak rahasia. Nama kuncinya {key.keyid[:8]}.")


def new_passphrase(secrets: Secrets) -> str:
    """The passphrase of keys that are being made: the one that is given, else asked for."""
    if not secrets.known and at_terminal():
        secrets.known.append(ask_new())
    return secrets.known[0] if secrets.known else ""


@click.command(short_help="Tanda tangani permintaan dari komputer penerbit.")
@click.argument("file", type=TEXT, metavar="BERKAS")
@keys_option
@secrets_option
@click.option("--yes", is_flag=True, help="Jangan bertanya; isinya tetap ditampilkan.")
def sign(file: Path, places: tuple[Path, ...], secrets: Secrets, yes: bool) -> None:
    """Tampilkan apa yang diminta dalam BERKAS, tanyakan, lalu bubuhkan tanda tangan di berkas itu juga."""
    with told():
        request = requests.read(file)
        for line in requests.described(request):
            click.echo(printable(line))
        if not yes and not at_terminal():
            raise key_files.KeyProblem("tidak ada orang di terminal yang dapat menyetujui. Tidak ada yang "
                                       "ditandatangani. Jalankan di terminal, atau tambahkan --yes.")
        if not yes and _asked("Ketik ya untuk menandatangani") != "ya":
            click.echo("Dibatalkan. Tidak ada yang ditandatangani.")
            raise SystemExit(1)
        done = requests.sign(request, key_files.load_keys(places, secrets))
        if not done:
            raise key_files.KeyProblem("tidak satu pun kunci di tempat yang disebut diminta menandatangani "
                                       "ini. Tidak ada yang ditandatangani. Periksa --keys.")
        requests.write(file, request)
    click.echo(f"Ditandatangani: {'; '.join(done)}.")
    lacking = requests.missing(request)
    click.echo(f"Belum cukup: {'; '.join(lacking)}. Teruskan {file} ke pemegang kunci lain." if lacking else
               f"Cukup. Bawa {file} ke komputer penerbit: simpul keys merge {file}")


def _asked(question: str) -> str:
    return str(click.prompt(question, default="", show_default=False)).strip().lower()


def printable(line: str) -> str:
    """Without letters that could move what is shown elsewhere."""
    return "".join(letter if letter.isprintable() else "?" for letter in line)


@click.command("merge", short_help="Terbitkan yang sudah ditandatangani.")
@click.argument("files", type=TEXT, nargs=-1, required=True, metavar="BERKAS...")
@out_option
@keys_option
@secrets_option
@date_option
def merge(files: tuple[Path, ...], out: Path, places: tuple[Path, ...], secrets: Secrets, date: str) -> None:
    """Gabungkan tanda tangan dari BERKAS, salinan dari satu permintaan, lalu terbitkan. Kunci online harus
    hadir; kunci root dan targets tidak perlu ada di komputer ini.
    """
    with told(), held(out, "simpul keys merge"):
        request = requests.merge(map(requests.read, files))
        finish = requests.finish_release if request.manifest else requests.finish_root
        finish(out, request, key_files.load_keys(places, secrets), date)
        ends = metadata.newest_root(out).expires.date()
    click.echo(f"{' '.join(requests.described(request)).partition('. ')[0]}. Terbit di {out}. Root berlaku "
               f"sampai {ends}.")


COMMANDS: tuple[click.Command, ...] = (new, sign, merge)
