"""Golden cases: an input that a contributor could send, and exactly what Simpul answers."""

import os
import shutil
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml

from simpul.problems import as_text
from tests.harness import ALL, Sample, simpul

FOLDER = Path(__file__).parent / "problems"
CASES = [
    pytest.param(case, id=f"{path.stem}: {case['kasus']}")
    for path in sorted(FOLDER.glob("*.yml")) for case in yaml.safe_load(path.read_text(encoding="utf-8"))
]


def run(case: dict[str, Any], folder: Path) -> list[str]:
    """The lines that the case adds to the report of the untouched sample."""
    shutil.rmtree(folder, ignore_errors=True)
    sample = Sample(folder, ALL)
    for path, text in case.get("tulis", {}).items():
        sample.write(path, text)
    for path, text in case.get("utf16", {}).items():
        sample.write(path, text.encode("utf-16"))
    for path, text in case.get("latin1", {}).items():
        sample.write(path, text.encode("latin-1"))
    for path, (text, times) in case.get("ulang", {}).items():
        sample.write(path, text * int(times))
    for path, origin in case.get("salin", {}).items():
        sample.write(path, (folder / origin).read_bytes())
    for path, (old, new) in case.get("ganti", {}).items():
        sample.replace(path, old, new)
    for path in case.get("hapus", []):
        sample.remove(path)
    return [line for line in sample.report().split("\n")[:-1] if line not in _untouched()]


@cache
def _untouched() -> frozenset[str]:
    with TemporaryDirectory() as folder:
        return frozenset(Sample(Path(folder) / "root", ALL).report().split("\n"))


@pytest.mark.parametrize("case", CASES)
def test_each_mistake_is_told_with_line_cause_and_remedy(case: dict[str, Any], tmp_path: Path) -> None:
    assert run(case, tmp_path / "root") == case["hasil"]


def test_the_untouched_sample_has_no_error(tmp_path: Path) -> None:
    problems = Sample(tmp_path / "root", ALL).problems()
    assert {problem.severity for problem in problems} == {"warning"}, as_text(problems)


@pytest.mark.parametrize(("name", "shown"), [(b"caf\xe9.md", "caf?.md"), (b"dua\nbaris.md", "dua?baris.md"),
                                             (b"caf\xe9/a.md", "caf?")])
def test_a_name_that_cannot_be_shown_is_told(name: bytes, shown: str, tmp_path: Path) -> None:
    sample = Sample(tmp_path / "root")
    path = f"content/daerah/00.71/praktik/{os.fsdecode(name)}"
    sample.write(path, "Isi.")
    told = simpul("build", cwd=sample.root, PYTHONUTF8="1")
    assert told.returncode == 1
    assert (f"praktik/{shown}:1: galat: berkas ini tidak dikenal. "
            "Nama memakai huruf kecil, angka, dan tanda hubung") in told.stderr
    assert "Traceback" not in told.stderr


def test_forty_cases_at_least() -> None:
    assert len(CASES) >= 40
