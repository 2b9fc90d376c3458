"""Dossier files: one out, any number in."""

from __future__ import annotations

from flask import Response, current_app, request
from flask.typing import ResponseReturnValue

from tracker import clock
from tracker.access import actor, allows, requires
from tracker.access import sides as speaks_for
from tracker.api.blueprint import Refused, answered, blueprint, describes
from tracker.api.parameters import DRY_RUN, REASON, flag, reason
from tracker.domain.meeting import as_seen_by
from tracker.domain.policy import Action
from tracker.domain.privacy import without_practices
from tracker.domain.records.base import Pair
from tracker.exchange.dossier_file import at_most, dossier_json, read_dossier
from tracker.operations.dossiers import import_dossier
from tracker.operations.reports import Report, report_of
from tracker.programmes import catalogue
from tracker.queries.exports import export
from tracker.queries.findings import programmes
from tracker.queries.former_practices import former_practices


@blueprint.get("/cooperations/<code>/dossier")
@requires(Action.export_dossier)
@describes("dossier", refusals=(404,))
def dossier(code: str) -> ResponseReturnValue:
    """The dossier of a cooperation with the register, in the format that POST /dossiers takes."""
    found = export([code])
    sees_practices, sides = allows(Action.see_practices, code), speaks_for().get(code, frozenset())
    mine = (as_seen_by(item, sides) for item in found.dossiers)
    former = former_practices((code,)).get(code, ())
    dossiers = (item if sees_practices else without_practices(item, former) for item in mine)
    body = b"".join(dossier_json(found.register, dossiers, fictional=found.fictional))
    return Response(body, mimetype="application/json")


@blueprint.post("/dossiers")
@requires(Action.import_dossier)
@describes(Report, DRY_RUN, REASON, refusals=(400, 413, 422), body=True)
def take_in() -> ResponseReturnValue:
    """Take in a dossier file, as JSON or YAML or as the one file of a form: all of it, or nothing on one fault."""
    dry_run, why = flag(DRY_RUN.name), reason()
    report = import_dossier(
        file=at_most(read_dossier(_body()), current_app.config["MAX_RECORDS"]),
        catalogues=catalogue(programmes()).codes,
        today=clock.today(),
        by=actor().name,
        reason=why,
        dry_run=dry_run,
    )
    said = report_of(report)
    if report.is_refused:
        raise Refused(
            422,
            Pair(
                f"{said.problem_count} fouten; er is niets geschreven",
                f"{said.problem_count} faults; nothing was written",
            ),
            report=said,
        )
    return answered(said)


def _body() -> bytes:
    """The file itself, or the only file of a form."""
    if request.mimetype != "multipart/form-data":
        return request.get_data(cache=False)
    given = [file for name in request.files for file in request.files.getlist(name)]
    if len(given) != 1:
        raise Refused(400, Pair("geef één bestand", "give one file"))
    data: bytes = given[0].read()
    return data
