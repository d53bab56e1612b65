"""`make bench`: Simpul measured beside its peers on this machine. Figures and ratios; no verdict.

`speed` building beside Hugo and Material; `weight` what a reader downloads, beside Material; `search` the
quality and cost of searching; `mirror` following releases, beside wget, rsync and zsync, over a bad line, and
the plan to scale.
"""

import argparse
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench import search_bench, weight
from tests.bench.mirror import mirror
from tests.bench.speed import speed

PARTS = ("weight", "search", "mirror", "speed")


def main() -> None:
    """All parts, or those that are asked for."""
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", metavar="|".join(PARTS), help="default: all")
    parser.add_argument("--cases", type=int, nargs="*", default=[1000, 5000, 10_000])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--words", type=int, default=450)
    parser.add_argument("--record", action="store_true",
                        help="keep the figures of `mirror` for the page of the plan")
    options = parser.parse_args()
    parts = options.parts or PARTS
    if unknown := set(parts) - set(PARTS):
        parser.error(f"unknown part: {', '.join(sorted(unknown))}")
    with TemporaryDirectory(prefix="simpul-bench-") as folder:
        if "weight" in parts:
            weight.weigh(Path(folder))
        if "search" in parts:
            search_bench.bench(max(options.cases), options.seed)
        if "mirror" in parts:
            mirror(max(options.cases), options.seed, options.words, Path(folder) / "mirror", options.record)
        if "speed" in parts:
            speed(options.cases, options.runs, options.seed, options.words, Path(folder))


if __name__ == "__main__":
    main()
