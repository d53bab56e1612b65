"""Files that came beside a case and that it names -> its attachments; and the lines that name others."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

from simpul.addresses import ATTACHED, slugify
from simpul.intake.doors.parcel import Sent
from simpul.sources.formats import Unreadable, decode, read_front_matter

FIELD = "lampiran"
MAX_NAME, MAX_TITLE = 60, 150
NAMED = re.compile(r"\bberkas[\"']?\s*:\s*[\"']?([^\"',{}\n]+)")


def is_document(name: str) -> bool:
    """Whether a file of this name may be an attachment."""
    return _base(name).suffix.lower().removeprefix(".") in ATTACHED


def safe_name(name: str) -> str:
    """The name that an attachment has in the portal, whatever its sender and his text call it."""
    path = _base(name)
    stem = slugify(path.stem)[:MAX_NAME].strip("-") or FIELD
    return f"{stem}{path.suffix.lower()}"


def free_name(name: str, taken: Iterable[str]) -> str:
    """A name that no other file has."""
    stem, number, new, others = name.rpartition("."), 1, name, set(taken)
    while new in others:
        number += 1
        new = f"{stem[0][:MAX_NAME - 4].rstrip('-')}-{number}.{stem[2]}"
    return new


def names_in(text: str) -> tuple[str, ...]:
    """The attachments that a text names among its fields, as it writes them."""
    try:
        return names_of(read_front_matter("", decode(text.encode())).value)
    except Unreadable:  # a mistake elsewhere: the files belong to it all the same
        return tuple(name.strip() for name in NAMED.findall(text) if is_document(name.strip()))


def names_of(fields: Any) -> tuple[str, ...]:
    """The attachments that the fields of a case name."""
    items = fields.get(FIELD) if isinstance(fields, dict) else None
    called = (item.get("berkas") if isinstance(item, dict) else item
              for item in (items if isinstance(items, list) else [items]))
    return tuple(name for name in called if isinstance(name, str) and is_document(name))


def as_items(values: Sequence[Any]) -> list[Any]:
    """Attachments that are only called by the names of their files, as entries; others as they are."""
    items: list[Any] = []
    for value in values:
        names = [name.strip() for name in re.split(r"[;,]", value)] if isinstance(value, str) else []
        listed = names and all(map(is_document, names))
        items += [{"berkas": name, "judul": _title(name)} for name in names] if listed else [value]
    return items


def chosen(names: Iterable[str], title: str, papers: Sequence[Sent], *, alone: bool) -> dict[str, Sent]:
    """The files that a text in the file `title` means, by the names they get. Of several cases, each has the
    files in its folder, above or below it; of files of one name the nearest is meant.
    """
    found: dict[str, Sent] = {}
    folder = PurePosixPath(title).parent.parts
    for name in names:
        fitting = [paper for paper in papers
                   if paper.name != title and safe_name(paper.name) == safe_name(name)
                   and (alone or _related(PurePosixPath(paper.name).parent.parts, folder))]
        if fitting:
            found[safe_name(name)] = max(fitting, key=lambda paper: (
                _shared(PurePosixPath(paper.name).parent.parts, folder),
                _base(paper.name).name.casefold() == _base(name).name.casefold()))
    return found


def with_safe_names(text: str, papers: Mapping[str, Sent]) -> str:
    """The text of a case that calls its attachments as they are called in the portal."""
    if not papers:
        return text
    record = read_front_matter("", text)
    rows = text.split("\n")
    items = record.value.get(FIELD) if isinstance(record.value, dict) else None
    for number, item in enumerate(items if isinstance(items, list) else ()):
        name = item.get("berkas") if isinstance(item, dict) else None
        line = record.lines.get((FIELD, number, "berkas"), 0)
        if isinstance(name, str) and safe_name(name) in papers and line:
            new = rf"\g<1>{safe_name(name)}"
            rows[line - 1] = re.sub(rf"(\bberkas[\"']?\s*:\s*[\"']?){re.escape(name)}", new, rows[line - 1])
    return "\n".join(rows)


def ready_lines(papers: Sequence[Sent], there: Sequence[str], *, keyed: bool) -> str:
    """The lines that name these files beside those that are named already; `keyed` is whether the fields of
    the text stand between lines of hyphens.
    """
    if not keyed:
        return f"Lampiran: {'; '.join([*there, *(_base(paper.name).name for paper in papers)])}"
    return "\n   ".join([*([] if there else [f"{FIELD}:"]), *_entries(papers, there)])


def _entries(papers: Sequence[Sent], there: Sequence[str]) -> Iterator[str]:
    taken = {safe_name(name) for name in there}
    for paper in papers:
        name = free_name(safe_name(paper.name), taken)
        taken.add(name)
        title = json.dumps(_title(paper.name), ensure_ascii=False)
        yield f"  - {{ berkas: {name}, judul: {title}, jenis: lainnya }}"


def _title(name: str) -> str:
    return " ".join(re.split(r"[\s_-]+", _base(name).stem)).strip()[:MAX_TITLE] or FIELD


def _base(name: str) -> PurePosixPath:
    return PurePosixPath(PurePosixPath(name.strip().replace("\\", "/")).name)


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    """How many folders lead to both."""
    pairs = zip(one, other, strict=False)
    return next((number for number, (here, there) in enumerate(pairs) if here != there),
                min(len(one), len(other)))


def _related(one: Sequence[str], other: Sequence[str]) -> bool:
    return _shared(one, other) == min(len(one), len(other))
