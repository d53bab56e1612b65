"""Records -> models: a field that does not fit becomes a Problem with its line; JSON Schemas for editors."""

import json
import re
import types
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from simpul import model
from simpul.addresses import ATTACHMENT, DRAWING, case_id, overlay_id
from simpul.problems import Hint, Problem, and_others, error, first_of_each, one_of
from simpul.sources.cuts import Cut
from simpul.sources.formats import Location, Record, Value
from simpul.sources.keys import meant_keys, renamed, tell

Shape = Literal["fields", "list", "rows", "article", "picture", "attachment"]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of source: which paths, which model, how it is read, and which id a path gives, "" for none.

    A new kind is a line here, a model, and what shows it.
    """

    name: str
    pattern: re.Pattern[str]
    model: type[model.Base] | None
    shape: Shape
    identify: Callable[[str], str]


def _nameless(_path: str) -> str:
    return ""


def _stem(path: str) -> str:
    return path.rpartition("/")[2].rpartition(".")[0]


def _folder(path: str) -> str:
    return path.split("/")[-2]


def _kind(name: str, pattern: str, shape: Shape, record: type[model.Base] | None,
          identify: Callable[[str], str] = _nameless) -> Kind:
    return Kind(name, re.compile(pattern + r"\Z"), record, shape, identify)


KINDS = (
    _kind("wilayah", r"curriculum/wilayah/[a-z]+\.csv", "rows", model.Place),
    _kind("kerangka", r"curriculum/kerangka/[a-z0-9-]+\.yml", "fields", model.Framework),
    _kind("modul", r"curriculum/modul/[a-z0-9-]+/modul\.yml", "fields", model.Module, _folder),
    _kind("rencana", r"curriculum/modul/[a-z0-9-]+/rencana\.yml", "fields", model.LessonPlan, _folder),
    _kind("bacaan", r"curriculum/modul/[a-z0-9-]+/[a-z0-9-]+\.md", "article", None),
    _kind("jalur", r"curriculum/jalur/[a-z0-9-]+\.yml", "fields", model.LearningPath, _stem),
    _kind("model", r"curriculum/model/[a-z0-9-]+\.yml", "fields", model.DeliveryModel, _stem),
    _kind("bank", r"curriculum/bank/\d\.\d-[1-4]\.yml", "fields", model.Bank, _stem),
    _kind("penilaian", r"curriculum/penilaian\.yml", "fields", model.Assessment),
    _kind("layanan", r"curriculum/layanan\.yml", "list", model.Service),
    _kind("glosarium", r"curriculum/glosarium\.yml", "list", model.Term),
    _kind("dasar_hukum", r"curriculum/dasar_hukum\.yml", "list", model.Law),
    _kind("sistem", r"curriculum/sistem\.yml", "list", model.NationalSystem),
    _kind("singkatan", r"curriculum/singkatan\.yml", "list", model.Abbreviation),
    _kind("padanan", r"curriculum/padanan\.yml", "list", model.Synonym),
    _kind("pemilik", r"curriculum/pemilik\.yml", "list", model.Owner),
    _kind("pindah", r"(curriculum|content/daerah/[^/]+)/pindah\.yml", "list", model.Move),
    _kind("penunjuk", r"curriculum/penunjuk/\d\d(\.\d\d)?-[a-z0-9-]+\.yml", "fields", model.Pointer, _stem),
    _kind("rilis", r"curriculum/rilis\.yml", "list", model.CurriculumRelease),
    _kind("kebutuhan", r"content/daerah/[^/]+/kebutuhan\.yml", "list", model.Need),
    _kind("adaptasi", r"content/daerah/[^/]+/adaptasi/[a-z0-9-]+\.yml", "fields", model.Adaptation,
          overlay_id),
    _kind("lokal", r"content/daerah/[^/]+/adaptasi/[a-z0-9-]+\.md", "article", None),
    _kind("pusat", r"content/daerah/[^/]+/pusat\.yml", "list", model.Centre),
    _kind("ahli", r"content/daerah/[^/]+/ahli\.yml", "list", model.Expert),
    _kind("jadwal", r"content/daerah/[^/]+/jadwal\.yml", "fields", model.Schedule),
    _kind("pemantauan", r"content/daerah/[^/]+/pemantauan/\d{4}(-[ST]\d)?\.csv", "rows", model.Report),
    _kind("profil", r"content/daerah/[^/]+/profil\.yml", "fields", model.Profile),
    _kind("praktik", r"content/daerah/[^/]+/praktik/[a-z0-9-]+\.md", "article", model.Practice, case_id),
    _kind("gambar", r"(curriculum/modul/[a-z0-9-]+|content/(.+/)?)/?"
                    r"gambar/[a-z0-9-]+\.(png|jpg|jpeg|webp|gif)", "picture", None),
    _kind("bagan", DRAWING.pattern, "picture", None),
    _kind("lampiran", ATTACHMENT.pattern, "attachment", None),
    _kind("artikel", r"content/(?!daerah/)([a-z0-9-]+/)?[a-z0-9-]+\.md", "article", model.Article),
)


def kind_of(path: str) -> Kind | None:
    """The kind of a source file, by its path alone."""
    return next((kind for kind in KINDS if kind.pattern.match(path)), None)


def kind_named(name: str) -> Kind:
    """The kind of this name."""
    return next(kind for kind in KINDS if kind.name == name)


def read_model(record: Record, kind: type[model.Base]) -> tuple[model.Base | None, list[Problem]]:
    """One record as its model, or every field that does not fit."""
    if not isinstance(record.value, dict):
        hint = "Tulis sebagai baris 'kunci: isi'."
        return None, [error(record.path, record.line(()), "bentuk",
                            "isi berkas harus berupa pasangan kunci dan isi", hint)]
    item, wrong, cut = _read(record.value, record, kind, (), record.cuts)
    if wrong and (meant := meant_keys(record, kind.model_fields, kind.refused)):
        told, record = list(tell(record, meant)), renamed(record, meant)
        _, wrong, cut = _read(record.value, record, kind, (), record.cuts)
        return None, [*told, *_explain(wrong, record, kind), *cut]
    return item, [*_explain(wrong, record, kind), *cut]


def read_models(record: Record, kind: type[model.Base]) -> tuple[dict[int, model.Base], list[Problem]]:
    """A list of records as models by their place in the list, and every field that does not fit."""
    if record.value is not None and not isinstance(record.value, list):
        hint = "Awali setiap butir dengan tanda hubung dan spasi."
        return {}, [error(record.path, record.line(()), "bentuk", "isi berkas harus berupa daftar", hint)]
    items: dict[int, model.Base] = {}
    wrong: list[Wrong] = []
    problems: list[Problem] = []
    cuts: defaultdict[object, dict[Location, Cut]] = defaultdict(dict)
    for place, cut in record.cuts.items():
        cuts[place[0]][place[1:]] = cut
    for number, value in enumerate(record.value or []):
        item, told, cut_off = _read(value, record, kind, (number,), cuts.get(number, {}))
        if item:
            items[number] = item
        wrong += told
        problems += cut_off
    return items, [*_explain(wrong, record, kind), *problems]


def _read(value: Value, record: Record, kind: type[model.Base], prefix: Location,
          cuts: Mapping[Location, Cut]) -> tuple[model.Base | None, list["Wrong"], list[Problem]]:
    """One record as its model, or None; the fields that do not fit, and the values that were cut."""
    item, empty = None, list[Location]()
    wrong: list[Wrong] = []
    try:
        item = kind.model_validate(_without_empty(value, (), empty))
    except ValidationError as problem:
        wrong += _wrong(problem, prefix, record)
    wrong += ((detail, prefix) for detail in _unknown(empty, kind) if prefix + detail["loc"] in record.lines)
    return item, wrong, [*_cut(value, kind, cuts)] if cuts else []


def _without_empty(value: Value, place: Location, empty: list[Location]) -> Any:
    """An empty key is an absent key; notes where they are."""
    if isinstance(value, dict):
        empty += [(*place, key) for key, item in value.items() if item is None]
        return {key: _without_empty(item, (*place, key), empty)
                for key, item in value.items() if item is not None}
    if isinstance(value, list):
        return [_without_empty(item, (*place, number), empty) for number, item in enumerate(value)]
    return value


def _unknown(empty: Iterable[Location], kind: type[model.Base]) -> Iterator[ErrorDetails]:
    """Keys without a value that no model has: a line of text that ends in a colon becomes one."""
    for location in empty:
        known = kind.model_fields if len(location) == 1 else _keys(kind, location[:-1])
        if known and location[-1] not in known:
            yield ErrorDetails(type="extra_forbidden", loc=location, msg="", input="")


def _cut(value: Value, kind: type[model.Base], cuts: Mapping[Location, Cut]) -> Iterator[Problem]:
    """Values that a `#` cut, where what follows could have been meant: a field that takes no such words has
    a comment behind it.
    """
    comments = set()
    try:
        kind.model_validate(_with(value, (), cuts))
    except ValidationError as problem:
        comments = {tuple(part for part in detail["loc"] if part != "[key]")
                    for detail in problem.errors(include_url=False)}
    yield from (cut.problem for place, cut in cuts.items() if place not in comments)


def _with(value: Value, place: Location, cuts: Mapping[Location, Cut]) -> Any:
    """A value with its cut parts made whole, and without empty ones."""
    if place in cuts:
        return cuts[place].whole
    if isinstance(value, dict):
        whole = {key: _with(item, (*place, key), cuts) for key, item in value.items()}
        return {key: item for key, item in whole.items() if item is not None}
    if isinstance(value, list):
        return [_with(item, (*place, number), cuts) for number, item in enumerate(value)]
    return value


Wrong = tuple[ErrorDetails, Location]
"""What is wrong with a field, and the place of its record in the file."""


def _wrong(problem: ValidationError, prefix: Location, record: Record) -> Iterator[Wrong]:
    details = problem.errors(include_url=False)
    for detail in details:
        if detail["type"] not in ("missing", "extra_forbidden") and "«" in str(detail["input"]):
            continue  # told already, as a placeholder
        if detail["type"] == "missing" and detail["loc"][-1] in record.absent:
            continue  # told already, of the whole table
        if detail["type"] == "too_short" and any(
                other["loc"][:-1][:len(detail["loc"])] == detail["loc"] for other in details):
            continue  # it has items, but wrong ones, which are told
        yield detail, prefix


def _explain(wrong: Iterable[Wrong], record: Record, kind: type[model.Base]) -> Iterator[Problem]:
    """The problems: of each kind as many as anybody mends at a time, since each is compared with all that is
    known.
    """
    first, others = first_of_each(wrong, lambda item: item[0]["type"])
    for item in first:
        yield _explained(item, record, kind)
    for item, left in others:
        yield and_others(_explained(item, record, kind), left)


def _explained(wrong: Wrong, record: Record, kind: type[model.Base]) -> Problem:
    detail, prefix = wrong
    location = tuple(part for part in detail["loc"] if part != "[key]")
    message, hint = _message(detail, location, record, kind, prefix)
    code = detail["type"].removesuffix("_id")
    return error(record.path, record.line(prefix + location), code, message, hint)


def _message(detail: ErrorDetails, location: Location, record: Record, kind: type[model.Base],
             prefix: Location) -> tuple[str, Hint]:
    key = _name(location)
    given = detail.get("input")
    context = detail.get("ctx", {})
    match detail["type"]:
        case "missing":
            state = "belum diisi" if prefix + location in record.lines else "wajib ada"
            choices = choices_of(_at(kind, location)[1])
            listed = f" Pilihan: {', '.join(choices)}." if choices else ""
            return f"kunci '{key}' {state}", f"{_help(kind, location)}{listed}"
        case "extra_forbidden":
            if why := _refused(kind, location[:-1]).get(key):
                return f"kunci '{key}' tidak boleh ada di sini", why
            known = _keys(kind, location[:-1])
            return f"kunci '{key}' tidak dikenal", one_of(key, known, limit=30)
        case "literal_error":
            return (f"isi '{_short(given)}' pada '{key}' tidak dikenal",
                    one_of(str(given), choices_of(_at(kind, location)[1])))
        case "string_too_long":
            return (f"isi '{key}' {len(str(given).strip())} huruf, batasnya {context['max_length']}",
                    "Ringkas isinya.")
        case "string_too_short":
            return f"kunci '{key}' belum diisi", _help(kind, location)
        case "string_pattern_mismatch":
            return (f"isi '{_short(given)}' pada '{key}' tidak sesuai bentuknya",
                    _help(kind, location) or SHAPE_HINT)
        case "too_short":
            return f"'{key}' paling sedikit berisi {context['min_length']} butir", _help(kind, location)
        case "too_long":
            return f"'{key}' paling banyak berisi {context['max_length']} butir", ""
    wrong, hint = WRONG.get(detail["type"], ("tidak sesuai", _help(kind, location)))
    return f"isi '{_short(given)}' pada '{key}' {wrong}", context.get("hint") or hint


SHAPE_HINT = "Pakai huruf kecil, angka, dan tanda hubung."
WRONG = {
    "period_id": ("tampaknya diubah menjadi tanggal oleh lembar kerja",
                  "Beri kolomnya format Teks, lalu tulis lagi, misalnya 2026-S1."),
    "asked_id": ("dapat dibaca dua cara", ""),
    "decimal_id": ("bukan angka", model.numbers.HINTS[""]),
    "whole_id": ("bukan bilangan bulat", 'Tulis angka saja, misalnya "45".'),
    "yes_id": ("bukan ya atau tidak", 'Tulis "ya" atau "tidak".'),
    "moment_id": ("bukan tanggal dan jam", 'Tulis seperti "2026-11-25T14:30".'),
    "date_id": ("bukan tanggal", 'Tulis tahun-bulan-hari, misalnya "2026-08-01".'),
    "url_id": ("bukan alamat web", "Tulis lengkap, misalnya https://contoh.go.id/laporan."),
    "language_id": ("bukan kode bahasa", "Pakai kode ISO 639 dengan huruf kecil, misalnya id, jv, atau bug."),
    "mail_id": ("bukan alamat surel", "Tulis seperti kantor@daerah.go.id."),
    "string_type": ("harus berupa teks", "Apit isinya dengan tanda petik, tanpa kurung."),
    "tuple_type": ("harus berupa daftar", "Tulis dalam kurung siku, misalnya [satu, dua]."),
    "dict_type": ("harus berupa pasangan kunci dan isi",
                  "Tulis dalam kurung kurawal, misalnya { kunci: isi }."),
    "model_type": ("harus berupa pasangan kunci dan isi",
                   "Tulis dalam kurung kurawal, misalnya { kunci: isi }."),
}


def _short(value: object) -> str:
    text = ", ".join(map(str, value)) if isinstance(value, (list, dict)) else str(value or "")
    return text if len(text) <= 60 else text[:57] + "..."


def _name(location: Location) -> str:
    words = [part for part in location if isinstance(part, str)]
    return words[-1] if words else "isi"


def _at(kind: type[model.Base], location: Location) -> tuple[type[BaseModel] | None, Any]:
    """The model that holds a location, and the type at it."""
    holder: type[BaseModel] | None = None
    current: Any = kind
    for part in location:
        current = plain_type(current)
        if isinstance(current, type) and issubclass(current, BaseModel):
            holder = current
            field = current.model_fields.get(str(part))
            current = field.annotation if field else None
        elif get_args(current):
            holder, current = None, get_args(current)[-1 if get_origin(current) is dict else 0]
    return holder, plain_type(current)


def plain_type(kind: Any) -> Any:
    """A field's type without Annotated and `| None`."""
    while hasattr(kind, "__metadata__"):
        kind = kind.__origin__
    if get_origin(kind) in (Union, types.UnionType):
        return plain_type(next(arg for arg in get_args(kind) if arg is not type(None)))
    return kind


