"""Where cooperations stand: the list, the status of one, and the portfolio."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from flask.typing import ResponseReturnValue

from tracker import clock
from tracker.access import permitted, requires
from tracker.api.blueprint import answered, blueprint, describes
from tracker.api.parameters import KNOWN_AT, PEILDATUM, moment
from tracker.domain.policy import Action
from tracker.domain.privacy import aggregated, minimum_of
from tracker.exchange.answers import (
    Answer,
    CooperationStatus,
    Portfolio,
    columns_of,
    cooperation_status,
    nothing_known,
    portfolio,
)
from tracker.queries.findings import Standing, programmes, standings


class CooperationLine(Answer, frozen=True, kw_only=True):
    """A cooperation, by the code that other calls take."""

    code: str
    name: str
    fictional: bool
    insurers: list[str]
    """Linked today."""


class CooperationList(Answer, frozen=True, kw_only=True):
    """The cooperations that the reader may see."""

    cooperations: list[CooperationLine]


@blueprint.get("/cooperations")
@requires(Action.see_portfolio)
@describes(CooperationList)
def cooperations() -> ResponseReturnValue:
    """The cooperations you may see."""
    today = clock.today()
    found = standings(permitted(), today, only=frozenset())
    lines = [
        CooperationLine(
            code=item.dossier.code,
            name=item.dossier.name,
            fictional=item.fictional,
            insurers=sorted(
                {link.insurer for link in item.dossier.insurers if link.to_on is None or link.to_on >= today}
            ),
        )
        for item in found
    ]
    return answered(CooperationList(cooperations=lines))


@blueprint.get("/cooperations/<code>/status")
@requires(Action.see_cooperation)
@describes(CooperationStatus, PEILDATUM, KNOWN_AT, refusals=(400, 404))
def status(code: str) -> ResponseReturnValue:
    """Every result of a cooperation on a day: one per rule and subject, with its reason, records and source.

    The subjects are the cooperation, its initiatives, its rounds (`WOL#1`), its claims (`WOL/OI1`) and, for who may see
    them, its practices.
    """
    asked, editions = moment(), programmes()
    found = list(readable([code], asked.as_of, asked.known.at if asked.known else None))
    if not found:
        return answered(nothing_known(code, editions, as_of=asked.as_of, known_at=asked.asked))
    dossier, findings, register = found[0][:3]
    return answered(cooperation_status(dossier, findings, register, editions, as_of=asked.as_of, known_at=asked.asked))


@blueprint.get("/portfolio")
@requires(Action.see_portfolio)
@describes(Portfolio, PEILDATUM, KNOWN_AT, refusals=(400,))
def whole_portfolio() -> ResponseReturnValue:
    """The roadmap of every cooperation you may see, on a day."""
    asked, editions = moment(), programmes()
    only = frozenset(item.key for _, item in columns_of(editions, asked.as_of))
    found = readable(permitted(), asked.as_of, asked.known.at if asked.known else None, only)
    rows = ((item.dossier, item.findings, item.fictional) for item in found)
    return answered(portfolio(rows, editions, asked.as_of, asked.asked))


def readable(
    codes: list[str], as_of: date, known_at: datetime | None, only: frozenset[str] | None = None
) -> Iterator[Standing]:
    """Where cooperations stand, as far as the one who asks may know: without single practices where need be."""
    least, open_to_reader = minimum_of(programmes()), set(permitted(Action.see_practices))
    for item in standings(codes, as_of, known_at=known_at, only=only):
        if item.dossier.code in open_to_reader:
            yield item
        else:
            dossier, findings = aggregated(item.dossier, item.findings, least, item.named)
            yield item._replace(dossier=dossier, findings=findings)
