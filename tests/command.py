"""Runs the command line inside the test, as a user would call it, and keeps what it said."""

import io
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from jixiao.cli import main


@dataclass(frozen=True, slots=True)
class Told:
    """The exit status of a command, and what it wrote to each stream."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:  # noqa: ANN401 - what JSON holds
        return json.loads(self.out)

    @property
    def lines(self) -> list[str]:
        """The complaints, a line each."""
        return self.err.splitlines()


Jixiao = Callable[..., Told]


def runner(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Jixiao:
    def run(*words: object, stdin: bytes = b"") -> Told:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        status = main([str(word) for word in words])
        told = capsys.readouterr()
        return Told(status, told.out, told.err)

    return run
