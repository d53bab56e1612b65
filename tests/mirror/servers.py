"""Real web servers on this machine, set up as the guide for mirrors prints it: nginx, Apache, Caddy."""

import http.client
import os
import re
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent.parent
HAS_IPV6 = Path("/proc/net/if_inet6").is_file()
GUIDE = ROOT / "content" / "panduan" / "cermin.md"


class NotRunning(Exception):
    """What the server said before it gave up."""


class Web(NamedTuple):
    """A server's port, folder, and lines of its log (`status bytes-sent path`; nginx adds bytes received)."""

    port: int
    root: Path
    log: Path

    def get(self, path: str, **headers: str) -> tuple[int, Mapping[str, str], bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request("GET", path,
                           headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        found = answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
        connection.close()
        return found


def example(language: str, root: Path, port: int) -> str:
    """The block of the guide, with this machine's folder and port."""
    found = re.search(rf"^```{language}\n(.*?)^```$", GUIDE.read_text(encoding="utf-8"),
                      re.DOTALL | re.MULTILINE)
    assert found, f"the guide has no example for {language}"
    text = found[1].replace("/var/www/simpul", str(root)).replace("listen 80", f"listen 127.0.0.1:{port}")
    text = text.replace("listen [::]:80;", f"listen [::1]:{port};" if HAS_IPV6 else "")
    return text.replace(":80 {", f":{port} {{")


def nginx(folder: Path, root: Path, port: int) -> list[str]:
    (folder / "nginx.conf").write_text(f"""daemon off; pid {folder}/pid; error_log {folder}/error.log;
events {{}}
http {{ include /etc/nginx/mime.types; default_type application/octet-stream;
log_format bytes '$status $bytes_sent $request_uri $request_length'; access_log {folder}/access.log bytes;
client_body_temp_path {folder}/1; proxy_temp_path {folder}/2; \
fastcgi_temp_path {folder}/3; uwsgi_temp_path {folder}/4;
scgi_temp_path {folder}/5;
{example("nginx", root, port)} }}""", encoding="utf-8")
    return ["nginx", "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")]


def apache(folder: Path, root: Path, port: int) -> list[str]:
    modules = "\n".join(f"LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so"
                        for name in ("mpm_event", "authz_core", "dir", "mime", "filter", "deflate", "headers",
                                     "alias"))
    (folder / "httpd.conf").write_text(f"""{modules}
ServerName simpul.example
Listen 127.0.0.1:{port}
PidFile {folder}/pid
ErrorLog {folder}/error.log
LogFormat "%>s %O %U" bytes
CustomLog {folder}/access.log bytes
TypesConfig /etc/mime.types
DocumentRoot {root}
<Directory {root}>
    AllowOverride All
    Require all granted
</Directory>
{"User www-data" if os.geteuid() == 0 else ""}
""", encoding="utf-8")
    (root / ".htaccess").write_text(example("apache", root, port), encoding="utf-8")
    return ["apache2", "-f", str(folder / "httpd.conf"), "-DFOREGROUND"]


def caddy(folder: Path, root: Path, port: int) -> list[str]:
    (folder / "Caddyfile").write_text("{\nadmin off\nauto_https off\n}\n" + example("caddy", root, port),
                                      encoding="utf-8")
    return ["caddy", "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"]


SERVERS: dict[str, Callable[[Path, Path, int], list[str]]] = {"nginx": nginx, "apache2": apache,
                                                              "caddy": caddy}


@contextmanager
def running(name: str, root: Path) -> Iterator[Web]:
    """The server, started on a free port; its own user must be able to read the folder."""
    with tempfile.TemporaryDirectory() as place, socket.create_server(("127.0.0.1", 0)) as free:
        folder, port = Path(place), free.getsockname()[1]
        folder.chmod(0o777)
        free.close()
        log = (folder / "out.txt").open("wb")
        process = subprocess.Popen(SERVERS[name](folder, root, port), stdout=log, stderr=log,
                                   env={**os.environ, "HOME": place})
        try:
            _wait(port, process, folder)
            yield Web(port, root, folder / "access.log")
        finally:
            process.terminate()
            process.wait(10)
            log.close()


def _wait(port: int, process: "subprocess.Popen[bytes]", folder: Path) -> None:
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), 0.2).close()
        except OSError:
            if process.poll() is not None:
                break
            time.sleep(0.05)
        else:
            return
    raise NotRunning("".join(path.read_text(errors="replace") for path in sorted(folder.glob("*.*"))
                             if path.suffix in (".txt", ".log")))
