"""People who speak for someone."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from tracker.domain.records import enums
from tracker.domain.records.base import Kind, Pair, Record, Sort, about
from tracker.domain.records.evidence import Evidence


class Contact(Record, frozen=True, kw_only=True):
    """A person in a role."""

    declared = Kind(
        "contact",
        Pair("Contactpersoon", "Contact person"),
        key=("role", "person", "from_on"),
        since=("from_on",),
        spans=(("from_on", "to_on"),),
    )

    role: Annotated[
        enums.ContactRole,
        about("Rol", "keep the insurer's regiomanager apart from the cooperation's own", req=True),
    ]
    person: Annotated[str, about("Naam", "name", req=True)]
    insurer: Annotated[
        str | None,
        about("Verzekeraar", "only for insurer_region_manager", sort=Sort.CODE, catalogue="insurer"),
    ] = None
    from_on: Annotated[date, about("Van", "first day", req=True)]
    to_on: Annotated[date | None, about("Tot en met", "last day")] = None
    evidence: Annotated[tuple[Evidence, ...], about("Bewijs", "pieces that show this fact")] = ()

    def faults(self) -> list[tuple[str, Pair]]:
        """Only the insurer's regiomanager belongs to an insurer."""
        if self.insurer is not None and self.role is not enums.ContactRole.INSURER_REGION_MANAGER:
            return [
                (
                    "insurer",
                    Pair("alleen bij de regiomanager van de verzekeraar", "only with the insurer's region manager"),
                )
            ]
        return []
