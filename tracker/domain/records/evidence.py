"""Evidence: what shows a fact."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated

from tracker.domain.records import enums
from tracker.domain.records.base import Kind, Pair, Record, about


class Evidence(Record, frozen=True, kw_only=True):
    """Attachable to any record that lists it. Visible from received_on; without it, with its record."""

    declared = Kind(
        "evidence",
        Pair("Bewijs", "Evidence"),
        key=("title", "about_on"),
        since=("received_on",),
    )

    title: Annotated[str, about("Titel", "what it is, in a few words", req=True)]
    kind: Annotated[enums.EvidenceKind, about("Soort", "default other")] = enums.EvidenceKind.OTHER
    strength: Annotated[enums.EvidenceStrength, about("Kracht", "default declared")] = enums.EvidenceStrength.DECLARED
    about_on: Annotated[date | None, about("Gaat over", "the day it describes")] = None
    received_on: Annotated[date | None, about("Ontvangen op", "the day we got it")] = None
    valid_until: Annotated[
        date | None,
        about("Geldig tot en met", "last day on which it counts as proof; empty = it does not expire"),
    ] = None
    replaces: Annotated[
        str | None,
        about("Vervangt", "title of the piece of the same record that it replaces; that piece counts no longer"),
    ] = None
    link: Annotated[str | None, about("Vindplaats", "address")] = None
    sha256: Annotated[str | None, about("Controlegetal", "64 hexadecimal digits of the file", "Checksum")] = None

    def faults(self) -> list[tuple[str, Pair]]:
        """A checksum is 64 hexadecimal digits, and nothing expires before the day it is about."""
        found = []
        if self.sha256 is not None and not re.fullmatch(r"[0-9a-fA-F]{64}", self.sha256):
            found.append(("sha256", Pair("schrijf 64 hexadecimale tekens", "write 64 hexadecimal digits")))
        if self.valid_until is not None and self.about_on is not None and self.valid_until < self.about_on:
            text = "ligt voor de dag waar het stuk over gaat; kies een latere datum"
            found.append(("valid_until", Pair(text, "lies before the day it is about; choose a later date")))
        return found
