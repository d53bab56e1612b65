"""Scripts without what only their writers need; a program of its own, since the minifier's runtime does not outlive a fork.

Reads scripts by name as JSON and writes them so.
"""

import json
import sys

import minify


def main() -> None:
    """All scripts of standard input, minified."""
    scripts: dict[str, str] = json.load(sys.stdin)
    json.dump({name: minify.string("application/javascript", text) for name, text in scripts.items()}, sys.stdout)


if __name__ == "__main__":
    main()
