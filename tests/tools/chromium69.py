"""A reader with Chromium 69, the engine of Qt 5.12: opens a page, runs steps in it, tells what came of each.

Called with the address and a folder for downloads; the steps are a JSON list on standard input, each a script
whose last value is told. A step whose value is null is asked again, for ten seconds at most.
"""

import json
import os
import sys
from pathlib import Path
from typing import Any

from PyQt5.QtCore import QTimer, QUrl
from PyQt5.QtWebEngineWidgets import QWebEngineDownloadItem, QWebEnginePage
from PyQt5.QtWidgets import QApplication

PATIENCE = 200


class Page(QWebEnginePage):
    """Keeps what scripts say goes wrong."""

    def __init__(self) -> None:
        super().__init__()
        self.errors: list[str] = []

    def javaScriptConsoleMessage(self, level: int, message: str, line: int, source: str) -> None:  # noqa: N802  # Qt's name
        if level == QWebEnginePage.ErrorMessageLevel:
            self.errors.append(f"{source.rpartition('/')[2]}:{line}: {message}")


class Reader:
    """Goes through the steps one after another."""

    def __init__(self, address: str, folder: Path, steps: list[str]) -> None:
        self.page, self.folder, self.steps = Page(), folder, steps
        self.told: list[Any] = []
        self.tries = 0
        self.page.profile().downloadRequested.connect(self.save)
        self.page.loadFinished.connect(lambda _: self.step())
        self.page.load(QUrl(address))

    def save(self, item: QWebEngineDownloadItem) -> None:
        item.setPath(str(self.folder / Path(item.path()).name))
        item.accept()

    def step(self) -> None:
        if len(self.told) < len(self.steps):
            self.page.runJavaScript(self.steps[len(self.told)], self.answered)
        else:
            QTimer.singleShot(500, QApplication.quit)

    def answered(self, value: Any) -> None:
        self.tries += 1
        if value is None and self.tries < PATIENCE:
            QTimer.singleShot(50, self.step)
            return
        self.tries = 0
        self.told.append(value)
        self.step()


def main() -> None:
    """Prints what each step told, and the errors."""
    app = QApplication([sys.argv[0], "--no-sandbox"])
    reader = Reader(sys.argv[1], Path(sys.argv[2]), json.load(sys.stdin))
    app.exec_()
    json.dump([reader.told, reader.page.errors], sys.stdout)
    sys.stdout.flush()
    os._exit(0)  # Qt and Python do not agree on who takes the page apart


if __name__ == "__main__":
    main()
