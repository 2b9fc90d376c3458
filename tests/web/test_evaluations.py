"""The rounds of all regions and one round: what is due, what each party scored, and gaps that stay gaps."""

import json
import re

import pytest
from flask.testing import FlaskClient
from plotly.graph_objects import Figure

from tracker.domain.records.enums import Topic
from tracker.domain.records.evaluation import Score
from tracker.web.round_scores import was


def body(client: FlaskClient, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, answer.get_data(as_text=True)[:500]
    return answer.get_data(as_text=True)


def plot(text: str, name: str) -> dict:
    found = re.search(rf'<script type="application/json" id="{name}-data">(.*?)</script>', text, re.S)
    assert found, f"no figure {name}"
    return json.loads(found[1])


@pytest.fixture
def manager(reader) -> FlaskClient:
    return reader("insurer_region_manager")


def test_the_manager_sees_when_each_next_round_is_due(manager):
    text = body(manager, "/evaluaties")
    assert "23 rondes gehouden" in text
    assert 'te laat na <span class="unbroken">8-3-2027</span>, over 158 dagen' in text


def test_the_list_and_the_region_name_the_same_day_of_the_next_round(manager):
    assert "8-12-2026" in body(manager, "/evaluaties")
    assert "Volgend gesprek uiterlijk <strong>8 december 2026</strong>" in body(manager, "/samenwerkingsverbanden/HOL")


def test_a_round_that_the_list_plans_within_90_days_counts_as_near(manager):
    assert "Uiterlijk binnen 90 dagen <strong>8</strong>" in body(manager, "/evaluaties")
    held = body(manager, "/evaluaties?stand=binnenkort&peildatum=2026-08-01")
    assert "1 regio" in held
    assert "27-10-2026" in held


def test_where_no_round_was_held_no_region_is_asked_for(manager):
    assert "Scores van" in body(manager, "/evaluaties")
    assert "Scores van" not in body(manager, "/evaluaties?peildatum=2022-07-01")


def test_a_gap_of_long_ago_stays_visible(manager):
    assert "meer dan 15 maanden na 20 november 2023" in body(manager, "/evaluaties")


def test_the_spread_over_regions_counts_scores_without_an_average(manager):
    text = body(manager, "/evaluaties")
    assert "In 2025 staan 29 van 48 afgesproken scores op 3 of hoger; in 2023 waren dat er 9 van 48." in text
    figure = plot(text, "spreiding")
    Figure(figure)
    assert [trace["type"] for trace in figure["data"]] == ["scatter"] * 6


def measures(text: str) -> list[list[str]]:
    """The list of a phone: the words of each row."""
    rows = re.findall(r"<li>\s*(<strong>.*?</dl>)\s*</li>", text.partition('class="measures"')[2], re.S)
    return [re.findall(r">\s*([^<>]*?\S)\s*<", row) for row in rows]


def test_on_a_phone_each_topic_has_its_rounds_side_by_side(manager):
    rows = measures(body(manager, "/evaluaties?regio=TOL"))
    assert len(rows) == len(Topic)
    assert rows[3][0] == "Goede regionale ondersteuning voor de huisartsenpraktijken"
    assert rows[3][2::3] == ["2", "geen score", "2"]


def test_on_a_phone_each_topic_counts_the_regions_that_score_high_enough(manager):
    counted = [row[2::3] for row in measures(body(manager, "/evaluaties"))]
    first, last = ([int(row[place].split(" van ")[0]) for row in counted] for place in (0, -1))
    assert (sum(first), sum(last)) == (9, 29)


def test_a_topic_without_score_is_a_gap_with_words(manager):
    figure = plot(body(manager, "/evaluaties?regio=TOL"), "scores")
    Figure(figure)
    agreed = [trace for trace in figure["data"] if trace["name"] == "Afgesproken"]
    assert agreed[3]["y"] == [2, None, 2]
    assert all(0 not in trace["y"] for trace in figure["data"])
    assert [note["text"] for note in figure["layout"]["annotations"]].count("geen score") == 1


def test_a_missed_round_breaks_every_line(manager):
    figure = plot(body(manager, "/evaluaties?regio=NOO"), "scores")
    agreed = [trace for trace in figure["data"] if trace["name"] == "Afgesproken"]
    assert all(trace["y"][1] is None for trace in agreed)
    assert [note["text"] for note in figure["layout"]["annotations"]].count("geen score") == 6


def test_nothing_is_drawn_after_the_peildatum(manager):
    text = body(manager, "/evaluaties?regio=HOL&peildatum=2024-12-31")
    days = [day for trace in plot(text, "scores")["data"] for day in trace["x"]]
    assert max(days) == "2024-12-09"
    assert "9-3-2026" in text


def test_before_the_first_round_the_page_says_when_it_is_due(manager):
    text = body(manager, "/evaluaties?regio=HOL&peildatum=2022-07-01")
    assert "Nog geen evaluaties" in text
    assert "Het eerste gesprek moet uiterlijk op 31 maart 2024 plaatsvinden." in text


def test_the_compare_date_shows_the_rounds_of_then(manager):
    text = body(manager, "/evaluaties?vergelijk=2024-12-31")
    assert "Op 31-12-2024" in text
    assert "2 rondes, Behaald (+1)" in text


def test_a_filter_leaves_what_fits_and_says_how_many(manager):
    text = body(manager, "/evaluaties?stand=onvolledig")
    assert "2 regio’s" in text
    assert "RSV Esselgaarde" in text
    assert "Geen resultaten met deze filters." in body(manager, "/evaluaties?stand=geen")


def test_a_board_sees_its_own_region_alone(reader):
    text = body(reader("board_member"), "/evaluaties")
    assert "RSV Hollerdiep" in text
    assert "RSV Kromwaard" not in text
    assert "Zes onderwerpen over de rondes van RSV Hollerdiep" in text


def test_a_round_shows_three_scores_evidence_and_its_lock(manager):
    text = body(manager, "/evaluaties/HOL/3")
    assert "Ronde 3 is vergrendeld sinds 8 december 2025." in text
    assert "Versie 1 geldt." in text
    assert "2 punten verschil" in text
    assert "Onbekend, dat is niet vastgelegd" in text
    assert "6 van 6 onderwerpen" in text
    assert "Bewijs bij 6 van 6." in text


def test_an_action_that_was_done_late_stays_late(manager):
    assert "gereed op 7-5-2026, 21 dagen te laat" in body(manager, "/evaluaties/HOL/3")


def test_a_round_that_is_not_locked_says_so(manager):
    text = body(manager, "/evaluaties/TOL/2")
    assert "Ronde 2 is nog niet vergrendeld." in text
    assert "ontbreekt: goede regionale ondersteuning" in text


def test_a_round_on_an_earlier_day_has_what_was_known_then(manager):
    text = body(manager, "/evaluaties/HOL/3?peildatum=2026-01-01")
    assert "2 van 2 acties staan open." in text
    assert "gereed op" not in text


@pytest.mark.parametrize("path", ["/evaluaties/HOL/9", "/evaluaties/XXX/1", "/evaluaties/HOL/3?peildatum=2025-12-07"])
def test_a_round_that_is_not_there_is_not_found(manager, path):
    body(manager, path, 404)


def test_a_round_of_another_region_is_not_found_for_a_board(reader):
    body(reader("board_member"), "/evaluaties/KRO/3", 404)


@pytest.mark.parametrize("name", ["rondes", "scores", "spreiding"])
def test_every_table_is_a_file_too(manager, name):
    text = body(manager, f"/evaluaties?formaat=csv&tabel={name}")
    assert "Peildatum;1 oktober 2026" in text
    assert "alle gegevens zijn verzonnen" in text


def test_a_file_holds_the_gap_in_words(manager):
    lines = body(manager, "/evaluaties?formaat=csv&tabel=scores&regio=TOL").splitlines()
    row = next(line for line in lines if "Goede regionale ondersteuning" in line and ";2;" in line and "2024" in line)
    assert "geen score;geen score;geen score" in row


def test_all_regions_cost_as_many_queries_as_one(reader, statements):
    counts = []
    for role in ("board_member", "insurer_region_manager"):
        client = reader(role)
        body(client, "/evaluaties?peildatum=2026-05-05")
        statements.clear()
        body(client, "/evaluaties?peildatum=2026-05-06")
        counts.append(len(statements))
    assert counts[0] == counts[1]


def test_a_round_that_was_not_held_on_the_compare_date_says_so(manager):
    text = body(manager, "/evaluaties/HOL/3?vergelijk=2024-12-31")
    assert "Deze ronde was op 31 december 2024 nog niet gehouden." in text
    assert "nog niet gehouden" not in body(manager, "/evaluaties/HOL/3?vergelijk=2025-12-31")
    assert "nog niet gehouden" not in body(manager, "/evaluaties/HOL/3")


@pytest.mark.parametrize(
    ("then", "now", "said"),
    [
        (2, 3, "gewijzigd sinds 31 december 2025: was 2"),
        (None, 3, "gewijzigd sinds 31 december 2025: was geen score"),
        (3, 3, None),
    ],
)
def test_a_score_that_was_agreed_otherwise_on_the_compare_date_is_marked(manager, then, now, said):
    topic = next(iter(Topic))
    before = {topic: Score(topic=topic, agreed=then)}
    with manager.application.test_request_context("/?peildatum=2026-10-01&vergelijk=2025-12-31"):
        assert was(Score(topic=topic, agreed=now), before, topic) == said
