"""The funding guide: which routes fit, under which conditions, and what would be paid twice."""

from datetime import date
from decimal import Decimal

import msgspec
import pytest

from tracker.domain.finding import Status
from tracker.domain.guide import Answer, Fit, Guidance, guide, routes_of, tariffs_of
from tracker.domain.guide_facts import Content, Question
from tracker.domain.records.contract import Contract, InsurerLink
from tracker.domain.records.cooperation import Cooperation, PreferredHis
from tracker.domain.records.enums import ContractScope, Purpose, Stream
from tracker.domain.records.funding import FundingLine
from tracker.domain.records.initiative import Initiative, InitiativeDirection
from tracker.domain.records.periods import Period
from tracker.domain.records.plan import Plan
from tracker.domain.records.practice import HisUse, Practice
from tracker.domain.register import Register
from tracker.labels import text
from tracker.programmes import load_programmes

DAY = date(2026, 10, 1)
LONG_AGO = date(2020, 1, 1)
ZZ, MENZIS = "zorg_en_zekerheid", "menzis"


def line(code: str = "f1", **more: object) -> FundingLine:
    facts = {"stream": Stream.S3, "purpose": Purpose.INITIATIVE, "item": "platform", "share_pct": Decimal(100)}
    return FundingLine(code=code, from_on=date(2024, 1, 1), **{**facts, **more})


def initiative(direction: str = "T3.4", lines: tuple[FundingLine, ...] = (), **more: object) -> Initiative:
    directions = (InitiativeDirection(code=direction, from_on=LONG_AGO),)
    facts = {"insurer": MENZIS, "title": "Meekijken", "proposed_on": LONG_AGO}
    return Initiative(code="I12", directions=directions, funding_lines=lines, **{**facts, **more})


def practice(code: str, his: str) -> Practice:
    use = (HisUse(his=his, from_on=LONG_AGO),)
    return Practice(code=code, name=code, memberships=(Period(from_on=LONG_AGO),), his=use)


def region(*initiatives: Initiative, practices: tuple[Practice, ...] = ()) -> Cooperation:
    contract = Contract(
        code="c1",
        insurer=MENZIS,
        signed_on=LONG_AGO,
        starts_on=LONG_AGO,
        ends_on=date(2026, 12, 31),
        scopes=(ContractScope.FINANCING,),
    )
    return Cooperation(
        code="LIN",
        name="RSV Voorbeeld",
        insurers=tuple(InsurerLink(insurer=key, from_on=LONG_AGO) for key in (MENZIS, ZZ)),
        contracts=(contract,),
        preferred_his=(PreferredHis(his="alfa", from_on=LONG_AGO),),
        initiatives=initiatives,
        practices=practices,
    )


def ask(dossier: Cooperation, *content: Content, **more: object) -> Guidance:
    held = dossier.initiatives[0] if dossier.initiatives else None
    facts = {
        "dossier": dossier,
        "register": Register(),
        "as_of": DAY,
        "starts_on": date(2026, 1, 1),
        "insurers": (MENZIS, ZZ),
        "initiative": held,
        "insured": 57_400,
        "content": frozenset(content),
    }
    return guide(Question(**{**facts, **more}), load_programmes())


def answer(found: Guidance, key: str, programme: str) -> Answer:
    return next(item for item in found.answers if (item.option.key, item.option.programme.key) == (key, programme))


def reasons(found: Answer, status: Status = Status.NOT_MET) -> list[str]:
    return [text(item.reason) for item in found.checks if item.status is status]


def test_what_avoids_a_referral_fits_the_meedenkadvies_from_2026_and_not_article_10():
    found = ask(region(initiative()), Content.AVOIDS_REFERRAL)
    assert answer(found, "meedenkadvies", "landelijk").fit is Fit.FITS
    meekijk = answer(found, "innovation_meekijk", "zorg-en-zekerheid-2026")
    assert meekijk.fit is Fit.NOT
    assert reasons(meekijk)[0].startswith("valt onder het meedenkadvies van segment 1")


