"""Why a record was not written: refused, forbidden, gone, overtaken, in use or locked."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tracker.domain.problems import Problem
from tracker.queries.records import Kept


class Refused(Exception):
    """What was typed can't be kept: the faults, by the path of the form."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(f"{len(problems)} faults")
        self.problems = problems


class Forbidden(Exception):
    """Who typed it may not write this kind or this field."""


class Gone(Exception):
    """The record, or what it belongs to, does not exist (any more)."""


class Overtaken(Exception):
    """Somebody saved in between: the record as it is now, by whom and since when."""

    def __init__(self, held: Kept, by: str, at: datetime, revision: int) -> None:
        super().__init__(held.place)
        self.held, self.by, self.at, self.revision = held, by, at, revision


class InUse(Exception):
    """The record can't be removed while others refer to it: the records on whose forms that stands."""

    def __init__(self, users: list[Kept]) -> None:
        super().__init__(f"{len(users)} references")
        self.users = users


class Locked(Exception):
    """The record belongs to a round that was closed: which one, which version, and since when."""

    def __init__(self, number: int, version: int, locked_on: Any) -> None:
        super().__init__(f"round {number} version {version}")
        self.number, self.version, self.locked_on = number, version, locked_on
