"""Whatever a file holds, reading it ends in an entry: problems with lines in the file, no exception."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simpul.markdown import render
from simpul.sources.entry import read_source
from simpul.sources.schema import KINDS
from tests.harness import REGIONS, SITE
from tests.hostile import cases
from tests.test_hostile import nodes

PATHS = {
    "wilayah": "curriculum/wilayah/regencies.csv", "kerangka": "curriculum/kerangka/k.yml",
    "modul": "curriculum/modul/m/modul.yml", "bacaan": "curriculum/modul/m/isi.md",
    "jalur": "curriculum/jalur/j.yml", "model": "curriculum/model/m.yml", "layanan": "curriculum/layanan.yml",
    "glosarium": "curriculum/glosarium.yml", "singkatan": "curriculum/singkatan.yml",
    "pemilik": "curriculum/pemilik.yml", "rilis": "curriculum/rilis.yml",
    "pindah": "content/daerah/00.71/pindah.yml",
    "kebutuhan": "content/daerah/00.71/kebutuhan.yml", "adaptasi": "content/daerah/00.71/adaptasi/m.yml",
    "lokal": "content/daerah/00.71/adaptasi/l.md", "pusat": "content/daerah/00.71/pusat.yml",
    "ahli": "content/daerah/00.71/ahli.yml", "jadwal": "content/daerah/00.71/jadwal.yml",
    "pemantauan": "content/daerah/00.71/pemantauan/2026-S1.csv", "profil": "content/daerah/00.71/profil.yml",
    "praktik": "content/daerah/00.71/praktik/p.md", "gambar": "content/daerah/00.71/praktik/gambar/g.png",
    "artikel": "content/a.md", "bagan": "curriculum/modul/m/gambar/b.svg",
    "lampiran": "content/daerah/00.71/praktik/lampiran/l.csv",
}
KNOWN = sorted(path for path in [*SITE.rglob("*.yml"), *SITE.rglob("*.md"), *SITE.rglob("*.csv"),
                                 REGIONS / "provinces.csv"] if path.is_file())
PIECES = st.sampled_from(["---\n", ": ", "- ", "\t", "\n", "[", "]", "{", "}", '"', "'", "&a ", "*a", "!x ",
                          "|\n", ">\n", "# ", "## ", "](", "![", "`", "```\n", "> ", "| a |\n", "|---|\n",
                          "[^1]", "<b>", "&#0;", "\\", "\r", "\ufeff", "\u2028", "\x00", "«x»", "null", "1e9",
                          "11.10", *(case.payload for case in cases()[::7])]) | st.text(max_size=20)


def judge(path: str, data: bytes) -> None:
    source, _ = read_source(path, data)
    assert source.entry.path == path
    last = data.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n").count("\n") + 2
    for problem in source.problems:
        assert 1 <= problem.line <= last, problem
        assert problem.message
        assert "\n" not in problem.message


def test_every_kind_is_tried() -> None:
    assert set(PATHS) == {kind.name for kind in KINDS}


@pytest.mark.parametrize("kind", PATHS)
@settings(max_examples=60, deadline=None, derandomize=True)
@given(data=st.binary(max_size=400))
def test_any_bytes(kind: str, data: bytes) -> None:
    judge(PATHS[kind], data)


@pytest.mark.parametrize("kind", PATHS)
@settings(max_examples=60, deadline=None, derandomize=True)
@given(parts=st.lists(PIECES, max_size=40))
def test_any_text(kind: str, parts: list[str]) -> None:
    judge(PATHS[kind], "".join(parts).encode("utf-8", "surrogatepass"))


@settings(max_examples=400, deadline=None, derandomize=True)
@given(st.data())
def test_a_known_file_with_anything_cut_out_and_put_in(data: st.DataObject) -> None:
    source: Path = data.draw(st.sampled_from(KNOWN))
    text = source.read_text(encoding="utf-8")[:4_000]
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 60)))
    changed = text[:start] + "".join(data.draw(st.lists(PIECES, max_size=4))) + text[end:]
    path = source.relative_to(SITE if source.is_relative_to(SITE) else REGIONS.parent.parent).as_posix()
    if path.startswith(("content/", "curriculum/")):
        judge(path, changed.encode("utf-8", "surrogatepass"))


@settings(max_examples=400, deadline=None, derandomize=True)
@given(st.lists(PIECES, max_size=60))
def test_any_markdown_becomes_harmless_html(parts: list[str]) -> None:
    rendered = render("".join(parts).replace("\x00", ""), "content/daerah/00.71/praktik/p.md")
    for html in rendered.html:
        assert set(nodes(html).found) <= {"<input>"}, html
        assert all(not address.lower().startswith(("javascript", "data", "vbscript", "file"))
                   for address in nodes(html).addresses)
