"""Takes glued text apart: run-on tables whose cells follow each other without a space, and digits run together.

Only the places where a cell may end are marked here; columns.py decides which of them are borders.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from jixiao.expressions import expression
from jixiao.papers import words
from jixiao.papers.cells.fits import is_level1, is_level2
from jixiao.papers.cells.stream import Atom, Gap, parts, said

_CLASS = (
    rf"(?:{'|'.join(words.LEVEL1.values())}|"
    rf"{'|'.join(p for p, _ in words.LEVEL2.values())})(?:(?<=指标){words.MARKS}|(?=\(\d+分\)){words.MARKS})"
)
_QUALITIES = (
    r"(?:部分|基本|全部|未)?达成(?:预期|年度)指标|[是否](?=(?:部分|基本|全部|未)?达成(?:预期|年度))|(?:成效|效果|作用)(?:显著|明显)|(?:已|全部|按时|基本|部分)?完成(?=\d)|"
    r"每(?:季度|月|年|周|半年)[末底初]?(?!度)|"
    r"(?:显著|明显|有效|逐步|稳步|持续|不断|有所)(?:提高|提升|改善|增强|增加|促进|推进|保障|拓宽|减少|降低|完善|健全|落实|控制|"
    r"发挥|巩固|优化|扩大|加强|下降|缓解|解决|推动|带动|规范)"
)
_DATE = (
    r"20[12]\d年(?:1[0-2]|0?[1-9])月(?:[12]\d|3[01]|0?[1-9])日(?:之?前)?|"
    r"20[12]\d年(?:(?:1[0-2]|0?[1-9])月(?:底|份|末)?(?:之?前)?|底(?:之?前)?|(?!度))"
)
_SIGN_WORDS = r"(?:不(?:低|少|小|高|大|多)于|不超过|(?:大于|小于)(?:等于)?|低于|高于|少于|多于|控制在)(?=\d)"
_TOKENS = (
    rf"(?P<within>\d+(?:小时|分钟|天|日|个工作日)内(?=[^\d]{{1,8}}率)|是否(?:{_QUALITIES}))|(?P<date>{_DATE})|(?P<digit>[\d.,])|(?P<sign>[≥≤=<>]+|{_SIGN_WORDS})|(?P<percent>%)|(?P<total>{words.TOTAL}(?=\d))|"
    rf"(?P<quality>{_QUALITIES})|(?P<text>.)"
)
_TOKEN = expression(rf"(?P<class>{_CLASS})|{_TOKENS}")
# Where a table prints its classes without 指标: only where none is printed with it, for names hold these words too.
_SHORT = r"产出(?:数量|质量|时效|成本)|(?:社会|经济|生态|环境)效益|可持续影响|(?:服务|受益)对象满意度|社会公众满意度"
_SHORT_TOKEN = expression(rf"(?P<class>{_CLASS}|{_SHORT})|{_TOKENS}")
_LONG2 = expression(r"(?:数量|质量|时效|效益|影响|满意度)指标(?<!产出指标)(?<![^会济态境]效益指标)")
_OWN_NAME = expression(
    r"(?:指标\d{1,2}[:：.、])?[^\d≥≤<>=()%]{4,30}\(\d{1,2}(?:\.\d+)?分\)"
)  # 用水户满意度（10分）: a name and its points
_WORDS = ("text", "within")  # words, and what is part of a name although it holds a figure or a quality
_DIGITS = expression(r"[\d.]{2,}")


def is_glued(atom: Atom) -> bool:
    """Tell whether the atom holds several cells: a class name with more text around it, or figures between words."""
    fold = atom.fold
    if len(fold) < 8 or ("指标" not in fold and "分)" not in fold):  # no class is without one of them
        return False
    if _OWN_NAME.fullmatch(fold) and not _LONG2.search(fold):
        return False
    classes = [m for m in _TOKEN.finditer(fold) if m.lastgroup == "class"]
    inside = any(m.end() - m.start() < len(fold) for m in classes)
    return inside and (len(classes) > 1 or bool(re.search(r"\d", fold)) or len(fold) > 12)


def taken_apart(atoms: Sequence[Atom]) -> tuple[Atom, ...]:
    """Return the atoms, each glued one and each over-long number cut at every place where a cell may end."""
    whole = _rejoined(atoms)
    glued = any(is_glued(a) for a in whole) and sum(len(a.fold) for a in whole) < _LONGEST
    found: list[Atom] = []
    tokens = _TOKEN if not glued or any(_LONG2.search(a.fold) for a in whole) else _SHORT_TOKEN
    for atom in whole:
        if glued and ((atom.column is None and len(atom.fold) > 3) or is_glued(atom)):
            found.extend(_pieces(atom, tokens))
        elif _DIGITS.fullmatch(atom.fold) and not _one_score(atom.fold) and not _in_cell(atom):
            found.extend(parts(atom, [(k, k + 1) for k in range(len(atom.fold))]))
        else:
            found.append(atom)
    return tuple(found)


def joined_classes(atoms: Sequence[Atom]) -> tuple[Atom, ...]:
    """Join the pieces of a class name that spaces or line ends broke (社会 效益指标, 产 出 指 标) outside a grid."""
    if all(a.column is not None for a in atoms):
        return tuple(atoms)
    found: list[Atom] = []
    at = 0
    while at < len(atoms):
        size = next((n for n in (5, 4, 3, 2) if _is_broken_class(atoms[at : at + n], n)), 1)
        pieces = atoms[at : at + size]
        found.append(atoms[at] if size == 1 else replace(
            atoms[at], text=said(pieces), fold="".join(a.fold for a in pieces)))  # fmt: skip
        at += size
    return _classes_with_rows(found)


def _classes_with_rows(atoms: Sequence[Atom]) -> tuple[Atom, ...]:
    """Put classes that fill a line of their own in front of the row of words on the next line, outside grids."""
    rows = [list(group) for _, group in groupby(atoms, key=lambda a: a.row)]
    done: list[list[Atom]] = []
    for row in reversed(rows):
        after = done[-1] if done else []
        if _waits(row) and len(after) > 2 and _may_follow(row, after[0].fold, "".join(a.fold for a in after)):
            after[0] = replace(after[0], gap=Gap.SPACE)
            done[-1] = [*row, *(replace(a, row=row[0].row) for a in after)]
        else:
            done.append(row)
    return tuple(a for row in reversed(done) for a in row)


def _waits(row: Sequence[Atom]) -> bool:
    return all(a.column is None and re.fullmatch(_CLASS, a.fold) for a in row)


def _may_follow(row: Sequence[Atom], first: str, whole: str) -> bool:
    """Tell whether a row is the first of the classes above it: it opens with no class of their level, nor a total."""
    if re.fullmatch(words.TOTAL, first) or ("满意" in row[-1].fold) > ("满意" in whole):
        return False
    if is_level2(first):
        return is_level1(row[-1].fold) and ("满意" in first) == ("满意" in row[-1].fold)
    return not is_level1(first)


def _is_broken_class(pieces: Sequence[Atom], size: int) -> bool:
    if len(pieces) < size or any(a.column is not None or not a.fold for a in pieces):
        return False
    fold = "".join(a.fold for a in pieces)
    if not re.search(r"指标(?:\(\d+分?\))?$", fold) or not re.fullmatch(_CLASS, fold):
        return False
    whole = [bool(re.fullmatch(_CLASS, a.fold)) for a in pieces]
    if not any(whole):
        return True
    head = "".join(a.fold for a, is_class in zip(pieces, whole, strict=True) if not is_class)
    return whole.count(True) == 1 and bool(
        _WHOSE.fullmatch(head) if whole[-1] else whole[0] and _MARK.fullmatch(head)
    )


# Whose satisfaction, on the line above 满意度指标; and the points on the line below a class.
_WHOSE = expression(r"(?:服务|受益|帮扶|服务或受益)(?:对象)?|(?:社会)?公众(?:或服务对象)?|群众")
_MARK = expression(r"\(\d+分?\)")


def _rejoined(atoms: Sequence[Atom]) -> list[Atom]:
    """Run a line's pieces together again where its spaces fall inside class names and so are no borders."""
    found: list[Atom] = []
    for (_, outside), group in groupby(atoms, key=lambda a: (a.row, a.column is None)):
        pieces = list(group)
        if not outside:
            found.extend(pieces)
            continue
        fold = "".join(a.fold for a in pieces)
        broken = [m for m in _TOKEN.finditer(fold) if m.lastgroup == "class"]
        clean = sum(1 for a in pieces if re.fullmatch(_CLASS, a.fold))
        if len(pieces) > 1 and len(broken) > _FEW and 2 * clean < len(broken):
            found.append(replace(pieces[0], text=" ".join(a.text for a in pieces), fold=fold))
        else:
            found.extend(pieces)
    return found


