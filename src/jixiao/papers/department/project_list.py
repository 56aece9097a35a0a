"""自评项目清单 and 汇总表: the projects of a unit in printed order, with budget.

Spending and score where printed.

Reads a table with a 项目名称 column or numbered lines under a title that says 清单. A total row is no
project.
"""

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from jixiao.expressions import expression
from jixiao.layout import NOWHERE, Block, Doubt, Grid, Line, Place
from jixiao.model.claims import ListedProject, ProjectList
from jixiao.model.evaluation import Particular
from jixiao.model.figure import WAN, YUAN, Figure, Unit
from jixiao.model.quantities import parse_figure
from jixiao.model.reading import Kind, Reading
from jixiao.papers.prose.narrative import Paragraph, numbered, paragraphs, unmarked
from jixiao.papers.prose.report_head import ORGAN, close, labelled
from jixiao.papers.scoring_rows import Piece, lines_above, number, pieces
from jixiao.papers.words import folded

_TITLE = expression(
    r"[^。；]{0,50}(?:项目(?:支出)?(?:绩效)?(?:自评)?(?:情况|结果|得分)?(?:清单|汇总表|一览表|目录|"
    r"明细表)|自评(?:复核)?(?:情况|结果|得分)?汇总表|自评项目表)(?:\(.{1,14}\))?"
)
_NAME = expression(r"(?:预算)?项目(?:\(政策\))?名称(?:\(.{1,10}\))?|项目")
_HEADS = {
    "number": r"序号|编号|项目序号", "budget": (
        r"(?:全年|年初|年度|调整后?|项目)?预算(?:数|金额|资金|安排数?|额)?.{0,8}|(?:项目)?(?:资金|"
        r"金额)(?:总额)?.{0,8}|安排(?:资金|金额).{0,6}"
    ),
    "executed": r"(?:全年|实际|预算|资金)?(?:执行|支出)(?:数|金额|资金|额)?(?!率).{0,6}", "score": (
        r"(?:绩效)?(?:自评|评价|综合|复核)?(?:总?得分|"
        r"分数|总分|评分|分值)(?:\(.{1,4}\))?"
    ),
    "rate": r"(?:预算|资金|支出)?(?:执行|支出|支付|完成)(?:率|进度)(?:\(.{1,6}\))?",
    "grade": r"(?:绩效)?(?:自评|评价|评定|综合|复核)?(?:等级|等次|级别|结果|结论)",
}  # fmt: skip
_HEAD = {name: expression(words) for name, words in _HEADS.items()}
_SUM = expression(r"合计|总计|小计|平均.*")
_WHOLE = expression(r"合计|总计")
_GRADE = expression(r"优秀?|良好?|中等?|较?差|合格|不合格")
_UNIT = expression(rf"(?P<unit>[^\W\d_]{{2,28}}{ORGAN})(?=部门|单位|20\d\d|项目|绩效|预算|本级)")
_ONLY = expression(r"\d{1,3}")


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the list's columns are; None where it has none.

    `unit` is the unit that its headings print, `others` the columns that no field holds, with their headings.
    """

    name: int
    number: int | None = None
    budget: int | None = None
    executed: int | None = None
    score: int | None = None
    rate: int | None = None
    grade: int | None = None
    unit: Unit | None = None
    others: tuple[tuple[int, str], ...] = ()


def looks_like(blocks: tuple[Block, ...]) -> bool:
    """Tell whether these blocks begin a project list.

    Its title stands first, or a table of names and nothing else does.
    """
    lines = [folded(b.text) for b in blocks[:6] if isinstance(b, Line) and b.text.strip()]
    if any(_TITLE.fullmatch(re.sub(r"^(?:附件\d*[:：]?|第.{1,2}部分)", "", text)) for text in lines):
        return True
    grids = [b for b in blocks if isinstance(b, Grid)]
    return len(grids) == 1 and not [t for t in lines if len(t) > 60] and columns_in(grids[0], ()) is not None


def columns_in(grid: Grid, titles: tuple[str, ...]) -> tuple[Columns, int] | None:
    """Return the columns of a list of projects and the number of its heading row.

    None when the grid is no such list.
    """
    rows = list(pieces(grid))
    for k, row in enumerate(rows[:5]):
        name = next((p.column for p in row if _NAME.fullmatch(p.plain)), None)
        others = {
            h: p.column for h, pattern in _HEAD.items() for p in reversed(row) if pattern.fullmatch(p.plain)
        }
        if name is None or not others or any("级指标" in p.plain for p in row):
            continue
        if any(number(p.plain) is not None for p in row):
            continue
        text = " ".join([*titles, *(p.plain for p in row)])
        unit = WAN if "万元" in text else YUAN if re.search(r"\(元\)|单位[:：]元", text) else None
        known = {name, *others.values()}
        besides = tuple((p.column, p.plain) for p in row if p.column not in known)
        return Columns(name, **others, unit=unit, others=besides), k
    return None


def listed_row(row: tuple[Piece, ...], columns: Columns) -> ListedProject | None:
    """Return the project of a row, None for totals and rows without a name."""
    at = {p.column: p for p in row}
    name = at.get(columns.name)
    if name is None or number(name.plain) is not None:
        names = [p for p in row if number(p.plain) is None]
        name = names[0] if len(names) == 1 else None
    if name is None or any(_SUM.fullmatch(p.plain) for p in row) or not re.search(r"[^\W\d]", name.plain):
        return None
    first = at.get(columns.number) if columns.number is not None else None
    seq = first.text if first is not None and first is not name else None
    return with_figures(ListedProject(name.text, seq), at, columns)


def total_row(row: tuple[Piece, ...], columns: Columns) -> ListedProject | None:
    """Return the row of totals (合计, 总计) as a line of that name; None for any other row and for 小计."""
    name = next((p for p in row if _WHOLE.fullmatch(p.plain)), None)
    at = {p.column: p for p in row}
    total = with_figures(ListedProject(name.plain), at, columns) if name is not None else None
    figures = (total.budget, total.executed, total.score_printed) if total is not None else ()
    return total if any(figure is not None for figure in figures) else None


def with_figures(line: ListedProject, at: dict[int, Piece], columns: Columns) -> ListedProject:
    """Return the line with what its columns print."""
    points, rate = (money(at, column, None) for column in (columns.score, columns.rate))
    grade = at.get(columns.grade) if columns.grade is not None else None
    return replace(
        line,
        budget=money(at, columns.budget, columns.unit),
        executed=money(at, columns.executed, columns.unit),
        score_printed=points.value if points else None,
        rate_printed=rate,
        grade_printed=grade.text if grade is not None and _GRADE.fullmatch(grade.plain) else None,
        particulars=tuple(Particular(label, at[k].text) for k, label in columns.others if k in at),
    )


def money(at: dict[int, Piece], column: int | None, unit: Unit | None) -> Figure | None:
    """Return a column's amount in its own unit or the column's."""
    piece = at.get(column) if column is not None else None
    return parse_figure(piece.plain, unit=unit) if piece else None


Listed = list[tuple[ListedProject, Place]]


def from_grids(blocks: tuple[Block, ...]) -> tuple[Listed, Listed]:
    """Return the projects of the tables and the rows of totals; a table without a heading goes on the one before."""
    found: Listed = []
    totals: Listed = []
    columns: Columns | None = None
    titles = tuple(folded(b.text) for b in blocks if isinstance(b, Line))
    for block in blocks:
        if not isinstance(block, Grid):
            continue
        rows = list(pieces(block))
        headed = columns_in(block, titles)
        if headed is not None:
            columns, first = headed
            rows = rows[first + 1 :]
        for row in rows if columns else []:
            project = listed_row(row, columns) if columns else None
            if project is not None:
                found.append((project, row[0].place))
            elif columns and (total := total_row(row, columns)) is not None:
                totals.append((total, row[0].place))
    return found, totals


def from_lines(listed: tuple[Paragraph, ...]) -> Listed:
    """Return the projects of numbered lines (1. 青禾县…项目), or of lines that alternate number and name."""
    found: Listed = []
    pending: str | None = None
    for paragraph in listed:
        text = paragraph.text.strip()
        opened = numbered(text) or (
            (0, m.group(), m.end()) if (m := re.match(r"\d{1,3}\s+(?=[^\W\d])", text)) else None
        )
        if _ONLY.fullmatch(text):
            pending = text
        elif opened and "。" not in text.rstrip("。"):
            seq = re.sub(r"\D+", "", opened[1]) or opened[1].strip("、.．（）() ")
            found.append((ListedProject(text[opened[2] :].strip(" ；;。，"), seq), paragraph.place()))
        elif pending:
            found.append((ListedProject(text, pending), paragraph.place()))
            pending = None
    return found


def unit_in(texts: list[str]) -> str | None:
    """Return the unit that the title names before 部门, 项目 or the year."""
    return next(
        (
            m.group("unit")
            for t in texts
            if (m := _UNIT.search(re.sub(r"^(?:第.{1,2}部分|附件\d*[:：]?)?\s*(?:20\d\d年度?)?", "", t)))
        ),
        None,
    )


def read(blocks: tuple[Block, ...]) -> Reading:
    """Read a project list. Never raises: what isn't printed is None."""
    blocks = (*lines_above(b for b in blocks if isinstance(b, Grid)), *blocks)
    lines = paragraphs(blocks)
    found, totals = from_grids(blocks)
    found = found or from_lines(tuple(unmarked(b) for b in blocks if isinstance(b, Line)))
    total, place = totals[0] if len(totals) == 1 else (None, NOWHERE)
    texts = [close(p.text) for p in lines]
    title = next(
        (t for t in texts if _TITLE.fullmatch(re.sub(r"^(?:附件\d*[:：]?|第.{1,2}部分)\s*", "", folded(t)))),
        None,
    )
    labels = labelled(lines)
    year = next(
        (int(m.group(1)) for t in [title or "", *texts[:6]] if (m := re.search(r"(20\d\d)\s*年度?", t))), None
    )
    unit = labels["unit"][0] if "unit" in labels else unit_in([title] if title else [])
    places = {f"projects.{k}": at for k, (_, at) in enumerate(found)}
    if total is not None:
        places["total"] = place
    doubts = () if found else (Doubt(blocks[0].place if blocks else NOWHERE, "标题为项目清单，没有读到项目"),)
    record = ProjectList(unit, year, title, tuple(p for p, _ in found), total)
    return Reading(Kind.PROJECT_LIST, record, blocks[0].place if blocks else NOWHERE, places, doubts,
                   Decimal(1) if found and title else Decimal(bool(found)) / 2)  # fmt: skip
