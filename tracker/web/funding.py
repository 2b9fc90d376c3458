"""Pages of the money: the funding guide, the rules per year and the tariffs per insurer and year."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker.access import requires
from tracker.domain.guide import guide
from tracker.domain.policy import Action
from tracker.queries.findings import programmes
from tracker.web import scope
from tracker.web.articles_view import articles_table, has_articles
from tracker.web.calculators_view import calculators
from tracker.web.dates import days
from tracker.web.downloads import asked, download, download_links, source_line, which_table
from tracker.web.frame import about_page, fictional
from tracker.web.funding_rules_view import articles_card, rules_page, rules_table
from tracker.web.guide_question import Asked, form, in_words, insurers_of, question_of
from tracker.web.guide_view import answers_page, answers_table
from tracker.web.tariffs_view import Chosen, tariffs_page, tariffs_table

blueprint = Blueprint("funding", __name__, url_prefix="/bekostiging")
RULES = frozenset({"no_double_funding_computed"})
KINDS = scope.SIZE | {"contract", "preferred_his", "his_use", "his_product", "initiative_direction", "plan"}


@blueprint.get("")
@requires(Action.see_programmes)
def index() -> ResponseReturnValue:
    """The funding guide: which route fits, what must be shown, what would be paid twice."""
    wanted, regions = Asked.of_request(), _regions()
    page = _guide(wanted, regions)
    if asked():
        if page["found"] is None:
            abort(404)
        return download(answers_table(page["found"]), "bekostigingswijzer", filters=page["filters"])
    about_page(document=_("Bekostigingswijzer"), filters=page["filters"])
    return render_template("funding/index.html", page=page, has_errors=page["form"]["error"] is not None)


def _regions() -> list[tuple[str, str]]:
    """The regions of the reader, by name; asked with the rule that reads least."""
    found = scope.visible(only=frozenset({"contract_in_force"}))
    return sorted(((seen.code, seen.dossier.name) for seen in found), key=lambda pair: pair[1])


def _guide(wanted: Asked, regions: list[tuple[str, str]]) -> dict[str, Any]:
    """The form, and the answers once a question was asked."""
    code = wanted.region or (regions[0][0] if len(regions) == 1 else "")
    seen = scope.one(code, only=RULES, kinds=KINDS) if code else None
    starts_on = wanted.starts_on()
    insurers = insurers_of(seen.dossier, programmes(), starts_on or days().as_of) if seen else {}
    page: dict[str, Any] = {
        "fictional": fictional(),
        "form": form(regions, seen, wanted, insurers, starts_on is None),
        "articles": [articles_card(item) for item in programmes() if has_articles(item)],
        "answers": None,
        "found": None,
        "filters": [],
    }
    if seen is not None and starts_on is not None and wanted.is_sent:
        question = question_of(seen, wanted, starts_on, insurers)
        found = guide(question, programmes())
        page |= {"answers": answers_page(question, found), "found": found, "filters": in_words(question, insurers)}
        page |= {"downloads": download_links(), "source": source_line(page["filters"])}
    return page


@blueprint.get("/regels")
@requires(Action.see_programmes)
def rules() -> ResponseReturnValue:
    """What is asked per year, the three applications side by side, and small calculators."""
    page = rules_page(programmes())
    if asked():
        innovation = [item for item in programmes() if has_articles(item)]
        tables = {"regels": rules_table(programmes())}
        tables |= {f"artikelen-{item.key}": articles_table(item) for item in innovation}
        name = which_table(tables)
        return download(tables[name], f"bekostiging-{name}", filters=page["filters"])
    about_page(document=_("Regels voor bekostiging"), filters=page["filters"])
    return render_template("funding/rules.html", page=page | {"calculators": calculators(programmes())})


@blueprint.get("/tarieven")
@requires(Action.see_programmes)
def tariffs() -> ResponseReturnValue:
    """The tariffs of one insurer and one year; an amount that no source names is unknown."""
    chosen = Chosen.of_request(programmes())
    if asked():
        table, words = tariffs_table(chosen, programmes()), chosen.in_words(programmes())
        return download(table, "tarieven", filters=words, of_programme=chosen.edition_words(programmes()))
    about_page(document=_("Tarieven"), filters=chosen.in_words(programmes()))
    return render_template("funding/tariffs.html", page=tariffs_page(chosen, programmes()))
