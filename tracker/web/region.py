"""One region as every page about it needs it: what is known of it, its head with facts, and its tabs."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from flask import g, request
from flask_babel import gettext as _
from flask_babel import ngettext

from tracker import labels
from tracker.access import allows
from tracker.domain.finding import Finding
from tracker.domain.meeting import next_planned
from tracker.domain.next_steps import next_round_due
from tracker.domain.periods import active
from tracker.domain.policy import Action
from tracker.domain.practice_totals import Total
from tracker.domain.privacy import Outcome, minimum_of, share
from tracker.domain.rule_kinds import KINDS, Subject
from tracker.domain.rules import rounds_that_count
from tracker.domain.setting_up import is_new
from tracker.programmes import load_programmes
from tracker.programmes.catalogue import Catalogue, catalogue
from tracker.queries.practices import systems_in_use
from tracker.web.dates import days, exists, link
from tracker.web.frame import about_page, language, programme, sees_portfolio
from tracker.web.scope import STORY, Visible, one

_SHOWN = frozenset({Subject.COOPERATION, Subject.INITIATIVE, Subject.ROUND, Subject.OI_CLAIM, Subject.APPLICATION})


@cache
def shown_rules() -> frozenset[str]:
    """The rules that the pages of a region show: all but those about one practice."""
    asked = (item for held in load_programmes() for item in held.requirements)
    return frozenset(item.key for item in asked if KINDS[item.kind].subject in _SHOWN)


@cache
def codes() -> Catalogue:
    """The names of directions, components, services, insurers and rules."""
    return catalogue(load_programmes())


def region(code: str, on: date | None = None) -> Visible:
    """A region of the reader on the peildatum, or on another day; 404 when it is not his."""
    return one(code, only=shown_rules(), kinds=STORY, on=on)


def words(pair: Any) -> str:
    """A pair of wordings in the language of the page."""
    return labels.words(pair, language())


def day_text(day: date | None) -> str:
    """A day where there is little room."""
    return labels.day_short(day, language()) if day else "–"


def minimum() -> int:
    """The smallest group of practices that is shown to who may see no single one."""
    return minimum_of(load_programmes())


def share_words(n: int, of: int) -> str:
    """`12 van 40`, `bijna alle`, or that it would be said of too few practices."""
    said = share(n, of, minimum())
    if said.outcome is Outcome.HIDDEN:
        return str(_("minder dan %(least)s praktijken", least=minimum()))
    return labels.text(said.text, language())


def finding_of(seen: Visible, kind: str) -> Finding | None:
    """What the reader's programme finds of the region by a kind of rule."""
    key = programme().key
    found = (item for item in seen.of_subject() if item.requirement.kind == kind and item.programme.key == key)
    return next(found, None)


def head(seen: Visible, tab: str) -> dict[str, Any]:
    """The view model of page_head.html and tabs.html for a page of the region; `tab` names its endpoint."""
    held = rounds_that_count(seen.dossier)
    g.last_round_on = max((item.held_on for item in held), default=None)
    about_page(document=_tab_titles()[tab], region=seen.dossier.name)
    up = [("portfolio.index", _("Portefeuille"))] if sees_portfolio() else []
    crumbs = [*up, ("cooperations.index", _("Samenwerkingsverbanden"))]
    return {
        "head": {
            "title": seen.dossier.name,
            "fictional": seen.fictional,
            "crumbs": [{"text": text, "url": link(endpoint)} for endpoint, text in crumbs if exists(endpoint)],
            "facts": _facts(seen),
            "buttons": _buttons(seen),
        },
        "title": seen.dossier.name if tab == "overview" else f"{_tab_titles()[tab]} · {seen.dossier.name}",
        "tabs": _tabs(seen, tab),
        "predecessors": _predecessors(seen),
    }


def _buttons(seen: Visible) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = [{"text": _("Afdrukken"), "print": True}]
    held = max((item.number for item in rounds_that_count(seen.dossier)), default=0)
    pack = link("evaluations.pack", code=seen.code, number=held + 1)
    if pack and not days().is_past:
        is_first = not is_new(seen.dossier)  # a new region begins with its vision
        found.append({"text": _("Vergaderstuk maken"), "icon": "file-earmark-text", "url": pack, "primary": is_first})
    return found


