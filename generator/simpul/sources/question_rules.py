"""Rules of one file about indicators, questions and performance tasks."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from simpul.model import Adaptation, Bank, Framework, Module, PerformanceTask, Question, numbers
from simpul.problems import Problem, error
from simpul.sources.formats import Location, Record

Told = tuple[Location, str, str, str]
"""Where, code, message, remedy."""


def check(record: Record, item: Module | Adaptation | Bank | Framework) -> Iterator[Problem]:
    """What is wrong with the questions, tasks or indicators of one file."""
    for place, code, message, hint in _told(record, item):
        yield error(record.path, record.line(place), code, message, hint)


def _told(record: Record, item: Module | Adaptation | Bank | Framework) -> Iterator[Told]:
    match item:
        case Framework():
            yield from _indicators(item)
        case Bank():
            yield from _bank(record, item)
            yield from _questions("soal", item.soal, every=True)
        case Module():
            yield from _questions("kuis", item.kuis, every=True)
            yield from _objectives(item)
        case Adaptation():
            yield from _questions("kuis", item.kuis, every=False)


def _indicators(framework: Framework) -> Iterator[Told]:
    """An indicator's id tells where it stands, and nobody else has it."""
    seen = set[str]()
    for area, bidang in enumerate(framework.bidang):
        for number, competence in enumerate(bidang.kompetensi):
            for level, items in competence.indikator.items():
                for n, indicator in enumerate(items):
                    place: Location = ("bidang", area, "kompetensi", number, "indikator", level, n, "id")
                    cell = f"{competence.kode}.{level}"
                    if not indicator.id.startswith(f"{cell}-"):
                        yield (place, "indikator-id", f"indikator '{indicator.id}' berada di {cell}",
                               f"Awali id-nya dengan '{cell}-'.")
                    elif indicator.id in seen:
                        yield (place, "ganda", f"indikator '{indicator.id}' tertulis dua kali",
                               "Beri nomor berikutnya yang belum dipakai.")
                    seen.add(indicator.id)


def _bank(record: Record, bank: Bank) -> Iterator[Told]:
    """A bank is of the cell its file is named after, and so are its questions and tasks."""
    stem, cell = PurePosixPath(record.path).stem, f"{bank.kompetensi}.{bank.tingkat}"
    if stem != f"{bank.kompetensi}-{bank.tingkat}":
        yield (("kompetensi",), "id-berkas", f"bank untuk {cell} berada di berkas '{stem}.yml'",
               f"Ganti nama berkasnya menjadi {bank.kompetensi}-{bank.tingkat}.yml, atau betulkan isinya.")
    named = [(("soal", n, "indikator"), item.indikator or "") for n, item in enumerate(bank.soal)] + [
        (("tugas", n, "indikator", k), name) for n, task in enumerate(bank.tugas)
        for k, name in enumerate(task.indikator)]
    for place, name in named:
        if name and not name.startswith(f"{cell}-"):
            yield (place, "sel-lain", f"indikator '{name}' bukan milik {cell}",
                   "Pindahkan soal atau tugas ini ke berkas selnya.")
    ids = [(("soal", n, "id"), item.id or "") for n, item in enumerate(bank.soal)] + [
        (("tugas", n, "id"), task.id) for n, task in enumerate(bank.tugas)]
    for at, name in ids:
        if name and not name.startswith(f"{cell}-"):
            yield (at, "id-soal", f"id '{name}' tidak diawali '{cell}-'",
                   f'Tulis seperti "{cell}-s01" untuk soal, "{cell}-t1" untuk tugas.')
    for n, task in enumerate(bank.tugas):
        yield from _task(n, task)


def _task(number: int, task: PerformanceTask) -> Iterator[Told]:
    """The variants are a and b; rows of the rubric show indicators of the task, and each of them."""
    if [variant.id for variant in task.varian] != ["a", "b"]:
        yield (("tugas", number, "varian"), "varian", f"varian tugas '{task.id}' harus a, lalu b",
               "Beri id a pada varian pertama dan b pada varian kedua.")
    shown = {row.indikator for row in task.rubrik}
    for n, row in enumerate(task.rubrik):
        if row.indikator not in task.indikator:
            yield (("tugas", number, "rubrik", n, "indikator"), "rubrik",
                   f"baris rubrik menunjuk '{row.indikator}', yang tidak ada pada 'indikator' tugas ini",
                   "Tambahkan indikatornya pada tugas, atau betulkan barisnya.")
    for n, name in enumerate(task.indikator):
        if name not in shown:
            yield (("tugas", number, "indikator", n), "rubrik",
                   f"indikator '{name}' belum dilihat satu baris rubrik pun",
                   "Tambahkan baris rubrik untuk indikator ini, atau hapus indikatornya dari tugas.")


