"""All that a region takes along to do the same: a case as a page for paper, its figures, its attachments; as
one file that opens without the portal.
"""

import base64
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from markupsafe import Markup

from simpul.addresses import attachment_url, bundle_url, case_url, relative
from simpul.html.render import paper
from simpul.markdown import Rendered
from simpul.model import Picture, Practice
from simpul.pages.cases import facts, homes, subjects
from simpul.portal import Portal
from simpul.runtime import sheets
from simpul.runtime.archives import packed
from simpul.runtime.lazy import LazyFile, SiteFile
from simpul.sources.entry import WholeCase

HREF = re.compile(r' href="([^"#][^"]*)"')
FIGURES = ("indikator", "satuan", "sebelum", "sesudah", "arah", "dari", "periode", "bukti")


def bundles(portal: Portal) -> Iterator[LazyFile]:
    """One for each case that has attachments."""
    for name, case in portal.cases.items():
        if case.attached:
            path = portal.practice_path(name)
            yield LazyFile(bundle_url(name), partial(_bundle, portal, name, path), path)


def _bundle(portal: Portal, name: str, path: str) -> SiteFile:
    case, site = portal.cases[name], portal.settings
    pictures = sorted({image.source for image in portal.entries[path].images})
    value = {
        "id": name, "site": site.site_name, "address": site.address,
        "home": homes(portal)[name.partition("/")[0]][0].value, "names": list(case.attached),
        "links": {attachment_url(portal.attachment_path(path, one)): one for one in case.attached},
        "competences": [f"{code} {portal.competences[code].nama}" for code in case.competences],
        "modules": [subjects(portal)[module].value["title"] for module in case.modules],
        "pictures": pictures,
    }
    attached = [portal.attachment_path(path, one) for one in case.attached]
    return SiteFile(bundle_url(name), value, bundle, (path, *attached, *pictures))


def bundle(value: Mapping[str, Any], case: WholeCase, *files: bytes | Picture) -> bytes:
    """The zip: parts in order, not compressed a second time, without dates."""
    names: Sequence[str] = value["names"]
    attached = [file for file in files[:len(names)] if isinstance(file, bytes)]
    pictures = [file for file in files[len(names):] if isinstance(file, Picture)]
    parts = {f"lampiran/{name}": data for name, data in zip(names, attached, strict=True)}
    parts["praktik.html"] = _page(value, case, pictures).encode()
    if case.practice.hasil:
        parts["hasil.csv"] = figures(case.practice)
    return packed(parts, compress=False)


def figures(practice: Practice) -> bytes:
    """The results as a table that Excel opens."""
    rows = [(result.indikator, result.satuan, f"{result.sebelum:f}", f"{result.sesudah:f}", result.arah or "",
             "" if result.dari is None else f"{result.dari:f}", result.periode or "", result.bukti or "")
            for result in practice.hasil]
    return sheets.as_csv(FIGURES, rows, {"sebelum", "sesudah", "dari"})


def _page(value: Mapping[str, Any], case: WholeCase, pictures: Sequence[Picture]) -> str:
    """The case for paper, with its pictures inside."""
    practice, rendered = case.practice, case.rendered
    shown = dict(zip(value["pictures"], pictures, strict=True))
    texts = map(Markup, _alone(value, rendered, shown))  # they went through the sanitiser
    sections = [{"slug": section.slug, "title": section.title, "html": html}
                for section, html in zip(rendered.outline.sections, texts, strict=True)]
    condition = practice.kondisi
    return paper("bundle.html", title=practice.judul, sample=practice.contoh, site=value["site"],
                 address=value["address"] and value["address"] + case_url(value["id"]),
                 region=value["home"]["region"]["title"], contact=value["home"]["contact"],
                 competences=value["competences"], modules=value["modules"], sections=sections,
                 condition=condition.model_dump() if condition else value["home"]["usual"],
                 attachments=[(item.judul, f"lampiran/{item.berkas}") for item in practice.lampiran],
                 view=facts(practice))


def _alone(value: Mapping[str, Any], rendered: Rendered, pictures: Mapping[str, Picture]) -> Iterator[str]:
    """The text with its pictures inside, and links that lead to the files beside it or to the portal."""
    here = case_url(value["id"])
    targets: dict[str, str] = {}
    for link in rendered.outline.links:
        if link.to.url in value["links"]:
            targets[link.to.href] = f"lampiran/{value['links'][link.to.url]}"
        elif link.to.url:
            fragment = f"#{link.to.fragment}" if link.to.fragment else ""
            targets[link.to.href] = value["address"] and f"{value['address']}{link.to.url}{fragment}"
    for html in rendered.html:
        for image in rendered.outline.images:
            data = base64.b64encode(pictures[image.source].wide).decode()
            html = html.replace(f'src="{relative(image.url, here)}"', f'src="data:image/webp;base64,{data}"')
        yield HREF.sub(lambda found: _href(targets.get(found[1], found[1])), html)


def _href(target: str) -> str:
    """Nothing where there is no portal to lead to."""
    return f' href="{target}"' if target else ""
