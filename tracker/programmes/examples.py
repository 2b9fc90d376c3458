"""The examples of a programme file: facts, a day, and the status that a rule must give."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tracker.domain.finding import Finding
from tracker.domain.programme import Example, Insurer, Programme, Requirement
from tracker.domain.records.base import FIRST_DAY, Pair, Record
from tracker.domain.records.cooperation import Cooperation
from tracker.domain.records.initiative import Initiative
from tracker.domain.records.product import HisProduct, Product
from tracker.domain.register import Example as SharedExample
from tracker.domain.register import Register
from tracker.domain.rules import findings
from tracker.domain.shape import parse_record
from tracker.programmes.catalogue import catalogue
from tracker.programmes.faults import Fault
from tracker.programmes.tree import inside

CODE = "VB"
"""The code of the cooperation in an example. Subjects: `VB`, `VB#1`, `VB/OI1`, an initiative, a practice."""


class _Every(frozenset[str]):
    """Any insurer may occur in an example."""

    def __contains__(self, code: object) -> bool:
        return True


class Trial:
    """Runs the examples of one programme and collects what fails."""

    def __init__(self, file: str, programme: Programme) -> None:
        self.file = file
        self.programme = programme
        self.faults: list[Fault] = []
        self._codes = _codes_of(programme)

    def run(self, example: Example, path: str) -> None:
        """One example: a fault when the rule answers something else."""
        asked = self.programme.requirement(example.rule)
        if asked is None:
            return
        known = len(self.faults)
        facts = {"code": CODE, "name": CODE, **self._linked(example.facts)}
        dossier = self._record(Cooperation, facts, inside(path, "facts"))
        register = self._register(example.register, inside(path, "register"))
        if len(self.faults) == known and isinstance(dossier, Cooperation):
            self._compare(example, path, self._judge(dossier, register, asked, example, path))

    def _judge(
        self, dossier: Cooperation, register: Register, asked: Requirement, example: Example, path: str
    ) -> list[Finding] | None:
        try:
            found = findings(dossier, register, (self.programme,), example.on, frozenset({asked.key}))
        except Exception as error:  # a parameter of the right type may still make no sense to the rule
            text = f"{type(error).__name__}: {error}"
            self._fault(path, f"{_name(example)}: de regel liep vast ({text})", f"{_name(example)}: broke ({text})")
            return None
        return [item for item in found if item.requirement is asked]

    def _compare(self, example: Example, path: str, found: list[Finding] | None) -> None:
        if found is None:
            return
        named = [item for item in found if example.subject in (None, item.subject)]
        subjects = ", ".join(item.subject for item in found)
        if len(named) > 1:
            self._fault(
                inside(path, "subject"),
                f"{_name(example)}: noem een van: {subjects}",
                f"{_name(example)}: name one of: {subjects}",
            )
            return
        got = named[0].status.value if named else None
        if got != example.expect:
            where = f" ({subjects})" if example.subject and not named and found else ""
            self._fault(
                inside(path, "expect"),
                f"{_name(example)}: verwacht {example.expect}, gekregen {got or 'geen uitkomst'}{where}",
                f"{_name(example)}: expected {example.expect}, got {got or 'no result'}{where}",
            )

    def _linked(self, facts: dict[str, Any]) -> dict[str, Any]:
        """An example that says nothing of insurers is about a cooperation of the programme's own insurer."""
        insurer: Insurer | None = self.programme.insurer
        if insurer is None or "insurers" in facts:
            return facts
        return {"insurers": [{"insurer": insurer.key, "from": FIRST_DAY}], **facts}

    def _register(self, raw: Any, path: str) -> Register:
        rows = _lists(raw, ("products", "his_products", "examples"))
        for name in rows.pop("", []):
            self._fault(
                inside(path, name),
                "onbekende sleutel; hier kan: products, his_products, examples",
                "unknown key; known here: products, his_products, examples",
            )
        return Register(
            products=self._records(Product, rows["products"], inside(path, "products")),
            his_products=self._records(HisProduct, rows["his_products"], inside(path, "his_products")),
            examples=self._shared(rows["examples"], inside(path, "examples")),
        )

    def _shared(self, rows: list[Any], path: str) -> tuple[SharedExample, ...]:
        """Initiatives that other cooperations shared: `{cooperation = "ANDER", initiative = {…}}`."""
        found = []
        for index, row in enumerate(rows):
            where = f"{path}[{index}]"
            if not isinstance(row, dict) or row.keys() != {"cooperation", "initiative"}:
                self._fault(where, "hier horen cooperation en initiative", "cooperation and initiative belong here")
                continue
            initiative = self._record(Initiative, row["initiative"], inside(where, "initiative"))
            if isinstance(initiative, Initiative):
                found.append(SharedExample(str(row["cooperation"]), initiative))
        return tuple(found)

    def _records(self, kind: Any, rows: list[Any], path: str) -> tuple[Any, ...]:
        found = [self._record(kind, row, f"{path}[{index}]") for index, row in enumerate(rows)]
        return tuple(item for item in found if item is not None)

    def _record(self, kind: type[Record], raw: Any, path: str) -> Record | None:
        record, problems = parse_record(kind, raw, "", self._codes)
        for problem in problems:
            where = path + problem.path.removeprefix("$")
            self.faults.append(Fault(self.file, where, problem.reason))
        return record

    def _fault(self, key: str, nl: str, en: str) -> None:
        self.faults.append(Fault(self.file, key, Pair(nl, en)))


def _name(example: Example) -> str:
    return f"“{example.text}”"


def _lists(raw: Any, names: tuple[str, ...]) -> dict[str, list[Any]]:
    """The lists of a block by name; under the empty name the keys that don't belong."""
    block = raw if isinstance(raw, Mapping) else {}
    found = {name: list(block[name]) if isinstance(block.get(name), list) else [] for name in names}
    wrong = [name for name in block if name not in names or not isinstance(block[name], list)]
    return {**found, "": wrong}


def _codes_of(programme: Programme) -> dict[str, frozenset[str]] | None:
    """The codes an example may use: those of its own file, where that has themes."""
    if not programme.themes:
        return None
    return {**catalogue([programme]).codes, "insurer": _Every()}
