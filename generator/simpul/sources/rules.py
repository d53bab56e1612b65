"""Rules that need one file only. They are run once for each content of a file and remembered with it."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import PurePosixPath
from typing import Any

from simpul.addresses import slugify
from simpul.markdown import Outline
from simpul.markdown.targets import meant
from simpul.model import (
    Adaptation,
    Bank,
    Base,
    DeliveryModel,
    Framework,
    LearningPath,
    Module,
    Pointer,
    Practice,
    numbers,
)
from simpul.problems import Problem, did_you_mean, error, warning
from simpul.sources import pointer_rules, question_rules
from simpul.sources.formats import Record
from simpul.sources.remarks import told

SECTIONS = ("Masalah", "Rancang bangun", "Hasil", "Pelajaran", "Langkah replikasi")
REQUIRED = {title.casefold() for title in SECTIONS}
DESIGN_WORDS = 300
SAMPLE_PROVINCE = "00"
REGION = re.compile(r"\d\d(?:\.\d\d)?")
"""Codes of any other shape are no region's, which is told once."""

WHY_ASKED = {
    "tema": "Tema membuat praktik ini ditemukan bersama praktik sejenis.",
    "mulai_uji_coba": "Tanggal menunjukkan berapa lama praktik ini diuji.",
    "kompetensi": "Kompetensi menghubungkan praktik ini dengan modul belajarnya.",
    "modul_terkait": "Daerah lain ingin tahu pelaksana belajar dari mana.",
    "kondisi": "Kondisi membuat daerah yang serupa menemukan praktik ini.",
    "biaya": "Daerah lain menimbang biaya sebelum meniru.",
    "hasil": "Angka sebelum dan sesudah membuat hasil dapat dinilai.",
    "syarat_berhasil": "Syarat membantu daerah lain menilai kesiapannya.",
    "terverifikasi_pada": "Tanggal menunjukkan kapan keterangan ini terakhir dipastikan.",
    "persetujuan": "Surat persetujuan menunjukkan instansi bersedia praktiknya dimuat.",
    "diajukan_melalui": "Cara pengajuan membantu peninjau menghubungi pengirim.",
}


def check_file(kind: str, record: Record, item: Base | None, outline: Outline | None) -> list[Problem]:
    """All problems that one file shows by itself."""
    problems = [problem for rule in RULES_OF_TEXT if outline for problem in rule(record, outline)]
    if kind == "praktik" and outline:
        problems += [problem for rule in RULES_OF_CASE_TEXT for problem in rule(record, outline)]
    if outline and outline.remarks:
        known = {problem.line for problem in problems if problem.code == "bagian-wajib"}
        problems += [problem for problem in told(record.path, outline.remarks) if problem.line not in known]
    if isinstance(item, Practice):
        problems += [problem for rule in RULES_OF_PRACTICE for problem in rule(record, item)]
    if isinstance(item, Module):
        problems += [problem for rule in RULES_OF_MODULE for problem in rule(record, item)]
    if isinstance(item, (Module, Adaptation, Bank, Framework)):
        problems += question_rules.check(record, item)
    if isinstance(item, Pointer):
        problems += pointer_rules.check(record, item)
    if isinstance(item, (LearningPath, DeliveryModel)):
        problems += _id_is_file_name(record, item)
    if kind in ("praktik", "profil") and item is not None:
        problems += _samples_stay_apart(record, item)
    return problems


def _links_are_acceptable(record: Record, outline: Outline) -> Iterator[Problem]:
    """A link uses http, https, mailto, or a path inside the portal."""
    for link in outline.links:
        if link.to.refused:
            yield error(record.path, link.line, "tautan", f"tautan '{link.written[:60]}': {link.to.refused}",
                        link.to.remedy)


def _pictures_are_acceptable(record: Record, outline: Outline) -> Iterator[Problem]:
    """A picture is a file of the portal and has a text alternative."""
    for image in outline.images:
        if image.refused:
            hint = ("Simpan gambar PNG, JPEG, atau WebP di folder gambar/ "
                    "lalu tulis ![uraian](gambar/nama.png).")
            yield error(record.path, image.line, "gambar", f"gambar '{image.written[:60]}': {image.refused}",
                        hint)
        if not image.alt.strip():
            hint = "Tulis apa yang tampak di antara kurung siku: ![uraian](gambar/nama.png)."
            yield error(record.path, image.line, "gambar-tanpa-uraian",
                        f"gambar '{image.written[:60]}' belum punya uraian", hint)


