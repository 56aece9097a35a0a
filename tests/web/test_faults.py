"""A killed server or worker loses nothing that was acknowledged (`python -m tests.web.faults` for many times)."""

import pytest

from tests.web.faults import try_it


@pytest.mark.slow
def test_what_was_acknowledged_outlives_the_processes():
    told = try_it(4, 7, on_postgres=False)
    assert told["faults"] == []
    assert told["answered"] > 0
