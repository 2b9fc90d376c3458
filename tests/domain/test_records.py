"""Every kind of record is declared as the format says, and what is derived from a declaration fits all of them."""

import re
from collections import Counter
from datetime import date
from decimal import Decimal
from enum import Enum
from pathlib import Path

import msgspec
import pytest

from tests.domain.invented import Inventor
from tracker.domain.records import enums
from tracker.domain.records.base import (
    PROMISES,
    Record,
    Sort,
    children_of,
    fields_of,
    key_of,
    meaning_of,
    scalars_of,
    sort_key,
)
from tracker.domain.records.cooperation import Cooperation
from tracker.domain.records.enums import UseRole
from tracker.domain.records.evaluation import Round
from tracker.domain.records.evidence import Evidence
from tracker.domain.records.file import DossierFile
from tracker.domain.records.initiative import ProductUse
from tracker.domain.records.periods import Measurement, Period
from tracker.domain.records.places import places, places_of, with_parents
from tracker.domain.records.plan import Indicator, Target
from tracker.exchange.reference import choice_name, choices_of_file, kinds_of_file, type_words

KINDS = {kind.declared.name: kind for kind in kinds_of_file()}
AGREED = Path(__file__).with_name("format.md").read_text(encoding="utf-8")

# Where a declaration says more than the agreed text, or says it in other words.
NARROWER = {
    ("vision_support", "share_pct"): "number 0-100",
    ("ict_lead", "fte"): "number 0-2",
    ("funding_line", "share_pct"): "number 0-1000",
    ("funding_line", "eur_per_year"): "euro, 2 decimals ≥ 0",
    ("score", "self"): "whole number 1-5",
    ("score", "insurer"): "whole number 1-5",
    ("score", "agreed"): "whole number 1-5",
    ("innovation_application", "article"): "whole number 9-11",
    ("innovation_application", "tariff_eur"): "euro, 2 decimals ≥ 0",
    ("service_declaration", "declared_speech_and_surcharge_eur"): "euro, 2 decimals ≥ 0",
}
FULLER = {
    "milestone": "A dated step of one plan version.",
    "indicator": "What an initiative measures: baseline, targets and values.",
    "funding_line": "One item paid from one stream in one period.",
}


def agreed_kinds():
    """By name: label, prose and rows of the agreed text."""
    found = {}
    for block in re.split(r"\n### ", AGREED.partition("| enum |")[0])[1:]:
        head, _, body = block.partition("\n")
        name, label = re.fullmatch(r"`(\w+)` · (.+)", head).groups()
        rows = [
            [cell.strip() for cell in line.split("|")[1:-1]] for line in body.splitlines() if line.startswith("| `")
        ]
        found[name] = (label, body.strip().splitlines()[0], rows)
    return found


def agreed_choices():
    """By name: the values of an enumeration, in order."""
    lines = AGREED.partition("| enum |")[2].splitlines()
    cells = [line.split("|")[1:3] for line in lines if line.startswith("| `")]
    return {name.strip(" `"): re.findall(r"`(\w+)` =", values) for name, values in cells}


FORMAT = agreed_kinds()
CHOICES = agreed_choices()


def plain(text):
    """Quotation marks are ours to choose."""
    return text.replace('"', "'")


def test_there_are_seventy_two_kinds_and_thirty_eight_lists_of_choices():
    assert (len(KINDS), len(choices_of_file())) == (72, 38)
    assert KINDS.keys() == FORMAT.keys()


@pytest.mark.parametrize("name", FORMAT)
def test_a_kind_is_declared_as_agreed(name):
    label, prose, _ = FORMAT[name]
    kind = KINDS[name]
    names = {field.attribute: field.name for field in fields_of(kind)}
    key = f" Key: {', '.join(f'`{names[item]}`' for item in kind.declared.key)}." if kind.declared.key else ""
    proof = " May carry `evidence`." if "evidence" in names else ""
    agreed = prose if name not in FULLER else FULLER[name] + prose[prose.index(" Key: ") :]
    assert kind.declared.label.nl == label
    assert plain(meaning_of(kind) + key + proof) == plain(agreed)
    assert kind.declared.label.en


