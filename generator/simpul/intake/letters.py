"""Letters as plain text: to somebody who sent a case, and to a region whose cases are due for review."""

from collections.abc import Iterable, Sequence

from simpul.intake.remedies import corrected
from simpul.intake.reviewing import Due
from simpul.problems import Problem, errors


def answer(path: str, lines: Sequence[str], problems: Sequence[Problem], site_name: str) -> str:
    """What is missing in a case that came by mail. `lines` are those of its file."""
    wrong = errors(problems)
    asked = [problem for problem in problems if problem not in wrong]
    parts = ["Yth. pengirim,", f"Terima kasih. Praktik Anda sudah kami simpan sebagai {path}."]
    if wrong:
        parts.append("Yang perlu diperbaiki sebelum dapat diterbitkan:\n" + _items(wrong, lines))
    else:
        parts.append("Berkasnya lolos pemeriksaan. "
                     "Peninjau akan membacanya menurut kriteria penerimaan di portal.")
    if asked:
        parts.append("Yang sebaiknya dilengkapi, karena menolong pembaca (tidak wajib):\n"
                     + _items(asked, lines))
    if wrong or asked:
        parts.append("Perbaiki berkasnya lewat formulir kirim.html atau penyunting teks, "
                     "lalu balas surel ini dengan berkas itu.")
    return "\n\n".join([*parts, f"Salam,\nPengelola {site_name}"]) + "\n"


def _items(problems: Iterable[Problem], lines: Sequence[str]) -> str:
    return "\n".join(_item(number, problem, lines) for number, problem in enumerate(problems, 1))


def _item(number: int, problem: Problem, lines: Sequence[str]) -> str:
    told = f"{number}. Baris {problem.line}: {problem.message}. {problem.hint}".rstrip()
    line = corrected(problem, lines)
    return f"{told}\n   Ganti baris itu menjadi: {line}" if line else told


def reminder(region: str, due: Sequence[Due], site_name: str) -> str:
    """A letter that asks a region whether its cases still run."""
    cases = "\n".join(f"{number}. {item.title} ({item.path}), {item.told}"
                      for number, item in enumerate(due, 1))
    return (
        f"Yth. pengelola praktik baik {region},\n\n"
        f"Praktik berikut di portal {site_name} perlu dipastikan kembali, "
        f"karena pembaca di daerah lain ingin tahu apakah masih berjalan:\n\n{cases}\n\n"
        "Mohon balas dengan salah satu: masih berjalan, berjalan dengan perubahan (apa), atau sudah berhenti "
        "(mengapa). Praktik yang berhenti tetap berguna bila sebabnya diceritakan. Bila Anda menyunting "
        "berkasnya sendiri, perbarui 'terverifikasi_pada' dan 'status_keberlanjutan'.\n\n"
        f"Salam,\nPengelola {site_name}\n"
    )
