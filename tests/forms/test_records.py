"""The form of every kind of record: drawn, filled in, sent, and read again."""

from datetime import date
from functools import cache

import pytest
from flask import render_template_string
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from tests.domain.invented import Inventor, unlike
from tests.forms.posting import posted
from tracker.domain.entries import Entry
from tracker.domain.problems import Problem
from tracker.domain.records.base import Pair, Record, children_of, scalars_of
from tracker.domain.records.contract import Contract
from tracker.domain.records.cooperation import Cooperation
from tracker.domain.records.direction import Direction
from tracker.domain.records.evaluation import Round
from tracker.domain.records.evidence import Evidence
from tracker.domain.records.funding import FundingLine, InnovationApplication
from tracker.domain.records.ict import IctLead
from tracker.domain.records.initiative import Initiative
from tracker.domain.records.places import places
from tracker.domain.records.plan import GoalAgreement, Plan
from tracker.domain.records.practice import Practice
from tracker.domain.records.vision import Vision
from tracker.domain.shape import parse_record
from tracker.forms.fields import as_raw
from tracker.forms.records import Options, record_form

KINDS = sorted({place.kind for place in places().values()} | {Evidence}, key=lambda kind: kind.__name__)
TODAY = date(2026, 10, 1)
PAGE = """{% from "components/record_form.html" import record_parts %}{{ record_parts(form.parts) }}"""


def everything(kind, item):
    """All but the lists of a whole dossier, which have forms of their own."""
    return not (kind is Cooperation and item.is_child)


def entry_of(record: Record, numbers=None) -> Entry:
    """A stored record as a form is filled with."""
    numbers = numbers if numbers is not None else iter(range(1, 100_000))
    kind = type(record)
    given = {item.name: getattr(record, item.attribute) for item in scalars_of(kind)}
    children = {}
    for item in children_of(kind):
        if everything(kind, item):
            held = getattr(record, item.attribute)
            rows = held if item.many else ([held] if held is not None else [])
            children[item.name] = [entry_of(row, numbers) for row in rows]
    return Entry(given=given, children=children, number=next(numbers))


def raw_of(entry: Entry, kind: type[Record]) -> dict:
    """An entry as a dossier file would hold it, without the rows that were taken away."""
    raw = {name: as_raw(value) for name, value in entry.given.items() if value is not None}
    for item in children_of(kind):
        rows = [raw_of(row, item.type) for row in entry.children.get(item.name, ()) if not row.is_removed]
        if rows:
            raw[item.name] = rows if item.many else rows[0]
    return raw


def form_of(kind, entry=None, formdata=None, language="nl", **more):
    return record_form(
        kind,
        language=language,
        options=more.pop("options", Options()),
        shows=more.pop("shows", everything),
        today=more.pop("today", TODAY),
        entry=entry,
        formdata=formdata,
        **more,
    )


def drawn(form) -> str:
    return render_template_string(PAGE, form=form)


def bare(record):
    """Without the lists that this test does not show."""
    if not isinstance(record, Cooperation):
        return record
    return Cooperation(**{item.attribute: getattr(record, item.attribute) for item in scalars_of(Cooperation)})


@cache
def invented(kind, seed):
    """A record that a file may hold: without lists that must not be empty."""
    inventor = Inventor(seed)
    for _ in range(50):
        found = inventor.record(kind)
        read = None if found is None else parse_record(kind, raw_of(entry_of(bare(found)), kind))[0]
        if read is not None:
            return read
    raise AssertionError(kind)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_what_nobody_touched_comes_back_as_it_was(kind, language):
    for seed in range(5):
        record = invented(kind, seed)
        sent = posted(drawn(form_of(kind, entry_of(record), language=language)))
        form = form_of(kind, entry_of(record), sent, language=language)
        assert form.validate(), form.errors_shown
        back, problems = parse_record(kind, raw_of(form.entry(), kind))
        assert problems == []
        assert unlike(record, back) == []


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_what_was_typed_means_what_it_shows(kind):
    """Without the stored record beside it, each value is read from what stands in its field."""
    for seed in range(5):
        record = invented(kind, seed)
        sent = posted(drawn(form_of(kind, entry_of(record))))
        # Nothing is unchanged here; what a list does not offer can't be chosen, so codes are typed.
        form = form_of(kind, None, sent, today=date(2027, 6, 1))
        back, problems = parse_record(kind, raw_of(form.entry(), kind))
        expected = [] if kind not in (Vision, Contract) and not _later(kind) else None
        if expected is not None:
            assert problems == []
            assert unlike(record, back) == []


def _later(kind):
    """Kinds with questions that only a correction asks."""
    from tracker.forms.registry import SHAPES

    inner = [item.type for item in children_of(kind) if item.type is not kind]
    return bool(kind in SHAPES and SHAPES[kind].only_corrected) or any(_later(one) for one in inner)
