"""Pages of a PDF: running text, what belongs to the page, tables over pages, turned and parted sheets, hidden text."""

from collections.abc import Sequence

import pytest

from jixiao.errors import UnreadableError
from jixiao.formats import intake
from jixiao.formats.pdf import reading
from jixiao.layout import Line
from tests.formats.made_pdf import Drawn, bar, filled, lattice, line, locked, pdf, text
from tests.formats.test_pdf import ROWS, TEXTS, WORDS, XS, YS, grids_of, lines_of, page_of, texts

FULL = "县财政局组织开展了项目支出绩效自评工作对项目资金的使用情况进行了全面检查并且"  # 38 letters


def paragraphs(top: float, *rows: tuple[float, str]) -> str:
    return "".join(text(x, top - 16 * n, words, 12) for n, (x, words) in enumerate(rows))


def test_lines_are_joined_to_paragraphs_by_the_right_margin_and_the_indent() -> None:
    drawn = paragraphs(
        700, (64, "一、基本情况"), (64, FULL[:36]), (40, FULL), (40, "形成了报告。"), (64, FULL[:36]),
        (40, "进行复核。"), (64, "1.数量指标"), (64, "2.质量指标"),
    )  # fmt: skip
    assert lines_of(page_of(drawn)) == [
        "一、基本情况", FULL[:36] + FULL + "形成了报告。", FULL[:36] + "进行复核。", "1.数量指标", "2.质量指标",
    ]  # fmt: skip


def test_a_paragraph_goes_on_over_the_end_of_a_page() -> None:
    first = paragraphs(100, (64, FULL[:36]), (40, FULL)) + text(290, 40, "— 1 —", 9)
    second = paragraphs(780, (40, "并且形成了报告。"), (64, "第二段")) + text(290, 40, "— 2 —", 9)
    layout = page_of(first, second)
    assert lines_of(layout) == [FULL[:36] + FULL + "并且形成了报告。", "第二段"]


def test_a_large_centred_line_is_the_title() -> None:
    layout = page_of(
        text(181.5, 760, "项目支出绩效自评报告", 23.2) + paragraphs(700, (64, FULL[:36]), (40, "的报告。"))
    )
    assert [(b.text, b.level) for b in layout.blocks if isinstance(b, Line)] == [
        ("项目支出绩效自评报告", 0), (FULL[:36] + "的报告。", None),
    ]  # fmt: skip


@pytest.mark.parametrize("number", ["— {} —", "第 {} 页 共 3 页", "{}", "{}/3", "- {} -"])
def test_page_numbers_and_running_heads_are_dropped(number: str) -> None:
    pages = [
        text(230, 800, "青禾县林业局自评材料", 9)
        + text(64, 700, f"第{n}部分的内容", 12)
        + text(290, 40, number.format(n), 9)
        for n in (1, 2, 3)
    ]
    assert lines_of(page_of(*pages)) == ["第1部分的内容", "第2部分的内容", "第3部分的内容"]


def test_titles_that_come_again_on_every_page_are_kept() -> None:
    pages = [text(200, 770, "项目支出绩效自评表", 18) + text(64, 700, f"项目{n}", 12) for n in (1, 2)]
    assert lines_of(page_of(*pages)) == ["项目支出绩效自评表", "项目1", "项目支出绩效自评表", "项目2"]


def test_a_slanted_watermark_is_left_out_with_a_doubt() -> None:
    layout = page_of(lattice(XS, YS) + WORDS + text(200, 600, "内部资料", 60, along="0.7 0.7 -0.7 0.7"))
    assert [d.why for d in layout.doubts] == ["斜排的文字按水印略去：内部资料"]
    assert texts(grids_of(layout)[0]) == TEXTS


# ---------------------------------------------------------------- tables over pages

HEADING = ("一级指标", "三级指标", "年度指标值", "实际完成值")
COLUMNS = (50, 130, 290, 400, 540)


