"""Ways to follow a site on one nginx, with what each cost: the client, wget --mirror, rsync, zsync."""

import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from tests.mirror.servers import Web

PATIENCE = 900
"""Seconds after which a peer is left."""
LINE, DELAY = 256_000 / 8, 0.7
"""The bad line of the promise: bytes in a second, seconds that a request waits."""
TAR = ("tar", "--sort=name", "--mtime=@0", "--owner=0", "--group=0", "--numeric-owner")


class Cost(NamedTuple):
    """Bytes both ways, headers included, and requests; `left` when the peer had not ended in time."""

    size: int
    requests: int
    left: bool = False

    @property
    def minutes(self) -> float:
        """Over the bad line, one request after the other."""
        return (self.size / LINE + self.requests * DELAY) / 60


Way = Callable[[], Cost]


def ways(web: Web, site: Path, client: Path, folder: Path) -> dict[str, Way]:
    """Those to be had here. nginx serves `site`, with the release in `rilis/`; copies go below `folder`."""
    address = f"http://127.0.0.1:{web.port}/"
    found: dict[str, Way] = {"Simpul": lambda: follow(web, client, f"{address}rilis/", folder / "simpul")}
    if shutil.which("wget"):
        found["wget --mirror"] = lambda: _wget(web, address, folder / "wget")
    if shutil.which("rsync"):
        found["rsync"] = lambda: _rsync(site, folder / "rsync")
    if shutil.which("zsyncmake"):
        found["zsync"] = lambda: _zsync(web, site, f"{address}rilis-zsync/", folder / "zsync.tar")
    return found


def follow(web: Web, client: Path, source: str, copy: Path) -> Cost:
    """One run of the client."""
    return _counted(web, [sys.executable, "-I", str(client), "sync", source, str(copy)], (0,))


def _wget(web: Web, address: str, copy: Path) -> Cost:
    """With compression. Asks whether each file is newer (HEAD): it stops at the first page called unchanged.

    Addresses with a query are left out: it would fetch the form for each case. What scripts load, such as the
    search, it does not find.
    """
    command = ["wget", "--quiet", "--mirror", "--compression=auto", "--no-if-modified-since", "--timeout=10",
               "--tries=3", "--no-host-directories",
               r"--reject-regex=\?", f"--directory-prefix={copy}", address]
    return _counted(web, command, (0, 8))  # 8: a page led to an address that is not there


def _rsync(site: Path, copy: Path) -> Cost:
    """As it counts its own bytes; without ssh around it. Leaves links out, and so the release."""
    command = ["rsync", "--archive", "--no-links", "--delete", "--compress", "--no-whole-file", "--stats",
               f"{site}/", f"{copy}/"]
    told = subprocess.run(command, capture_output=True, text=True, check=True, timeout=PATIENCE).stdout
    counted = re.findall(r"Total bytes (?:sent|received): ([\d,.]+)", told)
    return Cost(sum(int(re.sub(r"\D", "", number)) for number in counted), 1)


def _zsync(web: Web, site: Path, address: str, copy: Path) -> Cost:
    """The site as one tar, with zsync's look into the gzip stream."""
    place, link = copy.with_name("zsync"), site / "rilis-zsync"
    if not link.is_symlink():
        place.mkdir()
        link.symlink_to(place)
    names = sorted(path.name for path in site.iterdir() if not path.is_symlink())
    subprocess.run([*TAR, "-C", site, "-cf", place / "situs.tar", *names], check=True)
    subprocess.run(["zsyncmake", "-C", "-z", "-u", "situs.tar.gz", "-o", "situs.tar.zsync", "-f", "situs.tar",
                    "situs.tar"], cwd=place, check=True)
    return _counted(web, ["zsync", "-q", "-o", str(copy), f"{address}situs.tar.zsync"], (0,))


def _counted(web: Web, command: list[str], well: tuple[int, ...]) -> Cost:
    web.log.write_text("")
    try:
        code: int | None = subprocess.run(command, capture_output=True, timeout=PATIENCE,
                                          check=False).returncode
    except subprocess.TimeoutExpired:
        code = None
    if code not in (*well, None):
        sys.exit(f"{' '.join(command)} ended with {code}")
    time.sleep(0.3)  # nginx writes its log when an answer is done
    lines = [line.split() for line in web.log.read_text().splitlines()]
    return Cost(sum(int(line[1]) + int(line[3]) for line in lines), len(lines), code is None)
