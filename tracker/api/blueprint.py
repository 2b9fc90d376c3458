"""The address of the API, and what an answer and a refusal look like."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, TypeVar

import msgspec
from flask import Blueprint, Response, current_app, request

from tracker.domain.problems import Unreadable
from tracker.domain.records.base import Pair
from tracker.exchange.dossier_file import TooMany

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")
View = TypeVar("View", bound=Callable[..., Any])
_ENCODER = msgspec.json.Encoder(decimal_format="number")


class Parameter(msgspec.Struct, frozen=True):
    """A parameter of a call, as the description tells it."""

    name: str
    meaning: str
    schema: dict[str, Any]


class Described(msgspec.Struct, frozen=True):
    """What the description tells of a call beside its address and the words of its function."""

    answer: Any
    """The Struct that is answered, or the name of a schema."""
    parameters: tuple[Parameter, ...] = ()
    refusals: tuple[int, ...] = ()
    body: bool = False


class Refused(Exception):
    """A call that can't be answered: the status, what is wrong in both languages, and more members of the problem."""

    def __init__(self, status: int, reason: Pair, **members: Any) -> None:
        super().__init__(reason.en)
        self.status, self.reason, self.members = status, reason, members


def describes(
    answer: Any, *parameters: Parameter, refusals: tuple[int, ...] = (), body: bool = False
) -> Callable[[View], View]:
    """Say what a view answers, which parameters it takes and how it can refuse. It refuses parameters beside these."""
    described = Described(answer, parameters, refusals, body)

    def keep(view: View) -> View:
        view.__dict__["described"] = described
        return view

    return keep


def answered(value: Any, status: int = 200) -> Response:
    """A value as JSON."""
    return Response(_ENCODER.encode(value), status, mimetype="application/json")


def argument(name: str) -> str | None:
    """One parameter of the address. Raises Refused when it stands there twice."""
    values = request.args.getlist(name)
    if len(values) > 1:
        raise Refused(400, Pair(f"{name} staat er meer dan eens.", f"{name} is given more than once."))
    return values[0] if values else None


@blueprint.before_request
def _only_known_parameters() -> None:
    """A misspelt day would silently become today: what a call does not know is refused."""
    view = current_app.view_functions.get(request.endpoint or "")
    described: Described | None = getattr(view, "described", None)
    if described is None:
        return
    known = [parameter.name for parameter in described.parameters]
    unknown = sorted(set(request.args) - set(known))
    if unknown:
        named, listed = unknown[0][:80], ", ".join(known) or "–"
        raise Refused(
            400, Pair(f"onbekende parameter {named}; bekend: {listed}", f"unknown parameter {named}; known: {listed}")
        )


@blueprint.errorhandler(Refused)
def _refused(error: Refused) -> Response:
    body = {
        "type": "about:blank",
        "title": HTTPStatus(error.status).phrase,
        "status": error.status,
        "detail": error.reason.nl,
        "reason": {"nl": error.reason.nl, "en": error.reason.en},
        **error.members,
    }
    return Response(_ENCODER.encode(body), error.status, mimetype="application/problem+json")


@blueprint.errorhandler(Unreadable)
def _unreadable(error: Unreadable) -> Response:
    return _refused(Refused(413 if isinstance(error, TooMany) else 400, error.reason))
