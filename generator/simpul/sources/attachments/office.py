"""DOCX and XLSX (ECMA-376): parts with relations. What may act, what is linked from elsewhere, and what is
not seen by its readers is refused; who made it is taken out.
"""

import posixpath
import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from simpul.sources.attachments.findings import Findings, UnacceptableError
from simpul.sources.attachments.markup import NONE, Attributes, Reader, go_through
from simpul.sources.attachments.package import Package
from simpul.sources.personal import find

TYPES_PART = "[Content_Types].xml"
RELATIONS = "_rels/.rels"
MAIN = {"wordprocessingml.document.main+xml": "docx", "spreadsheetml.sheet.main+xml": "xlsx"}
PARTS = re.compile(r"\.(xml|rels|vml|png|jpe?g|gif|bmp|tiff?|emf|wmf|svg|webp|wdp|odttf|fntdata)\Z"
                   r"|/printerSettings\d+\.bin\Z|/\Z", re.IGNORECASE)
"""What a document is made of that nobody runs. Sheets within documents, OLE objects, ActiveX and macros have
other endings.
"""
MARKUP = (".xml", ".rels", ".vml", ".svg")
ACTIVE = re.compile(r"vba|macro|activex|oleobject|externallink|connections|querytable|customui|extensibility|"
                    r"webextension|template|altchunk|afchunk|subdocument|/frame|mailmerge|recipientdata|"
                    r"revision(headers|log)|usernames|control$|/package$|binary", re.IGNORECASE)
"""Kinds of parts, and of relations, that act by themselves or bring in what is not seen here."""
SAFE_LINK = re.compile(r"(https?://|mailto:|#)", re.IGNORECASE)
FIELDS = re.compile(r"\b(DDEAUTO|DDE|INCLUDETEXT|INCLUDEPICTURE|IMPORT|LINK|DATABASE|MACROBUTTON|QUOTE|"
                    r"AUTOTEXT)\b", re.IGNORECASE)
FUNCTIONS = re.compile(r"\b(WEBSERVICE|IMAGE|RTD|CALL|REGISTER(\.ID)?|EXEC|DDE|STOCKHISTORY)\s*\(|\|'|"
                       r"\bHYPERLINK\s*\(\s*\"(?!https?:|mailto:|#)", re.IGNORECASE)
FOLLOWED = re.compile(r"\bHYPERLINK\s+\"?(?!\\|\"|https?:|mailto:|#)(\S{1,60})", re.IGNORECASE)
"""A link of a field that leads to a file; one to a mark in the document begins with a backslash."""
OUTSIDE = re.compile(r"\s*(https?:|ftp:|file:|\\\\|//)", re.IGNORECASE)
FORMULAS = {"f", "definedName", "formula", "formula1", "formula2"}
OBJECTS = {"OLEObject", "oleObject", "control", "altChunk", "ddeLink", "oleLink", "subDoc", "script"}
NOBODY = {"", "Author", "Penulis", "Pengarang", "Unknown Author", "Microsoft Office User"}
"""Names that programs write where the writer's was taken out."""
SHOWN_TEXTS = {"descr", "title", "alt", "tooltip", "instr", "name", "Target"}
ACT = ("Hapus bagian itu, lalu simpan ulang sebagai DOCX atau XLSX biasa tanpa makro, objek, dan tautan "
       "data.")
EMBED = "Pakai tautan https:// atau mailto:, dan sisipkan gambar ke dalam berkas."
PASTE = "Tempel grafik, tabel, dan objek dari program lain sebagai gambar, lalu simpan ulang."
FLATTEN = "Terima atau tolak semua perubahan, hapus semua komentar (menu Tinjau), lalu simpan ulang."
_PROPERTIES = b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/%s-properties"/>'
EMPTY = {
    "core-properties": b'<cp:coreProperties xmlns:cp='
                       b'"http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>',
    "extended-properties": _PROPERTIES % b"extended", "custom-properties": _PROPERTIES % b"custom",
}
"""Parts that tell who made a document, where and with what, and how they say nothing."""
PEOPLE = {
    "word/people.xml": b'<w15:people xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"/>',
    "xl/persons/person.xml":
        b'<personList xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"/>',
}
FOLDER = re.compile(rb'(<(?:\w+:)?absPath\b[^>]*?\burl=)("[^"]*"|\'[^\']*\')')
"""The folder in which Excel saved a sheet, mostly with its writer's name."""
PLACES = {"header": "kepala halaman", "footer": "kaki halaman", "footnotes": "catatan kaki",
          "endnotes": "catatan akhir", "comments": "komentar"}


def kind_of(package: Package) -> str:
    """docx or xlsx, by the types of the parts. Raises UnacceptableError for any other."""
    types = _Types()
    go_through(package.read(TYPES_PART), types)
    for part, kind in types.found:
        if ACTIVE.search(kind):
            raise UnacceptableError(f"berkas ini memuat makro, objek, atau templat ({part[-40:]})", ACT)
    main = {MAIN[kind] for _, found in types.found
            if (kind := found.rpartition("openxmlformats-officedocument.")[2]) in MAIN}
    if len(main) != 1:
        raise UnacceptableError("berkas ini bukan dokumen atau lembar kerja",
                                "Kirim sebagai PDF, DOCX, XLSX, ODT, ODS, atau CSV.")
    return main.pop()


