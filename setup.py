"""The wheel holds the theme, which stands beside the package in a checkout. All else is told in
pyproject.toml.
"""

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py


class WithTheme(build_py):
    """Copies the theme into the package; an editable install uses it where it stands."""

    def run(self) -> None:
        package = Path(self.build_lib, "simpul")
        if not self.editable_mode:
            shutil.rmtree(package, ignore_errors=True)  # of an earlier wheel
        super().run()
        if not self.editable_mode:
            shutil.copytree("theme", package / "theme", ignore=shutil.ignore_patterns(".*", "*~"))


setup(cmdclass={"build_py": WithTheme})
