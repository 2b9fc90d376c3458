"""Documents of the sources in words, and texts of theirs with the addresses they name as links."""

from __future__ import annotations

import re
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from tracker import labels
from tracker.domain.passages import Place, document_named, places_in
from tracker.domain.programme import Document, Programme
from tracker.queries.findings import programmes
from tracker.web.dates import link
from tracker.web.frame import fictional, language
from tracker.web.passages_view import place_id

_ADDRESS = re.compile(r"(?P<mail>[\w.+-]+@[\w-]+\.[\w.-]*\w)|(?P<web>www\.[\w-]+\.\w+(?:/[\w./-]*\w)?)")


def document_of(programme: Programme, alias: str) -> Document | None:
    """A document by the alias a passage names."""
    return next((item for item in programme.documents if item.alias == alias), None)


def document_words(document: Document) -> str:
    """`Menzis, Uitwerking van een richtinggevend beeld digitale huisartsenzorg (2022)`."""
    named = ", ".join(part for part in (document.publisher, document.title) if part)
    return f"{named} ({document.dated})" if document.dated else named


def with_addresses(text: str) -> list[Any]:
    """A text with its e-mail and web addresses as links, for `rich` in templates/components/text.html."""
    parts: list[Any] = []
    last = 0
    for found in _ADDRESS.finditer(text):
        parts.append(text[last : found.start()])
        target = f"mailto:{found[0]}" if found["mail"] else f"https://{found[0]}"
        parts.append({"text": found[0], "url": target})
        last = found.end()
    parts.append(text[last:])
    return [part for part in parts if part]


def source_page(alias: str) -> dict[str, Any] | None:
    """The view model of templates/explanation/source.html: a document with every passage that is quoted from it."""
    document = document_named(programmes(), alias)
    if document is None:
        return None
    places = places_in(programmes(), alias)
    users = [item for item in programmes() if document_of(item, alias) is not None]
    tongue = language()
    return {
        "head": {
            "title": document.title,
            "fictional": fictional(),
            "crumbs": [{"text": _("Regels"), "url": link("explanation.rules")}, {"text": document.title}],
            "facts": [[part] for part in (document.publisher, document.dated) if part],
            "tags": [] if document.available else [{"text": _("niet beschikbaar"), "tone": "slate"}],
            "buttons": [{"text": _("Afdrukken"), "print": True}],
        },
        "note": labels.words(document.note, tongue) if document.note else None,
        "available": document.available,
        "users": [
            {"text": labels.words(item.title, tongue), "url": link("programmes.detail", key=item.key)} for item in users
        ],
        "places": [_place(item) for item in places],
        "count": ngettext("%(num)s plaats aangehaald", "%(num)s plaatsen aangehaald", len(places)),
    }


def _place(item: Place) -> dict[str, Any]:
    """One place: the words that are quoted there, and what each is quoted for."""
    tongue = language()
    by_text: dict[str, list[dict[str, str]]] = {}
    for held in item.quotations:
        page = link("programmes.detail", key=held.programme.key)
        title = labels.words(held.title, tongue) if held.title else labels.words(held.programme.title, tongue)
        text = f"{held.rule} {title}" if held.rule else title
        user = {"text": text, "url": f"{page}#{held.rule}" if held.rule else page}
        listed = by_text.setdefault(held.passage.text, [])
        if user not in listed:
            listed.append(user)
    return {
        "id": place_id(item.quotations[0].passage),
        "place": item.place,
        "texts": [{"text": text, "users": users} for text, users in by_text.items()],
    }
