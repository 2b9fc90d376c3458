"""A meeting is planned before it is held, and neither side sees the other's score before both are in."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domain import invented
from tests.domain.meeting_facts import planned, scored
from tests.domain.roadmap_facts import day, judged, region, said
from tracker.domain.meeting import as_seen_by, is_open, keeps_apart, planned_ahead, planned_rounds, scores_for
from tracker.domain.records.agreement import CooperationAction
from tracker.domain.records.enums import Party, Topic
from tracker.domain.records.evaluation import Action, AgendaItem, Invitee, Remark, Round, Score
from tracker.domain.records.evidence import Evidence
from tracker.domain.rules import rounds_that_count
from tracker.domain.visibility import seen

OURS, THEIRS, NOBODY = frozenset({Party.COOPERATION}), frozenset({Party.INSURER}), frozenset()
BOTH = OURS | THEIRS
HELD = Round(number=1, held_on=day("2023-11-01"))


# --- planned ---------------------------------------------------------------------------------------------------------


def test_a_planned_meeting_is_known_from_the_day_it_was_agreed_and_its_day_may_lie_ahead() -> None:
    held = planned(invited="2024-09-01", on="2024-11-04")
    assert seen(held, day("2024-08-31")) is None
    assert seen(held, day("2024-09-01")) is held


def test_a_meeting_that_was_held_is_only_planned_the_day_before() -> None:
    held = planned(held_on="2024-11-06", locked_on="2024-11-20")
    before = seen(held, day("2024-11-05"))
    assert before is not None
    assert (before.planned_on, before.held_on, before.locked_on) == (day("2024-11-04"), None, None)
    on_the_day = seen(held, day("2024-11-06"))
    assert on_the_day is not None
    assert (on_the_day.held_on, on_the_day.locked_on) == (day("2024-11-06"), None)


def test_what_happens_in_the_meeting_is_not_known_before_it() -> None:
    minutes = Evidence(title="Verslag")
    letter = Evidence(title="Brief", received_on=day("2024-10-01"))
    held = planned(
        held_on="2024-11-06",
        invitees=(Invitee(person="An", attended=True),),
        agenda=(AgendaItem(code="a1", text="Contract", minutes="Verlengd", closed=True),),
        scores=(Score(topic=Topic.JZOJP, agreed=3),),
        actions=(Action(text="Bel", owner="An"),),
        remarks=(Remark(stated_on=day("2024-11-10"), person="An", text="Ik zei iets anders"),),
        evidence=(minutes, letter),
    )
    before = seen(held, day("2024-11-05"))
    assert before is not None
    assert before.invitees == (Invitee(person="An"),)
    assert before.agenda == (AgendaItem(code="a1", text="Contract"),)
    assert (before.scores, before.actions, before.remarks, before.evidence) == ((), (), (), (letter,))
    assert seen(held, day("2024-11-10")) is held


@pytest.mark.parametrize(
    ("as_of", "own", "insurer"),
    [("2024-10-09", None, None), ("2024-10-10", 4, None), ("2024-10-20", 4, 2), ("2024-11-06", 4, 2)],
)
def test_the_score_of_a_party_is_known_from_its_own_day(as_of: str, own: int | None, insurer: int | None) -> None:
    held = planned(
        held_on="2024-11-06",
        self_scored_on="2024-10-10",
        insurer_scored_on="2024-10-20",
        scores=(scored(agreed=3),),
    )
    known = seen(held, day(as_of))
    assert known is not None
    found = known.scores[0] if known.scores else Score(topic=Topic.JZOJP)
    assert (found.own, found.insurer) == (own, insurer)
    assert found.agreed == (3 if as_of == "2024-11-06" else None)


def test_a_score_without_a_day_comes_with_the_meeting() -> None:
    held = planned(held_on="2024-11-06", scores=(scored(),))
    before = seen(held, day("2024-11-05"))
    assert before is not None
    assert before.scores == ()


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({}, {"invited_on", "planned_on"}),
        ({"planned_on": day("2024-11-04")}, {"invited_on"}),
        ({"invited_on": day("2024-09-01")}, {"planned_on"}),
        (
            {"invited_on": day("2024-09-01"), "planned_on": day("2024-11-04"), "locked_on": day("2024-12-01")},
            {"held_on"},
        ),
        ({"held_on": day("2024-11-04"), "locked_on": day("2024-12-01")}, set()),
    ],
)
def test_a_round_was_held_or_is_planned(given: dict, named: set[str]) -> None:
    assert {field for field, _ in Round(number=1, **given).faults()} == named


def test_rules_count_only_rounds_that_were_held() -> None:
    dossier = region(rounds=(HELD, planned(2)))
    assert [item.number for item in rounds_that_count(dossier)] == [1]
    found = judged(
        "rounds_periodic",
        dossier,
        "2025-02-02",
        soft_deadline=day("2022-12-31"),
        interval_months=12,
        grace_months=3,
    )
    assert said(found)[0] == "NOT_MET"


def test_of_several_versions_the_planned_one_never_takes_the_place_of_the_held_one() -> None:
    again = Round(
        number=1, version=2, invited_on=day("2024-09-01"), planned_on=day("2024-11-04"), correction_reason="x"
    )
    dossier = region(rounds=(HELD, again))
    assert [item.version for item in rounds_that_count(dossier)] == [1]
    assert planned_rounds(dossier) == ()


@pytest.mark.parametrize(("as_of", "expected"), [("2024-11-03", True), ("2024-11-04", True), ("2024-11-05", False)])
def test_a_planned_day_that_went_by_is_no_longer_ahead(as_of: str, expected: bool) -> None:
    dossier = region(rounds=(planned(on="2024-11-04"),))
    assert planned_ahead(dossier, day(as_of)) == (day("2024-11-04") if expected else None)
    assert len(planned_rounds(dossier)) == 1


# --- who sees which score --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, True),
        ({"self_scored_on": "2024-10-10"}, True),
        ({"insurer_scored_on": "2024-10-10"}, True),
        ({"self_scored_on": "2024-10-10", "insurer_scored_on": "2024-10-11"}, False),
        ({"held_on": "2024-11-04"}, False),
    ],
)
def test_a_round_is_open_until_both_are_in_or_it_is_held(more: dict, expected: bool) -> None:
    assert is_open(planned(**more)) is expected


@pytest.mark.parametrize(
    ("sides", "expected"),
    [(OURS, [(4, None)]), (THEIRS, [(None, 2)]), (BOTH, [(4, 2)]), (NOBODY, [])],
)
def test_of_an_open_round_each_side_sees_its_own_score(sides: frozenset[Party], expected: list) -> None:
    held = planned(scores=(scored(note="Wij vinden het hoog"),))
    assert [(item.own, item.insurer) for item in scores_for(held, sides)] == expected
    assert all(item.note is None for item in scores_for(held, sides) if None in (item.own, item.insurer))


@pytest.mark.parametrize("sides", [OURS, THEIRS, BOTH, NOBODY])
def test_of_a_held_round_everybody_sees_everything(sides: frozenset[Party]) -> None:
    held = planned(held_on="2024-11-04", scores=(scored(note="x", evidence=(Evidence(title="e"),)),))
    assert scores_for(held, sides) is held.scores


def test_a_score_that_only_the_other_gave_is_not_there_at_all() -> None:
    held = planned(scores=(scored(own=None),))
    assert scores_for(held, OURS) == ()


def test_evidence_does_not_give_a_hidden_score_away() -> None:
    held = planned(scores=(scored(evidence=(Evidence(title="Score van Menzis"),)),))
    assert scores_for(held, OURS)[0].evidence == ()


# --- addresses -------------------------------------------------------------------------------------------------------


def action(party: Party | None) -> CooperationAction:
    return CooperationAction(
        code="a1", text="Bel", owner="An", owner_email="an@voorbeeld.nl", agreed_on=day("2024-01-01"), party=party
    )


@pytest.mark.parametrize(
    ("party", "sides", "sees"),
    [
        (None, OURS, True),
        (None, THEIRS, False),
        (Party.COOPERATION, THEIRS, False),
        (Party.INSURER, THEIRS, True),
        (Party.INSURER, OURS, True),
        (Party.INSURER, NOBODY, False),
        (Party.COOPERATION, BOTH, True),
    ],
)
def test_an_insurer_sees_only_the_addresses_of_its_own_side(
    party: Party | None, sides: frozenset[Party], sees: bool
) -> None:
    found = as_seen_by(region(actions=(action(party),)), sides).actions[0]
    assert (found.owner_email is not None) is sees
    assert found.owner == "An"


def test_an_address_can_be_written_to() -> None:
    faulty = CooperationAction(code="a", text="x", owner="An", agreed_on=day("2024-01-01"), owner_email="an\n@x.nl")
    assert [field for field, _ in faulty.faults()] == ["owner_email"]


# --- any dossier -----------------------------------------------------------------------------------------------------


@given(st.integers(0, 2**32), st.sampled_from([OURS, THEIRS, NOBODY]))
@settings(max_examples=40, deadline=None)
def test_no_open_score_of_another_side_is_left(seed: int, sides: frozenset[Party]) -> None:
    dossier = as_seen_by(invented.region(seed), sides)
    names = {Party.COOPERATION: "own", Party.INSURER: "insurer"}
    kept = [score for held in dossier.rounds if is_open(held) for score in held.scores]
    assert [score for score in kept for party in Party if party not in sides and getattr(score, names[party])] == []
    assert as_seen_by(dossier, sides) is dossier


@given(st.integers(0, 2**32))
@settings(max_examples=20, deadline=None)
def test_what_keeps_nothing_apart_is_the_same_for_everybody(seed: int) -> None:
    dossier = invented.region(seed)
    assert as_seen_by(dossier, BOTH) is dossier
    if not keeps_apart(dossier):
        assert as_seen_by(dossier, NOBODY) is dossier
