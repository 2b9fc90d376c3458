"""The form of every kind of record: drawn, filled in, sent, and read again."""

import re
from datetime import date
from decimal import Decimal
from functools import cache

import pytest
from flask import render_template_string
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from tests.domain.invented import Inventor, unlike
from tests.forms.posting import posted, typed
from tracker.domain.entries import Entry
from tracker.domain.problems import Problem
from tracker.domain.records.base import Pair, Record, children_of, scalars_of
from tracker.domain.records.contract import InsurerLink
from tracker.domain.records.cooperation import Cooperation
from tracker.domain.records.direction import Direction
from tracker.domain.records.evaluation import Round
from tracker.domain.records.evidence import Evidence
from tracker.domain.records.ict import IctLead
from tracker.domain.records.periods import Measurement, Period
from tracker.domain.records.places import places
from tracker.domain.records.plan import GoalAgreement, Plan
from tracker.domain.records.practice import Practice
from tracker.domain.shape import parse_record
from tracker.forms.amounts import parse_amount
from tracker.forms.fields import as_raw
from tracker.forms.records import Options, record_form
from tracker.forms.registry import shape_of

KINDS = sorted({place.kind for place in places().values()} | {Evidence}, key=lambda kind: kind.__name__)
TODAY = date(2026, 10, 1)
PAGE = """{% from "components/record_form.html" import record_parts %}{{ record_parts(form.parts) }}"""


def everything(kind, item):
    """All but the lists of a whole dossier, which have forms of their own."""
    return not (kind is Cooperation and item.is_child)


def entry_of(record: Record, numbers=None) -> Entry:
    """A stored record as a form is filled with."""
    numbers = numbers if numbers is not None else iter(range(1, 100_000))
    kind = type(record)
    given = {item.name: getattr(record, item.attribute) for item in scalars_of(kind)}
    children = {}
    for item in children_of(kind):
        if everything(kind, item):
            held = getattr(record, item.attribute)
            rows = held if item.many else ([held] if held is not None else [])
            children[item.name] = [entry_of(row, numbers) for row in rows]
    return Entry(given=given, children=children, number=next(numbers))


def raw_of(entry: Entry, kind: type[Record]) -> dict:
    """An entry as a dossier file would hold it, without the rows that were taken away."""
    raw = {name: as_raw(value) for name, value in entry.given.items() if value is not None}
    for item in children_of(kind):
        rows = [raw_of(row, item.type) for row in entry.children.get(item.name, ()) if not row.is_removed]
        if rows:
            raw[item.name] = rows if item.many else rows[0]
    return raw


def form_of(kind, entry=None, formdata=None, language="nl", **more):
    return record_form(
        kind,
        language=language,
        options=more.pop("options", Options()),
        shows=more.pop("shows", everything),
        today=more.pop("today", TODAY),
        entry=entry,
        formdata=formdata,
        **more,
    )


def drawn(form) -> str:
    return render_template_string(PAGE, form=form)


def bare(record):
    """Without the lists that this test does not show."""
    if not isinstance(record, Cooperation):
        return record
    return Cooperation(**{item.attribute: getattr(record, item.attribute) for item in scalars_of(Cooperation)})


@cache
def invented(kind, seed):
    """A record that a file may hold: without lists that must not be empty."""
    inventor = Inventor(seed)
    for _ in range(50):
        found = inventor.record(kind)
        read = None if found is None else parse_record(kind, raw_of(entry_of(bare(found)), kind))[0]
        if read is not None:
            return read
    raise AssertionError(kind)


def asks_later(kind) -> bool:
    """Has it, or a row of it, questions that only a correction asks?"""
    return bool(shape_of(kind).only_corrected) or any(asks_later(item.type) for item in children_of(kind))


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_what_nobody_touched_comes_back_as_it_was(kind, language):
    for seed in range(5):
        record = invented(kind, seed)
        sent = posted(drawn(form_of(kind, entry_of(record), language=language)))
        form = form_of(kind, entry_of(record), sent, language=language)
        assert form.validate(), form.errors_shown
        back, problems = parse_record(kind, raw_of(form.entry(), kind))
        assert problems == []
        assert unlike(record, back) == []


