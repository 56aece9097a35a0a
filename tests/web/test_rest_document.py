"""Whatever the http face's own document allows to be sent, it answers as the document says, and never fails."""

import json

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from jixiao.web.actions import tokens
from jixiao.web.log import Actor
from jixiao.web.rest import programs
from jixiao.web.rest.keys import SCOPES
from jixiao.web.wsgi import application
from tests.web import cast

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
DOCUMENT = json.loads(json.dumps(programs.get_openapi_schema(path_prefix="/api/v1/")))
OPERATIONS = [(path, method) for path, verbs in DOCUMENT["paths"].items() for method in verbs]


@pytest.fixture
def one_connection():
    """Keep the test's own connection, whose transaction is rolled back, over the requests."""
    ends = (request_started, request_finished)
    for signal in ends:
        signal.disconnect(close_old_connections)
    yield
    for signal in ends:
        signal.connect(close_old_connections)


@pytest.mark.slow
@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_what_the_document_allows_is_answered_as_it_says(path, method, county, one_connection):
    for number in range(3):
        cast.submission(county, name=f"项目{number}", state="at_department")
    _, word = tokens.make("试", tuple(SCOPES), 1, Actor(county["部门审核"], timezone.now()))
    document = schemathesis.openapi.from_dict(DOCUMENT)
    document.app = application

    @settings(
        max_examples=20, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
    )
    @given(document[path][method.upper()].as_strategy())
    def tried(case):
        answer = case.call(headers={"Authorization": f"Bearer {word}"}, base_url="http://localhost")
        case.validate_response(answer, checks=CHECKS)

    tried()