def _facts(seen: Visible) -> list[Any]:
    """Practices, insured, systems, insurers and the next meeting."""
    facts = size_facts(seen)
    systems = _systems(seen)
    if systems:
        facts.append(systems)
    insurers = [
        codes().insurers.get(item.insurer, item.insurer) for item in active(seen.dossier.insurers, days().as_of)
    ]
    if insurers:
        named = labels.listed(sorted(set(insurers)), language())
        facts.append([ngettext("Verzekeraar", "Verzekeraars", len(insurers)), " ", {"text": named, "strong": True}])
    planned = next_planned(seen.dossier, days().as_of)
    if planned is not None:
        day = labels.day_words(planned.on, language())
        way = {"text": day, "url": planned_url(seen.code, planned.number), "strong": True}
        return [*facts, [_("Volgend gesprek op"), " ", way]]
    periodic = finding_of(seen, "rounds_periodic")
    due = None if periodic is None else next_round_due(seen.dossier, periodic)
    if due is not None:
        facts.append([_("Volgend gesprek uiterlijk"), " ", {"text": labels.day_words(due, language()), "strong": True}])
    return facts


def planned_url(code: str, number: int) -> str | None:
    """Where an agreed meeting is prepared and opened; that is done today, not in the past."""
    return None if days().is_past else link("evaluations.detail", code=code, number=number)


def size_facts(seen: Visible) -> list[Any]:
    """Practices and insured; of a small group only that it is small."""
    practices, insured = seen.size
    if practices is None and insured is None:
        return [_("Omvang onbekend")]
    if not seen.sees_practices and seen.dossier.counts == () and practices is not None and practices < minimum():
        return [_("minder dan %(least)s praktijken", least=minimum())]
    facts: list[Any] = []
    if practices is not None:
        facts.append(
            [
                {"text": labels.number(practices, language()), "strong": True},
                " " + ngettext("praktijk", "praktijken", practices),
            ]
        )
    own = max(seen.dossier.counts, key=lambda item: item.counted_on, default=None)
    is_stated = own is not None and (own.practices, own.insured) == tuple(seen.size)
    if insured is not None:
        facts.append([{"text": labels.number(insured, language()), "strong": True}, " " + _("verzekerden")])
    return [*facts, _("eigen opgave van de regio")] if is_stated else facts


def systems_of(code: str) -> tuple[Total, ...]:
    """The GP systems in use on the day; asked once per request."""
    held: dict[str, tuple[Total, ...]] = g.setdefault("systems", {})
    if code not in held:
        held[code] = systems_in_use(code, days().as_of, known_at=days().known_at)
    return held[code]


def _systems(seen: Visible) -> list[Any]:
    """`HIS-Alfa 30, HIS-Beta 24`; small numbers stay hidden from who may see no single practice."""
    parts: list[Any] = []
    for total in systems_of(seen.code):
        said = share(total.n, total.of, minimum())
        number = (
            str(total.n) if seen.sees_practices else labels.number(said.n, language()) if said.n is not None else ""
        )
        if not number:
            parts += [", " if parts else "", f"{total.key} ", share_words(total.n, total.of)]
        else:
            parts += [", " if parts else "", f"{total.key} ", {"text": number, "strong": True}]
    return [part for part in parts if part]


def _predecessors(seen: Visible) -> dict[str, Any] | None:
    held = sorted(seen.dossier.predecessors, key=lambda item: (item.since_on, item.code))
    if not held:
        return None
    parts: list[Any] = []
    for item in held:
        target = link("cooperations.overview", code=item.code) if allows(Action.see_cooperation, item.code) else ""
        parts += [", " if parts else "", {"text": item.code, "url": target} if target else item.code]
        parts += [
            f" ({_('sinds %(day)s', day=labels.day_words(item.since_on, language()))})",
            f": {item.note}" if item.note else "",
        ]
    return {
        "tone": "blue",
        "icon": "info-circle",
        "title": _("Voortgekomen uit"),
        "text": [part for part in parts if part],
    }


def _tab_titles() -> dict[str, str]:
    return {
        "overview": _("Overzicht"),
        "initiatives": _("Initiatieven"),
        "funding": _("Financiering"),
        "practices": _("Praktijken"),
        "evaluations": _("Evaluaties"),
        "evidence": _("Bewijs"),
        "history": _("Geschiedenis"),
        "records": _("Gegevens"),
    }


def _tabs(seen: Visible, tab: str) -> list[dict[str, Any]]:
    counts = {
        "initiatives": len(seen.dossier.initiatives),
        "evaluations": len(rounds_that_count(seen.dossier)),
        "practices": len(seen.dossier.practices) if seen.sees_practices else None,
    }
    return [
        {
            "text": title,
            "url": link(f"cooperations.{name}", code=seen.code),
            "current": name == tab,
            "count": counts.get(name),
        }
        for name, title in _tab_titles().items()
        if (exists(f"cooperations.{name}") or request.endpoint == f"cooperations.{name}")
        and (name != "records" or (not days().is_past and allows(Action.write_records, seen.code)))
    ] + _people_tab(seen.code)


def _people_tab(code: str) -> list[dict[str, Any]]:
    """The people of the region, for who may let others in."""
    if not allows(Action.manage_people, code):
        return []
    return [{"text": _("Mensen"), "url": link("region_people.index", code=code), "current": False}]
