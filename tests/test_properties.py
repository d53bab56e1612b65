"""Whatever a file holds, reading it ends in an entry: problems with lines in the file, no exception."""

import io
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from simpul.markdown import render
from simpul.problems import errors
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
    "padanan": "curriculum/padanan.yml", "pemilik": "curriculum/pemilik.yml", "rilis": "curriculum/rilis.yml",
    "penunjuk": "curriculum/penunjuk/73.71-p.yml", "pindah": "content/daerah/00.71/pindah.yml",
    "kebutuhan": "content/daerah/00.71/kebutuhan.yml", "adaptasi": "content/daerah/00.71/adaptasi/m.yml",
    "lokal": "content/daerah/00.71/adaptasi/l.md", "pusat": "content/daerah/00.71/pusat.yml",
    "ahli": "content/daerah/00.71/ahli.yml", "jadwal": "content/daerah/00.71/jadwal.yml",
    "pemantauan": "content/daerah/00.71/pemantauan/2026-S1.csv", "profil": "content/daerah/00.71/profil.yml",
    "praktik": "content/daerah/00.71/praktik/p.md", "gambar": "content/daerah/00.71/praktik/gambar/g.png",
    "artikel": "content/a.md", "bagan": "curriculum/modul/m/gambar/b.svg",
    "lampiran": "content/daerah/00.71/praktik/lampiran/l.csv",
    "rencana": "curriculum/modul/m/rencana.yml", "bank": "curriculum/bank/4.1-1.yml",
    "penilaian": "curriculum/penilaian.yml", "dasar_hukum": "curriculum/dasar_hukum.yml",
    "sistem": "curriculum/sistem.yml",
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
        assert problem.code != "program", f"told, but not in the contributor's words: {problem.message}"
    if path in (PATHS["gambar"], PATHS["bagan"]):
        assert source.entry.usable != bool(errors(source.problems)), "shown or told"


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


SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
SAMPLES: dict[str, tuple[str, str, dict[str, Any]]] = {
    "png": ("PNG", "RGBA", {"icc_profile": SRGB.replace(b"s\0R\0G\0B", b"l\0a\0i\0n")}),
    "png-palet": ("PNG", "P", {"transparency": 1}), "png-16": ("PNG", "I;16", {}), "png-1": ("PNG", "1", {}),
    "jpg": ("JPEG", "RGB", {"icc_profile": SRGB.replace(b"s\0R\0G\0B", b"l\0a\0i\0n"), "comment": b"kantor"}),
    "jpg-cetak": ("JPEG", "CMYK", {"progressive": True}), "jpg-abu": ("JPEG", "L", {}),
    "webp": ("WEBP", "RGBA", {"lossless": True}), "webp-gerak": ("WEBP", "RGB", {"save_all": True}),
    "gif": ("GIF", "P", {"save_all": True}),
}
CHANGES = 300
DRAWINGS = sorted((SITE.parent.parent / "curriculum" / "modul").glob("*/gambar/*.svg"))


def _sample(name: str) -> bytes:
    kind, mode, more = SAMPLES[name]
    frames = [Image.linear_gradient("L").resize((48, 32)).rotate(turn).convert(mode) for turn in (0, 180)]
    if kind == "JPEG":
        exif = Image.Exif()
        exif[0x0112], exif[0x010E] = 6, "loket"
        more = {**more, "exif": exif}
    file = io.BytesIO()
    frames[0].save(file, kind, **more, **({"append_images": frames[1:]} if "save_all" in more else {}))
    return file.getvalue()


def _changed(data: bytes, draw: random.Random) -> bytes:
    """Some bytes changed, a piece cut out, doubled or put elsewhere, or the end lost."""
    changed = bytearray(data)
    for _ in range(draw.choice((1, 1, 2, 8))):
        start = draw.randrange(len(changed) + 1)
        piece = changed[start:start + draw.choice((1, 4, 60))]
        match draw.randrange(5):
            case 0 | 1:
                changed[start:start + 1] = draw.choice((b"\0", b"\xff", b"\x7f", draw.randbytes(1)))
            case 2:
                del changed[start:start + len(piece)]
            case 3:
                changed[draw.randrange(len(changed) + 1):0] = piece
            case 4:
                changed[start:] = b"" if draw.randrange(4) == 0 else changed[start:]
    return bytes(changed)


@pytest.mark.parametrize("name", SAMPLES)
def test_a_picture_with_bytes_changed_is_shown_or_told(name: str) -> None:
    data, draw = _sample(name), random.Random(name)
    judge(PATHS["gambar"], data)
    assert read_source(PATHS["gambar"], data)[0].entry.usable
    for _ in range(CHANGES):
        judge(PATHS["gambar"], _changed(data, draw))


@pytest.mark.parametrize("path", [*DRAWINGS, *(path for path in KNOWN if path.suffix == ".csv")],
                         ids=lambda path: path.name)
def test_a_drawing_or_a_table_with_bytes_changed_is_shown_or_told(path: Path) -> None:
    data, draw = path.read_bytes()[:6_000], random.Random(path.name)
    here = PATHS["bagan"] if path.suffix == ".svg" else \
        PATHS["wilayah" if path.parent == REGIONS else "pemantauan"]
    for _ in range(CHANGES):
        judge(here, _changed(data, draw))
