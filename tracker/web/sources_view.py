"""Passages of the sources as the pages quote them, each with the way to its place in the document."""

from __future__ import annotations

import re
from typing import Any

from tracker import labels
from tracker.domain.programme import Document, Passage, Programme
from tracker.web.dates import link
from tracker.web.frame import language

_ADDRESS = re.compile(r"(?P<mail>[\w.+-]+@[\w-]+\.[\w.-]*\w)|(?P<web>www\.[\w-]+\.\w+(?:/[\w./-]*\w)?)")


def place_anchor(place: str) -> str:
    """The name of a passage on the page of its document."""
    return "regel-" + re.sub(r"[^0-9A-Za-z]+", "-", place).strip("-")


def document_of(programme: Programme, alias: str) -> Document | None:
    """A document by the alias a passage names."""
    return next((item for item in programme.documents if item.alias == alias), None)


def document_words(document: Document) -> str:
    """`Menzis, Uitwerking van een richtinggevend beeld digitale huisartsenzorg (2022)`."""
    named = ", ".join(part for part in (document.publisher, document.title) if part)
    return f"{named} ({document.dated})" if document.dated else named


def quoted(passage: Passage, programme: Programme) -> dict[str, Any]:
    """The view model of `quote` in templates/components/text.html."""
    document = document_of(programme, passage.document)
    page = link("explanation.source", id=passage.document)
    place = f"{passage.document}:{passage.place}"
    return {
        "quote": passage.text,
        "document": document_words(document) if document else passage.document,
        "valid_from": labels.day_words(programme.valid_from, language()) if programme.valid_from else None,
        "url": f"{page}#{place_anchor(passage.place)}" if page else None,
        "id": place,
    }


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
