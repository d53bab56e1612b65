"""What a web server that shows a copy lacks, asked from outside: for the administrator, with remedies."""

from __future__ import annotations

import argparse
import gzip
from pathlib import PurePosixPath
from urllib.parse import urlsplit, urlunsplit

from .errors import MirrorError, Unreachable
from .host_rules import NEEDED, PACKABLE, RULES, TYPES, Host, kb
from .probe import Probe, links
from .remedies import GUIDE, remedies

OFFERED = ("standar.json", "umpan.xml", "standar.csv", "katalog.jsonld")  # what portals have, if not linked
MOST_PAGES = 16
SLOW = 50_000 / 8  # bytes a second of a slow line


def check_host(options: argparse.Namespace) -> int:
    """Prints what is missing; 0 when nothing is that readers need."""
    host = gather(address(options.url), Probe())
    found = [finding for rule in RULES for finding in rule(host)]
    server = host.front.headers.get("server", "")
    print(f"{host.base} (server: {server or 'tidak disebut'}), {host.probe.asked} permintaan.")
    print(first_visit(host))
    for finding in sorted(found, key=lambda one: one.level):
        print(f"\n{finding.level.upper()} {finding.subject}: {finding.text}")
        for name, text in remedies(finding.subject, server):
            print(f"  {name}: {text}")
    needed = sum(finding.level == NEEDED for finding in found)
    absent = [kind for kind in PACKABLE if kind not in host.samples]
    print(f"\n{needed} perlu dibenahi, {len(found) - needed} saran. {GUIDE}." if found
          else "\nTidak ada yang kurang.")
    if absent:
        print(f"Tidak ada contoh untuk diperiksa: {', '.join(absent)}.")
    return 1 if needed else 0


def address(typed: str) -> str:
    """The folder of the portal that was meant. Raises MirrorError for what is no address."""
    text = typed if "://" in typed else f"https://{typed}"
    try:
        parts = urlsplit(text)
        good = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        good = False
    if not good:
        raise MirrorError(f"{typed} bukan alamat yang benar",
                          "Tulis alamat portal, misalnya https://cermin.example/")
    path = parts.path or "/"
    path = path if path.endswith("/") else \
        path.rpartition("/")[0] + "/" if path.endswith(".html") else path + "/"
    return urlunsplit((parts.scheme, parts.netloc, path, "", ""))


def gather(base: str, probe: Probe) -> Host:
    """The front page, wherever the server leads for it, and examples. Raises Unreachable."""
    for _ in range(6):
        front = probe.ask(base)
        target = front.headers.get("location", "")
        if front.status not in (301, 302, 303, 307, 308) or not target:
            break
        base = address(urlsplit(base)._replace(path="", query="").geturl() + target
                       if target.startswith("/") and not target.startswith("//") else target)
    else:
        raise Unreachable(f"{base} mengalihkan tanpa akhir",
                          "Periksa pengalihan http ke https dan www di server")
    if front.status != 200:
        raise Unreachable(f"{base} menjawab {front.status}",
                          "Periksa alamat, dan apakah salinan sudah disajikan")
    host = Host(probe, base, front, {".html": front}, [front])
    _look_around(host)
    return host


def _look_around(host: Host) -> None:
    """One file of each kind, from one or two pages of each folder."""
    wanted, seen, queue = set(TYPES), set[tuple[str, bool]](), [host.front]
    while queue and len(host.pages) < MOST_PAGES and not wanted <= set(host.samples):
        for url in links(queue.pop(0)):
            path = PurePosixPath(urlsplit(url).path)
            kind = path.suffix.lower()
            place = (str(path.parent), path.name == "index.html")
            if not url.startswith(host.base) or kind not in wanted:
                continue
            if kind not in host.samples or (kind == ".html" and place not in seen
                                            and len(host.pages) < MOST_PAGES):
                seen.add(place)
                reply = host.probe.ask(url)
                if reply.status == 200:
                    host.samples.setdefault(kind, reply)
                    if kind == ".html":
                        host.pages.append(reply)
                        queue.append(reply)
    for name in OFFERED:
        if PurePosixPath(name).suffix not in host.samples:
            reply = host.probe.ask(host.base + name)
            if reply.status == 200:
                host.samples[PurePosixPath(name).suffix] = reply


def first_visit(host: Host) -> str:
    """What the front page costs a reader on a slow line, and would cost compressed."""
    parts = [host.front, *(host.probe.ask(url) for url in links(host.front)
                           if url.endswith((".css", ".js")) and url.startswith(host.base))]
    sent = sum(len(part.body) for part in parts)
    least = sum(len(part.body) if part.packed else len(gzip.compress(part.body)) for part in parts)
    text = f"Kunjungan pertama: {kb(sent)}, {_seconds(sent)} pada 50 kbit/s."
    return text if sent < 1.2 * least else f"{text} Dengan pemampatan: {kb(least)}, {_seconds(least)}."


def _seconds(size: int) -> str:
    return f"{size / SLOW:.1f} detik".replace(".", ",")
