"""Two opinions on a page: what each party thinks of a status."""

from __future__ import annotations

from functools import cache

from flask_babel import gettext as _

from tracker import labels
from tracker.domain.records.agreement import Opinion
from tracker.programmes import load_programmes
from tracker.programmes.catalogue import catalogue
from tracker.web.frame import language


def opinion_view(item: Opinion) -> dict[str, str | None]:
    """One party's latest word, for `why_opinions` of templates/components/why.html."""
    tongue = language()
    until = None
    if item.resolve_by and not item.agrees:
        until = _("op te lossen uiterlijk %(day)s", day=labels.day_short(item.resolve_by, tongue))
    return {
        "party": party_name(item),
        "word": _("eens met de status") if item.agrees else _("oneens met de status"),
        "reason": item.reason,
        "day": labels.day_short(item.stated_on, tongue),
        "until": until,
    }


def party_name(item: Opinion) -> str:
    """Who speaks: the insurer by its name."""
    if item.insurer is not None:
        return _insurers().get(item.insurer, item.insurer)
    return labels.capital(labels.word(item.party, language()))


@cache
def _insurers() -> dict[str, str]:
    return dict(catalogue(load_programmes()).insurers)
