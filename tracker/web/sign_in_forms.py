"""The forms of the sign-in library, in our words, with a count of what is tried.

Nothing here tells whether an address has an account: unknown and known ones get the same words after the same work.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable
from ipaddress import ip_address, ip_network
from typing import Any

from flask import Response, after_this_request, current_app, request
from flask_babel import gettext as _
from flask_security import (
    ChangeEmailForm,
    ChangePasswordForm,
    ForgotPasswordForm,
    Form,
    LoginForm,
    MfRecoveryForm,
    ResetPasswordForm,
    TwoFactorSelectForm,
    TwoFactorVerifyCodeForm,
    VerifyForm,
    WebAuthnRegisterForm,
    current_user,
    hash_password,
)
from flask_security.utils import hash_data
from wtforms import Field
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]

from tracker.operations.sign_in import WINDOW, AttemptKind, begin_attempt, fail_attempt, pass_attempt
from tracker.web.letters import letter
from tracker.web.sign_in_parts import hold, store

LENGTH_OF_A_HASH = 97
LONGEST_PASSWORD = 200
"""More than anybody types; hashing a book would keep the house busy."""


def name_fields(form: Form, **labels: str) -> None:
    """Give fields their labels in the language of who reads."""
    for name, text in labels.items():
        field: Field = getattr(form, name)
        field.label.text = text


def tried(form: Form, email: str, kind: AttemptKind, judge: Callable[[], bool]) -> bool:
    """Judge a try unless there were too many; then the answer is 429 and nothing is looked at."""
    number = begin_attempt(email=email, kind=kind, client_hash=client_hash())
    if number is None:
        _refuse(form, kind)
        return False
    fits = judge()
    if fits:
        # A password hashed anew is the library's own change: it stands before ours begins.
        store()
        pass_attempt(number=number)
    return fits


def _refuse(form: Form, kind: AttemptKind) -> None:
    if kind is AttemptKind.password:
        hash_password("as slow as a look at it")
    form.form_errors.append(_("Te vaak geprobeerd. Probeer het over een kwartier opnieuw."))

    @after_this_request
    def say_so(response: Response) -> Response:
        response.status_code = 429
        response.headers["Retry-After"] = str(int(WINDOW.total_seconds()))
        return response


def client_hash() -> str:
    """Where the request comes from, keyed, so that it can be counted and not read; of IPv6 the network of a house."""
    address = ip_address(request.remote_addr or "0.0.0.0")  # noqa: S104 -- no address to listen on
    place = str(ip_network((address, 64), strict=False)) if address.version == 6 else str(address)
    return hmac.digest(current_app.config["SECRET_KEY"].encode(), place.encode(), "sha256").hex()


def _short_enough(form: Form, *names: str) -> bool:
    """Refuse an endless password before it is hashed."""
    too_long = [name for name in names if len(getattr(form, name).data or "") > LONGEST_PASSWORD]
    for name in too_long:
        getattr(form, name).errors = [_("Kies een wachtwoord van ten hoogste %(most)s tekens.", most=LONGEST_PASSWORD)]
    return not too_long


class SignInForm(LoginForm):
    """Address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.remember
        name_fields(self, email=_("E-mailadres"), password=_("Wachtwoord"))
        self.password.description = ""
        self.next.data = self.next.data or "/"

    def validate(self, **kwargs: Any) -> bool:
        """Whether this address and password may come in now."""
        if not (self.email.data and self.password.data):
            return bool(super().validate(**kwargs))
        # Far too long to be anybody's password: wrong, without the work of hashing all of it.
        self.password.data = self.password.data[: LONGEST_PASSWORD + 1]
        email = self.email.data
        return tried(self, email, AttemptKind.password, lambda: bool(super(SignInForm, self).validate(**kwargs)))


class ProofForm(VerifyForm):
    """The password once more, before something weighty."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name_fields(self, password=_("Wachtwoord"))

    def validate(self, **kwargs: Any) -> bool:
        """Whether it is the password of who is signed in."""
        if not self.password.data:
            return bool(super().validate(**kwargs))
        self.password.data = self.password.data[: LONGEST_PASSWORD + 1]
        email = current_user.email
        return tried(self, email, AttemptKind.password, lambda: bool(super(ProofForm, self).validate(**kwargs)))


class ForgottenForm(ForgotPasswordForm):
    """The address that a link to a new password goes to, if it has an account."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name_fields(self, email=_("E-mailadres"))

    def validate(self, **kwargs: Any) -> bool:
        """Whether a link goes out. Every request counts, and one in vain costs as much as another."""
        if not self.email.data:
            return bool(super().validate(**kwargs))
        number = begin_attempt(email=self.email.data, kind=AttemptKind.reset, client_hash=client_hash())
        if number is None:
            _refuse(self, AttemptKind.reset)
            return False
        known = bool(super().validate(**kwargs))
        if known:
            hash_password("the library does this for an address it does not know")
        else:
            hash_data("and this, of a text as long, for the link of one that it knows".ljust(LENGTH_OF_A_HASH))
            letter("reset", "nl", {"name": "", "link": "", "hours": 0})
            fail_attempt(number=number)
        return known


