"""Letters as plain text: to somebody who sent something, and to a region whose cases are due for review."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from simpul.intake.doors.parcel import Paragraph
from simpul.intake.making import Refused
from simpul.intake.remedies import corrected
from simpul.intake.reviewing import Due
from simpul.problems import Problem, errors


class Answer(NamedTuple):
    """What is said of one thing that was taken in: its place, its lines, its problems.

    `made` is whether its lines are ours, so that they are quoted; `waiting` is what is said of one that is
    not written yet, since one of its name is there already.
    """

    path: str
    lines: Sequence[str]
    problems: Sequence[Problem]
    made: bool = False
    waiting: str = ""


WAITS = ("{} sudah ada di portal. Pengelola akan memastikan apakah kiriman ini perbaikannya, "
         "lalu mengabari Anda.")


def answer(answers: Sequence[Answer], site_name: str, subject: str = "", refused: Sequence[Refused] = (),
           told: Sequence[str] = (), lost: Sequence[tuple[str, Paragraph]] = ()) -> str:
    """The answer to a sender: what was taken in and what it lacks, what was not, and every word left out."""
    parts = ["Yth. pengirim,", *_thanks(answers, subject)]
    for one in answers:
        parts += _of_one(one, many=len(answers) > 1)
    if refused:
        parts.append("Yang belum dapat kami terima:\n" + "\n".join(_numbered(map(_refused, refused))))
    if told:
        parts.append("Yang perlu Anda ketahui:\n" + "\n".join(_numbered(told)))
    if lost:
        parts.append("Kata-kata berikut tidak kami muat di praktik. Bila perlu dimuat, tuliskan di dalam "
                     "naskah, di bawah salah satu bagiannya:\n" + "\n".join(_quoted(lost)))
    if refused or any(one.problems for one in answers):
        parts.append(_way(answers))
    return "\n\n".join([*parts, f"Salam,\nPengelola {site_name}"]) + "\n"


def _thanks(answers: Sequence[Answer], subject: str) -> Iterator[str]:
    about = f' atas surel "{subject}"' if subject else ""
    there = [one for one in answers if not one.waiting]
    if len(there) == 1 and not about:
        yield f"Terima kasih. {_kept(there[0])}"
    elif about or not there:
        yield f"Terima kasih{about or ' atas kiriman Anda'}."
        yield from ([_kept(there[0])] if len(there) == 1 else ())
    else:
        yield "Terima kasih atas kiriman Anda."


def _kept(one: Answer) -> str:
    what = {"md": "Praktik", "csv": "Tabel"}.get(one.path.rpartition(".")[2], "Isian")
    return f"{what} Anda sudah kami simpan sebagai {one.path}."


def _of_one(one: Answer, *, many: bool) -> Iterator[str]:
    if one.waiting:
        yield one.waiting
        return
    wrong = errors(one.problems)
    asked = [problem for problem in one.problems if problem not in wrong]
    if many:
        yield _kept(one)
    if wrong:
        yield "Yang perlu diperbaiki sebelum dapat diterbitkan:\n" + _items(wrong, one)
    else:
        yield "Berkasnya lolos pemeriksaan. Peninjau akan membacanya menurut kriteria penerimaan di portal."
    if asked:
        yield ("Yang sebaiknya dilengkapi, karena menolong pembaca (tidak wajib):\n" + _items(asked, one))


def _items(problems: Iterable[Problem], one: Answer) -> str:
    return "\n".join(_item(number, problem, one) for number, problem in enumerate(problems, 1))


def _item(number: int, problem: Problem, one: Answer) -> str:
    if problem.path != one.path:  # a file that goes with it, whose lines are not these
        where = f"{problem.path.rpartition('/')[2]}{f', baris {problem.line}' if problem.line > 1 else ''}"
        return f"{number}. {where}: {problem.message}. {problem.hint}".rstrip()
    told = f"{number}. Baris {problem.line}: {problem.message}. {problem.hint}".rstrip()
    line = corrected(problem, one.lines)
    written = one.lines[problem.line - 1].strip() if 0 < problem.line <= len(one.lines) else ""
    if one.made and written.strip("-"):
        told += f"\n   Tertulis: {written[:200]}"
    return f"{told}\n   Ganti baris itu menjadi: {line}" if line else told


def _refused(one: Refused) -> str:
    told = f"{one.name}: {one.message}. {one.hint}".rstrip()
    return f"{told}\n   Ganti baris itu menjadi: {one.mended}" if one.mended else told


def _numbered(items: Iterable[str]) -> Iterator[str]:
    return (f"{number}. {item}" for number, item in enumerate(items, 1))


def _quoted(lost: Sequence[tuple[str, Paragraph]]) -> Iterator[str]:
    """The words by the file and the place they stood at."""
    before = ""
    for name, paragraph in lost:
        head = f"{name}, {paragraph.place}:" if paragraph.place else f"{name}:"
        if head != before:
            yield head
            before = head
        yield from (f"> {line}" for line in paragraph.text.split("\n"))


def _way(answers: Sequence[Answer]) -> str:
    if any(one.made for one in answers):
        return ("Perbaiki naskah Anda, atau isi formulir kirim.html, lalu balas surel ini dengan berkas itu. "
                "Isian di awal naskah ditulis seperti 'Tahapan: penerapan', satu baris satu isian.")
    return ("Perbaiki berkasnya lewat formulir kirim.html atau penyunting teks, "
            "lalu balas surel ini dengan berkas itu.")


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
