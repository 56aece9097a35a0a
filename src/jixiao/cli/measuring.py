"""The work of `jixiao statistics`: many papers audited, measured, and shown or written with charts into a folder."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from pathlib import Path

from jixiao import api
from jixiao.cli import behind, outlet, screen, together
from jixiao.cli.files import shown
from jixiao.cli.reading import ended
from jixiao.cli.together import NOT_READ, Answer, Order, grouping
from jixiao.cli.writing import make_folder
from jixiao.errors import UnreadableError
from jixiao.model.codec import Json
from jixiao.rollup import Grouping
from jixiao.rollup.statistics import Statistics
from jixiao.rollup.statistics.abridging import LARGE, abridged
from jixiao.telling.answers import as_text

NAME, CHARTS, BEHIND = "统计线索", "图", "材料"
_LAKE = "lake.json"
_ON_SCREEN, _ON_PAPER = 6, 40  # rows of a table; a workbook holds all
_REPORTS = {"xlsx": None, "docx": _ON_PAPER, "pdf": _ON_PAPER, "html": _ON_PAPER}


def measure(order: Order) -> int:
    """Do all of it and return the exit status: 2 where a file could not be read, else 0.

    Raises:
        JixiaoError: an option can't be used, or the folder can't be written to.
    """
    by = grouping(order.by)
    if order.out is not None:
        _make_sure(order.out, force=order.force)
    if any(map(_is_lake, order.paths)):
        _put(order, _of_lake(order, by))
        return 0
    checked = together.audited(order)
    filings = api.file_together(reading for outcome in checked.outcomes for reading in outcome.readings)
    again, _ = api.rechecks(filings, order.scheme)
    told = api.statistics([one.review for one in checked.done], again, by)
    if order.out is not None and told.filings > LARGE:
        _write_behind(order.out / BEHIND, told)
    _put(order, told)
    return ended(checked.cut, NOT_READ if checked.unread else 0)


def _is_lake(path: str) -> bool:
    return (Path(path) / _LAKE).is_file()


def _of_lake(order: Order, by: Grouping) -> Statistics:
    """Measure a lake.

    Raises:
        UnreadableError: there is more than one path, or a rule-book is named: each filing of a lake has its own.
    """
    if len(order.paths) > 1:
        raise UnreadableError("数据湖要单独给出：一次一个，不能与别的材料放在一起。")
    if order.scheme is not None:
        raise UnreadableError("数据湖里的自评各按入库时的口径：请去掉 --scheme，或换一个口径重新入库。")
    from jixiao.cli import lakes  # noqa: PLC0415 - the extra `batch`

    return lakes.statistics(Path(order.paths[0]), by, None if order.out is None else order.out / BEHIND)


def _put(order: Order, told: Statistics) -> None:
    """Show the statistics, or write them; of very many filings the lists are cut short, and stand in tables beside."""
    if order.out is None:
        told = _short(told)
        pages = api.statistics_brief(told, _ON_SCREEN)
        together.put(order, Answer(lambda: answer(told), lambda: pages, lambda _: pages))
        if order.form != together.DATA:
            screen.complain(["全部数字、办法、图和材料：加 -o 文件夹 写出来。"])
    else:
        _write(order.out, told)


def _short(told: Statistics) -> Statistics:
    return abridged(told) if told.filings > LARGE else told


def _make_sure(folder: Path, *, force: bool) -> None:
    """See to it that the folder is there, and that nothing in it is replaced that the user didn't allow.

    Raises:
        JixiaoError: it can't be made, or holds such files already.
    """
    make_folder(folder)
    for suffix in (*_REPORTS, together.DATA):
        outlet.must_be_free(folder / f"{NAME}.{suffix}", force=force)


def _write(folder: Path, told: Statistics) -> None:
    """Write the report in each format, the data, and each chart as a picture and as a page."""
    count, charts = 0, api.statistics_charts(told)
    told, whole = _short(told), told
    for suffix, most in _REPORTS.items():
        report = api.bind(api.statistics_pages(told, most, charts if most else ()), suffix)
        outlet.put(folder / f"{NAME}.{suffix}", [report], force=True)
    outlet.put(folder / f"{NAME}.{together.DATA}", [as_text(answer(told)).encode()], force=True)
    make_folder(folder / CHARTS)
    for name, data in _charts(whole):
        outlet.put(folder / CHARTS / name, [data], force=True)
        count += name.endswith(".png")
    where = shown(folder.as_posix())
    screen.complain(
        [f"已写入 {where}：{NAME}（{'、'.join((*_REPORTS, together.DATA))}），{CHARTS}/ 里有 {count} 张图。"]
    )


def _write_behind(folder: Path, told: Statistics) -> None:
    """Write all filings behind the figures, a table for each statistic."""
    make_folder(folder)
    for name, lines in behind.tables(told):
        outlet.put(folder / f"{name}.csv", lines, force=True)


def _charts(told: Statistics) -> Iterator[tuple[str, bytes]]:
    for number, chart in enumerate(api.statistics_charts(told), 1):
        name = f"{number:02}-{chart.name}"
        yield f"{name}.png", api.chart_picture(chart)
        yield f"{name}.html", api.chart_page(chart)


def answer(told: Statistics) -> dict[str, Json]:
    """Return all numbers, grounds and the filings behind them: shares as exact fractions, chances as decimals."""
    return {field.name: _json(getattr(told, field.name)) for field in fields(told)}


def _json(value: object) -> Json:
    if isinstance(value, Enum):
        return str(value.value)
    if value is None or isinstance(value, (str, int)):
        return value
    if isinstance(value, (Fraction, Decimal)):
        return str(value) if isinstance(value, Fraction) else f"{value:f}"
    if isinstance(value, dict):
        return {str(key): _json(item) for key, item in value.items()}
    if is_dataclass(value):
        return {field.name: _json(getattr(value, field.name)) for field in fields(value)}
    return [_json(item) for item in value] if isinstance(value, tuple) else str(value)
