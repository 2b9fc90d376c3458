"""The engine: which edition asks, who is judged, and that neither later facts nor the order of input matter."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domain import invented
from tests.domain.invented import FIRST, LAST, Inventor, settled, shuffled, with_later_facts
from tests.domain.roadmap_facts import DEADLINE, asked, day, lead, placeholders, practice, programme, region, vision
from tracker.domain.finding import Finding, Reason, Status, Verdict
from tracker.domain.periods import active, covers, is_affiliated, months_later
from tracker.domain.programme import Programme, edition_on
from tracker.domain.records.base import Pair
from tracker.domain.records.contract import InsurerLink
from tracker.domain.records.enums import OiTariff, ProductKind
from tracker.domain.records.evaluation import Round
from tracker.domain.records.funding import OiClaim, ServiceDeclaration
from tracker.domain.records.initiative import Initiative
from tracker.domain.records.periods import Period
from tracker.domain.records.product import HisProduct, Product
from tracker.domain.register import Register, register_seen
from tracker.domain.rule_kinds import KINDS, Need, RuleKind, Subject, View, rule
from tracker.domain.rules import findings, kinds_read, linked, programmes_for, rounds_that_count, year_of
from tracker.programmes import load_programmes

seeds = st.integers(0, 2**32)
days = st.dates(FIRST, LAST)


# --- dates -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "months", "later"),
    [
        ("2023-11-30", 15, "2025-02-28"),
        ("2022-11-30", 15, "2024-02-29"),
        ("2022-12-31", 15, "2024-03-31"),
        ("2023-10-31", 1, "2023-11-30"),
        ("2023-12-15", 1, "2024-01-15"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-01-01", 0, "2024-01-01"),
    ],
)
def test_months_keep_the_day_number_or_take_the_last_of_the_month(start: str, months: int, later: str) -> None:
    assert months_later(day(start), months) == day(later)


@given(st.dates(date(1990, 1, 1), date(2100, 12, 31)), st.integers(0, 60))
def test_months_later_is_that_many_months_later(start: date, months: int) -> None:
    later = months_later(start, months)
    assert (later.year - start.year) * 12 + later.month - start.month == months
    assert later.day == start.day or (later + timedelta(days=1)).day == 1


def test_a_period_covers_both_its_ends() -> None:
    start, end = day("2024-01-01"), day("2024-01-31")
    assert [covers(start, end, on) for on in (day("2023-12-31"), start, end, day("2024-02-01"))] == [
        False,
        True,
        True,
        False,
    ]
    assert covers(start, None, day("2100-12-31"))


def test_active_keeps_what_covers_the_day() -> None:
    ended, running = lead("2020-01-01", "2022-06-30"), lead("2022-07-01")
    assert active((ended, running), day("2022-07-01")) == (running,)


def test_a_practice_may_leave_and_come_back() -> None:
    held = (Period(from_on=day("2020-01-01"), to_on=day("2020-12-31")), Period(from_on=day("2022-01-01")))
    assert [is_affiliated(held, day(on)) for on in ("2020-12-31", "2021-06-01", "2022-01-01")] == [True, False, True]


# --- editions --------------------------------------------------------------------------------------------------------

Z23 = programme(key="zz-2023", insurer="zz", valid_from=day("2023-01-01"), valid_to=day("2025-12-31"))
Z26 = programme(key="zz-2026", insurer="zz", valid_from=day("2026-01-01"), valid_to=day("2028-12-31"))
M22 = programme(key="m-2022", insurer="menzis", valid_from=day("2022-01-01"))
NATIONAL = programme(key="nl", insurer=None, national=True)
ALL = (NATIONAL, Z26, M22, Z23)


@pytest.mark.parametrize(
    ("on", "edition"),
    [
        ("2020-01-01", "zz-2023"),
        ("2022-12-31", "zz-2023"),
        ("2023-01-01", "zz-2023"),
        ("2025-12-31", "zz-2023"),
        ("2026-01-01", "zz-2026"),
        ("2028-12-31", "zz-2026"),
        ("2029-01-01", "zz-2026"),
    ],
)
def test_the_edition_of_the_day_asks_and_outside_all_the_nearest_answers(on: str, edition: str) -> None:
    found = edition_on(ALL, "zz", day(on))
    assert found is not None
    assert found.key == edition


def test_of_two_valid_editions_the_latest_start_wins() -> None:
    midway = programme(key="zz-2024", insurer="zz", valid_from=day("2024-01-01"))
    assert edition_on((midway, Z23), "zz", day("2023-12-31")) is Z23
    assert edition_on((midway, Z23), "zz", day("2024-01-01")) is midway


def test_an_insurer_without_programme_has_no_edition() -> None:
    assert edition_on(ALL, "onbekend", day("2024-01-01")) is None


def test_every_insurer_asks_by_one_edition_and_the_country_last() -> None:
    assert [item.key for item in programmes_for(ALL, day("2024-01-01"))] == ["m-2022", "zz-2023", "nl"]


# --- scope and subjects ----------------------------------------------------------------------------------------------


def statuses(found: list[Finding]) -> dict[str, str]:
    return {item.subject: item.status.value for item in found}


@pytest.mark.parametrize(
    ("on", "status"), [("2023-12-31", "NA"), ("2024-01-01", "NOT_MET"), ("2024-12-31", "NOT_MET"), ("2025-01-01", "NA")]
)
def test_the_frame_asks_only_while_the_insurer_is_linked(on: str, status: str) -> None:
    link = InsurerLink(insurer="menzis", from_on=day("2024-01-01"), to_on=day("2024-12-31"))
    asking = programme(asked("vision_on_time", scope="frame", deadline=DEADLINE))
    found = findings(region(insurers=(link,)), Register(), (asking,), day(on))
    assert statuses(found) == {"WOL": status}


def test_not_in_the_frame_is_said_with_the_insurers_name() -> None:
    asking = programme(asked("vision_on_time", scope="frame", deadline=DEADLINE))
    (found,) = findings(region(insurers=()), Register(), (asking,), day("2024-01-01"))
    assert found.reason.text == Pair("valt niet onder het kader van {insurer}", "not in {insurer}'s frame")
    assert found.reason.values == {"insurer": "Menzis"}


def test_the_national_programme_asks_everybody() -> None:
    asking = programme(asked("vision_on_time", scope="frame", deadline=DEADLINE), insurer=None)
    assert statuses(findings(region(insurers=()), Register(), (asking,), day("2024-01-01"))) == {"WOL": "NOT_MET"}
    assert linked(region(insurers=()), None, day("2024-01-01"))


def initiative(code: str, insurer: str = "menzis", proposed: str = "2023-01-01") -> Initiative:
    return Initiative(code=code, title="T", insurer=insurer, proposed_on=day(proposed))


def test_an_initiative_of_another_insurer_is_not_judged() -> None:
    dossier = region(initiatives=(initiative("I2", "zz"), initiative("I1")))
    asking = programme(asked("from_direction", scope="insurer"))
    found = findings(dossier, Register(), (asking,), day("2024-01-01"))
    assert [(item.subject, item.status.value) for item in found] == [("I1", "NOT_MET"), ("I2", "NA")]
    assert found[1].reason.text.nl == "andere verzekeraar"


def test_an_initiative_has_no_result_before_it_was_proposed() -> None:
    dossier = region(initiatives=(initiative("I1", proposed="2024-01-01"),))
    asking = (programme(asked("from_direction")),)
    assert findings(dossier, Register(), asking, day("2023-12-31")) == []
    assert len(findings(dossier, Register(), asking, day("2024-01-01"))) == 1


def test_only_affiliated_practices_are_judged_and_in_order() -> None:
    dossier = region(practices=(practice("P2"), practice("P1"), practice("P0", ("2015-01-01", "2023-12-31"))))
    asking = (programme(asked("practice_steps", soft_deadline=day("2022-12-31"))),)
    assert list(statuses(findings(dossier, Register(), asking, day("2024-01-01")))) == ["P1", "P2"]


def test_a_round_is_named_after_its_region_and_number() -> None:
    dossier = region(rounds=(Round(number=2, held_on=day("2024-01-01")), Round(number=1, held_on=day("2023-01-01"))))
    asking = (programme(asked("scores_have_evidence")),)
    assert list(statuses(findings(dossier, Register(), asking, day("2024-01-01")))) == ["WOL#1", "WOL#2"]


def test_only_limits_by_code_or_by_key() -> None:
    asking = (
        programme(
            asked("vision_on_time", rule="R01", deadline=DEADLINE),
            asked("ict_lead_now", rule="R04", deadline=DEADLINE),
        ),
    )

    def found(*names: str) -> list[str]:
        return [item.rule for item in findings(region(), Register(), asking, DEADLINE, frozenset(names))]

    assert found("R04") == ["R04"]
    assert found("vision_on_time") == ["R01"]
    assert found() == []
    assert [item.rule for item in findings(region(), Register(), asking, DEADLINE)] == ["R01", "R04"]


# --- rounds that count -----------------------------------------------------------------------------------------------


def meeting(version: int, locked: str | None = None, number: int = 1) -> Round:
    return Round(
        number=number,
        version=version,
        held_on=day("2023-11-01"),
        locked_on=day(locked) if locked else None,
        correction_reason="Correctie" if version > 1 else None,
    )


@pytest.mark.parametrize(
    ("rounds", "version"),
    [
        ((meeting(1), meeting(2)), 2),
        ((meeting(1, "2023-12-01"), meeting(2)), 1),
        ((meeting(1, "2023-12-01"), meeting(2, "2024-12-01"), meeting(3)), 2),
        ((meeting(1),), 1),
    ],
)
def test_the_highest_locked_version_holds_else_the_highest(rounds: tuple[Round, ...], version: int) -> None:
    for order in (rounds, rounds[::-1]):
        assert [item.version for item in rounds_that_count(region(rounds=order))] == [version]


def test_every_round_counts_once_in_order() -> None:
    dossier = region(rounds=(meeting(1, number=3), meeting(1, number=1), meeting(2, number=3)))
    assert [(item.number, item.version) for item in rounds_that_count(dossier)] == [(1, 1), (3, 2)]


# --- claims ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def kinds() -> Iterator[dict[str, RuleKind]]:
    """The table of rules, put back after the test."""
    held = dict(KINDS)
    yield KINDS
    KINDS.clear()
    KINDS.update(held)


def declaration(code: str, year: int) -> ServiceDeclaration:
    return ServiceDeclaration(
        code=code, practice="P1", insurer="zz", year=year, declared_on=day("2024-01-15"), insured=100
    )


@pytest.mark.parametrize(
    ("year", "edition"), [(2022, "zz-2023"), (2025, "zz-2023"), (2026, "zz-2026"), (2028, "zz-2026"), (9999, "zz-2026")]
)
def test_a_declaration_is_judged_by_the_edition_of_its_own_year(
    year: int, edition: str, kinds: dict[str, RuleKind]
) -> None:
    @rule(Subject.SERVICE, reads=("service_declaration",))
    def names_its_edition(view: View, need: Need, claim: ServiceDeclaration) -> Verdict:
        return Verdict(Status.MET, Reason(Pair(view.programme.key, view.programme.key)))

    asking = tuple(msgspec.structs.replace(item, requirements=(asked("names_its_edition"),)) for item in (Z26, Z23))
    dossier = region(service_declarations=(declaration("D1", year),))
    for on in ("2024-06-01", "2027-06-01"):
        (found,) = findings(dossier, Register(), asking, day(on))
        assert (found.subject, found.reason.text.nl, found.programme.key) == ("WOL/D1", edition, edition)


def test_a_rule_of_one_edition_alone_judges_every_year(kinds: dict[str, RuleKind]) -> None:
    @rule(Subject.SERVICE, reads=("service_declaration",))
    def only_in_2026(view: View, need: Need, claim: ServiceDeclaration) -> Verdict:
        return Verdict(Status.MET, Reason(Pair("ja", "yes")))

    asking = (Z23, msgspec.structs.replace(Z26, requirements=(asked("only_in_2026"),)))
    dossier = region(service_declarations=(declaration("D1", 2024),))
    (found,) = findings(dossier, Register(), asking, day("2024-06-01"))
    assert found.programme.key == "zz-2026"


def test_a_rule_with_nothing_to_say_gives_no_finding(kinds: dict[str, RuleKind]) -> None:
    @rule(Subject.SERVICE, reads=("service_declaration",))
    def silent(view: View, need: Need, claim: ServiceDeclaration) -> None:
        return None

    asking = (programme(asked("silent"), insurer="zz"),)
    assert findings(region(service_declarations=(declaration("D1", 2024),)), Register(), asking, DEADLINE) == []


def test_a_claim_without_a_year_is_of_the_year_it_was_made() -> None:
    claim = OiClaim(
        code="OI1",
        tariff=OiTariff.PRACTICE_MANAGEMENT,
        unit="Groep",
        claimed_on=day("2023-12-31"),
        from_on=day("2024-01-01"),
        insured=10_000,
    )
    assert year_of(claim) == 2023
    assert year_of(declaration("D1", 2026)) == 2026
    assert year_of(declaration("D1", 0)) == 1


# --- declarations of rules -------------------------------------------------------------------------------------------


def test_two_rules_of_one_name_are_refused(kinds: dict[str, RuleKind]) -> None:
    def vision_on_time(view: View, need: Need, subject: Any) -> None:
        return None

    with pytest.raises(ValueError, match="vision_on_time is declared twice"):
        rule(Subject.COOPERATION, reads=())(vision_on_time)


def need(**params: Any) -> Need:
    return Need(asked("x", **params), {"soft": day("2022-12-31"), "share": "0.10"})


def test_parameters_are_read_by_name_and_type() -> None:
    held = need(
        on=day("2022-07-01"), n=3, share=Decimal("0.1"), yes=True, word="T3.6", words=["a", "b"], rows=[{"a": 1}]
    )
    assert (held.day("on"), held.number("n"), held.decimal("share")) == (day("2022-07-01"), 3, Decimal("0.1"))
    assert (held.flag("yes"), held.word("word"), held.words("words")) == (True, "T3.6", ("a", "b"))
    assert held.rows("rows") == ({"a": 1},)


def test_a_parameter_may_name_a_switch() -> None:
    held = need(on="$soft", share="$share")
    assert (held.day("on"), held.decimal("share")) == (day("2022-12-31"), Decimal("0.10"))
    with pytest.raises(KeyError):
        need(on="$nowhere")


def test_the_same_requirement_in_another_programme_has_that_programmes_switches() -> None:
    """Also when the first programme is gone and its place in memory is taken again."""
    requirement = asked("vision_on_time", deadline="$deadline")
    dossier = region(visions=(vision("2022-07-01"),))
    for number in range(50):
        late = number % 2 == 1
        asking = programme(requirement, switches={"deadline": day("2022-06-30" if late else "2022-07-01")})
        (found,) = findings(dossier, Register(), (asking,), day("2024-01-01"))
        assert found.status == ("LATE" if late else "MET")
        del asking, found


def test_kinds_read_names_what_the_wanted_rules_need() -> None:
    asking = (
        programme(
            asked("vision_on_time", rule="R01", deadline=DEADLINE),
            asked("practice_steps", rule="R11", soft_deadline=DEADLINE),
        ),
    )
    assert kinds_read(asking, frozenset({"R01"})) == {"cooperation", "insurer_link", "vision"}
    assert {"practice.memberships", "practice_step", "vision"} <= kinds_read(asking)


# --- the register ----------------------------------------------------------------------------------------------------


def test_the_register_answers_by_code() -> None:
    product = Product(code="P01", name="PortaalPlus", kind=ProductKind.PLATFORM)
    his = HisProduct(code="H1", name="HIS Alfa")
    held = Register((product,), (his,))
    assert (held.product("P01"), held.his_product("H1")) == (product, his)
    assert (held.product("H1"), held.his_product("P01")) == (None, None)


def test_an_example_is_known_from_the_day_it_was_shared() -> None:
    for seed in range(40):
        held = invented.register(seed)
        for example in held.examples:
            shares = [item.shared_on for item in example.initiative.sharings]
            known_from = max(min(shares), example.initiative.proposed_on) if shares else date.max
            for on in (known_from - timedelta(days=1), min(known_from, LAST)):
                codes = {item.initiative.code for item in register_seen(held, on).examples}
                assert (example.initiative.code in codes) is (on >= known_from)


# --- every rule of every programme -----------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def programmes() -> tuple[Programme, ...]:
    """The programmes as they are delivered."""
    return load_programmes()


def told(found: list[Finding]) -> list[dict[str, Any]]:
    """All that a reader sees of findings, without the order of lists inside records."""
    return [
        {
            "of": (item.programme.key, item.rule, item.subject),
            "status": item.status,
            "reason": item.reason,
            "due": (item.due_on, item.days_late),
            "proof": item.proof,
            "records": sorted(repr(settled(record)) for record in item.records),
        }
        for item in found
    ]


def changed(one: list[Finding], other: list[Finding]) -> list[tuple[Any, str]]:
    """Which part of which finding differs, in few words."""
    pairs = zip(told(one), told(other), strict=True)
    return [(mine["of"], part) for mine, yours in pairs for part in mine if mine[part] != yours[part]]


def lists_of(register: Register, random: Random) -> Register:
    """The register in another order."""

    def mixed(items: tuple[Any, ...]) -> tuple[Any, ...]:
        held = [
            msgspec.structs.replace(item, initiative=shuffled(item.initiative, random))
            if hasattr(item, "initiative")
            else shuffled(item, random)
            for item in items
        ]
        random.shuffle(held)
        return tuple(held)

    return Register(mixed(register.products), mixed(register.his_products), mixed(register.examples))


@given(seed=seeds, as_of=days)
@settings(max_examples=150, deadline=None)
def test_the_order_of_input_never_matters(seed: int, as_of: date, programmes: tuple[Programme, ...]) -> None:
    dossier, register, random = invented.region(seed), invented.register(seed), Random(seed)
    one = findings(dossier, register, programmes, as_of)
    other = findings(shuffled(dossier, random), lists_of(register, random), programmes, as_of)
    assert changed(one, other) == []


@given(seed=seeds, as_of=days)
@settings(max_examples=100, deadline=None)
def test_later_facts_never_matter(seed: int, as_of: date, programmes: tuple[Programme, ...]) -> None:
    dossier, register = invented.region(seed), invented.register(seed)
    later = Inventor(seed + 1, as_of + timedelta(days=1), LAST + timedelta(days=900), mark="later")
    more = Register(
        tuple(with_later_facts(item, later, as_of) for item in register.products),
        tuple(with_later_facts(item, later, as_of) for item in register.his_products),
        register.examples,
    )
    one = findings(dossier, register, programmes, as_of)
    other = findings(with_later_facts(dossier, later, as_of), more, programmes, as_of)
    assert changed(one, other) == []


@given(seed=seeds, as_of=days)
@settings(max_examples=60, deadline=None)
def test_every_finding_is_one_of_its_rule_and_subject_and_explains_itself(
    seed: int, as_of: date, programmes: tuple[Programme, ...]
) -> None:
    found = findings(invented.region(seed), invented.register(seed), programmes, as_of)
    names = [(item.programme.insurer_key, item.rule, item.subject) for item in found]
    assert len(set(names)) == len(names)
    for item in found:
        nl_names, en_names = placeholders(item.reason.text)
        assert nl_names == en_names
        assert nl_names <= set(item.reason.values)
        assert (item.proof is not None) is (item.status in ("MET", "LATE", "PARTIAL"))
        assert item.status != "LATE" or (item.days_late or 0) > 0


def test_the_properties_meet_every_rule_and_most_statuses(programmes: tuple[Programme, ...]) -> None:
    """What is never met is never tested."""
    met: dict[str, set[str]] = {}
    for seed in range(150):
        as_of = FIRST + timedelta(days=seed * 12)
        for item in findings(invented.region(seed), invented.register(seed), programmes, as_of):
            met.setdefault(item.key, set()).add(item.status)
    assert {item.key for each in programmes for item in each.requirements} == set(met)
    seldom = [key for key, held in met.items() if len(held) == 1]
    assert len(seldom) <= len(met) // 10, seldom
