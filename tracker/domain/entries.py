"""What a person typed for a record, on its way from a form to an operation."""

from __future__ import annotations

from typing import Any

import msgspec


class Entry(msgspec.Struct, kw_only=True):
    """One record as typed: its own values by the names of the format, and the children on its form.

    A value is raw, as a dossier file would hold it (`"2022-07-01"`, `true`, `["P01"]`); None empties a field. A field
    that the form did not show is absent and keeps what is stored; so does an absent list of children.
    """

    given: dict[str, Any]
    children: dict[str, list[Entry]] = msgspec.field(default_factory=dict)
    """By the name of the format: the rows of the form, also those that did not change."""
    number: int | None = None
    """The stored record's number; None = new."""
    is_removed: bool = False
    """The person took this row away."""
