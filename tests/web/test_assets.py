"""What the browser loads: nothing that an old one chokes on, nothing from elsewhere, every icon that pages name."""

import importlib.util
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WEB = ROOT / "src/jixiao/web"
LISTED = tomllib.loads((ROOT / "assets/files.toml").read_text("utf-8"))
# What Chromium 90 doesn't know (decision 0034), but for hints that do no harm when they are passed over.
LATER = re.compile(
    r":has\(|@container|@layer|@scope|color-mix\(|oklch\(|oklab\(|light-dark\(|\(width\s*[<>]|rgb\(from|\d(?:dvh|svh|lvh|cqw)\b|\binset-area|^\s*&",
    re.MULTILINE,
)
LATER_SCRIPT = re.compile(
    r"\?\?=|\|\|=|&&=|\.at\(|structuredClone|Object\.groupBy|\.findLast|\.replaceAll\(|\?\.[A-Za-z(\[]|\?\?"
)
# Names of vocabularies, never fetched.
NAMES = re.compile(r"https?://(?:www\.w3\.org|www\.apache\.org|tabler\.io|github\.com)[^\s\"')]*")


def sheets(folder: str) -> list[Path]:
    return sorted((WEB / "static" / folder).glob("*.css"))


def test_our_styles_and_scripts_keep_to_what_old_browsers_know() -> None:
    found = [f"{p.name}: {m[0]}" for p in sheets("jixiao") for m in LATER.finditer(comments_out(p))]
    scripts = sorted((WEB / "static/jixiao").rglob("*.js"))
    found += [f"{p.name}: {m[0]}" for p in scripts for m in LATER_SCRIPT.finditer(comments_out(p))]
    assert (found, len(scripts) >= 3) == ([], True)


def comments_out(path: Path) -> str:
    return re.sub(r"/\*.*?\*/|(?<!:)//[^\n]*", "", path.read_text("utf-8"), flags=re.DOTALL)


@pytest.mark.skipif(not sheets("vendor"), reason="SKIPPED: the styles of `make assets` are missing")
def test_the_styles_of_others_keep_to_it_too_and_name_no_other_host() -> None:
    text = (WEB / "static/vendor/tabler.css").read_text("utf-8")
    assert set(LATER.findall(text.replace("a:hover:has(.icon)", ""))) == set()
    assert re.findall(r"@import|@font-face|sourceMappingURL", text) == []
    assert [u for u in re.findall(r"url\(([^)]*)", text) if not u.lstrip("\"'").startswith("data:")] == []


def test_nothing_is_loaded_from_elsewhere() -> None:
    files = [
        p for kind in ("css", "js", "html", "svg") for p in WEB.rglob(f"*.{kind}") if "vendor" not in p.parts
    ]
    found = [
        f"{p.name}: {u}"
        for p in files
        for u in re.findall(r"https?://[^\s\"')<]+", NAMES.sub("", p.read_text("utf-8")))
    ]
    assert found == []


def test_no_script_stands_in_a_page() -> None:
    said = re.compile(r"<script(?![^>]*\bsrc=)|\son[a-z]+=[\"']|javascript:|\bhx-on\b")
    found = [f"{p.name}: {m[0]}" for p in WEB.rglob("*.html") for m in said.finditer(p.read_text("utf-8"))]
    assert found == []


def test_every_icon_that_is_named_is_listed_and_every_listed_one_is_drawn() -> None:
    sources = [*WEB.rglob("*.html"), *WEB.rglob("*.py")]
    named = {
        n for p in sources
        for n in re.findall(r"{% icon \"([a-z0-9-]+)\"|Way\(\"\w+\", \"[^\"]+\", \"([a-z0-9-]+)\"\)|picture=\"([a-z0-9-]+)\"", p.read_text("utf-8"))
    }  # fmt: skip
    assert {name for found in named for name in found if name} - set(LISTED["icons"]["names"]) == set()
    picture = ROOT / LISTED["icons"]["file"]
    if picture.is_file():
        assert re.findall(r'id="([^"]+)"', picture.read_text("utf-8")) == LISTED["icons"]["names"]


def test_a_wheel_is_not_built_without_a_file_or_its_licence(tmp_path) -> None:
    spec = importlib.util.spec_from_file_location("wheel", ROOT / "assets/wheel.py")
    assert spec is not None
    assert spec.loader is not None
    wheel = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(wheel)
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets/files.toml").write_bytes((ROOT / "assets/files.toml").read_bytes())
    for file in wheel.wanted(tmp_path):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("x")
    hook = wheel.Assets(str(tmp_path), {}, None, None, str(tmp_path), "wheel")
    hook.initialize("standard", {})
    (tmp_path / "src/jixiao/web/static/vendor/tabler-LICENSE.txt").unlink()
    with pytest.raises(FileNotFoundError, match=r"tabler-LICENSE\.txt.*make assets"):
        hook.initialize("standard", {})
    hook.initialize("editable", {})
