"""Rules about what regions ask for: answered with what helps, and never silently old."""

import datetime
from collections.abc import Iterator

from simpul.model import Answer, Need
from simpul.portal import Portal
from simpul.problems import Finding

WAITS_FOR = datetime.timedelta(days=90)


def answers_are_whole(portal: Portal) -> Iterator[Finding]:
    """An answer has its date, and what the region can do with it: a module, a text, a reason to refuse."""
    for path, place, need in portal.listed("kebutuhan", Need):
        withdrawn = portal.moves.lost_by(path, place)  # the module that answered it, which is told
        if need.tanggapan and not need.waiting and not withdrawn:
            yield from _answer(path, place, need.tanggapan)


def _answer(path: str, place: int, answer: Answer) -> Iterator[Finding]:
    where = (place, "tanggapan")
    if answer.status == "ditolak" and not answer.alasan:
        yield Finding(path, where, "error", "tanpa-alasan", "kebutuhan ditolak tanpa alasan",
                      "Isi 'alasan': mengapa, dan apa yang dapat dilakukan daerah.")
    elif answer.status == "tersedia" and not answer.modul:
        yield Finding(path, where, "error", "tanpa-modul", "tanggapan 'tersedia' belum menyebut modulnya",
                      "Isi 'modul' dengan modul yang menjawab kebutuhan ini.")
    elif answer.status in ("dijawab", "dirancang") and not (answer.modul or answer.isi):
        yield Finding(path, where, "error", "tanpa-isi", f"tanggapan '{answer.status}' belum berisi apa pun",
                      "Isi 'modul', atau 'isi' dengan satu atau dua kalimat.")
    if answer.tanggal is None:
        yield Finding(path, where, "error", "tanpa-tanggal", "tanggapan belum bertanggal",
                      "Isi 'tanggal', supaya pembaca tahu sejak kapan kebutuhan ini ditanggapi.")


def needs_keep_dates(portal: Portal) -> Iterator[Finding]:
    """A need is answered after it was stated, and neither lies in the future."""
    for path, place, need in portal.listed("kebutuhan", Need):
        answered = need.tanggapan.tanggal if need.tanggapan else None
        if answered and answered < need.tanggal:
            yield Finding(path, (place, "tanggapan", "tanggal"), "error", "urutan-tanggal",
                          f"tanggapan {answered} lebih awal daripada kebutuhannya ({need.tanggal})",
                          "Periksa kedua tanggal.")
        for field, date in ((("tanggal",), need.tanggal), (("tanggapan", "tanggal"), answered)):
            if date and portal.latest and date > portal.latest:
                yield Finding(path, (place, *field), "error", "tanggal-depan",
                              f"tanggal {date} belum terjadi", "Periksa tahun, bulan, dan harinya.")


def needs_concern_somebody(portal: Portal) -> Iterator[Finding]:
    """A need names how many civil servants have it; zero cannot be planned for."""
    for path, place, need in portal.listed("kebutuhan", Need):
        if need.asn_terdampak == 0:
            yield Finding(path, (place, "asn_terdampak"), "error", "tanpa-asn",
                          "kebutuhan ini menyebut 0 ASN",
                          "Tulis banyaknya ASN yang memerlukannya, atau hapus kebutuhan ini.")


def needs_are_answered(portal: Portal) -> Iterator[Finding]:
    """A need that waits longer than 90 days says so."""
    for path, place, need in portal.listed("kebutuhan", Need):
        if need.waiting and portal.as_of - need.tanggal > WAITS_FOR:
            yield Finding(path, (place, "tanggal"), "warning", "menunggu",
                          f"kebutuhan '{need.id}' menunggu tanggapan "
                          f"{(portal.as_of - need.tanggal).days} hari",
                          "Isi 'tanggapan', walau baru rencana.")


RULES = (answers_are_whole, needs_keep_dates, needs_concern_somebody, needs_are_answered)