def _headings_begin_at_two(record: Record, outline: Outline) -> Iterator[Problem]:
    """The page title comes from the fields; headings in the text begin with ##."""
    lines = record.body.split("\n")
    for heading in outline.headings:
        row = heading.line - record.body_line
        if heading.level == 2 and row < len(lines) and lines[row].startswith("# "):
            yield warning(record.path, heading.line, "judul-satu",
                          f"judul '# {heading.text}' ditampilkan sebagai '##'",
                          "Judul halaman sudah diambil dari kunci 'judul'; pakai ## untuk bagian.")


FENCED = re.compile(r"^ {0,3}(`{3,}|~{3,}).*?(?:^ {0,3}\1|\Z)", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"`[^`\n]+`")
TAG = re.compile(r"</?(?:img|a|br|p|div|span|table|tr|td|b|i|u|font|center|iframe|script|style|video)\b"
                 r"[^>\n]*>", re.IGNORECASE)
SPACED = re.compile(r"!\[[^\]\n]*\]\(([^)<\n]* [^)\"\n]*\.(?:png|jpe?g|webp|gif))\)", re.IGNORECASE)
LINK = re.compile(r"(?<!!)\[[^\[\]\n]*\]\(([^()<>\n]+)\)")
SPACE = re.compile(r"[ \u00a0]")
ADDRESS = re.compile(r"[:/\\#]|\.\w{2,5}\Z")
TITLED = re.compile(r"\S+ +(\"[^\"]*\"|'[^']*')")


def _what_is_written_is_read(record: Record, outline: Outline) -> Iterator[Problem]:
    """HTML shows as text, an address with a space is none: both are told, neither was meant."""
    if "<" not in record.body and "](" not in record.body:
        return
    text = CODE.sub("", FENCED.sub(lambda block: "\n" * block[0].count("\n"), record.body))
    for number, row in enumerate(text.split("\n"), record.body_line):
        if tag := TAG.search(row):
            yield warning(record.path, number, "html", f"penanda {tag[0][:40]} tampil sebagai teks biasa",
                          "Pakai Markdown: **tebal**, [nama](alamat), ![uraian](gambar/nama.png), "
                          "atau baris kosong.")
        if spaced := SPACED.search(row):
            yield error(record.path, number, "gambar-spasi", f"nama gambar '{spaced[1][:60]}' memuat spasi",
                        NO_SPACES)
        for address in (match[1].strip() for match in LINK.finditer(row) if SPACE.search(match[1].strip())):
            if ADDRESS.search(address) and not TITLED.fullmatch(address):
                yield error(record.path, number, "tautan-spasi",
                            f"alamat tautan '{address[:60]}' memuat spasi", _without_spaces(address))


NO_SPACES = "Ganti spasi dengan tanda hubung pada nama berkas dan di sini, dengan huruf kecil."


def _without_spaces(address: str) -> str:
    if address.startswith("#"):
        return meant(f"#{slugify(address)}")
    if address.startswith("mailto:"):
        return meant("".join(address.split()))
    if address.startswith(("http://", "https://")):
        return meant("%20".join(address.split()))
    return NO_SPACES


CHAT = re.compile(r"^(?:\[\d{1,2}[/.]\d{1,2}[/.]\d{2,4},? \d{1,2}[.:]\d{2}(?:[.:]\d{2})?\]"
                  r"|\d{1,2}[/.]\d{1,2}[/.]\d{2,4},? \d{1,2}[.:]\d{2} -) [^:\n]{1,60}: ", re.MULTILINE)


def _no_chat_is_pasted(record: Record, outline: Outline) -> Iterator[Problem]:
    """Lines that were copied from a chat begin with the hour and somebody's name."""
    if "\n[" in record.body or " - " in record.body:
        for match in CHAT.finditer(record.body):
            line = record.body_line + record.body.count("\n", 0, match.start())
            yield error(record.path, line, "salinan-pesan", "baris ini diawali jam dan nama pengirim pesan",
                        "Hapus sampai titik dua sesudah namanya; nama orang tidak dimuat.")


RULES_OF_TEXT: tuple[Callable[[Record, Outline], Iterator[Problem]], ...] = (
    _links_are_acceptable, _pictures_are_acceptable, _headings_begin_at_two, _what_is_written_is_read,
    _no_chat_is_pasted,
)


DECORATED = re.compile(r"[\W_]*(?:(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s*)?(.*?)[\W_]*", re.IGNORECASE)


