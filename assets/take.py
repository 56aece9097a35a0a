"""What `make assets` does once npm has fetched: the files of files.toml are copied, and the icons put into one picture.

Sentences that name a source map are left out: the map isn't copied, and gathering static files would stop over it.
"""

import re
import tomllib
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent
PACKAGES = HERE / "node_modules"
MAP = re.compile(rb"\s*(?:/\*# sourceMappingURL=[^*]*\*/|//# sourceMappingURL=\S*)")
PATHS = re.compile(r"<path [^>]*/>")
CLEAR = re.compile(r'<path stroke="none" [^>]*/>')


def taken(listed: dict[str, dict[str, str]]) -> None:
    """Copy every listed file into its folder."""
    for folder, files in listed.items():
        (ROOT / folder).mkdir(parents=True, exist_ok=True)
        for name, source in files.items():
            data = (PACKAGES / source).read_bytes()
            (ROOT / folder / name).write_bytes(MAP.sub(b"", data) if name.endswith((".css", ".js")) else data)


def symbol(name: str, picture: str) -> str:
    """Return an icon as a symbol of the common picture."""
    lines = "".join(PATHS.findall(CLEAR.sub("", picture)))
    return f'<symbol id="{name}" viewBox="0 0 24 24">{lines}</symbol>'


def drawn(file: Path, source: Path, names: list[str]) -> None:
    """Put the named icons into one picture."""
    symbols = "\n".join(symbol(name, (source / f"{name}.svg").read_text("utf-8")) for name in names)
    file.write_text(f'<svg xmlns="http://www.w3.org/2000/svg">\n{symbols}\n</svg>\n', "utf-8")


def main() -> None:
    """Take everything."""
    listed = tomllib.loads((HERE / "files.toml").read_text("utf-8"))
    icons = listed.pop("icons")
    taken(listed)
    drawn(ROOT / icons["file"], PACKAGES / icons["from"], icons["names"])


if __name__ == "__main__":
    main()
