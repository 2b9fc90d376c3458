"""Pages of the periodic evaluation: the rounds of all regions, and one round."""

from __future__ import annotations

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker.access import permitted, requires
from tracker.domain.outcomes import spread
from tracker.domain.policy import Action
from tracker.queries.evaluations import evaluations
from tracker.web.dates import days
from tracker.web.downloads import asked, download, which_table
from tracker.web.evaluations_view import Filters, evaluations_page, rounds_table
from tracker.web.frame import about_page, programme
from tracker.web.round_view import round_of, round_page, round_tables
from tracker.web.scores_view import scores_table, spread_table

blueprint = Blueprint("evaluations", __name__, url_prefix="/evaluaties")


@blueprint.get("")
@requires(Action.see_portfolio)
def index() -> ResponseReturnValue:
    """The rounds of the reader's regions: what is due, what is incomplete, and the scores."""
    asking, now, codes, filters = programme(), days(), permitted(), Filters.of_request()
    items = evaluations(codes, asking, now.as_of, known_at=now.known_at)
    if asked():
        kept, chosen = filters.keep(items), filters.chosen(items)
        tables = {
            "rondes": lambda: rounds_table(kept),
            "scores": lambda: scores_table([chosen] if chosen else kept, asking),
            "spreiding": lambda: spread_table(spread(item.turns for item in items), asking),
        }
        name = which_table(tables)
        return download(tables[name](), f"evaluaties-{name}", filters=filters.in_words())
    former = evaluations(codes, asking, now.compare, known_at=now.known_at) if now.compare else []
    about_page(document=_("Evaluaties"), filters=filters.in_words())
    return render_template("evaluations/index.html", page=evaluations_page(items, former, asking, filters))


@blueprint.get("/<code>/<int:number>")
@requires(Action.see_cooperation)
def detail(code: str, number: int) -> ResponseReturnValue:
    """One round: three scores per topic, actions, rules and versions."""
    asking, now = programme(), days()
    item = next(iter(evaluations([code], asking, now.as_of, known_at=now.known_at)), None)
    turn = round_of(item, number) if item else None
    if item is None or turn is None:
        abort(404)
    if asked():
        tables = round_tables(item, turn, asking)
        name = which_table(tables)
        return download(tables[name], f"ronde-{code}-{number}-{name}")
    about_page(document=_("Ronde %(number)s", number=number), region=item.dossier.name)
    return render_template("evaluations/detail.html", page=round_page(item, turn, asking))
