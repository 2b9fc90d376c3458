"""A vision is recorded by its own questions: a draft or a decision, four parts, and who supports it."""

from datetime import date

import pytest
from werkzeug.datastructures import MultiDict

from tests.forms.posting import posted, typed
from tests.forms.test_records import drawn, entry_of, form_of, raw_of, sent_for, told
from tracker.domain.records.enums import SupportKind, VisionPart
from tracker.domain.records.vision import Vision, VisionSupport, VisionText
from tracker.domain.shape import parse_record

DAY = date(2022, 7, 1)


def filled(**values) -> MultiDict[str, str]:
    """The empty form as a browser sends it, with something typed."""
    return typed(posted(drawn(form_of(Vision))), {"version": "1", **values})


def saved(sent) -> Vision:
    form = form_of(Vision, None, sent)
    assert form.validate(), form.errors_shown
    record, problems = parse_record(Vision, raw_of(form.entry(), Vision))
    assert problems == []
    return record


def test_who_says_nothing_is_asked_what_is_recorded():
    assert told(form_of(Vision, None, filled())) == [
        ("Kies een antwoord: Wat legt u vast?", "#veld-_adopted_on"),
    ]


def test_a_decision_has_a_day():
    [(text, place)] = told(form_of(Vision, None, filled(_adopted_on="yes")))
    assert text == "Datum van het besluit: kies een datum, bijvoorbeeld 1-7-2022 of 1 juli 2022"
    assert place == "#veld-adopted_on"


def test_a_draft_has_no_decision_whatever_was_typed_before():
    vision = saved(filled(_adopted_on="no", adopted_on="1-7-2022"))
    assert (vision.adopted_on, vision.drafted_on) == (None, date(2026, 10, 1))


def test_each_part_is_written_on_the_day_of_the_decision_unless_told_otherwise():
    texts = {"texts-0-text": "Druk", "texts-2-text": "Rust", "texts-2-recorded_on": "3 juli 2022"}
    vision = saved(filled(_adopted_on="yes", adopted_on="1-7-2022", **texts))
    assert [(item.part, item.recorded_on, item.text) for item in vision.texts] == [
        (VisionPart.URGENCY, DAY, "Druk"),
        (VisionPart.BENEFITS, date(2022, 7, 3), "Rust"),
    ]
    assert vision.support == ()


def test_support_says_how_it_was_given():
    yes = {"support-0-supported": "true"}
    sent = filled(_adopted_on="yes", adopted_on="1-7-2022", **yes)
    assert told(form_of(Vision, None, sent)) == [
        ("Kies een antwoord: Hoe hebben de leden de visie gesteund?", "#veld-support-0-kind")
    ]
    typed(sent, {"support-0-kind": "member_vote", "support-0-share_pct": "82,5"})
    [support] = saved(sent).support
    assert (support.kind, support.stated_on, str(support.share_pct)) == (SupportKind.MEMBER_VOTE, DAY, "82.5")


def test_without_support_nobody_needs_to_say_how():
    [support] = saved(filled(_adopted_on="yes", adopted_on="1-7-2022", **{"support-0-supported": "false"})).support
    assert (support.supported, support.kind) == (False, SupportKind.OTHER)


@pytest.fixture
def stored():
    texts = tuple(
        VisionText(part=VisionPart.URGENCY, recorded_on=date(2022, month, 1), text=str(month)) for month in (5, 7)
    )
    support = VisionSupport(stated_on=DAY, supported=True, kind=SupportKind.CONSULTATION)
    return entry_of(Vision(version=2, adopted_on=DAY, texts=texts, support=(support,)))


def test_a_correction_shows_the_latest_text_first_and_keeps_the_earlier_one(stored):
    form = form_of(Vision, stored)
    rows = next(form.blocks()).lists["texts"].blocks
    assert [row.legend for row in rows[:2]] == ["Wat is de urgentie?", "Wat is de urgentie? (eerdere tekst)"]
    assert [row.form["text"].data for row in rows[:2]] == ["7", "5"]
    assert len(rows) == 5


def test_a_vision_is_withdrawn_by_a_correction(stored):
    assert 'name="withdrawn_on"' not in drawn(form_of(Vision))
    sent = sent_for(Vision, stored)
    sent["withdrawn_on"] = "1-9-2022"
    form = form_of(Vision, stored, sent)
    assert form.validate(), form.errors_shown
    assert form.entry().given["withdrawn_on"] == "2022-09-01"
