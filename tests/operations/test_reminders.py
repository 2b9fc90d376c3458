"""Who is reminded of what, and that nobody is told of a thing twice."""

from __future__ import annotations

import threading
from collections import defaultdict
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select, update

from tracker import clock
from tracker.domain.entries import Entry
from tracker.domain.notices import Notice, Topic, Way
from tracker.domain.policy import Pen, Role
from tracker.domain.reminders import KINDS, RULES, notices
from tracker.extensions import db
from tracker.models.accounts import Account, RoleGrant
from tracker.models.mail import Mail
from tracker.operations.mail import send_mail
from tracker.operations.records import save_record
from tracker.operations.reminders import choose_reminders, make_calendar, remind, revoke_calendar
from tracker.operations.transaction import writing
from tracker.programmes import catalogue, load_programmes
from tracker.queries.accounts import demonstration_account
from tracker.queries.codes import number_of
from tracker.queries.findings import each_standing
from tracker.queries.reminders import calendar_owner, ways

MONDAY = date(2026, 10, 5)
BOARD, MANAGER = "board_member", "insurer_region_manager"


class Post:
    """The letters of a run, by the address they go to."""

    def __init__(self) -> None:
        self.letters: dict[str, list[tuple[list[str], bool]]] = defaultdict(list)
        self.texts: dict[str, set[str]] = defaultdict(set)

    def __call__(self, person: Any, found: Any, is_digest: bool) -> None:
        subjects = [item.subject for item in found]
        self.letters[person.email].append((subjects, is_digest))
        self.texts[person.email] |= {str(item.text.values) for item in found}
        text = "\n".join(subjects)
        send_mail(to=person.email, template="reminder", language="nl", subject="x", text=text, html="", by="tests")

    def of(self, role: str) -> list[str]:
        return [subject for subjects, _digest in self.letters[address(role)] for subject in subjects]


def address(role: str) -> str:
    found = demonstration_account(role)
    assert found is not None
    return found.email


def number(role: str) -> int:
    found = demonstration_account(role)
    assert found is not None
    return found.id


def agree(region: str = "HOL", **given: Any) -> None:
    """An action of a region's board member, due on 8 October 2026."""
    known = {"code": "A1", "text": "Bellen", "agreed_on": "2026-06-01", "owner": "Iemand", "due_on": "2026-10-08"}
    save_record(
        place="cooperation_action",
        entry=Entry(given=known | given),
        pen=Pen(frozenset({Role.board_member})),
        catalogues=catalogue(load_programmes()).codes,
        today=date(2026, 10, 1),
        by="tests",
        parent=number_of("cooperation", region),
        fictional=True,
    )


def run(on: date) -> Post:
    """One run on a day of the house; the roles are those of the real day."""
    post = Post()
    remind(today=on, on=_real(), tell=post)
    db.session.rollback()
    return post


def test_an_owner_is_told_at_once_thirty_and_seven_days_before_on_the_day_and_every_week_after(house):
    agree(owner_email=address(BOARD), due_on="2026-11-03")
    told = [
        MONDAY + timedelta(days=number)
        for number in range(-3, 50)
        if "HOL/agreed/A1" in run(MONDAY + timedelta(days=number)).of(BOARD)
    ]
    due = date(2026, 11, 3)
    assert told == [due + timedelta(days=number) for number in (-30, -7, 0, 7, 14)]


def test_a_day_on_which_nothing_ran_is_made_up_for_on_the_next(house):
    agree(owner_email=address(BOARD))
    assert "HOL/agreed/A1" in run(date(2026, 10, 3)).of(BOARD)


def test_a_second_run_tells_nothing(house):
    agree(owner_email=address(BOARD))
    assert run(MONDAY).letters
    assert run(MONDAY).letters == {}
    assert run(MONDAY + timedelta(days=1)).of(BOARD) == []


