"""What a build depends on beside its sources: this generator, the libraries that shape its output, and the theme."""

import functools
import hashlib
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

LIBRARIES = ("markdown-it-py", "mdit-py-plugins", "nh3", "pydantic", "jinja2", "pillow", "mkdocs-material", "snowballstemmer")
GENERATOR = Path(__file__).parent
THEME = GENERATOR.parent / "theme"


@functools.cache
def code_version() -> str:
    """Changes whenever the generator or a library that shapes its output changes."""
    libraries = "".join(version(name) for name in LIBRARIES)
    return _digest(sorted(GENERATOR.rglob("*.py"))) + hashlib.sha256(libraries.encode()).hexdigest()


def theme_digest() -> str:
    """Changes whenever a file of the theme does."""
    return _digest(path for path in sorted(THEME.rglob("*")) if path.is_file())


def _digest(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
