"""What of a line of the journal is kept from whom, and for whom somebody speaks."""

from datetime import date

import pytest

from tracker.domain.journal_curtain import kept_from, practice_fields
from tracker.domain.policy import Actor, Grant, Role, Subject
from tracker.domain.records.agreement import CooperationAction, Opinion
from tracker.domain.records.contract import Mandate, Waiver
from tracker.domain.records.enums import Party, Topic
from tracker.domain.records.evaluation import Round, Score
from tracker.domain.records.funding import OiClaim
from tracker.domain.records.vision import Vision
from tracker.domain.sides import sides_of

TODAY = date(2026, 10, 1)
PLANNED = Round(number=4, invited_on=date(2026, 8, 1), planned_on=date(2026, 11, 1))
OWN, INSURER = frozenset({Party.COOPERATION}), frozenset({Party.INSURER})
SCORED = (None, Score(topic=Topic.JZOJP, own=3, insurer=2, note="drie tegen twee"))


def test_the_score_of_the_other_side_is_kept_with_the_note_that_may_tell_it():
    assert kept_from(OWN, SCORED, PLANNED) == {"insurer", "note"}
    assert kept_from(INSURER, SCORED, PLANNED) == {"own", "note"}
    assert kept_from(frozenset(), SCORED, PLANNED) == {"own", "insurer", "note"}
    assert kept_from(OWN | INSURER, SCORED, PLANNED) == frozenset()


def test_an_own_score_keeps_its_note_while_the_other_side_has_none():
    assert kept_from(OWN, (None, Score(topic=Topic.JZOJP, own=3, note="eerste indruk")), PLANNED) == frozenset()


def test_a_score_that_was_taken_back_is_kept_too():
    assert "insurer" in kept_from(OWN, (SCORED[1], Score(topic=Topic.JZOJP, own=3)), PLANNED)


def test_a_round_that_was_held_keeps_nothing_and_an_unknown_one_all():
    assert kept_from(OWN, SCORED, Round(number=3, held_on=date(2025, 12, 8))) == frozenset()
    assert kept_from(OWN, SCORED, None) == {"insurer", "note"}


def test_an_insurer_reads_the_addresses_of_its_own_people_alone():
    ours = CooperationAction(code="A1", text="x", agreed_on=TODAY, owner="K", owner_email="k@voorbeeld.nl")
    theirs = CooperationAction(
        code="A2", text="x", agreed_on=TODAY, owner="L", owner_email="l@voorbeeld.nl", party=Party.INSURER
    )
    assert kept_from(INSURER, (None, ours), None) == {"owner_email"}
    assert kept_from(INSURER, (None, theirs), None) == frozenset()
    assert kept_from(OWN, (ours, theirs), None) == frozenset()
    assert kept_from(frozenset(), (ours,), None) == {"owner_email"}


def test_fields_that_may_have_named_a_practice_are_known():
    assert "practice" in practice_fields(Mandate)
    assert practice_fields(Waiver) == practice_fields(Opinion) == {"subject"}
    assert "unit" in practice_fields(OiClaim)
    assert practice_fields(Vision) == frozenset()


@pytest.mark.parametrize(
    ("role", "sides"),
    [
        (Role.board_member, OWN),
        (Role.project_leader, OWN),
        (Role.practice_liaison, OWN),
        (Role.insurer_region_manager, INSURER),
        (Role.insurer_reader, INSURER),
        (Role.evaluation_chair, frozenset()),
        (Role.administrator, frozenset()),
    ],
)
def test_a_role_speaks_for_a_side_or_for_nobody(role, sides):
    of_insurer = role in (Role.insurer_region_manager, Role.insurer_reader)
    place = {"insurer": "menzis"} if of_insurer else {"cooperation": "HOL"} if role != Role.administrator else {}
    actor = Actor(account=1, name="X", grants=(Grant(role=role, starts_on=date(2020, 1, 1), **place),))
    assert sides_of(actor, Subject("HOL", frozenset({"menzis"})), TODAY) == sides
    assert sides_of(actor, Subject("WOL", frozenset({"zorg_en_zekerheid"})), TODAY) == frozenset()
