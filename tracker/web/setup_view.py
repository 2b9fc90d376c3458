"""The steps of setting up a region in words: why, by when, by whom, and the way to the form."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from tracker import clock, labels
from tracker.access import allows
from tracker.domain.finding import Finding
from tracker.domain.policy import Action
from tracker.domain.records.enums import LeadRole
from tracker.domain.setting_up import Progress, SetupStep, is_new, progress
from tracker.queries.people import people
from tracker.web.answers import Forms, forms_of
from tracker.web.dates import days, link
from tracker.web.frame import language
from tracker.web.region import finding_of, words
from tracker.web.scope import Visible
from tracker.web.why_view import why_url

_BOARD = lazy_gettext("Bestuurder of projectleider")
_STEPS = {
    SetupStep.INSURERS: (lazy_gettext("Verzekeraars"), lazy_gettext("Beheerder"), None),
    SetupStep.PEOPLE: (lazy_gettext("Mensen"), _BOARD, None),
    SetupStep.PRACTICES: (lazy_gettext("Praktijken"), lazy_gettext("Praktijkadviseur of projectleider"), None),
    SetupStep.VISION: (lazy_gettext("Eerste visie"), lazy_gettext("Bestuur"), "vision_on_time"),
    SetupStep.LEAD: (lazy_gettext("CIO of CMIO"), lazy_gettext("Bestuur"), "ict_lead_now"),
    SetupStep.SUPPORT: (lazy_gettext("ICT-ondersteuning"), lazy_gettext("Bestuur"), "ict_support_on_deadline"),
    SetupStep.DIRECTIONS: (lazy_gettext("Oplossingsrichtingen"), lazy_gettext("Bestuur"), "three_directions_selected"),
    SetupStep.CONTRACT: (lazy_gettext("Contract"), lazy_gettext("Bestuur of verzekeraar"), "contract_in_force"),
    SetupStep.INITIATIVE: (lazy_gettext("Eerste initiatief"), lazy_gettext("Projectleider"), "from_direction"),
}
"""Title, who does it, and the kind of rule that asks for it."""
_WHY = {
    SetupStep.INSURERS: lazy_gettext("De verzekeraar bepaalt welk kader voor de regio geldt."),
    SetupStep.PEOPLE: lazy_gettext("Wie een rol heeft, houdt het dossier bij of leest mee."),
    SetupStep.PRACTICES: lazy_gettext("Aantallen, mandaten en gebruik tellen over de aangesloten praktijken."),
    SetupStep.INITIATIVE: lazy_gettext("Een initiatief brengt een gekozen richting in de praktijk."),
}
"""Where no rule says why."""


def setup_page(seen: Visible) -> dict[str, Any]:
    """The view model of templates/cooperations/setup.html."""
    title = _("%(name)s inrichten", name=seen.dossier.name)
    crumbs = [
        {"text": seen.dossier.name, "url": link("cooperations.overview", code=seen.code)},
        {"text": _("Inrichten")},
    ]
    steps = setup_steps(seen)
    done = sum(step["is_done"] for step in steps)
    lead = _("%(done)s van %(total)s stappen hebben al een begin.", done=done, total=len(steps))
    head = {"title": title, "fictional": seen.fictional, "crumbs": crumbs, "lead": [lead], "facts": [], "buttons": []}
    return {"head": head, "steps": steps}


def setup_card(seen: Visible) -> dict[str, Any] | None:
    """What stands on the overview of a new region in place of all that is empty; who writes there sees the way."""
    if days().is_past or not is_new(seen.dossier):
        return None
    forms, finding = forms_of(seen.dossier), finding_of(seen, "vision_on_time")
    return {
        "why": _why(SetupStep.VISION, finding) or _("Een regio begint met een visie."),
        "source": why_url(finding, seen.code) if finding is not None else None,
        "begin": forms.add("vision", text=_("Begin met de visie")),
        "url": link("setup.index", code=seen.code) if forms.is_open else None,
        "steps": setup_steps(seen) if forms.is_open else [],
    }


def setup_steps(seen: Visible) -> list[dict[str, Any]]:
    """Every step with its state in words and the links that the reader may follow."""
    today = clock.real_today()
    known = (item for item in people(cooperation=seen.code) if item.active)
    held = sum(any(role.state(today) == "held" for role in item.roles) for item in known)
    forms = forms_of(seen.dossier)
    return [_step(item, seen, forms) for item in progress(seen.dossier, held, clock.today())]


def _step(item: Progress, seen: Visible, forms: Forms) -> dict[str, Any]:
    title, owner, kind = _STEPS[item.step]
    finding = finding_of(seen, kind) if kind is not None else None
    return {
        "title": str(title),
        "state": _("%(count)s vastgelegd", count=item.number) if item.number else _("nog niets"),
        "is_done": item.number > 0,
        "is_next": item.is_next,
        "why": _why(item.step, finding),
        "due": _due(finding),
        "owner": str(owner),
        "source": why_url(finding, seen.code) if finding is not None else None,
        "links": _links(item.step, seen.code, forms),
    }


def _why(step: SetupStep, finding: Finding | None) -> str:
    return words(finding.requirement.plain) if finding is not None else str(_WHY.get(step, ""))


def _due(finding: Finding | None) -> str | None:
    if finding is None or finding.due_on is None or finding.due_on.year > 2100:
        return None
    return str(_("Uiterlijk %(day)s.", day=labels.day_words(finding.due_on, language())))


def _links(step: SetupStep, code: str, forms: Forms) -> list[dict[str, str]]:
    back = {"terug": link("setup.index", code=code)}
    if step is SetupStep.PEOPLE:
        url = link("region_people.index", code=code)
        return [{"text": _("Nodig mensen uit"), "url": url}] if url and allows(Action.manage_people, code) else []
    if step is SetupStep.PRACTICES:
        first = forms.add("practice", text=_("Praktijk vastleggen"), **back)
        more = [
            {"text": _("Importeer praktijken uit Excel"), "url": link("practice_sheets.index", code=code)},
            {"text": _("Gebruik per praktijk vastleggen"), "url": link("use_grid.index", code=code)},
        ]
        return [first, *more] if first is not None else []
    given = back | ({"role": LeadRole.CMIO.value} if step is SetupStep.LEAD else {})
    found = forms.add(_PLACES[step], **given)
    return [found] if found is not None else []


_PLACES = {
    SetupStep.INSURERS: "insurer_link",
    SetupStep.VISION: "vision",
    SetupStep.LEAD: "ict_lead",
    SetupStep.SUPPORT: "ict_support",
    SetupStep.DIRECTIONS: "direction",
    SetupStep.CONTRACT: "contract",
    SetupStep.INITIATIVE: "initiative",
}
"""What is recorded in a step that has one form."""


def first_steps() -> dict[str, Any]:
    """What an administrator of an empty house does first, for its empty state; nothing for anybody else."""
    if days().is_past or not allows(Action.administer):
        return {}
    return {
        "text": _("Open eerst een samenwerkingsverband; daarna ziet u stap voor stap wat er komt."),
        "button": {"text": _("Open een samenwerkingsverband"), "url": link("region_administration.opening")},
    }
