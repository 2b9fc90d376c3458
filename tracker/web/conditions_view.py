"""The conditions of an insurer for one initiative, as a card with a row for each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _

from tracker import labels
from tracker.domain.conditions_met import ConditionsMet, ConditionStanding, conditions_met
from tracker.domain.finding import Finding, Status
from tracker.domain.programme import Programme, edition_on
from tracker.domain.records.cooperation import Cooperation
from tracker.domain.records.initiative import Initiative
from tracker.labels.facts import short_fact
from tracker.queries.findings import programmes
from tracker.web.chips import chip_of
from tracker.web.frame import language, programme
from tracker.web.why_view import why_view

BESIDE = frozenset(
    {"from_direction", "stream_fits_purpose", "s3_needs_contract", "accessibility_test", "running_without_funding"}
)
"""Kinds of rules for an initiative that stand beside the conditions."""
TINTED = frozenset({Status.NOT_MET, Status.PARTIAL})
EXCEPTIONS = (Status.NOT_MET, Status.PARTIAL, Status.LATE, Status.ADVISORY, Status.UNKNOWN)


def programme_of(initiative: Initiative, day: date) -> Programme:
    """The programme whose conditions are shown: that of the initiative's insurer, else the one that is looked at."""
    own = edition_on(programmes(), initiative.insurer, day)
    return own if own is not None and own.conditions else programme()


def rules_asked() -> frozenset[str]:
    """The keys of every rule that a page about initiatives shows."""
    conditions = {rule for item in programmes() for condition in item.conditions for rule in condition.rules}
    return frozenset(
        asked.key
        for item in programmes()
        for asked in item.requirements
        if asked.rule in conditions or asked.kind in BESIDE
    )


def conditions_of(
    initiative: Initiative, cooperation: str, findings: Iterable[Finding], day: date
) -> tuple[Programme, ConditionsMet]:
    """The conditions for an initiative; those of one insurer do not apply to an initiative of another."""
    asked = programme_of(initiative, day)
    own = findings if asked.insurer_key in (None, initiative.insurer) else ()
    return asked, conditions_met(own, asked, initiative=initiative.code, cooperation=cooperation)


def insurer_name(key: str) -> str:
    """The name of an insurer by its key."""
    return next((item.insurer.name for item in programmes() if item.insurer and item.insurer.key == key), key)


def conditions_card(
    initiative: Initiative,
    asked: Programme,
    held: ConditionsMet,
    day: date,
    dossier: Cooperation,
    before: ConditionsMet | None = None,
    before_on: date | None = None,
) -> dict[str, Any]:
    """The view model of the card. `before` are the conditions on the compare date."""
    is_other = asked.insurer_key not in (None, initiative.insurer)
    named = asked.insurer.name if asked.insurer else labels.words(asked.title, language())
    then = {item.condition.number: item.status for item in before.standings} if before else {}
    return {
        "title": _("Tien voorwaarden van %(insurer)s", insurer=named)
        if len(asked.conditions) == 10
        else _("Voorwaarden van %(insurer)s", insurer=named),
        "summary": _other_words(initiative, named) if is_other else summary(held),
        "programme": _(
            "kader %(programme)s, versie %(version)s",
            programme=labels.words(asked.label, language()),
            version=asked.version,
        ),
        "rows": [_row(item, day, dossier, is_other, then, before_on) for item in held.standings],
    }


def _other_words(initiative: Initiative, named: str) -> list[Any]:
    own = insurer_name(initiative.insurer)
    return [_("Dit initiatief valt onder %(own)s. De voorwaarden van %(named)s gelden niet.", own=own, named=named)]


def summary(held: ConditionsMet) -> list[Any]:
    """`6 van 9 behaald.` and the exceptions by their number."""
    parts: list[Any] = [{"text": _("%(met)s van %(total)s behaald.", met=held.met, total=held.total), "strong": True}]
    for status in EXCEPTIONS:
        numbers = [str(item.condition.number) for item in held.standings if item.status is status]
        if numbers:
            word = labels.words(labels.status_label(status).word, language())
            parts.append(f" {word}: {_('voorwaarde')} {labels.listed(numbers, language())}.")
    return parts


def _row(
    item: ConditionStanding,
    day: date,
    dossier: Cooperation,
    is_other: bool,
    then: dict[int, Status],
    before_on: date | None,
) -> dict[str, Any]:
    tongue = language()
    facts = _("Andere verzekeraar.") if is_other else facts_line(item.findings)
    parts: list[Any] = [facts]
    earlier = then.get(item.condition.number)
    if earlier is not None and earlier is not item.status and before_on is not None:
        word = labels.words(labels.status_label(earlier).word, tongue)
        parts.append(" ")
        then_on = _("Op %(day)s: %(status)s.", day=labels.day_words(before_on, tongue), status=word)
        parts.append({"text": then_on, "strong": True})
    return {
        "number": item.condition.number,
        "title": labels.words(item.condition.title, tongue),
        "facts": parts,
        "status": condition_chip(item, day),
        "why": _why(item, dossier, labels.words(item.condition.title, tongue)),
        "tinted": item.status in TINTED,
    }


def _why(item: ConditionStanding, dossier: Cooperation, title: str) -> dict[str, Any] | None:
    """The worst rule explained, and all rules of the condition below it where there are more."""
    if not item.findings:
        return None
    related = item.findings if len(item.findings) > 1 else ()
    return why_view(item.findings[0], dossier, title=title, related=related)


def condition_chip(item: ConditionStanding, day: date) -> dict[str, Any]:
    """The worst status with its fact and the weakest proof of the rules that have it."""
    leading = next((finding for finding in item.findings if finding.status is item.status), None)
    if leading is None:
        return chip_of(item.status)
    proofs = [finding.proof for finding in item.findings if finding.proof is not None]
    order = list(type(proofs[0])) if proofs else []
    weakest = min(proofs, key=order.index) if proofs and leading.proof is not None else None
    return chip_of(
        item.status,
        tone=labels.tone_of(leading, day),
        fact=short_fact(leading, day, language()),
        proof=weakest,
        of=leading,
    )


def facts_line(findings: Sequence[Finding]) -> str:
    """One line of facts: the reasons of all rules, the worst first, without those that do not apply."""
    told = [item for item in findings if item.status is not Status.NA] or findings[:1]
    sentences = dict.fromkeys(labels.text(item.reason, language()) for item in told)
    return " ".join(f"{said[:1].upper()}{said[1:]}." for said in sentences if said)
