"""What the sign-in library leaves to the house: its mail, the codes of an app, recovery codes and passkeys."""

from __future__ import annotations

import base64
import hashlib
import logging
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from flask import Response, after_this_request, current_app
from flask_security import MailUtil, MfRecoveryCodesUtil, Totp, UserMixin, WebauthnUtil
from passlib.exc import UsedTokenError
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from tracker import clock, labels
from tracker.extensions import db
from tracker.models.accounts import Account
from tracker.operations.sign_in import make_recovery_codes, use_app_code, use_recovery_code
from tracker.web.letters import public, send

log = logging.getLogger(__name__)


def app_secrets(secret_key: str) -> dict[str, str]:
    """The key under which the secrets of authenticator apps are stored: another than the one that signs sessions."""
    return {"1": hashlib.sha256(b"authenticator app " + secret_key.encode()).hexdigest()}


class Post(MailUtil):
    """Sends the library's mails as letters of the house."""

    def send_mail(
        self, template: str, subject: str, recipient: Any, sender: Any, body: Any, html: Any, **values: Any
    ) -> None:
        """Queue a letter, once the change that it is about is stored."""
        holder: Account = values["user"]
        link = values.get("reset_link") or values.get("link")
        write_later(
            holder,
            to=str(recipient),
            template=template,
            link=public(urlsplit(link).path) if link else "",
            hours=_hours("CHANGE_EMAIL_WITHIN" if template == "confirm_address" else "RESET_PASSWORD_WITHIN"),
        )


def store() -> None:
    """Store what the library changed itself, before a change of ours begins."""
    db.session.commit()


def hold() -> None:
    """Take SQLite's lock for the change that the library is about to make.

    Making a hash takes long: a write that was begun by reading would find the database changed meanwhile, and fail.
    """
    db.session.rollback()
    db.session.connection(execution_options={"begin": "immediate"})


def _hours(setting: str) -> int:
    within: timedelta = current_app.config[f"SECURITY_{setting}"]
    return int(within / timedelta(hours=1))


def write_later(holder: Account, *, to: str, template: str, **values: Any) -> None:
    """Write to somebody about the own account at the end of this request; what the library changed is stored first."""
    language, by = holder.language, f"account {holder.id}"
    values |= {"name": holder.name, "moment": labels.moment_text(clock.now(), language)}

    @after_this_request
    def write(response: Response) -> Response:
        store()
        send(to=to, template=template, language=language, values=values, by=by)
        return response


class AppCodes(Totp):
    """The codes of authenticator apps: each is good once."""

    def verify_totp(self, token: str, totp_secret: str, user: UserMixin, window: int = 0) -> bool:
        """Whether it is the code of now. A secret that can not be read any more (SECRET_KEY was changed) fits none."""
        try:
            return bool(super().verify_totp(token, totp_secret, user, window))
        except (ValueError, KeyError):
            log.warning("the secret of an authenticator app can not be read", extra={"account": user.id})
            return False

    def set_last_counter(self, user: UserMixin, tmatch: Any) -> None:
        """Use the code up. Raises UsedTokenError when it was used before."""
        if not use_app_code(account=user.id, counter=tmatch.counter):
            raise UsedTokenError

    def generate_qrcode(self, username: str, totp: str) -> str:
        """The address of the drawing for the app, as data."""
        import qrcode  # only when somebody sets up an app
        from qrcode.image.svg import SvgPathFillImage

        drawn = qrcode.make(self.get_totp_uri(username, totp), image_factory=SvgPathFillImage, border=2)
        return "data:image/svg+xml;base64," + base64.b64encode(drawn.to_string()).decode("ascii")


class RecoveryCodes(MfRecoveryCodesUtil):
    """Recovery codes: shown once, kept as hashes, each good once."""

    def create_recovery_codes(self, user: UserMixin) -> list[str]:
        """New codes in place of all others."""
        return make_recovery_codes(account=user.id)

    def get_recovery_codes(self, user: UserMixin) -> list[str]:
        """None: they are not shown again."""
        return []

    def check_recovery_code(self, user: UserMixin, code: str) -> bool:
        """Whether the code is one of those left; it is used up by asking, so that two at once can not both have it."""
        return use_recovery_code(account=user.id, code=code)

    def delete_recovery_code(self, user: UserMixin, code: str) -> bool:
        """It is gone since it was checked."""
        return True


class Passkeys(WebauthnUtil):
    """What a passkey must be able to."""

    def authenticator_selection(self, user: UserMixin, usage: str) -> AuthenticatorSelectionCriteria:
        """In place of a password it proves who holds it, by finger or code; after a password holding it is enough."""
        wanted = AuthenticatorSelectionCriteria()
        if usage == "first":
            wanted.resident_key = ResidentKeyRequirement.REQUIRED
            wanted.user_verification = UserVerificationRequirement.REQUIRED
        else:
            wanted.resident_key = ResidentKeyRequirement.DISCOURAGED
            wanted.user_verification = UserVerificationRequirement.DISCOURAGED
        return wanted

    def user_verification(self, user: UserMixin | None, usage: list[str]) -> UserVerificationRequirement:
        """The same at signing in."""
        secondary = "secondary" in usage
        return UserVerificationRequirement.DISCOURAGED if secondary else UserVerificationRequirement.REQUIRED
