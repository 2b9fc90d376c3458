"""What differs between two dossiers as they were seen on two dates."""

import random
from typing import Any

import msgspec
import pytest

from tests.domain.initiative_facts import (
    evaluated,
    initiative,
    joined,
    on,
    plan,
    preferred,
    shared,
    step,
)
from tests.domain.roadmap_facts import day, region, texts, vision
from tracker.domain.changes import Change, ChangeKind
from tracker.domain.dossier_changes import changes_between, dossier_changes
from tracker.domain.records.contract import Contract
from tracker.domain.records.cooperation import Cooperation
from tracker.domain.records.enums import ContractScope, InitiativePhaseName, LeadRole, Phase, Topic
from tracker.domain.records.evaluation import Round, Score
from tracker.domain.records.ict import IctLead
from tracker.domain.records.initiative import InitiativePhase
from tracker.domain.records.periods import Period
from tracker.domain.records.practice import ComponentUse, InsuredCount, Practice
from tracker.domain.visibility import seen

SINCE, UNTIL = day("2025-12-08"), day("2026-10-01")
with_ = msgspec.structs.replace


def changed(held: Cooperation, since: str = "2025-12-08", until: str = "2026-10-01") -> tuple[Change, ...]:
    """The changes in one dossier between two days."""
    before, after = seen(held, day(since)), seen(held, day(until))
    assert before is not None
    assert after is not None
    return dossier_changes(before, after, since=day(since), until=day(until))


def told(change: Change) -> tuple[str, str, str]:
    """Kind, day and Dutch sentence."""
    return change.kind.value, change.day.isoformat(), nl(change)


def nl(change: Change) -> str:
    values = {name: getattr(value, "value", value) for name, value in change.sentence.values.items()}
    return change.sentence.text.nl.format(**values)


def en(change: Change) -> str:
    values = {name: getattr(value, "value", value) for name, value in change.sentence.values.items()}
    return change.sentence.text.en.format(**values)


def lead(person: str, start: str, end: str | None = None) -> IctLead:
    return IctLead(role=LeadRole.CMIO, person=person, from_on=day(start), to_on=on(end))


def practice(number: int, **facts: Any) -> Practice:
    start = facts.pop("start", "2011-01-01")
    return Practice(
        code=f"WOL-{number:02}", name=f"Praktijk {number}", memberships=(Period(from_on=day(start)),), **facts
    )


def test_the_same_dossier_on_two_days_without_facts_between_says_nothing() -> None:
    held = region(
        visions=(vision("2022-05-18", texts=texts("2022-05-18")),), ict_leads=(lead("J. Wulp", "2022-01-01"),)
    )
    assert changed(held) == ()


def test_a_new_record_is_told_once_with_all_it_holds() -> None:
    held = region(visions=(vision("2026-02-05", 2, texts=texts("2026-02-05")),))
    (change,) = changed(held)
    assert told(change) == ("new", "2026-02-05", "RSV Wolderveen: Visie (versie 2) is nieuw.")
    assert en(change) == "RSV Wolderveen: Vision (version 2) is new."
    assert [type(record).__name__ for record in change.records] == ["Vision"]


@pytest.mark.parametrize(("at", "number"), [("2025-12-08", 0), ("2025-12-09", 1), ("2026-10-01", 1), ("2026-10-02", 0)])
def test_a_fact_is_new_after_the_first_day_up_to_the_last(at: str, number: int) -> None:
    assert len(changed(region(visions=(vision(at),)))) == number


@pytest.mark.parametrize(
    ("end", "number"), [("2025-12-07", 0), ("2025-12-08", 1), ("2026-09-30", 1), ("2026-10-01", 0)]
)
def test_an_appointment_ended_when_its_last_day_lies_between(end: str, number: int) -> None:
    assert len(changed(region(ict_leads=(lead("J. Wulp", "2022-01-01", end),)))) == number


