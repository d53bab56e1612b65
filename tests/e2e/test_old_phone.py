"""What a reader with Chromium 69, of 2018, can do: read, search, print, and fill in and save a form."""

import json
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from simpul.problems import errors
from tests.e2e.test_submission import SIMPLE
from tests.harness import Sample

ROOT = Path(__file__).parent.parent.parent
SETUP = "pip install --require-hashes -r requirements/old-browser.txt"
TYPE = """\
var set = (name, value) => {
  const field = document.getElementById(name);
  field.value = value;
  for (const kind of ["input", "change", "blur"]) field.dispatchEvent(new Event(kind, { bubbles: true }));
};
var shown = (selector) => {
  const found = document.querySelector(selector);
  return found && found.offsetParent !== null ? found.textContent.trim() : null;
};
"there";"""


def old(address: str, folder: Path, *steps: str) -> list[Any]:
    """What each step tells in Chromium 69; an error in a script fails the test."""
    if find_spec("PyQt5") is None:
        assert not os.environ.get("CI"), f"Chromium 69 is missing: {SETUP}"
        pytest.skip(f"Chromium 69 is missing: {SETUP}")
    done = subprocess.run(
        [sys.executable, "-W", "ignore", ROOT / "tests/tools/chromium69.py", address, folder],
        input=json.dumps([TYPE, *steps]), capture_output=True, text=True, timeout=60, check=False,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "QTWEBENGINE_DISABLE_SANDBOX": "1",
             "HOME": str(folder)})
    assert done.returncode == 0, done.stderr
    told, wrong = json.loads(done.stdout)
    assert wrong == []
    return list(told[1:])


def test_an_old_phone_fills_in_and_saves_the_form(portal_url: str, tmp_path: Path) -> None:
    filling = [f"set('i-{name}', {json.dumps(value)})" for name, value in SIMPLE.items()]
    filling += [f"set('b-{number}', {json.dumps('kata ' * 320 if number == 2 else 'Cerita singkat.')})"
                for number in range(1, 6)]
    said = old(
        portal_url + "kirim/praktik.html", tmp_path,
        "shown('form.submit') && navigator.userAgent",
        "set('provinsi', 'Nusa Contoh'); set('wilayah', '00.71'); 'chosen'",
        "".join(f"{one};" for one in filling) + "'filled'",
        "const box = Array.from(document.querySelectorAll('[data-boxes] input')).find("
        "(one) => one.value.startsWith('4.1')); box.checked = true;"
        "box.dispatchEvent(new Event('change', { bubbles: true })); 'ticked'",
        "document.querySelector('form.submit .md-button--primary').click(); 'checked'",
        "shown('[data-report]')",
        "document.querySelector('[data-without]').hidden && shown('[data-download]')",
        "document.querySelector('[data-download]').click(); 'saved'",
    )
    assert "Chrome/69." in said[0]
    assert said[5] == "Semua isian wajib sudah lengkap. Berkas siap dikirim."
    [file] = tmp_path.glob("*.md")
    sample = Sample(tmp_path / "sumber")
    sample.write(f"content/daerah/00.71/praktik/{file.name}", file.read_bytes())
    assert [problem for problem in errors(sample.problems()) if file.name in problem.path] == []


def test_an_old_phone_searches_a_misspelt_word(portal_url: str, tmp_path: Path) -> None:
    [found] = old(portal_url + "cari.html?q=sandy", tmp_path, "shown('#hasil li')")
    assert "sandi" in found


def test_an_old_phone_writes_a_letter(portal_url: str, tmp_path: Path) -> None:
    address = portal_url + "surat/minat-replikasi.html?praktik=00.71/antrean-daring&judul=Antrean&daerah=Kota"
    said = old(address, tmp_path, "shown('[data-letter]') && 'shown'",
               "set('s-kantor', 'Dinas Kesehatan'); 'set'",
               "shown('.letter [data-of=kantor]')", "shown('.letter [data-of=judul]')",
               "document.querySelector('[data-site]').textContent")
    assert said[2:] == ["Dinas Kesehatan", "Antrean", "https://simpul.example/praktik/00.71/antrean-daring.html"]


def test_an_old_phone_reads_a_module_as_it_is_meant(portal_url: str, tmp_path: Path) -> None:
    said = old(portal_url + "modul/kata-sandi.html", tmp_path,
               "getComputedStyle(document.querySelector('.facts dd > a')).textDecorationLine",
               "shown('.share button')", "document.querySelector('.fold').open",
               "document.querySelector('[data-quiz] button').click(); shown('[role=status]')",
               "window.dispatchEvent(new Event('beforeprint')); document.querySelector('.qr') && 'printed'")
    assert said[0] == "underline"
    assert said[1] == "Salin alamat"
    assert said[3].startswith("Masih ada")
    assert said[4] == "printed"
