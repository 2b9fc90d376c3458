"""A passage of a source as a page quotes it, and its anchor on the page of its document."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from flask_babel import gettext as _

from tracker import labels
from tracker.domain.programme import Passage, Programme
from tracker.web.dates import link
from tracker.web.frame import language

_UNSAFE = re.compile(r"[^A-Za-z0-9]+")


def passage_view(passage: Passage, programme: Programme, valid_from: date | None = None) -> dict[str, Any]:
    """A passage for `quote()` of templates/components/text.html, with the way to it."""
    document = next((item for item in programme.documents if item.alias == passage.document), None)
    named = [document.publisher, document.title] if document is not None else [passage.document]
    since = valid_from or programme.valid_from
    url = link("explanation.source", id=passage.document)
    return {
        "quote": passage.text,
        "document": ", ".join([*filter(None, named), _("regel %(place)s", place=passage.place)]),
        "valid_from": labels.day_words(since, language()) if since else None,
        "url": f"{url}#{place_id(passage)}" if url else None,
        "id": f"{passage.document}:{passage.place}",
    }


def place_id(passage: Passage) -> str:
    """The anchor of a passage on the page of its document."""
    return f"regel-{anchor(passage.place)}"


def anchor(text: str) -> str:
    """What of a text can stand in the id of a part of a page."""
    return _UNSAFE.sub("-", text)
