"""A case as others see it: what lists and rules need, so small that ten thousand are always at hand."""

from datetime import date
from typing import NamedTuple

from simpul.model.regional import Practice


class Case(NamedTuple):
    """What a `Practice` shows outside its own page. Dates are ISO dates or ""; `added` is when the case came
    to the portal, as far as its file says; `condition` is its connection and geography, None where its
    region's profile speaks for it. `attached` are the names of its attachments, and `allowed` the numbers
    in them that are said to be nobody's.
    """

    title: str
    summary: str
    stage: str
    status: str
    sample: bool
    sought: bool
    themes: tuple[str, ...]
    competences: tuple[str, ...]
    modules: tuple[str, ...]
    origin: str
    condition: tuple[str | None, str | None] | None
    tried: str
    applied: str
    verified: str
    added: str
    attached: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()


def case_of(practice: Practice) -> Case:
    """The case of a practice."""
    agreed = practice.persetujuan.tanggal if practice.persetujuan else practice.terverifikasi_pada
    condition = practice.kondisi
    return Case(
        practice.judul, practice.ringkasan, practice.tahapan, practice.status_keberlanjutan, practice.contoh,
        practice.cari, practice.tema, practice.kompetensi, practice.modul_terkait,
        practice.replikasi_dari or "",
        (condition.koneksi, condition.geografi) if condition else None, _iso(practice.mulai_uji_coba),
        _iso(practice.mulai_penerapan), _iso(practice.terverifikasi_pada), _iso(agreed),
        tuple(item.berkas for item in practice.lampiran),
        tuple(known.teks for known in practice.bukan_data_pribadi) if practice.lampiran else (),
    )


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
