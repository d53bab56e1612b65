"""Scripts without what only their writers need; a program of its own, since the minifier's runtime does not
outlive a fork.

Reads scripts by name as JSON and writes them so.
"""

import json
import sys

try:
    import resource
except ImportError:  # Windows has no limits to lift
    resource = None  # type: ignore[assignment]


def main() -> None:
    """All scripts of standard input, minified."""
    if resource:  # the runtime reserves more addresses than a worker may have; what it reads is our own
        most = resource.getrlimit(resource.RLIMIT_AS)[1]
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
    import minify

    scripts: dict[str, str] = json.load(sys.stdin)
    done = {name: minify.string("application/javascript", text) for name, text in scripts.items()}
    json.dump(done, sys.stdout)


if __name__ == "__main__":
    main()
