"""What stands around one record: what it refers to, what refers to it, its twin, its lock."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.engine import Connection

from tracker.domain.editing import has_own_form, places_on_form
from tracker.domain.parsed import Parsed, Walk
from tracker.domain.problems import Problems
from tracker.domain.records.base import Pair, scalars_of
from tracker.domain.records.places import Place, places
from tracker.models.records import TABLES, UNIQUE_CODES, key_hash
from tracker.operations.refusals import Locked
from tracker.queries.records import Kept, kept

_NOWHERE = Pair("Dit bestaat niet; kies uit de lijst", "This does not exist; choose from the list")
_OTHER_REGION = Pair(
    "Deze praktijk hoort niet bij dit samenwerkingsverband; kies uit de lijst",
    "This practice does not belong to this cooperation; choose from the list",
)
_TAKEN = Pair("Deze code bestaat al; kies een andere", "This code exists already; choose another")
MOST_NAMED = 20


class Neighbours:
    """Asks the database about the surroundings of one record."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def cooperation_of(self, place: str, parent: int | None) -> int | None:
        """The number of the cooperation under which a new record comes; None in the register."""
        above = places()[place].parent
        if above is None or parent is None:
            return None
        if above == "cooperation":
            return parent
        table = TABLES[above]
        if "cooperation_id" not in table.c:
            return None
        return self._connection.execute(select(table.c.cooperation_id).where(table.c.id == parent)).scalar()

    def twin(self, place: str, parent: int | None, key: tuple[Any, ...], own: int | None) -> int | None:
        """Another record of the same list with the same key."""
        table = TABLES[place]
        query = select(table.c.id).where(table.c.key_hash == key_hash(places()[place], key))
        if parent is not None:
            query = query.where(table.c.parent_id == parent)
        if own is not None:
            query = query.where(table.c.id != own)
        return self._connection.execute(query).scalar()

    def check(self, walk: Walk, root: int | None) -> None:
        """Whether every code that was named exists, and every practice in this cooperation."""
        for reference in walk.references:
            table = TABLES[reference.to]
            query = select(table.c.id).where(table.c.code == reference.code)
            if reference.to == "practice":
                query = query.where(table.c.cooperation_id == root)
            if self._connection.execute(query).first() is None:
                text = _OTHER_REGION if reference.to == "practice" else _NOWHERE
                walk.problems.add(reference.path, reference.code, text)
        walk.references.clear()

    def check_code(self, place: str, parent: int | None, parsed: Parsed, problems: Problems) -> None:
        """Whether a code that is unique in the whole product is free, and a product that is used has this version."""
        if place in UNIQUE_CODES and parent is not None:
            table = TABLES[place]
            query = select(table.c.id).where(table.c.code == parsed.given["code"], table.c.parent_id != parent)
            if self._connection.execute(query).first() is not None:
                problems.add(((), "code"), parsed.given["code"], _TAKEN)
        if place == "product_use":
            self._check_version(parsed, problems)

    def _check_version(self, use: Parsed, problems: Problems) -> None:
        product, version = TABLES["product"], TABLES["product_version"]
        query = select(version.c.version).join(product, product.c.id == version.c.parent_id)
        known = list(self._connection.execute(query.where(product.c.code == use.given["product"])).scalars())
        if use.given["version"] not in known:
            listed = ", ".join(sorted(known)) or "–"
            reason = Pair(f"Kies een versie die bestaat: {listed}", f"Choose a version that exists: {listed}")
            problems.add(((), "version"), use.given["version"], reason)

    def lock_of(self, held: Kept) -> Locked | None:
        """The lock of a round that was closed: it and all it holds stay as they are, but for what stands beside it."""
        if held.place == "round" and held.values["locked_on"] is not None:
            return Locked(held.values["number"], held.values["version"], held.values["locked_on"])
        return None

    def users_of(self, held: Kept) -> list[Kept]:
        """The records on whose forms this record, or one that goes with it, is named; the first twenty."""
        inside = {item.number for item in held.all()}
        found: dict[tuple[str, int], Kept] = {}
        for item in held.all():
            for query, place in self._naming(item):
                for number in self._connection.execute(query.limit(MOST_NAMED)).scalars():
                    if number not in inside and len(found) < MOST_NAMED:
                        self._note(found, place, number)
        if held.place in ("cooperation", "initiative"):
            self._note_below(found, held)
        return list(found.values())

    def _note(self, found: dict[tuple[str, int], Kept], place: str, number: int) -> None:
        """Note a record that stands somewhere, by the one whose form it is on."""
        user = kept(place, number, self._connection)
        while user is not None and not has_own_form(user.place):
            user = kept(places()[user.place].parent or "", user.parent or 0, self._connection)
        if user is not None:
            found.setdefault((user.place, user.number), user)

    def _naming(self, item: Kept) -> list[tuple[Select[Any], str]]:
        """The questions for what names a record: by its code, its version, or as the subject of a deviation."""
        found: list[tuple[Select[Any], str]] = []
        code = item.values.get("code")
        for place in places().values():
            table = TABLES[place.name]
            for field in scalars_of(place.kind):
                if field.refers_to == item.place and not field.many:
                    found.append((select(table.c.id).where(table.c[field.attribute] == code), place.name))
                elif field.refers_to == item.place:
                    found.append((self._listing(place, field.attribute, item), place.name))
                elif item.place == "vision" and field.attribute == "vision_version":
                    same = (
                        table.c.vision_version == item.values["version"],
                        table.c.cooperation_id == item.cooperation,
                    )
                    found.append((select(table.c.id).where(*same), place.name))
        if item.place == "product_version":
            found += self._naming_version(item)
        if code is not None and item.place in ("practice", "initiative"):
            waiver = TABLES["waiver"]
            found.append((select(waiver.c.id).where(waiver.c.subject == code), "waiver"))
        return found

    def _listing(self, place: Place, attribute: str, item: Kept) -> Select[Any]:
        """Records of the same cooperation with a list that names the code."""
        table = TABLES[place.name]
        rows = self._connection.execute(
            select(table.c.id, table.c[attribute]).where(table.c.cooperation_id == item.cooperation)
        )
        numbers = [number for number, codes in rows if item.values["code"] in (codes or ())]
        return select(table.c.id).where(table.c.id.in_(numbers))

    def _naming_version(self, item: Kept) -> list[tuple[Select[Any], str]]:
        product = TABLES["product"]
        code = select(product.c.code).where(product.c.id == item.parent).scalar_subquery()
        use, verdict = TABLES["product_use"], TABLES["assessment"]
        version = item.values["version"]
        return [
            (select(use.c.id).where(use.c.product == code, use.c.version == version), "product_use"),
            (
                select(verdict.c.id).where(verdict.c.parent_id == item.parent, verdict.c.version == version),
                "assessment",
            ),
        ]

    def _note_below(self, found: dict[tuple[str, int], Kept], held: Kept) -> None:
        """What hangs under a record whose lists are edited aside: it is removed by itself first."""
        for place in places().values():
            if place.parent != held.place or place.name in places_on_form(held.place):
                continue
            table = TABLES[place.name]
            query = select(table.c.id).where(table.c.parent_id == held.number).limit(MOST_NAMED)
            for number in self._connection.execute(query).scalars():
                self._note(found, place.name, number)
