"""Days, numbers and money as people read them, in Dutch and English."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

from babel.dates import get_month_names

MONTHS = {language: get_month_names("wide", locale=language) for language in ("nl", "en")}
AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def day_words(day: date, language: str = "nl") -> str:
    """`1 oktober 2026`."""
    return f"{day.day} {MONTHS[language][day.month]} {day.year}"


def day_short(day: date, language: str = "nl") -> str:
    """`1-10-2026`, in English `1/10/2026`: where there is little room."""
    mark = "/" if language == "en" else "-"
    return f"{day.day}{mark}{day.month}{mark}{day.year}"


def moment_text(moment: datetime, language: str = "nl") -> str:
    """`1 oktober 2026, 14.05 uur`, as the clock in Amsterdam said it."""
    local = moment.astimezone(AMSTERDAM)
    clock = f"{local:%H.%M} uur" if language == "nl" else f"{local:%H:%M}"
    return f"{day_words(local.date(), language)}, {clock}"


def number(value: int | Decimal, language: str = "nl") -> str:
    """All the digits the value has, in groups of three: `1.554`, `12,4`."""
    return _separated(f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}", language)


def percentage(value: int | Decimal, language: str = "nl") -> str:
    """`91%`, `12,4%`."""
    return f"{number(value, language)}%"


def euro(value: int | Decimal, language: str = "nl") -> str:
    """`€ 64.000`, `€ 1.220,50`: cents only where there are cents, and then all the decimals the value has."""
    amount = Decimal(value)
    places = 0 if amount == amount.to_integral_value() else max(2, -int(amount.as_tuple().exponent))
    amount = amount.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    sign = "-" if amount < 0 else ""
    return f"€ {sign}{_separated(f'{abs(amount):,f}', language)}"


def days(value: int, language: str = "nl") -> str:
    """`1 dag`, `1.554 dagen`."""
    one, many = ("day", "days") if language == "en" else ("dag", "dagen")
    return f"{number(value, language)} {one if value == 1 else many}"


def listed(parts: list[str] | tuple[str, ...], language: str = "nl") -> str:
    """`a, b en c`; nothing is a dash."""
    if not parts:
        return "–"
    *first, last = parts
    joint = "and" if language == "en" else "en"
    return f"{', '.join(first)} {joint} {last}" if first else last


def _separated(english: str, language: str) -> str:
    """From `1,554.5` to the separators of the language."""
    return english if language == "en" else english.translate(str.maketrans(",.", ".,"))
