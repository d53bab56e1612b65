"""Parts -> a zip whose bytes do not depend on the day or the machine."""

import io
import zipfile
from collections.abc import Mapping

TIME = (1980, 1, 1, 0, 0, 0)
"""The earliest a zip can tell."""


def packed(parts: Mapping[str, bytes], *, compress: bool) -> bytes:
    """The zip: parts by name, in order, without dates. What is packed already needs no second time."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in sorted(parts):
            info = zipfile.ZipInfo(name, TIME)
            info.create_system = 0
            info.compress_type = zipfile.ZIP_DEFLATED if compress else zipfile.ZIP_STORED
            archive.writestr(info, parts[name], compresslevel=9)
    return file.getvalue()
