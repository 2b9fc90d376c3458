"""The report of an import: the same for the command and the API, as lines to read and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeVar

import msgspec

from tracker import labels
from tracker.domain.problems import MOST_SHOWN, Problem, Problems
from tracker.domain.records.base import Record, children_of, fields_of
from tracker.domain.records.file import DossierFile, RegisterRecords
from tracker.operations.dossiers import Changed, ImportReport

T = TypeVar("T")
_ENCODER = msgspec.json.Encoder(decimal_format="number")


class Reason(msgspec.Struct, frozen=True):
    """What is wrong, in Dutch and English."""

    nl: str
    en: str


class Remark(msgspec.Struct, frozen=True):
    """A fault or a doubt: where, what stood there, and what is allowed."""

    path: str
    value: Any
    reason: Reason


class Numbers(msgspec.Struct):
    """How many records of a kind were added, changed and unchanged, and how many faults they have."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0


class FieldChange(msgspec.Struct, frozen=True):
    """What a field was and what it becomes."""

    old: Any
    new: Any


class RecordChange(msgspec.Struct, frozen=True):
    """A record that differs, by its address."""

    address: str
    kind: str
    fields: dict[str, FieldChange]


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """What a file did, or would do. With one fault nothing is written."""

    dry_run: bool
    written: bool
    total: Numbers
    kinds: dict[str, Numbers]
    cooperations: dict[str, dict[str, Numbers]]
    """Per cooperation, product or GP system, and kind of record."""
    changes: list[RecordChange]
    problem_count: int
    problems: list[Remark]
    """The first two hundred."""
    warning_count: int
    warnings: list[Remark]


def report_of(report: ImportReport) -> Report:
    """The report as JSON gives it."""
    kinds = {name: Numbers(tally.added, tally.changed, tally.unchanged) for name, tally in report.by_kind().items()}
    for name, number in refused_by_kind(report.problems).items():
        kinds.setdefault(name, Numbers()).refused = number
    parts: dict[str, dict[str, Numbers]] = {}
    for (code, kind), tally in report.tallies.items():
        parts.setdefault(code, {})[kind] = Numbers(tally.added, tally.changed, tally.unchanged)
    total = report.total()
    return Report(
        dry_run=report.dry_run,
        written=not report.dry_run and not report.is_refused,
        total=Numbers(total.added, total.changed, total.unchanged, report.problems.number),
        kinds=dict(sorted(kinds.items())),
        cooperations=dict(sorted(parts.items())),
        changes=[_change(item) for item in report.changes],
        problem_count=report.problems.number,
        problems=[_remark(item) for item in report.problems.shown],
        warning_count=report.warnings.number,
        warnings=[_remark(item) for item in report.warnings.shown],
    )


def refused_by_kind(problems: Problems) -> dict[str, int]:
    """How many faults there are in records of each kind; faults of the file itself stand under `dossier`."""
    found: dict[str, int] = {}
    for names, number in problems.by_list.items():
        kind = _kind_at(names)
        found[kind] = found.get(kind, 0) + number
    return found


def _kind_at(names: tuple[str, ...]) -> str:
    """The kind of record in a list of the format; unknown names and lists of values belong to what holds them."""
    kind: type[Record] = DossierFile
    for name in names:
        held = {field.name: field.type for parent in _holders(kind) for field in children_of(parent)}
        if name not in held:
            break
        kind = held[name]
    return kind.declared.name


def _holders(kind: type[Record]) -> tuple[type[Record], ...]:
    return (DossierFile, RegisterRecords) if kind is DossierFile else (kind,)


def _remark(problem: Problem) -> Remark:
    return Remark(problem.path, problem.value, Reason(problem.reason.nl, problem.reason.en))


def _change(changed: Changed) -> RecordChange:
    names = _field_names(changed.kind)
    fields = {names.get(name, name): FieldChange(old, new) for name, (old, new) in changed.fields.items()}
    return RecordChange(changed.address, changed.kind, fields)


def _field_names(kind: str) -> dict[str, str]:
    """The names of the format by attribute."""
    return {field.attribute: field.name for field in fields_of(_kinds()[kind])}


def _kinds() -> dict[str, type[Record]]:
    found: dict[str, type[Record]] = {}
    todo: list[type[Record]] = [DossierFile]
    while todo:
        kind = todo.pop()
        found[kind.declared.name] = kind
        todo += [field.type for field in children_of(kind) if field.type.declared.name not in found]
    return found


# --- lines to read ---------------------------------------------------------------------------------------------------


def report_lines(report: ImportReport, language: str = "nl") -> Iterator[str]:
    """The report as lines: numbers per kind, what changes field by field, doubts, and every fault."""
    said = report_of(report)
    yield from _numbers(said, language)
    for change in said.changes:
        fields = "; ".join(f"{name}: {_shown(item.old)} → {_shown(item.new)}" for name, item in change.fields.items())
        yield f"~ {change.address}: {fields}"
    yield from _remarks(said.warnings, said.warning_count, _pick(language, "Let op", "Mind"), language)
    yield from _remarks(said.problems, said.problem_count, _pick(language, "Geweigerd", "Refused"), language)
    yield _outcome(said, language)


def _numbers(said: Report, language: str) -> Iterator[str]:
    heads = _pick(
        language,
        ("soort", "nieuw", "gewijzigd", "ongewijzigd", "geweigerd"),
        ("kind", "added", "changed", "unchanged", "refused"),
    )
    rows = [(name, *_cells(item, language)) for name, item in said.kinds.items()]
    rows.append((_pick(language, "alles", "all"), *_cells(said.total, language)))
    first = max(len(row[0]) for row in (heads, *rows))
    for row in (heads, *rows):
        yield f"{row[0]:<{first}}" + "".join(f"{cell:>13}" for cell in row[1:])


def _cells(item: Numbers, language: str) -> tuple[str, str, str, str]:
    added, changed, unchanged, refused = (
        labels.number(value, language) for value in (item.added, item.changed, item.unchanged, item.refused)
    )
    return added, changed, unchanged, refused


def _remarks(remarks: list[Remark], number: int, head: str, language: str) -> Iterator[str]:
    if not number:
        return
    yield f"{head}: {labels.number(number, language)}"
    for item in remarks:
        value = "" if item.value is None else f" ({_shown(item.value)})"
        yield f"  {item.path}{value}: {item.reason.en if language == 'en' else item.reason.nl}"
    if number > MOST_SHOWN:
        yield _pick(language, f"  … en {number - MOST_SHOWN} meer", f"  … and {number - MOST_SHOWN} more")


def _outcome(said: Report, language: str) -> str:
    if said.problem_count:
        return _pick(language, "Er is niets geschreven.", "Nothing was written.")
    if said.dry_run:
        return _pick(language, "Proef: er is niets geschreven.", "Dry run: nothing was written.")
    if not said.total.added and not said.total.changed:
        return _pick(language, "Alles stond er al zo.", "Everything was there already.")
    return _pick(language, "Opgenomen.", "Taken in.")


def _shown(value: Any) -> str:
    text = "–" if value is None else _ENCODER.encode(value).decode()
    return text if len(text) <= 80 else text[:79] + "…"


def _pick(language: str, nl: T, en: T) -> T:
    return en if language == "en" else nl
