"""The tariffs of one party in one year: never those of another, and unknown where no source names an amount."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from flask import request
from flask_babel import gettext as _
from flask_babel import ngettext

from tracker import labels
from tracker.domain.programme import Amount, Programme, Tariff
from tracker.exchange.tables import Cell, Column, Table, Value
from tracker.web.dates import days, here, link
from tracker.web.downloads import download_links, shown, source_line
from tracker.web.frame import fictional, language
from tracker.web.funding_rules_view import in_year, period_words
from tracker.web.guide_view import unknown_amount
from tracker.web.passages_view import place_id
from tracker.web.programmes_view import owner_words

NATIONAL = "landelijk"


def key_of(programme: Programme) -> str:
    """The party of a programme in the address."""
    return programme.insurer_key or NATIONAL


class Chosen(msgspec.Struct, frozen=True):
    """The party and the year of the address."""

    party: str
    year: int

    @classmethod
    def of_request(cls, programmes: Sequence[Programme]) -> Chosen:
        """Unknown words choose the party with most tariffs and the year of the reference day."""
        keys = {key_of(item) for item in programmes}
        most = max(programmes, key=lambda item: (len(item.tariffs), item.key))
        wanted, year = request.args.get("verzekeraar", ""), request.args.get("jaar", "")
        known = {str(one): one for one in tariff_years(programmes)}
        return cls(wanted if wanted in keys else key_of(most), known.get(year, days().as_of.year))

    def editions(self, programmes: Iterable[Programme]) -> list[Programme]:
        return [item for item in programmes if key_of(item) == self.party]

    def rows(self, programmes: Iterable[Programme]) -> list[tuple[Programme, Tariff]]:
        """The tariffs of the party that hold on a day of the year, by code."""
        found = [
            (item, tariff)
            for item in self.editions(programmes)
            if in_year(item, self.year)
            for tariff in item.tariffs
            if _holds(tariff, self.year)
        ]
        return sorted(found, key=lambda pair: (pair[1].code is None, pair[1].code or "", pair[1].title.nl))

    def name(self, programmes: Iterable[Programme]) -> str:
        return next((owner_words(item) for item in self.editions(programmes)), self.party)

    def edition_words(self, programmes: Iterable[Programme]) -> str | None:
        """The editions of the year, with their version; nothing when there is none."""
        held = [item for item in self.editions(programmes) if in_year(item, self.year)]
        named = [
            _("%(title)s, versie %(version)s", title=labels.words(item.title, language()), version=item.version)
            for item in held
        ]
        return ", ".join(named) or None

    def in_words(self, programmes: Sequence[Programme]) -> list[str]:
        return [self.name(programmes), _("jaar %(year)s", year=self.year)]


def _holds(tariff: Tariff, year: int) -> bool:
    starts = tariff.valid_from is None or tariff.valid_from.year <= year
    return starts and (tariff.valid_to is None or year <= tariff.valid_to.year)


def tariff_years(programmes: Iterable[Programme]) -> list[int]:
    """Every year for which a tariff is named, and that of the reference day."""
    found = {days().as_of.year}
    for item in programmes:
        for tariff in item.tariffs:
            found |= {day.year for day in (tariff.valid_from, tariff.valid_to) if day is not None}
    return list(range(min(found), max(found) + 1))


def tariffs_page(chosen: Chosen, programmes: Sequence[Programme]) -> dict[str, Any]:
    """The view model of templates/funding/tariffs.html."""
    rows, name = chosen.rows(programmes), chosen.name(programmes)
    known = sum(tariff.amount_eur is not None for _programme, tariff in rows)
    table = tariffs_table(chosen, programmes)
    return {
        "head": _head(name, chosen.year),
        "parties": _parties(chosen, programmes),
        "years": [
            {"text": str(year), "url": here(jaar=str(year)), "current": year == chosen.year}
            for year in tariff_years(programmes)
        ],
        "summary": _(
            "%(rows)s, waarvan %(known)s met een bedrag in de bronnen.",
            rows=ngettext("%(num)s tarief", "%(num)s tarieven", len(rows)),
            known=known,
        ),
        "table": shown(table, wide=True) if rows else None,
        "empty": None if rows else _empty(name, chosen, programmes),
        "amounts": _amounts(chosen, programmes),
        "warning": _("Deze tarieven gelden alleen voor %(party)s, in %(year)s.", party=name, year=chosen.year),
        "downloads": download_links(),
        "source": source_line(chosen.in_words(programmes), chosen.edition_words(programmes)),
    }


def _head(name: str, year: int) -> dict[str, Any]:
    return {
        "title": _("Tarieven van %(party)s in %(year)s", party=name, year=year),
        "fictional": fictional(),
        "crumbs": [{"text": _("Bekostiging"), "url": link("funding.index")}, {"text": _("Tarieven")}],
        "lead": _(
            "Een bedrag hoort bij één verzekeraar en één jaar. Wat de bronnen niet noemen, is onbekend en nooit nul."
        ),
        "buttons": [{"text": _("Afdrukken"), "print": True}],
    }


def _parties(chosen: Chosen, programmes: Sequence[Programme]) -> list[dict[str, Any]]:
    listed = {key_of(item): owner_words(item) for item in programmes}
    return [
        {
            "text": name[:1].upper() + name[1:],
            "url": here(verzekeraar=key),
            "current": key == chosen.party,
            "count": len(Chosen(key, chosen.year).rows(programmes)),
        }
        for key, name in sorted(listed.items(), key=lambda pair: (pair[0] == NATIONAL, pair[1]))
    ]


def _empty(name: str, chosen: Chosen, programmes: Sequence[Programme]) -> dict[str, Any]:
    """Why there is nothing: annexes that are not available, or another year."""
    missing = [
        document.title
        for item in chosen.editions(programmes)
        for document in item.documents
        if not document.available and "ijlage" in document.title
    ]
    known = [str(year) for year in tariff_years(programmes) if Chosen(chosen.party, year).rows(programmes)]
    text = _("De bronnen noemen geen tarieven van %(party)s in %(year)s.", party=name, year=chosen.year)
    if known:
        text += " " + _("Wel in %(years)s.", years=labels.listed(known, language()))
    elif missing:
        text += " " + _("Niet beschikbaar: %(documents)s.", documents=labels.listed(missing, language()))
    return {"title": _("Geen tarieven bekend"), "text": text, "level": 2}


def _amounts(chosen: Chosen, programmes: Iterable[Programme]) -> list[dict[str, Any]]:
    """Other sums and numbers of the sources: an indexation, norm hours, a budget."""
    found = []
    for item in chosen.editions(programmes):
        found += [_amount(one) for one in item.amounts if one.year in (None, chosen.year)]
    return found


def _amount(item: Amount) -> dict[str, Any]:
    tongue = language()
    if item.amount_eur is not None:
        value = labels.euro(item.amount_eur, tongue)
    else:
        value = labels.number(item.value, tongue) if item.value is not None else unknown_amount()
    unit = labels.words(item.unit, tongue) if item.unit else ""
    joint = "" if unit == "%" else " "
    about = _("ongeveer ") if item.approximate else ""
    return {
        "title": labels.words(item.title, tongue),
        "value": f"{about}{value}{joint}{unit}".strip(),
        "note": labels.words(item.note, tongue) if item.note else None,
    }


def tariffs_table(chosen: Chosen, programmes: Sequence[Programme]) -> Table:
    """The tariffs as on the page and in the file."""
    rows = tuple(_row(programme, tariff) for programme, tariff in chosen.rows(programmes))
    columns = (
        Column(_("Tarief"), width=52),
        Column(_("Code"), width=9),
        Column(_("Bedrag"), "euro", width=14),
        Column(_("Per"), width=44),
        Column(_("Geldig"), width=24),
        Column(_("Opmerking"), width=50),
        Column(_("Bron"), width=12),
    )
    title = _("Tarieven van %(party)s in %(year)s", party=chosen.name(programmes), year=chosen.year)
    return Table(title=title, columns=columns, rows=rows)


def _row(programme: Programme, tariff: Tariff) -> tuple[Value | Cell, ...]:
    tongue = language()
    page = link("explanation.source", id=tariff.source.document)
    place = f"{tariff.source.document}:{tariff.source.place}"
    return (
        labels.words(tariff.title, tongue),
        tariff.code or "",
        tariff.amount_eur if tariff.amount_eur is not None else unknown_amount(),
        labels.words(tariff.unit, tongue) if tariff.unit else "",
        period_words(tariff),
        labels.words(tariff.note, tongue) if tariff.note else "",
        Cell(place, f"{page}#{place_id(tariff.source)}") if page else place,
    )
