"""Who may do what: one table, and whatever it does not name is refused.

An actor is an account or a token on a day. A subject is a cooperation with the insurers linked to it on that day.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from functools import cache

import msgspec

from tracker.domain.records.places import places


class Role(StrEnum):
    """What a person is, for one cooperation, for an insurer, or for the installation."""

    board_member = "board_member"
    project_leader = "project_leader"
    practice_liaison = "practice_liaison"
    insurer_region_manager = "insurer_region_manager"
    insurer_reader = "insurer_reader"
    evaluation_chair = "evaluation_chair"
    administrator = "administrator"


class Action(StrEnum):
    """What a page or a call does; each endpoint declares one."""

    see_portfolio = "see_portfolio"
    see_products = "see_products"
    see_programmes = "see_programmes"
    see_cooperation = "see_cooperation"
    see_practices = "see_practices"
    export_dossier = "export_dossier"
    import_dossier = "import_dossier"
    administer = "administer"
    write_records = "write_records"
    """Add, correct or remove a record of a cooperation; WRITERS says which."""
    write_register = "write_register"
    """The same for products and systems, which concern everybody."""
    manage_people = "manage_people"
    """Invite people to a cooperation, give and end roles there, and hand out links to read along."""
    use_account = "use_account"
    """What a person does with the own account: password, second factor, language, reminders."""


class Reach(StrEnum):
    """How far a role carries an action."""

    house = "house"
    """The action concerns no cooperation in particular; what it shows is narrowed one by one."""
    own = "own"
    """The cooperation that the grant names."""
    linked = "linked"
    """Every cooperation linked to the grant's insurer that day, or the one of them that the grant names."""
    everywhere = "everywhere"
    """Every cooperation, also one that does not exist yet."""


_INSIDERS = (Role.board_member, Role.project_leader, Role.practice_liaison, Role.evaluation_chair)
INSIDERS = dict.fromkeys(_INSIDERS, Reach.own)
INSURERS = dict.fromkeys((Role.insurer_region_manager, Role.insurer_reader), Reach.linked)
ADMINISTRATOR = {Role.administrator: Reach.everywhere}
EVERYONE = dict.fromkeys(Role, Reach.house)

POLICY: Mapping[Action, Mapping[Role, Reach]] = {
    Action.see_portfolio: EVERYONE,
    Action.see_products: EVERYONE,
    Action.see_programmes: EVERYONE,
    Action.see_cooperation: INSIDERS | INSURERS | ADMINISTRATOR,
    Action.see_practices: INSIDERS | ADMINISTRATOR,
    Action.export_dossier: INSIDERS | INSURERS | ADMINISTRATOR,
    Action.import_dossier: ADMINISTRATOR,
    Action.administer: {Role.administrator: Reach.house},
    Action.write_records: INSIDERS | {Role.insurer_region_manager: Reach.linked} | ADMINISTRATOR,
    Action.write_register: dict.fromkeys(
        (Role.project_leader, Role.insurer_region_manager, Role.administrator), Reach.house
    ),
    Action.manage_people: dict.fromkeys((Role.board_member, Role.project_leader), Reach.own) | ADMINISTRATOR,
    Action.use_account: EVERYONE,
}
READING = frozenset(action for action in Action if action.startswith(("see_", "export_")))


_BOARD = (Role.board_member, Role.project_leader)
_REGISTRARS = (Role.project_leader, Role.insurer_region_manager, Role.administrator)
_MEETING = (Role.evaluation_chair, Role.board_member, Role.insurer_region_manager)
_EITHER_SIDE = (*_BOARD, Role.insurer_region_manager)
_OWNERS = (*_MEETING, Role.project_leader, Role.practice_liaison)

WRITERS: Mapping[str, tuple[Role, ...]] = {
    "product": _REGISTRARS,
    "his_product": _REGISTRARS,
    "assessment": (Role.insurer_region_manager, Role.administrator),
    "practice": (Role.practice_liaison, *_BOARD),
    "extension": (Role.insurer_region_manager,),
    "round": _MEETING,
    "round.self_scored_on": (*_BOARD, Role.evaluation_chair),
    "round.insurer_scored_on": (Role.insurer_region_manager, Role.evaluation_chair),
    "score": (*_MEETING, Role.project_leader),
    "score.own": _BOARD,
    "score.insurer": (Role.insurer_region_manager,),
    "score.agreed": _MEETING,
    "score.not_assessed": _MEETING,
    "score.not_assessed_reason": _MEETING,
    "remark": (*_EITHER_SIDE, Role.evaluation_chair),
    "cooperation_action": _MEETING,
    "cooperation_action.done_on": _OWNERS,
    "cooperation_action.note": _OWNERS,
    "opinion": _EITHER_SIDE,
    "contract": _EITHER_SIDE,
    "waiver": _EITHER_SIDE,
    "cooperation": (Role.administrator,),
    "predecessor": (Role.administrator,),
    "insurer_link": (Role.administrator,),
    "*": _BOARD,
}
"""Who writes what: by place, or place and field; what stands below a place follows it. `*` = everything else of a
cooperation. What is not named and belongs to no cooperation is written by nobody."""


