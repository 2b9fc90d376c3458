"""Rules for what was agreed: the contract with the insurer, the mandates behind it, the social domain."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.domain.finding import Finding, Reason, Status, Verdict
from tracker.domain.periods import covers, is_affiliated
from tracker.domain.records.base import Pair
from tracker.domain.records.contract import Contract, Mandate
from tracker.domain.records.cooperation import Cooperation
from tracker.domain.records.enums import ContractScope, OiTariff
from tracker.domain.records.practice import Practice
from tracker.domain.rule_kinds import Need, Subject, View, rule

_BOTH_UNTIL = Pair("beide onderdelen van kracht t/m {date}", "both scopes in force until {date}")
_BOTH_OPEN = Pair("beide onderdelen van kracht, zonder einddatum", "both scopes in force, without an end date")
_SCOPES = Pair("{n} van {total} onderdelen van kracht", "{n} of {total} scopes in force")
_ONLY = Pair("alleen {scope} van kracht", "only {scope} in force")
_NO_CONTRACT = Pair("geen overeenkomst van kracht", "no contract in force")
_LAST_ENDED = Pair(
    "geen overeenkomst van kracht, vorige eindigde {date}", "no contract in force, last one ended {date}"
)
_NO_AGREEMENT = Pair("geen overeenkomst", "no contract")
_WITHOUT_CONTRACT = Pair("geen contract", "no contract")
_EXPIRED = Pair("verlopen", "expired")
_WITHOUT = {
    ContractScope.FINANCING: Pair("zonder geld", "without money"),
    ContractScope.IMPLEMENTATION: Pair("zonder implementatie", "without implementation"),
}
"""What a contract on one of the two scopes leaves out."""
_NOBODY_INVOLVED = Pair("geen betrokken praktijken", "no practices involved")
_MANDATES = Pair("{n} van {total} mandaten", "{n} of {total} mandates")
_ONE_NEW = Pair(
    "{n} van {total}; 1 nieuwe praktijk nog zonder mandaat", "{n} of {total}; 1 new practice without mandate"
)
_NEW = Pair(
    "{n} van {total}; {k} nieuwe praktijken nog zonder mandaat", "{n} of {total}; {k} new practices without mandate"
)
_KINDS = Pair("{n} van {total} soorten", "{n} of {total} kinds")
_NO_DISTRICT = Pair("{n} van {total}; geen wijkmanagement", "{n} of {total}; no neighbourhood management")
_NO_KIND = Pair("geen afspraken", "no agreements")


def last_day(contract: Contract) -> date | None:
    """Last day in force: the agreed end or, when earlier, the early one; empty = open."""
    return min((day for day in (contract.ends_on, contract.terminated_on) if day is not None), default=None)


def in_force(contracts: Iterable[Contract], insurer: str | None, day: date) -> tuple[Contract, ...]:
    """The contracts with an insurer that are signed and in force on the day, by code."""
    found = (
        item
        for item in contracts
        if item.insurer == insurer and item.signed_on <= day and covers(item.starts_on, last_day(item), day)
    )
    return tuple(sorted(found, key=lambda item: item.code))


def _scope_until(contracts: tuple[Contract, ...], scope: ContractScope) -> date:
    """Last day on which a scope is in force; date.max = open."""
    return max(last_day(item) or date.max for item in contracts if scope in item.scopes)


@rule(Subject.COOPERATION, reads=("contract",), soft_deadline=date)
def contract_in_force(view: View, need: Need, dossier: Cooperation) -> Verdict:
    """R10: a contract on implementation and its financing is in force (M:258-260)."""
    soft, day, insurer = need.day("soft_deadline"), view.as_of, view.programme.insurer_key
    contracts = in_force(dossier.contracts, insurer, day)
    scopes = [scope for scope in ContractScope if any(scope in item.scopes for item in contracts)]
    if len(scopes) == len(ContractScope):
        until = min(_scope_until(contracts, scope) for scope in scopes)
        reason = Reason(_BOTH_OPEN) if until == date.max else Reason(_BOTH_UNTIL, {"date": until})
        return Verdict(Status.MET, reason, contracts, soft)
    if day <= soft:
        reason = Reason(_SCOPES, {"n": len(scopes), "total": len(ContractScope)})
        return Verdict(Status.PENDING, reason, contracts, soft)
    if scopes:
        missing = next(scope for scope in ContractScope if scope not in scopes)
        return Verdict(Status.PARTIAL, Reason(_ONLY, {"scope": scopes[0]}, _WITHOUT[missing]), contracts, soft)
    ended = [
        (end, item.code, item)
        for item in dossier.contracts
        if item.insurer == insurer and (end := last_day(item)) is not None and end < day
    ]
    if not ended:
        return Verdict(Status.NOT_MET, Reason(_NO_CONTRACT, word=_WITHOUT_CONTRACT), due_on=soft)
    end, _, last = max(ended, key=lambda found: found[:2])
    return Verdict(Status.NOT_MET, Reason(_LAST_ENDED, {"date": end}, _EXPIRED), (last,), soft)


@dataclass(frozen=True)
class Mandates:
    """Who gave a mandate for a contract; codes of practices, sorted."""

    given: tuple[str, ...]
    missing: tuple[str, ...]
    in_grace: tuple[str, ...]
    """Joined after the signing, without mandate, still within the grace days (ours)."""
    records: tuple[Mandate, ...]
    """The mandates that count."""

    @property
    def total(self) -> int:
        """Practices whose mandate counts: all but those in grace."""
        return len(self.given) + len(self.missing)


def latest_contract(contracts: Iterable[Contract], insurer: str | None) -> Contract | None:
    """The latest signed contract with an insurer, also when it has expired."""
    mine = (item for item in contracts if item.insurer == insurer)
    return max(mine, key=lambda item: (item.signed_on, item.starts_on, item.code), default=None)


def mandates_of(dossier: Cooperation, contract: Contract, as_of: date, grace_days: int) -> Mandates:
    """The mandates of the affiliated and involved practices on a day (M:320-322, Q-11)."""
    holding = [item for item in contract.mandates if item.given_on <= as_of and not _is_withdrawn(item, as_of)]
    of_base, of_later = _first_given(holding, contract.signed_on), _first_given(holding, as_of)
    given: list[str] = []
    missing: list[str] = []
    in_grace: list[str] = []
    used: list[Mandate] = []
    for practice in sorted(involved_in(dossier, contract, as_of), key=lambda item: item.code):
        is_base = is_affiliated(practice.memberships, contract.signed_on)
        held = of_base if is_base else of_later
        found = held.get(practice.code) or held.get(None)
        if found is not None:
            given.append(practice.code)
            used.append(found)
        elif not is_base and as_of <= _joined_on(practice, as_of) + timedelta(days=grace_days):
            in_grace.append(practice.code)
        else:
            missing.append(practice.code)
    once = {(item.practice or "", item.given_on): item for item in used}
    return Mandates(tuple(given), tuple(missing), tuple(in_grace), tuple(once[key] for key in sorted(once)))


def mandates_behind(finding: Finding, dossier: Cooperation, as_of: date) -> Mandates | None:
    """The mandates that a finding of R25 counted; None where there is no contract."""
    contract = latest_contract(dossier.contracts, finding.programme.insurer_key)
    if contract is None:
        return None
    grace = Need(finding.requirement, finding.programme.switches).number("grace_days")
    return mandates_of(dossier, contract, as_of, grace)


def _is_withdrawn(mandate: Mandate, day: date) -> bool:
    return mandate.withdrawn_on is not None and mandate.withdrawn_on <= day


def involved_in(dossier: Cooperation, contract: Contract, as_of: date) -> list[Practice]:
    """The practices affiliated on the day; only the involved ones where the contract names them."""
    named = contract.involved_practices
    return [
        item
        for item in dossier.practices
        if (named is None or item.code in named) and is_affiliated(item.memberships, as_of)
    ]


def _joined_on(practice: Practice, as_of: date) -> date:
    return min(item.from_on for item in practice.memberships if covers(item.from_on, item.to_on, as_of))


def _first_given(mandates: Iterable[Mandate], day: date) -> dict[str | None, Mandate]:
    """The first mandate of each practice up to the day; that of the members' meeting stands under None."""
    found: dict[str | None, Mandate] = {}
    for item in sorted(mandates, key=lambda item: item.given_on):
        if item.given_on <= day:
            found.setdefault(item.practice, item)
    return found


