"""What the articles on innovation ask, side by side: from the parameters of the programme file."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _

from tracker import labels
from tracker.domain.programme import Article, Programme, Requirement
from tracker.domain.rule_kinds import Need
from tracker.exchange.tables import Column, Table
from tracker.web.frame import language

KINDS = ("innovation_ehealth", "innovation_meekijk", "innovation_other")


def innovation_requirements(programme: Programme) -> list[Requirement]:
    """The rules about applications for innovation, in the order of the articles."""
    found = {item.kind: item for item in programme.requirements}
    return [found[kind] for kind in KINDS if kind in found]


def has_articles(programme: Programme) -> bool:
    """Does this edition ask something of applications for innovation?"""
    return bool(innovation_requirements(programme))


def articles_table(programme: Programme) -> Table:
    """A row for each requirement, a column for each article."""
    asked = innovation_requirements(programme)
    needs = [Need(item, programme.switches) for item in asked]
    rows = tuple(
        (title, *(answer(need, item) for need, item in zip(needs, asked, strict=True)))
        for title, answer in _rows(needs)
    )
    columns = tuple(Column(_title(programme, need), width=26) for need in needs)
    return Table(title=_("Wat vraagt elk artikel?"), columns=(Column(_("Eis"), width=52), *columns), rows=rows)


def _title(programme: Programme, need: Need) -> str:
    number = need.number("article")
    article: Article | None = next((item for item in programme.articles if item.number == number), None)
    name = labels.words(article.title, language()) if article else labels.words(need.requirement.label, language())
    return f"{number} {name}"


def _rows(needs: list[Need]) -> list[tuple[str, Any]]:
    yes, no, unsaid = _("ja"), _("nee"), _("niet genoemd")
    sizes = {need.number("patients") for need in needs if "patients" in need.requirement.params}
    size = labels.number(max(sizes), language()) if sizes else ""

    def topic(*words: str, absent: str) -> Any:
        return lambda need, item: yes if set(words) <= set(need.words("topics")) else absent

    def kind(values: dict[str, str]) -> Any:
        return lambda need, item: values[item.kind]

    return [
        (
            _("Ten minste %(size)s ingeschreven patiënten", size=size),
            lambda need, item: yes if "patients" in item.params else unsaid,
        ),
        (_("Alle deelnemers op de preferente HIS"), kind({KINDS[0]: yes, KINDS[1]: no, KINDS[2]: no})),
        (_("Plan vóór de start, met het doel"), topic("goal", absent=unsaid)),
        (
            _("Kwaliteit, service en kosteneffectiviteit"),
            topic("quality", "service", "cost_effectiveness", absent=unsaid),
        ),
        (_("Mogelijkheid tot opschalen"), topic("scaling", absent=unsaid)),
        (_("Substitutie en meetbare besparing"), topic("substitution", absent=no)),
        (_("Begroting met alle kosten"), lambda need, item: yes),
        (
            _("Niet anders of eerder gefinancierd"),
            kind({KINDS[0]: _("algemene regel"), KINDS[1]: _("niet in het S1-meedenkadvies"), KINDS[2]: yes}),
        ),
        (_("Tarief en code na goedkeuring"), lambda need, item: yes),
        (_("Indexering pas na een kalenderjaar"), kind({KINDS[0]: unsaid, KINDS[1]: unsaid, KINDS[2]: yes})),
    ]
