"""Personal data is found however it is written, and nothing else is."""

import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from simpul.sources.personal import find
from tests.harness import Sample

ROOT = Path(__file__).parent.parent
CASE = "content/daerah/00.71/praktik/antrean-daring.md"


@pytest.mark.parametrize(("text", "what"), [
    ("NIK 7371010101900001.", "NIK"), ("NIK: 7371-0141-0190-0001", "NIK"),
    ("3201 0101 0190 0001 25 orang", "NIK"), ("７３７１０１０１０１９００００１", "NIK"),
    ("٧٣٧١٠١٠١٠١٩٠٠٠٠١", "NIK"), ("7371‑0101‑0190‑0001", "NIK"), ("198001012005011001", "NIP"),
    ("NIP 19800101 200501 1 001", "NIP"), ("NIP. 19800101.200501.2.001", "NIP"),
    ("081234567890", "nomor telepon"),
    ("0812-3456-7890", "nomor telepon"), ("+62 812 3456 7890", "nomor telepon"),
    ("(+62)8123456789", "nomor telepon"), ("https://wa.me/6281234567890", "nomor telepon"),
    ("(021) 555 1234", "nomor telepon"), ("+62 21 555 1234", "nomor telepon"),
    ("budi@gmail.com", "surel pribadi"), ("Budi.S+x@YAHOO.co.id", "surel pribadi"),
])
def test_personal_data_is_found_however_it_is_written(text: str, what: str) -> None:
    assert [found.what for found in find(f"Baris lain.\n{text}\n")] == [what]
    assert [found.line for found in find(f"Baris lain.\n{text}\n")] == [2]


@pytest.mark.parametrize("text", [
    "Surat 440/101/2026 tanggal 2025-01-01 2025-06-30", "Rp1.234.567.890.123.456", "| 0812 | 3456 | 7890 |",
    "0,8123456789", "https://contoh.go.id/laporan/081234567890", "dinkes@contoh.go.id",
    "kode 11.10 sampai 96.71", "9999999999999999", "1234567890123456789012", "ISBN 978-602-8519-93-9",
    "pukul 08.00 sampai 16.00", "2024-S1 ke 2025-S2", "08.30-09.45 12 orang",
])
def test_other_numbers_are_left_alone(text: str) -> None:
    assert list(find(text)) == []


@settings(max_examples=500)
@given(st.lists(st.sampled_from([*"0123456789", *" .-()+/@\n", "08", "812", "62", "+62", "(021)",
                                 "2026-08-02", "7371010101", "19800101", "a"]), max_size=30).map("".join))
def test_no_line_is_passed_over_that_holds_personal_data(text: str) -> None:
    """Lines without a long number or a mark of mail get no close look; nothing may be lost by that."""
    text = f"---\ntanggal: {text}\n---\n{text}"
    every_line = "".join(f"{line} @\n" for line in text.split("\n"))
    assert [found for found in find(every_line) if found.text != "@"] == list(find(text))


def test_no_text_of_the_portal_is_taken_for_personal_data() -> None:
    texts = [path for folder in ("curriculum", "content") for ending in ("md", "yml")
             for path in (ROOT / folder).rglob(f"*.{ending}")]
    assert len(texts) > 100
    assert [(path.name, list(find(path.read_text(encoding="utf-8")))) for path in texts
            if list(find(path.read_text(encoding="utf-8")))] == []


def test_a_number_is_not_told_again_in_the_message(tmp_path: Path) -> None:
    sample = Sample(tmp_path / "root").replace(CASE, "Waktu tunggu turun.", "Hubungi 0812-3456-7890.")
    assert "0812-****-****" in sample.report()
    assert "3456" not in sample.report()


def test_a_number_that_only_looks_like_one_is_explained(tmp_path: Path) -> None:
    sample = Sample(tmp_path / "root").replace(CASE, "Waktu tunggu turun.",
                                               "Alat bernomor 7371010101900001 dipasang.")
    assert "data-pribadi" in [problem.code for problem in sample.problems()]
    sample.replace(CASE, "lisensi:",
                   'bukan_data_pribadi: [{ teks: "7371010101900001", alasan: Nomor seri alat }]\nlisensi:')
    assert "data-pribadi" not in [problem.code for problem in sample.problems()]
    sample.replace(CASE, "Alat bernomor", "Pemilik 7371010101900002, alat bernomor")
    assert "data-pribadi" in [problem.code for problem in sample.problems()]


def test_names_of_files_and_notes_of_pictures_are_read_too(tmp_path: Path) -> None:
    picture, tags, file = Image.new("RGB", (20, 20)), Image.Exif(), io.BytesIO()
    tags[0x010E] = "KTP 7371010101900001"
    picture.save(file, "JPEG", exif=tags)
    folder = "content/daerah/00.71/praktik/gambar"
    sample = Sample(tmp_path / "root").write(f"{folder}/loket.jpg", file.getvalue())
    plain = io.BytesIO()
    picture.save(plain, "PNG")
    sample.write(f"{folder}/081234567890.png", plain.getvalue())
    found = [(p.path.rpartition("/")[2], p.message, p.hint) for p in sample.problems()
             if p.code == "data-pribadi"]
    assert found == [
        ("081234567890.png", "tampaknya ada nomor telepon: 0812********", "Ganti nama berkasnya."),
        ("loket.jpg", "tampaknya ada NIK: 7371************",
         "Simpan ulang gambar tanpa keterangan tersembunyi."),
    ]
