"""填报表: the official form of a rule-book to be filled in, with drop-downs, checks and live scores.

Laid out as the form itself is (selfeval_page), with a column each for sign, number and unit where the form prints them
in one cell: a sum needs the number alone. What is typed is never changed; what is worked out is `scoring.live`'s.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from hashlib import sha256

from jixiao.errors import UnknownNameError
from jixiao.layout import Block, Cell, Grid, Layout, Line, Place, Role
from jixiao.model.evaluation import Evaluation, Execution, Goal, Indicator, Project
from jixiao.model.figure import Figure
from jixiao.model.reading import Kind
from jixiao.model.target import AtLeast, AtMost, Before, Exactly, Qualitative, Unclear
from jixiao.papers.form import Form, FormColumn, load_form
from jixiao.papers.pages.selfeval_page import lay_out_on
from jixiao.papers.templates.template_filling import Filling, law
from jixiao.papers.templates.template_spots import Spot, spots_of
from jixiao.schemes.scheme import Scheme
from jixiao.scoring import live

SHEET, HOW = "自评表", "填报说明"
STAMP = "jixiao-template-1"
WORTH = {"产出指标": 50, "效益指标": 30, "满意度指标": 10}
SECOND = {
    "成本指标": ("经济成本指标", "社会成本指标", "生态环境成本指标"),
    "产出指标": ("数量指标", "数量指标", "质量指标", "时效指标"),
    "效益指标": ("经济效益指标", "社会效益指标", "生态效益指标"),
    "满意度指标": ("服务对象满意度指标",),
}  # 财预〔2020〕10号附件1, 财预〔2021〕101号
WITHOUT_COST = {"产出指标": ("成本指标",), "效益指标": ("可持续影响指标",)}  # as 10号 has them
SHARES = {"level1": 8, "level2": 10, "level3": 18, "sign": 6, "target": 10, "unit": 8, "actual": 12, "points": 7,
          "score": 7, "reason": 18}  # fmt: skip
SHARE, LABEL_SHARE = 10, 6


def lay_out(scheme: Scheme, start: Evaluation, form: str | None = None) -> Layout:
    """Lay out a form to be filled in.

    Args:
        scheme: the rule-book whose scores it shows; it names the form where `form` doesn't.
        start: what is known already: project and year; indicators with names, targets and points, of which results
            and scores are left out. Without indicators there are blank rows of the usual classes.
        form: a stem or id of papers/forms.

    Raises:
        UnknownNameError: there is no such form, or the rule-book scores no self-evaluation tables.
    """
    if Kind.SELFEVAL_TABLE not in scheme.match.kinds and form is None:
        raise UnknownNameError(
            f"“{scheme.id}”口径不是给自评表计分的，不能生成填报表；"
            "请换一个口径（jixiao schemes 列出全部），或用 --form 指定表样。"
        )
    issued = load_form(form or scheme.form or "f-10")
    printed = fillable(issued)
    blank = _blank(start, scheme, printed)
    page = lay_out_on(blank, printed)
    grid = next(block for block in page.blocks if isinstance(block, Grid))
    spots = spots_of(grid, printed, len(blank.indicators))
    filled = Filling(scheme, printed, blank, spots).cells(grid.cells)
    grid = replace(grid, cells=tuple(filled), widths=_widths(grid, printed))
    lines = [block for block in page.blocks if isinstance(block, Line) and block.role is not Role.NOTE]
    blocks: list[Block] = [*(line for line in lines if line.text != "注："), grid]
    placed = [replace(block, place=Place(sheet=SHEET)) for block in blocks]
    how = [Line(text, Place(sheet=HOW), level) for text, level in _how(scheme, issued)]
    stamp = stamp_of(scheme, issued, grid.cells)
    return Layout(start.project.name or SHEET, (*placed, *how), landscape=True, stamp=stamp)


def fillable(form: Form) -> Form:
    """Give sign, number and unit a column each where the form prints them in one, and points where it prints none."""
    columns, funds = list(form.columns), list(form.fund_columns)
    for listed in (columns, funds):
        kinds = [column.kind for column in listed]
        if "points" not in kinds and "score" in kinds:
            listed.insert(kinds.index("score"), FormColumn("points", "分值"))
    parted = tuple(one for column in columns for one in _parted(column, {column.kind for column in columns}))
    return replace(form, columns=parted, fund_columns=tuple(funds), widths=())


def _parted(column: FormColumn, kinds: Collection[str]) -> Iterator[FormColumn]:
    if column.kind != "target" or "sign" in kinds:
        yield column
        return
    yield FormColumn("sign", "符号", column.heading)
    yield FormColumn("target", "数值", column.heading)
    if "unit" not in kinds:
        yield FormColumn("unit", "计量单位", column.heading)


def stamp_of(scheme: Scheme, form: Form, cells: Iterable[Cell]) -> str:
    """Return the text that a workbook keeps out of sight: rule-book, form, and a digest of the printed labels."""
    labels = {(cell.row, cell.column): cell.text for cell in cells if cell.role is Role.HEADING}
    known = {"scheme": scheme.id, "digest": scheme.digest, "form": form.id}
    spots = [[row, column] for row, column in sorted(labels)]
    return json.dumps({"what": STAMP, **known, "labels": digest_of(labels), "at": spots}, ensure_ascii=False)


def digest_of(labels: Mapping[Spot, str]) -> str:
    """Return the sha256 of labels and where they stand."""
    told = "\n".join(f"{row}:{column}:{text}" for (row, column), text in sorted(labels.items()))
    return sha256(told.encode()).hexdigest()


def _blank(start: Evaluation, scheme: Scheme, form: Form) -> Evaluation:
    """Keep what a new year takes over: project, names, targets and points; never a result or a score."""
    points = scheme.parts["execution"].points
    rows = tuple(_wanted(row) for row in start.indicators) or usual_rows(scheme)
    return Evaluation(
        Project(start.project.name, start.project.code, start.project.department, start.project.unit),
        start.year,
        execution=Execution(points=points if points is not None else form.execution_points),
        goal=Goal(start.goal.expected),
        indicators=rows,
    )


def _wanted(row: Indicator) -> Indicator:
    sign, number, unit = _in_parts(row)
    return Indicator(
        row.level1, row.level2, row.level3, row.level4, sign=sign, unit=unit, points=row.points, remarks=row.remarks,
        target=Unclear(number, "") if number else None,
    )  # fmt: skip


def _in_parts(row: Indicator) -> tuple[str | None, str | None, str | None]:
    """Return a target's sign, number and unit; words and intervals stay whole."""
    target = row.target
    match target:
        case AtLeast() | AtMost() | Exactly():
            sign, bound = _bound(target)
            return sign, f"{bound.value:f}", row.unit or (bound.unit.name if bound.unit else None)
        case Before():
            return live.IN_TIME, target.text, None
        case Qualitative():
            return live.IN_WORDS, target.text, None
        case _:
            return row.sign, target.text if target else None, row.unit


