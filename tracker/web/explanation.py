"""Pages that explain: the words, the rules and their sources, the figures, accessibility and the keyboard."""

from __future__ import annotations

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker.access import requires
from tracker.domain.policy import Action
from tracker.exchange.tables import Column, Table
from tracker.queries.findings import programmes
from tracker.web.downloads import asked, download, download_links
from tracker.web.explanation_view import explanation_page, figures_page, shortcuts_page, terms, terms_page
from tracker.web.frame import about_page, navigation
from tracker.web.programmes_view import rules_page, rules_table
from tracker.web.sources_view import source_page

blueprint = Blueprint("explanation", __name__)


@blueprint.get("/begrippen", endpoint="terms")
@requires(Action.see_programmes)
def terms_list() -> ResponseReturnValue:
    """The words of the field, in the order of the alphabet."""
    if asked():
        heads = {"Begrip": 36, "Uitleg": 80, "Term": 36, "Meaning": 80}
        columns = tuple(Column(head, width=width) for head, width in heads.items())
        rows = tuple((item.term.nl, item.meaning.nl, item.term.en, item.meaning.en) for item in terms())
        return download(Table(title=_("Begrippen"), columns=columns, rows=rows), "begrippen")
    about_page(document=_("Begrippen"))
    return render_template("explanation/terms.html", page=terms_page(), downloads=download_links())


@blueprint.get("/over-de-cijfers")
@requires(Action.see_programmes)
def figures() -> ResponseReturnValue:
    """How statuses, proof, small numbers and days work."""
    about_page(document=_("Over de cijfers"))
    return render_template("explanation/figures.html", page=figures_page())


@blueprint.get("/toegankelijkheid")
@requires(Action.see_programmes)
def accessibility() -> ResponseReturnValue:
    """What may be expected, and what is not right yet."""
    about_page(document=_("Toegankelijkheid"))
    return render_template("explanation/page.html", page=explanation_page("accessibility"))


@blueprint.get("/sneltoetsen")
@requires(Action.see_programmes)
def shortcuts() -> ResponseReturnValue:
    """The shortcuts, and the switch that turns them off on this device."""
    about_page(document=_("Sneltoetsen"))
    return render_template("explanation/shortcuts.html", page=shortcuts_page(navigation()))


@blueprint.get("/regels")
@requires(Action.see_programmes)
def rules() -> ResponseReturnValue:
    """Every rule, with the passage that asks for it."""
    if asked():
        return download(rules_table(programmes()), "regels")
    about_page(document=_("Regels"))
    return render_template("explanation/rules.html", page=rules_page(programmes()), downloads=download_links())


@blueprint.get("/bronnen/<id>")
@requires(Action.see_programmes)
def source(id: str) -> ResponseReturnValue:  # noqa: A002 -- the name other pages link by
    """A document with every passage that is quoted from it."""
    page = source_page(id)
    if page is None:
        abort(404)
    about_page(document=page["head"]["title"])
    return render_template("explanation/source.html", page=page)
