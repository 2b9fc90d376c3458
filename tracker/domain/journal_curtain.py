"""What of a line of the journal is kept from a reader: names of practices, scores of an open round, addresses."""

from __future__ import annotations

from collections.abc import Set
from functools import cache

from tracker.domain.meeting import is_open
from tracker.domain.records.agreement import CooperationAction, Opinion
from tracker.domain.records.base import Record, scalars_of
from tracker.domain.records.contract import Waiver
from tracker.domain.records.enums import Party
from tracker.domain.records.evaluation import Round, Score
from tracker.domain.records.funding import InnovationApplication, OiClaim

_MAY_NAME_ONE = {Waiver: "subject", Opinion: "subject", OiClaim: "unit", InnovationApplication: "applicant"}
"""Fields in free words or codes that may have named a practice before, though they name none now."""
_SCORES = {"own": Party.COOPERATION, "insurer": Party.INSURER}


@cache
def practice_fields(kind: type[Record]) -> frozenset[str]:
    """The fields of a kind that name practices, or may have done so."""
    found = {field.attribute for field in scalars_of(kind) if field.refers_to == "practice"}
    return frozenset(found | ({_MAY_NAME_ONE[kind]} if kind in _MAY_NAME_ONE else set()))


def kept_from(sides: Set[Party], states: tuple[Record | None, ...], meeting: Round | None) -> frozenset[str]:
    """The fields of a record, in all its states, that are kept from somebody of these sides.

    `meeting` = the round of a score; one that is not known counts as open. The note may give a hidden score away.
    """
    found: set[str] = set()
    for state in states:
        if isinstance(state, Score) and (meeting is None or is_open(meeting)):
            found |= {
                name for name, party in _SCORES.items() if party not in sides and getattr(state, name) is not None
            }
        if isinstance(state, CooperationAction) and state.owner_email and not _reads_address(state, sides):
            found.add("owner_email")
    return frozenset(found | ({"note"} if found & _SCORES.keys() else set()))


def _reads_address(action: CooperationAction, sides: Set[Party]) -> bool:
    """The cooperation reads the addresses of all owners, an insurer those of its own side."""
    return Party.COOPERATION in sides or (Party.INSURER in sides and action.party is Party.INSURER)
