"""What the reader may see: the cooperations of his roles, without single practices where his role sees none.

Every page asks here and never `standings` itself, so that scope and privacy (domain.md R53) are the same everywhere.

    for seen in visible(only=frozenset({"R15"})):        # all regions of the reader, on the peildatum
    seen = one("HOL", kinds=STORY)                       # one region; 404 where it is not his
    visible(on=days().compare)                           # the same on another day
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from flask import abort, g

from tracker import access
from tracker.domain.finding import Finding
from tracker.domain.meeting import as_seen_by, keeps_apart
from tracker.domain.policy import Action
from tracker.domain.privacy import aggregated, minimum_of
from tracker.domain.records.cooperation import Cooperation
from tracker.domain.records.enums import Party
from tracker.domain.records.places import places
from tracker.domain.register import Register
from tracker.domain.silence import last_fact_on
from tracker.domain.size import Size, size_of
from tracker.queries.findings import Standing, programmes, standings
from tracker.queries.worked_out import worked_out
from tracker.web.dates import days

STORY = frozenset(place.name for place in places().values()) - {"component_use", "indicator_measurement"}
"""Every kind of record but use and measurements: what silence and sentences of change need."""
SIZE = frozenset({"practice", "practice_membership", "insured_count", "count"})
"""The kinds that the size of a region needs."""

BESIDE = frozenset({"insurer_link", "opinion"})
"""What every page may show beside a finding."""


class Visible(NamedTuple):
    """One cooperation on a day, as this reader may see it."""

    dossier: Cooperation
    findings: tuple[Finding, ...]
    register: Register
    fictional: bool
    size: Size
    """Practices and insured; only where SIZE was loaded."""
    last_fact_on: date | None
    """The day of the latest fact, whoever reads; only where STORY was loaded."""
    sees_practices: bool

    @property
    def code(self) -> str:
        return self.dossier.code

    def of_subject(self, subject: str | None = None) -> list[Finding]:
        """The findings about the cooperation itself, or about another subject of it."""
        return [item for item in self.findings if item.subject == (subject or self.code)]


def visible(
    codes: Iterable[str] | None = None,
    *,
    only: frozenset[str] | None = None,
    kinds: frozenset[str] = frozenset(),
    on: date | None = None,
) -> list[Visible]:
    """The reader's cooperations, or those of some codes among them, on the peildatum or another day, by code."""
    mine = permitted(Action.see_cooperation)
    wanted = sorted(mine if codes is None else mine & set(codes))
    day, whole = on or days().as_of, permitted(Action.see_practices)
    # Everybody's answer is one question, so that readers of all regions share what was judged.
    found = standings(wanted, day, known_at=days().known_at, only=only, kinds=kinds | BESIDE)
    return [_seen(standing, day, standing.dossier.code in whole) for standing in found]


def one(
    code: str, *, only: frozenset[str] | None = None, kinds: frozenset[str] = frozenset(), on: date | None = None
) -> Visible:
    """One cooperation of the reader; 404 when it is not his, or was not known yet."""
    found = visible((code,), only=only, kinds=kinds, on=on)
    if not found:
        abort(404)
    return found[0]


def permitted(action: Action) -> frozenset[str]:
    """The codes to which the reader may do this; asked once per request."""
    held: dict[Action, frozenset[str]] = g.setdefault("permitted", {})
    if action not in held:
        held[action] = frozenset(access.permitted(action))
    return held[action]


def _seen(standing: Standing, day: date, whole: bool) -> Visible:
    apart = keeps_apart(standing.dossier)
    sides = _sides().get(standing.dossier.code, frozenset()) if apart else frozenset(Party)
    return worked_out((standing,), ("visible", day, whole, sides), lambda: _look(standing, day, whole, sides))


def _sides() -> dict[str, frozenset[Party]]:
    """For whom the reader speaks in each cooperation; asked once per request, where a dossier keeps something apart."""
    if "sides" not in g:
        g.sides = access.sides()
    held: dict[str, frozenset[Party]] = g.sides
    return held


def _look(standing: Standing, day: date, whole: bool, sides: frozenset[Party]) -> Visible:
    dossier, findings = as_seen_by(standing.dossier, sides), standing.findings
    size, last = size_of(dossier, day), last_fact_on(standing.dossier, day)
    if not whole:
        dossier, findings = aggregated(dossier, findings, minimum_of(programmes()), standing.named)
    return Visible(dossier, findings, standing.register, standing.fictional, size, last, whole)
