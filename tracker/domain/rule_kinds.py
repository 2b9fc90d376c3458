"""The kinds of rule: what each judges, which records it reads and which parameters a programme file gives it.

A rule is a pure function of what was seen on the day. A programme file names its kind and its parameters; nothing else
of an insurer or a year stands in code.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, cast

import msgspec

from tracker.domain.finding import Verdict
from tracker.domain.programme import Programme, Requirement
from tracker.domain.records.cooperation import Cooperation
from tracker.domain.register import Register


class Subject(StrEnum):
    """What a rule judges; every kind of claim is named by its record kind."""

    COOPERATION = "cooperation"
    INITIATIVE = "initiative"
    ROUND = "round"
    PRACTICE = "practice"
    OI_CLAIM = "oi_claim"
    APPLICATION = "innovation_application"
    SERVICE = "service_declaration"
    OPEN_CLAIM = "open_claim"
    ACCREDITATION = "accreditation_claim"


class View(msgspec.Struct, frozen=True):
    """What a rule may look at: the dossier and register as seen on the day, and the programme that asks."""

    dossier: Cooperation
    register: Register
    programme: Programme
    as_of: date


class Need:
    """The parameters of one requirement, read by name and type."""

    def __init__(self, requirement: Requirement, switches: dict[str, Any]) -> None:
        self.requirement = requirement
        self._values = {name: _resolved(value, switches) for name, value in requirement.params.items()}

    def day(self, name: str) -> date:
        return cast(date, self._values[name])

    def number(self, name: str) -> int:
        return int(self._values[name])

    def decimal(self, name: str) -> Decimal:
        return Decimal(str(self._values[name]))

    def flag(self, name: str) -> bool:
        return bool(self._values[name])

    def word(self, name: str) -> str:
        return str(self._values[name])

    def words(self, name: str) -> tuple[str, ...]:
        return tuple(str(value) for value in self._values[name])

    def rows(self, name: str) -> tuple[dict[str, Any], ...]:
        """A list of tables, for example tariff rows."""
        return tuple(self._values[name])

    def table(self, name: str) -> dict[str, Any]:
        """A table of named values, for example a rate per option."""
        return dict(self._values[name])


def _resolved(value: Any, switches: dict[str, Any]) -> Any:
    """`$name` stands for the switch of that name."""
    if isinstance(value, str) and value.startswith("$"):
        return switches[value[1:]]
    return value


Judge = Callable[[View, Need, Any], Verdict | None]


@dataclass(frozen=True)
class RuleKind:
    """A named rule function: what it judges, which kinds of record it reads and which parameters it takes."""

    name: str
    subject: Subject
    reads: frozenset[str]
    params: dict[str, type]
    judge: Judge


KINDS: dict[str, RuleKind] = {}


def rule(subject: Subject, reads: Iterable[str], **params: type) -> Callable[[Judge], Judge]:
    """Register a rule function under its own name.

    `reads` names record kinds (`vision`, `vision_text`); their parents are loaded with them. `params` names each
    parameter with its type (date, int, Decimal, bool, str, list); the loader refuses a file that leaves one out, adds
    one or gives another type. The function takes (view, need, subject record) and returns a Verdict, or None when
    the rule has nothing to say of this subject (an article 9 rule of an article 10 application).
    """

    def keep(judge: Judge) -> Judge:
        name = judge.__name__
        if name in KINDS:
            raise ValueError(f"rule kind {name} is declared twice")
        KINDS[name] = RuleKind(name, subject, frozenset(reads), params, judge)
        return judge

    return keep
