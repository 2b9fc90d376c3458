"""Practices on a day, and what they do together. Page, API and export ask here.

`held_practices` answers whole practices: for who may see them. All others get the totals, guarded by privacy.share.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

import msgspec

from tracker.domain.practice_totals import (
    Point,
    Total,
    adoption,
    affiliated_on,
    his_totals,
    mtvp_totals,
    services_of,
    step_totals,
)
from tracker.queries.findings import Standing, standings
from tracker.queries.worked_out import worked_out

RULES = frozenset({"practice_steps", "xis_mark", "mtvp", "mandate_complete"})
"""The rules about one practice that its page shows, and the one that counts their mandates."""
SYSTEMS = frozenset({"practice", "practice_membership", "his_use"})
KINDS = frozenset(
    {
        "practice",
        "practice_membership",
        "insured_count",
        "his_use",
        "practice_step",
        "component_use",
        "mtvp_part",
        "count",
    }
)


class Together(msgspec.Struct, frozen=True):
    """What the practices of one cooperation do together on a day."""

    code: str
    name: str
    practices: int
    steps: tuple[Total, ...]
    services: tuple[Total, ...]
    """How many use each service."""
    mtvp: tuple[Total, ...]


def systems_in_use(code: str, as_of: date, *, known_at: datetime | None = None) -> tuple[Total, ...]:
    """How many practices of a cooperation use which GP system: totals, no names."""
    found = standings((code,), as_of, known_at=known_at, only=frozenset({"xis_mark"}), kinds=SYSTEMS)
    return his_totals(found[0].dossier, found[0].register, as_of) if found else ()


def held_practices(codes: Iterable[str], as_of: date, *, known_at: datetime | None = None) -> list[Standing]:
    """The practices of some cooperations with their findings, for who may see them."""
    return standings(codes, as_of, known_at=known_at, only=RULES, kinds=KINDS)


def together(codes: Iterable[str], as_of: date, *, known_at: datetime | None = None) -> list[Together]:
    """What the practices of some cooperations do together, by code."""
    found = held_practices(codes, as_of, known_at=known_at)
    services = services_of(standing.dossier for standing in found)

    def answer(standing: Standing) -> Together:
        return worked_out((standing,), ("together", services, as_of), lambda: _together(standing, services, as_of))

    return [answer(standing) for standing in found]


def _together(standing: Standing, services: tuple[str, ...], as_of: date) -> Together:
    dossier = standing.dossier
    points = {service: adoption((dossier,), service, (as_of,))[0] for service in services}
    return Together(
        dossier.code,
        dossier.name,
        len(affiliated_on(dossier, as_of)),
        step_totals(dossier, as_of),
        tuple(Total(service, point.used, point.of) for service, point in points.items()),
        mtvp_totals(dossier, as_of),
    )


def adoption_of(
    codes: Iterable[str], as_of: date, days: Iterable[date], *, known_at: datetime | None = None
) -> dict[str, tuple[Point, ...]]:
    """Every service that was ever offered, over some days, in some cooperations together."""
    dossiers = [standing.dossier for standing in held_practices(codes, as_of, known_at=known_at)]
    wanted = tuple(days)
    return {service: adoption(dossiers, service, wanted) for service in services_of(dossiers)}
