"""How the sign-in library is set: its addresses, its times, and what it says, in words that tell a stranger nothing."""

from datetime import timedelta
from pathlib import Path

import tracker
from tracker import clock


def N_(text: str) -> str:  # noqa: N802 -- the name by which texts are gathered that are translated where they are shown
    """Mark a text for the catalogue; the library translates it in the language of who reads."""
    return text


ADDRESSES = {
    "SECURITY_LOGIN_URL": "/aanmelden",
    "SECURITY_LOGOUT_URL": "/afmelden",
    "SECURITY_VERIFY_URL": "/aanmelden/bevestigen",
    "SECURITY_WAN_VERIFY_URL": "/aanmelden/bevestigen-met-passkey",
    "SECURITY_WAN_SIGNIN_URL": "/aanmelden/passkey",
    "SECURITY_TWO_FACTOR_TOKEN_VALIDATION_URL": "/aanmelden/code",
    "SECURITY_TWO_FACTOR_SELECT_URL": "/aanmelden/tweede-stap",
    "SECURITY_TWO_FACTOR_RESCUE_URL": "/aanmelden/hulp",
    "SECURITY_MULTI_FACTOR_RECOVERY_URL": "/aanmelden/herstelcode",
    "SECURITY_RESET_URL": "/wachtwoord/vergeten",
    "SECURITY_CHANGE_URL": "/mijn-account/wachtwoord",
    "SECURITY_CHANGE_EMAIL_URL": "/mijn-account/e-mailadres",
    "SECURITY_TWO_FACTOR_SETUP_URL": "/mijn-account/app",
    "SECURITY_MULTI_FACTOR_RECOVERY_CODES_URL": "/mijn-account/herstelcodes",
    "SECURITY_WAN_REGISTER_URL": "/mijn-account/passkeys",
    "SECURITY_WAN_DELETE_URL": "/mijn-account/passkey-verwijderen",
}
"""Where the pages of the library stand."""

AFTERWARDS = {
    "SECURITY_POST_LOGOUT_VIEW": "/aanmelden",
    "SECURITY_POST_CHANGE_VIEW": "/mijn-account",
    "SECURITY_POST_CHANGE_EMAIL_VIEW": "/aanmelden",
    "SECURITY_POST_RESET_VIEW": "/aanmelden",
    "SECURITY_TWO_FACTOR_POST_SETUP_VIEW": "/mijn-account",
    "SECURITY_TWO_FACTOR_ERROR_VIEW": "/aanmelden",
    "SECURITY_POST_VERIFY_VIEW": "/mijn-account",
}
"""Where one goes when something is done."""

MANNER = {
    "SECURITY_RECOVERABLE": True,
    "SECURITY_CHANGEABLE": True,
    "SECURITY_CHANGE_EMAIL": True,
    "SECURITY_TWO_FACTOR": True,
    "SECURITY_TWO_FACTOR_ENABLED_METHODS": ["authenticator"],
    "SECURITY_TWO_FACTOR_RESCUE_EMAIL": False,
    # Half a minute early or late: a clock may be wrong, a code that somebody saw is soon worthless.
    "SECURITY_TWO_FACTOR_AUTHENTICATOR_VALIDITY": 30,
    "SECURITY_MULTI_FACTOR_RECOVERY_CODES": True,
    "SECURITY_TOTP_ISSUER": "Regiotracker",
    "SECURITY_WEBAUTHN": True,
    "SECURITY_WAN_RP_NAME": "Regiotracker",
    # The keys of an address are not listed to who only types that address.
    "SECURITY_WAN_ALLOW_USER_HINTS": False,
    "SECURITY_WAN_POST_REGISTER_VIEW": "/mijn-account/passkeys",
    "SECURITY_PASSWORD_HASH": "argon2",
    "SECURITY_PASSWORD_SCHEMES": ["argon2"],
    "SECURITY_DEPRECATED_PASSWORD_SCHEMES": [],
    # argon2id brings its own salt; mixing SECRET_KEY in would end every password with the key.
    "SECURITY_PASSWORD_SINGLE_HASH": {"argon2"},
    "SECURITY_PASSWORD_LENGTH_MIN": 12,
    "SECURITY_RESET_PASSWORD_WITHIN": timedelta(hours=2),
    "SECURITY_CHANGE_EMAIL_WITHIN": timedelta(hours=2),
    # Changing how one comes in asks for proof of the last half hour.
    "SECURITY_FRESHNESS": timedelta(minutes=30),
    "SECURITY_FRESHNESS_GRACE_PERIOD": timedelta(minutes=10),
    "SECURITY_API_ENABLED_METHODS": ["session"],
    "SECURITY_DATETIME_FACTORY": clock.now,
    "SECURITY_CACHE_CONTROL": None,
    "SECURITY_RETURN_GENERIC_RESPONSES": True,
    # Whether a mail arrives, the mail says; a page does not wait for what others know about a name.
    "SECURITY_EMAIL_VALIDATOR_ARGS": {"check_deliverability": False},
    "SECURITY_JOIN_USER_ROLES": False,
    "SECURITY_STATIC_FOLDER": None,
    "SECURITY_LOGOUT_CSRF": True,
    "SECURITY_I18N_DOMAIN": "messages",
    "SECURITY_I18N_DIRNAME": [str(Path(tracker.__file__).parent / "translations")],
}
"""What the library does, for how long, and in which words."""

