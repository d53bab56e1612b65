"""What is to be signed, as one file that goes from desk to desk: the bytes, and all that is needed to say in
words what they mean. A release waits beside its folder until enough have signed.
"""

import json
import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from securesystemslib.signer import CryptoSigner  # type: ignore[attr-defined]  # no list of exports
from tuf.api.exceptions import RepositoryError
from tuf.api.metadata import Metadata, Root, Targets  # type: ignore[attr-defined]  # as above

from simpul.mirror import changes, metadata
from simpul.mirror.archive import Archive
from simpul.mirror.client import manifest as manifests
from simpul.mirror.client.download import megabytes
from simpul.mirror.client.errors import Untrusted
from simpul.mirror.client.tree import decode, encode, sha256
from simpul.mirror.generated import long_date
from simpul.mirror.keys import KeyProblem
from simpul.mirror.lock import NAME as LOCK
from simpul.mirror.release import OURS, Terms, publish_release

FORM = "simpul-permintaan 1"
SHOWN = 10  # names of files of each kind of change
ZIP = re.compile(r"unduh/[^/]+\.zip")
ROLES = ("root", "targets", "snapshot", "timestamp")


@dataclass(frozen=True)
class Request:
    """The root in force; by role (`root`, `targets`), what is to be signed; of a release, its manifest and
    the lists of files before and after.
    """

    before: Metadata[Root]
    documents: dict[str, Metadata[Any]]
    manifest: str = ""
    old: str = ""
    new: str = ""

    @property
    def root(self) -> Root:
        """The root under which the rest will be judged."""
        signed: Root = self.documents["root"].signed if "root" in self.documents else self.before.signed
        return signed


def write(path: Path, request: Request) -> None:
    """Puts a request in place at once."""
    document = {
        "bentuk": FORM, "root_berlaku": request.before.to_dict(),
        "dokumen": {role: one.to_dict() for role, one in request.documents.items()},
        "manifes": request.manifest, "daftar_lama": request.old, "daftar_baru": request.new,
    }
    metadata.replace(path, json.dumps(document, ensure_ascii=False, indent=1).encode() + b"\n")


def read(path: Path) -> Request:
    """The request in a file, its parts held against each other. Raises KeyProblem."""
    try:
        found = json.loads(path.read_bytes())
        if found["bentuk"] != FORM or not found["dokumen"].keys() <= {"root", "targets"}:
            raise ValueError("form")
        request = Request(Metadata[Root].from_dict(found["root_berlaku"]),
                          {role: Metadata[Any].from_dict(one) for role, one in found["dokumen"].items()},
                          str(found["manifes"]), str(found["daftar_lama"]), str(found["daftar_baru"]))
        _agree(request)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, RepositoryError,
            Untrusted) as error:
        raise KeyProblem(f"{path} bukan permintaan tanda tangan, atau isinya rusak atau diubah. Tidak ada "
                         "yang ditandatangani. Minta lagi dari komputer penerbit.") from error
    return request


def _agree(request: Request) -> None:
    """What is shown must be what is signed."""
    request.before.verify_delegate("root", request.before)
    kinds = {role: one.signed.type for role, one in request.documents.items()}
    if not kinds or any(role != kind for role, kind in kinds.items()):
        raise ValueError("documents")
    if "root" in kinds and request.root.version != request.before.signed.version + 1:
        raise ValueError("version")
    if request.manifest:
        data, listed = request.manifest.encode(), request.new.encode()
        made = manifests.decode(data)
        if request.documents["targets"].signed.targets[manifests.NAME].hashes["sha256"] != sha256(data) or \
                made.tree != sha256(listed) or made.files != len(decode(listed)):
            raise ValueError("manifest")
    elif "root" not in kinds:
        raise ValueError("nothing to show")


