"""The quiz of a module as its page shows it: options and steps in an order that gives nothing away."""

from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Any, NamedTuple

from simpul import model
from simpul.model import numbers

LETTERS = "ABCDEF"


class _Option(NamedTuple):
    place: int
    text: str
    reason: str


def quiz_view(module: str, questions: Iterable[model.Question]) -> list[dict[str, Any]]:
    """The questions of a module, numbered from 1. Everybody sees the same order, with scripts or without, so
    that a class can talk about "jawaban B"; the central questions keep theirs in a region's version.
    """
    return [_question(f"{module} {number}", question) for number, question in enumerate(questions, 1)]


def _question(seed: str, question: model.Question) -> dict[str, Any]:
    reasons = question.alasan if len(question.alasan) > 1 else question.alasan * len(question.pilihan)
    options = [_Option(place, *both) for place, both in
               enumerate(zip(question.pilihan, reasons, strict=True), 1)]
    shown = _shuffled(seed, options)
    ordered = question.bentuk == "urutan"
    if ordered and shown == options:
        shown = shown[1:] + shown[:1]
    return {
        "ask": question.tanya, "form": question.bentuk,
        "options": [{"text": option.text, "reason": option.reason,
                     "right": not ordered and option.place in question.benar} for option in shown],
        "right": _key(question, shown), "one_reason": len(question.alasan) == 1,
        "reason": question.alasan[0], "answers": list(question.jawaban),
        "accepted": _accepted(question), "tolerance": format(question.toleransi or 0, "f"),
        "unit": question.satuan or "",
        "sequence": ", ".join(LETTERS[shown.index(option)] for option in options) if ordered else "",
    }


def _shuffled(seed: str, options: Sequence[_Option]) -> list[_Option]:
    """By a digest of the text, so that a new option moves no other."""
    return sorted(options, key=lambda option: sha256(f"{seed} {option.text}".encode()).digest())


def _key(question: model.Question, shown: Sequence[_Option]) -> str:
    """For scripts: the places of the right options from 0 on; of steps, the place of each from 1 on."""
    if question.bentuk == "urutan":
        return " ".join(str(option.place) for option in shown)
    return " ".join(str(place) for place, option in enumerate(shown) if option.place in question.benar)


def _accepted(question: model.Question) -> str:
    """For scripts: the number with a decimal point, or all accepted answers, one a line."""
    if question.bentuk == "angka":
        found = numbers.read(question.jawaban[0])
        return format(found.values[0], "f") if found and found.values else ""
    return "\n".join(question.jawaban)
