"""Setting up a region: what is there, and what comes next."""

from datetime import date

from tracker.domain.records.contract import InsurerLink
from tracker.domain.records.cooperation import Cooperation
from tracker.domain.records.vision import Vision
from tracker.domain.setting_up import SetupStep, is_new, progress

TODAY = date(2026, 10, 1)
LINKED = InsurerLink(insurer="menzis", from_on=date(2020, 1, 1))


def following(dossier, people=0):
    return next(item.step for item in progress(dossier, people, TODAY) if item.is_next)


def test_an_empty_region_begins_with_its_insurers():
    dossier = Cooperation(code="NWE", name="RSV Nieuw")
    assert following(dossier) is SetupStep.INSURERS
    assert is_new(dossier)


def test_what_is_there_is_counted_and_the_first_gap_comes_next():
    dossier = Cooperation(code="NWE", name="RSV Nieuw", insurers=(LINKED,))
    assert following(dossier) is SetupStep.PEOPLE
    assert following(dossier, people=2) is SetupStep.PRACTICES
    counted = {item.step: item.number for item in progress(dossier, 2, TODAY)}
    assert (counted[SetupStep.INSURERS], counted[SetupStep.PEOPLE], counted[SetupStep.VISION]) == (1, 2, 0)


def test_a_draft_of_a_vision_is_not_a_vision_yet_and_the_region_is_new_no_longer():
    draft = Vision(version=1, title="Visie", drafted_on=date(2026, 9, 1))
    dossier = Cooperation(code="NWE", name="RSV Nieuw", insurers=(LINKED,), visions=(draft,))
    assert {item.step: item.number for item in progress(dossier, 0, TODAY)}[SetupStep.VISION] == 0
    assert not is_new(dossier)
