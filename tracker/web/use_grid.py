"""The days of digital services in all practices of a region at once, for who keeps its practices."""

from __future__ import annotations

from flask import Blueprint, abort, g, redirect, render_template, request
from flask.typing import ResponseReturnValue

from tracker import access, clock
from tracker.access import actor, requires
from tracker.domain.day_grid import DayChange
from tracker.domain.policy import Action
from tracker.forms.day_grid import DayGridForm
from tracker.operations.use import save_use
from tracker.queries.dossiers import load
from tracker.web.day_grid_saves import saved_days, say_days
from tracker.web.kept_forms import expired_message
from tracker.web.region import codes
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
    written = saved_days(form, lambda changes: _save(code, changes, form))
    if written is None:
        return _shown(grid, form, 422)
    say_days(grid.code, written, form)
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
