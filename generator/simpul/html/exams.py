"""The sheets of an exam: questions, answer sheets, keys, tasks, rubrics and a tally, as pages for paper that
open without the portal; for a centre as one zip.
"""

import csv
import io
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from simpul.addresses import exam_url
from simpul.figures.exams import Asked, Exam, Paper, core_cells, draw, testable_groups
from simpul.html.render import paper
from simpul.model import Assessment
from simpul.portal import Portal
from simpul.runtime.archives import packed
from simpul.runtime.lazy import LazyFile, SiteFile

TITLES = {"questions": "Soal", "answers": "Lembar jawaban", "tasks": "Tugas kinerja", "key": "Kunci",
          "rubric": "Rubrik"}
NAMES = {"questions": "soal", "answers": "jawaban", "tasks": "tugas", "key": "kunci", "rubric": "rubrik"}
ROW = 10
"""Questions in one row of the tally."""


def kits(portal: Portal) -> Iterator[LazyFile]:
    """A zip for each group whose core can be tested in full: forms A and B of this version."""
    for group in testable_groups(portal):
        yield LazyFile(exam_url(group), partial(_kit, portal, group))


def _kit(portal: Portal, group: str) -> SiteFile:
    assert portal.framework
    exam = draw(portal, core_cells(portal, group), f"{portal.framework.versi}-{group}")
    return SiteFile(exam_url(group), view(portal, exam, f"inti {portal.groups[group].nama}"), kit)


def kit(value: Mapping[str, Any]) -> bytes:
    """All sheets as one zip."""
    return packed(sheets(value), compress=True)


def sheets(value: Mapping[str, Any]) -> dict[str, bytes]:
    """All sheets by file name, and the files that participants get below `bahan/`."""
    parts = {f"bahan/{name}": _file(name, text) for name, text in value["files"].items()}
    shown = {key: value[key] for key in ("site", "scope", "seed", "framework", "rule")}
    for page, title in TITLES.items():
        for form in value["papers"]:
            html = paper(f"exam/{page}.html", title=f"{title} {form['form']}: {value['scope']}", paper=form,
                         minutes=value["minutes"], **shown)
            parts[f"{NAMES[page]}-{form['form'].lower()}.html"] = html.encode()
    parts["rekap.html"] = paper("exam/tally.html", title=f"Rekap: {value['scope']}", way=value["way"],
                                papers=value["papers"], **shown).encode()
    parts["index.html"] = paper("exam/index.html", title=f"Ujian {value['scope']}", **{
        **value, "files": [f"bahan/{name}" for name in value["files"]]}).encode()
    return parts


def _file(name: str, text: str) -> bytes:
    """A table as Excel opens it here, with semicolons; a text with a mark of its encoding."""
    if name.endswith(".csv"):
        file = io.StringIO()
        csv.writer(file, delimiter=";").writerows(csv.reader(io.StringIO(text)))
        text = file.getvalue()
    return text.encode("utf-8-sig")


def view(portal: Portal, exam: Exam, scope: str) -> dict[str, Any]:
    """All that the sheets show, as plain values. Raises AssertionError for a portal without an assessment."""
    rule, framework = portal.assessment, portal.framework
    assert rule
    assert framework
    questions = len(exam.papers[0].asked)
    return {
        "site": portal.settings.site_name, "scope": scope, "seed": exam.seed, "framework": framework.versi,
        "rule": rule.versi, "way": next(iter(rule.ways())), "papers": [_paper(form) for form in exam.papers],
        "files": _files(exam), "questions": questions, "tasks": len(exam.papers[0].tasks),
        "minutes": questions * rule.susunan.menit_per_soal, "forms": [form.form for form in exam.papers],
        "task_minutes": sum(task.menit for task, _ in exam.papers[0].tasks),
        "lacking": [f"{code} tingkat {level}" for code, level in exam.lacking],
        "pass": -(-questions * rule.batas.soal_persen // 100), **_rules(rule),
    }


def _rules(rule: Assessment) -> dict[str, Any]:
    return {"doubt": rule.batas.batas_ragu, "borderline": rule.kasus_batas, "differing": rule.beda_penilai,
            "retake": f"Paling cepat sesudah {rule.ulang.jeda_hari} hari, paling banyak "
                      f"{rule.ulang.paling_banyak} kali setahun. {rule.ulang.uraian}",
            "limits": list(rule.keterbatasan)}


def _paper(form: Paper) -> dict[str, Any]:
    numbers = range(1, len(form.asked) + 1)
    return {
        "form": form.form, "asked": [_question(asked) for asked in form.asked],
        "tasks": [(task.model_dump(mode="json", exclude={"varian"}), variant.model_dump(mode="json"))
                  for task, variant in form.tasks],
        "rows": [list(numbers[start:start + ROW]) for start in range(0, len(numbers), ROW)],
    }


def _question(asked: Asked) -> dict[str, Any]:
    question = asked.question.model_dump(mode="json", exclude={"pilihan", "alasan", "benar"})
    return {"question": question, "options": list(asked.options), "reasons": list(asked.reasons),
            "right": list(asked.right)}


def _files(exam: Exam) -> dict[str, str]:
    """What participants get, by form, number of the task, and name."""
    return {f"{form.form.lower()}/tugas-{number}/{file.nama}": file.isi for form in exam.papers
            for number, (_, variant) in enumerate(form.tasks, 1) for file in variant.bahan}
