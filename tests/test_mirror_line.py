"""A copy over 256 kbit/s and 700 ms with pauses and breaks, killed at random: what it serves is whole."""

import random
import shutil
import time
from pathlib import Path
from urllib.parse import urlsplit

from simpul.mirror.archive import Archive
from simpul.mirror.bundle import build_client
from simpul.mirror.client.http import HttpSource
from simpul.mirror.client.tree import Tree
from tests.mirror.endurance import Copy
from tests.mirror.hosts import Honest, host
from tests.mirror.line import BAD, Quality, bad_line
from tests.mirror.world import Publisher

SPEED = 100.0


def port_of(address: str) -> int:
    port = urlsplit(address).port
    assert port
    return port


def page(seed: int) -> bytes:
    return random.Random(seed).randbytes(2000)


def newest(centre: Publisher) -> Tree:
    archive = Archive(centre.out)
    return archive.tree(archive.manifests[-1])


def test_first_copy_releases_and_a_rollback_while_killed_at_random(tmp_path: Path) -> None:
    draw, centre = random.Random(11), Publisher(tmp_path)
    centre.release({"index.html": b"<title>0</title>", **{f"praktik/{n}.html": page(n) for n in range(150)}})
    old, client, kills = centre.files(), tmp_path / "simpul-mirror.pyz", 0
    client.write_bytes(build_client(centre.roots))
    copy, files = Copy(client, tmp_path / "salinan", draw), dict(old)
    harsh = BAD._replace(pauses=0.05, resets=0.004)
    with host(Honest, files) as (address, _), bad_line(port_of(address), harsh, SPEED, 3) as line:
        source = f"http://127.0.0.1:{line.port}/"
        done = copy.follow(source, newest(centre), 0.25)
        kills += done.kills
        for number in range(1, 4):
            centre.release({"index.html": f"<title>{number}</title>".encode(),
                            f"praktik/{number * 7}.html": page(-number),
                            f"praktik/{100 + number}.html": None, f"baru/{number}.html": page(900 + number)})
            files.clear()
            files.update(centre.files())
            kills += copy.follow(source, newest(centre), 0.2).kills
        assert kills > 3
        assert line.pauses > 0
        assert line.resets > 0
        files.clear()
        files.update(old)
        for _ in range(2):
            done = copy.follow(source, newest(centre), 0)
            assert (done.code, "sudah pernah dilihat" in done.said) == (7, True)
            copy.check_is(newest(centre))
            shutil.rmtree(copy.folder / ".simpul" / "metadata", ignore_errors=True)
    assert line.carried < 2.5 * sum(map(len, old.values()))


def test_the_line_keeps_its_rate_and_its_delay() -> None:
    """The yardstick itself: 32 KB at 32 KB a second, three waits of 0.7 s: handshake, two requests."""
    files, quality = {"a": bytes(32_000), "b": b""}, Quality(pauses=0, resets=0)
    with host(Honest, files) as (address, _), bad_line(port_of(address), quality, 10.0) as line:
        began = time.monotonic()
        source = HttpSource(f"http://127.0.0.1:{line.port}/")
        sizes = [sum(map(len, source.open(path).chunks)) for path in files]
        wall = (time.monotonic() - began) * line.speed
        source.close()
    assert sizes == [32_000, 0]
    assert 3.1 <= line.seconds <= wall
    assert 32_000 < line.carried < 33_500
