"""Several sources, of which any may be frozen; and words and exit codes that tell a race, a stale node and a
login page from an attack.
"""

import datetime
import http.server
import ipaddress
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from simpul.mirror import metadata
from simpul.mirror.client.disk import Folder
from simpul.mirror.client.download import Pace
from simpul.mirror.client.errors import Intercepted, MirrorError, Unreachable, Unsettled
from simpul.mirror.client.export import export
from simpul.mirror.client.http import HttpSource
from simpul.mirror.client.sources import Answer
from tests.mirror import hosts
from tests.mirror.world import MemoryDisk, MemorySource, Publisher, run
from tests.test_mirror_trust import rotate

CENTRE, NEIGHBOUR = "http://pusat.example/", "http://tetangga.example/"


class Scene(NamedTuple):
    """A release folder as it was on 5 September, on 20 November (by a renewal) and with a second release."""

    roots: dict[int, bytes]
    frozen: dict[str, bytes]
    renewed: dict[str, bytes]
    newest: dict[str, bytes]


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    centre = Publisher(tmp_path_factory.mktemp("pusat"))
    centre.release({"index.html": b"satu"}, "2026-09-05")
    frozen = centre.files()
    metadata.renew(centre.out, centre.signers, "2026-11-20")
    renewed = centre.files()
    centre.release({"index.html": b"dua"}, "2026-11-24")
    return Scene(centre.roots, frozen, renewed, centre.files())


def followed(sources: list[MemorySource], roots: Mapping[int, bytes],
             disk: MemoryDisk | None = None) -> tuple[MemoryDisk, list[str]]:
    """The copy, and what its user was told."""
    told: list[str] = []
    disk = disk or MemoryDisk()
    run(sources, disk, roots, pace=Pace(told.append, sleep=lambda _: None))
    return disk, told


def test_of_several_sources_the_newest_is_taken_and_the_frozen_one_named(scene: Scene) -> None:
    """A neighbour that stands still since 80 days, named first."""
    disk, told = followed([MemorySource(scene.frozen, NEIGHBOUR), MemorySource(scene.newest, CENTRE)],
                          scene.roots)
    assert disk.site()["index.html"] == b"dua"
    assert told == [f"{NEIGHBOUR} tertinggal 80 hari dari {CENTRE} (timestamp versi 1, bukan 3); yang "
                    "terbaru dipakai"]


def test_a_copy_that_knows_more_names_the_frozen_one_with_its_age(scene: Scene) -> None:
    disk, _ = followed([MemorySource(scene.newest, CENTRE)], scene.roots)
    _, told = followed([MemorySource(scene.frozen, NEIGHBOUR), MemorySource(scene.newest, CENTRE)],
                       scene.roots, disk)
    assert told == [f"{NEIGHBOUR}: sumber menawarkan timestamp versi 1, padahal versi 3 sudah pernah dilihat "
                    "(tertinggal 80 hari). Salinan tidak dimundurkan dan tetap disajikan. Biasanya simpanan "
                    "sementara (cache) di sumber itu tertinggal; bila besok masih begini, pakai sumber lain "
                    "dan beri tahu pengelolanya."]


def test_sources_that_agree_are_taken_in_their_order_for_two_requests_each(scene: Scene) -> None:
    first, second = MemorySource(scene.newest, NEIGHBOUR), MemorySource(scene.newest, CENTRE)
    disk, told = followed([first, second], scene.roots)
    assert told == []
    assert [path for path in second.asked if "root" not in path] == ["metadata/timestamp.json"]
    before = disk.count
    assert run([first, second], disk, scene.roots).requests == 4
    assert disk.count == before


def test_a_dead_source_is_told_and_the_other_used(scene: Scene) -> None:
    disk, told = followed([MemorySource({}, NEIGHBOUR), MemorySource(scene.newest, CENTRE)], scene.roots)
    assert disk.site()["index.html"] == b"dua"
    assert told == [f"{NEIGHBOUR}: metadata/timestamp.json tidak ada."]


