"""How an installation becomes the demonstration: invented regions and invented people."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from tracker.domain.raw import RawFile
from tracker.operations.accounts import create_demo_accounts
from tracker.operations.dossiers import ImportReport, import_dossier
from tracker.queries.fiction import any_record


def load_demonstration(
    *, file: RawFile, catalogues: Mapping[str, frozenset[str]], today: date, by: str
) -> ImportReport | None:
    """Load the file into an empty database; what stands in another stays as it was changed. Adds the people.

    Answers the report of what was loaded, or None when there was something already.
    """
    report = None
    if not any_record():
        report = import_dossier(file=file, catalogues=catalogues, today=today, by=by)
    create_demo_accounts(by=by)
    return report
