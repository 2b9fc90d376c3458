"""All records of a cooperation or an initiative, by noun, for who keeps them: the tab `Gegevens`."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from tracker import access, labels
from tracker.domain.editing import has_own_form
from tracker.domain.policy import Pen
from tracker.domain.records.base import Record
from tracker.domain.records.places import places
from tracker.domain.rule_kinds import KINDS
from tracker.programmes import load_programmes
from tracker.queries.codes import number_of
from tracker.queries.drafts import drafts
from tracker.queries.records import Kept
from tracker.web.curtain import curtained
from tracker.web.dates import link
from tracker.web.frame import language
from tracker.web.initiative_subject import Subject
from tracker.web.record_choices import may_open
from tracker.web.record_pages import day_of, kept_of, title_of
from tracker.web.record_places import Target

_GROUPS = (
    (lazy_gettext("Visie en ICT"), ("vision", "ict_lead", "ict_support", "integration", "preferred_his")),
    (lazy_gettext("Richtingen en steun"), ("direction", "support_activity", "participation_offer")),
    (lazy_gettext("Afspraken"), ("contract", "waiver", "opinion", "social_agreement_record")),
    (lazy_gettext("Praktijken"), ("practice", "service_declaration", "count")),
    (lazy_gettext("Initiatieven"), ("initiative",)),
    (lazy_gettext("Gesprekken en acties"), ("round", "cooperation_action")),
    (lazy_gettext("Geld"), ("oi_claim", "innovation_application", "open_claim", "accreditation_claim")),
    (lazy_gettext("Over de regio"), ("contact", "regional_document", "insurer_link", "predecessor")),
    (lazy_gettext("Opzet"), ("product_use", "initiative_direction", "plan", "statement", "participant")),
    (
        lazy_gettext("Doelen en uitkomsten"),
        ("goal_agreement", "indicator", "initiative_evaluation", "accessibility_test"),
    ),
    (lazy_gettext("Financiering en besluiten"), ("funding_line", "extension")),
    (lazy_gettext("Delen en leren"), ("sharing", "good_example")),
)
"""How the lists stand together; a test holds them complete."""


def lists_page(code: str, above: str | None = None) -> dict[str, Any]:
    """The view model of templates/records/lists.html: what somebody may keep, and the own drafts."""
    pen = access.pen(code)
    parent_place = "cooperation" if above is None else "initiative"
    parent = number_of(parent_place, above or code) or 0
    groups = [_group(title, names, Target("", code, parent, above), parent_place, pen) for title, names in _GROUPS]
    return {
        "groups": [group for group in groups if group["lists"]],
        "drafts": _drafts(code if above is None else above),
    }


def _group(title: Any, names: tuple[str, ...], at: Target, parent_place: str, pen: Pen) -> dict[str, Any]:
    known = [
        name for name in names if name in places() and has_own_form(name) and places()[name].parent == parent_place
    ]
    lists = [_list(at._replace(place=name), pen) for name in known if may_open(pen, name)]
    return {"title": str(title), "id": f"groep-{known[0] if known else ''}", "lists": lists}


def _list(target: Target, pen: Pen) -> dict[str, Any]:
    held = curtained(target.code, kept_of(target))
    kind = places()[target.place].kind
    return {
        "id": target.place.replace("_", "-"),
        "title": target.title,
        "meaning": _asked(kind),
        "count": len(held),
        "rows": [_row(target, item, pen) for item in reversed(held)],
        "add": {"text": _("%(kind)s vastleggen", kind=target.title), "url": target.address("add")}
        if pen.may(target.place)
        else None,
    }


def _row(target: Target, item: Kept, pen: Pen) -> dict[str, Any]:
    title = title_of(item)
    return {
        "title": title,
        "day": day_of(item),
        "correct": target.address("correct", item.number),
        "remove": target.address("remove", item.number) if pen.may(target.place) else None,
        "inside": _lists_inside(target, item),
    }


def _lists_inside(target: Target, item: Kept) -> dict[str, str] | None:
    """The lists of a record that has a page of its own."""
    if target.place != "initiative":
        return None
    return {"text": _("Gegevens"), "url": link("initiatives.records", id=item.values["code"])}


def _asked(kind: type[Record]) -> str | None:
    """The roadmap rules and conditions that read this kind, in words."""
    name, tongue = kind.declared.name, language()
    titles = {
        labels.words(asked.title, tongue)
        for programme in load_programmes()
        for asked in programme.requirements
        if name in KINDS[asked.kind].reads
    }
    return _("Telt voor: %(rules)s", rules=labels.listed(sorted(titles)[:4], tongue)) if titles else None


def _drafts(subject: str) -> list[dict[str, str]]:
    """The half-filled forms of the reader about this region or initiative."""
    mine = (draft for draft in drafts(access.actor().account) if f"/{subject}/" in draft.path)
    return [
        {"text": draft.title, "url": draft.path, "when": labels.moment_text(draft.saved_at, language())}
        for draft in mine
    ]


def records_page(about: Subject) -> dict[str, Any]:
    """The view model of templates/initiatives/records.html."""
    found = about.initiative
    crumbs = [
        {"text": about.seen.dossier.name, "url": link("cooperations.overview", code=about.seen.code)},
        {"text": found.title, "url": link("initiatives.detail", id=found.code)},
        {"text": _("Gegevens")},
    ]
    own = number_of("initiative", found.code)
    correct = Target("initiative", about.seen.code, None).address("correct", own)
    button = {"text": _("Initiatief corrigeren"), "icon": "pencil", "url": correct}
    shown = [button] if may_open(access.pen(about.seen.code), "initiative") else []
    title = _("Gegevens van %(what)s", what=found.title)
    head = {"title": title, "fictional": about.seen.fictional, "crumbs": crumbs, "facts": [], "buttons": shown}
    return {"head": head} | lists_page(about.seen.code, found.code)