_FEW = 3
_LONGEST = 12_000  # beyond this no table stands, only prose: taking it apart would cost minutes


def _one_score(fold: str) -> bool:
    return (
        bool(re.fullmatch(r"100(?:\.0+)?|\d{1,2}(?:\.\d{1,3})?|[1-9]\d{2,}(?:\.\d{1,2})?", fold))
        and fold not in _TWINS
    )


def _in_cell(atom: Atom) -> bool:
    """Tell whether the atom is a whole cell of a grid with two digits: 88 there is no 8 beside an 8."""
    return atom.column is not None and len(atom.fold) < 3


_TWINS = {f"{n}{n}" for n in range(2, 101)}


def _pieces(atom: Atom, tokens: re.Pattern[str]) -> list[Atom]:
    cuts: list[int] = [0]
    kind = ""
    for token in tokens.finditer(atom.fold):
        goes_on = token.lastgroup in _WORDS and kind in _WORDS
        if token.start() and not goes_on:
            cuts.append(token.start())
        kind = token.lastgroup or ""
    cuts.append(len(atom.fold))
    return parts(atom, [span for start, end in pairwise(cuts) for span in _twice(atom.fold, start, end)])


def _twice(fold: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cut a run of words that ends in the same words twice (指标值 and 完成值 alike): name, words, words."""
    run = fold[start:end]
    for size in range(len(run) // 2, 1, -1):
        if run[-size:] == run[-2 * size : -size] and not run[-size:].isdigit():
            marks = (start, end - 2 * size, end - size, end)
            return [(low, high) for low, high in pairwise(marks) if low < high]
    return [(start, end)]
