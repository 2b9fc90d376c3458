"""`Waarom?` of every status: from a finding to the view model of templates/components/why.html, for all pages.

    why_view(finding, seen.dossier)                            the panel under a row
    why_view(finding, seen.dossier, recorded=…)    the page of its own, with who recorded what and when
    why_url(finding, seen.code)                                the way to that page, from a cell or an attention item

`seen` comes from tracker.web.scope, so that a reader who may see no single practice gets no record of one here either.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from typing import Any

from flask_babel import gettext as _

from tracker import labels
from tracker.access import allows
from tracker.domain.addresses import Addresses
from tracker.domain.contracts import mandates_behind
from tracker.domain.finding import Finding, Status, proving, strength_of
from tracker.domain.opinions import is_disputed, latest_opinions
from tracker.domain.periods import covers
from tracker.domain.policy import Action
from tracker.domain.records.base import Record, Sort, scalars_of
from tracker.domain.records.contract import Waiver
from tracker.domain.records.cooperation import Cooperation
from tracker.domain.records.enums import EvidenceStrength
from tracker.domain.records.places import places
from tracker.domain.sentences import Sentence
from tracker.queries.journal import Recorded
from tracker.queries.journal_window import of_practices
from tracker.web.answers import forms_of
from tracker.web.chips import chip
from tracker.web.dates import days, link
from tracker.web.frame import language
from tracker.web.history_links import record_url
from tracker.web.opinions_view import opinion_view
from tracker.web.passages_view import anchor, passage_view

STRENGTHS = tuple(EvidenceStrength)
MOST_OF_A_KIND = 6
"""More records of one kind than this are told as one number."""
MOST_MISSING = 12
_LEFT_OUT = frozenset({"note", "link", "sha256", "declaration_link"})
_ABSENT = frozenset({Status.NOT_MET, Status.UNKNOWN})


def why_url(finding: Finding, code: str) -> str:
    """The page of its own of a finding about this cooperation or something in it, on the same days."""
    subject, rule = finding.subject, finding.rule
    own, _mark, number = subject.partition("#")
    if number:
        return link("why.round", rule=rule, code=own, number=int(number))
    own, _mark, claim = subject.partition("/")
    if claim:
        return link("why.application", rule=rule, code=own, claim=claim)
    return link("why.detail", rule=rule, code=subject or code)


def why_view(
    finding: Finding,
    dossier: Cooperation,
    *,
    title: str | None = None,
    recorded: Mapping[int, Recorded] | None = None,
    related: Iterable[Finding] = (),
) -> dict[str, Any]:
    """The view model of a finding, with what both parties think of it. `recorded` by identity of the record."""
    tongue, as_of = language(), days().as_of
    said = latest_opinions(dossier, finding.key, finding.subject)
    return {
        "id": f"waarom-{anchor(f'{finding.key}-{finding.subject}')}",
        "title": title or labels.words(finding.requirement.title, tongue),
        "tone": labels.tone_of(finding, as_of),
        "url": why_url(finding, dossier.code),
        "status": chip(finding, as_of),
        "rule": {"text": labels.words(finding.requirement.plain, tongue), "codes": _codes(finding)},
        "facts": _facts(finding, dossier, recorded or {}),
        "missing": [*_missing(finding), *_without_mandate(finding, dossier, as_of)],
        "calculation": _calculation(finding),
        "sources": _sources(finding),
        "opinions": [opinion_view(item) for item in said],
        "differ": is_disputed(said),
        "deviation": _deviation(finding, dossier, as_of),
        "actions": _actions(finding, dossier),
        "related": [_related(item, dossier, as_of) for item in related],
    }


def _actions(finding: Finding, dossier: Cooperation) -> list[dict[str, str]]:
    """What the reader may record about this status: what it asks for, what one thinks of it, a deviation."""
    forms = forms_of(dossier)
    return [item for item in (forms.answer(finding), forms.opinion(finding), forms.waiver(finding)) if item]


def _related(finding: Finding, dossier: Cooperation, as_of: date) -> dict[str, Any]:
    title = labels.words(finding.requirement.title, language())
    return {"title": title, "status": chip(finding, as_of), "url": why_url(finding, dossier.code)}


def _codes(finding: Finding) -> str:
    own = [_("eigen instelling")] if finding.requirement.ours else []
    return " · ".join([finding.rule, *own])


# --- the facts ---


def _facts(finding: Finding, dossier: Cooperation, recorded: Mapping[int, Recorded]) -> list[dict[str, Any]]:
    """The records that decided; many of one kind as one number."""
    by_kind: dict[type[Record], list[Record]] = defaultdict(list)
    for record in finding.records:
        by_kind[type(record)].append(record)
    found = []
    for kind, records in by_kind.items():
        if len(records) > MOST_OF_A_KIND:
            found.append({"text": _many(kind, len(records)), "link": None, "by": None, "edit": None})
            continue
        found += [_fact(record, finding, dossier, recorded.get(id(record))) for record in records]
    return found


def _many(kind: type[Record], number: int) -> list[Any]:
    label = labels.words(kind.declared.label, language())
    return [{"text": labels.number(number, language()), "strong": True}, f" × {label}"]


def _fact(record: Record, finding: Finding, dossier: Cooperation, wrote: Recorded | None) -> dict[str, Any]:
    tongue = language()
    name = labels.text(Sentence().record(record).done(), tongue)
    parts: list[Any] = [{"text": name, "strong": True}]
    if told := record_words(record):
        parts.append(f": {told}")
    edit = forms_of(dossier).correction(record, _("Corrigeren"))
    return {
        "text": parts,
        "link": _evidence_link(record, finding, dossier),
        "by": _wrote(wrote, dossier, name, type(record)),
        "edit": edit | {"name": name} if edit else None,
    }


def record_words(record: Record) -> str:
    """What a record holds, besides its name: `van 1 juli 2022, tot en met 31 december 2022`."""
    tongue, named = language(), _names(type(record))
    parts = []
    for field in scalars_of(type(record)):
        value = getattr(record, field.attribute)
        if value is None or value == () or field.attribute in named or field.attribute in _LEFT_OUT:
            continue
        if field.sort is Sort.TEXT and (field.longest or 0) > 300:
            continue
        label = labels.words(field.label, tongue)
        label = label if label[1:2].isupper() else label[:1].lower() + label[1:]
        shown = labels.euro(value, tongue) if field.sort is Sort.EURO else labels.value_text(value, tongue)
        parts.append(f"{label} {shown}")
    return ", ".join(parts)


@cache
def _names(kind: type[Record]) -> frozenset[str]:
    """The fields that are in the name of a record already."""
    fields = scalars_of(kind)
    titled = {field.attribute for field in fields if field.required} & {"title", "name"}
    told = titled or {field.attribute for field in fields if field.sort is not Sort.DAY} & set(kind.declared.key)
    return frozenset({*told, "code"})


def _evidence_link(record: Record, finding: Finding, dossier: Cooperation) -> dict[str, str] | None:
    """The strongest piece of evidence that counts, on the page with all evidence of the region."""
    pieces = proving(record, days().as_of)
    if not pieces:
        return None
    best = max(pieces, key=lambda piece: (STRENGTHS.index(piece.strength), str(piece.received_on)))
    strength = labels.word(strength_of(record, days().as_of), language())
    return {"text": f"{best.title} ({strength})", "url": link("cooperations.evidence", code=dossier.code)}


def _wrote(wrote: Recorded | None, dossier: Cooperation, name: str, kind: type[Record]) -> dict[str, str | None] | None:
    """Who recorded it and when, with the way to the history of the record."""
    if wrote is None:
        return None
    day = labels.moment_text(wrote.at, language())
    text = _("vastgelegd door %(who)s op %(day)s", who=wrote.by, day=day)
    # The history of what is, or names, one practice is not for who sees none.
    hidden = kind in _of_practices() and not allows(Action.see_practices, dossier.code)
    url = None if hidden else record_url(wrote.number, None if wrote.is_register else dossier.code)
    return {"text": text, "name": name, "url": url}


@cache
def _of_practices() -> frozenset[type[Record]]:
    lists = of_practices()
    return frozenset(place.kind for place in places().values() if place.attribute in lists)


def records_of(finding: Finding, addresses: Addresses) -> dict[int, str]:
    """The address of every record that is told of by itself, by identity: for `recorded` of the journal."""
    found = {id(record): addresses.of(record) for record in finding.records}
    return {identity: where.address for identity, where in found.items() if where is not None}


# --- calculation, missing facts, source and deviation ---


def _calculation(finding: Finding) -> list[Any]:
    tongue = language()
    said = labels.text(finding.reason, tongue)
    parts: list[Any] = [f"{said[:1].upper()}{said[1:]}."]
    if finding.due_on is not None and finding.due_on < date.max:
        day = labels.day_words(finding.due_on, tongue)
        soft = "soft_deadline" in finding.requirement.params
        parts.append(" ")
        parts.append(_("Zachte datum: %(day)s.", day=day) if soft else _("Datum waarop het moest: %(day)s.", day=day))
    return parts


def _missing(finding: Finding) -> list[str]:
    """What was never recorded: all of it where nothing was, else the parts that the reason names."""
    tongue = language()
    if finding.status in _ABSENT and not finding.records:
        return [labels.text(finding.reason, tongue)]
    if "ontbreekt" not in finding.reason.text.nl:
        return []
    named = [value for value in finding.reason.values.values() if isinstance(value, tuple)]
    return [labels.value_text(item, tongue) for value in named for item in value]


def _without_mandate(finding: Finding, dossier: Cooperation, as_of: date) -> list[str]:
    """The practices whose mandate is asked and not there, by name; a dossier without practices names none."""
    held = mandates_behind(finding, dossier, as_of) if finding.requirement.kind == "mandate_complete" else None
    if held is None:
        return []
    names = {item.code: item.name for item in dossier.practices}
    told = sorted(_("mandaat van %(name)s", name=names[code]) for code in held.missing)
    more = len(told) - MOST_MISSING
    return told if more <= 0 else [*told[:MOST_MISSING], _("mandaat van %(count)s andere praktijken", count=more)]


def _sources(finding: Finding) -> list[dict[str, Any]]:
    tongue, asked = language(), finding.requirement
    found = [passage_view(asked.source, finding.programme, asked.valid_from)]
    if asked.ours_note is not None:
        found.append({"summary": labels.words(asked.ours_note, tongue), "document": _("Eigen instelling")})
    return found


def _deviation(finding: Finding, dossier: Cooperation, as_of: date) -> list[Any] | None:
    """The agreed deviations: beside the status, which they never change."""
    agreed = waivers_of(finding, dossier)
    if not agreed:
        return None
    return [part for waiver in agreed for part in _waiver_parts(waiver, as_of)]


def waivers_of(finding: Finding, dossier: Cooperation) -> list[Waiver]:
    """The deviations agreed for this rule and subject, newest first."""
    held = [item for item in dossier.waivers if item.rule == finding.key and item.subject == finding.subject]
    return sorted(held, key=lambda item: item.agreed_on, reverse=True)


def _waiver_parts(waiver: Waiver, as_of: date) -> list[Any]:
    tongue = language()
    ended = not covers(waiver.agreed_on, waiver.until, as_of)
    until = labels.day_words(waiver.until, tongue) if waiver.until else None
    if until is None:
        said = _("Afgesproken op %(day)s, zonder einddatum, door %(who)s: %(why)s", **_told(waiver))
    elif ended:
        said = _("Gold van %(day)s tot en met %(until)s, door %(who)s: %(why)s", until=until, **_told(waiver))
    else:
        said = _("Afgesproken op %(day)s, tot en met %(until)s, door %(who)s: %(why)s", until=until, **_told(waiver))
    return [str(said), " ", _("De status verandert hierdoor niet."), " "]


def _told(waiver: Waiver) -> dict[str, str]:
    day = labels.day_words(waiver.agreed_on, language())
    who = labels.listed(list(dict.fromkeys([waiver.signer, *(item.person for item in waiver.signers)])), language())
    return {"day": day, "who": who, "why": waiver.reason}
