"""mkdocs.yml -> the settings of the site, and what is wrong in it."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from simpul.model import Settings
from simpul.model.settings import HOST_KEYS, IDLE_KEYS
from simpul.problems import Problem, error, one_of, warning
from simpul.sources.files import SETTINGS
from simpul.sources.formats import Location, Record, Unreadable, decode, read_yaml
from simpul.sources.schema import read_model

OWN: Location = ("extra", "simpul")
"""Where keys that MkDocs does not know stand; those that it knows may stand there too."""


def read_settings(root: Path) -> tuple[Settings, list[Problem]]:
    """The settings of the portal below `root`, or the default ones beside what keeps them from being read."""
    default = Settings(site_name="Simpul")
    path = root / SETTINGS
    if not path.is_file():
        hint = "Buat mkdocs.yml dengan 'site_name'."
        return default, [error(SETTINGS, 1, "tanpa-pengaturan", "berkas pengaturan belum ada", hint)]
    try:
        record = read_yaml(SETTINGS, decode(path.read_bytes()))
    except Unreadable as problem:
        return default, [problem.problem(SETTINGS)]
    if not isinstance(record.value, dict):
        return default, [_shapeless(1, "isi berkas")]
    top = record.value
    extra = top.get("extra") or {}
    inner = (extra.get("simpul") or {}) if isinstance(extra, dict) else {}
    problems = [*_foreign(record, top)]
    if not isinstance(extra, dict):
        problems.append(_shapeless(record.line(OWN[:1]), "'extra'"))
    if not isinstance(inner, dict):
        problems.append(_shapeless(record.line(OWN), "'extra.simpul'"))
    own = inner if isinstance(inner, dict) else {}
    taken = {key: value for key, value in top.items() if key in Settings.model_fields}
    settings, wrong = read_model(Record(SETTINGS, {**taken, **own}, _lines(record)), Settings)
    return (settings if isinstance(settings, Settings) else default), problems + wrong


def _shapeless(line: int, what: str) -> Problem:
    return error(SETTINGS, line, "bentuk", f"{what} harus berupa pasangan kunci dan isi",
                 "Tulis sebagai baris 'kunci: isi'.")


def _foreign(record: Record, top: Mapping[str, object]) -> Iterator[Problem]:
    """Keys that are not the portal's: MkDocs' own have no effect, others are nobody's."""
    known = [*Settings.model_fields, *sorted(HOST_KEYS)]
    for key in top:
        if key in IDLE_KEYS:
            yield warning(SETTINGS, record.line((key,)), "tanpa-pengaruh",
                          f"kunci '{key}' milik MkDocs tidak berpengaruh pada portal",
                          "Hapus; semua pengaturan dijelaskan di panduan/pengaturan.html.")
        elif key not in known:
            yield error(SETTINGS, record.line((key,)), "extra_forbidden", f"kunci '{key}' tidak dikenal",
                        one_of(key, known, limit=30))


def _lines(record: Record) -> dict[Location, int]:
    """The lines of all fields, as if those of `extra.simpul` stood outside."""
    inner = {place[len(OWN):]: line for place, line in record.lines.items()
             if place[:len(OWN)] == OWN and len(place) > len(OWN)}
    return {**record.lines, **inner}
