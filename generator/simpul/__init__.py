"""Simpul: sources -> entries -> Portal -> problems (stop here) -> pages -> site -> search + exports -> release -> mirror.

Imports point one way: problems < model, sources < markdown, schema < entries < portal, checks, pages < site < plugin < cli.
"""

import os

os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # what is valid is decided here, and looking for plugins takes time