def test_an_end_is_told_with_its_last_day_and_dated_the_day_after() -> None:
    (change,) = changed(region(ict_leads=(lead("S. Brouwhof", "2023-06-01", "2026-03-31"),)))
    assert told(change) == (
        "gone",
        "2026-04-01",
        "RSV Wolderveen: CIO of CMIO (cmio, S. Brouwhof) eindigde op 2026-03-31.",
    )


def test_who_came_and_went_in_between_is_told_twice() -> None:
    changes = changed(region(ict_leads=(lead("J. Wulp", "2026-01-01", "2026-03-31"),)))
    assert [change.kind for change in changes] == [ChangeKind.NEW, ChangeKind.GONE]


@pytest.mark.parametrize(("end", "number"), [("2026-09-30", 2), ("2026-10-01", 1)])
def test_who_came_in_between_left_when_the_last_day_has_passed(end: str, number: int) -> None:
    assert len(changed(region(ict_leads=(lead("J. Wulp", "2026-01-01", end),)))) == number


def test_a_contract_that_ran_out_is_gone_and_one_that_was_ended_too() -> None:
    held = Contract(
        code="c1",
        insurer="menzis",
        signed_on=day("2022-12-01"),
        starts_on=day("2023-01-01"),
        ends_on=day("2025-12-31"),
        scopes=(ContractScope.FINANCING,),
    )
    assert told(changed(region(contracts=(held,)))[0])[:2] == ("gone", "2026-01-01")
    ended = with_(held, ends_on=None, terminated_on=day("2026-05-31"))
    assert told(changed(region(contracts=(ended,)))[0]) == (
        "gone",
        "2026-05-31",
        "RSV Wolderveen: Overeenkomst (c1): beëindigd per 2026-05-31.",
    )


def test_a_milestone_of_an_initiative_is_told_of_the_initiative() -> None:
    held = initiative(plans=(plan("2022-09-26", step("m1", "2026-02-21", "2026-03-04")),))
    (change,) = changed(region(initiatives=(held,)))
    assert change.subject == "I01"
    assert told(change) == (
        "new",
        "2026-03-04",
        "RSV Wolderveen: Mijlpaal ‘Stap m1’ van Portaal voor iedereen: gereed op 2026-03-04.",
    )


def test_a_new_initiative_is_news_of_the_cooperation() -> None:
    held = initiative(
        None, proposed_on=day("2026-01-01"), directions=(), participants=(joined("WOL-01", "2026-02-01"),)
    )
    (change,) = changed(region(initiatives=(held,)))
    assert change.subject == "WOL"
    assert nl(change) == "RSV Wolderveen: Initiatief ‘Portaal voor iedereen’ is nieuw."


def test_an_initiative_that_starts_names_itself_once() -> None:
    (change,) = changed(region(initiatives=(initiative("2026-01-01"),)))
    assert told(change) == (
        "new",
        "2026-01-01",
        "RSV Wolderveen: Initiatief ‘Portaal voor iedereen’: gestart op 2026-01-01.",
    )
    assert change.subject == "I01"


def test_a_sharing_that_is_taken_back_is_gone() -> None:
    held = initiative(sharings=(shared("2024-05-01", "2026-01-01"),))
    (change,) = changed(region(initiatives=(held,)))
    assert told(change)[0] == "gone"
    assert nl(change) == "RSV Wolderveen: Gedeeld van Portaal voor iedereen: teruggetrokken op 2026-01-01."


# --- phases ---


@pytest.mark.parametrize(
    ("phases", "kind", "sentence"),
    [
        (
            [("2026-02-01", Phase.IMPLEMENTING)],
            "better",
            "RSV Wolderveen: Voorkeursoplossingsrichting (T1.1) ging van pilot naar implementing.",
        ),
        (
            [("2026-02-01", Phase.SELECTED)],
            "worse",
            "RSV Wolderveen: Voorkeursoplossingsrichting (T1.1) ging van pilot naar selected.",
        ),
        (
            [("2026-02-01", Phase.STOPPED)],
            "worse",
            "RSV Wolderveen: Voorkeursoplossingsrichting (T1.1) ging van pilot naar stopped.",
        ),
    ],
)
def test_a_direction_goes_from_phase_to_phase(phases: list[tuple[str, Phase]], kind: str, sentence: str) -> None:
    held = preferred("T1.1", ("2024-02-01", Phase.PILOT), *phases)
    assert [told(change) for change in changed(region(directions=(held,)))] == [(kind, "2026-02-01", sentence)]