@pytest.mark.parametrize("kind", [kind for kind in KINDS if not asks_later(kind)], ids=lambda kind: kind.__name__)
def test_what_was_typed_means_what_it_shows(kind):
    """Without the stored record beside it, each value is read from what stands in its field."""
    for seed in range(5):
        record = invented(kind, seed)
        form = form_of(kind, None, posted(drawn(form_of(kind, entry_of(record)))))
        back, problems = parse_record(kind, raw_of(form.entry(), kind))
        assert problems == []
        assert unlike(record, back) == []


ANY_WRITING = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1, max_size=60)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=ANY_WRITING, lines=st.lists(ANY_WRITING, max_size=3), text=ANY_WRITING)
def test_a_text_of_any_writing_survives_the_correction_of_something_else(name, lines, text):
    stored = entry_of(Practice(code="WOL-01", name=name, memberships=(Period(from_on=date(2022, 1, 1), note=text),)))
    sent = MultiDict(sent_for(Practice, stored))
    sent["place"] = "Zwolle"
    entry = form_of(Practice, stored, sent).entry()
    assert (entry.given["name"], entry.given["place"]) == (name, "Zwolle")
    assert entry.children["memberships"][0].given["note"] == text
    agreement = entry_of(GoalAgreement(signed_on=date(2022, 1, 1), objectives=tuple(lines), outcomes=()))
    assert form_of(GoalAgreement, agreement, sent_for(GoalAgreement, agreement)).entry().given["objectives"] == lines


def sent_for(kind, entry):
    """What a browser sends when nobody touched the form; line ends are the browser's own."""
    found: MultiDict[str, str] = MultiDict()

    def gather(block):
        if block.number is not None and block.prefix:
            found[f"{block.prefix}_number"] = str(block.number)
        for question in block.form:
            shown = question.data
            for value in shown if isinstance(shown, list) else [shown]:
                if isinstance(value, bool):
                    value = "true" if value else None
                if value is not None:
                    is_line = question.look == "text"
                    plain = str(value).replace("\r\n", "\n").replace("\r", "\n")
                    found.add(question.name, plain.replace("\n", "" if is_line else "\r\n"))
        for rows in block.lists.values():
            for row in rows.blocks:
                gather(row)

    gather(next(form_of(kind, entry).blocks()))
    return found


# --- what a person does wrong ----------------------------------------------------------------------------------------


def told(form):
    """The summary of errors: sentence and place."""
    form.validate()
    return [(error.text, error.href) for error in form.errors_shown]


def test_an_empty_form_says_what_to_fill_in():
    assert told(form_of(IctLead, None, MultiDict())) == [
        ("Kies een antwoord: Rol", "#veld-role"),
        ("Vul in: Naam", "#veld-person"),
        ("Van: kies een datum, bijvoorbeeld 1-7-2022 of 1 juli 2022", "#veld-from"),
    ]


LEAD = {"role": "cio", "person": "A. Bestuur", "from": "1 juli 2022"}


@pytest.mark.parametrize(
    ("field", "text", "message"),
    [
        ("from", "31 februari 2022", "kies een datum, bijvoorbeeld 1-7-2022"),
        ("from", "1-7-22", "kies een datum, bijvoorbeeld"),
        ("fte", "een halve", "vul een getal in, bijvoorbeeld 12 of 12,5"),
        ("fte", "2,5", "kies een waarde van 0 tot en met 2"),
        ("fte", "1e400", "vul een getal in"),
        ("fte", "9" * 5000, "vul een getal in"),
        ("role", "keizer", "kies een van de antwoorden"),
        ("person", "a\0b", "een teken dat niet te zien is"),
        ("person", "a\x07b", "een teken dat niet te zien is"),
        ("person", "a\ud800b", "een teken dat niet te zien is"),
        ("person", "a" * 301, "hoogstens 300 tekens"),
        ("to", "30 juni 2022", "kies een datum op of na 1 juli 2022 (van)"),
    ],
)
def test_a_wrong_value_is_kept_and_says_what_to_do(field, text, message):
    form = form_of(IctLead, None, MultiDict(LEAD | {field: text}))
    [(said, place)] = told(form)
    assert message in said
    assert place == f"#veld-{field}"
    if text.isprintable():
        assert f'value="{text}"' in drawn(form) or field == "role"


