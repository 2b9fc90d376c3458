"""Accounts and tokens: what is stored, and what is refused in words."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from tests.people import invent_regions
from tracker.domain.policy import Role
from tracker.extensions import db
from tracker.models.accounts import Account, ApiToken, RoleGrant
from tracker.operations.accounts import (
    AccountRefused,
    add_account,
    create_demo_accounts,
    create_token,
    revoke_token,
)
from tracker.operations.transaction import writing
from tracker.queries.accounts import actor_of_account, actor_of_token, subject, subjects
from tracker.queries.fiction import only_fiction


@pytest.fixture
def app(app: Flask) -> Flask:
    """Three invented regions."""
    invent_regions(app)
    return app


def add(**changes: object) -> int:
    """Add a project leader of HOL, or what `changes` says."""
    person = {
        "email": "Nieuw@Voorbeeld.example",
        "name": "N. Ieuw",
        "role": Role.project_leader,
        "cooperations": ["HOL"],
        "by": "tests",
    }
    return add_account(**(person | changes))


def test_an_account_comes_in_with_its_roles_and_days(session):
    number = add(cooperations=["KRO", "HOL"], starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31))
    actor = actor_of_account(number)
    assert [(grant.role, grant.cooperation) for grant in actor.grants] == [
        (Role.project_leader, "HOL"),
        (Role.project_leader, "KRO"),
    ]
    assert actor.roles(date(2026, 12, 31)) == {Role.project_leader}
    assert actor.roles(date(2027, 1, 1)) == frozenset()


def test_a_password_is_kept_as_an_argon2id_hash(session):
    number = add(password="een lang wachtwoord")
    assert session.get(Account, number).password.startswith("$argon2id$")


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("email", {"email": "geen adres"}),
        ("email", {"email": "nul\x00@voorbeeld.example"}),
        ("email", {"email": "BESTUURDER@demo.example"}),
        ("name", {"name": "  "}),
        ("name", {"name": "x" * 201}),
        ("name", {"name": "na\x00am"}),
        ("cooperation", {"cooperations": []}),
        ("cooperation", {"cooperations": ["NIETS"]}),
        ("insurer", {"role": Role.insurer_reader, "cooperations": []}),
        ("role", {"role": Role.administrator}),
        ("to", {"starts_on": date(2026, 2, 1), "ends_on": date(2026, 1, 31)}),
    ],
)
def test_an_account_that_cannot_be_is_refused_with_the_field(session, field, changes):
    before = session.scalar(select(func.count()).select_from(Account))
    with pytest.raises(AccountRefused) as refused:
        add(**changes)
    assert refused.value.field == field
    assert session.scalar(select(func.count()).select_from(Account)) == before


def test_a_token_is_kept_as_a_hash_and_names_its_account(session):
    token = create_token(email="beheerder@demo.example", by="tests", cooperations=["HOL"])
    stored = session.scalars(select(ApiToken)).one()
    assert token not in (stored.hash, stored.last_four)
    assert actor_of_token(token).only == {"HOL"}
    assert actor_of_token(token[:-1]) is None


def test_a_token_can_be_revoked_by_its_last_four_characters_once(session):
    token = create_token(email="beheerder@demo.example", by="tests")
    revoke_token(token=token[-4:], by="tests")
    assert actor_of_token(token) is None
    with pytest.raises(AccountRefused):
        revoke_token(token=token, by="tests")


def test_a_token_for_nobody_is_refused(session):
    with pytest.raises(AccountRefused):
        create_token(email="niemand@demo.example", by="tests")


def test_the_demonstrations_people_are_made_once(session):
    before = session.scalar(select(func.count()).select_from(RoleGrant))
    assert before == len(Role)
    create_demo_accounts(by="tests")
    assert session.scalar(select(func.count()).select_from(RoleGrant)) == before


def test_a_link_with_an_insurer_counts_on_its_days_alone(session):
    assert subject("HOL", date(2020, 1, 1)).insurers == {"menzis"}
    assert subject("HOL", date(2019, 12, 31)).insurers == frozenset()
    assert [found.cooperation for found in subjects(date(2026, 1, 1))] == ["HOL", "KRO", "WOL"]
    assert subject("NIETS", date(2026, 1, 1)) is None


def test_everything_is_invented_here(session):
    assert only_fiction()


def test_a_change_outside_an_operation_is_noticed(session):
    session.add(RoleGrant(account_id=1, role="board_member", starts_on=date(2026, 1, 1)))
    with pytest.raises(RuntimeError, match="outside an operation"), writing():
        pass


def test_the_database_itself_refuses_a_role_of_nobody_and_a_reversed_period(session):
    for account, ends_on in ((9999, None), (1, date(2025, 1, 1))):
        grant = RoleGrant(account_id=account, role="board_member", starts_on=date(2026, 1, 1), ends_on=ends_on)
        with pytest.raises(IntegrityError), writing():
            db.session.add(grant)