def described(request: Request) -> Iterator[str]:
    """What a signature stands for, line by line, in Indonesian."""
    if "root" in request.documents:
        yield from _described_root(request.before.signed, request.root)
    if request.manifest:
        yield from _described_release(request)
    elif "targets" in request.documents:
        targets: Targets = request.documents["targets"].signed
        yield (f"Rilis terakhir ditandatangani ulang: targets versi {targets.version}, berlaku sampai "
               f"{targets.expires.date()}, manifes {targets.targets[manifests.NAME].hashes['sha256']}.")


def _described_release(request: Request) -> Iterator[str]:
    made, targets = manifests.decode(request.manifest.encode()), request.documents["targets"].signed
    yield (f"Rilis {made.release} bertanggal {long_date(made.date)}: {made.files} berkas, "
           f"{megabytes(made.size)} MB.")
    yield f"Targets versi {targets.version}, berlaku sampai {targets.expires.date()}."
    yield f"Pohon: {made.tree}"
    found = changes.compare(decode(request.old.encode()), decode(request.new.encode()))
    yield (f"Dibandingkan dengan rilis sebelumnya: {len(found.added)} berkas ditambah, {len(found.changed)} "
           f"diubah, {len(found.removed)} dihapus.")
    for sign, paths in (("+", found.added), ("~", found.changed), ("-", found.removed)):
        yield from (f"  {sign} {path}" for path in paths[:SHOWN])
        if len(paths) > SHOWN:
            yield f"  {sign} dan {len(paths) - SHOWN} berkas lain"


def _described_root(old: Root, new: Root) -> Iterator[str]:
    yield f"Root versi {new.version} menggantikan versi {old.version}, berlaku sampai {new.expires.date()}."
    for role in ROLES:
        before, after = set(old.roles[role].keyids), set(new.roles[role].keyids)
        parts = [f"kunci {keyid[:8]} dicabut" for keyid in sorted(before - after)]
        parts += [f"kunci {keyid[:8]} ditambah" for keyid in sorted(after - before)]
        yield (f"  {role}: {', '.join(parts) or 'kunci tetap'}; perlu {new.roles[role].threshold} dari "
               f"{len(after)}")


def sign(request: Request, signers: Mapping[str, CryptoSigner]) -> list[str]:
    """Adds the signatures of these keys; returns what was signed, by role and key."""
    done = []
    for role, document in request.documents.items():
        for keyid in sorted(_entitled(request, role) & set(signers)):
            document.sign(signers[keyid], append=True)
            done.append(f"{role} dengan kunci {keyid[:8]}")
    return done


def _entitled(request: Request, role: str) -> set[str]:
    judges = (request.before.signed, request.root) if role == "root" else (request.root,)
    return {keyid for judge in judges for keyid in judge.roles[role].keyids}


def missing(request: Request) -> list[str]:
    """Which signatures are still too few, in words."""
    found = []
    for role, document in request.documents.items():
        for judge in (request.before.signed, request.root) if role == "root" else (request.root,):
            result = judge.get_verification_result(role, document.signed_bytes, document.signatures)
            words = f"{role} versi {document.signed.version}: {len(result.signed)} dari {result.threshold}"
            if not result and words not in found:
                found.append(words)
    return found


def merge(requests: Iterable[Request]) -> Request:
    """One request with the signatures of all. Raises KeyProblem when they are not about the same."""
    first, *others = requests
    for other in others:
        if {role: one.signed_bytes for role, one in other.documents.items()} != \
                {role: one.signed_bytes for role, one in first.documents.items()}:
            raise KeyProblem("berkas-berkas itu bukan permintaan yang sama. Tidak ada yang diterbitkan. "
                             "Sebut hanya salinan dari satu permintaan.")
        for role, document in other.documents.items():
            first.documents[role].signatures.update(document.signatures)
    if lacking := missing(first):
        raise KeyProblem(f"tanda tangan belum cukup ({'; '.join(lacking)}). Tidak ada yang diterbitkan. "
                         "Minta pemegang kunci lain menjalankan `simpul keys sign`.")
    return first


