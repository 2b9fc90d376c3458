"""What the journal tells: one sentence a write, in both languages, always the same."""

from datetime import date
from decimal import Decimal

import msgspec
import pytest

from tracker import labels
from tracker.domain.journal_sentences import Written, changes, gathered, in_numbers, sentence, too_many
from tracker.domain.records.base import Record, Sort, scalars_of
from tracker.domain.records.enums import Topic
from tracker.domain.records.evaluation import Round, Score
from tracker.domain.records.funding import InnovationApplication
from tracker.domain.records.places import places
from tracker.domain.records.vision import Vision, VisionText

VISION = Vision(version=2, adopted_on=date(2022, 7, 1))
BY = "B. Stuurman"
VALUES = {
    Sort.DAY: date(2022, 1, 1),
    Sort.TEXT: "x",
    Sort.CODE: "X",
    Sort.INTEGER: 1,
    Sort.DECIMAL: Decimal(1),
    Sort.EURO: Decimal(1),
    Sort.FLAG: True,
}


def written(old, new, *, action="corrected", place="vision", number=1, **more) -> Written:
    return Written(number=number, action=action, place=place, address="HOL/visions/2", old=old, new=new, **more)


def told(line: Written, language: str = "nl", lines: tuple[Written, ...] = (), **more) -> str:
    return labels.text(sentence(gathered([line, *lines])[0], BY, **more), language)


def test_a_correction_says_from_what_to_what_and_why():
    line = written(VISION, Vision(version=2, adopted_on=date(2022, 7, 3)))
    assert told(line, reason="fout.") == (
        "B. Stuurman corrigeerde Visie (versie 2): Vastgesteld op ging van 1 juli 2022 naar 3 juli 2022. Reden: fout."
    )
    assert told(line, "en", reason="typo") == (
        "B. Stuurman corrected Vision (version 2): Adopted on went from 1 July 2022 to 3 July 2022. Reason: typo."
    )


def test_of_several_regions_the_sentence_says_which():
    line = written(VISION, Vision(version=2, adopted_on=date(2022, 7, 3)))
    assert "Visie (versie 2) van RSV Hollerdiep: " in told(line, of="RSV Hollerdiep")
    assert "Vision (version 2) of RSV Hollerdiep: " in told(line, "en", of="RSV Hollerdiep")


def test_what_was_added_is_told():
    line = written(None, VISION, action="added")
    assert told(line) == "B. Stuurman voegde Visie (versie 2) toe: vastgesteld op 1 juli 2022."
    assert told(line, "en") == "B. Stuurman added Vision (version 2): adopted on 1 July 2022."


def test_what_was_removed_is_told_as_it_was():
    line = written(VISION, None, action="removed")
    assert told(line) == "B. Stuurman verwijderde Visie (versie 2): vastgesteld op 1 juli 2022."
    assert told(line, "en") == "B. Stuurman removed Vision (version 2): adopted on 1 July 2022."


def test_a_file_is_named_as_the_way_in():
    assert "las Visie (versie 2) in uit een bestand" in told(written(None, VISION, action="imported"))
    changed = written(VISION, Vision(version=2, title="Samen"), action="imported")
    assert "wijzigde met een bestand Visie (versie 2): Titel ging van leeg naar ‘Samen’" in told(changed)


def test_a_child_is_told_with_what_it_stands_in():
    text = VisionText(part="urgency", recorded_on=date(2022, 7, 1), text="De wachttijd loopt op.")
    line = written(None, text, action="added", place="vision_text", within=VISION)
    assert "van Visie (versie 2) toe: vastgelegd op 1 juli 2022, tekst ‘De wachttijd loopt op’." in told(line)


def test_what_came_with_its_record_is_told_with_it():
    text = VisionText(part="urgency", recorded_on=date(2022, 7, 1), text="x")
    children = tuple(written(None, text, action="added", place="vision_text", number=n, above=1) for n in (2, 3))
    line = written(None, VISION, action="added")
    assert len(gathered([*children, line])) == 1
    assert told(line, lines=children).endswith("; met 2 × onderdeel van de visie.")


