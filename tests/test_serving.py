"""The live preview: an edit shows within about a second, a problem shows in the page, the server goes on."""

import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.harness import HERE, Sample

CASE = "content/daerah/00.71/praktik/antrean-daring.md"
PAGE = "praktik/00.71/antrean-daring.html"


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[tuple[Sample, str]]:
    sample = Sample(tmp_path / "root")
    command = [sys.executable, "-u", "-m", "simpul", "serve", "--port", "0", "--root", str(sample.root)]
    process = subprocess.Popen(command, cwd=HERE.parent, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                               text=True)
    assert process.stdout
    line = next(line for line in process.stdout if line.startswith("Pratinjau: "))
    time.sleep(0.5)  # the watcher starts after the address is told
    yield sample, line.split()[1]
    process.terminate()
    process.communicate()


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
