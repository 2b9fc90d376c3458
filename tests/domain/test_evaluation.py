"""R28, R29 and R30: rounds that are complete, that follow each other in time, and scores with evidence."""

from typing import Any

import pytest

from tests.domain.roadmap_facts import SOFT, day, en, judged, region, said
from tracker.domain.finding import Finding
from tracker.domain.records.enums import EvidenceStrength, NotAssessed, Topic
from tracker.domain.records.evaluation import Round, Score
from tracker.domain.records.evidence import Evidence

TOPICS = [topic.value for topic in Topic]


def meeting(number: int, held: str, scores: tuple[Score, ...] = (), version: int = 1, **more: Any) -> Round:
    if "locked" in more:
        more["locked_on"] = day(more.pop("locked"))
    return Round(number=number, version=version, held_on=day(held), scores=scores, **more)


def score(topic: Topic, agreed: int | None = 3, **more: Any) -> Score:
    return Score(topic=topic, agreed=agreed, **more)


SIX = tuple(score(topic) for topic in Topic)

# --- R28 -------------------------------------------------------------------------------------------------------------


def complete(*rounds: Round, as_of: str = "2026-10-01", number: int = 1) -> Finding:
    dossier = region(rounds=rounds)
    return judged("round_complete", dossier, as_of, subject=f"WOL#{number}", topics=TOPICS)


def test_all_six_topics_are_scored() -> None:
    found = complete(meeting(1, "2023-11-01", SIX))
    assert said(found) == ("MET", "6 van 6 onderwerpen")
    assert en(found) == "6 of 6 topics"


@pytest.mark.parametrize("missing", list(Topic))
def test_each_topic_is_needed(missing: Topic) -> None:
    found = complete(meeting(1, "2023-11-01", tuple(item for item in SIX if item.topic is not missing)))
    assert said(found) == ("NOT_MET", f"5 van 6 onderwerpen; ontbreekt: {missing.value}")


def test_a_reason_why_not_stands_in_for_a_score() -> None:
    early = score(Topic.LABOUR_MARKET, None, not_assessed=NotAssessed.TOO_EARLY, not_assessed_reason="Te vroeg.")
    others = tuple(item for item in SIX if item.topic is not Topic.LABOUR_MARKET)
    assert complete(meeting(1, "2023-11-01", (*others, early))).status == "MET"


def test_own_and_insurers_scores_without_agreement_are_no_answer() -> None:
    open_topic = score(Topic.REGIONAL_SUPPORT, None, own=3, insurer=2, not_assessed_reason="")
    others = tuple(item for item in SIX if item.topic is not Topic.REGIONAL_SUPPORT)
    found = complete(meeting(1, "2023-11-01", (*others, open_topic)))
    assert said(found) == ("NOT_MET", "5 van 6 onderwerpen; ontbreekt: regional_support")


def test_missing_topics_stand_in_the_order_of_the_programme() -> None:
    found = complete(meeting(1, "2023-11-01"))
    assert said(found) == ("NOT_MET", f"0 van 6 onderwerpen; ontbreekt: {', '.join(TOPICS)}")


def test_the_version_that_holds_is_judged() -> None:
    first = meeting(1, "2023-11-01", SIX[:5], locked="2023-11-01")
    second = meeting(1, "2023-11-01", SIX, version=2, locked="2024-02-01", correction_reason="Vergeten onderwerp")
    assert complete(second, first, as_of="2024-01-31").status == "NOT_MET"
    assert complete(second, first, as_of="2024-02-01").status == "MET"


# --- R29 -------------------------------------------------------------------------------------------------------------


def periodic(*days: str, as_of: str = "2026-10-01") -> Finding:
    rounds = tuple(meeting(number, held) for number, held in enumerate(days, 1))
    dossier = region(rounds=rounds)
    return judged("rounds_periodic", dossier, as_of, soft_deadline=SOFT, interval_months=12, grace_months=3)


