"""`jixiao sample`: a draw that anybody can repeat, on the screen, as data, as a workbook; and the script of the docs."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.command import Jixiao
from tests.examples import FOLDER

DRAW = ("sample", FOLDER, "--jobs", "1", "--seed", "20240517", "--size", "2", "--by", "all")
DOCS = Path(__file__).parent.parent.parent / "docs/sampling.md"


def replayed(listed: Path) -> list[str]:
    """Run the script of the docs, as somebody without jixiao would."""
    replay, sizes = re.findall(r"```python\n(.*?)```", DOCS.read_text("utf-8"), re.DOTALL)
    assert len(replay.strip().splitlines()) == 10
    assert "jixiao" not in replay + sizes
    told = subprocess.run(
        [sys.executable, "-X", "utf8", "-I", "-c", replay + sizes, listed], capture_output=True, text=True,
        encoding="utf-8", check=True,
    )  # fmt: skip
    return told.stdout.splitlines()


def test_the_drawn_stand_on_the_screen_with_seed_and_probability(jixiao: Jixiao) -> None:
    told = jixiao(*DRAW)
    assert told.status == 0
    for word in ("抽样名单", "种子：20240517", "抽到的概率", "抽样办法", "SHA-256"):
        assert word in told.out
    assert jixiao(*DRAW).out == told.out


def test_the_list_is_whole_and_exact(jixiao: Jixiao) -> None:
    told = jixiao(*DRAW, "--format", "json").json
    assert (told["method"], told["seed"], told["size"], told["by"]) == (
        "jixiao-sample-1",
        "20240517",
        2,
        "all",
    )
    assert sum(one["drawn"] for one in told["filings"]) == 2
    assert [one["name"] for one in told["strata"]] == ["全部"]
    for one in told["filings"]:
        assert set(one) >= {"id", "stratum", "risk", "probability", "drawn", "why"}
        assert re.fullmatch(r"\d+(/\d+)?", one["probability"])


def test_the_script_of_the_docs_draws_the_same(jixiao: Jixiao, tmp_path: Path) -> None:
    listed = tmp_path / "名单.json"
    assert jixiao(*DRAW, "-o", listed).status == 0
    lines = replayed(listed)
    told = json.loads(listed.read_text("utf-8"))
    assert len(lines) == len(told["filings"]) + 1
    assert all(line.endswith(" 一致") for line in lines[:-1])
    assert lines[-1] == "份数一致"
    drawn = {one["id"] for one in told["filings"] if one["drawn"]}
    assert {line.split(" ")[2] for line in lines[:-1] if line.startswith("抽到")} == drawn


@pytest.mark.parametrize("changed", ["drawn", "risk"])
def test_the_script_sees_a_list_that_was_changed(jixiao: Jixiao, tmp_path: Path, changed: str) -> None:
    listed = tmp_path / "名单.json"
    told = jixiao(*DRAW, "--format", "json").json
    one = told["filings"][0]
    one[changed] = not one["drawn"] if changed == "drawn" else "99"
    listed.write_text(json.dumps(told), "utf-8")
    assert any(line.endswith("不一致") for line in replayed(listed))


def test_the_script_sees_another_seed(jixiao: Jixiao, tmp_path: Path) -> None:
    listed = tmp_path / "名单.json"
    told = jixiao(*DRAW, "--format", "json").json
    seen = []
    for seed in range(6):
        listed.write_text(json.dumps(told | {"seed": str(seed)}), "utf-8")
        seen += replayed(listed)
    assert any(line.endswith("不一致") for line in seen)


def test_a_workbook_has_the_drawn_all_and_how(jixiao: Jixiao, tmp_path: Path) -> None:
    out = tmp_path / "名单.xlsx"
    assert jixiao(*DRAW, "-o", out).status == 0
    assert load_workbook(out).sheetnames == ["抽样名单", "全部材料", "抽样办法"]
    assert jixiao(*DRAW, "-o", out).status == 2


def test_an_offices_own_points_are_taken(jixiao: Jixiao, tmp_path: Path) -> None:
    own = tmp_path / "风险.toml"
    source = Path("src/jixiao/rollup/risk.toml").read_text("utf-8")
    own.write_text(source.replace("base       = 1 ", "base       = 50 "), "utf-8")
    told = jixiao(*DRAW, "--format", "json", "--risk", own).json
    assert all(one["why"][0] == {"says": "每份都有", "adds": "50"} for one in told["filings"])


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--size", "50"), "抽不了 50 份"),
        (("--by", "village"), "不能按“village”分组"),
        (("--seed", " "), "请用 --seed 写明种子"),
        (("--risk", "没有.toml"), "打不开"),
        (("-o", "名单.bmp"), "不能写成 .bmp 文件"),
    ],
)
def test_what_cannot_be_done_is_said(jixiao: Jixiao, words: tuple[str, ...], says: str) -> None:
    told = jixiao(*DRAW, *words)
    assert told.status == 2
    assert says in told.err
