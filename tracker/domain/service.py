"""The yearly declaration of service and accessibility (R43-R45)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from tracker.domain.amounts import EXACT, times_insured
from tracker.domain.claims import TARIFF_UNKNOWN
from tracker.domain.finding import Euro, Reason, Status, Verdict
from tracker.domain.records.base import Pair
from tracker.domain.records.enums import ServiceComponent
from tracker.domain.records.funding import ServiceDeclaration
from tracker.domain.rule_kinds import Need, Subject, View, rule
from tracker.domain.rules import year_of

_OTHER_INSURER = Reason(Pair("andere verzekeraar", "other insurer"))
_RULES_UNKNOWN = Pair("regels van {year} onbekend", "rules of {year} unknown")
_USED = Pair("aanwezig en gebruikt: {components}", "had and used: {components}")
_NONE_OF = Pair("geen van beide aanwezig en gebruikt: {components}", "neither had and used: {components}")
_ABSENT = Pair("niet aanwezig: {component}", "not there: {component}")
_UNUSED = Pair("aanwezig, maar niet gebruikt: {component}", "had, but not used: {component}")
_COMPARED = Pair("berekend {computed}, opgegeven {declared}", "computed {computed}, declared {declared}")
_NOTHING_DECLARED = Pair("berekend {computed}, niets opgegeven", "computed {computed}, nothing declared")
_SURCHARGE = "service_surcharge"


def is_used(declaration: ServiceDeclaration, component: ServiceComponent) -> bool:
    """*Hebben en gebruiken*: having it is not enough (ZF:77-84)."""
    return component in declaration.has and component in declaration.uses


@rule(Subject.SERVICE, reads=("service_declaration",), every=list, any_of=list)
def service_digital(view: View, need: Need, declaration: ServiceDeclaration) -> Verdict:
    """R43: the digital component of the fee, by the rule set of the declaration's own year (ZF:76-83, 92-102)."""
    return _outside(view, declaration) or _components(need, declaration)


@rule(Subject.SERVICE, reads=("service_declaration",), every=list, any_of=list)
def service_surcharge(view: View, need: Need, declaration: ServiceDeclaration) -> Verdict:
    """R44: the surcharge that may be spent freely (ZF:87-88, 104-108)."""
    return _outside(view, declaration) or _components(need, declaration)


@rule(Subject.SERVICE, reads=("service_declaration",), year=int, speech_eur=Decimal, surcharge_eur=Decimal)
def service_amounts(view: View, need: Need, declaration: ServiceDeclaration) -> Verdict:
    """R45: does the declared amount of speech and surcharge equal the computed one? (ZF:106-109)

    The amounts of the other components, and of other years, are unknown and never 0.
    """
    if _is_of_another_insurer(view, declaration):
        return Verdict(Status.NA, _OTHER_INSURER, (declaration,))
    if declaration.year != need.number("year"):
        return _tariff_unknown(declaration)
    computed = service_amount(view, declaration, need.decimal("speech_eur"), need.decimal("surcharge_eur"))
    declared = declaration.declared_speech_and_surcharge_eur
    if declared is None:
        return Verdict(Status.UNKNOWN, Reason(_NOTHING_DECLARED, {"computed": Euro(computed)}), (declaration,))
    reason = Reason(_COMPARED, {"computed": Euro(computed), "declared": Euro(declared)})
    return Verdict(Status.MET if computed == declared else Status.NOT_MET, reason, (declaration,))


@rule(Subject.SERVICE, reads=("service_declaration",))
def service_amounts_unknown(view: View, need: Need, declaration: ServiceDeclaration) -> Verdict:
    """R45 in an edition whose source gives no amounts."""
    if _is_of_another_insurer(view, declaration):
        return Verdict(Status.NA, _OTHER_INSURER, (declaration,))
    return _tariff_unknown(declaration)


def service_amount(view: View, declaration: ServiceDeclaration, speech_eur: Decimal, surcharge_eur: Decimal) -> Decimal:
    """The year amount of speech-to-text and of the surcharge, each only where it is earned."""
    speech = speech_eur if is_used(declaration, ServiceComponent.SPEECH_TO_TEXT) else Decimal(0)
    surcharge = surcharge_eur if _earns_surcharge(view, declaration) else Decimal(0)
    return EXACT.add(times_insured(speech, declaration.insured), times_insured(surcharge, declaration.insured))


def _earns_surcharge(view: View, declaration: ServiceDeclaration) -> bool:
    """By the conditions of the surcharge in the same edition; an edition without them has no surcharge."""
    requirement = view.programme.requirement(_SURCHARGE)
    if requirement is None:
        return False
    return _components(Need(requirement, view.programme.switches), declaration).status is Status.MET


def _tariff_unknown(declaration: ServiceDeclaration) -> Verdict:
    return Verdict(Status.UNKNOWN, Reason(TARIFF_UNKNOWN, {"year": str(declaration.year)}), (declaration,))


def _outside(view: View, declaration: ServiceDeclaration) -> Verdict | None:
    """The verdict when the edition says nothing of this declaration: another insurer, or a year it does not cover."""
    if _is_of_another_insurer(view, declaration):
        return Verdict(Status.NA, _OTHER_INSURER, (declaration,))
    if not view.programme.holds_on(date(year_of(declaration), 1, 1)):
        return Verdict(Status.UNKNOWN, Reason(_RULES_UNKNOWN, {"year": str(declaration.year)}), (declaration,))
    return None


def _is_of_another_insurer(view: View, declaration: ServiceDeclaration) -> bool:
    return view.programme.insurer_key not in (None, declaration.insurer)


def _components(need: Need, declaration: ServiceDeclaration) -> Verdict:
    """One of the alternatives where there are any, and each of the rest; the first that fails is named."""
    alternatives, every = _named(need.words("any_of")), _named(need.words("every"))
    if alternatives and not any(is_used(declaration, component) for component in alternatives):
        return Verdict(Status.NOT_MET, Reason(_NONE_OF, {"components": alternatives}), (declaration,))
    for component in every:
        if not is_used(declaration, component):
            template = _UNUSED if component in declaration.has else _ABSENT
            return Verdict(Status.NOT_MET, Reason(template, {"component": component}), (declaration,))
    used = tuple(component for component in (*alternatives, *every) if is_used(declaration, component))
    return Verdict(Status.MET, Reason(_USED, {"components": used}), (declaration,))


def _named(words: Iterable[str]) -> tuple[ServiceComponent, ...]:
    return tuple(ServiceComponent(word) for word in words)
