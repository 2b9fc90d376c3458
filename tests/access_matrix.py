"""The matrix of access: what every endpoint answers to every role, for own, foreign and absent objects.

`tests/access_matrix.csv` is the agreed matrix. Each cell is the status of the answer, or `sign-in` where one is sent to
the sign-in page. `pytest tests/test_access_matrix.py --write-access-matrix` writes it anew: read the difference as you
would read a change of the policy. Objects: `own` and `foreign` are a region's, `absent` is nobody's; where an address
has a region and something of it, `mixed` puts the foreign thing below the own region, and `missing` an absent one.
"""

from __future__ import annotations

import csv
import re
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

import flask_migrate
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from tests.access_objects import FIXED, OWN, PLACE, Three
from tests.people import TOKEN, sign_in
from tracker.domain.policy import Role
from tracker.extensions import db
from tracker.operations.accounts import DEMO_PASSWORD, add_account

FILE = Path(__file__).with_name("access_matrix.csv")
ANONYMOUS = "anonymous"
INSURERS = (Role.insurer_region_manager, Role.insurer_reader)
ACTORS = (ANONYMOUS, *(role.value for role in Role))
HEAD = ["endpoint", "method", "address", "object", *ACTORS]
COOKIE = "regiotracker"
PASSING = re.compile(rb"Nummer van dit verzoek: \w+|\"request_id\":\"\w+\"|name=\"csrf_token\"[^>]*>|nonce=\"[^\"]*\"")
"""What differs between two answers to the same request."""


class Question(NamedTuple):
    """One request: a row of the matrix."""

    endpoint: str
    method: str
    address: str
    object: str


class Answer(NamedTuple):
    """What came back: the cell, and the body of a refusal without its own address and what differs each time."""

    cell: str
    body: bytes


def questions(app: Flask, objects: Mapping[str, Three]) -> list[Question]:
    """Every row, sorted. Raises LookupError on placeholders that nobody described, with all of them."""
    rules = list(app.url_map.iter_rules())
    unknown = {f"{rule.endpoint} {name}" for rule in rules for name in PLACE.findall(rule.rule)} - {
        f"{rule.endpoint} {name}" for rule in rules for name in PLACE.findall(rule.rule) if _of(rule, name, objects)
    }
    if unknown:
        raise LookupError(f"say in tests/access_objects.py what these are: {sorted(unknown)}")
    return sorted(
        Question(rule.endpoint, method, rule.rule, kind)
        for rule in rules
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        for kind in _kinds(rule, objects)
    )


def _kinds(rule: Rule, objects: Mapping[str, Three]) -> tuple[str, ...]:
    """The objects that an address can be asked with."""
    owned = {name: _of(rule, name, objects) for name in PLACE.findall(rule.rule)}
    if all(len(set(three)) == 1 for three in owned.values() if three):
        return ("-",)
    below = [three for name, three in owned.items() if name != "code" and three and three.own != three.foreign]
    return ("own", "foreign", "absent", *(("mixed", "missing") if "code" in owned and below else ()))


def _of(place: Rule | Question, name: str, objects: Mapping[str, Three]) -> Three | None:
    """What a placeholder names; the same thing three times where it is everybody's."""
    full = f"{place.endpoint} {name}"
    fixed = FIXED.get(full, FIXED.get(name))
    own = objects.get(full, objects.get(name))
    return own if fixed is None or full in objects else Three(fixed, fixed, fixed)


def path_of(question: Question, objects: Mapping[str, Three]) -> str:
    """The address with its placeholders filled in."""

    def fill(found: re.Match[str]) -> str:
        kind = question.object.replace("-", "own")
        if kind in ("mixed", "missing"):
            kind = "own" if found[1] == "code" else {"mixed": "foreign", "missing": "absent"}[kind]
        return str(getattr(_of(question, found[1], objects), kind))

    return PLACE.sub(fill, question.address)


class House:
    """The demonstration with somebody of every role inside; what a question changes is put back before the next."""

    def __init__(self, app: Flask, file: Path) -> None:
        self.app, self._file, self._kept = app, file, file.with_suffix(".kept")
        with app.app_context():
            flask_migrate.stamp()
        self._cookies = {actor: self._come_in(actor) for actor in ACTORS}
        self._close()
        shutil.copy(file, self._kept)

    def _come_in(self, actor: str) -> tuple[str, str]:
        """The cookie and the form token of somebody with a role. An insurer's people are those of one region."""
        client = self.app.test_client()
        if actor in INSURERS:
            self._insurer_signs_in(client, Role(actor))
        elif actor != ANONYMOUS:
            sign_in(client, actor)
        page = client.get("/aanmelden" if actor == ANONYMOUS else "/begrippen").get_data(as_text=True)
        found, cookie = TOKEN.search(page), client.get_cookie(COOKIE)
        assert found, actor
        assert cookie, actor
        return cookie.value, found[1]

    def _insurer_signs_in(self, client: FlaskClient, role: Role) -> None:
        email = f"{role}@voorbeeld.example"
        with self.app.app_context():
            grant = {"role": role, "cooperations": [OWN], "insurer": "menzis", "password": DEMO_PASSWORD}
            add_account(email=email, name="V. Erzekeraar", by="tests", **grant)
        token = TOKEN.search(client.get("/aanmelden").get_data(as_text=True))
        assert token
        form = {"email": email, "password": DEMO_PASSWORD, "csrf_token": token[1]}
        assert client.post("/aanmelden", data=form).status_code == 302

    def read(self, actor: str, path: str) -> str:
        """The page that somebody gets."""
        client = self.app.test_client()
        client.set_cookie(COOKIE, self._cookies[actor][0])
        return client.get(path).get_data(as_text=True)

    def ask(self, actor: str, method: str, path: str, *, proof: bool = True) -> Answer:
        """The answer to somebody; `proof`: with the token of the session's forms."""
        client, (cookie, token) = self.app.test_client(), self._cookies[actor]
        client.set_cookie(COOKIE, cookie)
        data = {"csrf_token": token} if proof and method != "GET" else None
        answer = client.open(path, method=method, data=data)
        if method != "GET" and answer.status_code < 400:
            self._put_back()
        refused = answer.data.replace(path.encode(), b"") if answer.status_code >= 400 else b""
        return Answer(cell_of(answer), PASSING.sub(b"", refused))

    def _put_back(self) -> None:
        self._close()
        for end in ("-wal", "-shm"):
            self._file.with_name(self._file.name + end).unlink(missing_ok=True)
        shutil.copy(self._kept, self._file)

    def _close(self) -> None:
        with self.app.app_context():
            db.session.remove()
            db.engine.dispose()


def cell_of(answer: TestResponse) -> str:
    """The status, or `sign-in`."""
    asks = answer.status_code in (302, 303) and answer.headers["Location"].partition("?")[0] == "/aanmelden"
    return "sign-in" if asks else str(answer.status_code)


def read_matrix() -> dict[Question, dict[str, str]]:
    """The agreed cells of every row."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return {
            Question(*(row[name] for name in HEAD[:4])): {name: row[name] for name in ACTORS}
            for row in csv.DictReader(file)
        }


def write_matrix(rows: Iterable[list[str]]) -> None:
    """Agree on what is answered now."""
    with FILE.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([HEAD, *rows])