def test_the_first_round_is_due_fifteen_months_after_the_soft_deadline() -> None:
    last = periodic(as_of="2024-03-31")
    assert said(last) == ("PENDING", "nog geen evaluatieronde")
    assert last.due_on == day("2024-03-31")
    missed = periodic(as_of="2024-04-01")
    assert said(missed) == ("NOT_MET", "nog geen evaluatieronde, eerste was uiterlijk 2024-03-31")
    assert en(missed) == "no round, first was due 2024-03-31"


def test_a_late_first_round_is_not_held_against_later_days() -> None:
    assert periodic("2024-09-01", as_of="2024-09-01").status == "MET"


@pytest.mark.parametrize(("second", "status"), [("2024-02-29", "MET"), ("2024-03-01", "NOT_MET")])
def test_fifteen_months_between_rounds_is_the_limit(second: str, status: str) -> None:
    """Fifteen months after 30 November is the last of February: the thirtieth does not exist."""
    assert periodic("2022-11-30", second, as_of="2024-03-01").status == status


def test_a_month_without_that_day_ends_the_limit_earlier() -> None:
    assert periodic("2023-11-30", as_of="2025-02-28").status == "MET"
    assert said(periodic("2023-11-30", as_of="2025-03-01")) == ("NOT_MET", "meer dan 15 maanden na 2023-11-30")


def test_a_gap_between_two_rounds_stays_for_ever() -> None:
    """Noorderwold: twenty-four months between rounds."""
    found = periodic("2023-11-08", "2025-11-05", as_of="2025-11-06")
    assert said(found) == ("NOT_MET", "meer dan 15 maanden na 2023-11-08")
    assert en(found) == "more than 15 months after 2023-11-08"


def test_of_several_gaps_the_last_is_named() -> None:
    found = periodic("2021-01-01", "2023-01-01", "2025-01-01", as_of="2025-06-01")
    assert said(found)[1] == "meer dan 15 maanden na 2023-01-01"


def test_rounds_in_time() -> None:
    found = periodic("2024-11-01", "2023-11-01", "2025-11-01")
    assert said(found) == ("MET", "3 rondes, laatste 2025-11-01")
    assert found.due_on == day("2027-02-01")
    assert said(periodic("2025-11-01")) == ("MET", "1 ronde, laatste 2025-11-01")


def test_a_corrected_round_is_still_one_round() -> None:
    rounds = (meeting(1, "2025-11-01"), meeting(1, "2025-11-01", version=2, correction_reason="Tikfout"))
    found = judged(
        "rounds_periodic", region(rounds=rounds), "2026-01-01", soft_deadline=SOFT, interval_months=12, grace_months=3
    )
    assert said(found) == ("MET", "1 ronde, laatste 2025-11-01")


# --- R30 -------------------------------------------------------------------------------------------------------------


def evidence(*scores: Score, as_of: str = "2026-10-01") -> Finding:
    dossier = region(rounds=(meeting(1, "2023-11-01", scores),))
    return judged("scores_have_evidence", dossier, as_of, subject="WOL#1")


PIECE = Evidence(title="Interview", strength=EvidenceStrength.SHOWN, received_on=day("2023-12-01"))


def test_every_scored_topic_has_evidence() -> None:
    found = evidence(*(score(topic, evidence=(PIECE,)) for topic in Topic))
    assert said(found) == ("MET", "bewijs bij 6 van 6")
    assert found.proof is EvidenceStrength.SHOWN


def test_evidence_counts_from_the_day_it_was_received() -> None:
    held = score(Topic.JZOJP, evidence=(PIECE,))
    assert said(evidence(held, as_of="2023-11-30")) == ("NOT_MET", "bewijs bij 0 van 1")
    assert said(evidence(held, as_of="2023-12-01")) == ("MET", "bewijs bij 1 van 1")


def test_a_score_without_evidence_is_counted() -> None:
    found = evidence(score(Topic.JZOJP, evidence=(PIECE,)), score(Topic.COLLABORATION))
    assert said(found) == ("NOT_MET", "bewijs bij 1 van 2")
    assert en(found) == "evidence for 1 of 2"


def test_topics_without_an_agreed_score_need_no_evidence() -> None:
    unscored = score(Topic.JZOJP, None, own=3, not_assessed_reason="Geen gegevens")
    assert said(evidence(unscored)) == ("MET", "bewijs bij 0 van 0")
