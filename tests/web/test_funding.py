"""The funding guide, the rules per year and the tariffs: what fits, why not, and amounts of one insurer and year."""

import pytest
from flask.testing import FlaskClient

LIN = "/bekostiging?regio=LIN&initiatief=I12&post=meekijkplatform&start=1-1-2026&verwijzing=1&vraag=1"


def body(client: FlaskClient, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, answer.get_data(as_text=True)[:500]
    return answer.get_data(as_text=True)


@pytest.fixture
def manager(reader) -> FlaskClient:
    return reader("insurer_region_manager")


@pytest.fixture
def board(reader) -> FlaskClient:
    return reader("board_member")


def test_a_manager_chooses_the_region_first(manager):
    text = body(manager, "/bekostiging")
    assert "Kies eerst de regio." in text
    assert "De wijzer geeft geen toezegging." in text
    assert "Drie aanvragen van Zorg en Zekerheid naast elkaar" in text


def test_a_board_asks_about_its_own_region(board):
    text = body(board, "/bekostiging")
    assert "RSV Hollerdiep" in text
    assert "RSV Lindemeer" not in text
    assert "Toon routes" in text


def test_the_answers_stand_in_three_groups_with_their_reasons(manager):
    text = body(manager, LIN)
    assert "De regel veranderde per 1 januari 2026." in text
    for words in ("Past <span", "Past onder voorwaarden <span", "Past niet <span"):
        assert words in text
    assert "Meekijkplatform wordt op 1 januari 2026 voor 100% betaald. Alles wat erbij komt, is dubbel." in text
    assert "Onbekend. De bronnen noemen geen bedrag." in text


def test_no_amount_of_zorg_en_zekerheid_is_shown_for_menzis(manager):
    text = body(manager, "/bekostiging?regio=HOL&initiatief=I05&verzekeraar=menzis&vraag=1")
    assert "€ 1,22" not in text
    assert "€ 0,33" not in text


def test_who_sees_no_practices_learns_nothing_of_their_his(manager):
    text = body(manager, "/bekostiging?regio=LIN&initiatief=I12&start=1-1-2026&zelf=1&vraag=1")
    assert "u ziet geen gegevens van losse praktijken" in text
    assert "HIS-Beta" not in text


def test_an_administrator_sees_which_his_is_used(reader):
    text = body(reader("administrator"), "/bekostiging?regio=LIN&initiatief=I12&start=1-1-2026&zelf=1&vraag=1")
    assert "niet alle praktijken gebruiken de preferente HIS" in text
    assert "57.400 patiënten is genoeg (grens 10.000)" in text


def test_a_start_in_the_future_is_allowed(board):
    text = body(board, "/bekostiging?initiatief=I06&post=koppelvlak&start=1 maart 2027&vraag=1")
    assert "Op 1 maart 2027 betaalt nog niets voor koppelvlak." in text


@pytest.mark.parametrize("start", ["ooit", "31-2-2026", "1-1-1850"])
def test_a_start_that_can_not_be_read_is_told_beside_the_field(board, start):
    text = body(board, f"/bekostiging?vraag=1&start={start}")
    assert "Fout:" in text
    assert "Schrijf een bestaande datum" in text
    assert 'aria-invalid="true"' in text


def test_what_nobody_knows_chooses_nothing(board):
    text = body(board, "/bekostiging?initiatief=I99&post=niets&verzekeraar=x&vraag=1")
    assert "Uw vraag" in text


@pytest.mark.parametrize("code", ["XXX", "KRO"])
def test_another_region_is_not_found(board, code):
    body(board, f"/bekostiging?regio={code}&vraag=1", 404)


def test_the_answers_are_a_file(manager):
    text = body(manager, LIN + "&formaat=csv")
    assert "Meedenkadvies medisch specialistische zorg;landelijk;Past" in text
    body(manager, "/bekostiging?formaat=csv", 404)


def test_the_rules_of_a_year_name_what_began_and_what_ended(manager):
    text = body(manager, "/bekostiging/regels?jaar=2026")
    assert "Nieuw in 2026" in text
    assert "Vervallen na 2025" in text
    assert "Meedenkconsulten (segment 3) (Zorg en Zekerheid)" in text
    assert "Artikel 9: aanvraag e-health" in text
    assert "Artikel 9: aanvraag e-health" not in body(manager, "/bekostiging/regels?jaar=2025")


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("reken=consult&consult_jaar=2026&consult_inhoud=1&consult_tijd=1", "inhoud en tijd vergelijkbaar"),
        ("reken=consult&consult_jaar=2018&consult_inhoud=1&consult_tijd=1", "mag vanaf 2019"),
        ("reken=consult&consult_jaar=2026&consult_inhoud=1", "qua tijd niet vergelijkbaar"),
        ("reken=consult&consult_jaar=gisteren", "Schrijf een jaar"),
        ("reken=code&code_verzekeraar=zorg_en_zekerheid&code_code=31040&code_datum=31-12-2026", "31040: € 0,19"),
        ("reken=code&code_verzekeraar=zorg_en_zekerheid&code_code=31040&code_datum=1-1-2027", "tarief 2027 onbekend"),
        ("reken=code&code_verzekeraar=menzis&code_code=31040&code_datum=1-1-2026", "geen code 31040 bij deze"),
        ("reken=zorg&zorg_code=13029&zorg_wie=gp&zorg_module=1", "dubbele bekostiging"),
        ("reken=zorg&zorg_code=13030&zorg_wie=gp&zorg_ooit=1", "eenmalig per verzekerde"),
        ("reken=uren&uren_wie=assistant", "al betaald uit het inschrijftarief"),
        ("reken=poh&poh_gewerkt=20&poh_betaald=16", "4 uur boven de opslag"),
        ("reken=poh&poh_gewerkt=&poh_betaald=16", "Schrijf beide uren"),
    ],
)
def test_a_calculator_answers(manager, question, answer):
    assert answer in body(manager, f"/bekostiging/regels?{question}")


