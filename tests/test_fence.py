"""Whatever one file is or raises becomes a problem of that file; the rest is still checked."""

import os
import re
import signal
import socket
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from simpul.builder import make
from simpul.pages import Page
from simpul.problems import errors
from simpul.runtime.clock import OutOfTime, clock
from simpul.sources import entry, read
from simpul.sources.entry import WholeCase, read_source
from simpul.sources.schema import KINDS, Kind
from tests.harness import Sample, simpul
from tests.hostile import FOLDER, HARMLESS
from tests.test_properties import PATHS

PICTURE = f"{FOLDER}/gambar/x.png"
STRAY = 'unit;layanan;n\n' + "a;b;1\n" * 5 + '"a;b;1\n'


@pytest.mark.parametrize("kind", PATHS)
def test_whatever_is_raised_is_told_of_the_file_with_its_name_and_place(
        kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*arguments: object) -> object:
        raise KeyError("anu")

    for name in ("decode", "decode_table", "_picture_of", "_attachment_of"):
        monkeypatch.setattr(entry, name, fails)
    source, body = read_source(PATHS[kind], b"")
    [problem] = source.problems
    assert (problem.path, problem.line, problem.severity, body) == (PATHS[kind], 1, "error", None)
    assert problem.message.startswith("berkas ini tidak dapat diolah (KeyError: 'anu', generator/simpul/")
    assert source.digest, "the same bytes raise the same"


@pytest.mark.parametrize(("raised", "told"), [
    (OutOfTime, "ini terlalu lama diolah"), (MemoryError, "ini menghabiskan memori saat diolah"),
    (RecursionError, "ini bersarang terlalu dalam")])
def test_a_limit_is_told_in_words_that_fit_the_kind(raised: type[BaseException], told: str,
                                                    monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*arguments: object) -> object:
        raise raised

    for name in ("decode", "decode_table", "_picture_of", "_attachment_of"):
        monkeypatch.setattr(entry, name, fails)
    for kind in KINDS:
        source, _ = read_source(PATHS[kind.name], b"")
        [problem] = source.problems
        assert told in problem.message
        assert problem.message.startswith("gambar" if kind.shape == "picture" else "berkas")
        assert ("kurung" in problem.hint) == (kind.shape == "article")
        assert problem.hint
        assert source.digest == "", "the next time it may go well"


def test_the_time_of_others_does_not_count() -> None:
    """Another thread works, and the machine is busy: only this thread's own work counts."""
    done = threading.Event()

    def busy() -> None:
        while not done.is_set():
            sum(range(1000))

    other = threading.Thread(target=busy)
    other.start()
    try:
        with clock() as own:
            own.start(0.2)
            time.sleep(0.4)
            assert own.stop() > 0
            own.start(0.1)
            with pytest.raises(OutOfTime):
                busy()
            assert own.stop() <= 0
    finally:
        done.set()
        other.join()
    assert signal.getsignal(signal.SIGPROF) == signal.SIG_DFL


def test_without_signals_too_much_time_is_told_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(data: bytes) -> str:
        start = time.thread_time()
        while time.thread_time() < start + 0.1:
            sum(range(1000))
        return "---\njudul: x\n---\n"

    monkeypatch.setattr(entry, "SECONDS_PER_FILE", 0.05)
    monkeypatch.setattr(entry, "decode", slow)
    found = []
    thread = threading.Thread(target=lambda: found.append(read_source("content/a.md", b"")[0]))
    thread.start()
    thread.join()
    assert [problem.code for problem in found[0].problems] == ["terlalu-rumit"]


@pytest.fixture
def odd(tmp_path: Path) -> Sample:
    """A sample with pipes, a socket and a link to a device, where files of every reader are expected."""
    sample = Sample(tmp_path / "root")
    sample.write(f"{FOLDER}/lain.md", HARMLESS.replace("penerapan", "penerapn"))
    for path in (f"{FOLDER}/pipa.md", PICTURE, "content/daerah/00.71/pemantauan/2026-S2.csv",
                 "curriculum/modul/kata-sandi/gambar/x.svg", "content/daerah/00.71/apa.bin"):
        (sample.root / path).parent.mkdir(parents=True, exist_ok=True)
        os.mkfifo(sample.root / path)
    here = Path.cwd()
    os.chdir(sample.root / FOLDER)  # a socket's address is short
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("soket.md")
    os.chdir(here)
    (sample.root / FOLDER / "nol.md").symlink_to("/dev/zero")
    return sample


@pytest.mark.parametrize("command", [("check",), ("build",), ("check", "--jobs", "2"),
                                     ("check", "--format", "summary"), ("review",)])
def test_what_is_no_file_is_told_and_never_opened(command: tuple[str, ...], odd: Sample) -> None:
    start = time.monotonic()
    done = simpul(*command, cwd=odd.root)
    assert time.monotonic() - start < 30
    told = done.stdout + done.stderr
    assert "Traceback" not in told
    if command[0] == "review":
        return
    assert done.returncode == 1
    for name in ("pipa.md", "soket.md", "x.png", "2026-S2.csv", "x.svg"):
        assert name in told
    assert told.count("ini bukan berkas biasa, melainkan pipa, soket, atau perangkat") == 5
    assert "berkas ini tautan simbolik" in told
    assert "apa.bin" in told
    assert "penerapn" in told, "the rest is still checked"


