"""The agenda that the data propose, and the notes that two sides write in one score."""

from datetime import date

from tracker.domain.agenda import proposed
from tracker.domain.meeting import note_of, open_promises, with_note_of
from tracker.domain.records.agreement import CooperationAction
from tracker.domain.records.cooperation import Cooperation
from tracker.domain.records.enums import Party
from tracker.domain.records.evaluation import Action, AgendaItem, Round
from tracker.labels import text
from tracker.programmes import load_programmes

TODAY = date(2026, 10, 1)
MENZIS = next(item for item in load_programmes() if item.key == "menzis-2022")


def region(*, agenda=(), actions=(), promised=(), planned=()):
    held = Round(number=3, held_on=date(2025, 12, 8), agenda=agenda, actions=promised)
    coming = Round(number=4, invited_on=date(2026, 9, 1), planned_on=TODAY, agenda=planned)
    return Cooperation(code="HOL", name="RSV Hollerdiep", rounds=(held, coming), actions=actions)


def told(dossier):
    found = proposed(dossier, (), MENZIS, 4, TODAY)
    return [(item.key, text(item.text), text(item.because)) for item in found]


def test_what_was_not_settled_comes_along_and_what_was_does_not():
    agenda = (
        AgendaItem(code="p1", text="Het contract", closed=False),
        AgendaItem(code="p2", text="De helpdesk", closed=True),
    )
    assert told(region(agenda=agenda)) == [("punt 3-p1", "Het contract", "doorgeschoven uit ronde 3")]


def test_open_actions_are_one_point_with_how_many_are_late():
    late = CooperationAction(code="A1", text="Bellen", agreed_on=date(2026, 1, 1), owner="An", due_on=date(2026, 2, 1))
    promised = (Action(text="Schrijven", owner="Bo"), Action(text="Klaar", owner="Bo", done_on=date(2026, 1, 1)))
    found = told(region(actions=(late,), promised=promised))
    assert found == [("acties", "Eerdere acties", "2 open, waarvan 1 te laat")]


def test_an_action_of_old_minutes_that_goes_on_is_counted_once():
    again = CooperationAction(code="A4-1", text="Schrijven", agreed_on=TODAY, owner="Bo", origin="4")
    dossier = region(actions=(again,), promised=(Action(text="Schrijven", owner="Bo"),))
    assert open_promises(dossier, 4) == ()


def test_what_stands_on_the_agenda_is_not_proposed_again():
    there = AgendaItem(code="p1", text="Het contract", origin="punt 3-p1", carried_from=3)
    agenda = (AgendaItem(code="p1", text="Het contract", closed=False),)
    assert told(region(agenda=agenda, planned=(there,))) == []


def test_each_side_writes_its_own_part_of_the_note():
    both = with_note_of(with_note_of(None, Party.INSURER, "Wij niet"), Party.COOPERATION, "Wij wel.\n\nHeel erg")
    assert note_of(both, Party.COOPERATION) == "Wij wel.\n\nHeel erg"
    assert note_of(both, Party.INSURER) == "Wij niet"
    left = with_note_of(both, Party.COOPERATION, None)
    assert note_of(left, Party.COOPERATION) == ""
    assert note_of(left, Party.INSURER) == "Wij niet"
