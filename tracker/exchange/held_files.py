"""A file between its dry run and its taking in: kept for an hour, for one account, named by what is in it.

On disk and not in the session, so that what is taken in is to the last byte what was shown. A new file of an account
takes the place of the one before, and every keeping clears what nobody came back for.
"""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path

KEPT_SECONDS = 3600
_NAME = re.compile(r"[0-9a-f]{64}")


class HeldFiles:
    """The files of all accounts in one folder, a folder for each account."""

    def __init__(self, folder: Path, now: float) -> None:
        self._folder, self._now = folder, now

    def keep(self, account: int, data: bytes) -> str:
        """Keep a file for an account; answers its name. Raises OSError where the disk refuses."""
        self._clear()
        name, own = hashlib.sha256(data).hexdigest(), self._folder / str(account)
        own.mkdir(mode=0o700, parents=True, exist_ok=True)
        for other in own.iterdir():
            other.unlink(missing_ok=True)
        beside = own / f".{name}.{os.getpid()}"
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(data)
        os.utime(beside, (self._now, self._now))
        beside.replace(own / name)
        return name

    def read(self, account: int, name: str) -> bytes | None:
        """A file of this account; None when it is not there, not its own, or too old."""
        path = self._path(account, name)
        try:
            return path.read_bytes() if path is not None and not self._is_old(path) else None
        except FileNotFoundError:
            return None

    def drop(self, account: int, name: str) -> None:
        """Forget a file."""
        path = self._path(account, name)
        if path is not None:
            path.unlink(missing_ok=True)

    def _path(self, account: int, name: str) -> Path | None:
        return self._folder / str(account) / name if _NAME.fullmatch(name) else None

    def _is_old(self, path: Path) -> bool:
        return path.stat().st_mtime < self._now - KEPT_SECONDS

    def _clear(self) -> None:
        for path in self._folder.glob("*/*"):
            try:
                if self._is_old(path):
                    path.unlink(missing_ok=True)
            except FileNotFoundError:
                continue
