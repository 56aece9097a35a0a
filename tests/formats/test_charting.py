"""Charts: drawn the same each time, every number in them, told apart without colour, as a picture and as a page."""

import re
import zlib
from contextlib import suppress
from dataclasses import replace
from fractions import Fraction
from io import BytesIO
from itertools import pairwise
from zipfile import ZipFile

import pytest
from lxml import etree
from pypdfium2 import PdfDocument

from jixiao import formats
from jixiao.errors import UnreadableError
from jixiao.formats.charting import HIGH, WIDE, alternative, svg
from jixiao.layout import Bar, Chart, Dot, Layout, Line, Role
from tests.formats.docx_rules import docx_faults

BARS = Chart(
    "柱", "满意度写的是多少", "满意度", "占比（%）", "读法：柱是实际。", percent=True,
    bars=(Bar("90%", Fraction(1, 8), Fraction(1, 9)), Bar("95%", Fraction(3, 4), Fraction(1, 9), marked=True)),
    legend=("实际", "线索", "", "", "本应占"),
)  # fmt: skip
DOTS = Chart(
    "点", "满分占比：各单位", "项目数（个）", "占比（%）", "读法：灰带是碰巧的范围。" * 9, percent=True,
    dots=(Dot("青禾县水利局", Fraction(3), Fraction(9, 10), marked=True), Dot("青禾县林业局", Fraction(5), Fraction(1, 2))),
    band=((Fraction(1), Fraction(0), Fraction(1)), (Fraction(5), Fraction(1, 4), Fraction(3, 4))),
    level=Fraction(11, 20), legend=("单位", "线索", "碰巧的范围", "平均", ""),
)  # fmt: skip


def drawn(chart: Chart) -> etree._Element:
    return etree.fromstring(svg(chart).encode())


def texts(chart: Chart) -> list[str]:
    return [one.text or "" for one in drawn(chart).iter("{*}text")]


def test_title_axes_legend_and_note_are_told() -> None:
    said = texts(DOTS)
    for word in (DOTS.title, DOTS.across, DOTS.up, "单位", "线索", "碰巧的范围", "平均"):
        assert word in said
    assert "".join(said).count("灰带") == 9


def test_a_bar_tells_its_number_and_the_axis_ends_at_the_whole() -> None:
    said = texts(BARS)
    assert {"12.5%", "75%", "90%", "95%"} <= set(said)
    assert "120%" not in texts(replace(BARS, bars=(Bar("甲", Fraction(1)),)))


def test_only_what_is_marked_is_named_and_has_another_shape() -> None:
    assert "青禾县水利局" in texts(DOTS)
    assert "青禾县林业局" not in texts(DOTS)
    assert len(list(drawn(DOTS).iter("{*}path"))) == 2  # the legend's and the lead's


@pytest.mark.parametrize("chart", [BARS, DOTS])
def test_everything_lies_on_the_picture(chart: Chart) -> None:
    for one in drawn(chart).iter():
        for key, most in (
            ("x", WIDE),
            ("x1", WIDE),
            ("x2", WIDE),
            ("cx", WIDE),
            ("y", HIGH),
            ("y1", HIGH),
            ("cy", HIGH),
        ):
            assert 0 <= int(one.get(key, "0")) <= most


def test_values_below_nothing_and_all_alike_can_be_drawn() -> None:
    dots = (Dot("甲", Fraction(1), Fraction(-1, 50)), Dot("乙", Fraction(1), Fraction(0)))
    assert "-2%" in texts(replace(DOTS, dots=dots, band=(), level=None))
    assert drawn(replace(DOTS, dots=dots[1:], band=(), level=None)) is not None


def test_many_names_stand_over_one_another_nowhere() -> None:
    dots = tuple(Dot(f"单位{n}", Fraction(3), Fraction(n, 100), marked=True) for n in range(90, 97))
    places = sorted(
        int(one.get("y", ""))
        for one in drawn(replace(DOTS, dots=dots)).iter("{*}text")
        if (one.text or "").startswith("单位9")
    )
    assert len(places) == 7
    assert all(b - a >= 160 for a, b in pairwise(places))


