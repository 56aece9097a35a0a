"""Outlines are data: every one loads, says where it is from, and calls only for what there is."""

import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from jixiao.audit.lexicon import data_of
from jixiao.errors import UnknownNameError
from jixiao.papers.drafts import Scope, draft, draft_all, list_outlines, load_outline, outline_for
from jixiao.papers.drafts.blanks import WANTED
from jixiao.papers.drafts.chapters import OF_ALL, TELLERS
from jixiao.papers.drafts.outline import outline_of
from jixiao.schemes import load_scheme
from tests.papers.drafts.drafted import OF_ONE, clean

ALL = list_outlines()


@pytest.mark.parametrize("name", ALL)
def test_an_outline_calls_only_for_what_there_is(name: str) -> None:
    outline = load_outline(name)
    known = {*WANTED, *(TELLERS if outline.scope is Scope.PROJECT else OF_ALL)}
    assert [tell for part in outline.parts for tell in part.tells if tell not in known] == []
    assert outline.source
    assert outline.suffix.endswith("报告")


@pytest.mark.parametrize("name", ALL)
def test_its_headings_go_down_one_level_at_a_time_and_only_upper_ones_are_bare(name: str) -> None:
    parts = load_outline(name).parts
    assert parts[0].level == 1
    for part, after in zip(parts, (*parts[1:], parts[0]), strict=True):
        assert after.level <= part.level + 1
        assert part.tells or after.level > part.level, part.title


def test_everything_that_can_be_told_stands_in_some_outline() -> None:
    called = {tell for name in ALL for part in load_outline(name).parts for tell in part.tells}
    assert {*TELLERS, *OF_ALL, *WANTED} - called == set()


@pytest.mark.parametrize("name", OF_ONE)
def test_every_row_of_the_table_is_told_once(name: str) -> None:
    for seed in (1, 6, 12):
        review, scheme = clean(seed)
        made = draft(review, scheme, name)
        rows = Counter(
            one.paths[0]
            for one in made.bindings
            if one.paths and re.fullmatch(r"indicators\.\d+\.actual", one.paths[0]) and one.cell is None
        )
        table = review.filing.evaluation
        assert table is not None
        lost = {f"indicators.{n}.actual" for n, row in enumerate(table.indicators)
                if row.points is not None and row.score_printed is not None and row.score_printed < row.points}  # fmt: skip
        expected = {f"indicators.{n}.actual": 1 for n in range(len(table.indicators))}
        assert rows == Counter({path: times + (path in lost) for path, times in expected.items()})


@pytest.mark.parametrize(
    ("scheme", "outline"),
    [
        ("gansu-ningxian", "o-gs"), ("guangdong-zhanjiang", "o-gd"), ("yunnan-disclosure", "o-yn"),
        ("national-2020-evaluation", "o-eval"), ("national-2020", "o-self"), ("anhui-huaiyuan", "o-self"),
    ],
)  # fmt: skip
def test_the_region_of_a_rule_book_chooses_the_outline(scheme: str, outline: str) -> None:
    assert outline_for(load_scheme(scheme)) == outline


def test_an_unknown_outline_is_told_with_those_there_are() -> None:
    with pytest.raises(UnknownNameError, match=r"o-xx.*现有：.*o-gs"):
        load_outline("o-xx")


def test_an_outline_on_several_projects_drafts_no_single_one() -> None:
    reviewed = clean(1)
    with pytest.raises(UnknownNameError, match=r"o-dept.*可用的有：.*o-gs"):
        draft(*reviewed, "o-dept")
    with pytest.raises(UnknownNameError, match=r"o-gs.*可用的有：o-dept、o-recheck"):
        draft_all([reviewed], "o-gs")


def test_an_outline_asks_for_every_part_that_the_audit_expects() -> None:
    for name in ALL:
        kind = {
            "o-eval": "evaluation_report",
            "o-dept": "department_report",
            "o-recheck": "department_report",
        }.get(name, "selfeval_report")
        titles = "\n".join(part.title for part in load_outline(name).parts)
        wanted = data_of("narrative_outlines")[kind]
        assert isinstance(wanted, list)
        for part in wanted:
            assert isinstance(part, dict)
            assert part.get("long") or part.get("note") or any(word in titles for word in part["titles"]), (
                name,
                part,
            )


def test_the_headings_of_a_rule_book_stand_in_its_outline() -> None:
    for scheme, outline in (("gansu-ningxian", "o-gs"), ("guangdong-zhanjiang", "o-gd"), ("hebei-xushui", "o-dept"),
                            ("national-2020-evaluation", "o-eval")):  # fmt: skip
        first = [part.title for part in load_outline(outline).parts if part.level == 1]
        assert first == list(load_scheme(scheme).sections)


def test_no_outline_holds_anything_but_words() -> None:
    folder = Path(load_outline.__code__.co_filename).parent.parent / "outlines"
    for path in folder.glob("*.toml"):
        assert not any(sign in path.read_text("utf-8") for sign in ("{", "$", "%", "lambda")), path.name


def test_the_outline_of_the_recipe_is_one() -> None:
    page = (Path(__file__).parents[3] / "docs/adding.md").read_text("utf-8")
    (shown,) = [
        text
        for text in re.findall(r"^```toml\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
        if "parts = [" in text
    ]
    outline = outline_of("o-qinghe", tomllib.loads(shown))
    assert [tell for part in outline.parts for tell in part.tells if tell not in {*WANTED, *TELLERS}] == []
    assert outline.regions == ("云河省青禾县",)
