"""Documents of the sources in words, and texts of theirs with the addresses they name as links."""

from __future__ import annotations

import re
from typing import Any

from tracker.domain.programme import Document, Programme

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
