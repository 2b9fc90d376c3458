"""The view models of cooperations for the administrator."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from tracker import clock, labels
from tracker.domain.mergers import still_open
from tracker.exchange.tables import Cell, Column, Table
from tracker.forms.administration import AskedForm
from tracker.operations.cooperations import is_invented
from tracker.operations.dossiers import ImportReport
from tracker.programmes import catalogue
from tracker.queries.administration import Administered, administered
from tracker.queries.dossiers import load
from tracker.queries.findings import programmes
from tracker.web.administration_view import head
from tracker.web.dates import link
from tracker.web.downloads import download_links
from tracker.web.downloads import shown as table_shown
from tracker.web.frame import language
from tracker.web.import_view import numbers_table

OPEN_KINDS = frozenset({"contract", "initiative", "initiative_phase", "ict_lead", "practice", "practice.memberships"})


def living_cooperations() -> list[Administered]:
    """The cooperations that have not ended."""
    everything = administered(clock.today(), clock.real_today())
    return [item for item in everything if item.dissolved_on is None]


def list_page() -> dict[str, Any]:
    """The view model of templates/administration/regions.html."""
    everything = administered(clock.today(), clock.real_today())
    table = table_shown(_table(everything), wide=True)
    for row, item in zip(table["rows"], everything, strict=True):
        row["cells"].append(_closing_cell(item))
    table["columns"].append({"text": _("Handeling")})
    buttons = [
        {"text": _("Voeg samen"), "url": link("region_administration.merging")},
        {"text": _("Open een samenwerkingsverband"), "url": link("region_administration.opening"), "primary": True},
    ]
    lead = _("Alle samenwerkingsverbanden, ook die zijn opgeheven. Dossiers blijven altijd leesbaar.")
    return {
        "head": head(_("Samenwerkingsverbanden beheren"), lead, buttons=buttons),
        "table": table if everything else None,
        "empty": {
            "title": _("Er is nog geen samenwerkingsverband."),
            "text": _("Open er een, of lees een dossierbestand in."),
        },
        "downloads": download_links(),
    }


def _closing_cell(item: Administered) -> Any:
    if item.dissolved_on is not None:
        return _("opgeheven")
    return {"text": _("Sluit %(code)s", code=item.code), "url": link("region_administration.closing", code=item.code)}


def regions_table() -> Table:
    """Every cooperation as a file."""
    return _table(administered(clock.today(), clock.real_today()))


def _table(items: list[Administered]) -> Table:
    names, tongue = catalogue(programmes()).insurers, language()
    rows = tuple(
        (
            Cell(item.code, link("cooperations.overview", code=item.code)),
            item.name,
            ", ".join(names.get(key, key) for key in item.insurers) or _("geen"),
            item.practices,
            item.people,
            item.founded_on or "",
            item.dissolved_on or "",
            labels.moment_text(item.changed_at, tongue) if item.changed_at else "",
        )
        for item in items
    )
    columns = (
        Column(_("Code")),
        Column(_("Naam"), width=34),
        Column(_("Verzekeraars nu"), width=30),
        Column(_("Praktijken"), "number"),
        Column(_("Mensen"), "number"),
        Column(_("Opgericht"), "day"),
        Column(_("Opgeheven"), "day"),
        Column(_("Laatst gewijzigd"), width=24),
    )
    return Table(title=_("Samenwerkingsverbanden"), columns=columns, rows=rows)


# --- forms ---


def opening_page(form: AskedForm) -> dict[str, Any]:
    """The view model of templates/administration/opening.html."""
    lead = _("Daarna richt u de regio in: praktijken, een eerste visie en de mensen die eraan werken.")
    return {
        "head": head(_("Samenwerkingsverband openen"), lead),
        "form": form,
        "errors": form.errors_shown,
        "invented": is_invented(),
        "cancel_url": link("region_administration.index"),
    }


def closing_page(code: str, form: AskedForm) -> dict[str, Any] | None:
    """The view model of templates/administration/closing.html; None where there is no such cooperation."""
    found = load([code], OPEN_KINDS).dossiers
    if not found:
        return None
    lead = _("Het dossier blijft leesbaar, met alles wat er ooit in is vastgelegd.")
    ended = found[0].dissolved_on
    return {
        "head": head(_("%(name)s sluiten", name=found[0].name), lead),
        "form": form,
        "errors": form.errors_shown,
        "ended": labels.day_words(ended, language()) if ended else None,
        "open": _open_words(still_open(found[0], clock.today())),
        "cancel_url": link("region_administration.index"),
    }


def _open_words(numbers: dict[str, int]) -> list[str]:
    told = {
        "contracts": ngettext("%(num)s lopende overeenkomst", "%(num)s lopende overeenkomsten", numbers["contracts"]),
        "initiatives": ngettext("%(num)s lopend initiatief", "%(num)s lopende initiatieven", numbers["initiatives"]),
        "leads": ngettext("%(num)s CIO of CMIO in functie", "%(num)s CIO’s of CMIO’s in functie", numbers["leads"]),
        "practices": ngettext("%(num)s aangesloten praktijk", "%(num)s aangesloten praktijken", numbers["practices"]),
    }
    return [told[key] for key, number in numbers.items() if number]


def merging_page(form: AskedForm, living: list[Administered], told: ImportReport | None) -> dict[str, Any]:
    """The view model of templates/administration/merging.html; `told` is what the merger would do."""
    chosen, bring = set(form["codes"].data or ()), set(form["bring"].data or ())
    lead = _("De oude samenwerkingsverbanden eindigen en het nieuwe begint. Niets gaat vanzelf mee.")
    return {
        "head": head(_("Samenwerkingsverbanden samenvoegen"), lead),
        "form": form,
        "errors": form.errors_shown,
        "rows": [
            {
                "code": item.code,
                "name": item.name,
                "practices": ngettext("%(num)s praktijk", "%(num)s praktijken", item.practices),
                "chosen": item.code in chosen,
                "bring": item.code in bring,
            }
            for item in living
        ],
        "preview": None if told is None else _preview(form, living, told),
        "cancel_url": link("region_administration.index"),
    }


def _preview(form: AskedForm, living: list[Administered], told: ImportReport) -> dict[str, Any]:
    codes = set(form.raw("codes"))
    old = [item for item in living if item.code in codes]
    names, first = labels.listed([item.name for item in old], language()), form["founded_on"].data
    moved = told.tallies.get((form.raw("code"), "practice"))
    practices = moved.added if moved else 0
    return {
        "sentences": [
            _(
                "%(name)s begint op %(day)s, met de code %(code)s.",
                name=form.raw("name"),
                day=first,
                code=form.raw("code"),
            ),
            _("%(names)s eindigen de dag ervoor, en daarmee hun verzekeraars.", names=names),
            ngettext(
                "%(num)s praktijk gaat mee en krijgt een nieuwe code.",
                "%(num)s praktijken gaan mee en krijgen een nieuwe code.",
                practices,
            )
            if practices
            else _("Er gaan geen praktijken mee."),
            _("Visie, overeenkomsten, initiatieven, tellingen en gebruik blijven in de oude dossiers."),
            _("Rollen van mensen gaan niet mee: geef hun een rol bij het nieuwe samenwerkingsverband."),
        ],
        "numbers": numbers_table(told),
    }
