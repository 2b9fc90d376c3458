"""One piece of evidence: what it is, its file, who has seen it, and what the reader may do with it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from flask import abort, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from tracker import access, labels
from tracker.domain.addresses import Address, Addresses
from tracker.domain.finding import replacement_of
from tracker.domain.policy import Action
from tracker.domain.records.base import Record, children_of
from tracker.domain.records.enums import EvidenceStrength
from tracker.domain.records.evidence import Evidence
from tracker.domain.records.places import EVIDENCE, places
from tracker.domain.sides import side_of
from tracker.queries.evidence import (
    KeptFile,
    Viewer,
    checked_by,
    first_recorded,
    numbers_of,
    place_of,
    recorded_for,
    stored_files,
    viewers,
)
from tracker.web.dates import days, exists, link
from tracker.web.evidence_uploads import file_shown
from tracker.web.evidence_words import standing_words
from tracker.web.frame import language
from tracker.web.history_links import record_url
from tracker.web.region import day_text, head
from tracker.web.region_evidence import Piece, fact_words, has_expired, insurers_of, pieces_of, safe_link
from tracker.web.scope import Visible

_HOLD_EVIDENCE = frozenset(
    item.name for item in places().values() if any(field.type is Evidence for field in children_of(item.kind))
)


class Found(NamedTuple):
    """A piece that the reader sees, its number, and the place of the record it hangs on."""

    piece: Piece
    number: int
    place: str


class Spot(NamedTuple):
    """A record on which the piece can hang as well."""

    number: int
    place: str
    text: str


def piece_of(seen: Visible, number: int) -> Found:
    """The piece with this number; 404 where the reader does not see it on these days."""
    known, addresses = numbers_of(seen.code, [EVIDENCE]), Addresses(seen.dossier, seen.register)
    found = (item for item in pieces_of(seen.dossier) if _number(known, addresses.of(item.evidence)) == number)
    piece = next(found, None)
    if piece is None:
        abort(404)
    return Found(piece, number, place_of(number) or "")


def _number(known: dict[str, tuple[str, int]], address: Address | None) -> int | None:
    return known[address.address][1] if address is not None and address.address in known else None


def piece_page(seen: Visible, found: Found, form: Any = None) -> dict[str, Any]:
    """The view model of templates/cooperations/evidence_piece.html."""
    piece, pen = found.piece, access.pen(seen.code)
    base = head(seen, "evidence")
    title = piece.evidence.title
    crumb = {"text": _("Bewijs"), "url": link("cooperations.evidence", code=seen.code)}
    region = {"text": seen.dossier.name, "url": link("cooperations.overview", code=seen.code)}
    above = {
        **base["head"],
        "title": title,
        "facts": [],
        "buttons": [],
        "crumbs": [*base["head"]["crumbs"], region, crumb],
    }
    writes = any(pen.may(place) for place in _HOLD_EVIDENCE) and not days().is_past
    is_theirs = recorded_for(found.number) is not side_of(pen)
    checks = pen.may_check(found.place) and is_theirs and not days().is_past
    is_checked = piece.evidence.strength is EvidenceStrength.CHECKED
    file = stored_files([piece.evidence.sha256]).get((piece.evidence.sha256 or "").lower())
    at: dict[str, Any] = {"code": seen.code, "number": found.number}
    return {
        "title": f"{title} · {seen.dossier.name}",
        "head": above,
        "file": file_shown(file, title) if file else None,
        "proof": piece.evidence.strength.value,
        "facts": list(_facts(found)),
        "expired": has_expired(piece),
        "history_url": record_url(found.number, seen.code),
        "viewers": [_viewer(item) for item in _looked(seen, file)],
        "shows_viewers": file is not None and access.allows(Action.write_records, seen.code),
        "strength": piece.evidence.strength.value,
        "check_url": url_for("evidence.check", **at) if checks and not is_checked else None,
        "uncheck_url": url_for("evidence.uncheck", **at) if checks and is_checked else None,
        "form": form,
        "targets": targets(seen, found) if writes else [],
        "use_url": url_for("evidence.use_also", **at),
    }


def _facts(found: Found) -> Iterator[tuple[str, Any]]:
    piece, recorded = found.piece, first_recorded(found.number)
    evidence = piece.evidence
    yield _("Van welk feit"), fact_words(piece)
    yield _("Soort"), labels.capital(labels.word(evidence.kind, language()))
    yield _("Gaat over"), day_text(evidence.about_on)
    yield _("Ontvangen op"), day_text(evidence.received_on)
    if recorded is not None:
        yield _("Vastgelegd door"), f"{recorded[0]}, {labels.moment_text(recorded[1], language())}"
    if evidence.strength is EvidenceStrength.CHECKED and (checked := checked_by(found.number)) is not None:
        yield _("Gecontroleerd door"), f"{checked[0]}, {labels.moment_text(checked[1], language())}"
    yield _("Geldig tot en met"), day_text(evidence.valid_until) if evidence.valid_until else _("verloopt niet")
    if evidence.replaces:
        yield _("Vervangt"), evidence.replaces
    if replacement_of(evidence, getattr(piece.record, "evidence", ())) is not None:
        yield _("Vervangen"), standing_words(evidence, getattr(piece.record, "evidence", ()))
    if address := safe_link(evidence.link):
        yield _("Vindplaats"), {"text": address, "url": address}
    if evidence.sha256:
        yield _("Controlegetal"), evidence.sha256.lower()


def _looked(seen: Visible, file: KeptFile | None) -> list[Viewer]:
    return viewers([file.sha256], seen.code, insurers_of(seen)).get(file.sha256, []) if file is not None else []


def _viewer(item: Viewer) -> str:
    times = ngettext("%(num)s keer", "%(num)s keer", item.count)
    word = _("laatst")
    return f"{item.name}: {times}, {word} {labels.moment_text(item.last_at, language())}"


def targets(seen: Visible, found: Found) -> list[Spot]:
    """The records on which the reader may hang the piece as well, by their words."""
    pen = access.pen(seen.code)
    names = [name for name in _HOLD_EVIDENCE if pen.may(name)]
    known, addresses = numbers_of(seen.code, names), Addresses(seen.dossier, seen.register)
    spots = []
    for record, above in holding(seen.dossier, None):
        address = addresses.of(record)
        place, number = known.get(address.address, ("", 0)) if address is not None else ("", 0)
        if place and record is not found.piece.record and not is_closed(record, above):
            spots.append(Spot(number, place, fact_words(Piece(found.piece.evidence, record, above))))
    return sorted(spots, key=lambda item: item.text)


def holding(record: Record, above: Record | None) -> Iterator[tuple[Record, Record | None]]:
    """Every record below one that may carry evidence, with the record above it where that says more."""
    for field in children_of(type(record)):
        held = getattr(record, field.attribute)
        for child in held if field.many else filter(None, (held,)):
            if isinstance(child, Evidence):
                continue
            kind: type[Record] = type(child)
            if any(item.type is Evidence for item in children_of(kind)):
                yield child, above
            yield from holding(child, child)


def is_closed(*records: Record | None) -> bool:
    return any(getattr(record, "locked_on", None) is not None for record in records)


def piece_url(code: str, number: int) -> str:
    """The page of a piece on the same days."""
    return link("evidence.detail", code=code, number=number) if exists("evidence.detail") else ""
