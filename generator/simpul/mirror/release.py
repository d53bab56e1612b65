"""A built site -> a signed release folder of plain files for any static host. Same input, same bytes."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from securesystemslib.signer import CryptoSigner  # type: ignore[attr-defined]  # no list of exports

from simpul.mirror import changes, generated, metadata, twins, zips
from simpul.mirror.archive import Archive
from simpul.mirror.bundle import build_client
from simpul.mirror.client import manifest as manifests
from simpul.mirror.client import renew
from simpul.mirror.client.manifest import Manifest, Object
from simpul.mirror.client.tree import MAX_FILE, File, Tree, sha256, tree_hash
from simpul.mirror.deltas import make_deltas
from simpul.mirror.forget import NOTHING, Wish, find, mentions, record
from simpul.mirror.keys import KeyProblem
from simpul.mirror.names import problem, sound
from simpul.mirror.numbers import renumber
from simpul.mirror.packs import new_packs, spotless, worth_keeping
from simpul.mirror.php import build_program

LEAP = 10_000  # versions of metadata that may be lost: nightly renewals of a lifetime


class SiteProblem(Exception):
    """What keeps a site from being released, in Indonesian."""


@dataclass(frozen=True)
class Terms:
    """A release's day (ISO), the age in days after which a copy counts as old, the portal's address, what it
    withdraws, whether an earlier day than that of the release before puts that one right, and the number of a
    release that mirrors have seen though it is lost here.
    """

    date: str
    promise: int = 30
    origin: str = ""
    forget: Wish = NOTHING
    corrects: bool = False
    after: int = 0

    @property
    def forgets(self) -> bool:
        """Whether nothing older may stay. Where releases were lost, a withdrawal may be among them, and what
        is here may be from before it.
        """
        return bool(self.forget) or self.after > 0


class Site:
    """The files to release: a folder, and over it what the release adds, or leaves out (None)."""

    def __init__(self, root: Path, added: Mapping[str, bytes | None], known: Tree | None = None) -> None:
        self.root, self.added, self.known = root, added, known

    def read(self, path: str) -> bytes:
        """The content of a file."""
        data = self.added.get(path)
        return (self.root / path).read_bytes() if data is None else data

    @cached_property
    def tree(self) -> Tree:
        """All files with size and hash."""
        known = self.known or {}
        here = known.keys() or {path.relative_to(self.root).as_posix() for path in self.root.rglob("*")
                                if path.is_file()}
        gone = {path for path, data in self.added.items() if data is None}
        paths = sorted((here | self.added.keys()) - gone)
        if told := problem(paths):
            raise SiteProblem(f"{told}. Ganti namanya di situs, lalu ulangi.")
        tree = {path: known[path] if path in known and path not in self.added
                else File(len(data := self.read(path)), sha256(data)) for path in paths}
        for path, file in tree.items():
            if file.size > MAX_FILE:
                raise SiteProblem(f"{path} berukuran {file.size} bita; paling besar {MAX_FILE}. Kecilkan, "
                                  "atau tautkan saja.")
        return tree

    def plus(self, added: Mapping[str, bytes | None]) -> "Site":
        """The site with more files, or others, or without some (None)."""
        return Site(self.root, {**self.added, **added}, self.tree)


def publish_release(root: Path, out: Path, keys_folder: Path, signers: Mapping[str, CryptoSigner],
                    terms: Terms, tell: Callable[[str], None] = lambda _: None,
                    proposed: bool = False) -> Manifest:
    """Adds the site as the next release of the folder and returns its manifest. One that is only `proposed`
    ends with targets that some have signed; it is not in force.

    Objects are written first and the timestamp last: a host that serves the folder meanwhile serves the old
    release. `tell` hears what the publisher must know and no error is.
    """
    archive = Archive(out)
    _bring_roots(keys_folder, out)
    metadata.check_signers(metadata.newest_root(out), () if proposed else (
        "targets", "snapshot", "timestamp"), signers)
    old = archive.manifests[-1] if archive.manifests else None
    number = max(old.release if old else 0, terms.after) + 1
    if old and terms.date < old.date and not terms.corrects:
        raise SiteProblem(f"tanggal {terms.date} lebih awal daripada rilis {old.release} ({old.date}). "
                          f"Tidak ada yang ditulis. Periksa --date dan jam; bila tanggal rilis {old.release} "
                          "yang keliru, tambahkan --correct-date.")
    site = _complete(_numbered(Site(root, {}), archive, tell), archive.tree(old) if old else {}, number, out,
                     terms)
    forgotten = find(terms.forget, archive, site)
    if named := mentions(forgotten, archive, site):
        tell(f"Judul atau alamat yang dicabut masih disebut di {named[0]}"
             + (f" dan {len(named) - 1} berkas lain" if named[1:] else "") + ". Periksa apakah itu perlu.")
    if taken := zips.taken(out):
        raise SiteProblem(f"{taken} di {out} bukan buatan rilis dan tidak ditimpa. Pindahkan, atau pakai "
                          "folder rilis tersendiri.")
    offers = zips.write_zips(archive, number, terms.date, site.tree, site.read)
    manifest = _write_objects(site, archive, number, terms)._replace(
        zips=tuple(offer.zip for offer in offers))
    client = site.read(generated.CLIENT)
    _keep_client(out, client)
    targets = {**_write_manifests(out, manifest), renew.NAME: client}
    put_in_force = metadata.propose if proposed else metadata.publish
    put_in_force(out, targets, signers, terms.date, LEAP if terms.after else 0)
    zips.show(out, manifest, offers)
    if terms.forget:
        record(out, terms.forget, forgotten)
    if manifest.forgotten:
        collect(out, number)
    return manifest


def _keep_client(out: Path, client: bytes) -> None:
    """For programs that cannot read the release itself."""
    place = out / renew.released(sha256(client))
    if not place.exists():
        metadata.replace(place, client)


def _numbered(site: Site, archive: Archive, tell: Callable[[str], None]) -> Site:
    """The site with the numbers of the last release in its search index."""
    return site.plus(renumber(site.tree, site.read, archive, tell))


def _complete(site: Site, old: Tree, number: int, out: Path, terms: Terms) -> Site:
    """The site with the client, the script of its age and the pages of its changes."""
    roots = metadata.roots(out)
    programs = {generated.CLIENT: build_client(roots), generated.PHP: build_program(roots, terms.origin)}
    found = changes.compare(old, site.tree)
    found = found.unnamed() if terms.forget else found
    return site.plus({
        **programs,
        generated.SCRIPT: generated.script(number, terms.date, terms.promise, terms.origin),
        generated.DATA: changes.as_json(found, number, terms.date),
        generated.PAGE: changes.as_html(found, number, terms.date, site.read,
                                        {path: sha256(data) for path, data in programs.items()},
                                        terms.origin),
    })


def _write_objects(site: Site, archive: Archive, number: int, terms: Terms) -> Manifest:
    listings = archive.listings(archive.manifests[-1]) if archive.manifests else []
    kept = worth_keeping([one for one in listings if sound((*one.files, *one.removed))], site.tree)
    if terms.forgets:
        kept = spotless(kept, site.tree)
    packs = [listing.object for listing in kept]
    for listing, data in new_packs(kept, site.tree, site.read):
        _store(archive.out, listing.object, data)
        packs.append(listing.object)
    deltas = []
    for delta, data in make_deltas(archive, site.tree, site.read):
        _store(archive.out, delta.object, data)
        deltas.append(delta)
    size = sum(file.size for file in site.tree.values())
    forgotten = number if terms.forgets else archive.manifests[-1].forgotten if archive.manifests else 0
    return Manifest(number, terms.date, terms.promise, terms.origin, tree_hash(site.tree), len(site.tree),
                    size, tuple(packs), tuple(deltas), forgotten)


def _write_manifests(out: Path, manifest: Manifest) -> dict[str, bytes]:
    """By name, the manifest and the one for programs without xz, whose objects are written first."""
    made = []
    for item, data in twins.make_twins(out, manifest):
        if data:
            metadata.replace(out / twins.path(item), data)
        made.append(item)
    named = {manifests.NAME: manifests.encode(manifest),
             twins.NAME: manifests.encode(twins.twin_of(manifest, made))}
    for name, data in named.items():
        if len(data) > manifests.MAX_BYTES:
            raise SiteProblem(f"manifes berukuran {len(data)} bita, melebihi {manifests.MAX_BYTES}. "
                              "Jalankan `simpul gc` dulu.")
        metadata.replace(out / "manifes" / f"{sha256(data)}.{name}", data)
    return named


OURS = re.compile(r"objek/[0-9a-f]{64}\.(xz|gz|pyz)|manifes/[0-9a-f]{64}\.manifes(-gzip)?\.json|"
                   r"metadata/\d+\.(root|targets|snapshot)\.json")
"""What a release folder holds of ours, beside the timestamp."""
UNFINISHED = ".baru"  # behind the name of a file whose writing was cut off


def _store(out: Path, item: Object, data: bytes) -> None:
    if not (out / item.path).exists():
        metadata.replace(out / item.path, data)


def _bring_roots(keys_folder: Path, out: Path) -> None:
    """A folder of keys carries the first root; a release folder has it from the first release on."""
    here = metadata.roots(out)
    for version, data in metadata.roots(keys_folder).items():
        if here.get(version, data) != data:
            raise KeyProblem(f"root versi {version} di {keys_folder} bukan milik {out}. "
                             "Pakai kunci portal ini.")
        if version not in here:
            metadata.replace(out / "metadata" / f"{version}.root.json", data)


def collect(out: Path, keep: int) -> list[str]:
    """Removes what the last `keep` releases do not need; returns the paths removed. Roots always stay. Of
    releases before one that withdrew something nothing is kept.
    """
    archive = Archive(out)
    current = metadata.manifest_digest(out)
    in_force = manifests.decode((out / "manifes" / f"{current}.{manifests.NAME}").read_bytes())
    last = [one for one in archive.manifests if one.release >= in_force.forgotten]
    kept = {one.release: one for one in last[-keep:]}
    wanted = {item.path for one in kept.values() for item in archive.packs(one)}
    wanted |= {delta.object.path for one in last[-2:] for delta in one.deltas}
    wanted.add(renew.released(metadata.program_digest(out)))
    also = twins.read_twins(out)
    wanted |= {twins.path(item) for one in kept if one in also for item in also[one].packs}
    wanted |= {twins.path(delta.object) for one in last[-2:] if one.release in also
               for delta in also[one.release].deltas}
    removed = zips.tidy(out, in_force)
    for path in sorted([*(out / "objek").glob("*"), *(out / "manifes").glob("*"),
                        *(out / "metadata").glob("*")]):
        name = path.relative_to(out).as_posix()
        ours = OURS.fullmatch(name.removesuffix(UNFINISHED)) and not path.is_symlink()
        if ours and (name.endswith(UNFINISHED)
                     or (name not in wanted and not _in_force(out, path, current, set(kept)))):
            path.unlink()
            removed.append(name)
    return removed


def _in_force(out: Path, path: Path, current: str, kept: set[int]) -> bool:
    if path.parent.name == "manifes":
        return path.name.startswith(current) or manifests.decode(path.read_bytes()).release in kept
    if path.parent.name == "metadata":
        number, _, role = path.name.partition(".")
        newest = [int(one.name.partition(".")[0]) for one in path.parent.glob(f"*.{role}")
                  if one.name != "timestamp.json"]
        return role == "root.json" or path.name == "timestamp.json" or \
            (number.isdigit() and int(number) == max(newest))
    return False
