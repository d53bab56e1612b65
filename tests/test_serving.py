"""The live preview: an edit shows within about a second, a problem shows in the page, the server goes on."""

import os
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.harness import HERE, Sample

CASE = "content/daerah/00.71/praktik/antrean-daring.md"
PAGE = "praktik/00.71/antrean-daring.html"


@contextmanager
def _serving(sample: Sample, package: str) -> Iterator[str]:
    """The address of a preview."""
    command = [sys.executable, "-u", "-m", "simpul", "serve", "--port", "0", "--root", str(sample.root)]
    process = subprocess.Popen(command, cwd=HERE.parent, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                               text=True, env={**os.environ, "PYTHONPATH": package})
    assert process.stdout
    line = next(line for line in process.stdout if line.startswith("Pratinjau: "))
    time.sleep(0.5)  # the watcher starts after the address is told
    try:
        yield line.split()[1]
    finally:
        process.terminate()
        process.communicate()


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[tuple[Sample, str]]:
    sample = Sample(tmp_path / "root")
    with _serving(sample, str(HERE.parent / "generator")) as address:
        yield sample, address


def _get(url: str) -> str:
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return str(answer.read().decode())
    except urllib.error.HTTPError as problem:
        with problem:
            return problem.read().decode()


def _wait(found: Callable[[], bool], seconds: float = 8) -> float:
    start = time.monotonic()
    while not found():
        assert time.monotonic() - start < seconds, "the edit never showed"
        time.sleep(0.05)
    return time.monotonic() - start


def test_edits_and_problems_show_and_the_server_goes_on(preview: tuple[Sample, str]) -> None:
    sample, address = preview
    assert "Antrean daring puskesmas" in _get(address + PAGE)
    sample.replace(CASE, "judul: Antrean daring puskesmas", "judul: Judul yang diubah")
    _wait(lambda: "Judul yang diubah" in _get(address + PAGE))
    sample.replace(CASE, "jenis: digital", "jenis: <b>aplikasi</b>")
    _wait(lambda: "isi &#x27;&lt;b&gt;aplikasi&lt;/b&gt;&#x27; pada &#x27;jenis&#x27; tidak dikenal"
          in _get(address + PAGE))
    assert "Judul yang diubah" in _get(address + PAGE)
    sample.replace(CASE, "jenis: <b>aplikasi</b>", "jenis: nondigital")
    _wait(lambda: "tidak dikenal" not in _get(address + PAGE))
    assert "Halaman tidak ditemukan" in _get(address + "tidak-ada.html")


def test_a_mistake_in_a_template_shows_and_the_server_goes_on(tmp_path: Path) -> None:
    for part in ("generator", "theme"):
        shutil.copytree(HERE.parent / part, tmp_path / "lain" / part)
    template = tmp_path / "lain/theme/practice.html"
    text = template.read_text(encoding="utf-8")
    with _serving(Sample(tmp_path / "root"), str(tmp_path / "lain/generator")) as address:
        template.write_text(text.replace("view.agency", "view.agenci"), encoding="utf-8")
        _wait(lambda: "kunci &#x27;agenci&#x27; tidak ada pada datanya" in _get(address + PAGE))
        assert "Antrean daring puskesmas" in _get(address + PAGE)
        template.write_text(text, encoding="utf-8")
        _wait(lambda: "agenci" not in _get(address + PAGE))
