"""Sections and sentences of running text."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from jixiao.layout import Grid, Line, Place
from jixiao.papers.prose.narrative import narrate, paragraphs, unmarked
from tests.papers.paper_blocks import blocks_of, seed


def titles(text: str) -> list[tuple[int, str | None, str]]:
    return [(p.section.level, p.section.number, p.section.title) for p in narrate(blocks_of(text)).parts]


def test_each_kind_of_number_opens_a_section_of_its_level() -> None:
    text = (
        "第一部分 总述\n一、概况\n（一）背景\n(二) 目标\n1．依据\n2、用途\n3.性质\n（1）数量\n(2)质量\n①细项"
    )
    assert titles(text) == [
        (1, "第一部分", "总述"), (1, "一、", "概况"), (2, "（一）", "背景"), (2, "(二)", "目标"), (3, "1．", "依据"), (3, "2、", "用途"),
        (3, "3.", "性质"), (4, "（1）", "数量"), (4, "(2)", "质量"), (5, "①", "细项"),
    ]  # fmt: skip


def test_text_behind_a_heading_on_its_line_is_the_sections_body() -> None:
    (part,) = narrate(blocks_of("1.项目的实施依据：为保障供水，设立本项目。")).parts
    assert (part.section.title, part.section.text) == ("项目的实施依据", "为保障供水，设立本项目。")


def test_a_stop_after_the_title_ends_it_and_the_rest_is_body() -> None:
    (part,) = narrate(blocks_of("（二）资金使用情况。2024年度安排5万元，支出5万元。")).parts
    assert (part.section.title, part.section.text) == ("资金使用情况", "2024年度安排5万元，支出5万元。")


def test_a_year_behind_a_list_number_is_not_a_decimal() -> None:
    assert titles("一、概况\n1.2023年目标：修渠。") == [(1, "一、", "概况"), (3, "1.", "2023年目标")]
    assert titles("一、概况\n1.5万元已拨付。") == [(1, "一、", "概况")]


def test_an_enumerated_sentence_stays_in_the_body() -> None:
    narrative = narrate(
        blocks_of("一、问题\n1、渠道老化，管护人员不足，经费没有着落，需要逐年安排资金加以解决")
    )
    assert [p.section.title for p in narrative.parts] == ["问题"]
    assert "渠道老化" in narrative.parts[0].section.text


def test_a_sentence_cut_by_a_page_is_joined_again() -> None:
    text = "一、概况\n全县共有农村供水工程一百二十余处，受益人口较多，通过\n— 3 —\n\n合理安排资金，保障了供水安全。"
    assert narrate(blocks_of(text)).parts[0].section.text.endswith("通过合理安排资金，保障了供水安全。")


def test_a_label_is_not_joined_to_the_line_before() -> None:
    text = "云岭市2023年城乡居民基本医疗保险补助资金项目\n评价机构：某某事务所"
    assert [p.text for p in paragraphs(blocks_of(text))] == text.split("\n")


def test_marks_are_removed_and_places_still_count_the_papers_characters() -> None:
    paragraph = unmarked(Line("**满意度：**达到 $\\geq 95\\%$ 。", Place(line=7)))
    assert paragraph.text == "满意度：达到 ≥ 95% 。"
    at = paragraph.text.index("95")
    place = paragraph.place(at, at + 2)
    assert (place.line, place.start, place.end) == (7, 17, 19)


def test_spaces_beside_the_numbers_of_a_sentence_are_left_out_and_a_labels_stay() -> None:
    paragraph = unmarked(Line("全年 12 个项目，合格率 95 %。", Place(line=3)))
    assert paragraph.text == "全年12个项目，合格率95%。"
    at = paragraph.text.index("95")
    assert (paragraph.place(at, at + 2).start, paragraph.place(at, at + 2).end) == (14, 16)
    assert unmarked(Line("评价年度 2023 年")).text == "评价年度 2023 年"


def test_digits_of_full_width_are_read_as_digits() -> None:
    assert unmarked(Line("２０２３年完成９５％。")).text == "2023年完成95%。"


def test_a_joined_paragraph_knows_the_second_lines_place() -> None:
    first = "全县共有农村供水工程一百二十余处，受益人口较多，通过"
    (paragraph,) = paragraphs([Line(first, Place(line=1)), Line("合理安排资金", Place(line=4))])
    place = paragraph.place(len(first) + 2, len(first) + 4)
    assert (place.line, place.start, place.end) == (4, 2, 4)


def test_a_run_on_text_is_cut_at_its_own_numbers() -> None:
    text = "现将情况报告如下：一、项目概况（一）背景。修建水渠。二、资金情况。安排10万元。三、问题。无。"
    assert titles(text) == [(1, "一、", "项目概况（一）背景"), (1, "二、", "资金情况"), (1, "三、", "问题")] or titles(text) == [
        (1, "一、", "项目概况"), (2, "（一）", "背景"), (1, "二、", "资金情况"), (1, "三、", "问题"),
    ]  # fmt: skip


def test_an_enumeration_inside_a_paper_with_headings_opens_no_section() -> None:
    text = "一、概况\n工作包括：一、修渠；二、清淤。\n二、问题\n无。"
    assert [t for _, _, t in titles(text)] == ["概况", "问题"]


def test_headings_without_numbers_count_by_the_files_levels() -> None:
    assert titles("# 某报告\n## 一、概况\n正文。\n### 资金\n正文。") == [
        (1, "一、", "概况"),
        (2, None, "资金"),
    ]


def test_signature_and_annexes_are_no_part_of_the_last_section() -> None:
    narrative = narrate(blocks_of("一、建议\n加强管护。\n青禾县水务局\n2024年3月5日\n附件1：自评表"))
    assert narrative.parts[0].section.text == "加强管护。"
    assert [p.text for p in narrative.tail] == ["青禾县水务局", "2024年3月5日", "附件1：自评表"]


def test_a_grid_ends_the_paragraph_before_it() -> None:
    before = "全县共有农村供水工程一百二十余处，受益人口较多，各处情况如下表所列"
    assert len(paragraphs([Line(before), Grid(()), Line("合计一百二十处")])) == 2


def test_no_text_gives_no_section() -> None:
    assert narrate(()).parts == ()


@given(st.lists(st.text(alphabet="一二（(1)）.、。：，#* \\$%２年项目\n", max_size=40), max_size=8))
def test_no_text_breaks_it_and_no_body_character_is_invented(lines: list[str]) -> None:
    narrative = narrate([Line(text, Place(line=k)) for k, text in enumerate(lines, 1)])
    for paragraph in narrative.paragraphs:
        for k in range(len(paragraph.text)):
            place = paragraph.place(k, k + 1)
            assert place.line is not None
            assert 0 <= (place.start or 0) < (place.end or 0) <= len(lines[place.line - 1])


def test_the_first_seed_has_its_five_chapters_and_no_lost_half_sentence() -> None:
    narrative = narrate(blocks_of(seed(0)))
    chapters = [p.section.title for p in narrative.parts if p.section.level == 1]
    assert chapters == ["项目概况", "项目实施基本情况", "项目绩效分析", "存在问题", "有关建议"]
    assert all(p.section.text.endswith(("。", "：", "")) for p in narrative.parts)
    benefit = next(
        p.section for p in narrative.parts if "社会效益" in p.section.title and p.section.level == 3
    )
    assert "通过合理" in benefit.text
    assert Decimal(len(narrative.parts)) == 40


def test_a_heading_of_which_only_the_stroke_is_left_opens_a_chapter() -> None:
    told = narrate(
        blocks_of(
            "一、项目概况\n渠道清淤。\n、项目绩效情况\n灌溉改善。\n渠道、泵站的\n、管护情况等均按期完成。\n"
        )
    )
    assert [(p.section.number, p.section.title) for p in told.parts] == [
        ("一、", "项目概况"),
        ("、", "项目绩效情况"),
    ]


def test_a_doubled_number_opens_no_chapter_and_stops_nobody() -> None:
    narrative = narrate([Line("一一、", Place(line=1))])
    assert narrative.parts == ()
    assert [paragraph.text for paragraph in narrative.paragraphs] == ["一一、"]
