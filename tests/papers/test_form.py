"""The printed variants as data, and which one a table is."""

import pytest

from jixiao.errors import UnknownNameError
from jixiao.formats import read, write
from jixiao.papers import recognize
from jixiao.papers.form import list_forms, load_form
from jixiao.papers.pages.selfeval_page import lay_out
from tests.layouts.small import table_of, text_of


@pytest.mark.parametrize("stem", list_forms())
def test_a_form_has_levels_result_and_score_and_says_where_it_is_from(stem: str) -> None:
    form = load_form(stem)
    kinds = [column.kind for column in form.columns if column.kind != "particular"]
    assert kinds[:3] == ["level1", "level2", "level3"]
    assert {"target", "actual", "score"} <= set(kinds)
    assert len(set(kinds)) == len(kinds)
    assert form.source
    assert len({column.heading for column in form.columns}) == len(form.columns)
    assert len(form.widths) == 1 + max(len(form.columns), len(form.fund_columns) + 2)
    assert (form.stem, form.id.lower()) == (stem, stem)


def test_a_form_is_found_by_its_id_too() -> None:
    assert load_form("F-10") == load_form("f-10")


def test_an_unknown_form_names_those_there_are() -> None:
    with pytest.raises(UnknownNameError, match="f-ah-note、f-base-data、f-bj16"):
        load_form("f-nowhere")


@pytest.mark.parametrize("stem", list_forms())
def test_a_table_is_known_by_its_columns(stem: str) -> None:
    table, _ = table_of(text_of())
    page = lay_out(table, stem)
    (reading,) = recognize(read(write(page, "text"), name="自评表"))
    assert getattr(reading.record, "form", None) in {load_form(stem).id, *alike(stem)}


def alike(stem: str) -> set[str]:
    """The forms with the same columns: they differ in words and weights only."""
    kinds = {column.kind for column in load_form(stem).columns}
    return {
        load_form(other).id for other in list_forms() if {c.kind for c in load_form(other).columns} == kinds
    }


def test_a_table_with_other_columns_is_of_no_known_form() -> None:
    text = (
        "一级指标\t二级指标\t三级指标\t得分\n产出指标\t数量指标\t培训人数\t10\n\t质量指标\t培训合格率\t10\n"
    )
    readings = recognize(read(text.encode(), name="表"))
    assert all(getattr(reading.record, "form", None) is None for reading in readings)
