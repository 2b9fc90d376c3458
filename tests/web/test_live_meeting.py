"""A meeting by plain requests: what each side sees before it, what the table saves, and what it refuses."""

import re

import pytest

from tests.meeting_room import plan_in
from tests.people import csrf_token, sign_in
from tracker.domain.records.enums import Topic

ROUND = "/evaluaties/HOL/4"
LIVE = f"{ROUND}/gesprek"


class Person:
    """Somebody at a browser without script."""

    def __init__(self, app, role):
        self.client = sign_in(app.test_client(), role)
        self.token = csrf_token(self.client, "/begrippen")

    def reads(self, path=LIVE, status=200):
        answer = self.client.get(path)
        assert answer.status_code == status, path
        return words(answer)

    def sends(self, path, status=303, json=False, **fields):
        headers = {"Accept": "application/json"} if json else {}
        answer = self.client.post(path, data={"csrf_token": self.token, **fields}, headers=headers)
        assert answer.status_code == status, words(answer)[:800]
        return answer.json if json else words(answer)

    def seen(self):
        return re.findall(r'name="seen" value="(\d+)"', self.client.get(LIVE).get_data(as_text=True))[0]


def words(answer):
    page = answer.get_data(as_text=True)
    return " ".join(re.sub(r"<[^>]+>", " ", page[page.find("<main") :]).split())


@pytest.fixture
def house(demo):
    plan_in(demo)
    return demo


@pytest.fixture
def chair(house):
    return Person(house, "evaluation_chair")


@pytest.fixture
def manager(house):
    return Person(house, "insurer_region_manager")


@pytest.fixture
def table(chair):
    """The chair, who has opened the meeting."""
    chair.sends(f"{LIVE}/openen")
    return chair


def scores(value, note=""):
    return {f"score-{topic}": value for topic in Topic} | {f"note-{topic}": note for topic in Topic}


def test_the_agenda_is_proposed_with_reasons_and_edited(chair):
    page = chair.reads(ROUND)
    assert "vorige eindigde 31 december 2025" in page
    assert "Verslag van ronde 3, 8 december 2025" in page
    chair.sends(f"{ROUND}/agenda", doe="neem-over", voorstel=["contract_in_force", "geld I06"])
    chair.sends(f"{ROUND}/agenda", doe="toevoegen", text="Rondvraag")
    chair.sends(f"{ROUND}/agenda", doe="omhoog:p3")
    chair.sends(f"{ROUND}/agenda", doe="weg:p1")
    page = chair.reads(ROUND)
    assert page.index("Rondvraag") < page.index("Besluit over Regionaal koppelnetwerk: betaald")
    assert "Samen 15 minuten" in page
    chair.sends(f"{ROUND}/agenda", doe="minuten", **{"minuten-p2": "20", "was-p2": "10"})
    chair.sends(f"{ROUND}/agenda", doe="minuten", **{"minuten-p2": "10", "was-p2": "10"})
    assert "Samen 25 minuten" in chair.reads(ROUND)
    assert "koppelnetwerk: betaald tot en met 31 december 2026 20 min" in chair.reads(f"{ROUND}/vergaderstuk")
    too_long = {"doe": "minuten", "minuten-p2": "900", "was-p2": "20"}
    for wrong in ({"doe": "neem-over"}, {"doe": "toevoegen"}, {"doe": "weg:p9"}, too_long, {}):
        chair.sends(f"{ROUND}/agenda", 422, **wrong)


def test_neither_side_sees_the_other_before_both_are_in(house, manager):
    leader = Person(house, "project_leader")
    leader.sends(f"{ROUND}/scores", **scores("4", "Heel tevreden"), **{"in": "1"})
    for path in (ROUND, f"{ROUND}/scores"):
        assert "Heel tevreden" not in manager.reads(path)
    manager.sends(f"{ROUND}/scores", **scores("2", "Wij niet"))
    assert "Wij niet" not in leader.reads(f"{ROUND}/scores")
    manager.sends(
        f"{ROUND}/scores", **scores("2", "Wij niet"), **{f"was-{topic}": "2" for topic in Topic}, **{"in": "1"}
    )
    leader.sends(f"{ROUND}/scores", 422, **scores("5", "Toch meer"))
    chair = Person(house, "evaluation_chair")
    chair.sends(f"{LIVE}/openen")
    page = manager.reads(LIVE)
    assert "2 punten verschil" in page
    assert "Regio: Heel tevreden Verzekeraar: Wij niet" in page


def test_scores_are_not_handed_in_with_a_topic_left_open(manager):
    given = scores("3")
    given.pop("score-jzojp")
    page = manager.sends(f"{ROUND}/scores", 422, **given, **{"in": "1"})
    assert "Geef elk onderwerp een score, of zeg waarom niet." in page
    manager.sends(f"{ROUND}/scores", 422, **scores("vroeg"), **{"in": "1"})
    manager.sends(f"{ROUND}/scores", 422, **scores("9"), **{"in": "1"})


def test_a_meeting_of_a_day_to_come_is_not_opened(demo):
    plan_in(demo, "2026-11-16")
    chair = Person(demo, "evaluation_chair")
    chair.sends(f"{LIVE}/openen")
    assert "Dit gesprek is gepland op 16 november 2026. Verzet het naar vandaag" in chair.reads(ROUND)
    for path in ("score", "aanwezig", "agendapunt", "actie", "pauze"):
        chair.sends(f"{LIVE}/{path}", onderwerp="jzojp", agreed="3", naam="Bo", code="p1", text="Bellen", owner="An")
        assert "Dit gesprek is nog niet geopend. Er is niets vastgelegd." in chair.reads(ROUND)
    assert chair.client.get(LIVE).status_code == 302