@pytest.mark.parametrize("name", FORMAT)
def test_the_fields_of_a_kind_are_declared_as_agreed(name):
    declared = [field for field in fields_of(KINDS[name]) if field.name != "evidence"]
    ours = [
        [f"`{item.name}`", type_words(item), "req" if item.required else "", item.label.nl, plain(item.meaning)]
        for item in declared
    ]
    agreed = [
        [
            field,
            NARROWER.get((name, field.strip("`")), type_name.replace("text (quoted)", "text ≤ 300")),
            required,
            label,
            plain(meaning),
        ]
        for field, type_name, required, label, meaning in FORMAT[name][2]
    ]
    assert ours == agreed


@pytest.mark.parametrize("choices", choices_of_file(), ids=choice_name)
def test_a_list_of_choices_has_the_agreed_values_in_their_order(choices):
    assert [item.value for item in choices] == CHOICES[choice_name(choices)]


def test_every_enumeration_of_the_records_is_used_and_named_once():
    declared = [item for item in vars(enums).values() if isinstance(item, type) and issubclass(item, Enum)]
    used = {item for item in declared if item.__module__ == enums.__name__}
    assert used == set(choices_of_file())
    assert max(Counter(map(choice_name, used)).values()) == 1
    assert {choice_name(item) for item in used} == CHOICES.keys()


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_every_field_has_a_label_in_both_languages_and_a_meaning(kind):
    for field in fields_of(kind):
        assert field.label.nl, field.name
        assert field.label.en, field.name
        assert field.meaning, field.name
        assert re.fullmatch(r"[a-z][a-z0-9_]*", field.name), field.name
        assert field.name != "on"


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_what_a_declaration_names_exists(kind):
    days = {field.attribute for field in scalars_of(kind) if field.sort is Sort.DAY}
    own = {field.attribute for field in scalars_of(kind)}
    assert set(kind.declared.key) <= own
    assert set(kind.declared.since) <= days
    assert {name for span in kind.declared.spans for name in span} <= days
    if kind.declared.since_children:
        assert kind.declared.since_children in {field.attribute for field in children_of(kind)}
    for field in fields_of(kind):
        assert field.refers_to in {None, "practice", "initiative", "product", "his_product"}
        assert field.catalogue in {None, "insurer", "direction", "component", "service"}


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_a_record_in_a_list_has_a_key(kind):
    in_lists = {field.type for one in KINDS.values() for field in children_of(one) if field.many}
    assert kind not in in_lists or kind.declared.key


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_every_undated_record_is_dated_by_its_parent(kind):
    """A fact without a day of its own belongs to a record that has one, or to a root."""
    undated = {"dossier", "register", "cooperation", "product", "product_version", "his_product"}
    with_parent = {"milestone", "indicator", "score", "action", "invitee", "agenda_item"}
    dated = kind.declared.since or kind.declared.since_children
    assert bool(dated) != (kind.declared.name in undated | with_parent)


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_a_record_never_changes_and_goes_through_json_unharmed(kind):
    record = Inventor(7).record(kind) if kind is not DossierFile else DossierFile(format="x", fictional=True)
    assert record is not None
    with pytest.raises(AttributeError):
        setattr(record, fields_of(kind)[0].attribute, None)
    assert msgspec.json.decode(msgspec.json.encode(record), type=kind) == record


def test_promises_are_days_that_exist():
    days = {field.attribute for kind in KINDS.values() for field in fields_of(kind) if field.sort is Sort.DAY}
    assert days >= PROMISES


# --- places ----------------------------------------------------------------------------------------------------------


def test_a_kind_in_one_place_keeps_its_name_and_a_shared_one_is_named_by_its_list():
    assert [place.name for place in places_of("direction_phase")] == ["direction_phase"]
    assert {place.name for place in places_of("alignment")} == {"direction_alignment", "ict_support_alignment"}
    assert {place.name for place in places_of("period")} == {"his_product_xis_mark", "practice_membership"}
    assert {place.name for place in places_of("measurement")} == {"indicator_baseline", "indicator_measurement"}
    assert [place.name for place in places_of("practice.memberships")] == ["practice_membership"]
    assert places_of("nothing") == ()
    assert places_of("practice.nothing") == ()


