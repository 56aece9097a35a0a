"""A killed server, worker or database loses nothing that was acknowledged (`python -m tests.web.faults` for many times)."""

import pytest

from tests.web import postgres
from tests.web.faults import try_it


@pytest.mark.slow
def test_what_was_acknowledged_outlives_the_processes():
    told = try_it(4, 7, on_postgres=False)
    assert told["faults"] == []
    assert told["answered"] > 0


@pytest.mark.slow
@pytest.mark.skipif(postgres.programs() is None, reason="no PostgreSQL on this machine: make system")
def test_what_was_acknowledged_outlives_the_database_too():
    told = try_it(6, 7, on_postgres=True)
    assert told["faults"] == []
    assert told["failed"][503] > 0
