"""What the pages about people share: what was said, a secret shown once, an offer that becomes a letter."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker import clock, labels
from tracker.access import actor
from tracker.domain.people import LINK_LASTS
from tracker.domain.policy import Role
from tracker.forms.people import HelpForm, LastDayForm, OfferForm, RoleForm
from tracker.operations.accounts import AccountRefused
from tracker.operations.invitations import Invited, Offer, invite
from tracker.operations.mail import mail_server
from tracker.operations.people import end_role, shorten_role
from tracker.queries.people import Person, person
from tracker.web.frame import language
from tracker.web.letters import address, send
from tracker.web.people_view import scope_words

SAID, SECRET = "people_said", "people_secret"
"""What the next page says, and what it shows this once: a session's cookie is seen by its own browser alone."""


def say(text: str, *, tone: str = "blue") -> None:
    """Have the next page say what was done, or why not."""
    session[SAID] = {"text": text, "tone": tone}


def show_once(text: str, secret: str) -> None:
    """Have the next page show a secret that is stored nowhere."""
    session[SECRET] = {"text": text, "secret": secret}


def hear() -> dict[str, str] | None:
    """Put what was said on the page that is made now; answers the secret it shows this once."""
    g.no_days = True
    if said := session.pop(SAID, None):
        icon = "check-lg" if said["tone"] == "blue" else "exclamation-triangle-fill"
        g.message = {**said, "icon": icon, "focus": True, "alert": said["tone"] == "red"}
    secret: dict[str, str] | None = session.pop(SECRET, None)
    return secret


def refusal(refused: AccountRefused) -> str:
    """Why not, in the reader's language."""
    text = refused.en if language() == "en" else refused.nl
    return text[:1].upper() + text[1:]


def attempt(change: Callable[[], object], done: str, back: str) -> ResponseReturnValue:
    """Change something by a button, and go back with what came of it."""
    try:
        change()
    except AccountRefused as refused:
        say(refusal(refused), tone="red")
    else:
        say(done)
    return redirect(back, 303)


def shorten(grant: int, back: str) -> ResponseReturnValue:
    """Move the last day of a role forward as typed, and go back with what came of it."""
    form = LastDayForm(request.form)
    if not form.validate() or form.ends_on.day is None:
        say(" ".join(map(str, form.ends_on.errors)), tone="red")
        return redirect(back, 303)
    day = form.ends_on.day
    done = _("De rol eindigt na %(day)s.", day=labels.day_words(day, language()))
    return attempt(lambda: shorten_role(grant=grant, ends_on=day, by=actor().name), done, back)


def end(grant: int, back: str) -> ResponseReturnValue:
    """End a role at once, and go back with what came of it."""
    return attempt(lambda: end_role(grant=grant, by=actor().name), _("De rol is beëindigd."), back)


def role_of(form: RoleForm, cooperation: str | None = None) -> dict[str, Any]:
    """The role that was typed; `cooperation` where the page itself says for which."""
    return {
        "role": Role(form.role.data),
        "cooperation": cooperation or form.chosen("cooperation"),
        "insurer": form.chosen("insurer"),
        "starts_on": form.starts_on.day,
        "ends_on": form.ends_on.day,
    }


def offer(form: OfferForm, cooperation: str | None = None) -> bool:
    """Invite as typed; False with the reason beside its field when it can't be."""
    wanted = Offer(form.email.data or "", form.name.data or "", form.language.data, **role_of(form, cooperation))
    by = actor().name
    try:
        done = invite(wanted, maker=actor().account, by=by, tell=lambda invited: _write(wanted, invited, by))
    except AccountRefused as refused:
        form.refuse(refused.field, refusal(refused))
        return False
    if done.secret is None:
        say(_("%(name)s heeft al een account en kreeg de rol. Er gaat een mail naartoe.", name=form.name.data))
    elif mail_server() is None:
        link = address("invitations.accept", secret=done.secret)
        show_once(_("Er is geen mailserver ingesteld. Geef deze link zelf aan %(name)s:", name=form.name.data), link)
    else:
        say(_("Uitnodiging verstuurd naar %(email)s.", email=form.email.data))
    return True


def help_card(person: Person, form: HelpForm | None) -> dict[str, Any] | None:
    """The form by which another administrator helps who lost the second step; nothing where there is none to lose."""
    if not (person.active and person.has_second_factor) and form is None:
        return None
    form, own = form or HelpForm(None), person.number == actor().account
    url = None if own else url_for("people.remove_second_step", number=person.number)
    return {"form": form, "errors": form.errors_shown(("reason",)), "url": url}


def tell_helped(person: Person, reason: str, by: str) -> None:
    """Write to somebody whose second step was taken away; who did not ask for it is warned."""
    values = {"name": person.name, "by": by, "reason": reason}
    values |= {"moment": labels.moment_text(clock.now(), person.language)}
    send(to=person.email, template="second_step_removed", language=person.language, values=values, by=by)


def _write(wanted: Offer, invited: Invited, by: str) -> None:
    """The letter, in the language of who gets it: of the account where there is one."""
    known = person(invited.account) if invited.account is not None else None
    tongue = known.language if known else wanted.language
    values = {
        "name": known.name if known else wanted.name,
        "inviter": by,
        "role": labels.word(wanted.role, tongue),
        "scope": scope_words(wanted.cooperation, wanted.insurer),
    }
    if invited.secret is None:
        values["link"] = address("home.index")
        send(to=wanted.email.strip().lower(), template="role_added", language=tongue, values=values, by=by)
        return
    until = labels.day_words(clock.real_today() + LINK_LASTS, tongue)
    values |= {"link": address("invitations.accept", secret=invited.secret), "until": until}
    send(to=wanted.email.strip().lower(), template="invitation", language=tongue, values=values, by=by)
