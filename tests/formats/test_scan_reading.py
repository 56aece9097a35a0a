"""Scanned pages read letter by letter: slow, so the pages are small and few."""

import socket
from decimal import Decimal

import cv2
import numpy as np
import pytest

from jixiao.formats import guard, read
from jixiao.formats.scan.reading import Page, read_page
from jixiao.layout import Cell, Grid, Layout, Line
from tests.formats import damage
from tests.formats.damage import Picture
from tests.formats.drawn import picture_of
from tests.formats.test_scan import TABLE, drawn

pytestmark = pytest.mark.slow


def cells(blocks: tuple[object, ...]) -> list[Cell]:
    return [cell for block in blocks if isinstance(block, Grid) for cell in block.cells]


def page(picture: Picture) -> Page:
    return read_page(picture, page=3, points=72 / 200)


def nothing_is_fetched(*_args: object, **_options: object) -> None:
    raise AssertionError("a socket was opened")


def test_a_turned_noisy_page_is_read_exactly_and_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "socket", nothing_is_fetched)
    found = page(damage.noisy(damage.turned(drawn(), 1.0), 6))
    assert [cell.text for cell in cells(found.blocks)] == [cell.text for cell in TABLE.cells]
    assert all(
        cell.confidence is not None and cell.confidence > Decimal("0.5") for cell in cells(found.blocks)
    )
    assert found.blocks[0] == Line("绩效自评表", found.blocks[0].place, 0, found.blocks[0].confidence)
    first = cells(found.blocks)[0].place
    assert (first.page, first.table, first.row, first.column) == (3, 1, 1, 1)
    assert first.box is not None
    assert 25 < float(first.box[0]) < 35


def test_every_cell_that_a_seal_touches_is_doubted() -> None:
    found = page(damage.sealed(drawn(), (0.7, 0.55), dpi=200, millimetres=30))
    sealed = [doubt for doubt in found.doubts if "印章" in doubt.why]
    wrong = [
        (true, got)
        for true, got in zip(TABLE.cells, cells(found.blocks), strict=True)
        if true.text != got.text
    ]
    places = {(doubt.place.row, doubt.place.column) for doubt in found.doubts}
    assert 3 < len(sealed) < 15
    assert all((got.row + 1, got.column + 1) in places for _, got in wrong)


def test_a_page_on_its_head_is_turned_and_its_places_too() -> None:
    found = page(np.ascontiguousarray(np.rot90(drawn(), 2)))
    first = cells(found.blocks)[0]
    assert first.text == "项目名称"
    assert first.place.box is not None
    assert float(first.place.box[0]) > 200


def test_a_page_that_can_not_be_made_out_says_so() -> None:
    found = page(damage.noisy(damage.blurred(drawn(), 4.0), 25))
    assert "请重新扫描" in found.doubts[0].why
    assert len(found.doubts) > 15


def test_a_picture_without_table_gives_its_lines_in_a_process_apart() -> None:
    text = Layout("x", (Line("关于村道养护项目的自评报告"), Line("一、项目概况"), Line("资金 35.37 万元。")))
    _, data = cv2.imencode(".png", picture_of(text, dpi=200, width=120, height=60, margin=8))
    try:
        layout = read(data.tobytes(), name="报告.png")
    finally:
        guard.close()
    assert [block.text for block in layout.blocks if isinstance(block, Line)][:2] == [
        "关于村道养护项目的自评报告",
        "一、项目概况",
    ]
    assert layout.format == "scan"


def test_an_empty_page_has_nothing() -> None:
    found = page(np.full((800, 600, 3), 255, np.uint8))
    assert found.blocks == ()
