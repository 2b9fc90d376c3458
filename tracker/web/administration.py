"""Pages of the administrator: what deserves attention, the programmes of this version and the settings."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, g, render_template, request, session, stream_with_context
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker.access import requires
from tracker.domain.policy import Action
from tracker.exchange.dossier_file import dossier_json
from tracker.queries.exports import MixedFiction, export
from tracker.web.administration_view import overview_page, programmes_page, programmes_table, settings_page
from tracker.web.dates import link
from tracker.web.downloads import asked, download
from tracker.web.problems import problem

blueprint = Blueprint("administration", __name__, url_prefix="/beheer")
SAID = "administration_said"


def tabs() -> list[dict[str, Any]]:
    """The pages of the administrator, for templates/administration/page.html; one that the house lacks is left out."""
    listed = (
        ("administration.index", _("Overzicht")),
        ("people.index", _("Mensen")),
        ("people.invitations", _("Uitnodigingen")),
        ("people.tokens", _("Tokens")),
        ("people.attempts", _("Aanmeldpogingen")),
        ("people.mails", _("Mail")),
        ("region_administration.index", _("Samenwerkingsverbanden")),
        ("administration.programmes", _("Programma’s")),
        ("imports.index", _("Importeren")),
        ("administration.settings", _("Instellingen")),
    )
    found = [(endpoint, text, link(endpoint)) for endpoint, text in listed]
    here = request.blueprint if request.blueprint not in ("administration", "people") else request.endpoint
    return [
        {"text": text, "url": url, "current": here in (endpoint, endpoint.partition(".")[0])}
        for endpoint, text, url in found
        if url
    ]


def shown(template: str, page: dict[str, Any], status: int = 200, **more: Any) -> ResponseReturnValue:
    """A page of the administrator: no peildatum, the tabs, and what the page before wants to say."""
    g.no_days = True
    if said := session.pop(SAID, None):
        g.message = {"tone": "blue", "icon": "check-lg", "focus": True, **_said(**said)}
    return render_template(f"administration/{template}.html", page=page, tabs=tabs(), **more), status


def say(text: str, region: str | None = None) -> None:
    """Have the next page say what was done; with a region it also shows how to go on."""
    session[SAID] = {"text": text, "region": region}


def _said(text: str, region: str | None) -> dict[str, Any]:
    if region is None:
        return {"text": text}
    setup = link("setup.index", code=region)
    next_step = _("Regio inrichten") if setup else _("Naar het dossier")
    return {"text": text, "link": {"text": next_step, "url": setup or link("cooperations.overview", code=region)}}


@blueprint.get("")
@requires(Action.administer)
def index() -> ResponseReturnValue:
    """What there is, and what deserves attention."""
    return shown("index", overview_page())


@blueprint.get("/programmas")
@requires(Action.administer)
def programmes() -> ResponseReturnValue:
    """The programmes of this version: what each asks, where it applies and whether its file is sound."""
    if asked():
        return download(programmes_table(), "beheer-programmas")
    return shown("programmes", programmes_page())


@blueprint.get("/instellingen")
@requires(Action.administer)
def settings() -> ResponseReturnValue:
    """How this installation is set, how large it is, and everything in it as one file."""
    wanted = request.args.get("formaat")
    if wanted is None:
        return shown("settings", settings_page())
    if wanted != "json":
        abort(400)
    try:
        found = export(None)
    except MixedFiction:
        return problem(
            409, _("Verzonnen en echte gegevens gaan niet in één bestand. Exporteer per code met tracker export.")
        )
    pieces = dossier_json(found.register, found.dossiers, fictional=found.fictional)
    disposition = 'attachment; filename="regiotracker-dossiers.json"'
    return Response(
        stream_with_context(pieces), mimetype="application/json", headers={"Content-Disposition": disposition}
    )
