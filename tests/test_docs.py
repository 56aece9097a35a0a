"""What the documents show is true: the files in docs/adding.md are used as they stand."""

import re
import tomllib
from pathlib import Path
from random import Random

import pytest

from docs.generate import CHECKING, SHOWN_COMMAND, refreshed
from jixiao.audit import COLLECTION_RULES, RULES, audit
from jixiao.audit.funds import lines as funds
from jixiao.audit.rule import Case
from jixiao.cli import main
from jixiao.schemes import load_scheme
from jixiao.scoring.sheet import score
from tests.audit.notation import case_of
from tests.proof.clean import filing
from tests.proof.plants import fd
from tests.schemes.rulebook_examples import Example, evaluation_of
from tests.schemes.test_rulebooks import agrees

ROOT = Path(__file__).parent.parent
SHOWN = re.compile(r"^`((?:src|tests)/\S+)`\n\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FILES = dict(SHOWN.findall((ROOT / "docs/adding.md").read_text("utf-8")))
BOOK, EXAMPLES = "src/jixiao/schemes/rulebooks/yunhe-qinghe.toml", "tests/rulebooks/yunhe-qinghe.toml"
RULE, CASES = "src/jixiao/audit/funds/lines.py", "tests/rules/FD19.toml"
PLANTS = "tests/proof/plants/fd.py"


def shown(kind: str) -> list[Example]:
    rows = tomllib.loads(FILES[EXAMPLES]).get(kind, [])
    return [Example("yunhe-qinghe", kind, number, row) for number, row in enumerate(rows, 1)]


@pytest.fixture
def book(tmp_path: Path) -> str:
    path = tmp_path / Path(BOOK).name
    path.write_text(FILES[BOOK], "utf-8")
    return str(path)


@pytest.mark.parametrize("example", shown("row"), ids=str)
def test_the_rows_of_the_recipe_earn_what_it_says(example: Example, book: str) -> None:
    agrees(example, score(evaluation_of(example.data, [example.data]), load_scheme(book)).indicators[0])


@pytest.mark.parametrize("example", shown("execution"), ids=str)
def test_the_execution_of_the_recipe_earns_what_it_says(example: Example, book: str) -> None:
    agrees(example, score(evaluation_of(example.data, []), load_scheme(book)).execution)


@pytest.mark.parametrize("kind", ["fail", "pass"])
def test_the_rule_of_the_recipe_finds_what_its_cases_say(kind: str) -> None:
    family = dict(vars(funds))
    exec(FILES[RULE], family)  # noqa: S102 our own page
    for data in tomllib.loads(FILES[CASES])[kind]:
        case = case_of(data)
        found = audit(case.filing, case.sheet, case.scheme, (family["fund_amount_is_negative"],))
        assert [f.where for f in found] == data.get("expect", []), data["why"]


@pytest.mark.parametrize("way", [0, 1])
def test_the_planting_of_the_recipe_is_found_by_its_rule(way: int) -> None:
    family, plants = (
        dict(vars(funds)),
        {**vars(fd), "plants": lambda _code, **_ways: lambda planting: planting},
    )
    exec(FILES[RULE], family)  # noqa: S102 our own page
    exec(FILES[PLANTS], plants)  # noqa: S102 our own page
    planted = (plants["a_negative_amount"](filing(Random(seed)), way, Random(seed)) for seed in range(20))
    made = next(one for one in planted if one is not None)
    case = Case(made.clean.filing, None, made.clean.scheme)
    found = audit(case.filing, case.sheet, case.scheme, (family["fund_amount_is_negative"],))
    assert [(f.paper, f.where) for f in found] == [(one.paper, one.where) for one in made.spots]


def test_the_recipes_show_their_files() -> None:
    assert set(FILES) == {BOOK, EXAMPLES, RULE, CASES, PLANTS}
    assert "FD19" not in {rule.code for rule in RULES}, "docs/adding.md: take the next free number"


STEPS = re.findall(
    r"^```\njixiao ([^\n]*)\n```\n\n```\n(.*?)^```$",
    (ROOT / "docs/tutorial.md").read_text("utf-8"),
    re.MULTILINE | re.DOTALL,
)


@pytest.mark.parametrize("command, shown", STEPS)
def test_the_tutorial_shows_what_is_printed(
    command: str, shown: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("COLUMNS", "100")
    main(command.split())
    printed = capsys.readouterr().out.split()
    lines = [line.split() for line in shown.splitlines() if line.strip("… ")]
    assert [line for line in lines if not within(line, printed)] == []


def within(words: list[str], printed: list[str]) -> bool:
    return any(printed[k : k + len(words)] == words for k in range(len(printed)))


@pytest.mark.slow
@pytest.mark.usefixtures("unmeasured")
def test_the_page_on_checking_shows_what_is_printed() -> None:
    page = CHECKING.read_text("utf-8")
    shown = [found[2] for found in SHOWN_COMMAND.finditer(page)]
    assert len(shown) >= 8
    assert refreshed(page) == page, "make docs"


def test_every_link_of_the_documents_leads_somewhere() -> None:
    pages = [
        ROOT / "README.md",
        ROOT / "README.zh-CN.md",
        ROOT / "CONTRIBUTING.md",
        *(ROOT / "docs").rglob("*.md"),
    ]
    links = [(p, link) for p in pages for link in re.findall(r"\]\(([^)#:]+)\)", p.read_text("utf-8"))]
    assert [f"{p.name}: {link}" for p, link in links if not (p.parent / link).exists()] == []


def test_as_many_rules_are_told_of_as_run() -> None:
    running = sum(not one.off for one in (*RULES, *COLLECTION_RULES))
    assert f"{running} rules in eleven families" in (ROOT / "README.md").read_text("utf-8")
    assert f"十一类 {running} 条规则" in (ROOT / "README.zh-CN.md").read_text("utf-8")


def test_every_target_of_the_makefile_is_told() -> None:
    named = re.search(r"^\.PHONY: (.+)$", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    page = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    assert named is not None
    assert [target for target in named[1].split() if f"`{target}`" not in page] == []
