"""For whoever watches the server: does it live, and can it work?"""

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from tracker.queries.health import database_state

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def healthz() -> ResponseReturnValue:
    """The process answers."""
    return jsonify(status="ok")


@blueprint.get("/readyz")
def readyz() -> ResponseReturnValue:
    """The database answers and its tables are those of this version; 503 where not."""
    state = database_state()
    answer = jsonify(
        status="ok" if state.is_ready else "unavailable",
        database=state.reachable,
        migration=state.revision,
        needed=state.head,
    )
    return answer, 200 if state.is_ready else 503
