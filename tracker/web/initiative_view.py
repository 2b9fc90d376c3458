"""One initiative as a page: head, phases, conditions, goals, products, money, mandates and what was decided."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from tracker import access, labels
from tracker.domain.initiative_phases import StepState, phase_steps
from tracker.domain.initiatives import is_running
from tracker.domain.policy import Action
from tracker.domain.records.enums import Verdict
from tracker.domain.records.initiative import Initiative
from tracker.web.answers import Forms, Link, forms_of
from tracker.web.chips import chip
from tracker.web.conditions_view import BESIDE, conditions_card, insurer_name
from tracker.web.dates import days, link
from tracker.web.financing_view import financing_figures, items_of
from tracker.web.frame import fictional, language
from tracker.web.goals_view import goals_card
from tracker.web.initiative_events import event_items
from tracker.web.initiative_mandates import mandates_card
from tracker.web.initiative_plan import agreements_card, plan_card, tests_card
from tracker.web.initiative_products import product_figures, product_names
from tracker.web.initiative_subject import Subject
from tracker.web.why_view import why_view


def initiative_page(about: Subject) -> dict[str, Any]:
    """The view model of templates/initiatives/detail.html."""
    initiative, as_of = about.initiative, days().as_of
    dossier, forms = about.seen.dossier, forms_of(about.seen.dossier)
    actions = _actions(initiative, forms)
    leading = None if start_ahead(initiative) else next(iter(actions), None)
    return {
        "head": _head(about, as_of, leading),
        "phase": phase_card(initiative, _phase_change(initiative, forms)),
        "actions": [item for item in actions if item is not leading],
        "notices": _notices(about, as_of),
        "conditions": conditions_card(
            initiative, about.asked, about.held, as_of, dossier, about.before, days().compare
        ),
        "beside": _beside(about, as_of),
        "goals": goals_card(initiative, as_of),
        "measure": forms.add("indicator", initiative.code),
        "agreements": agreements_card(initiative),
        "plan": plan_card(initiative),
        "assessments": product_figures(about.asked, initiative, as_of),
        "financing": financing_figures(dossier, items_of(initiative), as_of),
        "mandates": mandates_card(about),
        "tests": tests_card(initiative, about.finding("accessibility_test"), as_of),
        "events": event_items(initiative),
        "next_evaluation": _next_evaluation(about, as_of),
    }


def _head(about: Subject, as_of: date, leading: Link | None) -> dict[str, Any]:
    initiative, seen = about.initiative, about.seen
    region = {"text": seen.dossier.name, "url": link("cooperations.overview", code=seen.code)}
    return {
        "title": initiative.title,
        "fictional": fictional(),
        "crumbs": [
            region,
            {"text": _("Initiatieven"), "url": link("initiatives.index")},
            {"text": initiative.title},
        ],
        "lead": initiative.summary,
        "facts": _facts(about, as_of),
        "buttons": _buttons(about, leading),
    }


def _buttons(about: Subject, leading: Link | None) -> list[dict[str, Any]]:
    """At most three: the history is one of the region's tabs too, so who writes has another way there."""
    initiative, code = about.initiative, about.seen.code
    found: list[dict[str, Any]] = [{"text": _("Afdrukken"), "print": True}]
    if not days().is_past and access.allows(Action.write_records, code):
        url = link("initiatives.records", id=initiative.code)
        found.append({"text": _("Gegevens bijwerken"), "icon": "pencil", "url": url})
    elif history := link("cooperations.history", code=code):
        found.append({"text": _("Geschiedenis"), "url": history})
    if start_ahead(initiative):
        found.append({"text": _("Voortoets"), "url": link("initiatives.precheck", id=initiative.code), "primary": True})
    elif leading is not None:
        found.append({**leading, "primary": True})
    return found


def start_ahead(initiative: Initiative) -> bool:
    """Has it not started yet? Then the conditions can be checked for a planned start."""
    return initiative.started_on is None and initiative.ended_on is None


def _actions(initiative: Initiative, forms: Forms) -> list[Link]:
    """What the reader may record about it, the first as its button; sharing after a positive evaluation."""
    is_good = any(item.verdict is Verdict.POSITIVE for item in initiative.evaluations)
    found = [
        forms.add("initiative_evaluation", initiative.code, _("Evaluatie vastleggen")),
        forms.add("sharing", initiative.code, _("Delen als goed voorbeeld")) if is_good else None,
        forms.add("funding_line", initiative.code, _("Financiering vastleggen")),
        forms.add("extension", initiative.code, _("Verlenging vastleggen")),
    ]
    return [item for item in found if item]


