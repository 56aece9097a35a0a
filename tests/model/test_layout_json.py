"""A page comes back from its JSON as it was."""

import json

import pytest

from jixiao import api
from jixiao.errors import UnreadableError
from jixiao.model.layout_json import layout_from_json, layout_to_json
from tests.examples import FOLDER


@pytest.mark.parametrize("name", ["村道养护自评表.xlsx", "卫生院设备自评表.docx", "供水巡检自评报告.txt"])
def test_a_page_comes_back_with_its_cells_spans_and_places(name: str) -> None:
    seen = api.look((FOLDER / name).read_bytes(), name=name)
    text = json.dumps(layout_to_json(seen.layout), ensure_ascii=False)
    assert layout_from_json(json.loads(text)) == seen.layout


def test_what_is_no_page_is_refused_by_its_key() -> None:
    with pytest.raises(UnreadableError, match="row"):
        layout_from_json({"name": "表", "blocks": [{"cells": [{"row": "x", "column": 1, "text": "甲"}]}]})
