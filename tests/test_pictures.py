"""Pictures of the sources: prepared for slow lines, announced with their size, refused with a reason."""

import io
from pathlib import Path

from PIL import Image

from tests.harness import Sample

TEXT = "curriculum/modul/kata-sandi/isi.md"
PICTURE = "curriculum/modul/kata-sandi/gambar/loket.png"


def _png(width: int, height: int) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (width, height), "#336699").save(file, "PNG")
    return file.getvalue()


def test_a_picture_comes_in_two_widths_with_its_size(tmp_path: Path) -> None:
    sample = Sample(tmp_path / "root").write(PICTURE, _png(1400, 700))
    sample.replace(TEXT, "- Pilih empat kata acak.",
                   "![Loket](gambar/loket.png)\n\n- Pilih empat kata acak.").build()
    html = sample.page("modul/kata-sandi.html")
    kilobytes = -(-(sample.root / "site/modul/kata-sandi/gambar/loket.webp").stat().st_size // 1024)
    assert (f'<img src="kata-sandi/gambar/loket.webp" width="1200" height="600" data-kb="{kilobytes}" '
            'srcset="kata-sandi/gambar/loket-600.webp 600w, kata-sandi/gambar/loket.webp 1200w" '
            'sizes="(max-width: 40em) 100vw, 40em" alt="Loket" loading="lazy">') in html
    with Image.open(sample.root / "site/modul/kata-sandi/gambar/loket-600.webp") as narrow:
        assert narrow.size == (600, 300)
    sample.write(PICTURE, _png(1400, 350)).build()
    assert 'height="300"' in sample.page("modul/kata-sandi.html")


def test_two_pictures_of_one_address_are_told_and_neither_is_lost_in_silence(tmp_path: Path) -> None:
    folder = "content/daerah/00.71/praktik/gambar"
    sample = Sample(tmp_path / "root")
    sample.write(f"{folder}/foto.png", _png(10, 10)).write(f"{folder}/foto.jpg", _png(10, 10))
    sample.write(f"{folder}/besar.png", _png(900, 10)).write(f"{folder}/besar-600.png", _png(10, 10))
    report = sample.report()
    for path, url, other in (("foto.png", "foto.webp", "foto.jpg"),
                             ("besar.png", "besar-600.webp", "besar-600.png")):
        assert (f"{folder}/{path}:1: galat: alamat praktik/00.71/gambar/{url} sudah dipakai "
                f"{folder}/{other}. Ganti nama berkas ini.") in report
    sample.write(f"{folder}/besar.png", _png(600, 10)).remove(f"{folder}/foto.png")
    assert "galat: alamat" not in sample.report(), "what needs no narrow copy takes no second address"


def test_what_of_a_picture_is_not_shown_is_told(tmp_path: Path) -> None:
    file = io.BytesIO()
    frames = [Image.new("RGB", (60, 40), colour) for colour in ("red", "lime")]
    frames[0].save(file, "GIF", save_all=True, append_images=frames[1:])
    sample = Sample(tmp_path / "root").write(PICTURE.replace(".png", ".gif"), file.getvalue())
    assert ("loket.gif:1: peringatan: gambar ini bergerak, tetapi di portal tampil diam: hanya bingkai "
            "pertamanya. Simpan bingkai yang bercerita sebagai PNG, atau tunjukkan langkahnya dengan "
            "beberapa gambar.") in sample.report()


def test_a_broken_picture_is_named(tmp_path: Path) -> None:
    sample = Sample(tmp_path / "root").write(PICTURE, b"bukan gambar")
    assert (f"{PICTURE}:1: galat: berkas ini bukan gambar PNG, JPEG, WebP, atau GIF; buka di program gambar, "
            "lalu simpan sebagai JPEG atau PNG.") in sample.report()


def test_a_picture_outside_its_folder_is_unknown(tmp_path: Path) -> None:
    sample = Sample(tmp_path / "root").write("curriculum/modul/kata-sandi/loket.png", _png(10, 10))
    assert ("loket.png:1: galat: berkas ini tidak dikenal. "
            "Pindahkan ke curriculum/modul/kata-sandi/gambar/.") in sample.report()
