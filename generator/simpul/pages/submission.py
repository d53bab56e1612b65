"""The page on which an official writes a case and takes it along as a file, and the letters about a case."""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from pydantic import TypeAdapter

from simpul import model
from simpul.pages.page import (
    PRACTICES,
    PRACTICES_FRONT,
    LazyPage,
    MenuEntry,
    Page,
    PageKind,
    crumbs,
    lazy,
    link,
)
from simpul.portal import Portal
from simpul.sources.personal import FOR_THE_FORM
from simpul.sources.rules import DESIGN_WORDS, SECTIONS, WHY_ASKED

RANK = 18
GUIDES = ("panduan/pengirim.html", "panduan/kriteria.html")
FORM = ("Kirim praktik", "kirim.html")
LETTERS = {
    "surat/minat-replikasi.html": (
        PageKind("letter_interest", "surat minat", PRACTICES_FRONT), "Surat minat replikasi",
        "Surat kepada daerah asal bila kantor Anda ingin meniru sebuah praktik baik."),
    "surat/kabar-praktik.html": (
        PageKind("letter_news", "surat kabar praktik", PRACTICES_FRONT), "Kabar praktik",
        "Laporan bahwa sebuah praktik masih berjalan, berubah, atau sudah berhenti."),
}
MENU = (MenuEntry("Kirim praktik", "kirim.html", 1, PRACTICES_FRONT),)
SECTION_HELP = {
    "Masalah": "Siapa yang terganggu, seberapa sering, dan dari mana Anda tahu. Pakai angka bila ada.",
    "Rancang bangun": "Urutan kerja, peran, alat, dan alasan memilihnya, "
                      "sampai kantor lain dapat mengikutinya.",
    "Hasil": "Apa yang berubah, di mana, dan apa yang belum dapat dipastikan.",
    "Pelajaran": "Apa yang akan Anda lakukan dengan cara lain bila mulai lagi.",
    "Langkah replikasi": "Langkah bernomor bagi kantor yang ingin meniru.",
}
SET_BY_FORM = {"contoh", "cari", "diajukan_melalui"}
"""Fields that nobody fills in: the form sets them, or leaves them at their default."""

Schema = Mapping[str, Any]
Picks = Mapping[str, list[tuple[str, str]]]


def complete(form: Page) -> Page:
    """The form with its controls."""
    return form._replace(view={**form.view, "fields": fields(form.view["picks"])})


KIND = PageKind("submit", "formulir", PRACTICES_FRONT, complete=complete)


def pages(portal: Portal) -> Iterator[LazyPage]:
    """`kirim.html`, and the letters, which take the case they are about from their address."""
    yield lazy(FORM[1], KIND, _form, portal)
    for url, (kind, title, description) in LETTERS.items():
        yield lazy(url, kind, _letter, portal, url, kind, title, description)


def _letter(portal: Portal, url: str, kind: PageKind, title: str, description: str) -> Page:
    return Page(url, kind, title, description, {"mail": portal.settings.surel}, crumbs=crumbs(PRACTICES))


def _form(portal: Portal) -> Page:
    settings = portal.settings
    view = {"provinces": _provinces(portal), "mail": settings.surel,
            "sections": [{"title": title, "help": SECTION_HELP[title],
                          "words": DESIGN_WORDS if title == "Rancang bangun" else 1} for title in SECTIONS],
            "github": _github(settings), "branch": settings.branch,
            "guides": [link(portal.articles[url].judul, url) for url in GUIDES if url in portal.articles],
            "picks": _picks(portal), "numbers": model.numbers.FOR_THE_FORM, "personal": FOR_THE_FORM}
    return Page(FORM[1], KIND, FORM[0],
                "Tulis praktik baik daerah Anda di sini, tanpa akun dan tanpa internet.", view,
                crumbs=crumbs(PRACTICES))


def _github(settings: model.Settings) -> str:
    """The repository, where it is one that takes a new file from an address."""
    host = urlsplit(settings.repo_url).hostname or ""
    return settings.repo_url.rstrip("/") if host.partition(".")[0] == "github" else ""


def _provinces(portal: Portal) -> list[dict[str, Any]]:
    """Every government by province, the fictional one last."""
    members: dict[str, list[dict[str, Any]]] = {}
    for region in portal.regions.values():
        if region.has_government:
            members.setdefault(region.province, []).append(
                {"code": region.code, "name": portal.region_name(region.code)})
    ordered = sorted(members, key=lambda code: (portal.regions[code].sample, portal.regions[code].name))
    return [{"name": portal.regions[code].name, "regions": members[code]} for code in ordered]


def fields(picks: Picks) -> list[dict[str, Any]]:
    """The controls of the form, from the JSON Schema of a case; `picks` are what may be picked in a field."""
    schema = TypeAdapter(model.Practice).json_schema()
    controls = _inner(schema, schema, picks)
    return [control | {"why": WHY_ASKED.get(control["name"], "")} for control in controls
            if control["name"] not in SET_BY_FORM]


def _picks(portal: Portal) -> Picks:
    """What may be picked in a field, with its label."""
    return {"kompetensi": [(code, f"{code} {c.nama}") for code, c in portal.competences.items()],
            "modul_terkait": [(name, module.judul) for name, module in portal.modules.items()]}


def _control(name: str, part: Schema, schema: Schema, picks: Picks) -> dict[str, Any]:
    """One field: how it is asked for, and what it accepts."""
    plain = _plain(part, schema)
    items = _plain(plain["items"], schema) if "items" in plain else {}
    inner = plain.get("properties") or items.get("properties")
    accepts = items or plain
    return {
        "name": name, "label": name.replace("_", " ").capitalize(), "help": part.get("description", ""),
        "control": "pick" if name in picks else _kind(plain, items), "most": accepts.get("maxLength", 0),
        "least": accepts.get("minLength", 0), "pattern": accepts.get("pattern", ""),
        "number": accepts.get("format") == "angka",
        "choices": plain.get("enum", []), "picks": picks.get(name, []), "required": False, "why": "",
        "fields": _inner(plain if "properties" in plain else items, schema, picks) if inner else [],
    }


def _inner(holder: Schema, schema: Schema, picks: Picks) -> list[dict[str, Any]]:
    return [_control(name, part, schema, picks) | {"required": name in holder.get("required", ())}
            for name, part in holder["properties"].items()]


LONG = 1_000
"""Texts that may be longer get more than one line."""


def _kind(plain: Schema, items: Schema) -> str:
    if items:
        return "rows" if "properties" in items else "words" if "pattern" in items else "lines"
    if "properties" in plain:
        return "group"
    if "enum" in plain:
        return "choice"
    if plain.get("format") == "date":
        return "date"
    return "text" if plain.get("maxLength", 0) > LONG else "line"


def _plain(part: Schema, schema: Schema) -> Schema:
    """A part of a JSON Schema without `or null`, and with what it refers to."""
    options = [option for option in part.get("anyOf", ()) if option.get("type") != "null"]
    part = options[0] if options else part
    return schema["$defs"][part["$ref"].rpartition("/")[2]] if "$ref" in part else part
