"""Page -> HTML: our templates, autoescaped, undefined names refused. Known to nobody else is Jinja."""

import os
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from jinja2 import (
    BytecodeCache,
    Environment,
    FileSystemLoader,
    StrictUndefined,
    Template,
    TemplateNotFound,
    pass_context,
)
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator
from jinja2.runtime import Context
from markupsafe import Markup, escape

from simpul.addresses import narrow_url, page_url, relative, root_of
from simpul.markdown import Image, Rendered
from simpul.markdown.differences import compare
from simpul.markdown.glossary import Definitions, Term
from simpul.model import PictureSize, Settings
from simpul.model.dates import MONTHS
from simpul.pages import Page
from simpul.pages.registry import menu
from simpul.runtime.cache import Cache
from simpul.runtime.lazy import Shared
from simpul.runtime.packing import dump
from simpul.runtime.versions import THEME, theme_digest

LABELS = {
    "asn": "ASN", "dprd": "DPRD", "pr": "GitHub", "tanpa_biaya": "Tanpa biaya", "<50jt": "di bawah Rp50 juta",
    "50-200jt": "Rp50 juta sampai Rp200 juta", "200jt-1M": "Rp200 juta sampai Rp1 miliar",
    ">1M": "di atas Rp1 miliar", "hasil_skm": "Hasil SKM", "hanya_ikm": "Hanya IKM",
    "nondigital": "Nondigital", "pbb": "PBB",
    "CC-BY-4.0": "CC BY 4.0", "sop": "SOP",
    "CC-BY-SA-4.0": "CC BY-SA 4.0", "CC0-1.0": "CC0 1.0", "digcomp-2.2": "DigComp 2.2",
    "digcomp-3.0": "DigComp 3.0",
    "100_hari": "100 hari pertama", "tahun_1": "tahun pertama", "tahun_2": "tahun kedua",
    "tahun_3": "tahun ketiga",
}
ACTIVE = re.compile("[&<>\"']")
ADDRESS = re.compile(r'\b(href|src)="([^"]*)"')


def _escaped(value: object) -> str:
    """The same text as `escape` gives, sooner: most have nothing to escape."""
    return value if type(value) is str and not ACTIVE.search(value) else escape(value)


class _Generator(CodeGenerator):
    """What is put out is only joined, so it need not know that it is safe."""

    def _output_child_pre(self, node: Any, frame: Any, finalize: Any) -> None:
        assert frame.eval_ctx.autoescape
        assert not frame.eval_ctx.volatile
        self.write("environment.escaped(")


class _Environment(Environment):
    """Views are dicts: `view.title` looks for the key first, which is where it is. A template is looked for
    once.
    """

    code_generator_class = _Generator
    escaped = staticmethod(_escaped)

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.known: dict[str, Template] = {}

    def getattr(self, obj: Any, attribute: str) -> Any:
        if isinstance(obj, dict) and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)

    def get_template(self, name: Any, *more: Any, **options: Any) -> Template:
        if name not in self.known:
            self.known[name] = super().get_template(name, *more, **options)
        return self.known[name]


class _Compiled(BytecodeCache):
    """Compiled templates in the cache. A worker leaves the cache alone: the connection is its parent's."""

    def __init__(self, cache: Cache) -> None:
        self.cache, self.owner = cache, os.getpid()

    def load_bytecode(self, bucket: Bucket) -> None:
        data = self.cache.note(f"template {bucket.key}") if os.getpid() == self.owner else None
        if isinstance(data, bytes):
            bucket.bytecode_from_string(data)

    def dump_bytecode(self, bucket: Bucket) -> None:
        if os.getpid() == self.owner:
            self.cache.write("note", [(f"template {bucket.key}", dump(bucket.bytecode_to_string()))])


class Text(NamedTuple):
    """A rendered text, with the sizes of its pictures by source path, and where those of its links lead whose
    page was renamed; "" for a page that was withdrawn. `files` tells where the attachments that it leads to
    stand, by what they were called before their content was known.
    """

    rendered: Rendered
    sizes: Mapping[str, PictureSize]
    moved: Mapping[str, str]
    files: Mapping[str, str]