def test_a_thief_with_a_withdrawn_key_is_not_the_newest(tmp_path: Path) -> None:
    """Asked first, it holds high numbers under the old key; the other tells of the new root."""
    centre = Publisher(tmp_path)
    centre.release({"index.html": b"satu"})
    stolen = metadata.Metadata.from_bytes(centre.files()["metadata/timestamp.json"])
    stolen.signed.version = 1000
    stolen.signatures.clear()
    for signer in centre.signers.values():
        stolen.sign(signer, append=True)
    thief = MemorySource({**centre.files(), "metadata/timestamp.json": stolen.to_bytes()}, NEIGHBOUR)
    rotate(centre, "online")
    centre.release({"index.html": b"dua"})
    disk, told = followed([thief, MemorySource(centre.files(), CENTRE)], centre.roots)
    assert disk.site()["index.html"] == b"dua"
    assert f"{NEIGHBOUR}: sumber masih memakai kunci yang sudah diganti." in told[0]


def test_even_the_newest_may_be_older_than_promised(scene: Scene) -> None:
    _, told = followed([MemorySource(scene.renewed, CENTRE)], scene.roots)
    assert told == ["rilis terbaru di sumber berumur 80 hari, padahal pusat berjanji paling lama 30 hari. "
                    "Mungkin sumber itu tertinggal: tambahkan sumber lain, atau tanyakan kepada pengelola "
                    "portal pusat"]


def test_a_second_newest_source_helps_where_the_newest_fails_half_way(scene: Scene) -> None:
    broken = {path: data for path, data in scene.newest.items() if ".targets." not in path}
    disk, _ = followed([MemorySource(broken, NEIGHBOUR), MemorySource(scene.newest, CENTRE)], scene.roots)
    assert disk.site()["index.html"] == b"dua"


# Words and codes.

def mixed(scene: Scene) -> dict[str, bytes]:
    """A host of several nodes: the timestamp of one, the rest of another."""
    return {**scene.renewed, "metadata/timestamp.json": scene.newest["metadata/timestamp.json"]}


