"""Synonyms that lead to nothing are told, however the words come and go, and looking for them is cheap."""

from pathlib import Path

import pytest

from simpul.builder import load
from tests.harness import Sample

CASE = "content/daerah/00.71/praktik/antrean-daring.md"
LIST = "curriculum/padanan.yml"


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The sources that words were looked for in."""
    found: list[str] = []
    text = load._Lines.text

    def noted(lines: load._Lines, path: str) -> str:
        found.append(path)
        return text(lines, path)

    monkeypatch.setattr(load._Lines, "text", noted)
    return found


def dead(sample: Sample) -> list[int]:
    return [problem.line for problem in sample.problems() if problem.code == "padanan-buntu"]


def test_a_word_that_comes_and_goes_is_noticed(tmp_path: Path) -> None:
    sample = Sample(tmp_path / "akar").write(LIST, "- { kata: [zoom], berarti: [nirkertas] }\n")
    assert dead(sample) == dead(sample) == [1]
    sample.replace(CASE, "## Hasil", "Semua berlangsung nirkertas.\n\n## Hasil")
    assert dead(sample) == []
    sample.write(LIST, "# catatan\n- { kata: [zoom], berarti: [nirkertas] }\n- { kata: [a1, b1] }\n")
    assert dead(sample) == [3]
    sample.replace(CASE, "nirkertas", "berkertas")
    assert dead(sample) == [2, 3]
    sample.remove(LIST)
    assert dead(sample) == []


def test_nothing_is_read_again_where_nothing_changed_and_then_only_that(tmp_path: Path,
                                                                        read: list[str]) -> None:
    sample = Sample(tmp_path / "akar").write(LIST, "- { kata: [paswot], berarti: [kata sandi] }\n")
    assert dead(sample) == []
    assert read
    assert not any(path.startswith("content/daerah/") for path in read)
    read.clear()
    sample.replace(CASE, "## Hasil", "Satu kalimat lagi.\n\n## Hasil")
    assert (dead(sample), read) == ([], [])
    sample.write(LIST, "- { kata: [zoom], berarti: [nirkertas] }\n")
    assert dead(sample) == [1]
    read.clear()
    sample.replace(CASE, "Satu kalimat lagi.", "Dua kalimat lagi.")
    assert (dead(sample), read) == ([1], [CASE])