def test_a_single_test_is_no_meedenkadvies_so_article_10_may_fit():
    found = ask(region(initiative()), Content.AVOIDS_REFERRAL, Content.SINGLE_TEST)
    assert answer(found, "meedenkadvies", "landelijk").fit is Fit.NOT
    assert answer(found, "innovation_meekijk", "zorg-en-zekerheid-2026").fit is Fit.CONDITIONAL


def test_the_supplier_that_stays_is_not_held_against_the_meedenkadvies():
    found = ask(region(initiative()), Content.AVOIDS_REFERRAL)
    assert answer(found, "consult_function_transparant_next", "zorg-en-zekerheid-2026").fit is Fit.CONDITIONAL


@pytest.mark.parametrize(
    ("starts_on", "fit"),
    [(date(2025, 12, 31), Fit.NOT), (date(2026, 1, 1), Fit.FITS)],
)
def test_a_route_counts_from_its_first_day(starts_on: date, fit: Fit):
    found = ask(region(initiative()), Content.AVOIDS_REFERRAL, starts_on=starts_on)
    assert answer(found, "meedenkadvies", "landelijk").fit is fit


def test_the_meedenkadvies_is_for_every_region_whoever_insures_it():
    dossier = msgspec.structs.replace(region(initiative()), insurers=(InsurerLink(insurer=MENZIS, from_on=LONG_AGO),))
    found = ask(dossier, Content.AVOIDS_REFERRAL, insurers=(MENZIS,))
    assert answer(found, "meedenkadvies", "landelijk").fit is Fit.FITS
    assert [item.option.key for item in found.answers].count("meedenkadvies") == 1


def test_a_change_near_the_start_is_told():
    found = ask(region(initiative()), Content.AVOIDS_REFERRAL)
    assert [(item.on, item.ended.key, item.began.key) for item in found.changes] == [
        (date(2026, 1, 1), "meedenkconsulten", "meedenkadvies")
    ]
    assert ask(region(initiative()), Content.AVOIDS_REFERRAL, starts_on=date(2028, 1, 1)).changes == ()


@pytest.mark.parametrize(("insured", "fit"), [(9_999, Fit.NOT), (10_000, Fit.CONDITIONAL)])
def test_article_9_needs_ten_thousand_patients(insured: int, fit: Fit):
    dossier = region(initiative("T2.1"), practices=(practice("p1", "alfa"),))
    found = ask(dossier, Content.SELF_MANAGEMENT, insured=insured)
    assert answer(found, "innovation_ehealth", "zorg-en-zekerheid-2026").fit is fit


def test_one_practice_on_another_his_fails_article_9():
    dossier = region(initiative("T2.1"), practices=(practice("p1", "alfa"), practice("p2", "beta")))
    found = answer(ask(dossier, Content.SELF_MANAGEMENT), "innovation_ehealth", "zorg-en-zekerheid-2026")
    assert found.fit is Fit.NOT
    assert reasons(found) == ["niet alle praktijken gebruiken de preferente HIS (1 alfa en 1 beta)"]


def test_who_may_not_see_practices_learns_nothing_of_their_his():
    dossier = region(initiative("T2.1"))
    found = ask(dossier, Content.SELF_MANAGEMENT, sees_practices=False)
    told = reasons(answer(found, "innovation_ehealth", "zorg-en-zekerheid-2026"), Status.UNKNOWN)
    assert any("u ziet geen gegevens van losse praktijken" in item for item in told)


def test_article_11_excludes_what_is_financed_already():
    dossier = region(initiative(lines=(line(),)))
    found = answer(ask(dossier, item="Platform "), "innovation_other", "zorg-en-zekerheid-2026")
    assert "platform is al gefinancierd via segment 3" in reasons(found)
    free = answer(ask(dossier, item="training"), "innovation_other", "zorg-en-zekerheid-2026")
    assert free.fit is Fit.CONDITIONAL


