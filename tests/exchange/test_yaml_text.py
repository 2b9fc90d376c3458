"""YAML is read in a safe subset and told where it is not; what we write is read back to the last character."""

import time
from contextlib import suppress
from datetime import date
from decimal import Decimal
from enum import StrEnum
from string import ascii_lowercase

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from tracker.domain.problems import Unreadable
from tracker.exchange.yaml_text import read_yaml, write_yaml

TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\x00"))
LIKE_SOMETHING_ELSE = st.sampled_from(
    ["", "~", "null", "Null", "true", "FALSE", "yes", "no", "on", "0", "-1", "1.0", "1e3", "0x1F", "1_000", "12:30:00",
     "2022-07-01", "2022-07-01T12:00:00Z", ".inf", ".nan", "=1+1", "- a", "a: b", "# x", "&a", "*a", "!t", "<<", "---",
     "...", "%TAG", "@", "`", "|", ">", "'", '"', "\\", "\t", " ", " a", "a ", "\n", "a\n", "\r\n", "\x85", "\u2028",
     "\u2029", "\ufeff", "\ufeffa", "\x07", "\x7f", "\ufffe", "👩‍⚕️", "مرحبا", "\u202eabc", "{", "[", "a, b", "? x"]
)  # fmt: skip


def refused(text):
    """What is said of a file that can't be read, in English."""
    with pytest.raises(Unreadable) as refusal:
        read_yaml(text)
    assert refusal.value.reason.nl
    return refusal.value.reason.en


# --- reading ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3", 3),
        ("-0", 0),
        ("0.10", Decimal("0.10")),
        ("1220.50", Decimal("1220.50")),
        ("12345678901234.0000000001", Decimal("12345678901234.0000000001")),
        ("true", True),
        ("False", False),
        ("null", None),
        ("~", None),
        ("", None),
        ('""', ""),
        ("'3'", "3"),
        ('"true"', "true"),
        ("yes", "yes"),
        ("on", "on"),
        ("007", "007"),
        ("0o17", "0o17"),
        ("1_000", "1_000"),
        ("1e3", "1e3"),
        (".nan", ".nan"),
        ("12:30:00", "12:30:00"),
        ("2022-07-01", "2022-07-01"),
        ("99999999999999999999", "99999999999999999999"),
        ("|\n  een\n  twee\n", "een\ntwee\n"),
        ("[a, [b, {c: 1}]]", ["a", ["b", {"c": 1}]]),
    ],
)
def test_a_plain_word_is_what_the_format_says(text, value):
    found = read_yaml(f"x: {text}")["x"]
    assert found == value
    assert type(found) is type(value)


def test_a_document_may_have_a_start_a_comment_and_nothing_else():
    assert read_yaml("--- # begin\nx: 1\n...\n") == {"x": 1}
    assert read_yaml("# alleen dit\n") is None
    assert read_yaml("") is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: &x 1", "line 1: anchors and aliases (&, *) are not allowed"),
        ("a: 1\nb: *x", "line 2: anchors and aliases (&, *) are not allowed"),
        ("a: &x [1]\nb: *x", "line 1: anchors and aliases (&, *) are not allowed"),
        ("a: !!python/object/apply:os.system ['true']", "line 1: tags (!) are not allowed"),
        ("a: !!str 1", "line 1: tags (!) are not allowed"),
        ("!!map {a: 1}", "line 1: tags (!) are not allowed"),
        ("a: !!binary aGFsbG8=", "line 1: tags (!) are not allowed"),
        ("a: 1\n<<: {b: 2}", "line 2: merge keys (<<) are not allowed"),
        ("a: 1\nb: 2\na: 3", "line 3: the key a stands there twice"),
        ("a: 1\n'a': 3", "line 2: the key a stands there twice"),
        ("x: {a: 1, a: 1}", "line 1: the key a stands there twice"),
        ("? [a]\n: 1", "line 1: a key is one word"),
        ("&k a: 1", "line 1: a key is one word"),
        ("!!str a: 1", "line 1: a key is one word"),
        ("*k : 1", "line 1: a key is one word"),
        ("a: 1\n---\nb: 2", "the file holds more than one document (---)"),
    ],
)
def test_what_the_safe_subset_leaves_out_is_refused_with_its_line(text, said):
    assert refused(text) == said


