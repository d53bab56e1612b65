"""Rules about what a row of monitoring tells of its survey: an index within bounds, a spread and answers that
fit it, and enough respondents.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from simpul.figures.satisfaction import computed
from simpul.figures.uncertainty import (
    ANSWERS,
    ELEMENTS,
    FEWEST_ASKED,
    HIGHEST,
    LOWEST,
    SCALE,
    answers,
    mean_of,
    rounded,
)
from simpul.model import Report
from simpul.portal import Portal
from simpul.problems import Finding

SMALL = Decimal("1.5")
"""The widest spread of answers from 1 to 4: what is not above it was not told in points of the index."""
AGREE = Decimal("0.5")


def indices_are_possible(portal: Portal) -> Iterator[Finding]:
    """An index lies between 25 and 100, agrees with its elements, and says how it was found."""
    for path, place, report in portal.listed("pemantauan", Report):
        if report.ikm is None:
            continue
        own = computed(report)
        if not LOWEST <= report.ikm <= HIGHEST:
            yield Finding(path, (place,), "error", "ikm", f"IKM {_comma(report.ikm)} di luar 25 sampai 100",
                          "IKM sembilan unsur dikalikan 25, jadi paling kecil 25 dan paling besar 100.")
        elif own is not None and own != rounded(report.ikm):
            yield Finding(path, (place,), "warning", "ikm-unsur",
                          f"IKM {_comma(report.ikm)} berbeda dari hitungan unsurnya, {_comma(own)}",
                          "Periksa nilai unsur dan IKM; portal menampilkan keduanya.")
        lacking = [name for name in ("ikm_n", "ikm_metode", "dasar_hukum") if getattr(report, name) is None]
        if lacking:
            yield Finding(path, (place,), "warning", "ikm-tanpa-cara",
                          f"IKM unit '{report.unit_layanan}' belum disertai {', '.join(lacking)}",
                          "Tanpa itu kenaikannya ditulis belum dapat dinilai.")


def spreads_are_possible(portal: Portal) -> Iterator[Finding]:
    """A standard deviation is one of numbers from 25 to 100, and fits the index (Bhatia and Davis 2000)."""
    for path, place, report in portal.listed("pemantauan", Report):
        told = report.ikm_simpangan
        if told is None or report.ikm is None or not LOWEST <= report.ikm <= HIGHEST:
            continue
        asked = max(report.ikm_n or 0, 2)
        widest = ((HIGHEST - report.ikm) * (report.ikm - LOWEST) * asked / (asked - 1)).sqrt()
        if told <= SMALL:
            yield Finding(path, (place,), "error", "simpangan-skala",
                          f"ikm_simpangan {_comma(told)} tampaknya dihitung pada skala 1 sampai 4",
                          f"Tulis pada skala 25 sampai 100: kalikan {SCALE}, menjadi "
                          f"{_comma(rounded(told * SCALE))}.")
        elif rounded(told) > rounded(widest):
            yield Finding(path, (place,), "error", "simpangan", f"ikm_simpangan {_comma(told)} tidak mungkin "
                          f"untuk IKM {_comma(report.ikm)}; paling besar {_comma(rounded(widest))}",
                          "Periksa rumusnya: simpangan baku dari nilai IKM tiap responden.")


def answers_fit(portal: Portal) -> Iterator[Finding]:
    """Counts of answers come together, are at most nine a respondent, and give about the index reported."""
    for path, place, report in portal.listed("pemantauan", Report):
        lacking = [name for name in ANSWERS if getattr(report, name) is None]
        if len(lacking) == len(ANSWERS):
            continue
        if lacking:
            yield Finding(path, (place,), "error", "jawaban", f"banyaknya jawaban belum lengkap: "
                          f"{', '.join(lacking)} kosong", "Isi keempatnya (0 bila tidak ada), atau kosongkan "
                          "keempatnya.")
        elif counts := answers(report):
            yield from _answers_agree(path, place, report, counts)


def _answers_agree(path: str, place: int, report: Report, counts: Sequence[int]) -> Iterator[Finding]:
    most = (report.ikm_n or 0) * len(ELEMENTS)
    if report.ikm_n is not None and not report.ikm_n <= sum(counts) <= most:
        yield Finding(path, (place,), "error", "jawaban-banyak", f"jumlah jawaban {sum(counts)} tidak cocok "
                      f"dengan {report.ikm_n} responden", f"Satu responden menjawab 1 sampai {len(ELEMENTS)} "
                      f"unsur, jadi jumlahnya {report.ikm_n} sampai {most}.")
    elif report.ikm is not None and abs(mean_of(counts) - report.ikm) > AGREE:
        yield Finding(path, (place,), "warning", "jawaban-ikm", f"IKM {_comma(report.ikm)} berbeda dari "
                      f"hitungan jawabannya, {_comma(rounded(mean_of(counts)))}",
                      "Periksa banyaknya jawaban dan IKM; ketidakpastian dihitung dari jawaban itu.")


def indices_can_be_judged(portal: Portal) -> Iterator[Finding]:
    """Of fewer than 30 respondents a change cannot be told from chance."""
    for path, place, report in portal.listed("pemantauan", Report):
        if report.ikm is not None and report.ikm_n is not None and report.ikm_n < FEWEST_ASKED:
            yield Finding(path, (place,), "warning", "ikm-sedikit", f"IKM unit '{report.unit_layanan}' "
                          f"dari {report.ikm_n} responden, kurang dari {FEWEST_ASKED}",
                          "Kirim saja; kenaikannya ditulis belum dapat dinilai.")


def _comma(number: object) -> str:
    return str(number).replace(".", ",")


RULES = (indices_are_possible, indices_can_be_judged, spreads_are_possible, answers_fit)
