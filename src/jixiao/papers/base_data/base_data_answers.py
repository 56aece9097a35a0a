"""The answers of a base-data form (基础数据表) that no other field holds: what the money is for, who is to be called.

A label that stands once a line of the head (联系人 of the department, 联系人 of the unit) is named with its line.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from jixiao.expressions import expression
from jixiao.layout import Place
from jixiao.model.evaluation import Particular
from jixiao.papers.cells.residue import residue_of
from jixiao.papers.scoring_rows import Piece, number

_LABEL = expression(
    r"实施文件依据.*|支出主要内容.*|立项(?:依据|情况)(?:\(.*\))?|政府采购(?:情况)?|项目管理制度(?:文件|情况)?|"
    r"是否(?:如期)?(?:完工|验收)|(?:实际)?(?:完工|验收|竣工)时间"
)
_CALLED = expression(r"联系人.*|(?:联系)?邮箱|联系电话")
_ENDS = expression(r"项目管理情况|存在(?:的)?问题.*|改进措施|.*情况")
_LINES = {"主": "主管部门", "实": "实施单位"}
_PROBLEMS = expression(r"存在(?:的)?问题(?:和|及)改进措施")
_TEMPLATE = expression(r"(?:(?:问题|改进措施)[:：]?|\d+[.、]|[.…·])+")
_BRACKETS = expression(r"\([^()]*\)")
FUNDS = "资金"

Found = tuple[Particular, Place]


def answers_of(rows: list[tuple[Piece, ...]]) -> tuple[Found, ...]:
    """Return the answers with their places, each label once; what the blank form printed is none."""
    found: dict[str, Found] = {}
    for label, piece in (*_beside(rows), *_below(rows)):
        found.setdefault(label, (Particular(label, piece.text), piece.place))
    return tuple(found.values())


def _beside(rows: list[tuple[Piece, ...]]) -> Iterator[tuple[str, Piece]]:
    for row in rows:
        left = residue_of([row])
        for piece, after in pairwise(row):
            called = _CALLED.fullmatch(piece.plain) is not None
            if (called or _LABEL.fullmatch(piece.plain)) and not _is_silent(after, left):
                yield (
                    (_LINES.get(row[0].plain[:1], "") if called else "") + _BRACKETS.sub("", piece.plain),
                    after,
                )


def _below(rows: list[tuple[Piece, ...]]) -> Iterator[tuple[str, Piece]]:
    """Yield what stands under 存在问题和改进措施 beside the amounts."""
    heads = (
        (k, p) for k, row in enumerate(rows) for p in row if _PROBLEMS.fullmatch(p.plain) and len(row) > 2
    )
    first = next(heads, None)
    for row in rows[first[0] + 1 :] if first else ():
        if any(_LABEL.fullmatch(p.plain) for p in row):
            return
        told = (
            p for p in row if first and p.column >= first[1].column and not _is_silent(p, residue_of([row]))
        )
        yield from ((FUNDS + first[1].plain, piece) for piece in told if first)


def _is_silent(piece: Piece, left: Sequence[str]) -> bool:
    """Tell whether what stands behind a label is the next label, a figure, or what the blank form printed."""
    label = any(pattern.fullmatch(piece.plain) for pattern in (_LABEL, _CALLED, _ENDS, _TEMPLATE))
    return label or piece.text in left or number(piece.plain) is not None
