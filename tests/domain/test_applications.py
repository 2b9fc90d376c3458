"""R39-R42: applications under the innovation articles, and their indexation."""

from datetime import date
from typing import Any

import pytest

from tests.domain.money_facts import ZZ, answer, application, every_answer, said
from tests.domain.roadmap_facts import day, region
from tracker.domain.applications import first_indexation_year
from tracker.domain.finding import Finding
from tracker.domain.records.enums import PlanTopic
from tracker.domain.records.funding import InnovationApplication

TOPICS = ["goal", "quality", "service", "cost_effectiveness", "scaling"]
PARAMS: dict[int, tuple[str, dict[str, Any]]] = {
    9: ("innovation_ehealth", {"article": 9, "patients": 10_000, "topics": TOPICS}),
    10: (
        "innovation_meekijk",
        {
            "article": 10,
            "topics": ["goal", "scaling", "substitution"],
            "meedenkadvies_from": date(2026, 1, 1),
            "exceptions": ["Transparant next"],
        },
    ),
    11: ("innovation_other", {"article": 11, "patients": 10_000, "topics": [*TOPICS, "substitution"]}),
}


def applied(article: int, **facts: Any) -> Finding:
    kind, params = PARAMS[article]
    return of(kind, application(article, **facts), **params)


def of(kind: str, held: InnovationApplication, as_of: str = "2026-06-01", **params: Any) -> Finding:
    return answer(kind, as_of, "WOL/FA1", region(innovation_applications=(held,)), ZZ, **params)


ALL, LARGE, WITH_SAVINGS = (9, 10, 11), (9, 11), (10, 11)


@pytest.mark.parametrize("article", ALL)
def test_an_application_that_has_everything_meets_its_article(article: int) -> None:
    assert said(applied(article)) == ("MET", f"voldoet aan artikel {article}")


@pytest.mark.parametrize("article", ALL)
def test_an_application_is_judged_by_its_own_article_alone(article: int) -> None:
    dossier = region(innovation_applications=(application(article),))
    judged = [
        number for number, (kind, params) in PARAMS.items() if every_answer(kind, "2026-06-01", dossier, ZZ, **params)
    ]
    assert judged == [article]


@pytest.mark.parametrize("article", LARGE)
def test_nine_thousand_nine_hundred_and_ninety_nine_patients_are_too_few(article: int) -> None:
    assert said(applied(article, patients=9_999))[1] == "9999 ingeschreven patiënten, tenminste 10000 nodig"


def test_article_ten_states_no_threshold() -> None:
    assert applied(10, patients=1).status == "MET"


@pytest.mark.parametrize("shared", [False, None])
def test_one_participant_on_another_system_fails_article_nine_only(shared: bool | None) -> None:
    assert said(applied(9, all_on_preferred_his=shared))[1] == "niet alle deelnemers op de preferente HIS"
    assert applied(11, all_on_preferred_his=shared).status == "MET"


@pytest.mark.parametrize("article", ALL)
def test_the_plan_is_dated_before_the_start(article: int) -> None:
    assert said(applied(article, plan_on=None)) == ("NOT_MET", "geen projectplan")
    late = said(applied(article, plan_on=day("2026-01-01")))
    assert late == ("NOT_MET", "projectplan van 2026-01-01, niet voor de start op 2026-01-01")


@pytest.mark.parametrize(
    ("article", "topic"),
    [
        *((9, topic) for topic in PlanTopic if topic is not PlanTopic.SUBSTITUTION),
        *((10, topic) for topic in (PlanTopic.GOAL, PlanTopic.SCALING, PlanTopic.SUBSTITUTION)),
        *((11, topic) for topic in PlanTopic),
    ],
)
def test_every_topic_of_the_article_is_in_the_plan(article: int, topic: PlanTopic) -> None:
    others = tuple(item for item in PlanTopic if item is not topic)
    assert said(applied(article, plan_covers=others)) == ("NOT_MET", f"projectplan zonder {topic.value}")


def test_article_nine_asks_no_substitution_and_article_ten_no_quality() -> None:
    assert (
        applied(9, plan_covers=tuple(item for item in PlanTopic if item is not PlanTopic.SUBSTITUTION)).status == "MET"
    )
    assert applied(10, plan_covers=(PlanTopic.GOAL, PlanTopic.SCALING, PlanTopic.SUBSTITUTION)).status == "MET"


