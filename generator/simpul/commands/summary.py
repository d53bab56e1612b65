"""What a build tells a person: progress while it runs, a summary when it is done."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from simpul.builder.report import BuildReport, Progress, silent
from simpul.problems import errors


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


def summary(report: BuildReport) -> str:
    """Pages by kind, warnings, time and size, in a few lines."""
    result = report.result
    if result is None:
        return ""
    kinds = ", ".join(f"{number} {label}" for label, number in result.pages.items())
    warnings = len(report.problems) - len(errors(report.problems))
    return (
        f"{sum(result.pages.values())} halaman ({kinds}).\n"
        f"{result.made} dibuat ulang, {warnings} peringatan, {_comma(report.seconds)} detik, "
        f"{_comma(result.size / 1e6)} MB."
    )


def _comma(number: float) -> str:
    return f"{number:.1f}".replace(".", ",")
