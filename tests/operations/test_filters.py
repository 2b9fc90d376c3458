"""Saved filters: what is kept of an address, what is refused, and whose they are."""

import pytest
from flask import Flask
from sqlalchemy import delete, func, select

from tests.people import invent_regions
from tracker.extensions import db
from tracker.models.accounts import Account
from tracker.models.filters import SavedFilter
from tracker.operations.filters import (
    LONGEST_NAME,
    LONGEST_QUERY,
    MOST,
    FilterRefused,
    known_parameters,
    remove_filter,
    save_filter,
)
from tracker.operations.transaction import writing
from tracker.queries.filters import saved_filters

PAGE = "portefeuille"


@pytest.fixture
def app(app: Flask) -> Flask:
    """Three invented regions and their people."""
    invent_regions(app)
    return app


def account(first: str = "regiomanager") -> int:
    return db.session.scalars(select(Account.id).where(Account.email == f"{first}@demo.example")).one()


def save(name: str = "Laat", query: str = "status=te-laat", of: int | None = None) -> int:
    return save_filter(account=of or account(), page=PAGE, name=name, query=query, by="tests")


def test_a_filter_comes_back_with_its_name_and_parameters(session):
    number = save("  Te   laat ", "status=te-laat&volgorde=naam")
    assert saved_filters(account(), PAGE) == [(number, "Te laat", "status=te-laat&volgorde=naam")]


def test_filters_stand_by_name(session):
    for name in ("b", "A", "c"):
        save(name)
    assert [item.name for item in saved_filters(account(), PAGE)] == ["A", "b", "c"]


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("?thema=T1&onbekend=1", {"thema": "T1"}),
        ("next=https://elders.example/&_external=1&_scheme=javascript&_anchor=x&status=deels", {"status": "deels"}),
        ("thema=T1&thema=T2", {"thema": "T1"}),
        ("thema=&status=deels", {"status": "deels"}),
        ("peildatum=2025-01-01&vergelijk=2024-01-01", {"vergelijk": "2024-01-01", "peildatum": "2025-01-01"}),
        ("formaat=xlsx&tabel=regels&csrf_token=geheim", {}),
        ("", {}),
    ],
)
def test_only_parameters_of_the_page_are_kept(query, kept):
    assert known_parameters(PAGE, query) == kept


@pytest.mark.parametrize(
    ("name", "query", "nl"),
    [
        (" ", "status=deels", "Geef het filter een naam."),
        ("x" * 61, "status=deels", "Kies een naam van hoogstens 60 tekens; deze heeft er 61."),
        ("na\x00am", "status=deels", "Gebruik in de naam alleen leesbare tekens."),
        ("Niets", "onbekend=1", "Er is niets om op te slaan. Kies eerst een filter, een volgorde of een datum."),
        ("Lang", "thema=" + "x" * LONGEST_QUERY, "Deze filters zijn te lang om op te slaan."),
    ],
)
def test_what_cannot_be_a_filter_is_refused_in_words(session, name, query, nl):
    with pytest.raises(FilterRefused) as refused:
        save(name, query)
    assert refused.value.nl == nl
    assert refused.value.en
    assert saved_filters(account(), PAGE) == []


def test_the_longest_name_and_query_fit(session):
    save("é" * LONGEST_NAME, "thema=" + "x" * (LONGEST_QUERY - len("thema=")))
    assert len(saved_filters(account(), PAGE)[0].query) == LONGEST_QUERY


def test_a_name_is_used_once_per_account_whatever_its_capitals(session):
    save("Laat")
    with pytest.raises(FilterRefused) as refused:
        save("LAAT", "status=deels")
    assert refused.value.nl == "U heeft al een filter met de naam ‘LAAT’. Kies een andere naam."
    save("Laat", of=account("meelezer"))


def test_the_twenty_first_filter_is_refused(session):
    for number in range(MOST):
        save(f"Filter {number}")
    with pytest.raises(FilterRefused) as refused:
        save("Een te veel")
    assert refused.value.nl == "U heeft al 20 filters opgeslagen, meer kan niet. Verwijder er eerst een."
    save("Van een ander", of=account("meelezer"))


def test_only_ones_own_filter_can_be_removed(session):
    number = save()
    assert remove_filter(account=account("meelezer"), page=PAGE, number=number, by="tests") is None
    assert remove_filter(account=account(), page="elders", number=number, by="tests") is None
    assert remove_filter(account=account(), page=PAGE, number=number, by="tests") == "Laat"
    assert remove_filter(account=account(), page=PAGE, number=number, by="tests") is None
    assert saved_filters(account(), PAGE) == []


def test_the_filters_of_an_account_go_with_it(session):
    save()
    save(of=account("meelezer"))
    with writing() as connection:
        connection.execute(delete(Account).where(Account.email == "regiomanager@demo.example"))
    assert session.scalar(select(func.count()).select_from(SavedFilter)) == 1
