"""The view models of the administrator's own pages."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from flask import current_app
from flask_babel import gettext as _
from flask_babel import ngettext

from tracker import __version__, clock, labels
from tracker.domain.programme import Programme
from tracker.domain.rules import programmes_for
from tracker.exchange.tables import Cell, Column, Table
from tracker.programmes import BUILT_IN, Fault, check_programme
from tracker.queries.administration import Administered, administered, people_in_use, sizes
from tracker.queries.findings import programmes
from tracker.queries.health import database_state
from tracker.queries.journal import last_change
from tracker.queries.people import kept_administrators
from tracker.settings import Mode, Settings
from tracker.web.dates import link
from tracker.web.downloads import download_links, shown
from tracker.web.frame import fictional, language
from tracker.web.programmes_view import owner_words, validity_words

MEGABYTE = 1024 * 1024
LONG_SILENT = 90
"""Days without a change after which a cooperation is named."""
MOST_NAMED = 20


def head(title: str, lead: str, **more: Any) -> dict[str, Any]:
    """The head of a page of the administrator."""
    home = link("administration.index")
    crumbs = [{"text": _("Beheer"), "url": home}, {"text": title}]
    return {"title": title, "lead": lead, "fictional": fictional(), "crumbs": crumbs, **more}


def overview_page() -> dict[str, Any]:
    """The view model of templates/administration/index.html."""
    regions, held, state = administered(clock.today(), clock.real_today()), sizes(), database_state()
    living = [item for item in regions if item.dissolved_on is None]
    tongue = language()
    return {
        "head": {
            "title": _("Beheer"),
            "fictional": fictional(),
            "lead": _("Wat er is, wat aandacht vraagt, en wat alleen een beheerder kan."),
        },
        "cards": [
            _card(
                "region_administration.index",
                _("Samenwerkingsverbanden"),
                len(living),
                ngettext("%(num)s praktijk", "%(num)s praktijken", sum(item.practices for item in living)),
            ),
            _card("people.index", _("Mensen"), people_in_use(), _("accounts die kunnen aanmelden")),
            _programmes_card(),
            _card(
                "imports.index",
                _("Importeren"),
                labels.number(held.records["initiative"], tongue),
                _("initiatieven vastgelegd"),
            ),
            _card(
                "administration.settings",
                _("Instellingen"),
                _("in orde") if state.is_ready else _("kijk na"),
                _("%(num)s regels in de geschiedenis", num=labels.number(held.lines, tongue)),
            ),
        ],
        "attention": [*kept_roles(), *attention(regions)],
    }


def _programmes_card() -> dict[str, Any]:
    faults = sum(len(found) for found in checked().values())
    foot = ngettext("%(num)s fout", "%(num)s fouten", faults) if faults else _("alle bestanden in orde")
    return _card("administration.programmes", _("Programma’s"), len(programmes()), foot)


def _card(endpoint: str, label: str, number: Any, foot: str) -> dict[str, Any]:
    return {"label": label, "url": link(endpoint), "number": number, "foot": foot}


def attention(regions: Iterable[Administered]) -> list[dict[str, Any]]:
    """What an administrator may want to mend: a sentence, and the cooperations it is about."""
    living = [item for item in regions if item.dissolved_on is None]
    now = clock.now()
    silent = [item for item in living if item.changed_at and (now - item.changed_at).days > LONG_SILENT]
    told = (
        (_("Zonder verzekeraar vandaag:"), [item for item in living if not item.insurers]),
        (_("Niemand heeft er een rol:"), [item for item in living if not item.people]),
        (_("Al meer dan %(days)s niets vastgelegd:", days=labels.days(LONG_SILENT, language())), silent),
    )
    return [
        {
            "text": text,
            "items": [
                {"text": item.name, "url": link("cooperations.overview", code=item.code)} for item in found[:MOST_NAMED]
            ],
            "rest": ngettext("en nog %(num)s", "en nog %(num)s", len(found) - MOST_NAMED)
            if len(found) > MOST_NAMED
            else None,
        }
        for text, found in told
        if found
    ]


def kept_roles() -> list[dict[str, Any]]:
    """Administrators whose organisation took the role back while there was no other."""
    text = _(
        "Volgens de eigen organisatie geen beheerder meer, hier gebleven als de laatste. Maak iemand anders beheerder; "
        "daarna eindigt de rol bij de volgende aanmelding:"
    )
    found = [{"text": name, "url": link("people.detail", number=number)} for number, name in kept_administrators()]
    return [{"text": text, "items": found, "rest": None}] if found else []


# --- programmes ---


def checked() -> dict[str, list[str]]:
    """The faults of every file of this version, by file name."""
    tongue = language()
    return {name: [fault.line(tongue) for fault in found] for name, found in _checked().items()}


@cache
def _checked() -> dict[str, list[Fault]]:
    """Asked once: the files belong to this version, and the examples in them take a moment."""
    return {path.name: check_programme(path) for path in sorted(BUILT_IN.glob("*.toml"))}


def programmes_page() -> dict[str, Any]:
    """The view model of templates/administration/programmes.html."""
    faults = checked()
    return {
        "head": head(
            _("Programma’s"),
            _("Wat verzekeraars en het land vragen, per editie. De bestanden horen bij deze versie van het programma."),
        ),
        "table": shown(programmes_table(), wide=True),
        "downloads": download_links(),
        "faults": [{"file": name, "faults": found} for name, found in faults.items() if found],
    }


def programmes_table() -> Table:
    """Every edition with where it applies today, for the page and as a file."""
    loaded, faults, today = programmes(), checked(), clock.today()
    living = [item for item in administered(today, clock.real_today()) if item.dissolved_on is None]
    counting = {item.key for item in programmes_for(loaded, today)}
    rows = tuple(
        (
            Cell(labels.words(item.title, language()), link("programmes.detail", key=item.key)),
            owner_words(item),
            item.version,
            validity_words(item),
            sum(asked.holds_on(today) for asked in item.requirements),
            Cell(len(item.switches), link("programmes.detail", key=item.key) + "#instellingen"),
            _applies(item, living) if item.key in counting else _("geen: telt vandaag niet"),
            f"{item.key}.toml",
            _("in orde") if not faults.get(f"{item.key}.toml") else _("fouten"),
        )
        for item in loaded
    )
    columns = (
        Column(_("Programma"), width=44),
        Column(_("Van"), width=24),
        Column(_("Versie")),
        Column(_("Geldig"), width=36),
        Column(_("Regels vandaag"), "number"),
        Column(_("Instellingen"), "number"),
        Column(_("Geldt vandaag voor"), width=44),
        Column(_("Bestand"), width=28),
        Column(_("Controle")),
    )
    return Table(title=_("Programma’s"), columns=columns, rows=rows)


def _applies(item: Programme, living: list[Administered]) -> str:
    key = item.insurer_key
    codes = [one.code for one in living if key is None or key in one.insurers]
    if len(codes) == len(living) and codes:
        return str(_("alle samenwerkingsverbanden"))
    return ", ".join(codes[:20]) + (f" (+{len(codes) - 20})" if len(codes) > 20 else "") or str(_("geen"))


# --- settings ---


def settings_page() -> dict[str, Any]:
    """The view model of templates/administration/settings.html."""
    return {
        "head": head(_("Instellingen"), _("Instellingen staan in de omgeving van de server; hier leest u ze alleen.")),
        "groups": [
            {"title": _("Installatie"), "rows": _installation(current_app.extensions["settings"])},
            {"title": _("Database"), "rows": _database(current_app.extensions["settings"])},
            {"title": _("Grenzen"), "rows": _limits(current_app.extensions["settings"])},
        ],
        "export_url": link("administration.settings", formaat="json"),
    }


def _installation(held: Settings) -> list[tuple[str, str]]:
    modes = {
        Mode.production: _("productie"),
        Mode.development: _("ontwikkeling"),
        Mode.demo: _("demonstratie"),
        Mode.test: _("test"),
    }
    today = labels.day_words(held.demo_today, language()) if held.demo_today else _("de echte dag")
    server = getattr(held, "mail_server", None)
    return [
        (_("Versie"), __version__),
        (_("Soort installatie"), str(modes[held.mode])),
        (_("Gegevens"), _("verzonnen") if fictional() else _("echt")),
        (_("Vandaag is"), str(today)),
        (_("Mail"), _("mailserver ingesteld") if server else _("geen mailserver: mail wacht")),
        (_("Meldingen in het logboek"), held.log_level),
    ]


def _database(held: Settings) -> list[tuple[str, str]]:
    state, found, changed, tongue = database_state(), sizes(), last_change(), language()
    size = _("onbekend") if found.database_bytes is None else _megabytes(found.database_bytes)
    names = {
        "cooperation": _("Samenwerkingsverbanden"),
        "practice": _("Praktijken"),
        "initiative": _("Initiatieven"),
        "product": _("Toepassingen"),
        "his_product": _("HIS-producten"),
    }
    return [
        (_("Soort database"), "SQLite" if held.is_sqlite else "PostgreSQL"),
        (_("Gezondheid"), _("in orde") if state.is_ready else _("de tabellen horen niet bij deze versie")),
        (_("Stap van de database"), f"{state.revision or '–'} / {state.head or '–'}"),
        (_("Grootte"), str(size)),
        (_("Laatst gewijzigd"), labels.moment_text(changed, tongue) if changed else str(_("nog nooit"))),
        *((str(names[kind]), labels.number(number, tongue)) for kind, number in found.records.items()),
        (_("Regels in de geschiedenis"), labels.number(found.lines, tongue)),
    ]


def _limits(held: Settings) -> list[tuple[str, str]]:
    return [
        (_("Grootste bestand"), _megabytes(held.max_upload_bytes)),
        (_("Records in één bestand"), labels.number(held.max_records, language())),
    ]


def _megabytes(size: int) -> str:
    return f"{labels.number(-(-size // MEGABYTE), language())} MB"
