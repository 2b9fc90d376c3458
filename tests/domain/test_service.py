"""R43-R45: what a practice declares of service and accessibility, by the rule set of its own year."""

from decimal import Decimal
from typing import Any

import pytest

from tests.domain.money_facts import ZZ, declaration, said
from tests.domain.roadmap_facts import asked, day, programme, region
from tracker.domain.finding import Finding
from tracker.domain.programme import Programme
from tracker.domain.records.enums import ServiceComponent
from tracker.domain.records.funding import ServiceDeclaration
from tracker.domain.register import Register
from tracker.domain.rules import findings

A, B, C = (
    ServiceComponent.DIGITAL_APPOINTMENTS,
    ServiceComponent.REPEAT_PRESCRIPTIONS,
    ServiceComponent.REMOTE_CONSULTS,
)
SPEECH, HOURS = ServiceComponent.SPEECH_TO_TEXT, ServiceComponent.SURGERY_HOURS


def edition(start: int, end: int, *requirements: Any) -> Programme:
    days = {"valid_from": day(f"{start}-01-01"), "valid_to": day(f"{end}-12-31")}
    return programme(*requirements, key=f"zz-{start}", insurer=ZZ, **days)


EARLIER = edition(
    2023,
    2025,
    asked("service_digital", rule="R43", every=[C.value], any_of=[A.value, B.value]),
    asked("service_surcharge", rule="R44", every=[A.value, B.value, C.value], any_of=[]),
    asked("service_amounts_unknown", rule="R45", key="service_amounts"),
)
LATER = edition(
    2026,
    2028,
    asked("service_digital", rule="R43", every=[A.value, B.value, C.value], any_of=[]),
    asked("service_surcharge", rule="R44", every=[A.value, B.value, C.value, SPEECH.value], any_of=[]),
    asked("service_amounts", rule="R45", year=2026, speech_eur=Decimal("1.22"), surcharge_eur=Decimal("0.33")),
)


def judged(rule: str, held: ServiceDeclaration) -> Finding:
    dossier = region(service_declarations=(held,))
    (found,) = findings(dossier, Register(), (EARLIER, LATER), day("2030-01-01"), frozenset({rule}))
    return found


# --- R43 -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("has", "until_2025", "from_2026"),
    [
        ((A, B, C), "MET", "MET"),
        ((A, C), "MET", "NOT_MET"),
        ((B, C), "MET", "NOT_MET"),
        ((A, B), "NOT_MET", "NOT_MET"),
        ((C,), "NOT_MET", "NOT_MET"),
        ((), "NOT_MET", "NOT_MET"),
    ],
)
def test_either_a_or_b_was_enough_until_2025_and_all_three_are_needed_since(
    has: tuple[ServiceComponent, ...], until_2025: str, from_2026: str
) -> None:
    for year in (2023, 2025):
        assert judged("R43", declaration(year, has)).status == until_2025
    for year in (2026, 2028):
        assert judged("R43", declaration(year, has)).status == from_2026


def test_having_is_not_enough_and_using_what_one_has_not_neither() -> None:
    unused = judged("R43", declaration(2026, (A, B, C), uses=(A, B)))
    assert said(unused) == ("NOT_MET", "aanwezig, maar niet gebruikt: remote_consults")
    absent = judged("R43", declaration(2026, (A, B), uses=(A, B, C)))
    assert said(absent) == ("NOT_MET", "niet aanwezig: remote_consults")


def test_of_two_alternatives_without_either_both_are_named() -> None:
    found = judged("R43", declaration(2025, (C,)))
    assert said(found)[1] == "geen van beide aanwezig en gebruikt: digital_appointments, repeat_prescriptions"


@pytest.mark.parametrize("rule", ["R43", "R44"])
@pytest.mark.parametrize("year", [2022, 2029])
def test_the_rules_of_other_years_are_unknown(rule: str, year: int) -> None:
    assert said(judged(rule, declaration(year, (A, B, C, SPEECH)))) == ("UNKNOWN", f"regels van {year} onbekend")


def test_a_declaration_is_judged_by_the_edition_of_its_own_year() -> None:
    assert judged("R43", declaration(2025, (A, C))).programme.key == "zz-2023"
    assert judged("R45", declaration(2025, (A, C))).programme.key == "zz-2023"
    assert judged("R43", declaration(2026, (A, C))).programme.key == "zz-2026"


@pytest.mark.parametrize("rule", ["R43", "R44", "R45"])
@pytest.mark.parametrize("year", [2025, 2026])
def test_a_declaration_to_another_insurer_is_not_judged(rule: str, year: int) -> None:
    assert said(judged(rule, declaration(year, (A, B, C), insurer="menzis"))) == ("NA", "andere verzekeraar")


# --- R44 -------------------------------------------------------------------------------------------------------------


def test_the_surcharge_asked_a_b_and_c_until_2025() -> None:
    assert judged("R44", declaration(2025, (A, B, C))).status == "MET"
    assert judged("R44", declaration(2025, (A, C, SPEECH))).status == "NOT_MET"


def test_the_surcharge_asks_speech_to_text_as_well_since_2026() -> None:
    assert judged("R44", declaration(2026, (A, B, C, SPEECH))).status == "MET"
    assert said(judged("R44", declaration(2026, (A, B, C, HOURS))))[1] == "niet aanwezig: speech_to_text"
    assert judged("R44", declaration(2026, (A, C, SPEECH))).status == "NOT_MET"


# --- R45 -------------------------------------------------------------------------------------------------------------


def declared(amount: str | None, has: tuple[ServiceComponent, ...], insured: int = 2400, year: int = 2026) -> Finding:
    eur = None if amount is None else Decimal(amount)
    held = declaration(year, has, insured=insured, declared_speech_and_surcharge_eur=eur)
    return judged("R45", held)


def test_speech_and_surcharge_of_two_thousand_four_hundred_insured() -> None:
    found = declared("3720", (A, B, C, SPEECH))
    assert said(found) == ("MET", "berekend € 3720.00, opgegeven € 3720")


def test_a_cent_off_is_off() -> None:
    assert declared("3719.99", (A, B, C, SPEECH)).status == "NOT_MET"
    assert declared("3720.01", (A, B, C, SPEECH)).status == "NOT_MET"


def test_speech_alone_earns_no_surcharge() -> None:
    assert declared("2441.22", (A, B, SPEECH), insured=2001).status == "MET"
    assert said(declared("2945", (A, C, SPEECH), insured=1900)) == (
        "NOT_MET",
        "berekend € 2318.00, opgegeven € 2945",
    )


def test_without_speech_nothing_of_the_two_is_earned() -> None:
    assert declared("0", (A, B, C)).status == "MET"


def test_nothing_declared_stays_unknown() -> None:
    assert declared(None, (A, B, C, SPEECH)).status == "UNKNOWN"


@pytest.mark.parametrize("year", [2022, 2025, 2027, 2029])
def test_the_tariff_of_another_year_is_unknown_whatever_is_declared(year: int) -> None:
    assert said(declared("3720", (A, B, C, SPEECH), year=year)) == ("UNKNOWN", f"tarief {year} onbekend")
