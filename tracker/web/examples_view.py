"""Good examples as pages: searched by direction, with who used them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from flask import request
from flask_babel import gettext as _
from flask_babel import ngettext

from tracker import labels
from tracker.domain.directions import SELECTED, directions_in
from tracker.domain.policy import Action
from tracker.domain.records.base import scalars_of
from tracker.domain.records.example import Sharing
from tracker.domain.shared_examples import SharedExample, Taker
from tracker.exchange.tables import Cell, Column, Table
from tracker.queries.codes import named
from tracker.web.date_bar import hidden_fields
from tracker.web.dates import days, here, link
from tracker.web.frame import fictional, language, programme
from tracker.web.lineage import take_over_url
from tracker.web.passages_view import passage_view
from tracker.web.region import codes
from tracker.web.scope import one, permitted

CAVEAT = "examples_caveat"
_DIRECTIONS = frozenset({"direction", "direction_phase"})


class Filters(msgspec.Struct, frozen=True):
    """What the address asks for: a theme or direction, a word, and a region that the examples must suit."""

    direction: str = ""
    words: str = ""
    region: str = ""
    chosen: frozenset[str] = frozenset()
    """The directions that the region works on."""

    @classmethod
    def of_request(cls) -> Filters:
        """From the address; a region that the reader does not see asks nothing."""
        direction, words = request.args.get("richting", "").strip()[:20], request.args.get("q", "").strip()[:100]
        region = request.args.get("past", "")
        if region not in permitted(Action.see_cooperation):
            return cls(direction, words)
        dossier = one(region, only=frozenset(), kinds=_DIRECTIONS).dossier
        chosen = directions_in(dossier.directions, days().as_of, SELECTED)
        return cls(direction, words, region, frozenset(item.code for item in chosen))

    def keep(self, items: Iterable[SharedExample]) -> list[SharedExample]:
        """The examples that fit; those that suit the region most come first."""
        wanted = self.words.casefold()
        found = [
            item
            for item in items
            if (not self.direction or any(_serves(code, self.direction) for code in item.directions))
            and wanted in f"{item.initiative.title} {item.region} {item.initiative.summary or ''}".casefold()
            and (not self.region or (item.cooperation != self.region and self.alike(item)))
        ]
        return sorted(found, key=lambda item: len(self.alike(item)), reverse=True)

    def alike(self, item: SharedExample) -> list[str]:
        """The directions that the example and the region have in common."""
        return [code for code in item.directions if code in self.chosen]

    def in_words(self) -> list[str]:
        """For the head of a file and of a print."""
        found = [str(_("richting %(value)s", value=self.direction))] if self.direction else []
        found += [str(_("past bij %(region)s", region=self.region))] if self.region else []
        return found + ([str(_("zoekwoord ‘%(value)s’", value=self.words))] if self.words else [])


def _serves(code: str, wanted: str) -> bool:
    return code == wanted or code.startswith(f"{wanted}.")


def direction_name(code: str) -> str:
    """`T1.1 Digitale bereikbaarheid`."""
    found = codes().directions.get(code)
    return f"{code} {labels.words(found.short, language())}" if found else code


def examples_page(items: Sequence[SharedExample], filters: Filters) -> dict[str, Any]:
    """The view model of templates/examples/index.html."""
    kept = filters.keep(items)
    return {
        "total": len(items),
        "words": filters.words,
        "hidden": [field for field in hidden_fields() if field["name"] != "q"],
        "filters": {
            "active": [],
            "choices": [_direction_choice(items, filters), _region_choice(filters)],
            "result": ngettext("%(num)s voorbeeld", "%(num)s voorbeelden", len(kept)),
            "clear_url": here(richting=None, q=None, past=None) if filters != Filters() else None,
        },
        "cards": [_card(item) | {"fits": _fits(item, filters)} for item in kept],
        "caveat": caveat(),
    }


def _region_choice(filters: Filters) -> dict[str, Any]:
    """The reader's regions: which examples are about what they work on."""
    seen = permitted(Action.see_cooperation)
    options = [("", str(_("alle regio’s"))), *(item for item in named("cooperation") if item[0] in seen)]
    return {
        "id": "past",
        "label": _("Past bij"),
        "value": dict(options).get(filters.region, filters.region),
        "options": [
            {"text": text, "url": here(past=key or None), "current": key == filters.region} for key, text in options
        ],
    }


def _fits(item: SharedExample, filters: Filters) -> str | None:
    """Why it suits the region that was asked for."""
    alike = filters.alike(item)
    if not alike:
        return None
    codes = labels.listed(alike, language())
    return str(_("Zelfde richting als %(region)s: %(codes)s", region=filters.region, codes=codes))


def caveat() -> dict[str, Any] | None:
    """What the source says beforehand of practice examples."""
    asked = programme()
    fact = next((item for item in asked.facts if item.key == CAVEAT), None)
    if fact is None:
        return None
    return {"title": labels.words(fact.title, language()), "source": passage_view(fact.source, asked)}


def _direction_choice(items: Sequence[SharedExample], filters: Filters) -> dict[str, Any]:
    held = sorted({code for item in items for code in item.directions})
    themes = [(theme.code, f"{theme.code} {labels.words(theme.title, language())}") for theme in programme().themes]
    named = [(key, text) for key, text in themes if any(_serves(code, key) for code in held)]
    named += [(code, direction_name(code)) for code in held]
    options = [("", str(_("alle"))), *sorted(named)]
    return {
        "id": "richting",
        "label": _("Richting"),
        "value": dict(options).get(filters.direction, filters.direction),
        "options": [
            {"text": text, "url": here(richting=key or None), "current": key == filters.direction}
            for key, text in options
        ],
    }


