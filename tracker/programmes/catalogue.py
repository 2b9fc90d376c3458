"""The codes that the programme files bring: what a dossier may name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from tracker.domain.programme import Component, Direction, Programme, Words


@dataclass(frozen=True)
class Catalogue:
    """Every insurer, direction, component, service and rule of a set of programmes, by code.

    A code means one thing in all files; of several editions of one insurer the latest gives the words.
    """

    insurers: Mapping[str, str]
    """Name by key."""
    directions: Mapping[str, Direction]
    components: Mapping[str, Component]
    services: Mapping[str, Words]
    """What a practice can offer: every component, and every direction without components."""
    rules: Mapping[str, Words]
    """Title by the key of the rule, as a waiver names it."""

    @property
    def codes(self) -> dict[str, frozenset[str]]:
        """The allowed codes by the name that a field's declaration gives its catalogue."""
        return {
            "insurer": frozenset(self.insurers),
            "direction": frozenset(self.directions),
            "component": frozenset(self.components),
            "service": frozenset(self.services),
        }


def catalogue(programmes: Iterable[Programme]) -> Catalogue:
    """All codes of the programmes together."""
    editions = sorted(programmes, key=lambda item: (item.valid_from or date.min, item.key))
    directions = [direction for item in editions for theme in item.themes for direction in theme.directions]
    components = [component for direction in directions for component in direction.components]
    alone = [direction for direction in directions if not direction.components]
    return Catalogue(
        insurers={item.insurer.key: item.insurer.name for item in editions if item.insurer},
        directions={direction.code: direction for direction in directions},
        components={component.code: component for component in components},
        services={**{item.code: item.title for item in components}, **{item.code: item.title for item in alone}},
        rules={asked.key: asked.title for item in editions for asked in item.requirements},
    )
