"""The way from what a page says to the form that answers it, for who may write it; never in the past.

forms_of(dossier).add("vision")                    the form of a new record
forms_of(dossier).correction(record)               the form on which a record of this dossier is corrected
forms_of(dossier).answer(finding)                  the form that a rule asks for
forms_of(dossier).waiver(finding)                  a deviation from this rule, about this subject
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from flask import g
from flask_babel import gettext as _

from tracker import access, labels
from tracker.domain.addresses import below
from tracker.domain.editing import has_own_form, place_below
from tracker.domain.finding import Finding, Status
from tracker.domain.policy import POLICY, Action, Pen
from tracker.domain.records.base import Record, children_of, key_of
from tracker.domain.records.contract import Contract
from tracker.domain.records.cooperation import Cooperation
from tracker.domain.records.enums import LeadRole
from tracker.domain.records.evidence import Evidence
from tracker.domain.records.places import places
from tracker.queries.codes import number_of
from tracker.queries.journal import recorded
from tracker.web.dates import days, link
from tracker.web.frame import language
from tracker.web.record_choices import may_open
from tracker.web.record_places import form_url

Link = dict[str, str]


class Answer(NamedTuple):
    """What a rule asks for: a new record of a place, or a correction of the one it names."""

    place: str
    corrects: bool = False
    grid: str | None = None
    """The page on which many of its children are kept at once."""


ANSWERS: Mapping[str, Answer] = {
    "vision_on_time": Answer("vision"),
    "vision_supported_and_complete": Answer("vision", True),
    "ict_lead_on_deadline": Answer("ict_lead"),
    "ict_lead_now": Answer("ict_lead"),
    "ict_support_on_deadline": Answer("ict_support", True),
    "three_directions_selected": Answer("direction"),
    "three_directions_implementing": Answer("direction", True),
    "directions_aligned": Answer("direction", True),
    "theme3_consistency": Answer("direction"),
    "horizon_themes": Answer("direction"),
    "support_lines": Answer("support_activity"),
    "contract_in_force": Answer("contract"),
    "mandate_complete": Answer("contract", True, "mandates.index"),
    "social_agreements": Answer("social_agreement_record"),
    "rounds_periodic": Answer("round"),
    "round_complete": Answer("round", True),
    "scores_have_evidence": Answer("round", True),
    "from_direction": Answer("initiative", True),
    "based_on_vision": Answer("statement"),
    "cost_and_outcome_potential": Answer("statement"),
    "goals_agreed_at_start": Answer("goal_agreement"),
    "plan_recorded": Answer("plan"),
    "plan_executed": Answer("plan", True),
    "no_double_funding_agreed": Answer("participant"),
    "no_double_funding_computed": Answer("funding_line", True),
    "stream_fits_purpose": Answer("funding_line", True),
    "running_without_funding": Answer("funding_line"),
    "s3_needs_contract": Answer("contract"),
    "assessed_positive": Answer("product_use", True),
    "evaluated_periodically": Answer("initiative_evaluation"),
    "evaluation_shared": Answer("initiative_evaluation", True),
    "steered": Answer("initiative_evaluation", True),
    "extension_after_evaluation": Answer("extension"),
    "sharing": Answer("sharing"),
    "good_examples_used": Answer("good_example"),
    "accessibility_test": Answer("accessibility_test"),
    "practice_steps": Answer("practice", True),
    "xis_mark": Answer("practice", True),
    "mtvp": Answer("practice", True),
}
"""By the kind of a rule. The rules of claims name the claim, which is corrected from the facts."""


class Owner(NamedTuple):
    """The record on whose form another one stands."""

    place: str
    above: str | None
    address: str
    code: str | None


class Forms:
    """The forms of one dossier that the reader may open."""

    def __init__(self, dossier: Cooperation) -> None:
        self._dossier, self._code = dossier, dossier.code
        self.code = dossier.code
        self._pen: Pen = Pen() if days().is_past else access.pen(dossier.code)
        self.is_open = not self._pen.roles.isdisjoint(POLICY[Action.write_records])
        """Whether the reader writes anything here today."""
        self._owners: dict[int, Owner] | None = None
        self._numbers: dict[str, int] | None = None

    def may(self, place: str) -> bool:
        """Whether the reader adds records of a place."""
        return self.is_open and self._pen.may(place)

    def add(self, place: str, above: str | None = None, text: str | None = None, **given: Any) -> Link | None:
        """The form of a new record, with what is known of it filled in."""
        if not self.may(place):
            return None
        known = {name: value for name, value in given.items() if value is not None}
        words = text or _("%(kind)s vastleggen", kind=_kind(place))
        return {"text": words, "url": form_url(place, self._code, above, "add", **known)}

    def correction(self, record: Record, text: str | None = None) -> Link | None:
        """The form on which a record is corrected."""
        owner = self._owner(record)
        if owner is None or not self.is_open or not may_open(self._pen, owner.place):
            return None
        number = number_of("practice", owner.code or "") if owner.place == "practice" else self._number(owner.address)
        if number is None:
            return None
        url = form_url(owner.place, self._code, owner.above, "correct", number)
        return {"text": text or _("%(kind)s corrigeren", kind=_kind(owner.place)), "url": url}

    def answer(self, finding: Finding) -> Link | None:
        """The form that answers a rule that is not met; nothing for one that is."""
        asked = ANSWERS.get(finding.requirement.kind)
        if asked is None or finding.status in (Status.MET, Status.LATE, Status.NA) or not self.is_open:
            return None
        if asked.grid is not None and finding.records and may_keep_mandates(self._pen):
            contract = next(item.code for item in finding.records if isinstance(item, Contract))
            return {
                "text": _("Mandaten vastleggen"),
                "url": link(asked.grid, code=self.code, overeenkomst=contract) or "",
            }
        if asked.corrects:
            for record in finding.records:
                owner = self._owner(record)
                if owner is not None and owner.place == asked.place and (found := self.correction(record)):
                    return found
        if asked.corrects and places()[asked.place].parent is not None and asked.place in ("practice", "initiative"):
            return None
        above = finding.subject if places()[asked.place].parent == "initiative" else None
        return self.add(asked.place, above, **_known(asked.place, finding))

    def waiver(self, finding: Finding) -> Link | None:
        """The form of a deviation from this rule; about a cooperation, an initiative or a practice as a whole."""
        if "#" in finding.subject or "/" in finding.subject:
            return None
        return self.add("waiver", rule=finding.key, subject=finding.subject)

    def opinion(self, finding: Finding) -> Link | None:
        """The form of what the reader's side thinks of this status."""
        party = "insurer" if self._pen.is_insurers else "cooperation"
        insurer = next(iter(sorted(self._pen.insurers)), None) if self._pen.is_insurers else None
        return self.add("opinion", rule=finding.key, subject=finding.subject, party=party, insurer=insurer)

    def _owner(self, record: Record) -> Owner | None:
        if self._owners is None:
            self._owners = {}
            self._walk_lists(self._dossier, "cooperation", self._code, None)
        return self._owners.get(id(record))

    def _walk_lists(self, record: Record, name: str, address: str, owner: Owner | None) -> None:
        for field in children_of(type(record)):
            held = getattr(record, field.attribute)
            children = held if field.many else (held,) if held is not None else ()
            place = None if field.type is Evidence else place_below(places()[name], field)
            for child in children:
                where = below(address, field.attribute, key_of(child), field.many)
                self._walk(child, place, where, owner)

    def _walk(self, record: Record, place: str | None, address: str, above: Owner | None) -> None:
        owner = above
        if place is not None and has_own_form(place):
            parent = above.code if above is not None else None
            code = str(key_of(record)[0]) if place in ("practice", "initiative") else None
            owner = Owner(place, parent, address, code)
        if owner is None or self._owners is None:
            return
        self._owners[id(record)] = owner
        if place is not None:
            self._walk_lists(record, place, address, owner)

    def _number(self, address: str) -> int | None:
        """The number of a record: one question for all with a form of their own but practices, which are many."""
        if self._numbers is None:
            wanted = {owner.address for owner in (self._owners or {}).values() if owner.place != "practice"}
            self._numbers = {name: found.number for name, found in recorded(self._code, wanted).items()}
        return self._numbers.get(address)


