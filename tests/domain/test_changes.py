"""What changed in the findings between two dates, and silence."""

import random
from datetime import date
from typing import Any

import msgspec
import pytest

from tests.domain.initiative_facts import initiative, plan, reported, step
from tests.domain.roadmap_facts import asked, day, programme, region, vision
from tracker.domain.changes import Change, ChangeKind, finding_changes, in_order, silence
from tracker.domain.finding import Days, Finding, Reason, Status
from tracker.domain.programme import Programme, Words
from tracker.domain.records.base import Pair, Record
from tracker.domain.records.enums import AssessmentStatus
from tracker.domain.records.evaluation import Round
from tracker.domain.register import Register
from tracker.domain.rules import findings

SINCE, UNTIL = day("2025-12-08"), day("2026-10-01")
CONTRACT = Words("Contract geldig", "Contract in force")


def found(
    status: Status,
    *,
    subject: str = "WOL",
    rule: str = "R10",
    title: Words = CONTRACT,
    reason: Reason | None = None,
    records: tuple[Record, ...] = (),
    due_on: date | None = None,
    asking: Programme | None = None,
) -> Finding:
    """A finding as the engine gives it."""
    need = asked("contract_in_force", rule=rule, key=rule.lower())
    need = type(need)(**{name: getattr(need, name) for name in need.__struct_fields__ if name != "title"}, title=title)
    why = reason or Reason(Pair("{n} van 2 onderdelen", "{n} of 2 scopes"), {"n": 1})
    return Finding(subject, status, why, need, asking or programme(need), records, due_on=due_on)


def changed(before: list[Finding], after: list[Finding], **facts: Any) -> tuple[Change, ...]:
    held = facts.pop("dossier", None) or region(initiatives=(initiative(),))
    return finding_changes(before, after, dossier=held, since=SINCE, until=UNTIL)


def told(change: Change) -> tuple[str, str]:
    values = {name: getattr(value, "value", value) for name, value in change.sentence.values.items()}
    return change.sentence.text.nl.format(**values), change.sentence.text.en.format(**values)


def test_what_did_not_change_makes_no_sentence() -> None:
    assert changed([found(Status.MET)], [found(Status.MET)]) == ()


def test_a_status_goes_from_old_to_new_with_its_reason() -> None:
    (change,) = changed([found(Status.MET)], [found(Status.PARTIAL)])
    assert told(change) == (
        "RSV Wolderveen: Contract geldig ging van MET naar PARTIAL (1 van 2 onderdelen).",
        "RSV Wolderveen: Contract in force went from MET to PARTIAL (1 of 2 scopes).",
    )
    assert (change.kind, change.subject, change.cooperation) == (ChangeKind.WORSE, "WOL", "WOL")
    assert change.before is not None
    assert change.after is not None


def test_statuses_stay_values_so_that_their_words_are_the_labels() -> None:
    (change,) = changed([found(Status.MET)], [found(Status.NOT_MET)])
    assert {Status.MET, Status.NOT_MET} <= set(change.sentence.values.values())


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        (Status.MET, Status.NOT_MET, ChangeKind.WORSE),
        (Status.MET, Status.ADVISORY, ChangeKind.WORSE),
        (Status.MET, Status.UNKNOWN, ChangeKind.WORSE),
        (Status.LATE, Status.PARTIAL, ChangeKind.WORSE),
        (Status.PENDING, Status.NOT_MET, ChangeKind.WORSE),
        (Status.NOT_MET, Status.PARTIAL, ChangeKind.BETTER),
        (Status.NOT_MET, Status.LATE, ChangeKind.BETTER),
        (Status.PENDING, Status.MET, ChangeKind.BETTER),
        (Status.NA, Status.MET, ChangeKind.NEW),
        (Status.NA, Status.NOT_MET, ChangeKind.NEW),
        (Status.MET, Status.NA, ChangeKind.GONE),
    ],
)
def test_worse_and_better_follow_the_order_of_the_statuses(before: Status, after: Status, kind: ChangeKind) -> None:
    assert [change.kind for change in changed([found(before)], [found(after)])] == [kind]


def test_a_rule_that_starts_or_stops_applying_says_so() -> None:
    (new,) = changed([found(Status.NA)], [found(Status.NOT_MET)])
    assert told(new)[0] == "RSV Wolderveen: Contract geldig geldt nu: NOT_MET (1 van 2 onderdelen)."
    other = Reason(Pair("andere verzekeraar", "other insurer"))
    (gone,) = changed([found(Status.MET)], [found(Status.NA, reason=other)])
    assert told(gone)[1] == "RSV Wolderveen: Contract in force no longer applies, was MET (other insurer)."