def cut(name: str) -> Callable[[Scene], dict[str, bytes]]:
    return lambda scene: {path: data[:len(data) // 2] if name in path else data
                          for path, data in scene.newest.items()}


def forged(name: str) -> Callable[[Scene], dict[str, bytes]]:
    def flip(data: bytes) -> bytes:
        at = data.index(b'"sig":"') + 20
        return data[:at] + (b"0" if data[at:at + 1] != b"0" else b"1") + data[at + 1:]
    return lambda scene: {path: flip(data) if name in path else data for path, data in scene.newest.items()}


def page(scene: Scene) -> dict[str, bytes]:
    return dict.fromkeys(scene.newest, b"\n<!doctype html><title>Masuk ke jaringan</title>")


HARMLESS = {
    "a release being uploaded": (mixed, 6, "belum memuat metadata/"),
    "a timestamp half written": (cut("timestamp"), 6, "metadata timestamp terpotong atau rusak di jalan"),
    "targets half written": (cut(".targets."), 6, "targets terpotong"),
    "a manifest half written": (cut("manifes.json"), 6, r"isi manifes\.json terpotong"),
    "a stale node": (lambda scene: scene.frozen, 7, "sudah pernah dilihat"),
    "a login page": (page, 8, "halaman web, bukan berkas rilis"),
    "an address that is none": (lambda _: {}, 1, "tidak ada"),
}
ATTACKS = {
    "a forged timestamp": (forged("timestamp"), 3, "tanda tangan timestamp tidak sah"),
    "forged targets": (forged(".targets."), 3, "targets"),
}


@pytest.mark.parametrize("name", [*HARMLESS, *ATTACKS])
def test_harmless_causes_and_attacks_have_their_own_words_and_codes(scene: Scene, name: str) -> None:
    files, code, message = {**HARMLESS, **ATTACKS}[name]
    disk, _ = followed([MemorySource(scene.renewed)], scene.roots)
    site = disk.site()
    with pytest.raises(MirrorError, match=message) as caught:
        run([MemorySource(files(scene))], disk, scene.roots)
    assert caught.value.code == code
    assert ("beri tahu pengelola portal pusat" in caught.value.remedy) == (code == 3)
    assert disk.site() == site
    run([MemorySource(scene.newest)], disk, scene.roots)
    assert disk.site()["index.html"] == b"dua"


def test_of_two_bad_sources_the_graver_is_told(scene: Scene) -> None:
    with pytest.raises(MirrorError) as caught:
        run([MemorySource(forged("timestamp")(scene)), MemorySource({})], MemoryDisk(), scene.roots)
    assert caught.value.code == 3


def test_a_race_that_ends_while_the_client_waits_is_no_failure(scene: Scene) -> None:
    class Uploading(MemorySource):
        def answer(self, path: str, start: int) -> Answer:
            if len(self.asked) > 5:
                self.files = dict(scene.newest)
            return super().answer(path, start)

    disk, told = followed([Uploading(mixed(scene))], scene.roots)
    assert disk.site()["index.html"] == b"dua"
    assert "belum memuat metadata/" in told[0]
    assert told[0].endswith("mencoba lagi")


def test_half_a_release_is_not_passed_on(scene: Scene, tmp_path: Path) -> None:
    disk, _ = followed([MemorySource(scene.renewed)], scene.roots)
    with pytest.raises(Unsettled):
        run([MemorySource(mixed(scene))], disk, scene.roots)
    with pytest.raises(MirrorError, match="belum mencapai rilis yang terakhir dilihat"):
        export(disk, Folder(tmp_path), scene.roots, b"", False)
    run([MemorySource(scene.newest)], disk, scene.roots)
    export(disk, Folder(tmp_path), scene.roots, b"", False)
    assert (tmp_path / "rilis" / "metadata" / "timestamp.json").read_bytes() == \
        scene.newest["metadata/timestamp.json"]


@pytest.mark.parametrize("kind", [hosts.LoginPage, hosts.LoginRedirect, hosts.LoginStatus],
                         ids=lambda kind: kind.__name__)
def test_the_login_of_a_network_is_named_as_such(scene: Scene, kind: type[hosts.Honest]) -> None:
    with hosts.host(kind, {}) as (address, asked), \
            pytest.raises(Intercepted, match="Bila jaringan ini meminta masuk dulu") as caught:
        run([HttpSource(address, 5)], MemoryDisk(), scene.roots)
    assert caught.value.code == 8
    assert len(asked) <= 2, "no use asking again"


# A wrong certificate: of another, or of another time.

def certificate(place: Path, name: str, first: str, last: str) -> None:
    """One that vouches for itself, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "sumber")])
    names = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1")) if not name
                                         else x509.DNSName(name)])
    made = x509.CertificateBuilder(subject, subject, key.public_key(), 7,
                                   datetime.datetime.fromisoformat(first),
                                   datetime.datetime.fromisoformat(last)) \
        .add_extension(names, critical=False).sign(key, hashes.SHA256())
    place.write_bytes(made.public_bytes(serialization.Encoding.PEM) + key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))


@contextmanager
def secured(place: Path) -> Iterator[str]:
    """A host over https with this certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(place)
    with http.server.HTTPServer(("127.0.0.1", 0), hosts.Honest) as server:
        server.handle_error = lambda *_: None  # type: ignore[method-assign,assignment]
        server.socket = context.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield f"https://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.mark.parametrize(("name", "first", "last", "code", "message"), [
    ("", "2020-01-01", "2021-01-01", 1,
     r"sertifikat 127\.0\.0\.1 tidak sah .* Periksa jam komputer ini lebih dulu"),
    ("", "2120-01-01", "2121-01-01", 1, "Periksa jam komputer ini lebih dulu"),
    ("login.hotspot.example", "2020-01-01", "2099-01-01", 8, "Bila jaringan ini meminta masuk dulu"),
], ids=["of yesterday", "of tomorrow", "of another"])
def test_a_wrong_certificate_is_a_clock_or_a_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                                     name: str, first: str, last: str, code: int,
                                                     message: str) -> None:
    certificate(tmp_path / "a.pem", name, first, last)
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "a.pem"))
    with secured(tmp_path / "a.pem") as address, pytest.raises(Unreachable, match=message) as caught:
        HttpSource(address, 5).open("metadata/timestamp.json")
    assert caught.value.code == code
    assert "jangan dilewati" in str(caught.value)
