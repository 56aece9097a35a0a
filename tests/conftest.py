"""How hypothesis behaves here, which every test may lean on; and a store of readings that is nobody's own."""

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# Time says nothing on a shared machine: no deadline, and no complaint about slow data.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("quick", parent=settings.get_profile("house"), max_examples=30)
settings.load_profile("house")

# A run holds a million objects that stay to its end, and looking through them for what can go is a sixth of its time.
gc.set_threshold(10_000)

# What takes minutes in a process of its own: begun last, it would keep one worker busy while the others have nothing to do.
LONGEST = ("test_postgres.py", "test_year_browser.py")


# Their slow tests try many papers on lines that their quick ones are counted on; to count them again doubles the time.
COUNTED_WHEN_QUICK = {"audit", "layouts", "model", "papers", "proof", "reading"}


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest, and leave uncounted what was counted."""
    items.sort(key=lambda item: item.path.name not in LONGEST)
    for item in items:
        folder = item.path.relative_to(Path(__file__).parent).parts[0]
        if folder in COUNTED_WHEN_QUICK and item.get_closest_marker("slow"):
            item.add_marker("no_cover")


def pytest_collection_finish() -> None:
    """Look no more through the tests and their modules for what can go."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True, scope="session")
def nobodys_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what commands read in a folder of this run, never in the user's."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setenv("JIXIAO_CACHE", str(tmp_path_factory.mktemp("store")))
        yield


@pytest.fixture
def unmeasured(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the lines uncounted that run in processes which a test starts.

    Counted, heavy work takes many times as long, and its memory isn't what a user's process takes. What such a test
    runs is counted where smaller ones run it.
    """
    for name in [name for name in os.environ if name.startswith(("COV_", "COVERAGE_"))]:
        monkeypatch.delenv(name)
