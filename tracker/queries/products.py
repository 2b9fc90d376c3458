"""The register of products on a day, with everybody who depends on them. Page, API and export ask here."""

from __future__ import annotations

from collections.abc import Set
from datetime import date, datetime

from tracker.domain.privacy import without_practices
from tracker.domain.products import Terms, VersionStanding, version_standings
from tracker.domain.programme import Programme, Requirement
from tracker.domain.records.cooperation import Cooperation
from tracker.domain.rule_kinds import Need
from tracker.queries.findings import Standing, standings
from tracker.queries.worked_out import worked_out

KIND = "assessed_positive"


def asked_of_products(programme: Programme) -> Requirement | None:
    """The requirement of a programme that products be assessed."""
    return next((item for item in programme.requirements if item.kind == KIND), None)


def terms_of(programme: Programme) -> Terms | None:
    """What a programme asks of products; None when it asks nothing."""
    asked = asked_of_products(programme)
    return None if asked is None else Terms.of(Need(asked, programme.switches))


def product_register(
    programme: Programme, as_of: date, *, known_at: datetime | None = None, whole: Set[str] = frozenset()
) -> tuple[VersionStanding, ...]:
    """Every version of every product on a day, by what it asks for; who may see which region is up to the page.

    `whole` = the cooperations whose single practices the reader sees; words of others name none (domain.md R53).
    """
    asked, terms = asked_of_products(programme), terms_of(programme)
    if asked is None or terms is None:
        return ()
    everybody = standings(None, as_of, known_at=known_at, only=frozenset({asked.key}))
    products = everybody[0].register.products if everybody else ()
    found = [
        (_shown(standing, whole), [item for item in standing.findings if item.programme.key == programme.key])
        for standing in everybody
    ]
    return version_standings(products, found, terms, as_of)


def _shown(standing: Standing, whole: Set[str]) -> Cooperation:
    dossier = standing.dossier
    if dossier.code in whole:
        return dossier
    return worked_out((standing,), "without practices", lambda: without_practices(dossier, standing.named))
