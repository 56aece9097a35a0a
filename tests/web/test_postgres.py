"""What holds on SQLite holds on PostgreSQL."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.web import postgres

HERE = Path(__file__).parent
# Not run again: what these try is the same whatever the rows lie in. A module that isn't named here is run.
LEFT_OUT = {
    "test_assets": "files of the package",
    "test_check_downloads": "files written from a record; that it is kept and found is tried by test_check_judging",
    "test_check_showing": "a page drawn from a record, as above",
    "test_columns": "a script in the browser",
    "test_fault_pages": "pages that ask for nothing",
    "test_form_words": "words of forms, read from the package",
    "test_navigation": "which link is marked",
    "test_printing": "how figures and days are printed",
    "test_rulebooks": "rule-books and rules, read from the package",
    "test_serving": "ports and processes",
    "test_style": "the look of parts",
    "test_workflow": "a table of the standard library alone",
}
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(postgres.programs() is None, reason="no PostgreSQL on this machine: make system"),
]


def run(*words: str) -> None:
    """Run tests on a cluster of their own; what they cover was counted on SQLite already."""
    command = [sys.executable, "-m", "tests.web.postgres", sys.executable, "-m", "pytest", "-q", "-n", "0"]
    own = {name: value for name, value in os.environ.items() if not name.startswith(("COV_", "COVERAGE_"))}
    ran = subprocess.run(
        [*command, "--no-header", *words],
        check=False,
        capture_output=True,
        text=True,
        cwd=HERE.parent.parent,
        env=own,
    )
    assert ran.returncode == 0, ran.stdout[-4000:] + ran.stderr[-2000:]


def test_the_web_tests_pass_on_postgresql_too() -> None:
    assert all((HERE / f"{name}.py").is_file() for name in LEFT_OUT)
    run("-m", "not slow", str(HERE), *(f"--ignore={HERE / name}.py" for name in LEFT_OUT))


def test_the_year_is_played_on_postgresql_too() -> None:
    run(str(HERE / "test_year_browser.py"))
