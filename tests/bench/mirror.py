"""Following releases from one nginx beside wget, rsync and zsync, in one run: first copy, nothing new, one
case more, one of any date, a new frame on every page; then the client killed over a bad line, the promises.
`--record` keeps the figures for the page of the plan.
"""

import gzip
import os
import random
import re
import shutil
import subprocess
import sys
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from simpul.mirror.archive import Archive
from simpul.mirror.bundle import build_client
from simpul.mirror.client.manifest import Manifest
from simpul.mirror.release import collect
from tests.bench import corpus, plan
from tests.bench.killed import endure
from tests.bench.ways import Cost, Way, follow, ways
from tests.mirror.servers import running
from tests.mirror.world import Publisher

AGREED = re.compile(r'tanggal: "[0-9-]+"')
DAILY = 10
"""Cases that a usual release of the plan brings, with whatever dates."""
NEWEST, OLDEST = date(2026, 10, 30), date(2022, 6, 1)
"""Later and earlier than all cases of the corpus."""
SINGLE = 5
"""Releases of one case of any date."""


class Scene(NamedTuple):
    """A portal, its centre with the site and release folder, the client that a mirror has, and what draws the
    dates of cases.
    """

    portal: Path
    centre: Publisher
    client: Path
    draw: random.Random

    def build(self) -> None:
        """The portal as it is now becomes the site of the centre."""
        subprocess.run([sys.executable, "-m", "simpul", "build"], cwd=self.portal, check=True,
                       capture_output=True)
        _bring(self.portal / "site", self.centre.site)

    def add(self, count: int, day: date | None = None) -> None:
        """Cases more in as many regions, of a day or of any."""
        cases = sorted(self.portal.glob("content/daerah/*/praktik/praktik-0*.md"))
        made = len(list(self.portal.glob("content/daerah/*/praktik/tambahan-*.md")))
        for number in range(made, made + count):
            chosen = day or OLDEST + timedelta(self.draw.randrange((NEWEST - OLDEST).days + 1))
            text = cases[number * 37 % len(cases)].read_text(encoding="utf-8")
            place = cases[number * 101 % len(cases)].with_name(f"tambahan-{number:03}.md")
            place.write_text(AGREED.sub(f'tanggal: "{chosen}"', text), encoding="utf-8")

    def publish(self, count: int) -> None:
        """A release with so many cases more, of any date."""
        self.add(count)
        self.build()
        self.centre.release()


def mirror(cases: int, seed: int, words: int, folder: Path, record: bool) -> None:
    """Prints a row for each change and each way to follow it, the bad line, the promises and the plan."""
    scene = _scene(cases, seed, words, folder)
    pages = sorted(scene.centre.site.rglob("*.html"))
    packed = sum(len(gzip.compress(path.read_bytes(), 9)) for path in pages) / len(pages)
    print(f"-- {cases} cases, {len(pages)} pages of {packed:.0f} bytes (gzip -9)", flush=True)
    copies = folder / "salinan"
    copies.mkdir()
    os.umask(0o022)
    for place in (folder.parent, folder):
        place.chmod(0o755)  # nginx reads it as its own user
    with running("nginx", scene.centre.site) as web:
        every = ways(web, scene.centre.site, scene.client, copies)
        costs, signing = {}, {}
        signing["first"], costs["first copy"] = _release(scene), _round("first copy", every)
        costs["nothing new"] = _round("nothing new", every)
        scene.add(1, NEWEST)
        scene.build()
        signing["one"], costs["one case more"] = _release(scene), _round("one case more", every)
        scene.add(1)
        scene.build()
        signing["any"], costs["one of any date"] = _release(scene), _round("one of any date", every)
        single, changed = [costs["one of any date"]["Simpul"]], [_changed(scene)]
        for _ in range(SINGLE - 1):
            scene.publish(1)
            single.append(every["Simpul"]())
            changed.append(_changed(scene))
        scene.publish(DAILY)
        costs["a usual day"] = {"Simpul": follow(web, scene.client, f"http://127.0.0.1:{web.port}/rilis/",
                                                 copies / "simpul")}
        endured = endure(scene.centre, web.port, scene.client, folder, lambda: scene.publish(1), seed)
        manifests, untidied = Archive(scene.centre.out).manifests, _stored(scene)
        collect(scene.centre.out, 17)
        stored = _stored(scene)
        every["Simpul"]()
        settings = scene.portal / "mkdocs.yml"
        text = settings.read_text(encoding="utf-8").replace("site_name: Simpul", "site_name: Simpul Daerah")
        settings.write_text(text, encoding="utf-8")
        scene.build()
        signing["frame"], costs["a new frame"] = _release(scene), _round("a new frame", every)
    found = plan.Measured(
        date=datetime.now(UTC).date().isoformat(), pages=len(pages), packed=round(packed), costs=costs,
        signing={name: round(seconds, 1) for name, seconds in signing.items()},
        far=_by_distance(manifests[-1]), stored=stored, untidied=untidied, published=len(manifests),
        line_first=endured.first.seconds, line_release=[round(one.seconds, 1) for one in endured.releases],
        runs=endured.runs, kills=endured.kills, single=single, changed=changed)
    for promise, what, kept in plan.promises(found):
        print(f"{'kept  ' if kept else 'BROKEN'} {promise}: {what}", flush=True)
    print("\n".join(plan.every_table(found)), flush=True)
    if record:
        plan.record(found)


def _scene(cases: int, seed: int, words: int, folder: Path) -> Scene:
    scene = Scene(folder / "portal", Publisher(folder), folder / "simpul-mirror.pyz", random.Random(seed))
    corpus.write(scene.portal, cases, seed, words)
    scene.build()
    (scene.centre.site / "rilis").symlink_to(scene.centre.out)
    scene.client.write_bytes(build_client(scene.centre.roots))
    return scene


def _release(scene: Scene) -> float:
    start = time.perf_counter()
    scene.centre.release()
    return time.perf_counter() - start


def _bring(built: Path, site: Path) -> None:
    """What differs, so that what does not keeps its date, as a host would have it."""
    for path in built.rglob("*"):
        place = site / path.relative_to(built)
        if path.is_file() and not (place.is_file() and place.read_bytes() == path.read_bytes()):
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, place)


def _round(what: str, every: dict[str, Way]) -> dict[str, Cost]:
    """One change, followed in every way."""
    costs = {}
    for name, way in every.items():
        cost = costs[name] = way()
        note = "  (left: it had not ended)" if cost.left else ""
        print(f"{what:<16} {name:<14} {cost.size:>12} bytes {cost.requests:>6} requests {cost.minutes:8.2f} "
              f"min at 256 kbit/s, 0.7 s {cost.size / costs['Simpul'].size:8.1f} times{note}", flush=True)
    return costs


def _changed(scene: Scene) -> int:
    """Files that the last release adds, changes or removes."""
    archive = Archive(scene.centre.out)
    old, new = (archive.tree(one) for one in archive.manifests[-2:])
    return sum(old.get(path) != new.get(path) for path in old.keys() | new.keys())


def _stored(scene: Scene) -> int:
    """Bytes of packs and deltas in the release folder."""
    return sum(path.stat().st_size for path in (scene.centre.out / "objek").iterdir())


def _by_distance(manifest: Manifest) -> list[int]:
    """Bytes of the delta from one release ago, two, and so on."""
    return [delta.object.size for delta in sorted(manifest.deltas, key=lambda one: -one.release)]
