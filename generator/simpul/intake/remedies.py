"""What helps somebody to mend a problem beside its message: why it matters, and a corrected line to copy."""

import re
from collections.abc import Sequence

from simpul.problems import Problem

WANTED = re.compile(r"Maksud Anda '([^']+)'\?")
QUOTED = re.compile(r"'([^']+)'")
ENTRY = re.compile(r"- \{.*\}")

WHY = {
    "data-pribadi": "Portal ini terbuka bagi siapa saja; data orang tidak boleh ikut terbit (UU 27/2022).",
    "tautan": "Tautan yang salah atau berbahaya mengecewakan, bahkan merugikan pembaca.",
    "gambar": "Gambar harus ikut tersalin ke cermin luring dan dapat dibuka di ponsel.",
    "gambar-hilang": "Gambar harus ikut tersalin ke cermin luring dan dapat dibuka di ponsel.",
    "gambar-spasi": "Nama tanpa spasi dapat dibuka di semua ponsel, komputer, dan server.",
    "gambar-tanpa-uraian": "Pembaca tunanetra dan pembaca tanpa gambar hanya mengenal uraiannya.",
    "bagian-wajib": "Pembaca membandingkan praktik menurut lima bagian yang sama.",
    "bagian-kosong": "Pembaca membandingkan praktik menurut lima bagian yang sama.",
    "alamat-ganda": "Dua berkas untuk satu alamat: salah satunya tidak akan pernah terbaca.",
    "isian-contoh": "Teks contoh yang tertinggal akan terbaca sebagai keterangan sungguhan.",
    "padanan-buntu": "Yang mengetik kata itu tidak akan menemukan halaman apa pun.",
    "alasan-berhenti": "Daerah lain belajar paling banyak dari sebab sebuah praktik berhenti.",
    "urutan-tanggal": "Tanggal menunjukkan berapa lama praktik diuji.",
    "tanggal-depan": "Yang belum terjadi belum dapat dilaporkan.",
    "sebaiknya-diisi": "Tidak menghalangi penerbitan, tetapi menolong pembaca menilai.",
    "lampiran": "Berkas yang terbit dibuka di banyak komputer; isinya tidak boleh berbuat apa pun sendiri.",
    "lampiran-hilang": "Yang meniru memerlukan berkas itu.",
    "lampiran-tak-disebut": "Berkas yang tidak disebut tidak akan sampai kepada pembaca.",
    "lampiran-berat": "Pembaca memakai ponsel dengan jaringan lambat.",
    "daerah-lain": "Setiap daerah memiliki foldernya sendiri dan menyetujui isinya sendiri.",
    "tanpa-pindah": "Alamat halaman sudah tersebar di surat, cermin, dan tautan daerah lain.",
    "pindah-dipakai": "Yang dipakai berkas lain tidak boleh hilang begitu saja.",
    "contoh-di-daerah": "Data rekaan tidak boleh terbaca sebagai data daerah nyata.",
    "hukum-hilang": "Yang dibaca sebagai kewajiban harus dapat ditelusuri sampai sumbernya.",
    "hukum-pasal": "Yang dibaca sebagai kewajiban harus dapat ditelusuri sampai sumbernya.",
    "hukum-status": "Yang belum pasti atau sudah dicabut tidak boleh terbaca sebagai kewajiban.",
    "terlalu-besar": "Pembaca memakai ponsel dengan jaringan lambat.",
    "terlalu-rumit": "Berkas yang sangat rumit menghambat pemeriksaan usulan lain.",
}
FORM = "Kunci yang seragam membuat praktik dapat dicari dan dibandingkan."
OTHER = "Situs tidak dibangun selama ada galat, agar pembaca tidak menerima keterangan yang salah."
FORM_CODES = frozenset({
    "missing", "extra_forbidden", "literal_error", "string_too_long", "string_too_short", "decimal", "date",
    "asked", "satuan-beda",
    "url", "mail", "yes", "whole", "string_pattern_mismatch", "tuple_type", "yaml", "yaml-tab", "yaml-petik",
    "yaml-koma", "kunci-ganda", "tanpa-kunci", "kepala-tidak-ditutup",
})


def why(problem: Problem) -> str:
    """Why a problem matters to readers, in one sentence."""
    return WHY.get(problem.code) or (FORM if problem.code in FORM_CODES else OTHER)


def corrected(problem: Problem, lines: Sequence[str]) -> str:
    """The problem's line as it should be, where that can be told; else "". `lines` are those of the file."""
    line = lines[problem.line - 1] if 0 < problem.line <= len(lines) else ""
    wrong = next((word for word in QUOTED.findall(problem.message) if word in line), "")
    right = MENDED.get(problem.code, _meant)(wrong, problem)
    if problem.code == "yaml":
        return _quoted(line)
    if problem.code == "tanpa-pindah":
        return "".join(ENTRY.findall(problem.hint))
    if problem.code == "yaml-koma":
        return re.sub(rf"(\d+),({re.escape(wrong)})(?=\s*[,}}])", r'"\1,\2"', line).strip()
    return line.replace(wrong, right, 1).strip() if wrong and right else ""


def _meant(wrong: str, problem: Problem) -> str:
    wanted = WANTED.search(problem.hint)
    return wanted[1] if wanted else ""


def _number(wrong: str, problem: Problem) -> str:
    only = ONLY.search(problem.hint)
    return only[1] if only else ""


def _list(wrong: str, problem: Problem) -> str:
    return f"[{wrong}]"


def _quoted(line: str) -> str:
    """A field whose value holds a colon, with its value in quotation marks."""
    match = COLON.fullmatch(line)
    return f'{match[1]}"{match[2].strip()}"'.strip() if match and '"' not in line else ""


ONLY = re.compile(r"Tulis (\S+) saja[.,]")
COLON = re.compile(r"(\s*[\w-]+: )(\S.*: .*)")
MENDED = {"decimal": _number, "whole": _number, "tuple_type": _list}
