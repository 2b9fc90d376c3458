"""A raw tree becomes records, or every fault in it is told at once: where, what stood there, what is allowed."""

import gc
from datetime import date, datetime
from decimal import Decimal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.importable import invented
from tracker.domain.parsed import Walk
from tracker.domain.problems import MOST_SHOWN, written
from tracker.domain.raw import raw_of
from tracker.domain.records.base import fields_of
from tracker.domain.records.contract import Contract
from tracker.domain.records.cooperation import Cooperation
from tracker.domain.records.enums import ContractScope, Phase
from tracker.domain.records.funding import FundingLine
from tracker.domain.records.ict import IctLead
from tracker.domain.records.periods import Period
from tracker.domain.records.practice import ComponentUse, Practice
from tracker.domain.records.product import Product
from tracker.domain.records.vision import Vision
from tracker.domain.shape import parse, parse_record
from tracker.domain.values import read_value

PERIOD = {"from": "2020-01-01"}
LEAD = {"role": "cio", "person": "M. Terhorst", "from": "2022-01-01"}
CONTRACT = {
    "code": "C1",
    "insurer": "menzis",
    "signed_on": "2022-01-01",
    "starts_on": "2022-01-01",
    "scopes": ["implementation"],
}
LINE = {"code": "f1", "stream": "s3", "purpose": "initiative", "item": "x", "share_pct": 1, "from": "2022-01-01"}
WOL = {"code": "WOL", "name": "RSV Wolderveen"}


def faults(kind, raw, catalogues=None):
    """Every fault as (path, value, English reason)."""
    record, problems = parse_record(kind, raw, catalogues=catalogues)
    assert (record is None) == bool(problems)
    assert all(item.reason.nl for item in problems)
    return [(item.path, item.value, item.reason.en) for item in problems]


def read(kind, raw):
    """The record of a sound tree."""
    record, problems = parse_record(kind, raw)
    assert problems == []
    return record


# --- what is right ---------------------------------------------------------------------------------------------------


def test_a_record_is_read_with_its_children():
    vision = read(Vision, {"version": 1, "adopted_on": "2022-05-18", "support": []})
    assert (vision.version, vision.adopted_on, vision.support, vision.title) == (1, date(2022, 5, 18), (), None)


def test_a_field_named_from_is_called_from_on_in_code():
    assert read(Period, {"from": "2020-01-01", "to": "2021-01-01"}).to_on == date(2021, 1, 1)


def test_null_means_not_known_and_gives_the_default():
    lead = read(IctLead, LEAD | {"to": None, "interim": None, "evidence": None})
    assert (lead.to_on, lead.interim, lead.evidence) == (None, False, ())


def test_a_day_may_be_a_date_already():
    assert read(Period, {"from": date(2020, 1, 1)}).from_on == date(2020, 1, 1)


@pytest.mark.parametrize("day", ["1990-01-01", "2024-02-29", "2100-12-31"])
def test_the_first_and_the_last_day_are_days(day):
    assert read(Period, {"from": day}).from_on.isoformat() == day


@pytest.mark.parametrize(
    "text",
    [
        "x" * 200,
        "x" * 300,
        "مرحبا",
        "👩‍⚕️ en 🧑🏽‍💻",
        "<script>alert('x')</script>",
        "=1+1",
        "a\u0301",
        "regel\nregel",
        "𝔘",
    ],
)
def test_any_text_is_data(text):
    assert read(Cooperation, {"code": "WOL", "name": text}).name == text


def test_a_text_that_need_not_be_there_may_be_empty():
    assert read(Period, PERIOD | {"note": ""}).note == ""


@pytest.mark.parametrize("code", ["W", "WOL-01", "a.b_c-9", "x" * 40])
def test_a_code_is_made_of_letters_digits_and_three_signs(code):
    assert read(Cooperation, {"code": code, "name": "x"}).code == code


@pytest.mark.parametrize(
    ("given", "value"),
    [
        (1220, "1220"),
        (Decimal("1220.50"), "1220.5"),
        ("1220.50", "1220.5"),
        ("1220.500000", "1220.5"),
        (Decimal("1.2E+3"), "1200"),
        (0, "0"),
        ("0.00", "0"),
    ],
)
def test_an_amount_may_be_quoted_and_has_one_spelling(given, value):
    assert str(read(FundingLine, LINE | {"eur_per_year": given}).eur_per_year) == value


