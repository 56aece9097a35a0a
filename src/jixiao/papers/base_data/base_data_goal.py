"""What a base-data form (基础数据表) asks for in words: the goal with its result, and which questions stand blank."""

from itertools import pairwise

from jixiao.expressions import expression
from jixiao.model.evaluation import Goal
from jixiao.papers.cells.residue import residue_of
from jixiao.papers.scoring_rows import Piece, number

_GOALS = {
    "expected": expression(r"预期目标综述|预期(?:总体)?目标|总体目标|年度(?:总体|绩效)?目标"),
    "actual": expression(r"(?:目标)?实际完成情况(?:综述)?|目标完成情况"),
}
_ASKED = {
    "立项情况": expression(r"(?:项目)?立项(?:依据|情况)(?:\(.*\))?"),
    "政府采购情况": expression(r"政府采购(?:情况)?"),
    "项目管理制度": expression(r"项目管理制度(?:文件|情况)?"),
}
_LABEL = expression(
    r"是否(?:如期|完工|验收).*|(?:完工|验收|竣工)时间|验收(?:情况|文件).*|存在(?:的)?问题.*|(?:改进|整改)措施.*|.*(?:情况|制度文件)|"
    r"项目管理(?:情况)?|(?:评价)?年度(?:总体)?目标|绩效指标"
)
_INDICATORS = expression(r"一级指标(?:名称)?")
_SAID = {"expected": "预期目标", "actual": "目标实际完成情况"}


def goal_of(rows: list[tuple[Piece, ...]]) -> tuple[Goal, tuple[str, ...]]:
    """Return the goal's two texts, and which of the two the form asks for in vain."""
    found: dict[str, str] = {}
    asked: dict[str, None] = {}
    for row, below in pairwise([*_head(rows), ()]):
        heads = {name: p for p in row for name, pattern in _GOALS.items() if pattern.fullmatch(p.plain)}
        if not heads or (len(heads) == 1 and len(_after(row, next(iter(heads.values())))) == 0 and not asked):
            continue
        asked |= dict.fromkeys(heads)
        for name, head in heads.items():
            beside = _after(row, head)
            under = (
                [p for p in below if p.column == head.column and not _is_label(p)] if len(heads) > 1 else []
            )
            text = next(iter([*beside, *under]), None)
            if text is not None:
                found.setdefault(name, text.text)
    blank = tuple(_SAID[name] for name in asked if name not in found) if len(asked) > 1 else ()
    return Goal(found.get("expected"), found.get("actual")), blank


def blanks_of(rows: list[tuple[Piece, ...]]) -> tuple[str, ...]:
    """Return which questions on the project's management nobody answered."""
    blank: dict[str, bool] = {}
    for row in _head(rows):
        left = residue_of([row])
        for name, pattern in _ASKED.items():
            head = next((p for p in row if pattern.fullmatch(p.plain)), None)
            if head is not None:
                answers = [p for p in _after(row, head) if p.text not in left]
                blank[name] = blank.get(name, True) and not answers
    return tuple(name for name, silent in blank.items() if silent)


def _head(rows: list[tuple[Piece, ...]]) -> list[tuple[Piece, ...]]:
    """Return the rows above the indicators."""
    end = next(
        (k for k, row in enumerate(rows) if any(_INDICATORS.fullmatch(p.plain) for p in row)), len(rows)
    )
    return rows[:end]


def _after(row: tuple[Piece, ...], head: Piece) -> list[Piece]:
    """Return what answers a label: the cells behind it up to the next label."""
    found: list[Piece] = []
    for piece in row:
        if piece.column > head.column:
            if _is_label(piece):
                break
            found.append(piece)
    return found


def _is_label(piece: Piece) -> bool:
    known = any(p.fullmatch(piece.plain) for p in (*_GOALS.values(), *_ASKED.values()))
    return known or (_LABEL.fullmatch(piece.plain) is not None and number(piece.plain) is None)
