"""A round on paper: the meeting pack before and the minutes after, made from the document of the round alone.

What the page, the PDF and the tables show is read from the same JSON, so that a round that was closed is shown for ever
as both parties agreed to it.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
from flask_babel import gettext as _
from flask_babel import ngettext

from tracker import labels
from tracker.domain.agenda import ACTIONS_KEY, money_key
from tracker.domain.canonical import Json
from tracker.domain.changes import ChangeKind
from tracker.domain.finding import Status
from tracker.domain.records.enums import EvidenceStrength, ExtensionResult, Party, Topic
from tracker.web.meeting_view import agenda_rows, attendance_words
from tracker.web.paper import Paper, pieces_of
from tracker.web.paper_drawing import course_drawing, roadmap_drawing

MOST_IN_SHORT = 2
"""How many changes for the worse stand in the summary."""
CHANGES, ACTIONS, TOPICS, EACH, LAST = 5, 5, 30, 10, 10
"""Minutes on the agenda (ours)."""


def paper_page(paper: Paper) -> dict[str, Any]:
    """The view model of templates/print/body.html."""
    sections = {
        "brief": _brief(paper),
        "agenda": _agenda(paper),
        "rules": _rules(paper),
        "roadmap": roadmap_drawing(paper),
        "changes": _changes(paper),
        "topics": _topics(paper),
        "decisions": _decisions(paper),
        "actions": _actions(paper),
        "evidence": _evidence(paper),
    }
    return {
        "minutes": paper.minutes,
        "title": _("Verslag van ronde %(number)s", number=paper.number)
        if paper.minutes
        else _("Evaluatiegesprek ronde %(number)s", number=paper.number),
        "kind": _("Verslag") if paper.minutes else _("Vergaderstuk"),
        "lead": _lead(paper),
        "fictional": paper.content["cooperation"]["fictional"],
        "region": paper.region,
        "insurer": paper.insurer,
        "on": paper.long_day(paper.on),
        "before": paper.day(paper.compared) if paper.compared else None,
        "programme": paper.programme_words,
        "attendance": attendance_words(paper.round) if paper.round and paper.minutes else None,
        "chair": paper.round.chair if paper.round else None,
        "notes": paper.notes,
        **sections,
    }


def _lead(paper: Paper) -> str:
    former = paper.content["former"]
    last = former[-1] if former else None
    compared = (
        _("vergeleken met ronde %(number)s van %(day)s", number=last["number"], day=paper.long_day(paper.compared))
        if last and paper.compared
        else _("eerste gesprek, geen vergelijking")
    )
    said = [_("%(region)s en %(insurer)s", region=paper.region, insurer=paper.insurer), paper.long_day(paper.on)]
    return " · ".join([*map(str, said), str(compared), str(_("geen filters"))])


def _brief(paper: Paper) -> list[dict[str, Any]]:
    """Three or four sentences, each with the footnote of the facts it rests on."""
    met = sum(item["status"] == Status.MET for item in paper.own_rules)
    was = sum(item["before"] == Status.MET for item in paper.own_rules)
    text = _("%(met)s van %(total)s roadmapregels zijn behaald", met=met, total=len(paper.own_rules))
    word = _("dat waren er %(was)s", was=was)
    text += f"; {word}." if paper.compared else "."
    found: list[dict[str, Any]] = [{"text": text, "note": None}]
    for item in [one for one in paper.content["changes"] if one["kind"] == "worse"][:MOST_IN_SHORT]:
        found.append({"text": paper.sentence(item["sentence"]), "note": paper.note_of(item)})
    waiting, decided = paper.content["to_decide"], paper.content["decisions"]
    if paper.minutes and decided:
        words = ngettext(
            "Er is %(num)s besluit over geld genomen.", "Er zijn %(num)s besluiten over geld genomen.", len(decided)
        )
        found.append({"text": words, "note": None})
    elif waiting and not paper.minutes:
        named = labels.listed([item["title"] for item in waiting], paper.tongue)
        words = ngettext(
            "Er ligt %(num)s besluit voor: %(named)s.",
            "Er liggen %(num)s besluiten voor: %(named)s.",
            len(waiting),
            named=named,
        )
        found.append({"text": words, "note": None})
    return found


def _agenda(paper: Paper) -> list[dict[str, Any]]:
    """The points with their minutes; of a meeting that was held, what was said of each."""
    own = agenda_rows(paper.round) if paper.round else []
    brought = {row["origin"] for row in own}
    points = [*_opening(paper, brought)]
    topics = _("Bijdrage van digitalisering aan %(num)s onderwerpen", num=len(paper.topics))
    points.append({"title": topics, "minutes": TOPICS})
    points += [{**row, "minutes": row["duration"], "said": row["minutes"]} for row in own]
    points += [
        {"title": _("Besluit %(title)s (geld tot en met %(day)s)", title=item["title"], day=paper.day(item["ends_on"]))}
        | {"minutes": EACH}
        for item in paper.content["to_decide"]
        if money_key(item["initiative"]) not in brought
    ]
    points.append({"title": _("Acties en datum van het volgende gesprek"), "minutes": LAST})
    return [{"number": place, **point} for place, point in enumerate(points, start=1)]


def _opening(paper: Paper, brought: set[str | None]) -> list[dict[str, Any]]:
    """What changed, and the earlier actions unless somebody put them on the agenda."""
    points: list[dict[str, Any]] = []
    if paper.compared:
        title = _("Wat is er veranderd sinds %(day)s", day=paper.long_day(paper.compared))
        points.append({"title": title, "minutes": CHANGES})
    if ACTIONS_KEY not in brought:
        held = [item for item in paper.content["actions"] if not item.get("done_on")]
        late = sum(item.get("due_on", "9") < paper.content["day"] for item in held)
        title = _("Eerdere acties: %(open)s open, %(late)s te laat", open=len(held), late=late)
        points.append({"title": title, "minutes": ACTIONS})
    return points


def _rules(paper: Paper) -> list[dict[str, Any]]:
    rows = []
    for item in paper.own_rules:
        rule = paper.content["rules"][item["rule"]]
        same = item["before"] == item["status"]
        rows.append(
            {
                "title": paper.said(rule["label"]),
                "status": paper.chip(item),
                "reason": paper.said(item["reason"]),
                "note": paper.note_of(item) if Status(item["status"]) is Status.NOT_MET and item["records"] else None,
                "proof": labels.word(EvidenceStrength(item["proof"]), paper.tongue) if item["proof"] else "",
                "before": _("gelijk") if same else paper.status_word(item["before"]),
                "changed": not same,
            }
        )
    return rows


def _changes(paper: Paper) -> list[dict[str, Any]]:
    return [
        {
            "kind": labels.word(ChangeKind(item["kind"]), paper.tongue),
            "day": paper.day(item["day"]),
            "text": paper.sentence(item["sentence"]),
            "records": ", ".join(item["records"]),
        }
        for item in paper.content["changes"]
    ]


def _topics(paper: Paper) -> dict[str, Any]:
    years = [f"{item['held_on'][:4]}" for item in paper.content["former"]]
    rows = [_topic(paper, topic, title) for topic, title in paper.topics.items()]
    return {"years": years, "rows": rows, "caption": _course_words(paper)}


def _topic(paper: Paper, topic: Topic, title: str) -> dict[str, Any]:
    score, course = paper.score(topic), paper.course(topic)
    own, other = (score.own, score.insurer) if score else (None, None)
    agreed = score.agreed if score else None
    reason = score and (
        score.not_assessed_reason or (score.not_assessed and labels.word(score.not_assessed, paper.tongue))
    )
    return {
        "title": title,
        "former": [str(value) if value is not None else _("geen score") for _year, value in course],
        "line": [value for _year, value in paper.drawn(topic)],
        "drawing": course_drawing(title, paper.drawn(topic)),
        "own": "–" if own is None else str(own),
        "insurer": "–" if other is None else str(other),
        "differs": own is not None and other is not None and own != other,
        "agreed": None if agreed is None or not paper.minutes else str(agreed),
        "reason": _("Niet beoordeeld: %(reason)s", reason=reason) if reason and paper.minutes else None,
        "note": score.note if score and paper.minutes else None,
    }


def _course_words(paper: Paper) -> str:
    """Which topics moved in the last round that was scored."""
    lines = {
        title: [value for value in _topic(paper, topic, title)["line"] if value is not None]
        for topic, title in paper.topics.items()
    }
    moved = [(title, line[-2], line[-1]) for title, line in lines.items() if len(line) > 1 and line[-1] != line[-2]]
    if not moved:
        return (
            str(_("Geen onderwerp kreeg een andere score dan de keer ervoor."))
            if any(lines.values())
            else str(_("Er zijn nog geen scores."))
        )
    told = [_("%(title)s ging van %(old)s naar %(new)s", title=title, old=old, new=new) for title, old, new in moved]
    return "; ".join(map(str, told)) + "."


def _decisions(paper: Paper) -> dict[str, Any]:
    return {
        "open": [] if paper.minutes else [_open_decision(paper, item) for item in paper.content["to_decide"]],
        "made": [
            {
                "title": item["title"],
                "result": labels.word(ExtensionResult(item["result"]), paper.tongue),
                "day": paper.day(item["decided_on"]),
                "until": paper.day(item["until"]) if item.get("until") else None,
                "reason": item.get("reason"),
                "record": item["record"],
            }
            for item in paper.content["decisions"]
        ],
    }


def _open_decision(paper: Paper, item: Json) -> dict[str, Any]:
    """What the parties need beside the tick boxes: the conditions that are not met, and until when there is money."""
    about = [
        one for one in paper.content["findings"] if one["subject"] == item["initiative"] and one["status"] != Status.NA
    ]
    met = sum(one["status"] == Status.MET for one in about)
    broken = [
        paper.said(paper.content["rules"][one["rule"]]["label"]) for one in about if one["status"] == Status.NOT_MET
    ]
    told = _("%(met)s van %(total)s behaald.", met=met, total=len(about))
    if broken:
        told += " " + _("Niet behaald: %(named)s.", named=labels.listed(broken, paper.tongue))
    ends = date.fromisoformat(item["ends_on"])
    gone = (paper.on - ends).days
    money = _("Geld tot en met %(day)s.", day=paper.day(ends))
    if gone > 0:
        money += " " + _("Sindsdien %(days)s zonder geld.", days=labels.days(gone, paper.tongue))
    return {"title": item["title"], "conditions": told, "money": money}


def _actions(paper: Paper) -> list[dict[str, Any]]:
    """The actions of the round and those of the cooperation that are open or were done since."""
    own = [msgspec.to_builtins(item) for item in (paper.round.actions if paper.round else ())]
    rows = [*own, *paper.content["actions"]]
    return [
        {
            "text": item["text"],
            "owner": item["owner"]
            + (f" ({labels.word(Party(item['party']), paper.tongue)})" if item.get("party") else ""),
            "due": paper.day(item.get("due_on")),
            "done": _("gereed op %(day)s", day=paper.day(item["done_on"])) if item.get("done_on") else _("open"),
            "note": item.get("note"),
        }
        for item in rows
    ]


def _evidence(paper: Paper) -> list[dict[str, Any]]:
    """Every piece once, with a number, the record it hangs on and its checksum where a file is kept."""
    found: dict[str, dict[str, Any]] = {}
    for address, piece in pieces_of(paper):
        key = f"{piece.title} {piece.about_on} {piece.sha256}"
        row = found.setdefault(
            key,
            {
                "id": f"B{len(found) + 1}",
                "title": piece.title,
                "strength": labels.word(piece.strength, paper.tongue),
                "received": paper.day(piece.received_on),
                "valid": paper.day(piece.valid_until) if piece.valid_until else None,
                "sha256": piece.sha256,
                "records": [],
            },
        )
        row["records"].append(address)
    return list(found.values())
