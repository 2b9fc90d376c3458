"""What the parties do not agree on and whose turn it is: of one region, and of all regions of the reader."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from tracker import labels
from tracker.domain.changes import subject_names
from tracker.domain.opinions import Disagreement, disagreements
from tracker.domain.records.enums import Party
from tracker.web.dates import days
from tracker.web.frame import language
from tracker.web.opinions_view import party_name
from tracker.web.scope import Visible, visible
from tracker.web.why_view import why_url

MOST = 7


def portfolio_disagreements(regions: Iterable[Visible]) -> dict[str, Any] | None:
    """The same for many regions: the rules that somebody spoke of are judged for the regions where that was."""
    spoken = [seen for seen in regions if seen.dossier.opinions]
    rules = frozenset(item.rule for seen in spoken for item in seen.dossier.opinions)
    if not spoken:
        return None
    return disagreements_card(visible([seen.code for seen in spoken], only=rules), by_region=True)


def disagreements_card(regions: Iterable[Visible], *, by_region: bool = False) -> dict[str, Any] | None:
    """The view model of templates/components/opinions.html; None where the parties agree on everything."""
    found = [(seen, item) for seen in regions for item in disagreements(seen.dossier, seen.findings)]
    if not found:
        return None
    rows = [_row(seen, item, by_region) for seen, item in found]
    return {
        "count": ngettext("%(num)s verschil van inzicht", "%(num)s verschillen van inzicht", len(found)),
        "rows": rows[:MOST],
        "more": rows[MOST:],
        "more_word": ngettext("Nog %(num)s verschil", "Nog %(num)s verschillen", max(len(rows) - MOST, 0)),
    }


def _row(seen: Visible, item: Disagreement, by_region: bool) -> dict[str, Any]:
    finding, tongue = item.finding, language()
    named = [labels.words(finding.requirement.label.pair, tongue)]
    name = subject_names(seen.dossier).get(finding.subject)
    named += [labels.words(name, tongue)] if name is not None else []
    title = ", ".join([seen.dossier.name, *named] if by_region else named)
    whose = labels.listed([_side(party, item) for party in item.with_whom], tongue)
    due = _("oplossen uiterlijk %(day)s", day=labels.day_short(item.resolve_by, tongue)) if item.resolve_by else ""
    return {
        "title": title,
        "url": why_url(finding, seen.code),
        "owner": _("Ligt bij: %(who)s", who=whose),
        "due": due or _("geen datum om op te lossen"),
        "note": _overdue(item),
    }


def _side(party: Party, item: Disagreement) -> str:
    spoken = [party_name(one) for one in item.opinions if one.party is party and one.insurer]
    return labels.listed(spoken, language()) if spoken else labels.word(party, language())


def _overdue(item: Disagreement) -> dict[str, str] | None:
    late = (days().as_of - item.resolve_by).days if item.resolve_by else 0
    if late <= 0:
        return None
    return {"text": _("%(days)s te laat", days=labels.days(late, language())), "tone": "red"}
