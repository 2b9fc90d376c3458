"""Programs that ask: a client with the token of one of the invented people."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tracker.operations.accounts import create_token

PEOPLE = {
    "administrator": "beheerder",
    "board_member": "bestuurder",
    "insurer_region_manager": "regiomanager",
    "insurer_reader": "meelezer",
    "practice_liaison": "praktijkadviseur",
}


@pytest.fixture
def ask(demo: Flask) -> Callable[..., TestResponse]:
    """Ask as somebody: `ask("/cooperations", "board_member")`, with a method and whatever the test client takes."""

    def token(role: str, only: tuple[str, ...] | None) -> str:
        with demo.app_context():
            return create_token(email=f"{PEOPLE[role]}@demo.example", by="tests", cooperations=only)

    def asked(
        path: str,
        role: str | None = "administrator",
        method: str = "GET",
        only: tuple[str, ...] | None = None,
        **more: Any,
    ) -> TestResponse:
        headers = {} if role is None else {"Authorization": f"Bearer {token(role, only)}"}
        return demo.test_client().open(f"/api/v1{path}", method=method, headers=headers, **more)

    return asked
