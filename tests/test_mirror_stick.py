"""A stick for Windows without Python: what it carries, and that its script reads what `export` writes."""

import re
from pathlib import Path

import pytest

from simpul.mirror.bundle import build_client
from simpul.mirror.client.beside import LIST
from simpul.mirror.client.disk import Folder
from simpul.mirror.client.errors import Full
from simpul.mirror.client.export import export
from simpul.mirror.client.sources import FolderSource
from simpul.mirror.client.stick import NAMES, windows_files
from simpul.mirror.client.tree import sha256
from tests.mirror.world import TODAY, Publisher, run
from tests.test_mirror_client import Mirror

NEWER_THAN_2 = ("Get-FileHash", "-Raw", "ConvertFrom-Json", "::new(", " -in ", "-notin", "PSCustomObject",
                "PSScriptRoot", "-Directory", "Expand-Archive", "Get-Content")


@pytest.fixture
def mirror(tmp_path: Path) -> Mirror:
    centre = Publisher(tmp_path, day=TODAY)
    centre.release({"index.html": b"<title>Beranda</title>", "modul/index.html": b"<title>Modul</title>",
                    "gambar/a.webp": b"\0" * 99})
    (tmp_path / "simpul-mirror.pyz").write_bytes(build_client(centre.roots))
    mirror = Mirror(centre, tmp_path / "simpul-mirror.pyz")
    mirror.run("sync", centre.out, tmp_path / "salinan")
    return mirror


@pytest.fixture
def stick(mirror: Mirror, tmp_path: Path) -> Path:
    done = mirror.run("export", tmp_path / "salinan", tmp_path / "usb", "--with-site")
    assert done.returncode == 0, done.stderr
    return tmp_path / "usb"


@pytest.mark.parametrize("name", NAMES)
def test_the_packed_client_lays_them_on_a_stick_as_windows_reads_them(stick: Path, name: str) -> None:
    """`cmd` misreads ends of line without a carriage return, PowerShell 2 to 5 letters outside ASCII."""
    data = (stick / name).read_bytes()
    assert data == windows_files()[name]
    assert data.isascii()
    assert re.search(rb"[^\r]\n|\r[^\n]", data) is None


def test_the_script_needs_no_newer_powershell() -> None:
    text = windows_files()["simpul.ps1"].decode()
    assert [word for word in NEWER_THAN_2 if word in text] == []


def names_rule() -> tuple[str, ...]:
    """The three expressions of Test-Name: the signs, the parts, the names it leaves out."""
    text = windows_files()["simpul.ps1"].decode()
    return tuple(re.findall(r"\$Path -notmatch '([^']+)'", text))


def copied(path: str) -> bool:
    return not any(re.search(rule, path, re.IGNORECASE) for rule in names_rule())


def test_its_list_names_every_page_with_its_hash(stick: Path, mirror: Mirror) -> None:
    [form] = re.findall(r"\$Line -match '([^']+)'", windows_files()["simpul.ps1"].decode())
    lines = [re.match(form, line) for line in (stick / LIST).read_text(encoding="utf-8").splitlines()]
    assert None not in lines
    listed = {found[2]: found[1] for found in lines if found and copied(found[2])}
    pages = {path: sha256((mirror.client.parent / "salinan" / path).read_bytes())
             for path in Folder(mirror.client.parent / "salinan").walk() if path != "status.json"}
    assert listed == pages


@pytest.mark.parametrize("path", ["../a", "a/../b", "/a", "a//b", "C:/a", "a\\b", ".simpul/x", "a/.b/c", "a/",
                                  "", "rilis/isi.txt", "SIMPUL.cmd", "simpul.PS1", "status.json", "a\tb"])
def test_it_copies_nothing_that_leads_elsewhere(path: str) -> None:
    assert len(names_rule()) == 3
    assert not copied(path)


def test_a_file_of_that_name_is_not_overwritten(mirror: Mirror, tmp_path: Path) -> None:
    usb = tmp_path / "usb"
    usb.mkdir()
    (usb / "SIMPUL.cmd").write_text("milik orang")
    with pytest.raises(Full, match=r"SIMPUL\.cmd"):
        export(Folder(tmp_path / "salinan"), Folder(usb), mirror.centre.roots, b"", True)
    assert [path.name for path in usb.iterdir()] == ["SIMPUL.cmd"]


def test_a_stick_without_pages_carries_none_of_it_any_more(stick: Path, mirror: Mirror,
                                                           tmp_path: Path) -> None:
    export(Folder(tmp_path / "salinan"), Folder(stick), mirror.centre.roots, b"", False)
    assert sorted(path.name for path in stick.iterdir()) == ["rilis"]


def test_a_copy_taken_from_such_a_stick_is_the_release_alone(stick: Path, mirror: Mirror,
                                                             tmp_path: Path) -> None:
    run([FolderSource(str(stick))], Folder(tmp_path / "desa"), mirror.centre.roots)
    assert Folder(tmp_path / "desa").walk() == Folder(tmp_path / "salinan").walk()


def test_an_embedded_python_beside_it_checks_the_signatures() -> None:
    menu = windows_files()["SIMPUL.cmd"].decode()
    assert '"%~dp0python\\python.exe" -I "%~dp0simpul-mirror.pyz" sync "%~dp0." "%TUJUAN%"' in menu
    labels = set(re.findall(r"^:(\w+)", menu, re.MULTILINE))
    assert set(re.findall(r"goto (\w+)", menu)) == labels
