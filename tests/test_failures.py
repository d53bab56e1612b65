"""What goes wrong in the program, its templates or the system is told like a contributor's mistake: never as
a traceback.
"""

import errno
import shutil
import socket
from pathlib import Path

import pytest

from simpul.commands.failures import REMEDIES, explained
from tests.harness import HERE, Sample, simpul, tree

CASES = ("00.01/antrean-pesan", "00.71/antrean-daring")
"""Both are broken; the worker that comes to its own first tells of it."""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A copy of the program with its theme, to be broken."""
    for part in ("generator", "theme"):
        shutil.copytree(HERE.parent / part, tmp_path / "lain" / part)
    return tmp_path / "lain"


def broken(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


PAGES = "generator/simpul/pages/cases.py"
ELSEWHERE = {"templatnya belum ada": "theme/dasar.html",
             "ValueError: lain.html is made of it. Ini kesalahan program": "generator/simpul/builder/make.py"}
MISTAKES = [
    ("theme/practice.html", "view.agency", "view.agenci",
     "kunci 'agenci' tidak ada pada datanya. Periksa nama kunci di templat itu"),
    ("theme/practice.html", "view.agency", "vew.agency", "nama 'vew' tidak dikenal di templat"),
    ("theme/practice.html", "{% block main %}", "{% block main %}{% if %}",
     "TemplateSyntaxError: Expected an expression"),
    (PAGES, "case, cards = portal.cases[name]", "case, cards = portal.cases[name[1:]]",
     "KeyError: '*'. Ini kesalahan program, bukan isian"),
    ("theme/practice.html", '{% extends "base.html" %}', '{% extends "dasar.html" %}',
     "templatnya belum ada"),
    (PAGES, "return page._replace(\n", 'return page._replace(\n        url="lain.html",',
     "ValueError: lain.html is made of it. Ini kesalahan program"),
    (PAGES, 'view = {"id": name,', 'view = {"id": portal,',
     "datanya memuat Portal at [1][3]['id']. Kumpulkan teks, angka, daftar, dan dict saja"),
    (PAGES, '"agency": practice.instansi', '"agency": practice.kantor',
     "AttributeError: 'Practice' object has no attribute 'kantor'. Ini kesalahan program"),
]


@pytest.mark.parametrize(("file", "old", "new", "reason"), MISTAKES, ids=[new for _, _, new, _ in MISTAKES])
def test_a_mistake_of_the_program_names_place_page_and_remedy(file: str, old: str, new: str, reason: str,
                                                              own: Path, tmp_path: Path) -> None:
    sample, environment = Sample(tmp_path / "root"), {"PYTHONPATH": str(own / "generator")}
    assert simpul("build", cwd=sample.root, **environment).returncode == 0
    before = tree(sample.root / "site")
    broken(own / file, old, new)
    done = simpul("build", "--jobs", "2", cwd=sample.root, **environment)
    assert done.returncode == 1
    [line] = [line for line in done.stderr.splitlines() if ": galat: " in line]
    assert line.startswith(f"{ELSEWHERE.get(reason, file)}:")
    assert any(f": galat: praktik/{case}.html tidak dapat dibuat: {reason.replace('*', case[1:])}" in line
               for case in CASES)
    assert "1 galat, 2 peringatan." in done.stderr
    assert "Traceback" not in done.stderr + done.stdout
    assert tree(sample.root / "site") == before


def test_a_mistake_in_a_script_is_told_once_with_its_name(own: Path, tmp_path: Path) -> None:
    broken(own / "theme/scripts/urut.js", "(function ()", "(function ({")
    sample = Sample(tmp_path / "root")
    done = simpul("build", cwd=sample.root, PYTHONPATH=str(own / "generator"))
    [line] = [line for line in done.stderr.splitlines() if ": galat: " in line]
    assert ": galat: assets/urut.js tidak dapat dibuat: ScriptError: " in line
    assert "Traceback" not in done.stderr
    assert (done.returncode, (sample.root / "site").exists()) == (1, False)


def test_any_other_mistake_of_the_program_is_one_sentence(own: Path, tmp_path: Path) -> None:
    broken(own / "generator/simpul/portal/assemble.py", "= frozenset(files)", "= frozenset(file)")
    sample = Sample(tmp_path / "root")
    for command in ("check", "build"):
        done = simpul(command, cwd=sample.root, PYTHONPATH=str(own / "generator"))
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr.startswith("Galat: generator/simpul/portal/assemble.py:")
        assert f": perintah '{command}' tidak selesai: NameError: name 'file' is not defined." in done.stderr
        assert done.stderr.count("\n") == 1


def test_a_mistake_in_a_rule_is_told_beside_what_else_is_wrong(own: Path, tmp_path: Path) -> None:
    broken(own / "generator/simpul/checks/places.py", "for path in paths[1:]:", "for path in paths[1 / 0:]:")
    sample = Sample(tmp_path / "root")
    done = simpul("check", cwd=sample.root, PYTHONPATH=str(own / "generator"))
    assert (done.returncode, done.stderr) == (1, "")
    assert "places.py:" in done.stdout
    assert ": galat: pemeriksaan portal tidak selesai: ZeroDivisionError: division by zero" in done.stdout
    assert done.stdout.endswith("1 galat, 2 peringatan.\n")


@pytest.mark.parametrize("epoch", ["99999999999999999999", "kemarin", "-1"])
def test_an_absurd_day_is_told(epoch: str, tmp_path: Path) -> None:
    sample = Sample(tmp_path / "root")
    for command in ("build", "check"):
        done = simpul(command, cwd=sample.root, SOURCE_DATE_EPOCH=epoch)
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr == (f"Galat: SOURCE_DATE_EPOCH '{epoch}' bukan detik sejak 1970. "
                               "Isi dengan angka seperti 1790000000, atau hapus.\n")


def test_a_file_where_the_cache_should_be_is_told(tmp_path: Path) -> None:
    sample = Sample(tmp_path / "root").write(".cache", "x")
    done = simpul("build", cwd=sample.root)
    assert done.returncode == 1
    assert done.stderr == ("Galat: .cache ada, tetapi bukan jenis berkas yang diperlukan di sana. "
                           "Pindahkan atau ganti namanya.\n")


def test_a_busy_port_is_told(tmp_path: Path) -> None:
    sample = Sample(tmp_path / "root")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = simpul("serve", "--port", str(taken.getsockname()[1]), cwd=sample.root)
    assert done.returncode == 1
    assert done.stderr == f"Galat: {REMEDIES[errno.EADDRINUSE]}\n"


@pytest.mark.parametrize("number", [*REMEDIES, errno.EIO])
def test_what_the_system_refuses_is_told_with_a_remedy(number: int) -> None:
    told = explained(OSError(number, "refused", "situs/index.html"))
    assert told.endswith(".")
    assert "situs/index.html" in told or number in (errno.EADDRINUSE, errno.EMFILE)
