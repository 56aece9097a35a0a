"""The fund block of a base-data form: sources by rows, stages (预算, 分配下达, 到位, 支出) by columns.

A stage's heading spans several columns. Where the text kept the spans, a figure belongs to the column below;
where it
lost them, the headings' order tells the stage, and a figure right under a stage's heading is taken for that
stage.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from jixiao.expressions import expression
from jixiao.layout import Doubt, Place
from jixiao.model.evaluation import FundLine
from jixiao.model.figure import Figure, Unit, sum_of
from jixiao.model.quantities import parse_figure
from jixiao.papers.scoring_rows import Piece
from jixiao.papers.words import folded

_STAGES = {
    "annual": r"预算安排.*|预算情况.*", "allocated": (
        r"实际(?:分配)?下达.*|"
        r"(?:实际)?分配下达.*"
    ), "received": r"(?:实际)?到位.*|资金到位.*",
    "executed": r"(?:实际)?支出(?!主要).*|资金支出.*",
}  # fmt: skip
_STAGE = {name: expression(words) for name, words in _STAGES.items()}
_COLUMNS = {
    "initial": r"期初预算数?|年初预算数?", "adjusted": r"预算调[整剂].*|调[整剂]金额", "annual": (
        r"实际预算数?|"
        r"调整后预算数?|全年预算数?"
    ),
    "part": r"(?:市本级|县本级|省本级|本级|转移支付.*|县区|区县|镇街|项目单位)(?:支出|到位)?",
}  # fmt: skip
_COLUMN = {name: expression(words) for name, words in _COLUMNS.items()}
_SOURCE = expression(
    r"(?:\d[.、．]|\(\d\)|其中[:：])*(?:(?:资金|年度资金|资金来源)?(?:合计|总计|总额)|(?:中央|省级?|市级?|县级?|区级?|镇级?|其他|其它|自筹|自有|社会|上级|"
    r"本级)[^\d]{0,8}(?:资金|拨款|投入|配套)?)(?:\(万?元\))?"
)
_TOTAL = expression(r"合计|总计|总额")
SAID = {
    "initial": "期初预算数",
    "annual": "实际预算数",
    "allocated": "实际分配下达",
    "received": "实际到位",
    "executed": "实际支出",
}


@dataclass(frozen=True, slots=True)
class Stages:
    """The rows of the fund block with their places (`more.0.executed`) and doubts."""

    lines: tuple[FundLine, ...] = ()
    places: Mapping[str, Place] = field(default_factory=dict)
    doubts: tuple[Doubt, ...] = ()


def stages_of(rows: list[tuple[Piece, ...]], unit: Unit | None) -> Stages:
    """Read the fund block from the rows of the form; empty when the form has none."""
    for k, row in enumerate(rows):
        groups = {
            p.column: name for p in row for name, pattern in _STAGE.items() if pattern.fullmatch(p.plain)
        }
        if len(groups) >= 3:
            below = rows[k + 1] if k + 1 < len(rows) else ()
            return read_sources(rows[k + 1 :], groups, columns_of(below, groups), unit)
        flat = flat_columns(row, groups)
        if {"executed", "annual"} <= set(flat.values()):
            return read_sources(rows[k + 1 :], flat, flat, unit)
    return Stages()


def flat_columns(row: tuple[Piece, ...], groups: dict[int, str]) -> dict[int, str]:
    """Return the columns of a heading in one row, 期初预算数 beside 实际到位; none where parts stand below it."""
    own = {
        p.column: name
        for p in row
        for name, pattern in _COLUMN.items()
        if name != "part" and pattern.fullmatch(p.plain)
    }
    columns = {**groups, **own}
    return {c: columns[c] for c in sorted(columns)} if own else {}


def columns_of(below: tuple[Piece, ...], groups: dict[int, str]) -> dict[int, str]:
    """Return the stage of each column below.

    By its own word, the parts of a stage by the order of the stages.
    """
    order = [groups[c] for c in sorted(groups) if groups[c] != "annual"]
    columns: dict[int, str] = {}
    k, seen = 0, 0
    for piece in below:
        name = next((n for n, pattern in _COLUMN.items() if pattern.fullmatch(piece.plain)), None)
        if name == "part" and order:
            fitting = next(
                (s for s in order if {"executed": "支出", "received": "到位"}.get(s, "?") in piece.plain),
                None,
            )
            k, seen = (k + 1, 1) if seen == 2 and k + 1 < len(order) else (k, seen + 1)
            columns[piece.column] = fitting or order[k]
        elif name:
            columns[piece.column] = name
    return columns


def read_sources(
    rows: list[tuple[Piece, ...]], groups: dict[int, str], columns: dict[int, str], unit: Unit | None
) -> Stages:
    """Read the rows of sources up to the first row that is none."""
    lines: list[FundLine] = []
    places: dict[str, Place] = {}
    doubts: list[Doubt] = []
    for row in rows:
        label = next((p for p in row if _SOURCE.fullmatch(p.plain)), None)
        if label is None and (is_beside(row, groups, unit) or (not lines and is_heading(row))):
            continue
        if label is None:
            break
        figures = {
            p: f
            for p in row
            if p.column > label.column and (f := parse_figure(p.plain, unit=unit)) is not None
        }
        number = sum(not is_total(line) and filled(line) for line in lines)
        path = "total" if _TOTAL.search(label.plain) else f"more.{number}"
        if not figures:
            lines.append(FundLine(label=label.text))
            continue
        line, found, more = placed(label.text, figures, groups, columns)
        lines.append(line)
        places |= {f"{path}.{name}": place for name, place in found.items()}
        doubts += [Doubt(d.place, d.why, d.reading, d.alternative, f"funds.{path}") for d in more]
    return Stages(tuple(line for line in lines if filled(line)), places, tuple(doubts))


def is_heading(row: tuple[Piece, ...]) -> bool:
    """Tell whether a row holds the columns below the stages (市本级, 县区)."""
    return any(_COLUMN["part"].fullmatch(p.plain) for p in row)


def is_beside(row: tuple[Piece, ...], groups: Mapping[int, str], unit: Unit | None) -> bool:
    """Tell whether a row holds only words beside the block: the rest of 存在问题和改进措施."""
    return all(p.column > max(groups) and parse_figure(p.plain, unit=unit) is None for p in row)


def is_total(line: FundLine) -> bool:
    """Tell whether a row of the fund block is the one of the totals."""
    return _TOTAL.search(folded(line.label or "")) is not None


def filled(line: FundLine) -> bool:
    """Tell whether a row of the fund block has any figure."""
    return any((line.initial, line.annual, line.executed, line.allocated, line.received))


Placed = tuple[FundLine, dict[str, Place], list[Doubt]]


def placed(
    label: str, figures: dict[Piece, Figure], groups: dict[int, str], columns: dict[int, str]
) -> Placed:
    """Give a row's figures to the stages; parts of one stage (市本级, 县区) add up."""
    by_group = {p: groups[p.column] for p in figures if p.column in groups}
    by_column = {p: columns[p.column] for p in figures if p.column in columns}
    under_stages = len(by_group) == len(figures) > 1 and by_group != by_column
    chosen = by_group if under_stages else by_column
    doubts: list[Doubt] = []
    for piece, figure in figures.items():
        other = by_column.get(piece) if under_stages else None
        if piece not in chosen:
            doubts.append(Doubt(piece.place, f"“{label}”一行的数不在任何一栏之下", None, str(figure)))
        elif other is not None and other != chosen[piece]:
            doubts.append(Doubt(piece.place, f"“{label}”一行的数按上一层栏目归位，下一层栏目错开",
                                SAID.get(chosen[piece]), SAID.get(other, other)))  # fmt: skip
    values = {
        name: sum_of(figures[p] for p in figures if chosen.get(p) == name) for name in set(chosen.values())
    }
    places = {name: p.place for p, name in chosen.items()}
    line = FundLine(values.get("initial"), values.get("annual"), values.get("executed"),
                    values.get("allocated"), values.get("received"), label,
                    adjusted=values.get("adjusted"))  # fmt: skip
    return line, places, doubts
