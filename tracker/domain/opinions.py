"""Two opinions: what each party thinks of a finding. The computed status stays, whatever is said of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import msgspec

from tracker.domain.finding import Finding, Status
from tracker.domain.records.agreement import Opinion
from tracker.domain.records.cooperation import Cooperation
from tracker.domain.records.enums import Party


class Disagreement(msgspec.Struct, frozen=True):
    """A finding that at least one party disagrees with, by its latest word."""

    finding: Finding
    opinions: tuple[Opinion, ...]
    """The latest of each party."""

    @property
    def resolve_by(self) -> date | None:
        """The first day by which a party that disagrees wants it settled."""
        return min((item.resolve_by for item in self.opinions if not item.agrees and item.resolve_by), default=None)

    @property
    def with_whom(self) -> tuple[Party, ...]:
        """Whose turn it is: of the party that did not speak last; of both when they spoke on one day."""
        last = max(item.stated_on for item in self.opinions)
        spoke = {item.party for item in self.opinions if item.stated_on == last}
        return tuple(party for party in Party if party not in spoke) or tuple(Party)


def latest_opinions(dossier: Cooperation, rule: str, subject: str) -> tuple[Opinion, ...]:
    """The latest opinion of each party about a rule and its subject: the cooperation first, then by insurer."""
    latest: dict[tuple[Party, str], Opinion] = {}
    for item in sorted(dossier.opinions, key=lambda one: one.stated_on):
        if item.rule == rule and item.subject == subject:
            latest[item.party, item.insurer or ""] = item
    order = list(Party)
    return tuple(latest[key] for key in sorted(latest, key=lambda key: (order.index(key[0]), key[1])))


def is_disputed(opinions: Iterable[Opinion]) -> bool:
    """Does a party see it otherwise than the status says?"""
    return any(not item.agrees for item in opinions)


def disagreements(dossier: Cooperation, findings: Iterable[Finding]) -> tuple[Disagreement, ...]:
    """What the parties do not agree on, the first to be settled first. The dossier is as seen on the day."""
    spoken = {(item.rule, item.subject) for item in dossier.opinions}
    if not spoken:
        return ()
    held: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        if (finding.key, finding.subject) in spoken and finding.status is not Status.NA:
            held.setdefault((finding.key, finding.subject), []).append(finding)
    found = []
    for (rule, subject), among in held.items():
        opinions = latest_opinions(dossier, rule, subject)
        if is_disputed(opinions):
            found.append(Disagreement(_asked_by(among, opinions), opinions))
    return tuple(sorted(found, key=_rank))


def _asked_by(findings: list[Finding], opinions: tuple[Opinion, ...]) -> Finding:
    """Of several programmes with the same rule that of an insurer who spoke."""
    insurers = {item.insurer for item in opinions if item.insurer}
    return min(findings, key=lambda item: (item.programme.insurer_key not in insurers, item.programme.key))


def _rank(item: Disagreement) -> tuple[date, str, str]:
    return (item.resolve_by or date.max, item.finding.subject, item.finding.key)
