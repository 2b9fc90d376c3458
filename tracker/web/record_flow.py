"""A form from opening it to what was done: shown, checked, kept as a draft, saved, or told that somebody was first."""

from __future__ import annotations

from typing import Any

from flask import abort, current_app, g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from tracker import access, clock, labels
from tracker.domain.editing import FIXED_CODES
from tracker.domain.entries import Entry
from tracker.domain.policy import Pen
from tracker.domain.records.places import kind_of
from tracker.forms.records import RecordForm, record_form
from tracker.operations.drafts import DraftRefused, drop_draft, keep_draft
from tracker.operations.examples import take_over
from tracker.operations.form_merge import imagined
from tracker.operations.records import Saved, save_record
from tracker.operations.refusals import Forbidden, Gone, Locked, Overtaken, Refused
from tracker.queries.drafts import draft_of
from tracker.queries.fiction import only_fiction
from tracker.queries.records import Kept
from tracker.web.curtain import hidden, restored
from tracker.web.evidence_uploads import brought
from tracker.web.frame import language
from tracker.web.kept_forms import expired_message
from tracker.web.lineage import example_taken
from tracker.web.read_at import read_at
from tracker.web.record_choices import Shown, is_of_others, may_open, opened, options, started
from tracker.web.record_conflict import conflict_choices
from tracker.web.record_pages import back, form_page, head, locked_words, revision
from tracker.web.record_places import Target, verb_title
from tracker.web.record_turns import history_url, told, turned, turns_card
from tracker.web.region import codes
from tracker.web.saying import say

Given = MultiDict[str, str] | None
CHOICE = "keuze-"


def fill_in(target: Target) -> ResponseReturnValue:
    """The form of a new record."""
    return _Flow(target, None).answer()


def correct(target: Target, number: int) -> ResponseReturnValue:
    """The form of a stored record."""
    return _Flow(target, opened(target, number)).answer()