def _sections_are_there(record: Record, outline: Outline) -> Iterator[Problem]:
    """A practice has the five sections that readers compare."""
    titles = {section.title.casefold() for section in outline.sections}
    if titles >= REQUIRED:
        return
    meant = _meant_as_headings(record)
    for wanted in SECTIONS:
        if wanted.casefold() not in titles:
            near = str(did_you_mean(wanted.casefold(), sorted(titles - REQUIRED)))
            hint = f"{near} Ubah judulnya menjadi '## {wanted}'." if near else \
                f"Tambahkan baris '## {wanted}' dan isinya."
            line = meant.get(wanted.casefold())
            yield error(record.path, line or record.body_line, "bagian-wajib",
                        f"bagian '## {wanted}' belum ada",
                        f"Ubah baris ini menjadi '## {wanted}'." if line else hint)


def _meant_as_headings(record: Record) -> dict[str, int]:
    """Lines that are the title of a section and nothing else, by title: bold, numbered, with a colon."""
    found: dict[str, int] = {}
    for number, row in enumerate(record.body.split("\n"), record.body_line):
        match = DECORATED.fullmatch(row) if len(row) < 60 else None
        if match and match[1].casefold() in REQUIRED:
            found.setdefault(match[1].casefold(), number)
    return found


def _sections_have_text(record: Record, outline: Outline) -> Iterator[Problem]:
    """A required section is not empty, and the design is told in 300 words (Indeks Inovasi Daerah's form).

    Not judged while placeholders stand in it.
    """
    sections = () if "«" in record.body else outline.sections
    for section in sections:
        if section.title.casefold() in REQUIRED and section.words == 0:
            yield error(record.path, section.line, "bagian-kosong",
                        f"bagian '## {section.title}' masih kosong", "Tulis isinya.")
        elif section.title.casefold() == "rancang bangun" and section.words < DESIGN_WORDS:
            yield warning(record.path, section.line, "rancang-bangun",
                          f"'Rancang bangun' baru {section.words} kata, "
                          f"formulir inovasi meminta {DESIGN_WORDS}",
                          "Ceritakan langkah, peran, alat, dan alasan memilihnya.")


RULES_OF_CASE_TEXT: tuple[Callable[[Record, Outline], Iterator[Problem]], ...] = \
    (_sections_are_there, _sections_have_text)


def _stopped_says_why(record: Record, practice: Practice) -> Iterator[Problem]:
    """A practice that stopped says why: that is what others learn from it."""
    if practice.status_keberlanjutan == "berhenti" and not practice.alasan_berhenti:
        yield error(record.path, record.line(("status_keberlanjutan",)), "alasan-berhenti",
                    "praktik berhenti, tetapi 'alasan_berhenti' belum ada",
                    "Tulis mengapa praktik ini berhenti.")


def _dates_in_order(record: Record, practice: Practice) -> Iterator[Problem]:
    """A trial does not begin after the practice itself."""
    trial, start = practice.mulai_uji_coba, practice.mulai_penerapan
    if trial and start and start < trial:
        yield error(record.path, record.line(("mulai_penerapan",)), "urutan-tanggal",
                    "'mulai_penerapan' lebih awal daripada 'mulai_uji_coba'", "Periksa kedua tanggal.")


def _asked_for(record: Record, practice: Practice) -> Iterator[Problem]:
    """What is not required is asked for, with the reason it helps a reader."""
    for field, why in WHY_ASKED.items():
        if not getattr(practice, field):
            yield warning(record.path, 1, "sebaiknya-diisi", f"'{field}' belum diisi", why)
    for number, result in enumerate(practice.hasil):
        if not result.bukti:
            yield warning(record.path, record.line(("hasil", number)), "tanpa-bukti",
                          f"hasil '{result.indikator}' belum disertai bukti",
                          "Tambahkan 'bukti' berupa alamat web.")


def _words_are_of_one_script(record: Record, practice: Practice) -> Iterator[Problem]:
    """A word does not mix Latin letters with those of other scripts that look the same (Unicode UTS 39)."""
    for field in ("judul", "instansi", "ringkasan"):
        for word in getattr(practice, field).split():
            if not word.isascii() and len({_script(letter) for letter in word if letter.isalpha()}) > 1:
                yield error(record.path, record.line((field,)), "huruf-campuran",
                            f"kata '{word}' pada '{field}' memakai huruf campuran",
                            "Ketik ulang kata itu dengan huruf Latin.")


