"""Rules about attachments: each is there, is named once, and tells nothing of persons."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from simpul.portal import Portal, once
from simpul.problems import Finding, did_you_mean
from simpul.sources.personal import hidden

MOST_BYTES = 5 * 2**20


class Owner(NamedTuple):
    """What names attachments: its source, its field, the names, and which numbers are said to be nobody's."""

    path: str
    field: str
    names: tuple[str, ...]
    allowed: tuple[str, ...] = ()


@once
def _owners(portal: Portal) -> Sequence[Owner]:
    """All cases and adaptations that have attachments."""
    cases = [Owner(portal.practice_path(name), "lampiran", case.attached, case.allowed)
             for name, case in portal.cases.items() if case.attached]
    return [*cases, *(Owner(portal.adaptation_path(name), "bahan", tuple(item.berkas for item in one.bahan))
                      for name, one in portal.adaptations.items() if one.bahan)]


@once
def _users(portal: Portal) -> Mapping[str, list[Owner]]:
    """Who names each attachment."""
    found: dict[str, list[Owner]] = {}
    for owner in _owners(portal):
        for name in owner.names:
            found.setdefault(portal.attachment_path(owner.path, name), []).append(owner)
    return found


def attachments_are_there(portal: Portal) -> Iterator[Finding]:
    """A file that is named is there, and is named once."""
    for owner in _owners(portal):
        for number, name in enumerate(owner.names):
            path = portal.attachment_path(owner.path, name)
            where = (owner.field, number, "berkas")
            if name in owner.names[:number]:
                yield Finding(owner.path, where, "error", "lampiran-ganda",
                              f"lampiran '{name}' sudah disebut di butir sebelumnya", "Hapus salah satunya.")
            elif path not in portal.files:
                beside = [other.rpartition("/")[2] for other in portal.kinds.get("lampiran", ())
                          if other.rpartition("/")[0] == path.rpartition("/")[0]]
                yield Finding(owner.path, where, "error", "lampiran-hilang", f"lampiran '{name}' tidak ada",
                              did_you_mean(name, beside, f"Simpan berkasnya sebagai {path}."))


def attachments_are_named(portal: Portal) -> Iterator[Finding]:
    """A file that is there is named by somebody. Where a source cannot be read, nobody knows."""
    unread = {path.rpartition("/")[0] for kind in ("praktik", "adaptasi")
              for path, entry in portal.kinds.get(kind, {}).items() if not entry.usable} \
        if portal.kinds.get("lampiran") else set()
    for path in portal.kinds.get("lampiran", ()):
        folder = path.rpartition("/lampiran/")[0]
        if path not in _users(portal) and folder not in unread:
            field = "bahan" if folder.endswith("/adaptasi") else "lampiran"
            name = path.rpartition("/")[2]
            yield Finding(path, 1, "error", "lampiran-tak-disebut", "berkas ini tidak disebut di mana pun",
                          f"Tambahkan di bagian kunci naskahnya: {field}: "
                          f"[{{ berkas: {name}, judul: ... }}], atau hapus berkasnya.")


def attachments_are_light(portal: Portal) -> Iterator[Finding]:
    """All attachments of a case or an adaptation together can be fetched over a slow line."""
    for owner in _owners(portal):
        paths = {portal.attachment_path(owner.path, name) for name in owner.names}
        size = sum(portal.attachments[path].size for path in paths & portal.attachments.keys())
        if size > MOST_BYTES:
            yield Finding(owner.path, (owner.field,), "error", "lampiran-berat",
                          f"semua lampiran bersama {size / 2**20:.1f} MB".replace(".", ",")
                          + f"; batasnya {MOST_BYTES // 2**20} MB",
                          "Kecilkan gambar di dalamnya, atau kirim yang diperlukan saja.")


def attachments_tell_nothing_of_persons(portal: Portal) -> Iterator[Finding]:
    """Numbers and addresses of persons are refused unless every case that names the file explains them."""
    for path, file in portal.attachments.items():
        users = _users(portal).get(path, ())
        allowed = set.intersection(*(set(user.allowed) for user in users)) if users else set()
        explain = ' Bila hanya mirip, tambahkan di bagian kunci praktiknya: bukan_data_pribadi: ' \
                  '[{ teks: "angkanya", alasan: "..." }].' if "/praktik/" in path else ""
        for line, place, what, text in file.suspects:
            if text not in allowed:
                where = f" di {place}" if place else ""
                yield Finding(path, line, "error", "data-pribadi",
                              f"tampaknya ada {what}{where}: {hidden(text)}",
                              f"Hapus dari berkasnya, lalu simpan ulang.{explain}")


RULES = (attachments_are_there, attachments_are_named, attachments_are_light,
         attachments_tell_nothing_of_persons)
