"""Whatever a program sends, the API answers as it describes: never a 5xx, never another shape."""

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tracker.operations.accounts import create_token

HELD_TO = (not_a_server_error, content_type_conformance, response_schema_conformance, status_code_conformance)
CALLS = 7


@pytest.mark.slow
def test_no_call_ends_in_a_server_error_or_an_undescribed_shape(demo: Flask):
    with demo.app_context():
        token = create_token(email="beheerder@demo.example", by="tests")
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", demo)
    operations = [found.ok() for found in schema.get_all_operations()]
    assert len(operations) == CALLS
    for operation in operations:
        hold(operation, token)


def hold(operation, token):
    """Send an operation thirty calls of every sort and look at each answer."""

    @settings(max_examples=30, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy())
    def send(case):
        answer = case.call(headers={"Authorization": f"Bearer {token}"})
        case.validate_response(answer, checks=HELD_TO)

    send()
