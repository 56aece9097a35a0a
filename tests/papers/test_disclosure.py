"""公开稿: what is masked on a page, how it reads, and what is never touched. Every name and number is made up."""

from random import Random

import pytest

from jixiao.audit.presentation.personal_data import Sort
from jixiao.layout import Cell, Grid, Layout, Line, Place
from jixiao.papers import lay_out
from jixiao.papers.form import list_forms, load_form
from jixiao.papers.pages.disclosure import Sighting, changes, hard, mask, masked, sightings
from tests.layouts.invention import invent


def table(*rows: tuple[str, ...]) -> Grid:
    cells = (
        Cell(r, c, text, place=Place(row=r + 1, column=c + 1))
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
    )
    return Grid(tuple(cells))


def page(*blocks: Line | Grid) -> list[Layout]:
    return [Layout("页", blocks)]


def texts(pages: tuple[Layout, ...]) -> list[str]:
    return [
        text
        for layout in pages
        for block in layout.blocks
        for text in ([block.text] if isinstance(block, Line) else [cell.text for cell in block.cells])
    ]


def certain(pages: list[Layout]) -> list[Sighting]:
    return [one for one in sightings(pages) if one.certain]


@pytest.mark.parametrize(
    ("sort", "text", "reads"),
    [
        (Sort.MOBILE, "138 0000 1234", "138 **** 1234"),
        (Sort.LANDLINE, "0999-2345678", "0999-*****78"),
        (Sort.LANDLINE, "8012345", "*****45"),
        (Sort.IDENTITY, "11010119900307001X", "1101**********001X"),
        (Sort.ACCOUNT, "6222 0000 1111 2222 333", "**** **** **** ***2 333"),
        (Sort.MAIL, "wang_01@example.com", "w***_**@example.com"),
        (Sort.NAME, "王大山", "王**"),
        (Sort.NAME, "欧阳大山", "欧阳**"),
        (Sort.NAME, "王 山", "王 *"),
        (Sort.NAME, "买买提·艾力", "买**·**"),
        (Sort.HOUSE, "三组12号", "*组**号"),
        (Sort.PLATE, "皖AD12345", "皖A*****5"),
        (Sort.CHAT, "123456789", "1********"),
    ],
)
def test_a_mask_keeps_the_length_and_what_may_be_known(sort: Sort, text: str, reads: str) -> None:
    assert mask(sort, text) == reads
    assert len(reads) == len(text)


def test_the_heading_of_a_column_and_the_label_to_the_left_say_what_a_cell_is() -> None:
    pages = page(
        table(
            ("户主", "电话", "金额"),
            ("王大山", "13800001234", "13812345678"),
            ("李小花", "8012345", "8012345"),
        ),
        table(
            ("项目负责人", "张三", "联系电话", "0999-2345678"),
            ("项目名称", "高新区道路", "项目编码", "13800001234"),
        ),
    )
    assert [one.text for one in certain(pages)] == [
        "王大山", "13800001234", "李小花", "8012345", "张三", "0999-2345678",
    ]  # fmt: skip


def test_a_name_that_is_certain_once_is_found_wherever_it_stands() -> None:
    pages = page(Line("户主：王大山。"), Line("据王大山说，山大王也在。"), table(("备注", "王大山家")))
    assert texts(masked(pages, certain(pages))) == [
        "户主：王**。",
        "据王**说，山大王也在。",
        "备注",
        "王**家",
    ]


def test_a_short_name_is_masked_elsewhere_only_where_it_stands_apart() -> None:
    pages = page(Line("户主：张山。"), Line("张山，男"), Line("张山路灯"))
    found = sightings(pages)
    assert [(one.text, one.certain) for one in found] == [("张山", True), ("张山", True), ("张山", False)]


def test_a_bare_name_is_certain_only_beside_a_number_of_a_person() -> None:
    pages = page(
        table(
            ("王大山", "13800001234", "一组"),
            ("李小花", "青禾县", ""),
            ("时效", "成本", "数量"),
            ("高效", "黄金", ""),
        )
    )
    assert [(one.text, one.certain) for one in sightings(pages)] == [
        ("王大山", True),
        ("13800001234", True),
        ("李小花", False),
    ]


def test_what_stands_around_a_piece_is_shown_masked_too() -> None:
    found = sightings(page(Line("联系人：王大山，手机13800001234。")))
    assert [one.context for one in found] == [
        "联系人：王**，手机138****12…",
        "联系人：王**，手机138****1234。",
    ]


def test_the_same_thing_has_the_same_id_however_it_is_written() -> None:
    first, second = (
        sightings(page(Line("电话138 0000 1234")))[0],
        sightings(page(Line("手机：13800001234")))[0],
    )
    assert first.id == second.id
    assert sightings(page(Line("手机：13800001235")))[0].id != first.id


def test_only_what_is_chosen_is_masked_and_only_its_texts_change() -> None:
    pages = page(Line("联系人：王大山"), table(("户主", "李小花"), ("金额", "12")))
    found = sightings(pages)
    after = masked(pages, [one for one in found if one.text == "李小花"])
    assert texts(after) == ["联系人：王大山", "户主", "李**", "金额", "12"]
    assert changes(pages, after) == {Place(row=1, column=2): "李**"}
    assert hard(found) == {"王大山", "李小花"}


@pytest.mark.parametrize("form", list_forms())
def test_nothing_of_an_invented_paper_without_persons_is_taken_for_one(form: str) -> None:
    for seed in range(6):
        record = invent(Random(f"{form}{seed}"), load_form(form))
        pages = [lay_out(record, "selfeval_table", form)]
        assert [one.text for one in sightings(pages)] == []
