"""Dossier files as people write them, for tests that put something into the database."""

from datetime import date

from tracker.exchange.dossier_file import read_dossier
from tracker.operations.dossiers import ImportReport, import_dossier
from tracker.programmes import catalogue, load_programmes

HEAD = "format: regiotracker/dossier@1\nfictional: true\n"
WOLDERVEEN = """
cooperations:
  - code: WOL
    name: RSV Wolderveen
    insurers: [{insurer: menzis, lead: true, from: 2020-01-01}]
    visions:
      - version: 1
        adopted_on: 2022-05-18
        texts: [{part: urgency, recorded_on: 2022-05-18, text: "De wachttijd loopt op."}]
    practices:
      - {code: WOL-01, name: Huisartsen De Wulp, memberships: [{from: 2011-01-01}]}
"""


def take_in(text: str, *, dry_run: bool = False, by: str = "tests", reason: str | None = None) -> ImportReport:
    """Import a file written in YAML or JSON, with the catalogues of the programmes."""
    return import_dossier(
        file=read_dossier(text.encode()),
        catalogues=catalogue(load_programmes()).codes,
        today=date(2026, 10, 1),
        by=by,
        reason=reason,
        dry_run=dry_run,
    )


def taken_in(text: str, **given: str | None) -> ImportReport:
    """As `take_in`, for a file that must be sound."""
    report = take_in(text, **given)
    assert report.problems.shown == []
    return report
