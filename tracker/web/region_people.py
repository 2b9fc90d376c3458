"""The people of one cooperation, by its own board: roles, invitations, and links to read along."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker import clock, labels
from tracker.access import actor, requires
from tracker.domain.policy import Action
from tracker.forms.people import LinkForm, OfferForm
from tracker.operations.accounts import AccountRefused
from tracker.operations.invitations import revoke_invitation as revoke
from tracker.operations.read_links import make_read_link, revoke_read_link
from tracker.queries import people as known
from tracker.web.frame import fictional, language
from tracker.web.letters import address
from tracker.web.people_parts import attempt, end, hear, offer, refusal, shorten, show_once
from tracker.web.people_view import (
    invitation_rows,
    link_rows,
    own_roles,
    regions,
    role_choices,
    role_rows,
)

blueprint = Blueprint("region_people", __name__, url_prefix="/samenwerkingsverbanden/<code>/mensen")
NUMBER = "int(max=2147483647)"


@blueprint.get("")
@requires(Action.manage_people)
def index(code: str) -> ResponseReturnValue:
    """Who has a role here, who is invited, and who reads along."""
    return _page(code, LinkForm())


@blueprint.route("/uitnodigen", methods=("GET", "POST"))
@requires(Action.manage_people)
def invite(code: str) -> ResponseReturnValue:
    """Invite somebody to a role of this cooperation."""
    today = labels.day_words(clock.real_today(), language())
    form = OfferForm(request.form or None, roles=role_choices(own_roles()), starts_on=today)
    if request.method == "POST" and form.validate() and offer(form, code):
        return redirect(url_for("region_people.index", code=code), 303)
    fields = ("name", "email", "language", "role", "starts_on", "ends_on")
    page = {
        "head": _head(code, _("Iemand uitnodigen")),
        "form": form,
        "errors": form.errors_shown(fields),
        "fields": fields,
        "cancel_url": url_for("region_people.index", code=code),
    }
    return _shown("invite", page, 422 if form.errors else 200)


@blueprint.post(f"/rollen/<{NUMBER}:grant>/inkorten")
@requires(Action.manage_people)
def shorten_role(code: str, grant: int) -> ResponseReturnValue:
    """Move the last day of a role here forward."""
    _role_here(code, grant)
    return shorten(grant, url_for("region_people.index", code=code))


@blueprint.post(f"/rollen/<{NUMBER}:grant>/beeindigen")
@requires(Action.manage_people)
def end_role(code: str, grant: int) -> ResponseReturnValue:
    """End a role here at once."""
    _role_here(code, grant)
    return end(grant, url_for("region_people.index", code=code))


@blueprint.post(f"/uitnodigingen/<{NUMBER}:number>/intrekken")
@requires(Action.manage_people)
def revoke_invitation(code: str, number: int) -> ResponseReturnValue:
    """End an invitation to a role here."""
    if number not in {item.id for item in known.invitations(code)}:
        abort(404)
    done, back = _("De uitnodiging is ingetrokken."), url_for("region_people.index", code=code)
    return attempt(lambda: revoke(number=number, by=actor().name), done, back)


@blueprint.post("/meeleeslinks")
@requires(Action.manage_people)
def make_link(code: str) -> ResponseReturnValue:
    """Make a link to read along, shown once."""
    form = LinkForm(request.form)
    if not form.validate():
        return _page(code, form)
    try:
        made = make_read_link(cooperation=code, purpose=form.purpose.data or "", maker=actor().account, by=actor().name)
    except AccountRefused as refused:
        form.refuse(refused.field, refusal(refused))
        return _page(code, form)
    told = _("Dit is de link. Kopieer hem nu: hij wordt niet nog een keer getoond. Wie hem heeft, kan meelezen.")
    show_once(told, address("read_links.opened", secret=made))
    return redirect(url_for("region_people.index", code=code), 303)


@blueprint.post(f"/meeleeslinks/<{NUMBER}:number>/intrekken")
@requires(Action.manage_people)
def revoke_link(code: str, number: int) -> ResponseReturnValue:
    """End a link at once."""
    if number not in {item.id for item in known.read_links(code)}:
        abort(404)
    done, back = _("De link is ingetrokken."), url_for("region_people.index", code=code)
    return attempt(lambda: revoke_read_link(number=number, by=actor().name), done, back)


def _role_here(code: str, grant: int) -> None:
    """404 when the role is no role of this cooperation's own."""
    here = (role for person in known.people(cooperation=code) for role in person.roles)
    if not any(role.number == grant and role.cooperation == code and role.insurer is None for role in here):
        abort(404)


def _page(code: str, form: LinkForm) -> ResponseReturnValue:
    def end_url(grant: int) -> dict[str, str]:
        values: dict[str, Any] = {"code": code, "grant": grant}
        return {
            "end": url_for("region_people.end_role", **values),
            "shorten": url_for("region_people.shorten_role", **values),
        }

    page = {
        "head": _head(code, _("Mensen"), invite=True),
        "people": [
            row for item in known.people(cooperation=code) for row in role_rows(item, _own(item, code), end_url)
        ],
        "invitations": invitation_rows(known.invitations(code), "region_people.revoke_invitation", code=code),
        "links": link_rows(known.read_links(code), code),
        "form": form,
        "errors": form.errors_shown(("purpose",)),
        "make_url": url_for("region_people.make_link", code=code),
    }
    return _shown("region", page, 422 if form.errors else 200)


def _own(person: known.Person, code: str) -> list[known.HeldRole]:
    """The roles of this cooperation's own; the others are nobody's business here."""
    return [role for role in person.roles if role.cooperation == code and role.insurer is None]


def _head(code: str, title: str, *, invite: bool = False) -> dict[str, Any]:
    name = regions().get(code, code)
    url = url_for("region_people.invite", code=code)
    button = {"text": _("Nodig iemand uit"), "url": url, "primary": True}
    return {
        "title": f"{title} · {name}",
        "fictional": fictional(),
        "crumbs": [{"text": name, "url": url_for("cooperations.overview", code=code)}, {"text": _("Mensen")}],
        "buttons": [button] if invite else [],
    }


def _shown(template: str, page: dict[str, Any], status: int) -> ResponseReturnValue:
    once = hear()
    return render_template(f"people/{template}.html", page=page, tabs=None, once=once), status
