"""The tables are what the declarations say, and a database refuses by itself what no record may be."""

import gc
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import BigInteger, Boolean, Date, Integer, UniqueConstraint, inspect, null, select, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import DBAPIError, IntegrityError

from tests.domain.invented import Inventor
from tracker.domain.records.base import Sort, scalars_of
from tracker.domain.records.evidence import Evidence
from tracker.domain.records.periods import Measurement
from tracker.domain.records.places import EVIDENCE, places
from tracker.extensions import db
from tracker.models.bulk import cells_of, insert_rows, without_collector
from tracker.models.records import LINK, TABLES, UNIQUE_CODES, insert_order, key_hash
from tracker.models.rows import columns_of, maker_of

PLACES = list(places().values())


def bare(kind, seed=3):
    """The own values of an invented record, each of them filled where the declaration allows it."""
    inventor = Inventor(seed)
    found = {item.attribute: inventor._scalar(kind, item) for item in scalars_of(kind) if not item.many}
    found |= {item.attribute: (inventor._scalar(kind, item),) for item in scalars_of(kind) if item.many}
    for start, end in kind.declared.spans:
        found[end] = max(found[start], found[end]) + timedelta(days=1)
    for start, end in kind.declared.spans:
        found[end] = max(found[start], found[end])
    return found


@contextmanager
def unbound():
    """A connection on which references are not checked, so that one table can be looked at alone."""
    engine = db.engine
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            connection.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")
        else:
            connection.execute(text("SET session_replication_role = replica"))
        try:
            yield connection
        finally:
            connection.rollback()
            if engine.dialect.name == "sqlite":
                connection.connection.driver_connection.execute("PRAGMA foreign_keys=ON")
            connection.invalidate()


def row_of(place, values, connection, number=1):
    """A whole row of a place, as the writer makes it."""
    cells = cells_of(connection.dialect.name)(place.kind, values)
    key = key_hash(place, [values[name] for name in place.kind.declared.key])
    if place.is_root:
        return (number, 1, key, True, *cells)
    cooperation = (7,) if "cooperation_id" in TABLES[place.name].c else ()
    return (number, 1, key, 5, *cooperation, *cells)


# --- what there is ---------------------------------------------------------------------------------------------------


def test_every_place_has_a_table_and_so_have_evidence_and_its_link():
    assert TABLES.keys() == {place.name for place in PLACES} | {EVIDENCE, LINK}
    assert set(insert_order()) == TABLES.keys()


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)
def test_a_table_has_a_real_column_for_every_field(place):
    columns = TABLES[place.name].c
    kinds = {Sort.DAY: Date, Sort.FLAG: Boolean, Sort.INTEGER: Integer}
    for item in scalars_of(place.kind):
        column = columns[item.attribute]
        assert isinstance(column.type, kinds.get(item.sort, object)), item.name
        assert column.nullable == (not item.required and item.default is None), item.name
    own = {"id", "row_version", "key_hash"} | ({"fictional"} if place.is_root else {"parent_id"})
    if place.root.declared.name == "cooperation" and not place.is_root:
        own |= {"cooperation_id"}
    assert {column.name for column in columns} == own | {item.attribute for item in scalars_of(place.kind)}
    assert isinstance(columns.id.type.dialect_impl(postgresql.dialect()), BigInteger)


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)
def test_a_table_refers_to_its_parent_and_to_what_its_fields_name(place):
    table = TABLES[place.name]
    found = {(key.parent.name, key.target_fullname) for key in table.foreign_keys}
    expected = {
        (item.attribute, f"{item.refers_to}.code")
        for item in scalars_of(place.kind)
        if item.refers_to and not item.many
    }
    if place.parent:
        expected.add(("parent_id", f"{place.parent}.id"))
    if "cooperation_id" in table.c:
        expected.add(("cooperation_id", "cooperation.id"))
    assert found == expected


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)
def test_a_key_is_unique_inside_its_parent_and_a_code_where_the_format_says_so(place):
    rules = [item for item in TABLES[place.name].constraints if isinstance(item, UniqueConstraint)]
    unique = {tuple(column.name for column in item.columns) for item in rules}
    expected = set() if place.is_root else {("parent_id", "key_hash")}
    if place.name in UNIQUE_CODES:
        expected.add(("code",))
    assert unique == expected


def test_the_database_holds_these_tables_with_these_columns(session):
    there = inspect(session.connection())
    for name, table in TABLES.items():
        assert {item["name"] for item in there.get_columns(name)} == {column.name for column in table.columns}


# --- there and back --------------------------------------------------------------------------------------------------


def test_every_kind_comes_back_from_its_table_as_it_went_in(session):
    with unbound() as connection:
        for place in PLACES:
            for number, seed in enumerate(range(5), 1):
                values = bare(place.kind, seed)
                if "code" in values:
                    values["code"] = f"{values['code']}-{number}"
                row = list(row_of(place, values, connection, number))
                row[2] = number.to_bytes(32)
                insert_rows(connection, TABLES[place.name], [tuple(row)])
                assert _read(connection, place.name, place.kind, number) == place.kind(**values)
        values = bare(Evidence)
        insert_rows(connection, TABLES[EVIDENCE], [(1, 1, *cells_of(connection.dialect.name)(Evidence, values))])
        assert _read(connection, EVIDENCE, Evidence, 1) == Evidence(**values)


