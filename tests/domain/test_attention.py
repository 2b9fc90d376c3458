"""What asks for attention: candidates, what is taken together, and the order."""

from decimal import Decimal

import msgspec
import pytest

from tests.domain.money_facts import initiative, line
from tests.domain.roadmap_facts import DEADLINE, SOFT, asked, contract, day, lead, programme, region
from tracker.domain.attention import Region, attention
from tracker.domain.finding import Status
from tracker.domain.programme import Requirement
from tracker.domain.records.cooperation import Cooperation
from tracker.domain.register import Register
from tracker.domain.rules import findings
from tracker.domain.shortfalls import shortfalls
from tracker.labels import text

TODAY = day("2026-10-01")


def column(place: int, kind: str, **params: object) -> Requirement:
    return msgspec.structs.replace(asked(kind, **params), column=place)


LEAD = column(1, "ict_lead_now", deadline=DEADLINE)
CONTRACT = column(2, "contract_in_force", soft_deadline=SOFT)
VISION = column(3, "vision_on_time", deadline=DEADLINE)


def points(*dossiers: Cooperation, rules: tuple[Requirement, ...] = (LEAD, CONTRACT), on: str = "2026-10-01"):
    asking = programme(*rules)
    held = [Region(item, findings(item, Register(), (asking,), day(on))) for item in dossiers]
    return attention(held, asking, day(on))


def paid(code: str, euros: int | None) -> Cooperation:
    money = line("f1", "plan", "50", "2024-01-01", eur_per_year=None if euros is None else Decimal(euros))
    found = region(initiatives=(initiative(f"I{code}", money),))
    return msgspec.structs.replace(found, code=code, name=f"RSV {code}")


def test_rules_that_are_not_met_are_one_point_per_region():
    (point,) = points(region())
    assert text(point.title) == "RSV Wolderveen: geen CIO/CMIO en geen contract"
    assert [text(item) for item in point.facts][1] == "titel: geen overeenkomst van kracht"
    assert point.finding.key == "ict_lead_now"


def test_a_title_names_what_fell_away():
    gone = region(
        ict_leads=(lead("2022-01-01", "2026-03-31"),),
        contracts=(contract("2022-12-20", "2023-01-01", "2025-12-31"),),
    )
    (point,) = points(gone)
    assert text(point.title).endswith(": de functie van CMIO is vacant en het contract is verlopen")
    assert text(point.title, "en").endswith(": the post of CMIO is vacant and the contract has expired")


def test_a_title_names_three_things_at_most_and_what_is_missing_before_what_is_partly_there():
    lines = column(4, "support_lines", soft_deadline=SOFT)
    support = column(5, "ict_support_on_deadline", deadline=DEADLINE)
    (point,) = points(region(), rules=(lines, support, VISION, CONTRACT, LEAD))
    assert text(point.title) == "RSV Wolderveen: geen visie, geen CIO/CMIO en geen contract"


def test_a_rule_of_another_kind_is_told_by_its_own_label():
    (found,) = findings(region(), Register(), (programme(CONTRACT),), TODAY)
    other = msgspec.structs.replace(found.requirement, kind="another")
    (said,) = shortfalls([msgspec.structs.replace(found, requirement=other)])
    assert text(said) == "titel: geen overeenkomst van kracht"


def test_money_without_a_contract_stands_in_the_title():
    money = line("f1", "plan", "50", "2024-09-02", eur_per_year=Decimal(70_000))
    held = region(initiatives=(initiative("I1", money),))
    rules = (LEAD, CONTRACT, asked("s3_needs_contract", stream="s3", contract_scope="financing"))
    (point,) = points(held, rules=rules)
    assert text(point.title).endswith("geen CIO/CMIO en geen contract, wel € 70.000 S3-geld per jaar")
    (then,) = points(held, rules=rules, on="2024-09-01")
    assert "S3" not in text(then.title)


def test_the_same_reason_is_told_once():
    twice = (VISION, msgspec.structs.replace(VISION, rule="R99", key="again", column=4))
    (point,) = points(region(), rules=twice)
    assert [text(item) for item in point.facts] == ["titel: geen vastgestelde visie", "en nog 1"]


def test_an_ambition_is_no_breach():
    assert points(region(), rules=(msgspec.structs.replace(LEAD, ambition=True),)) == ()