def _card(item: SharedExample) -> dict[str, Any]:
    return {
        "title": item.initiative.title,
        "url": link("examples.detail", id=item.code),
        "region": item.region,
        "summary": item.initiative.summary,
        "offer": item.sharing.summary,
        "directions": [direction_name(code) for code in item.directions],
        "shared": _("gedeeld op %(day)s", day=labels.day_words(item.sharing.shared_on, language())),
        "used": used_words(item),
    }


def used_words(item: SharedExample) -> str:
    """How often it was used, and by whom as far as the reader may know."""
    used = item.used_by
    if not used:
        return str(_("nog niet gebruikt"))
    regions = {taker.cooperation for taker in used}
    named = list(dict.fromkeys(taker.region for taker in used if _sees(taker)))
    others = len(regions) - len({taker.cooperation for taker in used if _sees(taker)})
    if others:
        named.append(str(ngettext("%(num)s andere regio", "%(num)s andere regio’s", others)))
    return str(_("gebruikt door %(who)s", who=labels.listed(named, language())))


def _sees(taker: Taker) -> bool:
    return taker.cooperation in permitted(Action.see_cooperation)


def example_page(item: SharedExample, everything: Iterable[SharedExample]) -> dict[str, Any]:
    """The view model of templates/examples/detail.html."""
    tongue = language()
    own = item.cooperation in permitted(Action.see_cooperation)
    alike = [other for other in everything if other.code != item.code and set(other.directions) & set(item.directions)]
    facts: list[list[Any]] = [[{"text": item.region, "strong": True}]]
    if item.initiative.started_on is not None:
        day = labels.day_words(item.initiative.started_on, tongue)
        facts.append([_("Gestart"), " ", {"text": day, "strong": True}])
    facts.append([_("Gedeeld"), " ", {"text": labels.day_words(item.sharing.shared_on, tongue), "strong": True}])
    return {
        "head": {
            "title": item.initiative.title,
            "fictional": fictional(),
            "crumbs": [
                {"text": _("Goede voorbeelden"), "url": link("examples.index")},
                {"text": item.initiative.title},
            ],
            "lead": item.initiative.summary,
            "facts": facts,
            "buttons": _buttons(item),
        },
        "offer": item.sharing.summary,
        "told": _told(item),
        "place": _place(item),
        "directions": [_direction(code) for code in item.directions],
        "initiative": link("initiatives.detail", id=item.code) if own else None,
        "used": used_words(item),
        "takers": _takers(item),
        "alike": [_card(other) for other in alike],
        "caveat": caveat(),
        "as_of": labels.day_words(days().as_of, tongue),
    }


def _buttons(item: SharedExample) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = [{"text": _("Afdrukken"), "print": True}]
    if not days().is_past and (url := take_over_url(item)):
        found.append({"text": _("Neem over als plan"), "icon": "plus-lg", "url": url, "primary": True})
    return found


def _told(item: SharedExample) -> list[dict[str, str]]:
    """What its region says of it, question by question."""
    wanted = ("audience", "result", "cost", "conditions", "contact")
    return [
        {"label": labels.words(field.label, language()), "text": text}
        for field in scalars_of(Sharing)
        if field.attribute in wanted and (text := getattr(item.sharing, field.attribute))
    ]


def _place(item: SharedExample) -> dict[str, str | None] | None:
    """Where more of it is found; only an ordinary web address becomes a link."""
    text = item.sharing.link
    if not text:
        return None
    return {"text": text, "url": text if text.startswith(("https://", "http://")) else None}


def _direction(code: str) -> dict[str, str]:
    found = codes().directions.get(code)
    title = labels.words(found.title, language()) if found else ""
    return {"code": code, "title": title, "url": link("examples.index", richting=code)}


def _takers(item: SharedExample) -> list[dict[str, Any]]:
    """Who looked at it, of the regions that the reader may see."""
    tongue = language()
    return [
        {
            "region": taker.region,
            "title": taker.initiative.title,
            "url": link("initiatives.detail", id=taker.initiative.code),
            "outcome": labels.word(taker.record.outcome, tongue),
            "day": labels.day_words(taker.record.considered_on, tongue),
            "reason": taker.record.reason,
        }
        for taker in item.takers
        if _sees(taker)
    ]


def examples_table(items: Iterable[SharedExample]) -> Table:
    """The same examples for a file."""
    rows = tuple(
        (
            Cell(item.initiative.title, link("examples.detail", id=item.code)),
            item.region,
            ", ".join(item.directions),
            item.sharing.shared_on,
            item.initiative.summary or "",
            item.sharing.summary or "",
            item.sharing.link or "",
            len({taker.cooperation for taker in item.used_by}),
        )
        for item in items
    )
    columns = (
        Column(_("Voorbeeld"), width=34),
        Column(_("Regio"), width=24),
        Column(_("Richtingen")),
        Column(_("Gedeeld op"), "day"),
        Column(_("Samenvatting"), width=60),
        Column(_("Over te nemen"), width=60),
        Column(_("Vindplaats"), width=30),
        Column(_("Gebruikt door regio’s"), "number"),
    )
    return Table(title=_("Goede voorbeelden"), columns=columns, rows=rows)