def test_a_list_of_choices_has_one_order():
    contract = read(Contract, CONTRACT | {"scopes": ["financing", "implementation"]})
    assert contract.scopes == (ContractScope.IMPLEMENTATION, ContractScope.FINANCING)


def test_a_list_of_codes_has_one_order_and_an_absent_one_is_not_an_empty_one():
    contract = read(Contract, CONTRACT | {"involved_practices": ["B", "A"]})
    assert contract.involved_practices == ("A", "B")
    assert read(Contract, CONTRACT).involved_practices is None
    assert read(Contract, CONTRACT | {"involved_practices": []}).involved_practices == ()


# --- what is wrong ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("2022-02-30", "2022-02-30"),
        ("2022-7-1", "2022-7-1"),
        ("01-07-2022", "01-07-2022"),
        ("2022-07-01T12:00:00", "2022-07-01T12:00:00"),
        (20220701, 20220701),
        (Decimal("2022.5"), "2022.5"),
        (True, True),
        (datetime(2022, 7, 1, 12), "2022-07-01 12:00:00"),
        ([], "[…]"),
        ({}, "{…}"),
        ("", ""),
        ("２０２２-07-01", "２０２２-07-01"),
        ("2022-07-01\n", "2022-07-01\n"),
    ],
)
def test_a_day_that_does_not_exist_is_refused(value, shown):
    assert faults(Period, {"from": value}) == [("$.from", shown, "write an existing date as 2022-07-01")]


@pytest.mark.parametrize("day", ["1989-12-31", "2101-01-01", "0001-01-01", "9999-12-31"])
def test_a_day_far_away_is_refused(day):
    reason = "choose a date between 1990-01-01 and 2100-12-31"
    assert faults(Period, {"from": day}) == [("$.from", day, reason)]


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (3, "write a text, in quotes"),
        (Decimal("3.0"), "write a text, in quotes"),
        (True, "write a text, in quotes"),
        (date(2022, 1, 1), "write a text, in quotes"),
        (["3"], "write a text, in quotes"),
        ("", "fill in a text"),
        ("  \t", "fill in a text"),
        ("x" * 301, "at most 300 characters"),
        ("a\x00b", "the text holds a character that can't be stored (NUL or half a character)"),
        ("a\ud83d", "the text holds a character that can't be stored (NUL or half a character)"),
    ],
)
def test_a_version_is_text_and_text_has_limits(value, reason):
    ((path, _, found),) = faults(Product, _product(value))
    assert (path, found) == ("$.versions[0].version", reason)


def _product(version):
    return {"code": "P01", "name": "x", "kind": "application", "versions": [{"version": version}]}


@pytest.mark.parametrize("code", ["", "a b", "x" * 41, "é", "a/b", "a\n", 5, None, "a\x00"])
def test_what_is_no_code_is_refused(code):
    ((path, _, reason),) = faults(Cooperation, {"code": code, "name": "x"})
    assert path == "$.code"
    assert reason in (
        "write a code of 1 to 40 letters, digits, dots, hyphens or underscores",
        "required; null is not possible here",
    )


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (True, "write a whole number"),
        ("1", "write a whole number"),
        (Decimal("1.0"), "write a whole number"),
        (1.0, "write a whole number"),
        (-1, "choose a value from 0 to 2147483647"),
        (2**31, "choose a value from 0 to 2147483647"),
        (10**4000, "choose a value from 0 to 2147483647"),
    ],
)
def test_a_whole_number_is_whole_and_fits(value, reason):
    ((path, _, found),) = faults(Vision, {"version": value})
    assert (path, found) == ("$.version", reason)


NO_NUMBER = "write a number with at most 15 digits before and 10 after the point"


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (True, NO_NUMBER),
        (1.5, NO_NUMBER),
        ("1,50", NO_NUMBER),
        ("1e3", NO_NUMBER),
        ("NaN", NO_NUMBER),
        (Decimal("NaN"), NO_NUMBER),
        (Decimal("Infinity"), NO_NUMBER),
        (Decimal("1E+999999999"), NO_NUMBER),
        (Decimal("1E-999999999"), NO_NUMBER),
        (10**20, NO_NUMBER),
        ("", NO_NUMBER),
        (" 1", NO_NUMBER),
        ("1.005", "write an amount with at most two decimals"),
        (-1, "choose a value of 0 or more"),
    ],
)
def test_an_amount_is_a_number_with_two_decimals(value, reason):
    ((path, _, found),) = faults(FundingLine, LINE | {"eur_per_year": value})
    assert (path, found) == ("$.eur_per_year", reason)