def table(top: int, rows: Sequence[Sequence[str]], spans: Sequence[tuple[int, int]] = ()) -> str:
    """A table with rows of 30 points; `spans` are rows (first, last) whose first column is one cell."""
    ys = [top - 30 * n for n in range(len(rows), -1, -1)]
    inside = {y for first, last in spans for y in (top - 30 * n for n in range(first + 1, last + 1))}
    across = "".join(line(COLUMNS[1] if y in inside else COLUMNS[0], y, COLUMNS[-1], y) for y in ys)
    return across + "".join(line(x, ys[0], x, top) for x in COLUMNS) + filled(COLUMNS, ys, rows)


def rows_of(first: int, count: int, label: str = "") -> list[tuple[str, ...]]:
    return [
        (label if n == 0 else "", f"指标{first + n}", f"≥{first + n}", f"{first + n}") for n in range(count)
    ]


def test_a_table_over_three_pages_is_one_without_its_repeated_headings() -> None:
    pages = [
        table(790, [HEADING, *rows_of(1, 23, "产出")], [(1, 23)]),
        table(790, [HEADING, *rows_of(24, 23)], [(1, 23)]),
        table(790, [HEADING, *rows_of(47, 2), *rows_of(49, 2, "效益")], [(1, 2), (3, 4)]),
    ]
    (grid,) = grids_of(page_of(*pages))
    assert [(c.row, c.text, c.rowspan) for c in grid.cells if c.column == 0] == [
        (0, "一级指标", 1), (1, "产出", 48), (49, "效益", 2),
    ]  # fmt: skip
    assert [c.text for c in grid.cells if c.column == 1] == ["三级指标", *(f"指标{n}" for n in range(1, 51))]
    places = [c.place for c in grid.cells if c.text in {"≥23", "≥24", "≥47"}]
    assert [(p.page, p.row) for p in places] == [(1, 24), (2, 25), (3, 48)]


@pytest.mark.parametrize(("beside", "below"), [("绩效指标", "绩效指标"), ("绩", "效指标"), ("绩效指标", "")])
def test_a_label_that_a_program_prints_again_on_the_next_page_is_one(beside: str, below: str) -> None:
    pages = [
        table(790, [("绩效指标", *HEADING[1:]), *rows_of(1, 23)], [(0, 23)]),
        table(790, [(beside, *HEADING[1:]), *rows_of(24, 5, below)], [(1, 5)]),
    ]
    (grid,) = grids_of(page_of(*pages))
    assert [(c.row, c.text, c.rowspan) for c in grid.cells if c.column == 0] == [(0, "绩效指标", 29)]
    assert [c.text for c in grid.cells if c.column == 1] == ["三级指标", *(f"指标{n}" for n in range(1, 29))]


def test_a_row_cut_by_the_end_of_a_page_is_one_row_with_a_doubt() -> None:
    above = table(
        790, [*rows_of(1, 23, "产出"), ("效益", "林区生态环境得到了持续改善群众", "≥90%", "95%")], [(0, 22)]
    )
    below = table(790, [("", "满意", "", ""), ("满意度", "群众满意度", "≥80%", "81%")])
    layout = page_of(above, below)
    (grid,) = grids_of(layout)
    assert texts(grid)[-2:] == [
        ["效益", "林区生态环境得到了持续改善群众满意", "≥90%", "95%"],
        ["满意度", "群众满意度", "≥80%", "81%"],
    ]
    assert [(d.why, d.place.page) for d in layout.doubts] == [("一行在换页处断开，与上页末行按同一行合并", 2)]


def test_a_new_row_at_the_head_of_a_page_stays_one_though_the_row_above_is_full() -> None:
    above = table(
        790,
        [*rows_of(1, 23, "产出"), ("效益", "林区生态环境得到了持续改善成效", "40.00123456789012345", "1")],
    )
    below = table(790, [("", "当地群众", "40.00", ""), ("满意度", "群众满意度", "≥80%", "81%")])
    layout = page_of(above, below)
    assert texts(grids_of(layout)[0])[-2] == ["当地群众", "40.00", ""]
    assert not layout.doubts


