"""The lines of the list of initiatives, and the filters that live in the address."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

import msgspec
from flask import request
from flask_babel import gettext as _

from tracker import labels
from tracker.domain.conditions_met import ConditionsMet
from tracker.domain.finding import Finding, Status
from tracker.domain.initiative_phases import current_phase
from tracker.domain.records.enums import InitiativePhaseName
from tracker.domain.records.initiative import Initiative
from tracker.web.conditions_view import conditions_of, insurer_name
from tracker.web.frame import language
from tracker.web.scope import Visible

NOT_STARTED = "niet-gestart"


class Line(msgspec.Struct, frozen=True):
    """One initiative in the list."""

    code: str
    region: str
    initiative: Initiative
    held: ConditionsMet
    assessed: Finding | None
    unfunded: Finding | None
    doubled: Finding | None

    @property
    def phase(self) -> str:
        """The key of the phase; before the start a word of our own."""
        found = current_phase(self.initiative)
        return found.value if found else NOT_STARTED


def lines_of(seen: Iterable[Visible], day: date) -> list[Line]:
    """Every initiative of some regions, by region and title."""
    found = [_line(item, initiative, day) for item in seen for initiative in item.dossier.initiatives]
    return sorted(found, key=lambda line: (line.region.casefold(), line.initiative.title.casefold()))


def _line(seen: Visible, initiative: Initiative, day: date) -> Line:
    own = {item.requirement.kind: item for item in seen.findings if item.subject == initiative.code}
    _asked, held = conditions_of(initiative, seen.code, seen.findings, day)
    return Line(
        seen.code,
        seen.dossier.name,
        initiative,
        held,
        own.get("assessed_positive"),
        own.get("running_without_funding"),
        own.get("no_double_funding_computed"),
    )


class Filters(msgspec.Struct, frozen=True):
    """What the address asks for."""

    region: str = ""
    theme: str = ""
    phase: str = ""
    insurer: str = ""
    status: str = ""
    words: str = ""

    @classmethod
    def of_request(cls) -> Filters:
        """From the address; what fits nothing shows nothing, and says so."""
        region, theme, phase, insurer, status = (
            request.args.get(name, "").strip()[:60] for name in ("regio", "richting", "fase", "verzekeraar", "stand")
        )
        return cls(region, theme, phase, insurer, status, request.args.get("q", "").strip()[:100])

    @property
    def is_empty(self) -> bool:
        return self == Filters()

    def keep(self, lines: Iterable[Line]) -> list[Line]:
        """The lines that fit."""
        return [line for line in lines if self._fits(line)]

    def _fits(self, line: Line) -> bool:
        wanted = self.words.casefold()
        names = f"{line.initiative.title} {line.initiative.code} {line.region}".casefold()
        return (
            self.region in ("", line.code)
            and (not self.theme or any(_serves(item.code, self.theme) for item in line.initiative.directions))
            and self.phase in ("", line.phase)
            and self.insurer in ("", line.initiative.insurer)
            and (not self.status or (self.status in STANDS and STANDS[self.status](line)))
            and wanted in names
        )

    def in_words(self) -> list[str]:
        """For the head of a file and of a print."""
        told = [
            (self.region, _("regio %(value)s", value=self.region)),
            (self.theme, _("richting %(value)s", value=self.theme)),
            (self.phase, _("fase %(value)s", value=phase_word(self.phase))),
            (self.insurer, _("verzekeraar %(value)s", value=insurer_name(self.insurer))),
            (self.status, stand_words().get(self.status, self.status)),
            (self.words, _("zoekwoord ‘%(value)s’", value=self.words)),
        ]
        return [str(words) for value, words in told if value]


def _serves(code: str, wanted: str) -> bool:
    """A theme stands for all its directions."""
    return code == wanted or code.startswith(f"{wanted}.")


def _violates(finding: Finding | None, *statuses: Status) -> bool:
    return finding is not None and finding.status in statuses


STANDS: dict[str, Callable[[Line], bool]] = {
    "kc": lambda line: _violates(line.assessed, Status.NOT_MET),
    "dubbel": lambda line: _violates(line.doubled, Status.NOT_MET, Status.ADVISORY),
    "zonder-geld": lambda line: _violates(line.unfunded, Status.ADVISORY),
    "alles": lambda line: line.held.total > 0 and line.held.met == line.held.total,
}


def stand_words() -> dict[str, str]:
    """The filters on how an initiative stands, in words."""
    return {
        "kc": str(_("zonder geldig KC-oordeel")),
        "dubbel": str(_("mogelijk dubbel gefinancierd")),
        "zonder-geld": str(_("loopt zonder financiering")),
        "alles": str(_("alle voorwaarden behaald")),
    }


def phase_word(phase: str) -> str:
    """`opschalen`; before the start `nog niet gestart`."""
    if phase in {item.value for item in InitiativePhaseName}:
        return labels.word(InitiativePhaseName(phase), language())
    return str(_("nog niet gestart")) if phase == NOT_STARTED else phase