@pytest.mark.parametrize("value", ["0", 3, "-0.5", "2.01"])
def test_a_share_of_a_post_lies_between_its_limits(value):
    found = faults(IctLead, LEAD | {"fte": value})
    expected = [] if value == "0" else [("$.fte", value, "choose a value from 0 to 2")]
    assert found == expected


@pytest.mark.parametrize("value", ["yes", "true", 0, 1, "ja"])
def test_yes_is_written_as_true(value):
    assert faults(IctLead, LEAD | {"interim": value}) == [("$.interim", value, "write true or false")]


def test_an_unknown_choice_is_told_what_there_is():
    reason = f"choose from: {', '.join(Phase)}"
    raw = {"code": "T1.1", "phases": [{"reached_on": "2022-01-01", "phase": "in use"}]}
    assert faults(Cooperation, WOL | {"directions": [raw]}) == [("$.directions[0].phases[0].phase", "in use", reason)]


def test_an_unknown_key_is_told_what_the_record_knows():
    use = {"product": "P01", "verison": "2", "version": "2", "from": "2023-01-01"}
    initiative = {"code": "I01", "title": "x", "insurer": "menzis", "proposed_on": "2023-01-01", "uses": [use]}
    assert faults(Cooperation, WOL | {"initiatives": [initiative]}) == [
        (
            "$.initiatives[0].uses[0].verison",
            "2",
            "unknown key; product_use knows product, version, role, justification, from, to",
        )
    ]


def test_the_name_in_code_is_no_key_of_the_file():
    ((path, _, _), (missing, _, reason)) = faults(Period, {"from_on": "2020-01-01"})
    assert (path, missing, reason) == ("$.from_on", "$.from", "required field is missing")


def test_a_strange_key_is_shown_in_a_safe_and_short_way():
    ((path, _, _),) = faults(Period, PERIOD | {"\ud83d\x00" + "x" * 1000: 1})
    assert path == "$.��" + "x" * 77 + "…"


def test_a_required_field_is_missing_or_null():
    assert faults(Cooperation, {"code": None}) == [
        ("$.code", None, "required; null is not possible here"),
        ("$.name", None, "required field is missing"),
    ]


def test_a_practice_without_membership_is_refused():
    raw = {"code": "WOL-01", "name": "x", "memberships": []}
    assert faults(Practice, raw) == [("$.memberships", "[…]", "give at least one")]


@pytest.mark.parametrize("raw", [None, "x", 3, [], True])
def test_what_is_no_block_is_told_which_block_belongs_there(raw):
    ((path, _, reason),) = faults(Period, raw)
    assert (path, reason) == ("$", "a period belongs here: a block with from, to, note")


def test_a_list_is_a_list_and_a_single_record_is_none():
    assert faults(Cooperation, WOL | {"visions": {"version": 1}}) == [("$.visions", "{…}", "write a list")]
    assert faults(Contract, CONTRACT | {"scopes": "financing"}) == [("$.scopes", "financing", "write a list")]
    indicator = {"code": "p1", "name": "x", "unit": "x", "baseline": []}
    raw = {"code": "I1", "title": "x", "insurer": "menzis", "proposed_on": "2022-01-01", "indicators": [indicator]}
    ((path, _, _),) = faults(Cooperation, WOL | {"initiatives": [raw]})
    assert path == "$.initiatives[0].indicators[0].baseline"


def test_a_value_is_named_once_in_a_list():
    assert faults(Contract, CONTRACT | {"scopes": ["financing", "financing"]}) == [
        ("$.scopes", "[…]", "name each value once")
    ]


def test_two_records_with_one_key_are_refused_with_both_places():
    first, second = PERIOD, PERIOD | {"to": "2021-01-01"}
    raw = {"code": "WOL-01", "name": "x", "memberships": [first, second]}
    assert faults(Practice, raw) == [("$.memberships[1]", "2020-01-01", "same from as $.memberships[0]")]


def test_what_is_left_out_of_a_key_counts_as_its_default():
    held = {"number": 1, "held_on": "2023-01-01"}
    ((path, value, reason),) = faults(Cooperation, WOL | {"rounds": [held, held | {"version": 1}]})
    assert (path, value, reason) == ("$.rounds[1]", "1, 1", "same number, version as $.rounds[0]")


def test_records_whose_key_is_broken_are_not_called_equal():
    raw = {"code": "WOL-01", "name": "x", "memberships": [{"from": "no"}, {"from": "neither"}]}
    assert [path for path, _, _ in faults(Practice, raw)] == ["$.memberships[0].from", "$.memberships[1].from"]


