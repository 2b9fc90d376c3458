"""Pages of the administrator about people: accounts and roles, invitations, tokens, tries to sign in, mail."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker import clock, labels
from tracker.access import actor, requires
from tracker.domain.policy import Action, Role
from tracker.forms.people import HelpForm, OfferForm, RoleForm, TokenForm
from tracker.operations import people as change
from tracker.operations.accounts import AccountRefused, create_token, end_token
from tracker.operations.invitations import revoke_invitation as revoke
from tracker.queries import people as known
from tracker.web.administration import tabs
from tracker.web.frame import fictional, language
from tracker.web.mails_view import mails_page
from tracker.web.people_lists import attempts_page, people_page, tokens_page
from tracker.web.people_parts import (
    attempt,
    end,
    hear,
    help_card,
    offer,
    refusal,
    role_of,
    say,
    shorten,
    show_once,
    tell_helped,
)
from tracker.web.people_view import (
    cooperation_choices,
    event_rows,
    insurer_choices,
    invitation_rows,
    moment,
    role_choices,
    role_rows,
    state_words,
)

blueprint = Blueprint("people", __name__, url_prefix="/beheer")
NUMBER = "int(max=2147483647)"
SINCE = timedelta(days=7)
ROLE_FIELDS = ("role", "cooperation", "insurer", "starts_on", "ends_on")


def shown(template: str, page: dict[str, Any], status: int = 200) -> ResponseReturnValue:
    """A page of the administrator, with the tabs and what the page before wants to say."""
    once = hear()
    return render_template(f"people/{template}.html", page=page, tabs=tabs(), once=once), status


@blueprint.get("/mensen")
@requires(Action.administer)
def index() -> ResponseReturnValue:
    """Everybody with an account, by region, role and state."""
    return shown("index", people_page(known.people()))


@blueprint.get(f"/mensen/<{NUMBER}:number>")
@requires(Action.administer)
def detail(number: int) -> ResponseReturnValue:
    """One person: the roles, what happened to the account, and what can be changed."""
    return _person(number, _role_form())


@blueprint.post(f"/mensen/<{NUMBER}:number>/rollen")
@requires(Action.administer)
def give_role(number: int) -> ResponseReturnValue:
    """Give this person a role."""
    form = _role_form(request.form)
    if not form.validate():
        return _person(number, form, 422)
    try:
        change.give_role(account=number, by=actor().name, **role_of(form))
    except AccountRefused as refused:
        form.refuse(refused.field, refusal(refused))
        return _person(number, form, 422)
    say(_("De rol is gegeven. De persoon moet zich opnieuw aanmelden."))
    return redirect(url_for("people.detail", number=number), 303)


@blueprint.post(f"/mensen/<{NUMBER}:number>/rollen/<{NUMBER}:grant>/inkorten")
@requires(Action.administer)
def shorten_role(number: int, grant: int) -> ResponseReturnValue:
    """Move the last day of a role forward."""
    _own_role(number, grant)
    return shorten(grant, url_for("people.detail", number=number))


@blueprint.post(f"/mensen/<{NUMBER}:number>/rollen/<{NUMBER}:grant>/beeindigen")
@requires(Action.administer)
def end_role(number: int, grant: int) -> ResponseReturnValue:
    """End a role at once."""
    _own_role(number, grant)
    return end(grant, url_for("people.detail", number=number))


@blueprint.post(f"/mensen/<{NUMBER}:number>/sluiten")
@requires(Action.administer)
def close(number: int) -> ResponseReturnValue:
    """Close the account."""
    back = url_for("people.detail", number=number)
    return attempt(lambda: change.close_account(account=number, by=actor().name), _("Het account is gesloten."), back)


@blueprint.post(f"/mensen/<{NUMBER}:number>/heropenen")
@requires(Action.administer)
def reopen(number: int) -> ResponseReturnValue:
    """Open the account again."""
    back = url_for("people.detail", number=number)
    return attempt(lambda: change.reopen_account(account=number, by=actor().name), _("Het account is heropend."), back)


@blueprint.post(f"/mensen/<{NUMBER}:number>/tweede-stap")
@requires(Action.administer)
def remove_second_step(number: int) -> ResponseReturnValue:
    """Take away the second step of somebody who lost it; the person gets a mail about it."""
    form, found = HelpForm(request.form), known.person(number)
    if found is None or not form.validate():
        return _person(number, _role_form(), 422, form)
    reason, by = (form.reason.data or "").strip(), actor().name
    try:
        change.remove_second_step(
            account=number, asker=actor().account, reason=reason, by=by, tell=lambda: tell_helped(found, reason, by)
        )
    except AccountRefused as refused:
        form.refuse(refused.field, refusal(refused))
        return _person(number, _role_form(), 422, form)
    say(_("De tweede stap is weggehaald. De persoon is overal afgemeld en krijgt er een mail over."))
    return redirect(url_for("people.detail", number=number), 303)


@blueprint.route("/mensen/uitnodigen", methods=("GET", "POST"))
@requires(Action.administer)
def invite() -> ResponseReturnValue:
    """Invite somebody to any role."""
    form = OfferForm(request.form or None, **_choices())
    if request.method == "POST" and form.validate() and offer(form):
        return redirect(url_for("people.invitations"), 303)
    fields = ("name", "email", "language", *ROLE_FIELDS)
    page = {
        "head": {"title": _("Iemand uitnodigen"), "fictional": fictional()},
        "form": form,
        "errors": form.errors_shown(fields),
        "fields": fields,
        "cancel_url": url_for("people.index"),
    }
    return shown("invite", page, 422 if form.errors else 200)


@blueprint.get("/uitnodigingen")
@requires(Action.administer)
def invitations() -> ResponseReturnValue:
    """Every invitation and what came of it."""
    rows = invitation_rows(known.invitations(), "people.revoke_invitation")
    return shown("invitations", {"head": _head(_("Uitnodigingen"), invite=True), "invitations": rows})


@blueprint.post(f"/uitnodigingen/<{NUMBER}:number>/intrekken")
@requires(Action.administer)
def revoke_invitation(number: int) -> ResponseReturnValue:
    """End an invitation."""
    done, back = _("De uitnodiging is ingetrokken."), url_for("people.invitations")
    return attempt(lambda: revoke(number=number, by=actor().name), done, back)


@blueprint.route("/tokens", methods=("GET", "POST"))
@requires(Action.administer)
def tokens() -> ResponseReturnValue:
    """Keys for programs: make one, shown once."""
    accounts = [(item.email, f"{item.name} ({item.email})") for item in known.people() if item.active]
    form = TokenForm(request.form or None, accounts=accounts, cooperations=cooperation_choices())
    if request.method == "POST" and form.validate():
        made = create_token(email=form.email.data, by=actor().name, cooperations=form.cooperations.data or None)
        show_once(_("Dit is het nieuwe token. Kopieer het nu: het wordt niet nog een keer getoond."), made)
        return redirect(url_for("people.tokens"), 303)
    errors = form.errors_shown(("email", "cooperations"))
    page = tokens_page(known.tokens()) | {"form": form, "errors": errors, "head": _head(_("Tokens"))}
    return shown("tokens", page, 422 if errors else 200)


@blueprint.post(f"/tokens/<{NUMBER}:number>/intrekken")
@requires(Action.administer)
def revoke_token(number: int) -> ResponseReturnValue:
    """End a token."""
    done, back = _("Het token is ingetrokken."), url_for("people.tokens")
    return attempt(lambda: end_token(number=number, by=actor().name), done, back)


@blueprint.get("/aanmeldpogingen")
@requires(Action.administer)
def attempts() -> ResponseReturnValue:
    """Who tried to come in, the past week."""
    return shown("attempts", attempts_page(known.attempts(clock.now() - SINCE)) | {"head": _head(_("Aanmeldpogingen"))})


@blueprint.get("/mail")
@requires(Action.administer)
def mails() -> ResponseReturnValue:
    """What went out, and what waits."""
    return shown("mails", mails_page(known.mails(200), known.waiting_mail()) | {"head": _head(_("Mail"))})


def _head(title: str, *, invite: bool = False) -> dict[str, Any]:
    button = {"text": _("Nodig iemand uit"), "url": url_for("people.invite"), "primary": True}
    return {"title": title, "fictional": fictional(), "buttons": [button] if invite else []}


def _choices() -> dict[str, Any]:
    return {
        "roles": role_choices(Role),
        "cooperations": cooperation_choices(),
        "insurers": insurer_choices(),
        "starts_on": labels.day_words(clock.real_today(), language()),
    }


def _role_form(given: Any = None) -> RoleForm:
    return RoleForm(given, **_choices())


def _own_role(number: int, grant: int) -> None:
    """404 when the role is not this person's."""
    found = known.person(number)
    if found is None or grant not in {role.number for role in found.roles}:
        abort(404)


