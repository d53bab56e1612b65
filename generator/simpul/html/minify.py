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

LANGUAGE = 2017
"""The newest JavaScript that every browser with scripts has to read: that of Chrome 61."""


def main() -> None:
    """The scripts of standard input, minified, and what is wrong with those that cannot be."""
    if resource:  # the runtime reserves more addresses than a worker may have; what it reads is our own
        most = resource.getrlimit(resource.RLIMIT_AS)[1]
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
    import minify

    minify.config({"js-version": LANGUAGE})
    scripts: dict[str, str] = json.load(sys.stdin)
    done: dict[str, str] = {}
    wrong: dict[str, str] = {}
    for name, text in scripts.items():
        try:
            done[name] = minify.string("application/javascript", text)
        except Exception as failure:  # whatever the runtime raises is told with the name of the script
            wrong[name] = " ".join(str(failure).split())
    json.dump([done, wrong], sys.stdout)


if __name__ == "__main__":
    main()
