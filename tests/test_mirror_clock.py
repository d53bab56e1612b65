"""A certificate refused for its time: whether this machine's clock or the certificate is wrong is said."""

import http.server
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from simpul.mirror.client import clock
from simpul.mirror.client import main as client_main
from simpul.mirror.client.disk import Folder
from simpul.mirror.client.sources import FolderSource
from tests.mirror.world import Publisher, quiet, run

YEAR = timedelta(days=365)


def certificate(folder: Path, begins: datetime) -> Path:
    """A certificate for 127.0.0.1, valid a year, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "x")])
    made = (x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
            .serial_number(1).not_valid_before(begins).not_valid_after(begins + YEAR)
            .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), False)
            .add_extension(x509.BasicConstraints(ca=True, path_length=None), True)
            .sign(key, hashes.SHA256()))
    place = folder / "sertifikat.pem"
    place.write_bytes(made.public_bytes(serialization.Encoding.PEM) + key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
    return place


@contextmanager
def serving(secure: Path | None = None, says: str | None = None) -> Iterator[int]:
    class Silent(http.server.BaseHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

        def date_time_string(self, timestamp: float | None = None) -> str:
            return says or super().date_time_string(timestamp)

        def do_HEAD(self) -> None:
            self.send_response(200)
            self.end_headers()

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Silent) as server:
        server.handle_error = lambda *_: None  # type: ignore[method-assign,assignment]  # refused handshakes
        if secure:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(secure)
            server.socket = context.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield server.server_port
        server.shutdown()


@pytest.mark.parametrize(("begins", "says", "told"), [
    (YEAR * 3, datetime.now(UTC) + YEAR * 3.5,
     "padahal seharusnya sekitar {there} UTC. Karena itu sertifikat https tampak tidak sah. Betulkan jamnya: "
     'sudo timedatectl set-ntp true, atau tanpa jaringan: sudo date -u -s "{there}". Lalu ulangi; sertifikat '
     "tidak pernah dilewati.\n"),
    (YEAR * -3, datetime.now(UTC) - YEAR * 2.5, "padahal seharusnya sekitar {there} UTC."),
    (YEAR * -3, datetime.now(UTC), "Jam komputer ini benar ("),
    (YEAR * -3, datetime.now(UTC), "sertifikat 127.0.0.1 sudah habis masa berlakunya. Beri tahu "
                                   "pengelolanya, atau pakai sumber lain. Salinan lama tetap disajikan.\n"),
    (YEAR * 3, datetime.now(UTC), "sertifikat 127.0.0.1 belum berlaku."),
    (YEAR * 3, None, "Bila itu keliru, betulkan dulu: "),
])
def test_whose_time_is_wrong_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                     capsys: pytest.CaptureFixture[str], begins: timedelta,
                                     says: datetime | None, told: str) -> None:
    centre = Publisher(tmp_path)
    centre.release({"index.html": b"<title>Beranda</title>"})
    run([FolderSource(str(centre.out))], Folder(tmp_path / "salinan"), centre.roots)
    place = certificate(tmp_path, datetime.now(UTC) + begins)
    monkeypatch.setenv("SSL_CERT_FILE", str(place))
    monkeypatch.setattr(client_main, "_roots", lambda: centre.roots)
    monkeypatch.setattr(client_main, "_pace", lambda *_: quiet())
    said = says.strftime("%a, %d %b %Y %H:%M:%S GMT") if says else None
    with serving(place) as port, serving(says=said) as plain:
        monkeypatch.setattr(clock, "PLAIN", plain if says else 9)
        assert client_main.main(["sync", f"https://127.0.0.1:{port}/", str(tmp_path / "salinan")]) == 1
    err = capsys.readouterr().err
    assert told.format(there=says.strftime("%Y-%m-%d %H:%M") if says else "") in err
    assert "GAGAL: sertifikat 127.0.0.1 tidak sah" in err


def test_another_fault_of_a_certificate_is_no_matter_of_time(tmp_path: Path) -> None:
    error = ssl.SSLCertVerificationError(1, "self-signed")
    error.verify_code = 18
    failed = OSError()
    failed.__cause__ = error
    assert clock.certificate(failed, "2026-11-28T00:00:00Z", [], "") == ""
