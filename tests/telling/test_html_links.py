"""The two sides of a file, its source and what was read: the links between them, and doubts drawn where they stand."""

import re
from decimal import Decimal
from xml.etree.ElementTree import tostring

from jixiao.api import Picture, Sight
from jixiao.layout import Cell, Doubt, Grid, Layout, Line, Place
from jixiao.model.claims import Unknown
from jixiao.model.evaluation import Evaluation, Indicator
from jixiao.model.reading import Kind, Reading
from jixiao.telling.html_links import Taken, links_of
from jixiao.telling.html_source import source_pane


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