def finish_root(out: Path, request: Request, signers: Mapping[str, CryptoSigner], date: str) -> None:
    """Puts a new root in force, and what it asks to be signed again."""
    if metadata.newest_root(out) != request.before.signed:
        raise _outdated(out)
    metadata.check_signers(request.root, ("snapshot", "timestamp"), signers)
    if "targets" in request.documents:
        _check_next(out, request.documents["targets"].signed)
    metadata.put(out, request.documents["root"])
    if "targets" in request.documents:
        metadata.put(out, request.documents["targets"])
        metadata.publish_signed(out, signers, date)
    else:
        metadata.renew(out, signers, date)


def waiting(out: Path) -> Path:
    """Where a release waits for its signatures."""
    return out.with_name(f"{out.name}.menunggu")


def _stage(out: Path) -> Path:
    """A copy of the release folder to publish in; one that waited before goes."""
    place = waiting(out)
    if place.is_dir():
        shutil.rmtree(place)
    if out.is_dir():
        shutil.copytree(out, place, ignore=shutil.ignore_patterns(LOCK))
    else:
        place.mkdir(parents=True)
    return place


def propose_release(site: Path, out: Path, keys_folder: Path, signers: Mapping[str, CryptoSigner],
                    terms: Terms, tell: Callable[[str], None]) -> Request:
    """Prepares the next release beside the folder and returns what is to be signed, with the signatures of
    who is here.
    """
    archive = Archive(out)
    old = archive.manifests[-1:]
    place = _stage(out)
    made = publish_release(site, place, keys_folder, signers, terms, tell, proposed=True)
    targets = metadata.current_targets(place)
    data = (place / "manifes" / f"{targets.signed.targets[manifests.NAME].hashes['sha256']}."
            f"{manifests.NAME}").read_bytes()
    before = encode(archive.tree(old[0])) if old else b""
    return Request(metadata.current_root(place), {"targets": targets}, data.decode(), before.decode(),
                   encode(Archive(place).tree(made)).decode())


def finish_release(out: Path, request: Request, signers: Mapping[str, CryptoSigner], date: str) -> None:
    """Puts the waiting release in force: all its files, the timestamp last, then what it removed."""
    place, targets = waiting(out), request.documents["targets"]
    staged = place / "metadata" / f"{targets.signed.version}.targets.json"
    if not staged.is_file() or Metadata[Targets].from_bytes(staged.read_bytes()).signed_bytes != \
            targets.signed_bytes:
        raise KeyProblem(f"rilis yang diminta tidak lagi menunggu di {place}. Tidak ada yang diterbitkan. "
                         "Ulangi `simpul release --request`.")
    metadata.check_signers(metadata.newest_root(place), ("snapshot", "timestamp"), signers)
    if (out / "metadata").is_dir():
        _check_next(out, targets.signed)
        shutil.copytree(out / "metadata", place / "metadata", dirs_exist_ok=True)
    metadata.put(place, targets)
    metadata.publish_signed(place, signers, date)
    _exchange(place, out)
    shutil.rmtree(place)


def _exchange(place: Path, out: Path) -> None:
    names = [path.relative_to(place).as_posix() for path in sorted(place.rglob("*")) if path.is_file()]
    def late(name: str) -> tuple[bool, bool]:
        return name.startswith("metadata/"), name.endswith("timestamp.json")

    for name in sorted(names, key=late):
        data = (place / name).read_bytes()
        if not (out / name).is_file() or (out / name).read_bytes() != data:
            metadata.replace(out / name, data)
    for path in sorted(out.rglob("*")):
        name = path.relative_to(out).as_posix()
        if path.is_file() and name not in names and (OURS.fullmatch(name) or ZIP.fullmatch(name)):
            path.unlink()


def _check_next(out: Path, targets: Targets) -> None:
    if targets.version <= max(metadata.versions(out, "targets"), default=0):
        raise _outdated(out)


def _outdated(out: Path) -> KeyProblem:
    return KeyProblem(f"{out} sudah berubah sejak permintaan itu dibuat. Tidak ada yang diterbitkan. Buat "
                      "permintaan baru, lalu minta tanda tangan lagi.")
