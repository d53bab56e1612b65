"""Which kinds of pages there are: every module of this room that has `pages`, found by itself.

Its `RANK` is the place of its pages in the site map and the summary of a build; its `MENU`, if it has one, is
what it adds to the menu.
"""

from functools import cache
from types import ModuleType

from simpul.pages.page import MenuEntry
from simpul.runtime.modules import modules_of


@cache
def page_modules() -> tuple[ModuleType, ...]:
    """The modules in the order of their ranks."""
    return tuple(sorted(modules_of("simpul.pages", "pages"), key=lambda module: module.RANK))


@cache
def menu(section: str = "") -> tuple[MenuEntry, ...]:
    """The sections of the menu, or what stands below the section whose front page this is, in their order."""
    entries = [entry for module in modules_of("simpul.pages", "MENU") for entry in module.MENU]
    inside = (entry for entry in entries if entry.section == section)
    return tuple(sorted(inside, key=lambda entry: entry.place))