def test_a_rule_of_a_new_edition_is_new_for_a_subject_that_was_there() -> None:
    old, new = found(Status.MET), found(Status.MET, rule="R54")
    (change,) = changed([old], [old, new])
    assert change.kind is ChangeKind.NEW
    (change,) = changed([old, new], [old])
    assert told(change)[0] == "RSV Wolderveen: Contract geldig geldt niet meer, was MET."


def test_a_rule_is_the_same_in_the_next_edition_and_another_one_of_another_insurer() -> None:
    edition = programme(key="menzis-2027")
    assert changed([found(Status.MET)], [found(Status.MET, asking=edition)]) == ()
    other = programme(insurer="zorg_en_zekerheid")
    kinds = [change.kind for change in changed([found(Status.MET)], [found(Status.MET, asking=other)])]
    assert kinds == [ChangeKind.NEW, ChangeKind.GONE]


def test_a_subject_that_was_not_there_makes_no_sentence_per_rule() -> None:
    here, there = found(Status.MET), found(Status.NOT_MET, subject="I01")
    assert changed([here], [here, there]) == ()
    assert changed([here, there], [here]) == ()


def test_an_initiative_is_named_beside_its_cooperation() -> None:
    (change,) = changed([found(Status.MET, subject="I01")], [found(Status.NOT_MET, subject="I01")])
    assert told(change)[0].startswith("RSV Wolderveen: Contract geldig van Portaal voor iedereen ging van MET")
    assert " of Portaal voor iedereen went" in told(change)[1]


def test_a_round_is_named_in_the_readers_language_and_a_claim_by_its_code() -> None:
    held = region(rounds=(Round(number=2, held_on=day("2024-12-01")),))
    (change,) = changed([found(Status.MET, subject="WOL#2")], [found(Status.NOT_MET, subject="WOL#2")], dossier=held)
    assert " van ronde 2 ging" in told(change)[0]
    assert " of round 2 went" in told(change)[1]
    (change,) = changed([found(Status.MET, subject="WOL/OI1")], [found(Status.NOT_MET, subject="WOL/OI1")])
    assert " van WOL/OI1 ging" in told(change)[0]


def test_the_reason_keeps_its_own_values_whatever_their_names() -> None:
    why = Reason(Pair("{v1} en {v0}", "{v1} and {v0}"), {"v0": "nul", "v1": "een"})
    (change,) = changed([found(Status.MET)], [found(Status.NOT_MET, reason=why)])
    assert told(change)[0].endswith("(een en nul).")


def test_braces_in_a_title_are_no_placeholders() -> None:
    (change,) = changed([found(Status.MET, title=Words("Rare {titel}", "Odd {title}"))], [found(Status.NOT_MET)])
    assert "Contract geldig" in told(change)[0]
    (change,) = changed([found(Status.MET)], [found(Status.NOT_MET, title=Words("Rare {titel}", "Odd {title}"))])
    assert "Rare (titel)" in told(change)[0]


# --- the day ---


def test_a_change_is_of_the_day_of_the_fact_it_rests_on() -> None:
    held = (vision("2026-02-05"),)
    (change,) = changed([found(Status.NOT_MET)], [found(Status.MET, records=held)])
    assert change.day == day("2026-02-05")


def test_of_several_facts_the_youngest_dates_the_change() -> None:
    held = (vision("2026-02-05"), vision("2026-01-05", 2))
    (change,) = changed([found(Status.NOT_MET)], [found(Status.MET, records=held)])
    assert change.day == day("2026-02-05")


def test_a_change_by_an_agreed_end_is_of_the_day_after() -> None:
    event = reported(AssessmentStatus.POSITIVE, "2024-02-05", "2026-02-04")
    (change,) = changed([found(Status.MET, records=(event,))], [found(Status.NOT_MET, records=(event,))])
    assert change.day == day("2026-02-05")


def test_a_change_by_a_passed_due_date_is_of_the_day_after() -> None:
    (change,) = changed([found(Status.MET)], [found(Status.NOT_MET, due_on=day("2026-08-12"))])
    assert change.day == day("2026-08-13")


def test_what_was_met_late_is_of_the_day_it_was_met_and_not_of_a_younger_fact() -> None:
    held = (vision("2026-02-05"), vision("2026-07-01", 2))
    late = found(Status.LATE, records=held, due_on=day("2026-01-01"))
    late = msgspec.structs.replace(late, days_late=35)
    (change,) = changed([found(Status.NOT_MET)], [late])
    assert change.day == day("2026-02-05")


