"""What a build tells a person: progress while it runs, a summary when it is done."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from simpul.build.report import Progress, Report, silent
from simpul.problems import errors

NAMES = {
    "home": "beranda", "standard": "standar", "self_check": "periksa diri", "competency": "kompetensi",
    "module_list": "daftar modul", "module": "modul",
    "notes": "catatan pengajar", "path_list": "daftar jalur", "path": "jalur", "practice_list": "beranda praktik",
    "practice_archive": "daftar praktik", "practice": "praktik", "region_list": "daftar daerah", "province": "provinsi",
    "region": "kabupaten/kota", "adapted_module": "modul daerah", "link_list": "daftar tautan", "needs": "beranda kebutuhan",
    "need_list": "daftar kebutuhan", "delivery_list": "daftar model", "delivery": "model", "centre_list": "beranda pusat",
    "centre_directory": "daftar pusat", "centre": "pusat", "attendance": "daftar hadir", "checklist": "daftar periksa",
    "expert_list": "beranda ahli", "expert_directory": "daftar ahli", "shortage": "beranda kekurangan ahli",
    "shortage_list": "daftar kekurangan ahli", "service_list": "daftar layanan", "service": "layanan",
    "schedule_list": "beranda jadwal", "schedule": "jadwal", "monitoring": "beranda pemantauan",
    "monitoring_region": "pemantauan", "evenness": "pemerataan", "chain_list": "beranda rantai", "chain": "rantai",
    "submit": "formulir", "letter_interest": "surat minat", "letter_news": "surat kabar praktik",
    "article": "artikel", "article_list": "daftar panduan", "glossary": "glosarium",
    "search": "pencarian", "not_found": "404",
}


@contextmanager
def progress() -> Iterator[Progress]:
    """A progress bar on a terminal; silence elsewhere."""
    if not sys.stderr.isatty():
        yield silent
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        tasks: dict[str, TaskID] = {}

        def advance(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = bar.add_task(what, total=total or None)
            bar.update(tasks[what], completed=done, total=total or None)

        yield advance


def summary(report: Report) -> str:
    """Pages by kind, warnings, time and size, in a few lines."""
    outcome = report.outcome
    if outcome is None:
        return ""
    kinds = ", ".join(f"{number} {NAMES.get(kind, kind)}" for kind, number in outcome.pages.items())
    warnings = len(report.problems) - len(errors(report.problems))
    return (
        f"{sum(outcome.pages.values())} halaman ({kinds}).\n"
        f"{outcome.made} dibuat ulang, {warnings} peringatan, {_comma(report.seconds)} detik, {_comma(outcome.size / 1e6)} MB."
    )


def _comma(number: float) -> str:
    return f"{number:.1f}".replace(".", ",")
