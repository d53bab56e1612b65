"""ODT and ODS (OASIS OpenDocument): what may act or is linked from elsewhere is refused; who made it is taken
out.
"""

import re

from simpul.sources.attachments.findings import Findings, UnacceptableError
from simpul.sources.attachments.markup import NONE, Attributes, Reader, go_through
from simpul.sources.attachments.package import LOCKED, Package
from simpul.sources.attachments.tables import column

KIND_PART, MANIFEST, META = "mimetype", "META-INF/manifest.xml", "meta.xml"
KINDS = {"application/vnd.oasis.opendocument.text": "odt",
         "application/vnd.oasis.opendocument.spreadsheet": "ods"}
NO_META = (b'<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
           b'office:version="1.2"><office:meta/></office:document-meta>')
PARTS = re.compile(r"(mimetype|(.+/)?[^/]+\.(xml|rdf|png|jpe?g|gif|bmp|tiff?|emf|wmf|svg|svm|webp|ttf|otf)|"
                   r"ObjectReplacements/[^/]+|layout-cache|.*/)\Z", re.IGNORECASE)
FUNCTIONS = re.compile(r"\b(WEBSERVICE|DDE)\s*\(|'(file|https?|ftp):|"
                       r"\bHYPERLINK\s*\(\s*\"(?!https?:|mailto:|#)", re.IGNORECASE)
RUN = ("Basic/", "Scripts/", "Dialogs/")
OBJECTS = {"object-ole", "applet", "plugin", "floating-frame", "event-listener", "script", "section-source",
           "dde-connection-decl", "dde-connection", "dde-source", "dde-link", "table-source",
           "cell-range-source", "database-source-sql", "database-source-table", "database-source-query"}
LINKS = {"a", "bookmark-start", "file-name", "image-map", "area-rectangle", "area-circle",
         "area-polygon"}
"""Elements whose address is followed only when somebody follows it."""
NOBODY = {"", "Unknown Author", "Penulis tidak dikenal", "Author", "Penulis"}
SHOWN_TEXTS = ("string-value", "value", "href", "title", "formula")
ACT = "Hapus makro, objek, dan tautan datanya, lalu simpan ulang sebagai ODT atau ODS."
FLATTEN = "Terima atau tolak semua perubahan, hapus semua komentar (menu Sunting), lalu simpan ulang."
MOST_COLUMNS = 16384
WHOLE = ".."
"""What a chart within a document calls the document."""


def kind_of(package: Package) -> str:
    """odt or ods. Raises UnacceptableError for any other."""
    kind = package.read(KIND_PART)[:200].decode("ascii", "replace").strip()
    if kind not in KINDS:
        raise UnacceptableError("berkas ini bukan dokumen atau lembar kerja LibreOffice",
                                "Simpan ulang sebagai ODT atau ODS, bukan templat atau presentasi.")
    return KINDS[kind]


def read_parts(package: Package, found: Findings) -> dict[str, bytes]:
    """Looks through all parts and returns those that have to be written in another way."""
    if MANIFEST in package.parts:
        go_through(package.read(MANIFEST), _Manifest(found))
    for name in package.parts:
        if name.startswith(RUN) and not name.endswith(("/", "script-lc.xml", "dialog-lc.xml")):
            found.refuse(f"berkas ini memuat makro ({name[-60:]})", ACT)
        elif not PARTS.match(name):
            found.refuse(f"berkas ini memuat bagian yang tidak diterima: {name[-60:]}", ACT)
        elif name.endswith((".xml", ".rdf", ".svg")) and name not in (META, MANIFEST):
            go_through(package.read(name), _Part(name, found))
    return {name: NO_META for name in package.parts if name == META or name.endswith(f"/{META}")}


class _Manifest(Reader):
    def __init__(self, found: Findings) -> None:
        self.found = found

    def start(self, name: str, attributes: Attributes) -> None:
        if name in ("encryption-data", "encrypted-key"):
            raise UnacceptableError(*LOCKED)
        if "oleobject" in attributes.get("media-type", "").lower():
            self.found.refuse("berkas ini memuat objek OLE", ACT)


class _Part(Reader):
    """A part: its text by paragraph or cell, and whatever in it acts, leads away or names somebody."""

    def __init__(self, name: str, found: Findings) -> None:
        self.found = found
        self.counted = name == "content.xml"
        self.place = "kepala atau kaki halaman" if name == "styles.xml" else f"bagian {name[-40:]}"
        self.sheet, self.row, self.column, self.wide = "", 0, 0, 1
        self.paragraphs = 0
        self.words: list[str] = []
        self.inside: list[str] = []

    def start(self, name: str, attributes: Attributes) -> None:
        self.inside.append(name)
        if name in OBJECTS:
            self.found.refuse(f"berkas ini memuat makro, objek, atau tautan data ({name})", ACT)
        if name == "table":
            self.sheet, self.row = attributes.get("name", "")[:31], 0
        elif name == "table-row":
            self.row, self.column = self.row + 1, 0
        elif name in ("table-cell", "covered-table-cell"):
            self.wide = _times(attributes, "number-columns-repeated")
        if attributes is not NONE:
            self._attributes(name, attributes)
            if name == "table-row":
                self.tall = _times(attributes, "number-rows-repeated")

    tall = 1

    def _attributes(self, name: str, attributes: Attributes) -> None:
        href = attributes.get("href", "")
        if href and not self._harmless(name, href):
            self.found.refuse(f"berkas ini memuat tautan atau isi dari luar: '{href[:60]}'",
                              "Pakai tautan https:// atau mailto:, dan sisipkan gambar ke dalam berkas.")
        for key in SHOWN_TEXTS:
            if len(text := attributes.get(key, "")) > 5:
                self.found.say(self._here(), text)
        if FUNCTIONS.search(attributes.get("formula", "")):
            self.found.refuse(f"rumus di {self._here()} mengambil isi dari luar", ACT)

    @staticmethod
    def _harmless(name: str, href: str) -> bool:
        if name in LINKS:
            return re.match(r"https?://|mailto:|#", href, re.IGNORECASE) is not None
        return href == WHOLE or (re.match(r"#|(\./)?[\w .-]+(/[\w .%-]+)*\Z", href) is not None \
            and ".." not in href)

    def _here(self) -> str:
        if not self.counted:
            return self.place
        if self.sheet and self.row:
            return f"lembar '{self.sheet}' sel {column(self.column)}{self.row}"
        return f"paragraf {self.paragraphs + 1}"

    def text(self, text: str) -> None:
        if self.inside[-1] == "creator" and text.strip() not in NOBODY:
            self.found.refuse("berkas ini masih memuat perubahan terlacak atau komentar bernama", FLATTEN,
                              "data-pribadi")
        self.words.append(text)

    def end(self, name: str) -> None:
        self.inside.pop()
        if name in ("p", "h", "creator") or not self.inside:
            if (text := "".join(self.words)) and not text.isspace():
                self.found.words |= self.counted
                self.found.say(self._here(), text)
            self.words = []
            self.paragraphs += name in ("p", "h")
        elif name in ("table-cell", "covered-table-cell"):
            self.column = min(self.column + self.wide, MOST_COLUMNS)
        elif name == "table-row":
            self.row += self.tall - 1
            self.tall = 1
        elif name == "table":
            self.sheet = ""


def _times(attributes: Attributes, key: str) -> int:
    """How often a row or cell stands there."""
    times = attributes.get(key, "1")
    return int(times) if times.isdecimal() and len(times) < 8 else 1
