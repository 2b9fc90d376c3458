"""Themes and solution directions of a region: every theme, also the empty ones, with the phases of each direction."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from tracker import labels
from tracker.domain.directions import IMPLEMENTING, SELECTED, directions_in, phase_on
from tracker.domain.finding import Finding, Status
from tracker.domain.periods import active
from tracker.domain.programme import Direction as Asked
from tracker.domain.programme import Programme, Theme
from tracker.domain.records.direction import Direction, DirectionPhase
from tracker.domain.records.enums import Phase
from tracker.web.answers import forms_of
from tracker.web.chips import chip_of
from tracker.web.dates import days, link
from tracker.web.frame import language
from tracker.web.region import codes, day_text, finding_of, words
from tracker.web.scope import Visible
from tracker.web.why_view import why_url

STEPS = (Phase.SELECTED, Phase.PILOT, Phase.IMPLEMENTING, Phase.IN_USE)


def themes_card(seen: Visible, programme: Programme) -> dict[str, Any]:
    """The themes as templates/components/phases.html `direction_rows` draws them, with what they come to."""
    held = {item.code: item for item in seen.dossier.directions}
    return {
        "text": _summary(seen, programme),
        "add": forms_of(seen.dossier).add("direction"),
        "rows": [_theme(seen, theme, held) for theme in programme.themes],
    }


def _summary(seen: Visible, programme: Programme) -> str:
    day = days().as_of
    chosen = directions_in(seen.dossier.directions, day, SELECTED)
    busy = directions_in(seen.dossier.directions, day, IMPLEMENTING)
    codes_busy = {item.code for item in chosen}
    themes = sum(any(item.code in codes_busy for item in theme.directions) for theme in programme.themes)
    told = ngettext("%(num)s richting gekozen", "%(num)s richtingen gekozen", len(chosen))
    return " ".join(
        (
            _("%(chosen)s, %(busy)s in implementatie of in gebruik.", chosen=told, busy=len(busy)),
            _("%(num)s van %(total)s thema’s.", num=themes, total=len(programme.themes)),
        )
    )


def _theme(seen: Visible, theme: Theme, held: dict[str, Direction]) -> dict[str, Any]:
    chosen = [(asked, held[asked.code]) for asked in theme.directions if asked.code in held]
    return {
        "title": f"{theme.code} {words(theme.short or theme.title)}",
        "note": None if chosen else _("Geen richting gekozen"),
        "directions": [_direction(seen, asked, item) for asked, item in chosen],
    }


def _direction(seen: Visible, asked: Asked, item: Direction) -> dict[str, Any]:
    aligned = finding_of(seen, "directions_aligned")
    named = aligned is not None and item.code in aligned.reason.values.get("directions", ())
    return {
        "id": f"richting-{item.code}",
        "code": item.code,
        "name": words(asked.short),
        "sub": _sub(seen, item),
        "steps": steps_of(item),
        "stopped": _stopped(item),
        "edit": forms_of(seen.dossier).correction(item, _("Fase wijzigen")),
        "status": _alignment(aligned) if named and aligned is not None else None,
        "why_url": why_url(aligned, seen.code) if named and aligned is not None else None,
    }


def _alignment(aligned: Finding) -> dict[str, Any]:
    said = _("Sluit niet aan op de visie") if aligned.status is Status.NOT_MET else _("Aansluiting nog te bevestigen")
    return chip_of(aligned.status, of=aligned) | {"word": said}


def _sub(seen: Visible, item: Direction) -> list[Any]:
    """The components that were chosen, and the initiatives that serve the direction."""
    day = days().as_of
    components = sorted({part.component for part in active(item.components, day)})
    names = [words(held.title) if (held := codes().components.get(code)) else code for code in components]
    parts: list[Any] = []
    if names:
        named = labels.listed(names, language())
        parts = [ngettext("Onderdeel: %(named)s", "Onderdelen: %(named)s", len(names), named=named), " · "]
    serving = [
        held
        for held in seen.dossier.initiatives
        if any(link_.code == item.code for link_ in active(held.directions, day))
    ]
    if not serving:
        return [*parts, _("Nog geen initiatief") if not parts else _("nog geen initiatief")]
    parts.append(
        ngettext("initiatief", "initiatieven", len(serving))
        if parts
        else ngettext("Initiatief", "Initiatieven", len(serving))
    )
    for number, one in enumerate(sorted(serving, key=lambda item: item.code)):
        parts += [", " if number else " ", {"text": one.title, "url": link("initiatives.detail", id=one.code)}]
    return parts


def steps_of(item: Direction) -> list[dict[str, Any]]:
    """The four phases as steps: done, current, skipped or not yet."""
    day = days().as_of
    now, last = phase_on(item, day), _last_phase(item)
    reached = {entry.phase: entry.reached_on for entry in sorted(item.phases, key=lambda entry: entry.reached_on)}
    rank = STEPS.index(last) if last in STEPS else -1
    steps = []
    for place, phase in enumerate(STEPS):
        state, note = "future", _("nog niet")
        if place <= rank and phase not in reached:
            state, note = "skipped", _("overgeslagen")
        elif place <= rank:
            state, note = "current" if phase is now else "done", day_text(reached[phase])
        steps.append({"word": labels.capital(labels.word(phase, language())), "note": note, "state": state})
    return steps


def _last_phase(item: Direction) -> Phase | None:
    """The phase it is in, or was in before it stopped."""
    kept = [entry for entry in item.phases if entry.phase is not Phase.STOPPED]
    last = max(kept, key=lambda entry: (entry.reached_on, STEPS.index(entry.phase)), default=None)
    return None if last is None else last.phase


def _stopped(item: Direction) -> str | None:
    if phase_on(item, days().as_of) is not Phase.STOPPED:
        return None
    entry: DirectionPhase = max(
        (held for held in item.phases if held.phase is Phase.STOPPED), key=lambda held: held.reached_on
    )
    return str(_("Gestopt op %(day)s", day=day_text(entry.reached_on)))
