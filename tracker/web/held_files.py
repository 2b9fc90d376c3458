"""The files of the one who asks, between a dry run and the taking in."""

from __future__ import annotations

import hashlib
from typing import NamedTuple

from flask import current_app, request
from flask_babel import lazy_gettext as _

from tracker import clock
from tracker.access import actor
from tracker.exchange.held_files import HeldFiles

FILE, POSITION = "bestand", "stand"
NO_FILE = _("Kies eerst een bestand op uw computer.")
GONE = _("Dit bestand wordt niet meer bewaard. Kies het opnieuw.")
NOT_KEPT = _("De server kan het bestand nu niet bewaren. Probeer het later opnieuw, of meld het de beheerder.")
CHANGED = _("Intussen heeft iemand iets vastgelegd. Dit is de nieuwe vergelijking; controleer die en bevestig opnieuw.")


class Kept(NamedTuple):
    """A file of this account, by its name."""

    name: str
    data: bytes


def uploaded() -> bytes | None:
    """The file of this request's form; None without one."""
    given = request.files.get(FILE)
    data: bytes = given.read() if given is not None else b""
    return data or None


def keep(purpose: str, data: bytes) -> str | None:
    """Keep a file for this account; answers its name, None where the disk refuses."""
    try:
        return _held(purpose).keep(actor().account, data)
    except OSError:
        current_app.logger.exception("a file for an import can't be kept")
        return None


def kept(purpose: str, name: str) -> Kept | None:
    """The file with this name, when it is this account's and not too old."""
    data = _held(purpose).read(actor().account, name)
    # Whatever happened to the disk: what is taken in is what was shown.
    return Kept(name, data) if data is not None and hashlib.sha256(data).hexdigest() == name else None


def drop(purpose: str, name: str) -> None:
    """Forget a file."""
    _held(purpose).drop(actor().account, name)


def seen_position() -> int:
    """The journal's position that the page showed; -1, which no journal has, on nonsense."""
    text = request.form.get(POSITION, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else -1


def _held(purpose: str) -> HeldFiles:
    folder = current_app.extensions["settings"].instance / "imports" / purpose
    return HeldFiles(folder, clock.now().timestamp())
