"""Whom a reader of the register may see by name, and the filters that live in the address."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import msgspec
from flask import request
from flask_babel import gettext as _

from tracker import labels
from tracker.domain.products import Dependent, ProductGroup, VersionStanding
from tracker.domain.records.enums import ProductKind
from tracker.web.dates import days
from tracker.web.frame import language


class Scope(msgspec.Struct, frozen=True):
    """Which regions the reader may see by name; the others are counted."""

    codes: frozenset[str]

    def sees(self, dependent: Dependent) -> bool:
        return dependent.cooperation in self.codes

    def others(self, dependents: Iterable[Dependent]) -> int:
        """The number of regions that may not be named."""
        return len({item.cooperation for item in dependents if not self.sees(item)})


class Filters(msgspec.Struct, frozen=True):
    """What the address asks for: a state, a kind of product, a word."""

    state: str = ""
    kind: str = ""
    words: str = ""

    @classmethod
    def of_request(cls) -> Filters:
        """From the address; a word nobody knows filters nothing."""
        state, kind = request.args.get("stand", ""), request.args.get("soort", "")
        return cls(
            state if state in STATES else "",
            kind if kind in {item.value for item in ProductKind} else "",
            request.args.get("q", "").strip()[:100],
        )

    def keep(self, items: Iterable[VersionStanding], scope: Scope) -> list[VersionStanding]:
        """The versions that fit."""
        fits = STATES[self.state] if self.state else (lambda item: True)
        return [
            item
            for item in items
            if fits(item) and self.kind in ("", item.product.kind.value) and self._names(item, scope)
        ]

    def _names(self, item: VersionStanding, scope: Scope) -> bool:
        wanted = self.words.casefold()
        texts = [item.name, item.product.supplier or ""]
        texts += [f"{held.region} {held.initiative.title}" for held in item.dependents if scope.sees(held)]
        return not wanted or any(wanted in text.casefold() for text in texts)

    def in_words(self) -> list[str]:
        """For the head of a file and of a print."""
        found = [state_words()[self.state]] if self.state else []
        found += [_("soort %(kind)s", kind=labels.word(ProductKind(self.kind), language()))] if self.kind else []
        return found + ([_("zoekwoord ‘%(words)s’", words=self.words)] if self.words else [])


STATES: dict[str, Callable[[VersionStanding], bool]] = {
    "actie": lambda item: item.group is ProductGroup.ACTION,
    "geldig": lambda item: item.group is ProductGroup.VALID,
    "verloopt": lambda item: item.lapses_within(days().as_of),
}


def state_words() -> dict[str, str]:
    """The quick filters in words."""
    return {
        "actie": _("Actie nodig"),
        "geldig": _("Geldig oordeel"),
        "verloopt": _("Verloopt binnen 90 dagen"),
    }
