"""What the index is of a whole site: its share of the bytes, of a fresh build, of one after a change."""

import gzip
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench import corpus
from tests.bench.measure import run

BUILD = (sys.executable, "-m", "simpul", "build")


def share(cases: int, seed: int, fresh: float, update: float) -> None:
    """Prints the shares. `fresh` seconds of the processor is what analysing and indexing as many documents
    took, `update` what reading the index back, changing one document and making its files took.
    """
    with TemporaryDirectory(prefix="simpul-bench-") as folder:
        root = Path(folder)
        corpus.write(root, cases, seed)
        cold = run(BUILD, root)
        case = min(root.glob("content/daerah/*/praktik/*.md"))
        case.write_text(f"{case.read_text(encoding='utf-8')}\nTambahan.\n", encoding="utf-8")
        again = run(BUILD, root)
        index, all_ = _packed(root / "site" / "cari"), _packed(root / "site")
        print(f"site of {cases} cases: index {index / 1e6:.1f} of {all_ / 1e6:.1f} MB, each file packed: "
              f"{index / all_:.1%}")
        print(f"cold build {cold.wall:.1f} s, {cold.cpu:.1f} s of CPU, of which indexing {fresh:.1f} s: "
              f"{fresh / cold.cpu:.1%}")
        print(f"one case changed: {again.wall:.2f} s, {again.cpu:.2f} s of CPU, "
              f"of which the index {update:.2f} s: {update / again.cpu:.1%}")


def _packed(folder: Path) -> int:
    return sum(len(gzip.compress(path.read_bytes(), 9)) for path in folder.rglob("*") if path.is_file())
