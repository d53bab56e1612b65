"""Keys that are another's: capitals, words of the official form, misspelt ones. Each is told once, as what it
means, and its value is read as that of the key that was meant.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import TypeVar

from simpul.problems import Problem, error
from simpul.runtime.nearest import nearest
from simpul.sources.formats import Location, Record

T = TypeVar("T")
SYNONYMS = {
    "judul": "title nama name nama_inovasi nama_inovasi_daerah nama_praktik judul_inovasi judul_praktik",
    "instansi": "opd skpd dinas perangkat_daerah nama_opd unit_kerja instansi_pelaksana",
    "ringkasan": "deskripsi description uraian abstrak summary gambaran_umum",
    "tahapan": "tahap tahapan_inovasi", "inisiator": "inisiator_inovasi inisiator_inovasi_daerah",
    "jenis": "jenis_inovasi", "bentuk": "bentuk_inovasi bentuk_inovasi_daerah",
    "tema": "tematik urusan tags kata_kunci", "mulai_uji_coba": "uji_coba waktu_uji_coba tanggal_uji_coba",
    "mulai_penerapan": "penerapan waktu_penerapan waktu_implementasi tanggal_penerapan",
    "kegagalan": "kendala hambatan", "status_keberlanjutan": "status keberlanjutan",
    "biaya": "anggaran dana", "lisensi": "license licence",
}
"""Words of the form of Indeks Inovasi Daerah and of other programs, by the key that they mean."""
_MEANS = {word: key for key, words in SYNONYMS.items() for word in words.split()}


def meant_keys(record: Record, known: Collection[str], refused: Collection[str]) -> dict[str, str]:
    """The keys of a record that stand for others of the known ones, each with the one it means."""
    written = record.value if isinstance(record.value, dict) else {}
    absent = [key for key in known if written.get(key) is None]
    found: dict[str, str] = {}
    for key in written:
        if key not in known and key not in refused:
            plain = _plain(key)
            means = next((word for word in (plain, _MEANS.get(plain), nearest(key, known))
                          if word in absent), None)
            if means:
                absent.remove(means)
                found[key] = means
    return found


def _plain(key: str) -> str:
    return re.sub(r"[\W_]+", "_", key.casefold()).strip("_")


def renamed(record: Record, meant: Mapping[str, str]) -> Record:
    """The record with its values under the keys that are meant."""
    value = record.value if isinstance(record.value, dict) else {}
    return replace(record, lines=_moved(record.lines, meant), cuts=_moved(record.cuts, meant),
                   value={meant.get(key, key): item for key, item in value.items()
                          if key not in meant.values()})


def _moved(places: Mapping[Location, T], meant: Mapping[str, str]) -> dict[Location, T]:
    return {(meant.get(str(place[0]), place[0]), *place[1:]) if place else place: item
            for place, item in places.items()}


def tell(record: Record, meant: Mapping[str, str]) -> Iterator[Problem]:
    """One problem for each such key, and one for all that only have capitals or spaces."""
    shaped = [key for key in meant if _plain(key) == meant[key]]
    for key in meant:
        if key not in shaped or len(shaped) == 1:
            yield error(record.path, record.line((key,)), "extra_forbidden", f"kunci '{key}' tidak dikenal",
                        f"Maksud Anda '{meant[key]}'?")
    if len(shaped) > 1:
        yield error(record.path, record.line((shaped[0],)), "kunci-huruf-besar",
                    f"{len(shaped)} kunci tidak ditulis dengan huruf kecil dan garis bawah: "
                    f"{', '.join(shaped[:3])}{', dan lainnya' if len(shaped) > 3 else ''}",
                    f"Tulis {', '.join(meant[key] for key in shaped[:3])}"
                    f"{', dan seterusnya' if len(shaped) > 3 else ''}.")
