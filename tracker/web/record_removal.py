"""Removing a record that was wrong: what it is, what goes with it, what refers to it, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from flask import abort, g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from tracker import access, clock, labels
from tracker.domain.policy import Action, Pen
from tracker.domain.records.places import kind_of
from tracker.forms.removals import RemovalForm
from tracker.operations.record_removal import remove_record
from tracker.operations.refusals import Gone, InUse, Locked, Overtaken
from tracker.queries.codes import code_of, name_of
from tracker.queries.records import Kept
from tracker.web.curtain import curtained, is_behind
from tracker.web.frame import language
from tracker.web.kept_forms import expired_message
from tracker.web.read_at import read_at
from tracker.web.record_choices import is_of_others, may_open, opened
from tracker.web.record_pages import back, head, locked_words, revision, title_of
from tracker.web.record_places import Target, target_of
from tracker.web.record_turns import history_url, told, turned
from tracker.web.saying import say
from tracker.web.why_view import record_words


def take_away(target: Target, number: int) -> ResponseReturnValue:
    """Remove a record that was wrong, with a reason."""
    g.no_days = True
    held, pen = opened(target, number), access.pen(target.code)
    if not pen.may(target.place) or is_of_others(pen, held):
        abort(403)
    form = RemovalForm(language(), clock.today(), request.form if request.method == "POST" else None)
    users: list[Kept] = []
    if g.get("form_expired"):
        g.message = expired_message()
    elif request.method == "POST" and form.validate():
        try:
            return _removed(target, held, pen, form)
        except InUse as used:
            users = used.users
        except Overtaken as overtaken:
            text = _("%(who)s heeft dit intussen gewijzigd. Bekijk het opnieuw.", who=overtaken.by)
            g.message = {"tone": "amber", "icon": "people-fill", "text": text, "alert": True}
        except Locked as locked:
            g.message = {"tone": "blue", "icon": "lock-fill", "text": locked_words(locked), "alert": True}
    page = remove_page(target, held, read_at(), back(target), users)
    status = 409 if users or "message" in g else 422 if form.errors_shown else 200
    if g.get("form_expired"):
        status = 400
    return render_template("records/remove.html", page=page, form=form), status


def _removed(target: Target, held: Kept, pen: Pen, form: RemovalForm) -> ResponseReturnValue:
    turns = turned(target, None, held)
    what = title_of(curtained(target.code, [held])[0])
    try:
        remove_record(
            place=target.place,
            number=held.number,
            pen=pen,
            by=access.actor().name,
            reason=str(form.reason.raw or ""),
            seen=revision(form.version),
        )
    except Gone:
        abort(404)
    text = _("%(kind)s verwijderd: %(what)s.", kind=target.title, what=what)
    say(f"{text} {told(turns)}".strip(), url=history_url(target), url_text=_("Geschiedenis"))
    return redirect(back(target), 303)


def remove_page(target: Target, held: Kept, version: int, back_to: str, users: list[Kept]) -> dict[str, Any]:
    """The view model of templates/records/remove.html."""
    curtained(target.code, [held])
    facts = [(_("Wat"), title_of(held))]
    if told := record_words(held.record()):
        facts.append((_("Inhoud"), told))
    return {
        "head": head(target, "remove"),
        "action": target.address("remove", held.number, terug=back_to),
        "cancel_url": back_to,
        "version": version,
        "what": facts,
        "below": _below(held),
        "users": user_links(users, target.code),
    }


def _below(held: Kept) -> list[dict[str, Any]]:
    """What stands below a record; what reads alike is counted."""
    tongue = language()
    told = Counter(
        f"{labels.words(kind_of(item.place).declared.label, tongue)}: {title_of(item)}"
        for item in held.all()
        if item.number != held.number
    )
    return [{"text": text if count == 1 else f"{count} × {text}"} for text, count in told.items()]


def user_links(users: Iterable[Kept], here: str | None) -> list[dict[str, str]]:
    """What refers to a record, each with the form on which that stands; of regions the reader does not see a number."""
    shown, hidden = [], 0
    for held in users:
        code = code_of("cooperation", held.cooperation) if held.cooperation else None
        if code is not None and (not access.allows(Action.see_cooperation, code) or is_behind(code, held)):
            hidden += 1
            continue
        shown.append(_user_link(held, code, here))
    if hidden:
        words = ngettext("%(num)s verwijzing in een andere regio", "%(num)s verwijzingen in andere regio’s", hidden)
        shown.append({"text": words})
    return shown


def _user_link(held: Kept, code: str | None, here: str | None) -> dict[str, str]:
    target = target_of(held, code)
    where = [target.above] if target.above else []
    where += [name_of(code) or code] if code is not None and code != here else []
    text = f"{target.title}: {title_of(curtained(code, [held])[0])}" + (f" ({', '.join(where)})" if where else "")
    opens = may_open(access.pen(code), held.place)
    return {"text": text, "url": target.address("correct", held.number, terug=request.path) if opens else target.page}
