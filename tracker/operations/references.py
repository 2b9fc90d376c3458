"""Codes and references: unique in the whole product, and pointing to something in the file or in the database."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.engine import Connection

from tracker.domain.parsed import Parsed, Reference, Walk
from tracker.domain.problems import Path, Problems, written
from tracker.domain.records.base import Pair
from tracker.models.records import TABLES

_UNIQUE = {"practices": "practice", "initiatives": "initiative"}


class Codes:
    """Every code of the database, and those the file has brought so far."""

    def __init__(self, connection: Connection, problems: Problems) -> None:
        self._problems = problems
        coop = TABLES["cooperation"]
        self._stored = {row.code: row.id for row in connection.execute(select(coop.c.code, coop.c.id))}
        names = {number: code for code, number in self._stored.items()}
        self._owner: dict[str, dict[str, str]] = {}
        for kind in _UNIQUE.values():
            table = TABLES[kind]
            rows = connection.execute(select(table.c.code, table.c.cooperation_id))
            self._owner[kind] = {row.code: names[row.cooperation_id] for row in rows}
        self._register = {kind: _codes(connection, kind) for kind in ("product", "his_product")}
        self._versions = _versions(connection)
        self._paths: dict[str, Path] = {}
        self._later: list[Reference] = []

    def add_register(self, parsed: Parsed) -> None:
        """Note the products and systems the file brings."""
        for attribute, kind in (("products", "product"), ("his_products", "his_product")):
            for item in parsed.children.get(attribute, ()):
                code = item.given.get("code")
                if code is None:
                    continue
                self._register[kind].add(code)
                versions = {child.given.get("version") for child in item.children.get("versions", ())}
                self._versions.setdefault(code, set()).update(version for version in versions if version)

    def add_cooperation(self, parsed: Parsed) -> None:
        """Note a cooperation with its practices and initiatives; a code that belongs to another is an error."""
        code = parsed.given["code"]
        before = self._paths.setdefault(code, parsed.path)
        if before is not parsed.path:
            where = written(before)
            self._problems.add(parsed.path, code, Pair(f"dezelfde code als {where}", f"same code as {where}"))
        for attribute, kind in _UNIQUE.items():
            for item in parsed.children.get(attribute, ()):
                own = item.given.get("code")
                if own is None:
                    continue
                owner = self._owner[kind].setdefault(own, code)
                if owner != code:
                    reason = Pair(
                        f"deze code hoort al bij {owner}; kies een andere",
                        f"this code belongs to {owner}; choose another",
                    )
                    self._problems.add((item.path, "code"), own, reason)

    def stored_cooperations(self, batch: list[Parsed]) -> list[int]:
        """The numbers of the cooperations of a batch that are stored already."""
        return [self._stored[parsed.given["code"]] for parsed in batch if parsed.given["code"] in self._stored]

    def check(self, walk: Walk, parsed: Parsed) -> None:
        """Check what the walk met in this record. Initiatives may come later in the file."""
        for reference in walk.references:
            if reference.to == "initiative":
                self._later.append(reference)
            elif reference.to == "practice":
                self._check_practice(reference, parsed.given.get("code"))
            elif reference.code not in self._register[reference.to]:
                self._refuse(reference, "het register", "the register")
        walk.references.clear()
        for initiative in parsed.children.get("initiatives", ()):
            for use in initiative.children.get("uses", ()):
                self._check_version(use)

    def _check_practice(self, reference: Reference, own: str | None) -> None:
        owner = self._owner["practice"].get(reference.code)
        if owner is None:
            self._refuse(reference, "de praktijken", "the practices")
            return
        if own != owner:
            reason = Pair(
                f"deze praktijk hoort bij {owner}, niet bij {own}", f"this practice belongs to {owner}, not to {own}"
            )
            self._problems.add(reference.path, reference.code, reason)

    def _check_version(self, use: Parsed) -> None:
        product, version = use.given.get("product"), use.given.get("version")
        if (
            product in self._register["product"]
            and version is not None
            and version not in self._versions.get(product, ())
        ):
            known = ", ".join(sorted(self._versions.get(product, ()))) or "–"
            reason = Pair(
                f"{product} kent deze versie niet; bekend: {known}", f"{product} has no such version; known: {known}"
            )
            self._problems.add((use.path, "version"), version, reason)

    def check_later(self) -> None:
        """References that the end of the file decides."""
        for reference in self._later:
            if reference.code not in self._owner["initiative"]:
                self._refuse(reference, "de initiatieven", "the initiatives")

    def _refuse(self, reference: Reference, nl: str, en: str) -> None:
        reason = Pair(
            f"bestaat niet in {nl} van dit bestand of de database",
            f"does not exist in {en} of this file or the database",
        )
        self._problems.add(reference.path, reference.code, reason)


def _codes(connection: Connection, kind: str) -> set[str]:
    return set(connection.execute(select(TABLES[kind].c.code)).scalars())


def _versions(connection: Connection) -> dict[str, set[str]]:
    product, version = TABLES["product"], TABLES["product_version"]
    query = select(product.c.code, version.c.version).join(version, version.c.parent_id == product.c.id)
    found: dict[str, set[str]] = {}
    for code, name in connection.execute(query):
        found.setdefault(code, set()).add(name)
    return found
