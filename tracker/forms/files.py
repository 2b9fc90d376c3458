"""The file of a piece of evidence on a form: what is there already, what was just brought, and what was wrong."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import msgspec

from tracker.domain.entries import Entry

CHOSEN, HELD, LOST = "_file", "_held", "_lost"
"""The control that chooses a file, the proof that one was brought before, and the name of one that did not come."""


class File(msgspec.Struct, frozen=True):
    """A file as a form tells it."""

    name: str
    meta: str
    sha256: str
    token: str = ""
    """Proves on the next sending that this account brought it; empty = it is stored with the record."""
    url: str | None = None


class Files(msgspec.Struct):
    """The files of one form."""

    brought: dict[str, File] = msgspec.field(default_factory=dict)
    """By the beginning of the row's names: brought with this form, now or the time before."""
    stored: dict[str, File] = msgspec.field(default_factory=dict)
    """By hash: those of the record."""
    faults: dict[str, str] = msgspec.field(default_factory=dict)
    """By the beginning of the row's names: why a file was not taken."""
    most: int = 0
    """Bytes of the largest file that is taken."""
    accepted: str = ""
    """The endings that the control offers."""

    def slot(self, prefix: str, entry: Entry | None) -> Slot:
        """The place for a file in one row."""
        brought, fault = self.brought.get(prefix), self.faults.get(prefix)
        stored = self.stored.get(str(entry.given.get("sha256") or "").lower()) if entry else None
        return Slot(prefix, brought, stored, [fault] if fault else [], self.most, self.accepted)


@dataclass
class Slot:
    """The place for a file in one row of evidence."""

    prefix: str
    brought: File | None
    stored: File | None
    errors: list[Any] = field(default_factory=list)
    most: int = 0
    accepted: str = ""
    about: str = ""
    """The day that the piece is about, as it stands in the row."""

    @property
    def name(self) -> str:
        return f"{self.prefix}{CHOSEN}"

    @property
    def held_name(self) -> str:
        return f"{self.prefix}{HELD}"

    @property
    def id(self) -> str:
        return f"veld-{self.name}"

    @property
    def shown(self) -> File | None:
        return self.brought or self.stored

    @property
    def is_untouched(self) -> bool:
        """Did nobody bring a file here?"""
        return self.brought is None and not self.errors
