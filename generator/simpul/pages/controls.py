"""The JSON Schema of a kind of source -> the controls of its form: a new field of a model is asked for by
itself, with its docstring as help and its type as rule.
"""

from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter

from simpul.figures.uncertainty import HIGHEST, LOWEST
from simpul.model.evidence import CLOCK
from simpul.sources.rules import WHY_ASKED
from simpul.sources.schema import Kind

Schema = Mapping[str, Any]
Control = dict[str, Any]

ITEMS = "butir"
"""The name of the control that holds the records of a list."""
LONG = 1_000
"""Texts that may be longer get more than one line."""
SET_BY_FORM = {"contoh", "cari", "diajukan_melalui", "tanggapan"}
"""Fields that nobody fills in: the form sets them, leaves them at their default, or others answer with
them.
"""
DEMANDED = {("Expert", "persetujuan_publikasi")}
"""What the form demands, since without it nothing would be shown."""
PICKS = {
    "kompetensi": "kompetensi", "modul": "modul", "modul_terkait": "modul", "model": "model",
    "layanan": "layanan", "versi_kurikulum": "rilis", "pusat": "pusat", "ahli": "ahli",
    "wilayah_kerja": "wilayah", "cara_penilaian": "cara",
}
"""Fields that name something of the portal, and the list they pick from."""
NAMED_BY = {
    "Need": ("kompetensi", "tanggal"), "Centre": ("nama",), "Expert": ("instansi", "persetujuan_publikasi"),
    "Session": ("modul", "mulai"),
}
"""From which fields of a record the form makes its id; otherwise from the first that is required."""
RULES: Mapping[tuple[str, str], Mapping[str, Any]] = {
    ("Practice", "mulai_penerapan"): {"after": "mulai_uji_coba"},
    ("Practice", "alasan_berhenti"): {"when": "status_keberlanjutan berhenti"},
    ("Need", "tanggal"): {"past": True},
    ("Need", "asn_terdampak"): {"low": 1},
    ("Centre", "kapasitas_per_sesi"): {"low": 1},
    ("Expert", "persetujuan_publikasi"): {"past": True},
    ("Expert", "kuota_sesi_per_bulan"): {"low": 1},
    ("ServiceHours", "sampai"): {"beyond": "dari"},
    ("BusyPeriod", "sampai"): {"after": "dari"},
    ("SelfStudy", "sampai"): {"after": "dari"},
    ("Session", "peserta"): {"low": 1},
    ("Report", "asn_dilatih"): {"upto": "sasaran_asn"},
    ("Report", "asn_lulus_minimum"): {"upto": "asn_dilatih"},
    ("Report", "ikm"): {"low": LOWEST, "high": HIGHEST},
}
"""What rules of the whole portal demand of a field: not before another (`after`), later than another
(`beyond`), at most another (`upto`), no date to come (`past`), bounds, and when it is needed.
"""
WORDS = {"asn": "ASN", "ikm": "IKM", "id": "Nama pendek", "url": "(alamat web)"}
LABELS = {"ikm_n": "Responden IKM", "ikm_metode": "Cara survei IKM", "asn_terdampak": "ASN terdampak"}


def controls(kind: Kind) -> list[Control]:
    """The controls of a kind's form. A list or a table of records is one control that holds them."""
    assert kind.model
    schema = TypeAdapter(kind.model).json_schema()
    inner = _inner(schema, schema)
    if kind.shape in ("list", "rows"):
        return [_made(ITEMS, {"description": kind.model.__doc__}, control="rows", fields=inner, many=1)]
    return [control | {"why": WHY_ASKED.get(control["name"], "")} for control in inner]


def label_of(name: str) -> str:
    """A key as people read it: `asn_dilatih` as `ASN dilatih`."""
    text = " ".join(WORDS.get(word, word) for word in name.split("_"))
    return LABELS.get(name) or text[:1].upper() + text[1:]


def _inner(holder: Schema, schema: Schema) -> list[Control]:
    required = holder.get("required", ())
    return [_control(holder, name, part, schema, required=name in required)
            for name, part in holder["properties"].items() if name not in SET_BY_FORM]


def _control(holder: Schema, name: str, part: Schema, schema: Schema, *, required: bool) -> Control:
    """One field: how it is asked for, and what it accepts."""
    plain = _plain(part, schema)
    items = _plain(plain["items"], schema) if "items" in plain else {}
    record = plain if "properties" in plain else items
    accepts = items or plain
    key = (holder["title"], name)
    return _made(
        name, part, control=_kind(name, plain, items), required=required or key in DEMANDED,
        most=accepts.get("maxLength", 0), least=accepts.get("minLength", 0),
        pattern=accepts.get("pattern", ""), many=plain.get("minItems", 0), choices=accepts.get("enum", []),
        picks=PICKS.get(name, ""), number=NUMBERS.get(accepts.get("format") or accepts.get("type", ""), ""),
        auto=_auto(holder) if name == "id" else "", fields=_inner(record, schema) if record.get("properties")
        else [], **{rule: part[bound] for rule, bound in BOUNDS if bound in part}, **RULES.get(key, {}))


NUMBERS = {"integer": "bulat", "angka": "angka", "angka-kecil": "kecil"}
"""Which numbers fit a field, so that of two readings only those are asked about: `model/numbers.py`."""
BOUNDS = (("low", "minimum"), ("high", "maximum"))


def _made(name: str, part: Schema, **more: Any) -> Control:
    return {"name": name, "label": label_of(name), "help": part.get("description", ""), "required": False,
            "why": "", "most": 0, "least": 0, "pattern": "", "many": 0, "choices": [], "picks": "",
            "number": "", "auto": "", "fields": [], "after": "", "beyond": "", "upto": "", "past": False,
            "low": None, "high": None, "when": "", **more}


def _auto(holder: Schema) -> str:
    """The fields that an id is made from."""
    first = next((name for name in holder.get("required", ()) if name != "id"), "")
    return " ".join(NAMED_BY.get(holder["title"], (first,)))


def _kind(name: str, plain: Schema, items: Schema) -> str:
    if items:
        return "rows" if "properties" in items else "pick" if name in PICKS or "enum" in items else \
            "words" if "pattern" in items else "lines"
    if "properties" in plain:
        return "group"
    if "enum" in plain or name in PICKS:
        return "choice"
    if plain.get("pattern") == CLOCK:
        return "time"
    form = {"date": "date", "date-time": "datetime-local"}.get(plain.get("format", ""))
    return form or ("text" if plain.get("maxLength", 0) > LONG else "line")


def _plain(part: Schema, schema: Schema) -> Schema:
    """A part of a JSON Schema without `or null`, and with what it refers to."""
    options = [option for option in part.get("anyOf", ()) if option.get("type") != "null"]
    part = options[0] if options else part
    return schema["$defs"][part["$ref"].rpartition("/")[2]] if "$ref" in part else part
