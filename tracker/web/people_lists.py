"""The lists of the administrator: people with filters, tokens, tries to sign in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from tracker import clock
from tracker.domain.policy import Role
from tracker.queries.people import Attempts, KnownToken, Person
from tracker.web.dates import here
from tracker.web.frame import fictional
from tracker.web.people_view import cooperation_choices, moment, person_row, regions, role_choices


class Filters(msgspec.Struct, frozen=True):
    """What the address asks for: a region, a role, whether the account is open."""

    region: str = ""
    role: str = ""
    state: str = ""

    @classmethod
    def of_request(cls) -> Filters:
        """From the address; a word nobody knows filters nothing."""
        region, role = request.args.get("regio", ""), request.args.get("rol", "")
        state = request.args.get("account", "")
        return cls(
            region if region in regions() else "",
            role if role in {item.value for item in Role} else "",
            state if state in ("open", "gesloten") else "",
        )

    def keep(self, found: Sequence[Person]) -> list[Person]:
        """The people that fit; a role counts while it holds or is still to begin."""
        return [item for item in found if self._fits(item)]

    def _fits(self, person: Person) -> bool:
        if self.state and person.active is not (self.state == "open"):
            return False
        if not (self.region or self.role):
            return True
        today = clock.real_today()
        return any(
            self.region in ("", role.cooperation) and self.role in ("", role.role.value)
            for role in person.roles
            if role.state(today) != "ended"
        )


def people_page(found: Sequence[Person]) -> dict[str, Any]:
    """The view model of templates/people/index.html."""
    filters = Filters.of_request()
    kept = filters.keep(found)
    button = {"text": _("Nodig iemand uit"), "url": url_for("people.invite"), "primary": True}
    return {
        "head": {"title": _("Mensen"), "fictional": fictional(), "buttons": [button]},
        "filters": {
            "active": [],
            "choices": [
                _choice("regio", _("Regio"), filters.region, cooperation_choices()),
                _choice("rol", _("Rol"), filters.role, role_choices()),
                _choice("account", _("Account"), filters.state, [("open", _("open")), ("gesloten", _("gesloten"))]),
            ],
            "result": ngettext("%(num)s persoon", "%(num)s mensen", len(kept)),
            "clear_url": url_for("people.index") if filters != Filters() else None,
        },
        "people": [person_row(item, url_for("people.detail", number=item.number)) for item in kept],
        "total": len(found),
    }


def _choice(name: str, label: str, value: str, options: Sequence[tuple[str, str]]) -> dict[str, Any]:
    everything = {"text": _("Alle"), "url": here(**{name: None}), "current": not value}
    listed = [{"text": text, "url": here(**{name: code}), "current": code == value} for code, text in options]
    return {"id": name, "label": label, "value": dict(options).get(value, _("alle")), "options": [everything, *listed]}


def tokens_page(found: Sequence[KnownToken]) -> dict[str, Any]:
    """The view model of templates/people/tokens.html, without its form."""
    return {
        "tokens": [
            {
                "name": item.name,
                "url": url_for("people.detail", number=item.account),
                "last_four": item.last_four,
                "scope": _("alles wat het account mag")
                if item.cooperations is None
                else ", ".join(regions().get(code, code) for code in item.cooperations),
                "made": moment(item.created_at),
                "state": _("geldig")
                if item.revoked_at is None
                else _("ingetrokken op %(moment)s", moment=moment(item.revoked_at)),
                "revoke_url": url_for("people.revoke_token", number=item.number) if item.revoked_at is None else None,
            }
            for item in found
        ]
    }


def attempts_page(found: Sequence[Attempts]) -> dict[str, Any]:
    """The view model of templates/people/attempts.html."""
    columns = (_("Wie"), _("Mislukt"), _("Gelukt"), _("Laatste poging"))
    rows = [
        {
            "cells": [
                {"text": item.account[1], "url": url_for("people.detail", number=item.account[0])}
                if item.account
                else _("onbekend adres %(mark)s", mark=item.who),
                str(item.failed),
                str(item.succeeded),
                moment(item.last_at),
            ]
        }
        for item in found
    ]
    table = {
        "caption": _("Pogingen om binnen te komen, de laatste zeven dagen"),
        "columns": [{"text": text, "numeric": number in (1, 2)} for number, text in enumerate(columns)],
        "rows": rows,
        "wide": True,
    }
    return {"table": table if rows else None}