@pytest.mark.parametrize(("text", "language", "meant"), [
    ("0,5", "nl", "0.5"), ("0.5", "nl", "0.5"), ("1.234,50", "nl", "1234.50"), ("1.234", "nl", "1234"),
    ("€ 1 234", "nl", "1234"), ("60%", "nl", "60"), ("-3,5", "nl", "-3.5"), ("0.125", "nl", "0.125"),
    ("1,234.5", "en", "1234.5"), ("0,5", "en", "0.5"), ("1,234", "en", "1234"), ("1.234", "en", "1.234"),
    ("1,2,3", "nl", None), ("1.23.456", "nl", None), ("NaN", "nl", None), ("١٢", "nl", None), ("", "nl", None),
])  # fmt: skip
def test_a_number_is_read_as_people_write_it(text, language, meant):
    found = parse_amount(text, language)
    assert found == (None if meant is None else Decimal(meant))


def test_what_happened_does_not_lie_ahead_and_what_is_agreed_may():
    sent = MultiDict({"measured_on": "2 oktober 2026", "value": "3"})
    assert "Kies een datum op of vóór vandaag, 1 oktober 2026" in str(form_errors(Measurement, sent))
    assert form_of(IctLead, None, MultiDict(LEAD | {"from": "1-1-2027"})).validate()


def form_errors(kind, sent):
    form = form_of(kind, None, sent)
    form.validate()
    return [error for question in next(form.blocks()).form for error in question.errors]


# --- what a form does not show ---------------------------------------------------------------------------------------


def test_a_field_that_was_not_shown_is_not_taken():
    hidden = lambda kind, item: item.attribute != "interim"  # noqa: E731
    sent = MultiDict(LEAD | {"interim": "true", "evidence-0-title": "Stuk", "id": "7", "from_on": "1-1-2020"})
    form = form_of(IctLead, None, sent, shows=hidden)
    assert form.validate()
    entry = form.entry()
    assert set(entry.given) == {"role", "person", "title_as_used", "fte", "is_shared", "from", "to"}
    assert set(entry.children) == {"evidence"}


def test_a_code_that_is_fixed_is_told_and_not_asked():
    stored = entry_of(invented(Practice, 1))
    form = form_of(Practice, stored, sent_for(Practice, stored) | {"code": "X"}, fixed=frozenset({"code"}))
    assert "code" not in form.entry().given
    assert 'name="code"' not in drawn(form)
    assert stored.given["code"] in drawn(form)


def test_only_what_can_be_chosen_is_taken_but_what_was_stored_stays():
    options = Options({"insurer": [("menzis", "Menzis")], "practice": []})
    sent = MultiDict({"insurer": "zorg-en-zekerheid", "from": "1-1-2022"})
    assert told(form_of(InsurerLink, None, sent, options=options)) == [
        ("Verzekeraar: kies een van de antwoorden", "#veld-insurer")
    ]
    stored = entry_of(InsurerLink(insurer="zorg-en-zekerheid", from_on=date(2022, 1, 1)))
    form = form_of(InsurerLink, stored, sent, options=options)
    assert form.validate()
    assert form.entry().given["insurer"] == "zorg-en-zekerheid"


# --- rows ------------------------------------------------------------------------------------------------------------

PHASE = {"code": "T1.1", "phases-0-phase": "pilot", "phases-0-reached_on": "1-7-2022"}


def test_a_press_on_the_button_gives_one_more_row_and_checks_nothing():
    form = form_of(Direction, None, MultiDict(PHASE | {"phases-0-reached_on": "gisteren", "_add": "phases"}))
    assert form.wants_row == "phases"
    page = drawn(form)
    assert 'name="phases-1-reached_on"' in page
    assert 'value="gisteren"' in page
    assert form.errors_shown == []


def test_a_new_row_that_stays_empty_is_no_row():
    sent = MultiDict(PHASE | {"phases-1-phase": "", "phases-1-reached_on": "", "phases-1-reason": ""})
    form = form_of(Direction, None, sent)
    assert form.validate(), form.errors_shown
    assert [row.given["phase"] for row in form.entry().children["phases"]] == ["pilot"]


def test_a_row_is_taken_away_without_being_right():
    sent = MultiDict(PHASE | {"phases-1-_number": "8", "phases-1-_removed": "1", "phases-1-reached_on": "?"})
    form = form_of(Direction, None, sent)
    assert form.validate()
    assert [(row.number, row.is_removed) for row in form.entry().children["phases"]] == [(None, False), (8, True)]


