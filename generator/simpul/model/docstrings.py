"""The docstrings of fields, read from the source when they are asked for: a build hardly ever does."""

import ast
import inspect
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise


@cache
def docstrings(module: str) -> Mapping[str, Mapping[str, str]]:
    """By class and field, the texts that stand below the fields of a module's classes."""
    tree = ast.parse(inspect.getsource(sys.modules[module]))
    return {part.name: dict(_fields(part)) for part in tree.body if isinstance(part, ast.ClassDef)}


def _fields(part: ast.ClassDef) -> Iterator[tuple[str, str]]:
    for node, below in pairwise(part.body):
        match node, below:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(text))):
                yield name, inspect.cleandoc(text)
