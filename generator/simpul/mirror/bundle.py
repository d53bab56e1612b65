"""The client as one file: a zip of its modules and the trusted root. Same input, same bytes."""

import ast
import io
import json
import zipfile
from collections.abc import Mapping
from importlib import resources

from simpul.mirror.client import stick
from simpul.mirror.client.renew import NAME as NAME

PACKAGE = "simpul_mirror"
SHEBANG = b"#!/usr/bin/env python3\n"
START = f"""import sys
if sys.version_info < (3, 9):
    sys.exit("Program ini perlu Python 3.9 atau lebih baru; yang dipakai sekarang %d.%d. \
Pasang dari python.org, "
             "lalu ulangi dengan Python itu." % sys.version_info[:2])
from {PACKAGE}.main import main
sys.exit(main())
"""
TIME = (1980, 1, 1, 0, 0, 0)  # the earliest a zip can tell: the bytes must not depend on the day


def build_client(roots: Mapping[int, bytes]) -> bytes:
    """The program that trusts the newest of these roots (root metadata by version)."""
    folder = resources.files("simpul.mirror") / "client"
    files = {f"{PACKAGE}/{file.name}": _without_docstrings(file.read_bytes()) for file in folder.iterdir()
             if file.name.endswith(".py")}
    files |= {f"{PACKAGE}/windows/{name}": (folder / "windows" / name).read_bytes() for name in stick.NAMES}
    files["__main__.py"] = START.encode()
    files[f"{PACKAGE}/roots.json"] = json.dumps({str(version): roots[version].decode()
                                                 for version in sorted(roots)}).encode()
    buffer = io.BytesIO()
    buffer.write(SHEBANG)
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(files):
            info = zipfile.ZipInfo(name, TIME)
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(info, files[name])
    return buffer.getvalue()


def _without_docstrings(source: bytes) -> bytes:
    """A fifth less to send. Lines keep their numbers, so that a report of an error leads to the source."""
    lines = source.splitlines(keepends=True)
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and \
                isinstance(node.value.value, str):
            first, last = node.lineno - 1, (node.end_lineno or node.lineno) - 1
            text = lines[first][:node.col_offset] + b'""' + b"\n" * (last - first) + \
                lines[last][node.end_col_offset:]
            lines[first:last + 1] = text.splitlines(keepends=True)
    return b"".join(lines)
