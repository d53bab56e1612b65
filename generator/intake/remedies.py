"""What helps somebody to mend a problem beside its message: why it matters, and a corrected line to copy."""

import re
from collections.abc import Sequence

from generator.problems import Problem

WANTED = re.compile(r"Maksud Anda '([^']+)'\?")
QUOTED = re.compile(r"'([^']+)'")

WHY = {
    "data-pribadi": "Portal ini terbuka bagi siapa saja; data orang tidak boleh ikut terbit (UU 27/2022).",
    "tautan": "Tautan yang salah atau berbahaya mengecewakan, bahkan merugikan pembaca.",
    "gambar": "Gambar harus ikut tersalin ke cermin luring dan dapat dibuka di ponsel.",
    "gambar-tanpa-uraian": "Pembaca tunanetra dan pembaca tanpa gambar hanya mengenal uraiannya.",
    "bagian-wajib": "Pembaca membandingkan praktik menurut lima bagian yang sama.",
    "bagian-kosong": "Pembaca membandingkan praktik menurut lima bagian yang sama.",
    "isian-contoh": "Teks contoh yang tertinggal akan terbaca sebagai keterangan sungguhan.",
    "alasan-berhenti": "Daerah lain belajar paling banyak dari sebab sebuah praktik berhenti.",
    "urutan-tanggal": "Tanggal menunjukkan berapa lama praktik diuji.",
    "tanggal-depan": "Yang belum terjadi belum dapat dilaporkan.",
    "sebaiknya-diisi": "Tidak menghalangi penerbitan, tetapi menolong pembaca menilai.",
    "daerah-lain": "Setiap daerah memiliki foldernya sendiri dan menyetujui isinya sendiri.",
    "contoh-di-daerah": "Data rekaan tidak boleh terbaca sebagai data daerah nyata.",
    "terlalu-besar": "Pembaca memakai ponsel dengan jaringan lambat.",
    "terlalu-rumit": "Berkas yang sangat rumit menghambat pemeriksaan usulan lain.",
}
FORM = "Kunci yang seragam membuat praktik dapat dicari dan dibandingkan."
OTHER = "Situs tidak dibangun selama ada galat, agar pembaca tidak menerima keterangan yang salah."
FORM_CODES = frozenset({"missing", "extra_forbidden", "literal_error", "string_too_long", "string_too_short", "decimal",
                        "date", "url", "mail", "yes", "whole", "string_pattern_mismatch", "yaml", "yaml-tab", "kunci-ganda"})


def why(problem: Problem) -> str:
    """Why a problem matters to readers, in one sentence."""
    return WHY.get(problem.code) or (FORM if problem.code in FORM_CODES else OTHER)


def corrected(problem: Problem, lines: Sequence[str]) -> str:
    """The problem's line as it should be, where the message tells it; else "". `lines` are those of the file."""
    wanted = WANTED.search(problem.hint)
    line = lines[problem.line - 1] if 0 < problem.line <= len(lines) else ""
    wrong = next((word for word in QUOTED.findall(problem.message) if word in line), "")
    return line.replace(wrong, wanted[1], 1).strip() if wanted and wrong else ""
