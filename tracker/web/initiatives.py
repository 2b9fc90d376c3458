"""Pages of the initiatives: the list, one initiative, and its check before the start."""

from __future__ import annotations

from flask import Blueprint, abort, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker.access import allows, requires
from tracker.domain.policy import Action
from tracker.queries.subjects import cooperation_of
from tracker.web.conditions_view import conditions_of, rules_asked
from tracker.web.dates import days
from tracker.web.downloads import asked, download, download_links, source_line, which_table
from tracker.web.financing_view import WHICH as FINANCING
from tracker.web.financing_view import all_lines, items_of
from tracker.web.frame import about_page
from tracker.web.goals_view import WHICH as MEASURED
from tracker.web.goals_view import goals_table
from tracker.web.initiative_subject import Subject
from tracker.web.initiative_view import banners, initiative_page
from tracker.web.initiatives_filters import Filters, lines_of
from tracker.web.initiatives_view import clear_url, list_page, list_table
from tracker.web.precheck_view import planned_start, precheck_page, products_to_try, tried
from tracker.web.record_lists import records_page
from tracker.web.scope import one, visible

blueprint = Blueprint("initiatives", __name__, url_prefix="/initiatieven")

KINDS = frozenset(
    {
        "initiative",
        "initiative_phase",
        "initiative_direction",
        "product_use",
        "indicator",
        "target",
        "measurement",
        "goal_agreement",
        "plan",
        "milestone",
        "milestone_move",
        "initiative_evaluation",
        "steering_action",
        "extension",
        "funding_line",
        "sharing",
        "accessibility_test",
        "waiver",
    }
)
"""What the page of an initiative shows beside what the rules read."""
LISTED = frozenset({"initiative", "initiative_phase", "initiative_direction", "initiative_evaluation"})


@blueprint.get("")
@requires(Action.see_portfolio)
def index() -> ResponseReturnValue:
    """Every initiative that the reader may see."""
    lines, filters = lines_of(visible(only=rules_asked(), kinds=LISTED), days().as_of), Filters.of_request()
    if asked():
        return download(list_table(filters.keep(lines)), "initiatieven", filters=filters.in_words())
    about_page(document=_("Initiatieven"), filters=filters.in_words())
    return render_template(
        "initiatives/index.html",
        page=list_page(lines, filters),
        clear_url=clear_url(),
        downloads=download_links(),
        source=source_line(filters.in_words()),
    )


@blueprint.get("/<id>")
@requires(Action.see_portfolio)
def detail(id: str) -> ResponseReturnValue:  # noqa: A002 -- the name other pages link by
    """One initiative: conditions, goals, products, money, decisions."""
    about = _subject(id)
    if asked():
        return _file(about)
    about_page(document=about.initiative.title, region=about.seen.dossier.name)
    g.banners = banners(about)
    return render_template("initiatives/detail.html", page=initiative_page(about))


@blueprint.get("/<id>/voortoets")
@requires(Action.see_portfolio)
def precheck(id: str) -> ResponseReturnValue:  # noqa: A002
    """The conditions as they would stand on a planned start."""
    about = _subject(id)
    start = planned_start(about.initiative, request.args.get("start"))
    about_page(document=_("Voortoets %(title)s", title=about.initiative.title), region=about.seen.dossier.name)
    page = precheck_page(about, start, tried(request.args.get("toepassing")), products_to_try(about))
    return render_template("initiatives/precheck.html", page=page), 400 if start.error else 200


@blueprint.get("/<id>/gegevens")
@requires(Action.write_records, of="initiative")
def records(id: str) -> ResponseReturnValue:  # noqa: A002
    """Everything that is kept of an initiative, for who keeps it."""
    about = _subject(id)
    return render_template("initiatives/records.html", page=records_page(about))


def _subject(code: str) -> Subject:
    """The initiative in its region; 404 for a code that nobody has and for strangers alike."""
    region = cooperation_of(code)
    if region is None or region == code or not allows(Action.see_cooperation, region):
        abort(404)
    seen = one(region, only=rules_asked(), kinds=KINDS)
    found = next((item for item in seen.dossier.initiatives if item.code == code), None)
    if found is None:
        abort(404)
    programme, held = conditions_of(found, region, seen.findings, days().as_of)
    before = None
    if days().compare is not None:
        then = one(region, only=rules_asked(), kinds=KINDS, on=days().compare)
        if any(item.code == code for item in then.dossier.initiatives):
            before = conditions_of(found, region, then.findings, days().as_of)[1]
    return Subject(seen, found, programme, held, before)


def _file(about: Subject) -> ResponseReturnValue:
    tables = {
        MEASURED: lambda: goals_table(about.initiative, days().as_of),
        FINANCING: lambda: all_lines(about.seen.dossier, items_of(about.initiative)),
    }
    name = which_table(tables)
    return download(tables[name](), f"{about.initiative.code}-{name}")
