"""A reason becomes a sentence in Dutch and English, with every number and day as people there write it."""

import ast
import re
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from tracker import domain, labels
from tracker.domain.finding import Days, Euro, Reason
from tracker.domain.records.base import Pair
from tracker.domain.records.enums import ContractScope, Step
from tracker.labels.texts import MISSING, PLACE

DOMAIN = Path(domain.__file__).parent


def templates():
    """Every pair of literal wordings in the domain that has a place to fill in."""
    for path in sorted(DOMAIN.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("Pair", "_verdict"):
                words = [arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
                if len(words) == 2 and (PLACE.search(words[0]) or PLACE.search(words[1])):
                    yield f"{path.name}:{node.lineno}", words[0], words[1]


TEMPLATES = list(templates())


def test_the_scan_sees_the_templates_of_the_rules():
    assert len(TEMPLATES) > 100


@pytest.mark.parametrize(("place", "nl", "en"), TEMPLATES, ids=[place for place, _, _ in TEMPLATES])
def test_both_languages_of_a_template_name_the_same_values(place, nl, en):
    assert sorted(set(PLACE.findall(nl))) == sorted(set(PLACE.findall(en)))


@pytest.mark.parametrize(("place", "nl", "en"), TEMPLATES, ids=[place for place, _, _ in TEMPLATES])
def test_a_template_is_filled_completely_and_holds_no_other_brace(place, nl, en):
    values = dict.fromkeys(PLACE.findall(nl), "x")
    for language in ("nl", "en"):
        said = labels.text(Reason(Pair(nl, en), values), language)
        assert not re.search(r"[{}]", said)
        assert MISSING not in said


@pytest.mark.parametrize(
    ("value", "nl", "en"),
    [
        (date(2026, 10, 1), "1 oktober 2026", "1 October 2026"),
        (Days(1), "1 dag", "1 day"),
        (Days(0), "0 dagen", "0 days"),
        (Days(1554), "1.554 dagen", "1,554 days"),
        (Decimal("12.4"), "12,4", "12.4"),
        (Decimal("1220.50"), "1.220,50", "1,220.50"),
        (148500, "148.500", "148,500"),
        (Euro(Decimal("1.22")), "€ 1,22", "€ 1.22"),
        (Euro(Decimal(181170)), "€ 181.170", "€ 181,170"),
        (Euro(Decimal("181170.5")), "€ 181.170,50", "€ 181,170.50"),
        (Euro(Decimal("-0.5")), "€ -0,50", "€ -0.50"),
        (ContractScope.FINANCING, "financiering", "financing"),
        ((Step.TIME, Step.SKILLS), "tijdsinvestering en digitale vaardigheden", "time invested and digital skills"),
        (("a", "b", "c"), "a, b en c", "a, b and c"),
        (("a",), "a", "a"),
        ((), "–", "–"),
        ("T1.1", "T1.1", "T1.1"),
        ("zorg_en_zekerheid", "Zorg en Zekerheid", "Zorg en Zekerheid"),
        (True, "ja", "yes"),
        (Pair("ronde 2", "round 2"), "ronde 2", "round 2"),
    ],
)
def test_a_value_is_written_as_its_readers_write_it(value, nl, en):
    reason = Reason(Pair("was {it}.", "was {it}."), {"it": value})
    assert labels.text(reason, "nl") == f"was {nl}."
    assert labels.text(reason, "en") == f"was {en}."


def test_a_value_that_is_missing_or_unknown_stops_no_reader():
    reason = Reason(Pair("op {day}, door {who}", "on {day}, by {who}"), {"day": None})
    assert labels.text(reason) == f"op {MISSING}, door {MISSING}"


def test_text_of_a_dossier_never_acts_as_a_template():
    reason = Reason(Pair("{a} en {b}", "{a} and {b}"), {"a": "{b}", "b": "{a} %s {0}"})
    assert labels.text(reason) == "{b} en {a} %s {0}"


def test_the_hour_is_that_of_amsterdam():
    moment = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)
    assert labels.moment_text(moment) == "2 juli 2026, 00.30 uur"
    assert labels.moment_text(moment, "en") == "2 July 2026, 00:30"


def test_short_days_and_percentages():
    assert labels.day_short(date(2022, 7, 1)) == "1-7-2022"
    assert labels.day_short(date(2022, 7, 1), "en") == "1/7/2022"
    assert labels.percentage(Decimal("12.5")) == "12,5%"