LETTERS = {
    "SECURITY_EMAIL_PLAINTEXT": False,
    "SECURITY_EMAIL_HTML": False,
    "SECURITY_EMAIL_TEMPLATE_PASSWORD_RESET": "reset",
    "SECURITY_EMAIL_TEMPLATE_PASSWORD_RESET_NOTICE": "changed_password",
    "SECURITY_EMAIL_TEMPLATE_PASSWORD_CHANGE_NOTICE": "changed_password",
    "SECURITY_CHANGE_EMAIL_EMAIL_TEMPLATE": "confirm_address",
}
"""Its mails are letters of the house, written by web/letters.py."""

ERRORS = {
    "GENERIC_AUTHN_FAILED": N_("Deze combinatie van e-mailadres en wachtwoord klopt niet."),
    "EMAIL_NOT_PROVIDED": N_("Vul uw e-mailadres in."),
    "INVALID_EMAIL_ADDRESS": N_("Vul een e-mailadres in, zoals naam@voorbeeld.nl."),
    "USER_DOES_NOT_EXIST": N_("Deze combinatie van e-mailadres en wachtwoord klopt niet."),
    "DISABLED_ACCOUNT": N_("Deze combinatie van e-mailadres en wachtwoord klopt niet."),
    "EMAIL_ALREADY_ASSOCIATED": N_("Dit adres kan niet. Kies een ander e-mailadres."),
    "IDENTITY_ALREADY_ASSOCIATED": N_("Dit adres kan niet. Kies een ander e-mailadres."),
    "PASSWORD_NOT_PROVIDED": N_("Vul uw wachtwoord in."),
    "INVALID_PASSWORD": N_("Dit wachtwoord klopt niet."),
    "PASSWORD_MISMATCH": N_("Vul twee keer hetzelfde wachtwoord in."),
    "RETYPE_PASSWORD_MISMATCH": N_("Vul twee keer hetzelfde wachtwoord in."),
    "PASSWORD_INVALID_LENGTH": N_("Kies een wachtwoord van ten minste %(length)s tekens."),
    "PASSWORD_TOO_SIMPLE": N_("Kies een wachtwoord dat moeilijker te raden is."),
    "PASSWORD_IS_THE_SAME": N_("Kies een ander wachtwoord dan u nu heeft."),
    "PASSWORD_RESET_EXPIRED": N_("Deze link is ouder dan %(within)s. Vraag een nieuwe aan."),
    "INVALID_RESET_PASSWORD_TOKEN": N_("Deze link werkt niet meer. Vraag een nieuwe aan."),
    "CHANGE_EMAIL_EXPIRED": N_("Deze link is ouder dan %(within)s. Vraag een nieuwe aan."),
    "API_ERROR": N_("Dit is niet gelukt. Begin opnieuw."),
    "INVALID_INPUT": N_("Dit past hier niet. Vul het anders in."),
    "INVALID_INPUT_LENGTH": N_("Houd het korter dan %(length)s tekens."),
    "INVALID_REDIRECT": N_("Dit adres ligt buiten Regiotracker."),
    "UNAUTHENTICATED": N_("Meld u aan om verder te gaan."),
    "UNAUTHORIZED": N_("Dit mag u niet."),
    "REAUTHENTICATION_REQUIRED": N_("Bevestig eerst dat u het bent."),
    "ANONYMOUS_USER_REQUIRED": N_("U bent al aangemeld."),
    "TWO_FACTOR_INVALID_TOKEN": N_("Deze code klopt niet. Vul de code in die nu in uw app staat."),
    "INVALID_CODE": N_("Deze code klopt niet. Vul de code in die nu in uw app staat."),
    "INVALID_RECOVERY_CODE": N_("Deze herstelcode klopt niet, of is al gebruikt."),
    "TWO_FACTOR_PERMISSION_DENIED": N_("Uw aanmelding is verlopen. Begin opnieuw."),
    "TWO_FACTOR_METHOD_NOT_AVAILABLE": N_("Kies een van de mogelijkheden."),
    "TWO_FACTOR_SETUP_EXPIRED": N_("Dit duurde langer dan %(within)s. Begin opnieuw."),
    "WEBAUTHN_EXPIRED": N_("Dit duurde langer dan %(within)s. Begin opnieuw."),
    "WEBAUTHN_NAME_REQUIRED": N_("Geef de passkey een naam."),
    "WEBAUTHN_NAME_INUSE": N_("U heeft al een passkey met de naam ‘%(name)s’. Kies een andere naam."),
    "WEBAUTHN_NAME_NOT_FOUND": N_("U heeft geen passkey met de naam ‘%(name)s’."),
    "WEBAUTHN_NAME_DISALLOWED_CHARACTERS": N_("Gebruik in de naam alleen letters, cijfers, spaties en streepjes."),
    "WEBAUTHN_CREDENTIAL_ID_INUSE": N_("Deze passkey is al toegevoegd."),
    "WEBAUTHN_UNKNOWN_CREDENTIAL_ID": N_("Deze passkey hoort niet bij een account hier."),
    "WEBAUTHN_ORPHAN_CREDENTIAL_ID": N_("Deze passkey hoort niet bij een account hier."),
    "WEBAUTHN_MISMATCH_USER_HANDLE": N_("Deze passkey hoort niet bij uw account."),
    "WEBAUTHN_CREDENTIAL_WRONG_USAGE": N_("Deze passkey is hier niet voor. Kies een andere passkey."),
    "WEBAUTHN_NO_VERIFY": N_("De passkey kon niet worden gecontroleerd. Probeer het opnieuw."),
}
"""What is wrong and what to do, by the library's name for it. Where an address must not be told, it is not."""

