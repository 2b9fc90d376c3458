"""People for tests: accounts in a small invented region, and how they come in."""

import re
from datetime import date

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import insert

from tracker.models.records import TABLES
from tracker.operations.accounts import create_demo_accounts
from tracker.operations.transaction import writing

TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
LINKS = {"HOL": "menzis", "WOL": "zorg-en-zekerheid", "KRO": "menzis"}
"""Three cooperations and the insurer each is linked to since 2020."""


def invent_regions(app: Flask, *, fictional: bool = True) -> None:
    """The cooperations of LINKS and one account per role."""
    with app.app_context(), writing() as connection:
        for number, (code, insurer) in enumerate(LINKS.items(), start=1):
            known = {"row_version": 1, "key_hash": code.encode().ljust(32)}
            cooperation = {"id": number, "code": code, "name": f"RSV {code}", "fictional": fictional, **known}
            connection.execute(insert(TABLES["cooperation"]).values(cooperation))
            link = {"id": 100 + number, "parent_id": number, "cooperation_id": number, "insurer": insurer, "lead": True}
            connection.execute(insert(TABLES["insurer_link"]).values(**link, **known, from_on=date(2020, 1, 1)))
        create_demo_accounts(by="tests")


def csrf_token(client: FlaskClient, path: str = "/aanmelden") -> str:
    """The proof that a form came from this session."""
    found = TOKEN.search(client.get(path).get_data(as_text=True))
    assert found, f"no form with a token on {path}"
    return found[1]


def sign_in(client: FlaskClient, role: str) -> FlaskClient:
    """Come in as the demonstration's person with that role, by the button on the sign-in page."""
    answer = client.post(f"/aanmelden/voorbeeld/{role}", data={"csrf_token": csrf_token(client)})
    assert answer.status_code == 302, answer.get_data(as_text=True)
    return client
