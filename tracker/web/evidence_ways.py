"""From a piece of evidence to its page, and to its file or the place where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _

from tracker import labels
from tracker.domain.addresses import Addresses
from tracker.domain.records.evidence import Evidence
from tracker.domain.records.places import EVIDENCE
from tracker.queries.evidence import KeptFile, numbers_of, stored_files
from tracker.web.dates import link
from tracker.web.evidence_links import file_url
from tracker.web.evidence_uploads import file_words
from tracker.web.evidence_words import counts, standing_words
from tracker.web.frame import language
from tracker.web.region_evidence import safe_link
from tracker.web.scope import Visible


def way_to(file: KeptFile | None, title: str, address: str | None) -> dict[str, str] | None:
    """The file to download, else the place to look at, else nothing."""
    if file is not None:
        text = _("Download %(file)s", file=file_words(file.media_type, file.size))
        return {"text": text, "url": file_url(file, title)}
    outside = safe_link(address)
    return {"text": _("Open de vindplaats"), "url": outside} if outside else None


class Pieces:
    """Pieces of evidence of one region as a page shows them, each with its ways."""

    def __init__(self, seen: Visible, pieces: Sequence[Evidence]) -> None:
        self._code = seen.code
        self._files = stored_files(piece.sha256 for piece in pieces)
        self._addresses = Addresses(seen.dossier, seen.register)
        self._known = numbers_of(seen.code, [EVIDENCE]) if pieces else {}

    def view(self, piece: Evidence, among: Sequence[Evidence]) -> dict[str, Any]:
        """What it is, whether it still counts, and where it leads: {title, url?, facts, strength?, way?}."""
        facts = [labels.word(piece.kind, language())] if piece.kind else []
        if piece.about_on:
            facts.append(_("gaat over %(day)s", day=labels.day_short(piece.about_on, language())))
        if piece.received_on:
            facts.append(_("ontvangen op %(day)s", day=labels.day_short(piece.received_on, language())))
        facts += [words] if (words := standing_words(piece, among)) else []
        return {
            "title": piece.title,
            "url": self._url(piece),
            "facts": ", ".join(facts),
            "strength": piece.strength.value if counts(piece, among) else None,
            "way": way_to(self._files.get((piece.sha256 or "").lower()), piece.title, piece.link),
        }

    def _url(self, piece: Evidence) -> str | None:
        """The page of a piece; none where its words were changed for who may see no practice."""
        address = self._addresses.of(piece)
        found = None if address is None else self._known.get(address.address)
        return None if found is None else link("evidence.detail", code=self._code, number=found[1])