def _script(letter: str) -> str:
    return unicodedata.name(letter, "?").partition(" ")[0]


def _units_agree(record: Record, practice: Practice) -> Iterator[Problem]:
    """A unit that is written with a number is the result's."""
    written: Any = record.value
    for number, result in enumerate(practice.hasil):
        for field in ("sebelum", "sesudah"):
            text = str(written["hasil"][number][field])
            found = numbers.read(text)
            if found and not numbers.fits_unit(found.unit, result.satuan):
                yield error(record.path, record.line(("hasil", number, field)), "satuan-beda",
                            f"'{field}' ditulis '{text}', padahal satuannya '{result.satuan}'",
                            numbers.HINTS["unit"])


def _results_are_possible(record: Record, practice: Practice) -> Iterator[Problem]:
    """No value is more than the greatest that is possible."""
    for number, result in enumerate(practice.hasil):
        for field, value in (("sebelum", result.sebelum), ("sesudah", result.sesudah)):
            if result.dari is not None and (value > result.dari or result.dari <= 0):
                yield error(record.path, record.line(("hasil", number, "dari")), "hasil-dari",
                            f"'{field}' {_comma(value)} lebih besar daripada 'dari' {_comma(result.dari)}",
                            "'dari' adalah nilai terbesar yang mungkin. Periksa keduanya, atau hapus 'dari'.")


def _comma(number: Decimal) -> str:
    return f"{number:f}".replace(".", ",")


RULES_OF_PRACTICE: tuple[Callable[[Record, Practice], Iterator[Problem]], ...] = (
    _stopped_says_why, _dates_in_order, _asked_for, _words_are_of_one_script, _units_agree,
    _results_are_possible,
)


def _module_id_is_folder(record: Record, module: Module) -> Iterator[Problem]:
    """A module's id is the name of its folder, because its address is made from it."""
    folder = PurePosixPath(record.path).parent.name
    if module.id != folder:
        yield error(record.path, record.line(("id",)), "id-folder",
                    f"id '{module.id}' berbeda dari nama folder '{folder}'",
                    f"Tulis 'id: {folder}' atau ganti nama foldernya.")


def _objectives_can_be_seen(record: Record, module: Module) -> Iterator[Problem]:
    """An objective says what the learner can do afterwards."""
    for number, objective in enumerate(module.tujuan):
        if not objective.startswith("Dapat "):
            yield warning(record.path, record.line(("tujuan", number)), "tujuan",
                          "tujuan belum diawali 'Dapat'",
                          "Tulis perilaku yang dapat diamati, misalnya 'Dapat mengenali tiga ciri phishing'.")


def _module_has_quiz(record: Record, module: Module) -> Iterator[Problem]:
    """A reader can test themselves."""
    if not module.kuis:
        yield warning(record.path, 1, "tanpa-kuis", "modul belum punya kuis",
                      "Tambahkan paling sedikit empat soal.")


RULES_OF_MODULE: tuple[Callable[[Record, Module], Iterator[Problem]], ...] = (
    _module_id_is_folder, _objectives_can_be_seen, _module_has_quiz,
)


def _id_is_file_name(record: Record, item: LearningPath | DeliveryModel) -> Iterator[Problem]:
    """An id is the name of its file, because its address is made from it."""
    name = PurePosixPath(record.path).stem
    if item.id != name:
        yield error(record.path, record.line(("id",)), "id-berkas",
                    f"id '{item.id}' berbeda dari nama berkas '{name}'",
                    f"Tulis 'id: {name}' atau ganti nama berkasnya.")


def _samples_stay_apart(record: Record, item: Base) -> Iterator[Problem]:
    """Samples live in the fictional province 00, and nothing else does."""
    code, sample = record.path.split("/")[2], bool(getattr(item, "contoh", False))
    if sample and REGION.fullmatch(code) and not code.startswith(SAMPLE_PROVINCE):
        yield error(record.path, record.line(("contoh",)), "contoh-di-daerah",
                    f"data contoh di daerah nyata {code}",
                    "Pindahkan ke content/daerah/00.xx, atau hapus 'contoh' bila datanya nyata.")
    if code.startswith(SAMPLE_PROVINCE) and not sample:
        yield error(record.path, record.line(("contoh",)), "bukan-contoh",
                    "data di provinsi rekaan 00 harus ditandai contoh",
                    'Tambahkan \'contoh: "ya"\', atau pindahkan ke folder daerah yang sebenarnya.')
