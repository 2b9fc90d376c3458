"""What we store: tables, the journal and accounts. No rules, no dates of today.

Importing any of them makes every table known: migrations and empty databases must never miss one.
"""

from tracker.models import (
    accounts,
    documents,
    drafts,
    evidence,
    federation,
    filters,
    journal,
    mail,
    meetings,
    people,
    records,
    reminders,
)

__all__ = [
    "accounts",
    "documents",
    "drafts",
    "evidence",
    "federation",
    "filters",
    "journal",
    "mail",
    "meetings",
    "people",
    "records",
    "reminders",
]
