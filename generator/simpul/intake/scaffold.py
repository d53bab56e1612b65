"""New files with every field, explained by the model's own docstrings; placeholders stand between « and »."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args, get_origin

from pydantic.fields import FieldInfo

from simpul import model
from simpul.model import Base
from simpul.sources.entry import PLACEHOLDER
from simpul.sources.rules import SECTIONS
from simpul.sources.schema import choices_of, plain_type

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
CODE = re.compile(r"\d\d(\.\d\d)?\Z")
SCHEMAS = "site/skema"

# What stands in a field at first, where the docstring alone would not show the form.
GIVEN = {
    "versi": '"0.1.0"', "siklus": "draf", "lisensi": "CC-BY-4.0", "contoh": '"tidak"', "cari": '"ya"',
    "prasyarat": "[]", "bukan_data_pribadi": "[]", "lampiran": "[]", "replikasi_dari": "null",
    "alasan_berhenti": "null", "diajukan_melalui": "pr", "tahun": '"1"',
    "catatan_pengajar": "catatan.md", "wajib": '"ya"',
}

Written = dict[str, list[tuple[int, str]]]


def scaffold(root: Path, kind: str, name: str, region: str = "") -> Written:
    """Writes the files of one new thing and returns their placeholders by path.

    Raises ValueError, with a message for the contributor, for a bad name or a file that is already there.
    """
    files = dict(_files(kind, name, region))
    for path in files:
        if (root / path).exists():
            raise ValueError(f"{path} sudah ada; pilih nama lain atau sunting berkas itu.")
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return {path: _placeholders(text) for path, text in files.items()}


def _placeholders(text: str) -> list[tuple[int, str]]:
    lines = enumerate(text.split("\n"), 1)
    return [(number, found) for number, line in lines if not line.startswith("#")
            for found in PLACEHOLDER.findall(line)]


def _files(kind: str, name: str, region: str) -> Iterator[tuple[str, str]]:
    if kind == "region":
        _demand(CODE, name, "Kode wilayah ditulis seperti 73.71.")
        yield f"content/daerah/{name}/profil.yml", _yaml("profil", model.Profile, {"tahun": '"«2026»"'}, 3)
        return
    _demand(SLUG, name, "Nama memakai huruf kecil, angka, dan tanda hubung, misalnya antrean-daring.")
    if kind == "module":
        folder = f"curriculum/modul/{name}"
        yield f"{folder}/modul.yml", _yaml("modul", model.Module, {"id": name}, 3)
        yield f"{folder}/isi.md", _text(MODULE_SECTIONS)
        yield f"{folder}/catatan.md", _text(NOTE_SECTIONS)
    elif kind == "path":
        yield f"curriculum/jalur/{name}.yml", _yaml("jalur", model.LearningPath, {"id": name}, 2)
    else:
        _demand(CODE, region, "Sebutkan wilayahnya, misalnya --region 73.71.")
        fields = _yaml("praktik", model.Practice,
                       {"contoh": '"ya"' if region.startswith("00") else '"tidak"'}, 4)
        yield f"content/daerah/{region}/praktik/{name}.md", f"---\n{fields}---\n\n{_text(SECTIONS)}"


MODULE_SECTIONS = ("Mengapa penting", "Gagasan pokok", "Contoh kasus", "Langkah kerja",
                   "Kesalahan yang sering terjadi", "Ringkasan", "Latihan", "Contoh jawaban", "Sumber")
NOTE_SECTIONS = ("Persiapan", "Yang sering keliru di kelas", "Varian tanpa internet",
                 "Varian bagi peserta penyandang disabilitas", "Menilai hasil")


def _demand(form: re.Pattern[str], value: str, hint: str) -> None:
    if not form.match(value):
        raise ValueError(hint)


def _text(sections: tuple[str, ...]) -> str:
    return "\n\n".join(f"## {title}\n\n«Tulis bagian {title} di sini»" for title in sections) + "\n"


def _yaml(schema: str, kind: type[Base], given: dict[str, str], depth: int) -> str:
    """All fields of a model, each under its docstring."""
    head = f"# yaml-language-server: $schema={'../' * depth}{SCHEMAS}/{schema}.json"
    return "\n".join([head, *_fields(kind, given, "")]) + "\n"


def _fields(kind: type[Base], given: dict[str, str], indent: str) -> Iterator[str]:
    for name, info in kind.model_fields.items():
        yield f"{indent}# {kind.field_help()[name]} {_explained(info)}"
        yield from _field(name, plain_type(info.annotation), given.get(name) or GIVEN.get(name), indent)


def _explained(info: FieldInfo) -> str:
    choices = choices_of(info.annotation)
    listed = f" Pilihan: {', '.join(choices)}." if choices else ""
    return f"({'wajib' if info.is_required() else 'boleh kosong'}){listed}"


def _field(name: str, kind: Any, value: str | None, indent: str) -> Iterator[str]:
    inner = plain_type(get_args(kind)[0]) if get_origin(kind) is tuple else kind
    nested = isinstance(inner, type) and issubclass(inner, Base)
    if value or not nested:
        placeholder = f'"«{name}»"' if inner is kind else f'["«{name}»"]'
        yield f"{indent}{name}: {value or placeholder}"
        return
    yield f"{indent}{name}:"
    lines = list(_fields(inner, {}, indent + ("  " if inner is kind else "    ")))
    if inner is not kind:
        first = next(number for number, line in enumerate(lines) if not line.lstrip().startswith("#"))
        lines[first] = lines[first].replace(f"{indent}    ", f"{indent}  - ", 1)
    yield from lines
