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


FOUND = [
    ("NIK 7371010101900001.", "NIK"), ("NIK: 7371-0141-0190-0001", "NIK"),
    ("NIK/7371010101900001", "NIK"), ("lahir 31, NIK 3201013102900001 dan 3201013101900001", "NIK"),
    ("3201 0101 0190 0001 25 orang", "NIK"), ("７３７１０１０１０１９００００１", "NIK"),
    ("٧٣٧١٠١٠١٠١٩٠٠٠٠١", "NIK"), ("7371‑0101‑0190‑0001", "NIK"), ("198001012005011001", "NIP"),
    ("NIP 19800101 200501 1 001", "NIP"), ("NIP. 19800101.200501.2.001", "NIP"),
    ("081234567890", "nomor ponsel"), ("Telp.081234567890", "nomor ponsel"),
    ("HP/0812-3456-7890", "nomor ponsel"), ("HP-0812-3456-7890", "nomor ponsel"),
    ("0812-3456-7890", "nomor ponsel"), ("+62 812 3456 7890", "nomor ponsel"),
    ("0812–3456–7890", "nomor ponsel"), ("0812−3456−7890", "nomor ponsel"),
    ("０８１２３４５６７８９０", "nomor ponsel"), ("0812 - 3456 - 7890", "nomor ponsel"),
    ("(0812) 3456 7890", "nomor ponsel"), ("+62 (0) 812 3456 7890", "nomor ponsel"),
    ("(+62)8123456789", "nomor ponsel"), ("tel:+6281234567890", "nomor ponsel"),
    ("https://wa.me/6281234567890", "nomor ponsel"), ("wa.me/62812-3456-7890", "nomor ponsel"),
    ("https://api.whatsapp.com/send?phone=6281234567890", "nomor ponsel"),
    ("https://contoh.go.id/daftar?hp=081234567890", "nomor ponsel"),
    ("budi@gmail.com", "surel pribadi"), ("Budi.S+x@YAHOO.co.id", "surel pribadi"),
]
LEFT_ALONE = [
    "Surat 440/101/2026 tanggal 2025-01-01 2025-06-30", "Rp1.234.567.890.123.456", "| 0812 | 3456 | 7890 |",
    "0,8123456789", "https://contoh.go.id/laporan/081234567890", "www.contoh.go.id/7371010101900001.pdf",
    "dinkes@contoh.go.id", "budi@gmail.com.contoh.go.id", "budi@gmail.company",
    "kode 11.10 sampai 96.71", "9999999999999999", "1234567890123456789012", "ISBN 978-602-8519-93-9",
    "NIK 3201013102900001", "pukul 08.00 sampai 16.00", "2024-S1 ke 2025-S2", "08.30-09.45 12 orang",
    "(021) 555 1234", "+62 21 555 1234", "021-5551234", "0800 1 500 123", "0800-123-4567", "1-500-123",
    "12-01-2025 - 10-02-2025",
]


@pytest.mark.parametrize(("text", "what"), FOUND)
def test_personal_data_is_found_however_it_is_written(text: str, what: str) -> None:
    assert [found.what for found in find(f"Baris lain.\n{text}\n")] == [what]
    assert [found.line for found in find(f"Baris lain.\n{text}\n")] == [2]


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_other_numbers_are_left_alone(text: str) -> None:
    assert list(find(text)) == []


HIDDEN = [
    (r"Tulis ke budi\@gmail.com.", "surel pribadi"), ("Tulis ke budi&#64;gmail.com.", "surel pribadi"),
    ("Tulis ke budi&commat;gmail.com.", "surel pribadi"), ("Telepon 0812**3456**7890.", "nomor ponsel"),
    (r"Telepon 0812\-3456\-7890.", "nomor ponsel"), ("NIK 73710101&#x30;1900001.", "NIK"),
    ("[Hubungi](https://wa.me/62812&#51;4567890)", "nomor ponsel"),
]


@pytest.mark.parametrize(("text", "what"), [*HIDDEN, ("Telepon 0812\n3456 7890.", "nomor ponsel")])
def test_what_marks_hide_is_found_where_it_is_read(text: str, what: str, tmp_path: Path) -> None:
    sample = Sample(tmp_path / "root").replace(CASE, "Waktu tunggu turun.", f"Baris lain.\n{text}\nLagi.")
    found = [problem for problem in sample.problems() if problem.code == "data-pribadi"]
    assert [problem.message.partition(":")[0] for problem in found] == [f"tampaknya ada {what}"]
    assert found[0].line == (41 if "\n" in text else 42)


@pytest.mark.parametrize(("old", "new", "what", "line"), [
    ("ringkasan: Warga", 'ringkasan: "NIK 7371\\x3010101900001"\nxx: Warga', "NIK", 11),
    ("kegagalan: Warga lansia", "kegagalan: >\n  Hubungi 0812\n  3456 7890,", "nomor ponsel", 18),
    ("[Petugas pendamping di loket]", '["budi\\u0040gmail.com"]', "surel pribadi", 19),
])
def test_what_escapes_and_line_ends_hide_in_fields_is_found(old: str, new: str, what: str, line: int,
                                                            tmp_path: Path) -> None:
    sample = Sample(tmp_path / "root").replace(CASE, old, new)
    found = [problem for problem in sample.problems() if problem.code == "data-pribadi"]
    assert [(problem.message.partition(":")[0], problem.line) for problem in found] == \
        [(f"tampaknya ada {what}", line)]


def test_what_is_written_plainly_is_told_once(tmp_path: Path) -> None:
    sample = Sample(tmp_path / "root").replace(CASE, "Waktu tunggu turun.", r"Hubungi 0812-3456-7890 \& ini.")
    assert len([problem for problem in sample.problems() if problem.code == "data-pribadi"]) == 1


@settings(max_examples=500)
@given(st.lists(st.sampled_from([*"0123456789", *" .-()+/@\n", "08", "812", "62", "+62", "(0)", "(021)",
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
        ("081234567890.png", "tampaknya ada nomor ponsel: 0812********", "Ganti nama berkasnya."),
        ("loket.jpg", "tampaknya ada NIK: 7371************",
         "Simpan ulang gambar tanpa keterangan tersembunyi."),
    ]