def choices_of(kind: Any) -> list[str]:
    """The words that a field accepts, if it accepts certain words only."""
    kind = plain_type(kind)
    return [str(choice) for choice in get_args(kind)] if get_origin(kind) is Literal else []


def _keys(kind: type[model.Base], location: Location) -> list[str]:
    current = _at(kind, location)[1]
    return list(current.model_fields) if isinstance(current, type) and issubclass(current, BaseModel) else []


def _refused(kind: type[model.Base], location: Location) -> Mapping[str, str]:
    current = _at(kind, location)[1]
    return current.refused if isinstance(current, type) and issubclass(current, model.Base) else {}


def _help(kind: type[model.Base], location: Location) -> str:
    holder, _ = _at(kind, location)
    return holder.field_help().get(str(location[-1]), "") if holder and issubclass(holder, model.Base) else ""


def written_kinds() -> list[Kind]:
    """The kinds that people write as fields, each with a JSON Schema."""
    return [kind for kind in KINDS if kind.model and kind.shape != "rows"]


def schema_text(kind: Kind) -> bytes:
    """The JSON Schema of a kind, for editors."""
    shape: Any = tuple[kind.model, ...] if kind.shape == "list" else kind.model  # type: ignore[name-defined]
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **TypeAdapter(shape).json_schema()}
    return json.dumps(schema, ensure_ascii=False, indent=1).encode()
