"""What the matrix of access asks about: for every placeholder of an address an own, a foreign and an absent object.

A new endpoint whose placeholder has a name of this file needs nothing here. Another one gets a line in `objects`, under
the first of these that tells it apart: `endpoint name`, `word name` with the word before it in the address, or `name`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from flask import current_app
from sqlalchemy import Select, select

from tests.written import HEAD, taken_in
from tracker import clock
from tracker.domain.entries import Entry
from tracker.domain.policy import Pen, Role
from tracker.domain.records.places import places
from tracker.exchange.evidence_store import EvidenceStore
from tracker.extensions import db
from tracker.models.accounts import Account, ApiToken, RoleGrant
from tracker.models.people import Invitation, ReadLink
from tracker.models.records import LINK, TABLES
from tracker.operations.accounts import add_account, create_token
from tracker.operations.evidence import note_file
from tracker.operations.invitations import Offer, invite
from tracker.operations.read_links import make_read_link
from tracker.operations.records import save_record
from tracker.queries.codes import number_of
from tracker.web.record_places import SLUGS

OWN, FOREIGN, NOWHERE = "HOL", "WOL", "XYZ"
OWN_INITIATIVE, FOREIGN_INITIATIVE = "I05", "I16"
NAMES = {OWN: "RSV Hollerdiep", FOREIGN: "RSV Wolderveen"}
CANARIES = ("Wolderveen", "De Hagebeuk")
"""Names that stand in records of the foreign region alone."""
NO_NUMBER = 2_147_483_646
PLACE = re.compile(r"<(?:\w+(?:\([^)]*\))?:)?(\w+)>")


DOCUMENT = """
  - code: {code}
    name: {name}
    regional_documents:
      - kind: regional_plan
        title: Plan
        adopted_on: 2026-01-12
        evidence: [{{title: Stuk, received_on: 2026-01-12, sha256: {sha256}}}]
"""
"""What each region gets besides the demonstration: a document with a file."""


class Three(NamedTuple):
    """What the placeholder names in each case; three times the same where it is everybody's."""

    own: object
    foreign: object
    absent: object


def _words(parent: str | None) -> tuple[str, ...]:
    return tuple(SLUGS[name] for name, place in places().items() if place.parent == parent and name in SLUGS)


EACH: Mapping[str, tuple[str, ...]] = {
    "samenwerkingsverbanden soort": ("visie", *(word for word in _words("cooperation") if word != "visie")),
    "initiatieven soort": ("plan", *(word for word in _words("initiative") if word != "plan")),
    "toepassingen soort": ("product", "his"),
}
"""Placeholders that stand for every kind of record: each is asked for the own object, the first for all objects."""


def prepare(instance: Path) -> None:
    """Add what the demonstration lacks in both regions: somebody, an invitation, a link, an action, a file."""
    today = clock.real_today()
    files = {code: _file(instance, code) for code in (OWN, FOREIGN)}
    texts = [DOCUMENT.format(code=code, name=NAMES[code], sha256=file) for code, file in files.items()]
    taken_in(f"{HEAD}cooperations:{''.join(texts)}")
    for code in (OWN, FOREIGN):
        email, role = f"{code.lower()}@voorbeeld.example", Role.practice_liaison
        add_account(email=email, name="B. Uur", role=role, cooperations=[code], by="tests")
        create_token(email=email, by="tests")
        offer = Offer(f"nieuw@{code.lower()}.example", "N. Ieuw", "nl", role, code, None, today, None)
        invite(offer, maker=1, by="tests", tell=lambda _done: None)
        make_read_link(cooperation=code, purpose="tests", maker=1, by="tests")
        _agree(code, f"{code}-A")


def _agree(code: str, action: str) -> None:
    """An action of a region."""
    given = {"code": action, "text": "Bellen", "agreed_on": "2026-09-01", "owner": "B. Uur"}
    save_record(
        place="cooperation_action",
        entry=Entry(given=given),
        pen=Pen(frozenset({Role.board_member})),
        catalogues={},
        today=clock.today(),
        by="tests",
        parent=number_of("cooperation", code),
        fictional=True,
    )


def _file(instance: Path, code: str) -> str:
    """Keep a file of evidence; answers its hash."""
    stored = EvidenceStore(instance).keep(BytesIO(code.encode()), 100)
    note_file(sha256=stored.sha256, size=stored.size, media_type="application/pdf", name="stuk.pdf", by="tests")
    return stored.sha256


def everybodys(thing: object) -> Three:
    """What no region owns."""
    return Three(thing, thing, thing)


