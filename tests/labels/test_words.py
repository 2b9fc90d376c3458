"""Everything an enumeration can say has a word in Dutch and English, and every status its look."""

import inspect
from datetime import date
from enum import Enum

import pytest

from tracker import labels
from tracker.assets import icons_in_use
from tracker.domain import assessment, changes, policy, privacy
from tracker.domain.finding import Finding, Reason, Status
from tracker.domain.records import enums
from tracker.domain.records.base import Pair
from tracker.domain.records.enums import AssessmentStatus, EvidenceStrength, Phase, Topic
from tracker.labels.members import WORDS
from tracker.programmes import load_programmes

CHOICES = [kind for _, kind in inspect.getmembers(enums, inspect.isclass) if issubclass(kind, Enum) and list(kind)]
OTHERS = [Status, changes.ChangeKind, assessment.AssessmentState, policy.Role, privacy.Outcome]


@pytest.mark.parametrize("kind", [*CHOICES, *OTHERS], ids=lambda kind: kind.__name__)
def test_every_member_has_a_word_in_both_languages(kind):
    for member in kind:
        pair = WORDS[kind][member.value]
        assert pair.nl.strip()
        assert pair.en.strip()


def test_no_word_is_kept_for_a_member_that_is_gone():
    assert [kind for kind, held in WORDS.items() if set(held) != {member.value for member in kind}] == []


def test_there_are_thirty_eight_lists_of_choices():
    assert len(CHOICES) == 38


@pytest.mark.parametrize(
    ("member", "nl", "en"),
    [
        (AssessmentStatus.INTAKE_SENT, "intake verstuurd", "intake sent"),
        (Phase.IN_USE, "in gebruik", "in use"),
        (Topic.JZOJP, "juiste zorg op de juiste plek", "the right care in the right place"),
        (EvidenceStrength.CHECKED, "gecontroleerd door de andere partij", "checked by the other party"),
        (Status.NOT_MET, "Niet behaald", "Not met"),
    ],
)
def test_a_member_says_its_word(member, nl, en):
    assert (labels.word(member), labels.word(member, "en")) == (nl, en)


def test_a_list_to_choose_from_keeps_the_order_of_the_enumeration():
    assert labels.choices(Phase)[:2] == [("selected", "gekozen"), ("pilot", "pilot")]


def test_a_member_without_a_word_shows_its_value_instead_of_stopping_anybody():
    class Unheard(Enum):
        OF = "of"

    assert labels.word(Unheard.OF) == "of"


@pytest.mark.parametrize(
    ("status", "word", "short", "tone"),
    [
        (Status.MET, "Behaald", "Behaald", "green"),
        (Status.LATE, "Te laat behaald", "Te laat", "amber"),
        (Status.PARTIAL, "Deels", "Deels", "amber"),
        (Status.NOT_MET, "Niet behaald", "Niet behaald", "red"),
        (Status.PENDING, "Nog niet aan de orde", "Nog niet", "slate"),
        (Status.NA, "N.v.t.", "N.v.t.", "grey"),
        (Status.UNKNOWN, "Onbekend", "Onbekend", "grey"),
        (Status.ADVISORY, "Aandachtspunt", "Let op", "amber"),
    ],
)
def test_a_status_looks_as_designed(status, word, short, tone):
    label = labels.status_label(status)
    assert (label.word.nl, label.short.nl, label.tone) == (word, short, tone)
    assert label.icon in icons_in_use()


def finding(status, due_on=None, days_late=None):
    programme = next(item for item in load_programmes() if item.key == "menzis-2022")
    asked = programme.requirement("R01")
    return Finding("WOL", status, Reason(Pair("", "")), asked, programme, due_on=due_on, days_late=days_late)


@pytest.mark.parametrize(
    ("as_of", "tone"),
    [
        (date(2022, 5, 1), "slate"),
        (date(2022, 5, 2), "amber"),
        (date(2022, 7, 1), "amber"),
        (date(2022, 7, 2), "slate"),
    ],
)
def test_what_is_due_within_sixty_days_turns_amber(as_of, tone):
    assert labels.tone_of(finding(Status.PENDING, due_on=date(2022, 7, 1)), as_of) == tone


def test_late_names_its_days_and_one_day_is_single():
    assert labels.status_words(finding(Status.LATE, days_late=105)) == "Te laat behaald (105 dagen)"
    assert labels.status_words(finding(Status.LATE, days_late=1)) == "Te laat behaald (1 dag)"
    assert labels.status_words(finding(Status.LATE, days_late=1), "en") == "Met late (1 day)"
    assert labels.status_words(finding(Status.MET, days_late=105)) == "Behaald"