class NewPasswordForm(ResetPasswordForm):
    """A new password, by the link of a mail."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name_fields(self, password=_("Nieuw wachtwoord"), password_confirm=_("Nieuw wachtwoord, nog een keer"))

    def validate(self, **kwargs: Any) -> bool:
        """Whether this can be the new password."""
        fits = _short_enough(self, "password") and bool(super().validate(**kwargs))
        if fits:
            hold()
        return fits


class OtherPasswordForm(ChangePasswordForm):
    """From the password one has to another."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name_fields(self, password=_("Huidig wachtwoord"), new_password=_("Nieuw wachtwoord"))
        name_fields(self, new_password_confirm=_("Nieuw wachtwoord, nog een keer"))

    def validate(self, **kwargs: Any) -> bool:
        """Whether the old password is right and the new one will do; only a wrong old one counts as a try."""
        if not _short_enough(self, "password", "new_password"):
            return False
        if not self.password.data:
            return bool(super().validate(**kwargs))
        email = current_user.email

        def judge() -> bool:
            self.fits = bool(super(OtherPasswordForm, self).validate(**kwargs))
            return not self.password.errors

        fits = tried(self, email, AttemptKind.password, judge) and self.fits
        if fits:
            hold()
        return fits


class OtherAddressForm(ChangeEmailForm):
    """The address one wants to sign in with."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name_fields(self, email=_("Nieuw e-mailadres"))

    def validate(self, **kwargs: Any) -> bool:
        """Whether a link may go to this address; stored addresses are in lower case."""
        fits = bool(super().validate(**kwargs))
        self.email.data = (self.email.data or "").lower()
        return fits


class AppCodeForm(TwoFactorVerifyCodeForm):
    """The code of an authenticator app."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name_fields(self, code=_("Code uit uw app"))
        self.code.render_kw = {"autocomplete": "one-time-code", "inputmode": "numeric", "maxlength": 12}

    def validate(self, **kwargs: Any) -> bool:
        """Whether it is the code of now; at the setting up nothing can be guessed, so nothing is counted."""
        self.code.data = "".join((self.code.data or "").split())
        if not self.code.data:
            self.code.errors = [_("Vul de code in die nu in uw app staat.")]
            return False
        if self.is_setup or self.user is None:
            return bool(super().validate(**kwargs))
        email = self.user.email
        return tried(self, email, AttemptKind.code, lambda: bool(super(AppCodeForm, self).validate(**kwargs)))


class RecoveryCodeForm(MfRecoveryForm):
    """A recovery code in place of the second step."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name_fields(self, code=_("Herstelcode"))

    def validate(self, **kwargs: Any) -> bool:
        """Whether it is one of the codes that are left."""
        if not self.code.data or self.user is None:
            self.code.errors = [_("Vul een van uw herstelcodes in.")]
            return False
        email = self.user.email
        return tried(self, email, AttemptKind.code, lambda: bool(super(RecoveryCodeForm, self).validate(**kwargs)))


class StepForm(TwoFactorSelectForm):
    """Which second step, for who has several."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name_fields(self, which=_("Hoe wilt u verder?"))

    def words(self) -> list[tuple[str, str]]:
        """The choices in our words."""
        named = {"authenticator": _("Met een code uit mijn app"), "webauthn": _("Met een passkey")}
        return [(item.data, named.get(item.data, item.label.text)) for item in self.which]


class PasskeyForm(WebAuthnRegisterForm):
    """A new passkey: what it is called and what it is for."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name_fields(self, name=_("Naam van de passkey"), usage=_("Waarvoor gebruikt u hem?"))
        self.name.description = _("Bijvoorbeeld: telefoon, laptop of sleutelhanger.")
        self.usage.choices = [
            SelectChoice("first", _("Aanmelden zonder wachtwoord")),
            SelectChoice("secondary", _("Tweede stap na mijn wachtwoord")),
        ]
