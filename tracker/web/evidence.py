"""One piece of evidence of a region: looking at it, checking it as the other side, and using it for another record."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker import access, clock
from tracker.access import requires
from tracker.domain.policy import Action
from tracker.forms.administration import Ask
from tracker.operations import evidence as change
from tracker.operations.journal import Conflict
from tracker.operations.refusals import Forbidden, Gone, Locked
from tracker.web.evidence_view import Found, piece_of, piece_page, piece_url, targets
from tracker.web.frame import language
from tracker.web.region import region
from tracker.web.saying import say
from tracker.web.scope import Visible

NUMBER = "int(max=2147483647)"
blueprint = Blueprint("evidence", __name__, url_prefix=f"/samenwerkingsverbanden/<code>/bewijs/<{NUMBER}:number>")


@blueprint.get("")
@requires(Action.see_cooperation)
def detail(code: str, number: int) -> ResponseReturnValue:
    """What it is, who has seen it, and what may be done with it."""
    seen = region(code)
    return _shown(seen, piece_of(seen, number))


@blueprint.post("/akkoord")
@requires(Action.write_records)
def check(code: str, number: int) -> ResponseReturnValue:
    """The other side has seen it and agrees."""
    found = piece_of(region(code), number)
    return _write(
        code, found, _("U heeft dit stuk gecontroleerd."), change.check_piece, **_checked(code), is_right=True
    )


@blueprint.post("/akkoord-intrekken")
@requires(Action.write_records)
def uncheck(code: str, number: int) -> ResponseReturnValue:
    """Take that back, with a reason."""
    seen = region(code)
    found, form = piece_of(seen, number), Ask(language(), clock.today()).reason(request.form)
    if not form.validate():
        return _shown(seen, found, form, 422)
    known = {**_checked(code), "is_right": False, "reason": form.raw("reason")}
    return _write(code, found, _("Uw akkoord is ingetrokken."), change.check_piece, **known)


@blueprint.post("/ook-gebruiken")
@requires(Action.write_records)
def use_also(code: str, number: int) -> ResponseReturnValue:
    """Hang it on another record as well."""
    seen = region(code)
    found = piece_of(seen, number)
    spot = next((item for item in targets(seen, found) if str(item.number) == request.form.get("record")), None)
    if spot is None:
        say(_("Kies eerst bij welk feit u dit stuk ook gebruikt."))
        return redirect(piece_url(code, number), 303)
    told = _("Dit stuk hoort nu ook bij: %(fact)s.", fact=spot.text)
    known = {"place": spot.place, "parent": spot.number, "pen": access.pen(code)}
    return _write(code, found, told, change.use_also, **known)


def _checked(code: str) -> dict[str, Any]:
    return {"pen": access.pen(code), "seen": request.form.get("kracht", "")}


def _write(code: str, found: Found, done: str, write: Any, **known: Any) -> ResponseReturnValue:
    """Do it, and say on the page of the piece what was done or why not."""
    try:
        write(number=found.number, by=access.actor().name, **known)
    except Forbidden:
        abort(403)
    except Gone:
        abort(404)
    except Conflict:
        done = _("Iemand heeft dit stuk intussen gewijzigd. Bekijk het opnieuw.")
    except change.OwnPiece:
        done = _("Uw eigen kant legde dit stuk vast. De andere partij controleert het.")
    except change.UsedAlready:
        done = _("Dit feit heeft al een stuk met deze titel en dag.")
    except Locked as locked:
        done = _("Ronde %(number)s is vastgesteld en blijft zoals zij is.", number=locked.number)
    say(done)
    return redirect(piece_url(code, found.number), 303)


def _shown(seen: Visible, found: Found, form: Any = None, status: int = 200) -> ResponseReturnValue:
    form = form or Ask(language(), clock.today()).reason()
    return render_template("cooperations/evidence_piece.html", page=piece_page(seen, found, form)), status
