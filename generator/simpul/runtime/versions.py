"""What a build depends on beside its sources: this generator, the libraries that shape its output, and the
theme.
"""

import functools
import hashlib
import os
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

LIBRARIES = frozenset((
    "markdown_it_py", "mdit_py_plugins", "linkify_it_py", "nh3", "pydantic", "pydantic_core", "pyyaml",
    "jinja2", "pillow", "mkdocs_material", "tdewolff_minify", "tinycss2", "icalendar", "pystemmer"))
INSTALLED = re.compile(r"(.+)-[^-]+\.dist-info")
GENERATOR = Path(__file__).parent.parent
THEME = next(path for path in (GENERATOR / "theme", GENERATOR.parent.parent / "theme") if path.is_dir())
"""Within an installed package; beside the generator's folder in a checkout."""


@functools.cache
def code_version() -> str:
    """Changes whenever the generator or a library that shapes its output changes."""
    libraries = " ".join([sys.version, *sorted(_libraries())])
    own = _digest(GENERATOR, sorted(GENERATOR.rglob("*.py")))
    return own + hashlib.sha256(libraries.encode()).hexdigest()


def _libraries() -> Iterator[str]:
    """Names and versions of the libraries, as their folders of metadata tell them (PEP 376)."""
    for folder in sys.path:
        names = os.listdir(folder) if os.path.isdir(folder) else []  # noqa: PTH112, PTH208  # a tenth of the time of pathlib
        for name in names:
            found = INSTALLED.fullmatch(name)
            if found and re.sub(r"[-_.]+", "_", found[1]).lower() in LIBRARIES:
                yield name


def theme_digest() -> str:
    """Changes whenever a file of the theme does."""
    paths = [path for path in sorted(THEME.rglob("*")) if path.is_file()]
    return _theme_digest(tuple((path, path.stat().st_size, path.stat().st_mtime_ns) for path in paths))


@functools.lru_cache(maxsize=1)
def _theme_digest(stamps: tuple[tuple[Path, int, int], ...]) -> str:
    return _digest(THEME, (path for path, *_ in stamps))


def _digest(folder: Path, paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
