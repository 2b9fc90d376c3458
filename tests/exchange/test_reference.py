"""The page and the JSON schema of the format fall out of the declarations: they say what the import does."""

import copy
import json
import re
from decimal import Decimal

import jsonschema_rs
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.importable import file_of, invented
from tracker.demo import FILE
from tracker.domain.raw import FORMAT
from tracker.domain.records.base import Sort, children_of, fields_of
from tracker.domain.records.file import DossierFile
from tracker.domain.shape import parse_record
from tracker.exchange.dossier_file import read_dossier
from tracker.exchange.reference import choices_of_file, format_reference, format_schema, kinds_of_file

SCHEMA = format_schema()
CHECK = jsonschema_rs.Draft202012Validator(SCHEMA)


def plainly(value):
    """A tree as JSON has it."""
    if isinstance(value, dict):
        return {key: plainly(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [plainly(inner) for inner in value]
    return float(value) if isinstance(value, Decimal) else value


@pytest.fixture(scope="module")
def demonstration():
    """The demonstration file as a tree."""
    file = read_dossier(FILE.read_bytes())
    return plainly(file.head | {"cooperations": list(file.cooperations)})


# --- the page --------------------------------------------------------------------------------------------------------


def test_the_page_has_a_section_for_every_kind_and_a_row_for_every_field():
    page = format_reference()
    for kind in kinds_of_file():
        section = page.partition(f"## `{kind.declared.name}` · {kind.declared.label.nl}\n")[2].partition("\n## ")[0]
        rows = re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)
        assert rows == [field.name for field in fields_of(kind)], kind
        assert section.count("●") == sum(field.required for field in fields_of(kind))


def test_the_page_names_every_choice_with_its_word_where_one_is_wanted():
    page = format_reference()
    worded = format_reference(lambda member: f"<{member.name}>")
    for choices in choices_of_file():
        for member in choices:
            assert f"`{member.value}`" in page
            assert f"`{member.value}` = <{member.name}>" in worded


def test_every_row_of_a_table_has_as_many_cells_as_its_head():
    for table in re.findall(r"(?:^\|.*\|\n)+", format_reference(), re.MULTILINE):
        counts = {len(re.findall(r"(?<!\\)\|", line)) for line in table.splitlines()}
        assert len(counts) == 1


# --- the schema ------------------------------------------------------------------------------------------------------


def test_the_schema_is_a_schema():
    jsonschema_rs.meta.validate(SCHEMA)
    assert json.loads(json.dumps(SCHEMA)) == SCHEMA


def test_the_schema_accepts_the_demonstration(demonstration):
    assert [error.message[:200] for error in CHECK.iter_errors(demonstration)] == []


@given(st.integers(0, 100_000))
def test_the_schema_accepts_what_we_write(seed):
    assert CHECK.is_valid(json.loads(file_of(*invented(seed, 1))))


def test_null_is_allowed_where_the_format_allows_it():
    region = {"code": "WOL", "name": "x", "founded_on": None, "visions": None}
    assert CHECK.is_valid({"format": FORMAT, "fictional": True, "title": None, "cooperations": [region]})


def _region(**given):
    return {"format": FORMAT, "fictional": True, "cooperations": [{"code": "WOL", "name": "x"} | given]}


BROKEN = {
    "another format": {"format": "regiotracker/dossier@2", "fictional": True},
    "no format": {"fictional": True},
    "fictional as text": {"format": FORMAT, "fictional": "yes"},
    "an unknown key": _region(nmae="x"),
    "a name that is null": _region(name=None),
    "a name of white space": _region(name="  "),
    "a name too long": _region(name="x" * 301),
    "a code with a space": _region(code="W L"),
    "a number where a day belongs": _region(founded_on=20220701),
    "a day that can't be": _region(founded_on="2022-13-01"),
    "a day far away": _region(founded_on="1989-12-31"),
    "a flag where a number belongs": _region(visions=[{"version": True}]),
    "a number below the least": _region(visions=[{"version": -1}]),
    "a version that is a number": _region(
        initiatives=[
            {
                "code": "I",
                "title": "x",
                "insurer": "m",
                "proposed_on": "2022-01-01",
                "uses": [{"product": "P", "version": 3, "from": "2022-01-01"}],
            }
        ]
    ),
    "an unknown choice": _region(ict_leads=[{"role": "ceo", "person": "x", "from": "2022-01-01"}]),
    "a share of a post above two": _region(ict_leads=[{"role": "cio", "person": "x", "from": "2022-01-01", "fte": 3}]),
    "no membership": _region(practices=[{"code": "P", "name": "x", "memberships": []}]),
    "a block where a list belongs": _region(visions={"version": 1}),
    "the same choice twice": _region(
        contracts=[
            {
                "code": "C",
                "insurer": "m",
                "signed_on": "2022-01-01",
                "starts_on": "2022-01-01",
                "scopes": ["financing", "financing"],
            }
        ]
    ),
}


@pytest.mark.parametrize("tree", BROKEN.values(), ids=BROKEN)
def test_the_schema_refuses_what_the_import_refuses(tree):
    assert not CHECK.is_valid(tree)
    assert parse_record(DossierFile, tree)[0] is None or tree["format"] != FORMAT


def test_the_schema_refuses_every_required_field_that_is_taken_away(demonstration):
    seen = set()
    for kind, holder in _records(DossierFile, demonstration):
        for field in fields_of(kind):
            if field.required and (kind, field.name) not in seen:
                seen.add((kind, field.name))
                kept = holder.pop(field.name)
                assert not CHECK.is_valid(demonstration), (kind, field.name)
                holder[field.name] = kept
    assert len({kind for kind, _ in seen}) > 55


def test_the_schema_refuses_a_value_of_another_type_in_every_field(demonstration):
    tree = copy.deepcopy(demonstration)
    seen = set()
    for kind, holder in _records(DossierFile, tree):
        for field in fields_of(kind):
            if field.name in holder and (kind, field.name) not in seen:
                seen.add((kind, field.name))
                kept = holder[field.name]
                holder[field.name] = {"no": "such"} if field.sort is not Sort.CHILD or field.many else "x"
                assert not CHECK.is_valid(tree), (kind, field.name)
                holder[field.name] = kept
    assert len(seen) > 200


def _records(kind, tree):
    yield kind, tree
    for field in children_of(kind):
        held = tree.get(field.name) or ()
        for child in held if field.many else ([held] if held else []):
            yield from _records(field.type, child)


@given(st.data())
def test_what_the_import_takes_the_schema_takes(data):
    """Never stricter than the import, of which it is only a help."""
    kind = data.draw(st.sampled_from([one for one in kinds_of_file() if one is not DossierFile]))
    names = [field.name for field in fields_of(kind)]
    value = st.none() | st.booleans() | st.integers(-5, 5) | st.sampled_from(["", "x", "2022-07-01", "1.50", "cio"])
    tree = data.draw(st.dictionaries(st.sampled_from(names), value, max_size=6))
    if parse_record(kind, tree)[0] is not None:
        schema = SCHEMA | {"$ref": f"#/$defs/{kind.declared.name}", "$id": "urn:one"}
        assert jsonschema_rs.Draft202012Validator(schema).is_valid(msgspec.to_builtins(tree))


# --- the limits, field by field --------------------------------------------------------------------------------------

LIMITED = [
    (kind, field)
    for kind in kinds_of_file()
    for field in fields_of(kind)
    if not field.many
    and field.name != "format"
    and (field.least is not None or field.most is not None or field.longest is not None)
]


def _field_check(kind, field):
    """What the schema says of one field alone."""
    shape = SCHEMA["$defs"][kind.declared.name]["properties"][field.name]
    return jsonschema_rs.Draft202012Validator(shape | {"$id": "urn:one", "$defs": SCHEMA["$defs"]})


def _limits(field):
    """Values at the limits of a field, and values past them."""
    if field.sort is Sort.TEXT:
        return ["x" * field.longest], ["x" * (field.longest + 1)]
    inside = [int(limit) for limit in (field.least, field.most) if limit is not None]
    past = [int(field.least) - 1] if field.least is not None else []
    return inside, past + ([int(field.most) + 1] if field.most is not None else [])


@pytest.mark.parametrize(("kind", "field"), LIMITED, ids=lambda item: getattr(item, "name", None) or item.__name__)
def test_a_value_at_its_limit_is_taken_and_one_past_it_is_refused(kind, field):
    check = _field_check(kind, field)
    inside, past = _limits(field)
    assert inside
    assert all(check.is_valid(value) for value in inside)
    assert not any(check.is_valid(value) for value in past)
    for value in past:
        faults = parse_record(kind, {field.name: value})[1]
        assert any(field.name in str(fault) for fault in faults), (kind, field.name)


def test_the_page_names_the_limits_of_every_field():
    page = format_reference()
    for kind, field in LIMITED:
        section = page.partition(f"## `{kind.declared.name}` · ")[2].partition("\n## ")[0]
        row = next(line for line in section.splitlines() if line.startswith(f"| `{field.name}` |"))
        if field.sort is Sort.TEXT:
            assert f"{field.longest:,}" in row
        else:
            assert all(str(limit) in row for limit in (field.least, field.most) if limit is not None), row


# --- an example of everything ----------------------------------------------------------------------------------------


def _example(field):
    """A value that a field takes, made from its declaration alone."""
    plain = {Sort.DAY: "2022-07-01", Sort.FLAG: True, Sort.CODE: "A-1", Sort.TEXT: "tekst"}
    if field.sort is Sort.CHILD:
        value = _whole(field.type)
    elif field.sort is Sort.CHOICE:
        value = next(iter(field.type)).value
    elif field.sort in plain:
        value = plain[field.sort]
    else:
        value = int(field.least or 0)
    return [value] if field.many else value


def _whole(kind):
    """A record of a kind with every field that it has."""
    return {field.name: _example(field) for field in fields_of(kind)}


def test_an_example_with_every_field_of_every_kind_is_valid():
    tree = _whole(DossierFile) | {"format": FORMAT}
    assert [error.message[:200] for error in CHECK.iter_errors(tree)] == []
    assert {kind for kind, _ in _records(DossierFile, tree)} == set(kinds_of_file())
