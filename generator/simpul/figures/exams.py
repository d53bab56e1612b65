"""Two papers from one bank: forms A and B that are equal in content, drawn by a seed.

The same seed draws the same papers, whatever machine it runs on: nothing but digests of the seed and of the
items' ids decides.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from simpul import model
from simpul.model import numbers
from simpul.portal import Portal, once

FORMS = ("A", "B")
Cell = tuple[str, str]
"""Competence and level."""
Pair = tuple[model.BankQuestion, model.BankQuestion]
Alike = Callable[[model.BankQuestion, model.BankQuestion], bool]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as a form asks it: `options` in the order shown, `right` their places from 0; for an order,
    `right` are the places of its steps in the order that is right.
    """

    question: model.BankQuestion
    options: tuple[str, ...]
    reasons: tuple[str, ...]
    right: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """One form: its questions, and the task of each chosen cell in the variant of this form."""

    form: str
    asked: tuple[Asked, ...]
    tasks: tuple[tuple[model.PerformanceTask, model.Variant], ...]


@dataclass(frozen=True, slots=True)
class Exam:
    """Both forms. `lacking` are the cells whose bank has no task, or
    could not give both as many items as asked for."""

    seed: str
    cells: tuple[Cell, ...]
    papers: tuple[Paper, ...]
    lacking: tuple[Cell, ...]


def core_cells(portal: Portal, group: str) -> tuple[Cell, ...]:
    """The core of a group, in the framework's order; all of its minimum where no core is set."""
    framework = portal.framework
    cells = [cell for cell in (framework.standar_minimum if framework else ()) if cell.kelompok == group]
    chosen = [cell for cell in cells if cell.core] or cells
    return tuple(sorted((cell.kompetensi, cell.tingkat) for cell in chosen))


@once
def testable_groups(portal: Portal) -> tuple[str, ...]:
    """The groups for whose core each bank has enough items and a task."""
    if not portal.assessment:
        return ()
    items = portal.assessment.susunan.soal_per_sel
    return tuple(group for group in portal.groups if (cells := core_cells(portal, group))
                 and not any(_lacks(portal, cell, items) for cell in cells))


def _tested(portal: Portal, cell: Cell) -> list[model.BankQuestion]:
    bank = portal.banks.get("-".join(cell))
    return [item for item in bank.soal if item.untuk == "uji"] if bank else []


def _lacks(portal: Portal, cell: Cell, items: int) -> bool:
    """Whether a bank has no task, or too few items for two forms."""
    bank = portal.banks.get("-".join(cell))
    return not bank or not bank.tugas or len(_tested(portal, cell)) < items * len(FORMS)


def draw(portal: Portal, cells: Sequence[Cell], seed: str) -> Exam:
    """Forms A and B for these cells."""
    rule = portal.assessment
    items, tasks = (rule.susunan.soal_per_sel, rule.susunan.tugas) if rule else (3, 2)
    pairs = [pair for cell in cells for pair in _pairs(_tested(portal, cell), seed, items)]
    lacking = (cell for cell in cells if _lacks(portal, cell, items))
    papers = (Paper(form, tuple(_asked(pair[n], seed) for pair in pairs),
                    _tasks(portal, cells, seed, tasks, n)) for n, form in enumerate(FORMS))
    return Exam(seed, tuple(cells), tuple(papers), tuple(lacking))


def _key(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _pairs(items: Iterable[model.BankQuestion], seed: str, wanted: int) -> list[Pair]:
    """As many pairs as wanted, of one difficulty each and of one indicator where the bank allows it; first
    those whose indicator and difficulty are not there yet.
    """
    left = sorted(items, key=lambda item: (item.kesulitan, item.indikator or "", _key(seed, item.id or "")))
    found: list[Pair] = []
    for alike in (_alike_in_both, _alike_in_difficulty, _alike):
        if alike is not _alike or len(found) < wanted:
            made, left = _matched(left, alike)
            found += made
    turned = [pair if _key(seed, "form", pair[0].id or "") < "8" else (pair[1], pair[0]) for pair in found]
    return _varied(sorted(turned, key=lambda pair: _key(seed, *sorted(one.id or "" for one in pair))), wanted)


def _alike_in_both(one: model.BankQuestion, other: model.BankQuestion) -> bool:
    return one.indikator == other.indikator and one.kesulitan == other.kesulitan


def _alike_in_difficulty(one: model.BankQuestion, other: model.BankQuestion) -> bool:
    return one.kesulitan == other.kesulitan


def _alike(_one: model.BankQuestion, _other: model.BankQuestion) -> bool:
    return True


def _matched(items: Sequence[model.BankQuestion],
             alike: Alike) -> tuple[list[Pair], list[model.BankQuestion]]:
    """Neighbours that are alike, as pairs, and those that are left alone."""
    found: list[Pair] = []
    left: list[model.BankQuestion] = []
    for item in items:
        if left and alike(left[-1], item):
            found.append((left.pop(), item))
        else:
            left.append(item)
    return found, left


def _varied(pairs: list[Pair], wanted: int) -> list[Pair]:
    """A choice with many indicators and difficulties."""
    chosen: list[Pair] = []
    seen = Counter[str]()
    left = list(pairs)
    while left and len(chosen) < wanted:
        best = min(left, key=lambda pair: sum(seen[mark] for mark in _marks(pair)))
        left.remove(best)
        chosen.append(best)
        seen.update(_marks(best))
    return chosen


def _marks(pair: Pair) -> set[str]:
    return {mark for item in pair for mark in (item.indikator or "", item.kesulitan)}


def _asked(question: model.BankQuestion, seed: str) -> Asked:
    """A question with its options in an order of the seed; numbers stay in theirs."""
    count = len(question.pilihan)
    order = sorted(range(count), key=lambda n: _key(seed, question.id or "", str(n)))
    if question.bentuk == "urutan":
        order = order if order != sorted(order) else [*order[1:], order[0]]
        right = tuple(order.index(n) for n in range(count))
    else:
        values = [_number(option) for option in question.pilihan]
        if None not in values:
            order.sort(key=lambda n: values[n] or Decimal(0))
        right = tuple(n for n, place in enumerate(order) if place + 1 in question.benar)
    reasons = [question.alasan[n] for n in order] if len(question.alasan) == count else question.alasan
    return Asked(question, tuple(question.pilihan[n] for n in order), tuple(reasons), right)


def _number(option: str) -> Decimal | None:
    found = numbers.read(option)
    return found.values[0] if found and len(found.values) == 1 else None


def _tasks(portal: Portal, cells: Sequence[Cell], seed: str, wanted: int,
           form: int) -> tuple[tuple[model.PerformanceTask, model.Variant], ...]:
    """Tasks of some cells, one a cell, in the variant of this form: the same tasks in both."""
    found = [task for cell in cells if (bank := portal.banks.get("-".join(cell))) for task in bank.tugas[:1]]
    chosen = sorted(found, key=lambda task: _key(seed, "tugas", task.id))[:wanted]
    return tuple((task, task.varian[form]) for task in sorted(chosen, key=lambda task: task.id))
