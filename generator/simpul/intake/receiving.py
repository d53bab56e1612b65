"""What came by mail -> cases and tables in their places. Whatever one file raises is that file's problem."""

from collections.abc import Iterable, Iterator, Sequence
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
from simpul.intake.doors.tables import make_tables
from simpul.intake.making import NO_CASE, Parcel, Refused, Wanted, is_note, make_case
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
    """All that was found in a delivery: texts with their names, pictures by the folder they came in."""

    texts: list[tuple[str, Opened]] = field(default_factory=list)
    tables: list[tuple[str, tuple[Grid, ...]]] = field(default_factory=list)
    pictures: dict[str, dict[str, bytes]] = field(default_factory=dict)
    private: set[str] = field(default_factory=set)
    forms: list[tuple[str, Sent]] = field(default_factory=list)
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
                             f"content/daerah/{region}/praktik", name, taken, alone), delivery)
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
    delivery.parcels += [Parcel(f"{home}/{path}", {f"{home}/{path}": data}, sent[0], made=True)
                         for path, data in made.files.items()]
    delivery.told += made.told
    delivery.lost += [(sent[0], lost) for lost in made.lost]


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
        opened = guarded(open_file, sent)
    except DoorError as problem:
        delivery.refused.append(Refused(sent.name, problem.message, problem.hint))
        return
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
    for inner in opened.inner:
        _collect(inner, found, delivery, depth + 1)