@pytest.mark.parametrize(("height", "label"), [(70, ""), (9, "效益")])
def test_an_empty_label_above_a_page_s_end_stays_empty_where_the_label_below_had_room_in_it(
    height: int, label: str
) -> None:
    ys = (50, 50 + height, 80 + height, 790)
    rows = [("产出", "指标1", "≥1", "1"), ("产出", "指标2", "≥2", "2"), ("", "指标3", "≥3", "3")]
    above = lattice(COLUMNS, ys) + filled(COLUMNS, ys, rows)
    below = table(790, [("效益", "指标4", "≥4", "4"), ("效益", "指标5", "≥5", "5")])
    (grid,) = grids_of(page_of(above, below))
    assert next((c.text for c in grid.cells if (c.row, c.column) == (2, 0)), "") == label


def test_two_forms_with_a_title_in_the_table_are_not_joined() -> None:
    forms = [
        table(790, [("项目支出绩效自评表", "", "", ""), ("项目名称", f"项目{n}", "", ""), *rows_of(1, 22)])
        for n in (1, 2)
    ]
    assert len(grids_of(page_of(*forms))) == 2


def test_a_table_that_ends_high_on_its_page_is_not_joined() -> None:
    assert len(grids_of(page_of(table(790, rows_of(1, 5)), table(790, rows_of(6, 5))))) == 2


# ---------------------------------------------------------------- turned and parted sheets


def turned(content: str) -> str:
    return f"q 0 1 -1 0 595 0 cm\n{content}Q\n"


LOW = tuple(y - 400 for y in YS)
SIDEWAYS = lattice(XS, LOW) + filled(XS, LOW, ROWS)


@pytest.mark.parametrize(
    ("drawn", "box"),
    [
        (Drawn(lattice(XS, YS) + WORDS, turns=1), ("700", "50", "760", "350")),
        (Drawn(lattice(XS, YS) + WORDS, turns=2), ("245", "700", "545", "760")),
        (Drawn(lattice(XS, YS) + WORDS, turns=3), ("82", "245", "142", "545")),
        (Drawn(turned(SIDEWAYS), turns=1), ("50", "235", "350", "295")),
        (Drawn(turned(SIDEWAYS)), ("235", "492", "295", "792")),
    ],
)
def test_a_turned_page_is_read_upright_and_placed_as_it_is_shown(drawn: Drawn, box: tuple[str, ...]) -> None:
    (grid,) = grids_of(page_of(drawn))
    assert texts(grid) == TEXTS
    assert grid.place.box == box


def test_two_pages_on_one_sheet_are_read_one_after_the_other() -> None:
    right = tuple(x + 430 for x in XS)
    words = [["甲" + word for word in row] for row in ROWS]
    sheet = (
        lattice(XS, (400, 420, 440, 460)) + filled(XS, (400, 420, 440, 460), ROWS)
        + lattice(right, (400, 420, 440, 460)) + filled(right, (400, 420, 440, 460), words)
        + "".join(text(x, 380 - 20 * n, f"{side}页第{n}行") for n in range(4) for x, side in ((50, "左"), (480, "右")))
    )  # fmt: skip
    layout = page_of(Drawn(sheet, size=(842, 595)))
    assert [b.text if isinstance(b, Line) else texts(b)[0][0] for b in layout.blocks] == [
        "指标", *(f"左页第{n}行" for n in range(4)), "甲指标", *(f"右页第{n}行" for n in range(4)),
    ]  # fmt: skip


def test_two_columns_of_text_are_read_one_after_the_other() -> None:
    column = [FULL[n : n + 18] for n in range(10)]
    drawn = text(150, 760, "县级财政支出绩效评价工作情况的通报", 16)
    drawn += "".join(text(x, 700 - 16 * n, words, 12) for x in (50, 320) for n, words in enumerate(column))
    assert lines_of(page_of(drawn)) == ["县级财政支出绩效评价工作情况的通报", "".join(column) * 2]


# ---------------------------------------------------------------- letters without a meaning, letters not drawn


def test_letters_without_a_meaning_are_told() -> None:
    layout = page_of(lattice(XS, YS) + WORDS + "BT /F2 10 Tf 53 600 Td <00410042> Tj ET\n")
    assert lines_of(layout) == ["\ufffd\ufffd"]
    assert layout.doubts[0].why.startswith("有 2 个字的字体没有文字对照表")


