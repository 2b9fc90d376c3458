"""The conversation with an organisation's own sign-in: authorization code with PKCE, state and nonce.

Needs the extra `sso`: tracker/web/oidc.py imports it only where the settings name an organisation.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from authlib.integrations.base_client import OAuthError
from authlib.integrations.flask_client import OAuth
from flask import Flask, session
from flask.typing import ResponseReturnValue
from joserfc.errors import JoseError
from requests import RequestException

from tracker.settings import SignInProvider
from tracker.web.oidc import ProviderAway, SignInBroken

PATIENCE = 5
"""Seconds that the organisation's sign-in has for each answer."""
STATE = "_state_"


class Provider:
    """One organisation's sign-in. What it publishes about itself is asked for once and kept in the process."""

    def __init__(self, app: Flask, chosen: SignInProvider) -> None:
        self.issuer, self._client_id = chosen.issuer, chosen.client_id
        self.name = chosen.name or "OpenID Connect"
        self._client = OAuth(app).register(
            "provider",
            client_id=chosen.client_id,
            client_secret=chosen.client_secret,
            server_metadata_url=f"{chosen.issuer.rstrip('/')}/.well-known/openid-configuration",
            client_kwargs={
                "scope": chosen.scopes,
                "code_challenge_method": "S256",
                "default_timeout": PATIENCE,
            },
        )

    def send(self, back: str) -> ResponseReturnValue:
        """Send the visitor there, to come back at the address `back`. Raises ProviderAway."""
        for begun in [name for name in session if name.startswith(STATE)]:
            del session[begun]  # whoever starts again starts anew, and the cookie stays small
        with _foreseen():
            answer: ResponseReturnValue = self._client.authorize_redirect(back)
            return answer

    def claims(self) -> Mapping[str, Any]:
        """What the organisation says of who came back, proved. Raises SignInBroken or ProviderAway."""
        known = {
            "iss": {"essential": True, "value": self.issuer},
            "aud": {"essential": True, "value": self._client_id},
            "sub": {"essential": True},
        }
        with _foreseen():
            token = self._client.authorize_access_token(claims_options=known)
            proved = token.get("userinfo")
            if not proved:
                raise SignInBroken("no identity token")
            if "userinfo_endpoint" not in self._client.load_server_metadata():
                return dict(proved)
            told = self._client.userinfo(token=token)
            if told.get("sub") != proved["sub"]:
                raise SignInBroken("two subjects")
            return {**told, **proved}


@contextmanager
def _foreseen() -> Iterator[None]:
    """Turn what the libraries raise into our two exceptions."""
    try:
        yield
    except RequestException as error:  # its answers that are no JSON are of this kind too
        raise ProviderAway(type(error).__name__) from error
    except (OAuthError, JoseError) as error:
        raise SignInBroken(type(error).__name__) from error
    except (RuntimeError, ValueError, TypeError, KeyError, AttributeError) as error:
        # A document of theirs without what it must hold.
        raise ProviderAway(type(error).__name__) from error
