"""Releases of the portal and their copies: sign little, ship solid, merge deltas, apply by journal.

`client/` is the program of a mirror (standard library only, Python 3.9 and newer) and holds the formats; the
files beside it publish, and import from it. Nothing here imports another part of Simpul.
"""
