"""Who may see no single practice learns nothing about one (R53)."""

import re
from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from tracker import labels
from tracker.domain.finding import Reason
from tracker.domain.practice_names import PracticeNames
from tracker.domain.privacy import (
    COUNTED,
    PRACTICE_SUBJECTS,
    Outcome,
    aggregated,
    counted,
    minimum_of,
    share,
    without_practices,
)
from tracker.domain.records.base import Pair, Sort, children_of, scalars_of
from tracker.domain.records.contract import Contract, InsurerLink, Mandate, Waiver
from tracker.domain.records.cooperation import Cooperation
from tracker.domain.records.enums import ContractScope, MandateKind
from tracker.domain.records.evidence import Evidence
from tracker.domain.records.funding import (
    AccreditationClaim,
    InnovationApplication,
    OiClaim,
    OpenClaim,
    ServiceDeclaration,
)
from tracker.domain.records.initiative import Initiative, Participant
from tracker.domain.records.periods import Period
from tracker.domain.records.plan import GoalAgreement, Milestone, Plan
from tracker.domain.records.practice import Practice
from tracker.domain.register import Register
from tracker.domain.rule_kinds import KINDS
from tracker.domain.rules import findings
from tracker.programmes import load_programmes

DAY = date(2024, 1, 1)
SINCE = date(2022, 1, 1)


def dossier(practices):
    """A cooperation of some practices, with one record of every sort that names a practice."""
    codes = [f"WOL-{number:02}" for number in range(1, practices + 1)]
    evidence = (Evidence(title=f"Brief van {codes[0]}"),)
    return Cooperation(
        code="WOL",
        name="RSV Wolderveen",
        insurers=(InsurerLink(insurer="menzis", from_on=SINCE),),
        practices=tuple(
            Practice(code=code, name=f"Praktijk {code}", memberships=(Period(from_on=SINCE),), evidence=evidence)
            for code in codes
        ),
        contracts=(
            Contract(
                code="C1",
                insurer="menzis",
                signed_on=SINCE,
                starts_on=SINCE,
                scopes=tuple(ContractScope),
                involved_practices=tuple(codes),
                mandates=(
                    Mandate(kind=MandateKind.INDIVIDUAL, practice=codes[0], given_on=SINCE, evidence=evidence),
                    Mandate(kind=MandateKind.COLLECTIVE, given_on=date(2023, 1, 1)),
                ),
            ),
        ),
        initiatives=(
            Initiative(
                code="I01",
                title="Portaal",
                insurer="menzis",
                proposed_on=SINCE,
                started_on=SINCE,
                participants=tuple(Participant(practice=code, joined_on=SINCE) for code in codes),
            ),
        ),
        waivers=tuple(
            Waiver(rule="vision_on_time", subject=subject, agreed_on=SINCE, signer="A", reason="B")
            for subject in ("WOL", "I01", "WOL/A0", "WOL/A1", codes[0], "WOL-99")
        ),
        oi_claims=(
            OiClaim(
                code="OI1",
                tariff="regional_innovation",
                unit="regio",
                claimed_on=SINCE,
                from_on=SINCE,
                insured=1,
                purpose=None,
            ),
        ),
        innovation_applications=tuple(
            InnovationApplication(
                code=f"A{number}",
                insurer="zorg_en_zekerheid",
                article=11,
                applicant=applicant,
                submitted_on=SINCE,
                patients=12_000,
                starts_on=date(2024, 6, 1),
            )
            for number, applicant in enumerate(("Zuid", codes[0], f" praktijk {codes[0].lower()} "))
        ),
        service_declarations=(
            ServiceDeclaration(
                code="S1", practice=codes[0], insurer="zorg_en_zekerheid", year=2024, declared_on=SINCE, insured=1
            ),
        ),
        open_claims=(
            OpenClaim(code="P1", practice=codes[0], claimed_on=SINCE, in_coalition=True, claimed_before=False),
        ),
        accreditation_claims=(
            AccreditationClaim(
                code="A1",
                practice=codes[0],
                insurer="zorg_en_zekerheid",
                claimed_on=SINCE,
                option=1,
                insured=1,
                full_programme=True,
                recognised_consultant=True,
                mark_reported=True,
            ),
        ),
    )


def judged(practices):
    """That cooperation, its findings, and what is left of both."""
    whole = dossier(practices)
    found = findings(whole, Register(), load_programmes(), DAY)
    return whole, found, *aggregated(whole, found, 5)


def walk(record):
    """A record and all it holds."""
    yield record
    for field in children_of(type(record)):
        held = getattr(record, field.attribute)
        for child in held if field.many else filter(None, (held,)):
            yield from walk(child)


def test_the_minimum_is_a_setting_of_the_national_programme():
    assert minimum_of(load_programmes()) == 5


