"""The description of the API is true: every call is in it, and every answer is of the shape it promises."""

from collections.abc import Iterator

import jsonschema_rs
import pytest

CALLS = [
    "/api/v1/cooperations",
    "/api/v1/cooperations/{code}/dossier",
    "/api/v1/cooperations/{code}/status",
    "/api/v1/dossiers",
    "/api/v1/portfolio",
    "/api/v1/products",
    "/api/v1/programmes",
]


@pytest.fixture
def document(ask):
    answer = ask("/openapi.json", role=None)
    assert answer.status_code == 200
    return answer.get_json()


def pointers(tree) -> Iterator[str]:
    if isinstance(tree, dict):
        for name, item in tree.items():
            if name == "$ref":
                yield item
            else:
                yield from pointers(item)
    elif isinstance(tree, list):
        for item in tree:
            yield from pointers(item)


def test_everybody_may_read_it_and_it_is_openapi(document):
    assert document["openapi"] == "3.1.0"
    assert document["info"]["title"] == "Regiotracker"
    assert document["components"]["securitySchemes"]["token"]["scheme"] == "bearer"


def test_every_call_is_described_with_words_parameters_and_refusals(document):
    assert sorted(document["paths"]) == CALLS
    for path, methods in document["paths"].items():
        for said in methods.values():
            assert said["summary"]
            assert said["responses"]["200"]
            assert said["responses"]["401"]
            named = {item["name"] for item in said["parameters"] if item["in"] == "path"}
            assert named == ({"code"} if "{code}" in path else set())
    status = document["paths"]["/api/v1/cooperations/{code}/status"]["get"]
    assert [item["name"] for item in status["parameters"]] == ["code", "peildatum", "known_at"]


def test_every_pointer_leads_somewhere(document):
    found = set(pointers(document))
    assert found
    for pointer in found:
        assert pointer.removeprefix("#/components/schemas/") in document["components"]["schemas"], pointer


@pytest.mark.parametrize(
    ("path", "described"),
    [
        ("/cooperations", "/api/v1/cooperations"),
        ("/cooperations/LIN/status", "/api/v1/cooperations/{code}/status"),
        ("/cooperations/WOL/status?peildatum=1900-01-01", "/api/v1/cooperations/{code}/status"),
        ("/cooperations/LIN/dossier", "/api/v1/cooperations/{code}/dossier"),
        ("/portfolio", "/api/v1/portfolio"),
        ("/products", "/api/v1/products"),
        ("/programmes", "/api/v1/programmes"),
    ],
)
def test_an_answer_is_of_the_shape_it_promises(ask, document, path, described):
    content = document["paths"][described]["get"]["responses"]["200"]["content"]["application/json"]
    answer = ask(path)
    assert answer.status_code == 200
    check(document, content["schema"], answer.get_json())


@pytest.mark.parametrize("path", ["/cooperations/LIN/status?peildatum=x", "/cooperations/XXX/status"])
def test_a_refusal_is_a_problem_as_described(ask, document, path):
    answer = ask(path)
    said = document["paths"]["/api/v1/cooperations/{code}/status"]["get"]["responses"][str(answer.status_code)]
    check(document, said["content"]["application/problem+json"]["schema"], answer.get_json())


def test_a_refused_file_is_a_problem_as_described(ask, document):
    answer = ask("/dossiers", method="POST", data=b"fictional: 3")
    said = document["paths"]["/api/v1/dossiers"]["post"]["responses"]["422"]
    check(document, said["content"]["application/problem+json"]["schema"], answer.get_json())


def check(document, schema, value):
    """The value fits the schema, whose pointers lead into the document."""
    whole = {**schema, "components": document["components"]}
    jsonschema_rs.Draft202012Validator(whole, validate_formats=True).validate(value)


def test_people_can_read_it_too(ask):
    answer = ask("/", role=None)
    assert answer.status_code == 200
    assert answer.text.count("<h1") == 1
    for path in CALLS:
        assert path in answer.text
    assert "peildatum" in answer.text
    assert "Te laat behaald" in answer.text
