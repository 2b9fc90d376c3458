"""The agenda that the data propose for an evaluation meeting: every point with its reason, always in the same order.

Ours, like the minutes that a point is given. People decide what stays on the agenda.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import msgspec

from tracker.domain.finding import PROVABLE, Finding, Reason, Status
from tracker.domain.meeting import open_promises, running_on, to_decide
from tracker.domain.opinions import disagreements
from tracker.domain.programme import Programme
from tracker.domain.records.base import Pair
from tracker.domain.records.cooperation import Cooperation
from tracker.domain.records.enums import EvidenceStrength
from tracker.domain.records.evaluation import Round

ACTIONS_KEY = "acties"
"""The origin of the point about the open actions."""
_BROKEN = frozenset({Status.NOT_MET, Status.PARTIAL})

_MONEY = Pair("Besluit over {initiative}", "Decision on {initiative}")
_PAID_UNTIL = Pair("betaald tot en met {date}", "paid until {date}")
_ENDED = Pair("financiering eindigde op {date}", "funding ended on {date}")
_UNPROVED = Pair("Bewijs bij {initiative}", "Evidence for {initiative}")
_ONLY_SAID = Pair(
    "{n} van {total} regels zijn behaald maar alleen verklaard", "{n} of {total} rules are met but only declared"
)
_DISPUTED = Pair("Verschil van inzicht over {title}", "Disagreement about {title}")
_ACTIONS = Pair("Eerdere acties", "Earlier actions")
_WAITING = Pair("{n} open, waarvan {late} te laat", "{n} open, of which {late} late")
_AS_WRITTEN = Pair("{text}", "{text}")
_CARRIED = Pair("doorgeschoven uit ronde {round}", "carried over from round {round}")


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """One point that the data propose."""

    key: str
    """What brought it up, the same every time: it becomes the origin of the point."""
    text: Reason
    because: Reason
    minutes: int
    finding: Finding | None = None
    initiative: str | None = None
    carried_from: int | None = None


def proposed(
    dossier: Cooperation, findings: Sequence[Finding], programme: Programme, number: int, as_of: date
) -> tuple[Proposal, ...]:
    """The points for a round that are not on its agenda yet: first what was carried over, last the open actions."""
    found = [
        *_carried(dossier, number),
        *_rules(dossier, findings, programme),
        *_money(dossier, as_of),
        *_unproved(dossier, findings, as_of),
        *_disputed(dossier, findings),
        *_actions(dossier, number, as_of),
    ]
    there = {item.origin for held in dossier.rounds if held.number == number for item in held.agenda}
    return tuple(item for item in found if item.key not in there)


def _carried(dossier: Cooperation, number: int) -> Iterable[Proposal]:
    """What the meeting before did not settle."""
    former = [item for item in dossier.rounds if item.number < number and item.held_on is not None]
    last: Round | None = max(former, key=lambda item: (item.number, item.version), default=None)
    if last is None:
        return
    for point in last.agenda:
        if point.closed is False:
            yield Proposal(
                key=point.origin or f"punt {last.number}-{point.code}",
                text=Reason(_AS_WRITTEN, {"text": point.text}),
                because=Reason(_CARRIED, {"round": last.number}),
                minutes=5,
                carried_from=last.number,
            )


def _rules(dossier: Cooperation, findings: Sequence[Finding], programme: Programme) -> Iterable[Proposal]:
    """Rules of the roadmap that are not met or lapsed; an ambition is no breach."""
    for item in findings:
        asked = item.requirement
        if item.subject != dossier.code or item.status not in _BROKEN or asked.column is None or asked.ambition:
            continue
        if item.programme.key == programme.key:
            text = Reason(Pair(asked.title.nl, asked.title.en))
            yield Proposal(key=item.key, text=text, because=item.reason, minutes=5, finding=item)


def _money(dossier: Cooperation, as_of: date) -> Iterable[Proposal]:
    """Initiatives whose money ended or ends soon: somebody has to decide on them."""
    for item, last in to_decide(dossier, as_of):
        yield Proposal(
            key=money_key(item.code),
            text=Reason(_MONEY, {"initiative": item.title}),
            because=Reason(_PAID_UNTIL if last >= as_of else _ENDED, {"date": last}),
            minutes=10,
            initiative=item.code,
        )


def money_key(initiative: str) -> str:
    """The origin of a point about the money of an initiative."""
    return f"geld {initiative}"


def _unproved(dossier: Cooperation, findings: Sequence[Finding], as_of: date) -> Iterable[Proposal]:
    """Initiatives with conditions that are met by word alone."""
    for item in running_on(dossier, as_of):
        met = [one for one in findings if one.subject == item.code and one.status in PROVABLE]
        said = [one for one in met if one.proof is EvidenceStrength.DECLARED]
        if said:
            yield Proposal(
                key=f"bewijs {item.code}",
                text=Reason(_UNPROVED, {"initiative": item.title}),
                because=Reason(_ONLY_SAID, {"n": len(said), "total": len(met)}),
                minutes=5,
                finding=said[0],
                initiative=item.code,
            )


def _disputed(dossier: Cooperation, findings: Sequence[Finding]) -> Iterable[Proposal]:
    """What the parties see differently."""
    for item in disagreements(dossier, findings):
        asked = item.finding.requirement
        title = Pair(_DISPUTED.nl.format(title=asked.title.nl), _DISPUTED.en.format(title=asked.title.en))
        yield Proposal(
            key=f"oordeel {item.finding.key} {item.finding.subject}",
            text=Reason(title),
            because=item.finding.reason,
            minutes=10,
            finding=item.finding,
        )


def _actions(dossier: Cooperation, number: int, as_of: date) -> Iterable[Proposal]:
    """The open actions as one point."""
    due = [item.due_on for item in dossier.actions if item.done_on is None and item.origin != str(number)]
    due += [action.due_on for _, action in open_promises(dossier, number)]
    if due:
        late = sum(day is not None and day < as_of for day in due)
        because = Reason(_WAITING, {"n": len(due), "late": late})
        yield Proposal(key=ACTIONS_KEY, text=Reason(_ACTIONS), because=because, minutes=10)
