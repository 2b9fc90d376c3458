"""Which practices a reader looks for: by words, by what they lack and by region; the filters live in the address."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import msgspec
from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from tracker.domain.finding import Status
from tracker.domain.records.enums import Step
from tracker.web.dates import link
from tracker.web.practice_rows import Mandated, PracticeRow


def _misses_step(row: PracticeRow) -> bool:
    return row.steps is not None and row.steps.status in (Status.PARTIAL, Status.NOT_MET, Status.PENDING)


STATES: dict[str, tuple[Any, Callable[[PracticeRow], bool]]] = {
    "stap-open": (lazy_gettext("Nog niet alle stappen"), _misses_step),
    "zonder-tijd": (lazy_gettext("Zonder tijdsinvestering"), lambda row: row.lacks(Step.TIME)),
    "zonder-vaardigheden": (lazy_gettext("Zonder digitale vaardigheden"), lambda row: row.lacks(Step.SKILLS)),
    "zonder-organisatie": (
        lazy_gettext("Zonder organisatorische implementatie"),
        lambda row: row.lacks(Step.ORGANISATION),
    ),
    "zonder-mandaat": (lazy_gettext("Mandaat ontbreekt"), lambda row: row.mandate is Mandated.MISSING),
    "dienst-ongebruikt": (
        lazy_gettext("Heeft een dienst, gebruikt die niet"),
        lambda row: row.used < row.offered,
    ),
    "geen-dienst": (lazy_gettext("Gebruikt geen dienst"), lambda row: row.used == 0),
    "zonder-keurmerk": (
        lazy_gettext("HIS zonder keurmerk"),
        lambda row: row.mark is not None and row.mark.status is Status.ADVISORY,
    ),
}


class Filters(msgspec.Struct, frozen=True):
    """What the address asks for: words, a state, a region and a page."""

    words: str = ""
    state: str = ""
    region: str = ""
    page: int = 1

    @classmethod
    def of_request(cls) -> Filters:
        """From the address; a word nobody knows filters nothing."""
        state, page = request.args.get("stand", ""), request.args.get("pagina", "")
        return cls(
            request.args.get("q", "").strip()[:100],
            state if state in STATES else "",
            request.args.get("regio", "").strip()[:60],
            int(page) if page.isdecimal() and 0 < len(page) < 6 else 1,
        )

    def keep(self, rows: Sequence[PracticeRow]) -> list[PracticeRow]:
        """The rows that fit."""
        wanted = self.words.casefold()
        fits = STATES[self.state][1] if self.state else (lambda row: True)
        return [
            row
            for row in rows
            if fits(row)
            and self.region in ("", row.region)
            and wanted in f"{row.practice.name} {row.practice.place or ''} {row.practice.code}".casefold()
        ]

    def in_words(self) -> list[str]:
        """For the head of a file and of a print."""
        found = [str(STATES[self.state][0])] if self.state else []
        found += [_("regio %(name)s", name=self.region)] if self.region else []
        return found + ([_("zoekwoord ‘%(words)s’", words=self.words)] if self.words else [])


def quick_states(rows: Sequence[PracticeRow], region: str) -> list[dict[str, Any]]:
    """What practices of a region lack, each with how many and the way to their names; what none lacks is left out."""
    counted = [(key, str(text), sum(map(fits, rows))) for key, (text, fits) in STATES.items()]
    listed = [("", _("Alle"), len(rows)), *(item for item in counted if item[2])]
    return [
        {"text": text, "url": link("practices.index", regio=region, stand=key or None), "current": False, "count": n}
        for key, text, n in listed
    ]