def test_a_stream_that_pays_already_is_not_paid_twice_by_itself():
    dossier = region(initiative(lines=(line(eur_per_year=Decimal(33_000)),)))
    found = ask(dossier, item="platform")
    own = reasons(answer(found, "s3", "menzis-2022"), Status.ADVISORY)
    other = reasons(answer(found, "regional_performance", "menzis-2022"), Status.ADVISORY)
    assert "loopt al: 100% van platform, € 33.000 per jaar" in own
    assert not any("wordt al voor" in item for item in own)
    assert "platform wordt al voor 100% betaald uit segment 3; kies een andere kostenpost" in other


def test_a_line_that_has_ended_pays_nothing_on_the_start():
    dossier = region(initiative(lines=(line(to_on=date(2025, 12, 31)),)))
    found = ask(dossier, item="platform")
    assert not any(
        "wordt al voor" in item
        for item in reasons(answer(found, "regional_performance", "menzis-2022"), Status.ADVISORY)
    )


def test_segment_3_needs_a_contract_on_the_start():
    dossier = region(initiative())
    assert answer(ask(dossier, starts_on=date(2026, 12, 31)), "s3", "menzis-2022").fit is Fit.CONDITIONAL
    assert answer(ask(dossier, starts_on=date(2027, 1, 1)), "s3", "menzis-2022").fit is Fit.NOT


def test_organisation_tariffs_are_not_for_an_initiative():
    found = answer(ask(region(initiative("T3.7"))), "oi_regional_innovation", "landelijk")
    assert found.fit is Fit.NOT


@pytest.mark.parametrize(("insured", "fits"), [(8_999, False), (9_000, True)])
def test_circa_ten_thousand_is_from_nine_thousand(insured: int, fits: bool):
    found = answer(ask(region(), insured=insured), "oi_practice_management", "landelijk")
    assert (found.fit is not Fit.NOT) is fits


@pytest.mark.parametrize(("insured", "fits"), [(99_999, False), (100_000, True)])
def test_regional_chain_care_has_a_hard_limit(insured: int, fits: bool):
    found = answer(ask(region(), insured=insured), "oi_regional_chain_care", "landelijk")
    assert (found.fit is not Fit.NOT) is fits


def test_routes_of_an_insurer_that_is_not_asked_are_left_out():
    found = ask(region(initiative()), Content.AVOIDS_REFERRAL, insurers=(MENZIS,))
    assert {item.option.programme.insurer_key for item in found.answers} == {MENZIS, None}


def test_an_insurer_that_is_not_linked_pays_nothing():
    dossier = region(initiative())
    found = ask(dossier, Content.AVOIDS_REFERRAL, starts_on=date(2019, 1, 1), insurers=(MENZIS,))
    assert all(item.fit is not Fit.FITS for item in found.answers if item.option.programme.insurer_key == MENZIS)


def test_amounts_are_those_of_the_insurer_and_the_year():
    own = {
        tariff.amount_eur for item in ask(region(initiative()), insurers=(MENZIS,)).answers for tariff in item.tariffs
    }
    assert own <= {None}
    zz = next(item for item in load_programmes() if item.key == "zorg-en-zekerheid-2026")
    option = next(item for item in routes_of(zz) if item.key == "speech_to_text")
    assert {item.amount_eur for item in tariffs_of(option, date(2026, 12, 31))} == {Decimal("1.22"), Decimal("0.33")}
    assert tariffs_of(option, date(2027, 1, 1)) == ()


def test_a_plan_of_the_start_day_is_not_before_the_start():
    late = initiative("T2.1", plans=(Plan(version=1, adopted_on=date(2026, 1, 1)),))
    found = answer(ask(region(late), Content.SELF_MANAGEMENT), "innovation_ehealth", "zorg-en-zekerheid-2026")
    assert "plan van 1 januari 2026, niet voor de start" in reasons(found)


def test_the_nearest_miss_stands_first():
    found = ask(region(initiative("T2.1")), Content.AVOIDS_REFERRAL, insured=10).of(Fit.NOT)
    counts = [len(item.failing) for item in found]
    assert counts == sorted(counts)
