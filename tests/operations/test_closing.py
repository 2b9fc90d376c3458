"""Two parties close a round: one content, one lock, one document for good."""

from datetime import date
from threading import Barrier, Thread

import pytest

from tracker.domain.canonical import NotCanonical, canonical, content_hash, read_canonical
from tracker.domain.entries import Entry
from tracker.domain.policy import Pen, Role
from tracker.domain.records.enums import Party
from tracker.extensions import db
from tracker.operations.after_closing import add_remark, correct_round
from tracker.operations.closing import Closing, ClosingRefused, ContentChanged, agree
from tracker.operations.records import save_record
from tracker.operations.refusals import Forbidden, Locked
from tracker.programmes import catalogue, load_programmes
from tracker.queries.codes import number_of
from tracker.queries.documents import agreements, draft_document, stored_document, versions_known
from tracker.queries.findings import journal_position
from tracker.queries.records import siblings

TODAY = date(2026, 10, 1)
BOARD, INSURER = (
    Pen(frozenset({Role.board_member})),
    Pen(frozenset({Role.insurer_region_manager}), frozenset({"menzis"})),
)
TOPICS = ("time_vulnerable", "jzojp", "ict_communication", "regional_support", "labour_market", "collaboration")


@pytest.fixture(autouse=True)
def _day(house):
    return house


def known():
    return {"catalogues": catalogue(load_programmes()).codes, "today": TODAY}


def hold_round(topics=TOPICS, held_on="2026-09-30"):
    """Round 4 of HOL, held and not closed."""
    scores = [Entry(given={"topic": topic, "self": 3, "insurer": 3, "agreed": 3}) for topic in topics]
    given = {"number": 4, "held_on": held_on, "chair": "An"}
    people = [Entry(given={"person": "An", "party": "cooperation", "attended": True})]
    entry = Entry(given=given, children={"scores": scores, "invitees": people})
    both = Pen(BOARD.roles | INSURER.roles, INSURER.insurers)
    parent = number_of("cooperation", "HOL")
    return save_record(place="round", entry=entry, pen=both, by="tests", parent=parent, **known()).number


def content(version=1):
    return draft_document("HOL", 4, version, TODAY)


def give(pen, account, shown=None, by="iemand"):
    return agree(code="HOL", number=4, shown=shown or content().sha256, pen=pen, account=account, by=by, **known())


def correct(place, number, **given):
    both = Pen(frozenset(Role), frozenset({"menzis"}))
    entry = Entry(given=given, number=number)
    save_record(place=place, entry=entry, pen=both, by="tests", seen=journal_position(), reason="test", **known())


def test_the_second_party_closes_and_the_document_stays(house):
    hold_round()
    shown = content().sha256
    assert give(BOARD, 1, by="An de Wit") == Closing(Party.COOPERATION, None)
    assert versions_known("HOL", 4)[0].locked_on is None
    assert give(INSURER, 2, by="Bo Smit") == Closing(Party.INSURER, TODAY)
    kept = stored_document("HOL", 4)
    assert kept is not None
    assert (kept.sha256, kept.version) == (shown, 1)
    assert kept.names == {Party.COOPERATION: "An de Wit", Party.INSURER: "Bo Smit"}
    assert content_hash(kept.text) == kept.sha256
    assert versions_known("HOL", 4)[0].locked_on == TODAY
    assert content().sha256 == shown, "closing itself changes nothing that was agreed"


