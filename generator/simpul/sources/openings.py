"""What a Markdown file begins with where fields should be, and what to do about it."""

import re

from simpul.sources.formats import Unreadable

BETWEEN = "Kunci ditulis satu baris satu, misalnya 'judul: ...', di antara dua baris ---."
FORM = "Atau isi formulir kirim.html."
OPENINGS = (
    (r"`{3,}.*|~{3,}.*", "bagian kunci berada di dalam blok kode",
     f"Hapus baris pagar di awal dan akhirnya. {BETWEEN}"),
    (r"\+{3,}", "bagian kunci diapit +++", f"Ganti +++ dengan ---. {BETWEEN}"),
    (r"\{.*", "bagian kunci diapit kurung kurawal", f"{BETWEEN} {FORM}"),
    (r"(?:[-—–_*=.] ?){2,}", "baris pembuka bagian kunci bukan tiga tanda hubung",
     "Ganti dengan --- tanpa spasi di antaranya."),
    (r"[\w][\w ]{1,40}:(?: .*|)", "baris --- di atas bagian kunci belum ada",
     "Tambahkan baris --- di atas baris ini dan di bawah kunci terakhir."),
)
_OPENINGS = tuple((re.compile(pattern), what, remedy) for pattern, what, remedy in OPENINGS)


def without_fields(text: str) -> Unreadable:
    """Why no fields are found at the beginning of a text."""
    rows = [(number, row.strip()) for number, row in enumerate(text.split("\n"), 1)]
    number, first = next((row for row in rows if row[1]), (1, ""))
    for pattern, what, remedy in _OPENINGS:
        if pattern.fullmatch(first):
            return Unreadable(number, "tanpa-kunci", what, remedy)
    what = "berkas belum punya bagian kunci" if first else "berkas ini kosong"
    return Unreadable(1, "tanpa-kunci", what, "Awali dengan baris ---, lalu kunci seperti 'judul: ...', "
                                              "lalu baris ---; atau isi formulir kirim.html.")
