"""The words that a parameter of a rule kind may hold. A word no rule knows would weaken the rule in silence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Any

from tracker.domain.records.enums import (
    ContractScope,
    OiPurpose,
    PlanTopic,
    ProductKind,
    Purpose,
    ServiceComponent,
    SocialAgreementKind,
    Stream,
    Topic,
)

LEVELS = frozenset({"direction", "component"})


def _values(kind: type[StrEnum]) -> frozenset[str]:
    return frozenset(member.value for member in kind)


_WORDS: dict[tuple[str, str], frozenset[str]] = {
    ("three_directions_selected", "level"): LEVELS,
    ("three_directions_implementing", "level"): LEVELS,
    ("assessed_positive", "kinds"): _values(ProductKind),
    ("round_complete", "topics"): _values(Topic),
    ("stream_fits_purpose", "purposes"): _values(Purpose),
    ("s3_needs_contract", "stream"): _values(Stream),
    ("s3_needs_contract", "contract_scope"): _values(ContractScope),
    ("social_agreements", "kinds"): _values(SocialAgreementKind),
    ("oi_regional_innovation", "purposes"): _values(OiPurpose),
    ("innovation_ehealth", "topics"): _values(PlanTopic),
    ("innovation_meekijk", "topics"): _values(PlanTopic),
    ("innovation_other", "topics"): _values(PlanTopic),
    ("service_digital", "every"): _values(ServiceComponent),
    ("service_digital", "any_of"): _values(ServiceComponent),
    ("service_surcharge", "every"): _values(ServiceComponent),
    ("service_surcharge", "any_of"): _values(ServiceComponent),
}
_KEYS: dict[tuple[str, str], frozenset[str]] = {("stream_fits_purpose", "purposes"): _values(Stream)}
_OF_THE_FILE = frozenset({("theme3_consistency", "goal"), ("theme3_consistency", "preconditions")})


def strangers(
    kind: str, param: str, value: Any, directions: Iterable[str]
) -> Iterator[tuple[str, Any, frozenset[str]]]:
    """What a parameter may not hold: (place within the value, the word, the words that can be).

    `directions` are the codes of the file itself.
    """
    allowed = frozenset(directions) if (kind, param) in _OF_THE_FILE else _WORDS.get((kind, param))
    if allowed is None:
        return
    keys = _KEYS.get((kind, param), frozenset())
    if isinstance(value, dict):
        yield from ((f".{key}", key, keys) for key in value if key not in keys)
    for place, word in _leaves("", value):
        if not isinstance(word, str) or word not in allowed:
            yield place, word, allowed


def _leaves(place: str, value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _leaves(f"{place}.{key}", item)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _leaves(f"{place}[{index}]", item)
    else:
        yield place, value
