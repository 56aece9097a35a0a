"""The step before a wheel is packed: without the files of `make assets` it stops, so that none is ever without them."""

import tomllib
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


def wanted(root: Path) -> list[Path]:
    """Return the files of files.toml that a wheel takes in."""
    listed = tomllib.loads((root / "assets/files.toml").read_text("utf-8"))
    icons = listed.pop("icons")["file"]
    files = [f"{folder}/{name}" for folder, names in listed.items() for name in names]
    return [root / file for file in (*files, icons) if file.startswith("src/")]


class Assets(BuildHookInterface):  # type: ignore[type-arg]  # hatchling's own configuration is of no interest
    """Looks for the files; an editable install goes on without them: PDF takes the system's fonts, pages are plain."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatchling's signature
        """Stop where a file or a licence is missing."""
        missing = [str(file) for file in wanted(Path(self.root)) if not file.is_file()]
        if missing and version != "editable":
            raise FileNotFoundError(f"{', '.join(missing)}: missing; run `make assets` first (it needs npm)")