def test_two_runs_at_once_tell_everything_once(house, app):
    agree(owner_email=address(BOARD))
    posts: list[Post] = []
    wait = threading.Barrier(2)

    def go() -> None:
        with app.app_context():
            wait.wait()
            posts.append(run(MONDAY))
            db.session.remove()

    both = [threading.Thread(target=go) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert len(posts) == 2
    subjects = [subject for post in posts for subject in post.of(BOARD)]
    assert "HOL/agreed/A1" in subjects
    assert len(subjects) == len(set(subjects))
    assert len(db.session.scalars(select(Mail).where(Mail.to == address(BOARD))).all()) == 1


def test_after_a_letter_that_can_not_be_written_the_next_run_tells_it(house):
    agree(owner_email=address(BOARD))

    def broken(person: Any, found: Any, is_digest: bool) -> None:
        raise ValueError("no words")

    assert remind(today=MONDAY, on=_real(), tell=broken).failed > 0
    assert "HOL/agreed/A1" in run(MONDAY).of(BOARD)


def _real() -> date:
    return clock.real_today()


def test_the_week_is_one_letter_and_only_one(house):
    post = run(MONDAY)
    [(subjects, is_digest)] = post.letters[address(MANAGER)]
    assert is_digest
    assert len(subjects) > 1
    assert run(MONDAY + timedelta(days=1)).letters.get(address(MANAGER)) is None


def test_who_has_nothing_to_hear_gets_no_letter(house):
    with writing() as connection:
        connection.execute(update(RoleGrant).where(RoleGrant.account_id == number(BOARD)).values(cooperation="XYZ"))
    assert address(BOARD) not in run(MONDAY).letters


def test_who_said_never_hears_nothing_and_who_said_at_once_waits_for_no_week(house):
    never = dict.fromkeys(Topic, Way.NEVER)
    choose_reminders(account=number(MANAGER), ways=never, by="tests")
    assert ways(number(MANAGER)) == never
    assert address(MANAGER) not in run(MONDAY).letters
    choose_reminders(account=number(MANAGER), ways=dict.fromkeys(Topic, Way.AT_ONCE), by="tests")
    [(_subjects, is_digest)] = run(MONDAY + timedelta(days=2)).letters[address(MANAGER)]
    assert not is_digest


def test_a_role_that_ended_hears_nothing(house):
    agree(owner_email=address(BOARD))
    with writing() as connection:
        ended = {"starts_on": date(2020, 1, 1), "ends_on": _real() - timedelta(days=1)}
        connection.execute(update(RoleGrant).where(RoleGrant.account_id == number(BOARD)).values(**ended))
    assert address(BOARD) not in run(MONDAY).letters


def test_a_closed_account_hears_nothing(house):
    address_of_closed = address(BOARD)
    agree(owner_email=address_of_closed)
    with writing() as connection:
        connection.execute(update(Account).where(Account.id == number(BOARD)).values(active=False))
    assert address_of_closed not in run(MONDAY).letters


def test_nobody_hears_of_a_region_that_is_not_theirs(house):
    agree("WOL", code="W1", text="Van Wolderveen")
    subjects = run(MONDAY).of(BOARD)
    assert all(subject.startswith("HOL/") for subject in subjects)


def test_the_insurer_hears_no_name_of_a_practice(house):
    post = Post()
    for day in (date(2025, 9, 8), date(2025, 9, 15), MONDAY):
        remind(today=day, on=_real(), tell=post)
    assert any("mandate/" in item.subject for item in _all(date(2025, 9, 8)))
    assert not any("mandate/" in subject for subject in post.of(MANAGER))


def _all(on: date) -> list[Notice]:
    codes = ("HOL", "LIN", "KRO")
    return [
        item
        for found in each_standing(codes, on, only=RULES, kinds=KINDS)
        for item in notices(found.dossier, found.findings, found.register, on)
    ]


def test_a_calendar_address_works_until_it_is_renewed_or_revoked(house):
    first = make_calendar(account=number(BOARD), by="tests")
    assert calendar_owner(first) == number(BOARD)
    second = make_calendar(account=number(BOARD), by="tests")
    assert calendar_owner(first) is None
    assert calendar_owner(second) == number(BOARD)
    revoke_calendar(account=number(BOARD), by="tests")
    assert calendar_owner(second) is None
