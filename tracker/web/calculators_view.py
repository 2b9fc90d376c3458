"""Small calculators beside the rules: a consult at a distance, a code, and care that would be paid twice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import request
from flask_babel import gettext as _

from tracker import labels
from tracker.domain.calculators import (
    Carer,
    code_scope,
    double_care_billing,
    poh_consults,
    poh_hours,
    remote_consult,
)
from tracker.domain.finding import Verdict
from tracker.domain.programme import Passage, Programme
from tracker.forms.days import parse_day
from tracker.web.chips import chip_of
from tracker.web.date_bar import hidden_fields
from tracker.web.dates import AS_OF, COMPARE, KNOWN, days, link
from tracker.web.frame import language
from tracker.web.passages_view import passage_view

Field = dict[str, Any]


def calculators(programmes: Sequence[Programme]) -> list[dict[str, Any]]:
    """The calculators in their order; the one that was asked carries its answer."""
    return [_remote(programmes), _code(programmes), _care(programmes), _hours(programmes), _consults(programmes)]


def _calculator(
    name: str, title: str, text: str, fields: list[Field], answer: tuple[Verdict | None, str | None], source: Any
) -> dict[str, Any]:
    verdict, error = answer
    return {
        "id": name,
        "action": link("funding.rules").partition("?")[0] + f"#{name}",
        "hidden": [*hidden_fields(AS_OF, COMPARE, KNOWN, "jaar"), {"name": "reken", "value": name}],
        "title": title,
        "text": text,
        "fields": fields,
        "error": error,
        "result": None
        if verdict is None
        else {"status": chip_of(verdict.status) | _words(verdict), "text": labels.text(verdict.reason, language())},
        "source": source,
    }


def _words(verdict: Verdict) -> dict[str, str]:
    words = {"MET": _("Mag"), "NOT_MET": _("Mag niet"), "UNKNOWN": _("Onbekend"), "NA": _("N.v.t.")}
    return {"word": words.get(verdict.status.value, "")}


def _asked(name: str) -> bool:
    return request.args.get("reken") == name


def _value(name: str) -> str:
    return request.args.get(name, "").strip()[:40]


def _flag(name: str) -> bool:
    return bool(request.args.get(name))


def _number(name: str) -> int | None:
    text = _value(name)
    return int(text) if text.isdecimal() and len(text) <= 6 else None


def text_field(name: str, label: str, value: str, hint: str = "") -> Field:
    """A short text."""
    return {"kind": "text", "name": name, "label": label, "value": _value(name) or value, "hint": hint}


def tick(name: str, label: str) -> Field:
    """Yes or no."""
    return {"kind": "tick", "name": name, "label": label, "checked": _flag(name)}


def choice(name: str, label: str, options: Sequence[tuple[str, str]]) -> Field:
    """One of some words."""
    chosen = _value(name)
    listed = [{"value": value, "text": text, "selected": value == chosen} for value, text in options]
    return {"kind": "choice", "name": name, "label": label, "options": listed}


def _source(programmes: Sequence[Programme], key: str) -> Any:
    """The passage of a help text that the sources give."""
    for item in programmes:
        for fact in item.facts:
            if fact.key == key:
                return passage_view(fact.source, item)
    return None


def _passage(passage: Passage, programme: Programme) -> Any:
    return passage_view(passage, programme)


# --- R46 -------------------------------------------------------------------------------------------------------------


def _remote(programmes: Sequence[Programme]) -> dict[str, Any]:
    start = next(
        int(item.switches["remote_consult_from"]) for item in programmes if "remote_consult_from" in item.switches
    )
    verdict, error = None, None
    if _asked("consult"):
        year = _number("consult_jaar")
        if year is None:
            error = _("Schrijf een jaar, bijvoorbeeld 2026.")
        else:
            verdict = remote_consult(
                year=year, from_year=start, same_content=_flag("consult_inhoud"), same_time=_flag("consult_tijd")
            )
    fields = [
        text_field("consult_jaar", _("Jaar"), str(days().as_of.year)),
        tick("consult_inhoud", _("De inhoud is vergelijkbaar met een consult in de spreekkamer")),
        tick("consult_tijd", _("De tijd is vergelijkbaar met een consult in de spreekkamer")),
    ]
    title, text = _("Is een contact op afstand een consult?"), _("Het middel doet er niet toe. Ook voor de poh-ggz.")
    return _calculator("consult", title, text, fields, (verdict, error), _source(programmes, "remote_consult"))


# --- R49 -------------------------------------------------------------------------------------------------------------


def _code(programmes: Sequence[Programme]) -> dict[str, Any]:
    insurers = sorted({(item.insurer.key, item.insurer.name) for item in programmes if item.insurer})
    verdict, error, source = None, None, None
    if _asked("code"):
        day: date | None = parse_day(_value("code_datum") or labels.day_short(days().as_of, language()))
        insurer, code = _value("code_verzekeraar"), _value("code_code")
        if day is None:
            error = _("Schrijf een bestaande datum, bijvoorbeeld 1-1-2026 of 1 januari 2026.")
        elif not code:
            error = _("Schrijf een code van vijf cijfers, bijvoorbeeld 31040.")
        else:
            verdict = code_scope(programmes, insurer, code, day)
            source = _source_of_code(programmes, insurer, code)
    fields = [
        choice("code_verzekeraar", _("Verzekeraar"), insurers),
        text_field("code_code", _("Prestatiecode"), "31040"),
        text_field("code_datum", _("Datum"), labels.day_short(days().as_of, language()), _("Bijvoorbeeld 1-1-2026.")),
    ]
    title, text = _("Is er een tarief voor deze code?"), _("Een tarief hoort bij één verzekeraar en één periode.")
    return _calculator("code", title, text, fields, (verdict, error), source)


def _source_of_code(programmes: Sequence[Programme], insurer: str, code: str) -> Any:
    rows = (
        (row.source, item)
        for item in programmes
        if item.insurer_key == insurer
        for row in item.tariffs
        if row.code == code
    )
    found = next(rows, None)
    return _passage(*found) if found else None


# --- R55 -------------------------------------------------------------------------------------------------------------


def _care(programmes: Sequence[Programme]) -> dict[str, Any]:
    switches = next(item.switches for item in programmes if "yearly_codes" in item.switches)
    codes = [*switches["yearly_codes"], *switches["once_codes"]]
    verdict = None
    if _asked("zorg"):
        verdict = double_care_billing(
            code=_value("zorg_code"),
            carer=_carer("zorg_wie"),
            module_covers=_flag("zorg_module"),
            billed_this_year=_flag("zorg_jaar"),
            billed_ever=_flag("zorg_ooit"),
            yearly_codes=switches["yearly_codes"],
            once_codes=switches["once_codes"],
        )
    fields = [
        choice("zorg_code", _("Prestatiecode"), [(code, code) for code in codes]),
        choice("zorg_wie", _("Wie doet het?"), _carers()),
        tick("zorg_module", _("De module POH-S dekt deze zorg")),
        tick("zorg_jaar", _("Dit jaar al gedeclareerd voor deze patiënt")),
        tick("zorg_ooit", _("Ooit al gedeclareerd voor deze patiënt")),
    ]
    title, text = (
        _("Mag deze zorg apart worden gedeclareerd?"),
        _("Zo voorkomt u dubbele bekostiging naast de module POH-S."),
    )
    return _calculator("zorg", title, text, fields, (verdict, None), _source(programmes, "double_care_billing"))


def _hours(programmes: Sequence[Programme]) -> dict[str, Any]:
    verdict = poh_hours(_carer("uren_wie")) if _asked("uren") else None
    fields = [choice("uren_wie", _("Van wie zijn de uren?"), _carers())]
    title, text = (
        _("Tellen deze uren als uren van een POH?"),
        _("Een assistent wordt al betaald uit het inschrijftarief."),
    )
    return _calculator("uren", title, text, fields, (verdict, None), _source(programmes, "soh"))


def _consults(programmes: Sequence[Programme]) -> dict[str, Any]:
    verdict, error = None, None
    if _asked("poh"):
        worked, paid = _number("poh_gewerkt"), _number("poh_betaald")
        if worked is None or paid is None:
            error = _("Schrijf beide uren als een heel getal.")
        else:
            verdict = poh_consults(hours_worked=worked, hours_paid=paid)
    fields = [
        text_field("poh_gewerkt", _("Gewerkte uren"), ""),
        text_field("poh_betaald", _("Uren die de opslag betaalt"), ""),
    ]
    title = _("Mag een POH-S of POH-Ouderen consulten declareren?")
    text = _("Alleen voor uren boven die van de opslag, aantoonbaar in de administratie.")
    return _calculator("poh", title, text, fields, (verdict, error), _source(programmes, "poh_consults"))


def _carer(name: str) -> Carer:
    wanted = _value(name)
    return Carer(wanted) if wanted in {item.value for item in Carer} else Carer.GP


def _carers() -> list[tuple[str, str]]:
    return labels.choices(Carer, language())
