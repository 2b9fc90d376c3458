"""The register of products: what each version asks for, and who depends on it."""

from datetime import date

from tracker.domain.assessment import AssessmentState
from tracker.domain.finding import Finding
from tracker.domain.products import ProductGroup, StatePeriod, Terms, state_history, version_standings
from tracker.domain.records.cooperation import Cooperation
from tracker.domain.records.enums import AssessmentStatus, ProductKind, UseRole
from tracker.domain.records.initiative import Initiative, ProductUse
from tracker.domain.records.product import Assessment, Product, ProductVersion
from tracker.domain.register import Register
from tracker.domain.rules import findings
from tracker.programmes import load_programmes

TERMS = Terms(("application", "platform", "algorithm"), date(2023, 1, 1))
DAY = date(2026, 10, 1)


def event(day: str, status: AssessmentStatus, until: str | None = None) -> Assessment:
    """One event of version 1."""
    last = date.fromisoformat(until) if until else None
    return Assessment(version="1", reported_on=date.fromisoformat(day), status=status, valid_until=last)


def product(*events: Assessment, kind: ProductKind = ProductKind.PLATFORM) -> Product:
    """A product with one version."""
    return Product(code="P", name="Plan", kind=kind, versions=(ProductVersion(version="1"),), assessments=events)


def region(use: ProductUse, started: str = "2024-01-01", ended: str | None = None) -> Cooperation:
    """A region with one initiative that uses it."""
    initiative = Initiative(
        code="I",
        title="Initiatief",
        insurer="menzis",
        proposed_on=date(2023, 1, 1),
        started_on=date.fromisoformat(started),
        ended_on=date.fromisoformat(ended) if ended else None,
        uses=(use,),
    )
    return Cooperation(code="HOL", name="RSV Hollerdiep", initiatives=(initiative,))


def use(role: UseRole = UseRole.OBJECT, until: str | None = None) -> ProductUse:
    """The use of version 1 from 2024 on."""
    last = date.fromisoformat(until) if until else None
    reason = "bestaand" if role is UseRole.BACKGROUND else None
    return ProductUse(product="P", version="1", role=role, justification=reason, from_on=date(2024, 1, 1), to_on=last)


def judged(dossier: Cooperation, held: Product, day: date) -> list[Finding]:
    """What R15 says."""
    return findings(dossier, Register((held,)), load_programmes(), day, frozenset({"R15"}))


def group(held: Product, dossier: Cooperation, day: date = DAY) -> ProductGroup:
    """The group of the only version."""
    (only,) = version_standings((held,), [(dossier, judged(dossier, held, day))], TERMS, day)
    return only.group


NEVER = product()
LAPSED = product(event("2024-02-05", AssessmentStatus.POSITIVE, "2026-02-04"))


def test_in_use_without_a_verdict_asks_for_action() -> None:
    assert group(NEVER, region(use())) is ProductGroup.ACTION


def test_a_verdict_counts_up_to_and_including_its_last_day() -> None:
    assert group(LAPSED, region(use()), date(2026, 2, 4)) is ProductGroup.VALID
    assert group(LAPSED, region(use()), date(2026, 2, 5)) is ProductGroup.ACTION


def test_nobody_is_asked_where_the_use_or_the_initiative_has_ended() -> None:
    assert group(NEVER, region(use(until="2026-09-30"))) is ProductGroup.WAITING
    assert group(NEVER, region(use(until="2026-10-01"))) is ProductGroup.ACTION
    assert group(NEVER, region(use(), ended="2026-09-30")) is ProductGroup.WAITING


def test_a_base_system_and_a_product_nobody_uses_ask_nothing() -> None:
    assert group(NEVER, region(use(UseRole.BACKGROUND))) is ProductGroup.WAITING
    assert version_standings((NEVER,), [], TERMS, DAY)[0].group is ProductGroup.WAITING


def test_infrastructure_needs_no_verdict() -> None:
    assert group(product(kind=ProductKind.INFRASTRUCTURE), region(use())) is ProductGroup.NOT_NEEDED


def test_the_history_tells_every_state_from_day_to_day() -> None:
    held = product(
        event("2023-09-11", AssessmentStatus.INTAKE_SENT),
        event("2023-10-16", AssessmentStatus.IN_ASSESSMENT),
        *LAPSED.assessments,
    )
    assert state_history(held, "1", TERMS, DAY) == (
        StatePeriod(AssessmentState.INTAKE_SENT, date(2023, 9, 11), date(2023, 10, 15)),
        StatePeriod(AssessmentState.IN_ASSESSMENT, date(2023, 10, 16), date(2024, 2, 4)),
        StatePeriod(AssessmentState.POSITIVE, date(2024, 2, 5), date(2026, 2, 4)),
        StatePeriod(AssessmentState.EXPIRED, date(2026, 2, 5), DAY),
    )
    assert state_history(held, "1", TERMS, date(2023, 9, 10)) == ()
    assert state_history(held, "2", TERMS, DAY) == ()


def test_a_verdict_lapses_within_ninety_days_and_not_before() -> None:
    def lapses(day: date) -> bool:
        return version_standings((LAPSED,), [], TERMS, day)[0].lapses_within(day)

    assert lapses(date(2025, 11, 6))
    assert not lapses(date(2025, 11, 5))
    assert lapses(date(2026, 2, 4))
    assert not lapses(date(2026, 2, 5))