class _Types(Reader):
    def __init__(self) -> None:
        self.found: list[tuple[str, str]] = []

    def start(self, name: str, attributes: Attributes) -> None:
        if kind := attributes.get("ContentType"):
            self.found.append((attributes.get("PartName", attributes.get("Extension", "")), kind))


def read_parts(package: Package, found: Findings) -> dict[str, bytes]:
    """Looks through all parts and returns those that have to be written in another way."""
    changed = _unsigned(package)
    sheets = _sheets(package)
    suspects = _shared_suspects(package)
    used: set[int] = set()
    for name in package.parts:
        if not PARTS.search(name):
            found.refuse(f"berkas ini memuat bagian yang tidak diterima: {name[-60:]}",
                         PASTE if "embeddings/" in name else ACT)
        elif name.lower().endswith(MARKUP) and name not in changed:
            data = package.read(name)
            if name in sheets:
                go_through(data, _Sheet(sheets[name], suspects, used, found))
            else:
                go_through(data, _Part(name, found))
            if name == "xl/workbook.xml" and (bare := FOLDER.sub(rb'\1""', data)) != data:
                changed[name] = bare
    for number in suspects.keys() - used:
        found.suspects += [(1, "teks sel", what, text) for what, text in suspects[number]]
    return changed


def _unsigned(package: Package) -> dict[str, bytes]:
    """The parts that tell of its makers, emptied."""
    relations = _relations(package, RELATIONS, "")
    named = {target: EMPTY[kind] for kind, target in relations if kind in EMPTY}
    return {name: data for name, data in (named | PEOPLE).items() if name in package.parts}


def _relations(package: Package, part: str, folder: str) -> list[tuple[str, str]]:
    """The last words of the kinds of relations, and the parts they lead to."""
    reader = _Relations(folder)
    if part in package.parts:
        go_through(package.read(part), reader)
    return [(kind, target) for kind, target, _ in reader.found]


class _Relations(Reader):
    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.found: list[tuple[str, str, str]] = []

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "Relationship":
            target = posixpath.normpath(posixpath.join(self.folder, attributes.get("Target", "")))
            self.found.append((attributes.get("Type", "").rpartition("/")[2], target.lstrip("/"),
                               attributes.get("Id", "")))


def _sheets(package: Package) -> dict[str, str]:
    """The names of the sheets by their parts."""
    reader, book = _Relations("xl"), _Book()
    for part, one in (("xl/_rels/workbook.xml.rels", reader), ("xl/workbook.xml", book)):
        if part in package.parts:
            go_through(package.read(part), one)
    return {target: book.names.get(number, "") for kind, target, number in reader.found
            if kind == "worksheet"}


class _Book(Reader):
    def __init__(self) -> None:
        self.names: dict[str, str] = {}

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "sheet":
            self.names[attributes.get("id", "")] = attributes.get("name", "")


Suspects = Mapping[int, list[tuple[str, str]]]


def _shared_suspects(package: Package) -> Suspects:
    """What looks like personal data in the texts that cells share, by the number of the text."""
    if "xl/sharedStrings.xml" not in package.parts:
        return {}
    reader = _Strings()
    go_through(package.read("xl/sharedStrings.xml"), reader)
    suspects: dict[int, list[tuple[str, str]]] = {}
    for line, what, text in find("\n".join(reader.texts)):
        suspects.setdefault(line - 1, []).append((what, text))
    return suspects


class _Strings(Reader):
    def __init__(self) -> None:
        self.texts: list[str] = []
        self.current: list[str] = []

    def text(self, text: str) -> None:
        self.current.append(text)

    def end(self, name: str) -> None:
        if name == "si":
            self.texts.append("".join(self.current).replace("\n", " "))
            self.current = []


