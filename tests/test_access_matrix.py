"""Every endpoint, asked by every role about own, foreign and absent objects, answers as the matrix says."""

import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.access_matrix import ACTORS, Answer, House, Question, path_of, questions, read_matrix, write_matrix
from tests.access_objects import CANARIES, FOREIGN, Three, objects
from tests.conftest import DEMO_TODAY, make_app
from tracker.domain.policy import Role

REFUSALS = ("401", "403", "404", "sign-in")
Answers = dict[Question, Answer]
PAIRS = {"foreign": "absent", "mixed": "missing"}
"""What must not be told apart from what."""


@pytest.fixture(scope="module")
def house(demo_template: Path, tmp_path_factory: pytest.TempPathFactory) -> House:
    """The demonstration with somebody of every role inside."""
    file = tmp_path_factory.mktemp("access") / "demo.sqlite"
    shutil.copy(demo_template, file)
    return House(make_app(f"sqlite:///{file}", demo_today=DEMO_TODAY, instance=file.parent), file)


@pytest.fixture(scope="module")
def rows(house: House, named: Mapping[str, Three]) -> list[Question]:
    return questions(house.app, named)


@pytest.fixture(scope="module")
def named(house: House) -> Mapping[str, Three]:
    with house.app.app_context():
        return objects()


@pytest.fixture(scope="module")
def answered(house: House, rows: list[Question], named: Mapping[str, Three]) -> Mapping[str, Answers]:
    """The answers to every actor, asked once."""
    return {actor: {row: house.ask(actor, row.method, path_of(row, named)) for row in rows} for actor in ACTORS}


@pytest.fixture(scope="module", autouse=True)
def _written_anew(request: pytest.FixtureRequest) -> None:
    """Under --write-access-matrix: agree on what is answered now."""
    if request.config.getoption("--write-access-matrix"):
        asked, answers = request.getfixturevalue("rows"), request.getfixturevalue("answered")
        write_matrix([*row, *(answers[actor][row].cell for actor in ACTORS)] for row in asked)


def test_every_endpoint_stands_in_the_matrix_and_nothing_else(rows):
    agreed = set(read_matrix())
    assert (sorted(set(rows) - agreed), sorted(agreed - set(rows))) == ([], []), "see tests/access_matrix.py"


def test_the_matrix_is_sorted(rows):
    assert list(read_matrix()) == sorted(read_matrix())


@pytest.mark.parametrize("actor", ACTORS)
def test_everybody_gets_the_answers_of_the_matrix(actor, answered):
    agreed = read_matrix()
    wrong = {
        f"{row.method} {row.address} {row.object}": (answer.cell, agreed[row][actor])
        for row, answer in answered[actor].items()
        if row in agreed and answer.cell != agreed[row][actor]
    }
    assert wrong == {}, "answered, agreed"


@pytest.mark.parametrize("actor", ACTORS)
def test_nothing_breaks(actor, answered):
    assert [row for row, answer in answered[actor].items() if answer.cell.startswith("5")] == []


@pytest.mark.parametrize("actor", ACTORS)
def test_a_change_without_the_proof_of_a_form_is_refused_to_everybody(actor, house, rows, named):
    changes = [row for row in rows if row.method != "GET" and row.object in ("-", "own")]
    assert changes
    answers = {row: house.ask(actor, row.method, path_of(row, named), proof=False) for row in changes}
    assert {row: answer.cell for row, answer in answers.items() if answer.cell not in ("400", *REFUSALS)} == {}


@pytest.mark.parametrize("actor", [actor for actor in ACTORS if actor != Role.administrator])
def test_what_is_foreign_looks_just_like_what_is_absent(actor, answered):
    answers, told = answered[actor], {}
    for row, answer in answers.items():
        if row.object in PAIRS and answer.cell in REFUSALS:
            other = answers[row._replace(object=PAIRS[row.object])]
            same_page = answer.cell == "sign-in" or answer.body == other.body
            if answer.cell != other.cell or not same_page:
                told[f"{row.method} {row.address} {row.object}"] = (answer.cell, other.cell, same_page)
    assert told == {}


@pytest.mark.parametrize("actor", ACTORS)
def test_no_refusal_names_anything_of_the_foreign_region(actor, answered):
    refused = {row: answer.body.decode() for row, answer in answered[actor].items() if answer.body}
    assert [row for row, body in refused.items() if any(name in body for name in CANARIES)] == []


def test_the_canaries_are_names_that_the_foreign_region_shows(house):
    page = house.read("administrator", f"/samenwerkingsverbanden/{FOREIGN}/praktijken")
    assert [name for name in CANARIES if name not in page] == []
