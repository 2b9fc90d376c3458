"""People: what changes about their accounts, and how long a way in stays open."""

from datetime import timedelta
from enum import StrEnum

LINK_LASTS = timedelta(days=14)
"""How long an invitation or a link to read along works."""


class AccountChange(StrEnum):
    """Something that happened to an account and stays readable."""

    joined = "joined"
    role_given = "role_given"
    role_shortened = "role_shortened"
    role_ended = "role_ended"
    role_kept = "role_kept"
    """The organisation no longer gives it; it stays because nobody else is an administrator."""
    closed = "closed"
    reopened = "reopened"
    second_step_removed = "second_step_removed"
    token_made = "token_made"  # noqa: S105 -- the name of an event
    token_revoked = "token_revoked"  # noqa: S105 -- the name of an event