def _questions(key: str, questions: Sequence[Question], every: bool) -> Iterator[Told]:
    """A question can be answered in its form; with `every` each option has its own reason."""
    times = Counter(question.id for question in questions if question.id)
    for number, question in enumerate(questions):
        place: Location = (key, number)
        if question.id and times.pop(question.id, 0) > 1:
            yield ((*place, "id"), "ganda", f"id soal '{question.id}' dipakai lebih dari sekali",
                   "Beri id lain.")
        answer = _choice if question.bentuk in ("pilihan", "pilihan_ganda_banyak") else _other
        yield from ((place + at, code, message, hint) for at, code, message, hint in answer(question, every))


def _choice(question: Question, every: bool) -> Iterator[Told]:
    options, right = len(question.pilihan), question.benar
    if options < 2:
        yield (), "kuis-pilihan", "soal ini belum punya pilihan", "Tulis dua sampai enam pilihan jawaban."
        return
    for n, number in enumerate(right):
        if number > options:
            yield (("benar", n), "kuis-benar",
                   f"'benar' menunjuk pilihan {number}, padahal hanya ada {options}",
                   "Tulis nomor pilihan yang benar, mulai dari 1.")
    if question.bentuk == "pilihan" and len(right) != 1:
        yield (("benar",), "kuis-benar", f"soal pilihan punya {len(right)} jawaban benar",
               "Tulis satu nomor pada 'benar', atau pakai 'bentuk: pilihan_ganda_banyak'.")
    if question.bentuk == "pilihan_ganda_banyak" and not 2 <= len(set(right)) < options:
        yield (("benar",), "kuis-benar", f"{len(set(right))} dari {options} pilihan ditandai benar",
               "Paling sedikit dua pilihan benar dan satu salah; selain itu pakai 'bentuk: pilihan'.")
    if len(question.alasan) != options and (every or len(question.alasan) != 1):
        yield (("alasan",), "kuis-alasan", f"ada {len(question.alasan)} alasan untuk {options} pilihan",
               "Tulis satu alasan untuk tiap pilihan.")
    yield from _unused(question, ("jawaban", "toleransi", "satuan"))


def _other(question: Question, _every: bool) -> Iterator[Told]:
    """Steps in their order, a number, or a few words."""
    ordered = question.bentuk == "urutan"
    if ordered and len(question.pilihan) < 3:
        yield (("pilihan",), "kuis-pilihan", "soal urutan punya kurang dari tiga langkah",
               "Tulis langkahnya pada 'pilihan' menurut urutan yang benar.")
    if not ordered and not question.jawaban:
        yield (), "kuis-jawaban", "soal ini belum punya 'jawaban'", "Tulis jawaban yang diterima."
    if question.bentuk == "angka" and question.jawaban and not _is_number(question.jawaban):
        yield (("jawaban",), "kuis-jawaban", "jawaban soal angka harus satu angka",
               'Tulis angkanya saja, misalnya "12,5"; satuannya pada \'satuan\'.')
    if len(question.alasan) != 1:
        yield (("alasan",), "kuis-alasan", f"ada {len(question.alasan)} alasan untuk satu jawaban",
               "Tulis satu alasan.")
    number_only = () if question.bentuk == "angka" else ("toleransi", "satuan")
    yield from _unused(question, ("benar", "jawaban" if ordered else "pilihan", *number_only))


def _is_number(answers: Sequence[str]) -> bool:
    found = numbers.read(answers[0], numbers.anything) if len(answers) == 1 else None
    return found is not None and len(found.values) == 1 and not found.unit


def _unused(question: Question, keys: Sequence[str]) -> Iterator[Told]:
    """Nothing is written that its form would not show."""
    for key in keys:
        if getattr(question, key):
            yield ((key,), "kuis-kunci", f"kunci '{key}' tidak dipakai pada bentuk {question.bentuk}",
                   "Hapus kunci ini, atau ganti 'bentuk'.")


def _objectives(module: Module) -> Iterator[Told]:
    """A question tests objectives that the module has."""
    for number, question in enumerate(module.kuis):
        for n, objective in enumerate(question.tujuan):
            if objective > len(module.tujuan):
                yield (("kuis", number, "tujuan", n), "kuis-tujuan",
                       f"'tujuan' menunjuk tujuan {objective}, padahal hanya ada {len(module.tujuan)}",
                       "Tulis nomor tujuan modul ini, mulai dari 1.")
