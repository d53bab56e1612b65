"""Page -> HTML: our templates, autoescaped, undefined names refused. Known to nobody else is Jinja."""

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from generator.addresses import relative, root_of
from generator.markdown import Rendered
from generator.model import Settings
from generator.pages import Page

THEME = Path(__file__).parent.parent / "theme"
MONTHS = ("Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November",
          "Desember")
LABELS = {
    "asn": "ASN", "dprd": "DPRD", "pr": "GitHub", "tanpa_biaya": "Tanpa biaya", "<50jt": "di bawah Rp50 juta",
    "50-200jt": "Rp50 juta sampai Rp200 juta", "200jt-1M": "Rp200 juta sampai Rp1 miliar", ">1M": "di atas Rp1 miliar",
    "nondigital": "Nondigital", "digcomp-2.2": "DigComp 2.2", "digcomp-3.0": "DigComp 3.0",
}


class Renderer:
    """Turns pages into HTML with the templates of one theme folder."""

    def __init__(self, settings: Settings, theme: Path = THEME) -> None:
        self.settings = settings
        self.environment = Environment(loader=FileSystemLoader(theme), autoescape=True, undefined=StrictUndefined,
                                       trim_blocks=True, lstrip_blocks=True, auto_reload=False)
        self.environment.filters |= {"link": _link, "tanggal": long_date, "angka": local_number, "label": label}
        self.environment.globals |= {"site": _site(settings)}

    def html(self, page: Page, texts: Sequence[Rendered]) -> str:
        """The whole page. `texts` are the rendered sources that the page names, in its order."""
        template = self.environment.get_template(f"{page.kind}.html")
        documents = [_document(rendered) for rendered in texts]
        return template.render(root=root_of(page.url), page=_frame(page, self.settings), view=page.view, texts=documents)


def theme_digest(theme: Path = THEME) -> str:
    """Changes whenever a file of the theme does."""
    digest = hashlib.sha256()
    for path in sorted(theme.rglob("*")):
        if path.is_file():
            digest.update(path.relative_to(theme).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _site(settings: Settings) -> dict[str, str]:
    return {"name": settings.site_name, "description": settings.site_description, "repo_url": settings.repo_url,
            "mail": settings.surel, "url": settings.site_url}


def _frame(page: Page, settings: Settings) -> dict[str, Any]:
    repository = settings.repo_url.rstrip("/")
    edit = f"{repository}/{settings.edit_uri.strip('/')}/{page.source}" if repository and page.source else ""
    report = f"{repository}/issues/new?title={page.url}" if repository else ""
    return {
        "url": page.url, "title": page.title, "description": page.description, "kind": page.kind, "sample": page.sample,
        "crumbs": [{"title": title, "url": url} for title, url in page.crumbs], "edit_url": edit, "report_url": report,
    }


def _document(rendered: Rendered) -> list[dict[str, Any]]:
    """The sections of a text, its HTML marked as safe: it went through the sanitiser."""
    sections = zip(rendered.outline.sections, rendered.html, strict=True)
    return [{"slug": section.slug, "title": section.title, "html": Markup(html), "line": section.line}  # noqa: S704
            for section, html in sections]


@pass_context
def _link(context: Context, url: str) -> str:
    frame: Mapping[str, Any] = context["page"]
    return relative(url, frame["url"])


def long_date(date: str) -> str:
    """`2026-08-02` as `2 Agustus 2026`."""
    year, month, day = date.split("-")
    return f"{int(day)} {MONTHS[int(month) - 1]} {year}"


def local_number(number: object) -> str:
    """`1234.5` as `1.234,5`."""
    whole, _, fraction = str(number).partition(".")
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    grouped = f"{int(digits or 0):,}".replace(",", ".")
    return f"{sign}{grouped},{fraction}" if fraction else f"{sign}{grouped}"


def label(key: str) -> str:
    """A choice of the data files as people read it: `uji_coba` as `Uji coba`."""
    return LABELS.get(key) or key.replace("_", " ").capitalize()
