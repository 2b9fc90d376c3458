"""The mandates of all practices for a contract at once, for who keeps the contract and sees the practices."""

from __future__ import annotations

from flask import Blueprint, abort, g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker import access, clock
from tracker.access import actor, requires
from tracker.domain.addresses import below
from tracker.domain.day_grid import DayChange
from tracker.domain.policy import Action
from tracker.forms.day_grid import DayGridForm
from tracker.operations.mandates import save_mandates
from tracker.queries.dossiers import load
from tracker.queries.journal import recorded
from tracker.web.answers import may_keep_mandates
from tracker.web.day_grid_saves import saved_days, say_days
from tracker.web.kept_forms import expired_message
from tracker.web.mandates_view import KINDS, Sheet, counted_words, mandate_form, mandates_page, sheet_of
from tracker.web.region import codes

blueprint = Blueprint("mandates", __name__, url_prefix="/samenwerkingsverbanden/<code>/mandaten")


@blueprint.before_request
def _only_who_keeps_mandates() -> None:
    g.no_days = True
    if not may_keep_mandates(access.pen((request.view_args or {}).get("code", ""))):
        abort(403)


@blueprint.get("")
@requires(Action.write_records)
def index(code: str) -> ResponseReturnValue:
    """Both days of every mandate for a contract."""
    sheet = _sheet(code)
    return _shown(sheet, mandate_form(sheet))


@blueprint.post("")
@requires(Action.write_records)
def save(code: str) -> ResponseReturnValue:
    """Write what was changed, all of it or nothing."""
    sheet = _sheet(code)
    form = mandate_form(sheet, request.form)
    if g.get("form_expired"):
        g.message = expired_message()
        return _shown(sheet, form, 400)
    written = saved_days(form, lambda changes: _save(sheet, changes, form))
    if written is None:
        return _shown(sheet, form, 422)
    now = _("Nu: %(count)s.", count=counted_words(_sheet(code).counted)) if written else ""
    say_days(code, written, form, now)
    return redirect(sheet.address(), 303)


def _sheet(code: str) -> Sheet:
    found = load([code], KINDS).dossiers
    return sheet_of(found[0]) if found else abort(404)


def _save(sheet: Sheet, changes: list[DayChange], form: DayGridForm) -> list[DayChange]:
    if sheet.contract is None:
        abort(404)
    address = below(sheet.code, "contracts", (sheet.contract.code,))
    contract = recorded(sheet.code, {address}).get(address) or abort(404)
    return save_mandates(
        contract=contract.number,
        practices=[item.code for item in sheet.practices],
        changes=changes,
        pen=access.pen(sheet.code),
        catalogues=codes().codes,
        today=clock.today(),
        by=actor().name,
        reason=form.reason or None,
    )


def _shown(sheet: Sheet, form: DayGridForm, status: int = 200) -> ResponseReturnValue:
    return render_template("practices/grid.html", page=mandates_page(sheet, form), form=form), status