def may_keep_mandates(pen: Pen) -> bool:
    """Whether somebody keeps the mandates of single practices: an insurer signs the contract and sees none."""
    return pen.may("mandate") and not pen.is_insurers


def forms_of(dossier: Cooperation) -> Forms:
    """The forms of a dossier, worked out once per request."""
    held: dict[int, Forms] = g.setdefault("forms", {})
    if id(dossier) not in held:
        held[id(dossier)] = Forms(dossier)
    return held[id(dossier)]


def register_forms(code: str | None = None) -> list[Link]:
    """The form of a new product, or with its code the form of what is known and judged of it."""
    pen = Pen() if days().is_past else access.pen(None)
    if not may_open(pen, "product") or not access.allows(Action.write_register):
        return []
    if code is None:
        words = _("Toepassing vastleggen")
        return [{"text": words, "url": form_url("product", None, None, "add")}] if pen.may("product") else []
    words = _("Oordeel vastleggen") if pen.may("assessment") else _("Toepassing corrigeren")
    return [{"text": words, "url": form_url("product", None, None, "correct", number_of("product", code))}]


def _kind(place: str) -> str:
    return labels.words(places()[place].kind.declared.label, language())


def _known(place: str, finding: Finding) -> dict[str, Any]:
    """What the finding tells of the record that it asks for."""
    values = finding.reason.values
    if place == "ict_lead":
        return {"role": LeadRole.CMIO.value}
    if place == "contract":
        return {"insurer": finding.programme.insurer_key}
    if place == "support_activity":
        lines = values.get("lines")
        return {"line": getattr(lines[0], "value", None)} if isinstance(lines, tuple) and lines else {}
    return {}
