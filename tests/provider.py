"""An organisation's own sign-in for tests: a real OpenID Connect provider, in a process of its own."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qs, urlsplit

import requests
from flask.testing import FlaskClient
from werkzeug.test import TestResponse


class Organisation:
    """The running provider: its people, and its page where they say who they are."""

    def __init__(self, port: int) -> None:
        self.issuer = f"http://localhost:{port}"

    def knows(self, subject: str, **claims: Any) -> None:
        """Have somebody with these claims, in place of what was known of them."""
        requests.put(f"{self.issuer}/users/{subject}", json=claims, timeout=10).raise_for_status()

    def signs(self, address: str, subject: str) -> str:
        """Sign in there on the page at that address; answers the path by which the browser comes back."""
        answer = requests.post(address, data={"sub": subject}, allow_redirects=False, timeout=10)
        assert answer.status_code == 302, answer.text
        back = urlsplit(answer.headers["Location"])
        return f"{back.path}?{back.query}"


def begin(client: FlaskClient, path: str = "/aanmelden/organisatie") -> str:
    """Follow the link on the sign-in page; answers the address of the organisation's own page."""
    answer = client.get(path)
    assert answer.status_code == 302, answer.get_data(as_text=True)
    return answer.headers["Location"]


def visit(client: FlaskClient, organisation: Organisation, subject: str, path: str = "") -> TestResponse:
    """Come in through the organisation; answers what the house says to who comes back."""
    return client.get(organisation.signs(begin(client, path or "/aanmelden/organisatie"), subject))


def asked(address: str) -> dict[str, str]:
    """What the house asks of the organisation in an address."""
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


@contextmanager
def running_organisation() -> Iterator[Organisation]:
    """Start the provider on a free port and stop it afterwards."""
    with socket.create_server(("localhost", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), "--require-nonce", "true"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        organisation = Organisation(port)
        _wait(organisation, process)
        yield organisation
    finally:
        process.terminate()
        process.wait(timeout=10)


def _wait(organisation: Organisation, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until and process.poll() is None:
        try:
            requests.get(f"{organisation.issuer}/.well-known/openid-configuration", timeout=1).raise_for_status()
        except requests.RequestException:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError("the provider did not start")
