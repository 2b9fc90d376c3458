"""Signals worth a reminder (domain.md 5.6): what ends soon, what moved, and what appeared."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from tracker.domain.contracts import last_day, mandates_of
from tracker.domain.directions import directions_in
from tracker.domain.finding import Finding, Reason, Status
from tracker.domain.notices import Notice, Topic, stage
from tracker.domain.periods import active, covers, months_later
from tracker.domain.records.base import Pair
from tracker.domain.records.cooperation import Cooperation
from tracker.domain.records.enums import Phase
from tracker.domain.records.product import Assessment
from tracker.domain.register import Register

LEAD, CONTRACT, ASSESSMENT = (60, 30, 7, 0), (180, 90, 30, 7, 0), (90, 30, 7, 0)
"""Days before the end on which it is said."""
VISION_MONTHS = 36
FRESH = timedelta(days=31)
"""What happened longer ago than this is no news."""


def signals(dossier: Cooperation, findings: tuple[Finding, ...], register: Register, as_of: date) -> Iterator[Notice]:
    """The signals of a cooperation on a day."""
    held = _Signals(dossier, findings, register, as_of)
    for found in (
        held.ending(),
        held.vision(),
        held.products(),
        held.directions(),
        held.mandates(),
        held.initiatives(),
    ):
        yield from found
    yield from held.examples()


_LEAVES = Pair("{role} stopt op {date}", "{role} leaves on {date}")
_CONTRACT = Pair("Overeenkomst {code} loopt af op {date}", "Agreement {code} ends on {date}")
_OLD = Pair("De visie van {date} is drie jaar oud", "The vision of {date} is three years old")
_ALIGN = Pair(
    "Er is een nieuwe visie van {date}: bevestig voor elke richting of zij erbij past",
    "There is a new vision of {date}: confirm for every direction whether it fits",
)
_LAPSES = Pair("Het KC-oordeel over {product} verloopt op {date}", "The KC assessment of {product} lapses on {date}")
_VERSION = Pair(
    "{initiative} gebruikt sinds {date} een andere versie van {product}, zonder positief KC-oordeel",
    "{initiative} has used another version of {product} since {date}, without a positive KC assessment",
)
_FEW = Pair(
    "Sinds {code} stopte op {date} zijn nog {n} van de {minimum} gevraagde richtingen gekozen",
    "Since {code} was stopped on {date}, {n} of the {minimum} directions that are asked for are selected",
)
_WITHDRAWN = Pair(
    "Het mandaat van {practice} onder {code} is ingetrokken op {date}",
    "The mandate of {practice} under {code} was withdrawn on {date}",
)
_JOINED = Pair(
    "{practice} is aangesloten sinds {date} en gaf nog geen mandaat",
    "{practice} joined on {date} and gave no mandate yet",
)
_UNFUNDED = Pair(
    "{initiative} loopt door zonder financiering sinds {date}", "{initiative} has run without funding since {date}"
)
_MOVED = Pair(
    "{initiative}: mijlpaal {milestone} verschoof op {date} naar {due}",
    "{initiative}: milestone {milestone} was moved on {date} to {due}",
)
_EXAMPLE = Pair(
    "Nieuw voorbeeld van {region} bij richting {code}: {title}",
    "New example of {region} for direction {code}: {title}",
)


class _Signals:
    """One dossier on one day."""

    def __init__(self, dossier: Cooperation, findings: tuple[Finding, ...], register: Register, as_of: date) -> None:
        self._dossier, self._findings, self._register, self._as_of = dossier, findings, register, as_of

    def ending(self) -> Iterator[Notice]:
        """The last CIO or CMIO who leaves, and a contract without one that follows."""
        for lead in active(self._dossier.ict_leads, self._as_of):
            if lead.to_on is not None and not active(self._dossier.ict_leads, lead.to_on + timedelta(1)):
                yield from self._soon(f"lead/{lead.role}", lead.to_on, LEAD, _LEAVES, role=lead.role)
        for item in self._dossier.contracts:
            end = last_day(item)
            if end is None or not covers(item.starts_on, end, self._as_of):
                continue
            after = (one for one in self._dossier.contracts if one is not item and one.insurer == item.insurer)
            if not any(one.starts_on <= end + timedelta(1) and (last_day(one) or date.max) > end for one in after):
                yield from self._soon(f"contract/{item.code}", end, CONTRACT, _CONTRACT, code=item.code)

    def vision(self) -> Iterator[Notice]:
        """The vision in force that grew old, or that is new while directions still rest on an earlier one."""
        adopted = [item for item in self._dossier.visions if item.adopted_on is not None and not item.withdrawn_on]
        latest = max(adopted, key=lambda item: (item.adopted_on, item.version), default=None)
        if latest is None or latest.adopted_on is None:
            return
        since = latest.adopted_on
        yield from self._news(f"vision/{latest.version}/old", months_later(since, VISION_MONTHS), _OLD, date=since)
        if len(adopted) > 1 and any(item.status is Status.UNKNOWN for item in self._of_kind("directions_aligned")):
            yield from self._news(f"vision/{latest.version}/align", since, _ALIGN)

    def products(self) -> Iterator[Notice]:
        """Assessments that lapse, and a version that nobody assessed in the place of one that was."""
        titles = {item.code: item.title for item in self._dossier.initiatives}
        ended = {item.code for item in self._dossier.initiatives if item.ended_on is not None}
        for item in self._of_kind("assessed_positive"):
            ends = [one.valid_until for one in item.records if isinstance(one, Assessment) and one.valid_until]
            if item.status is Status.MET and ends and item.subject not in ended:
                name = item.reason.values.get("product") or titles.get(item.subject, item.subject)
                yield from self._soon(f"assessment/{item.subject}/{name}", min(ends), ASSESSMENT, _LAPSES, product=name)
        failed = {item.subject for item in self._of_kind("assessed_positive") if item.status is Status.NOT_MET}
        for initiative in self._dossier.initiatives:
            for use in initiative.uses if initiative.code in failed else ():
                changed = any(one.product == use.product and one.version != use.version for one in initiative.uses)
                if changed and active((use,), self._as_of):
                    known = {"initiative": initiative.title, "product": use.product}
                    subject = f"version/{initiative.code}/{use.product}/{use.version}"
                    yield from self._news(subject, use.from_on, _VERSION, of=initiative.code, **known)

    def directions(self) -> Iterator[Notice]:
        """Fewer directions than are asked for, because one was stopped."""
        few = (item for item in self._of_kind("three_directions_selected") if "minimum" in item.reason.values)
        stopped = directions_in(self._dossier.directions, self._as_of, {Phase.STOPPED})
        for item in few if stopped else ():
            day, code = max((max(one.reached_on for one in item.phases), item.code) for item in stopped)
            yield from self._news(f"stopped/{code}", day, _FEW, code=code, **item.reason.values)

    def mandates(self) -> Iterator[Notice]:
        """Mandates withdrawn, and practices that joined and gave none; a reader without practices sees neither."""
        names = {item.code: item.name for item in self._dossier.practices}
        for contract in self._dossier.contracts:
            if not covers(contract.starts_on, last_day(contract), self._as_of):
                continue
            held = mandates_of(self._dossier, contract, self._as_of, 0)
            for item in contract.mandates:
                if item.withdrawn_on is not None and item.practice in names:
                    subject = f"mandate/{contract.code}/{item.practice}"
                    known = {"practice": names[item.practice], "code": contract.code}
                    yield from self._news(subject, item.withdrawn_on, _WITHDRAWN, **known)
            for practice in self._dossier.practices if contract.mandates else ():
                joined = max((item.from_on for item in active(practice.memberships, self._as_of)), default=None)
                is_without = practice.code in (*held.missing, *held.in_grace)
                if joined is not None and joined > contract.signed_on and is_without:
                    subject = f"joined/{contract.code}/{practice.code}"
                    yield from self._news(subject, joined, _JOINED, practice=practice.name)

    def initiatives(self) -> Iterator[Notice]:
        """Money that ended while the work goes on, and milestones that moved."""
        titles = {item.code: item.title for item in self._dossier.initiatives}
        for item in self._of_kind("running_without_funding"):
            since = item.reason.values.get("date")
            if item.status is Status.ADVISORY and isinstance(since, date):
                name = titles.get(item.subject, item.subject)
                yield from self._news(f"unfunded/{item.subject}", since, _UNFUNDED, of=item.subject, initiative=name)
        for initiative in self._dossier.initiatives:
            plan = max(initiative.plans, key=lambda item: (item.adopted_on, item.version), default=None)
            for milestone in plan.milestones if plan is not None else ():
                for move in milestone.moves:
                    subject = f"moved/{initiative.code}/{milestone.code}"
                    known = {"initiative": initiative.title, "milestone": milestone.title, "due": move.due_on}
                    yield from self._news(subject, move.moved_on, _MOVED, of=initiative.code, **known)

    def examples(self) -> Iterator[Notice]:
        """What another region shared about a direction that is chosen here and did not begin."""
        planned = {
            item.code
            for item in self._dossier.directions
            if item.phases and max(item.phases, key=lambda one: one.reached_on).phase is Phase.SELECTED
        }
        for example in self._register.examples if planned else ():
            found = sorted(planned & {item.code for item in example.initiative.directions})
            if not found or example.cooperation == self._dossier.code:
                continue
            for sharing in example.initiative.sharings:
                if sharing.withdrawn_on is None:
                    known = {"region": example.cooperation, "code": found[0], "title": example.initiative.title}
                    yield from self._news(f"example/{example.initiative.code}", sharing.shared_on, _EXAMPLE, **known)

    def _of_kind(self, kind: str) -> Iterator[Finding]:
        return (item for item in self._findings if item.requirement.kind == kind)

    def _soon(self, subject: str, end: date, before: tuple[int, ...], text: Pair, **values: Any) -> Iterator[Notice]:
        """What ends: said so many days before, and no more once it has ended."""
        day = stage(end, self._as_of, before) if end >= self._as_of else None
        if day is not None:
            yield self._notice(subject, day, Reason(text, {"date": end, **values}), due_on=end)

    def _news(self, subject: str, day: date, text: Pair, of: str | None = None, **values: Any) -> Iterator[Notice]:
        """What happened: said once, while it is news."""
        if day <= self._as_of < day + FRESH:
            yield self._notice(subject, day, Reason(text, {"date": day, **values}), initiative=of)

    def _notice(self, subject: str, day: date, text: Reason, **more: Any) -> Notice:
        code, name = self._dossier.code, self._dossier.name
        return Notice(
            topic=Topic.SIGNAL, cooperation=code, region=name, subject=f"{code}/{subject}", day=day, text=text, **more
        )