@rule(
    Subject.COOPERATION,
    reads=("contract", "mandate", "practice", "practice.memberships"),
    grace_days=int,
)
def mandate_complete(view: View, need: Need, dossier: Cooperation) -> Verdict:
    """R25: the affiliated and involved practices gave their mandate for the contract (M:320-322)."""
    contract = latest_contract(dossier.contracts, view.programme.insurer_key)
    if contract is None:
        return Verdict(Status.NA, Reason(_NO_AGREEMENT, word=_WITHOUT_CONTRACT))
    held = mandates_of(dossier, contract, view.as_of, need.number("grace_days"))
    n, total, k = len(held.given), held.total, len(held.in_grace)
    if not total and not k:
        return Verdict(Status.NA, Reason(_NOBODY_INVOLVED), (contract,))
    reason, records = Reason(_MANDATES, {"n": n, "total": total}), (contract, *held.records)
    if held.missing:
        return Verdict(Status.PARTIAL if n else Status.NOT_MET, reason, records)
    if k:
        text = _ONE_NEW if k == 1 else _NEW
        return Verdict(Status.ADVISORY, Reason(text, {"n": n, "total": total, "k": k}), records)
    return Verdict(Status.MET, reason, records)


@rule(Subject.COOPERATION, reads=("social_agreement_record", "oi_claim"), kinds=list)
def social_agreements(view: View, need: Need, dossier: Cooperation) -> Verdict:
    """R51: eight kinds of agreement with municipality and social domain (G:227-248).

    They are asked where *wijkmanagement* is claimed (G:107-114); elsewhere the count is shown.
    """
    asked = need.words("kinds")
    running = sorted(
        (
            item
            for item in dossier.social_agreements
            if item.kind in asked and covers(item.agreed_on, item.ended_on, view.as_of)
        ),
        key=lambda item: (item.kind, item.agreed_on),
    )
    counted = {"n": len({item.kind for item in running}), "total": len(asked)}
    if counted["n"] == counted["total"]:
        return Verdict(Status.MET, Reason(_KINDS, counted), tuple(running))
    if not any(claim.tariff is OiTariff.NEIGHBOURHOOD_MANAGEMENT for claim in dossier.oi_claims):
        return Verdict(Status.NA, Reason(_NO_DISTRICT, counted), tuple(running))
    if running:
        return Verdict(Status.PARTIAL, Reason(_KINDS, counted), tuple(running))
    return Verdict(Status.NOT_MET, Reason(_NO_KIND))
