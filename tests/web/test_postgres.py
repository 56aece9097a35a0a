"""What holds on SQLite holds on PostgreSQL."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.web import postgres

HERE = Path(__file__).parent


@pytest.mark.slow
@pytest.mark.skipif(postgres.programs() is None, reason="no PostgreSQL on this machine: make system")
def test_the_web_tests_pass_on_postgresql_too():
    command = [sys.executable, "-m", "tests.web.postgres", sys.executable, "-m", "pytest"]
    ran = subprocess.run(
        [*command, "-q", "-n", "0", "-m", "not slow", "--no-header", str(HERE)],
        check=False,
        capture_output=True,
        text=True,
        cwd=HERE.parent.parent,
    )
    assert ran.returncode == 0, ran.stdout[-4000:] + ran.stderr[-2000:]
