"""What differs between two states of one record, for every kind alike."""

from decimal import Decimal

import msgspec
import pytest

from tests.domain.initiative_facts import agreed, evaluated, initiative, joined, plan, serves, step
from tests.domain.roadmap_facts import day, region
from tracker.domain.difference import FieldDifference, difference, in_words
from tracker.domain.finding import Euro, Reason
from tracker.domain.records.base import Record, Sort, fields_of
from tracker.domain.records.enums import Purpose, Stream
from tracker.domain.records.enums import Verdict as Opinion
from tracker.domain.records.file import DossierFile
from tracker.domain.records.funding import FundingLine
from tracker.domain.records.ict import IctLead

with_ = msgspec.structs.replace


def told(found: FieldDifference) -> tuple[str, object, object]:
    return found.field.name, found.old, found.new


def words(reason: Reason) -> tuple[str, str]:
    return reason.text.nl.format(**reason.values), reason.text.en.format(**reason.values)


LINE = FundingLine(
    code="f1",
    stream=Stream.S3,
    purpose=Purpose.INITIATIVE,
    item="zorgplan",
    share_pct=Decimal(70),
    from_on=day("2024-07-01"),
)


def test_equal_records_do_not_differ() -> None:
    assert difference(LINE, with_(LINE)) == ()
    assert difference(None, None) == ()


def test_each_changed_field_is_told_in_the_order_of_the_format() -> None:
    changed = with_(LINE, to_on=day("2025-12-31"), share_pct=Decimal(60))
    assert [told(item) for item in difference(LINE, changed)] == [
        ("share_pct", Decimal(70), Decimal(60)),
        ("to", None, day("2025-12-31")),
    ]


def test_the_spelling_of_a_number_is_no_difference() -> None:
    assert difference(LINE, with_(LINE, share_pct=Decimal("70.0"))) == ()


def test_an_added_record_tells_what_was_filled_in_and_no_defaults() -> None:
    lead = IctLead(role="cmio", person="J. Wulp", from_on=day("2022-01-01"))  # type: ignore[arg-type]
    assert [found.field.name for found in difference(None, lead)] == ["role", "person", "from"]
    assert [(found.old is None, found.new) for found in difference(lead, None)][1] == (False, None)


def test_children_are_matched_by_their_key_in_any_order() -> None:
    one, two = step("m1", "2023-04-01"), step("m2", "2023-06-01")
    before, after = plan("2022-09-26", one, two), plan("2022-09-26", with_(two, done_on=day("2023-05-30")), one)
    (found,) = difference(before, after)
    assert told(found) == ("done_on", None, day("2023-05-30"))
    assert [getattr(record, "code", None) for record in found.within] == ["m2"]


def test_children_that_came_and_went_are_told_whole() -> None:
    before, after = initiative(participants=(joined("WOL-01"),)), initiative(participants=(joined("WOL-02"),))
    assert [told(item) for item in difference(before, after)] == [
        ("participants", joined("WOL-01"), None),
        ("participants", None, joined("WOL-02")),
    ]


def test_a_single_child_is_compared_as_it_is() -> None:
    file = DossierFile(format="regiotracker/dossier@1", fictional=True)
    assert difference(file, with_(file, title="Acht regio's"))[0].new == "Acht regio's"


def test_a_list_of_values_has_no_order() -> None:
    held = agreed("2022-09-20", 0, 0)
    one, other = with_(held, objectives=("a", "b")), with_(held, objectives=("b", "a"))
    assert difference(one, other) == ()
    assert told(difference(one, with_(held, objectives=("a",)))[0]) == ("objectives", ("a", "b"), ("a",))


def test_two_kinds_cannot_be_compared() -> None:
    with pytest.raises(TypeError, match="Plan and Initiative"):
        difference(plan("2022-09-26"), initiative())


def every_kind(kind: type[Record]) -> set[type[Record]]:
    return {kind}.union(*(every_kind(field.type) for field in fields_of(kind) if field.is_child))


SAMPLE = {
    Sort.CODE: "X1",
    Sort.TEXT: "tekst",
    Sort.INTEGER: 3,
    Sort.DECIMAL: Decimal("1.5"),
    Sort.EURO: Decimal("2.50"),
    Sort.DAY: day("2024-01-01"),
    Sort.FLAG: True,
}


@pytest.mark.parametrize("kind", sorted(every_kind(DossierFile), key=lambda kind: kind.__name__))
def test_every_field_of_every_kind_is_noticed(kind: type[Record]) -> None:
    filled = {field.attribute: _sample(field) for field in fields_of(kind) if not field.is_child}
    record = kind(**filled)
    for field in fields_of(kind):
        if not field.is_child:
            found = difference(record, with_(record, **{field.attribute: None}))
            assert [item.field.name for item in found] == [field.name]
            assert in_words(found[0]).text.en


def _sample(field: object) -> object:
    value = next(iter(field.type)) if field.sort is Sort.CHOICE else SAMPLE[field.sort]  # type: ignore[attr-defined]
    return (value,) if field.many else value  # type: ignore[attr-defined]


# --- in words ---


def test_a_value_goes_from_old_to_new() -> None:
    (found,) = difference(LINE, with_(LINE, share_pct=Decimal(60)))
    assert words(in_words(found)) == ("Aandeel (%) ging van 70 naar 60", "Share (%) went from 70 to 60")


def test_an_amount_keeps_its_sign_and_an_empty_one_its_word() -> None:
    (found,) = difference(LINE, with_(LINE, eur_per_year=Decimal("64000")))
    reason = in_words(found)
    assert reason.values == {"v0": Euro(Decimal("64000"))}
    assert reason.text.nl == "Bedrag per jaar ging van leeg naar {v0}"


def test_a_yes_becomes_a_no_in_the_readers_language() -> None:
    before, after = evaluated("2024-03-01"), evaluated("2024-03-01", on_plan=False)
    assert words(in_words(difference(before, after)[0])) == (
        "Volgens plan ging van ja naar nee",
        "Reports on plan went from yes to no",
    )


def test_a_field_of_a_child_names_the_child() -> None:
    before, after = (
        plan("2022-09-26", step("m1", "2023-04-01")),
        plan("2022-09-26", step("m1", "2023-04-01", "2023-05-01")),
    )
    assert words(in_words(difference(before, after)[0])) == (
        "Mijlpaal ‘Stap m1’, gereed op ging van leeg naar 2023-05-01",
        "Milestone ‘Stap m1’, done on went from empty to 2023-05-01",
    )


def test_a_child_that_came_or_went_is_named_by_its_key() -> None:
    came, went = (
        difference(initiative(), initiative(directions=(serves("T1.1"),))),
        difference(initiative(evaluations=(evaluated("2024-03-01", Opinion.MIXED),)), initiative()),
    )
    assert words(in_words(came[0]))[0] == "Oplossingsrichting (T1.1) toegevoegd"
    assert words(in_words(went[0])) == ("Evaluatie verwijderd", "Evaluation removed")


def test_braces_in_a_text_are_data() -> None:
    before, after = region(), with_(region(), name="RSV {v0}")
    assert words(in_words(difference(before, after)[0]))[0] == "Naam ging van RSV Wolderveen naar RSV {v0}"
