"""`read --show`: the source beside what was read, linked cell by cell, doubts in colour, and a page that needs nothing else."""

import re
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path
from xml.etree.ElementTree import tostring

import pytest

from jixiao import api
from jixiao.api import Picture, Sight
from jixiao.cli.html_links import Taken, links_of
from jixiao.cli.html_source import source_pane
from jixiao.formats import guard
from jixiao.layout import Cell, Doubt, Grid, Layout, Line, Place
from jixiao.model.claims import Unknown
from jixiao.model.evaluation import Evaluation, Indicator
from jixiao.model.reading import Kind, Reading
from tests.command import Jixiao
from tests.examples import FOLDER
from tests.formats import made_pdf
from tests.formats.made import inline, sheet, workbook


class Page(HTMLParser):
    """The elements of a page by their ids, where each leads to, and the text of the whole."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.leads: dict[str, str] = {}
        self.styles: dict[str, str] = {}
        self.ids: list[str] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, _: str, attrs: list[tuple[str, str | None]]) -> None:
        own = dict(attrs)
        if own.get("id"):
            self.ids.append(str(own["id"]))
            self.leads[str(own["id"])] = str(own.get("data-to") or "")
            self.styles[str(own["id"])] = str(own.get("class") or "")

    def handle_data(self, data: str) -> None:
        self.text += data


def page_of(jixiao: Jixiao, out: Path, *words: object) -> Page:
    told = jixiao("read", *words, "--show", out)
    assert told.status == 0
    assert told.out == ""
    return Page(out.read_text("utf-8"))


@pytest.mark.parametrize("suffix", ["xlsx", "docx", "txt"])
def test_every_value_leads_to_its_cell_and_back(suffix: str, tmp_path: Path, jixiao: Jixiao) -> None:
    page = page_of(jixiao, tmp_path / "对照.html", FOLDER / f"村道养护自评表.{suffix}")
    assert len(page.ids) == len(set(page.ids))
    leading = {name: to for name, to in page.leads.items() if to}
    assert set(leading.values()) <= set(page.ids)
    (links,) = [links_of(sight_of(FOLDER / f"村道养护自评表.{suffix}"), "f0")]
    unlinked = {taken.where for taken in links.numbers if taken not in links.spots}
    assert unlinked <= {"year", *(f"funds.{name}" for name in ("total", "fiscal", "carryover", "other"))}
    back = [leading[to] for name, to in leading.items() if name.startswith("f0s")]
    assert back == [name for name in leading if name.startswith("f0s")]


def sight_of(path: Path) -> Sight:
    return api.look(path.read_bytes(), name=path.name)


def test_the_page_needs_nothing_else_and_obeys_no_paper(tmp_path: Path, jixiao: Jixiao) -> None:
    evil = "<script>alert(1)</script>"
    book = workbook(sheet(f'<row r="7">{inline("B7", evil)}</row>'))
    (tmp_path / "表.xlsx").write_bytes(book)
    told = jixiao("read", tmp_path / "表.xlsx", "--show", tmp_path / "对照.html")
    text = (tmp_path / "对照.html").read_text("utf-8")
    assert told.status == 0
    assert evil not in text
    assert "default-src 'none'" in text
    assert not re.search(r"(?:src|href)=\"(?!#|data:)", text)
    assert ">B7<" in text


def test_nothing_is_overwritten_unless_told(tmp_path: Path, jixiao: Jixiao, right: Path) -> None:
    out = tmp_path / "对照.html"
    out.write_text("旧", "utf-8")
    told = jixiao("read", right, "--show", out)
    assert (told.status, out.read_text("utf-8")) == (2, "旧")
    assert "--force" in told.err
    assert jixiao("read", right, "--show", out, "--force").status == 0
    assert "村道" in out.read_text("utf-8")
    assert [path.name for path in tmp_path.iterdir()] == ["对照.html"]


def test_what_cant_be_read_is_said_and_the_rest_is_shown(tmp_path: Path, jixiao: Jixiao, right: Path) -> None:
    (tmp_path / "空.txt").write_bytes(b"")
    told = jixiao("read", right, tmp_path / "空.txt", "--show", tmp_path / "对照.html")
    assert told.status == 2
    assert "空.txt" in told.lines[0]
    assert "村道" in (tmp_path / "对照.html").read_text("utf-8")


def sight(place: Place, doubts: tuple[Doubt, ...], pictures: tuple[Picture, ...] = ()) -> Sight:
    grid = Grid((Cell(0, 0, "走访村数", place=place), Cell(0, 1, "10", rowspan=2)))
    reading = Reading(
        Kind.SELFEVAL_TABLE,
        Evaluation(indicators=(Indicator(level1="产出指标", level3="走访村数"),)),
        places={"indicators.0.level3": place},
        doubts=doubts,
    )
    return Sight(Layout("表", (Line("题"), grid), "pdf", doubts), pictures, (reading,))


def test_a_doubt_colours_both_sides_and_stands_once_in_the_list() -> None:
    place = Place(sheet="表1", cell="C3")
    doubt = Doubt(place, "字迹不清", "走访村数", "走访户数", "indicators.0.level3")
    links = links_of(sight(place, (doubt,)), "f")
    taken = Taken(0, "indicators.0.level3")
    assert links.doubts == [(doubt, 1, taken)]
    assert links.doubts_at(1) == links.doubts_of(taken) == [doubt]
    assert (links.piece_id(1), links.spots[taken], links.taken_by[1]) == ("fs1", 1, taken)


def test_a_doubt_without_a_place_is_found_by_its_field() -> None:
    doubt = Doubt(Place(), "两个数不一致", "5", "6", "indicators.0.level3.text")
    links = links_of(sight(Place(table=1, row=1, column=1), (doubt,)), "f")
    assert links.doubts[0][1:] == (1, Taken(0, "indicators.0.level3"))


def test_an_unknown_paper_is_shown_all_the_same() -> None:
    unknown = Sight(Layout("表", (Line("甲"),)), (), (Reading(Kind.UNKNOWN, Unknown("甲", "没有表头")),))
    assert links_of(unknown, "f").numbers == {}


def test_pages_of_a_pdf_are_pictures_with_a_box_for_every_cell(tmp_path: Path, jixiao: Jixiao) -> None:
    xs, ys = (60, 160, 300), (700, 730, 760)
    drawn = made_pdf.lattice(xs, ys) + made_pdf.filled(xs, ys, [["项目名称", "护林补助"], ["分值", "10"]])
    (tmp_path / "表.pdf").write_bytes(made_pdf.pdf(drawn))
    out = tmp_path / "对照.html"
    jixiao("read", tmp_path / "表.pdf", "--show", out)
    guard.close()
    text = out.read_text("utf-8")
    assert 'viewBox="0 0 595.00 842.00"' in text
    assert text.count("data:image/png;base64,iVBOR") == 1
    boxes = re.findall(r'<rect id="f0s(\d)"[^>]*x="([\d.]+)" y="([\d.]+)"', text)
    assert [(name, x) for name, x, _ in boxes] == [
        ("0", "60"),
        ("1", "160"),
        ("2", "60"),
        ("3", "160"),
    ]


def test_a_doubt_with_a_box_of_its_own_is_drawn_on_its_page() -> None:
    boxed = Doubt(Place(page=1, box=("10", "20", "40", "30")), "印章压住了字", "5", "6")
    picture = Picture(1, Decimal(595), Decimal(842), "image/png", b"x")
    seen = sight(
        Place(page=1, box=("0", "0", "9", "9")), (boxed, Doubt(Place(page=2), "第二页太淡")), (picture,)
    )
    links = links_of(seen, "f")
    drawn = tostring(source_pane(seen, links), encoding="unicode")
    assert re.search(r'<rect id="fd0" class="m warning" x="10" y="20" width="30" height="10">', drawn)
    assert "（读作“5”，也可能是“6”）" in drawn
    assert "fd1" not in drawn


def test_every_cell_of_a_wide_and_sparse_table_is_drawn() -> None:
    grid = Grid((Cell(0, 0, "甲", rowspan=2), Cell(1, 900, "乙", colspan=5_000), Cell(4, 2, "丙")))
    seen = Sight(Layout("表", (grid,)), (), ())
    drawn = tostring(source_pane(seen, links_of(seen, "f")), encoding="unicode")
    assert [text for text in ("甲", "乙", "丙") if f">{text}<" in drawn] == ["甲", "乙", "丙"]
    assert drawn.count("<tr>") == 3
