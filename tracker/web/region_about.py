"""What else the sources ask to know of a region: contacts, papers, systems, social domain, what practices can join."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask_babel import gettext as _

from tracker import labels
from tracker.domain.periods import active, covers
from tracker.domain.programme import Programme
from tracker.domain.records.enums import ContactRole, Standard, SupportLine, System
from tracker.domain.records.product import Product
from tracker.exchange.tables import Cell, Column, Table, Value
from tracker.programmes import load_programmes
from tracker.web.answers import forms_of
from tracker.web.dates import days, link
from tracker.web.downloads import download_links, shown
from tracker.web.frame import language
from tracker.web.region import codes, systems_of, words
from tracker.web.region_waivers import waivers_table
from tracker.web.scope import Visible
from tracker.web.vision_versions import visions_table

FEW_DIRECTIONS = 3
"""With no more than these the column of the roadmap has room for a card; with more it is the longer one."""


def about_cards(seen: Visible) -> dict[str, Any]:
    """A card for each table that holds something, and what holds nothing yet: see templates/components/cards.html.

    `beside` = what stands below the roadmap, so that both columns of the page end near each other.
    """
    texts = {
        "visies": _("Welke versie wanneer gold, wie haar droeg, en welke richtingen erbij aansluiten."),
        "afwijkingen": _("Wat anders of later mag. De status van een regel verandert er niet door."),
        "contacten": _("De regiomanager van de verzekeraar denkt mee over vormgeving en financiële onderbouwing."),
        "regiodocumenten": _(
            "Het regiobeeld, de regiovisie en het regioplan zijn breder dan de visie op digitalisering."
        ),
        "koppelingen": _("Welke systemen vanuit het HIS gekoppeld zijn, met welke informatiestandaarden."),
        "deelname": _("Waar praktijken aan mee kunnen doen, en welke steun zij krijgen."),
        "sociaal-domein": _("De acht soorten afspraken met gemeente en sociaal domein."),
    }
    forms = forms_of(seen.dossier)
    tables = about_tables(seen)
    filled = [_card(name, table, texts[name]) for name, table in tables.items() if table.rows]
    beside = 1 if len(seen.dossier.directions) <= FEW_DIRECTIONS else 0
    return {
        "beside": filled[:beside],
        "filled": filled[beside:],
        "nothing": [
            {"id": name, "title": table.title, "text": texts[name], "button": forms.add(_PLACES[name])}
            for name, table in tables.items()
            if not table.rows and name in _PLACES
        ],
    }


_PLACES = {
    "visies": "vision",
    "contacten": "contact",
    "regiodocumenten": "regional_document",
    "koppelingen": "integration",
    "deelname": "participation_offer",
    "sociaal-domein": "social_agreement_record",
}
"""What is recorded in each table that every region should fill; a deviation is made at its rule."""


def _card(name: str, table: Table, text: str) -> dict[str, Any]:
    return {
        "id": name,
        "title": table.title,
        "text": text,
        "table": shown(table, wide=True),
        "downloads": download_links(name),
    }


def about_tables(seen: Visible) -> dict[str, Table]:
    """The tables by the name in the address."""
    return {
        "visies": visions_table(seen),
        "afwijkingen": waivers_table(seen),
        "contacten": contacts_table(seen),
        "regiodocumenten": documents_table(seen),
        "koppelingen": systems_table(seen),
        "deelname": offers_table(seen),
        "sociaal-domein": social_table(seen),
    }


def contacts_table(seen: Visible) -> Table:
    """Who speaks for whom on the day."""
    order = list(ContactRole)
    held = sorted(active(seen.dossier.contacts, days().as_of), key=lambda item: (order.index(item.role), item.person))
    rows = [
        (
            labels.capital(labels.word(item.role, language())),
            item.person,
            codes().insurers.get(item.insurer, item.insurer) if item.insurer else seen.dossier.name,
            item.from_on,
        )
        for item in held
    ]
    columns = (
        Column(_("Rol"), width=30),
        Column(_("Naam"), width=24),
        Column(_("Namens"), width=24),
        Column(_("Sinds"), "day"),
    )
    return Table(title=_("Contactpersonen"), columns=columns, rows=tuple(rows))


def documents_table(seen: Visible) -> Table:
    """The broad papers of the region, newest first."""
    held = sorted(seen.dossier.regional_documents, key=lambda item: item.adopted_on, reverse=True)
    rows = [
        (labels.capital(labels.word(item.kind, language())), _linked(item.title, item.link), item.adopted_on)
        for item in held
    ]
    columns = (Column(_("Soort")), Column(_("Titel"), width=44), Column(_("Vastgesteld op"), "day"))
    return Table(title=_("Regiobeeld, regiovisie en regioplan"), columns=columns, rows=tuple(rows))


def _linked(text: str, address: str | None) -> Value | Cell:
    """A title that leads to its place, where that is an address of the web."""
    safe = address is not None and address.startswith(("https://", "http://"))
    return Cell(text, address) if safe and address is not None else text


# --- systems ---


def systems_table(seen: Visible) -> Table:
    """The seven kinds of system 2a-2g: linked or not, since when, with which standards and marks."""
    day, programme = days().as_of, _roadmap()
    if not seen.dossier.integrations and not seen.dossier.preferred_his:
        return Table(title=_("Koppelingen en informatiestandaarden"), columns=_system_columns(), rows=())
    letters = _letters(programme)
    rows = [_system(seen, system, letters.get(place), day) for place, system in enumerate(System)]
    return Table(title=_("Koppelingen en informatiestandaarden"), columns=_system_columns(), rows=tuple(rows))


def _system_columns() -> tuple[Column, ...]:
    return (
        Column(_("Systeem"), width=34),
        Column(_("Gekoppeld sinds"), width=16),
        Column(_("Toepassing"), width=22),
        Column(_("Informatiestandaarden"), width=44),
        Column(_("XIS-keurmerk"), width=30),
    )


def _roadmap() -> Programme | None:
    return next((item for item in load_programmes() if item.themes), None)


def _letters(programme: Programme | None) -> dict[int, str]:
    """The titles of components 2a-2g in the order of the systems."""
    if programme is None:
        return {}
    listed = [direction for theme in programme.themes for direction in theme.directions]
    held = next((item for item in listed if len(item.components) == len(System)), None)
    return {place: f"{part.code} {words(part.title)}" for place, part in enumerate(held.components)} if held else {}


def _system(seen: Visible, system: System, title: str | None, day: date) -> tuple[Value | Cell, ...]:
    held = sorted(
        (item for item in active(seen.dossier.integrations, day) if item.system is system),
        key=lambda item: item.from_on,
    )
    since = held[0].from_on if held else None
    products = {item.product for item in held if item.product}
    named = [product for product in seen.register.products if product.code in products]
    standards = [use for item in held for use in active(item.standards, day)]
    return (
        title or labels.capital(labels.word(system, language())),
        labels.day_short(since, language()) if since else _linked_words(system),
        _product(named[0]) if named else "",
        _standards(standards),
        _marks(seen, day) if system is System.HIS else "",
    )


def _linked_words(system: System) -> str:
    """The GP system is what the others are linked with."""
    return str(_("basis van de koppelingen") if system is System.HIS else _("niet gekoppeld"))


def _product(product: Product) -> Value | Cell:
    url = link("products.detail", id=product.code)
    return Cell(product.name, url) if url else product.name


def _standards(uses: Iterable[Any]) -> str:
    first: dict[Standard, date] = {}
    for use in sorted(uses, key=lambda item: item.from_on):
        first.setdefault(use.standard, use.from_on)
    told = [
        f"{labels.word(item, language())} ({_('sinds %(day)s', day=labels.day_short(first[item], language()))})"
        for item in Standard
        if item in first
    ]
    return ", ".join(told)


def _marks(seen: Visible, day: date) -> str:
    """The mark of every GP system that practices of the region use, and which one is preferred."""
    used = {total.key for total in systems_of(seen.code)}
    preferred = {item.his for item in active(seen.dossier.preferred_his, day)}
    told = []
    for product in sorted(seen.register.his_products, key=lambda item: item.name):
        if product.name not in used and product.code not in preferred:
            continue
        mark = next((item for item in product.xis_marks if covers(item.from_on, item.to_on, day)), None)
        said = _("sinds %(day)s", day=labels.day_short(mark.from_on, language())) if mark else _("geen")
        word = _("preferent")
        told.append(f"{product.name}: {said}" + (f", {word}" if product.code in preferred else ""))
    return "; ".join(told)


# --- what practices can take part in, and the social domain ---


def offers_table(seen: Visible) -> Table:
    """Offers to take part in and the three lines of support, on the day."""
    day = days().as_of
    offers = sorted(active(seen.dossier.participation_offers, day), key=lambda item: (item.kind, item.title))
    rows: list[tuple[Value, ...]] = [
        (_("Deelname"), labels.capital(labels.word(item.kind, language())), item.title, item.from_on, item.to_on or "")
        for item in offers
    ]
    running = active(seen.dossier.support_activities, day)
    for line in SupportLine:
        held = sorted((item for item in running if item.line is line), key=lambda item: item.from_on)
        name = labels.capital(labels.word(line, language()))
        rows += [(_("Steun"), name, item.title, item.from_on, item.to_on or "") for item in held]
        if not held and (offers or running):
            rows.append((_("Steun"), name, _("geen actieve steun op deze lijn"), "", ""))
    columns = (
        Column(_("Aanbod")),
        Column(_("Soort"), width=28),
        Column(_("Wat"), width=44),
        Column(_("Van"), "day"),
        Column(_("Tot en met"), "day"),
    )
    return Table(title=_("Deelname en steun voor praktijken"), columns=columns, rows=tuple(rows))


def social_table(seen: Visible) -> Table:
    """Each of the eight kinds of agreement: made or not."""
    day = days().as_of
    national = next((item for item in load_programmes() if item.social_agreements), None)
    held = {
        item.kind.value: item for item in seen.dossier.social_agreements if covers(item.agreed_on, item.ended_on, day)
    }
    listed = national.social_agreements if national is not None and seen.dossier.social_agreements else ()
    rows = []
    for step in listed:
        agreed = held.get(step.key)
        told = (agreed.partner or "", agreed.text or "") if agreed else ("", _("geen afspraak"))
        rows.append((words(step.title), agreed.agreed_on if agreed else "", *told))
    columns = (
        Column(_("Soort afspraak"), width=40),
        Column(_("Sinds"), "day"),
        Column(_("Met"), width=24),
        Column(_("Afspraak"), width=50),
    )
    return Table(title=_("Afspraken met het sociale domein"), columns=columns, rows=tuple(rows))
