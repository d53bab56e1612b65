"""The command line of the client. It reads the clock and the terminal; everything else is told to it."""

from __future__ import annotations

import argparse
import json
import pkgutil
import sys
import time
from calendar import timegm
from collections.abc import Sequence
from email.utils import parsedate
from pathlib import Path

from . import VERSION
from .disk import Folder, told
from .download import Pace, megabytes
from .errors import MirrorError
from .export import export
from .http import HttpSource
from .schedule import schedule
from .serve import server
from .sources import FolderSource, Source
from .state import read_journal, read_seen, read_state
from .sync import sync
from .upload import upload_order, uploaded
from .verify import verify

DAY = 86400
SHOWN = 20


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; returns 0, or the code of what went wrong (1 network, 3 trust, 4 disk, 5 busy)."""
    options = _parser().parse_args(arguments)
    try:
        code: int = options.run(options)
    except MirrorError as error:
        _tell(f"GAGAL: {error}")
        return error.code
    except KeyboardInterrupt:
        _tell("Dihentikan. Jalankan lagi untuk melanjutkan.")
        return 130
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="simpul-mirror", description="Salinan portal Simpul: kecil dan bertanda tangan.")
    parser.add_argument("--version", action="version", version=VERSION, help="tampilkan versi")
    commands = parser.add_subparsers(required=True, metavar="PERINTAH")

    def command(name: str, text: str, run: object) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=text, description=text)
        made.set_defaults(run=run)
        return made

    made = command("sync", "salin atau perbarui dari sumber pertama yang dapat dipercaya", _sync)
    made.add_argument("sources", nargs="+", metavar="SUMBER", help="alamat http(s) folder rilis, atau folder/USB; boleh beberapa")
    made.add_argument("target", type=Path, metavar="TUJUAN", help="folder salinan")
    made.add_argument("--limit", type=_rate, default=0.0, metavar="LAJU", help="batas laju, misalnya 20k (bita per detik)")
    made.add_argument("--upload-order", type=Path, metavar="BERKAS", help="tulis urutan unggah untuk hosting tanpa Python")
    made = command("verify", "periksa semua berkas dan perbaiki yang rusak", _verify)
    made.add_argument("target", type=Path, metavar="TUJUAN")
    made.add_argument("--source", dest="sources", action="append", default=[], metavar="SUMBER", help="sumber paket bila perlu")
    made = command("status", "tampilkan rilis, tanggal, dan umur salinan", _status)
    made.add_argument("target", type=Path, metavar="TUJUAN")
    made = command("export", "jadikan salinan ini sumber bagi orang lain, di FOLDER/rilis", _export)
    made.add_argument("target", type=Path, metavar="TUJUAN")
    made.add_argument("folder", type=Path, metavar="FOLDER", help="USB, atau folder salinan itu sendiri")
    made.add_argument("--with-site", action="store_true", help="sertakan halaman agar dapat dibuka langsung dari USB")
    made = command("uploaded", "catat bahwa daftar --upload-order sudah selesai diunggah", _uploaded)
    made.add_argument("target", type=Path, metavar="TUJUAN")
    made = command("serve", "sajikan salinan di jaringan kantor untuk mencoba", _serve)
    made.add_argument("target", type=Path, metavar="TUJUAN")
    made.add_argument("--host", default="127.0.0.1", metavar="ALAMAT", help="0.0.0.0 agar terbuka bagi seluruh jaringan kantor")
    made.add_argument("--port", type=int, default=8000)
    made = command("schedule", "tampilkan jadwal malam untuk ditempel (systemd, cron, Windows)", _schedule)
    made.add_argument("sources", nargs="+", metavar="SUMBER")
    made.add_argument("target", type=Path, metavar="TUJUAN")
    return parser


def _sync(options: argparse.Namespace) -> int:
    sources, now = _sources(options.sources), time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    disk = Folder(options.target)
    try:
        done = sync(sources, disk, _roots(), now, Pace(_tell, options.limit))
    except MirrorError:
        for source in sources:
            _compare_clocks(now, source)
        raise
    finally:
        _doubt_clock(now, read_seen(disk).date)
    cost = f"{done.fetched} bita dalam {done.requests} permintaan" if done.fetched < 1e6 else f"{megabytes(done.fetched)} MB"
    if done.before == done.after:
        print(f"Sudah terbaru: rilis {done.after}. {cost}.")
    else:
        print(f"Terpasang: rilis {done.after}" + (f" (sebelumnya {done.before})" if done.before else "") + f". {cost}.")
    if options.upload_order:
        options.upload_order.write_text(upload_order(disk), encoding="utf-8")
        print(f"Urutan unggah ada di {options.upload_order}. Setelah selesai: simpul-mirror uploaded {options.target}")
    return 0


def _verify(options: argparse.Namespace) -> int:
    report = verify(Folder(options.target), _sources(options.sources), Pace(_tell))
    mended = len(report.damaged) - len(report.left)
    print(f"{report.files} berkas diperiksa, {len(report.damaged)} rusak atau hilang, {mended} diperbaiki.")
    if report.foreign:
        print(f"{len(report.foreign)} berkas bukan bagian rilis dan dibiarkan, misalnya {report.foreign[0]}.")
    for path in report.left[:SHOWN]:
        print(f"belum pulih: {path}")
    if report.left:
        print("Ulangi dengan --source SUMBER agar paketnya dapat diambil.")
    return 4 if report.left else 0


def _status(options: argparse.Namespace) -> int:
    disk = Folder(options.target)
    state, journal = read_state(disk), read_journal(disk)
    if not state.release:
        print("Belum ada rilis yang selesai terpasang di folder ini.")
    else:
        age = int((time.time() - timegm(time.strptime(state.date, "%Y-%m-%d"))) // DAY)
        late = f" Lebih lama dari yang dijanjikan ({state.promise} hari): jalankan sync." if age > state.promise else ""
        print(f"Rilis {state.release}, {state.date}, {state.files} berkas, {megabytes(state.size)} MB. Umur {age} hari.{late}")
    if journal:
        print(f"Pemasangan rilis {journal.goal.release} terputus; sync berikutnya menyelesaikannya.")
    return 0 if state.release else 1


def _export(options: argparse.Namespace) -> int:
    program = Path(sys.argv[0])
    data = program.read_bytes() if program.suffix == ".pyz" and program.is_file() else b""
    written = export(Folder(options.target), Folder(options.folder), _roots(), data, options.with_site)
    print(f"{megabytes(written)} MB ditulis ke {options.folder}. Pakai sebagai sumber: sync {options.folder} TUJUAN")
    return 0


def _uploaded(options: argparse.Namespace) -> int:
    with told():
        uploaded(Folder(options.target))
    print("Dicatat. Daftar unggah berikutnya hanya berisi perubahan sejak ini.")
    return 0


def _serve(options: argparse.Namespace) -> int:
    with server(options.target, options.host, options.port) as running:
        print(f"http://{options.host}:{running.server_address[1]}/ (hentikan dengan Ctrl-C)", flush=True)
        running.serve_forever()
    return 0


def _schedule(options: argparse.Namespace) -> int:
    sources = [name if "://" in name else str(Path(name).resolve()) for name in options.sources]
    print(schedule(Path(sys.argv[0]).resolve(), sys.executable, sources, options.target.resolve()), end="")
    return 0


def _sources(names: Sequence[str]) -> list[Source]:
    return [HttpSource(name) if name.startswith(("http://", "https://")) else FolderSource(name) for name in names]


def _roots() -> dict[int, bytes]:
    data = pkgutil.get_data(__package__, "roots.json")
    assert data, "only the packed program carries its roots"
    return {int(version): text.encode() for version, text in json.loads(data).items()}


def _doubt_clock(now: str, known: str) -> None:
    if known and now[:10] < known:
        _tell(f"Jam komputer ini menunjukkan {now[:10]}, padahal rilis bertanggal {known} sudah ada. Sinkronisasi tetap berjalan "
              "dengan tanggal rilis itu; betulkan jamnya.")


def _compare_clocks(now: str, source: Source) -> None:
    said = parsedate(getattr(source, "date", ""))
    if said and abs(timegm(said) - timegm(time.strptime(now, "%Y-%m-%dT%H:%M:%SZ"))) > 2 * DAY:
        _tell(f"Jam komputer ini menunjukkan {now[:10]}, jam {source.name} menunjukkan {time.strftime('%Y-%m-%d', said)}. "
              "Salah satunya keliru; periksa jam komputer ini lebih dulu.")


def _rate(text: str) -> float:
    number, unit = (text[:-1], text[-1].lower()) if text[-1:].isalpha() else (text, "")
    if unit not in ("", "k", "m") or not number.replace(".", "", 1).isdigit():
        raise argparse.ArgumentTypeError("tulis laju seperti 20k atau 1m (bita per detik)")
    return float(number) * {"": 1, "k": 1e3, "m": 1e6}[unit]


def _tell(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
