"""What is read as one word never breaks at its hyphen: a day (`26-8-2025`), a passage of a source (`ZF:211-213`)."""

from __future__ import annotations

import re
from typing import Any

from flask import Flask
from markupsafe import Markup, escape

_KEPT = re.compile(r"\b(?:\d{1,2}-\d{1,2}-\d{4}|[A-Z]{1,3}:\d+-\d+)\b")
_TAG_OR_KEPT = re.compile(rf"<[^>]*>|{_KEPT.pattern}")


def unbroken(text: Any) -> Any:
    """The text, or the HTML of a cell, with every day and passage kept together."""
    if not isinstance(text, str) or not _KEPT.search(text):
        return text
    return Markup(_TAG_OR_KEPT.sub(_kept, str(escape(text))))  # noqa: S704 - escaped, the rest is ours


def _kept(found: re.Match[str]) -> str:
    return found[0] if found[0].startswith("<") else f'<span class="unbroken">{found[0]}</span>'


def install(app: Flask) -> None:
    """Give templates the filter `unbroken`."""
    app.jinja_env.filters["unbroken"] = unbroken