def test_two_parties_who_agree_at_one_moment_close_the_round(house, app):
    hold_round()
    shown, start, faults = content().sha256, Barrier(2), []
    db.session.remove()

    def agreed(pen, account):
        with app.app_context():
            try:
                start.wait()
                give(pen, account, shown)
            except Exception as fault:
                faults.append(fault)
            finally:
                db.session.remove()

    threads = [Thread(target=agreed, args=pair) for pair in ((BOARD, 1), (INSURER, 2))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert stored_document("HOL", 4).sha256 == shown


def test_a_closed_round_changes_no_more_and_is_not_closed_again(house):
    number = hold_round()
    give(BOARD, 1)
    give(INSURER, 2)
    with pytest.raises(Locked):
        correct("round", number, chair="Bo")
    with pytest.raises(ClosingRefused) as refused:
        give(BOARD, 1)
    assert "al vastgesteld" in refused.value.reasons[0].nl


def test_one_party_or_one_person_alone_never_closes(house):
    hold_round()
    give(BOARD, 1)
    with pytest.raises(ClosingRefused) as twice:
        give(BOARD, 3)
    assert "andere partij" in twice.value.reasons[0].nl
    with pytest.raises(ClosingRefused) as alone:
        give(INSURER, 1)
    assert "collega" in alone.value.reasons[0].nl
    for role in (Role.practice_liaison, Role.administrator, Role.insurer_reader):
        with pytest.raises(Forbidden):
            give(Pen(frozenset({role})), 9)


def test_a_first_agreement_lapses_when_the_content_changes(house):
    number = hold_round()
    shown = content().sha256
    give(BOARD, 1)
    correct("round", number, chair="Bo")
    with pytest.raises(ContentChanged):
        give(INSURER, 2, shown=shown)
    assert give(INSURER, 2) == Closing(Party.INSURER, None), "the first agreement was to something else"
    assert [item.party for item in agreements("HOL", 4, 1)] == [Party.INSURER]
    assert give(BOARD, 1) == Closing(Party.COOPERATION, TODAY)


def test_open_topics_are_listed_and_a_meeting_that_lies_ahead_is_not_closed(house):
    hold_round(TOPICS[:4])
    with pytest.raises(ClosingRefused) as refused:
        give(BOARD, 1)
    assert [topic.value for topic in refused.value.topics] == list(TOPICS[4:])


def test_a_planned_meeting_is_not_closed(house):
    given = {"number": 4, "invited_on": "2026-09-01", "planned_on": "2026-11-01"}
    parent = number_of("cooperation", "HOL")
    save_record(place="round", entry=Entry(given=given), pen=BOARD, by="tests", parent=parent, **known())
    with pytest.raises(ClosingRefused) as refused:
        give(BOARD, 1)
    assert "gehouden" in refused.value.reasons[0].nl


def test_every_record_may_change_and_the_document_says_the_same(house):
    hold_round()
    give(BOARD, 1)
    give(INSURER, 2)
    before = stored_document("HOL", 4)
    parent = number_of("cooperation", "HOL")
    for held in siblings("vision", parent):
        correct("vision", held.number, title="Anders dan toen")
    for held in siblings("contract", parent):
        correct("contract", held.number, signed_on="2022-02-02")
    assert content().sha256 != before.sha256, "as the records are now it reads otherwise"
    after = stored_document("HOL", 4)
    assert (after.sha256, after.text) == (before.sha256, before.text)


def test_a_correction_is_a_new_version_with_the_same_scores(house):
    hold_round()
    give(BOARD, 1)
    with pytest.raises(ClosingRefused):
        correct_round(code="HOL", number=4, reason="Te vroeg", pen=INSURER, by="Bo", **known())
    give(INSURER, 2)
    with pytest.raises(ClosingRefused):
        correct_round(code="HOL", number=4, reason=" ", pen=INSURER, by="Bo", **known())
    assert correct_round(code="HOL", number=4, reason="Score verkeerd", pen=INSURER, by="Bo", **known()) == 2
    new, old = versions_known("HOL", 4)
    assert (new.version, new.held_on, new.locked_on, new.correction_reason) == (2, old.held_on, None, "Score verkeerd")
    assert new.scores == old.scores
    shown = content(2).sha256
    give(BOARD, 1, shown)
    give(INSURER, 2, shown)
    assert stored_document("HOL", 4).version == 2
    assert stored_document("HOL", 4, 1).version == 1


def test_a_remark_stands_beside_the_minutes(house):
    hold_round()
    give(BOARD, 1)
    give(INSURER, 2)
    before = stored_document("HOL", 4).sha256
    add_remark(code="HOL", number=4, text="Graag anders", pen=INSURER, today=TODAY, by="Bo")
    assert [item.text for item in versions_known("HOL", 4)[0].remarks] == ["Graag anders"]
    assert content().sha256 == before
    with pytest.raises(ClosingRefused):
        add_remark(code="HOL", number=4, text="Te laat", pen=INSURER, today=date(2026, 10, 15), by="Bo")


def test_a_text_that_is_not_canonical_is_refused():
    text = canonical({"b": 1, "a": ["é", None, True]})
    assert text == '{"a":["é",null,true],"b":1}'
    assert read_canonical(text.encode()) == {"b": 1, "a": ["é", None, True]}
    for wrong in ('{"b":1,"a":2}', '{"a": 1}', '{"a":1.5}', '{"a":NaN}', "[]", "{", '{"a":1,"a":1}'):
        with pytest.raises(NotCanonical):
            read_canonical(wrong.encode())
    with pytest.raises(NotCanonical):
        canonical({"a": 1.5})
