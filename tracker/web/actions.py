"""Actions: what is open in the reader's regions, and one action with the form that answers it."""

from __future__ import annotations

from flask import Blueprint, abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.datastructures import MultiDict

from tracker import access, clock
from tracker.access import requires
from tracker.domain.actions import KINDS, Task, in_order, tasks
from tracker.domain.policy import Action
from tracker.forms.actions import answer_form, entry_of
from tracker.forms.administration import AskedForm
from tracker.operations.drafts import drop_draft
from tracker.operations.records import save_record
from tracker.operations.refusals import Forbidden, Gone, Overtaken, Refused
from tracker.queries.actions import PLACE, action_kept
from tracker.queries.drafts import draft_of
from tracker.queries.records import Kept
from tracker.web.action_page import detail_page, other_wrote, path_words
from tracker.web.actions_view import Filters, actions_page, actions_table, is_mine
from tracker.web.curtain import hidden, restored
from tracker.web.dates import days
from tracker.web.downloads import asked, download
from tracker.web.frame import about_page, language
from tracker.web.kept_forms import authorised_again, expired_message, keeps_typed
from tracker.web.read_at import note_revision, read_at
from tracker.web.region import codes
from tracker.web.saying import say
from tracker.web.scope import one, visible

blueprint = Blueprint("actions", __name__, url_prefix="/acties")
blueprint.register_error_handler(CSRFError, authorised_again)


@blueprint.get("")
@requires(Action.see_portfolio)
def index() -> ResponseReturnValue:
    """The actions of the reader's regions, due first."""
    found = in_order(item for seen in visible(only=frozenset(), kinds=KINDS) for item in tasks(seen.dossier))
    filters = Filters.of_request(found)
    if asked():
        return download(actions_table(filters.keep()), "acties", filters=filters.in_words())
    about_page(document=_("Acties"), filters=filters.in_words())
    return render_template("actions/index.html", page=actions_page(filters))


@blueprint.get("/<code>/<action>")
@requires(Action.see_cooperation)
def detail(code: str, action: str) -> ResponseReturnValue:
    """One action, as its mail opens it."""
    held = _held(code, action)
    draft = draft_of(access.actor().account, request.path)
    typed = None if draft is None else MultiDict(draft.fields)
    note = hidden(code, held.entry()).given["note"]
    return _page(code, held, answer_form(language(), clock.today(), typed, note=note))


@blueprint.post("/<code>/<action>")
@requires(Action.write_records)
@keeps_typed
def answer(code: str, action: str) -> ResponseReturnValue:
    """Say that it is done, or how it stands."""
    held, form = _held(code, action), answer_form(language(), clock.today(), request.form)
    if not _may_answer(code, _task(code, held)):
        abort(403)
    if g.get("form_expired"):
        g.message = expired_message()
        return _page(code, held, form, 400)
    if not form.validate():
        return _page(code, held, form, 422)
    return _save(code, held, form)


def _save(code: str, held: Kept, form: AskedForm) -> ResponseReturnValue:
    entry = restored(code, entry_of(form, held.number), held)
    known = {"pen": access.pen(code), "catalogues": codes().codes, "today": clock.today(), "by": access.actor().name}
    try:
        saved = save_record(place=PLACE, entry=entry, parent=held.parent, seen=_seen(), **known)  # type: ignore[arg-type]
    except Refused as refused:
        form.lay((item.path.rpartition(".")[2], path_words(item)) for item in refused.problems)
        return _page(code, held, form, 422)
    except Overtaken as overtaken:
        g.message = other_wrote(overtaken)
        return _page(code, overtaken.held, form, 409)
    except Forbidden:
        abort(403)
    except Gone:
        abort(404)
    drop_draft(account=access.actor().account, path=request.path)
    done = entry.given["done_on"] is not None
    say(_("Actie afgerond.") if done else _("Toelichting bewaard.") if saved.written else _("Er was niets gewijzigd."))
    return redirect(url_for("actions.detail", code=code, action=held.values["code"]), 303)


def _seen() -> int | None:
    text = request.form.get("_version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None


def _held(code: str, action: str) -> Kept:
    note_revision()
    held = action_kept(code, action)
    if held is None:
        abort(404)
    return held


def _task(code: str, held: Kept) -> Task:
    seen = one(code, only=frozenset(), kinds=KINDS, on=days().today)
    task = next((item for item in tasks(seen.dossier) if item.code == held.values["code"]), None)
    if task is None:
        abort(404)
    return task


def _may_answer(code: str, task: Task) -> bool:
    """Who writes actions, and of others whose own it is."""
    pen = access.pen(code)
    return pen.may(PLACE) or (is_mine(task) and pen.may(PLACE, "done_on"))


def _page(code: str, held: Kept, form: AskedForm, status: int = 200) -> ResponseReturnValue:
    g.no_days = True
    task, may_correct = _task(code, held), access.pen(code).may(PLACE)
    version = _seen() if status == 422 else read_at()
    page = detail_page(task, held, may_answer=_may_answer(code, task), may_correct=may_correct, version=version)
    return render_template("actions/detail.html", page=page, form=form), status
