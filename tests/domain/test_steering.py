"""R19-R22 and R56: evaluating, sharing, steering and what follows for the money."""

from decimal import Decimal
from typing import Any

import pytest

from tests.domain.initiative_facts import START, asked_of, evaluated, initiative, on, plan
from tests.domain.roadmap_facts import day, en, said
from tracker.domain.finding import Finding
from tracker.domain.records.enums import ExtensionResult, Purpose, Stream
from tracker.domain.records.enums import Verdict as Opinion
from tracker.domain.records.funding import Extension, FundingLine
from tracker.domain.records.initiative import Initiative

TODAY = "2026-10-01"

# --- R19 ---


def periodic(*evaluations: object, as_of: str, started: str | None = START, **facts: Any) -> Finding:
    held = initiative(started, facts.pop("ended", None), evaluations=evaluations, **facts)
    return asked_of("evaluated_periodically", held, as_of, interval_months=12, grace_months=3)


def test_before_the_start_there_is_nothing_to_evaluate() -> None:
    assert said(periodic(as_of="2023-02-28")) == ("PENDING", "nog niet gestart")


def test_the_first_evaluation_is_due_fifteen_months_after_the_start() -> None:
    found = periodic(as_of="2024-06-01")
    assert (*said(found), found.due_on) == ("PENDING", "eerste evaluatie uiterlijk 2024-06-01", day("2024-06-01"))
    found = periodic(as_of="2024-06-02")
    assert said(found) == ("NOT_MET", "evaluatie gemist, was gepland 2024-06-01")
    assert en(found) == "evaluation missed, was due 2024-06-01"


def test_a_month_without_the_day_ends_on_its_last() -> None:
    assert periodic(as_of="2025-02-28", started="2023-11-30").status == "PENDING"
    assert periodic(as_of="2025-03-01", started="2023-11-30").status == "NOT_MET"


@pytest.mark.parametrize(("second", "status"), [("2025-06-01", "MET"), ("2025-06-02", "NOT_MET")])
def test_a_gap_between_two_evaluations_stays_for_ever(second: str, status: str) -> None:
    found = periodic(evaluated(second), evaluated("2024-03-01"), evaluated("2026-06-01"), as_of=TODAY)
    assert found.status == status


def test_populatiespiegel_misses_its_evaluation_on_13_august() -> None:
    assert periodic(evaluated("2025-05-12"), started="2024-05-12", as_of="2026-08-12").status == "MET"
    found = periodic(evaluated("2025-05-12"), started="2024-05-12", as_of="2026-08-13")
    assert (*said(found), found.due_on) == (
        "NOT_MET",
        "evaluatie gemist, was gepland 2026-08-12",
        day("2026-08-12"),
    )


def test_evaluations_in_time_are_counted() -> None:
    found = periodic(evaluated("2024-03-01"), as_of="2024-12-01")
    assert (*said(found), found.due_on) == ("MET", "1 evaluatie, laatste 2024-03-01", day("2025-06-01"))
    found = periodic(evaluated("2025-03-01"), evaluated("2024-03-01"), as_of="2026-01-01")
    assert said(found) == ("MET", "2 evaluaties, laatste 2025-03-01")


def test_the_latest_plan_sets_its_own_interval() -> None:
    six = plan("2023-01-01", interval=6)
    assert periodic(as_of="2023-12-01", plans=(six,)).status == "PENDING"
    assert periodic(as_of="2023-12-02", plans=(six,)).status == "NOT_MET"
    later = plan("2023-06-01", version=2)
    assert periodic(as_of="2023-12-02", plans=(six, later)).status == "PENDING"


def test_an_evaluation_that_ignores_the_plan_counts_half() -> None:
    found = periodic(evaluated("2024-03-01", on_plan=False), as_of="2024-12-01")
    assert said(found) == ("PARTIAL", "evaluatie van 2024-03-01 ging niet over het plan")


def test_a_short_initiative_needed_no_evaluation() -> None:
    assert periodic(as_of="2024-06-01", ended="2024-06-01").status == "PENDING"
    assert said(periodic(as_of="2024-06-02", ended="2024-06-01")) == (
        "NA",
        "beëindigd voor een evaluatie nodig was",
    )


def test_an_initiative_that_ended_after_its_limit_missed_one() -> None:
    assert periodic(as_of=TODAY, ended="2024-06-02").status == "NOT_MET"
    assert periodic(evaluated("2024-03-01"), as_of=TODAY, ended="2025-06-01").status == "MET"
    assert periodic(evaluated("2024-03-01"), as_of=TODAY, ended="2025-06-02").status == "NOT_MET"


