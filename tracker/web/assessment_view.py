"""How the assessment of a product is shown: its state as a chip, and its time line with the use below it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _

from tracker import labels
from tracker.charts.scale import Scale
from tracker.domain.assessment import AssessmentState, Standing
from tracker.domain.finding import Status, strength_of
from tracker.domain.products import Dependent, ProductGroup, StatePeriod, Terms, VersionStanding
from tracker.web.chips import Chip, chip_of
from tracker.web.frame import language

FIRST_YEAR = 2022
BARS = {
    AssessmentState.INTAKE_SENT: "kc_intake",
    AssessmentState.IN_ASSESSMENT: "kc_review",
    AssessmentState.POSITIVE: "kc_positive",
    AssessmentState.NEGATIVE: "kc_negative",
    AssessmentState.WITHDRAWN: "kc_withdrawn",
    AssessmentState.EXPIRED: "expired",
    AssessmentState.NOT_SUBMITTED: "never",
}
UNDER_WAY = (AssessmentState.INTAKE_SENT, AssessmentState.IN_ASSESSMENT)
ICONS = {AssessmentState.EXPIRED: "clock", AssessmentState.WITHDRAWN: "dash-lg"}


def state_word(state: AssessmentState) -> str:
    """`Niet aangemeld`, as it stands at the start of a line."""
    said = labels.word(state, language())
    return said[:1].upper() + said[1:]


def state_chip(standing: Standing, group: ProductGroup, as_of: date) -> Chip:
    """The verdict on the day as a chip. A missing verdict is red only where somebody needs one."""
    if group is ProductGroup.NOT_NEEDED:
        return chip_of(Status.NA)
    proof = strength_of(standing.event, as_of) if standing.is_positive and standing.event else None
    if standing.is_positive:
        status = Status.MET
    elif standing.state in UNDER_WAY or group is ProductGroup.WAITING:
        status = Status.PENDING
    else:
        status = Status.NOT_MET
    found = chip_of(status, proof=proof)
    found["word"] = found["short"] = state_word(standing.state)
    found["icon"] = ICONS.get(standing.state, found["icon"]) if status is Status.NOT_MET else found["icon"]
    return found


def since_words(standing: Standing, group: ProductGroup) -> str:
    """The line under the verdict: since when, or that nothing is known."""
    if group is ProductGroup.NOT_NEEDED:
        return str(_("geen oordeel nodig"))
    if standing.since is None:
        return str(_("geen intake bekend"))
    return str(_("sinds %(day)s", day=labels.day_short(standing.since, language())))


def scale_until(as_of: date) -> Scale:
    """The years that are drawn: from 2022, or the year that is looked at when it is earlier."""
    return Scale(date(min(FIRST_YEAR, as_of.year), 1, 1), date(as_of.year, 12, 31))


def assessment_bars(item: VersionStanding, scale: Scale, as_of: date) -> list[dict[str, Any]]:
    """The states of a version as bars; one that was never submitted gets a dashed bar for the whole time."""
    if item.group is ProductGroup.NOT_NEEDED:
        return []
    if not item.history:
        whole = scale.bar(scale.first, as_of)
        words = _("nooit aangemeld")
        return [{**whole, "kind": "never", "text": words, "text_x": _middle(whole)}]
    return [_bar(period, scale) for period in item.history if period.to_on >= scale.first]


def _bar(period: StatePeriod, scale: Scale) -> dict[str, Any]:
    place = scale.bar(period.from_on, period.to_on)
    text = state_word(period.state) if place["width"] > 8 and period.state is not AssessmentState.EXPIRED else None
    return {**place, "kind": BARS[period.state], "text": text, "text_x": _middle(place)}


def _middle(place: dict[str, float]) -> float:
    return round(place["x"] + place["width"] / 2, 2)


def use_lines(dependents: Iterable[Dependent], scale: Scale, as_of: date, top: int = 34) -> list[dict[str, Any]]:
    """A line for each use, one below the other."""
    found = []
    for number, item in enumerate(dependents):
        place = scale.bar(item.from_on, min(item.to_on or as_of, as_of))
        found.append({"x": place["x"], "to": round(place["x"] + place["width"], 2), "y": top + 5 * number})
    return found


def time_lines(terms: Terms, scale: Scale, as_of: date, words: bool = False) -> list[dict[str, Any]]:
    """The day from which a verdict is asked, and the day that is looked at."""
    found = [{"x": scale.place(as_of), "kind": "now", "text": _("peildatum") if words else None, "anchor": "end"}]
    if scale.holds(terms.from_on):
        found.append({"x": scale.place(terms.from_on), "kind": "target", "text": None})
    return found


def legend(terms: Terms) -> list[dict[str, str]]:
    """What the bars and lines mean."""
    listed = [
        ("kc_intake", labels.word(AssessmentState.INTAKE_SENT, language())),
        ("kc_review", labels.word(AssessmentState.IN_ASSESSMENT, language())),
        ("kc_positive", labels.word(AssessmentState.POSITIVE, language())),
        ("kc_negative", labels.word(AssessmentState.NEGATIVE, language())),
        ("kc_withdrawn", labels.word(AssessmentState.WITHDRAWN, language())),
        ("expired", labels.word(AssessmentState.EXPIRED, language())),
        ("use", _("in gebruik")),
        ("target", _("%(day)s: oordeel verplicht", day=labels.day_words(terms.from_on, language()))),
    ]
    return [{"kind": kind, "text": text} for kind, text in listed]


def time_line(
    item: VersionStanding, shown: Sequence[Dependent], names: Sequence[str], terms: Terms, as_of: date
) -> dict[str, Any]:
    """The large time line of one version: its states, and below it each use with its name."""
    scale = scale_until(as_of)
    rows: list[dict[str, Any]] = []
    if item.needs_assessment:
        rows.append({"label": _("KC-oordeel"), "bars": assessment_bars(item, scale, as_of)})
    for dependent, name in zip(shown, names, strict=True):
        rows.append({"label": name, "bars": _use_bars(item, dependent, scale, as_of)})
    return {
        "ticks": scale.years(),
        "lines": time_lines(terms, scale, as_of, words=True),
        "rows": rows,
        "legend": legend(terms),
    }


def _use_bars(item: VersionStanding, dependent: Dependent, scale: Scale, as_of: date) -> list[dict[str, Any]]:
    """One use as a bar; hatched on the days on which the condition holds and the verdict was not valid."""
    end = min(dependent.to_on or as_of, as_of)
    found = [{**scale.bar(dependent.from_on, end), "kind": "plain"}]
    if not dependent.is_asked:
        return found
    for period in item.history:
        if period.state is AssessmentState.EXPIRED and period.to_on >= dependent.from_on:
            start = max(period.from_on, dependent.from_on)
            found.append({**scale.bar(start, min(period.to_on, end)), "kind": "expired"})
    return found
