"""Forms for every kind of record: add, correct, remove. What is written stands in operations/records.py."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError

from tracker.access import requires
from tracker.domain.policy import Action
from tracker.queries.codes import number_of
from tracker.web.kept_forms import authorised_again, keeps_typed
from tracker.web.record_flow import correct, fill_in
from tracker.web.record_places import Target, in_register, of_cooperation, of_initiative
from tracker.web.record_removal import take_away

blueprint = Blueprint("records", __name__)
blueprint.register_error_handler(CSRFError, authorised_again)
BOTH = ["GET", "POST"]


@blueprint.route("/samenwerkingsverbanden/<code>/corrigeren", methods=BOTH)
@requires(Action.write_records)
@keeps_typed
def correct_cooperation(code: str) -> ResponseReturnValue:
    """The name and the days of a cooperation."""
    return correct(Target("cooperation", code, None), number_of("cooperation", code) or 0)


@blueprint.route("/samenwerkingsverbanden/<code>/<soort>/vastleggen", methods=BOTH)
@requires(Action.write_records)
@keeps_typed
def add_of_cooperation(code: str, soort: str) -> ResponseReturnValue:
    """A new record of a cooperation."""
    return fill_in(of_cooperation(code, soort))


@blueprint.route("/samenwerkingsverbanden/<code>/<soort>/<int:number>/corrigeren", methods=BOTH)
@requires(Action.write_records)
@keeps_typed
def correct_of_cooperation(code: str, soort: str, number: int) -> ResponseReturnValue:
    """Correct a record of a cooperation."""
    return correct(of_cooperation(code, soort), number)


@blueprint.route("/samenwerkingsverbanden/<code>/<soort>/<int:number>/verwijderen", methods=BOTH)
@requires(Action.write_records)
def remove_of_cooperation(code: str, soort: str, number: int) -> ResponseReturnValue:
    """Remove a record of a cooperation that was wrong."""
    return take_away(of_cooperation(code, soort), number)


@blueprint.route("/initiatieven/<id>/<soort>/vastleggen", methods=BOTH)
@requires(Action.write_records, of="initiative")
@keeps_typed
def add_of_initiative(id: str, soort: str) -> ResponseReturnValue:  # noqa: A002
    """A new record of an initiative."""
    return fill_in(of_initiative(id, soort))


@blueprint.route("/initiatieven/<id>/<soort>/<int:number>/corrigeren", methods=BOTH)
@requires(Action.write_records, of="initiative")
@keeps_typed
def correct_of_initiative(id: str, soort: str, number: int) -> ResponseReturnValue:  # noqa: A002
    """Correct a record of an initiative."""
    return correct(of_initiative(id, soort), number)


@blueprint.route("/initiatieven/<id>/<soort>/<int:number>/verwijderen", methods=BOTH)
@requires(Action.write_records, of="initiative")
def remove_of_initiative(id: str, soort: str, number: int) -> ResponseReturnValue:  # noqa: A002
    """Remove a record of an initiative that was wrong."""
    return take_away(of_initiative(id, soort), number)


@blueprint.route("/toepassingen/<soort>/vastleggen", methods=BOTH)
@requires(Action.write_register)
@keeps_typed
def add_in_register(soort: str) -> ResponseReturnValue:
    """A new product or system."""
    return fill_in(in_register(soort))


@blueprint.route("/toepassingen/<soort>/<int:number>/corrigeren", methods=BOTH)
@requires(Action.write_register)
@keeps_typed
def correct_in_register(soort: str, number: int) -> ResponseReturnValue:
    """Correct a product or system, with its versions and assessments."""
    return correct(in_register(soort), number)


@blueprint.route("/toepassingen/<soort>/<int:number>/verwijderen", methods=BOTH)
@requires(Action.write_register)
def remove_in_register(soort: str, number: int) -> ResponseReturnValue:
    """Remove a product or system that was wrong."""
    return take_away(in_register(soort), number)
