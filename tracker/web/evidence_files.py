"""Downloading files of evidence: for who may see a record that has the file. Nothing is ever shown in the browser."""

from __future__ import annotations

from flask import Blueprint, abort, current_app, send_file
from flask.typing import ResponseReturnValue

from tracker import access
from tracker.access import requires
from tracker.domain.policy import Action
from tracker.operations.evidence import note_view
from tracker.queries.evidence import Holder, holders, once_held_by, stored_files
from tracker.web.dates import days
from tracker.web.evidence_links import file_name
from tracker.web.evidence_uploads import store
from tracker.web.region_evidence import pieces_of
from tracker.web.scope import STORY, permitted, visible

blueprint = Blueprint("evidence_files", __name__)


@blueprint.get("/bewijs/<sha256>/<name>")
@requires(Action.see_portfolio)
def download(sha256: str, name: str) -> ResponseReturnValue:
    """One file, called as the piece of evidence that the reader sees."""
    file, path = stored_files([sha256]).get(sha256), store().find(sha256)
    names = [file_name(file, title) for title in _titles_seen(sha256)] if file is not None else []
    if file is None or not names:
        abort(404)
    if path is None:
        current_app.logger.error("a file of evidence is not on the disk: %s", sha256)
        abort(404)
    if access.actor().has_account:
        note_view(account=access.actor().account, sha256=sha256)
    told = name if name in names else names[0]
    answer = send_file(path, file.media_type, as_attachment=True, download_name=told, conditional=False, etag=False)
    answer.headers["Cache-Control"] = "no-store"
    # Should a browser open it all the same: nothing in it may run, load or send.
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


def _titles_seen(sha256: str) -> list[str]:
    """The pieces with this file: of the register, of records that the reader writes, else of those that he sees."""
    found = holders(sha256)
    is_known = access.actor().has_account
    written = [item.title for item in found if (is_known if item.code is None else _writes(item))]
    if written:
        return written
    codes = {item.code for item in found if item.code}
    if not found or days().known_at is not None:
        codes |= once_held_by(sha256)
    pieces = (piece.evidence for seen in visible(codes, kinds=STORY) for piece in pieces_of(seen.dossier))
    return [piece.title for piece in pieces if str(piece.sha256).lower() == sha256]


def _writes(holder: Holder) -> bool:
    """A writer also sees what counts only later; single practices are never an insurer's."""
    if holder.code not in permitted(Action.see_cooperation):
        return False
    pen = access.pen(holder.code)
    return pen.may(holder.place) and not pen.is_insurers
