"""Two at one folder, and keys behind passphrases: who waits is told for whom, who is needed is asked."""

import multiprocessing
import multiprocessing.synchronize
import os
import signal
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from simpul.commands.cli import main
from simpul.mirror import keys
from simpul.mirror.lock import NAME, Occupied, held
from tests.mirror.desk import DAY, Desk, desk_in


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return desk_in(tmp_path, monkeypatch)


@pytest.mark.parametrize("words", [("release",), ("gc",), ("keys", "renew"), ("keys", "rotate", "online")])
def test_a_second_writer_is_told_who_holds_the_folder_and_writes_nothing(desk: Desk,
                                                                         words: tuple[str, ...]) -> None:
    desk.create()
    desk.release()
    with held(Path("release"), "simpul release"):
        before = {path: path.read_bytes() for path in desk.folder.rglob("*") if path.is_file()}
        done = desk.type(*words)
        assert {path: path.read_bytes() for path in desk.folder.rglob("*") if path.is_file()} == before
    assert done.exit_code == 1
    assert done.stderr == (f"galat: release sedang dipakai oleh `simpul release`, proses {os.getpid()} di "
                           f"komputer {os.uname().nodename}. Tidak ada yang ditulis. Tunggu sampai selesai, "
                           "lalu ulangi.\n")
    assert not Path("release", NAME).exists()
    assert desk.type(*words).exit_code == 0


def hold(folder: Path, ready: "multiprocessing.synchronize.Event") -> None:
    with held(folder, "simpul release"):
        ready.set()
        signal.pause()


def test_a_lock_whose_holder_was_killed_does_not_stand_in_the_way(tmp_path: Path) -> None:
    context = multiprocessing.get_context("fork")
    ready = context.Event()
    holder = context.Process(target=hold, args=(tmp_path, ready))
    holder.start()
    assert ready.wait(10)
    with pytest.raises(Occupied, match=f"proses {holder.pid} di komputer"), held(tmp_path, "simpul gc"):
        pass
    holder.kill()
    holder.join()
    assert (tmp_path / NAME).exists()
    with held(tmp_path, "simpul gc"):
        assert f"proses {os.getpid()}" in (tmp_path / NAME).read_text()
    assert list(tmp_path.iterdir()) == []


def test_a_folder_made_for_the_lock_alone_goes_again(desk: Desk) -> None:
    desk.create()
    assert desk.type("gc", "--out", "kosong").exit_code == 1
    assert not Path("kosong").exists()


# Passphrases.

def answered(monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], *answers: str) -> Result:
    """What is typed, and then at the terminal."""
    for room in ("options", "key_commands", "sign_commands"):
        monkeypatch.setattr(f"simpul.mirror.{room}.at_terminal", lambda: True)
    return CliRunner().invoke(main, words, input="".join(f"{answer}\n" for answer in answers))


def locked(desk: Desk, secret: str = "rahasia") -> None:
    desk.type("keys", "create", "--passphrase", secret)


def test_a_passphrase_is_asked_for_once_for_all_keys_it_opens(desk: Desk,
                                                              monkeypatch: pytest.MonkeyPatch) -> None:
    locked(desk)
    done = answered(monkeypatch, ("release", *DAY), "salah", "rahasia")
    assert done.exit_code == 0
    assert done.stderr.count("Kata sandi kunci/online-1.pem (kosong: lewati kunci ini)") == 2
    assert done.stderr.count("kosong") == 2
    assert "Kata sandi keliru.\n" in done.stderr


def test_a_key_may_be_left_out(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other officer's: too few signatures are told as always."""
    locked(desk)
    done = answered(monkeypatch, ("release", *DAY), "", "", "", "", "", "rahasia")
    assert done.exit_code == 1
    assert "tanda tangan targets belum cukup: 1 dari 2 kunci tersedia" in done.stderr


def test_three_wrong_answers_end_in_one_sentence(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    locked(desk)
    done = answered(monkeypatch, ("release", *DAY), "a", "b", "c")
    assert (done.exit_code, done.stderr.splitlines()[-1]) == (1, (
        "galat: kunci/online-1.pem tidak dapat dibuka. Periksa kata sandi kunci dan berkasnya."))


def test_nobody_there_to_be_asked(desk: Desk) -> None:
    locked(desk)
    done = desk.release()
    assert (done.exit_code, done.stderr) == (1, (
        "galat: kunci/online-1.pem terkunci dengan kata sandi. Jalankan di terminal agar kata sandinya "
        "ditanyakan, atau sebut --passphrase-file.\n"))
    Path("sandi.txt").write_bytes(b"\xef\xbb\xbfrahasia\r\n")
    assert desk.release("--passphrase-file", "sandi.txt").exit_code == 0


def test_new_keys_of_a_rotation_get_a_passphrase_that_is_asked_for(desk: Desk,
                                                                   monkeypatch: pytest.MonkeyPatch) -> None:
    desk.create()
    desk.release()
    done = answered(monkeypatch, ("keys", "rotate", "online", *DAY), "baru", "baru")
    assert done.exit_code == 0
    assert b"ENCRYPTED" in Path("kunci/online-2.pem").read_bytes()


def test_a_passphrase_is_changed_for_all_keys_or_none(desk: Desk) -> None:
    locked(desk)
    before = {path: path.read_bytes() for path in Path("kunci").iterdir()}
    Path("baru.txt").write_text("baru\n")
    change = ("keys", "passphrase", "kunci", "--new-passphrase-file", "baru.txt")
    refused = desk.type(*change, "--passphrase", "salah", date=())
    assert (refused.exit_code, refused.stderr) == (1, (
        "galat: kunci/online-1.pem tidak dapat dibuka. Periksa kata sandi kunci dan berkasnya.\n"))
    assert {path: path.read_bytes() for path in Path("kunci").iterdir()} == before
    done = desk.type(*change, "--passphrase", "rahasia", date=())
    assert done.output == ("Kata sandi 6 kunci diganti. Salinan lama berkas kunci tetap memakai kata sandi "
                           "lama.\n")
    assert {path.stat().st_mode & 0o777 for path in Path("kunci").glob("*.pem")} == {0o600}
    assert len(keys.load_keys([Path("kunci")], "baru")) == 6
    with pytest.raises(keys.KeyProblem):
        keys.load_keys([Path("kunci")], "rahasia")
    assert desk.type("keys", "passphrase", "kunci", "--passphrase", "baru", date=()).stderr == (
        "galat: kata sandi baru belum disebut. Jalankan di terminal agar ditanyakan, atau sebut "
        "--new-passphrase-file.\n")


def test_a_new_passphrase_is_asked_for_twice(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.create()
    done = answered(monkeypatch, ("keys", "passphrase", "kunci/root-1.pem"), "baru", "lain", "baru", "baru")
    assert done.exit_code == 0
    assert b"ENCRYPTED" in Path("kunci/root-1.pem").read_bytes()
    assert b"ENCRYPTED" not in Path("kunci/root-2.pem").read_bytes()