def test_a_child_that_is_corrected_with_its_record_has_its_own_sentence():
    text = VisionText(part="urgency", recorded_on=date(2022, 7, 1), text="x")
    child = written(text, None, action="removed", place="vision_text", number=2, above=1)
    assert len(gathered([written(VISION, VISION), child])) == 2


def test_a_field_that_is_kept_from_the_reader_is_not_told():
    old, new = Score(topic=Topic.JZOJP), Score(topic=Topic.JZOJP, own=4, insurer=2)
    meeting = Round(number=4, held_on=date(2026, 9, 1))
    line = written(old, new, place="score", within=meeting, untold=frozenset({"insurer", "note"}))
    assert "Eigen score ging van leeg naar 4." in told(line)
    assert "verzekeraar" not in told(line)
    assert [one.field.attribute for one in changes(line)] == ["own"]
    hidden = written(old, Score(topic=Topic.JZOJP, insurer=2), place="score", untold=frozenset({"insurer"}))
    assert told(hidden).endswith("wat er veranderde, ziet u niet of nog niet.")
    added = written(None, new, place="score", action="added", untold=frozenset({"insurer"}))
    assert "2" not in told(added).partition(": ")[2]


def test_nothing_changed_is_said():
    assert told(written(VISION, VISION)).endswith(": er veranderde niets.")
    assert told(written(VISION, VISION), "en").endswith(": nothing changed.")


def test_an_amount_has_its_sign():
    old = any_of(InnovationApplication)
    new = msgspec.structs.replace(old, tariff_eur=Decimal("12.5"))
    assert "Tarief ging van leeg naar € 12,50." in told(written(old, new, place="innovation_application"))


def any_of(kind: type[Record]) -> Record:
    """A record of a kind with its required fields alone."""
    given = {}
    for field in scalars_of(kind):
        if field.required:
            value = next(iter(field.type)) if field.sort is Sort.CHOICE else VALUES[field.sort]
            given[field.attribute] = (value,) if field.many else value
    return kind(**given)


@pytest.mark.parametrize("place", sorted(places()))
def test_every_kind_can_be_told_in_both_languages(place):
    record = any_of(places()[place].kind)
    for old, new, action in ((None, record, "added"), (record, None, "removed"), (record, record, "corrected")):
        line = written(old, new, action=action, place=place)
        for language in ("nl", "en"):
            text = told(line, language)
            assert text.startswith(BY)
            assert text.endswith(".")
            assert labels.texts.MISSING not in text


def test_a_name_with_braces_is_no_place_to_fill_in():
    line = written(VISION, Vision(version=2, adopted_on=VISION.adopted_on, title="{v0} {by}"))
    assert "naar ‘{v0} {by}’." in labels.text(sentence(gathered([line])[0], "{v1}"))


def test_much_is_told_in_numbers():
    counts = {("imported", "vision"): 2, ("imported", "practice"): 1300}
    assert labels.text(in_numbers(BY, counts, reason="Eerste vulling")) == (
        "B. Stuurman las records in uit een bestand: 1.300 × huisartsenpraktijk, 2 × visie. Reden: Eerste vulling."
    )
    assert labels.text(in_numbers(BY, counts), "en") == (
        "B. Stuurman took in records from a file: 1,300 × GP practice, 2 × vision."
    )


def test_many_kinds_end_in_one_number():
    counts = {("added", place): 1 for place in sorted(places())[:14]}
    assert labels.text(in_numbers(BY, counts)).endswith(", 4 andere.")


def test_what_nobody_counted_is_told_as_more():
    assert labels.text(too_many(BY, 20_000)) == "B. Stuurman schreef meer dan 20.000 records in één keer."
