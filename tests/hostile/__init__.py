"""Cases that somebody sends to do harm, as sources of a portal: from the lists beside this file."""

import json
import re
from pathlib import Path
from typing import NamedTuple

import yaml

from simpul.problems import errors
from tests.harness import SITE, Sample

HERE = Path(__file__).parent
HARMLESS = (SITE / "content/daerah/00.71/praktik/antrean-daring.md").read_text(encoding="utf-8")
FOLDER = "content/daerah/00.71/praktik"


class Hostile(NamedTuple):
    """One case: its name, what it tries, its file."""

    name: str
    payload: str
    text: str


def cases() -> list[Hostile]:
    """All of them."""
    bodies = [payload for group in _list("isi") for payload in group["muatan"]]
    fields = [(key, value) for key, values in _list("kunci").items() for value in values]
    return [
        *(Hostile(f"isi-{n}", text, HARMLESS.replace("Waktu tunggu turun.", f"Awal.\n\n{text}\n\nAkhir."))
          for n, text in enumerate(bodies)),
        *(Hostile(f"kunci-{n}", f"{key}: {value}", _with_field(key, value))
          for n, (key, value) in enumerate(fields)),
        *(Hostile(f"yaml-{n}", text, f"---\n{text}\n{HARMLESS[4:]}") for n, text in enumerate(_list("yaml"))),
    ]


def _list(name: str) -> "list":  # type: ignore[type-arg]
    return yaml.safe_load((HERE / f"{name}.yml").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def _with_field(key: str, value: str) -> str:
    """The harmless case with one field set to a value, which is quoted unless it is a list or a mapping."""
    without = re.sub(rf"^{key}:.*\n(?:  .*\n)*", "", HARMLESS, flags=re.MULTILINE)
    return without.replace("---\n", f"---\n{key}: {value if value[0] in '[{' else json.dumps(value)}\n", 1)


def portal(folder: Path) -> tuple[Sample, list[Hostile]]:
    """A built portal of all cases that the check lets through, and those cases."""
    sample, sent = Sample(folder), cases()
    for case in sent:
        sample.write(f"{FOLDER}/{case.name}.md", case.text)
    refused = {problem.path for problem in errors(sample.problems())}
    accepted = [case for case in sent if f"{FOLDER}/{case.name}.md" not in refused]
    for case in sent:
        if case not in accepted:
            sample.remove(f"{FOLDER}/{case.name}.md")
    assert errors(sample.build().problems) == ()
    return sample, accepted