def _person(number: int, form: RoleForm, status: int = 200, lost: HelpForm | None = None) -> ResponseReturnValue:
    found = known.person(number)
    if found is None:
        abort(404)

    def end_url(grant: int) -> dict[str, str]:
        values: dict[str, Any] = {"number": number, "grant": grant}
        return {"end": url_for("people.end_role", **values), "shorten": url_for("people.shorten_role", **values)}

    page = {
        "head": {
            "title": found.name,
            "fictional": found.is_demonstration,
            "crumbs": [{"text": _("Mensen"), "url": url_for("people.index")}, {"text": found.name}],
            "facts": [
                found.email,
                _("account %(state)s", state=state_words(found)),
                _("sinds %(moment)s", moment=moment(found.created_at)),
                _("laatst aangemeld: %(moment)s", moment=moment(found.signed_in_at)),
                _("met tweede stap") if found.has_second_factor else _("zonder tweede stap"),
            ],
        },
        "roles": role_rows(found, found.roles, end_url),
        "form": form,
        "errors": form.errors_shown(ROLE_FIELDS),
        "fields": ROLE_FIELDS,
        "give_url": url_for("people.give_role", number=number),
        "is_open": found.active,
        "help": help_card(found, lost),
        "close_url": url_for("people.close" if found.active else "people.reopen", number=number),
        "events": event_rows(known.events(number)),
    }
    return shown("detail", page, status)
