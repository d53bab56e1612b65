"""What became of a delivery: for the one who received it, and as letters to those who sent it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from simpul.intake.letters import WAITS, Answer, answer
from simpul.intake.making import Parcel
from simpul.intake.placing import CannotReceiveError, put, settle
from simpul.intake.receiving import Delivery
from simpul.problems import Problem, as_text, errors

MOST_OTHERS = 20


@dataclass(slots=True)
class Placed:
    """A delivery, what of it was written with what that changed, what waits for a decision and why, and what
    is told of what was there.
    """

    delivery: Delivery
    written: list[tuple[Parcel, str]] = field(default_factory=list)
    waiting: list[tuple[Parcel, CannotReceiveError]] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    def of(self, problems: Sequence[Problem]) -> list[Problem]:
        """The problems of what was written."""
        places = {path for parcel, _ in self.written for path in parcel.files}
        return [problem for problem in problems if problem.path in places]

    def failed(self, problems: Sequence[Problem]) -> bool:
        """Whether somebody has to do something."""
        return bool(self.waiting or self.delivery.refused or errors(self.of(problems)))


def place(root: Path, delivery: Delivery, *, replace: bool) -> Placed:
    """Puts each parcel in its place; one that cannot be put there does not keep the others from it."""
    placed = Placed(delivery)
    for parcel in delivery.parcels:
        try:
            others = settle(root, parcel)
            placed.written.append((parcel, put(root, parcel, replace=replace)))
            placed.told += [_stays(parcel.path, others)] if others else []
        except CannotReceiveError as problem:
            placed.waiting.append((parcel, problem))
    return placed


def _stays(path: str, others: Sequence[str]) -> str:
    """What is said of entries that a table lacks."""
    more = f" dan {len(others) - MOST_OTHERS} lainnya" if len(others) > MOST_OTHERS else ""
    return (f"{path}: tidak ada di tabel kiriman ini, jadi tetap seperti semula: "
            f"{'; '.join(others[:MOST_OTHERS])}{more}. Bila ada yang tidak berlaku lagi, tulis namanya di "
            "balasan Anda.")


def report(placed: Sequence[Placed], problems: Sequence[Problem]) -> str:
    """For the one who received it: what was written where, what was not and why, all problems."""
    lines: list[str] = []
    for one in placed:
        for parcel, change in one.written:
            lines += [f"Ditulis dari {parcel.source}:", *(f"  {path}" for path in parcel.files)]
            lines += ["Yang berubah:", change] if change else []
        lines += [f"Belum ditulis: {why}" for _, why in one.waiting]
        lines += one.told
        lines += [f"Tidak diterima: {refused.name}: {refused.message}. {refused.hint}".rstrip()
                  for refused in one.delivery.refused]
    found = [problem for one in placed for problem in one.of(problems)]
    return "\n".join([*lines, as_text(found)])


def letters(placed: Sequence[Placed], problems: Sequence[Problem], site_name: str) -> Iterator[str]:
    """A letter to each sender; several have a line between them that says which file it answers."""
    for one in placed:
        delivery = one.delivery
        answers = [_answer(parcel, problems) for parcel, _ in one.written]
        answers += [Answer(parcel.path, (), (), waiting=why.letter or WAITS.format(parcel.path))
                    for parcel, why in one.waiting]
        text = answer(answers, site_name, delivery.subject, delivery.refused, [*delivery.told, *one.told],
                      delivery.lost)
        head = f"===== Surat jawaban atas {_what(delivery)} =====\n" if len(placed) > 1 else ""
        yield head + text


def _what(delivery: Delivery) -> str:
    sources = [parcel.source for parcel in delivery.parcels] + [refused.name for refused in delivery.refused]
    return delivery.subject or next(iter(sources), "kiriman")


def _answer(parcel: Parcel, problems: Sequence[Problem]) -> Answer:
    lines = parcel.files[parcel.path].decode("utf-8", "replace").split("\n")
    return Answer(parcel.path, lines, [problem for problem in problems if problem.path in parcel.files],
                  made=parcel.made)
