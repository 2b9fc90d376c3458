"""Examples on offer, and who used them."""

from datetime import date

from tracker.domain.records.cooperation import Cooperation
from tracker.domain.records.enums import ExampleOutcome
from tracker.domain.records.example import GoodExample, Sharing
from tracker.domain.records.initiative import Initiative
from tracker.domain.register import Example, Register, register_seen
from tracker.domain.shared_examples import SharedExample, shared_examples

DAY = date(2025, 1, 1)


def initiative(code: str, *sharings: Sharing, seen: tuple[GoodExample, ...] = ()) -> Initiative:
    """An initiative of Menzis."""
    return Initiative(
        code=code, title=code, insurer="menzis", proposed_on=date(2023, 1, 1), sharings=sharings, good_examples=seen
    )


def offered(day: date, *sharings: Sharing, takers: tuple[Cooperation, ...] = ()) -> tuple[SharedExample, ...]:
    """The examples on a day, where WOL shares I01."""
    home = Cooperation(code="WOL", name="RSV Wolderveen")
    register = register_seen(Register(examples=(Example("WOL", initiative("I01", *sharings)),)), day)
    return shared_examples(register.examples, (home, *takers))


def test_an_example_is_on_offer_from_its_day_until_it_is_withdrawn() -> None:
    shared = Sharing(shared_on=DAY, withdrawn_on=date(2025, 6, 1))
    assert not offered(date(2024, 12, 31), shared)
    assert [item.region for item in offered(DAY, shared)] == ["RSV Wolderveen"]
    assert offered(date(2025, 5, 31), shared)
    assert not offered(date(2025, 6, 1), shared)


def test_an_example_that_is_shared_again_is_on_offer_again() -> None:
    first, again = Sharing(shared_on=DAY, withdrawn_on=date(2025, 2, 1)), Sharing(shared_on=date(2025, 3, 1))
    assert offered(date(2025, 3, 1), first, again)[0].sharing == again


def test_who_ignored_an_example_did_not_use_it() -> None:
    used = GoodExample(source="I01", considered_on=DAY, outcome=ExampleOutcome.USED)
    ignored = GoodExample(source="I01", considered_on=DAY, outcome=ExampleOutcome.IGNORED)
    takers = (
        Cooperation(code="TOL", name="RSV Tolvenaar", initiatives=(initiative("I08", seen=(used,)),)),
        Cooperation(code="NOO", name="RSV Noorderwold", initiatives=(initiative("I11", seen=(ignored,)),)),
    )
    (found,) = offered(DAY, Sharing(shared_on=DAY), takers=takers)
    assert {taker.region for taker in found.takers} == {"RSV Tolvenaar", "RSV Noorderwold"}
    assert [taker.region for taker in found.used_by] == ["RSV Tolvenaar"]
