"""The work of `jixiao batch`: a lake made, scored and summed; numbers in millionths are shown as decimals."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from rich.table import Table

from jixiao.cli import screen
from jixiao.errors import UnknownNameError, UnreadableError
from jixiao.model.codec import Json
from jixiao.model.figure import half_up
from jixiao.rollup import Grouping
from jixiao.rollup.statistics import Statistics
from jixiao.telling.answers import as_text
from jixiao.telling.titles import TITLES

try:
    from jixiao.api import batches
    from jixiao.cli import ingesting
except ModuleNotFoundError as missing:
    raise UnreadableError("成批处理需要附加组件：请用 pip install 'jixiao[batch]' 安装后再试。") from missing

__all__ = ["Order", "ingesting", "rescore", "roll_up", "score", "statistics", "synthesize"]

_WORDS = {
    "province": "地区", "year": "年度", "filings": "份数", "scored": "有总分", "undecided": "未定",
    "simple_mean": "简单平均", "weighted_mean": "按预算加权", "full_marks": "满分", "excellent": "优",
    "totals_refuted": "总分不符", "annual": "预算（亿元）", "executed": "执行（亿元）",
    "scores_changed": "总分有变", "grades_changed": "等级有变", "higher": "升高", "lower": "降低",
    "code": "规则", "title": "问题", "severity": "级别", "findings": "问题数",
    "most_gained": "最多升", "most_lost": "最多降", "undecided_before": "原未定", "undecided_after": "现未定",
}  # fmt: skip
_MILLIONTHS = {"simple_mean", "weighted_mean", "annual", "executed", "most_gained", "most_lost"}
_SEVERITIES = {"error": "错误", "warning": "需核实", "note": "提示"}
_MONEY = {"annual", "executed"}


@dataclass(frozen=True, slots=True)
class Order:
    """Which lake, how the answer is printed, and what the engine may use."""

    lake: Path
    form: str = "text"
    memory: str | None = None
    spill: Path | None = None
    master: str | None = None

    @property
    def means(self) -> "batches.Means":
        """What the engine may use."""
        return batches.Means(self.memory, self.spill, self.master)


def synthesize(order: Order, filings: int, seed: int) -> None:
    """Make a lake up and say what is in it."""
    if not order.lake.exists():
        order.lake.mkdir(parents=True)
    with batches.alone(order.lake):
        rows = batches.synthesize(order.lake, filings, seed, order.means)
    _tell(
        order,
        f"已写出 {filings} 份自评、{rows} 行指标：{order.lake}",
        {"filings": filings, "indicators": rows},
    )


def score(order: Order) -> None:
    """Score a lake, each filing under its own rule-book."""
    with batches.alone(order.lake):
        filings = batches.score_lake(order.lake, order.means)
    _tell(order, f"已计分 {filings} 份，结果在 {order.lake / 'sheets'}", {"filings": filings})


def audit(order: Order) -> None:
    """Audit a lake and show how many findings each rule has."""
    with batches.alone(order.lake):
        counts = batches.audit_lake(order.lake, order.means).to_pylist()
    if order.form == "json":
        _show(order, counts, "audit")
    else:
        _show_found(order, [_ruled(row) for row in counts])


def roll_up(order: Order) -> None:
    """Show the scores by province and year, and what was found by rule."""
    sums = batches.roll_up(order.lake, order.means).to_pylist()
    found = batches.findings_of(order.lake, order.means)
    rules = None if found is None else [_ruled(row) for row in found.to_pylist()]
    if order.form == "json":
        told: list[Json] | None = None if rules is None else [dict(row) for row in _shown(rules)]
        screen.put_data(as_text({"rollup": [dict(row) for row in _shown(sums)], "findings": told}))
        return
    _show(order, sums, "rollup")
    if rules is None:
        screen.put(
            screen.ink(f"问题：还没有审核；要按规则汇总问题，请先运行 jixiao batch audit {order.lake}。")
        )
    else:
        _show_found(order, rules)


def _show_found(order: Order, rules: Sequence[Mapping[str, object]]) -> None:
    """Show on the screen what was found by rule, in words."""
    if rules:
        _show(order, [{**row, "severity": _SEVERITIES[str(row["severity"])]} for row in rules], "findings")
    else:
        screen.put(screen.ink("审核没有发现问题。"))


def _ruled(row: Mapping[str, object]) -> dict[str, object]:
    """Return a count of findings with the title of its rule behind the code."""
    code = str(row["code"])
    return {
        "code": code,
        "title": TITLES.get(code, ""),
        **{name: row[name] for name in row if name != "code"},
    }


def rescore(order: Order, scheme: str, by: str) -> None:
    """Show what another rule-book changes, by place.

    Raises:
        UnknownNameError: there is no such kind of place; the sentence lists those there are.
    """
    if by not in batches.PLACES:
        raise UnknownNameError(f"不能按“{by}”分列；可用的有：{'、'.join(batches.PLACES)}。")
    with batches.alone(order.lake):
        changed = batches.compare(order.lake, scheme, order.means, by=by)
    _show(order, changed.to_pylist(), "rescore")


def statistics(lake: Path, by: Grouping, beside: Path | None) -> Statistics:
    """Measure a lake; tables of all filings go into the folder `beside` if lists are cut."""
    return batches.statistics_of(lake, by, batches.Means(), beside)


def _tell(order: Order, sentence: str, data: Mapping[str, Json]) -> None:
    if order.form == "json":
        screen.put_data(as_text(data))
    else:
        screen.put(screen.ink(sentence))


def _show(order: Order, rows: Sequence[Mapping[str, object]], key: str) -> None:
    shown = _shown(rows)
    if order.form == "json":
        screen.put_data(as_text({key: [dict(row) for row in shown]}))
        return
    table = Table(*(_WORDS[name] for name in shown[0]) if shown else (), padding=0)
    for row in shown:
        table.add_row(*(_told(name, text) for name, text in row.items()))
    screen.put(table)


def _shown(rows: Sequence[Mapping[str, object]]) -> list[dict[str, str | None]]:
    return [{name: _value(name, value) for name, value in row.items()} for row in rows]


def _value(name: str, value: object) -> str | None:
    """Return a number as exact text; sums come as decimals of the engine."""
    if value is None or isinstance(value, str):
        return value
    number = Decimal(str(value))
    return f"{number.scaleb(-6).normalize():f}" if name in _MILLIONTHS else f"{number:f}"


def _told(name: str, text: str | None) -> str:
    """Return what a cell of the page shows: means with two decimals, money in 亿元."""
    if text is None:
        return "全部" if name == "province" else ""
    if name not in _MILLIONTHS:
        return text
    return f"{half_up(Decimal(text).scaleb(-8) if name in _MONEY else Decimal(text), 2):f}"