def test_a_restart_after_a_stop_is_better() -> None:
    held = preferred("T1.1", ("2024-02-01", Phase.STOPPED), ("2026-02-01", Phase.SELECTED))
    assert changed(region(directions=(held,)))[0].kind is ChangeKind.BETTER


def test_the_reason_of_a_stop_is_told() -> None:
    held = preferred("T1.1", ("2024-02-01", Phase.PILOT), ("2026-02-01", Phase.STOPPED))
    held = with_(held, phases=(held.phases[0], with_(held.phases[1], reason="Leverancier stopt")))
    assert nl(changed(region(directions=(held,)))[0]).endswith("ging van pilot naar stopped (Leverancier stopt).")


def test_a_phase_there_and_back_says_nothing() -> None:
    held = preferred("T1.1", ("2024-02-01", Phase.PILOT), ("2026-02-01", Phase.STOPPED), ("2026-03-01", Phase.PILOT))
    assert changed(region(directions=(held,))) == ()


def test_an_initiative_goes_from_phase_to_phase_and_its_end_is_gone() -> None:
    phases = [
        InitiativePhase(reached_on=day(at), phase=phase)
        for at, phase in (
            ("2023-03-01", InitiativePhaseName.START),
            ("2026-01-01", InitiativePhaseName.SCALE_UP),
            ("2026-06-01", InitiativePhaseName.ENDED),
        )
    ]
    held = region(initiatives=(initiative(phases=tuple(phases)),))
    assert told(changed(held, until="2026-05-31")[0]) == (
        "better",
        "2026-01-01",
        "RSV Wolderveen: Initiatief ‘Portaal voor iedereen’ ging van start naar scale_up.",
    )
    assert changed(held)[0].kind is ChangeKind.GONE


# --- scores ---


def a_round(number: int, at: str, **scores: int | None) -> Round:
    held = tuple(Score(topic=Topic(topic), agreed=agreed) for topic, agreed in scores.items())
    return Round(number=number, held_on=day(at), locked_on=day(at), scores=held)


def test_agreed_scores_are_compared_topic_by_topic() -> None:
    first = a_round(2, "2024-12-01", jzojp=2, labour_market=3, collaboration=3, regional_support=None)
    second = a_round(3, "2026-01-15", jzojp=3, labour_market=2, collaboration=3, regional_support=1)
    changes = [told(change) for change in changed(region(rounds=(second, first))) if change.subject == "WOL"]
    assert changes == [
        ("worse", "2026-01-15", "RSV Wolderveen: labour_market ging van 3 naar 2 (2024-12-01 – 2026-01-15)."),
        ("better", "2026-01-15", "RSV Wolderveen: jzojp ging van 2 naar 3 (2024-12-01 – 2026-01-15)."),
        ("new", "2026-01-15", "RSV Wolderveen: Evaluatieronde (ronde 3, versie 1) is nieuw."),
        ("new", "2026-01-15", "RSV Wolderveen: regional_support ging van geen score naar 1 (2024-12-01 – 2026-01-15)."),
    ]


def test_a_topic_that_lost_its_score_has_no_score_and_never_zero() -> None:
    rounds = a_round(2, "2024-12-01", jzojp=2), a_round(3, "2026-01-15")
    (gone,) = (change for change in changed(region(rounds=rounds)) if change.kind is ChangeKind.GONE)
    assert "ging van 2 naar geen score" in nl(gone)


def test_the_first_round_compares_with_nothing() -> None:
    assert [nl(change) for change in changed(region(rounds=(a_round(1, "2026-01-15", jzojp=2),)))] == [
        "RSV Wolderveen: Evaluatieronde (ronde 1, versie 1) is nieuw."
    ]


