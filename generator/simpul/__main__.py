"""`python -m simpul`."""

from simpul.commands.cli import run

run()
