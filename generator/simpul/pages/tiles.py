"""Provinces as tiles: a map in which each has the same room."""

from typing import Any

from simpul.pages.page import link
from simpul.portal import Region

COLUMNS, ROWS = 13, 7

# A map of tiles, not of land: (column, row) of each province on a grid of 13 x 7.
TILES = {
    "11": (1, 1), "12": (2, 1), "13": (1, 2), "14": (2, 2), "21": (3, 2), "17": (1, 3), "15": (2, 3),
    "16": (3, 3), "19": (4, 3), "18": (3, 4), "36": (3, 5), "31": (4, 5), "32": (4, 6), "33": (5, 6),
    "34": (5, 7), "35": (6, 6), "51": (7, 7), "52": (8, 7), "53": (9, 7), "61": (5, 2), "62": (6, 3),
    "63": (7, 3), "64": (7, 2), "65": (7, 1), "71": (10, 1), "75": (9, 2), "72": (9, 3), "76": (8, 4),
    "73": (9, 4), "74": (10, 4), "82": (11, 2), "81": (11, 4), "96": (12, 2), "92": (12, 3), "94": (13, 4),
    "91": (13, 3), "95": (12, 4), "93": (13, 5),
}
# The usual short names, for the narrow tiles only.
SHORT = {
    "11": "Aceh", "12": "Sumut", "13": "Sumbar", "14": "Riau", "15": "Jambi", "16": "Sumsel",
    "17": "Bengkulu", "18": "Lampung", "19": "Babel", "21": "Kepri", "31": "Jakarta", "32": "Jabar",
    "33": "Jateng", "34": "DIY", "35": "Jatim", "36": "Banten", "51": "Bali", "52": "NTB", "53": "NTT",
    "61": "Kalbar", "62": "Kalteng", "63": "Kalsel", "64": "Kaltim", "65": "Kaltara", "71": "Sulut",
    "72": "Sulteng", "73": "Sulsel", "74": "Sultra", "75": "Gorontalo", "76": "Sulbar", "81": "Maluku",
    "82": "Malut", "91": "Papua", "92": "Pabar", "93": "Pasel", "94": "Pateng", "95": "Papeg", "96": "PBD",
}


def tile(province: Region, shade: int, told: str) -> dict[str, Any]:
    """A province's tile: its place, its shade from 0 (nothing) to 3, and what it says in words."""
    column, row = TILES.get(province.code, (0, 0))
    return link(province.name, f"daerah/{province.code}.html", code=province.code, column=column, row=row,
                short=SHORT.get(province.code, ""), shade=shade, told=told)
