"""A dossier file is YAML or JSON, the same in both; what is neither is refused with a sentence, never with a crash."""

import gc
import io
import json
import zipfile
from decimal import Decimal

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.importable import invented
from tracker.domain.problems import Unreadable
from tracker.domain.raw import FORMAT
from tracker.domain.records.cooperation import Cooperation
from tracker.domain.records.product import HisProduct, Product
from tracker.domain.register import Register
from tracker.domain.shape import parse_record
from tracker.exchange.dossier_file import TooMany, at_most, dossier_json, dossier_yaml, read_dossier

TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1, max_size=300)


def refused(data):
    """What is said of a file that can't be read, in English."""

    def read_all():
        file = read_dossier(data)
        list(file.cooperations)

    with pytest.raises(Unreadable) as refusal:
        read_all()
    assert refusal.value.reason.nl
    return refusal.value.reason.en


def trees(data):
    """The head and the cooperations of a file."""
    file = read_dossier(data)
    return file.head, list(file.cooperations)


# --- what is read ----------------------------------------------------------------------------------------------------


def test_yaml_and_json_say_the_same():
    yaml_file = b'format: x\ncooperations: [{code: WOL, rate: 0.10, version: "3", day: 2022-07-01}]\n'
    json_file = b'{"cooperations":[{"code":"WOL","rate":0.10,"version":"3","day":"2022-07-01"}],"format":"x"}'
    assert trees(yaml_file) == trees(json_file)
    assert trees(json_file)[1][0]["rate"] == Decimal("0.10")
    assert read_dossier(yaml_file).number == read_dossier(json_file).number == 1


@pytest.mark.parametrize("start", [b"\xef\xbb\xbf", b"\n\n", b"  \r\n", b""])
@pytest.mark.parametrize("body", [b'{"format": "x"}', b"format: x"])
def test_a_mark_or_white_space_before_the_file_does_not_matter(start, body):
    if body.startswith(b"format") and start.startswith(b" "):
        start = b"\r\n"
    assert trees(start + body) == ({"format": "x"}, [])


@pytest.mark.parametrize(
    "data", [b"format: x\ncooperations:\n", b'{"format": "x", "cooperations": null}', b"format: x"]
)
def test_a_file_without_cooperations_has_none(data):
    assert trees(data) == ({"format": "x"}, [])


def test_a_cooperation_is_read_when_its_turn_comes():
    data = b'{"format":"x","cooperations":[{"code":"A"},{"code":"B","code":"C"}]}'
    file = read_dossier(data)
    turns = iter(file.cooperations)
    assert next(turns) == {"code": "A"}
    with pytest.raises(Unreadable):
        next(turns)


# --- what is refused -------------------------------------------------------------------------------------------------