@pytest.mark.parametrize(
    "text", ["a: [1", "a: 'x", "\tb: 1", "a: b: c", "- a\nb: 1", "@x", "a: \x01", "%YAML 9\n---\n"]
)
def test_a_file_that_is_no_yaml_is_refused(text):
    assert refused(text).startswith("no valid YAML")


def test_a_broken_line_is_named():
    assert refused("a: 1\nb: [1\nc: 2\n").startswith("no valid YAML at line 3, column ")


def test_depth_is_limited_before_it_costs_anything():
    assert refused("[" * 30 + "]" * 30) == "line 1: deeper than twelve levels"
    start = time.perf_counter()
    assert refused("[" * 200_000).endswith("deeper than twelve levels")
    assert refused("a: " + "{a: " * 200_000).endswith("deeper than twelve levels")
    assert time.perf_counter() - start < 5


def test_anchors_that_explode_are_refused_before_they_do():
    lines = ["a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 30)]
    assert refused("\n".join(lines)) == "line 1: anchors and aliases (&, *) are not allowed"


def test_a_long_key_is_cut():
    key = "k" * 500
    assert refused(f"{key}: 1\n{key}: 2") == f"line 2: the key {'k' * 80} stands there twice"


@given(st.text(max_size=60))
@example("\ud83d")
@example("a: \ud83d")
@example("\x00")
@example("a: |1000\n x")
@example("? ")
@example("- - - -\n -")
def test_no_text_stops_the_reader(text):
    with suppress(Unreadable):
        read_yaml(text)


# --- there and back --------------------------------------------------------------------------------------------------


@given(TEXT | LIKE_SOMETHING_ELSE)
@example("x" * 500)
@example("een lange regel met spaties " * 20)
@example("a\n\n\nb\n")
@example("  voorop\nen  achterop  ")
def test_any_text_comes_back_as_it_went(text):
    for tree in ({"x": text}, {"x": [text]}, {"x": [{"y": text}, {"z": [text, text]}]}):
        assert read_yaml(write_yaml(tree)) == tree


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**15), max_value=10**15, places=4))
def test_a_decimal_comes_back_exactly(number):
    found = read_yaml(write_yaml({"x": number}))["x"]
    assert found == number
    assert isinstance(found, int | Decimal)


NAMES = st.text(ascii_lowercase + "_", min_size=1, max_size=12)
TREES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**18), 10**18) | TEXT | LIKE_SOMETHING_ELSE,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner),
    max_leaves=20,
)


@given(st.dictionaries(NAMES, TREES))
def test_any_tree_comes_back_as_it_went_and_other_readers_of_yaml_see_the_same_text(tree):
    """A flag, a number or a day may be one to them; what we wrote as text is text to them too."""

    def texts(value):
        if isinstance(value, dict):
            return [found for inner in value.values() for found in texts(inner)]
        if isinstance(value, list):
            return [found for inner in value for found in texts(inner)]
        return [value] if isinstance(value, str) else []

    written = write_yaml(tree)
    assert read_yaml(written) == tree
    assert texts(yaml.safe_load(written)) == texts(tree)


def test_days_choices_and_the_order_of_keys_are_written_as_people_write_them():
    class Colour(StrEnum):
        RED = "red"

    tree = {"z": date(2022, 7, 1), "a": Colour.RED, "m": Decimal("0.5"), "n": Decimal("12")}
    assert write_yaml(tree) == "z: 2022-07-01\na: red\nm: 0.5\nn: 12\n"


def test_the_same_record_twice_is_written_twice():
    inner = {"a": [1]}
    assert "&" not in write_yaml({"x": [inner, inner]})
