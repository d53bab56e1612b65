"""Figures of the centre's modules: shapes and text, nothing that runs, loads or is illegible on a phone."""

from pathlib import Path

import pytest

from simpul.model import PictureError
from simpul.sources.drawings import read_drawing
from tests.harness import Sample

ROOT = Path(__file__).parent.parent
HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 340 200">\n'
TEXT = "curriculum/modul/kata-sandi/isi.md"
FIGURE = "curriculum/modul/kata-sandi/gambar/kunci.svg"


def svg(inside: str) -> bytes:
    return f"{HEAD}{inside}\n</svg>".encode()


def test_a_figure_is_kept_as_it_is() -> None:
    data = svg('<rect x="1" y="2" width="30" height="4" fill="#e8eaf6"/><text x="3" y="9" '
               'font-size="12">Kunci</text>')
    picture = read_drawing(data)
    assert (picture.wide, picture.narrow, picture.width, picture.height) == (data, b"", 340, 200)


@pytest.mark.parametrize(("inside", "message", "line"), [
    ("<script>alert(1)</script>", "unsur <script> tidak diterima; pakai bentuk dan teks saja", 2),
    ("\n<rect onclick='alert(1)'/>", "atribut 'onclick' tidak diterima", 3),
    ("<a href='x'><text>x</text></a>", "unsur <a> tidak diterima; pakai bentuk dan teks saja", 2),
    ("<image href='https://jahat.example/x.png'/>",
     "unsur <image> tidak diterima; pakai bentuk dan teks saja", 2),
    ("<use href='#x'/>", "unsur <use> tidak diterima; pakai bentuk dan teks saja", 2),
    ("<foreignObject><b/></foreignObject>",
     "unsur <foreignObject> tidak diterima; pakai bentuk dan teks saja", 2),
    ("<style>*{}</style>", "unsur <style> tidak diterima; pakai bentuk dan teks saja", 2),
    ("<animate attributeName='x'/>", "unsur <animate> tidak diterima; pakai bentuk dan teks saja", 2),
    ("<rect fill='url(#a)'/>", "isi atribut 'fill' tidak diterima", 2),
    ("<rect fill='URL(https://jahat.example)'/>", "isi atribut 'fill' tidak diterima", 2),
    ("<rect style='fill:red'/>", "atribut 'style' tidak diterima", 2),
    ("<g xmlns:xlink='http://www.w3.org/1999/xlink' xlink:href='x'/>", "atribut 'xmlns:xlink' tidak diterima",
     2),
    ("<text font-size='8'>kecil</text>",
     "huruf setinggi 8 terlalu kecil di ponsel; perbesar, atau sempitkan viewBox", 2),
    ("<rect>", "susunan SVG tidak terbaca di baris ini", 3),
    ("<svg viewBox='0 0 10 10'/>",
     "bagan memerlukan satu viewBox yang diawali 0 0, misalnya viewBox=\"0 0 340 200\"", 2),
    ("<!-- " + "x" * 7_000 + " -->", "bagan 6,9 KB; batasnya 6 KB", 1),
])
def test_what_could_do_more_than_show_is_refused(inside: str, message: str, line: int) -> None:
    with pytest.raises(PictureError) as refused:
        read_drawing(svg(inside))
    assert (str(refused.value), refused.value.line) == (message, line)


@pytest.mark.parametrize("data", [b"", b"<svg/>", b"\xff\xfe\x00",
                                  b'<!DOCTYPE svg [<!ENTITY a "b">]><svg viewBox="0 0 20 20">&a;</svg>',
                                  b'<?xml-stylesheet href="x"?><svg viewBox="0 0 20 20"/>'])
def test_what_is_no_figure_is_refused(data: bytes) -> None:
    with pytest.raises(PictureError):
        read_drawing(data)


def test_a_module_shows_its_figure_with_its_size(tmp_path: Path) -> None:
    sample = Sample(tmp_path / "root").write(FIGURE, svg('<text x="3" y="9">Kunci</text>'))
    sample.replace(TEXT, "- Pilih empat kata acak.", "![Kunci dan gembok](gambar/kunci.svg)").build()
    page = sample.page("modul/kata-sandi.html")
    assert ('<img src="kata-sandi/gambar/kunci.svg" width="340" height="200" data-kb="1" '
            'alt="Kunci dan gembok"') in page
    assert (sample.root / "site/modul/kata-sandi/gambar/kunci.svg").read_bytes() == \
        svg('<text x="3" y="9">Kunci</text>')


def test_a_region_may_not_send_one(tmp_path: Path) -> None:
    sample = Sample(tmp_path / "root").write("content/daerah/00.71/praktik/gambar/x.svg", svg(""))
    assert "praktik/gambar/x.svg:1: galat: jenis gambar ini tidak diterima" in sample.report()


def test_every_figure_of_the_curriculum_is_sound_and_shown() -> None:
    figures = sorted((ROOT / "curriculum/modul").rglob("*.svg"))
    assert len(figures) >= 12
    for figure in figures:
        read_drawing(figure.read_bytes())
        assert f"](gambar/{figure.name})" in (figure.parent.parent / "isi.md").read_text(encoding="utf-8")