def test_without_script_a_conflict_shows_both_and_the_second_try_wins(table, house):
    board, seen = Person(house, "board_member"), table.seen()
    table.sends(f"{LIVE}/score", stap="onderwerpen", onderwerp="jzojp", agreed="3", note="Samen", seen=seen)
    given = {"stap": "onderwerpen", "onderwerp": "jzojp", "agreed": "2", "note": "Zo zagen wij het"}
    page = board.sends(f"{LIVE}/score", 409, **given, seen=seen)
    assert "V. Zitter heeft dit intussen gewijzigd" in page
    assert "Nu staat er: 3; Samen" in page
    assert "Zo zagen wij het" in page
    board.sends(f"{LIVE}/score", **given, seen=board.seen())
    assert "Zo zagen wij het" in table.reads(f"{LIVE}?onderwerp=jzojp")


def test_a_topic_that_is_not_assessed_needs_a_reason_and_too_early_is_one(table):
    seen = table.seen()
    given = {"stap": "onderwerpen", "onderwerp": "jzojp", "seen": seen}
    page = table.sends(f"{LIVE}/score", 422, **given, agreed="other", note="Blijft staan")
    assert "Schrijf waarom dit onderwerp niet is beoordeeld." in page
    assert "Blijft staan" in page
    table.sends(f"{LIVE}/score", **given, agreed="too_early")
    assert "1 van 6 onderwerpen beantwoord" in table.reads(f"{LIVE}?stap=sluiten")


def test_a_round_that_was_left_out_is_a_gap_with_its_word(house):
    manager = Person(house, "insurer_region_manager")
    plan_in(house, code="NOO")
    manager.sends("/evaluaties/NOO/4/gesprek/openen")
    page = manager.client.get("/evaluaties/NOO/4/gesprek").text
    row = page[page.index('id="onderwerp-jzojp"') :]
    drawn = row[row.index("<svg") : row.index("</svg>")]
    assert re.findall(r">(geen|score|\d{4}|nu)<", drawn) == ["geen", "score", "2023", "2025", "nu"]
    assert "<polyline" not in drawn


def test_who_is_ticked_by_two_people_at_once_is_there(table, house):
    for name in ("An", "Bo"):
        table.sends(f"{ROUND}/genodigden", naam=name)
    board = Person(house, "board_member")
    numbers = re.findall(r'name="aanwezig" value="(\d+)"', table.client.get(f"{LIVE}?stap=wijzigingen").text)
    for person, number in zip((table, board), numbers, strict=True):
        person.sends(f"{LIVE}/aanwezig", stap="wijzigingen", aanwezig=number)
    assert "2 van 2 aanwezig" in table.client.get(LIVE).text
    board.sends(f"{LIVE}/aanwezig", stap="wijzigingen", was=numbers)
    assert "0 van 2 aanwezig" in table.client.get(LIVE).text


def test_only_the_insurer_decides_on_money(table, manager):
    given = {"stap": "besluiten", "initiatief": "I05", "result": "extended_reduced", "reason": "Tot april", "seen": "0"}
    table.sends(f"{LIVE}/besluit", 403, **given)
    manager.sends(f"{LIVE}/besluit", 422, **(given | {"reason": ""}))
    manager.sends(f"{LIVE}/besluit", 422, **(given | {"initiatief": "I16"}))
    page = manager.sends(f"{LIVE}/besluit", 422, **(given | {"until": "straks"}))
    assert "Schrijf de datum als 1-7-2027" in page
    manager.sends(f"{LIVE}/besluit", **given)
    assert "Initiatieven zonder besluit Regionaal koppelnetwerk" in manager.reads(f"{LIVE}?stap=sluiten")


def test_while_it_pauses_the_table_saves_nothing(table):
    table.sends(f"{LIVE}/pauze", stap="acties")
    page = table.sends(f"{LIVE}/actie", 422, stap="acties", text="Bellen", owner="An")
    assert "Het gesprek loopt niet." in page
    table.sends(f"{LIVE}/pauze", stap="acties", verder="1")
    table.sends(f"{LIVE}/actie", stap="acties", text="Bellen", owner="An", due_on="1-11-2026")
    assert "Bellen" in table.reads(f"{LIVE}?stap=acties")


def test_the_page_that_asks_gets_only_what_changed(table):
    stand = table.client.get(f"{LIVE}/stand").json
    assert set(table.client.get(f"{LIVE}/stand?na={stand['version']}").json) == {"version", "pauses"}
    told = table.sends(f"{LIVE}/score", 200, json=True, onderwerp="jzojp", agreed="3", seen=stand["version"])
    newer = table.client.get(f"{LIVE}/stand?na={stand['version']}").json
    assert newer["topics"] == told["topics"]
    assert newer["topics"]["jzojp"]["shown"] == "3"


def test_who_reads_along_sees_the_meeting_and_no_form(table, house):
    reader = Person(house, "insurer_reader")
    assert "Score vastleggen en verder" not in reader.reads(LIVE)
    reader.sends(f"{LIVE}/score", 403, onderwerp="jzojp", agreed="1", seen="0")


def test_nothing_typed_breaks_the_page(table):
    for path in ("score", "besluit", "actie", "agendapunt"):
        assert table.client.post(f"{LIVE}/{path}", data={"csrf_token": table.token}).status_code in (403, 422)
    table.sends(f"{LIVE}/score", 422, onderwerp="jzojp", agreed="\u0665", seen="x" * 40)
    table.sends(f"{LIVE}/actie", 422, stap="x<y", actie="9" * 400)