def _of_meetings() -> list[str]:
    """The endpoints about a round and its meeting."""
    return [rule.endpoint for rule in current_app.url_map.iter_rules() if "/<code>/<int:number>" in rule.rule]


def objects() -> dict[str, Three]:
    """What each placeholder names. Reads the database."""
    initiative = Three(OWN_INITIATIVE, FOREIGN_INITIATIVE, "I99")
    return {
        "code": Three(OWN, FOREIGN, NOWHERE),
        "initiatieven id": initiative,
        "praktijken id": Three("HOL-01", "WOL-01", "XYZ-01"),
        "record": Three(_of_region("vision", OWN), _of_region("vision", FOREIGN), NO_NUMBER),
        "evaluations.detail number": Three(3, 3, 9),
        **{f"{endpoint} number": Three(3, 3, 9) for endpoint in _of_meetings()},
        "ronde number": Three(3, 3, 9),
        "sha256": Three(_hash(OWN), _hash(FOREIGN), _hash(NOWHERE)),
        **{f"evidence.{verb} number": _records(LINK) for verb in ("check", "detail", "uncheck", "use_also")},
        "evidence_files.download name": everybodys("stuk.pdf"),
        "aanvraag claim": Three("OI8", "OI2", "OI99"),
        "mensen number": Three(_account(OWN), _account(FOREIGN), NO_NUMBER),
        "rollen grant": Three(_held(RoleGrant, OWN), _held(RoleGrant, FOREIGN), NO_NUMBER),
        "uitnodigingen number": Three(_held(Invitation, OWN), _held(Invitation, FOREIGN), NO_NUMBER),
        "meeleeslinks number": Three(_held(ReadLink, OWN), _held(ReadLink, FOREIGN), NO_NUMBER),
        "tokens number": everybodys(_number(select(ApiToken.id))),
        "action": Three(f"{OWN}-A", f"{FOREIGN}-A", "A99"),
        "language": everybodys("en"),
        "rule": everybodys("R04"),
        "role": everybodys("board_member"),
        "token": everybodys("verzonnen"),
        "secret": everybodys("verzonnen"),
        "bronnen id": everybodys("M"),
        "toepassingen id": everybodys("P04"),
        "goede-voorbeelden id": everybodys("I01"),
        "programmas key": everybodys("menzis-2022"),
        "filters number": everybodys(NO_NUMBER),
        "history.register_record record": everybodys(_first("product")),
        "product number": everybodys(_first("product")),
        "his number": everybodys(_first("his_product")),
        **{
            f"{SLUGS[name]} number": _records(name)
            for name, place in places().items()
            if place.parent and name in SLUGS
        },
    }


def _hash(code: str) -> str:
    """The hash of the file that `prepare` keeps for a cooperation."""
    return sha256(code.encode()).hexdigest()


def _records(name: str) -> Three:
    """A record of a kind in the own region or initiative, and one in the foreign one."""
    if name != LINK and places()[name].parent == "initiative":
        return Three(_of_initiative(name, OWN_INITIATIVE), _of_initiative(name, FOREIGN_INITIATIVE), NO_NUMBER)
    return Three(_of_region(name, OWN), _of_region(name, FOREIGN), NO_NUMBER)


def _of_region(name: str, code: str) -> int:
    table, cooperation = TABLES[name], TABLES["cooperation"]
    of = select(table.c.id).join(cooperation, cooperation.c.id == table.c.cooperation_id)
    return _number(of.where(cooperation.c.code == code).order_by(table.c.id))


def _of_initiative(name: str, code: str) -> int:
    table, initiative = TABLES[name], TABLES["initiative"]
    of = select(table.c.id).join(initiative, initiative.c.id == table.c.parent_id)
    return _number(of.where(initiative.c.code == code).order_by(table.c.id))


def _first(name: str) -> int:
    return _number(select(TABLES[name].c.id).order_by(TABLES[name].c.id))


def _account(code: str) -> int:
    return _number(select(Account.id).where(Account.email == f"{code.lower()}@voorbeeld.example"))


def _held(model: type[RoleGrant | Invitation | ReadLink], code: str) -> int:
    """What `prepare` added last for a cooperation."""
    return _number(select(model.id).where(model.cooperation == code).order_by(model.id.desc()))


def _number(query: Select[tuple[int]]) -> int:
    """The first number that a query finds; where the demonstration has none, one that does not exist."""
    return db.session.scalars(query.limit(1)).first() or NO_NUMBER
