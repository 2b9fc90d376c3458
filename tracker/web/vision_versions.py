"""The versions of the vision of a region: when adopted, by whom carried, and which directions fit each."""

from __future__ import annotations

from flask_babel import gettext as _

from tracker import labels
from tracker.domain.directions import SELECTED, directions_in, is_aligned
from tracker.domain.records.vision import Vision
from tracker.domain.visions import support_on, vision_on
from tracker.exchange.tables import Column, Table
from tracker.web.dates import days
from tracker.web.frame import language
from tracker.web.region import codes, day_text, words
from tracker.web.scope import Visible


def visions_table(seen: Visible) -> Table:
    """Every version as it stood on the day, the newest first."""
    holding = vision_on(seen.dossier.visions, days().as_of)
    held = sorted(seen.dossier.visions, key=lambda item: item.version, reverse=True)
    rows = tuple(
        (
            f"{item.version} · {item.title}" if item.title else str(item.version),
            _standing(item, holding),
            item.adopted_on or "",
            _support(item),
            _fitting(seen, item, item is holding),
        )
        for item in held
    )
    columns = (
        Column(_("Versie"), width=30),
        Column(_("Stand"), width=18),
        Column(_("Vastgesteld op"), "day"),
        Column(_("Draagvlak"), width=34),
        Column(_("Aansluiting van de gekozen richtingen"), width=48),
    )
    return Table(title=_("Versies van de visie"), columns=columns, rows=rows)


def _standing(vision: Vision, holding: Vision | None) -> str:
    """Whether it holds on the day."""
    if vision is holding:
        return str(_("geldt nu"))
    if vision.adopted_on is None:
        return str(_("concept"))
    withdrawn = vision.withdrawn_on is not None and vision.withdrawn_on <= days().as_of
    return str(_("ingetrokken") if withdrawn else _("vervangen"))


def _support(vision: Vision) -> str:
    """The last judgement of its members: `gedragen op 10-6-2022, stemming in ledenvergadering, 91%`."""
    said = support_on(vision, days().as_of)
    if said is None:
        return str(_("niet vastgelegd"))
    day = day_text(said.stated_on)
    parts = [_("gedragen op %(day)s", day=day) if said.supported else _("niet gedragen op %(day)s", day=day)]
    parts.append(labels.word(said.kind, language()))
    return ", ".join([*parts, *([labels.percentage(said.share_pct, language())] if said.share_pct is not None else [])])


def _fitting(seen: Visible, vision: Vision, holds: bool) -> str:
    """Which of the chosen directions fit it; what nobody said yet is asked of the version that holds alone."""
    known: dict[bool | None, list[str]] = {True: [], False: [], None: []}
    for item in directions_in(seen.dossier.directions, days().as_of, SELECTED):
        known[is_aligned(item.alignment, vision.version)].append(item.code)
    told = []
    for answer, word in ((True, _("sluit aan")), (False, _("sluit niet aan")), (None, _("nog te bevestigen"))):
        if known[answer] and (holds or answer is not None):
            told.append(f"{word}: {labels.listed(list(map(_named, known[answer])), language())}")
    return "; ".join(told)


def _named(code: str) -> str:
    direction = codes().directions.get(code)
    return code if direction is None else f"{code} {words(direction.short or direction.title)}"
