"""Ways of delivery with their minutes, and the front page of everything about training."""

from collections.abc import Iterator, Sequence
from typing import Any

from simpul import model
from simpul.addresses import page_url
from simpul.figures.delivery import share
from simpul.pages.page import (
    TRAINING,
    TRAINING_FRONT,
    Facets,
    LazyPage,
    MenuEntry,
    Page,
    PageKind,
    crumbs,
    jp,
    lazy,
    link,
)
from simpul.pages.plans import plan_url
from simpul.pages.registry import menu
from simpul.portal import Portal

RANK = 9
FRONT = PageKind("article_list", "daftar panduan", TRAINING_FRONT)
LIST = PageKind("delivery_list", "daftar model", TRAINING_FRONT)
KIND = PageKind("delivery", "model", TRAINING_FRONT, spoken=("components",))
MENU = (MenuEntry("Pelatihan", TRAINING_FRONT, 7),
        MenuEntry("Cara menyelenggarakan", "model/index.html", 2, TRAINING_FRONT,
                  "Tatap muka, pendampingan, atau mandiri: menit, kelompok, dan syaratnya."))
MODELS = ("Cara menyelenggarakan", "model/index.html")


def pages(portal: Portal) -> Iterator[LazyPage]:
    """`pelatihan.html`, `model/index.html` and one page for each model."""
    yield lazy(TRAINING_FRONT, FRONT, _training)
    yield lazy("model/index.html", LIST, _list, portal)
    for path, entry in portal.kinds.get("model", {}).items():
        yield lazy(page_url(path), KIND, _model, portal, entry.name, source=path)


def _training() -> Page:
    links = [link(entry.title, entry.url, summary=entry.about) for entry in menu(TRAINING_FRONT)]
    return Page(TRAINING_FRONT, FRONT, "Pelatihan",
                "Dari kebutuhan daerah sampai hasilnya bagi warga.", {"articles": links},
                crumbs=crumbs(), facets=Facets("halaman"))


def _list(portal: Portal) -> Page:
    found = [_summary(portal, name, delivery) for name, delivery in portal.models.items()]
    return Page("model/index.html", LIST, "Cara menyelenggarakan",
                "Model penyelenggaraan: kegiatan, menit, ukuran kelompok, dan yang diperlukan.",
                {"models": found, "hour": portal.settings.menit_per_jp}, crumbs=crumbs(TRAINING),
                facets=Facets("halaman"))


def _summary(portal: Portal, name: str, delivery: model.DeliveryModel) -> dict[str, Any]:
    minutes = sum(component.menit for component in delivery.komponen)
    return link(delivery.nama, f"model/{name}.html", about=delivery.uraian, minutes=minutes,
                jp=jp(portal, minutes), kinds=[component.jenis for component in delivery.komponen])


def _model(portal: Portal, name: str) -> Page:
    delivery = portal.models[name]
    shares = [component.menit for component in delivery.komponen]
    view = _summary(portal, name, delivery) | {
        "components": [_component(portal, component) for component in delivery.komponen],
        "modules": [_shared(portal, name, module, shares) for module in portal.modules],
    }
    return Page(f"model/{name}.html", KIND, delivery.nama, delivery.uraian or "", view,
                source=f"curriculum/model/{name}.yml", crumbs=crumbs(TRAINING, MODELS),
                facets=Facets("model-pelatihan"))


def _component(portal: Portal, component: model.Component) -> dict[str, Any]:
    return {
        "kind": component.jenis, "keeper": component.penyelenggara, "minutes": component.menit,
        "jp": jp(portal, component.menit), "most": component.peserta_maks, "ratio": component.rasio,
        "expert": component.perlu_ahli, "media": list(component.media), "needs": list(component.perlu),
    }


def _shared(portal: Portal, delivery: str, name: str, shares: Sequence[int]) -> dict[str, Any]:
    module = portal.modules[name]
    minutes = module.menit.teori + module.menit.praktik
    plans = portal.plans.get(name)
    planned = plans and any(own.model == delivery for own in plans.model)
    return link(module.judul, f"modul/{name}.html", minutes=minutes, parts=share(minutes, shares),
                plan=plan_url(name, delivery) if planned else "")
