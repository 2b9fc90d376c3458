"""Cooperations for the administrator: the list, opening one, merging some and closing one."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker import clock
from tracker.access import actor, requires
from tracker.domain.policy import Action
from tracker.forms.administration import Ask, AskedForm, beginning_of, merger_of
from tracker.forms.days import parse_day
from tracker.operations.cooperations import CooperationRefused, close_cooperation, merge_cooperations, open_cooperation
from tracker.operations.dossiers import ImportReport
from tracker.programmes import catalogue
from tracker.queries.findings import programmes
from tracker.web.administration import say, shown
from tracker.web.downloads import asked, download
from tracker.web.frame import language
from tracker.web.region_administration_view import (
    closing_page,
    list_page,
    living_cooperations,
    merging_page,
    opening_page,
    regions_table,
)

blueprint = Blueprint("region_administration", __name__, url_prefix="/beheer/samenwerkingsverbanden")


@blueprint.get("")
@requires(Action.administer)
def index() -> ResponseReturnValue:
    """Every cooperation, also those that have ended."""
    if asked():
        return download(regions_table(), "beheer-samenwerkingsverbanden")
    return shown("regions", list_page())


@blueprint.route("/openen", methods=["GET", "POST"])
@requires(Action.administer)
def opening() -> ResponseReturnValue:
    """Open a cooperation."""
    form = _ask().opening(request.form if request.method == "POST" else None)
    if request.method == "POST" and form.validate() and _done(form, _open):
        say(_("%(name)s is geopend.", name=form.raw("name")), form.raw("code"))
        return redirect(url_for(".index"), 303)
    return shown("opening", opening_page(form), 422 if form.errors_shown else 200, has_errors=form.errors_shown)


@blueprint.route("/samenvoegen", methods=["GET", "POST"])
@requires(Action.administer)
def merging() -> ResponseReturnValue:
    """Let cooperations go up into a new one: first see what that does, then do it."""
    living = living_cooperations()
    form = _ask().merging(
        [(item.code, item.name) for item in living], request.form if request.method == "POST" else None
    )
    told = None
    if request.method == "POST" and form.validate():
        told = _done(form, _merge)
        if told is not None and not told.dry_run:
            say(_("Het nieuwe samenwerkingsverband is %(name)s.", name=form.raw("name")), form.raw("code"))
            return redirect(url_for(".index"), 303)
    page = merging_page(form, living, told)
    return shown("merging", page, 422 if form.errors_shown else 200, has_errors=form.errors_shown)


@blueprint.route("/<code>/sluiten", methods=["GET", "POST"])
@requires(Action.administer)
def closing(code: str) -> ResponseReturnValue:
    """Close a cooperation."""
    form = _ask().closing(request.form if request.method == "POST" else None)
    if request.method == "POST" and form.validate() and _done(form, lambda valid: _close(code, valid)):
        say(_("%(code)s is opgeheven.", code=code))
        return redirect(url_for(".index"), 303)
    page = closing_page(code, form) or abort(404)
    return shown("closing", page, 422 if form.errors_shown else 200, has_errors=form.errors_shown)


def _ask() -> Ask:
    return Ask(language(), clock.today(), sorted(catalogue(programmes()).insurers.items()))


def _done(form: AskedForm, operate: Callable[[AskedForm], ImportReport]) -> ImportReport | None:
    """What the operation did; None when it refused, and then the form says why."""
    try:
        return operate(form)
    except CooperationRefused as refused:
        form.lay((field, reason.en if language() == "en" else reason.nl) for field, reason in refused.faults)
        return None


def _open(form: AskedForm) -> ImportReport:
    return open_cooperation(
        beginning=beginning_of(form),
        catalogues=catalogue(programmes()).codes,
        today=clock.today(),
        by=actor().name,
        reason=form.raw("reason"),
    )


def _merge(form: AskedForm) -> ImportReport:
    return merge_cooperations(
        codes=form.raw("codes"),
        merger=merger_of(form),
        catalogues=catalogue(programmes()).codes,
        today=clock.today(),
        by=actor().name,
        reason=form.raw("reason"),
        dry_run="check" in request.form,
    )


def _close(code: str, form: AskedForm) -> ImportReport:
    return close_cooperation(
        code=code,
        last_day=parse_day(form["last_day"].data) or clock.today(),
        catalogues=catalogue(programmes()).codes,
        today=clock.today(),
        by=actor().name,
        reason=form.raw("reason"),
    )