def test_a_due_date_that_passed_dates_the_change_and_not_a_younger_fact() -> None:
    held = (vision("2026-09-05"),)
    (change,) = changed(
        [found(Status.PENDING, due_on=day("2026-08-12"))],
        [found(Status.NOT_MET, records=held, due_on=day("2026-08-12"))],
    )
    assert change.day == day("2026-08-13")


def test_a_due_date_outside_the_comparison_dates_nothing() -> None:
    held = (vision("2026-09-05"),)
    (change,) = changed([found(Status.PENDING)], [found(Status.NOT_MET, records=held, due_on=day("2024-08-12"))])
    assert change.day == day("2026-09-05")


def test_a_vision_that_came_late_is_dated_by_the_engine_on_its_day() -> None:
    asking = programme(asked("vision_on_time", deadline=day("2022-07-01")))
    held = region(visions=(vision("2022-10-14"), vision("2023-05-01", 2)))
    since, until = day("2022-09-01"), day("2023-12-31")
    before, after = (findings(held, Register(), (asking,), on) for on in (since, until))
    (change,) = finding_changes(before, after, dossier=held, since=since, until=until)
    assert (change.after.status if change.after else None) is Status.LATE
    assert change.day == day("2022-10-14")


def test_a_change_that_nothing_dates_is_of_the_last_day() -> None:
    old = (vision("2025-12-08"),)
    (change,) = changed([found(Status.MET, records=old)], [found(Status.NOT_MET, records=old)])
    assert change.day == UNTIL


# --- order ---


def a_change(kind: ChangeKind, at: str, subject: str = "WOL") -> Change:
    return Change(
        cooperation="WOL", subject=subject, kind=kind, day=day(at), sentence=Reason(Pair(f"{kind} {at}", ""), {})
    )


def test_worse_comes_first_then_better_new_gone_and_silent_the_newest_first() -> None:
    wanted = [
        a_change(ChangeKind.WORSE, "2026-02-01"),
        a_change(ChangeKind.WORSE, "2026-01-01", "I01"),
        a_change(ChangeKind.WORSE, "2026-01-01", "I02"),
        a_change(ChangeKind.BETTER, "2026-09-01"),
        a_change(ChangeKind.NEW, "2026-09-01"),
        a_change(ChangeKind.GONE, "2026-09-01"),
        a_change(ChangeKind.SILENT, "2026-09-01"),
    ]
    mixed = wanted[:]
    random.Random(7).shuffle(mixed)
    assert list(in_order(mixed)) == wanted


def test_the_order_of_the_findings_does_not_matter() -> None:
    before = [found(Status.MET, rule=f"R{number}") for number in range(10, 20)]
    after = [found(Status.NOT_MET, rule=f"R{number}") for number in range(10, 20)]
    assert changed(before, after) == changed(before[::-1], after[::-1])
    assert [change.after.rule for change in changed(before, after) if change.after][:2] == ["R10", "R11"]


# --- with the engine ---


def test_a_milestone_that_passes_is_told_from_real_findings() -> None:
    asking = programme(asked("plan_executed"), asked("plan_recorded"))
    held = region(
        initiatives=(
            initiative(plans=(plan("2022-09-26", step("m1", "2023-06-01", "2023-06-01"), step("m2", "2026-01-15")),)),
        )
    )
    before, after = (findings(held, Register(), (asking,), on) for on in (SINCE, UNTIL))
    (change,) = finding_changes(before, after, dossier=held, since=SINCE, until=UNTIL)
    assert (
        told(change)[0] == "RSV Wolderveen: titel van Portaal voor iedereen ging van MET naar ADVISORY (1 over tijd)."
    )
    assert change.day == day("2026-01-16")


# --- silence ---


def test_a_region_without_a_new_fact_is_silent() -> None:
    held = region(visions=(vision("2025-12-08"),))
    (change,) = silence(held, since=SINCE, until=UNTIL)
    assert (change.kind, change.day) == (ChangeKind.SILENT, SINCE)
    assert change.sentence.values == {"v0": "RSV Wolderveen", "v1": Days(297)}
    assert change.sentence.text == Pair("{v0}: al {v1} geen nieuw feit.", "{v0}: no new fact for {v1}.")


def test_a_region_with_a_new_fact_or_without_any_is_not_silent() -> None:
    assert silence(region(visions=(vision("2025-12-09"),)), since=SINCE, until=UNTIL) == ()
    assert silence(region(insurers=()), since=SINCE, until=UNTIL) == ()
    assert silence(region(), since=UNTIL, until=UNTIL) == ()