def archive():
    """A zip that somebody gave the name of a dossier."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as packed:
        packed.writestr("dossier.yaml", "format: x\n")
    return held.getvalue()


NO_TEXT = "this is no text file in UTF-8; give a dossier file in YAML or JSON"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"


@pytest.mark.parametrize(
    "data",
    [
        archive(),
        PNG,
        b"GIF89a\x01\x00\x01\x00",
        b"\xff\xd8\xff\xe0\x00\x10JFIF",
        b"%PDF-1.7\n\x00",
        "format: x".encode("utf-16"),
        "naam: café".encode("latin-1"),
        b"name: a\x00b",
        b"\x1f\x8b\x08\x00",
        b'{"name": "caf\xe9"}',
    ],
    ids=["zip", "png", "gif", "jpeg", "pdf", "utf-16", "latin-1", "nul", "gzip", "json in latin-1"],
)
def test_what_is_no_text_is_refused_as_such(data):
    assert refused(data) == NO_TEXT


@pytest.mark.parametrize("data", [b"", b"   \n\t\r\n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_refused_as_such(data):
    assert refused(data) == "the file is empty"


@pytest.mark.parametrize("data", [b"hello", b"- a\n- b", b"3", b"# alleen dit", b"null", b"--- x"])
def test_a_file_that_holds_something_else_is_told_how_to_begin(data):
    assert refused(data) == f"start with format: {FORMAT}"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"cooperations: {code: WOL}", "cooperations: write a list"),
        (b'{"a": 1, "a": 2}', "the key a stands there twice"),
        (b'{"cooperations": [], "cooperations": []}', "the key cooperations stands there twice"),
        (b'{"cooperations": [{"code": "A", "x": [{"y": 1, "y": 1}]}]}', "the key y stands there twice"),
        (b'{"register": {"a": 1, "a": 1}}', "the key a stands there twice"),
        (b'{"x": NaN}', None),
        (b'{"cooperations": [{"x": NaN}]}', None),
        (b'{"cooperations": [{"x": -Infinity}]}', None),
        (b'{"cooperations": {"code": "A"}}', None),
        (b'{"cooperations": [1, ]}', None),
        (b'{"a": 1', None),
        (b'{"a": 1} {"b": 2}', None),
        (b"[1]", None),
        (b"{a: 1}", None),
        (b"{'a': 1}", None),
        (b'{"a": 01}', None),
        (b'{"a": "\x01"}', None),
        (b'{"a": "\\ud83d', None),
    ],
)
def test_json_that_is_broken_or_ambiguous_is_refused(data, said):
    found = refused(data)
    assert found == said or (said is None and found.startswith("no valid JSON"))


def test_json_of_endless_depth_is_refused():
    deep = b"[" * 100_000 + b"]" * 100_000
    assert refused(b'{"x": ' + deep + b"}")
    assert refused(b'{"cooperations": [{"x": ' + deep + b"}]}")
    assert refused(b'{"cooperations": [' + b'{"x": ' * 100_000 + b"1" + b"}" * 100_000 + b"]}")


def test_an_object_with_very_many_keys_is_searched_in_one_go():
    pairs = b",".join(b'"k%d": 1' % number for number in range(200_000))
    assert refused(b'{"cooperations": [{' + pairs + b', "k199999": 2}]}') == "the key k199999 stands there twice"


def test_half_a_character_is_refused():
    assert refused(b'{"cooperations": [{"code": "A", "name": "\\ud83d"}]}').startswith("no valid JSON")
    assert refused(b'{"cooperations": [{"code": "A", "name": "\\ud83dx"}]}').startswith("no valid JSON")
    assert refused(b'{"cooperations": [{"\\udc00": 1}]}').startswith("no valid JSON")


def test_a_number_too_long_to_be_one_is_refused():
    data = b'{"cooperations": [{"code": "A", "name": "x", "visions": [{"version": ' + b"9" * 5_000 + b"}]}]}"
    assert refused(data).startswith("no valid JSON")


def test_a_refused_file_does_not_stay_in_memory():
    class Held(bytes):
        """A file whose life can be watched."""

    def refuse(data):
        with pytest.raises(Unreadable):
            read_dossier(data)

    for body in (PNG, b"", b'{"a"'):
        refuse(Held(body))
    gc.collect()
    assert [item for item in gc.get_objects() if isinstance(item, Held)] == []


@given(st.binary(max_size=80) | st.text(max_size=80).map(lambda text: text.encode("utf-8", "surrogatepass")))
@example(b"{")
@example(b'{"cooperations":[{"a":1e999999999}]}')
@example(b"\xed\xa0\xbd")
def test_no_file_stops_the_reader(data):
    try:
        file = read_dossier(data)
        list(file.cooperations)
    except Unreadable:
        return
    assert isinstance(file.head, dict)


# --- how much --------------------------------------------------------------------------------------------------------


def test_a_door_may_take_so_many_records_and_no_more():
    data = b'{"format":"x","cooperations":[{"a":[{},{}]},{"b":{}}]}'
    assert len(list(at_most(read_dossier(data), 6).cooperations)) == 2
    with pytest.raises(TooMany):
        list(at_most(read_dossier(data), 5).cooperations)


def test_lists_that_hold_no_blocks_count_as_records_too():
    data = b"format: x\ncooperations: [{code: A, name: B, visions: [[], [], []]}]"
    assert len(list(at_most(read_dossier(data), 5).cooperations)) == 1
    with pytest.raises(TooMany):
        list(at_most(read_dossier(data), 4).cooperations)


def test_more_cooperations_than_records_are_refused_before_one_is_read():
    with pytest.raises(TooMany):
        at_most(read_dossier(b"format: x\ncooperations: [1, 2, 3]"), 2)


# --- what is written -------------------------------------------------------------------------------------------------


def records_of(data):
    """The register and the cooperations of a file, read as records."""

    def whole(kind, raw):
        record, problems = parse_record(kind, raw)
        assert problems == []
        return record

    file = read_dossier(data)
    shared = file.head.get("register", {})
    register = Register(
        tuple(whole(Product, raw) for raw in shared.get("products", [])),
        tuple(whole(HisProduct, raw) for raw in shared.get("his_products", [])),
    )
    return register, tuple(whole(Cooperation, raw) for raw in file.cooperations)


@settings(max_examples=40)
@given(st.integers(0, 100_000))
def test_what_is_written_as_yaml_or_json_is_read_back_the_same(seed):
    register, regions = invented(seed, 1)
    as_json = b"".join(dossier_json(register, regions, fictional=True))
    as_yaml = dossier_yaml(register, regions, fictional=True).encode()
    assert records_of(as_json) == records_of(as_yaml) == (register, regions)


@given(TEXT)
@example("x" * 200)
@example("=HYPERLINK()")
@example("\u202eadnap")
@example("\ufeffa")
@example("a\u0085b\u2028c")
@example("\x01\x1f")
def test_any_name_goes_out_and_in_again(name):
    region = Cooperation(code="WOL", name=name)
    as_json = b"".join(dossier_json(Register(), (region,), fictional=False))
    as_yaml = dossier_yaml(Register(), (region,), fictional=False).encode()
    assert trees(as_json)[1] == trees(as_yaml)[1] == [{"code": "WOL", "name": name}]


def test_a_file_starts_with_its_format_and_leaves_out_what_is_empty():
    region = Cooperation(code="WOL", name="x")
    assert dossier_yaml(Register(), (region,), fictional=True) == (
        "format: regiotracker/dossier@1\nfictional: true\ncooperations:\n- {code: WOL, name: x}\n"
    )
    assert dossier_yaml(Register(), (), fictional=False) == "format: regiotracker/dossier@1\nfictional: false\n"
    assert json.loads(b"".join(dossier_json(Register(), (), fictional=True))) == {
        "format": FORMAT,
        "fictional": True,
        "cooperations": [],
    }


def test_json_is_written_a_region_at_a_time_and_asks_for_the_next_when_it_is_wanted():
    asked = []

    def regions():
        for number in range(3):
            asked.append(number)
            yield Cooperation(code=f"R{number}", name="x")

    pieces = dossier_json(Register(), regions(), fictional=True)
    next(pieces)
    assert asked == []
    assert msgspec.json.decode(next(pieces)) == {"code": "R0", "name": "x"}
    assert asked == [0]