def test_an_evaluation_after_the_end_closes_the_row() -> None:
    assert periodic(evaluated("2024-05-01"), as_of=TODAY, ended="2024-03-01").status == "MET"


def test_an_evaluation_before_the_start_is_no_step() -> None:
    assert (
        periodic(
            evaluated("2021-01-01"), evaluated("2024-03-01"), as_of="2024-12-01", proposed_on=day("2020-01-01")
        ).status
        == "MET"
    )


# --- R20 ---


def sharing_of(*evaluations: object, as_of: str = TODAY) -> Finding:
    return asked_of("evaluation_shared", initiative(evaluations=evaluations), as_of)


def test_nothing_to_share_without_an_evaluation() -> None:
    assert said(sharing_of()) == ("PENDING", "nog geen evaluatie")


def test_an_evaluation_is_shared_from_the_day_it_is_sent_without_grace() -> None:
    held = evaluated("2024-03-01", shared="2024-03-15"), evaluated("2025-03-01")
    assert said(sharing_of(*held, as_of="2024-03-14")) == ("NOT_MET", "niet gedeeld: 2024-03-01")
    assert said(sharing_of(*held, as_of="2024-03-15")) == ("MET", "evaluatie gedeeld")
    assert said(sharing_of(*held)) == ("NOT_MET", "niet gedeeld: 2025-03-01")


# --- R21 ---


def steering_of(*evaluations: object, as_of: str = TODAY) -> Finding:
    return asked_of("steered", initiative(evaluations=evaluations), as_of)


def test_no_steering_without_an_evaluation() -> None:
    assert said(steering_of()) == ("PENDING", "nog geen evaluatie")


@pytest.mark.parametrize(
    ("verdict", "status"),
    [
        (Opinion.POSITIVE, "MET"),
        (Opinion.TOO_EARLY, "MET"),
        (Opinion.MIXED, "NOT_MET"),
        (Opinion.NEGATIVE, "NOT_MET"),
    ],
)
def test_only_a_mixed_or_negative_evaluation_asks_for_steering(verdict: Opinion, status: str) -> None:
    assert steering_of(evaluated("2024-03-01", verdict)).status == status


def test_steering_counts_from_the_day_it_is_decided() -> None:
    held = evaluated("2024-03-01", Opinion.MIXED, steered=("2024-04-01",))
    assert said(steering_of(held, as_of="2024-03-31")) == ("NOT_MET", "niet bijgestuurd na 2024-03-01")
    assert said(steering_of(held, as_of="2024-04-01")) == ("MET", "bijgestuurd waar nodig")


def test_the_finding_rests_on_the_evaluations_that_asked_for_steering() -> None:
    mixed = evaluated("2024-03-01", Opinion.MIXED, steered=("2024-04-01",))
    assert steering_of(evaluated("2025-03-01"), mixed).records == (mixed,)
    assert steering_of(evaluated("2025-03-01")).records == (evaluated("2025-03-01"),)


# --- R22 ---


def decision(
    at: str, by: str = "menzis", result: ExtensionResult = ExtensionResult.EXTENDED, until: str | None = None
) -> Extension:
    return Extension(decided_on=day(at), decided_by=by, result=result, until=on(until))


def extension_of(*decisions: Extension, evaluations: tuple[object, ...] = ()) -> Finding:
    held = initiative(extensions=decisions, evaluations=evaluations)
    return asked_of("extension_after_evaluation", held, TODAY)


def test_without_a_decision_there_is_nothing_to_judge() -> None:
    assert said(extension_of()) == ("NA", "geen besluit")


def test_only_the_insurer_decides() -> None:
    found = extension_of(
        decision("2024-05-01", "zorg_en_zekerheid"), evaluations=(evaluated("2024-03-01", shared="2024-03-01"),)
    )
    assert said(found) == ("NOT_MET", "besluit van 2024-05-01 niet door de verzekeraar")


@pytest.mark.parametrize(
    ("held", "shared", "status"),
    [
        ("2024-05-01", "2024-05-01", "MET"),
        ("2024-05-02", "2024-05-02", "NOT_MET"),
        ("2024-04-01", "2024-05-02", "NOT_MET"),
        ("2024-04-01", None, "NOT_MET"),
    ],
)
def test_a_decision_follows_an_evaluation_that_was_held_and_shared(held: str, shared: str | None, status: str) -> None:
    assert extension_of(decision("2024-05-01"), evaluations=(evaluated(held, shared=shared),)).status == status


