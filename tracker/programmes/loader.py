"""Programme files: read, checked and kept. A file with any fault can't be loaded."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from tracker.domain.programme import Example, Programme
from tracker.domain.records.base import Pair
from tracker.programmes.examples import Trial
from tracker.programmes.faults import Fault, ProgrammeRefused
from tracker.programmes.kinds import KINDS
from tracker.programmes.meaning import Surroundings, check_meaning, rows
from tracker.programmes.tree import LOST, Tree

BUILT_IN = Path(__file__).parent
_LARGEST = 5_000_000
_PLACE = re.compile(r"(?P<what>.*) \(at (line (?P<line>\d+), column (?P<column>\d+)|end of document)\)", re.DOTALL)
# Faults here, or in the whole block, change what a rule answers; a fault in its words does not.
_JUDGED = re.compile(r"(requirements\[\d+\])(\.(rule|key|kind|scope|params)\b.*)?|(examples\[\d+\]).*")
# What a rule may read of a programme: an example means nothing when part of it got lost.
_READ_BY_RULES = frozenset({"insurer", "switches", "themes", "topics", "streams", "tariffs", "service_components"})


def load_programmes(folder: Path = BUILT_IN, extra: Path | None = None) -> tuple[Programme, ...]:
    """Every programme of a folder and of an installation's own folder, read once in the life of the process.

    Raises ProgrammeRefused with the faults of all files together.
    """
    return _loaded(Path(folder), Path(extra) if extra is not None else None)


@cache
def _loaded(folder: Path, extra: Path | None) -> tuple[Programme, ...]:
    faults: list[Fault] = []
    found: list[tuple[str, Programme]] = []
    for place in (folder, extra):
        if place is not None and not place.is_dir():
            faults.append(Fault(str(place), "", Pair("deze map bestaat niet", "this folder does not exist")))
        for path in sorted(place.glob("*.toml")) if place else ():
            programme, wrong = _read(path)
            faults += wrong
            if programme is not None and not wrong:
                found.append((path.name, programme))
    faults += check_together(found)
    if faults:
        raise ProgrammeRefused(faults)
    return tuple(programme for _, programme in found)


def load_programme(path: Path) -> Programme:
    """One programme. Raises ProgrammeRefused with all its faults."""
    programme, faults = _read(Path(path))
    if programme is None or faults:
        raise ProgrammeRefused(faults)
    return programme


def check_programme(path: Path) -> list[Fault]:
    """Every fault of one file at once, the examples that fail among them."""
    return _read(Path(path))[1]


def _read(path: Path) -> tuple[Programme | None, list[Fault]]:
    tree = Tree(path.name)
    raw = _raw(path, tree)
    if raw is None:
        return None, tree.faults
    programme = tree.struct(Programme, raw)
    check_meaning(raw, tree, _surroundings())
    if programme is LOST:
        return None, tree.faults
    return programme, tree.faults + _failing(programme, raw, tree)


def _raw(path: Path, tree: Tree) -> dict[str, Any] | None:
    """The tree as TOML gives it, numbers exact; None and a fault when there is none."""
    text = ""
    try:
        if path.stat().st_size > _LARGEST:
            tree.fault("", "het bestand is groter dan 5 MB", "the file is larger than 5 MB")
            return None
        text = path.read_bytes().decode("utf-8")
        return tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        place = _PLACE.fullmatch(str(error))
        what = place["what"] if place else str(error)
        line, column = (place["line"], place["column"]) if place else (None, None)
        line, column = line or text.count("\n") + 1, column or 1
        tree.fault(
            "",
            f"geen geldige TOML op regel {line}, kolom {column}: {what}",
            f"no valid TOML at line {line}, column {column}: {what}",
        )
    except UnicodeDecodeError as error:
        byte = error.start
        tree.fault("", f"geen UTF-8-tekst (byte {byte})", f"no UTF-8 text (byte {byte})")
    except (OSError, RecursionError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else "te diep genest of een onmogelijke waarde"
        tree.fault("", f"het bestand kan niet worden gelezen: {why}", f"the file can't be read: {why}")
    return None


@cache
def _surroundings() -> Surroundings:
    """The national rules and all directions of the built-in files, by name only."""
    trees = [_raw(path, Tree(path.name)) or {} for path in sorted(BUILT_IN.glob("*.toml"))]
    national = [row for tree in trees if tree.get("national") is True for _, row in rows(tree, "requirements")]
    directions = [row for tree in trees for _, row in rows(tree, "themes", "directions")]
    return Surroundings(
        rules=frozenset(str(row[name]) for row in national for name in ("rule", "key") if name in row),
        directions=frozenset(str(row["code"]) for row in directions if "code" in row),
    )


def _failing(programme: Programme, raw: dict[str, Any], tree: Tree) -> list[Fault]:
    """The examples that fail, among those that can be run with what is whole of the file."""
    if tree.lost & _READ_BY_RULES:
        return []
    matches = (_JUDGED.fullmatch(fault.key) for fault in tree.faults)
    wrong = {match[1] or match[4] for match in matches if match}
    sound = {row.get("key") for path, row in rows(raw, "requirements") if path not in wrong}
    asked = tuple(item for item in programme.requirements if item.key in sound and item.kind in KINDS)
    trial = Trial(tree.file, msgspec.structs.replace(programme, requirements=asked))
    for path, row in rows(raw, "examples"):
        if path not in wrong:
            trial.run(msgspec.convert(row, Example), path)
    return trial.faults


def check_together(found: Iterable[tuple[str, Programme]]) -> list[Fault]:
    """What is wrong between files: a key used twice, two editions of one day, something that disappeared."""
    faults: list[Fault] = []
    earlier: dict[Any, str] = {}
    ordered = sorted(found, key=lambda item: (item[1].valid_from or date.min, item[0]))
    for file, programme in ordered:
        start = programme.valid_from
        since = f"valid_from {start}" if start else "valid_from"
        for name, key in (("key", programme.key), ("valid_from", (programme.insurer_key, start))):
            held = earlier.setdefault((name, key), file)
            if held != file:
                label = f"key {programme.key}" if name == "key" else since
                faults.append(Fault(file, name, Pair(f"{label} staat ook in {held}", f"{label} also stands in {held}")))
    for (before, old), (file, new) in _successions(ordered):
        for section, key in sorted(_keys(old) - _keys(new)):
            faults.append(
                Fault(
                    file,
                    section,
                    Pair(
                        f"{key} staat wel in {before}; laat het staan en geef het een valid_to",
                        f"{key} stands in {before}; keep it and give it a valid_to",
                    ),
                )
            )
    return faults


Loaded = tuple[str, Programme]


def _successions(ordered: list[Loaded]) -> list[tuple[Loaded, Loaded]]:
    """Each edition of an insurer with the next one."""
    last: dict[str | None, Loaded] = {}
    pairs = []
    for item in ordered:
        insurer = item[1].insurer_key
        if insurer in last:
            pairs.append((last[insurer], item))
        last[insurer] = item
    return pairs


def _keys(programme: Programme) -> set[tuple[str, str]]:
    """What facts, waivers and links may name, so that it stays in every later edition."""
    directions = [direction for theme in programme.themes for direction in theme.directions]
    return {
        *(("requirements", item.key) for item in programme.requirements),
        *(("conditions", item.key) for item in programme.conditions),
        *(("topics", item.key) for item in programme.topics),
        *(("themes", item.code) for item in directions),
        *(("themes", item.code) for direction in directions for item in direction.components),
    }