def test_the_text_that_an_ocr_program_left_is_read_with_a_doubt() -> None:
    layout = page_of(text(50, 700, "识别出来的文字", mode=3))
    assert lines_of(layout) == ["识别出来的文字"]
    assert "看不见的文字层" in layout.doubts[0].why


def test_what_was_filled_into_a_form_is_read() -> None:
    look = text(3, 5, "填写的内容").encode()
    field = Drawn(lattice(XS, YS) + WORDS.replace(text(253, 705, "96%"), ""))
    field = Drawn(field.content, resources=">> /Annots [7 0 R] /Unused <<")
    data = pdf(
        field,
        more=(
            b"<< /Type /Annot /Subtype /Widget /FT /Tx /T (a) /F 4 /Rect [250 700 350 720] /AP << /N 8 0 R >> >>",
            b"<< /Type /XObject /Subtype /Form /BBox [0 0 100 20] /Resources << /Font << /F1 3 0 R >> >> /Length %d >> stream\n%s\nendstream"
            % (len(look), look),
        ),
    )
    assert texts(grids_of(reading.read(data, name="a"))[0])[2] == ["满意度", "≥95%", "填写的内容"]


# ---------------------------------------------------------------- the border


def test_a_password_is_asked_for_in_a_sentence() -> None:
    with pytest.raises(UnreadableError, match=r"有密码保护.*去掉打开密码"):
        reading.read(locked("BT /F1 12 Tf 50 700 Td (ABC 123) Tj ET", "secret"), name="a.pdf")


def test_a_file_that_only_forbids_copying_is_read() -> None:
    data = locked("BT /F1 12 Tf 50 700 Td (ABC 123) Tj ET", "")
    assert b"ABC" not in data
    assert lines_of(reading.read(data, name="a.pdf")) == ["ABC 123"]


def test_text_beside_small_tables_is_no_heading() -> None:
    many = [400.0 + 9 * n for n in range(40)]
    small = filled(XS, many, [("巡查记录", "全年记录齐全完整", "逐月归档备查")] * 39, 6)
    wide = "".join(text(70, 760 - 16 * n, FULL, 12) for n in range(10))
    layout = page_of(lattice(XS, many) + small, wide)
    (report,) = [b for b in layout.blocks if isinstance(b, Line)]
    assert (report.text, report.level) == (FULL * 10, None)


@pytest.mark.parametrize(
    ("cap", "data"),
    [
        ("pages", pdf(*(["q Q"] * 4))),
        ("page_objects", pdf(line(0, 0, 9, 9) * 9)),
        ("page_characters", pdf(text(50, 700, FULL))),
    ],
)
def test_more_than_any_paper_has_is_refused(cap: str, data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "LIMITS", intake.Limits(**{cap: 3}))
    for module in ("document", "strokes", "ink"):
        monkeypatch.setattr(f"jixiao.formats.pdf.{module}.LIMITS", intake.LIMITS)
    with pytest.raises(UnreadableError, match="过多"):
        reading.read(data, name="a.pdf")


def test_a_page_without_end_of_forms_inside_forms_ends() -> None:
    form = b"<< /Type /XObject /Subtype /Form /BBox [0 0 600 900] /Resources << /XObject << /X 7 0 R >> >> /Length 4 >> stream\n/X Do\nendstream"
    data = pdf(Drawn(text(50, 700, "正文") + "/X Do\n", resources="/XObject << /X 7 0 R >>"), more=(form,))
    assert lines_of(reading.read(data, name="a.pdf")) == ["正文"]


def test_a_page_of_no_size_is_left_out_with_a_doubt() -> None:
    layout = page_of(Drawn("", size=(99999, 99999)), Drawn(text(50, 700, "正文")))
    assert lines_of(layout) == ["正文"]
    assert [(d.why, d.place.page) for d in layout.doubts] == [(reading.BLANK, 1)]


def test_the_same_file_gives_the_same_page() -> None:
    data = pdf(lattice(XS, YS) + WORDS + bar(60, 600, 90, 630))
    assert reading.read(data, name="a") == reading.read(data, name="a")
