"""Tries that are counted, sessions that begin and end, and codes that are good once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from tests.people import invent_regions
from tracker.extensions import db
from tracker.models.accounts import Account, AccountSession, LoginAttempt
from tracker.operations.accounts import end_sessions
from tracker.operations.sign_in import (
    MOST_FAILURES,
    MOST_FAILURES_OF_CLIENT,
    AttemptKind,
    begin_attempt,
    begin_session,
    end_session,
    keep_session,
    make_recovery_codes,
    pass_attempt,
    use_app_code,
    use_recovery_code,
)
from tracker.queries.accounts import is_signed_in, sessions_of

WHO = "wie@demo.example"


@pytest.fixture
def number(app: Flask, session) -> int:
    """An account."""
    invent_regions(app)
    return session.scalar(select(Account.id).order_by(Account.id))


def attempt(email: str = WHO, kind: AttemptKind = AttemptKind.password, client: str = "here") -> int | None:
    return begin_attempt(email=email, kind=kind, client_hash=client)


def at_once(app: Flask, count: int, action) -> list[object]:
    """What an action answers, asked by many at the same moment."""

    def one(turn: int) -> object:
        with app.app_context():
            try:
                return action(turn)
            finally:
                db.session.remove()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))


def test_the_tenth_try_within_a_quarter_is_refused_for_known_and_unknown_alike(session):
    for email in (WHO, "niemand@demo.example"):
        answers = [attempt(email) is not None for _ in range(11)]
        assert answers == [True] * MOST_FAILURES + [False] * 2


def test_an_address_is_the_same_in_capitals(session):
    for _ in range(9):
        attempt(WHO.upper())
    assert attempt() is None


def test_a_right_password_does_not_count_against_anybody(session):
    for _ in range(20):
        pass_attempt(number=attempt())
    assert attempt() is not None


def test_after_a_quarter_of_an_hour_one_may_try_again(session):
    for _ in range(9):
        attempt()
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=15, seconds=1)):
        assert attempt() is not None


def test_refused_tries_do_not_make_the_wait_longer(session):
    start = datetime.now(UTC)
    for _ in range(9):
        attempt()
    with time_machine.travel(start + timedelta(minutes=10)):
        assert [attempt() for _ in range(5)] == [None] * 5
    with time_machine.travel(start + timedelta(minutes=15, seconds=2)):
        assert attempt() is not None


def test_guessing_codes_is_counted_beside_passwords(session):
    for _ in range(9):
        attempt(kind=AttemptKind.code)
    assert attempt(kind=AttemptKind.code) is None
    assert attempt(kind=AttemptKind.password) is not None


def test_one_client_that_tries_many_addresses_is_slowed(session):
    answers = [attempt(f"adres{turn}@demo.example") for turn in range(MOST_FAILURES_OF_CLIENT + 5)]
    assert [answer is not None for answer in answers] == [True] * MOST_FAILURES_OF_CLIENT + [False] * 5
    assert attempt("adres99@demo.example", client="elsewhere") is not None


def test_twenty_tries_at_the_same_moment_get_no_more_guesses(app, session):
    answers = at_once(app, 20, lambda turn: attempt(client=f"client {turn}"))
    assert sum(answer is not None for answer in answers) <= MOST_FAILURES


def test_neither_address_nor_client_can_be_read_in_the_list_of_tries(session):
    attempt()
    kept = session.scalars(select(LoginAttempt)).one()
    assert WHO not in f"{kept.email_hash} {kept.client_hash}"


def test_a_session_lasts_until_it_is_ended(number):
    word = begin_session(account=number)
    other = begin_session(account=number)
    assert is_signed_in(number, word)
    assert not is_signed_in(number + 1, word)
    end_session(word=word)
    assert not is_signed_in(number, word)
    assert is_signed_in(number, other)


def test_the_database_does_not_hold_the_word_of_a_cookie(number, session):
    word = begin_session(account=number)
    assert word not in session.scalars(select(AccountSession.hash)).all()


def test_ending_all_sessions_ends_links_to_a_new_password_too(number, session):
    words = [begin_session(account=number) for _ in range(3)]
    before = session.scalar(select(Account.fs_uniquifier).where(Account.id == number))
    end_sessions(account=number, by="tests")
    assert not any(is_signed_in(number, word) for word in words)
    assert session.scalar(select(Account.fs_uniquifier).where(Account.id == number)) != before


def test_one_session_is_kept_when_the_others_end(number):
    words = [begin_session(account=number) for _ in range(3)]
    keep_session(account=number, word=words[1])
    assert [is_signed_in(number, word) for word in words] == [False, True, False]


def test_the_visit_before_is_that_of_an_earlier_day(number, session):
    for moment in ("2026-03-02T09:00", "2026-03-05T09:00", "2026-03-05T16:00"):
        with time_machine.travel(datetime.fromisoformat(f"{moment}+01:00")):
            begin_session(account=number)
    assert session.scalar(select(Account.visited_on).where(Account.id == number)) == date(2026, 3, 2)


def test_what_is_left_of_a_month_ago_is_swept_away(number):
    with time_machine.travel(datetime.now(UTC) - timedelta(days=31)):
        begin_session(account=number)
    begin_session(account=number)
    assert len(sessions_of(number)) == 1


def test_the_code_of_a_half_minute_is_used_once(app, number):
    assert sum(at_once(app, 8, lambda _turn: use_app_code(account=number, counter=7))) == 1
    assert not use_app_code(account=number, counter=6)
    assert use_app_code(account=number, counter=8)


def test_a_recovery_code_is_used_once_however_many_ask(app, number):
    codes = make_recovery_codes(account=number)
    assert sum(at_once(app, 8, lambda _turn: use_recovery_code(account=number, code=codes[3]))) == 1
    assert use_recovery_code(account=number, code=codes[4])


def test_two_recovery_codes_at_once_are_both_used(app, number, session):
    codes = make_recovery_codes(account=number)
    assert at_once(app, 2, lambda turn: use_recovery_code(account=number, code=codes[turn])) == [True, True]
    session.rollback()
    left = session.scalar(select(Account.mf_recovery_codes).where(Account.id == number))
    assert len(left) == 8


def test_a_try_that_is_refused_leaves_nothing_behind(session):
    for _ in range(15):
        attempt()
    assert session.scalar(select(func.count()).select_from(LoginAttempt)) == MOST_FAILURES
