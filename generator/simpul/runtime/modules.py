"""Modules that are found by themselves: whoever adds one to a room need not name it anywhere else."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType


@cache
def modules_of(room: str, name: str) -> tuple[ModuleType, ...]:
    """The modules of a package that have something of this name, by their own names."""
    found = (import_module(f"{room}.{module.name}") for module in iter_modules(import_module(room).__path__))
    return tuple(module for module in found if hasattr(module, name))