class _Part(Reader):
    """Any part: its text by paragraph, and whatever in it acts, leads away or names somebody."""

    def __init__(self, name: str, found: Findings) -> None:
        self.name, self.found = name, found
        self.counted = name == "word/document.xml"
        stem = posixpath.basename(name).partition(".")[0].rstrip("0123456789")
        self.place = PLACES.get(stem, f"bagian {posixpath.basename(name)}")
        self.shared = name == "xl/sharedStrings.xml"
        self.body = self.counted or (name.startswith(("word/", "xl/sharedStrings", "xl/worksheets/")) \
            and stem not in ("settings", "styles", "fontTable", "webSettings"))
        self.paragraphs = 0
        self.words: list[str] = []
        self.codes: list[str] = []
        self.inside: list[str] = []

    def start(self, name: str, attributes: Attributes) -> None:
        self.inside.append(name)
        if name in OBJECTS:
            self.found.refuse(f"berkas ini memuat objek atau kendali ({name})", ACT)
        if attributes is not NONE:
            self._attributes(name, attributes)

    def _attributes(self, name: str, attributes: Attributes) -> None:
        if name == "Relationship":
            self._relation(attributes)
        author = attributes.get("author", "")
        if author.strip() not in NOBODY or (name in ("ins", "del", "moveFrom", "moveTo") and "author"
                                            in attributes):
            self.found.refuse("berkas ini masih memuat perubahan terlacak atau komentar bernama", FLATTEN,
                              "data-pribadi")
        if attributes.get("refreshedBy", "").strip() not in NOBODY or \
                attributes.get("userName", "").strip() not in NOBODY:
            self.found.refuse("berkas ini menyimpan nama pemakai komputer", "Buka Berkas > Info > Periksa "
                              "Dokumen, hapus informasi pribadinya, lalu simpan ulang.", "data-pribadi")
        if OUTSIDE.match(attributes.get("src", "")):
            self.found.refuse(f"berkas ini memuat isi dari luar berkas: '{attributes['src'][:60]}'", EMBED)
        if name == "sheet" and attributes.get("state", "visible") != "visible":
            self.found.warn(f"lembar tersembunyi '{attributes.get('name', '')[:40]}' ikut terbit",
                            "Hapus lembar itu, atau tampilkan bila memang bagian dari lampiran.")
        for key in SHOWN_TEXTS & attributes.keys():
            if len(attributes[key]) > 5:
                self.found.say(self._here(), attributes[key])
            if key == "instr":
                self._code(attributes[key])

    def _relation(self, attributes: Attributes) -> None:
        kind, target = attributes.get("Type", ""), attributes.get("Target", "")
        outside = attributes.get("TargetMode", "") == "External"
        link = kind.endswith("/hyperlink")
        if ACTIVE.search(kind):
            self.found.refuse(f"berkas ini memuat makro, objek, templat, atau tautan data "
                              f"({kind.rpartition('/')[2][:40]})", ACT)
        elif outside and not (link and SAFE_LINK.match(target)):
            what = f"tautan ke '{target[:60]}'" if link else f"isi dari luar berkas: '{target[:60]}'"
            self.found.refuse(f"berkas ini memuat {what}", EMBED)

    def _code(self, text: str) -> None:
        if code := FIELDS.search(text):
            self.found.refuse(f"berkas ini memuat kolom {code[1].upper()}, yang mengambil isi dari luar",
                              "Ganti dengan teks biasa (Ctrl+Shift+F9 di Word), lalu simpan ulang.")
        if link := FOLLOWED.search(text):
            self.found.refuse(f"berkas ini memuat tautan ke '{link[1]}'", EMBED)

    def _here(self) -> str:
        return f"paragraf {self.paragraphs + 1}" if self.counted else self.place

    def text(self, text: str) -> None:
        if self.inside and self.inside[-1] in ("instrText", "delInstrText"):
            self.codes.append(text)
        elif self.inside and self.inside[-1] == "author":
            self.start("author", {"author": text})
            self.inside.pop()
        self.words.append(text)

    def end(self, name: str) -> None:
        self.inside.pop()
        if name in FORMULAS and FUNCTIONS.search(text := "".join(self.words)):
            self.found.refuse(f"rumus di {self._here()} mengambil isi dari luar: {text[:40]}",
                              "Ganti dengan nilainya, lalu simpan ulang.")
        if name in ("p", "si", "tr", "f", "definedName", "t") and not (name == "t" and self.counted):
            self._flush()
            self.paragraphs += name == "p"
        if name == "p" and self.codes:
            self._code("".join(self.codes))
            self.codes = []
        if not self.inside:
            self._flush()
            self._code("".join(self.codes))

    def _flush(self) -> None:
        text, self.words = "".join(self.words), []
        if text and not text.isspace():
            self.found.words |= self.body
            if not self.shared:
                self.found.say(self._here(), text)


class _Sheet(_Part):
    """A sheet: its cells by their places."""

    def __init__(self, sheet: str, suspects: Suspects, used: set[int], found: Findings) -> None:
        super().__init__("xl/worksheets/sheet.xml", found)
        self.sheet, self.suspects, self.used = sheet[:31], suspects, used
        self.cell, self.kind = "", ""

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "c":
            self.cell, self.kind = attributes.get("r", ""), attributes.get("t", "")
            self.inside.append(name)
        else:
            super().start(name, attributes)

    def _here(self) -> str:
        return f"lembar '{self.sheet}' sel {self.cell}" if self.cell else f"lembar '{self.sheet}'"

    def end(self, name: str) -> None:
        text = "".join(self.words)
        if name == "v" and self.kind == "s":
            self.words = []
            self._shared(text)
        elif name == "v":
            self.words = [_whole(text)] if len(text) > 8 else []
            self._flush()
        super().end(name)

    def _shared(self, text: str) -> None:
        number = int(text) if text.isdecimal() and len(text) < 9 else -1
        if number in self.suspects:
            self.used.add(number)
            self.found.suspects += [(1, self._here(), what, written)
                                    for what, written in self.suspects[number]]


def _whole(text: str) -> str:
    """A number of many digits as people read it: Excel writes 3.1E15."""
    try:
        return format(Decimal(text), "f").removesuffix(".0") if "E" in text.upper() else text
    except (InvalidOperation, OverflowError):
        return text
