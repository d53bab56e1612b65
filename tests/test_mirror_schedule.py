"""The schedule as systemd, cron and Windows read it, whatever signs its words hold."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from simpul.mirror.client import main as client_main
from simpul.mirror.client.schedule import CRON, SERVICE, TASK, TIMER, Night, schedule, texts, write

ODD = ["/usr/bin/python3", "/opt/Program Kota/simpul-mirror.pyz", "sync", "--renew",
       "https://pusat.example/a%20b/?x=$HOME&y=<1>", "/srv/salinan 'kota' \"lama\""]
NIGHT = Night(ODD, [Path("/srv/salinan kota"), Path("/media/a%b$c")], "www-data")
SPACE = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"


def entry(text: str, key: str) -> str:
    [found] = re.findall(rf"^{key}=(.*)$", text, re.MULTILINE)
    return str(found)


def test_cron_gives_the_shell_the_very_words(tmp_path: Path) -> None:
    """A percent sign is a line break to cron unless a backslash stands before it, which cron takes away."""
    speaks = tmp_path / "bicara.py"
    speaks.write_text("import json, sys\nopen(sys.argv[1], 'w').write(json.dumps(sys.argv[2:]))\n")
    line = texts(Night([sys.executable, str(speaks), str(tmp_path / "kata.json"), *ODD], [], ""))[CRON]
    fields = line.split(" ", 5)
    assert re.fullmatch(r"[0-5]?\d 1 \* \* \*", " ".join(fields[:5]))
    assert re.search(r"(?<!\\)%", fields[5]) is None
    subprocess.run(["/bin/sh", "-c", fields[5].replace("\\%", "%")], check=True)
    assert json.loads((tmp_path / "kata.json").read_text()) == ODD


def test_systemd_reads_the_very_words() -> None:
    service = texts(NIGHT)[SERVICE]
    assert entry(service, "ExecStart") == (
        '/usr/bin/python3 "/opt/Program Kota/simpul-mirror.pyz" sync --renew '
        '"https://pusat.example/a%%20b/?x=$$HOME&y=<1>" "/srv/salinan \'kota\' \\"lama\\""')
    assert entry(service, "ReadWritePaths") == '"/srv/salinan kota" /media/a%%b$c'
    assert entry(texts(NIGHT)[TIMER], "RandomizedDelaySec") == "20min"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed")
def test_systemd_finds_nothing_wrong_and_little_exposed(tmp_path: Path) -> None:
    """Of 10 points of exposure a plain service has 9.6; what needs the network keeps about 3."""
    write(Night([sys.executable, *ODD[1:]], NIGHT.folders, "www-data"), tmp_path)
    done = subprocess.run(["systemd-analyze", "verify", tmp_path / SERVICE, tmp_path / TIMER],
                          capture_output=True, text=True, check=False)
    assert [line for line in done.stderr.splitlines() if "simpul" in line] == []
    safe = subprocess.run(["systemd-analyze", "security", "--offline=true", "--threshold=35",
                           tmp_path / SERVICE], capture_output=True, text=True, check=False)
    assert safe.returncode == 0, safe.stdout + safe.stderr


def test_the_service_never_runs_as_root() -> None:
    assert entry(texts(NIGHT)[SERVICE], "User") == "www-data"
    assert "useradd" not in schedule(NIGHT)
    made = schedule(NIGHT._replace(owner="", folders=[Path("/srv/salinan")]))
    assert entry(made, "User") == "simpul"
    assert ("useradd --system --no-create-home simpul\nmkdir -p /srv/salinan\nchown -R simpul: /srv/salinan\n"
            in made)


def test_the_task_of_windows_runs_the_very_words_and_catches_up(tmp_path: Path) -> None:
    write(NIGHT, tmp_path)
    data = (tmp_path / TASK).read_bytes()
    assert data.startswith(b"\xff\xfe")
    task = ElementTree.fromstring(data.decode("utf-16"))
    read = {element.tag.removeprefix(SPACE): element.text for element in task.iter()}
    assert read["Command"] == ODD[0]
    assert read["Arguments"] == subprocess.list2cmdline(ODD[1:])
    assert [read[name] for name in ("StartWhenAvailable", "RunOnlyIfNetworkAvailable", "RunLevel",
                                    "MultipleInstancesPolicy", "RandomDelay")] == \
        ["true", "true", "LeastPrivilege", "IgnoreNew", "PT20M"]
    order = [element.tag.removeprefix(SPACE) for element in task]
    assert order == ["RegistrationInfo", "Triggers", "Principals", "Settings", "Actions"]
    stick = texts(NIGHT._replace(command=["python", "x.pyz", "sync", "E:\\rilis", "C:\\salinan"]))[TASK]
    assert "<RunOnlyIfNetworkAvailable>false" in stick


def test_files_of_that_name_that_differ_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                             capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "argv", [str(tmp_path / "simpul-mirror.pyz")])
    folder = tmp_path / "jadwal"
    words = ["schedule", "https://pusat.example/rilis/", str(tmp_path / "salinan"), "--write", str(folder)]
    assert client_main.main(words) == 0
    assert client_main.main(words) == 0
    assert sorted(path.name for path in folder.iterdir()) == sorted((SERVICE, TIMER, CRON, TASK))
    assert "schtasks /Create" in capsys.readouterr().out
    (folder / CRON).write_text("milik orang lain")
    assert client_main.main(words) == 4
    assert capsys.readouterr().err == (f"GAGAL: {folder}/simpul-cermin.cron sudah ada dan berbeda. Tidak ada "
                                       "yang ditulis. Hapus dulu, atau pakai folder lain.\n")
    assert (folder / CRON).read_text() == "milik orang lain"


def test_a_program_inside_the_copy_is_not_scheduled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                                    capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "argv", [str(tmp_path / "unduh" / "simpul-mirror.pyz")])
    assert client_main.main(["schedule", "https://pusat.example/rilis/", str(tmp_path)]) == 1
    assert capsys.readouterr().err.startswith("GAGAL: program ini berada di dalam folder salinan ")
