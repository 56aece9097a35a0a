"""The step before a wheel is packed: without the fonts of `make assets` it stops, so that none is ever without them."""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

WANTED = (
    "NotoSerifSC-Regular.ttf",
    "NotoSansSC-Regular.ttf",
    "NotoSerifSC-LICENSE.txt",
    "NotoSansSC-LICENSE.txt",
)


class Fonts(BuildHookInterface):  # type: ignore[type-arg]  # hatchling's own configuration is of no interest
    """Looks for the fonts; an editable install goes on without them, and takes those of the system."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatchling's signature
        """Stop where a font or its licence is missing."""
        folder = Path(self.root) / "src/jixiao/formats/pdf/fonts"
        missing = [name for name in WANTED if not (folder / name).is_file()]
        if missing and version != "editable":
            raise FileNotFoundError(
                f"{', '.join(missing)} not in {folder}: run `make assets` first (it needs npm)"
            )
