"""What the rules propose to do next: never what can no longer be changed."""

from typing import Any

from tests.domain.initiative_facts import initiative
from tests.domain.roadmap_facts import DEADLINE, SOFT, contract, day, judged, lead, region, vision
from tracker.domain.finding import Reason
from tracker.domain.next_steps import NextStep, next_steps
from tracker.domain.proposals import PROPOSALS
from tracker.domain.records.evaluation import Round
from tracker.programmes.kinds import KINDS

TODAY = "2026-10-01"


def steps(
    kind: str, as_of: str = TODAY, *, subject: str = "WOL", params: dict[str, Any], **facts: Any
) -> list[NextStep]:
    """What one rule proposes for an invented region."""
    dossier = region(**facts)
    return list(next_steps([judged(kind, dossier, as_of, subject=subject, **params)], dossier, day(as_of)))


def said(reason: Reason) -> str:
    """The Dutch words with plain values."""
    return reason.text.nl.format(**reason.values)


def test_every_proposal_is_about_a_rule_that_exists() -> None:
    assert set(PROPOSALS) <= set(KINDS)


def test_a_vacancy_asks_the_board_to_fill_the_post() -> None:
    (step,) = steps("ict_lead_now", params={"deadline": DEADLINE}, ict_leads=(lead("2022-01-01", "2026-03-31"),))
    assert (said(step.title), said(step.owner)) == ("Functie van CIO of CMIO invullen", "Bestuur")


def test_a_deadline_that_was_missed_long_ago_asks_nothing() -> None:
    assert steps("vision_on_time", params={"deadline": DEADLINE}, visions=(vision("2022-10-14"),)) == []


def test_an_ended_contract_asks_for_a_new_one_with_this_insurer() -> None:
    held = contract("2022-12-20", "2023-01-01", "2025-12-31")
    (step,) = steps("contract_in_force", params={"soft_deadline": SOFT}, contracts=(held,))
    assert said(step.title) == "Nieuw contract met Menzis sluiten"
    assert said(step.owner) == "Bestuur en Menzis"


def test_a_first_contract_is_not_called_new() -> None:
    (step,) = steps("contract_in_force", params={"soft_deadline": SOFT})
    assert said(step.title) == "Contract met Menzis sluiten"


def test_a_contract_is_discussed_half_a_year_before_its_end_and_not_earlier() -> None:
    held = contract("2022-12-20", "2023-01-01", "2026-12-31")
    (step,) = steps("contract_in_force", "2026-07-04", params={"soft_deadline": SOFT}, contracts=(held,))
    assert said(step.title) == "Over verlenging van het contract met Menzis spreken"
    assert steps("contract_in_force", "2026-07-03", params={"soft_deadline": SOFT}, contracts=(held,)) == []


def test_a_round_is_planned_before_it_is_due_and_an_old_gap_asks_nothing() -> None:
    params = {"soft_deadline": SOFT, "interval_months": 12, "grace_months": 3}
    rounds = (Round(number=1, held_on=day("2025-12-08")),)
    (step,) = steps("rounds_periodic", params=params, rounds=rounds)
    assert step.reason.values["date"] == day("2026-12-08")
    gap = (Round(number=1, held_on=day("2023-10-01")), Round(number=2, held_on=day("2026-09-01")))
    assert steps("rounds_periodic", params=params, rounds=gap) == []


def test_an_initiative_without_plan_is_named_while_it_runs_and_left_alone_when_it_ended() -> None:
    running = initiative(started="2023-06-01")
    (step,) = steps("plan_recorded", subject="I01", params={}, initiatives=(running,))
    assert said(step.title) == "Plan vastleggen voor Portaal voor iedereen"
    ended = initiative(started="2023-06-01", ended="2024-01-01")
    assert steps("plan_recorded", subject="I01", params={}, initiatives=(ended,)) == []


def test_steps_stand_in_one_order_whatever_the_order_of_the_findings() -> None:
    dossier = region(ict_leads=(lead("2022-01-01", "2026-03-31"),))
    found = [
        judged("ict_lead_now", dossier, TODAY, deadline=DEADLINE),
        judged("contract_in_force", dossier, TODAY, soft_deadline=SOFT),
    ]
    forward, backward = (next_steps(held, dossier, day(TODAY)) for held in (found, found[::-1]))
    assert [said(step.title) for step in forward] == [said(step.title) for step in backward]


def test_a_meeting_that_is_planned_need_not_be_planned_again_and_an_overdue_one_names_its_day() -> None:
    params = {"soft_deadline": SOFT, "interval_months": 12, "grace_months": 3}
    planned = Round(number=2, invited_on=day("2026-06-01"), planned_on=day("2026-11-16"))
    soon = (Round(number=1, held_on=day("2025-12-08")), planned)
    assert steps("rounds_periodic", params=params, rounds=soon) == []
    late = (Round(number=1, held_on=day("2024-12-08")), planned)
    (step,) = steps("rounds_periodic", params=params, rounds=late)
    assert said(step.title) == "Evaluatiegesprek met Menzis houden"
    assert step.reason.values["date"] == day("2026-11-16")
