"""Which step a due day has reached, and which signals a dossier gives."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.roadmap_facts import region as cooperation
from tracker.domain.actions import tasks
from tracker.domain.notices import Topic, stage
from tracker.domain.records.agreement import CooperationAction
from tracker.domain.records.contract import Contract
from tracker.domain.records.enums import ContractScope, LeadRole, Party
from tracker.domain.records.evaluation import Action, Round
from tracker.domain.records.ict import IctLead
from tracker.domain.register import Register
from tracker.domain.reminders import notices

DUE = date(2026, 10, 25)


def action(**given_: object) -> CooperationAction:
    known = {"code": "A1", "text": "Bellen", "agreed_on": date(2026, 1, 1), "owner": "M. Bakker", "due_on": DUE}
    return CooperationAction(**known | given_)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("left", "step"),
    [(31, None), (30, 30), (8, 30), (7, 7), (1, 7), (0, 0), (-1, 0), (-6, 0), (-7, -7), (-13, -7), (-14, -14)],
)
def test_a_due_day_is_told_thirty_and_seven_days_before_on_the_day_and_every_week_after(left, step):
    found = stage(DUE, DUE - timedelta(days=left))
    assert found == (None if step is None else DUE - timedelta(days=step))


@given(due=st.dates(date(2000, 1, 1), date(2100, 1, 1)), left=st.integers(-2000, 2000))
def test_a_step_never_lies_ahead_and_a_later_day_never_has_an_earlier_step(due, left):
    today = due - timedelta(days=left)
    now, after = stage(due, today), stage(due, today + timedelta(days=1))
    assert now is None or now <= today
    assert now is None or (after is not None and after >= now)


def test_an_action_agreed_after_a_step_is_not_told_of_that_step():
    late = cooperation(actions=(action(agreed_on=DUE - timedelta(days=20)),))
    assert notices(late, (), Register(), DUE - timedelta(days=19)) == ()
    [found] = notices(late, (), Register(), DUE - timedelta(days=7))
    assert found.topic is Topic.REGION_ACTION


def test_an_action_that_is_done_is_told_no_more():
    assert notices(cooperation(actions=(action(done_on=DUE),)), (), Register(), DUE) == ()


def test_the_address_tells_whose_an_action_is_and_else_the_name():
    [named] = tasks(cooperation(actions=(action(),)))
    [written] = tasks(cooperation(actions=(action(owner_email="M.Bakker@voorbeeld.example"),)))
    assert named.belongs_to("m. bakker ", "x@voorbeeld.example")
    assert written.belongs_to("Iemand anders", "m.bakker@voorbeeld.example")
    assert not written.belongs_to("M. Bakker", "x@voorbeeld.example")


def test_an_open_action_of_an_earlier_meeting_goes_along_until_it_is_done_or_taken_over():
    old = Round(number=1, held_on=date(2025, 1, 1), actions=(Action(text="Bellen", owner="M. Bakker"),))
    assert [item.round for item in tasks(cooperation(rounds=(old,)))] == [1]
    taken = cooperation(rounds=(old,), actions=(action(),))
    assert [item.code for item in tasks(taken)] == ["A1"]


def test_a_cmio_who_leaves_is_told_sixty_days_before_unless_somebody_follows():
    leaving = IctLead(role=LeadRole.CMIO, person="A", from_on=date(2024, 1, 1), to_on=DUE)
    after = IctLead(role=LeadRole.CIO, person="B", from_on=DUE, to_on=None)
    alone, followed = cooperation(ict_leads=(leaving,)), cooperation(ict_leads=(leaving, after))
    assert notices(alone, (), Register(), DUE - timedelta(days=61)) == ()
    [found] = notices(alone, (), Register(), DUE - timedelta(days=60))
    assert found.topic is Topic.SIGNAL
    assert notices(followed, (), Register(), DUE - timedelta(days=60)) == ()


def test_a_contract_that_ends_is_told_half_a_year_before_and_not_after_it_ended():
    held = Contract(
        code="C1",
        insurer="menzis",
        signed_on=date(2024, 1, 1),
        starts_on=date(2024, 1, 1),
        ends_on=DUE,
        scopes=(ContractScope.IMPLEMENTATION,),
    )
    ending = cooperation(contracts=(held,))
    assert notices(ending, (), Register(), DUE - timedelta(days=181)) == ()
    assert [item.due_on for item in notices(ending, (), Register(), DUE - timedelta(days=170))] == [DUE]
    assert notices(ending, (), Register(), DUE + timedelta(days=1)) == ()


def test_a_party_of_the_owner_changes_nothing_in_what_is_told():
    ours, theirs = (cooperation(actions=(action(party=party),)) for party in Party)
    assert len(notices(ours, (), Register(), DUE)) == len(notices(theirs, (), Register(), DUE)) == 1
