"""The bytes of an attachment -> the copy that is published, and what is told of it."""

import hashlib
from typing import NamedTuple

from simpul.model import AttachedFile
from simpul.problems import Problem, errors
from simpul.sources.attachments.findings import Findings, UnacceptableError
from simpul.sources.personal import check_name

NAMES = {"pdf": "PDF", "docx": "DOCX", "xlsx": "XLSX", "odt": "ODT", "ods": "ODS", "csv": "CSV"}
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How files of Word and Excel begin that are older than 2007, or locked with a password."""
PROTECTED = "EncryptedPackage".encode("utf-16-le")
DIGITS = 16
"""As many as hosts look for in names whose content never changes (`content/panduan/cermin.md`)."""
UNLOCK = "Buka berkasnya, hapus kata sandinya, lalu simpan ulang."


class Checked(NamedTuple):
    """The copy to publish, empty where there is an error; what it is; what is told of it."""

    data: bytes
    file: AttachedFile | None
    problems: list[Problem]


def read_attachment(path: str, data: bytes) -> Checked:
    """Judges a file by its content and cleans it. Raises Unreadable for a table whose letters are unreadable;
    the same bytes give the same copy.
    """
    found = Findings(path)
    try:
        clean = _cleaned(path.rpartition(".")[2], data, found)
    except UnacceptableError as problem:
        found.refuse(problem.message, problem.hint)
        clean = b""
    problems = [*found.problems, *check_name(path)]
    if errors(problems):
        return Checked(b"", None, problems)
    digest = hashlib.sha256(clean).hexdigest()[:DIGITS]
    return Checked(clean, AttachedFile(size=len(clean), digest=digest, suspects=found.all_suspects()),
                   problems)


def _cleaned(ending: str, data: bytes, found: Findings) -> bytes:
    if data.startswith(OLD):
        if PROTECTED in data:
            raise UnacceptableError("berkas ini terkunci kata sandi", UNLOCK)
        raise UnacceptableError("berkas ini dari Word atau Excel lama",
                                "Buka, lalu simpan ulang sebagai DOCX atau XLSX.")
    if b"%PDF-" in data[:1024]:
        from simpul.sources.attachments.pdf import read_pdf  # most files are none

        _demand(ending, "pdf")
        return read_pdf(data, found)
    if data.startswith(b"PK"):
        from simpul.sources.attachments.documents import read_document
        from simpul.sources.attachments.package import Package

        return read_document(Package(data), found, lambda kind: _demand(ending, kind))
    from simpul.sources.attachments.tables import read_table

    if ending != "csv":
        raise UnacceptableError(f"isi berkas ini bukan {NAMES[ending]}",
                                f"Simpan ulang sebagai {NAMES[ending]} dari program asalnya, "
                                "bukan dengan mengganti namanya.")
    return read_table(data, found)


def _demand(ending: str, kind: str) -> None:
    """A name says what the file is."""
    if ending != kind:
        raise UnacceptableError(f"isi berkas ini {NAMES[kind]}, padahal namanya berakhir .{ending}",
                                f"Ganti akhir namanya menjadi .{kind}, juga pada isiannya.")
