"""What can be typed, and what is told to who typed something else."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NoReturn

from . import VERSION

Command = Callable[[argparse.Namespace], int]
TOLD = (
    (r"the following arguments are required: (.*)", r"belum disebut: \1"),
    (r"unrecognized arguments: (.*)", r"tidak dikenal: \1"),
    (r"argument (\S+): expected one argument", r"\1 belum diberi nilai"),
    (r"argument (\S+): invalid int value: (.*)", r"\1 perlu bilangan, bukan \2"),
    (r"argument PERINTAH: invalid choice: ('[^']*').*", r"perintah \1 tidak dikenal"),
    (r"argument (\S+): (.*)", r"\1: \2"),
)


class _Parser(argparse.ArgumentParser):
    """Speaks Indonesian."""

    def __init__(self, **named: object) -> None:
        super().__init__(**named, add_help=False)  # type: ignore[arg-type]
        self._positionals.title, self._optionals.title = "yang disebut", "pilihan"
        self.add_argument("-h", "--help", action="help", help="tampilkan bantuan ini")

    def error(self, message: str) -> NoReturn:
        for pattern, told in TOLD:
            if re.fullmatch(pattern, message):
                message = re.sub(pattern, told, message)
                break
        self.exit(2, f"{self.format_usage()}{message}. Lihat bantuan: {self.prog} --help\n")

    def format_usage(self) -> str:
        return super().format_usage().replace("usage:", "Pemakaian:", 1)

    def format_help(self) -> str:
        return super().format_help().replace("usage:", "Pemakaian:", 1)


def parse(arguments: list[str] | None, commands: Mapping[str, Command]) -> argparse.Namespace:
    """The options, with `run` the command to run and `words` as typed. Leaves the program when they make no
    sense.
    """
    parser = _parser(commands)
    if not (sys.argv[1:] if arguments is None else arguments):
        parser.exit(2, parser.format_help())
    words = sys.argv[1:] if arguments is None else arguments
    return parser.parse_args(words, argparse.Namespace(words=words))


def _parser(commands: Mapping[str, Command]) -> argparse.ArgumentParser:
    parser = _Parser(prog="simpul-mirror", description="Salinan portal Simpul: kecil dan bertanda tangan.")
    parser.add_argument("--version", action="version", version=VERSION, help="tampilkan versi")
    known = parser.add_subparsers(required=True, metavar="PERINTAH", title="perintah", parser_class=_Parser)

    def command(name: str, text: str) -> argparse.ArgumentParser:
        made = known.add_parser(name, help=text, description=text)
        made.set_defaults(run=commands[name])
        return made

    made = command("sync", "salin atau perbarui dari sumber pertama yang dapat dipercaya")
    _following(made)
    made.add_argument("--upload-order", type=Path, metavar="BERKAS",
                      help="tulis urutan unggah untuk hosting tanpa Python")
    made.add_argument("--renew", action="store_true",
                      help="jalankan program yang lebih baru, bila rilis yang terpasang membawanya")
    _adoptable(made)
    made.add_argument("--trust-anew", action="store_true",
                      help="ikuti kunci program ini sebagai ganti kunci lama; sidiknya ditanyakan")
    made.add_argument("--fingerprint", default="", metavar="SIDIK",
                      help="sidik kunci baru, bersama --trust-anew bila tidak ada yang mengetik")
    made = command("verify", "periksa semua berkas dan perbaiki yang rusak")
    _target(made)
    made.add_argument("--source", dest="sources", action="append", default=[], metavar="SUMBER",
                      help="sumber paket bila perlu")
    made.add_argument("--expect", dest="expected", action="append", default=[], metavar="NAMA",
                      help="berkas milik Anda di folder itu, atau folder (akhiri dengan /); boleh beberapa")
    _target(command("status", "tampilkan rilis, tanggal, dan umur salinan"))
    made = command("export", "jadikan salinan ini sumber bagi orang lain, di FOLDER/rilis")
    _target(made)
    made.add_argument("folder", type=Path, metavar="FOLDER", help="USB, atau folder salinan itu sendiri")
    made.add_argument("--with-site", action="store_true",
                      help="sertakan halaman agar dapat dibuka langsung dari USB")
    _adoptable(made)
    _target(command("uploaded", "catat bahwa daftar --upload-order sudah selesai diunggah"))
    made = command("check-zip", "periksa bahwa sebuah zip rilis memang bertanda tangan")
    made.add_argument("file", type=Path, metavar="BERKAS", help="zip yang diunduh")
    made.add_argument("sources", nargs="+", metavar="SUMBER",
                      help="alamat http(s) folder rilis, atau folder/USB")
    _target(command("remove", "hapus salinan: persis yang dipasang program ini, bukan yang lain"))
    made = command("serve", "sajikan salinan di jaringan kantor untuk mencoba")
    _target(made)
    made.add_argument("--host", default="127.0.0.1", metavar="ALAMAT",
                      help="0.0.0.0, atau :: bila dengan IPv6, agar terbuka bagi seluruh jaringan kantor")
    made.add_argument("--port", type=int, default=8000, metavar="NOMOR", help="bawaan: 8000")
    made = command("schedule", "tampilkan jadwal malam untuk ditempel (systemd, cron, Windows)")
    _following(made)
    made.add_argument("--write", type=Path, metavar="FOLDER", help="tulis sebagai berkas di folder ini")
    made = command("check-host", "periksa dari luar apakah server menyajikan salinan dengan baik")
    made.add_argument("url", metavar="ALAMAT", help="alamat portal di server Anda")
    return parser


def _target(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("target", type=Path, metavar="TUJUAN", help="folder salinan")


def _adoptable(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--adopt", action="store_true",
                        help="pakai folder yang sudah berisi berkas lain; yang tertimpa disalin dulu")


def _following(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("sources", nargs="+", metavar="SUMBER",
                        help="alamat http(s) folder rilis, atau folder/USB; boleh beberapa")
    _target(parser)
    parser.add_argument("--limit", type=_rate, default="0", metavar="LAJU",
                        help="batas laju, misalnya 20k (bita per detik)")
    parser.add_argument("--export", type=Path, metavar="FOLDER",
                        help="sesudahnya perbarui juga sumber bagi tetangga di FOLDER/rilis")


def _rate(text: str) -> float:
    number, unit = (text[:-1], text[-1].lower()) if text[-1:].isalpha() else (text, "")
    if unit not in ("", "k", "m") or not number.replace(".", "", 1).isdigit():
        raise argparse.ArgumentTypeError("tulis laju seperti 20k atau 1m (bita per detik)")
    return float(number) * {"": 1, "k": 1e3, "m": 1e6}[unit]
