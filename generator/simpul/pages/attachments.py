"""Attachments as pages offer them: what each is, how heavy, and under which name it is kept."""

from collections.abc import Iterable, Mapping
from typing import Any

from simpul.addresses import attachment_url
from simpul.model import Attachment
from simpul.pages.page import link
from simpul.portal import Portal

Files = Mapping[str, Mapping[str, Any]]


def files_of(portal: Portal, source: str, names: Iterable[str]) -> Files:
    """Addresses and sizes in bytes of the attachments that a source names, by those names."""
    paths = {name: portal.attachment_path(source, name) for name in names}
    return {name: {"url": attachment_url(path, portal.attachments[path].digest),
                   "bytes": portal.attachments[path].size} for name, path in paths.items()}


def offered(items: Iterable[Attachment], files: Files) -> list[dict[str, Any]]:
    """The attachments with all that a reader weighs before fetching them."""
    return [link(item.judul, files[item.berkas]["url"], name=item.berkas, type=item.jenis,
                 format=item.berkas.rpartition(".")[2].upper(),
                 kilobytes=kilobytes(files[item.berkas]["bytes"])) for item in items]


def kilobytes(size: int) -> int:
    """Of a number of bytes, rounded up."""
    return -(-size // 1024)
