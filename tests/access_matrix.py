"""The matrix of access: what every endpoint answers to every role, for own, foreign and absent objects.

`tests/access_matrix.csv` is the agreed matrix. Each cell is the status of the answer, or `sign-in` where one is sent to
the sign-in page. `pytest tests/test_access_matrix.py --write-access-matrix` writes it anew: read the difference as you
would read a change of the policy. Objects: `own` and `foreign` are a region's, `absent` is nobody's; where an address
has a region and something of it, `mixed` puts the foreign thing below the own region, and `missing` an absent one.
What can be asked and how: tests/access_objects.py.
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
from werkzeug.test import TestResponse

from tests.access_objects import EACH, OWN, PLACE, Three, prepare
from tests.people import TOKEN, sign_in
from tracker.domain.policy import Role
from tracker.extensions import db
from tracker.operations.accounts import DEMO_PASSWORD, add_account
from tracker.operations.read_links import make_read_link

FILE = Path(__file__).with_name("access_matrix.csv")
ANONYMOUS, READ_LINK = "anonymous", "read_link"
INSURERS = (Role.insurer_region_manager, Role.insurer_reader)
ACTORS = (ANONYMOUS, READ_LINK, *(role.value for role in Role))
HEAD = ["endpoint", "method", "address", "object", *ACTORS]
COOKIE = "regiotracker"
PASSING = re.compile(
    rb"Nummer van dit verzoek: \w+|\"request_id\":\"\w+\"|name=\"(?:csrf_token|kept_form)\"[^>]*>|nonce=\"[^\"]*\""
)
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
    asked, unknown = [], set()
    for rule in app.url_map.iter_rules():
        for address, is_first in _addresses(rule.rule):
            threes = {name: _of(rule.endpoint, address, name, objects) for name in PLACE.findall(address)}
            unknown |= {f"{name} of {rule.endpoint}" for name, three in threes.items() if three is None}
            kinds = _kinds(threes)[: None if is_first else 1]
            methods = (rule.methods or set()) - {"HEAD", "OPTIONS"}
            asked += [Question(rule.endpoint, method, address, kind) for method in methods for kind in kinds]
    if unknown:
        raise LookupError(f"say in tests/access_objects.py what these are: {sorted(unknown)}")
    return sorted(asked)


def _addresses(address: str) -> list[tuple[str, bool]]:
    """The address once for every kind of record that it can name, and whether it is the first of them."""
    for name in PLACE.findall(address):
        for key, words in EACH.items():
            top, _, each = key.partition(" ")
            if name == each and address.startswith(f"/{top}/"):
                return [(address.replace(f"<{name}>", word), word == words[0]) for word in words]
    return [(address, True)]


def _kinds(threes: Mapping[str, Three | None]) -> tuple[str, ...]:
    """The objects that an address can be asked with."""
    owned = [three for three in threes.values() if three and len(set(three)) > 1]
    if not owned:
        return ("-",)
    is_below = len(owned) > 1 and owned[-1].own != owned[-1].foreign
    return ("own", "foreign", "absent", *(("mixed", "missing") if is_below else ()))


def _of(endpoint: str, address: str, name: str, objects: Mapping[str, Three]) -> Three | None:
    """What a placeholder names; None when nobody described it."""
    found = re.search(rf"([\w-]+)/<(?:[^<>]*:)?{name}>", address)
    keys = (f"{endpoint} {name}", f"{found[1]} {name}" if found else "", name)
    return next((objects[key] for key in keys if key in objects), None)


def path_of(question: Question, objects: Mapping[str, Three]) -> str:
    """The address with its placeholders filled in."""
    names = PLACE.findall(question.address)

    def fill(found: re.Match[str]) -> str:
        kind = question.object.replace("-", "own")
        if kind in ("mixed", "missing"):
            below = {"mixed": "foreign", "missing": "absent"}[kind]
            kind = below if found[1] == names[-1] else "own"
        return str(getattr(_of(question.endpoint, question.address, found[1], objects), kind))

    return PLACE.sub(fill, question.address)


class House:
    """The demonstration with somebody of every role inside; what a question changes is put back before the next."""

    def __init__(self, app: Flask, file: Path) -> None:
        self.app, self._file, self._kept = app, file, file.with_suffix(".kept")
        app.config["PROPAGATE_EXCEPTIONS"] = False  # what breaks is an answer like any other
        with app.app_context():
            flask_migrate.stamp()
            prepare(file.parent)
        self._cookies = {actor: self._come_in(actor) for actor in ACTORS}
        self._close()
        shutil.copy(file, self._kept)

    def _come_in(self, actor: str) -> tuple[str, str]:
        """The cookie and the form token of somebody. An insurer's people are those of one region."""
        client = self.app.test_client()
        if actor in INSURERS:
            self._insurer_signs_in(client, Role(actor))
        elif actor == READ_LINK:
            with self.app.app_context():
                secret = make_read_link(cooperation=OWN, purpose="tests", maker=1, by="tests")
            client.get(f"/meelezen/{secret}")
        elif actor != ANONYMOUS:
            sign_in(client, actor)
        page = client.get("/begrippen" if actor in set(Role) else "/aanmelden").get_data(as_text=True)
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
        refused = answer.data.replace(path.encode(), b"") if answer.status_code in (401, 403, 404) else b""
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
