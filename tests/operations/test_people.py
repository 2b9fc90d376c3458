"""People: roles that are given and ended, accounts that close, invitations and links to read along."""

from datetime import date, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from tests.people import invent_regions
from tracker import clock
from tracker.domain.policy import Action, Role, may
from tracker.models.accounts import Account, RoleGrant
from tracker.models.people import AccountEvent, Invitation, ReadLink
from tracker.operations.accounts import AccountRefused, create_token
from tracker.operations.invitations import Invited, Offer, accept_invitation, invite, revoke_invitation
from tracker.operations.people import (
    PeopleRefused,
    close_account,
    end_role,
    give_role,
    reopen_account,
    shorten_role,
)
from tracker.operations.read_links import make_read_link, open_read_link, revoke_read_link
from tracker.queries.accounts import actor_of_account, actor_of_token, subject
from tracker.queries.people import actor_of_read_link, invitations, person

PASSWORD = "een lang wachtwoord"


@pytest.fixture
def app(app: Flask) -> Flask:
    """Three invented regions."""
    invent_regions(app)
    return app


def account(session, role: Role) -> int:
    return session.scalar(select(RoleGrant.account_id).where(RoleGrant.role == role.value))


def grant(session, role: Role) -> RoleGrant:
    return session.scalars(select(RoleGrant).where(RoleGrant.role == role.value).order_by(RoleGrant.id.desc())).first()


def give(number: int, role: Role = Role.project_leader, **changes: object) -> int:
    values = {"cooperation": "WOL", "insurer": None, "starts_on": clock.real_today(), "ends_on": None, **changes}
    return give_role(account=number, role=role, by="B. Heerder", **values)


def key_of(session, number: int) -> str:
    session.rollback()
    return session.scalar(select(Account.fs_uniquifier).where(Account.id == number))


def events_of(session, number: int) -> list[tuple[str, str, str | None]]:
    found = session.scalars(select(AccountEvent).where(AccountEvent.account_id == number).order_by(AccountEvent.id))
    return [(event.what, event.by, event.about.get("cooperation")) for event in found]


def test_a_role_that_is_given_holds_at_once_ends_sessions_and_stays_readable(session):
    number = account(session, Role.board_member)
    before = key_of(session, number)
    give(number)
    assert may(actor_of_account(number), Action.write_records, subject("WOL", clock.today()), clock.real_today())
    assert key_of(session, number) != before
    assert events_of(session, number) == [("role_given", "B. Heerder", "WOL")]


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("cooperation", {"cooperation": None}),
        ("cooperation", {"cooperation": "NIETS"}),
        ("insurer", {"role": Role.insurer_reader, "cooperation": None}),
        ("role", {"role": Role.administrator}),
        ("role", {"role": Role.board_member, "cooperation": "HOL"}),
        ("ends_on", {"ends_on": date(2021, 1, 1)}),
    ],
)
def test_a_role_that_cannot_be_is_refused_with_its_field(session, field, changes):
    number = account(session, Role.board_member)
    with pytest.raises(PeopleRefused) as refused:
        give(number, **changes)
    assert refused.value.field == field
    assert events_of(session, number) == []


def test_a_role_that_ends_is_over_at_once_and_never_gone(session):
    held = grant(session, Role.project_leader)
    number, before = held.account_id, key_of(session, held.account_id)
    end_role(grant=held.id, by="B. Stuurman")
    assert actor_of_account(number).grants == ()
    assert [role.state(clock.real_today()) for role in person(number).roles] == ["ended"]
    assert key_of(session, number) != before
    with pytest.raises(PeopleRefused, match="ended already"):
        end_role(grant=held.id, by="B. Stuurman")


def test_a_role_that_began_today_can_end_today(session):
    number = account(session, Role.board_member)
    end_role(grant=give(number), by="tests")
    assert [held.cooperation for held in actor_of_account(number).grants] == ["HOL"]


def test_a_role_is_shortened_from_today_on_and_never_prolonged(session):
    held, today = grant(session, Role.project_leader), clock.real_today()
    shorten_role(grant=held.id, ends_on=today + timedelta(days=3), by="tests")
    for wrong in (today + timedelta(days=3), today - timedelta(days=1)):
        with pytest.raises(PeopleRefused):
            shorten_role(grant=held.id, ends_on=wrong, by="tests")
    shorten_role(grant=held.id, ends_on=today, by="tests")
    actor = actor_of_account(held.account_id)
    assert actor.roles(today) == {Role.project_leader}
    assert actor.roles(today + timedelta(days=1)) == frozenset()


def test_a_closed_account_is_outside_with_password_and_token_until_it_is_reopened(session):
    number = account(session, Role.board_member)
    token = create_token(email="bestuurder@demo.example", by="tests")
    close_account(account=number, by="tests")
    assert actor_of_account(number) is None
    assert actor_of_token(token) is None
    with pytest.raises(PeopleRefused):
        give(number)
    reopen_account(account=number, by="tests")
    assert actor_of_account(number) is not None
    assert [what for what, _by, _code in events_of(session, number)] == ["token_made", "closed", "reopened"]


