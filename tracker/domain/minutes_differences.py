"""What changed between two documents of one round."""

from __future__ import annotations

from tracker.domain.canonical import Json


def differences(before: Json, now: Json) -> dict[str, list[str]]:
    """What changed between two documents of one round: by part of the document the names of what differs."""
    found = {
        "round": _differing(_parts(before["round"] or {}), _parts(now["round"] or {})),
        "scores": _differing(_by(before["round"], "scores", "topic"), _by(now["round"], "scores", "topic")),
        "statuses": _differing(_by(before, "findings", "rule", "subject"), _by(now, "findings", "rule", "subject")),
        "facts": _differing(before["facts"], now["facts"]),
        "decisions": _differing(_by(before, "decisions", "record"), _by(now, "decisions", "record")),
        "actions": _differing(_by(before, "actions", "code"), _by(now, "actions", "code")),
        "programmes": _differing(before["programmes"], now["programmes"]),
    }
    return {part: names for part, names in found.items() if names}


def _parts(held: Json) -> Json:
    return {name: value for name, value in held.items() if name != "scores"}


def _by(held: Json | None, part: str, *names: str) -> Json:
    listed = (held or {}).get(part, ())
    return {" ".join(str(item[name]) for name in names): item for item in listed}


def _differing(before: Json, now: Json) -> list[str]:
    return sorted(name for name in before.keys() | now.keys() if before.get(name) != now.get(name))
