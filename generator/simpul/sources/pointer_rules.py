"""Rules of one pointer: in its own words, whole, without names of people, and only what its region allows."""

import re
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath

from simpul.model import Pointer
from simpul.problems import Problem, error
from simpul.sources.formats import Location, Record

FEWEST, MOST = 60, 120
"""Words of a summary."""
COPIED = 8
"""So many successive words that are the same are no chance."""
WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
TITLED = re.compile(
    r"\b(?:[Bb]apak|Ibu|Bpk|Sdri?|Saudara|[Pp]ak|Tuan|Nyonya|Prof|Drs|Dra|[Dd]r|Ir|Hj|H)\b\.? (?=[A-Z])"
    r"(?!Kota\b|Negara\b|Pertiwi\b)[A-Z][a-z']+(?: [A-Z][a-z']+)*"
    r"|[A-Z][a-z']+(?: [A-Z][a-z']+)*,? (?:S\.|M\.|A\.Md|Ph\.?D)[A-Z]?[A-Za-z.]*")
"""People as officials write them: with a form of address, or with a degree."""
Told = tuple[Location, str, str, str]
"""Where, code, message, remedy."""


def check(record: Record, pointer: Pointer) -> Iterator[Problem]:
    """What is wrong with one pointer."""
    for rule in RULES:
        for place, code, message, hint in rule(record, pointer):
            yield error(record.path, record.line(place), code, message, hint)


def _name_fits(record: Record, pointer: Pointer) -> Iterator[Told]:
    """The name of the file begins with the code, because its address is made from it."""
    code = PurePosixPath(record.path).stem.partition("-")[0]
    if code != pointer.kode:
        yield (("kode",), "id-berkas", f"kode '{pointer.kode}' berbeda dari awal nama berkas '{code}'",
               f"Tulis 'kode: \"{code}\"' atau ganti nama berkasnya.")


def _is_whole(_record: Record, pointer: Pointer) -> Iterator[Told]:
    """A pointer that stands says what is known and what is not; one that was withdrawn says nothing."""
    parts = {"ringkas": "Tulis ringkasannya dengan kata sendiri, 60 sampai 120 kata.",
             "fakta": "Tulis sedikitnya satu fakta dengan alamat sumbernya.",
             "belum_diketahui": "Tulis sedikitnya satu hal yang perlu ditanyakan kepada daerahnya."}
    for field, hint in parts.items() if pointer.stands else ():
        if not getattr(pointer, field):
            yield (field,), "wajib", f"'{field}' belum ada", hint
    for field in (*parts, "sengketa", "replikasi", "catatan_sumber") if not pointer.stands else ():
        if getattr(pointer, field):
            yield ((field,), "ditarik", f"penunjuk ini ditarik, tetapi '{field}' masih ada",
                   f"Hapus '{field}'; yang ditampilkan tinggal namanya dan tanggapan daerah.")


def _was_answered(_record: Record, pointer: Pointer) -> Iterator[Told]:
    """Only the region itself changes the status of what is said of it."""
    if pointer.status != "belum_dikonfirmasi" and not pointer.tanggapan:
        yield (("status",), "tanpa-tanggapan", f"status '{pointer.status}' belum disertai tanggapan daerah",
               "Isi 'tanggapan': tanggal, kantor yang menjawab, dan isinya; "
               "selain itu pakai 'belum_dikonfirmasi'.")
    if pointer.status == "belum_dikonfirmasi" and pointer.tanggapan:
        yield (("status",), "sudah-ditanggapi",
               "daerah sudah menanggapi, tetapi statusnya belum_dikonfirmasi",
               "Ganti status menurut tanggapannya: dikonfirmasi, dibantah, atau ditarik.")


def _summary_has_its_length(_record: Record, pointer: Pointer) -> Iterator[Told]:
    """Long enough to tell the problem and what was done, short enough to be read."""
    words = len((pointer.ringkas or "").split())
    if pointer.ringkas and not FEWEST <= words <= MOST:
        yield (("ringkas",), "ringkas", f"'ringkas' {words} kata, harus {FEWEST} sampai {MOST}",
               "Tambahkan masalah dan yang dilakukan." if words < FEWEST else "Singkatkan.")


def _numbers_have_units(_record: Record, pointer: Pointer) -> Iterator[Told]:
    """A number without a unit tells nothing, nor does a unit without a number."""
    for number, fact in enumerate(pointer.fakta):
        if fact.angka is not None and not fact.satuan:
            yield (("fakta", number, "angka"), "tanpa-satuan", "angka ini belum punya satuan",
                   "Isi 'satuan', misalnya persen atau desa.")
        if fact.satuan and fact.angka is None:
            yield (("fakta", number, "satuan"), "tanpa-angka", "satuan ini belum punya angka",
                   "Isi 'angka', atau hapus 'satuan'.")


def _texts(pointer: Pointer) -> Iterator[tuple[Location, str]]:
    """What we have written ourselves, with its place."""
    yield ("nama",), pointer.nama
    yield ("ringkas",), pointer.ringkas or ""
    yield ("catatan_sumber",), pointer.catatan_sumber or ""
    for number, fact in enumerate(pointer.fakta):
        yield ("fakta", number, "isi"), fact.isi
    for number, dispute in enumerate(pointer.sengketa):
        yield ("sengketa", number, "catatan"), dispute.catatan or ""
        yield from ((("sengketa", number, "pihak", place, "isi"), side.isi)
                    for place, side in enumerate(dispute.pihak))
    for number, item in enumerate(pointer.replikasi):
        yield ("replikasi", number, "fakta"), item.fakta


def _in_own_words(_record: Record, pointer: Pointer) -> Iterator[Told]:
    """No sentence of a source is passed off as ours: what is quoted stands in `kutipan` only."""
    quoted = {run for fact in pointer.fakta for text in (fact.kutipan, fact.judul_sumber) if text
              for run in runs(text)}
    for place, text in _texts(pointer) if quoted else ():
        if run := next((run for run in runs(text) if run in quoted), None):
            yield (place, "disalin", f"{COPIED} kata berurutan sama dengan sumbernya: '{' '.join(run)}'",
                   "Tulis dengan kata sendiri; bunyi aslinya cukup di 'kutipan'.")


def runs(text: str) -> Iterator[tuple[str, ...]]:
    """Every run of successive words, in lower case, as long as a copied one."""
    words = WORD.findall(text.casefold())
    return (tuple(words[start:start + COPIED]) for start in range(len(words) - COPIED + 1))


def _nobody_is_named(_record: Record, pointer: Pointer) -> Iterator[Told]:
    """A pointer speaks of offices: whoever holds one now has not been asked."""
    answer = pointer.tanggapan
    own: tuple[tuple[Location, str], ...] = (
        (("tanggapan", "kantor"), answer.kantor), (("tanggapan", "isi"), answer.isi)) if answer else ()
    for place, text in (*_texts(pointer), *own):
        if place != ("nama",) and (found := TITLED.search(text)):
            yield (place, "nama-orang", f"tampaknya ada nama orang: '{found[0]}'",
                   "Tulis jabatan atau kantornya saja.")


RULES: tuple[Callable[[Record, Pointer], Iterator[Told]], ...] = (
    _name_fits, _is_whole, _was_answered, _summary_has_its_length, _numbers_have_units, _in_own_words,
    _nobody_is_named,
)
