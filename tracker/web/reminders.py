"""What a person chooses about reminders, and the address of the own calendar."""

from __future__ import annotations

from flask import Blueprint, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker.access import actor, requires
from tracker.domain.notices import Topic, Way
from tracker.domain.policy import Action
from tracker.forms.reminders import RemindersForm
from tracker.operations.reminders import choose_reminders, make_calendar, revoke_calendar
from tracker.queries.reminders import has_calendar, ways
from tracker.web.letters import address
from tracker.web.saying import say

blueprint = Blueprint("reminders", __name__, url_prefix="/mijn-account")


@blueprint.get("/herinneringen")
@requires(Action.use_account)
def index() -> ResponseReturnValue:
    """The choices as they are."""
    return _page(RemindersForm(data={topic.value: way.value for topic, way in ways(actor().account).items()}))


@blueprint.post("/herinneringen")
@requires(Action.use_account)
def choose() -> ResponseReturnValue:
    """Keep what was chosen."""
    form = RemindersForm()
    if not form.validate():
        return _page(form, status=422)
    chosen = {topic: Way(form[topic.value].data) for topic in Topic}
    choose_reminders(account=actor().account, ways=chosen, by=f"account {actor().account}")
    say(_("Uw keuze is bewaard."))
    return redirect(url_for("reminders.index"), 303)


@blueprint.post("/agenda")
@requires(Action.use_account)
def make() -> ResponseReturnValue:
    """A new address; it is shown this once."""
    number = actor().account
    secret = make_calendar(account=number, by=f"account {number}")
    form = RemindersForm(formdata=None, data={topic.value: way.value for topic, way in ways(number).items()})
    return _page(form, made=address("calendar.feed", secret=secret))


@blueprint.post("/agenda/intrekken")
@requires(Action.use_account)
def revoke() -> ResponseReturnValue:
    """Close the address."""
    revoke_calendar(account=actor().account, by=f"account {actor().account}")
    say(_("Het agenda-adres is ingetrokken. Agenda’s die het gebruiken, worden niet meer bijgewerkt."))
    return redirect(url_for("reminders.index"), 303)


def _page(form: RemindersForm, *, made: str | None = None, status: int = 200) -> ResponseReturnValue:
    g.no_days = True
    page = {"has_calendar": has_calendar(actor().account), "made": made}
    return render_template("account/reminders.html", page=page, form=form), status
