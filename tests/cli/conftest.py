"""The command line as a fixture, and a paper to give it."""

from pathlib import Path

import pytest

from tests.command import Jixiao, runner
from tests.examples import FOLDER


@pytest.fixture
def jixiao(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Jixiao:
    return runner(capsys, monkeypatch)


@pytest.fixture
def right() -> Path:
    """A paper without faults."""
    return FOLDER / "村道养护自评表.txt"


@pytest.fixture
def wrong() -> Path:
    """A paper with faults."""
    return FOLDER / "卫生院设备自评表.txt"


@pytest.fixture(autouse=True)
def store(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that this test's commands keep their readings in."""
    folder = tmp_path_factory.mktemp("store")
    monkeypatch.setenv("JIXIAO_CACHE", str(folder))
    return folder
