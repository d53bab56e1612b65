"""The minutes that a plan of a module must have."""

from simpul.figures.delivery import share
from simpul.portal import Portal


def minutes_of(portal: Portal, module: str, model: str) -> list[tuple[str, int]]:
    """The components of a model with a module's minutes for each."""
    components = portal.models[model].komponen
    time = portal.modules[module].menit
    parts = share(time.teori + time.praktik, [component.menit for component in components])
    return [(component.jenis, part) for component, part in zip(components, parts, strict=True)]
