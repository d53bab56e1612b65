"""What earlier runs have worked out, in one SQLite file. It may be deleted, damaged or stale at any time:
then it is made anew, and the result is the same.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from simpul.runtime.packing import load
from simpul.runtime.versions import code_version

TABLES = {
    "entry": "folder TEXT PRIMARY KEY, value BLOB",
    "body": "path TEXT PRIMARY KEY, digest TEXT, value BLOB",
    "taken": "site TEXT, url TEXT, entry BLOB, PRIMARY KEY (site, url)",
    "stems": "site TEXT, bucket INTEGER, value BLOB, PRIMARY KEY (site, bucket)",
    "cards": "site TEXT, block INTEGER, value BLOB, PRIMARY KEY (site, block)",
    "note": "name TEXT PRIMARY KEY, value BLOB",
}


class Cache:
    """A set of tables; each row is worth nothing but time."""

    def __init__(self, path: Path) -> None:
        self.path, self.writing = path, False
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self.database = self._open(path)
        except sqlite3.Error:
            with suppress(OSError):
                path.unlink()
            try:
                self.database = self._open(path)
            except sqlite3.Error:  # no room on the disk, say: then nothing is remembered
                self.database = self._open(":memory:")

    def _open(self, path: Path | str) -> sqlite3.Connection:
        database = sqlite3.connect(path, timeout=60, isolation_level=None, check_same_thread=False)
        database.execute("PRAGMA page_size=16384")
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("PRAGMA synchronous=OFF")
        if self._version(database) != code_version():  # another version's tables may have other columns
            for name, columns in TABLES.items():
                database.execute(f"DROP TABLE IF EXISTS {name}")
                database.execute(f"CREATE TABLE {name} ({columns})")
            database.execute("INSERT INTO note VALUES ('version', ?)", (code_version(),))
        return database

    @staticmethod
    def _version(database: sqlite3.Connection) -> Any:
        tables = {name for name, in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if not tables >= TABLES.keys():
            return None
        row = database.execute("SELECT value FROM note WHERE name = 'version'").fetchone()
        return row and row[0]

    def rows(self, query: str, *values: Any) -> Iterator[tuple[Any, ...]]:
        """The rows of a query; a damaged file reads as empty."""
        try:
            yield from self.database.execute(query, values)
        except sqlite3.DatabaseError:
            return

    def value(self, table: str, key: str, digest: str) -> Any:
        """The value of a row whose digest still fits, or None."""
        for row in self.rows(f"SELECT value FROM {table} WHERE path = ? AND digest = ?", key, digest):
            return load(row[0])
        return None

    @contextmanager
    def together(self) -> Iterator[None]:
        """All that is written and forgotten in the block, or none of it; a cache that cannot be written is
        left as it is.
        """
        if self.writing:  # a part of a larger block, which fails with it
            yield
            return
        self.writing = True
        try:
            with suppress(sqlite3.DatabaseError):
                self.database.execute("BEGIN IMMEDIATE")
            yield
            if self.database.in_transaction:
                self.database.execute("COMMIT")
        except sqlite3.DatabaseError:
            with suppress(sqlite3.DatabaseError):
                self.database.execute("ROLLBACK")
        finally:
            self.writing = False

    def write(self, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
        """Puts rows in a table, all of them or none."""
        rows = list(rows)
        if rows:
            marks = ",".join("?" * len(rows[0]))
            self._many(f"INSERT OR REPLACE INTO {table} VALUES ({marks})", rows)

    def _many(self, statement: str, rows: Iterable[tuple[Any, ...]]) -> None:
        with self.together():
            if self.database.in_transaction:
                self.database.executemany(statement, rows)

    def note(self, name: str) -> Any:
        """A remembered value, or None."""
        for row in self.rows("SELECT value FROM note WHERE name = ?", name):
            return load(row[0])
        return None

    def forget(self, table: str, where: str, keys: Iterable[tuple[str, ...]]) -> None:
        """Removes rows whose source or page is gone."""
        keys = list(keys)
        if keys:
            self._many(f"DELETE FROM {table} WHERE {where}", keys)

    def close(self) -> None:
        """Ends the connection."""
        self.database.close()
