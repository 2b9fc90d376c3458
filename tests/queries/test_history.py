"""The history of a cooperation: who wrote what, when and why, and what stays behind the curtain."""

from datetime import date

from tests.written import HEAD, WOLDERVEEN, take_in, taken_in
from tracker.clock import day_end
from tracker.domain.records.practice import Practice
from tracker.domain.records.vision import Vision
from tracker.queries.history import MOST_APART, history

CORRECTED = WOLDERVEEN.replace("2022-05-18", "2022-05-19", 1).replace("De Wulp", "De Wulk")
WAIVERS = """
cooperations:
  - code: WOL
    name: RSV Wolderveen
    waivers:
      - {rule: vision_on_time, subject: WOL, agreed_on: 2022-06-01, signer: Menzis, reason: Fusie.}
      - {rule: practice_steps, subject: WOL-01, agreed_on: 2023-06-01, signer: Menzis, reason: Ziekte.}
    contracts:
      - code: C1
        insurer: menzis
        signed_on: 2022-12-20
        starts_on: 2023-01-01
        scopes: [financing]
        mandates: [{kind: individual, practice: WOL-01, given_on: 2022-12-01}]
"""


def test_the_newest_write_comes_first_with_who_and_why(session):
    taken_in(HEAD + WOLDERVEEN)
    take_in(HEAD + CORRECTED, by="B. Stuurman", reason="Verkeerde dag")
    found = history("WOL", whole=True)
    assert found.total == 2
    newest = found.revisions[0]
    assert (newest.by, newest.reason) == ("B. Stuurman", "Verkeerde dag")
    visions = [(line.old, line.new) for line in newest.lines if isinstance(line.new, Vision)]
    assert [(old.adopted_on, new.adopted_on) for old, new in visions] == [(date(2022, 5, 18), date(2022, 5, 19))]


def test_a_first_write_has_nothing_before_it(session):
    taken_in(HEAD + WOLDERVEEN)
    lines = history("WOL", whole=True).revisions[0].lines
    assert lines
    assert all(line.old is None for line in lines)


def test_who_sees_no_practice_reads_no_line_about_one(session):
    taken_in(HEAD + WOLDERVEEN)
    taken_in(HEAD + CORRECTED)
    taken_in(HEAD + WAIVERS)
    whole, guarded = history("WOL", whole=True), history("WOL", whole=False)
    told = [line for revision in guarded.revisions for line in revision.lines]
    assert any(isinstance(line.new, Practice) for revision in whole.revisions for line in revision.lines)
    assert all("WOL-01" not in line.address for line in told)
    assert any("waivers/vision_on_time" in line.address for line in told)
    places = {place for revision in guarded.revisions for _action, place in revision.counts}
    assert not places & {"practice", "practice_membership", "mandate"}


def test_a_large_write_is_told_in_numbers(session):
    practices = "\n".join(
        f"      - {{code: WOL-{number:02}, name: P{number}, memberships: [{{from: 2011-01-01}}]}}"
        for number in range(20)
    )
    taken_in(HEAD + f"cooperations:\n  - code: WOL\n    name: RSV Wolderveen\n    practices:\n{practices}\n")
    revision = history("WOL", whole=True).revisions[0]
    assert revision.lines == ()
    assert revision.counts["imported", "practice"] == 20 > MOST_APART


def test_what_was_known_then_ends_the_history(session):
    taken_in(HEAD + WOLDERVEEN)
    assert history("WOL", whole=True, known_at=day_end(date(2020, 1, 1))).total == 0


def test_a_page_of_the_history_holds_what_was_asked(session):
    taken_in(HEAD + WOLDERVEEN)
    taken_in(HEAD + CORRECTED)
    page = history("WOL", whole=True, first=1, most=1)
    assert page.total == 2
    assert len(page.revisions) == 1
    assert history("NIETS", whole=True).revisions == ()
