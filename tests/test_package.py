"""The package as others install it: a wheel holds all it needs and builds the same bytes, whoever is host."""

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

import simpul
from tests.harness import HERE, Sample, tree

ROOT = HERE.parent
PARTS = ("generator", "theme", "pyproject.toml", "setup.py", "MANIFEST.in", "LICENSE", "README.md")

pytestmark = pytest.mark.xdist_group("package")


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Python of an environment that holds the wheel and, by a path, the pinned packages of this one."""
    folder = tmp_path_factory.mktemp("paket")
    (folder / "sumber").mkdir()
    for part in PARTS:
        copy = shutil.copytree if (ROOT / part).is_dir() else shutil.copy
        copy(ROOT / part, folder / "sumber" / part)
    venv.create(folder / "env", with_pip=True)
    python = folder / "env/bin/python"
    quiet = ("--quiet", "--disable-pip-version-check", "--no-index", "--no-deps")
    build = [sys.executable, "-m", "pip", "wheel", *quiet, "--no-build-isolation", str(folder / "sumber")]
    subprocess.run([*build, "--wheel-dir", str(folder)], check=True)
    [wheel] = folder.glob("simpul-*.whl")
    subprocess.run([python, "-m", "pip", "install", *quiet, str(wheel)], check=True)
    own = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder).strip()
    Path(own, "pinned.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    return python


def run(python: Path | str, *arguments: str, cwd: Path) -> str:
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    done = subprocess.run([python, "-W", "ignore", *arguments], cwd=cwd, capture_output=True, text=True,
                          check=False, env=environment)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The site that the checkout builds."""
    sample = Sample(tmp_path_factory.mktemp("harapan") / "root")
    sample.build()
    return tree(sample.root / "site")


def test_the_wheel_builds_what_the_checkout_builds(installed: Path, expected: dict[str, bytes],
                                                   tmp_path: Path) -> None:
    sample = Sample(tmp_path / "root")
    where = run(installed, "-c", "import simpul; print(simpul.__file__)", cwd=tmp_path)
    assert where.startswith(str(installed.parent.parent))
    run(installed, str(installed.parent / "simpul"), "build", cwd=sample.root)
    assert tree(sample.root / "site") == expected


@pytest.mark.parametrize("host", ["mkdocs", "properdocs"])
@pytest.mark.parametrize("place", ["checkout", "wheel"])
def test_a_host_builds_the_same_bytes(host: str, place: str, installed: Path, expected: dict[str, bytes],
                                      tmp_path: Path) -> None:
    sample = Sample(tmp_path / "root")
    python = installed if place == "wheel" else sys.executable
    (tmp_path / "lain").mkdir()
    (tmp_path / "lain/.htaccess").write_text("ErrorDocument 404 /404.html", encoding="utf-8")
    for _ in range(2):
        run(python, "-m", host, "build", "--quiet", "--site-dir", str(tmp_path / "lain"), cwd=sample.root)
        found = tree(tmp_path / "lain")
        assert found.pop(".htaccess") == b"ErrorDocument 404 /404.html"
        assert found == expected


@pytest.mark.parametrize("host", ["mkdocs", "properdocs"])
def test_a_host_keeps_the_last_good_site(host: str, tmp_path: Path) -> None:
    sample = Sample(tmp_path / "root")
    command = ("-m", host, "build", "--quiet", "--site-dir", str(tmp_path / "lain"))
    run(sys.executable, *command, cwd=sample.root)
    before = tree(tmp_path / "lain")
    sample.replace("curriculum/jalur/asn-baru.yml", "surel-aman", "surel-amn")
    done = subprocess.run([sys.executable, "-W", "ignore", *command], cwd=sample.root, capture_output=True,
                          text=True, check=False)
    assert done.returncode == 1
    assert "galat: modul 'surel-amn' tidak ada" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert tree(tmp_path / "lain") == before


def test_the_library_has_two_doors(tmp_path: Path) -> None:
    sample = Sample(tmp_path / "root")
    report = simpul.build(sample.root)
    assert simpul.check(sample.root) == report.problems
    assert report.result
    assert (sample.root / "site/index.html").is_file()
    sample.replace("curriculum/jalur/asn-baru.yml", "surel-aman", "surel-amn")
    assert simpul.build(sample.root, tmp_path / "lain").result is None
    assert not (tmp_path / "lain").exists()


def test_importing_changes_nothing() -> None:
    """Not the environment, not the garbage collector, not the words of other programs."""
    seen = "print(dict(os.environ) == before, gc.isenabled(), gettext.gettext('Usage:'))"
    every = "; ".join(f"import simpul.{name}" for name in ("builder.make", "commands.cli", "intake.commands"))
    code = f"import gc, gettext, os; before = dict(os.environ); {every}; {seen}"
    out = run(sys.executable, "-c", code, cwd=ROOT)
    assert out.split() == ["True", "True", "Usage:"]
