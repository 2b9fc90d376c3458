"""The overview of a region: what changed, the roadmap in time, themes, initiatives, next steps and the rules."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from tracker import labels
from tracker.domain.changes import Change, ChangeKind
from tracker.domain.dossier_changes import changes_between
from tracker.domain.finding import Finding, Status
from tracker.domain.next_steps import NextStep, next_steps
from tracker.domain.programme import Programme
from tracker.domain.roadmap_story import roadmap_story
from tracker.domain.roadmap_tally import RulesMet, roadmap_findings, rules_met
from tracker.domain.rules import rounds_that_count
from tracker.exchange.tables import Column, Table
from tracker.web.actions_view import make_action, open_fact
from tracker.web.answers import Forms, forms_of
from tracker.web.chips import chip_of
from tracker.web.dates import days, link
from tracker.web.disagreements_view import disagreements_card
from tracker.web.frame import language, programme
from tracker.web.region import day_text, head, region, words
from tracker.web.region_about import about_cards
from tracker.web.region_directions import themes_card
from tracker.web.region_initiatives import initiative_rows, rows_table, rows_view
from tracker.web.roadmap_view import roadmap_figure, roadmap_table, roadmap_timeline, said
from tracker.web.scope import Visible
from tracker.web.setup_view import setup_card
from tracker.web.why_view import why_url, why_view

MOST_STEPS, MOST_CHANGES = 5, 3


def overview_page(seen: Visible) -> dict[str, Any]:
    """The view model of templates/cooperations/overview.html."""
    if (card := setup_card(seen)) is not None:
        return {**head(seen, "overview"), "setup": card, "change": change_notice(seen)}
    asked, as_of = programme(), days().as_of
    story = roadmap_story(seen.dossier, seen.findings, asked, as_of)
    figure, timeline = roadmap_figure(story, asked), roadmap_timeline(story, asked)
    earlier = compared(seen)
    rows = initiative_rows(seen, earlier)
    forms, frame = forms_of(seen.dossier), head(seen, "overview")
    frame["head"]["facts"] += _rules_fact(roadmap_findings(seen.findings, seen.code, asked))
    frame["head"]["facts"].append(open_fact(seen.dossier))
    steps = next_steps(seen.findings, seen.dossier, as_of)
    return {
        **frame,
        "setup": None,
        "change": change_notice(seen),
        "roadmap": figure if story.rows else figure | {"empty": _no_roadmap(asked, seen)},
        "timeline": timeline,
        "themes": themes_card(seen, asked),
        "initiatives": {
            "table": rows_view(rows) if rows else None,
            "empty": None
            if rows
            else {"title": _("Nog geen initiatieven vastgelegd."), "button": forms.add("initiative")},
            "add": forms.add("initiative") if rows else None,
        },
        "steps": [_step(item, forms) for item in steps[:MOST_STEPS]],
        "more_steps": [_step(item, forms) for item in steps[MOST_STEPS:]],
        "more_word": _more(len(steps) - MOST_STEPS),
        "rules": rules_card(seen, asked, earlier),
        "disagreements": disagreements_card([seen]),
        "about": about_cards(seen),
    }


def overview_tables(seen: Visible) -> dict[str, Table]:
    """The tables of the overview by the name in the address."""
    asked = programme()
    story = roadmap_story(seen.dossier, seen.findings, asked, days().as_of)
    return {
        "roadmap": roadmap_table(story),
        "initiatieven": rows_table(initiative_rows(seen)),
        "regels": rules_table(seen, asked),
    }


def _no_roadmap(asked: Programme, seen: Visible) -> dict[str, Any]:
    first = min((item for item in asked.key_dates), key=lambda item: item.on, default=None)
    text = (
        None
        if first is None
        else _("Eerste datum: %(day)s (%(what)s).", day=labels.day_words(first.on, language()), what=words(first.title))
    )
    begin = forms_of(seen.dossier).add("vision", text=_("Begin met de visie"))
    return {"title": _("Nog niets vastgelegd."), "text": text, "button": begin}


# --- what changed ---


def change_notice(seen: Visible) -> dict[str, Any] | None:
    """What went back and forth since the compare date, else since the last meeting."""
    now = days()
    last = max((item.held_on for item in rounds_that_count(seen.dossier) if item.held_on < now.as_of), default=None)
    since = now.compare if now.compare is not None and now.compare < now.as_of else last
    if since is None:
        return None
    before = region(seen.code, on=since)
    found = changes_between(before.dossier, seen.dossier, before.findings, seen.findings, since=since, until=now.as_of)
    rules = [item for item in found if _is_roadmap(item, seen.code)]
    worse, better = (
        [item for item in rules if item.kind is kind and not _is_ambition(item)]
        for kind in (ChangeKind.WORSE, ChangeKind.BETTER)
    )
    told = [*worse, *better][:MOST_CHANGES]
    ambition = [item for item in rules if _is_ambition(item)]
    address = {"vergelijk": since.isoformat()}
    changes = link("changes.index", regio=seen.code, **address) or link("cooperations.history", code=seen.code)
    return {
        "direction": "worse" if worse else "better" if better else "same",
        "title": change_title(since, since == last, len(worse), len(better)),
        "text": _sentences(seen, told) + _sentences(seen, ambition, _("Ambitie:")),
        "link": {"text": _("Alle wijzigingen"), "url": changes},
    }


def _is_roadmap(item: Change, code: str) -> bool:
    found = item.after or item.before
    return found is not None and item.subject == code and found.requirement.column is not None


def _is_ambition(item: Change) -> bool:
    found = item.after or item.before
    return found is not None and found.requirement.ambition


def change_title(since: date, is_meeting: bool, worse: int, better: int) -> str:
    day = labels.day_words(since, language())
    back = ngettext("%(num)s regel", "%(num)s regels", worse)
    values = {"day": day, "back": back, "forth": better}
    if not worse and not better:
        if is_meeting:
            return str(_("Sinds het gesprek van %(day)s ging geen regel achteruit of vooruit.", day=day))
        return str(_("Sinds %(day)s ging geen regel achteruit of vooruit.", day=day))
    if not is_meeting:
        return str(_("Sinds %(day)s: %(back)s achteruit en %(forth)s vooruit.", **values))
    if worse == 1:
        return str(_("Sinds het gesprek van %(day)s ging %(back)s achteruit en %(forth)s vooruit.", **values))
    return str(_("Sinds het gesprek van %(day)s gingen %(back)s achteruit en %(forth)s vooruit.", **values))


def _sentences(seen: Visible, items: Iterable[Change], before: str = "") -> list[Any]:
    """Sentences of change without the name of the region, which stands on top of the page."""
    parts: list[Any] = []
    for item in items:
        sentence = labels.text(item.sentence, language()).removeprefix(f"{seen.dossier.name}: ")
        parts += [f"{before} " if before else "", sentence, " "]
    return parts


# --- next steps and rules ---


def _more(number: int) -> str:
    return str(ngettext("Nog %(num)s stap", "Nog %(num)s stappen", max(number, 0)))


def _step(item: NextStep, forms: Forms) -> dict[str, Any]:
    title, reason = said(item.title), said(item.reason)
    reason = reason[:1].upper() + reason[1:]
    return {
        "title": title,
        "reason": reason if reason.endswith(".") else f"{reason}.",
        "owner": said(item.owner),
        "action": {"text": _("Waarom?"), "url": why_url(item.finding, item.finding.subject)},
        "answer": forms.answer(item.finding),
        "make": make_action(forms.code, title, item.finding.key),
    }


def compared(seen: Visible) -> Visible | None:
    """The region on the compare date, where the reader set one."""
    return None if days().compare is None else region(seen.code, on=days().compare)


def rules_card(seen: Visible, asked: Programme, earlier: Visible | None = None) -> dict[str, Any]:
    """The rules with their status and `Waarom?`, and how many are met; what changed is said at its rule."""
    found = roadmap_findings(seen.findings, seen.code, asked)
    former = roadmap_findings(earlier.findings, earlier.code, asked) if earlier is not None else ()
    then = {item.key: item.status for item in former}
    return {"summary": _counts(found), "rows": [_rule(item, seen, then.get(item.key)) for item in found]}


def _rule(item: Finding, seen: Visible, then: Status | None) -> dict[str, Any]:
    changed = None
    if then is not None and then is not item.status and days().compare is not None:
        word = words(labels.status_label(then).word)
        changed = _("was op %(day)s: %(status)s", day=day_text(days().compare), status=word)
    why = why_view(item, seen.dossier)
    return {"title": words(item.requirement.label), "status": rule_chip(item), "why": why, "changed": changed}


def rule_chip(item: Finding) -> dict[str, Any]:
    """The full status with its one fact: `Niet behaald (184 dagen)`."""
    as_of, tongue = days().as_of, language()
    fact = labels.short_fact(item, as_of, tongue)
    return chip_of(item.status, tone=labels.tone_of(item, as_of), fact=fact, proof=item.proof, of=item)


def _rules_fact(found: Iterable[Finding]) -> list[list[Any]]:
    """The way to the rules from the top of the page: on a phone they stand far below."""
    held = rules_met(found)
    if not held.total:
        return []
    met = _("%(met)s van %(total)s", met=held.met, total=held.total)
    return [[{"text": met, "strong": True}, " ", {"text": _("roadmapregels behaald"), "url": "#roadmapregels"}]]


def _counts(found: Iterable[Finding]) -> list[Any]:
    """`5 van 13 behaald · 3 te laat · 1 deels · 4 niet`; what does not apply is left out."""
    held = rules_met(found)
    if not held.total:
        return [_("Geen regel van dit kader geldt voor deze regio.")]
    met = _("%(met)s van %(total)s", met=held.met, total=held.total)
    return [{"text": met, "strong": True}, f" {_('behaald')}", *(f" · {text}" for text in other_words(held))]


def other_words(held: RulesMet) -> list[str]:
    """`3 te laat`, `1 deels`: the rules that are not met in time, by their status."""
    told = {
        Status.LATE: _("%(num)s te laat"),
        Status.PARTIAL: _("%(num)s deels"),
        Status.NOT_MET: _("%(num)s niet"),
        Status.UNKNOWN: _("%(num)s onbekend"),
        Status.PENDING: _("%(num)s nog niet aan de orde"),
        Status.ADVISORY: _("%(num)s aandachtspunt"),
    }
    return [str(text) % {"num": number} for status, text in told.items() if (number := held.counts.get(status, 0))]


def rules_table(seen: Visible, asked: Programme) -> Table:
    """The rules as a file."""
    columns = (
        Column(_("Regel")),
        Column(_("Onderdeel"), width=32),
        Column(_("Status"), width=20),
        Column(_("Uitleg"), width=60),
        Column(_("Uiterlijk"), "day"),
        Column(_("Te laat"), "number", _("dagen")),
        Column(_("Bewijskracht")),
    )
    rows = tuple(
        (
            item.rule,
            words(item.requirement.label),
            labels.status_words(item, language()),
            labels.text(item.reason, language()),
            item.due_on or "",
            item.days_late if item.days_late is not None else "",
            labels.word(item.proof, language()) if item.proof else "",
        )
        for item in roadmap_findings(seen.findings, seen.code, asked)
    )
    return Table(title=_("Roadmapregels"), columns=columns, rows=rows)
