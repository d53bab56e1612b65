"""Pointers: what public sources say of real regions, each with its page, lists of their own, and the letter
by which the region answers. They are no cases, and nothing that counts cases knows of them.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from simpul import model
from simpul.addresses import case_url
from simpul.model.dates import month_or_day
from simpul.pages.directory import Axis, Directory, Keys, competence_title, province_title
from simpul.pages.page import (
    LISTED,
    PAGE_SIZE,
    PRACTICES,
    PRACTICES_FRONT,
    Facets,
    LazyPage,
    Page,
    PageKind,
    crumbs,
    lazy,
    link,
    withdrawn_links,
)
from simpul.portal import Portal, once

RANK = 21
FRONT = "penunjuk/index.html"
TITLE = "Penunjuk dari sumber terbuka"
POINTERS = (TITLE, FRONT)
INDEX = PageKind("pointer_list", "beranda penunjuk", PRACTICES_FRONT)
LIST = PageKind("pointer_directory", "daftar penunjuk", PRACTICES_FRONT)
KIND = PageKind("pointer", "penunjuk", PRACTICES_FRONT, spoken=(
    "summary", "last", "note", "facts", "disputes", "unknown", "replications", "answer"))
FORMS = {"digital": "digital", "layanan": "layanan", "tata_kelola": "tata kelola"}


def pages(portal: Portal) -> Iterator[LazyPage]:
    """`penunjuk/index.html`, its lists by province, competence and form, and a page for each pointer."""
    yield lazy(FRONT, INDEX, _front, portal)
    yield from _directory(portal).pages()
    for name in portal.pointers:
        yield lazy(pointer_url(name), KIND, _pointer, portal, name, source=portal.pointer_path(name))


def pointer_url(name: str) -> str:
    """The page of a pointer, by its id."""
    return f"penunjuk/{name}.html"


@once
def standing(portal: Portal) -> Mapping[str, model.Pointer]:
    """The pointers that are shown, by id: of regions that there are, and not withdrawn."""
    return {name: pointer for name, pointer in portal.pointers.items()
            if pointer.stands and pointer.kode in portal.regions}


@once
def _directory(portal: Portal) -> Directory[str]:
    axes = (Axis("provinsi", "Menurut provinsi", province_title(portal)),
            Axis("kompetensi", "Menurut kompetensi", competence_title(portal)),
            Axis("bentuk", "Menurut bentuk", lambda form: FORMS[form.replace("-", "_")]))
    items = ((_keys(portal, pointer), pointer.kode, name) for name, pointer in standing(portal).items())
    return Directory.of(portal, "penunjuk", LIST, "penunjuk", POINTERS, axes, _card, items, PRACTICES)


def _keys(portal: Portal, pointer: model.Pointer) -> Keys:
    return {"provinsi": [pointer.kode[:2]], "bentuk": [pointer.bentuk.replace("_", "-")],
            "kompetensi": [code for code in dict.fromkeys(pointer.kompetensi) if code in portal.competences]}


def _card(portal: Portal, code: str, name: str) -> dict[str, Any]:
    """A pointer as lists show it."""
    pointer = portal.pointers[name]
    return link(pointer.nama, pointer_url(name), status=pointer.status, summary=pointer.ringkas,
                year=pointer.tahun, sample=False,
                region=link(portal.region_name(code), f"daerah/{code}.html"))


def _front(portal: Portal) -> Page:
    shown = standing(portal)
    items = [_card(portal, pointer.kode, name) for name, pointer in shown.items()]
    view = {"axes": _directory(portal).front()["axes"], "count": len(shown),
            "items": items if len(items) <= PAGE_SIZE else [], "traces": first(traces(portal))}
    return Page(FRONT, INDEX, TITLE,
                "Praktik daerah yang disebut sumber terbuka dan belum dikirim daerahnya sendiri: "
                "yang diketahui, dari siapa, dan yang belum diketahui.",
                view, crumbs=crumbs(PRACTICES), facets=Facets("halaman"))


def _pointer(portal: Portal, name: str) -> Page:
    pointer, path = portal.pointers[name], portal.pointer_path(name)
    region, url = portal.region_name(pointer.kode), pointer_url(name)
    answer = pointer.tanggapan
    title = f"{pointer.nama}, {region}"
    view = {
        "region": link(region, f"daerah/{pointer.kode}.html", code=pointer.kode), "name": pointer.nama,
        "status": pointer.status, "stands": pointer.stands, "form": FORMS[pointer.bentuk],
        "year": pointer.tahun, "last": pointer.keadaan_terakhir, "summary": pointer.ringkas or "",
        "publishers": len({fact.penerbit.casefold() for fact in pointer.fakta}),
        "note": pointer.catatan_sumber or "", "facts": list(map(_fact, pointer.fakta)),
        "disputes": [dispute.model_dump() for dispute in pointer.sengketa],
        "unknown": list(pointer.belum_diketahui), "replications": list(_replications(portal, pointer)),
        "answer": answer.model_dump(mode="json") if answer else None,
        "competences": [link(portal.competences[code].nama, f"kompetensi/{code}.html", code=code)
                        for code in pointer.kompetensi if code in portal.competences],
        "case": _case(portal, pointer), "withdrawn": withdrawn_links(portal, path, "praktik"),
        "letter": _letter(portal, title, url),
    }
    facets = Facets("penunjuk", pointer.kode, region, pointer.kompetensi) if pointer.stands else None
    return Page(url, KIND, title, f"Penunjuk tentang {region} dari sumber terbuka.", view, source=path,
                crumbs=crumbs(PRACTICES, POINTERS), facets=facets)


def _fact(fact: model.PointerFact) -> dict[str, Any]:
    return {"text": fact.isi, "number": "" if fact.angka is None else f"{fact.angka:f}",
            "unit": fact.satuan or "", "year": fact.tahun, "source": fact.sumber, "title": fact.judul_sumber,
            "publisher": fact.penerbit, "kind": fact.jenis_sumber,
            "date": month_or_day(fact.tanggal_sumber or ""), "whole": fact.terbaca == "utuh",
            "quote": fact.kutipan or ""}


def _replications(portal: Portal, pointer: model.Pointer) -> Iterator[dict[str, Any]]:
    for item in pointer.replikasi:
        yield {"region": link(portal.region_name(item.ke), f"daerah/{item.ke}.html", code=item.ke),
               "text": item.fakta, "source": item.sumber, "kind": item.sifat}


def _case(portal: Portal, pointer: model.Pointer) -> dict[str, Any] | None:
    """The case by which the region speaks for itself."""
    name = pointer.praktik or ""
    return link(portal.cases[name].title, case_url(name)) if name in portal.cases else None


def _letter(portal: Portal, title: str, url: str) -> dict[str, Any]:
    """The answer of a region, to be completed and sent: its subject and its paragraphs."""
    site = portal.settings
    where = site.address + url
    return {"subject": f"Tanggapan atas penunjuk: {title}", "paragraphs": [
        f"Yth. pengelola portal {site.site_name},",
        f'Kami menanggapi penunjuk "{title}" ({where}). '
        "Yang kami pilih (hapus yang tidak sesuai):",
        "1. Kami menguatkan isinya. Keadaannya sekarang: ...",
        "2. Kami membetulkan isinya. Yang keliru: ... Yang benar: ... Sumbernya: ...",
        "3. Kami akan menulisnya sendiri sebagai praktik daerah kami "
        f"({site.address}kirim/praktik.html).",
        "4. Kami meminta penunjuk ini dihapus. Alasannya, bila berkenan: ...",
        "Kantor: ... Jabatan penjawab: ... Nomor dan tanggal surat, bila ada: ...",
    ]}


@once
def traces(portal: Portal) -> list[dict[str, Any]]:
    """Who visited, cited, plans or applied what, according to a source: between real regions."""
    return [row | {"pointer": link(pointer.nama, pointer_url(name)), "home": pointer.kode,
                   "from": link(portal.region_name(pointer.kode), f"daerah/{pointer.kode}.html")}
            for name, pointer in standing(portal).items() for row in _replications(portal, pointer)]


@once
def _by_region(portal: Portal) -> Mapping[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for name, pointer in standing(portal).items():
        found[pointer.kode].append(_card(portal, pointer.kode, name))
    return found


@once
def _traces_by_region(portal: Portal) -> Mapping[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in traces(portal):
        found[row["region"]["code"]].append(row)
        found[row["home"]].append(row)
    return found


def traces_of(portal: Portal, code: str) -> dict[str, Any]:
    """The first traces from and to a region."""
    return first(_traces_by_region(portal).get(code, []))


def first(rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """As many traces as a page lists, and how many more stand on the pages of their pointers."""
    return {"rows": rows[:PAGE_SIZE], "rest": max(0, len(rows) - PAGE_SIZE)}


def of_region(portal: Portal, code: str) -> dict[str, Any] | None:
    """What a region's page shows: pointers about it, those that tell of it as a learner, and of a province
    the list of all its regions' pointers. None where there is nothing.
    """
    own = _by_region(portal).get(code, [])
    learnt = [row for row in _traces_by_region(portal).get(code, []) if row["home"] != code]
    inside = code in _provinces(portal) or len(own) > LISTED
    more = f"penunjuk/provinsi/{code[:2]}.html" if inside else ""
    return {"items": own[:LISTED], "traces": first(learnt), "more": more} \
        if own or learnt or more else None


@once
def _provinces(portal: Portal) -> frozenset[str]:
    return frozenset(code[:2] for code in _by_region(portal))
