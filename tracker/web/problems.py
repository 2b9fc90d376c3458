"""What goes wrong, in words: a Dutch page, or problem+json under /api/. Never a traceback."""

import logging
from contextlib import suppress
from http import HTTPStatus
from time import monotonic
from typing import Any

import orjson
from flask import Flask, Response, current_app, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException
from werkzeug.routing import IntegerConverter, Map

from tracker import labels
from tracker.access import declared_action
from tracker.domain.policy import POLICY, Role, writers
from tracker.domain.records.places import places
from tracker.extensions import DATABASE_AWAY
from tracker.web.dates import WrongDay, days
from tracker.web.frame import language
from tracker.web.logs import request_id
from tracker.web.record_places import SLUGS

log = logging.getLogger(__name__)
WORDS = {
    400: (_("Dit verzoek klopt niet"), _("Ga terug, vernieuw de pagina en probeer het opnieuw.")),
    401: (_("U bent niet aangemeld"), _("Meld u aan om verder te gaan.")),
    403: (_("Dit mag u niet"), _("Uw rol geeft u dit recht niet. Vraag het de beheerder als dat anders moet.")),
    404: (_("Niet gevonden"), _("Deze pagina bestaat niet, of is niet voor u.")),
    405: (_("Dit kan hier niet"), _("Dit adres kent deze handeling niet.")),
    409: (_("Intussen gewijzigd"), _("Iemand anders was u voor. Bekijk de nieuwe stand en probeer het opnieuw.")),
    413: (
        _("Te groot"),
        _(
            "Wat u stuurt is samen groter dan deze installatie in één keer aanneemt."
            " Ga terug en kies een kleiner bestand, of bewaar uw bestanden na elkaar."
        ),
    ),
    429: (_("Te vaak"), _("Wacht even en probeer het opnieuw.")),
    500: (
        _("Er ging iets mis"),
        _("Het ligt niet aan u en er is niets half opgeslagen. Meld de beheerder dit nummer."),
    ),
    503: (_("Even niet beschikbaar"), _("Probeer het over een minuut opnieuw.")),
}
FRAMED = (400, 403, 404)
"""Problems after which a reader goes on: shown inside the frame to who has signed in."""
LARGEST = 2_147_483_647
"""The largest number of a record."""
MOST_UNREAD = 64 * 1024 * 1024
"""Bytes of a request that is refused for its size and still read; a larger one is cut off."""
AWAY = _(
    "De database is even niet bereikbaar, of de schijf is vol. Er is niets half opgeslagen."
    " Ga terug, daar staat nog wat u invulde, en probeer het over een minuut opnieuw."
)
EXPIRED = _("Het formulier is verlopen. Vernieuw de pagina en verstuur het opnieuw.")


class RecordNumber(IntegerConverter):
    """A number in an address; one that no table holds is no address at all."""

    def __init__(self, map: Map, **options: Any) -> None:  # noqa: A002 -- as the router calls it
        super().__init__(map, **{"max": LARGEST, **options})


def install(app: Flask) -> None:
    """Answer every error with a problem; one that nobody foresaw is logged by Flask and becomes a 500."""
    app.url_map.converters["int"] = RecordNumber
    app.register_error_handler(HTTPException, _answer)
    app.register_error_handler(CSRFError, lambda error: problem(400, str(EXPIRED)))
    for away in DATABASE_AWAY:
        app.register_error_handler(away, _database_away)


def problem(status: int, detail: str | None = None, **more: Any) -> Response:
    """The answer for a status: RFC 9457 under /api/, elsewhere a page. `more` adds members to the JSON."""
    title, advice = map(str, WORDS.get(status, (HTTPStatus(status).phrase, "")))
    if request.path.startswith("/api/"):
        body = {
            "type": "about:blank",
            "title": HTTPStatus(status).phrase,
            "status": status,
            "detail": detail or advice,
            "request_id": request_id(),
            **more,
        }
        return Response(orjson.dumps(body), status, mimetype="application/problem+json")
    framed = _framed(status)
    page = render_template(
        "errors/problem.html",
        title=title,
        advice=detail or advice,
        other_day=_other_day() if framed and status == 404 else None,
        who=_who() if framed and status == 403 else None,
        is_refused=framed and status == 403,
        request_id=request_id(),
        framed=framed,
    )
    return Response(page, status, mimetype="text/html")


def _let_it_arrive() -> None:
    """Read a file that is a little too large to its end: a browser that is cut off while it sends shows no answer."""
    left, until = request.content_length or 0, monotonic() + 2
    if left > MOST_UNREAD:
        return
    source = request.environ["wsgi.input"]
    while left > 0 and monotonic() < until and (piece := source.read(min(left, 65_536))):
        left -= len(piece)


def _database_away(error: Exception) -> Response:
    """The database can't be reached or written: nothing was kept, and it can be tried again."""
    log.error("the database is away", exc_info=error)
    # The frame of a page asks the database too: this page stands without it.
    g.pop("actor", None)
    answer = problem(503, str(AWAY))
    answer.headers["Retry-After"] = "30"
    return answer


def _framed(status: int) -> bool:
    if status not in FRAMED or "actor" not in g:
        return False
    with suppress(WrongDay):  # the frame then stands on today, with what is wrong beside the field
        days()
    # What is not found does not repeat its own address: a foreign cooperation looks just like an absent one.
    g.no_days = status == 404
    return True


def _who() -> str | None:
    """The roles that may do what was asked: of a form those that write its records, else those of its action.

    Nothing where the reader has one of them: then something else stands in the way.
    """
    endpoint, slug = request.endpoint or "", (request.view_args or {}).get("soort")
    action = declared_action(current_app, endpoint)
    parent = {"cooperation": "cooperation", "initiative": "initiative"}.get(endpoint.rpartition("_of_")[2])
    place = next((name for name, word in SLUGS.items() if word == slug and places()[name].parent == parent), None)
    known = writers(place) if place is not None else POLICY.get(action, {}).keys() if action is not None else ()
    if any(grant.role in known for grant in g.actor.grants):
        return None
    told = [labels.word(role, language()) for role in Role if role in known]
    return str(_("Dit is voor: %(roles)s.", roles=labels.listed(told, language()))) if told else None


def _other_day() -> str | None:
    """What is not there on the days of the address may be there today; nothing where it was asked of today."""
    with suppress(WrongDay):
        now = days()
        if now.known_on is not None:
            day = labels.day_words(now.known_on, language())
            return str(
                _("U kijkt naar wat bekend was op %(day)s. Misschien was dit toen nog niet vastgelegd.", day=day)
            )
        if now.is_past:
            day = labels.day_words(now.as_of, language())
            return str(_("U kijkt naar %(day)s. Misschien was dit er toen nog niet.", day=day))
    return None


def _answer(error: HTTPException) -> ResponseReturnValue:
    if error.code is None or error.code < 400:
        return error
    if error.code == 413:
        _let_it_arrive()
    answer = problem(error.code, error.message if isinstance(error, WrongDay) else None)
    for name, value in error.get_headers():
        if name in ("Allow", "Retry-After"):
            answer.headers[name] = value
    if error.code == 401:
        answer.headers["WWW-Authenticate"] = "Bearer"
    return answer
