"""Both parties give their opinion of a status; the status stays, and what is not settled is listed."""

import pytest

from tests.domain.meeting_facts import opinion
from tests.domain.roadmap_facts import DEADLINE, asked, day, practice, programme, region, vision
from tracker.domain.finding import Finding, Status
from tracker.domain.opinions import Disagreement, disagreements, is_disputed, latest_opinions
from tracker.domain.privacy import without_practices
from tracker.domain.records.agreement import Opinion
from tracker.domain.records.cooperation import Cooperation
from tracker.domain.records.enums import Party
from tracker.domain.register import Register
from tracker.domain.rules import findings
from tracker.domain.visibility import seen

ASKING = programme(asked("vision_on_time", deadline=DEADLINE))
INSURER = Party.INSURER


def judged_on(as_of: str, *opinions: Opinion) -> tuple[Cooperation, list[Finding]]:
    dossier = region(visions=(vision("2022-06-20"),), opinions=opinions)
    then = seen(dossier, day(as_of))
    assert then is not None
    return then, findings(dossier, Register(), (ASKING,), day(as_of))


def open_on(as_of: str, *opinions: Opinion) -> tuple[Disagreement, ...]:
    return disagreements(*judged_on(as_of, *opinions))


def test_an_opinion_never_changes_the_status() -> None:
    _, before = judged_on("2024-01-01")
    _, after = judged_on("2024-01-01", opinion("2023-01-01"), opinion("2023-01-01", INSURER))
    assert before == after


@pytest.mark.parametrize(("as_of", "count"), [("2022-12-31", 0), ("2023-01-01", 1)])
def test_an_opinion_counts_from_its_day(as_of: str, count: int) -> None:
    assert len(open_on(as_of, opinion("2023-01-01"))) == count


def test_the_latest_word_of_a_party_counts_in_whichever_order_they_stand() -> None:
    first, second = opinion("2023-01-01"), opinion("2023-02-01", agrees=True)
    dossier, _ = judged_on("2024-01-01", second, first)
    assert latest_opinions(dossier, "vision_on_time", "WOL") == (second,)
    assert open_on("2024-01-01", second, first) == ()
    assert len(open_on("2023-01-31", second, first)) == 1


def test_each_insurer_speaks_for_itself_and_the_cooperation_comes_first() -> None:
    held = (opinion("2023-01-01", INSURER, insurer="zorg_en_zekerheid"), opinion("2023-01-02", INSURER))
    own = opinion("2023-03-01", agrees=True)
    dossier, _ = judged_on("2024-01-01", *held, own)
    assert latest_opinions(dossier, "vision_on_time", "WOL") == (own, held[1], held[0])


def test_who_agrees_with_the_status_disputes_nothing() -> None:
    assert not is_disputed([opinion("2023-01-01", agrees=True), opinion("2023-01-01", INSURER, agrees=True)])
    assert is_disputed([opinion("2023-01-01", agrees=True), opinion("2023-01-01", INSURER)])


@pytest.mark.parametrize(
    ("opinions", "expected"),
    [
        ((opinion("2023-01-01"),), (INSURER,)),
        ((opinion("2023-01-01", INSURER),), (Party.COOPERATION,)),
        ((opinion("2023-01-01"), opinion("2023-01-02", INSURER, agrees=True)), (Party.COOPERATION,)),
        ((opinion("2023-01-01"), opinion("2023-01-01", INSURER)), (Party.COOPERATION, INSURER)),
    ],
)
def test_it_is_the_turn_of_who_did_not_speak_last(opinions: tuple[Opinion, ...], expected: tuple[Party, ...]) -> None:
    (found,) = open_on("2024-01-01", *opinions)
    assert found.with_whom == expected


def test_the_first_day_to_settle_it_is_that_of_who_disagrees() -> None:
    agreed = opinion("2023-02-01", INSURER, agrees=True, resolve_by="2023-03-01")
    (found,) = open_on("2024-01-01", opinion("2023-01-01", resolve_by="2030-06-01"), agreed)
    assert found.resolve_by == day("2030-06-01")


def test_what_must_be_settled_first_comes_first() -> None:
    early = opinion("2023-01-01", resolve_by="2023-06-01")
    assert [item.finding.status for item in open_on("2024-01-01", early)] == [Status.MET]


def test_an_opinion_about_what_no_rule_says_is_no_disagreement() -> None:
    assert open_on("2024-01-01", opinion("2023-01-01", rule="no_such_rule")) == ()


def test_an_opinion_about_a_practice_stays_with_the_practices() -> None:
    held = region(practices=(practice("P1", ("2020-01-01", None)),), opinions=(opinion("2023-01-01", subject="P1"),))
    assert without_practices(held).opinions == ()
    own = region(opinions=(opinion("2023-01-01"),))
    assert without_practices(own) is own


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"party": Party.COOPERATION, "agrees": False}, ["reason"]),
        ({"party": Party.COOPERATION, "agrees": True}, []),
        ({"party": Party.COOPERATION, "agrees": True, "insurer": "menzis"}, ["insurer"]),
        ({"party": INSURER, "agrees": True}, ["insurer"]),
        ({"party": INSURER, "agrees": False, "insurer": "menzis", "reason": "x"}, []),
    ],
)
def test_who_disagrees_says_why_and_an_insurer_says_who(given: dict, named: list[str]) -> None:
    made = Opinion(rule="r", subject="WOL", stated_on=day("2023-01-01"), **given)
    assert [field for field, _ in made.faults()] == named
