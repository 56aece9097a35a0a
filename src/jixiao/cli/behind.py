"""All filings behind the figures of 统计线索, as tables that any program reads: text with commas."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from io import StringIO

from jixiao.rollup.statistics import Statistics
from jixiao.rollup.statistics.entries import Subject
from jixiao.rollup.statistics.standing import Comparison

_FILE = ("年度", "主管部门", "单位", "项目", "文件")
_AT_A_TIME = 10_000  # lines that are encoded together


def tables(told: Statistics) -> Iterator[tuple[str, Iterable[bytes]]]:
    """Yield each table's name and its lines, UTF-8 with a mark in front, as spreadsheet programs want it.

    Shares are exact fractions of 1; a filing stands once for each figure that it is behind.
    """
    head = ("看的数", "一级指标", "比较的单位", "这一份", *_FILE)
    yield "虚高", _lines(head, _compared(told.inflation.comparisons))
    yield "目标偏低", _lines(head, _compared(told.lowness.comparisons))
    yield "数字检验", _lines(head, _compared(told.heaping.comparisons))
    yield "自评总分高于重算", _lines(("自评总分", "重算至多", *_FILE), _overstated(told))
    yield "检验的数字", _lines(("检验", "数字", *_FILE), _digits(told))
    yield (
        "上下两年的指标",
        _lines(("指标", "今年目标", "上年实际", "今年目标除以上年实际", *_FILE), _pairs(told)),
    )


def _compared(comparisons: Sequence[Comparison]) -> Iterator[Sequence[str]]:
    for one in comparisons:
        for standing in one.standings:
            for behind in standing.behind:
                yield (
                    one.measure.says,
                    one.part,
                    _plain(standing.group),
                    _share(behind.share),
                    *_of(behind.subject),
                )


def _overstated(told: Statistics) -> Iterator[Sequence[str]]:
    over = told.inflation.overstated
    for who, printed, ours in () if over is None else over.behind:
        yield f"{printed:f}", f"{ours:f}", *_of(who)


def _digits(told: Statistics) -> Iterator[Sequence[str]]:
    for one in told.heaping.tests:
        for name, who in one.behind:
            yield one.says, name, *_of(who)


def _pairs(told: Statistics) -> Iterator[Sequence[str]]:
    for one in told.lowness.pairs:
        yield _plain(one.name), one.target, one.reached, _share(one.demanded), *_of(one.now)


def _share(share: Fraction) -> str:
    return f"{share.numerator}/{share.denominator}"


def _of(one: Subject) -> tuple[str, ...]:
    texts = (one.department, one.unit, one.project, one.file)
    return "" if one.year is None else str(one.year), *map(_plain, texts)


def _plain(text: str) -> str:
    """Return a text that a spreadsheet program takes for a text, not for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def _lines(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[bytes]:
    page = StringIO()
    writer = csv.writer(page)
    page.write("\ufeff")
    writer.writerow(head)
    for number, row in enumerate(rows, 1):
        writer.writerow(row)
        if number % _AT_A_TIME == 0:
            yield page.getvalue().encode()
            page.seek(0)
            page.truncate()
    yield page.getvalue().encode()
