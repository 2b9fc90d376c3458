"""How many conditions an initiative meets: per condition the worst rule counts."""

from tracker.domain.conditions_met import conditions_met
from tracker.domain.finding import Finding, Reason, Status
from tracker.domain.programme import Programme
from tracker.domain.records.base import Pair
from tracker.programmes import load_programmes

MENZIS = next(item for item in load_programmes() if item.key == "menzis-2022")
NATIONAL = next(item for item in load_programmes() if item.national)
OTHER = next(item for item in load_programmes() if item.key == "zorg-en-zekerheid-2026")


def found(rule: str, status: Status, subject: str = "I01", programme: Programme = MENZIS) -> Finding:
    """A finding of a rule, whatever the facts are."""
    requirement = programme.requirement(rule) or MENZIS.requirement("R13")
    assert requirement is not None
    return Finding(subject, status, Reason(Pair("zo", "so")), requirement, programme)


def test_the_worst_rule_of_a_condition_counts() -> None:
    counted = conditions_met(
        [found("R17", Status.MET), found("R18", Status.ADVISORY)], MENZIS, initiative="I01", cooperation="WOL"
    )
    plan = next(item for item in counted.standings if item.condition.key == "plan")
    assert plan.status is Status.ADVISORY
    assert [item.rule for item in plan.findings] == ["R18", "R17"]


def test_what_does_not_apply_is_left_out_of_the_total() -> None:
    counted = conditions_met(
        [found("R13", Status.MET), found("R14", Status.NOT_MET), found("R15", Status.NA), found("R16", Status.LATE)],
        MENZIS,
        initiative="I01",
        cooperation="WOL",
    )
    assert (counted.met, counted.total) == (1, 3)
    assert counted.count(Status.NOT_MET, Status.LATE) == 2


def test_the_mandate_is_asked_of_the_cooperation_and_double_funding_by_the_country() -> None:
    counted = conditions_met(
        [found("R25", Status.PARTIAL, "WOL"), found("R24", Status.NOT_MET, programme=NATIONAL)],
        MENZIS,
        initiative="I01",
        cooperation="WOL",
    )
    statuses = {item.condition.key: item.status for item in counted.standings}
    assert statuses["mandate"] is Status.PARTIAL
    assert statuses["no_double_funding"] is Status.NOT_MET


def test_rules_of_other_initiatives_and_insurers_are_not_counted() -> None:
    counted = conditions_met(
        [found("R13", Status.NOT_MET, "I02"), found("R13", Status.NOT_MET, programme=OTHER)],
        MENZIS,
        initiative="I01",
        cooperation="WOL",
    )
    assert counted.total == 0


def test_a_programme_without_conditions_counts_none() -> None:
    counted = conditions_met([found("R13", Status.MET)], OTHER, initiative="I01", cooperation="WOL")
    assert (counted.met, counted.total, counted.standings) == (0, 0, ())
