"""The form of a vision: a draft or a decision, four questions about its content, and who supports it."""

from __future__ import annotations

from datetime import date

from flask_babel import lazy_gettext as _

from tracker.domain.entries import Entry
from tracker.domain.records.base import Record
from tracker.domain.records.vision import Vision, VisionSupport, VisionText
from tracker.forms.shapes import Fixed, Gate, Shape


def complete(entry: Entry, today: date) -> None:
    """A text and a statement are of the day of the decision or the draft, unless somebody says otherwise.

    Without support nobody needs to say in which way it was not given.
    """
    if entry.given.get("adopted_on") is None and "drafted_on" in entry.given and entry.given["drafted_on"] is None:
        entry.given["drafted_on"] = today.isoformat() if entry.number is None else None
    day = entry.given.get("adopted_on") or entry.given.get("drafted_on") or today.isoformat()
    for name, attribute in (("texts", "recorded_on"), ("support", "stated_on")):
        for row in entry.children.get(name, ()):
            if attribute in row.given and row.given[attribute] is None:
                row.given[attribute] = day
    for row in entry.children.get("support", ()):
        if row.given.get("supported") is False and row.given.get("kind") is None:
            row.given["kind"] = "other"


SHAPES: dict[type[Record], Shape] = {
    Vision: Shape(
        first=("version", "adopted_on", "drafted_on", "withdrawn_on", "title", "support", "texts"),
        labels={
            "adopted_on": _("Datum van het besluit"),
            "support": _("Draagvlak"),
            "texts": _("Inhoud van de visie"),
        },
        gates={
            "adopted_on": Gate(_("Wat legt u vast?"), no=_("Een concept"), yes=_("Een vastgestelde visie")),
        },
        fixed={
            "texts": Fixed(
                by="part",
                asks="text",
                legends={
                    "urgency": _("Wat is de urgentie?"),
                    "problems": _("Welke problemen gaat u oplossen?"),
                    "benefits": _("Wat levert het op?"),
                    "strategy": _("Wat is de strategie?"),
                },
            )
        },
        plain=frozenset({"support"}),
        folded=frozenset({"version"}),
        only_corrected=frozenset({"withdrawn_on"}),
        complete=complete,
    ),
    VisionText: Shape(
        first=("text",),
        folded=frozenset({"recorded_on"}),
        ours=frozenset({"recorded_on"}),
    ),
    VisionSupport: Shape(
        first=("supported",),
        labels={
            "supported": _("Is de visie gedragen door de aangesloten praktijken?"),
            "kind": _("Hoe hebben de leden de visie gesteund?"),
            "share_pct": _("Aandeel van de praktijken vóór (%)"),
        },
        reveals={"supported": {"true": ("kind", "share_pct")}},
        folded=frozenset({"stated_on", "note"}),
        ours=frozenset({"stated_on"}),
    ),
}