@lru_cache(maxsize=1)
def _papers(theme: str) -> Environment:
    """The templates of a theme with this digest: a preview lives longer than a template."""
    environment = _Environment(loader=FileSystemLoader(THEME), autoescape=True, undefined=StrictUndefined,
                               trim_blocks=True, lstrip_blocks=True)
    environment.filters |= {"tanggal": long_date, "angka": local_number, "label": label}
    return environment


def paper(name: str, **data: Any) -> str:
    """A page that stands alone, outside the site, with its text marked as safe by who made it."""
    return _papers(theme_digest()).get_template(name).render(**data)


class NoTemplateError(LookupError):
    """A kind of page, or another template, names a template that is not there."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.filename, self.lineno = str(THEME / name), 1


class Renderer:
    """Turns pages into HTML with the templates of the theme; compiled ones are kept in the cache."""

    def __init__(self, settings: Settings, cache: Cache) -> None:
        self.settings = settings
        self.glossaries: dict[str, Definitions] = {}
        self.environment = _Environment(
            loader=FileSystemLoader(THEME), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
            lstrip_blocks=True, auto_reload=False, bytecode_cache=_Compiled(cache))
        self.environment.filters |= {"link": self._link, "tanggal": long_date, "angka": local_number,
                                     "selisih": local_change, "label": label, "host": host,
                                     "differences": compare}
        self.environment.globals |= {"site": _site(settings), "menu": self._menu, "sections": menu}
        self.menus: dict[tuple[str, ...], Markup] = {}
        self.entries = {entry.url for section in menu() for entry in (section, *menu(section.url))}
        self.here = ""

    def prepare(self) -> None:
        """Loads all templates, for the workers that inherit them; broken ones are told with their pages."""
        for name in self.environment.list_templates(extensions=["html"]):
            with suppress(Exception):
                self.environment.get_template(name)

    def html(self, page: Page, texts: Sequence[Text]) -> str:
        """The whole page. `texts` are the sources that it names, in its order. Raises NoTemplateError."""
        self.here = page.url
        documents = [_document(text, page_url(path), page.url)
                     for path, text in zip(page.texts, texts, strict=True)]
        if page.explains:
            _explain(documents, self._definitions(page.explains), relative("glosarium.html", page.url))
        try:
            template = self.environment.get_template(f"{page.kind.name}.html")
            return template.render(root=root_of(page.url), page=_frame(page, self.settings), view=page.shown,
                                   texts=documents)
        except TemplateNotFound as missing:
            raise NoTemplateError(str(missing.name)) from None

    def _definitions(self, glossary: Shared) -> Definitions:
        if glossary.mark not in self.glossaries:
            self.glossaries[glossary.mark] = Definitions(map(Term._make, glossary.value))
        return self.glossaries[glossary.mark]

    @pass_context
    def _link(self, _context: Context, url: str) -> str:
        """An address as seen from the page that is being made. Asking for the context keeps Jinja from
        working it out once for all pages.
        """
        return relative(url, self.here)

    def _menu(self, url: str, section: str) -> Markup:
        """The menu of a page. The pages of a section on one level share it, but for those it leads to: it
        marks the page it stands on.
        """
        facts = (root_of(url), section, url if url in self.entries else "")
        if facts not in self.menus:
            root, here, current = facts
            made = self.environment.get_template("menu.html").render(root=root, here=here, current=current)
            self.menus[facts] = Markup(made)  # noqa: S704  # a template's own
        return self.menus[facts]


def _document(text: Text, home: str, url: str) -> list[dict[str, Any]]:
    """The sections of a text, its HTML marked as safe: it went through the sanitiser.

    `home` is the page its links were written for.
    """
    rendered = text.rendered
    parts = rendered.html if home == url and not text.moved else _moved(text, home, url)
    for image in rendered.outline.images:
        parts = tuple(_with_size(html, image, text.sizes[image.source], url) for html in parts)
    for link in rendered.outline.links if text.files else ():
        if link.to.url in text.files:
            parts = tuple(_fetched(html, link.to.url, text.files[link.to.url], url) for html in parts)
    safe = map(Markup, parts)
    return [{"slug": section.slug, "title": section.title, "html": html, "line": section.line}
            for section, html in zip(rendered.outline.sections, safe, strict=True)]


def _explain(documents: Sequence[list[dict[str, Any]]], definitions: Definitions, glossary: str) -> None:
    """Terms of the glossary, once in all the texts of a page but not in its list of sources."""
    sections = [section for document in documents for section in document if section["slug"] != "sumber"]
    marked = definitions.mark([section["html"] for section in sections], glossary)
    for section, html in zip(sections, marked, strict=True):
        section["html"] = Markup(html)  # noqa: S704  # sanitised before, and escaped where it was added to


def _with_size(html: str, image: Image, size: PictureSize, url: str) -> str:
    """Width and height, so that the page does not jump; the narrow copy for narrow screens."""
    address = relative(image.url, url)
    attributes = f'width="{size.width}" height="{size.height}" data-kb="{size.kilobytes}"'
    if size.narrow:
        widths = f"{narrow_url(address)} 600w, {address} {size.width}w"
        attributes += f' srcset="{widths}" sizes="(max-width: 40em) 100vw, 40em"'
    return html.replace(f'src="{address}" ', f'src="{address}" {attributes} ')


def _fetched(html: str, written: str, file: str, url: str) -> str:
    """A link to an attachment leads to the file that is named by its content, and keeps it under its own
    name instead of showing it.
    """
    there = f'href="{relative(file, url)}" download="{written.rpartition("/")[2]}"'
    return re.sub(rf'href="{re.escape(relative(written, url))}(#[^"]*)?"', there, html)


def _moved(text: Text, home: str, url: str) -> tuple[str, ...]:
    """The HTML of a text that is shown on another page than its own: its links and pictures still lead where
    they led. Where a page was renamed they lead to the new one; a link to one that was withdrawn is a text.
    """
    rendered, parts = text.rendered, text.rendered.html
    for href in {link.to.href for link in rendered.outline.links if text.moved.get(link.to.url) == ""}:
        anchor = re.compile(rf'<a href="{re.escape(escape(href))}"[^>]*>(.*?)</a>', re.DOTALL)
        parts = tuple(anchor.sub(r"\1 (ditarik)", html) for html in parts)
    new = {relative(image.url, home): relative(image.url, url) for image in rendered.outline.images}
    for link in rendered.outline.links:
        if link.to.url and not link.to.href.startswith("#"):
            fragment = f"#{link.to.fragment}" if link.to.fragment else ""
            new[link.to.href] = relative(text.moved.get(link.to.url, link.to.url), url) + fragment
    return tuple(ADDRESS.sub(lambda found: f'{found[1]}="{new.get(found[2], found[2])}"', html)
                 for html in parts)


def _site(settings: Settings) -> dict[str, str]:
    return {"name": settings.site_name, "description": settings.site_description,
            "repo_url": settings.repo_url, "mail": settings.surel, "url": settings.address}


def _frame(page: Page, settings: Settings) -> dict[str, Any]:
    repository = settings.repo_url.rstrip("/")
    edit = f"{repository}/{settings.edit_uri.strip('/')}/{page.source}" if repository and page.source else ""
    report = f"{repository}/issues/new?title={page.url}" if repository else ""
    return {
        "url": page.url, "title": page.title, "description": page.description, "sample": page.sample,
        "section": page.kind.section,
        "crumbs": [{"title": title, "url": url} for title, url in page.crumbs], "edit_url": edit,
        "report_url": report,
    }


def long_date(date: str) -> str:
    """`2026-08-02` as `2 Agustus 2026`."""
    year, month, day = date.split("-")
    return f"{int(day)} {MONTHS[int(month) - 1]} {year}"


def host(address: str) -> str:
    """The site of an address, as people know it."""
    return (urlsplit(address).hostname or address).removeprefix("www.")


def local_number(number: object) -> str:
    """`1234.5` as `1.234,5`."""
    whole, _, fraction = str(number).partition(".")
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    grouped = f"{int(digits or 0):,}".replace(",", ".")
    return f"{sign}{grouped},{fraction}" if fraction else f"{sign}{grouped}"


def local_change(number: object) -> str:
    """`1234.5` as `+1.234,5`; a fall keeps its sign, and nothing has none."""
    told = local_number(number)
    return f"+{told}" if Decimal(str(number)) > 0 else told


def label(key: str) -> str:
    """A choice of the data files as people read it: `uji_coba` as `Uji coba`."""
    return LABELS.get(key) or key.replace("_", " ").capitalize()
