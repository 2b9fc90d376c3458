"""People on the screen: rows of lists, the roles of one person, invitations and links, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

from flask import g, url_for
from flask_babel import gettext as _

from tracker import clock, labels
from tracker.domain.policy import INSIDERS, Role
from tracker.models.people import AccountEvent, Invitation, ReadLink
from tracker.queries.history import cooperation_names
from tracker.queries.people import HeldRole, Person, change_of
from tracker.web.frame import language
from tracker.web.region import codes

Choices = list[tuple[str, str]]
EndUrls = Callable[[int], dict[str, str]]


def role_words(role: Role) -> str:
    """The role as it stands alone."""
    return labels.capital(labels.word(role, language()))


def role_choices(only: Iterable[Role] = Role) -> Choices:
    """Roles to choose from."""
    return [(role.value, role_words(role)) for role in only]


def own_roles() -> list[Role]:
    """The roles that a cooperation gives itself."""
    return [role for role in Role if role in INSIDERS]


def cooperation_choices() -> Choices:
    """Every cooperation, by name."""
    return sorted(regions().items(), key=lambda item: item[1].casefold())


def insurer_choices() -> Choices:
    """Every insurer that a programme or a list names."""
    return sorted(codes().insurers.items(), key=lambda item: item[1].casefold())


def regions() -> dict[str, str]:
    """The name of every cooperation by its code; asked once per request."""
    if "cooperation_names" not in g:
        g.cooperation_names = cooperation_names()
    held: dict[str, str] = g.cooperation_names
    return held


def scope_words(cooperation: str | None, insurer: str | None) -> str:
    """For whom a role is; nothing where it is for everything."""
    named = [codes().insurers.get(insurer, insurer)] if insurer else []
    named += [regions().get(cooperation, cooperation)] if cooperation else []
    return ", ".join(named)


def moment(at: datetime | None) -> str:
    """A moment in words; `nooit` where it never came."""
    return str(_("nooit") if at is None else labels.moment_text(at, language()))


def person_row(person: Person, url: str | None) -> dict[str, Any]:
    """One line of the list of people."""
    today = clock.real_today()
    held = [role for role in person.roles if role.state(today) != "ended"]
    return {
        "name": person.name,
        "url": url,
        "email": person.email,
        "roles": [_role_line(role) for role in held],
        "is_open": person.active,
        "state": state_words(person),
        "signed_in": moment(person.signed_in_at),
    }


def state_words(person: Person) -> str:
    """Whether the person can come in, and does so today."""
    if not person.active:
        return str(_("gesloten"))
    today = clock.real_today()
    return str(
        _("open") if any(role.state(today) == "held" for role in person.roles) else _("open, zonder rol vandaag")
    )


def _role_line(role: HeldRole) -> str:
    scope = scope_words(role.cooperation, role.insurer)
    words = f"{role_words(role.role)} ({scope})" if scope else role_words(role.role)
    if role.state(clock.real_today()) == "ahead":
        return str(_("%(role)s, vanaf %(day)s", role=words, day=labels.day_words(role.starts_on, language())))
    if role.ends_on:
        return str(_("%(role)s, t/m %(day)s", role=words, day=labels.day_words(role.ends_on, language())))
    return words


def role_rows(person: Person, roles: Sequence[HeldRole], end_url: EndUrls) -> list[dict[str, Any]]:
    """Roles of a person, those that hold first; `end_url(number)` for who may end them."""
    today, tongue = clock.real_today(), language()
    order = {"held": 0, "ahead": 1, "ended": 2}
    words = {"held": _("geldt nu"), "ahead": _("begint nog"), "ended": _("beëindigd")}
    return [
        {
            "number": role.number,
            "name": person.name,
            "email": person.email,
            "role": role_words(role.role),
            "scope": scope_words(role.cooperation, role.insurer) or _("alles"),
            "starts": labels.day_short(role.starts_on, tongue),
            "ends": _last_day(role),
            "state": words[role.state(today)],
            "elsewhere": role.is_given_elsewhere,
            "urls": None if role.state(today) == "ended" or role.is_given_elsewhere else end_url(role.number),
        }
        for role in sorted(roles, key=lambda item: (order[item.state(today)], item.starts_on, item.number))
    ]


def _last_day(role: HeldRole) -> str:
    if role.withdrawn_at is not None:
        return str(_("direct beëindigd op %(moment)s", moment=moment(role.withdrawn_at)))
    return str(labels.day_short(role.ends_on, language()) if role.ends_on else _("geen"))


def invitation_rows(found: Sequence[Invitation], revoke: str, **values: Any) -> list[dict[str, Any]]:
    """Invitations; `revoke` is the endpoint that ends one."""
    return [
        {
            "name": item.name,
            "email": item.email,
            "role": role_words(Role(item.role)),
            "scope": scope_words(item.cooperation, item.insurer) or _("alles"),
            "made": _("%(moment)s door %(name)s", moment=moment(item.made_at), name=item.made_by_name),
            "state": _invitation_state(item),
            "revoke_url": url_for(revoke, number=item.id, **values) if _is_open(item) else None,
        }
        for item in found
    ]


def _is_open(item: Invitation) -> bool:
    return item.accepted_at is None and item.revoked_at is None and item.valid_until >= clock.now()


def _invitation_state(item: Invitation) -> str:
    if item.accepted_at is not None:
        return str(_("aangenomen op %(moment)s", moment=moment(item.accepted_at)))
    if item.revoked_at is not None:
        return str(_("ingetrokken of vervangen"))
    day = until_words(item.valid_until)
    return str(_("open t/m %(day)s", day=day) if _is_open(item) else _("verlopen na %(day)s", day=day))


def until_words(until: datetime) -> str:
    """The last day on which a link works."""
    return labels.day_words(until.astimezone(clock.AMSTERDAM).date(), language())


def link_rows(found: Sequence[ReadLink], code: str) -> list[dict[str, Any]]:
    """The links to read along with a cooperation."""
    return [
        {
            "purpose": item.purpose,
            "made": _("%(moment)s door %(name)s", moment=moment(item.made_at), name=item.made_by_name),
            "used": moment(item.last_used_at),
            "state": _link_state(item),
            "revoke_url": url_for("region_people.revoke_link", code=code, number=item.id)
            if item.revoked_at is None and item.valid_until >= clock.now()
            else None,
        }
        for item in found
    ]


def _link_state(item: ReadLink) -> str:
    if item.revoked_at is not None:
        return str(
            _("ingetrokken door %(name)s op %(moment)s", name=item.revoked_by_name, moment=moment(item.revoked_at))
        )
    day = until_words(item.valid_until)
    return str(
        _("werkt t/m %(day)s", day=day) if item.valid_until >= clock.now() else _("verlopen na %(day)s", day=day)
    )


def event_rows(found: Sequence[AccountEvent]) -> list[dict[str, Any]]:
    """What happened to an account, as lines."""
    return [
        {
            "at": moment(event.at),
            "by": event.by,
            "what": labels.capital(labels.word(change_of(event), language())),
            "about": _about(event.about),
        }
        for event in found
    ]


def _about(about: dict[str, str | None]) -> str:
    if (last_four := about.get("token")) is not None:
        return str(_("eindigt op %(characters)s", characters=last_four))
    if (reason := about.get("reason")) is not None:
        return reason
    role = about.get("role")
    if role is None:
        return ""
    parts = [role_words(Role(role)), scope_words(about.get("cooperation"), about.get("insurer"))]
    parts += [_("t/m %(day)s", day=about["to"])] if about.get("to") else []
    return ", ".join(part for part in parts if part)
