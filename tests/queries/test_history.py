"""The history: who wrote what, when and why; of removed records too; and what stays behind the curtain."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import event, select

from tests.written import HEAD, WOLDERVEEN, take_in, taken_in
from tracker.clock import day_end
from tracker.domain.journal_sentences import Deed, gathered
from tracker.domain.policy import Pen, Role
from tracker.domain.privacy import without_practices
from tracker.domain.records.enums import Party
from tracker.domain.records.practice import Practice
from tracker.domain.records.vision import Vision
from tracker.extensions import db
from tracker.models.journal import REVISION
from tracker.models.records import TABLES
from tracker.operations.record_removal import remove_record
from tracker.queries import history as history_module
from tracker.queries.dossiers import load
from tracker.queries.findings import standings
from tracker.queries.history import MOST_APART, Asked, history, people
from tracker.queries.journal import position
from tracker.queries.journal_window import Window
from tracker.queries.record_history import record_history

CORRECTED = WOLDERVEEN.replace("2022-05-18", "2022-05-19", 1).replace("De Wulp", "De Wulk")
WHOLE, GUARDED = Window(frozenset({"WOL"})), Window(guarded=frozenset({"WOL"}))
EVERYTHING = Window(None, register=True)
ABOUT_PRACTICES = """
cooperations:
  - code: WOL
    name: RSV Wolderveen
    initiatives: [{code: I1, title: Zorgplan, insurer: menzis, proposed_on: 2022-06-01}]
    waivers:
      - {rule: vision_on_time, subject: WOL, agreed_on: 2022-06-01, signer: Menzis, reason: Fusie.}
      - {rule: plan_complete, subject: I1, agreed_on: 2022-06-02, signer: Menzis, reason: Later.}
      - {rule: practice_steps, subject: WOL-01, agreed_on: 2023-06-01, signer: Menzis, reason: Ziekte.}
    contracts:
      - code: C1
        insurer: menzis
        signed_on: 2022-12-20
        starts_on: 2023-01-01
        scopes: [financing]
        mandates: [{kind: individual, practice: WOL-01, given_on: 2022-12-01}]
    oi_claims:
      - {code: OI1, tariff: regional_innovation, unit: Wolderveen, claimed_on: 2023-01-01, from: 2023-01-01, insured: 9}
      - code: OI2
        tariff: regional_innovation
        unit: huisartsen de wulp
        claimed_on: 2023-01-01
        from: 2023-01-01
        insured: 9
        evidence: [{title: Brief, about_on: 2023-01-02}]
"""
MEETING = """
cooperations:
  - code: WOL
    name: RSV Wolderveen
    rounds:
      - number: 4
        invited_on: 2026-08-01
        planned_on: 2026-11-01
        self_scored_on: 2026-09-01
        scores: [{topic: jzojp, self: 3, insurer: 2, evidence: [{title: Drie van de vijf, about_on: 2026-09-01}]}]
