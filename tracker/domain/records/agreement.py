"""What the two parties keep beside the facts: what they agreed to do, and what they think of a status."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated

from tracker.domain.records import enums
from tracker.domain.records.base import Kind, Pair, Record, Sort, about
from tracker.domain.records.evidence import Evidence

_ADDRESS = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")


class CooperationAction(Record, frozen=True, kw_only=True):
    """An agreed action that stays open from meeting to meeting until it is done."""

    declared = Kind(
        "cooperation_action",
        Pair("Actie", "Action"),
        key=("code",),
        since=("agreed_on",),
    )

    code: Annotated[str, about("Code", "unique in the cooperation", req=True, sort=Sort.CODE)]
    text: Annotated[str, about("Actie", "what", req=True, longest=10_000)]
    agreed_on: Annotated[date, about("Afgesproken op", "day", req=True)]
    party: Annotated[
        enums.Party | None,
        about("Partij", "the side of the owner; empty = the cooperation"),
    ] = None
    owner: Annotated[str, about("Eigenaar", "who", req=True)]
    owner_email: Annotated[
        str | None,
        about("E-mail van de eigenaar", "for reminders; the insurer sees only those of its own side", "Owner's e-mail"),
    ] = None
    due_on: Annotated[date | None, about("Uiterlijk", "promised day")] = None
    done_on: Annotated[date | None, about("Gereed op", "day")] = None
    note: Annotated[str | None, about("Toelichting", "what was done, or why not", longest=10_000)] = None
    origin: Annotated[str | None, about("Herkomst", "number of the round, key of the rule or free text")] = None
    evidence: Annotated[tuple[Evidence, ...], about("Bewijs", "pieces that show this fact")] = ()

    def faults(self) -> list[tuple[str, Pair]]:
        """A reminder needs an address that can be written to."""
        if self.owner_email is not None and not _ADDRESS.fullmatch(self.owner_email):
            return [("owner_email", Pair("schrijf een e-mailadres als naam@voorbeeld.nl", "write an e-mail address"))]
        return []


class Opinion(Record, frozen=True, kw_only=True):
    """What one party thinks of a computed status. The status stays; the latest opinion of a party counts."""

    declared = Kind(
        "opinion",
        Pair("Oordeel", "Opinion"),
        key=("rule", "subject", "party", "insurer", "stated_on"),
        since=("stated_on",),
        spans=(("stated_on", "resolve_by"),),
    )

    rule: Annotated[str, about("Regel", "key of the rule, `vision_on_time`", req=True)]
    subject: Annotated[
        str,
        about(
            "Onderwerp", "as the finding names it: code of the cooperation, practice or initiative, `WOL#2`", req=True
        ),
    ]
    party: Annotated[enums.Party, about("Partij", "whose opinion it is", req=True)]
    insurer: Annotated[
        str | None,
        about("Verzekeraar", "which one; only with party insurer", sort=Sort.CODE, catalogue="insurer"),
    ] = None
    stated_on: Annotated[date, about("Gegeven op", "day", req=True)]
    agrees: Annotated[bool, about("Eens met de status", "true or false", req=True)]
    reason: Annotated[str | None, about("Reden", "required when the party disagrees", longest=10_000)] = None
    resolve_by: Annotated[date | None, about("Oplossen uiterlijk", "day by which the parties settle it")] = None
    evidence: Annotated[tuple[Evidence, ...], about("Bewijs", "pieces that show this fact")] = ()

    def faults(self) -> list[tuple[str, Pair]]:
        """The insurer is named with its own opinion alone, and who disagrees says why."""
        found = []
        is_insurers = self.party is enums.Party.INSURER
        if is_insurers and self.insurer is None:
            found.append(("insurer", Pair("kies welke verzekeraar dit vindt", "choose which insurer thinks so")))
        if not is_insurers and self.insurer is not None:
            found.append(
                ("insurer", Pair("alleen bij een oordeel van de verzekeraar", "only with an insurer's opinion"))
            )
        if not self.agrees and not self.reason:
            found.append(("reason", Pair("schrijf waarom u het er niet mee eens bent", "write why you disagree")))
        return found