def test_many_dots_are_small_so_that_none_hides_its_neighbours() -> None:
    many = replace(
        DOTS, dots=(DOTS.dots[0], *(Dot("", Fraction(5), Fraction(n, 200)) for n in range(60, 120)))
    )
    few, crowd = ({one.get("r") for one in drawn(chart).iter("{*}circle")} for chart in (DOTS, many))
    assert max(map(int, crowd - few)) * 2 < min(map(int, few))
    assert DOTS.dots[0].name in texts(many)


def test_what_is_written_is_no_markup() -> None:
    assert "<甲&乙>" in texts(replace(BARS, title="<甲&乙>"))


@pytest.mark.parametrize("chart", [BARS, DOTS])
def test_a_picture_is_a_png_of_the_same_bytes_each_time(chart: Chart) -> None:
    data = formats.draw_chart(chart)
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    assert (int.from_bytes(data[16:20]), int.from_bytes(data[20:24])) == (1600, 1000)
    assert data == formats.draw_chart(chart)


def test_a_letter_that_no_font_has_is_said() -> None:
    with pytest.raises(UnreadableError, match="U\\+E000"):
        formats.draw_chart(replace(BARS, title="\ue000"))


def test_a_page_holds_the_drawing_and_the_table_and_fetches_nothing() -> None:
    data = formats.chart_page(BARS, Layout(BARS.title, (Line(BARS.title, level=0), Line("下面是数字"))))
    page = etree.parse(BytesIO(data), etree.HTMLParser(encoding="utf-8"))
    assert page.find(".//figure/svg") is not None
    assert "下面是数字" in data.decode()
    assert b"default-src 'none'" in data
    assert b"src=" not in data.replace(b"default-src", b"").replace(b"style-src", b"")


def paper(chart: Chart) -> Layout:
    """A page with a chart between two paragraphs."""
    caption = Line(f"图 1 {chart.title}", role=Role.SUBTITLE, chart=chart)
    return Layout(
        "统计", (Line("统计", level=0), Line("下面是图。"), caption, Line("上面是图。")), landscape=True
    )


@pytest.mark.parametrize("chart", [BARS, DOTS])
def test_a_document_shows_the_picture_with_words_for_who_cannot_see_it(chart: Chart) -> None:
    data = formats.write(paper(chart), "docx")
    assert docx_faults(data) == []
    assert data == formats.write(paper(chart), "docx")
    with ZipFile(BytesIO(data)) as packed:
        assert packed.read("word/media/image1.png") == formats.draw_chart(chart)
        body = packed.read("word/document.xml").decode()
    assert body.count(f'descr="{alternative(chart)}"') == 2
    assert chart.note in alternative(chart)
    assert [one.text for one in formats.read(data, name="统计.docx").blocks if isinstance(one, Line)] == [
        "统计", "下面是图。", f"图 1 {chart.title}", "上面是图。",
    ]  # fmt: skip


@pytest.mark.parametrize("chart", [BARS, DOTS])
def test_a_pdf_holds_the_drawing_as_a_figure_with_words(chart: Chart) -> None:
    data = formats.write(paper(chart), "pdf")
    assert data == formats.write(paper(chart), "pdf")
    pages = list(PdfDocument(data))
    text = "".join(page.get_textpage().get_text_range() for page in pages)
    assert chart.up in text
    assert f"图 1 {chart.title}" in text
    assert max(sum(1 for one in page.get_objects(max_depth=4)) for page in pages) > 20
    assert b"/Figure" in _opened(data)
    assert b"/Alt" in _opened(data)  # the standard that is asked for refuses a figure without


def _opened(data: bytes) -> bytes:
    """The objects of a PDF, unpacked."""
    pieces = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", data, re.DOTALL)
    found = [data]
    for piece in pieces:
        with suppress(zlib.error):
            found.append(zlib.decompress(piece))
    return b"".join(found)


def test_a_web_page_holds_the_drawing_and_a_format_without_pictures_its_caption() -> None:
    page = formats.write(paper(BARS), "html").decode()
    assert "<figure><svg " in page
    assert f"<figcaption>图 1 {BARS.title}</figcaption>" in page
    assert f"图 1 {BARS.title}" in formats.write(paper(BARS), "text").decode()