class _Flow:
    """One request about one form."""

    def __init__(self, target: Target, held: Kept | None) -> None:
        g.no_days = True
        self.target, self.held = target, held
        self.pen: Pen = access.pen(target.code)
        fits = self.pen.may(target.place) if held is None else may_open(self.pen, target.place)
        if not fits or is_of_others(self.pen, held):
            abort(403)
        self.account = access.actor().account
        is_plan = held is None and target.place == "initiative"
        self.example = example_taken() if is_plan else None
        self.given: Any = None
        """What was typed, with what its files tell."""

    def answer(self) -> ResponseReturnValue:
        """What the request asks: the form, one more row, what would change, a draft, or the saving."""
        if request.method == "GET":
            return self._open()
        form = self._form(request.form)
        if g.get("form_expired"):
            g.message = expired_message()
            return self._show(form, 400)
        if form.wants_row is not None:
            return self._show(form)
        if form.hidden("check") or request.headers.get("X-Wat-Verandert"):
            return self._check(form)
        if request.form.get("draft"):
            return self._keep_draft(form)
        return self._save(form)

    def _form(self, given: Given, entry: Entry | None = None) -> RecordForm:
        held = self.held
        if entry is None:
            entry = started(self.target) if held is None else hidden(self.target.code, held.entry())
        files, self.given = brought(held, given)
        return record_form(
            kind_of(self.target.place),
            language=language(),
            options=options(self.target, self.pen),
            shows=Shown(self.target, self.pen),
            today=clock.today(),
            formdata=self.given,
            files=files,
            entry=entry,
            fixed=frozenset({"code"}) if held is not None and self.target.place in FIXED_CODES else frozenset(),
            asks_reason=held is not None,
        )

    def _open(self) -> ResponseReturnValue:
        draft = None if "leeg" in request.args else draft_of(self.account, request.path)
        if draft is None:
            return self._show(self._form(None))
        day = labels.moment_text(draft.saved_at, language())
        link = {"text": _("Begin opnieuw"), "url": f"{request.path}?leeg=1"}
        text = _("Dit is uw concept van %(day)s. Het is nog niet vastgelegd.", day=day)
        g.message = {"tone": "blue", "icon": "pencil", "text": text, "link": link}
        return self._show(self._form(MultiDict(draft.fields)))

    def _show(self, form: RecordForm, status: int = 200, turns: Any = None) -> ResponseReturnValue:
        version = revision(form.hidden("version"))
        page = form_page(
            self.target,
            self.held,
            version=read_at() if version is None else version,
            back_to=back(self.target, form.hidden("back")),
            may_remove=self.target.place != "cooperation" and self.pen.may(self.target.place),
        )
        page["turns"] = turns
        if self.example is not None:
            page["action"] = self.target.address("add", voorbeeld=self.example.code)
        return render_template("records/form.html", page=page, form=form), status

    def _check(self, form: RecordForm) -> ResponseReturnValue:
        found = turns_card(turned(self.target, self._entry(form), self.held) if form.validate() else None)
        if request.headers.get("X-Wat-Verandert"):
            return render_template("records/turns.html", page={"turns": found})
        return self._show(form, turns=found)

    def _keep_draft(self, form: RecordForm) -> ResponseReturnValue:
        fields = [(name, value) for name, value in self.given.items(multi=True) if name not in ("csrf_token", "draft")]
        title = verb_title(self.target, "add" if self.held is None else "correct")
        try:
            keep_draft(account=self.account, path=request.path, title=title, fields=fields)
        except DraftRefused as refused:
            form.general.append(refused.en if language() == "en" else refused.nl)
            return self._show(form, 422)
        say(
            _("Uw concept is bewaard, alleen voor u. Na 90 dagen vervalt het."),
            url=request.path,
            url_text=_("Verder met het concept"),
        )
        return redirect(back(self.target, form.hidden("back")), 303)

    def _save(self, form: RecordForm) -> ResponseReturnValue:
        if not form.validate():
            return self._show(form, 422)
        entry = self._entry(form)
        turns = turned(self.target, entry, self.held)
        try:
            saved = self._write(entry, form)
        except Refused as refused:
            form.take(refused.problems)
            return self._show(form, 422)
        except Overtaken as overtaken:
            return self._conflict(form, _chosen(form.entry()), overtaken)
        except Locked as locked:
            return self._locked(form, locked)
        except Forbidden:
            abort(403)
        except Gone:
            abort(404)
        drop_draft(account=self.account, path=request.path)
        self._say(saved, entry, told(turns))
        return redirect(back(self.target, form.hidden("back")), 303)

    def _entry(self, form: RecordForm) -> Entry:
        return restored(self.target.code, _chosen(form.entry()), self.held)

    def _write(self, entry: Entry, form: RecordForm) -> Saved:
        by, today = access.actor().name, clock.today()
        known: dict[str, Any] = {"pen": self.pen, "catalogues": codes().codes, "today": today, "by": by}
        if self.example is not None and self.target.parent is not None:
            return take_over(source=self.example.code, entry=entry, parent=self.target.parent, **known)
        return save_record(
            place=self.target.place,
            entry=entry,
            **known,
            parent=self.target.parent,
            seen=revision(form.hidden("version")),
            reason=form.reason_text() or None,
            fictional=current_app.config["DEMO_TODAY"] is not None or only_fiction(),
        )

    def _say(self, saved: Saved, entry: Entry, turned_words: str) -> None:
        new = imagined(self.target.place, entry, self.held, codes().codes)
        start = kind_of(self.target.place).declared.since
        day = next((getattr(new, name) for name in start if new is not None and getattr(new, name) is not None), None)
        if saved.written == 0 and not saved.is_new:
            text = _("Er was niets gewijzigd.")
        else:
            text = _("%(kind)s vastgelegd.", kind=self.target.title)
        if day is not None and day > clock.today():
            text += " " + _("Dit telt mee vanaf %(day)s.", day=labels.day_words(day, language()))
        say(
            f"{text} {turned_words}".strip(),
            url=history_url(self.target),
            url_text=_("Geschiedenis"),
        )

    def _conflict(self, form: RecordForm, entry: Entry, overtaken: Overtaken) -> ResponseReturnValue:
        dropped = ("csrf_token", "_version", "_back")
        kept = [(name, value) for name, value in self.given.items(multi=True) if name not in dropped]
        at = labels.moment_text(overtaken.at, language())
        verb = "correct" if self.held is not None else "add"
        page = {
            "head": head(self.target, verb),
            "action": request.path,
            "cancel_url": back(self.target, form.hidden("back")),
            "lead": _("%(who)s heeft dit intussen gewijzigd, op %(at)s.", who=overtaken.by, at=at),
            "version": overtaken.revision,
            "back": form.hidden("back"),
            "theirs": overtaken.by,
            "kept": [item for item in kept if not item[0].startswith(CHOICE)],
            "choices": conflict_choices(entry, overtaken.held, self.target, revision(form.hidden("version"))),
        }
        return render_template("records/conflict.html", page=page), 409

    def _locked(self, form: RecordForm, locked: Locked) -> ResponseReturnValue:
        form.general.append(locked_words(locked))
        return self._show(form, 422)


def _chosen(entry: Entry) -> Entry:
    """After a conflict: what was chosen to stay as the other left it is not sent along."""
    for name, value in request.form.items():
        if name.startswith(CHOICE) and value == "theirs":
            entry.given.pop(name.removeprefix(CHOICE), None)
            entry.children.pop(name.removeprefix(CHOICE), None)
    return entry
