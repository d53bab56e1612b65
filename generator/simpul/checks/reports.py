"""Rules about monitoring: counts that fit each other, an index within bounds, one row a unit and period."""

import posixpath
from collections import Counter
from collections.abc import Iterator

from simpul.figures.satisfaction import begins, by_unit
from simpul.model import Report
from simpul.portal import Portal
from simpul.problems import Finding, Severity, one_of


def counts_fit(portal: Portal) -> Iterator[Finding]:
    """Trained at most as many as are meant to be, passed at most as many as were trained."""
    for path, place, report in portal.listed("pemantauan", Report):
        if report.asn_dilatih > report.sasaran_asn:
            yield Finding(path, (place,), "error", "dilatih", f"asn_dilatih {report.asn_dilatih} lebih besar "
                          f"daripada sasaran_asn {report.sasaran_asn}",
                          "Hitung hanya ASN sasaran unit ini, atau perbaiki sasarannya.")
        if report.asn_lulus_minimum > report.asn_dilatih:
            yield Finding(path, (place,), "error", "lulus", f"asn_lulus_minimum {report.asn_lulus_minimum} "
                          f"lebih besar daripada asn_dilatih {report.asn_dilatih}",
                          "Yang lulus sudah terhitung sebagai yang dilatih.")


def rows_are_single(portal: Portal) -> Iterator[Finding]:
    """A region has one row for a unit and a period, in the file of that period."""
    seen: Counter[tuple[str, str, str]] = Counter()
    for path, place, report in portal.listed("pemantauan", Report):
        name = posixpath.basename(path).removesuffix(".csv")
        key = (path.split("/")[2], report.unit_layanan.casefold(), report.periode)
        seen[key] += 1
        if report.periode != name:
            yield Finding(path, (place,), "error", "periode",
                          f"periode {report.periode} di berkas {name}.csv",
                          f"Pindahkan barisnya ke {report.periode}.csv, atau perbaiki periodenya.")
        if seen[key] == 2:
            told = f"unit '{report.unit_layanan}' sudah punya baris periode {report.periode}"
            yield Finding(path, (place,), "error", "ganda", told, "Gabungkan menjadi satu baris.")


def services_are_known(portal: Portal) -> Iterator[Finding]:
    """A row's kind of service is one of the centre's."""
    known = [service.id for service in portal.services]
    entry = portal.entries.get("curriculum/layanan.yml")
    if entry and entry.faulty:
        return
    for path, place, report in portal.listed("pemantauan", Report):
        if report.layanan not in known:
            severity: Severity = "error" if entry else "warning"
            hint = f"Pilihan: {', '.join(known)}." if known else "Daftarnya di curriculum/layanan.yml."
            yield Finding(path, (place,), severity, "rujukan-layanan",
                          f"layanan '{report.layanan}' tidak ada", hint)


def nothing_is_from_the_future(portal: Portal) -> Iterator[Finding]:
    """A period that is reported has begun."""
    for path, place, report in portal.listed("pemantauan", Report):
        if portal.latest and begins(report.periode) > (portal.latest.year, portal.latest.month):
            yield Finding(path, (place,), "error", "tanggal-depan", f"periode {report.periode} belum mulai",
                          "Periksa tahunnya.")


def ways_are_known(portal: Portal) -> Iterator[Finding]:
    """Who says that people reached the minimum says how it was judged, by a way that is defined; older rows
    of a unit cannot be judged again.
    """
    known = portal.assessment.ways() if portal.assessment else {}
    newest = {id(rows[-1]) for reports in portal.reports.values() for rows in by_unit(reports).values()}
    for path, place, report in portal.listed("pemantauan", Report) if known else ():
        way = report.cara_penilaian
        if way and way not in known:
            yield Finding(path, (place, "cara_penilaian"), "error", "cara-penilaian",
                          f"cara penilaian '{way}' tidak ada", one_of(way, known))
        elif report.asn_lulus_minimum and not way and id(report) in newest:
            yield Finding(path, (place,), "warning", "cara-penilaian",
                          f"{report.asn_lulus_minimum} ASN disebut lulus minimum tanpa 'cara_penilaian'",
                          "Isi caranya; tanpa itu angka ini tampil sebagai 'cara tidak diketahui' dan tidak "
                          f"dijumlahkan dengan yang lain. Pilihan: {', '.join(known)}.")


RULES = (ways_are_known, counts_fit, rows_are_single, services_are_known, nothing_is_from_the_future)
