"""The command line of the client. It reads the clock and the terminal; everything else is told to it."""

from __future__ import annotations

import argparse
import contextlib
import json
import pkgutil
import sys
import time
from calendar import timegm
from collections.abc import Sequence
from pathlib import Path

from . import VERSION, clock
from .anew import explained, not_asked, trust_anew
from .arguments import parse
from .check_host import check_host
from .disk import Folder, explain, told
from .download import Pace, megabytes
from .errors import MirrorError, Untrusted
from .export import export, outdated, same_release
from .guard import KEPT, is_ours, kept, shown
from .http import HttpSource
from .remove import remove
from .renew import INSTALLED, Program, fetch_program, keep_program, newer_program, run_program
from .schedule import print_schedule
from .serve import server
from .sources import FolderSource, Source
from .state import State, read_journal, read_state
from .sync import sync
from .upload import uploaded, write_upload_order
from .verify import verify
from .zips import check_zip

SHOWN = 20
BUSY, STOPPED = 5, 130  # the exit codes after which another try makes no sense


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; returns 0, or the code of what went wrong: 1 network, 3 trust, 4 disk, 5 busy, 6 a
    source that is being changed, 7 one that lags, 8 another in its place.
    """
    options = parse(None if arguments is None else list(arguments), COMMANDS)
    try:
        code: int = options.run(options)
    except (MirrorError, OSError) as error:
        known = error if isinstance(error, MirrorError) else explain(error)
        _tell(f"GAGAL: {known}")
        return known.code
    except KeyboardInterrupt:
        _tell("Dihentikan. Jalankan lagi untuk melanjutkan.")
        return 130
    return code


def _sync(options: argparse.Namespace) -> int:
    if options.renew and (program := _newer(options.target)):
        code = run_program(program, [word for word in options.words if word != "--renew"])
        if code in (0, BUSY, STOPPED):
            return code
        why = "tidak dapat dijalankan sampai selesai" if code is None else f"berakhir dengan kode {code}"
        _tell(f"Program versi {program.version} dari rilis {why}. Sekarang dicoba dengan program yang "
              f"dijadwalkan, versi {VERSION}.")
    return _sync_here(options)


def _sync_here(options: argparse.Namespace) -> int:
    sources, now = _sources(options.sources), _now()
    disk = Folder(options.target)
    if options.trust_anew and not _trust_anew(disk, options.fingerprint):
        return 1
    try:
        done = sync(sources, disk, _roots(), now, _pace(options.limit), options.adopt)
    except MirrorError as error:
        _tell_clock(clock.certificate(error, now, sources, read_state(disk).date),
                    *(clock.compare(now, source) for source in sources))
        if error.code == Untrusted.code and _reached_by_newer(options, sources):
            return 0
        raise
    finally:
        with contextlib.suppress(OSError):
            _tell_clock(clock.doubt(now, read_state(disk).date))
    cost = f"{done.fetched} bita dalam {done.requests} permintaan" if done.fetched < 1e6 else \
        f"{megabytes(done.fetched)} MB"
    if done.before == done.after:
        print(f"Sudah terbaru: rilis {done.after}. {cost}.")
    else:
        print(f"Terpasang: rilis {done.after}" + (f" (sebelumnya {done.before})" if done.before else "")
              + f". {cost}.")
    _tell_kept(disk)
    with told():
        keep_program(disk)
    _tell_newer(options)
    if outdated(disk):
        _share(disk, options.target, False, options.adopt)
    if options.export and not same_release(disk, Folder(options.export)):
        _share(disk, options.export, False, options.adopt)
    if options.upload_order:
        write_upload_order(disk, options.upload_order)
        print(f"Urutan unggah ada di {options.upload_order}. Setelah selesai: "
              f"simpul-mirror uploaded {options.target}")
    return 4 if done.report.left else 0


def _now() -> str:
    return time.strftime(clock.FORM, time.gmtime())


def _reached_by_newer(options: argparse.Namespace, sources: Sequence[Source]) -> bool:
    """What this program cannot read, the one that is signed with it may."""
    with contextlib.suppress(MirrorError, OSError):
        if not fetch_program(Folder(options.target), sources, _pace(options.limit)):
            return False
        if not (program := _newer(options.target)):
            return False
        if options.renew:
            _tell(f"Dicoba dengan program versi {program.version}, yang ditandatangani bersama rilis itu.")
            return run_program(program, [word for word in options.words if word != "--renew"]) == 0
        _tell("Bersama rilis itu ditandatangani simpul-mirror yang lebih baru. Ulangi dengan --renew agar "
              "dipakai.")
    return False


def _tell_clock(*texts: str) -> None:
    for text in filter(None, texts):
        _tell(text)


def _newer(target: Path) -> Program | None:
    with told():
        return newer_program(Folder(target), _roots(), _own())


def _own() -> bytes:
    """The bytes of the program that runs, if it is packed."""
    program = Path(sys.argv[0])
    return program.read_bytes() if program.suffix == ".pyz" and program.is_file() else b""


def _tell_newer(options: argparse.Namespace) -> None:
    """Who runs by hand is told; a schedule takes it by itself."""
    if options.renew or not _own() or not (program := _newer(options.target)):
        return
    copy = "copy" if sys.platform == "win32" else "cp"
    versions = "" if program.version == VERSION else \
        f" (versi {program.version}; yang berjalan versi {VERSION})"
    _tell(f"Rilis ini membawa simpul-mirror yang lebih baru{versions}, dan tanda tangannya sah. Jadwal dari "
          "`schedule` memakainya sendiri. Untuk memakainya juga dengan tangan: "
          f'{copy} "{options.target / INSTALLED}" "{sys.argv[0]}"')


def _trust_anew(disk: Folder, typed: str) -> bool:
    """Whether the sync may go on: the keys of this program are followed, or were already."""
    roots = _roots()
    if told_first := explained(disk, roots):
        print(told_first, flush=True)
        if not typed and not sys.stdin.isatty():
            raise not_asked()
        typed = typed or input("Ketik sidik yang dibacakan (kosong: batal): ")
        if not typed.strip():
            print("Dibatalkan. Tidak ada yang diubah.")
            return False
        trust_anew(disk, roots, typed)
    return True


def _tell_kept(disk: Folder) -> None:
    if found := kept(disk):
        _tell(f"{len(found)} berkas yang bukan dari rilis disimpan di {KEPT}, misalnya {found[0]}. "
              "Periksa, lalu hapus bila tidak diperlukan.")


def _verify(options: argparse.Namespace) -> int:
    report = verify(_existing(options.target), _sources(options.sources), _now(), _pace(), options.expected)
    mended = len(report.damaged) - len(report.left)
    print(f"{report.files} berkas diperiksa, {len(report.damaged)} rusak atau hilang, {mended} diperbaiki.")
    for path in report.foreign:
        print(f"bukan bagian rilis, dibiarkan: {shown(path)}")
    _tell_kept(Folder(options.target))
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
        print(f"Rilis {state.release}, {state.date}, {state.files} berkas, {megabytes(state.size)} MB. "
              f"{_age(state)}")
    if journal:
        print(f"Pemasangan rilis {journal.goal.release} terputus; sync berikutnya menyelesaikannya.")
    return 0 if state.release else 1


def _age(state: State) -> str:
    age = int((time.time() - timegm(time.strptime(state.date, clock.DAY_FORM))) // clock.DAY)
    if age < 0:
        return ("Umurnya tidak dapat dihitung: jam komputer ini lebih awal daripada tanggal rilis. "
                "Betulkan jamnya.")
    late = f" Lebih lama dari yang dijanjikan ({state.promise} hari): jalankan sync." \
        if age > state.promise else ""
    return f"Umur {age} hari.{late}"


def _export(options: argparse.Namespace) -> int:
    _share(_existing(options.target), options.folder, options.with_site, options.adopt)
    return 0


def _share(disk: Folder, folder: Path, whole_site: bool, adopt: bool) -> None:
    written = export(disk, Folder(folder), _roots(), _own(), whole_site, adopt)
    print(f"{megabytes(written)} MB ditulis ke {folder}. Pakai sebagai sumber: sync {folder} TUJUAN")


def _uploaded(options: argparse.Namespace) -> int:
    with told():
        uploaded(_existing(options.target))
    print("Dicatat. Daftar unggah berikutnya hanya berisi perubahan sejak ini.")
    return 0


def _check_zip(options: argparse.Namespace) -> int:
    now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    manifest, one = check_zip(options.file, _sources(options.sources), _roots(), now, _pace())
    what = f"pembaruan dari rilis {one.since} ke" if one.since else "salinan utuh"
    print(f"{options.file.name} asli: {what} rilis {manifest.release}, {manifest.date}.")
    return 0


def _remove(options: argparse.Namespace) -> int:
    left = remove(_existing(options.target))
    print(f"Salinan di {options.target} dihapus. Berkas lain di folder itu dibiarkan.")
    for path in left[:SHOWN]:
        print(f"berubah sejak dipasang, dibiarkan: {path}")
    if len(left) > SHOWN:
        print(f"dan {len(left) - SHOWN} berkas lain yang berubah.")
    return 0


def _serve(options: argparse.Namespace) -> int:
    if not (options.target / "index.html").is_file():
        raise MirrorError(f"{options.target} belum berisi salinan",
                          "Jalankan `sync` dulu, atau periksa nama foldernya")
    try:
        made = server(options.target, options.host, options.port)
    except (OSError, OverflowError) as error:
        raise MirrorError(f"alamat {options.host} nomor {options.port} tidak dapat dipakai",
                          "Mungkin sedang dipakai program lain. "
                          "Pilih nomor lain, misalnya --port 8080") from error
    host = f"[{options.host}]" if ":" in options.host else options.host
    with made as running:
        print(f"http://{host}:{running.server_address[1]}/ (hentikan dengan Ctrl-C)", flush=True)
        running.serve_forever()
    return 0


def _pace(limit: float = 0.0) -> Pace:
    """Who looks on is told every two seconds, a log of the night every five minutes."""
    return Pace(_tell, limit, 2.0 if sys.stderr.isatty() else 300.0)


def _existing(target: Path) -> Folder:
    """The folder of a copy; a mistyped name is told, not made."""
    if not target.is_dir():
        raise MirrorError(f"folder {target} tidak ada", "Periksa nama foldernya, atau jalankan `sync` dulu")
    disk = Folder(target)
    if not is_ours(disk):
        raise MirrorError("folder ini belum berisi salinan yang selesai", "Jalankan `sync` dulu")
    return disk


def _sources(names: Sequence[str]) -> list[Source]:
    return [source_of(name) for name in names]


def source_of(name: str) -> Source:
    """The host or the folder of this name."""
    scheme, separator, _ = name.partition("://")
    if scheme.lower() in ("http", "https"):
        return HttpSource(name)
    if separator:
        raise MirrorError(f"{name} tidak dapat dipakai sebagai sumber",
                          "Pakai alamat http:// atau https://, atau nama folder")
    return FolderSource(name)


def _roots() -> dict[int, bytes]:
    data = pkgutil.get_data(__package__, "roots.json")
    assert data, "only the packed program carries its roots"
    return {int(version): text.encode() for version, text in json.loads(data).items()}


def _tell(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


COMMANDS = {"sync": _sync, "verify": _verify, "status": _status, "export": _export, "uploaded": _uploaded,
            "remove": _remove, "serve": _serve, "schedule": print_schedule, "check-zip": _check_zip,
            "check-host": check_host}
