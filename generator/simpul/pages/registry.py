"""Which kinds of pages there are: every module of this room that has `pages`, found by itself.

Its `RANK` is the place of its pages in the site map and the summary of a build; its `MENU`, if it has one, is
what it adds to the menu.
"""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

from simpul.pages.page import MenuEntry

ROOM = __name__.rpartition(".")[0]


@cache
def page_modules() -> tuple[ModuleType, ...]:
    """The modules in the order of their ranks."""
    room = import_module(ROOM)
    modules = [import_module(f"{ROOM}.{found.name}") for found in iter_modules(room.__path__)]
    return tuple(sorted((module for module in modules if hasattr(module, "pages")),
                        key=lambda module: (module.RANK, module.__name__)))


@cache
def menu(section: str = "") -> tuple[MenuEntry, ...]:
    """The sections of the menu, or what stands below the section whose front page this is, in their order."""
    entries = [entry for module in page_modules() for entry in getattr(module, "MENU", ())]
    inside = (entry for entry in entries if entry.section == section)
    return tuple(sorted(inside, key=lambda entry: entry.place))
