"""The document of a round as the pages and files of it read it, in the language of the page."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Any

import msgspec
from flask_babel import gettext as _

from tracker import labels
from tracker.domain.canonical import Json, unpacked
from tracker.domain.finding import Status
from tracker.domain.records.base import Record
from tracker.domain.records.enums import EvidenceStrength, Topic
from tracker.domain.records.evaluation import Round, Score
from tracker.domain.records.evidence import Evidence
from tracker.domain.records.places import places
from tracker.domain.sentences import Sentence
from tracker.web.chips import chip_of
from tracker.web.frame import language
from tracker.web.why_view import record_words

KINDS = {place.kind.declared.name: place.kind for place in places().values()}


class Paper:
    """One document of a round, read in the language of the page."""

    def __init__(self, content: Json, *, minutes: bool) -> None:
        self.content, self.minutes = content, minutes
        self.on = date.fromisoformat(content["day"])
        self.compared = date.fromisoformat(content["compared_with"]) if content["compared_with"] else None
        self.tongue = language()
        self._notes: dict[str, dict[str, Any]] = {}

    # --- words ---

    def day(self, day: date | str | None) -> str:
        """A day in a table."""
        held = date.fromisoformat(day) if isinstance(day, str) else day
        return labels.day_short(held, self.tongue) if held else "–"

    def long_day(self, day: date) -> str:
        return labels.day_words(day, self.tongue)

    def said(self, found: Any) -> str:
        """A packed sentence or wording in words."""
        value = unpacked(found)
        return labels.value_text(value, self.tongue) if value is not None else ""

    def sentence(self, found: Any) -> str:
        """A sentence of change without the name of the region, which stands on every sheet."""
        text = self.said(found).removeprefix(f"{self.region}: ")
        return text[:1].upper() + text[1:]

    @property
    def number(self) -> int:
        return int(self.content["number"])

    @property
    def region(self) -> str:
        return str(self.content["cooperation"]["name"])

    @property
    def insurer(self) -> str:
        return self.content["programmes"][self.content["programme"]]["insurer"] or str(_("Verzekeraar"))

    @property
    def programme_words(self) -> str:
        held = self.content["programmes"][self.content["programme"]]
        return str(_("%(title)s, versie %(version)s", title=self.said(held["title"]), version=held["version"]))

    @cached_property
    def round(self) -> Round | None:
        """The round as it was agreed; none where no meeting is planned yet."""
        held = self.content["round"]
        return None if held is None else msgspec.convert(held, Round, strict=False)

    @cached_property
    def topics(self) -> dict[Topic, str]:
        return {Topic(item["key"]): self.said(item["title"]) for item in self.content["topics"]}

    def record(self, address: str) -> Record | None:
        """The fact at an address."""
        fact = self.content["facts"].get(address)
        kind = KINDS.get(fact["kind"]) if fact else None
        return msgspec.convert(fact["record"], kind, strict=False) if fact and kind else None

    def fact_words(self, address: str) -> str:
        """A fact in words, by its address."""
        record = self.record(address)
        if record is None:
            return address
        name = labels.text(Sentence().record(record).done(), self.tongue)
        told = record_words(record)
        return f"{name}: {told}" if told else name

    # --- footnotes ---

    def note(self, key: str, text: str) -> int:
        """The number of a footnote; the same one is printed once."""
        if key not in self._notes:
            self._notes[key] = {"number": len(self._notes) + 1, "text": text}
        return int(self._notes[key]["number"])

    @property
    def notes(self) -> list[dict[str, Any]]:
        return list(self._notes.values())

    def note_of(self, item: Json) -> int:
        """A footnote with the rule behind a sentence and the facts it rests on, with their addresses."""
        rule = self.content["rules"].get(item["rule"]) if item["rule"] else None
        facts = "; ".join(f"{self.fact_words(address)} [{address}]" for address in item["records"][:3])
        more = len(item["records"]) - 3
        word = _("en %(num)s meer", num=more)
        facts += f" {word}" if more > 0 else ""
        asked = f" {_('Regel')} {rule['code']}: {self.said(rule['plain'])}" if rule else ""
        return self.note(f"{item['rule']} {item['subject']} {item['records']}", f"{facts}.{asked}")

    # --- rules ---

    @cached_property
    def own_rules(self) -> list[Json]:
        """What the programme asks of the cooperation itself, in its order."""
        code, key = self.content["cooperation"]["code"], self.content["programme"]
        rules = self.content["rules"]
        return [
            item
            for item in self.content["findings"]
            if item["subject"] == code
            and rules[item["rule"]]["programme"] == key
            and rules[item["rule"]]["column"] is not None
        ]

    def chip(self, item: Json) -> dict[str, Any]:
        status = Status(item["status"])
        late = labels.days(item["days_late"], self.tongue) if item["days_late"] and status is Status.LATE else None
        proof = EvidenceStrength(item["proof"]) if item["proof"] else None
        return chip_of(status, fact=late, proof=proof)

    def status_word(self, status: str | None) -> str:
        return chip_of(Status(status))["word"] if status else str(_("bestond nog niet"))

    # --- scores ---

    def score(self, topic: Topic) -> Score | None:
        held = self.round.scores if self.round else ()
        return next((item for item in held if item.topic is topic), None)

    def course(self, topic: Topic) -> list[tuple[str, int | None]]:
        """The agreed score of every earlier round."""
        return [(item["held_on"][:4], item["scores"].get(topic.value)) for item in self.content["former"]]

    def drawn(self, topic: Topic) -> list[tuple[str, int | None]]:
        """The same for a drawing: a round that was left out is an empty place, and the minutes end with this round."""
        agreed = self.score(topic)
        rounds = [
            (item["number"], *point) for item, point in zip(self.content["former"], self.course(topic), strict=True)
        ]
        if self.minutes:
            rounds.append((self.number, self.content["day"][:4], agreed.agreed if agreed else None))
        line: list[tuple[str, int | None]] = []
        for place, (number, year, value) in enumerate(rounds):
            line += [("", None)] if place and number > rounds[place - 1][0] + 1 else []
            line.append((year, value))
        return line


def pieces_of(paper: Paper) -> list[tuple[str, Evidence]]:
    """Every piece of evidence with the address of the record it hangs on: of the facts, the round and its scores."""
    found = [
        (address, msgspec.convert(piece, Evidence, strict=False))
        for address, fact in sorted(paper.content["facts"].items())
        for piece in fact.get("evidence", ())
    ]
    if paper.round is not None:
        own = f"{paper.content['cooperation']['code']}#{paper.number}"
        known = {(piece.title, piece.about_on) for _address, piece in found}
        held = [*paper.round.evidence, *(piece for score in paper.round.scores for piece in score.evidence)]
        found += [(own, piece) for piece in held if (piece.title, piece.about_on) not in known]
    return found
