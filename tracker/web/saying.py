"""What the next page says that was done: it travels in the session, and takes the focus there."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from flask import session
from flask_babel import gettext as _

SAID = "said"
LONGEST = 600
"""Characters: the session is a cookie."""


def say(text: str, *, title: str | None = None, url: str | None = None, url_text: str | None = None) -> None:
    """Have the next page say what was done."""
    said = {"text": text[:LONGEST], "title": (title or "")[:200]}
    if url and len(url) < 500:
        said |= {"url": url, "url_text": url_text or _("Bekijk")}
    session[SAID] = said


def said() -> dict[str, Any] | None:
    """What the page before wanted to have said, once; see notice in templates/components/states.html."""
    held: dict[str, str] | None = session.pop(SAID, None) if SAID in session else None
    if held is None:
        return None
    link = {"url": held["url"], "text": held["url_text"]} if "url" in held else None
    notice = {"tone": "blue", "icon": "check-lg", "text": held["text"], "focus": True, "link": link}
    return notice | ({"title": held["title"]} if held["title"] else {})


def own_path(address: str | None) -> str | None:
    """An address of this house as a path with its parameters; None for any other."""
    parts = urlsplit((address or "").replace("\\", "/"))
    if not parts.path.startswith("/") or parts.path.startswith("//") or parts.scheme or parts.netloc:
        return None
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    return path if len(path) < 1000 and path.isprintable() else None
