"""What is wrong with a programme file: which file, which key, why."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from tracker.domain.records.base import Pair


class Fault(msgspec.Struct, frozen=True):
    """One fault of a programme file."""

    file: str
    key: str
    """The full path of the key, `requirements[3].params.dedline`; empty when the whole file is meant."""
    reason: Pair

    def line(self, language: str = "nl") -> str:
        """File, key and reason on one line."""
        reason = self.reason.nl if language == "nl" else self.reason.en
        return ": ".join(part for part in (self.file, self.key, reason) if part)


class ProgrammeRefused(Exception):
    """A programme, or a folder of them, can't be loaded; `faults` holds every reason."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(fault.line("en") for fault in self.faults))
