"""Whether a programme file means something: every name it uses exists, and nothing is said twice.

The checks look at the raw tree, so that a fault of shape in one place hides no fault of meaning in another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tracker.domain.finding import Status
from tracker.domain.records.enums import Stream, Topic
from tracker.domain.rule_kinds import Subject
from tracker.programmes.kinds import KINDS, RuleKind
from tracker.programmes.tree import Tree, called, fits, inside, shown
from tracker.programmes.words import strangers

_SLUG = re.compile(r"[a-z][a-z0-9_-]{0,59}")
_CODE = re.compile(r"[A-Za-z0-9._-]{1,40}")

# What may stand only once: the lists on the way, and the field.
_ONCE = (
    (("documents",), "alias"),
    (("groups",), "key"),
    (("requirements",), "rule"),
    (("requirements",), "key"),
    (("requirements",), "column"),
    (("milestones",), "key"),
    (("conditions",), "number"),
    (("conditions",), "key"),
    (("themes",), "code"),
    (("topics",), "key"),
    (("cooperation_steps",), "key"),
    (("practice_steps",), "key"),
    (("support_lines",), "key"),
    (("challenges",), "key"),
    (("service_components",), "key"),
    (("streams",), "key"),
    (("tariffs",), "key"),
    (("routes",), "key"),
    (("articles",), "number"),
    (("facts",), "key"),
    (("social_agreements",), "key"),
    (("figures",), "key"),
    (("amounts",), "key"),
    (("ambiguities",), "key"),
)
# Names that travel in addresses and files: the lists on the way, the field and its pattern.
_NAMED = (
    (("requirements",), "rule", _CODE),
    (("requirements",), "key", _SLUG),
    (("groups",), "key", _SLUG),
    (("milestones",), "key", _SLUG),
    (("conditions",), "key", _SLUG),
    (("themes",), "code", _CODE),
    (("themes", "directions"), "code", _CODE),
    (("themes", "directions", "components"), "code", _CODE),
)


@dataclass(frozen=True)
class Surroundings:
    """Names of the built-in files that another file may lean on."""

    rules: frozenset[str] = frozenset()
    """Codes and keys of the national rules: a condition of an insurer may rest on one."""
    directions: frozenset[str] = frozenset()


def check_meaning(raw: dict[str, Any], tree: Tree, around: Surroundings) -> None:
    """Every fault of meaning in a raw programme."""
    _check_owner(raw, tree)
    _check_names(raw, tree)
    for way, field in _ONCE:
        _check_once(((path, row.get(field)) for path, row in rows(raw, *way)), field, tree)
    _check_once(_codes(raw), "code", tree)
    for path, row in rows(raw, "requirements"):
        _check_requirement(path, row, raw, tree)
    _check_rules_named(raw, tree, around)
    _check_directions_named(raw, tree, around)
    _check_passages(raw, tree)
    _check_members(raw, tree)
    _check_examples(raw, tree)


def rows(raw: Any, *names: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The blocks of a list, or of lists within lists, with their paths; what has another shape is passed over."""
    found: list[tuple[str, dict[str, Any]]] = [("", raw)]
    for name in names:
        found = [
            (f"{inside(path, name)}[{index}]", item)
            for path, block in found
            for index, item in enumerate(_list(block.get(name)))
            if isinstance(item, dict)
        ]
    return iter(found)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _block(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _texts(raw: dict[str, Any], section: str, field: str) -> set[str]:
    """The texts that the blocks of a section have in a field."""
    return {value for _, row in rows(raw, section) if isinstance(value := row.get(field), str)}


def _codes(raw: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Directions and components share one list of codes: both can be a service."""
    for way in (("themes", "directions"), ("themes", "directions", "components")):
        yield from ((path, row.get("code")) for path, row in rows(raw, *way))


def _check_owner(raw: dict[str, Any], tree: Tree) -> None:
    """A programme is of one insurer, or national."""
    if ("insurer" in raw) == (raw.get("national") is True):
        nl = "noem een insurer, of schrijf national = true; één van de twee"
        tree.fault("insurer", nl, "name an insurer, or write national = true; one of the two")
    _check_pattern("key", raw.get("key"), _SLUG, tree)
    _check_pattern("insurer.key", _block(raw.get("insurer")).get("key"), _SLUG, tree)


def _check_names(raw: dict[str, Any], tree: Tree) -> None:
    for way, field, pattern in _NAMED:
        for path, row in rows(raw, *way):
            _check_pattern(inside(path, field), row.get(field), pattern, tree)


def _check_pattern(path: str, value: Any, pattern: re.Pattern[str], tree: Tree) -> None:
    if isinstance(value, str) and value.strip() and not pattern.fullmatch(value):
        kept = "kleine letters, cijfers, - en _" if pattern is _SLUG else "letters, cijfers, punt, - en _"
        known = "lower-case letters, digits, - and _" if pattern is _SLUG else "letters, digits, dot, - and _"
        tree.fault(path, f"{shown(value)} kan niet; gebruik {kept}", f"{shown(value)}: use {known}")


def _check_once(values: Iterator[tuple[str, Any]], field: str, tree: Tree) -> None:
    first: dict[Any, str] = {}
    for path, value in values:
        if not isinstance(value, str | int):
            continue
        held = first.setdefault(value, path)
        if held != path:
            tree.fault(
                inside(path, field), f"{shown(value)} staat ook in {held}", f"{shown(value)} also stands in {held}"
            )


def _check_requirement(path: str, row: dict[str, Any], raw: dict[str, Any], tree: Tree) -> None:
    groups = _texts(raw, "groups", "key")
    group = row.get("group")
    if isinstance(group, str) and group not in groups:
        _unknown(inside(path, "group"), group, groups, tree)
    if "column" in row and "group" not in row:
        tree.fault(inside(path, "group"), "een kolom heeft een groep nodig", "a column needs a group")
    name = row.get("kind")
    kind = KINDS.get(name) if isinstance(name, str) else None
    if kind is None:
        if isinstance(name, str):
            _unknown(inside(path, "kind"), name, set(KINDS), tree)
        return
    if row.get("scope") == "insurer" and kind.subject is not Subject.INITIATIVE:
        tree.fault(
            inside(path, "scope"),
            f"insurer kan alleen bij een regel voor initiatieven; {kind.name} gaat over {kind.subject.value}",
            f"insurer needs a rule for initiatives; {kind.name} judges {kind.subject.value}",
        )
    _check_params(path, row.get("params", {}), kind, raw, tree)


def _check_params(path: str, given: Any, kind: RuleKind, raw: dict[str, Any], tree: Tree) -> None:
    """The parameters a kind takes: none missing, none unknown, each of its type."""
    if not isinstance(given, dict):
        return
    known = ", ".join(kind.params) or "—"
    for name in given:
        where = inside(path, f"params.{name}")
        if name not in kind.params:
            tree.fault(
                where,
                f"onbekende parameter; {kind.name} kent: {known}",
                f"unknown parameter; {kind.name} knows: {known}",
            )
        else:
            _check_param(where, name, given[name], kind, raw, tree)
    for name in kind.params:
        if name not in given:
            needed = called(kind.params[name])
            tree.fault(
                inside(path, f"params.{name}"),
                f"parameter ontbreekt; schrijf {needed.nl} of een $schakelaar",
                f"parameter is missing; write {needed.en} or a $switch",
            )


def _check_param(path: str, name: str, value: Any, kind: RuleKind, raw: dict[str, Any], tree: Tree) -> None:
    """One parameter, or the switch it names: its type, its sign and its words."""
    switches = _block(raw.get("switches"))
    origin = ""
    if isinstance(value, str) and value.startswith("$"):
        if value[1:] not in switches:
            _unknown(path, value, {f"${switch}" for switch in switches}, tree)
            return
        origin = f" ({value})"
        value = switches[value[1:]]
    needed = called(kind.params[name])
    if not fits(value, kind.params[name]):
        tree.fault(
            path,
            f"{shown(value)}{origin} past niet; schrijf {needed.nl}",
            f"{shown(value)}{origin} does not fit; write {needed.en}",
        )
    elif kind.params[name] in (int, Decimal) and value < 0:
        tree.fault(
            path, f"{shown(value)}{origin} past niet; schrijf 0 of meer", f"{shown(value)}{origin}: write 0 or more"
        )
    else:
        codes = [code for _, code in _codes(raw) if isinstance(code, str)]
        for place, word, known in strangers(kind.name, name, value, codes):
            _unknown(f"{path}{place}{origin}", str(word), known, tree)


def _check_rules_named(raw: dict[str, Any], tree: Tree, around: Surroundings) -> None:
    """A condition, milestone, route, article or example names a rule that exists."""
    listed = _texts(raw, "requirements", "rule")
    own = listed | _texts(raw, "requirements", "key")
    for section in ("conditions", "milestones"):
        for path, row in rows(raw, section):
            for index, rule in enumerate(_list(row.get("rules"))):
                if isinstance(rule, str) and rule not in own | around.rules:
                    _unknown(f"{path}.rules[{index}]", rule, listed, tree)
            if row.get("rules") == []:
                tree.fault(f"{path}.rules", "noem ten minste één regel", "name at least one rule")
    for section, allowed in (("routes", own | around.rules), ("articles", own | around.rules), ("examples", own)):
        for path, row in rows(raw, section):
            rule = row.get("rule")
            if isinstance(rule, str) and rule not in allowed:
                _unknown(inside(path, "rule"), rule, listed, tree)


def _check_directions_named(raw: dict[str, Any], tree: Tree, around: Surroundings) -> None:
    known = {code for _, code in _codes(raw) if isinstance(code, str)} | around.directions
    for section in ("routes", "articles"):
        for path, row in rows(raw, section):
            for index, code in enumerate(_list(row.get("directions"))):
                if isinstance(code, str) and code not in known:
                    _unknown(f"{path}.directions[{index}]", code, known, tree)


def _check_passages(raw: dict[str, Any], tree: Tree) -> None:
    """Every quotation and annex cites a document that the file lists."""
    known = _texts(raw, "documents", "alias")
    for path, alias in _cited("", raw):
        if isinstance(alias, str) and alias.strip() and alias not in known:
            _unknown(path, alias, known, tree)
    for path, row in rows(raw, "streams"):
        annex = row.get("annex")
        if isinstance(annex, str) and annex not in known:
            _unknown(inside(path, "annex"), annex, known, tree)


def _cited(path: str, value: Any) -> Iterator[tuple[str, Any]]:
    """Where passages stand: the document of each, with its path."""
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from _cited(f"{path}[{index}]", item)
    elif isinstance(value, dict):
        for name, item in value.items():
            if name in ("source", "remark_source") and isinstance(item, dict):
                yield inside(path, f"{name}.document"), item.get("document")
            elif path or name not in ("switches", "examples"):
                yield from _cited(inside(path, name), item)


def _check_members(raw: dict[str, Any], tree: Tree) -> None:
    """Topics and streams are those that a dossier can record."""
    for section, kind in (("topics", Topic), ("streams", Stream)):
        known = {member.value for member in kind}
        for path, row in rows(raw, section):
            key = row.get("key")
            if isinstance(key, str) and key not in known:
                _unknown(inside(path, "key"), key, known, tree)


def _check_examples(raw: dict[str, Any], tree: Tree) -> None:
    known = {status.value for status in Status}
    for path, row in rows(raw, "examples"):
        if isinstance(word := row.get("expect"), str) and word not in known:
            _unknown(inside(path, "expect"), word, known, tree)


def _unknown(path: str, value: str, known: set[str] | frozenset[str], tree: Tree) -> None:
    listed = ", ".join(sorted(known)) or "—"
    tree.fault(path, f"{shown(value)} bestaat niet; kies uit: {listed}", f"{shown(value)} is unknown; known: {listed}")
