"""The only reader of the wall clock."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask import current_app, has_app_context

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
"""A day is a day here: it begins and ends in Europe/Amsterdam."""


def now() -> datetime:
    """The real moment, in UTC: for the journal, sessions and throttling."""
    return datetime.now(UTC)


def today() -> date:
    """The day the house calls today: the setting DEMO_TODAY where it is set, else the day in Amsterdam."""
    fixed: date | None = current_app.config.get("DEMO_TODAY") if has_app_context() else None
    return fixed or real_today()


def real_today() -> date:
    """The day in Amsterdam, whatever DEMO_TODAY says: the journal is written on real days."""
    return day_of(now())


def day_of(moment: datetime) -> date:
    """The day of a moment in Amsterdam."""
    return moment.astimezone(AMSTERDAM).date()


def day_end(day: date) -> datetime:
    """The last moment of a day in Amsterdam, in UTC: what was known "on" that day was known by then."""
    if day == date.max:
        return datetime.max.replace(tzinfo=UTC)
    midnight = datetime.combine(day + timedelta(days=1), time.min, tzinfo=AMSTERDAM)
    return midnight.astimezone(UTC) - timedelta(microseconds=1)
