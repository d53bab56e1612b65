"""Rules about dates: nothing from the future, nothing silently old."""

from collections.abc import Iterator

from simpul.figures.currency import overdue
from simpul.portal import Portal
from simpul.problems import Finding

PAST_DATES = ("mulai_uji_coba", "mulai_penerapan", "terverifikasi_pada")


def nothing_from_the_future(portal: Portal) -> Iterator[Finding]:
    """What has happened has no date after SOURCE_DATE_EPOCH; without it there is nothing to compare with."""
    if portal.latest is None:
        return
    latest = portal.latest.isoformat()
    for name, case in portal.cases.items():
        for field, date in zip(PAST_DATES, (case.tried, case.applied, case.verified), strict=True):
            if date > latest:
                yield Finding(portal.practice_path(name), (field,), "error", "tanggal-depan",
                              f"'{field}' {date} belum terjadi", "Periksa tahun, bulan, dan harinya.")


def verifications_are_recent(portal: Portal) -> Iterator[Finding]:
    """A verification older than twelve months is shown as such."""
    for name, case in portal.cases.items():
        if overdue(portal, case):
            yield Finding(portal.practice_path(name), ("terverifikasi_pada",), "warning", "verifikasi-lama",
                          f"terakhir dipastikan {case.verified}, lebih dari 12 bulan lalu",
                          "Pastikan praktik masih berjalan, lalu perbarui tanggalnya.")


def modules_are_reviewed(portal: Portal) -> Iterator[Finding]:
    """A module past its review date says so."""
    for name, module in portal.modules.items():
        if module.tinjau_sebelum < portal.as_of:
            yield Finding(f"curriculum/modul/{name}/modul.yml", ("tinjau_sebelum",), "warning",
                          "perlu-ditinjau", f"modul seharusnya ditinjau sebelum {module.tinjau_sebelum}",
                          "Tinjau isinya, lalu perbarui tanggalnya.")


RULES = (nothing_from_the_future, verifications_are_recent, modules_are_reviewed)
