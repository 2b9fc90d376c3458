"""All evidence of a region: of which fact, how strong, about which day, and when it was received."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec
from flask import request
from flask_babel import gettext as _
from flask_babel import ngettext

from tracker import access, labels
from tracker.domain.addresses import Addresses
from tracker.domain.policy import Action
from tracker.domain.records.base import Record, children_of
from tracker.domain.records.cooperation import Cooperation
from tracker.domain.records.enums import EvidenceStrength
from tracker.domain.records.evidence import Evidence
from tracker.domain.records.places import EVIDENCE
from tracker.domain.sentences import Sentence
from tracker.exchange.tables import Cell, Column, Table
from tracker.queries.evidence import KeptFile, Viewer, numbers_of, stored_files, viewers
from tracker.web.dates import days, here, link
from tracker.web.downloads import download_links, source_line
from tracker.web.evidence_links import file_name, file_url
from tracker.web.evidence_uploads import file_words
from tracker.web.evidence_words import standing_words
from tracker.web.frame import language
from tracker.web.region import day_text, head
from tracker.web.scope import Visible


class Piece(msgspec.Struct, frozen=True):
    """One piece of evidence and the record it belongs to, with the record above it where that says more."""

    evidence: Evidence
    record: Record
    above: Record | None


def pieces_of(dossier: Cooperation) -> list[Piece]:
    """Every piece in the dossier, the latest received first. The dossier is as seen, and as the reader may see it."""
    found = list(_walk(dossier, None))
    return sorted(found, key=lambda item: (str(item.evidence.received_on or ""), item.evidence.title), reverse=True)


def _walk(record: Record, above: Record | None) -> Iterator[Piece]:
    for field in children_of(type(record)):
        held = getattr(record, field.attribute)
        for child in held if field.many else filter(None, (held,)):
            if isinstance(child, Evidence):
                yield Piece(child, record, above)
            else:
                yield from _walk(child, record if not isinstance(record, Cooperation) else None)


def evidence_page(seen: Visible) -> dict[str, Any]:
    """The view model of templates/cooperations/evidence.html."""
    pieces = pieces_of(seen.dossier)
    wanted = asked_strength()
    kept = keep(pieces, wanted)
    return {
        **head(seen, "evidence"),
        "quick": _quick(pieces, wanted),
        "result": ngettext("%(num)s stuk", "%(num)s stukken", len(kept)),
        "table": _table_view(seen, kept) if kept else None,
        "empty": None if pieces else _no_evidence(),
        "no_results": {"clear_url": here(kracht=None), "total": len(pieces)} if pieces and not kept else None,
        "downloads": download_links(),
        "source": source_line(in_words(wanted)),
    }


def asked_strength() -> EvidenceStrength | None:
    """The strength in the address; a word nobody knows filters nothing."""
    text = request.args.get("kracht", "")
    return EvidenceStrength(text) if text in {item.value for item in EvidenceStrength} else None


def in_words(wanted: EvidenceStrength | None) -> list[str]:
    """The filter for the head of a file and of a print."""
    return [labels.word(wanted, language())] if wanted else []


def keep(pieces: Iterable[Piece], wanted: EvidenceStrength | None) -> list[Piece]:
    """The pieces of one strength, or all."""
    return [item for item in pieces if wanted is None or item.evidence.strength is wanted]


def _no_evidence() -> dict[str, Any]:
    text = _("Een feit zonder bewijs telt als verklaard. Bewijs maakt het aangetoond of gecontroleerd.")
    return {"title": _("Nog geen bewijs vastgelegd."), "text": text, "level": 2}


def _quick(pieces: list[Piece], wanted: EvidenceStrength | None) -> list[dict[str, Any]]:
    counted = Counter(item.evidence.strength for item in pieces)
    found = [{"text": _("Alle"), "url": here(kracht=None), "current": wanted is None, "count": len(pieces)}]
    for strength in reversed(EvidenceStrength):
        word = labels.capital(labels.word(strength, language()))
        url = here(kracht=strength.value)
        found.append({"text": word, "url": url, "current": wanted is strength, "count": counted[strength]})
    return found


def fact_words(piece: Piece) -> str:
    """`Score (arbeidsmarkt) van Evaluatieronde (ronde 2)`."""
    return record_words(piece.record, piece.above)


def record_words(record: Record, above: Record | None) -> str:
    """A record, and the one above it where that says more."""
    said = Sentence().record(record)
    if above is not None:
        said.say(" van ", " of ").record(above)
    return labels.text(said.done(), language())


def safe_link(address: str | None) -> str | None:
    """An address that a browser may follow."""
    return address if address is not None and address.startswith(("https://", "http://")) else None


def has_expired(piece: Piece) -> bool:
    """Is the last day on which it counts behind us?"""
    last = piece.evidence.valid_until
    return last is not None and last < days().as_of


def _table_view(seen: Visible, pieces: list[Piece]) -> dict[str, Any]:
    hashes = [item.evidence.sha256 for item in pieces]
    files, known = stored_files(hashes), numbers_of(seen.code, [EVIDENCE])
    filed = bool(files) or any(safe_link(item.evidence.link) for item in pieces)
    shows = bool(files) and access.allows(Action.write_records, seen.code)
    looked = viewers(hashes, seen.code, insurers_of(seen)) if shows else None
    addresses = Addresses(seen.dossier, seen.register)
    rows = [
        {
            "cells": [
                {
                    "text": item.evidence.title,
                    "url": _piece_url(seen, item, addresses, known),
                    "tag": {"text": _("verlopen"), "tone": "amber"} if has_expired(item) else None,
                    "sub": ", ".join(
                        filter(None, (labels.capital(labels.word(item.evidence.kind, language())), _counts(item)))
                    ),
                },
                *([_file_cell(item, files)] if filed else []),
                fact_words(item),
                {"proof": item.evidence.strength.value},
                day_text(item.evidence.about_on),
                day_text(item.evidence.received_on),
                _age(item),
                *([] if looked is None else [_names(looked.get((item.evidence.sha256 or "").lower(), []))]),
            ]
        }
        for item in pieces
    ]
    columns = _columns(filed=filed, opened=looked is not None)
    return {"caption": _("Bewijs"), "wide": True, "columns": columns, "rows": rows}


def _columns(*, filed: bool, opened: bool) -> list[dict[str, Any]]:
    """The heads of the table; a column that would hold nothing but dashes is left out."""
    heads = (_("Bewijs"), *([_("Bestand")] if filed else []), _("Van welk feit"), _("Kracht"))
    days_of = (_("Gaat over"), _("Ontvangen op"), _("Na de dag zelf"))
    columns: list[dict[str, Any]] = [{"text": text} for text in heads]
    columns += [{"text": text, "day": True} for text in days_of]
    return [*columns, {"text": _("Geopend door")}] if opened else columns


def _piece_url(seen: Visible, item: Piece, addresses: Addresses, known: dict[str, tuple[str, int]]) -> str | None:
    """The page of the piece; none where its words were changed for who may see no practice."""
    address = addresses.of(item.evidence)
    found = None if address is None else known.get(address.address)
    return None if found is None else link("evidence.detail", code=seen.code, number=found[1])


def _file_cell(item: Piece, files: dict[str, KeptFile]) -> Any:
    file = files.get((item.evidence.sha256 or "").lower())
    if file is not None:
        title = item.evidence.title
        words = file_words(file.media_type, file.size)
        return {"text": file_name(file, title), "url": file_url(file, title), "sub": words}
    outside = safe_link(item.evidence.link)
    return {"text": _("Link"), "url": outside} if outside else _("geen bestand")


def insurers_of(seen: Visible) -> list[str]:
    """The insurers that are or were linked to a region."""
    return [item.insurer for item in seen.dossier.insurers]


def _names(looked: list[Viewer]) -> str:
    return labels.listed([item.name for item in looked], language()) if looked else str(_("niemand"))


def _counts(item: Piece) -> str:
    """Whether it still counts as proof of its record."""
    return standing_words(item.evidence, getattr(item.record, "evidence", ()))


def _age(item: Piece) -> str:
    """How long after the day it is about it was received: late proof is weaker memory."""
    about, received = item.evidence.about_on, item.evidence.received_on
    return labels.days((received - about).days, language()) if about and received and received > about else ""


def evidence_table(pieces: Iterable[Piece]) -> Table:
    """The evidence as a file."""
    columns = (
        Column(_("Bewijs"), width=40),
        Column(_("Soort")),
        Column(_("Van welk feit"), width=50),
        Column(_("Kracht"), width=30),
        Column(_("Gaat over"), "day"),
        Column(_("Ontvangen op"), "day"),
        Column(_("Geldig tot en met"), "day"),
        Column(_("Vervangt"), width=30),
        Column(_("Controlegetal"), width=24),
    )
    rows = tuple(
        (
            Cell(item.evidence.title, outside) if (outside := safe_link(item.evidence.link)) else item.evidence.title,
            labels.word(item.evidence.kind, language()),
            fact_words(item),
            labels.word(item.evidence.strength, language()),
            item.evidence.about_on or "",
            item.evidence.received_on or "",
            item.evidence.valid_until or "",
            item.evidence.replaces or "",
            item.evidence.sha256 or "",
        )
        for item in pieces
    )
    return Table(
        title=_("Bewijs op %(day)s", day=labels.day_words(days().as_of, language())), columns=columns, rows=rows
    )