def _read(connection, name, kind, number):
    table = TABLES[name]
    row = connection.execute(select(table.c.id, null(), *columns_of(table, kind)).where(table.c.id == number)).one()
    return maker_of(kind)()(*row)


@pytest.mark.parametrize("number", [1, 600])
def test_a_record_without_anything_optional_comes_back_too(session, number):
    place = places()["indicator_measurement"]
    values = {item.attribute: None for item in scalars_of(Measurement)}
    values |= {"measured_on": date(2022, 7, 1), "value": Decimal("12345678901234.0000000001")}
    with unbound() as connection:
        rows = [(at, 1, at.to_bytes(32), *row_of(place, values, connection)[3:]) for at in range(1, number + 1)]
        insert_rows(connection, TABLES[place.name], rows)
        assert _read(connection, place.name, Measurement, number) == Measurement(**values)


ANY_WRITING = (
    "'); DROP TABLE practice; --",
    "%s %(x)s ? :x",
    "\\",
    "\t\r\n",
    "مرحبا",
    "👩‍⚕️",
    "a\u0301",
    "\\N",
    "\x01",
)


def test_text_of_any_writing_comes_back(session):
    place = places()["practice_membership"]
    for note in ANY_WRITING:
        values = {"from_on": date(2022, 7, 1), "to_on": None, "note": note}
        with unbound() as connection:
            rows = [(at, 1, at.to_bytes(32), *row_of(place, values, connection)[3:]) for at in range(1, 502)]
            insert_rows(connection, TABLES[place.name], rows)
            assert _read(connection, place.name, place.kind, 501).note == note


# --- what a database refuses -----------------------------------------------------------------------------------------


def refused(connection, place, values, number=1):
    """Does the database refuse the row?"""
    savepoint = connection.begin_nested()
    try:
        insert_rows(connection, TABLES[place.name], [row_of(place, values, connection, number)])
    except DBAPIError as error:
        savepoint.rollback()
        return isinstance(error, IntegrityError)
    savepoint.rollback()
    return False


def bad_values():
    """(place, field, value) for everything that a declaration forbids in one row."""
    for place in PLACES:
        values = bare(place.kind)
        for item in scalars_of(place.kind):
            if item.sort is Sort.CHOICE and not item.many:
                yield place, item.attribute, "nonsense"
            if item.sort is Sort.INTEGER and item.least is not None:
                yield place, item.attribute, int(item.least) - 1
            if item.sort is Sort.INTEGER and item.most is not None:
                yield place, item.attribute, int(item.most) + 1
            if item.required or item.default is not None:
                yield place, item.attribute, None
        for start, end in place.kind.declared.spans:
            yield place, end, values[start] - timedelta(days=1)


def test_the_checks_refuse_what_a_declaration_forbids(session):
    with unbound() as connection:
        assert [place.name for place in PLACES if refused(connection, place, bare(place.kind))] == []
        let_through = [
            (place.name, name, value)
            for place, name, value in bad_values()
            if not refused(connection, place, bare(place.kind) | {name: value})
        ]
    assert let_through == []
    assert len(list(bad_values())) > 250


def test_a_key_stands_once_inside_its_parent_and_freely_under_another(session):
    with unbound() as connection:
        for place in PLACES:
            insert_rows(connection, TABLES[place.name], [row_of(place, bare(place.kind), connection)])
            assert refused(connection, place, bare(place.kind), number=2), place.name
        place = places()["vision"]
        again = list(row_of(place, bare(place.kind), connection, number=9))
        again[3] = 6
        insert_rows(connection, TABLES[place.name], [tuple(again)])


def test_nothing_counts_as_a_value_in_a_key():
    place = places()["mandate"]
    assert key_hash(place, ["collective", None, date(2022, 1, 1)]) == key_hash(
        place, ["collective", None, "2022-01-01"]
    )
    assert key_hash(place, ["collective", "", date(2022, 1, 1)]) != key_hash(place, ["collective", None, "2022-01-01"])


def test_the_only_record_of_a_field_needs_no_key():
    place = places()["indicator_baseline"]
    assert key_hash(place, [date(2022, 1, 1)]) == key_hash(place, [date(2023, 1, 1)])


def test_a_row_without_its_parent_is_refused(session):
    place = places()["vision"]
    connection = session.connection()
    assert refused(connection, place, bare(place.kind))


def test_a_reference_to_nothing_is_refused_when_the_transaction_ends(session):
    connection = session.connection()
    coop = places()["cooperation"]
    insert_rows(connection, TABLES["cooperation"], [row_of(coop, bare(coop.kind), connection)])
    his = places()["preferred_his"]
    row = list(row_of(his, bare(his.kind), connection, number=2))
    row[3] = row[4] = 1
    insert_rows(connection, TABLES["preferred_his"], [tuple(row)])
    with pytest.raises(IntegrityError):
        session.commit()


def test_the_collector_rests_only_meanwhile():
    def fail():
        with without_collector():
            assert not gc.isenabled()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert gc.isenabled()
    gc.disable()
    try:
        with without_collector():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
