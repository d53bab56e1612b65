"""The rules `check-host` holds a web server against. Each yields what is missing, for its administrator."""

from __future__ import annotations

import gzip
import re
import socket
import ssl
import time
from calendar import timegm
from collections.abc import Callable, Iterator
from email.utils import parsedate
from typing import NamedTuple
from urllib.parse import urlsplit

from .errors import Unreachable
from .probe import Probe, Reply, links

NEEDED, ADVISED = "perlu", "saran"
TYPES = {
    ".html": ("text/html",), ".css": ("text/css",),
    ".js": ("text/javascript", "application/javascript", "application/x-javascript"),
    ".json": ("application/json",), ".jsonld": ("application/ld+json",),
    ".xml": ("application/xml", "text/xml", "application/rss+xml", "application/atom+xml"),
    ".svg": ("image/svg+xml",), ".webp": ("image/webp",), ".csv": ("text/csv",), ".ics": ("text/calendar",),
}
PACKABLE = (".html", ".css", ".js", ".json", ".jsonld", ".xml", ".svg", ".csv")
SMALL = 1400  # bytes: what fits one packet gains nothing
LATE = 2.0  # seconds until the first byte
STALE, CLOCK, ENDS = 3600, 600, 14  # seconds, seconds, days
SILENT = (ConnectionRefusedError, socket.timeout)  # two kinds before Python 3.10
HASHED = re.compile(r"[/.-][0-9a-f]{16,64}\.[a-z0-9]+$")
LISTING = re.compile(rb"<title>\s*(index of|directory listing)", re.IGNORECASE)


class Finding(NamedTuple):
    """What is missing: how much it matters, its subject, what was seen."""

    level: str
    subject: str
    text: str


class Host(NamedTuple):
    """What was gathered: the address in the end, the front page, an example of each kind of file."""

    probe: Probe
    base: str
    front: Reply
    samples: dict[str, Reply]
    pages: list[Reply]


def kb(size: int) -> str:
    """Kilobytes, as written in Indonesian."""
    return f"{size / 1000:.1f} KB".replace(".", ",")


def _compression(host: Host) -> Iterator[Finding]:
    bad = [reply for kind, reply in host.samples.items() if kind in PACKABLE and not reply.packed
           and len(reply.body) > SMALL and len(gzip.compress(reply.body)) < 0.9 * len(reply.body)]
    if bad:
        names = ", ".join(f"{_name(host, one)} ({kb(len(one.body))}, seharusnya "
                          f"{kb(len(gzip.compress(one.body)))})" for one in bad)
        yield Finding(NEEDED, "pemampatan", f"dikirim tanpa dimampatkan: {names}.")


def _types(host: Host) -> Iterator[Finding]:
    wrong = [(kind, reply) for kind, reply in host.samples.items() if reply.kind not in TYPES[kind]]
    if wrong:
        names = ", ".join(f"{_name(host, reply)} sebagai {reply.kind or 'tanpa jenis'}, seharusnya "
                          f"{TYPES[kind][0]}" for kind, reply in wrong)
        yield Finding(NEEDED, "jenis", f"peramban diberi tahu jenis berkas yang keliru: {names}.")
    charset = re.search(r"charset=\"?([\w-]+)", host.front.headers.get("content-type", ""), re.IGNORECASE)
    if charset and charset[1].lower() != "utf-8":
        yield Finding(NEEDED, "jenis", f"halaman disebut bersandi {charset[1]}, seharusnya utf-8.")


def _front(host: Host) -> Iterator[Finding]:
    index = host.probe.ask(host.base + "index.html")
    if index.status == 200 and index.plain != host.front.plain:
        yield Finding(NEEDED, "beranda", "alamat tanpa nama berkas tidak menampilkan index.html portal.")
    if b"assets/simpul" not in host.front.plain:
        yield Finding(ADVISED, "beranda", "halaman depannya tampaknya bukan portal Simpul. "
                                          "Periksa alamatnya.")


def _missing_page(host: Host) -> Iterator[Finding]:
    own = host.probe.ask(host.base + "404.html")
    reply = host.probe.ask(host.base + "tidak-ada/di-dalam/folder-lain/halaman.html")
    if reply.status != 404:
        yield Finding(NEEDED, "halaman 404", f"alamat yang tidak ada dijawab {reply.status}, seharusnya 404; "
                                             "mesin pencari dan cermin lain menyangka halamannya ada.")
    elif own.status == 200 and reply.plain != own.plain:
        yield Finding(NEEDED, "halaman 404", "alamat yang tidak ada menampilkan halaman server, bukan "
                                             "404.html milik portal; pembaca tidak menemukan jalan kembali.")


def _private(host: Host) -> Iterator[Finding]:
    for name in (".simpul/keadaan.json", ".simpul/metadata/timestamp.json"):
        reply = host.probe.ask(host.base + name)
        if reply.status == 200 and reply.plain.lstrip().startswith(b"{"):
            yield Finding(NEEDED, "folder program", f"{name} terbuka bagi siapa pun.")
            break
    for name in (".simpul/", "assets/", "rilis/"):
        reply = host.probe.ask(host.base + name)
        if reply.status == 200 and LISTING.search(reply.plain):
            yield Finding(NEEDED, "daftar isi folder", f"isi folder {name} ditampilkan.")
            break


