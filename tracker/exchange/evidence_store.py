"""The files of evidence on disk, outside every folder that a browser reaches: `evidence/ab/cd…`, named by their hash.

A file is never changed: the same content is the same file, whoever brought it.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

_HASH = re.compile(r"[0-9a-f]{64}")
_PIECE = 256 * 1024


class Stored(NamedTuple):
    """What was kept."""

    sha256: str
    size: int


class TooLarge(Exception):
    """The file is larger than this installation takes."""


class EvidenceStore:
    """The files in one folder."""

    def __init__(self, instance: Path) -> None:
        self._folder = instance / "evidence"

    def keep(self, source: BinaryIO, most: int) -> Stored:
        """Keep a file of at most so many bytes; raises TooLarge, and OSError where the disk refuses.

        It is written beside and renamed once it is safe on the disk: a file under its name is always whole.
        """
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(dir=self._folder, prefix=".new-")
        try:
            with os.fdopen(handle, "wb") as file:
                stored = _copied(source, file, most)
                file.flush()
                os.fsync(file.fileno())
            path = self._path(stored.sha256)
            path.parent.mkdir(mode=0o700, exist_ok=True)
            Path(beside).replace(path)
            _sync_folder(path.parent)
        finally:
            Path(beside).unlink(missing_ok=True)
        return stored

    def find(self, sha256: str) -> Path | None:
        """Where the file with this hash stands; None when it is not here."""
        path = self._path(sha256) if _HASH.fullmatch(sha256) else None
        return path if path is not None and path.is_file() else None

    def is_whole(self, sha256: str) -> bool:
        """Whether the file is here, with the content that its name tells."""
        path = self.find(sha256)
        if path is None:
            return False
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == sha256

    def all(self) -> Iterator[str]:
        """The hash of every file that is here."""
        for path in sorted(self._folder.glob("??/*")):
            if _HASH.fullmatch(name := path.parent.name + path.name):
                yield name

    def _path(self, sha256: str) -> Path:
        return self._folder / sha256[:2] / sha256[2:]


def _copied(source: BinaryIO, file: BinaryIO, most: int) -> Stored:
    known, size = hashlib.sha256(), 0
    while piece := source.read(_PIECE):
        size += len(piece)
        if size > most:
            raise TooLarge
        known.update(piece)
        file.write(piece)
    return Stored(known.hexdigest(), size)


def _sync_folder(folder: Path) -> None:
    """The name itself must survive a power cut too."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