def test_no_record_that_is_left_names_a_practice():
    left = without_practices(dossier(6))
    for record in walk(left):
        for field in scalars_of(type(record)):
            value = getattr(record, field.attribute)
            assert "wol-0" not in str(value).lower(), f"{type(record).__name__}.{field.attribute}"


def test_every_kind_that_refers_to_a_practice_is_tried_by_these_tests():
    tried = {type(record) for record in walk(dossier(6))}
    kinds = {Cooperation}
    todo = [Cooperation]
    while todo:
        for field in children_of(todo.pop()):
            if field.type not in kinds:
                kinds.add(field.type)
                todo.append(field.type)
    naming = {kind for kind in kinds if any(field.refers_to == "practice" for field in scalars_of(kind))}
    assert naming | {Practice, Waiver} <= tried


def test_what_names_no_practice_stays():
    left = without_practices(dossier(6))
    assert [item.kind for item in left.contracts[0].mandates] == [MandateKind.COLLECTIVE]
    assert left.contracts[0].involved_practices is None
    assert [item.subject for item in left.waivers] == ["WOL", "I01", "WOL/A0"]
    assert [item.code for item in left.innovation_applications] == ["A0"]
    assert [item.code for item in left.oi_claims] == ["OI1"]
    assert left.initiatives[0].title == "Portaal"


def test_a_dossier_without_practices_is_left_as_it_is():
    bare = Cooperation(code="WOL", name="RSV Wolderveen")
    assert without_practices(bare) is bare


def test_findings_about_one_practice_are_left_out():
    _, found, _, left = judged(6)
    gone = {item.rule for item in found} - {item.rule for item in left}
    assert {"R11", "R32", "R47", "R48"} <= gone
    assert all(KINDS[item.requirement.kind].subject not in PRACTICE_SUBJECTS for item in left)
    assert not any("WOL-0" in item.subject for item in left)
    assert {item.subject for item in found if "/A" in item.subject} >= {"WOL/A0", "WOL/A1", "WOL/A2"}
    assert {item.subject for item in left if "/A" in item.subject} == {"WOL/A0"}


def test_a_finding_rests_on_records_of_the_dossier_that_is_given_back():
    _, _, left, found = judged(6)
    known = {id(record) for record in walk(left)}
    used = [record for item in found for record in item.records]
    assert used
    assert all(id(record) in known for record in used)
    assert not any(isinstance(record, Participant | Practice) for record in used)


@pytest.mark.parametrize(("practices", "shown"), [(4, False), (5, True), (6, True)])
def test_mandates_and_declarations_are_counted_from_five_practices_on(practices, shown):
    _, _, _, found = judged(practices)
    said = {item.key: labels.text(item.reason) for item in found if item.requirement.kind in COUNTED}
    assert set(said) == COUNTED
    if shown:
        assert said["mandate_complete"] == f"1 van {practices} mandaten"
        assert said["no_double_funding_agreed"] == f"0 van {practices} verklaringen"
    else:
        assert set(said.values()) == {"te weinig praktijken om te tonen"}


def test_the_status_of_a_rule_never_changes_by_who_reads_it():
    _, found, _, left = judged(4)
    before = {(item.key, item.subject): (item.status, item.due_on, item.days_late) for item in found}
    assert all(before[item.key, item.subject] == (item.status, item.due_on, item.days_late) for item in left)


def test_a_reason_without_a_count_stays():
    alone = Cooperation(code="WOL", name="W", insurers=(InsurerLink(insurer="menzis", from_on=SINCE),))
    found = findings(alone, Register(), load_programmes(), DAY)
    _, left = aggregated(alone, found, 5)
    assert [labels.text(item.reason) for item in left if item.key == "mandate_complete"] == ["geen overeenkomst"]


@pytest.mark.parametrize(
    ("n", "total", "outcome", "nl"),
    [
        (0, 0, Outcome.HIDDEN, "te weinig praktijken om te tonen"),
        (4, 4, Outcome.HIDDEN, "te weinig praktijken om te tonen"),
        (0, 4, Outcome.HIDDEN, "te weinig praktijken om te tonen"),
        (0, 5, Outcome.SHOWN, "0 van 5"),
        (1, 5, Outcome.HIDDEN, "te weinig praktijken om te tonen"),
        (4, 40, Outcome.HIDDEN, "te weinig praktijken om te tonen"),
        (5, 40, Outcome.SHOWN, "5 van 40"),
        (5, 5, Outcome.SHOWN, "5 van 5"),
        (5, 6, Outcome.SHOWN, "bijna alle"),
        (35, 40, Outcome.SHOWN, "35 van 40"),
        (36, 40, Outcome.SHOWN, "bijna alle"),
        (39, 40, Outcome.SHOWN, "bijna alle"),
        (40, 40, Outcome.SHOWN, "40 van 40"),
    ],
)
def test_a_share_is_shown_where_it_tells_no_few(n, total, outcome, nl):
    found = share(n, total, 5)
    assert (found.outcome, labels.text(found.text)) == (outcome, nl)


