"""The cells of a table's head and tail that have a label and no field: 项目类别, 填报日期, 财务负责人, 预警."""

from collections.abc import Iterator, Sequence

from jixiao.expressions import expression
from jixiao.layout import Place
from jixiao.model.evaluation import Particular
from jixiao.papers import words
from jixiao.papers.cells.stream import Atom, Stream, filled_rows, part, said

_LABELS = (
    r"报表编号|单位名称|填[报表](?:日期|时间|人)|(?:本)?项目(?:类别|属性|类型|期限?|期间|起止时间|起止年限|实施期)|(?:项目)?起止(?:时间|年限)|"
    r"实施期限?|(?:项目|财务|单位|主要)负责人(?:及(?:联系)?电话)?|联系(?:人|电话)(?:及(?:联系)?电话.{0,6})?|电话|(?:自评)?预警(?:情况)?|"
    r"(?:目标)?偏差原因(?:分析)?|中长期(?:总体)?目标|资金用途|审核意见|地方主管部门|复核(?:人员?|单位|机构|日期|时间)"
)
_LABEL = expression(rf"(?:{_LABELS})[:：]?")
_INSIDE = expression(rf"({_LABELS}|{words.LABELS['']})[:：]")
_OWN = expression(_LABELS)
_ANY_LABEL = expression(rf"(?:{words.LABELS['']})[:：]?")
_BOX, _TICK = expression(r"[□☐◻]"), expression(r"[☑☒✓✔√■▣]")
_LONGEST = 400

Found = tuple[Particular, Place]


def read_particulars(stream: Stream, *ranges: tuple[int, int]) -> tuple[Found, ...]:
    """Return the labelled cells between pairs of positions of the fold, each label once, with their places.

    Boxes of which none is ticked say nothing.
    """
    rows = [row for start, end in ranges for row in filled_rows(stream.cut(start, end).atoms)]
    found: dict[str, Found] = {}
    for label, value in (pair for row in rows for pair in _labelled(row)):
        text = " ".join(said(value).split())
        silent = not text or len(text) > _LONGEST or (_BOX.search(text) and not _TICK.search(text))
        if not silent and label not in found:
            found[label] = Particular(label, text), value[0].place
    return tuple(found.values())


def _labelled(row: Sequence[Atom]) -> Iterator[tuple[str, list[Atom]]]:
    """Yield the labels of a row that begins with one, each with what stands behind it up to the next label."""
    if not _is_label(row[0].fold):
        return
    for k, atom in enumerate(row):
        if _LABEL.fullmatch(atom.fold):
            yield atom.fold.rstrip(":："), _behind(row[k + 1 :])
        elif _INSIDE.match(atom.fold):
            yield from _inside(atom, [] if atom.column is not None else _behind(row[k + 1 :]))


def _inside(atom: Atom, after: list[Atom]) -> Iterator[tuple[str, list[Atom]]]:
    """Yield the labels of one cell, each with the words up to the next; the last goes on with what stands after it."""
    labels = list(_INSIDE.finditer(atom.fold))
    ends = [*(m.start() for m in labels[1:]), len(atom.fold)]
    for label, end in zip(labels, ends, strict=True):
        own = [part(atom, label.end(), end)] if label.end() < end else []
        known = _OWN.fullmatch(label[1]) is not None
        if known:
            yield label[1], [*own, *(after if end == len(atom.fold) else [])]


def _behind(atoms: Sequence[Atom]) -> list[Atom]:
    """Return the atoms that answer a label: one cell of a grid, the words up to the next label of a line."""
    found: list[Atom] = []
    for atom in atoms:
        if _is_label(atom.fold) or (found and atom.column is not None):
            break
        found.append(atom)
    return found


def _is_label(fold: str) -> bool:
    known = _LABEL.fullmatch(fold) or _INSIDE.match(fold) or _ANY_LABEL.fullmatch(fold)
    return bool(known) or words.is_label(fold)