@pytest.mark.parametrize("article", ALL)
@pytest.mark.parametrize("complete", [False, None])
def test_the_budget_holds_all_costs(article: int, complete: bool | None) -> None:
    assert said(applied(article, budget_complete=complete)) == ("NOT_MET", "begroting niet volledig")


@pytest.mark.parametrize("article", WITH_SAVINGS)
def test_savings_elsewhere_are_measurable(article: int) -> None:
    assert said(applied(article, measurable_savings=None)) == ("NOT_MET", "geen meetbare besparingen elders")
    assert applied(9, measurable_savings=False).status == "MET"


@pytest.mark.parametrize("article", ALL)
def test_the_articles_are_of_one_insurer(article: int) -> None:
    assert applied(article, insurer="menzis").status == "NOT_MET"


@pytest.mark.parametrize("clause", ["other_scheme", "other_funding", "earlier_funding"])
def test_article_eleven_pays_nothing_that_is_paid_already(clause: str) -> None:
    assert applied(11, **{clause: True}).status == "NOT_MET"
    assert applied(11, **{clause: False}).status == "MET"
    assert applied(10, **{clause: True}).status == "MET"


# --- meedenkadvies ---------------------------------------------------------------------------------------------------


def test_what_fits_the_meedenkadvies_belongs_there_from_2026() -> None:
    fits = {"fits_meedenkadvies": True, "plan_on": day("2025-12-01")}
    assert said(applied(10, **fits)) == ("NOT_MET", "past in het meedenkadvies van segment 1")
    assert applied(10, **fits, starts_on=day("2025-12-31")).status == "MET"


def test_the_meedenkadvies_comes_before_every_other_fault() -> None:
    found = applied(10, fits_meedenkadvies=True, insurer="menzis", budget_complete=False, plan_on=None)
    assert said(found)[1] == "past in het meedenkadvies van segment 1"


def test_the_consult_function_that_stays_may_fit() -> None:
    assert applied(10, fits_meedenkadvies=True, supplier=" transparant NEXT ").status == "MET"
    assert applied(10, fits_meedenkadvies=True, supplier="Een ander").status == "NOT_MET"


def test_not_recorded_whether_it_fits_is_no_fault() -> None:
    assert applied(10, fits_meedenkadvies=None).status == "MET"


# --- R42 -------------------------------------------------------------------------------------------------------------


def indexed(contracted: str | None, as_of: str, **facts: Any) -> Finding:
    start = None if contracted is None else day(contracted)
    held = application(11, submitted_on=day("2023-10-15"), contracted_from=start, **facts)
    return of("innovation_indexation", held, as_of, article=11)


@pytest.mark.parametrize(
    ("contracted", "as_of", "status"),
    [
        ("2025-01-01", "2025-12-31", "NOT_MET"),
        ("2025-01-01", "2026-01-01", "MET"),
        ("2025-01-02", "2026-12-31", "NOT_MET"),
        ("2025-01-02", "2027-01-01", "MET"),
        ("2024-12-31", "2026-01-01", "MET"),
    ],
)
def test_a_tariff_is_indexed_after_a_whole_calendar_year(contracted: str, as_of: str, status: str) -> None:
    assert indexed(contracted, as_of).status == status


def test_the_reason_names_the_first_year() -> None:
    reason = "gecontracteerd sinds 2026-04-01; indexering niet eerder dan 2028"
    assert said(indexed("2026-04-01", "2026-10-01")) == ("NOT_MET", reason)
    assert first_indexation_year(date(2026, 1, 1)) == 2027


def test_a_contract_that_starts_tomorrow_is_not_seen() -> None:
    assert said(indexed("2026-04-01", "2026-03-31")) == ("NOT_MET", "nog niet gecontracteerd")


def test_indexation_is_of_article_eleven_and_of_its_insurer() -> None:
    dossier = region(innovation_applications=(application(9),))
    assert every_answer("innovation_indexation", "2026-06-01", dossier, ZZ, article=11) == []
    assert indexed("2024-01-01", "2026-01-01", insurer="menzis").status == "NOT_MET"


def test_an_application_exists_from_the_day_it_was_submitted() -> None:
    dossier = region(innovation_applications=(application(9),))
    kind, params = PARAMS[9]
    assert every_answer(kind, "2025-12-30", dossier, ZZ, **params) == []
