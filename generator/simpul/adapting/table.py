"""A review as a person reads it: three texts side by side."""

import io
import sys
from collections.abc import Sequence

from simpul.adapting.reviewing import Compared
from simpul.portal import Portal

GONE = "(bagian ini tidak ada lagi di modul pusat)"
MISSING = "(teks lama tidak ada di riwayat git; hanya sidiknya diketahui)"
WIDTH = 120


def side_by_side(portal: Portal, name: str, found: Sequence[Compared]) -> str:
    """What an adaptation was made from, what the centre says now, what the region says: three columns."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    adaptation = portal.adaptations[name]
    today = portal.modules[adaptation.modul].versi
    head = f"Modul pusat {adaptation.modul}: dasar penyesuaian versi {adaptation.basis_versi}, kini {today}."
    if not found:
        return f"{head}\nTidak ada bagian yang berubah di bawah penyesuaian ini."
    printed = io.StringIO()
    console = Console(width=None if sys.stdout.isatty() else WIDTH, file=printed)
    for item in found:
        table = Table("Pusat, dasar penyesuaian", "Pusat, kini", "Daerah", title=f"## {item.section}",
                      show_lines=True)
        cells = (MISSING if item.old is None else item.old, GONE if item.new is None else item.new,
                 item.local)
        table.add_row(*(Text(cell) for cell in cells))
        console.print(table)
    return f"{head}\n{printed.getvalue()}"