def _bound(target: AtLeast | AtMost | Exactly) -> tuple[str, Figure]:
    match target:
        case AtLeast():
            return (">" if target.strict else "≥"), target.bound
        case AtMost():
            return ("<" if target.strict else "≤"), target.bound
        case Exactly():
            return "=", target.value


def usual_rows(scheme: Scheme) -> tuple[Indicator, ...]:
    """Return blank rows of the classes that the rule-book weighs, with the usual second level."""
    classes = scheme.level1 or WORTH
    rows = []
    for name in classes:
        second = SECOND.get(name, ("",))
        if "成本指标" not in classes:
            second += WITHOUT_COST.get(name, ())
        rows += [Indicator(name, level2 or None) for level2 in second]
    return tuple(rows)


def _widths(grid: Grid, form: Form) -> tuple[int, ...]:
    width = max(cell.column + cell.colspan for cell in grid.cells)
    shares = [LABEL_SHARE, *(SHARES.get(column.kind, SHARE) for column in form.columns)]
    return tuple([*shares, *[SHARE] * width][:width])


def _how(scheme: Scheme, form: Form) -> Iterator[tuple[str, int | None]]:
    """Yield the lines of the sheet that says how to fill in, and by which text what is worked out."""
    yield HOW, 0
    yield f"表样：{form.title}（{form.source}）。评分口径：{scheme.title}（{scheme.id}）。", None
    yield "只填有底色的单元格，其余已锁定。金额、指标值、实际完成值、分值只填数字，单位另填一格。", None
    yield (
        "得分、执行率、总分随填随算。算不出的一行（例如定性指标选了没有固定分值的档次）得分是空白，请按档次填写得分。",
        None,
    )
    yield "填好后保存为 xlsx，用 jixiao check 核对，用 jixiao write 写出正式的自评表。", None
    yield "得分依据", 1
    for part in scheme.parts.values():
        if part.says:
            yield law(part), None
