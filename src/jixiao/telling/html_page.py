"""The findings as one page that needs nothing else: the paper at the left with its marked cells, the findings right.

Style and script stand in it, and every word of a paper goes in as text (html_parts).
"""

from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from jixiao.model.finding import Severity
from jixiao.telling.done import Done
from jixiao.telling.html_findings import findings_pane
from jixiao.telling.html_paper import paper_pane
from jixiao.telling.html_parts import el, page, styled
from jixiao.telling.naming import SEVERITIES, project_words, unit_words
from jixiao.telling.ranking import ranked
from jixiao.telling.remedies import LEAST, remedy_words
from jixiao.telling.score_words import book_words
from jixiao.telling.verdict import closing, counted, grades_and_total, main_of, totals, urgency

TITLE = "绩效自评审核结果"


def html_page(done: Sequence[Done]) -> str:
    """Return the page of all reviews, the worst paper first."""
    order = sorted(done, key=urgency)
    reviews = [_review(one, number) for number, one in enumerate(order)]
    return page(TITLE, ("page.css",), ("page.js",), [_top(order), *reviews])


def _top(done: Sequence[Done]) -> Element:
    parts = [el("h1", TITLE), el("p", closing(done, 0))]
    if len(done) > 1:
        parts.append(_overview(done))
    return styled("header", "top", *parts)


def _overview(done: Sequence[Done]) -> Element:
    words = ("项目", "文件", "自评", "重算", *SEVERITIES.values())
    rows = [el("tr", *(el("th", word) for word in words))]
    for number, one in enumerate(done):
        link = el("a", project_words(main_of(one)), attributes={"href": f"#r{number}"})
        counts = [str(counted(one, severity) or "·") for severity in Severity]
        cells = (main_of(one).file, *totals(one), *counts)
        rows.append(el("tr", el("td", link), *(el("td", cell) for cell in cells)))
    return styled("table", "overview", *rows)


def _review(one: Done, number: int) -> Element:
    """Return the section of one review: its verdict, then the two panes side by side."""
    main, key = main_of(one), f"r{number}"
    found = tuple(enumerate(ranked(one), 1))
    header = el("header", el("h2", project_words(main)), *_verdict(one))
    pair = styled("div", "pair", paper_pane(one, found, key), findings_pane(one, found, key))
    return el("section", header, pair, attributes={"class": "review", "id": key})


def _verdict(one: Done) -> Iterator[Element]:
    main = main_of(one)
    yield el("p", "　".join(word for word in (unit_words(main), main.file) if word))
    if one.review.sheet is not None:
        yield el("p", f"评分口径：{book_words(one.review.sheet, one.choice.scheme.title)}")
        yield styled("p", "verdict", grades_and_total(one, one.review.sheet))
    least = remedy_words(one)
    if least:
        yield styled("p", "fix", f"{LEAST}：{least}")
