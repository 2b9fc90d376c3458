"""Every table of a round on paper, as files: what stands in the pack beside the PDF."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from tracker import labels
from tracker.domain.finding import Status
from tracker.exchange.tables import Column, Origin, Table, Value
from tracker.web.minutes_view import paper_page
from tracker.web.paper import Paper


def paper_tables(paper: Paper) -> dict[str, Table]:
    """The tables by the name of their file."""
    page = paper_page(paper)
    return {
        "regels": _rules(paper),
        "wijzigingen": _listed(_("Wijzigingen"), page["changes"], _("Soort"), _("Datum"), _("Wat"), _("Feiten")),
        "roadmap": roadmap_table(paper),
        "scores": _scores(paper),
        "besluiten": _decisions(page),
        "acties": _listed(
            _("Acties"), page["actions"], _("Actie"), _("Eigenaar"), _("Uiterlijk"), _("Stand"), _("Toelichting")
        ),
        "bewijs": _evidence(page),
    }


def paper_origin(paper: Paper, made_at: datetime) -> Origin:
    """What the tables show, for the lines on top."""
    return Origin(
        as_of=paper.on,
        compare=paper.compared,
        programme=paper.programme_words,
        fictional=paper.content["cooperation"]["fictional"],
        made_at=made_at,
        language=paper.tongue,
    )


def _listed(title: str, rows: list[dict[str, Any]], *heads: str) -> Table:
    """Rows of words, each in the order in which they are made."""
    columns = tuple(Column(head, width=40 if place else 20) for place, head in enumerate(heads))
    return Table(title=title, columns=columns, rows=tuple(tuple(value or "" for value in row.values()) for row in rows))


def _rules(paper: Paper) -> Table:
    columns = (
        Column(_("Regel")),
        Column(_("Titel"), width=40),
        Column(_("Kader"), width=26),
        Column(_("Onderwerp")),
        Column(_("Status"), width=22),
        Column(_("Reden"), width=60),
        Column(_("Status daarvoor"), width=22),
        Column(_("Bewijskracht")),
        Column(_("Feiten"), width=60),
    )
    rows = []
    for item in paper.content["findings"]:
        rule = paper.content["rules"][item["rule"]]
        cells: tuple[Value, ...] = (
            rule["code"],
            paper.said(rule["title"]),
            rule["programme"],
            item["subject"],
            labels.words(labels.status_label(Status(item["status"])).word, paper.tongue),
            paper.said(item["reason"]),
            paper.status_word(item["before"]) if paper.compared else "",
            item["proof"] or "",
            ", ".join(item["records"]),
        )
        rows.append(cells)
    return Table(title=_("Uitkomsten van de regels"), columns=columns, rows=tuple(rows))


def roadmap_table(paper: Paper) -> Table:
    """The rows of the drawing: every period and every agreed day."""
    columns = (Column(_("Onderdeel"), width=30), Column(_("Verloop"), width=90))
    rows, until = [], _("t/m")
    for row in paper.content["roadmap"]["rows"]:
        words = {"late": _("te laat"), "missing": _("ontbreekt"), "contract": _("contract"), "there": _("aanwezig")}
        told = [
            f"{words.get(span['kind']) or paper.said(span['text'])} {paper.day(span['from'])} {until} "
            f"{paper.day(span['to'])}"
            for span in row["spans"]
        ]
        points = {"agreed": _("afgesproken"), "agreed_again": _("afwijking tot en met"), "done": _("gerealiseerd")}
        told += [f"{points[mark['kind']]} {paper.day(mark['day'])}" for mark in row["marks"]]
        rows.append((paper.sentence(row["label"]), "; ".join(told)))
    return Table(title=_("Roadmap in de tijd"), columns=columns, rows=tuple(rows))


def _scores(paper: Paper) -> Table:
    former = [Column(item["held_on"], "number") for item in paper.content["former"]]
    columns = (
        Column(_("Onderwerp"), width=40),
        *former,
        Column(_("Zelf"), "number"),
        Column(paper.insurer, "number"),
        Column(_("Afgesproken"), "number"),
        Column(_("Toelichting"), width=60),
    )
    rows = []
    for topic, title in paper.topics.items():
        score = paper.score(topic)
        numbers = [value for _year, value in paper.course(topic)]
        numbers += [score.own, score.insurer, score.agreed] if score else [None, None, None]
        note = (score.not_assessed_reason or score.note or "") if score else ""
        rows.append((title, *(_("geen score") if value is None else value for value in numbers), note))
    return Table(title=_("Scores"), columns=columns, rows=tuple(rows))


def _decisions(page: dict[str, Any]) -> Table:
    made = [
        (row["title"], row["result"], row["day"], row["until"] or "", row["reason"] or "", row["record"])
        for row in page["decisions"]["made"]
    ]
    waiting = [(row["title"], _("te besluiten"), "", "", row["conditions"], "") for row in page["decisions"]["open"]]
    heads = (_("Initiatief"), _("Besluit"), _("Besloten op"), _("Tot en met"), _("Reden"), _("Feit"))
    return Table(title=_("Besluiten"), columns=tuple(Column(head, width=30) for head in heads), rows=(*made, *waiting))


def _evidence(page: dict[str, Any]) -> Table:
    rows = [
        (row["id"], row["title"], row["strength"], row["received"], row["sha256"] or "", ", ".join(row["records"]))
        for row in page["evidence"]
    ]
    heads = (_("Nummer"), _("Titel"), _("Bewijskracht"), _("Ontvangen"), "SHA-256", _("Feiten"))
    return Table(title=_("Bewijs"), columns=tuple(Column(head, width=30) for head in heads), rows=tuple(rows))