def test_every_decision_needs_one_and_the_first_without_is_named() -> None:
    found = extension_of(
        decision("2025-05-01"), decision("2023-05-01"), evaluations=(evaluated("2024-03-01", shared="2024-03-01"),)
    )
    assert said(found) == ("NOT_MET", "geen gedeelde evaluatie voor 2023-05-01")


def test_a_decision_not_to_extend_follows_the_rule_too() -> None:
    found = extension_of(
        decision("2025-05-01", result=ExtensionResult.NOT_EXTENDED),
        evaluations=(evaluated("2024-03-01", shared="2024-03-01"), evaluated("2025-03-01", shared="2025-04-01")),
    )
    assert said(found) == ("MET", "besluit van 2025-05-01 na evaluatie van 2025-03-01")


def test_the_latest_decision_is_told() -> None:
    held = evaluated("2024-03-01", shared="2024-03-01")
    found = extension_of(decision("2025-05-01"), decision("2024-05-01"), evaluations=(held,))
    assert said(found) == ("MET", "besluit van 2025-05-01 na evaluatie van 2024-03-01")


# --- R56 ---


def line(code: str, start: str, end: str | None) -> FundingLine:
    return FundingLine(
        code=code,
        stream=Stream.S3,
        purpose=Purpose.INITIATIVE,
        item="platform",
        share_pct=Decimal(100),
        from_on=day(start),
        to_on=on(end),
    )


def funded(*lines: FundingLine, as_of: str, extensions: tuple[Extension, ...] = (), **facts: Any) -> Finding:
    held: Initiative = initiative(facts.pop("started", START), funding_lines=lines, extensions=extensions, **facts)
    return asked_of("running_without_funding", held, as_of)


def test_money_is_not_asked_of_what_does_not_run_or_was_never_paid() -> None:
    paid = line("f1", START, "2024-12-31")
    assert said(funded(as_of=TODAY)) == ("NA", "niet van toepassing")
    assert funded(paid, as_of="2024-06-02", ended="2024-06-01").status == "NA"
    assert funded(paid, as_of=TODAY, started=None).status == "NA"


def test_an_initiative_runs_without_money_from_the_day_after_the_last_line() -> None:
    lines = line("f1", START, "2024-06-30"), line("f2", START, "2024-12-31")
    assert said(funded(*lines, as_of="2024-12-31")) == ("MET", "gefinancierd t/m 2024-12-31")
    assert said(funded(*lines, as_of="2025-01-01")) == ("ADVISORY", "loopt zonder financiering sinds 2025-01-01")


def test_on_its_last_day_it_still_runs() -> None:
    paid = line("f1", START, "2024-12-31")
    assert funded(paid, as_of="2025-01-01", ended="2025-01-01").status == "ADVISORY"


def test_it_runs_from_the_day_of_its_start() -> None:
    assert funded(line("f1", START, None), as_of="2023-02-28").status == "NA"
    assert funded(line("f1", START, None), as_of=START).status == "MET"


def test_a_line_without_an_end_goes_on() -> None:
    assert said(funded(line("f1", START, None), as_of=TODAY)) == ("MET", "gefinancierd zonder einddatum")


@pytest.mark.parametrize("result", [ExtensionResult.EXTENDED, ExtensionResult.EXTENDED_REDUCED])
def test_an_extension_pays_until_its_last_day(result: ExtensionResult) -> None:
    paid, extended = line("f1", START, "2024-12-31"), (decision("2024-11-01", result=result, until="2025-06-30"),)
    assert said(funded(paid, as_of="2025-06-30", extensions=extended)) == ("MET", "gefinancierd t/m 2025-06-30")
    found = funded(paid, as_of="2025-07-01", extensions=extended)
    assert said(found) == ("ADVISORY", "loopt zonder financiering sinds 2025-07-01")


def test_a_refusal_pays_nothing_and_an_open_extension_goes_on() -> None:
    paid = line("f1", START, "2024-12-31")
    refused = (decision("2024-11-01", result=ExtensionResult.NOT_EXTENDED, until="2026-12-31"),)
    assert funded(paid, as_of=TODAY, extensions=refused).status == "ADVISORY"
    assert funded(paid, as_of=TODAY, extensions=(decision("2024-11-01"),)).status == "MET"
