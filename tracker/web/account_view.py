"""What stands on the page of the own account."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from tracker import clock, labels
from tracker.domain.policy import Actor, Grant
from tracker.models.accounts import Account
from tracker.programmes import load_programmes
from tracker.queries.accounts import account, sessions_of
from tracker.web.frame import language


def account_page(actor: Actor) -> dict[str, Any]:
    """The view model of templates/account/index.html."""
    holder = account(actor.account)
    return {
        "email": holder.email,
        "email_url": url_for("security.change_email"),
        "roles": _roles(actor.grants),
        "password": _password(holder),
        "app": _app(holder),
        "codes": _codes(holder),
        "passkeys": _passkeys(holder),
        "sessions": _sessions(holder),
    }


def _moment(moment: datetime | None) -> str:
    return labels.moment_text(moment, language()) if moment else _("onbekend")


def _day(day: date | None) -> str:
    return labels.day_words(day, language()) if day else _("geen einddatum")


def _roles(grants: tuple[Grant, ...]) -> dict[str, Any] | None:
    """The roles that hold now or later; those that ended are no use to anybody here."""
    on = clock.real_today()
    insurers = {item.insurer.key: item.insurer.name for item in load_programmes() if item.insurer}
    held = [grant for grant in grants if grant.ends_on is None or grant.ends_on >= on]
    if not held:
        return None
    rows = [
        [
            labels.word(grant.role, language()),
            grant.cooperation or insurers.get(grant.insurer or "", grant.insurer) or _("alle regio’s"),
            _day(grant.starts_on),
            _day(grant.ends_on),
        ]
        for grant in held
    ]
    heads = (_("Rol"), _("Voor"), _("Vanaf"), _("Tot en met"))
    return {
        "caption": _("Uw rollen"),
        "columns": [{"text": text} for text in heads],
        "rows": [{"cells": row} for row in rows],
        "label": _("Rollen met hun dagen"),
        "wide": True,
    }


def _password(holder: Account) -> dict[str, Any]:
    if not holder.password:
        return {"text": _("U heeft geen wachtwoord."), "action": _link(_("Wachtwoord kiezen"), "change_password")}
    changed = _("Laatst gewijzigd: %(moment)s.", moment=_moment(holder.password_changed_at))
    return {"text": changed, "action": _link(_("Wachtwoord wijzigen"), "change_password")}


def _link(text: str, endpoint: str) -> dict[str, str]:
    return {"text": text, "url": url_for(f"security.{endpoint}")}


def _app(holder: Account) -> dict[str, Any]:
    if holder.tf_primary_method:
        text = _("Aan. Bij het aanmelden vragen we om een code uit uw app.")
        return {"is_on": True, "text": text, "action": _link(_("App wijzigen of uitzetten"), "two_factor_setup")}
    text = _("Uit. Met een app op uw telefoon kan niemand met alleen uw wachtwoord naar binnen.")
    return {"is_on": False, "text": text, "action": _link(_("App instellen"), "two_factor_setup")}


def _codes(holder: Account) -> dict[str, Any] | None:
    """Recovery codes are of use beside a second step alone."""
    if not holder.tf_primary_method and not any(key.usage == "secondary" for key in holder.webauthn):
        return None
    left = len(holder.mf_recovery_codes or ())
    if not left:
        text = _("U heeft geen herstelcodes. Raakt u uw telefoon of passkey kwijt, dan kunt u niet meer aanmelden.")
        return {"missing": True, "text": text, "action": _link(_("Herstelcodes maken"), "mf_recovery_codes")}
    text = ngettext("U heeft nog %(num)s herstelcode.", "U heeft nog %(num)s herstelcodes.", left)
    return {"missing": False, "text": text, "action": _link(_("Nieuwe herstelcodes maken"), "mf_recovery_codes")}


def _passkeys(holder: Account) -> dict[str, Any]:
    count = len(holder.webauthn)
    text = (
        ngettext("U heeft %(num)s passkey.", "U heeft %(num)s passkeys.", count)
        if count
        else _("U heeft geen passkeys.")
    )
    return {"text": text, "action": _link(_("Passkeys beheren"), "wan_register")}


def passkey_rows(holder: Account) -> list[dict[str, str]]:
    """The passkeys of an account, for the page that adds and removes them."""
    uses = {"first": _("in plaats van het wachtwoord"), "secondary": _("als tweede stap")}
    return [
        {
            "name": key.name,
            "use": uses.get(key.usage, key.usage),
            "text": _("Toegevoegd %(moment)s", moment=_moment(key.created_at)),
            "used": _("Laatst gebruikt %(moment)s", moment=_moment(key.lastuse_datetime)),
        }
        for key in holder.webauthn
    ]


def _sessions(holder: Account) -> dict[str, Any]:
    begun = sessions_of(holder.id)
    text = ngettext("U bent aangemeld in %(num)s browser.", "U bent aangemeld in %(num)s browsers.", len(begun))
    return {"text": text, "since": [_moment(moment) for moment in begun], "url": url_for("account.leave")}
