"""What the matrix of access asks about: for every placeholder of an address an own, a foreign and an absent object.

A new endpoint whose placeholder has a name of this file needs nothing here. Another name gets a line: in FIXED when no
region owns what it names, else in `objects`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy import select

from tracker.extensions import db
from tracker.models.records import TABLES

OWN, FOREIGN, NOWHERE = "HOL", "WOL", "XYZ"
CANARIES = ("Wolderveen", "De Hagebeuk", "Digitaal consulteren netwerkpartners")
"""Names that stand in records of the foreign region alone."""
NO_NUMBER = 2_147_483_646
PLACE = re.compile(r"<(?:\w+(?:\([^)]*\))?:)?(\w+)>")


class Three(NamedTuple):
    """What the placeholder names in each case."""

    own: object
    foreign: object
    absent: object


FIXED: Mapping[str, object] = {
    "language": "en",
    "rule": "R04",
    "role": "board_member",
    "explanation.source id": "M",
    "products.detail id": "P04",
    "examples.detail id": "I01",
    "programmes.detail key": "menzis-2022",
}
"""What is everybody's, by the name of the placeholder, or by endpoint and name."""


def objects() -> dict[str, Three]:
    """What is somebody's, named in the same way. Reads the database."""
    return {
        "code": Three(OWN, FOREIGN, NOWHERE),
        "initiatives.detail id": Three("I05", "I16", "I99"),
        "initiatives.precheck id": Three("I05", "I16", "I99"),
        "practices.detail id": Three("HOL-01", "WOL-01", "XYZ-01"),
        "evaluations.detail number": Three(3, 3, 9),
        "why.round number": Three(3, 3, 9),
        "why.application claim": Three("OI8", "OI2", "OI99"),
        "portfolio.remove_filter number": Three(NO_NUMBER, NO_NUMBER, NO_NUMBER),
        "record": Three(_record(OWN), _record(FOREIGN), NO_NUMBER),
    }


def _record(code: str) -> int:
    """The number of a vision of a cooperation."""
    vision, cooperation = TABLES["vision"], TABLES["cooperation"]
    of = select(vision.c.id).join(cooperation, cooperation.c.id == vision.c.cooperation_id)
    return int(db.session.scalars(of.where(cooperation.c.code == code).order_by(vision.c.id)).first() or NO_NUMBER)
