"""What each cost item is paid from, with the line of 100%: a figure and a table per item."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _

from tracker import labels
from tracker.charts.financing import Part, Words, financing
from tracker.domain.amounts import plain
from tracker.domain.funding import Payment, Segment, item_key, overlaps, payments_by_item, segments
from tracker.domain.records.cooperation import Cooperation
from tracker.domain.records.enums import Stream
from tracker.domain.records.initiative import Initiative
from tracker.exchange.tables import Column, Table
from tracker.web.downloads import download_links, shown, source_line
from tracker.web.frame import language

WHICH = "financiering"


def items_of(initiative: Initiative) -> list[str]:
    """The cost items to which an initiative contributes, by the name under which they are added up."""
    return sorted({item_key(line.item) for line in initiative.funding_lines})


def financing_figures(dossier: Cooperation, items: Iterable[str], as_of: date) -> list[dict[str, Any]]:
    """A figure for each item (templates/components/figure.html); lines of other initiatives on the item count too."""
    paid = payments_by_item(dossier)
    return [_figure(number, paid[key], dossier, as_of) for number, key in enumerate(items, start=1) if key in paid]


def _figure(number: int, payments: Sequence[Payment], dossier: Cooperation, as_of: date) -> dict[str, Any]:
    runs = segments(payments, as_of)
    name = payments[0].line.item.strip()
    caption = _caption(runs)
    table = financing_table(dossier, payments)
    title = _("Financiering van ‘%(item)s’", item=name)
    return {
        "id": f"financiering-{number}",
        "title": title,
        "caption": caption,
        "caption_text": caption,
        "plot": financing(_parts(runs), as_of, _words()),
        "height": "small",
        "table": shown(table, title, wide=True),
        "source": source_line(),
        "downloads": download_links(WHICH),
        "png": f"financiering-{number}",
    }


def _words() -> Words:
    return Words(limit=_("grens 100%"), too_much=_("{share} te veel"), as_of=_("peildatum"))


def _caption(runs: Sequence[Segment]) -> str:
    """The finding: on which days the item was paid for more than 100%, else the highest total."""
    tongue = language()
    above = overlaps(runs)
    if above:
        told = [
            _(
                "Van %(start)s tot en met %(end)s telde de financiering op tot %(total)s.",
                start=labels.day_words(found.from_on, tongue),
                end=labels.day_words(found.to_on or found.from_on, tongue),
                total=labels.percentage(plain(found.total), tongue),
            )
            for found in above
        ]
        return " ".join(told)
    highest = max((run.total for run in runs), default=None)
    if highest is None:
        return str(_("Op de peildatum is nog geen dag betaald."))
    return str(
        _("De financiering telde nooit op tot meer dan %(total)s.", total=labels.percentage(plain(highest), tongue))
    )


def _parts(runs: Iterable[Segment]) -> list[Part]:
    """One part for each stream on each run of days, the lowest first."""
    order, tongue = list(Stream), language()
    found = []
    for run in runs:
        if run.to_on is None:
            continue
        days = f"{labels.day_short(run.from_on, tongue)} – {labels.day_short(run.to_on, tongue)}"
        for stream in sorted(run.by_stream, key=order.index):
            share = run.by_stream[stream]
            label = f"{stream_word(stream)} {labels.percentage(plain(share), tongue)}"
            found.append(Part(stream.value, label, f"{label}, {days}", run.from_on, run.to_on, share))
    return sorted(found, key=lambda part: part.from_on)


def stream_word(stream: Stream) -> str:
    """`Regioprestatie`, as it stands at the start of a line."""
    said = labels.word(stream, language())
    return said[:1].upper() + said[1:]


def financing_table(dossier: Cooperation, payments: Iterable[Payment]) -> Table:
    """Every line of the items, with its agreed end."""
    tongue = language()
    titles = {item.code: item.title for item in dossier.initiatives}
    rows = [
        (
            payment.line.item.strip(),
            stream_word(payment.line.stream),
            plain(payment.line.share_pct),
            payment.line.from_on,
            payment.line.to_on or "",
            payment.line.eur_per_year,
            titles.get(payment.initiative, payment.initiative),
            labels.word(payment.line.covered_by, tongue) if payment.line.covered_by else "",
        )
        for payment in payments
    ]
    columns = (
        Column(_("Kostenpost"), width=24),
        Column(_("Stroom"), width=22),
        Column(_("Aandeel"), "percent"),
        Column(_("Van"), "day"),
        Column(_("Tot en met"), "day"),
        Column(_("Per jaar"), "euro"),
        Column(_("Initiatief"), width=30),
        Column(_("Mogelijk al betaald uit"), width=28),
    )
    return Table(title=_("Financiering per kostenpost"), columns=columns, rows=tuple(rows))


def all_lines(dossier: Cooperation, items: Iterable[str]) -> Table:
    """The lines of several items in one table, for a file."""
    paid = payments_by_item(dossier)
    return financing_table(dossier, [payment for key in items for payment in paid.get(key, ())])
