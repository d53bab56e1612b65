"""Questions test knowledge: whoever never reads the question, and whoever knows only how options are made,
does no better than chance allows.
"""

import math
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import combinations, pairwise
from pathlib import Path

import pytest

from simpul.builder.build import check
from simpul.model import Question

ROOT = Path(__file__).parents[1]
MOST_GUESSED = 0.40
FOLDS = 8
Sets = dict[str, list[Question]]
Feature = frozenset[str]


@pytest.fixture(scope="module")
def every() -> Sets:
    """All questions by the module or the bank they stand in."""
    portal = check(ROOT, 1).portal
    modules: Sets = {name: list(module.kuis) for name, module in portal.modules.items()}
    return modules | {name: list(bank.soal) for name, bank in portal.banks.items()}


@pytest.fixture(scope="module")
def choices(every: Sets) -> Sets:
    """Those with one right option."""
    return {name: [q for q in questions if q.bentuk == "pilihan"] for name, questions in every.items()}


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.casefold())


def _features(question: Question) -> list[Feature]:
    """What can be seen of each option without its question."""
    return [frozenset(_seen(option, question.pilihan)) for option in question.pilihan]


def _seen(option: str, options: tuple[str, ...]) -> Iterator[str]:
    words, lengths = _words(option), [len(other) for other in options]
    yield from words
    yield from map("_".join, pairwise(words))
    yield from (option[at:at + 4].casefold() for at in range(len(option) - 3))
    yield f"#place{options.index(option)}"
    yield f"#commas{min(option.count(','), 2)}"
    yield f"#words{min(len(words) // 2, 8)}"
    yield f"#longest{len(option) == max(lengths)}"
    yield f"#shortest{len(option) == min(lengths)}"
    yield from (f"^{word}" for word in words[:1])
    yield from (f"${word}" for word in words[-1:])


def _counted(questions: list[Question]) -> tuple[Counter[str], Counter[str]]:
    right, wrong = Counter[str](), Counter[str]()
    for question in questions:
        for place, seen in enumerate(_features(question), 1):
            (right if place in question.benar else wrong).update(seen)
    return right, wrong


def _by_counts(learnt: list[Question]) -> dict[str, float]:
    """Naive Bayes: how much more often a feature was right than wrong."""
    right, wrong = _counted(learnt)
    rights, wrongs = len(learnt), sum(len(question.pilihan) - 1 for question in learnt)
    return {seen: math.log((right[seen] + 0.5) / (rights + 1) / ((wrong[seen] + 0.5) / (wrongs + 1)))
            for seen in right | wrong}


def _by_descent(learnt: list[Question]) -> dict[str, float]:
    """Softmax regression over the options of a question."""
    weights = defaultdict[str, float](float)
    chance = random.Random(0)  # the same order each time
    rows = [(_features(question), question.benar[0] - 1) for question in learnt]
    for _ in range(5):
        chance.shuffle(rows)
        for options, right in rows:
            powers = [math.exp(_score(weights, seen)) for seen in options]
            for place, seen in enumerate(options):
                step = 0.3 * ((place == right) - powers[place] / sum(powers)) / math.sqrt(len(seen))
                for one in seen:
                    weights[one] += step
    return weights


def _score(weights: dict[str, float], seen: Feature) -> float:
    return sum(weights.get(one, 0) for one in seen) / math.sqrt(len(seen))


@pytest.mark.parametrize("learn", [_by_counts, _by_descent])
def test_a_guesser_who_never_reads_the_question_stays_near_chance(choices: Sets, learn) -> None:  # type: ignore[no-untyped-def]
    names = sorted(choices)
    guessed = 0
    for fold in range(FOLDS):
        weights = learn([q for n, name in enumerate(names) if n % FOLDS != fold for q in choices[name]])
        for question in (q for name in names[fold::FOLDS] for q in choices[name]):
            scores = [_score(weights, seen) for seen in _features(question)]
            guessed += scores.index(max(scores)) + 1 in question.benar
    assert guessed / sum(map(len, choices.values())) < MOST_GUESSED


def _betrayed(question: Question) -> Question:
    options = tuple(f"{text}, lalu mencatatnya" if place in question.benar else text
                    for place, text in enumerate(question.pilihan, 1))
    return Question.model_construct(**{**dict(question), "pilihan": options})


def test_the_guesser_would_notice(choices: Sets) -> None:
    told = {name: [_betrayed(question) if n % 2 else question for n, question in enumerate(questions)]
            for name, questions in choices.items()}
    with pytest.raises(AssertionError):
        test_a_guesser_who_never_reads_the_question_stays_near_chance(told, _by_counts)


def test_the_right_place_looks_drawn(choices: Sets) -> None:
    """Of four options each is right about as often; the place of the next one does not follow from it."""
    four = [[q.benar[0] for q in questions if len(q.pilihan) == 4] for questions in choices.values()]
    times = Counter(place for places in four for place in places)
    expected = times.total() / 4
    assert sum((times[place] - expected) ** 2 / expected for place in range(1, 5)) < 11.34  # chi square, 1 %
    pairs = [(one, other) for places in four for one, other in pairwise(places)]
    repeated = sum(one == other for one, other in pairs)
    spread = math.sqrt(len(pairs) * 3 / 16)
    assert abs(repeated - len(pairs) / 4) < 2.58 * spread


def test_the_right_option_is_neither_the_longest_nor_the_shortest_by_habit(choices: Sets) -> None:
    questions = [question for some in choices.values() for question in some]
    for extreme in (max, min):
        expected, times = 0.0, 0
        for question in questions:
            lengths = [len(option) for option in question.pilihan]
            there = [place for place, length in enumerate(lengths, 1) if length == extreme(lengths)]
            expected += len(there) / len(lengths)
            times += question.benar[0] in there
        assert abs(times - expected) < 2.58 * math.sqrt(len(questions) * 3 / 16), (extreme, times, expected)


def test_no_option_gives_its_own_reason(choices: Sets) -> None:
    reasoned = [(name, question.id, option) for name, questions in choices.items() for question in questions
                for option in question.pilihan if re.search(r"\b(karena|sebab|supaya|agar)\b", option)]
    assert not reasoned


def test_no_two_questions_ask_the_same(every: Sets) -> None:
    asked = [(name, question.id, frozenset(_words(" ".join((question.tanya, *question.pilihan)))))
             for name, questions in every.items() for question in questions]
    alike = [(one[:2], other[:2]) for one, other in combinations(asked, 2)
             if len(one[2] & other[2]) > 0.5 * len(one[2] | other[2])]
    assert not alike


def test_every_question_names_what_it_tests(every: Sets) -> None:
    assert not [(name, question.id) for name, questions in every.items() for question in questions
                if not (question.id and question.indikator)]
