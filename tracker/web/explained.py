"""Abbreviations of the trade: where a page says one for the first time, it is a link to its meaning."""

from __future__ import annotations

import re
from typing import Any

from flask import Flask, g
from markupsafe import Markup, escape

from tracker.web.dates import link

ABBREVIATIONS = {"CIO": "cio", "CMIO": "cmio", "KC": "kc", "O&I": "oi", "S3": "s3", "ACP": "acp"}
"""What the pages call it, and its key in terms.toml."""
_ESCAPED = {str(escape(word)): key for word, key in ABBREVIATIONS.items()}
_SAID = re.compile(rf"(?<![\w;&])(?:{'|'.join(map(re.escape, _ESCAPED))})(?!\w)")


def explained(text: Any) -> Any:
    """The text, with a link at each abbreviation that this page did not say before; for text outside links."""
    said = str(escape(text)) if isinstance(text, str) else ""
    if "<" in said or not _SAID.search(said):
        return text
    return Markup(_SAID.sub(_first, said))  # noqa: S704 - escaped above, and what is added is ours


def _first(found: re.Match[str]) -> str:
    word, seen = found[0], g.setdefault("explained", set())
    address = link("explanation.terms")
    if word in seen or address is None:
        return word
    seen.add(word)
    return f'<a class="term" href="{escape(address)}#{_ESCAPED[word]}">{word}</a>'


def install(app: Flask) -> None:
    """Give templates the filter `explained`."""
    app.jinja_env.filters["explained"] = explained
