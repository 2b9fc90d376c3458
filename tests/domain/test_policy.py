"""The policy: what each role may, on the days it holds, and nothing else."""

from datetime import date

import pytest

from tracker.domain.policy import (
    READING,
    Action,
    Actor,
    Grant,
    Role,
    Subject,
    may,
    permitted,
    reading_along,
)

DAY = date(2026, 10, 1)
OWN = Subject("HOL", frozenset({"menzis"}))
LINKED = Subject("KRO", frozenset({"menzis"}))
FOREIGN = Subject("WOL", frozenset({"zorg-en-zekerheid"}))
INSURERS = {Role.insurer_region_manager, Role.insurer_reader}


def somebody(
    role: Role, *, cooperation: str | None = None, only: frozenset[str] | None = None, **period: date
) -> Actor:
    """An actor with one role, for HOL or for Menzis as the role asks."""
    insurer = "menzis" if role in INSURERS else None
    if cooperation is None and insurer is None and role is not Role.administrator:
        cooperation = "HOL"
    grant = Grant(
        role=role,
        cooperation=cooperation,
        insurer=insurer,
        starts_on=period.get("starts_on", date(2020, 1, 1)),
        ends_on=period.get("ends_on"),
    )
    return Actor(account=1, name="Iemand", grants=(grant,), only=only)


def seen(actor: Actor, action: Action = Action.see_cooperation) -> list[str]:
    """The codes of the three cooperations that the actor may do this to."""
    return permitted(actor, action, [OWN, LINKED, FOREIGN], DAY)


@pytest.mark.parametrize(
    ("role", "codes"),
    [
        (Role.board_member, ["HOL"]),
        (Role.project_leader, ["HOL"]),
        (Role.practice_liaison, ["HOL"]),
        (Role.evaluation_chair, ["HOL"]),
        (Role.insurer_region_manager, ["HOL", "KRO"]),
        (Role.insurer_reader, ["HOL", "KRO"]),
        (Role.administrator, ["HOL", "KRO", "WOL"]),
    ],
)
def test_each_role_sees_its_own_cooperations(role, codes):
    assert seen(somebody(role)) == codes


@pytest.mark.parametrize("role", list(Role))
def test_practices_are_hidden_from_insurers_alone(role):
    assert bool(seen(somebody(role), Action.see_practices)) is (role not in INSURERS)


@pytest.mark.parametrize("role", list(Role))
def test_only_an_administrator_imports_and_administers(role):
    for action in (Action.import_dossier, Action.administer):
        assert may(somebody(role), action, None, DAY) is (role is Role.administrator)


def test_an_insurers_grant_that_names_a_cooperation_reaches_no_other():
    assert seen(somebody(Role.insurer_reader, cooperation="KRO")) == ["KRO"]


def test_an_insurer_does_not_reach_a_cooperation_that_only_its_grant_names():
    assert seen(somebody(Role.insurer_reader, cooperation="WOL")) == []


@pytest.mark.parametrize(
    ("day", "holds"),
    [
        (date(2026, 2, 28), False),
        (date(2026, 3, 1), True),
        (date(2026, 9, 30), True),
        (date(2026, 10, 1), False),
    ],
)
def test_a_role_holds_from_its_first_day_through_its_last(day, holds):
    actor = somebody(Role.board_member, starts_on=date(2026, 3, 1), ends_on=date(2026, 9, 30))
    assert may(actor, Action.see_cooperation, OWN, day) is holds


def test_somebody_without_a_role_may_nothing():
    nobody = Actor(account=1, name="Niemand")
    assert not any(may(nobody, action, subject, DAY) for action in Action for subject in (None, OWN))


def test_a_limited_token_reaches_its_own_cooperations_and_never_more_than_its_account():
    limit = frozenset({"KRO", "WOL"})
    assert seen(somebody(Role.administrator, only=limit)) == ["KRO", "WOL"]
    assert seen(somebody(Role.insurer_reader, only=limit)) == ["KRO"]


def test_a_limited_token_of_an_administrator_reads_the_house_but_does_not_administer():
    token = somebody(Role.administrator, only=frozenset({"HOL"}))
    assert may(token, Action.see_programmes, None, DAY)
    assert not may(token, Action.administer, None, DAY)
    assert not may(token, Action.import_dossier, None, DAY)


@pytest.mark.parametrize("insurer", ["menzis", None])
def test_who_reads_along_sees_what_an_insurers_reader_sees_of_one_cooperation_and_changes_nothing(insurer):
    reader = reading_along("HOL", insurer, date(2026, 9, 20))
    assert seen(reader) == ["HOL"]
    for action in Action:
        sees = may(somebody(Role.insurer_reader, cooperation="HOL"), action, OWN, DAY)
        assert may(reader, action, OWN, DAY) is (sees and action in READING), action
        assert not may(reader, action, FOREIGN, DAY)
    assert not may(reader, Action.use_account, None, DAY)
