"""Days in a narrow cell: `26-8-2025` never breaks at a hyphen."""

from __future__ import annotations

import re
from typing import Any

from flask import Flask
from markupsafe import Markup, escape

_DAY = re.compile(r"\b\d{1,2}-\d{1,2}-\d{4}\b")


def unbroken(text: Any) -> Any:
    """The text with every day kept together."""
    if not isinstance(text, str) or isinstance(text, Markup) or not _DAY.search(text):
        return text
    return Markup(_DAY.sub(r'<span class="day">\g<0></span>', str(escape(text))))  # noqa: S704 - escaped, the rest is ours


def install(app: Flask) -> None:
    """Give templates the filter `unbroken`."""
    app.jinja_env.filters["unbroken"] = unbroken