# --- many of one sort ---


def test_up_to_three_of_one_sort_stand_apart_and_more_become_one() -> None:
    three = initiative(participants=tuple(joined(f"WOL-{n:02}", "2026-02-01") for n in range(3)))
    assert len(changed(region(initiatives=(three,)))) == 3
    four = initiative(participants=tuple(joined(f"WOL-{n:02}", f"2026-02-0{n + 1}") for n in range(4)))
    (change,) = changed(region(initiatives=(four,)))
    assert told(change) == (
        "new",
        "2026-02-04",
        "RSV Wolderveen: 4 nieuwe feiten onder deelnemende praktijken van Portaal voor iedereen.",
    )
    assert len(change.records) == 4


def test_the_counts_of_all_practices_are_one_sentence_of_the_cooperation() -> None:
    count = InsuredCount(counted_on=day("2026-01-01"), insured=2400)
    held = region(practices=tuple(practice(number, insured=(count,)) for number in range(1, 6)))
    (change,) = changed(held)
    assert (change.subject, nl(change)) == ("WOL", "RSV Wolderveen: 5 nieuwe feiten onder ingeschreven verzekerden.")
    (change,) = changed(region(practices=(practice(1, insured=(count,)), practice(2))))
    assert (change.subject, nl(change)) == ("WOL-01", "RSV Wolderveen: Telling van Praktijk 1 is nieuw.")


def test_practice_use_makes_no_sentence() -> None:
    use = ComponentUse(component="T1.1a", available_from=day("2026-01-01"))
    assert changed(region(practices=(practice(1, use=(use,)),))) == ()


# --- what was corrected or removed ---


def test_a_correction_between_two_moments_of_knowing_says_old_and_new() -> None:
    before, after = (
        region(ict_leads=(lead("J. Wulp", "2022-01-01"),)),
        region(ict_leads=(with_(lead("J. Wulp", "2022-01-01"), title_as_used="Medisch adviseur"),)),
    )
    (change,) = dossier_changes(before, after, since=UNTIL, until=UNTIL)
    assert told(change) == (
        "new",
        "2026-10-01",
        "RSV Wolderveen: CIO of CMIO (cmio, J. Wulp), functietitel ging van leeg naar Medisch adviseur.",
    )
    (change,) = dossier_changes(after, before, since=UNTIL, until=UNTIL)
    assert change.kind is ChangeKind.GONE


def test_a_long_text_is_cut_in_the_sentence() -> None:
    held = initiative(summary="a" * 500)
    (change,) = dossier_changes(
        region(initiatives=(with_(held, summary=None),)), region(initiatives=(held,)), since=UNTIL, until=UNTIL
    )
    assert nl(change).endswith(f"samenvatting ging van leeg naar {'a' * 79}….")


def test_a_removed_record_has_disappeared() -> None:
    before = region(ict_leads=(lead("J. Wulp", "2022-01-01"),))
    (change,) = dossier_changes(before, region(), since=UNTIL, until=UNTIL)
    assert told(change) == ("gone", "2026-10-01", "RSV Wolderveen: CIO of CMIO (cmio, J. Wulp) is verdwenen.")


# --- together ---


def test_the_order_of_the_records_does_not_matter() -> None:
    facts = [lead(f"Persoon {number}", "2026-02-01") for number in range(3)]
    mixed = facts[:]
    random.Random(3).shuffle(mixed)
    one, other = changed(region(ict_leads=tuple(facts))), changed(region(ict_leads=tuple(mixed)))
    assert [told(change) for change in one] == [told(change) for change in other]


def test_a_comparison_puts_records_and_silence_in_one_order() -> None:
    held = region(initiatives=(initiative(evaluations=(evaluated("2025-11-01"),)),))
    changes = changes_between(held, held, [], [], since=SINCE, until=UNTIL)
    assert [change.kind for change in changes] == [ChangeKind.SILENT]