def _phase_change(initiative: Initiative, forms: Forms) -> Link | None:
    return forms.correction(initiative, _("Fase wijzigen")) if forms.may("initiative") else None


def _facts(about: Subject, as_of: date) -> list[list[Any]]:
    initiative, tongue = about.initiative, language()
    codes = sorted({item.code for item in initiative.directions if item.to_on is None or item.to_on >= as_of})
    found: list[list[Any]] = []
    if codes:
        word = ngettext("Richting", "Richtingen", len(codes))
        found.append([word, " ", {"text": labels.listed(codes, tongue), "strong": True}])
    found.append(_start_fact(initiative))
    declared = about.finding("no_double_funding_agreed")
    if declared is not None and "total" in declared.reason.values:
        total = declared.reason.values["total"]
        found.append([{"text": labels.number(total, tongue), "strong": True}, " ", _("praktijken betrokken")])
    if names := product_names(about.asked, initiative, as_of):
        word = ngettext("Toepassing", "Toepassingen", len(names))
        found.append([word, " ", {"text": labels.listed(names, tongue), "strong": True}])
    found.append([_("Verzekeraar"), " ", {"text": insurer_name(initiative.insurer), "strong": True}])
    return found


def _start_fact(initiative: Initiative) -> list[Any]:
    tongue = language()
    if initiative.started_on is not None:
        return [_("Gestart"), " ", {"text": labels.day_words(initiative.started_on, tongue), "strong": True}]
    if initiative.planned_start_on is None:
        return [_("Nog niet gestart")]
    day = labels.day_words(initiative.planned_start_on, tongue)
    return [_("Beoogde start"), " ", {"text": day, "strong": True}]


def phase_card(initiative: Initiative, change: Link | None = None) -> dict[str, Any]:
    """The view model of `phase_card` in templates/components/phases.html."""
    notes = {StepState.SKIPPED: _("overgeslagen"), StepState.FUTURE: _("nog niet")}
    steps = []
    for step in phase_steps(initiative):
        word = labels.word(step.phase, language())
        day = labels.day_short(step.reached_on, language()) if step.reached_on else _("nu")
        note = notes.get(step.state) or (_("sinds %(day)s", day=day) if step.state is StepState.CURRENT else day)
        steps.append({"word": word[:1].upper() + word[1:], "note": note, "state": step.state.value})
    return {"steps": steps, "label": initiative.title, "stopped": None, "link": change}


def banners(about: Subject) -> list[dict[str, Any]]:
    """What makes the page impossible to mistake: an initiative that ended, or one of another insurer."""
    initiative, found = about.initiative, []
    if initiative.ended_on is not None:
        day = labels.day_words(initiative.ended_on, language())
        found.append(
            {
                "kind": "ended",
                "icon": "flag-fill",
                "title": _("Beëindigd op %(day)s.", day=day),
                "text": _("Alle gegevens blijven bewaard."),
            }
        )
    if about.asked.insurer_key not in (None, initiative.insurer):
        found.append(
            {
                "kind": "other",
                "icon": "info-circle",
                "title": _("Dit initiatief valt onder %(insurer)s.", insurer=insurer_name(initiative.insurer)),
                "text": _("De voorwaarden van een andere verzekeraar gelden niet; het KC-oordeel staat er wel bij."),
            }
        )
    return found


def _notices(about: Subject, as_of: date) -> list[dict[str, Any]]:
    initiative = about.initiative
    if not start_ahead(initiative):
        return []
    planned, url = initiative.planned_start_on, link("initiatives.precheck", id=initiative.code)
    title = _("Nog niet gestart.")
    text = _("De voorwaarden gelden vanaf de start. Tot dan ziet u hieronder wat al vastligt.")
    words = _("Voortoets")
    if planned is not None and planned >= as_of:
        words = _("Voortoets op %(day)s", day=labels.day_words(planned, language()))
    return [{"tone": "blue", "icon": "info-circle", "title": title, "text": text, "link": {"text": words, "url": url}}]


def _beside(about: Subject, as_of: date) -> list[dict[str, Any]]:
    """The rules that are no condition: origin, streams, contract, accessibility, money."""
    found = [item for item in about.findings if item.requirement.kind in BESIDE]
    return [
        {
            "title": labels.words(item.requirement.title, language()),
            "status": chip(item, as_of),
            "why": why_view(item, about.seen.dossier),
        }
        for item in sorted(found, key=lambda item: item.rule)
    ]


def _next_evaluation(about: Subject, as_of: date) -> str | None:
    finding = about.finding("evaluated_periodically")
    if finding is None or finding.due_on is None or not is_running(about.initiative, as_of):
        return None
    return labels.day_words(finding.due_on, language()) if finding.due_on >= as_of else None