def test_every_list_of_every_kind_is_one_place_and_no_two_share_a_name():
    held = {(place.parent, place.attribute) for place in places().values() if place.parent}
    reachable = {place.kind for place in places().values()}
    expected = {
        (kind.declared.name, field.attribute)
        for kind in reachable
        for field in children_of(kind)
        if field.type is not Evidence
    }
    assert held == expected
    assert reachable == set(KINDS.values()) - {KINDS["dossier"], KINDS["register"], Evidence}


def test_only_a_kind_in_one_place_holds_others():
    """The parent of a place is named by its kind."""
    shared = [name for name in KINDS if len(places_of(name)) > 1]
    assert all(not children_of(KINDS[name]) for name in shared)


def test_parents_come_along_and_come_first():
    names = [place.name for place in with_parents(frozenset({"milestone_move", "score"}))]
    assert names == ["cooperation", "initiative", "round", "plan", "score", "milestone", "milestone_move"]


# --- keys, order, rules of one record --------------------------------------------------------------------------------


def test_the_key_of_a_record_is_what_the_format_calls_its_key():
    use = ProductUse(product="P01", version="2", from_on=date(2023, 1, 1))
    assert key_of(use) == ("P01", "2", date(2023, 1, 1))


def test_records_are_ordered_by_day_then_key_and_what_is_empty_comes_first():
    order = sort_key(Measurement)
    late, early, unreported = (
        Measurement(measured_on=date(2023, 1, 1), reported_on=date(2023, 3, 1), value=Decimal(1)),
        Measurement(measured_on=date(2023, 2, 1), reported_on=date(2023, 2, 1), value=Decimal(1)),
        Measurement(measured_on=date(2024, 2, 1), value=Decimal(1)),
    )
    assert sorted([late, early, unreported], key=order) == [unreported, early, late]


def test_whole_numbers_are_ordered_as_numbers():
    rounds = [Round(number=number, version=1, held_on=date(2023, 1, 1)) for number in (10, 9)]
    assert [item.number for item in sorted(rounds, key=sort_key(Round))] == [9, 10]


@pytest.mark.parametrize("kind", [kind for kind in KINDS.values() if kind.declared.key], ids=lambda kind: kind.__name__)
def test_any_two_records_of_one_list_can_be_put_in_order(kind):
    records = list(Inventor(11).records(kind, 40))
    backwards = records[::-1]
    assert sorted(backwards, key=sort_key(kind)) == sorted(records, key=sort_key(kind))


def _faulty():
    day = date(2023, 1, 1)
    indicator = {"code": "p1", "name": "n", "unit": "u"}
    given = {
        "role": UseRole.BACKGROUND,
        "product": "P01",
        "version": "1",
        "from_on": day,
    }
    later = Target(set_on=date(2024, 1, 1), due_on=day, value=Decimal(2))
    return [
        (ProductUse(**given), "justification"),
        (Round(number=1, version=2, held_on=day), "correction_reason"),
        (Indicator(**indicator, targets=(Target(set_on=day, due_on=day, value=Decimal(1)), later)), "targets"),
        (Evidence(title="x", sha256="abc"), "sha256"),
    ]


@pytest.mark.parametrize(("record", "field"), _faulty(), ids=lambda value: type(value).__name__)
def test_a_record_refuses_what_its_own_rules_forbid(record, field):
    ((named, reason),) = record.faults()
    assert named == field
    assert reason.nl
    assert reason.en


def test_a_plain_record_has_no_rules_of_its_own():
    assert Period(from_on=date(2022, 1, 1), to_on=date(2021, 1, 1)).faults() == []
    assert isinstance(Cooperation(code="WOL", name="x"), Record)


def test_english_labels_are_words_and_not_the_names_of_the_code():
    for kind in kinds_of_file():
        said = [kind.declared.label, *(field.label for field in fields_of(kind))]
        for label in said:
            assert not {"Ict", "Oi", "Xis", "Mtvp", "eur", "pct", "his", "His", "Sha256"} & set(label.en.split()), label
            assert label.en[0].isupper(), label


def test_the_english_label_of_a_kind_is_about_the_same_as_its_dutch_one():
    words = {kind.declared.name: kind.declared.label.en for kind in kinds_of_file()}
    assert words["ict_lead"] == "CIO or CMIO"
    assert words["his_use"] == "GP system in use"
    assert words["waiver"] == "Deviation"
