"""Following releases beside wget and rsync, from one run: first copy, nothing new, one case more, a new frame on every page;
then the plan to scale, computed from it.

Bytes are those on the wire with headers for wget, of bodies plus 300 bytes a request for the client, as rsync counts its own.
"""

import gzip
import http.server
import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import NamedTuple

from generator.mirror.client.disk import Folder
from generator.mirror.client.sources import FolderSource
from tests.bench import corpus
from tests.mirror.world import Publisher, quiet, run

MIRRORS, DAYS, HEADERS, CHECK = 552, 365, 300, 800
"""Copies to serve; releases in a year; bytes of headers in a request; bytes of a day without a release."""
LINE, DELAY = 256_000 / 8, 0.7
"""The bad line of the promise: bytes in a second, seconds that a request waits."""
AGREED = re.compile(r'tanggal: "[0-9-]+"')


class Cost(NamedTuple):
    """What one run took from the source: bytes and requests."""

    size: int
    requests: int

    @property
    def minutes(self) -> float:
        """Over the bad line."""
        return (self.size / LINE + self.requests * DELAY) / 60


class _Counting(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    sent = requests = 0

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        _Counting.requests += 1
        _Counting.sent += len(self.raw_requestline) + len(self.headers.as_bytes())

    def copyfile(self, source: object, outputfile: object) -> None:
        data = source.read()  # type: ignore[attr-defined]
        _Counting.sent += len(data)
        outputfile.write(data)  # type: ignore[attr-defined]

    def flush_headers(self) -> None:
        _Counting.sent += sum(map(len, getattr(self, "_headers_buffer", [])))
        super().flush_headers()


@contextmanager
def _served(site: Path) -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(_Counting, directory=str(site))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def _client(centre: Publisher, copy: Path) -> Cost:
    pace = quiet()
    run([FolderSource(str(centre.out))], Folder(copy), centre.roots, pace=pace)
    return Cost(pace.fetched + pace.requests * HEADERS, pace.requests)


def _wget(address: str, copy: Path) -> Cost:
    _Counting.sent = _Counting.requests = 0
    command = ["wget", "--quiet", "--mirror", "--timeout=10", "--no-host-directories", r"--reject-regex=\?", f"--directory-prefix={copy}"]
    subprocess.run([*command, address], check=False)  # without the query it would fetch the form once for each case
    return Cost(_Counting.sent, _Counting.requests)


def _rsync(site: Path, copy: Path) -> Cost:
    command = ["rsync", "--archive", "--checksum", "--delete", "--compress", "--no-whole-file", "--stats", f"{site}/", f"{copy}/"]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    counted = re.findall(r"Total bytes (?:sent|received): ([\d,.]+)", told)
    return Cost(sum(int(re.sub(r"\D", "", number)) for number in counted), 1)


def mirror(cases: int, seed: int, words: int, folder: Path) -> None:
    """Prints a row for each change and each way to follow it, and the plan."""
    portal, centre = folder / "portal", Publisher(folder)
    corpus.write(portal, cases, seed, words)
    _build(portal)
    shutil.copytree(portal / "site", centre.site, dirs_exist_ok=True)
    pages = sorted(path.relative_to(centre.site) for path in centre.site.rglob("*.html"))
    packed = sum(len(gzip.compress((centre.site / path).read_bytes(), 9)) for path in pages) / len(pages)
    print(f"-- {cases} cases, {len(pages)} pages of {packed:.0f} bytes (gzip -9)", flush=True)
    ways: dict[str, Callable[[], Cost]] = {"Simpul": lambda: _client(centre, folder / "salinan")}
    with _served(centre.site) as address:
        if shutil.which("wget"):
            ways["wget --mirror"] = lambda: _wget(address, folder / "wget")
        if shutil.which("rsync"):
            ways["rsync"] = lambda: _rsync(centre.site, folder / "rsync")
        first = _round("first copy", centre, ways)
        _round("nothing new", None, ways)
        _add(portal)
        _build(portal)
        _bring(portal / "site", centre.site)
        more = _round("one case more", centre, ways)
        for path in centre.site.rglob("*.html"):
            path.write_bytes(path.read_bytes().replace(b"<body>", b'<body class="baru"><p>Bingkai baru.</p>'))
        _round("a new frame everywhere", centre, ways)
    print(f"first copy: {first.size / len(pages):.0f} bytes a page in {first.requests} requests", flush=True)
    _plan(len(pages), first, more, sum(path.stat().st_size for path in (centre.out / "objek").iterdir()))


def _build(portal: Path) -> None:
    subprocess.run([sys.executable, "-m", "generator.cli", "build"], cwd=portal, check=True, capture_output=True)


def _add(portal: Path) -> None:
    """One case more, the newest."""
    case = sorted(portal.glob("content/daerah/*/praktik/*.md"))[0]
    text = AGREED.sub('tanggal: "2026-10-30"', case.read_text(encoding="utf-8"))
    case.with_name("praktik-tambahan.md").write_text(text, encoding="utf-8")


def _bring(built: Path, site: Path) -> None:
    """What differs, so that what does not keeps its date, as a host would have it."""
    for path in built.rglob("*"):
        place = site / path.relative_to(built)
        if path.is_file() and not (place.is_file() and place.read_bytes() == path.read_bytes()):
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, place)


def _round(what: str, centre: Publisher | None, ways: dict[str, Callable[[], Cost]]) -> Cost:
    """One change, followed in every way; what it cost the client."""
    if centre:
        start = time.perf_counter()
        centre.release()
        print(f"{what}: signed in {time.perf_counter() - start:.1f} s", flush=True)
    costs = {name: follow() for name, follow in ways.items()}
    for name, cost in costs.items():
        print(f"{what:<24} {name:<14} {cost.size:>12} bytes {cost.requests:>6} requests {cost.minutes:8.2f} min at 256 kbit/s, "
              f"0.7 s   {cost.size / costs['Simpul'].size:8.1f} times", flush=True)
    return costs["Simpul"]


def _plan(pages: int, first: Cost, more: Cost, stored: int) -> None:
    """A year of daily releases for all copies, from what was measured."""
    for wanted in (10_000, 50_000):
        start = first.size * wanted / pages
        year = start + DAYS * more.size
        centre = MIRRORS * year
        near = MIRRORS / 10 * year + MIRRORS * 0.9 * DAYS * CHECK
        print(f"{wanted} pages, {MIRRORS} copies, a year: {centre / 1e9:.1f} GB from the centre; {near / 1e9:.1f} GB when nine of ten "
              f"ask a neighbour; packs and deltas {stored * wanted / pages / 1e6:.0f} MB", flush=True)
