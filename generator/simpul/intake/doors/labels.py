"""What people call the fields of a model -> where they stand in it, and their values as it wants them."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, get_args, get_origin

from simpul.intake.doors.words import words_of
from simpul.model import Base
from simpul.sources.schema import choices_of, plain_type

Place = tuple[str, ...]

ALSO: dict[str, str] = {
    "judul praktik": "judul", "judul inovasi": "judul", "nama inovasi": "judul", "nama praktik": "judul",
    "perangkat daerah": "instansi", "perangkat daerah pelaksana": "instansi", "opd": "instansi",
    "instansi pelaksana": "instansi", "unit kerja": "instansi", "tahapan inovasi": "tahapan",
    "inisiator inovasi": "inisiator", "inisiator inovasi daerah": "inisiator", "jenis inovasi": "jenis",
    "bentuk inovasi": "bentuk", "bentuk inovasi daerah": "bentuk", "tematik": "tema",
    "waktu uji coba": "mulai uji coba", "waktu uji coba inovasi daerah": "mulai uji coba",
    "tanggal uji coba": "mulai uji coba", "waktu penerapan": "mulai penerapan",
    "waktu implementasi": "mulai penerapan", "waktu penerapan inovasi daerah": "mulai penerapan",
    "tanggal penerapan": "mulai penerapan", "ringkasan praktik": "ringkasan", "kelas biaya": "biaya kelas",
    "sumber dana": "biaya sumber", "status": "status keberlanjutan", "syarat": "syarat berhasil",
    "tanggal surat": "persetujuan tanggal", "instansi pemberi persetujuan": "persetujuan instansi",
    "nomor surat persetujuan": "persetujuan nomor surat", "terverifikasi": "terverifikasi pada",
    "nama": "nama tampil", "kapasitas": "kapasitas per sesi", "kuota": "kuota sesi per bulan",
    "wilayah": "wilayah kerja", "unit": "unit layanan", "sasaran": "sasaran asn", "dilatih": "asn dilatih",
    "lulus": "asn lulus minimum", "lulus minimum": "asn lulus minimum", "cara menilai": "cara penilaian",
    "nilai ikm": "ikm",
    "jumlah responden": "ikm n", "metode ikm": "ikm metode", "sumber": "sumber url",
}
"""Other words for a field: those of the innovation form (Indeks Inovasi Daerah), and short ones."""
ITEMS = re.compile(r"\n|;|\s{2,}|\s- ")
WORDS = re.compile(r"\n|;|,|\s{2,}|\s- ")
PAIR = re.compile(r"\s*([^:=]{2,40}?)\s*[:=]\s*(.+?)\s*\Z", re.DOTALL)
TICKED = re.compile(r"[☒☑✓✔🗹]\s*([^☐☒☑✓✔🗹\n]+)")
LEVEL = re.compile(r"(\d\.\d)\D+(\d)\b")


def label_of(text: str) -> str:
    """A label without what forms put around it: numbers, colons, stars, remarks in brackets."""
    return " ".join(words_of(re.sub(r"\([^)]*\)|^\W*\d+[.)]", " ", text)))


def places(kind: type[Base]) -> dict[str, Place]:
    """Every label of a model with the place it means."""
    found: dict[str, Place] = {}
    inner: dict[str, list[Place]] = {}
    for name, info in kind.model_fields.items():
        found[name.replace("_", " ")] = (name,)
        part = plain_type(info.annotation)
        if isinstance(part, type) and issubclass(part, Base):
            for key in part.model_fields:
                found[f"{name} {key}".replace("_", " ")] = (name, key)
                inner.setdefault(key.replace("_", " "), []).append((name, key))
    for label, there in inner.items():
        if len(there) == 1:
            found.setdefault(label, there[0])
    for other, label in ALSO.items():
        if label in found:
            found.setdefault(other, found[label])
    return found


def put(fields: dict[str, Any], kind: type[Base], place: Place, text: str) -> bool:
    """Sets a field, with the value as the model wants it. False for one that is set already."""
    inner = plain_type(kind.model_fields[place[0]].annotation)
    if len(place) == 2:
        holder = fields.setdefault(place[0], {})
        if not isinstance(holder, dict) or place[1] in holder:
            return False
        holder[place[1]] = _value(plain_type(inner.model_fields[place[1]].annotation), text)
        return True
    if place[0] in fields:
        return False
    fields[place[0]] = _value(inner, text)
    return True


def _value(kind: Any, text: str) -> Any:
    """Text as it should stand in the file; what does not fit stays as written, and the rules speak of it."""
    if get_origin(kind) is tuple:
        return list(_items(plain_type(get_args(kind)[0]), get_args(kind)[0], text))
    if isinstance(kind, type) and issubclass(kind, Base):
        pairs = _pairs(kind, text)
        return pairs or text
    if choices := choices_of(kind):
        return _choice(choices, text)
    if kind is bool:
        return {"iya": "ya", "y": "ya", "tdk": "tidak"}.get(text.casefold().strip(), text.casefold().strip())
    return " ".join(text.split())


def _items(kind: Any, declared: Any, text: str) -> Iterator[Any]:
    nested = isinstance(kind, type) and issubclass(kind, Base)
    if nested and {"kompetensi", "tingkat"} <= set(kind.model_fields):
        yield from ({"kompetensi": code, "tingkat": level} for code, level in LEVEL.findall(text))
        return
    pattern = _pattern(declared)
    for item in (re.split(r"\n", text) if nested else WORDS.split(text) if pattern else ITEMS.split(text)):
        item = item.strip(" \t-*•").removesuffix(".")
        if not item:
            continue
        if nested:
            yield _pairs(kind, item) or item
        elif "_-" in pattern:
            yield "_".join(words_of(item))
        elif "a-z" in pattern:
            yield "-".join(words_of(item)) if len(item) <= 40 else item
        elif pattern.startswith(r"^\d\.\d"):
            yield item.split()[0]
        else:
            yield item


def _pattern(declared: Any) -> str:
    return next((part.pattern for part in getattr(declared, "__metadata__", ())
                 if isinstance(getattr(part, "pattern", None), str)), "")


def _pairs(kind: type[Base], text: str) -> dict[str, Any]:
    """`koneksi: baik; geografi: pesisir` as fields; nothing where a part is no pair of a known label."""
    known, found = places(kind), dict[str, Any]()
    for part in re.split(r"[;\n]|,\s+(?=[^:=,;]{2,40}[:=])", text):
        match = PAIR.match(part)
        place = known.get(label_of(match[1])) if match else None
        if match is None or place is None or len(place) > 1:
            return {}
        put(found, kind, place, match[2])
    return found


def _choice(choices: list[str], text: str) -> str:
    """The choice that is meant, whatever its case, spaces and marks; else the text itself."""
    if ticked := TICKED.findall(text):
        text = ticked[0] if len(ticked) == 1 else text
    wanted = _key(text)
    return next((choice for choice in choices if _key(choice) == wanted), " ".join(text.split()))


def _key(text: str) -> str:
    return re.sub(r"[\s_.\-]|rp|juta(?=\b)", lambda match: "jt" if match[0] == "juta" else "",
                  text.casefold().strip(" .*"))


def as_fields(mapping: Mapping[str, Any], kind: type[Base]) -> dict[str, Any]:
    """The fields in the order of the model."""
    return {name: mapping[name] for name in kind.model_fields if name in mapping}
