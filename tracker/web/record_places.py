"""Which record an address is about: the slugs of the kinds, and where the form of each stands.

/samenwerkingsverbanden/<code>/<soort>/vastleggen        a record of a cooperation
/initiatieven/<id>/<soort>/vastleggen                    a record of an initiative
/toepassingen/<soort>/vastleggen                         a product or a system
"""

from __future__ import annotations

from typing import Any, NamedTuple

from flask import abort, url_for
from flask_babel import gettext as _

from tracker import labels
from tracker.domain.records.places import places
from tracker.queries.codes import code_of, cooperation_of, number_of
from tracker.queries.records import Kept, kept
from tracker.web.frame import language

SLUGS = {
    "predecessor": "voorloper",
    "insurer_link": "verzekeraar",
    "count": "telling",
    "preferred_his": "preferent-his",
    "contact": "contactpersoon",
    "regional_document": "regiodocument",
    "vision": "visie",
    "ict_lead": "ict-rol",
    "ict_support": "ict-ondersteuning",
    "direction": "richting",
    "support_activity": "steun",
    "participation_offer": "aanbod",
    "integration": "koppeling",
    "contract": "contract",
    "practice": "praktijk",
    "initiative": "initiatief",
    "round": "ronde",
    "waiver": "afwijking",
    "social_agreement_record": "afspraak-sociaal-domein",
    "oi_claim": "oi-declaratie",
    "innovation_application": "aanvraag-zorgvernieuwing",
    "service_declaration": "opgave-service",
    "open_claim": "declaratie-open",
    "accreditation_claim": "declaratie-accreditatie",
    "opinion": "oordeel",
    "cooperation_action": "actie",
    "product_use": "toepassing",
    "statement": "verklaring",
    "goal_agreement": "doelafspraak",
    "plan": "plan",
    "indicator": "indicator",
    "participant": "deelnemer",
    "initiative_evaluation": "evaluatie",
    "extension": "verlenging",
    "funding_line": "financiering",
    "sharing": "delen",
    "good_example": "voorbeeld",
    "accessibility_test": "toegankelijkheidstoets",
    "product": "product",
    "his_product": "his",
    "cooperation": "gegevens",
}
"""The word in the address for every place whose records have a form of their own."""
_BY_SLUG = {(places()[name].parent, slug): name for name, slug in SLUGS.items() if name in places()}


class Target(NamedTuple):
    """What a form is about: the place, the cooperation (None = the register), and the parent's number and code."""

    place: str
    code: str | None
    parent: int | None
    above: str | None = None
    """The code of the initiative."""

    def address(self, verb: str, number: int | None = None, **values: Any) -> str:
        """The address of the form: `add`, `correct` or `remove`."""
        return form_url(self.place, self.code, self.above, verb, number, **values)

    @property
    def title(self) -> str:
        """The kind in words, as it begins a sentence."""
        return labels.words(places()[self.place].kind.declared.label, language())

    @property
    def page(self) -> str:
        """The page of the parent, where one goes back to."""
        if self.above is not None:
            return url_for("initiatives.detail", id=self.above)
        if self.code is not None:
            return url_for("cooperations.overview", code=self.code)
        return url_for("products.index")


def form_url(
    place: str, code: str | None, above: str | None, verb: str, number: int | None = None, **values: Any
) -> str:
    """The address of a form. `above` is the code of the initiative that holds the list."""
    if place == "cooperation":
        return url_for(f"records.{verb}_cooperation", code=code, **values)
    if number is not None:
        values["number"] = number
    if above is not None:
        return url_for(f"records.{verb}_of_initiative", id=above, soort=SLUGS[place], **values)
    if code is not None:
        return url_for(f"records.{verb}_of_cooperation", code=code, soort=SLUGS[place], **values)
    return url_for(f"records.{verb}_in_register", soort=SLUGS[place], **values)


def of_cooperation(code: str, soort: str) -> Target:
    """The list of a cooperation that a slug names; 404 when there is none."""
    place = _BY_SLUG.get(("cooperation", soort))
    number = number_of("cooperation", code)
    if place is None or number is None:
        abort(404)
    return Target(place, code, number)


def of_initiative(id: str, soort: str) -> Target:  # noqa: A002
    """The list of an initiative that a slug names; 404 when there is none."""
    place, number = _BY_SLUG.get(("initiative", soort)), number_of("initiative", id)
    code = cooperation_of("initiative", id)
    if place is None or number is None or code is None:
        abort(404)
    return Target(place, code, number, id)


def in_register(soort: str) -> Target:
    """The products or the systems; 404 for another word."""
    place = _BY_SLUG.get((None, soort))
    if place is None or place == "cooperation":
        abort(404)
    return Target(place, None, None)


def stored(target: Target, number: int) -> Kept:
    """The record with that number in the list; 404 when it is not there."""
    held = kept(target.place, number)
    if held is None or held.parent != target.parent:
        abort(404)
    return held


def target_of(held: Kept, code: str | None) -> Target:
    """Where a stored record is edited."""
    above = code_of("initiative", held.parent or 0) if places()[held.place].parent == "initiative" else None
    return Target(held.place, code, held.parent, above)


def verb_title(target: Target, verb: str) -> str:
    """The title of a form and the words on its button: the object, then the verb."""
    named = target.title
    if verb == "add":
        return str(_("%(kind)s vastleggen", kind=named))
    return str(_("%(kind)s corrigeren", kind=named) if verb == "correct" else _("%(kind)s verwijderen", kind=named))
