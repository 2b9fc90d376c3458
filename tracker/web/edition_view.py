"""Two editions of one insurer's programme side by side."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _

from tracker import labels
from tracker.domain.editions import Difference, EditionChange, Part, differences, editions_of
from tracker.domain.programme import Programme, Words
from tracker.queries.findings import programmes
from tracker.web.dates import link
from tracker.web.frame import language

_TOLD = frozenset({Part.SWITCH, Part.REQUIREMENT, Part.CONDITION})
"""Parts of which also a new or dropped item is given in full; of the others its title is enough."""


def in_words(pair: Words) -> str:
    """A pair in the language of the page."""
    return labels.words(pair, language())


def setting_words(value: Any, name: str = "") -> str:
    """A setting or a text as people read it; a year has no separator."""
    if isinstance(value, int) and "year" in name:
        return str(value)
    if value is None:
        return str(_("niet genoemd"))
    if isinstance(value, float):
        return labels.number(Decimal(str(value)), language())
    if isinstance(value, list | tuple):
        return ", ".join(setting_words(item) for item in value) or str(_("geen"))
    if isinstance(value, dict):
        return "; ".join(f"{key}: {setting_words(held)}" for key, held in value.items())
    return labels.value_text(value, language())


def edition_card(item: Programme) -> dict[str, Any] | None:
    """What differs from the edition before; of the first edition from the one after."""
    editions = editions_of(programmes(), item.insurer_key)
    if len(editions) < 2:
        return None
    place = [held.key for held in editions].index(item.key)
    before, after = (editions[place - 1], item) if place else (item, editions[1])
    found = differences(before, after)
    heads = (_("Onderdeel"), _("Wat"), in_words(before.title), in_words(after.title))
    return {
        "title": _(
            "Verschillen tussen %(before)s en %(after)s", before=in_words(before.title), after=in_words(after.title)
        ),
        "other": _other(item, before, after),
        "summary": _counted(found),
        "table": {
            "caption": _("Verschillen tussen twee edities"),
            "columns": [{"text": text} for text in heads],
            "rows": [{"cells": _difference(held)} for held in found],
            "wide": True,
        }
        if found
        else None,
    }


def _other(item: Programme, before: Programme, after: Programme) -> dict[str, str]:
    other = before if after is item else after
    return {"text": in_words(other.title), "url": link("programmes.detail", key=other.key)}


def _counted(found: Sequence[Difference]) -> str:
    def count(change: EditionChange) -> int:
        return sum(item.change is change for item in found)

    return str(
        _(
            "%(changed)s gewijzigd, %(added)s nieuw, %(dropped)s vervallen.",
            changed=count(EditionChange.CHANGED),
            added=count(EditionChange.ADDED),
            dropped=count(EditionChange.DROPPED),
        )
    )


def part_words() -> dict[Part, str]:
    """The parts of a programme in words."""
    return {
        Part.SWITCH: str(_("instelling")),
        Part.REQUIREMENT: str(_("regel")),
        Part.CONDITION: str(_("voorwaarde")),
        Part.TARIFF: str(_("tarief")),
        Part.ROUTE: str(_("route")),
        Part.ARTICLE: str(_("artikel")),
        Part.SERVICE: str(_("onderdeel")),
        Part.FACT: str(_("uitleg")),
    }


def _difference(item: Difference) -> list[Any]:
    title = in_words(item.title) if isinstance(item.title, Words) else item.title
    told = item.change is EditionChange.CHANGED or item.part in _TOLD
    before = setting_words(item.before, item.key) if told else _("kwam voor")
    after = setting_words(item.after, item.key) if told else _("nieuw")
    if item.change is EditionChange.ADDED:
        before = _("kwam niet voor")
    elif item.change is EditionChange.DROPPED:
        after = _("vervallen")
    return [part_words()[item.part], title, before, after]
