"""What a change turns, as the card `Wat verandert er?` and the sentence after saving tell it."""

from __future__ import annotations

from typing import Any

from flask import url_for
from flask_babel import gettext as _

from tracker import clock, labels
from tracker.domain.entries import Entry
from tracker.domain.finding import Finding
from tracker.domain.policy import Action
from tracker.operations.form_merge import imagined
from tracker.queries.records import Kept
from tracker.queries.turns import Turn, turns
from tracker.web.chips import chip
from tracker.web.frame import language
from tracker.web.record_places import Target
from tracker.web.region import codes, shown_rules
from tracker.web.scope import permitted
from tracker.web.why_view import why_url

MOST_SHOWN = 12


def turned(target: Target, entry: Entry | None, held: Kept | None) -> list[Turn] | None:
    """The statuses that this form would turn today; None while it can't be told. Without an entry the record goes."""
    new = None
    if entry is not None:
        new = imagined(target.place, entry, held, codes().codes)
        if new is None:
            return None
    within = [target.code] if target.code else sorted(permitted(Action.see_cooperation))
    old = None if held is None else held.record()
    return turns(target.place, target.parent, old, new, clock.today(), within=within, only=shown_rules())


def turns_card(found: list[Turn] | None) -> dict[str, Any]:
    """The view model of templates/records/turns.html."""
    if found is None:
        return {"items": [], "empty": _("Vul eerst de verplichte velden in; dan ziet u hier wat er verandert.")}
    day = labels.day_words(clock.today(), language())
    note = _("En nog %(count)s andere.", count=len(found) - MOST_SHOWN) if len(found) > MOST_SHOWN else None
    return {
        "lead": _("Als u dit vastlegt, op %(day)s:", day=day),
        "items": [_item(turn) for turn in found[:MOST_SHOWN]],
        "note": note,
    }


def _item(turn: Turn) -> dict[str, Any]:
    finding = turn.after or turn.before
    assert finding is not None
    return {
        "rule": _rule(finding, turn.cooperation),
        "url": why_url(turn.before, turn.cooperation) if turn.before else None,
        "before": _status(turn.before),
        "after": chip(turn.after, clock.today()) | {"of": None} if turn.after else _gone(),
    }


def _rule(finding: Finding, code: str) -> str:
    title = labels.words(finding.requirement.title, language())
    return title if finding.subject == code else f"{title} ({finding.subject})"


def _status(finding: Finding | None) -> str:
    return _("Niet beoordeeld") if finding is None else labels.status_words(finding, language())


def _gone() -> dict[str, Any]:
    return {
        "code": "NA",
        "word": _("Niet meer beoordeeld"),
        "short": "–",
        "tone": "grey",
        "icon": "dash-lg",
        "of": None,
    }


def told(found: list[Turn] | None) -> str:
    """What has turned, in a sentence per status; the first three."""
    parts = []
    for turn in (found or ())[:3]:
        finding = turn.after or turn.before
        assert finding is not None
        rule, old, new = _rule(finding, turn.cooperation), _status(turn.before), _status(turn.after)
        parts.append(_("%(rule)s ging van %(old)s naar %(new)s.", rule=rule, old=old, new=new))
    if found and len(found) > 3:
        parts.append(_("En nog %(count)s andere.", count=len(found) - 3))
    return " ".join(parts)


def history_url(target: Target) -> str | None:
    """Where one sees what was written."""
    return url_for("cooperations.history", code=target.code) if target.code else None