def test_the_last_administrator_stays(session):
    number, held = account(session, Role.administrator), grant(session, Role.administrator)
    for change in (
        lambda: close_account(account=number, by="tests"),
        lambda: end_role(grant=held.id, by="tests"),
        lambda: shorten_role(grant=held.id, ends_on=clock.real_today(), by="tests"),
    ):
        with pytest.raises(PeopleRefused, match="last administrator"):
            change()
    assert person(number).active
    other = account(session, Role.board_member)
    give(other, Role.administrator, cooperation=None, ends_on=clock.real_today() + timedelta(days=9))
    with pytest.raises(PeopleRefused, match="last administrator"):
        shorten_role(grant=held.id, ends_on=clock.real_today() + timedelta(days=9), by="tests")
    end_role(grant=held.id, by="tests")
    assert actor_of_account(number).grants == ()


def offer(**changes: object) -> Offer:
    held = Offer(
        "Nieuw@Voorbeeld.example", "N.  Ieuw", "en", Role.practice_liaison, "HOL", None, date(2026, 1, 1), None
    )
    return held._replace(**changes)


def invited(session, **changes: object) -> Invited:
    told = []
    done = invite(offer(**changes), maker=account(session, Role.board_member), by="B. Stuurman", tell=told.append)
    assert told == [done]
    return done


def test_an_invitation_makes_an_account_with_its_role_once(session):
    secret = invited(session).secret
    assert secret not in session.scalars(select(Invitation.hash)).one()
    number, is_new = accept_invitation(secret=secret, name="Nieuwe Naam", password=PASSWORD)
    assert is_new
    found = person(number)
    assert (found.email, found.name, found.language) == ("nieuw@voorbeeld.example", "Nieuwe Naam", "en")
    assert [(role.role, role.cooperation) for role in found.roles] == [(Role.practice_liaison, "HOL")]
    assert [what for what, _by, _code in events_of(session, number)] == ["joined", "role_given"]
    with pytest.raises(PeopleRefused, match="no longer works"):
        accept_invitation(secret=secret, name="Nog iemand", password=PASSWORD)


def test_an_invitation_ends_after_fourteen_days_when_it_is_revoked_or_when_a_new_one_is_sent(session):
    old = invited(session).secret
    late = invited(session).secret
    revoked = invited(session, role=Role.project_leader).secret
    revoke_invitation(number=invitations("HOL")[0].id, by="tests")
    with time_machine.travel(clock.now() + timedelta(days=15)), pytest.raises(PeopleRefused):
        accept_invitation(secret=late, name="N. Ieuw", password=PASSWORD)
    for secret in (old, revoked, "raden"):
        with pytest.raises(PeopleRefused):
            accept_invitation(secret=secret, name="N. Ieuw", password=PASSWORD)
    with time_machine.travel(clock.now() + timedelta(days=13)):
        assert accept_invitation(secret=late, name="N. Ieuw", password=PASSWORD)


def test_who_has_an_account_gets_the_role_at_once(session):
    done = invited(session, email="Regiomanager@demo.example")
    assert done.secret is None
    assert [role.role for role in person(done.account).roles] == [Role.insurer_region_manager, Role.practice_liaison]
    assert invitations() == []


def test_who_got_an_account_in_the_meantime_keeps_name_and_password(session):
    secrets = [invited(session, role=role).secret for role in (Role.practice_liaison, Role.project_leader)]
    first = accept_invitation(secret=secrets[0], name="Eerste Naam", password=PASSWORD)
    kept = session.get_one(Account, first.account).password
    second = accept_invitation(secret=secrets[1], name="Tweede Naam", password="een ander wachtwoord")
    assert second == (first.account, False)
    session.rollback()
    assert person(first.account).name == "Eerste Naam"
    assert session.get_one(Account, first.account).password == kept
    assert len(person(first.account).roles) == 2


def test_an_invitation_whose_letter_fails_never_existed(session):
    def fail(_done: Invited) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        invite(offer(), maker=1, by="tests", tell=fail)
    assert session.scalar(select(func.count()).select_from(Invitation)) == 0


@pytest.mark.parametrize("changes", [{"email": "geen adres"}, {"name": " "}, {"name": "a\x00b"}, {"cooperation": "X"}])
def test_an_offer_that_cannot_be_is_refused(session, changes):
    with pytest.raises(AccountRefused):
        invite(offer(**changes), maker=1, by="tests", tell=lambda _done: None)


def test_a_link_to_read_along_opens_its_cooperation_until_it_is_revoked(session):
    secret = make_read_link(cooperation="HOL", purpose="Voor de raad", maker=1, by="B. Stuurman")
    number = open_read_link(secret=secret)
    assert secret not in session.scalars(select(ReadLink.hash)).one()
    actor, today = actor_of_read_link(number), clock.real_today()
    sees = [code for code in ("HOL", "KRO", "WOL") if may(actor, Action.see_cooperation, subject(code, today), today)]
    assert sees == ["HOL"]
    revoke_read_link(number=number, by="P. Leiding")
    assert actor_of_read_link(number) is None
    assert open_read_link(secret=secret) is None


def test_a_link_to_read_along_ends_after_fourteen_days(session):
    secret = make_read_link(cooperation="HOL", purpose="Voor de raad", maker=1, by="B. Stuurman")
    number = open_read_link(secret=secret)
    with time_machine.travel(clock.now() + timedelta(days=13, hours=23)):
        assert actor_of_read_link(number) is not None
    with time_machine.travel(clock.now() + timedelta(days=15)):
        assert actor_of_read_link(number) is None
        assert open_read_link(secret=secret) is None


@pytest.mark.parametrize("purpose", ["  ", "x" * 201, "a\x00b"])
def test_a_link_says_for_whom_it_is(session, purpose):
    with pytest.raises(PeopleRefused):
        make_read_link(cooperation="HOL", purpose=purpose, maker=1, by="tests")
