"""Options that commands share."""

from pathlib import Path

import click

FOLDER = click.Path(file_okay=False, path_type=Path)
EXISTING = click.Path(exists=True, file_okay=False, path_type=Path)

root_option = click.option("--root", type=EXISTING, default=".",
                           help="Folder sumber portal (bawaan: folder ini).")
