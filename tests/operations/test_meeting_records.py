"""Records of a meeting go into the database and come out as they were; a remark stands beside a locked round."""

import pytest

from tests.meetings import MEETINGS
from tests.written import HEAD, take_in, taken_in
from tracker.exchange.dossier_file import dossier_json, dossier_yaml
from tracker.queries.dossiers import load
from tracker.queries.exports import export

LOCKED = (
    HEAD
    + """
cooperations:
  - code: WOL
    name: RSV Wolderveen
    rounds: [{number: 1, held_on: 2023-11-06, locked_on: 2023-11-13%s}]
"""
)


def as_file(write):
    found = export(None)
    return write(found.register, found.dossiers, fictional=found.fictional)


def test_what_goes_in_comes_out_and_goes_in_again_without_a_change(session):
    taken_in(MEETINGS)
    first = b"".join(as_file(dossier_json))
    for again in (MEETINGS, first.decode(), as_file(dossier_yaml)):
        report = taken_in(again)
        assert (report.total().added, report.total().changed) == (0, 0)
    assert b"".join(as_file(dossier_json)) == first
    (dossier,) = load().dossiers
    (held,) = dossier.rounds
    assert (held.held_on, held.scores[0].own, held.scores[0].insurer) == (None, 5, 1)
    assert [item.person for item in dossier.waivers[0].signers] == ["A. de Boer", "C. Vos"]
    assert dossier.waivers[0].evidence[0].replaces == "Brief 1"


def test_a_planned_round_is_held_by_filling_in_its_day(session):
    taken_in(MEETINGS)
    taken_in(MEETINGS.replace("planned_on: 2026-11-16", "planned_on: 2026-11-16\n        held_on: 2026-09-25"))
    assert str(load().dossiers[0].rounds[0].held_on) == "2026-09-25"


@pytest.mark.parametrize(
    ("broken", "path"),
    [
        (MEETINGS.replace("        invited_on: 2026-09-01\n", ""), "invited_on"),
        (MEETINGS.replace("        planned_on: 2026-11-16\n", ""), "planned_on"),
        (MEETINGS.replace("        reason: De visie lag er al in juni.\n", ""), "reason"),
        (MEETINGS.replace("party: insurer, insurer: menzis,", "party: insurer,"), "insurer"),
        (MEETINGS.replace("insurer: menzis", "insurer: niemand"), "insurer"),
        (MEETINGS.replace("an@hollerdiep.example", "an"), "owner_email"),
        (MEETINGS.replace("resolve_by: 2026-09-30", "resolve_by: 2026-08-31"), "resolve_by"),
    ],
)
def test_what_is_not_whole_is_refused_by_its_field(session, broken, path):
    assert broken != MEETINGS
    (problem,) = take_in(broken).problems.shown
    assert problem.path.endswith(f".{path}")


def test_a_remark_stands_beside_a_locked_round_and_nothing_else_does(session):
    taken_in(LOCKED % "")
    taken_in(LOCKED % ", remarks: [{stated_on: 2023-11-20, person: An, text: Ik zei iets anders}]")
    assert len(load().dossiers[0].rounds[0].remarks) == 1
    for more in ("agenda: [{code: a, text: x}]", "invitees: [{person: An}]"):
        assert len(take_in(LOCKED % f", {more}").problems.shown) == 1