def test_a_list_that_must_not_be_empty_begins_with_a_row_and_says_so():
    assert 'name="phases-0-phase"' in drawn(form_of(Direction))
    assert ("Vul ten minste één rij in: Fasen", "#veld-phases") in told(
        form_of(Direction, None, MultiDict({"code": "T1.1"}))
    )


def test_two_rows_that_say_the_same_are_one_too_many():
    again = {"phases-1-phase": "pilot", "phases-1-reached_on": "1 juli 2022"}
    [(text, place)] = told(form_of(Direction, None, MultiDict(PHASE | again)))
    assert "deze rij staat er al" in text
    assert place.startswith("#veld-phases-1-")


def test_rows_below_rows_come_along():
    sent = MultiDict(
        {
            "version": "1",
            "adopted_on": "1-7-2022",
            "milestones-3-code": "m1",
            "milestones-3-title": "Start",
            "milestones-3-due_on": "1-9-2022",
            "milestones-3-moves-5-moved_on": "1-8-2022",
            "milestones-3-moves-5-due_on": "1-10-2022",
            "milestones-3-moves-5-reason": "Ziekte",
        }
    )
    form = form_of(Plan, None, sent)
    assert form.validate(), form.errors_shown
    [milestone] = form.entry().children["milestones"]
    assert milestone.children["moves"][0].given["due_on"] == "2022-10-01"


def test_more_rows_than_a_person_types_are_refused():
    sent = MultiDict({f"phases-{number}-phase": "pilot" for number in range(1500)})
    assert ("Bewaar niet meer dan 1.000 rijen tegelijk", "#formulier") in told(form_of(Direction, None, sent))


@pytest.mark.parametrize(
    "name", ["phases-x-phase", "phases-١-phase", "phases-99999999999-phase", "phases--1-phase", "-", ""]
)
def test_a_row_with_a_senseless_place_is_no_row(name):
    form = form_of(Direction, None, MultiDict(PHASE | {name: "pilot"}))
    assert form.validate()
    assert len(form.entry().children["phases"]) == 1


# --- what the domain finds -------------------------------------------------------------------------------------------


def test_a_fault_of_the_domain_stands_beside_its_question():
    form = form_of(Direction, None, MultiDict(PHASE))
    assert form.validate()
    form.take(
        [
            Problem("$.phases[0].phase", "pilot", Pair("kies een latere fase", "choose a later phase")),
            Problem("$.nothing", None, Pair("dit kan niet", "this can’t be")),
        ]
    )
    assert [(error.text, error.href) for error in form.errors_shown] == [
        ("Dit kan niet", "#formulier"),
        ("Fase 1: fase: kies een latere fase", "#veld-phases-0-phase"),
    ]


def test_a_correction_says_why():
    stored = entry_of(invented(IctLead, 2))
    form = form_of(IctLead, stored, sent_for(IctLead, stored), asks_reason=True)
    assert told(form) == [("Vul in: Waarom corrigeert u dit?", "#veld-_reason")]
    looking = typed(sent_for(IctLead, stored), {"_check": "1"})
    assert told(form_of(IctLead, stored, looking, asks_reason=True)) == []
    sent = sent_for(IctLead, stored)
    sent["_reason"] = "Verkeerd overgenomen"
    sent["_version"] = "12"
    form = form_of(IctLead, stored, sent, asks_reason=True)
    assert form.validate()
    assert (form.reason_text(), form.hidden("version"), form.hidden("back")) == ("Verkeerd overgenomen", "12", None)


def test_a_round_asks_each_of_the_six_topics_once():
    page = drawn(form_of(Round))
    assert page.count('-topic" value="') == 6
    sent = posted(page)
    typed(sent, {"number": "1", "held_on": "1-7-2022", "scores-1-self": "3"})
    form = form_of(Round, None, sent)
    assert form.validate(), form.errors_shown
    assert [(row.given["topic"], row.given["self"]) for row in form.entry().children["scores"]] == [("jzojp", 3)]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_question_has_one_place_on_the_page(kind):
    page = drawn(form_of(kind, entry_of(invented(kind, 3))))
    found = re.findall(r'\bid="([^"]+)"', page)
    assert len(found) == len(set(found))
    assert "None" not in re.findall(r">([^<]+)<", page)