def _ranges(host: Host) -> Iterator[Finding]:
    sample = host.samples.get(".css") or host.samples.get(".js") or host.front
    whole = host.probe.ask(sample.url, Accept_Encoding="identity").body
    part = host.probe.ask(sample.url, Accept_Encoding="identity", Range="bytes=10-19")
    if len(whole) < 20 or (part.status == 206 and part.body == whole[10:20]):
        return
    yield Finding(NEEDED, "potongan", f"permintaan sebagian berkas dijawab {part.status}, seharusnya 206: "
                                      "unduhan cermin tetangga tidak dapat dilanjutkan.")


def _caching(host: Host) -> Iterator[Finding]:
    control = host.front.headers.get("cache-control", "").lower()
    age = re.search(r"max-age=(\d+)", control)
    expires = parsedate(host.front.headers.get("expires", ""))
    kept = int(age[1]) if age else timegm(expires) - time.time() if expires else 0
    if "no-cache" not in control and "no-store" not in control and kept > STALE:
        yield Finding(NEEDED, "simpanan peramban", f"halaman disimpan peramban {kept / 3600:.0f} jam tanpa "
                                                   "bertanya lagi; isi baru terlambat terbaca.")
    tag, date = host.front.headers.get("etag", ""), host.front.headers.get("last-modified", "")
    if "no-store" in control or not (tag or date):
        yield Finding(NEEDED, "simpanan peramban", "halaman tidak dapat diperiksa ulang (tanpa ETag dan "
                                                   "Last-Modified, atau no-store): tiap kunjungan mengunduh "
                                                   "semuanya lagi.")
    urls = (url for page in host.pages for url in links(page))
    hashed = next((url for url in urls if HASHED.search(urlsplit(url).path)), "")
    if hashed and not re.search(r"max-age=\d{6,}", host.probe.ask(hashed).headers.get("cache-control", "")):
        yield Finding(ADVISED, "simpanan peramban", f"{hashed} tidak pernah berubah, tetapi diperiksa ulang "
                                                    "setiap kali; beri max-age=31536000, immutable.")


def _clock(host: Host) -> Iterator[Finding]:
    said = parsedate(host.front.headers.get("date", ""))
    if said and abs(timegm(said) - time.time()) > CLOCK:
        here = time.strftime("%Y-%m-%d %H:%M", time.gmtime())
        yield Finding(NEEDED, "jam", f"jam server menunjukkan {time.strftime('%Y-%m-%d %H:%M', said)} UTC, "
                                     f"jam komputer ini {here} UTC. "
                                     "Betulkan yang keliru: timedatectl set-ntp true di Linux.")


def _https(host: Host) -> Iterator[Finding]:
    parts = urlsplit(host.base)
    if parts.scheme == "https":
        days = _days_left(parts.hostname or "", parts.port or 443)
        if days is not None and days < ENDS:
            yield Finding(NEEDED, "https", f"sertifikat habis dalam {days} hari. Perpanjang sekarang.")
    elif parts.port in (None, 80):
        try:
            url = parts._replace(scheme="https", netloc=parts.hostname or "").geturl()
            secure = host.probe.ask(url).status
        except Unreachable as error:
            why = str(error.__cause__ or error)
            yield Finding(ADVISED, "https", "tidak tersedia; jaringan di antara dapat mengubah halaman, dan "
                                            f"tombol bagikan di ponsel tidak tampil ({why}).")
        else:
            if secure < 400:
                yield Finding(ADVISED, "https", "tersedia, tetapi http tidak dialihkan ke sana.")


def _days_left(name: str, port: int) -> int | None:
    try:
        with socket.create_connection((name, port), 10) as plain, \
                ssl.create_default_context().wrap_socket(plain, server_hostname=name) as secure:
            ends = str((secure.getpeercert() or {}).get("notAfter", ""))
    except (OSError, ValueError):
        return None
    return int((ssl.cert_time_to_seconds(ends) - time.time()) // 86400) if ends else None


def _ipv6(host: Host) -> Iterator[Finding]:
    parts = urlsplit(host.base)
    name, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    if re.fullmatch(r"[\d.]+|.*:.*", name):
        return
    try:
        found = socket.getaddrinfo(name, port, socket.AF_INET6, socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        yield Finding(ADVISED, "IPv6", f"{name} tidak memiliki alamat IPv6; sebagian jaringan seluler lebih "
                                       "lambat mencapainya.")
        return
    for family, kind, protocol, _, place in found[:2]:
        with socket.socket(family, kind, protocol) as tried:
            tried.settimeout(8)
            try:
                tried.connect(place)
            except SILENT:
                yield Finding(NEEDED, "IPv6", f"{name} mengumumkan alamat {place[0]}, tetapi server tidak "
                                              "menjawab di sana; pembaca dengan IPv6 menunggu.")
            except OSError:  # this machine has no IPv6 itself
                continue


def _rest(host: Host) -> Iterator[Finding]:
    if host.front.headers.get("x-content-type-options", "").lower() != "nosniff":
        yield Finding(ADVISED, "kebijakan", "X-Content-Type-Options: nosniff tidak dikirim.")
    late = sorted(reply.seconds for reply in host.pages)[len(host.pages) // 2]
    if late > LATE:
        yield Finding(ADVISED, "kecepatan", f"bita pertama baru tiba setelah {late:.1f} detik; server atau "
                                            "jaringannya lambat.")


def _name(host: Host, reply: Reply) -> str:
    return reply.url[len(host.base):] or "halaman depan"


RULES: tuple[Callable[[Host], Iterator[Finding]], ...] = (
    _front, _compression, _types, _missing_page, _private, _ranges, _caching, _clock, _https, _ipv6, _rest)
