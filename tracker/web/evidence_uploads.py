"""Files that come with a form: stored before anything else is looked at, so that a fault elsewhere loses none."""

from __future__ import annotations

import re
from typing import Any

from flask import current_app, g, request
from flask_babel import gettext as _
from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.datastructures import FileStorage, MultiDict

from tracker import access, clock, labels
from tracker.exchange.evidence_store import EvidenceStore, TooLarge
from tracker.exchange.file_types import ACCEPTED, TYPES, RefusedFile, clean_name, file_type
from tracker.forms.files import CHOSEN, HELD, LOST, File, Files
from tracker.operations.evidence import note_file
from tracker.queries.drafts import KEPT_FOR
from tracker.queries.evidence import KeptFile, stored_files
from tracker.queries.records import Kept
from tracker.settings import Settings
from tracker.web.evidence_links import file_name, file_url
from tracker.web.frame import language

_SLOT = re.compile(rf"(?:[\w-]+-)?evidence-\d{{1,5}}-(?:{CHOSEN}|{HELD}|{LOST})")
KILOBYTE, MEGABYTE = 1024, 1024 * 1024


def brought(held: Kept | None, given: MultiDict[str, str] | None) -> tuple[Files, MultiDict[str, str] | None]:
    """The files of a form, and what was typed with what a file tells filled in: its name, and that it came today."""
    files = Files(stored=_stored_with(held), most=settings().max_upload_bytes, accepted=ACCEPTED)
    if given is None:
        return files, None
    typed = MultiDict(given)
    for name in [name for name in typed if _SLOT.fullmatch(name) and name.endswith(HELD)]:
        file = _of_token(typed[name])
        if file is not None:
            files.brought[name.removesuffix(HELD)] = file
    # A form that may come from elsewhere stores nothing.
    for name, upload in () if g.get("form_expired") else _uploads():
        _take(files, typed, name.removesuffix(CHOSEN), upload)
    for name, chosen in [*(lost_files() if g.get("form_expired") else ()), *typed.items()]:
        prefix = name.removesuffix(LOST)
        if _SLOT.fullmatch(name) and name.endswith(LOST) and prefix not in files.brought:
            files.faults[prefix] = _("Kies ‘%(name)s’ opnieuw: het bestand kwam niet mee", name=chosen[:200])
    return files, typed


def lost_files() -> list[tuple[str, str]]:
    """What a form that can't be taken in says of its files: nobody but the person can choose them again."""
    return [(f"{name.removesuffix(CHOSEN)}{LOST}", upload.filename or "") for name, upload in _uploads()]


def _uploads() -> list[tuple[str, FileStorage]]:
    """The files that were chosen, by the name of their control."""
    chosen = request.files.items()
    return [(name, file) for name, file in chosen if _SLOT.fullmatch(name) and name.endswith(CHOSEN) and file.filename]


def _take(files: Files, typed: MultiDict[str, str], prefix: str, upload: FileStorage) -> None:
    """Store one file; why it can't be is told in its row."""
    try:
        file = _store(upload)
    except RefusedFile as refused:
        files.faults[prefix] = labels.words(refused.reason, language())
        return
    except TooLarge:
        size = settings().max_upload_bytes // MEGABYTE
        files.faults[prefix] = _("Dit bestand is groter dan %(most)s MB. Kies een kleiner bestand", most=size)
        return
    except OSError:
        current_app.logger.exception("a file of evidence can't be stored")
        files.faults[prefix] = _("De server kan het bestand nu niet bewaren. Probeer het later opnieuw")
        return
    files.brought[prefix] = file
    # What a draft keeps is what was typed, and the proof that the file is here.
    typed[f"{prefix}{HELD}"] = file.token
    if not typed.get(f"{prefix}title", "").strip():
        typed[f"{prefix}title"] = file.name.rpartition(".")[0]
    if not typed.get(f"{prefix}received_on", "").strip():
        today = clock.today()
        typed[f"{prefix}received_on"] = labels.day_words(today, "en") if language() == "en" else labels.day_short(today)


def _store(upload: FileStorage) -> File:
    source: Any = upload.stream
    kind = file_type(source, upload.filename or "")
    name = clean_name(upload.filename or "", kind)
    stored = store().keep(source, settings().max_upload_bytes)
    note_file(sha256=stored.sha256, size=stored.size, media_type=kind.media_type, name=name, by=access.actor().name)
    token = _signer().dumps([access.actor().account, stored.sha256, name])
    return File(name, file_words(kind.media_type, stored.size), stored.sha256, token)


def _of_token(token: str) -> File | None:
    """The file that a token proves this account has brought; None for any other token, and after ninety days."""
    try:
        account, sha256, name = _signer().loads(token, max_age=int(KEPT_FOR.total_seconds()))
    except (BadData, ValueError, TypeError):
        return None
    known = stored_files([sha256]).get(sha256) if account == access.actor().account else None
    return None if known is None else File(str(name), file_words(known.media_type, known.size), sha256, token)


def _stored_with(held: Kept | None) -> dict[str, File]:
    """The files of a stored record and of all below it."""
    pieces = [item.values for item in held.all() if item.values.get("sha256")] if held is not None else []
    titles = {piece["sha256"].lower(): piece["title"] for piece in pieces}
    return {sha256: file_shown(file, titles[sha256]) for sha256, file in stored_files(titles).items()}


def file_shown(file: KeptFile, title: str) -> File:
    """The stored file of a piece with this title, and the way to it."""
    name, words = file_name(file, title), file_words(file.media_type, file.size)
    return File(name, words, file.sha256, url=file_url(file, title))


def file_words(media_type: str, size: int) -> str:
    """`PDF, 240 kB`."""
    kind = next((item.words for item in TYPES if item.media_type == media_type), media_type)
    if size < MEGABYTE:
        return f"{kind}, {labels.number(-(-size // KILOBYTE), language())} kB"
    return f"{kind}, {labels.number(-(-size // MEGABYTE), language())} MB"


def settings() -> Settings:
    """The settings of this installation."""
    found: Settings = current_app.extensions["settings"]
    return found


def store() -> EvidenceStore:
    """The files of this installation."""
    return EvidenceStore(settings().instance.absolute())


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.secret_key or "", salt="evidence file")
