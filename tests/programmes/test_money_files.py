"""What the national file and the two editions of Zorg en Zekerheid say of money."""

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest

from tests.domain.money_facts import ZZ
from tracker.domain.calculators import Carer, code_scope, double_care_billing, remote_consult
from tracker.domain.programme import Programme
from tracker.domain.records.enums import OiTariff, ServiceComponent, SocialAgreementKind
from tracker.programmes import load_programmes
from tracker.programmes.catalogue import catalogue

PROGRAMMES = {programme.key: programme for programme in load_programmes()}
NATIONAL = PROGRAMMES["landelijk"]
EARLIER, LATER = PROGRAMMES["zorg-en-zekerheid-2023"], PROGRAMMES["zorg-en-zekerheid-2026"]
FILES = (NATIONAL, EARLIER, LATER)
CODES = {
    *("12815", "12822", "29033", "13001", "13006", "13012", "13023", "13029", "13030", "13031"),
    *("31040", "31242", "31244", "31272", "31278", "31342", "31389", "31394"),
}


@pytest.mark.parametrize("programme", FILES, ids=lambda item: item.key)
def test_every_rule_has_examples_with_more_than_one_answer(programme: Programme) -> None:
    counted = Counter(example.rule for example in programme.examples)
    assert all(counted[item.rule] >= 2 for item in programme.requirements)
    one_answer = {
        item.rule
        for item in programme.requirements
        if len({example.expect for example in programme.examples if example.rule == item.rule}) < 2
    }
    assert one_answer == ({"R45"} if programme is EARLIER else set())


def test_the_eighteen_codes_are_all_there_and_only_accreditation_has_an_amount() -> None:
    assert {row.code for row in LATER.tariffs if row.code} == CODES
    assert {row.code for row in LATER.tariffs if row.code and row.amount_eur is not None} == {"31040"}


def test_an_unknown_amount_is_absent_and_never_zero() -> None:
    assert [row.key for item in FILES for row in item.tariffs if row.amount_eur == 0] == []
    assert {row.amount_eur for row in (*EARLIER.tariffs, *NATIONAL.tariffs)} == {None}
    amounts = sorted(row.amount_eur for row in LATER.tariffs if row.amount_eur is not None)
    assert amounts == [Decimal(text) for text in ("0.19", "0.24", "0.33", "0.33", "1.22")]


def test_the_rates_that_rules_use_are_the_tariffs_that_are_shown() -> None:
    rows = {row.key: row for row in LATER.tariffs}
    assert LATER.switches["speech_eur"] == rows["service_speech"].amount_eur
    assert LATER.switches["surcharge_eur"] == rows["service_surcharge"].amount_eur
    shown = {str(row.option): row.amount_eur for row in LATER.tariffs if row.option}
    assert LATER.switches["accreditation_rates"] == shown


def test_the_articles_are_one_two_and_four_to_eleven() -> None:
    assert [article.number for article in LATER.articles] == [1, 2, *range(4, 12)]


def test_items_are_named_as_the_records_name_them() -> None:
    assert [item.key for item in NATIONAL.social_agreements] == [kind.value for kind in SocialAgreementKind]
    assert NATIONAL.switches["social_agreement_kinds"] == [kind.value for kind in SocialAgreementKind]
    assert [row.key for row in NATIONAL.tariffs] == [tariff.value for tariff in OiTariff]
    assert {item.key for item in LATER.service_components} == {item.value for item in ServiceComponent}


def test_a_figure_belongs_to_a_direction_or_component_that_exists() -> None:
    known = catalogue(load_programmes())
    codes = {figure.code for figure in NATIONAL.figures if figure.code}
    assert codes <= {*known.directions, *known.components}


def test_figures_of_one_line_have_one_population_and_differ_in_time() -> None:
    lines: dict[str, set[tuple[str, str | None]]] = {}
    for figure in NATIONAL.figures:
        lines.setdefault(figure.series, set()).add((figure.population.nl, figure.code))
    assert [series for series, held in lines.items() if len(held) > 1] == []
    moments = Counter((figure.series, figure.year, figure.month) for figure in NATIONAL.figures)
    assert max(moments.values()) == 1


def test_e_consults_grew_from_68_to_85_percent() -> None:
    line = [(item.year, item.value_pct) for item in NATIONAL.figures if item.series == "practices_e_consult"]
    assert line == [(2019, Decimal(68)), (2020, Decimal(85))]


def test_the_calculators_answer_by_the_files() -> None:
    programmes = load_programmes()
    assert code_scope(programmes, ZZ, "31040", date(2026, 7, 1)).status == "MET"
    assert code_scope(programmes, ZZ, "31040", date(2027, 1, 1)).status == "UNKNOWN"
    assert code_scope(programmes, ZZ, "31244", date(2026, 7, 1)).status == "UNKNOWN"
    assert code_scope(programmes, "menzis", "31040", date(2026, 7, 1)).status == "NOT_MET"
    start = NATIONAL.switches["remote_consult_from"]
    assert remote_consult(year=2019, from_year=start, same_content=True, same_time=True).status == "MET"
    asked = {"yearly_codes": LATER.switches["yearly_codes"], "once_codes": LATER.switches["once_codes"]}
    facts = {"carer": Carer.GP, "module_covers": False, "billed_this_year": True, "billed_ever": True}
    answers = {code: double_care_billing(code=code, **facts, **asked).status for code in ("13029", "13030", "13031")}
    assert set(answers.values()) == {"NOT_MET"}
