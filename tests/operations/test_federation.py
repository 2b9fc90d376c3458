"""Coming in through another organisation: who is found, who is made, which roles come and go."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select, update

from tests.people import invent_regions
from tracker import clock
from tracker.domain.federation import GivenRole
from tracker.domain.policy import Role
from tracker.models.accounts import Account, RoleGrant
from tracker.models.people import AccountEvent, Invitation
from tracker.operations.accounts import add_account
from tracker.operations.federation import FederationRefused, Visitor, admit
from tracker.operations.invitations import Offer, invite, revoke_invitation
from tracker.operations.people import close_account, end_role, give_role
from tracker.operations.transaction import writing
from tracker.queries.accounts import actor_of_account
from tracker.queries.people import kept_administrators

ISSUER, OTHER = "https://id.voorbeeld.example", "https://id.anders.example/"
BOARD, LEADER = GivenRole(Role.board_member, "HOL"), GivenRole(Role.project_leader, "HOL")


@pytest.fixture
def app(app: Flask) -> Flask:
    """Three invented regions."""
    invent_regions(app)
    return app


def arrive(*roles: GivenRole, **changes: object) -> int:
    """Come in as A. Anders of the organisation."""
    person = {"issuer": ISSUER, "subject": "a-1", "email": "A.Anders@voorbeeld.example", "name": "A. Anders"}
    return admit(visitor=Visitor(**(person | changes)), roles=roles, by="tests")


def known(**changes: object) -> int:
    """Add A. Anders here, as practice liaison of WOL by hand."""
    person = {"email": "a.anders@voorbeeld.example", "name": "Anna", "role": Role.practice_liaison}
    return add_account(**(person | {"cooperations": ["WOL"], "by": "tests"} | changes))


def roles_of(account: int, on: date | None = None) -> set[tuple[Role, str | None]]:
    """The roles that are held today, or on a day."""
    on = on or clock.real_today()
    return {(grant.role, grant.cooperation) for grant in actor_of_account(account).grants if grant.holds(on)}


def test_a_first_visit_with_a_role_makes_an_account_without_password(session):
    account = session.get(Account, arrive(BOARD))
    assert (account.email, account.name, account.password) == ("a.anders@voorbeeld.example", "A. Anders", None)
    assert roles_of(account.id) == {(Role.board_member, "HOL")}


def test_a_first_visit_without_role_or_account_is_refused_and_leaves_nothing(session):
    with pytest.raises(FederationRefused, match="no access"):
        arrive()
    assert session.scalar(select(Account).where(Account.email == "a.anders@voorbeeld.example")) is None


def test_a_first_visit_finds_the_account_by_its_address(session):
    account = known()
    assert arrive(BOARD) == account
    assert roles_of(account) == {(Role.practice_liaison, "WOL"), (Role.board_member, "HOL")}
    assert session.get(Account, account).name == "Anna"


@pytest.mark.parametrize("email", [None, "", "geen adres", "a@b.nl\x00", f"{'a' * 250}@voorbeeld.example"])
def test_an_address_that_is_not_verified_opens_nothing(session, email):
    known()
    with pytest.raises(FederationRefused, match="not verified"):
        arrive(BOARD, email=email)


def test_a_later_visit_goes_by_subject_whatever_the_address_says_now(session):
    account = arrive(BOARD)
    assert arrive(BOARD, email=None) == account
    assert arrive(BOARD, email="bestuurder@demo.example") == account


def test_an_address_given_to_somebody_else_does_not_open_the_old_account(session):
    arrive(BOARD)
    with pytest.raises(FederationRefused, match="no access"):
        arrive(BOARD, subject="a-2")


def test_the_same_subject_of_another_organisation_is_somebody_else(session):
    account = arrive(BOARD)
    assert arrive(BOARD, issuer=OTHER, email="ander@voorbeeld.example") != account


def test_an_invented_person_of_the_demonstration_is_never_taken_over(session):
    with pytest.raises(FederationRefused, match="no access"):
        arrive(email="beheerder@demo.example")


def test_a_closed_account_stays_closed(session):
    account = arrive(BOARD)
    with writing():
        session.execute(update(Account).where(Account.id == account).values(active=False))
    with pytest.raises(FederationRefused, match="closed"):
        arrive(BOARD, LEADER)
    assert session.scalars(select(RoleGrant.role).where(RoleGrant.account_id == account)).all() == ["board_member"]


def test_a_claim_that_comes_gives_a_role_and_a_claim_that_goes_takes_it_at_once(session):
    account = arrive(BOARD)
    arrive(BOARD, LEADER)
    assert roles_of(account) == {(Role.board_member, "HOL"), (Role.project_leader, "HOL")}
    arrive(LEADER)
    assert roles_of(account) == {(Role.project_leader, "HOL")}


def test_what_a_claim_gave_and_took_stays_in_the_history(session):
    account = arrive(BOARD)
    arrive(LEADER)
    arrive(BOARD)
    assert roles_of(account) == {(Role.board_member, "HOL")}
    events = session.execute(select(AccountEvent.what, AccountEvent.by).order_by(AccountEvent.id)).all()
    changes = ["joined", "role_given", "role_ended", "role_given", "role_ended", "role_given"]
    assert events == [(what, "tests") for what in changes]


def invited(session, role: Role = Role.project_leader) -> None:
    """A. Anders is offered a role of HOL."""
    offer = Offer("a.anders@voorbeeld.example", "Anna", "nl", role, "HOL", None, clock.real_today(), None)
    invite(offer, maker=1, by="B. Stuurman", tell=lambda _: None)


def test_an_open_invitation_lets_somebody_in_and_is_used_up(session):
    invited(session)
    account = arrive()
    assert roles_of(account) == {(Role.project_leader, "HOL")}
    assert session.scalar(select(Invitation.accepted_at)) is not None
    arrive()
    assert roles_of(account) == {(Role.project_leader, "HOL")}


def test_an_invitation_that_ended_lets_nobody_in(session):
    invited(session)
    revoke_invitation(number=session.scalar(select(Invitation.id)), by="tests")
    with pytest.raises(FederationRefused, match="no access"):
        arrive()


def test_an_invitation_to_an_address_that_is_not_verified_waits(session):
    invited(session)
    with pytest.raises(FederationRefused, match="not verified"):
        arrive(email=None)
    assert session.scalar(select(Invitation.accepted_at)) is None


def test_a_role_given_by_hand_survives_every_claim(session):
    account = known(role=Role.board_member, cooperations=["HOL"])
    arrive(BOARD)
    arrive()
    assert roles_of(account) == {(Role.board_member, "HOL")}


def test_one_organisation_does_not_take_what_another_gave(session):
    account = arrive(BOARD)
    arrive(LEADER, issuer=OTHER)
    assert roles_of(account) == {(Role.board_member, "HOL"), (Role.project_leader, "HOL")}


def test_who_lost_the_last_role_does_not_come_in_and_the_role_is_gone(session):
    account = arrive(BOARD)
    with pytest.raises(FederationRefused, match="no role"):
        arrive()
    assert roles_of(account) == set()


def test_a_change_of_roles_ends_the_sessions_and_an_equal_visit_does_not(session):
    key = lambda: session.scalar(select(Account.fs_uniquifier).where(Account.id == account))  # noqa: E731
    account = arrive(BOARD)
    before = key()
    arrive(BOARD)
    assert key() == before
    arrive(BOARD, LEADER)
    assert key() != before


def test_a_role_for_a_cooperation_that_does_not_exist_waits_until_it_does(session):
    with pytest.raises(FederationRefused, match="no role"):
        arrive(GivenRole(Role.board_member, "XYZ"))


@pytest.mark.parametrize("subject", ["", "x" * 256, "a\x00b"])
def test_a_subject_that_is_none_is_refused(session, subject):
    with pytest.raises(FederationRefused):
        arrive(BOARD, subject=subject)


def test_a_name_that_cannot_be_shown_gives_way_to_the_address(session):
    account = arrive(BOARD, name="A\x00")
    assert session.get(Account, account).name == "a.anders@voorbeeld.example"


def test_the_last_administrator_stays_one_whatever_the_claims_say_until_there_is_another(session):
    admin = GivenRole(Role.administrator)
    close_account(account=arrive(admin, subject="b-1", email="b@voorbeeld.example"), by="tests")
    account = arrive(admin, BOARD)
    by_hand = select(RoleGrant).where(RoleGrant.role == Role.administrator.value, RoleGrant.issuer.is_(None))
    grant = session.scalars(by_hand).one()
    end_role(grant=grant.id, by="tests")
    for _visit in range(2):
        arrive(BOARD)
        assert (Role.administrator, None) in roles_of(account)
    told = session.scalars(select(AccountEvent.what).where(AccountEvent.account_id == account)).all()
    assert told.count("role_kept") == 1
    assert kept_administrators() == [(account, "A. Anders")]
    other = known(email="c@voorbeeld.example")
    give = {"cooperation": None, "insurer": None, "starts_on": clock.real_today(), "ends_on": None}
    give_role(account=other, role=Role.administrator, by="tests", **give)
    arrive(BOARD)
    assert roles_of(account) == {(Role.board_member, "HOL")}
    assert kept_administrators() == []
