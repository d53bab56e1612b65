"""Links to regional versions of modules, for the pages of modules and regions."""

from typing import Any

from simpul.addresses import adaptation_url
from simpul.figures.overlays import is_stale
from simpul.pages.page import LISTED, link
from simpul.portal import Portal


def adaptation_link(portal: Portal, name: str) -> dict[str, Any]:
    """An adaptation as its module lists it."""
    code, _, module = name.partition("/")
    return link(portal.region_name(code), adaptation_url(name),
                stale=is_stale(portal, portal.adaptations[name]), sample=portal.regions[code].sample,
                module=portal.modules[module].judul)


def of_region(portal: Portal, code: str) -> list[dict[str, Any]]:
    """The modules a region has adapted."""
    found = [adaptation_link(portal, name) for name in portal.adaptations_by_region.get(code, ())]
    return [link(item["module"], item["url"], stale=item["stale"]) for item in found]


def of_module(portal: Portal, module: str) -> dict[str, Any]:
    """The first regional versions of a module, real ones first, and where all of them are."""
    names = portal.adaptations_by_module.get(module, ())
    shown = sorted(names, key=lambda name: (portal.regions[name.partition("/")[0]].sample, name))[:LISTED]
    return {
        "adaptations": [adaptation_link(portal, name) for name in shown], "adaptation_count": len(names),
        "adaptation_more": f"modul/{module}/penyesuaian.html" if len(names) > LISTED else "",
    }