def test_an_end_may_fall_on_its_start_and_not_before():
    assert faults(Period, PERIOD | {"to": "2020-01-01"}) == []
    assert faults(Period, PERIOD | {"to": "2019-12-31"}) == [
        ("$.to", date(2019, 12, 31).isoformat(), "lies before from (2020-01-01); choose a later date")
    ]


def test_every_pair_of_a_start_and_an_end_is_looked_at():
    use = {"component": "T1.1a", "available_from": "2022-03-01", "used_from": "2022-02-01", "until": "2022-01-01"}
    assert [path for path, _, _ in faults(ComponentUse, use)] == ["$.used_from", "$.until", "$.until"]


def test_a_fault_hides_no_other_fault_of_the_same_record():
    raw = {"from": "2020-01-01", "to": "2019-12-31", "not": 3, "note": 5}
    assert [path for path, _, _ in faults(Period, raw)] == ["$.not", "$.note", "$.to"]


def test_codes_of_the_programmes_are_checked_where_they_are_known():
    known = {
        "insurer": frozenset({"menzis"}),
        "direction": frozenset(),
        "component": frozenset(),
        "service": frozenset(),
    }
    raw = WOL | {"insurers": [{"insurer": "manzis", "from": "2022-01-01"}]}
    assert faults(Cooperation, raw) == []
    assert faults(Cooperation, raw, known) == [
        ("$.insurers[0].insurer", "manzis", "not known in the programmes; choose from: menzis")
    ]


def test_all_faults_are_counted_and_the_first_two_hundred_are_kept():
    walk = Walk()
    raw = WOL | {"visions": [{"version": number, "title": 5} for number in range(MOST_SHOWN + 50)]}
    parse(Cooperation, raw, (), walk)
    assert (walk.problems.number, len(walk.problems.shown)) == (250, 200)
    assert walk.problems.shown[-1].path == "$.visions[199].title"


def test_a_long_value_is_cut_to_a_line():
    ((_, value, _),) = faults(Cooperation, {"code": "x" * 5000, "name": "x"})
    assert value == "x" * 79 + "…"
    ((_, value, _),) = faults(Vision, {"version": 10**4000})
    assert len(str(value)) == 80


def test_refusing_keeps_nothing_of_who_was_refused():
    class Held(str):
        """Something whose life can be watched."""

    def refuse():
        faults(Period, {"from": Held("no day")})

    for _ in range(3):
        refuse()
    gc.collect()
    assert [item for item in gc.get_objects() if isinstance(item, Held)] == []


def test_a_path_is_written_as_people_read_it():
    assert written((((((), "cooperations"), 2), "uses"), 1)) == "$.cooperations[2].uses[1]"
    assert written(()) == "$"


def test_one_value_of_a_field_is_read_alone():
    field = next(item for item in fields_of(Period) if item.name == "from")
    assert read_value(field, "2022-07-01") == (date(2022, 7, 1), None)
    value, reason = read_value(field, "gisteren")
    assert value is None
    assert reason.nl == "schrijf een bestaande datum als 2022-07-01"


# --- there and back --------------------------------------------------------------------------------------------------


@given(st.integers(0, 10_000))
def test_a_record_written_as_a_raw_tree_is_read_back_the_same(seed):
    for record in invented(seed)[1]:
        again, problems = parse_record(Cooperation, msgspec.to_builtins(raw_of(record)))
        assert problems == []
        assert again == record


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1, max_size=300))
def test_any_text_that_can_be_stored_is_kept(text):
    found, problems = parse_record(Cooperation, {"code": "WOL", "name": text})
    assert (found is None) == (not text.strip())
    assert found is None or found.name == text
    assert len(problems) == (found is None)


NAMES = {kind: [item.name for item in fields_of(kind)] for kind in (Cooperation, Vision)}
RAW = st.recursive(
    st.none() | st.booleans() | st.integers() | st.decimals() | st.text() | st.dates(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from([item.name for item in fields_of(Cooperation)] + ["x"]), inner, max_size=5)
        | st.dictionaries(
            st.sampled_from([item.name for item in fields_of(Vision)] + ["from", "code"]), inner, max_size=5
        )
    ),
    max_leaves=25,
)


@given(RAW)
def test_no_tree_is_so_strange_that_it_stops_anything(raw):
    record, problems = parse_record(Cooperation, raw)
    assert (record is None) == bool(problems)
