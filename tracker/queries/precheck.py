"""The pre-check: how the conditions of an initiative would stand on a planned start (pages.md 2.2 and 4.3)."""

from __future__ import annotations

from datetime import date, datetime

import msgspec

from tracker.domain.finding import Finding
from tracker.domain.records.cooperation import Cooperation
from tracker.domain.records.initiative import Initiative, ProductUse
from tracker.domain.records.practice import Practice
from tracker.domain.register import Register, register_seen
from tracker.domain.rules import judged, kinds_read
from tracker.domain.visibility import seen
from tracker.queries.dossiers import load
from tracker.queries.findings import programmes


class PreCheck(msgspec.Struct, frozen=True):
    """What the rules would say on the planned start, and the facts they were given."""

    dossier: Cooperation
    initiative: Initiative
    register: Register
    findings: tuple[Finding, ...]
    named: tuple[Practice, ...] = ()
    """The practices that texts may name: former names too."""


def precheck(
    cooperation: str,
    initiative: str,
    start_on: date,
    *,
    facts_on: date,
    only: frozenset[str],
    known_at: datetime | None = None,
    use: tuple[str, str] | None = None,
) -> PreCheck | None:
    """Judge an initiative as if it started on a day. None when there is no such initiative on the day of the facts.

    `facts_on` is the last day of which facts count: the planned start itself when looked at today, since what is on
    record for days ahead (a product to be used, a line to be paid) is known today; in the past the peildatum.
    `use` adds a product with its version from the start on, to try one that is not on record.
    """
    asked = programmes()
    loaded = load((cooperation,), kinds_read(asked, only), known_at)
    dossier = seen(loaded.dossiers[0], facts_on) if loaded.dossiers else None
    planned = next((item for item in dossier.initiatives if item.code == initiative), None) if dossier else None
    if dossier is None or planned is None:
        return None
    started = _as_if_started(planned, start_on, use)
    others = tuple(started if item.code == initiative else item for item in dossier.initiatives)
    dossier = msgspec.structs.replace(dossier, initiatives=others)
    register = register_seen(loaded.register, facts_on)
    findings = tuple(judged(dossier, register, asked, start_on, only))
    named = (*loaded.dossiers[0].practices, *loaded.former.get(cooperation, ()))
    return PreCheck(dossier, started, register, findings, named)


def _as_if_started(planned: Initiative, start_on: date, use: tuple[str, str] | None) -> Initiative:
    uses = planned.uses
    if use is not None:
        uses = (*uses, ProductUse(product=use[0], version=use[1], from_on=start_on))
    return msgspec.structs.replace(planned, started_on=start_on, ended_on=None, uses=uses)
