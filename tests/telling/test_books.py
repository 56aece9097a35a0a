"""A rule-book in words says all that its file says, with sources; its examples are worked out by the scoring itself."""

import pytest

from jixiao.schemes import list_schemes, load_scheme
from jixiao.telling.books import applies, articles, beside, examples


@pytest.mark.parametrize("scheme_id", list_schemes())
def test_every_part_of_every_book_is_an_article_with_its_source(scheme_id: str) -> None:
    book = load_scheme(scheme_id)
    told = {article.key: article for article in articles(book)}
    assert set(book.parts) <= set(told)
    assert all(told[key].source == part.source for key, part in book.parts.items())
    assert all(article.lines and article.name for article in told.values())
    assert all(not article.name.isascii() for article in told.values())


def test_an_example_is_what_the_book_gives() -> None:
    told = {one.name: one for one in examples(load_scheme("anhui-huaiyuan"))}
    assert told["反向，超出"].score == "8.33"
    assert "100 ÷ 120 × 10" in told["反向，超出"].steps
    assert told["预算执行率"].score == "8.50"
    undecided = {one.name: one for one in examples(load_scheme("national-2020"))}["反向，超出"]
    assert undecided.score == "未定"


def test_two_books_differ_where_they_say_different_things_and_nowhere_else() -> None:
    one, other = load_scheme("national-2020"), load_scheme("anhui-huaiyuan")
    rows = {row.name: row for row in beside(one, other)}
    assert rows["反向指标（≤、<）"].differs
    assert not any(row.differs for row in beside(one, one))
    extra = {row.name for row in beside(other, one)} ^ set(rows)
    assert not extra


def test_a_book_says_where_it_holds() -> None:
    assert applies(load_scheme("anhui-huaiyuan")).startswith("安徽")
    assert "全国" in applies(load_scheme("national-2020"))
