"""Pages of the periodic evaluation: the rounds of all regions, and one round."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker.access import requires
from tracker.domain.outcomes import KINDS, OF_MEETING, OF_ONE, RULES, Evaluated, Turn, evaluated, spread
from tracker.domain.policy import Action
from tracker.domain.programme import Programme
from tracker.queries.meetings import round_kept
from tracker.queries.records import Kept
from tracker.web.curtain import curtained
from tracker.web.dates import days
from tracker.web.downloads import asked, download, which_table
from tracker.web.evaluations_view import Filters, evaluations_page, rounds_table
from tracker.web.frame import about_page, programme
from tracker.web.minutes_pages import minutes_answer, pack_answer
from tracker.web.preparation import prepared
from tracker.web.round_view import round_of, round_page, round_tables
from tracker.web.scope import one, visible
from tracker.web.scores_view import scores_table, spread_table

blueprint = Blueprint("evaluations", __name__, url_prefix="/evaluaties")


@blueprint.get("")
@requires(Action.see_portfolio)
def index() -> ResponseReturnValue:
    """The rounds of the reader's regions: what is due, what is incomplete, and the scores."""
    asking, filters = programme(), Filters.of_request()
    items = _evaluations(asking, days().as_of)
    if asked():
        kept, chosen = filters.keep(items), filters.chosen(items)
        tables = {
            "rondes": lambda: rounds_table(kept),
            "scores": lambda: scores_table([chosen] if chosen else kept, asking),
            "spreiding": lambda: spread_table(spread(item.turns for item in items), asking),
        }
        name = which_table(tables)
        return download(tables[name](), f"evaluaties-{name}", filters=filters.in_words())
    former = _evaluations(asking, compare) if (compare := days().compare) else []
    about_page(document=_("Evaluaties"), filters=filters.in_words())
    return render_template("evaluations/index.html", page=evaluations_page(items, former, asking, filters))


def _evaluations(asking: Programme, on: date) -> list[Evaluated]:
    """The rounds of the reader's regions on a day."""
    return [evaluated(seen.dossier, seen.findings, asking) for seen in visible(only=RULES, kinds=KINDS, on=on)]


def _planned(code: str, number: int) -> Kept:
    """The round before it is held; 404 when it is not planned, or was not known on the peildatum."""
    held = round_kept(code, number)
    if held is None or held.values["held_on"] is not None or days().is_past:
        abort(404)
    return curtained(code, [held])[0]


@blueprint.get("/<code>/<int:number>")
@requires(Action.see_cooperation)
def detail(code: str, number: int) -> ResponseReturnValue:
    """One round: three scores per topic, actions, rules and versions."""
    asking, seen = programme(), one(code, only=RULES, kinds=OF_MEETING)
    item = evaluated(seen.dossier, seen.findings, asking)
    turn = round_of(item, number)
    if turn is None:
        return prepared(code, _planned(code, number))
    if asked():
        tables = round_tables(item, turn)
        name = which_table(tables)
        return download(tables[name], f"ronde-{code}-{number}-{name}")
    about_page(document=_("Ronde %(number)s", number=number), region=item.dossier.name)
    page = round_page(seen, item, turn, _former(code, number, asking))
    return render_template("evaluations/detail.html", page=page)


def _former(code: str, number: int, asking: Programme) -> Turn | None:
    """The round as it was on the compare date; None without one, or when it was not held yet."""
    compare = days().compare
    found = visible([code], only=RULES, kinds=OF_ONE, on=compare) if compare is not None else []
    return next((round_of(evaluated(seen.dossier, seen.findings, asking), number) for seen in found), None)


@blueprint.get("/<code>/<int:number>/vergaderstuk")
@requires(Action.see_cooperation)
def pack(code: str, number: int) -> ResponseReturnValue:
    """What lies on the table before a meeting: a page to print, a PDF, or all of it in one ZIP."""
    return pack_answer(code, number)


@blueprint.get("/<code>/<int:number>/verslag")
@requires(Action.see_cooperation)
def minutes(code: str, number: int) -> ResponseReturnValue:
    """What was said and decided in a meeting, as both parties agreed to it."""
    return minutes_answer(code, number)
