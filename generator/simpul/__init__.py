"""Sources -> entries -> Portal -> problems (stop) -> pages -> site -> search + exports -> release -> mirror.

Imports: problems < model, sources < markdown, schema < entries < portal, checks, pages < site < plugin < cli.
"""

import os

os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # validity is decided here; looking takes time