def test_a_rule_that_is_no_column_does_not_count():
    assert points(region(), rules=(msgspec.structs.replace(LEAD, column=None),)) == ()


def test_more_money_comes_first_and_unknown_money_counts_as_none():
    found = points(paid("AAA", None), paid("BBB", 10_000), paid("CCC", 20_000), rules=(LEAD,))
    assert [point.regions for point in found] == [("CCC",), ("BBB",), ("AAA",)]
    assert [point.euros for point in found] == [20_000, 10_000, 0]


def test_of_equal_money_the_longest_comes_first_then_the_name():
    gone = region(ict_leads=(lead("2022-01-01", "2025-12-31"),))
    late = msgspec.structs.replace(gone, code="AAA", name="RSV AAA")
    never = msgspec.structs.replace(region(), code="ZZZ", name="RSV ZZZ")
    also = msgspec.structs.replace(region(), code="YYY", name="RSV YYY")
    assert [point.name for point in points(late, never, also, rules=(LEAD,))] == ["RSV YYY", "RSV ZZZ", "RSV AAA"]


def test_a_vacancy_lasts_since_the_day_after_the_last_one():
    (point,) = points(region(ict_leads=(lead("2022-01-01", "2026-03-31"),)), rules=(LEAD,))
    assert point.since == day("2026-04-01")
    assert point.days == 183


@pytest.mark.parametrize(("ends", "told"), [("2026-12-30", True), ("2026-12-31", False), ("2026-10-01", True)])
def test_a_contract_asks_for_attention_within_ninety_days(ends, told):
    held = region(contracts=(contract("2022-12-20", "2023-01-01", ends),))
    found = points(held, rules=(CONTRACT,))
    assert [point.until for point in found] == ([day(ends)] if told else [])


def test_contracts_of_one_day_are_one_point():
    held = region(contracts=(contract("2022-12-20", "2023-01-01", "2026-11-30"),))
    other = msgspec.structs.replace(held, code="ZAN", name="RSV Zandermark")
    (point,) = points(held, other, rules=(CONTRACT,))
    assert text(point.title) == "2 contracten lopen af op 30 november 2026"
    assert point.regions == ("WOL", "ZAN")
    assert point.days == -60


def test_a_contract_that_is_followed_up_is_left_out():
    first = contract("2022-12-20", "2023-01-01", "2026-11-30")
    second = msgspec.structs.replace(first, code="next", starts_on=day("2026-12-01"), ends_on=day("2028-12-31"))
    assert points(region(contracts=(first, second)), rules=(CONTRACT,)) == ()


def test_the_last_cio_who_leaves_asks_for_attention():
    leaving = region(ict_leads=(lead("2022-01-01", "2026-11-15"),))
    (point,) = points(leaving, rules=(LEAD,))
    assert text(point.title).endswith("van RSV Wolderveen stopt op 15 november 2026")
    assert point.status is Status.PENDING
    replaced = region(ict_leads=(lead("2022-01-01", "2026-11-15"), lead("2026-01-01")))
    assert points(replaced, rules=(LEAD,)) == ()


def test_an_item_that_is_paid_twice_is_one_point_for_all_its_initiatives():
    one = initiative("I1", line("a", "zorgplan", "70", "2024-03-04", eur_per_year=Decimal(64_000)))
    two = initiative("I2", line("b", "Zorgplan", "60", "2024-07-01", "2025-12-31", eur_per_year=Decimal(52_000)))
    (point,) = points(region(initiatives=(one, two)), rules=(asked("no_double_funding_computed"),))
    assert text(point.title).lower() == "kostenpost ‘zorgplan’ is voor 130% gefinancierd"
    assert (point.days, point.euros) == (549, 116_000)


def test_initiatives_without_money_are_one_point():
    held = [
        initiative(f"I{number}", line("a", f"post {number}", "50", "2024-01-01", "2024-12-31")) for number in (1, 2)
    ]
    running = tuple(msgspec.structs.replace(item, started_on=day("2024-01-01")) for item in held)
    (point,) = points(region(initiatives=running), rules=(asked("running_without_funding"),))
    assert text(point.title) == "2 initiatieven lopen door zonder financiering en zonder besluit"
    assert point.since == day("2025-01-01")


def test_nothing_wrong_is_no_attention():
    fine = region(ict_leads=(lead("2022-01-01"),))
    assert points(fine, rules=(LEAD,)) == ()
    assert points() == ()
