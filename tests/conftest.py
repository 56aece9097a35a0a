"""How hypothesis behaves here, which every test may lean on; and a store of readings that is nobody's own."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

# Time says nothing on a shared machine: no deadline, and no complaint about slow data.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("quick", parent=settings.get_profile("house"), max_examples=30)
settings.load_profile("house")


@pytest.fixture(autouse=True, scope="session")
def nobodys_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what commands read in a folder of this run, never in the user's."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setenv("JIXIAO_CACHE", str(tmp_path_factory.mktemp("store")))
        yield
