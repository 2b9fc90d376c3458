"""The days of digital services in all practices of a region at once, for who keeps its practices."""

from __future__ import annotations

from flask import Blueprint, abort, g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from tracker import access, clock
from tracker.access import actor, requires
from tracker.domain.day_grid import DayChange
from tracker.domain.policy import Action
from tracker.forms.day_grid import DayGridForm
from tracker.operations.day_grid import DaysRefused, TooManyCells
from tracker.operations.use import save_use
from tracker.queries.dossiers import load
from tracker.web.dates import link
from tracker.web.day_grid_view import changed_words
from tracker.web.kept_forms import expired_message
from tracker.web.region import codes
from tracker.web.saying import say
from tracker.web.use_grid_view import Grid, grid_of, grid_page, use_form

blueprint = Blueprint("use_grid", __name__, url_prefix="/samenwerkingsverbanden/<code>/praktijken/gebruik")


@blueprint.before_request
def _only_who_writes_practices() -> None:
    g.no_days = True
    if not access.pen((request.view_args or {}).get("code", "")).may("component_use"):
        abort(403)


@blueprint.get("")
@requires(Action.write_records)
def index(code: str) -> ResponseReturnValue:
    """The grid, or one service with both of its days."""
    grid = _grid(code)
    return _shown(grid, use_form(grid))


@blueprint.post("")
@requires(Action.write_records)
def save(code: str) -> ResponseReturnValue:
    """Write what was changed, all of it or nothing."""
    grid = _grid(code)
    form = use_form(grid, request.form)
    if g.get("form_expired"):
        g.message = expired_message()
        return _shown(grid, form, 400)
    changes = form.changes()
    if form.has_errors:
        return _shown(grid, form, 422)
    try:
        written = _save(code, changes, form)
    except TooManyCells:
        form.take_too_many()
        return _shown(grid, form, 422)
    except DaysRefused as refused:
        form.take(refused.faults)
        return _shown(grid, form, 422)
    _say(grid, written, form)
    return redirect(grid.address(), 303)


def _grid(code: str) -> Grid:
    found = load([code], {"direction", "direction_phase"}).dossiers
    return grid_of(found[0]) if found else abort(404)


def _save(code: str, changes: list[DayChange], form: DayGridForm) -> list[DayChange]:
    return save_use(
        code=code,
        changes=changes,
        pen=access.pen(code),
        catalogues=codes().codes,
        today=clock.today(),
        by=actor().name,
        reason=form.reason or None,
    )


def _shown(grid: Grid, form: DayGridForm, status: int = 200) -> ResponseReturnValue:
    return render_template("practices/grid.html", page=grid_page(grid, form), form=form), status


def _say(grid: Grid, written: list[DayChange], form: DayGridForm) -> None:
    if not written:
        say(_("Er was niets gewijzigd."))
        return
    heads = {place: cell.head for place, cell in form.cells.items()}
    text = ngettext("%(num)s dag vastgelegd.", "%(num)s dagen vastgelegd.", len(written))
    say(
        f"{text} {changed_words(written, heads)}",
        url=link("cooperations.history", code=grid.code),
        url_text=_("Geschiedenis"),
    )