def test_the_report_on_a_change_shows_no_line_of_what_a_link_leads_to(tmp_path: Path) -> None:
    sample = Sample(tmp_path / "root")
    (tmp_path / "rahasia").write_text("tahapan: penerapan rahasia\n", encoding="utf-8")
    (sample.root / FOLDER / "x.md").symlink_to(tmp_path / "rahasia")
    done = simpul("check", "--format", "summary", cwd=sample.root)
    assert "tautan simbolik" in done.stdout
    assert "rahasia" not in done.stdout


def test_the_preview_goes_on(odd: Sample) -> None:
    """It tells of what is no file, and shows the site again when that is gone."""
    from simpul.commands.serve import PreviewState, _rebuild

    state = PreviewState()
    site = odd.root / "situs"
    _rebuild(odd.root, site, 1, state)
    assert any(problem.code == "bukan-berkas" for problem in state.problems)
    for path in list(odd.root.rglob("*")):
        if path.is_fifo() or path.is_socket() or path.is_symlink():
            path.unlink()
    odd.remove(f"{FOLDER}/lain.md")
    _rebuild(odd.root, site, 1, state)
    assert not [problem for problem in state.problems if problem.severity == "error"]
    assert (site / "index.html").is_file()


def test_a_file_that_becomes_a_pipe_while_it_is_read_is_told(tmp_path: Path) -> None:
    from simpul.sources.files import read_plain

    os.mkfifo(tmp_path / "pipa")
    with pytest.raises(OSError, match="no plain file"):
        read_plain(f"{tmp_path}/pipa")


@pytest.mark.parametrize("rows", [40, 27_000])
def test_a_stray_quotation_mark_is_told_where_it_opens(rows: int) -> None:
    source, _ = read_source(PATHS["pemantauan"], (STRAY + "a;b;1\n" * rows).encode())
    assert [(problem.line, problem.message) for problem in source.problems] == \
        [(7, "tanda petik ganda di baris ini membuka sel yang tidak ditutup")]




HERE_PID = os.getpid()
CULPRIT = f"{FOLDER}/kasus-7.md"


@pytest.fixture
def many(tmp_path: Path) -> Sample:
    """Enough cases for processes to be started."""
    sample = Sample(tmp_path / "root")
    for number in range(60):
        sample.write(f"{FOLDER}/kasus-{number}.md", HARMLESS)
    return sample


def _dies() -> None:
    assert os.getpid() != HERE_PID
    os.kill(os.getpid(), signal.SIGKILL)


def _found(sample: Sample, jobs: int) -> list[str]:
    return [f"{problem.path}: {problem.message}" for problem in errors(sample.build(jobs=jobs).problems)]


def test_a_process_that_dies_at_a_file_tells_which(many: Sample, monkeypatch: pytest.MonkeyPatch) -> None:
    def text(blank: entry.Entry, kind: Kind, data: bytes) -> entry.Steps:
        if blank.path == CULPRIT:
            _dies()
        return honest(blank, kind, data)

    honest = entry._text
    monkeypatch.setattr(entry, "_text", text)
    assert _found(many, 2) == [f"{CULPRIT}: berkas ini menghabiskan memori saat diolah"]


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_fails_after_reading_is_told_of_the_file_too(jobs: int, many: Sample,
                                                         monkeypatch: pytest.MonkeyPatch) -> None:
    def packed(body: object) -> bytes:
        if isinstance(body, WholeCase) and body.practice.judul == "Lain":
            raise ValueError("anu")
        return honest(body)

    honest = read.dump
    monkeypatch.setattr(read, "dump", packed)
    many.write(CULPRIT, re.sub("judul: .*", "judul: Lain", HARMLESS, count=1))
    [told] = _found(many, jobs)
    assert told.startswith(f"{CULPRIT}: berkas ini tidak dapat diolah (ValueError: anu, generator/simpul/")


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_text_that_search_cannot_take_in_is_told(jobs: int, many: Sample,
                                                  monkeypatch: pytest.MonkeyPatch) -> None:
    def analysed(page: Page, *arguments: Any) -> object:
        if page.source == CULPRIT:
            raise IndexError("anu")
        return honest(page, *arguments)

    honest = make.entry_of
    monkeypatch.setattr(make, "entry_of", analysed)
    [told] = _found(many, jobs)
    assert told.startswith(f"{CULPRIT}: praktik/00.71/kasus-7.html tidak dapat dibuat: IndexError: anu "
                           "(generator/simpul/builder/make.py:")


def test_a_process_that_dies_at_a_page_tells_which(many: Sample, monkeypatch: pytest.MonkeyPatch) -> None:
    def analysed(page: Page, *arguments: Any) -> object:
        if page.source == CULPRIT:
            _dies()
        return honest(page, *arguments)

    honest = make.entry_of
    monkeypatch.setattr(make, "entry_of", analysed)
    assert _found(many, 2) == [f"{CULPRIT}: praktik/00.71/kasus-7.html tidak dapat dibuat: memori habis "
                               "(generator/simpul/runtime/workers.py:1)"]
