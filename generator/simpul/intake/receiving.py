"""What came by mail -> cases and tables in their places. Whatever one file raises is that file's problem."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from simpul.intake.doors.guard import guarded
from simpul.intake.doors.mail import is_mail, messages
from simpul.intake.doors.opening import open_file
from simpul.intake.doors.parcel import (
    MAX_FILE_BYTES,
    MAX_FILES,
    MAX_NESTING,
    MAX_TOTAL_BYTES,
    DoorError,
    Grid,
    Opened,
    Paragraph,
    Sent,
)
from simpul.intake.doors.tables import NO_TABLE, make_tables
from simpul.intake.enclosures import FIELD, chosen, is_document, ready_lines
from simpul.intake.making import NO_CASE, Parcel, Refused, Wanted, Written, is_note, look_at, make_case
from simpul.intake.merging import address_of, read_sent
from simpul.sources.formats import MAX_BYTES, Unreadable


@dataclass(slots=True)
class Delivery:
    """What one sender sent at once."""

    subject: str = ""
    parcels: list[Parcel] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    lost: list[tuple[str, Paragraph]] = field(default_factory=list)


@dataclass(slots=True)
class _Collected:
    """All that was found in a delivery: texts with their names, pictures by the folder they came in; files
    that may be attachments, and those that each text names.
    """

    texts: list[tuple[str, Opened]] = field(default_factory=list)
    tables: list[tuple[str, tuple[Grid, ...]]] = field(default_factory=list)
    pictures: dict[str, dict[str, bytes]] = field(default_factory=dict)
    private: set[str] = field(default_factory=set)
    forms: list[tuple[str, Sent]] = field(default_factory=list)
    papers: list[Sent] = field(default_factory=list)
    named: dict[str, dict[str, Sent]] = field(default_factory=dict)
    files: int = 0
    size: int = 0


def unpack(paths: Sequence[Path], region: str, name: str) -> list[Delivery]:
    """What was sent, by sender: each mail by itself, all other files together. `name` is that of the case."""
    loose: list[Sent] = []
    mails: list[Sent] = []
    beside = Delivery()
    for sent in _read(paths, beside):
        text = sent.name.lower().endswith((".md", ".txt"))
        (mails if is_mail(sent.data) and not text else loose).append(sent)
    found = [_delivered(loose, region, name, beside)] if loose or beside.refused else []
    for sent in mails:
        try:
            found += [_delivered([mail], region, name, Delivery()) for mail in guarded(messages, sent)]
        except DoorError as problem:
            found.append(Delivery(refused=[Refused(sent.name, problem.message, problem.hint)]))
    return found


def _read(paths: Sequence[Path], beside: Delivery) -> Iterator[Sent]:
    """The files, those of folders too; links are not followed."""
    total = count = 0
    for path, name in _named(paths):
        count += 1
        if path.is_symlink() and "/" in name:
            beside.refused.append(Refused(name, "tautan ke berkas lain tidak diterima",
                                          "Ganti dengan salinan berkasnya."))
            continue
        size = path.stat().st_size
        total += size
        if (size > MAX_FILE_BYTES and path.suffix.lower() not in (".zip", ".mbox", ".eml")) or \
                total > MAX_TOTAL_BYTES or count > MAX_FILES:
            beside.refused.append(Refused(name, "kiriman ini terlalu besar",
                                          f"Kirim paling banyak {MAX_FILES} berkas dan "
                                          f"{MAX_TOTAL_BYTES >> 20} MB sekaligus."))
            continue
        yield Sent(name, path.read_bytes())


def _named(paths: Iterable[Path]) -> Iterator[tuple[Path, str]]:
    for path in paths:
        if path.is_dir():
            found = sorted(item for item in path.rglob("*") if item.is_symlink() or item.is_file())
            yield from ((item, f"{path.name}/{item.relative_to(path).as_posix()}") for item in found
                        if not any(part.startswith(".") for part in item.relative_to(path).parts))
        else:
            yield path, path.name


def _delivered(sents: Sequence[Sent], region: str, name: str, delivery: Delivery) -> Delivery:
    """Opens all, then makes a parcel of each case."""
    found = _Collected()
    for sent in sents:
        _collect(sent, found, delivery, 0)
    for place, form in found.forms:
        _file(place, form, region, delivery)
    _sort_papers(found, delivery)
    cases = [(title, opened) for title, opened in found.texts if not is_note(opened)]
    for title, opened in found.texts:
        if is_note(opened):
            delivery.lost += [(title, paragraph) for paragraph in opened.words]
    alone = len(cases) == 1
    if name and not alone and cases:
        delivery.refused.append(Refused("--name", f"ada {len(cases)} praktik dalam kiriman ini",
                                        "Pakai --name untuk satu praktik."))
        return delivery
    used: set[str] = set()
    for title, opened in cases:
        pictures = {key: data for folder, shelf in found.pictures.items() for key, data in shelf.items()
                    if alone or folder == _folder(title)}
        taken = frozenset(parcel.path for parcel in delivery.parcels)
        used |= _add(Wanted(title, opened, pictures, frozenset(found.private),
                             f"content/daerah/{region}/praktik", name, taken, alone,
                             found.named.get(title, {})), delivery)
    for table in found.tables:
        _add_tables(table, f"content/daerah/{region}", delivery)
    unused = [key for shelf in found.pictures.values() for key in shelf if key not in used]
    delivery.told += [f"{key}: gambar ini tidak disebut di naskah mana pun, jadi tidak disimpan."
                      for key in unused]
    if not (delivery.parcels or delivery.refused):
        delivery.refused.append(Refused(sents[0].name, NO_CASE.message, NO_CASE.hint))
    return delivery


def _file(place: str, form: Sent, region: str, delivery: Delivery) -> None:
    """Adds what a form wrote to its delivery, for the region that it is received for alone."""
    if not place.startswith(f"content/daerah/{region}/"):
        delivery.refused.append(Refused(form.name, f"berkas ini untuk {place}, bukan untuk daerah {region}",
                                        "Penerima: pakai --region yang sesuai bila pengirimnya berhak."))
        return
    try:
        if len(form.data) > MAX_BYTES:
            raise Unreadable(1, "terlalu-besar", f"berkas lebih dari {MAX_BYTES // 1024} KB", "Pecah isinya.")
        text = read_sent(form.data, place)
    except Unreadable as problem:
        delivery.refused.append(Refused(form.name, f"baris {problem.line}: {problem.message}", problem.hint))
        return
    delivery.parcels.append(Parcel(place, {place: text.encode()}, form.name, made=True))


def _add(wanted: Wanted, delivery: Delivery) -> frozenset[str]:
    """Adds a case to its delivery, or why there is none; returns the pictures that it uses."""
    try:
        made = guarded(make_case, wanted)
    except DoorError as problem:
        made = Refused(wanted.title, problem.message, problem.hint)
    if isinstance(made, Refused):
        delivery.refused.append(made)
        delivery.told += [f"{paper.name}: lampiran ini belum disimpan, karena naskahnya belum dapat "
                          "diterima. Kirim lagi bersama naskah itu." for paper in wanted.papers.values()]
        return frozenset()
    delivery.parcels.append(made.parcel)
    delivery.told += made.told
    delivery.lost += [(wanted.title, lost) for lost in made.lost]
    return made.used


def _add_tables(sent: tuple[str, tuple[Grid, ...]], home: str, delivery: Delivery) -> None:
    """Adds the tables of a file, or why there are none."""
    try:
        made = guarded(make_tables, sent)
    except DoorError as problem:
        delivery.refused.append(Refused(sent[0], problem.message, problem.hint))
        return
    delivery.parcels += [Parcel(f"{home}/{path}", {f"{home}/{path}": data}, sent[0], made=True,
                                listing=made.listings[path]) for path, data in made.files.items()]
    delivery.told += made.told
    delivery.lost += [(sent[0], lost) for lost in made.lost]


def _sort_papers(found: _Collected, delivery: Delivery) -> None:
    """Which documents and sheets go with a text that names them, which are texts or tables themselves; those
    that are neither, beside a case, are told with the lines that would name them.
    """
    looks = {title: _looked_at(opened) for title, opened in found.texts}
    pending = _unnamed(found, looks)
    opened: list[tuple[Sent, Opened | DoorError]] = [(paper, _tried(paper)) for paper in pending]
    for paper, one in opened:
        if isinstance(one, Opened) and one.text.strip() and (look := _looked_at(one)).case:
            looks[paper.name] = look
    pending = _unnamed(found, looks)
    beside = any(look.case for look in looks.values())
    strays: list[Sent] = []
    for paper, one in opened:
        if paper not in pending:
            looks.pop(paper.name, None)
        elif beside and _is_stray(paper, one, looks):
            strays.append(paper)
        elif isinstance(one, DoorError):
            delivery.refused.append(Refused(paper.name, one.message, one.hint))
        else:
            _take_in(paper, one, found, delivery)
    if strays:
        delivery.refused.append(_stray(strays, [look for look in looks.values() if look.case]))


def _unnamed(found: _Collected, looks: Mapping[str, Written]) -> list[Sent]:
    """The files that no text names; those that are named are remembered."""
    alone = sum(look.case for look in looks.values()) == 1
    found.named = {title: chosen(look.names, title, found.papers, alone=alone)
                   for title, look in looks.items() if look.names}
    named = [paper for papers in found.named.values() for paper in papers.values()]
    return [paper for paper in found.papers if paper not in named]


def _looked_at(opened: Opened) -> Written:
    try:
        return guarded(look_at, opened)
    except DoorError:  # told when a case is made of it
        return Written(False)


def _tried(paper: Sent) -> Opened | DoorError:
    try:
        return guarded(open_file, paper)
    except DoorError as problem:
        return problem


def _is_stray(paper: Sent, opened: Opened | DoorError, looks: Mapping[str, Written]) -> bool:
    """Whether a file is neither a case nor a table that the portal knows."""
    if isinstance(opened, DoorError):
        return paper.name.lower().endswith((".pdf", ".odt"))
    if opened.text.strip():
        return paper.name not in looks
    if not opened.grids:
        return False
    try:
        guarded(make_tables, (paper.name, opened.grids))
    except DoorError as problem:
        return problem.message == NO_TABLE.message
    return False


def _stray(papers: Sequence[Sent], cases: Sequence[Written]) -> Refused:
    """What is said of files that nobody names."""
    only = cases[0] if len(cases) == 1 else Written(True, keyed=all(case.keyed for case in cases))
    where = {(True, True): f"tambahkan baris ini di bawah {FIELD}:",
             (True, False): "tambahkan baris ini di bagian kunci naskahnya",
             (False, True): "ganti baris Lampiran di naskah dengan baris ini",
             (False, False): "tambahkan baris ini di awal naskahnya"}[only.keyed, bool(only.names)]
    lines = ready_lines(papers, only.names, keyed=only.keyed)
    return Refused(", ".join(paper.name for paper in papers), "belum disebut di naskah, jadi tidak disimpan",
                   f"Bila berguna bagi peniru, {where}, lalu kirim lagi bersama naskahnya:"
                   f"\n   {lines}")


def _folder(name: str) -> str:
    return name.rpartition("/")[0]


def _collect(sent: Sent, found: _Collected, delivery: Delivery, depth: int) -> None:
    """Opens a file and all that is in it."""
    found.files += 1
    found.size += len(sent.data)
    try:
        if depth > MAX_NESTING or found.files > MAX_FILES or found.size > 2 * MAX_TOTAL_BYTES:
            raise DoorError("kiriman ini memuat terlalu banyak berkas di dalam berkas",
                            "Kirim berkasnya langsung.")
        if place := address_of(sent.data):
            found.forms.append((place, sent))
            return
        if is_document(sent.name):
            found.papers.append(sent)
            return
        opened = guarded(open_file, sent)
    except DoorError as problem:
        delivery.refused.append(Refused(sent.name, problem.message, problem.hint))
        return
    _take_in(sent, opened, found, delivery)
    for inner in opened.inner:
        _collect(inner, found, delivery, depth + 1)


def _take_in(sent: Sent, opened: Opened, found: _Collected, delivery: Delivery) -> None:
    """Puts what was in a file to its kind."""
    found.private.update(opened.private)
    delivery.subject = delivery.subject or opened.subject
    delivery.told += opened.told
    if opened.text.strip():
        found.texts.append((sent.name, opened))
    elif opened.grids:
        found.tables.append((sent.name, opened.grids))
        delivery.lost += [(sent.name, paragraph) for paragraph in opened.words]
    elif opened.pictures:
        found.pictures.setdefault(_folder(sent.name), {}).update(opened.pictures)
