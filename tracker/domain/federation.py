"""Roles from elsewhere: which value of which claim of an organisation's own sign-in gives which role here."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import msgspec

from tracker.domain.policy import INSIDERS, INSURERS, Role


class GivenRole(NamedTuple):
    """A role with what it is for, as a grant names them."""

    role: Role
    cooperation: str | None = None
    insurer: str | None = None


class RoleRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who has this value in this claim has this role. A dot in the claim goes a level deeper."""

    claim: str
    value: str
    role: Role
    cooperation: str | None = None
    insurer: str | None = None

    def __post_init__(self) -> None:
        """Refuse a role without what it is for; the reader of the file names the place."""
        if self.role in INSIDERS and (not self.cooperation or self.insurer):
            raise ValueError(f"{self.role} needs a cooperation and no insurer")
        if self.role in INSURERS and not self.insurer:
            raise ValueError(f"{self.role} needs an insurer")
        if self.role is Role.administrator and (self.cooperation or self.insurer):
            raise ValueError(f"{self.role} is for everything: leave cooperation and insurer out")


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    role: tuple[RoleRule, ...]


def read_rules(data: bytes) -> tuple[RoleRule, ...]:
    """The rules of a TOML file, each a table `[[role]]`. Raises ValueError with the place and what is wrong there."""
    return msgspec.toml.decode(data, type=_File).role


def roles_given(rules: Iterable[RoleRule], claims: Mapping[str, Any]) -> frozenset[GivenRole]:
    """The roles that the claims of one person give."""
    return frozenset(
        GivenRole(rule.role, rule.cooperation, rule.insurer)
        for rule in rules
        if rule.value in _values(claims, rule.claim)
    )


def _values(claims: Mapping[str, Any], path: str) -> list[Any]:
    """What a claim holds, as a list; a claim whose own name has a dot goes before a deeper one."""
    held: Any = claims.get(path)
    if held is None:
        held = claims
        for step in path.split("."):
            held = held.get(step) if isinstance(held, Mapping) else None
    return held if isinstance(held, list) else [held]
