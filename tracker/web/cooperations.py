"""Pages of a region: the list, the overview and its tabs."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker.access import requires
from tracker.domain.policy import Action
from tracker.web.answers import forms_of
from tracker.web.cooperations_list import Filters, list_page, list_rows, list_table
from tracker.web.cooperations_view import compared, overview_page, overview_tables
from tracker.web.downloads import asked, download, which_table
from tracker.web.frame import about_page, programme
from tracker.web.history_view import file_filters, found_history, history_table
from tracker.web.record_lists import lists_page
from tracker.web.region import head, region
from tracker.web.region_about import about_tables
from tracker.web.region_evidence import asked_strength, evidence_page, evidence_table, in_words, keep, pieces_of
from tracker.web.region_history import region_history_page
from tracker.web.region_initiatives import initiative_rows, initiatives_page, rows_table
from tracker.web.region_money import funding_page, funding_tables
from tracker.web.region_practices import practices_page, practices_tables
from tracker.web.region_rounds import rounds_page, rounds_tables
from tracker.web.region_unproved import unproved_table

blueprint = Blueprint("cooperations", __name__, url_prefix="/samenwerkingsverbanden")


@blueprint.get("")
@requires(Action.see_portfolio)
def index() -> ResponseReturnValue:
    """Every region of the reader, with search."""
    filters, rows = Filters.of_request(), list_rows(programme())
    if asked():
        return download(
            list_table(filters.keep(rows), programme()), "samenwerkingsverbanden", filters=filters.in_words()
        )
    about_page(document=_("Samenwerkingsverbanden"), filters=filters.in_words())
    return render_template("cooperations/index.html", page=list_page(rows, filters, programme()))


@blueprint.get("/<code>")
@requires(Action.see_cooperation)
def overview(code: str) -> ResponseReturnValue:
    """Where this region stands, what slipped and what is next."""
    seen = region(code)
    if asked():
        tables = {**overview_tables(seen), **about_tables(seen)}
        name = which_table(tables)
        return download(tables[name], f"{code}-{name}")
    return render_template("cooperations/overview.html", page=overview_page(seen))


@blueprint.get("/<code>/initiatieven")
@requires(Action.see_cooperation)
def initiatives(code: str) -> ResponseReturnValue:
    """The initiatives of the region."""
    seen = region(code)
    rows = initiative_rows(seen, compared(seen))
    if asked():
        return download(rows_table(rows), f"{code}-initiatieven")
    return render_template("cooperations/initiatives.html", page=initiatives_page(seen, rows))


@blueprint.get("/<code>/financiering")
@requires(Action.see_cooperation)
def funding(code: str) -> ResponseReturnValue:
    """Streams and cost items in time, contracts and claims."""
    seen = region(code)
    if asked():
        tables = funding_tables(seen)
        name = which_table(tables)
        return download(tables[name], f"{code}-{name}")
    return render_template("cooperations/funding.html", page=funding_page(seen))


@blueprint.get("/<code>/praktijken")
@requires(Action.see_cooperation)
def practices(code: str) -> ResponseReturnValue:
    """What the practices of the region use; one by one only for who may see them."""
    seen = region(code)
    if asked():
        tables = practices_tables(seen)
        name = which_table(tables)
        return download(tables[name], f"{code}-{name}")
    return render_template("cooperations/practices.html", page=practices_page(seen))


@blueprint.get("/<code>/evaluaties")
@requires(Action.see_cooperation)
def evaluations(code: str) -> ResponseReturnValue:
    """The rounds of the region and their scores."""
    seen = region(code)
    if asked():
        tables = rounds_tables(seen)
        name = which_table(tables)
        return download(tables[name], f"{code}-{name}")
    return render_template("cooperations/evaluations.html", page=rounds_page(seen))


@blueprint.get("/<code>/bewijs")
@requires(Action.see_cooperation)
def evidence(code: str) -> ResponseReturnValue:
    """All evidence of the region."""
    seen = region(code)
    if asked():
        wanted = asked_strength()
        table = evidence_table(keep(pieces_of(seen.dossier), wanted))
        return download(table, f"{code}-bewijs", filters=in_words(wanted))
    page = evidence_page(seen) | {"unproved": unproved_table(seen), "may_add": forms_of(seen.dossier).may("vision")}
    return render_template("cooperations/evidence.html", page=page)


@blueprint.get("/<code>/geschiedenis")
@requires(Action.see_cooperation)
def history(code: str) -> ResponseReturnValue:
    """What was recorded of the region: who, what, when and why."""
    seen, found = region(code), found_history(code, file=asked() is not None)
    if asked():
        return download(history_table(found), f"{code}-geschiedenis", filters=file_filters(found))
    return render_template("cooperations/history.html", page=region_history_page(seen, found))


@blueprint.get("/<code>/gegevens")
@requires(Action.write_records)
def records(code: str) -> ResponseReturnValue:
    """Everything that is kept of the region, for who keeps it."""
    seen = region(code)
    return render_template("cooperations/records.html", page=head(seen, "records") | lists_page(code))
