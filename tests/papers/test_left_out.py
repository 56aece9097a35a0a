"""What of a record a form has no cell for."""

from dataclasses import replace
from decimal import Decimal
from random import Random

import pytest

from jixiao.model.claims import Unknown
from jixiao.model.evaluation import Particular
from jixiao.papers import lay_out
from jixiao.papers.form import list_forms, load_form
from jixiao.papers.pages.left_out import left_out
from tests.layouts.invention import invent


@pytest.mark.parametrize("form", list_forms())
def test_nothing_is_left_out_of_a_record_on_its_own_form(form: str) -> None:
    record = invent(Random(form), load_form(form))
    assert left_out(record, lay_out(record, "selfeval_table", form)) == ()


def test_what_another_form_has_no_cell_for_is_named() -> None:
    record = invent(Random(1), load_form("f-10"))
    row = replace(record.indicators[0], self_score_printed=Decimal(3), remarks="按比例")
    more = replace(record, grade_printed="优", indicators=(row, *record.indicators[1:]))
    page = lay_out(more, "selfeval_table", "f-10")
    assert left_out(more, page) == (
        "indicators.0.remarks", "indicators.0.self_score_printed", "grade_printed",
    )  # fmt: skip


def test_labelled_cells_that_find_none_are_named_one_by_one() -> None:
    record = invent(Random(1), load_form("f-10"))
    more = replace(record, contacts=("周师傅",), particulars=(Particular("填报日期", "2025年3月1日"),))
    page = lay_out(more, "selfeval_table", "f-10")
    assert left_out(more, page) == ("contacts.0", "particulars.0")


def test_other_records_and_other_pages_are_not_compared() -> None:
    record = invent(Random(1), load_form("f-10"))
    page = lay_out(record, "selfeval_table", "f-10")
    assert left_out(Unknown(), page) == ()
    assert left_out(record, replace(page, blocks=())) == ()