NEWS = {
    "PASSWORD_RESET_REQUEST": N_("Hoort dit adres bij een account? Dan krijgt u een mail met een link."),
    "PASSWORD_RESET_NO_LOGIN": N_("Uw wachtwoord is gewijzigd. Meld u aan met uw nieuwe wachtwoord."),
    "PASSWORD_CHANGE": N_("Uw wachtwoord is gewijzigd. Op andere plaatsen bent u afgemeld."),
    "CHANGE_EMAIL_SENT": N_("We stuurden een link naar %(email)s. Uw adres wijzigt als u die link opent."),
    "CHANGE_EMAIL_CONFIRMED": N_("Uw e-mailadres is gewijzigd. Meld u aan met het nieuwe adres."),
    "REAUTHENTICATION_SUCCESSFUL": N_("Dank u. U kunt verder."),
    "TWO_FACTOR_LOGIN_SUCCESSFUL": N_("U bent aangemeld."),
    "TWO_FACTOR_CHANGE_METHOD_SUCCESSFUL": N_("De app is ingesteld. Voortaan vragen we bij het aanmelden om een code."),
    "TWO_FACTOR_DISABLED": N_("De app is uitgezet. Aanmelden gaat nu zonder code."),
    "WEBAUTHN_REGISTER_SUCCESSFUL": N_("De passkey ‘%(name)s’ is toegevoegd."),
    "WEBAUTHN_CREDENTIAL_DELETED": N_("De passkey ‘%(name)s’ is verwijderd."),
}
"""What was done."""

MESSAGES = {f"SECURITY_MSG_{name}": (text, "error") for name, text in ERRORS.items()} | {
    f"SECURITY_MSG_{name}": (text, "info") for name, text in NEWS.items()
}
LIBRARY = ADDRESSES | AFTERWARDS | MANNER | LETTERS | MESSAGES
"""All settings of the library that do not hang on the installation."""
