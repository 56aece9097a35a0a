"""A record becomes an official paper by the paper's name, on its own form or the usual one; what can't be says why."""

from random import Random

import pytest

from jixiao import api
from jixiao.errors import UnknownNameError
from jixiao.formats import read, write
from jixiao.layout import Line
from jixiao.model.claims import Unknown
from jixiao.model.evaluation import Evaluation
from jixiao.model.reading import Kind
from jixiao.papers import lay_out, recognize, writable
from jixiao.papers.form import forms_of, load_form
from tests.layouts.invention import invent


def record(form: str = "f-sc") -> Evaluation:
    return invent(Random(form), load_form(form))


def title(what: Evaluation, form: str | None) -> str:
    first = lay_out(what, "selfeval_table", form).blocks[0]
    assert isinstance(first, Line)
    return first.text


def test_a_record_is_laid_out_on_the_form_that_it_was_read_from() -> None:
    assert title(record(), None) == load_form("f-sc").title


def test_a_record_of_no_known_form_is_laid_out_on_the_usual_one() -> None:
    assert title(Evaluation(), None) == load_form("f-10").title


def test_the_form_that_is_named_comes_before_the_records_own() -> None:
    assert title(record(), "F-HB") == load_form("f-hb").title


def test_a_paper_is_called_by_its_chinese_name_too() -> None:
    assert lay_out(record(), "绩效自评表") == lay_out(record(), Kind.SELFEVAL_TABLE)


def test_an_unknown_paper_names_those_that_can_be_written() -> None:
    with pytest.raises(UnknownNameError, match="selfeval_table（绩效自评表）"):
        lay_out(record(), "日报")


def test_a_record_that_is_no_such_paper_is_refused() -> None:
    with pytest.raises(UnknownNameError, match="不能写成“绩效自评表”"):
        lay_out(Unknown("食堂菜单"), "selfeval_table")


def test_every_paper_that_can_be_written_has_a_usual_form_of_its_kind() -> None:
    for row in writable():
        assert row.lay_out is not None
        assert row.lay_out.form in forms_of(row.kind)


def test_rendering_is_laying_out_and_writing() -> None:
    written = api.render(record(), paper="selfeval_table", format="text")
    assert written == write(lay_out(record(), "selfeval_table"), "text")
    assert written == api.bind([lay_out(record(), "selfeval_table")], "text")


def test_several_papers_in_one_file_are_read_as_several() -> None:
    two = (record("f-gs"), record("f-10"))
    data = api.bind([lay_out(one, "selfeval_table") for one in two], "xlsx")
    assert tuple(reading.record for reading in recognize(read(data, name="自评表"))) == two
