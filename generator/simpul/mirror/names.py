"""What keeps a site's names from being released: all of them at once, each with the source of its rule."""

from collections.abc import Iterable

from simpul.mirror.client import names
from simpul.mirror.client.errors import Untrusted
from simpul.mirror.client.tree import check_clashes

SHOWN = 20
_WINDOWS = "Microsoft, Naming Files, Paths, and Namespaces"
SOURCES = {
    names.TOO_LONG: "Microsoft, Maximum Path Length Limitation",
    names.HIDDEN: "Unicode, UAX #44: kategori Cc, Cf, Co, Cs, Zl, Zp dan Default_Ignorable_Code_Point",
    names.FORBIDDEN: _WINDOWS, names.DEVICE: _WINDOWS, names.EDGES: _WINDOWS, names.SHORT: _WINDOWS,
    names.FORM: "Unicode, UAX #15",
    names.OURS: "Panduan tuan rumah cermin, Isi folder",
}


def problem(paths: Iterable[str]) -> str:
    """What is wrong with the names of a site, with the remedy; "" when nothing is."""
    ordered = sorted(paths)
    found = [f"nama berkas {path!r} {why} ({SOURCES[why]})" for path, why in zip(
        ordered, map(names.fault, ordered), strict=True) if why]
    rest = f"\ndan {len(found) - SHOWN} nama lain" if len(found) > SHOWN else ""
    return "\n".join(found[:SHOWN]) + rest or _clash(ordered)


def _clash(paths: Iterable[str]) -> str:
    try:
        check_clashes(paths)
    except Untrusted as error:
        return error.what
    return ""


def sound(paths: Iterable[str]) -> bool:
    """Whether a pack that names these can be read by every copy."""
    return not problem(paths)
