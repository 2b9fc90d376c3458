"""What practices do together: counted over those that are affiliated on the day."""

from tests.domain.roadmap_facts import day, practice, region, step
from tracker.domain.practice_totals import adoption, his_totals, mtvp_totals, services_of, step_totals
from tracker.domain.records.enums import MtvpPartName, Step
from tracker.domain.records.practice import ComponentUse, HisUse, MtvpPart
from tracker.domain.records.product import HisProduct
from tracker.domain.register import Register

TODAY = day("2026-10-01")


def uses(component: str, since: str, used: str | None = None, until: str | None = None) -> ComponentUse:
    return ComponentUse(
        component=component,
        available_from=day(since),
        used_from=day(used) if used else None,
        until=day(until) if until else None,
    )


def test_a_practice_that_left_is_counted_no_longer() -> None:
    dossier = region(
        practices=(
            practice("A", steps=(step(Step.TIME, "2023-01-01"),)),
            practice("B", ("2015-01-01", "2024-12-31"), steps=(step(Step.TIME, "2023-01-01"),)),
        )
    )
    then, now = (step_totals(dossier, on)[0] for on in (day("2024-12-31"), TODAY))
    assert (then.n, then.of) == (2, 2)
    assert (now.n, now.of) == (1, 1)


def test_having_a_service_is_not_using_it_and_what_ended_counts_no_longer() -> None:
    dossier = region(
        practices=(
            practice("A", use=(uses("T1.1e", "2022-01-01", "2022-06-01"),)),
            practice("B", use=(uses("T1.1e", "2022-01-01"),)),
            practice("C", use=(uses("T1.1e", "2022-01-01", "2022-02-01", "2022-12-31"),)),
        )
    )
    points = adoption((dossier,), "T1.1e", (day("2021-12-31"), day("2022-06-01"), day("2022-12-31"), TODAY))
    assert [(point.offered, point.used, point.of) for point in points] == [(0, 0, 3), (3, 2, 3), (3, 2, 3), (2, 1, 3)]
    assert services_of((dossier,)) == ("T1.1e",)


def test_systems_are_counted_by_name_the_most_used_first() -> None:
    register = Register(his_products=(HisProduct(code="a", name="HIS-Alfa"), HisProduct(code="b", name="HIS-Beta")))
    his = {name: (HisUse(his=name, from_on=day("2020-01-01")),) for name in "ab"}
    dossier = region(practices=(practice("A", his=his["a"]), practice("B", his=his["b"]), practice("C", his=his["b"])))
    totals = his_totals(dossier, register, TODAY)
    assert [(total.key, total.n) for total in totals] == [("HIS-Beta", 2), ("HIS-Alfa", 1)]


def test_mtvp_is_counted_only_where_somebody_takes_part() -> None:
    assert mtvp_totals(region(practices=(practice("A"),)), TODAY) == ()
    taking = practice("A", mtvp=(MtvpPart(part=MtvpPartName.REGISTERED, from_on=day("2023-01-01")),))
    assert [total.n for total in mtvp_totals(region(practices=(taking,)), TODAY)] == [1, 0, 0]
