"""Closing a round: what both parties agree to, a new version of a closed one, and remarks about its minutes."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker import access, clock, labels
from tracker.access import requires
from tracker.domain.policy import Action
from tracker.operations.after_closing import add_remark, correct_round
from tracker.operations.closing import ClosingRefused, ContentChanged, agree
from tracker.operations.refusals import Forbidden, Gone, Overtaken
from tracker.web.closing_view import closing_page, topic_words
from tracker.web.frame import language
from tracker.web.region import codes
from tracker.web.saying import say

blueprint = Blueprint("closing", __name__, url_prefix="/evaluaties/<code>/<int:number>")


@blueprint.get("/sluiten")
@requires(Action.write_records)
def close(code: str, number: int) -> ResponseReturnValue:
    """What would be closed, who agreed to it, and what still stands in the way."""
    return _shown(code, number)


@blueprint.post("/sluiten")
@requires(Action.write_records)
def agreed(code: str, number: int) -> ResponseReturnValue:
    """Agree to the content that was shown; the second party to do so closes the round."""
    try:
        done = agree(shown=request.form.get("inhoud", ""), account=access.actor().account, **_asked(code, number))
    except ContentChanged:
        return _shown(code, number, [_("De inhoud is intussen gewijzigd. Bekijk hem en geef opnieuw akkoord.")], 409)
    except ClosingRefused as refused:
        return _shown(code, number, _reasons(refused), 422)
    except Overtaken:
        return _shown(code, number, [_("Iemand anders wijzigde dit gesprek intussen. Probeer het opnieuw.")], 409)
    except Forbidden:
        abort(403)
    except Gone:
        abort(404)
    if done.locked_on is None:
        say(_("Uw akkoord is vastgelegd. De ronde sluit als de andere partij akkoord geeft op dezelfde inhoud."))
        return redirect(url_for("closing.close", code=code, number=number), 303)
    say(_("Ronde %(number)s is vastgesteld. Dit is het verslag.", number=number))
    return redirect(url_for("evaluations.minutes", code=code, number=number), 303)


@blueprint.post("/nieuwe-versie")
@requires(Action.write_records)
def correct(code: str, number: int) -> ResponseReturnValue:
    """Begin a new version of a closed round, with the reason."""
    try:
        version = correct_round(reason=request.form.get("reden", ""), **_asked(code, number))
    except ClosingRefused as refused:
        return _shown(code, number, _reasons(refused), 422)
    except Forbidden:
        abort(403)
    except Gone:
        abort(404)
    say(
        _(
            "Versie %(version)s staat klaar. Versie %(old)s geldt tot beide partijen deze sluiten.",
            version=version,
            old=version - 1,
        )
    )
    return redirect(url_for("closing.close", code=code, number=number), 303)


@blueprint.post("/opmerking")
@requires(Action.write_records)
def remark(code: str, number: int) -> ResponseReturnValue:
    """Put a remark beside the minutes."""
    asked = _asked(code, number)
    del asked["catalogues"]
    try:
        add_remark(text=request.form.get("opmerking", ""), **asked)
    except ClosingRefused as refused:
        return _shown(code, number, _reasons(refused), 422)
    except Forbidden:
        abort(403)
    except Gone:
        abort(404)
    say(_("Uw opmerking staat bij het verslag."))
    return redirect(url_for("closing.close", code=code, number=number), 303)


def _asked(code: str, number: int) -> dict[str, Any]:
    """Who asks what of which round, as the operations take it."""
    return {
        "code": code,
        "number": number,
        "pen": access.pen(code),
        "catalogues": codes().codes,
        "today": clock.today(),
        "by": access.actor().name,
    }


def _reasons(refused: ClosingRefused) -> list[str]:
    return [labels.words(item, language()) for item in refused.reasons] + [topic_words(item) for item in refused.topics]


def _shown(code: str, number: int, faults: list[str] | None = None, status: int = 200) -> ResponseReturnValue:
    g.no_days = True
    page = closing_page(code, number, faults or [])
    if page is None:
        abort(404)
    return render_template("closing/index.html", page=page), status
