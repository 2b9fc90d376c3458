"""R46, R49 and R55: questions of the funding guide, answered from their own inputs."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.domain.money_facts import ZZ, said
from tests.domain.roadmap_facts import programme
from tracker.domain.calculators import (
    Carer,
    code_scope,
    double_care_billing,
    poh_consults,
    poh_hours,
    remote_consult,
)
from tracker.domain.finding import Verdict
from tracker.domain.programme import Article, Passage, Tariff, Words

# --- R46 -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("year", "content", "time", "status"),
    [
        (2018, True, True, "NOT_MET"),
        (2019, True, True, "MET"),
        (2026, False, True, "NOT_MET"),
        (2026, True, False, "NOT_MET"),
    ],
)
def test_a_remote_contact_is_a_consult_when_content_and_time_compare(
    year: int, content: bool, time: bool, status: str
) -> None:
    assert remote_consult(year=year, from_year=2019, same_content=content, same_time=time).status == status


# --- R49 -------------------------------------------------------------------------------------------------------------

_WORDS = Words("titel", "title")
_PASSAGE = Passage("ZS", "37-51", "tekst")


def row(code: str, amount: str | None, option: int | None = None) -> Tariff:
    return Tariff(
        key=f"{code}-{option}",
        title=_WORDS,
        source=_PASSAGE,
        code=code,
        amount_eur=None if amount is None else Decimal(amount),
        valid_from=date(2026, 1, 1),
        valid_to=date(2026, 12, 31),
        option=option,
    )


OFFER = programme(
    key="zz",
    insurer=ZZ,
    tariffs=(row("31040", "0.24", 2), row("31040", "0.19", 1), row("31278", None)),
    articles=(Article(6, _WORDS, _WORDS, _PASSAGE, codes=("31272",)),),
)
MENZIS = programme()


def scope(code: str, on: str = "2026-06-01", insurer: str = ZZ) -> tuple[str, str]:
    return said(code_scope((MENZIS, OFFER), insurer, code, date.fromisoformat(on)))


def test_a_code_with_a_tariff_gives_its_amounts() -> None:
    assert scope("31040") == ("MET", "31040: € 0.19, € 0.24")


@pytest.mark.parametrize(
    ("on", "status"),
    [("2025-12-31", "UNKNOWN"), ("2026-01-01", "MET"), ("2026-12-31", "MET"), ("2027-01-01", "UNKNOWN")],
)
def test_a_tariff_holds_in_its_own_year(on: str, status: str) -> None:
    assert scope("31040", on)[0] == status


@pytest.mark.parametrize("code", ["31278", "31272"])
def test_a_known_code_without_an_amount_is_unknown_and_never_free(code: str) -> None:
    assert scope(code) == ("UNKNOWN", "tarief 2026 onbekend")


def test_a_tariff_of_one_insurer_says_nothing_of_another() -> None:
    assert scope("31040", insurer="menzis")[0] == "NOT_MET"
    assert scope("99999")[0] == "NOT_MET"


# --- R55 -------------------------------------------------------------------------------------------------------------


def billed(code: str, **more: Any) -> Verdict:
    facts: dict[str, Any] = {
        "carer": Carer.GP,
        "module_covers": False,
        "billed_this_year": False,
        "billed_ever": False,
        "yearly_codes": ("13029", "13031"),
        "once_codes": ("13030",),
    }
    return double_care_billing(code=code, **(facts | more))


@pytest.mark.parametrize("code", ["13029", "13031"])
def test_yearly_care_is_billed_by_the_gp_once_a_year_beside_no_module(code: str) -> None:
    assert billed(code).status == "MET"
    assert billed(code, billed_ever=True).status == "MET"
    assert billed(code, billed_this_year=True).status == "NOT_MET"
    assert billed(code, module_covers=True).status == "NOT_MET"
    assert billed(code, carer=Carer.POH_S).status == "NOT_MET"


def test_starting_insulin_is_billed_once_per_insured() -> None:
    assert billed("13030").status == "MET"
    assert billed("13030", billed_ever=True).status == "NOT_MET"
    assert billed("13030", carer=Carer.POH_S).status == "NOT_MET"


def test_other_codes_have_no_such_rule() -> None:
    assert billed("31040").status == "NA"


@pytest.mark.parametrize("carer", list(Carer))
def test_assistants_are_never_declared_as_a_poh(carer: Carer) -> None:
    assert poh_hours(carer).status == ("MET" if carer in (Carer.POH_S, Carer.POH_ELDERLY) else "NOT_MET")


def test_a_poh_bills_consults_only_beyond_the_paid_hours() -> None:
    assert poh_consults(hours_worked=20, hours_paid=20).status == "NOT_MET"
    assert said(poh_consults(hours_worked=21, hours_paid=20))[0] == "MET"
