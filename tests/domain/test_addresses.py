"""A record that decided a finding has the address under which the journal and the import know it."""

from datetime import date
from decimal import Decimal

import pytest

from tracker.domain.addresses import Address, Addresses, below
from tracker.domain.records.cooperation import Cooperation
from tracker.domain.records.enums import AssessmentStatus, MandateKind, VisionPart
from tracker.domain.records.evidence import Evidence
from tracker.domain.records.initiative import Initiative
from tracker.domain.records.periods import Measurement
from tracker.domain.records.plan import Indicator
from tracker.domain.records.product import Assessment, Product, ProductVersion
from tracker.domain.records.vision import Vision, VisionText
from tracker.domain.register import Example, Register

DAY = date(2022, 5, 18)


def test_an_address_leads_from_the_cooperation_to_the_record():
    text = VisionText(part=VisionPart.URGENCY, recorded_on=DAY, text="De wachttijd loopt op.")
    proof = Evidence(title="Verslag", about_on=None)
    vision = Vision(version=1, adopted_on=DAY, texts=(text,), evidence=(proof,))
    dossier = Cooperation(code="WOL", name="W", visions=(vision,))
    addresses = Addresses(dossier, Register())
    assert addresses.of(dossier) == Address("cooperation", "WOL")
    assert addresses.of(vision) == Address("vision", "WOL/visions/1")
    assert addresses.of(text) == Address("vision_text", "WOL/visions/1/texts/urgency;2022-05-18")
    assert addresses.of(proof) == Address("evidence", "WOL/visions/1/evidence/Verslag;")


def test_records_of_the_register_start_with_their_own_code():
    event = Assessment(version="1", reported_on=DAY, status=AssessmentStatus.POSITIVE)
    product = Product(
        code="P01", name="P", kind="platform", versions=(ProductVersion(version="1"),), assessments=(event,)
    )
    addresses = Addresses(Cooperation(code="WOL", name="W"), Register(products=(product,)))
    assert addresses.of(event) == Address("assessment", "P01/assessments/1;2022-05-18;positive")


def test_an_example_of_another_region_stands_in_that_region():
    shared = Initiative(code="I07", title="T", insurer="menzis", proposed_on=DAY)
    register = Register(examples=(Example("TOL", shared),))
    assert Addresses(Cooperation(code="WOL", name="W"), register).of(shared) == Address(
        "initiative", "TOL/initiatives/I07"
    )


def test_a_record_is_found_by_identity_and_a_stranger_is_not():
    one, other = Vision(version=1), Vision(version=1)
    addresses = Addresses(Cooperation(code="WOL", name="W", visions=(one,)), Register())
    assert addresses.of(one) is not None
    assert addresses.of(other) is None


def test_a_field_that_holds_one_record_needs_no_key():
    baseline = Measurement(value=Decimal(1), measured_on=DAY)
    indicator = Indicator(code="k1", name="N", unit="x", baseline=baseline)
    initiative = Initiative(code="I01", title="T", insurer="menzis", proposed_on=DAY, indicators=(indicator,))
    dossier = Cooperation(code="WOL", name="W", initiatives=(initiative,))
    found = Addresses(dossier, Register()).of(baseline)
    assert found is not None
    assert found.address == "WOL/initiatives/I01/indicators/k1/baseline"


@pytest.mark.parametrize(
    ("key", "many", "address"),
    [
        (("a", None, DAY), True, "WOL/x/a;;2022-05-18"),
        ((MandateKind.COLLECTIVE,), True, "WOL/x/collective"),
        (("a",), False, "WOL/x"),
        ((None,), True, "WOL/x"),
    ],
)
def test_a_key_is_written_by_its_values(key, many, address):
    assert below("WOL", "x", key, many) == address
