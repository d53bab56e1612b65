"""Links to regional versions of modules, for the pages of modules and regions."""

from typing import Any

from simpul import model
from simpul.checks.adaptations import changed_blocks
from simpul.pages.page import LISTED, link
from simpul.portal import Portal


def adaptation_url(name: str) -> str:
    """The page of the adaptation "73.71/module"."""
    code, _, module = name.partition("/")
    return f"modul/{module}/{code}.html"


def adaptation_link(portal: Portal, name: str) -> dict[str, Any]:
    """An adaptation as its module lists it."""
    code, _, module = name.partition("/")
    return link(portal.region_name(code), adaptation_url(name), stale=is_stale(portal, portal.adaptations[name]),
                sample=portal.regions[code].sample, module=portal.modules[module].judul)


def is_stale(portal: Portal, adaptation: model.Adaptation) -> bool:
    """Whether the central module has changed since the overlay was made or reviewed."""
    return adaptation.basis_versi != portal.modules[adaptation.modul].versi or bool(changed_blocks(portal, adaptation))


def of_region(portal: Portal, code: str) -> list[dict[str, Any]]:
    """The modules a region has adapted."""
    return [link(item["module"], item["url"], stale=item["stale"]) for name in portal.adaptations_by_region.get(code, ())
            if (item := adaptation_link(portal, name))]


def of_module(portal: Portal, module: str) -> dict[str, Any]:
    """The first regional versions of a module, real ones first, and where all of them are."""
    names = portal.adaptations_by_module.get(module, ())
    shown = sorted(names, key=lambda name: (portal.regions[name.partition("/")[0]].sample, name))[:LISTED]
    return {
        "adaptations": [adaptation_link(portal, name) for name in shown], "adaptation_count": len(names),
        "adaptation_more": f"modul/{module}/penyesuaian.html" if len(names) > LISTED else "",
    }
