"""What a form has no cell for: found by reading the page that was laid out, and named as papers name it."""

from collections.abc import Iterator, Sequence
from dataclasses import fields

from jixiao.model.evaluation import Evaluation, FundLine, Indicator
from jixiao.model.reading import Reading, Record

_WHOLE = {
    "grade_printed": "自评等级", "contacts": "联系人和电话", "filled_by": "填报单位", "reason": "未完成原因",
    "evaluated_amount": "评价金额", "achieved_printed": "目标是否实现", "self_total_printed": "自评总分",
    "points_printed": "分值合计", "total_printed": "总分", "year": "年度",
}  # fmt: skip
_PROJECT = {"name": "项目名称", "code": "项目编码", "department": "主管部门", "unit": "实施单位"}
_EXECUTION = {"points": "预算执行的分值", "rate_printed": "预算执行率", "score_printed": "预算执行的得分",
              "reason": "预算执行的偏差原因"}  # fmt: skip
_AMOUNTS = {"initial": "年初预算数", "annual": "全年预算数", "executed": "全年执行数", "allocated": "下达数",
            "received": "到位数", "adjusted": "预算调整数"}  # fmt: skip
_GOAL = {"expected": "预期目标", "actual": "目标实际完成情况"}
_ROW = {
    "level4": "四级指标", "points": "分值", "completion_printed": "完成率", "score_printed": "得分",
    "deduction_printed": "扣分", "reason": "偏差原因", "remedy": "改进措施", "remarks": "评分说明",
    "self_score_printed": "自评得分",
}  # fmt: skip


def left_out(what: Record, readings: Sequence[Reading]) -> tuple[str, ...]:
    """Return the names of what a record says and its page doesn't, in the order of a form; only for tables.

    Args:
        what: the record that was laid out.
        readings: what was recognized in the page, which holds this record alone.
    """
    if not isinstance(what, Evaluation):
        return ()
    records = (reading.record for reading in readings)
    again = next((record for record in records if isinstance(record, Evaluation)), Evaluation())
    return tuple(dict.fromkeys(_missed(what, again)))


def _missed(what: Evaluation, again: Evaluation) -> Iterator[str]:
    yield from _silent(what.project, again.project, _PROJECT)
    yield from _silent(what, again, _WHOLE)
    yield from _funds(what, again)
    yield from _silent(what.execution, again.execution, _EXECUTION)
    yield from _silent(what.goal, again.goal, _GOAL)
    yield from _rows(what.indicators, again.indicators)
    kept = {part.title for part in again.sections}
    yield from (part.title for part in what.sections if part.text and part.title not in kept)
    said = {part.label for part in again.particulars}
    yield from (part.label for part in what.particulars if part.text and part.label not in said)


def _silent(what: object, again: object, names: dict[str, str]) -> Iterator[str]:
    """Yield the names of the fields that say something in `what` and nothing in `again`."""
    for field, name in names.items():
        if getattr(what, field) not in (None, "", ()) and getattr(again, field) in (None, "", ()):
            yield name


def _funds(what: Evaluation, again: Evaluation) -> Iterator[str]:
    own = {line.label: line for line in again.funds.more}
    for field in fields(what.funds):
        line = getattr(what.funds, field.name)
        if isinstance(line, FundLine):
            yield from _silent(line, getattr(again.funds, field.name) or FundLine(), _AMOUNTS)
    for line in what.funds.more:
        if line.label not in own and any(getattr(line, amount) for amount in _AMOUNTS):
            yield f"资金来源“{line.label or ''}”"


def _rows(what: Sequence[Indicator], again: Sequence[Indicator]) -> Iterator[str]:
    if len(what) != len(again):
        yield f"{len(what) - len(again)} 行指标"
        return
    for row, other in zip(what, again, strict=True):
        yield from _silent(row, other, _ROW)
