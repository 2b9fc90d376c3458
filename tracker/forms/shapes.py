"""What the form of one kind has beside what its declaration gives: order, own questions, answers that reveal others.

A shape is data; the builder in `blocks.py` reads it. Shapes stand in a file per noun and are gathered in `registry.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tracker.domain.entries import Entry

Text = Any
"""A text of the screen, translated when it is shown."""


@dataclass(frozen=True)
class Gate:
    """A question before a day that may be empty: is it there? `no` empties the day, `yes` asks for it."""

    label: Text
    no: Text
    yes: Text


@dataclass(frozen=True)
class Fixed:
    """A list in which each member of an enumeration has one row, with a question of its own."""

    by: str
    """The field that holds the member; it is not asked."""
    legends: Mapping[str, Text]
    asks: str = ""
    """The field that is the question itself, where one field says all."""


@dataclass(frozen=True)
class Shape:
    """The form of one kind, where it differs. Names are those of the format."""

    first: tuple[str, ...] = ()
    """What comes first, fields and lists alike; the rest follows in the order of the format."""
    labels: Mapping[str, Text] = field(default_factory=dict)
    headings: Mapping[str, Text] = field(default_factory=dict)
    """A heading above this field or list."""
    folded: frozenset[str] = frozenset()
    """What most people need not fill in: it stands in a part to open."""
    gates: Mapping[str, Gate] = field(default_factory=dict)
    reveals: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    """By field and answer: the questions that stand under it."""
    asked: frozenset[str] = frozenset()
    """What must be filled in once its question stands open, though the format may do without."""
    fixed: Mapping[str, Fixed] = field(default_factory=dict)
    plain: frozenset[str] = frozenset()
    """Lists that begin with one row, drawn as if it were part of the form."""
    only_corrected: frozenset[str] = frozenset()
    """Later facts: not asked when the record is new."""
    withheld: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """By field: answers that are given elsewhere; one that is stored stays an answer."""
    ours: frozenset[str] = frozenset()
    """What is required, and yet may stay empty on the form: `complete` fills it in."""
    complete: Callable[[Entry, date], None] | None = None
    """Fills in what a person may leave to us."""


PLAIN = Shape()