@cache
def writers(place: str, attribute: str | None = None) -> frozenset[Role]:
    """The roles that write records of a place, or one field of them. Evidence follows the record it hangs on."""
    if attribute is not None and f"{place}.{attribute}" in WRITERS:
        return frozenset(WRITERS[f"{place}.{attribute}"])
    step = places().get(place)
    while step is not None:
        if step.name in WRITERS:
            return frozenset(WRITERS[step.name])
        if step.parent == "cooperation":
            return frozenset(WRITERS["*"])
        step = places().get(step.parent or "")
    return frozenset()


@cache
def checkers(place: str) -> frozenset[Role]:
    """Who may say that evidence of records of a place is right: the other side than the one that writes them.

    Where both write, either may, of what the other side brought.
    """
    own = writers(place)
    if not own:
        return frozenset()
    if own <= INSURERS.keys():
        return frozenset(_BOARD)
    return frozenset(_EITHER_SIDE if Role.insurer_region_manager in own else (Role.insurer_region_manager,))


class Grant(msgspec.Struct, frozen=True, kw_only=True):
    """A role from one day up to and including another; no end = still."""

    role: Role
    cooperation: str | None = None
    insurer: str | None = None
    starts_on: date
    ends_on: date | None = None

    def holds(self, on: date) -> bool:
        """Whether the role was held on that day."""
        return self.starts_on <= on and (self.ends_on is None or on <= self.ends_on)


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """Who asks. `only` is a token's limit: the codes it may touch, or None for all that the account may."""

    account: int
    """0 = nobody's: somebody reads along by a link."""
    name: str
    grants: tuple[Grant, ...] = ()
    only: frozenset[str] | None = None

    @property
    def has_account(self) -> bool:
        """Somebody without one only reads, whatever the role may."""
        return self.account != 0

    def roles(self, on: date) -> frozenset[Role]:
        """The roles held on a day."""
        return frozenset(grant.role for grant in self.grants if grant.holds(on))


class Subject(msgspec.Struct, frozen=True):
    """A cooperation and the insurers linked to it on the day that is asked about."""

    cooperation: str
    insurers: frozenset[str] = frozenset()


def may(actor: Actor, action: Action, subject: Subject | None, on: date) -> bool:
    """Whether the actor may do this to the subject on that day; `subject` None = no cooperation in particular."""
    if _outside_token(actor, action, subject):
        return False
    reaches = POLICY.get(action, {})
    return any(
        grant.role in reaches and _reaches(reaches[grant.role], grant, subject)
        for grant in actor.grants
        if grant.holds(on)
    )


def permitted(actor: Actor, action: Action, subjects: Iterable[Subject], on: date) -> list[str]:
    """The codes among the subjects to which the actor may do this, in their order."""
    return [subject.cooperation for subject in subjects if may(actor, action, subject, on)]


class Pen(msgspec.Struct, frozen=True):
    """With which roles somebody writes in one dossier (or the register), and for which insurers."""

    roles: frozenset[Role] = frozenset()
    insurers: frozenset[str] = frozenset()
    """The insurers in whose name is written; only with a role of an insurer."""

    def may(self, place: str, attribute: str | None = None) -> bool:
        """Whether records of this place, or this field of them, may be written."""
        return not self.roles.isdisjoint(writers(place, attribute))

    def may_check(self, place: str) -> bool:
        """Whether evidence of records of this place may be marked as checked."""
        return not self.roles.isdisjoint(checkers(place))

    @property
    def is_insurers(self) -> bool:
        """Only in the name of an insurer: single practices are not seen, another insurer's papers not written."""
        return bool(self.roles) and self.roles <= INSURERS.keys()


def pen(actor: Actor, subject: Subject | None, on: date) -> Pen:
    """What the actor writes with on a day; `subject` None = the register, which concerns no cooperation."""
    if _outside_token(actor, Action.write_records, subject):
        return Pen()
    reach = {**INSIDERS, **INSURERS, **ADMINISTRATOR}
    held = [
        grant
        for grant in actor.grants
        if grant.holds(on) and (subject is None or _reaches(reach[grant.role], grant, subject))
    ]
    insurers = frozenset(grant.insurer for grant in held if grant.insurer)
    return Pen(frozenset(grant.role for grant in held), insurers)


def reading_along(cooperation: str, insurer: str | None, starts_on: date) -> Actor:
    """Who came in by a link to one cooperation: a reader of the insurer it is linked to, there and nowhere else."""
    grant = Grant(role=Role.insurer_reader, cooperation=cooperation, insurer=insurer, starts_on=starts_on)
    return Actor(account=0, name="", grants=(grant,), only=frozenset({cooperation}))


def _outside_token(actor: Actor, action: Action, subject: Subject | None) -> bool:
    """A limited token touches its own cooperations; of what concerns none in particular it only reads."""
    if not actor.has_account and action not in READING:
        return True
    if actor.only is None:
        return False
    return action not in READING if subject is None else subject.cooperation not in actor.only


def _reaches(reach: Reach, grant: Grant, subject: Subject | None) -> bool:
    if reach is Reach.house:
        return True
    if subject is None:
        return reach is Reach.everywhere
    if reach is Reach.everywhere:
        return True
    if reach is Reach.own or grant.insurer is None:
        # A cooperation that has no insurer on the day can still be read along with.
        return grant.cooperation == subject.cooperation
    return grant.insurer in subject.insurers and grant.cooperation in (None, subject.cooperation)