"""


def number_of(place: str) -> int:
    """The number of the only record of a place."""
    return db.session.execute(select(TABLES[place].c.id)).scalar_one()


def remove(place: str, *, by: str = "B. Stuurman", reason: str = "Dubbel") -> None:
    """Take the only record of a place away, as its project leader."""
    number, seen = number_of(place), position()
    db.session.rollback()
    pen = Pen(frozenset({Role.project_leader}))
    remove_record(place=place, number=number, pen=pen, by=by, reason=reason, seen=seen)


def all_lines(found) -> list:
    return [line.written for revision in found.revisions for line in revision.lines]


def test_the_newest_write_comes_first_with_who_and_why(session):
    taken_in(HEAD + WOLDERVEEN)
    take_in(HEAD + CORRECTED, by="B. Stuurman", reason="Verkeerde dag")
    found = history(WHOLE)
    assert found.total == 2
    newest = found.revisions[0]
    assert (newest.by, newest.reason) == ("B. Stuurman", "Verkeerde dag")
    visions = [(line.old, line.new) for line in newest.written if isinstance(line.new, Vision)]
    assert [(old.adopted_on, new.adopted_on) for old, new in visions] == [(date(2022, 5, 18), date(2022, 5, 19))]


def test_a_first_write_has_nothing_before_it(session):
    taken_in(HEAD + WOLDERVEEN)
    lines = all_lines(history(WHOLE))
    assert lines
    assert all(line.is_new for line in lines)


def test_a_line_knows_what_its_record_stands_in(session):
    taken_in(HEAD + WOLDERVEEN)
    text = next(line for line in all_lines(history(WHOLE)) if line.place == "vision_text")
    assert isinstance(text.within, Vision)
    vision = next(line for line in all_lines(history(WHOLE)) if line.place == "vision")
    assert vision.within is None


def test_a_removed_record_is_told_as_it_was_and_still_known_before(session):
    taken_in(HEAD + WOLDERVEEN)
    before = db.session.scalar(select(REVISION.c.at))
    number = number_of("vision")
    remove("vision")
    lines = history(WHOLE).revisions[0].written
    assert [line.place for line in lines] == ["vision_text", "vision"]
    assert all(line.is_gone and line.action == "removed" for line in lines)
    assert lines[0].old.text == "De wachttijd loopt op."
    assert [top.line.place for top in gathered(lines)] == ["vision"]
    found = record_history(WHOLE, "WOL", number)
    assert [step.written.is_gone for step in found.steps] == [True, True, False, False]
    assert found.last.written.is_gone
    assert found.last.written.old.adopted_on == date(2022, 5, 18)
    (then,) = load(["WOL"], known_at=before).dossiers
    (now,) = load(["WOL"]).dossiers
    assert len(then.visions[0].texts) == 1
    assert now.visions == ()


def test_a_record_has_the_history_of_what_stands_below_it(session):
    taken_in(HEAD + WOLDERVEEN)
    take_in(HEAD + CORRECTED)
    found = record_history(WHOLE, "WOL", number_of("vision"))
    assert sorted(step.written.place for step in found.steps) == ["vision", "vision", "vision_text"]
    assert found.total == 3
    assert found.last.written.new.adopted_on == date(2022, 5, 19)
    page = record_history(WHOLE, "WOL", number_of("vision"), first=1, most=1)
    assert len(page.steps) == 1
    assert page.last == found.last


def test_a_record_of_another_region_or_of_nobody_has_no_history(session):
    taken_in(HEAD + WOLDERVEEN)
    number = number_of("vision")
    assert record_history(Window(frozenset({"HOL"})), "WOL", number) is None
    assert record_history(EVERYTHING, "HOL", number) is None
    assert record_history(EVERYTHING, None, number) is None
    assert record_history(EVERYTHING, "WOL", 999_999) is None
    assert record_history(GUARDED, "WOL", number_of("practice")) is None


def test_the_register_has_a_history_too(session):
    product = "{code: P1, name: Portaal, kind: platform, versions: [{version: '3'}]}"
    taken_in(HEAD + f"register:\n  products: [{product}]\n")
    found = history(Window(register=True))
    assert sorted(line.place for line in all_lines(found)) == ["product", "product_version"]
    assert len(record_history(Window(register=True), None, number_of("product")).steps) == 2
    assert history(WHOLE).total == 0


def test_who_sees_no_practice_reads_no_line_about_one(session):
    taken_in(HEAD + WOLDERVEEN)
    taken_in(HEAD + CORRECTED)
    taken_in(HEAD + ABOUT_PRACTICES)
    told = all_lines(history(GUARDED))
    assert any(isinstance(line.new, Practice) for line in all_lines(history(WHOLE)))
    assert all("WOL-01" not in line.address for line in told)
    assert {line.address for line in told if line.place == "waiver"} == {
        "WOL/waivers/vision_on_time;WOL;2022-06-01",
        "WOL/waivers/plan_complete;I1;2022-06-02",
    }
    places = {place for revision in history(GUARDED).revisions for _action, place in revision.counts}
    assert not places & {"practice", "practice_membership", "mandate"}


def test_a_claim_for_a_practice_stays_behind_the_curtain_with_its_evidence(session):
    taken_in(HEAD + WOLDERVEEN)
    taken_in(HEAD + ABOUT_PRACTICES)
    told = all_lines(history(GUARDED))
    assert [line.new.code for line in told if line.place == "oi_claim"] == ["OI1"]
    assert [line for line in told if line.place == "evidence"] == []
    assert len([line for line in all_lines(history(WHOLE)) if line.place in ("oi_claim", "evidence")]) == 3


def test_a_field_that_may_name_a_practice_is_kept_from_who_sees_none(session):
    taken_in(HEAD + WOLDERVEEN)
    taken_in(HEAD + ABOUT_PRACTICES)
    claim = next(line for line in all_lines(history(GUARDED)) if line.place == "oi_claim")
    assert "unit" in claim.untold
    assert all(line.untold == frozenset() for line in all_lines(history(WHOLE)))


def test_a_reason_that_may_be_about_a_practice_is_neither_told_nor_found(session):
    taken_in(HEAD + WOLDERVEEN)
    take_in(HEAD + CORRECTED, reason="De Wulp heet nu De Wulk")
    other = CORRECTED.replace("2022-05-19", "2022-05-20", 1)
    take_in(HEAD + other, reason="Verkeerde dag")
    assert [item.reason for item in history(GUARDED).revisions] == ["Verkeerde dag", None, None]
    assert [item.reason for item in history(WHOLE).revisions][1] == "De Wulp heet nu De Wulk"
    assert history(GUARDED, Asked(reason="wulp")).total == 0
    assert history(GUARDED, Asked(reason="dag")).total == 1
    assert history(WHOLE, Asked(reason="wulp")).total == 1


def test_a_reason_is_searched_as_it_is_read_and_a_former_name_stays_hidden(session):
    taken_in(HEAD + WOLDERVEEN)
    take_in(HEAD + CORRECTED)
    for day, name in ((20, "De Wulk"), (21, "De Wulp")):
        take_in(HEAD + CORRECTED.replace("2022-05-19", f"2022-05-{day}", 1), reason=f"Brief van Huisartsen {name}")
    assert [item.reason for item in history(GUARDED).revisions][:2] == ["Brief van [praktijk]"] * 2
    assert {name: history(GUARDED, Asked(reason=name)).total for name in ("wulk", "Wulp", "brief")} == {
        "wulk": 0,
        "Wulp": 0,
        "brief": 2,
    }
    assert history(WHOLE, Asked(reason="wulp")).total == 1


def test_the_curtain_of_a_dossier_knows_former_names(session):
    taken_in(HEAD + WOLDERVEEN)
    take_in(HEAD + CORRECTED)
    assert {item.name for item in load(["WOL"]).former["WOL"]} == {"Huisartsen De Wulp"}
    take_in(HEAD + CORRECTED.replace("De wachttijd", "Bij Huisartsen De Wulp: de wachttijd"))
    (found,) = standings(["WOL"], date(2026, 1, 1), kinds=frozenset({"vision_text", "practice.memberships"}))
    left = without_practices(found.dossier, found.named)
    assert left.visions[0].texts[0].text.startswith("Bij [praktijk]: de wachttijd")


@pytest.mark.parametrize(
    ("sides", "untold"),
    [
        (frozenset(), {"own", "insurer", "note"}),
        (frozenset({Party.COOPERATION}), {"insurer", "note"}),
        (frozenset({Party.INSURER}), {"own", "note"}),
        (frozenset(Party), set()),
    ],
)
def test_a_score_of_an_open_round_is_told_to_its_own_side(session, sides, untold):
    take_in(HEAD + MEETING, reason="Wij geven een 3")
    found = history(WHOLE._replace(sides={"WOL": sides}))
    assert (found.revisions[0].reason is None) is bool(untold)
    lines = all_lines(found)
    score = next(line for line in lines if line.place == "score")
    assert score.untold == untold
    assert ("evidence" in {line.place for line in lines}) is (len(sides) == 2)


def test_once_both_sides_scored_everybody_reads_the_scores(session):
    taken_in(HEAD + MEETING)
    taken_in(HEAD + MEETING.replace("        scores", "        insurer_scored_on: 2026-09-02\n        scores"))
    lines = all_lines(history(WHOLE))
    assert next(line for line in lines if line.place == "score").untold == frozenset()
    assert "evidence" in {line.place for line in lines}


def test_a_large_write_is_told_in_numbers(session):
    practices = "\n".join(
        f"      - {{code: WOL-{number:02}, name: P{number}, memberships: [{{from: 2011-01-01}}]}}"
        for number in range(60)
    )
    taken_in(HEAD + f"cooperations:\n  - code: WOL\n    name: RSV Wolderveen\n    practices:\n{practices}\n")
    revision = history(WHOLE).revisions[0]
    assert revision.lines == ()
    assert revision.counts["imported", "practice"] == 60
    assert sum(revision.counts.values()) > MOST_APART


def test_a_very_large_write_of_many_regions_is_not_counted_to_the_end(session, monkeypatch):
    monkeypatch.setattr(history_module, "MOST_COUNTED", 3)
    taken_in(HEAD + WOLDERVEEN)
    assert history(EVERYTHING).revisions[0].is_more
    assert not history(WHOLE).revisions[0].is_more


def test_what_was_known_then_ends_the_history(session):
    taken_in(HEAD + WOLDERVEEN)
    assert history(WHOLE, known_at=day_end(date(2020, 1, 1))).total == 0
    assert record_history(WHOLE, "WOL", number_of("vision"), known_at=day_end(date(2020, 1, 1))) is None


def test_a_page_of_the_history_holds_what_was_asked(session):
    taken_in(HEAD + WOLDERVEEN)
    taken_in(HEAD + CORRECTED)
    page = history(WHOLE, first=1, most=1)
    assert page.total == 2
    assert len(page.revisions) == 1
    assert history(Window(frozenset({"NIETS"}))).revisions == ()
    assert history(Window()).revisions == ()


def test_the_history_is_narrowed_by_person_kind_deed_period_and_reason(session):
    taken_in(HEAD + WOLDERVEEN)
    take_in(HEAD + CORRECTED, by="B. Stuurman", reason="Verkeerde 100%_dag")
    remove("vision", by="P. Leider")
    now = datetime.now(UTC)

    def total(**asked) -> int:
        return history(WHOLE, Asked(**asked)).total

    assert people(WHOLE) == ["B. Stuurman", "P. Leider", "tests"]
    assert total(by="B. Stuurman") == 1
    assert total(kind="vision_text") == 2
    assert total(kind="insurer_link") == 1
    assert total(kind="evidence") == 0
    assert total(deed=Deed.removed) == 1
    assert total(since=now - timedelta(days=1), until=now) == 3
    assert total(since=now + timedelta(days=1)) == 0
    assert total(until=now - timedelta(days=1)) == 0
    assert total(reason="100%_D") == 1
    assert total(reason="1000") == 0
    (only,) = history(WHOLE, Asked(kind="practice", by="B. Stuurman")).revisions
    assert {line.place for line in only.written} == {"practice"}


def test_few_and_many_regions_tell_the_same(session, monkeypatch):
    taken_in(HEAD + WOLDERVEEN)
    taken_in(HEAD + ABOUT_PRACTICES)
    windows = (WHOLE, GUARDED, Window(frozenset({"WOL"}), register=True))
    few = [history(window) for window in windows]
    monkeypatch.setattr(history_module, "_FEW", 0)
    assert [history(window) for window in windows] == few


def test_more_writes_cost_no_more_queries(session):
    seen: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *given: seen.append(given[2]))
    taken_in(HEAD + WOLDERVEEN)
    taken_in(HEAD + ABOUT_PRACTICES)
    numbers = []
    for _round in range(2):
        for window in (WHOLE, GUARDED):
            seen.clear()
            history(window)
            numbers.append(len(seen))
        seen.clear()
        record_history(WHOLE, "WOL", number_of("contract"))
        numbers.append(len(seen))
        for day in range(10, 20):
            taken_in(HEAD + WOLDERVEEN.replace("2022-05-18", f"2022-06-{day}", 1))
    assert numbers[:3] == numbers[3:]
    assert max(numbers) < 15
