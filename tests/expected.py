"""What is expected of the papers in tests/cases: `python -m tests.expected [NAME...]` writes it anew from what is answered now.

Nothing else changes these files. Read the difference line by line before it is committed, and explain it there.
"""

import contextlib
import io
import json
import sys
from pathlib import Path
from typing import Any

from jixiao.cli import main

CASES = Path(__file__).parent / "cases"
ANSWERS = {"record": "read", "scores": "score", "findings": "check"}
VOLATILE = {
    "jixiao",
    "places",
}  # the version, and the place of every field beside those that the contract names


def names() -> list[str]:
    return sorted(path.name for path in CASES.iterdir() if path.is_dir())


def source(name: str) -> Path:
    (found,) = (CASES / name).glob("source.*")
    return found


def answer(name: str, verb: str) -> Any:  # noqa: ANN401 - what JSON holds
    """Return what the command line answers for a case, the file called by its name alone."""
    path = source(name)
    written = io.TextIOWrapper(io.BytesIO(), "utf-8")
    with contextlib.chdir(path.parent), contextlib.redirect_stdout(written):
        main([verb, path.name, "--format", "json"])
    return lasting(json.loads(written.buffer.getvalue()))  # type: ignore[attr-defined]


def lasting(value: Any) -> Any:  # noqa: ANN401 - what JSON holds
    """Return the answer without what changes though nothing was read otherwise."""
    if isinstance(value, dict):
        return {key: lasting(item) for key, item in value.items() if key not in VOLATILE}
    return [lasting(item) for item in value] if isinstance(value, list) else value


if __name__ == "__main__":
    for case in sys.argv[1:] or names():
        for file, verb in ANSWERS.items():
            text = json.dumps(answer(case, verb), ensure_ascii=False, indent=1)
            (CASES / case / f"{file}.json").write_text(text + "\n", "utf-8")
