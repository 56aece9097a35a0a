"""Saves files in other formats with LibreOffice: many in one call, each call with a settings folder of its own."""

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

_SECONDS = 600
_FILTERS = {"doc": "doc:MS Word 97", "xls": "xls:MS Excel 97", "rtf": "rtf:Rich Text Format"}


def found() -> bool:
    """Tell whether LibreOffice is there."""
    return shutil.which("soffice") is not None


def converted(files: Sequence[bytes], suffix: str, wanted: str) -> list[bytes | None]:
    """Save files of one format in another; None for one that LibreOffice gives nothing for."""
    if not files:
        return []
    with TemporaryDirectory() as name:
        folder = Path(name)
        out = folder / "out"
        for k, data in enumerate(files):
            (folder / f"{k}.{suffix}").write_bytes(data)
        subprocess.run(
            [
                "soffice", f"-env:UserInstallation={(folder / 'own').as_uri()}", "--headless", "--norestore",
                "--convert-to", _FILTERS.get(wanted, wanted), "--outdir", str(out),
                *(str(folder / f"{k}.{suffix}") for k in range(len(files))),
            ],
            check=True, timeout=_SECONDS, capture_output=True,
        )  # fmt: skip
        made = [out / f"{k}.{wanted}" for k in range(len(files))]
        return [path.read_bytes() if path.is_file() else None for path in made]
