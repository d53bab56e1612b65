"""The program `simpul`, also started as `python -m simpul`. What is set for the whole process is set here."""

import gc
import os
import sys
from typing import NoReturn


def run() -> NoReturn:
    """The program. It ends at once: to give its memory back piece by piece would take a tenth of a small
    build.
    """
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # none is wanted
    gc.disable()  # a build keeps nearly all it makes: looking for garbage would cost a fifth of its time
    from simpul.commands import language

    language.install()
    from simpul.commands.cli import main

    try:
        main()
    except SystemExit as end:
        if isinstance(end.code, str):  # Python itself tells it
            raise
        code = end.code or 0
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    run()