@given(st.integers(1, 12), st.integers(0, 80))
def test_no_number_that_is_shown_tells_fewer_than_the_minimum_apart(minimum, total):
    for n in range(total + 1):
        found = share(n, total, minimum)
        if found.n is not None:
            assert total >= minimum
            assert n == 0 or n >= minimum
            assert total - n == 0 or total - n >= minimum
        assert (found.n is None) == (found.total is None)


def test_almost_all_gives_no_number_away():
    found = share(39, 40, 5)
    assert (found.n, found.total, found.text.values) == (None, None, {})
    assert labels.text(found.text, "en") == "almost all"
    assert labels.text(share(1, 40, 5).text, "en") == "too few practices to show"


@pytest.mark.parametrize(("n", "total"), list(product((0, 1, 4), (4, 5))))
def test_a_count_of_mandates_needs_five_practices_and_nothing_else(n, total):
    found = counted(n, total, 5)
    assert (found.outcome is Outcome.SHOWN) == (total == 5)
    assert found.n == (n if total == 5 else None)


# --- names in free text ---


def told(text, practices=(("WOL-01", "Praktijk De Wulp"), ("WOL-02", "Praktijk Hof"))):
    held = tuple(Practice(code=code, name=name, memberships=(Period(from_on=SINCE),)) for code, name in practices)
    return PracticeNames(held).hidden_in(text)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Praktijk De Wulp doet niet mee.", "[praktijk] doet niet mee."),
        ("praktijk de  wulp\nen WOL-02", "[praktijk]\nen [praktijk]"),
        ("Zie wol-01, WOL-02; WOL-03.", "Zie [praktijk], [praktijk]; WOL-03."),
        ("Praktijk Hofstede en XWOL-01 en WOL-012", "Praktijk Hofstede en XWOL-01 en WOL-012"),
        ("De praktijk vraagt de wulp.", "De praktijk vraagt de wulp."),
        ("", ""),
    ],
)
def test_the_exact_name_or_code_of_a_practice_is_hidden_in_a_text(text, left):
    assert told(text) == left


def test_a_text_without_a_name_stays_the_same_object():
    text = "De praktijk van de wulp in WOL"
    assert told(text) is text


def test_the_longest_name_is_hidden_and_a_name_that_is_a_common_sign_is_not():
    names = (("P1", "Hof"), ("12", "Hof van Wol"))
    assert told("Hof van Wol en Hof; 12 mei; P1", names) == "[praktijk] en [praktijk]; 12 mei; P1"


def test_no_text_of_what_is_left_names_a_practice():
    whole = dossier(6)
    named = "Met Praktijk WOL-01 en wol-02 besproken"
    plan = Plan(
        version=1,
        adopted_on=SINCE,
        title=named,
        milestones=(Milestone(code="m", title=named, owner="WOL-03", due_on=DAY),),
    )
    agreed = GoalAgreement(signed_on=SINCE, objectives=(named, "Sneller"), outcomes=())
    started = structs.replace(whole.initiatives[0], summary=named, plans=(plan,), agreements=(agreed,))
    link = structs.replace(whole.waivers[0], reason=named)
    left = without_practices(structs.replace(whole, initiatives=(started,), waivers=(link,)))
    texts = [
        text
        for record in walk(left)
        for field in scalars_of(type(record))
        if field.sort is Sort.TEXT and (held := getattr(record, field.attribute))
        for text in (held if field.many else (held,))
    ]
    assert texts.count("Met [praktijk] en [praktijk] besproken") == 5
    assert not any("WOL-0" in text.upper() for text in texts)
    assert left.initiatives[0].agreements[0].objectives[1] == "Sneller"


def test_a_reason_that_quotes_a_text_is_told_without_the_name():
    whole = dossier(6)
    found = findings(whole, Register(), load_programmes(), DAY)
    quoted = structs.replace(found[0], reason=Reason(Pair("{who}", "{who}"), {"who": "Praktijk WOL-01", "n": 3}))
    _, left = aggregated(whole, [quoted], 5)
    assert left[0].reason.values == {"who": "[praktijk]", "n": 3}


@given(st.text(alphabet="abWOL-0123 .", max_size=60))
def test_hiding_twice_is_hiding_once_and_leaves_no_code(text):
    once = told(text)
    assert told(once) == once
    assert not re.search(r"(?<!\w)WOL-0[12](?!\w)", once, re.IGNORECASE)