def test_tariffs_are_of_one_party_and_one_year(manager):
    text = body(manager, "/bekostiging/tarieven?verzekeraar=zorg_en_zekerheid&jaar=2026")
    assert "24 tarieven, waarvan 5 met een bedrag in de bronnen." in text
    assert "kader Zorg en Zekerheid 2026-2028" in text
    later = body(manager, "/bekostiging/tarieven?verzekeraar=zorg_en_zekerheid&jaar=2027")
    assert "€ 1,22" not in later
    assert "€ 0,19" not in later


def test_menzis_has_no_tariffs_in_the_sources(manager):
    text = body(manager, "/bekostiging/tarieven?verzekeraar=menzis")
    assert "De bronnen noemen geen tarieven van Menzis in 2026." in text
    assert "ijlage" in text


@pytest.mark.parametrize("path", ["/bekostiging/tarieven?verzekeraar=x&jaar=1", "/bekostiging/regels?jaar=abc"])
def test_words_nobody_knows_fall_back(manager, path):
    body(manager, path)


@pytest.mark.parametrize("path", ["/bekostiging/tarieven", "/bekostiging/regels"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_rules_and_tariffs_are_files(manager, path, kind):
    assert manager.get(f"{path}?formaat={kind}").status_code == 200


def test_the_guide_costs_as_many_queries_for_one_region_as_for_all(reader, statements):
    counts = []
    for month, role in enumerate(("board_member", "insurer_region_manager"), start=3):
        client = reader(role)
        body(client, f"/bekostiging?regio=HOL&peildatum=2026-0{month}-03&vraag=1")
        statements.clear()
        body(client, f"/bekostiging?regio=HOL&peildatum=2026-0{month}-04&vraag=1")
        counts.append(len(statements))
    assert counts[0] == counts[1]
