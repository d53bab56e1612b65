"""Programs of others that read what was built: the W3C's validator, a parser, what browsers know."""

import functools
import json
import os
import shutil
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
MODULES = HERE / "node_modules"
SETUP = f"npm ci --ignore-scripts --prefix {HERE.relative_to(HERE.parent.parent)}"


def needs(program: str, module: str) -> Path:
    """The folder of a module. Without it or its program a test fails in CI, and is skipped elsewhere."""
    missing = [f"{program} is not installed"] if shutil.which(program) is None else []
    missing += [] if (MODULES / module).is_dir() else [f"{module} is missing: {SETUP}"]
    if missing:
        assert not os.environ.get("CI"), missing
        pytest.skip("; ".join(missing))
    return MODULES / module


def invalid(paths: Iterable[Path]) -> list[str]:
    """What the W3C's validator finds wrong with pages: file, line, and what."""
    jar = needs("java", "vnu-jar") / "build/dist/vnu.jar"
    command = ["java", "-Xss8m", "-jar", str(jar), "--format", "json", "--exit-zero-always", *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, encoding="utf-8")
    return [f"{message['url'].rpartition('/site/')[2]}:{message.get('lastLine')}: {message['message']}"
            for message in json.loads(done.stderr)["messages"] if message["type"] != "info"]


def names_in(scripts: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """Of each script its `members`, `keys` and `globals`, or what is `wrong` with it in that of 2017."""
    needs("node", "acorn")
    done = subprocess.run(["node", str(HERE / "names.mjs")], input=json.dumps(scripts), capture_output=True,
                          text=True, check=True, encoding="utf-8")
    found: dict[str, dict[str, Any]] = json.loads(done.stdout)
    return found


@functools.cache
def browsers() -> dict[str, Any]:
    """MDN's table of what browsers know."""
    text = (needs("node", "@mdn/browser-compat-data") / "data.json").read_text("utf-8")
    table: dict[str, Any] = json.loads(text)
    return table


def since(feature: Mapping[str, Any]) -> int:
    """The first version of Chrome that knows a feature, whatever its prefix; a high number for none."""
    support = feature.get("__compat", {}).get("support", {}).get("chrome", {})
    first = 10_000
    for one in support if isinstance(support, list) else [support]:
        added = str(one.get("version_added")).lstrip("≤")
        if added.isdigit() and not {"flags", "alternative_name"} & one.keys():
            first = min(first, int(added))
    return first
