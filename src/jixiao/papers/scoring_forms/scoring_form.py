"""评分表, 指标体系框架: every indicator with its points and score, in three or four levels.

With classes and total.

评分标准 is the rule-book's text and is left out; 评分说明 becomes `remarks`. A score without a name beside it
isn't given to
any indicator.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction

from jixiao.expressions import expression
from jixiao.layout import NOWHERE, Block, Doubt, Grid, Line, Place
from jixiao.model.evaluation import ClassMark, Evaluation, Indicator, Project
from jixiao.model.figure import half_up
from jixiao.model.parsing import parse_actual, parse_target
from jixiao.model.reading import Kind, Reading
from jixiao.papers.cells.gridded import gridded
from jixiao.papers.cells.residue import residue_of
from jixiao.papers.prose.narrative import paragraphs
from jixiao.papers.prose.report_head import labelled
from jixiao.papers.scoring_forms.glued_points import glued_points, with_points, without_points
from jixiao.papers.scoring_forms.scoring_order import scored_rows
from jixiao.papers.scoring_rows import Head, Named, ScoredRow, lines_above, pieces
from jixiao.papers.words import folded

_TITLE = expression(
    r"[^。；]{0,40}(?:评分表|评价指标体系(?:框架)?(?:及评分|评分)?(?:表)?|指标体系(?:框架)?|打分表|"
    r"评分汇总表)"
)
_LEVELS = expression(r"一级指标|二级指标|三级指标")
_YEAR = expression(r"(20\d\d)\s*年度?")

Places = Mapping[str, Place]


@dataclass(frozen=True, slots=True)
class Scored:
    """The content of a scoring table.

    Indicators with their fields' places, classes, full points, total, doubts.
    """

    indicators: tuple[tuple[Indicator, Places], ...] = ()
    classes: tuple[tuple[ClassMark, Place], ...] = ()
    points: tuple[Decimal, Place] | None = None
    total: tuple[Decimal, Place] | None = None
    doubts: tuple[Doubt, ...] = ()
    kinds: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class State:
    """What the rows so far leave standing.

    The name at each level, the second level's points and what they still hold.
    """

    names: Mapping[int, str] = field(default_factory=dict)
    left: Decimal | None = None


def looks_like(blocks: tuple[Block, ...]) -> bool:
    """Tell whether these blocks begin a scoring form: its title, and a table with levels of indicators."""
    titled = any(isinstance(b, Line) and _TITLE.fullmatch(folded(b.text)) for b in blocks[:8])
    return titled and any(
        isinstance(b, Grid) and any(_LEVELS.search(folded(c.text)) for c in b.cells) for b in blocks
    )


# ---------------------------------------------------------------- rows to indicators


def indicators_of(grids: tuple[Grid, ...]) -> Scored:
    """Return what the tables hold, read as one table over several pages."""
    head, state, result = Head(), State(), Scored()
    for grid in grids:
        head, rows = scored_rows(grid, head)
        for row in rows:
            if row.total:
                result = with_total(result, row)
                continue
            if row.names and row.points is None and row.score is None:
                result = with_indicator(result, row, state, head)
                continue
            result = with_classes(result, row, state)
            state = standing(state, row)
            result = with_indicator(result, row, state, head)
            state = used(state, row)
    return bare(without_misplaced(replace(result, kinds=head.kinds)))


def bare(scored: Scored) -> Scored:
    """Part the names of classes from the points that stand right behind them."""
    glued = glued_points([indicator for indicator, _ in scored.indicators])
    if not glued:
        return scored
    indicators = tuple((without_points(indicator, glued), places) for indicator, places in scored.indicators)
    return replace(scored, indicators=indicators, classes=with_points(scored.classes, glued))


def standing(state: State, row: ScoredRow) -> State:
    """Return the names that stand at each level once this row's own are put in.

    A new name clears those below it.
    """
    names = dict(state.names)
    left = state.left
    for named in row.names:
        if named.level is None:
            continue
        if named.level <= 2 and names.get(named.level) == named.name:
            continue  # a merged cell written out on every row
        names = {level: name for level, name in names.items() if level < named.level} | {
            named.level: named.name
        }
        if named.level <= 2:
            left = named.points if named.level == 2 else None
    return State(names, left)


def used(state: State, row: ScoredRow) -> State:
    """Return the state after an indicator has taken its points from its second level."""
    if state.left is None or row.points is None:
        return state
    return replace(state, left=state.left - row.points)


def with_classes(result: Scored, row: ScoredRow, state: State) -> Scored:
    """Add the first and second levels that this row opens; a name that already stands opens nothing."""
    opened, fresh = [], False
    for named in row.names[:-1]:
        if named.level not in (1, 2):
            continue
        fresh = fresh or state.names.get(named.level) != named.name
        opened += [named] if fresh else []
    return replace(result, classes=(*result.classes, *((class_mark(n), n.place) for n in opened)))


def class_mark(named: Named) -> ClassMark:
    """Return a level's name as a class with its points."""
    return ClassMark(named.name, named.level or 1, named.points)


def with_total(result: Scored, row: ScoredRow) -> Scored:
    """Add the totals of a 合计 row; the first such row counts."""
    points = (row.points, row.places.get("points", row.place)) if row.points is not None else None
    total = (row.score, row.places.get("score", row.place)) if row.score is not None else None
    return replace(result, points=result.points or points, total=result.total or total)


def with_indicator(result: Scored, row: ScoredRow, state: State, head: Head) -> Scored:
    """Add the row's indicator, or a doubt where the row has a score and no name.

    Or a name and nothing else.
    """
    if not row.names:
        why = "本行有得分而没有指标名称，上下各行的得分可能错行"
        doubt = (
            (Doubt(row.place, why, None, str(row.score), f"indicators.{len(result.indicators)}"),)
            if row.score is not None
            else ()
        )
        return replace(result, doubts=(*result.doubts, *doubt))
    if row.points is None and row.score is None:
        doubt_ = Doubt(
            row.place, f"“{row.names[-1].name}”没有分值也没有得分，未作指标", None, row.names[-1].name
        )
        return replace(result, doubts=(*result.doubts, doubt_))
    number = len(result.indicators)
    doubts = [replace(d, where=f"indicators.{number}.{d.where}".rstrip(".")) for d in row.doubts]
    names = dict(state.names)
    if (
        state.left is not None
        and row.points is not None
        and state.left <= 0 < row.points
        and not any(n.level == 2 for n in row.names)
    ):
        why = f"“{names.get(2)}”的分值已分配完，本行的二级指标名称应已缺失"
        doubts.append(Doubt(row.place, why, None, names.pop(2, None), f"indicators.{number}.level2"))
    if len(row.doubts) and any("无法确定" in d.why and "级" in d.why for d in row.doubts):
        names = {level: name for level, name in names.items() if level in (1, head.levels)}
    indicator = Indicator(
        names.get(1), names.get(2), names.get(3), names.get(4),
        parse_target(row.target) if row.target else None, parse_actual(row.actual) if row.actual else None,
        points=row.points, score_printed=row.score, deduction_printed=row.deduction, remarks=row.remarks,
    )  # fmt: skip
    places = {"indicator": row.place, **row.places}
    return replace(
        result, indicators=(*result.indicators, (indicator, places)), doubts=(*result.doubts, *doubts)
    )


def without_misplaced(result: Scored) -> Scored:
    """Take away a score that isn't full and stands beside a row with a score and no name.

    It may belong there.
    """
    beside = {int(d.where.split(".")[1]) for d in result.doubts if re.fullmatch(r"indicators\.\d+", d.where)}
    listed = list(result.indicators)
    doubts = list(result.doubts)
    for k, (indicator, places) in enumerate(listed):
        near = k in beside or k + 1 in beside
        if near and indicator.score_printed is not None and indicator.score_printed != indicator.points:
            why = "得分与分值不符，且上下有得分而没有指标名称的行，得分可能错行"
            where = f"indicators.{k}.score_printed"
            doubts.append(
                Doubt(
                    places.get("score_printed", places["indicator"]),
                    why,
                    None,
                    str(indicator.score_printed),
                    where,
                )
            )
            listed[k] = (replace(indicator, score_printed=None), places)
    return replace(result, indicators=tuple(listed), doubts=tuple(doubts))


# ---------------------------------------------------------------- the paper


def full_classes(scored: Scored) -> Scored:
    """Fill what follows from a full total.

    One missing class gets the rest of the points, every class its full score.
    """
    firsts = [(m, p) for m, p in scored.classes if m.level == 1]
    if scored.points is None or not firsts:
        return scored
    known = sum((m.points for m, _ in firsts if m.points is not None), Decimal(0))
    rest = scored.points[0] - known
    missing = [m for m, _ in firsts if m.points is None]
    full = scored.total is not None and scored.total[0] == scored.points[0]
    whole = rest == 0 if not missing else len(missing) == 1 and rest > 0
    classes, doubts = [], list(scored.doubts)
    for mark, place in scored.classes:
        new = mark
        if whole and mark.level == 1 and mark.points is None:
            new = replace(new, points=rest)
            doubts.append(
                Doubt(
                    place, f"“{mark.name}”的分值没有印出，按总分减去其余各类得出", str(rest), None, "classes"
                )
            )
        if whole and full and mark.level == 1 and mark.score_printed is None:
            new = replace(new, score_printed=new.points)
            doubts.append(
                Doubt(
                    place,
                    f"“{mark.name}”的得分没有单独印出，总分为满分，各类亦应为满分",
                    str(new.points),
                    None,
                    "classes",
                )
            )
        classes.append((new, place))
    return replace(scored, classes=tuple(classes), doubts=tuple(doubts))


def read(blocks: tuple[Block, ...]) -> Reading:
    """Read a scoring form or a framework table. Never raises: what can't be placed is None with a doubt."""
    blocks = gridded(blocks)
    grids = tuple(b for b in blocks if isinstance(b, Grid))
    scored = full_classes(indicators_of(grids))
    listed = paragraphs((*lines_above(grids), *blocks))
    labels = labelled(listed)
    places: dict[str, Place] = {
        f"project.{k}": labels[k][1] for k in ("name", "unit", "department") if k in labels
    }
    for k, (_, fields) in enumerate(scored.indicators):
        places[f"indicators.{k}"] = fields["indicator"]
        places |= {f"indicators.{k}.{name}": place for name, place in fields.items() if name != "indicator"}
    places |= {f"classes.{k}": place for k, (_, place) in enumerate(scored.classes)}
    for key, found in (("points_printed", scored.points), ("total_printed", scored.total)):
        if found is not None:
            places[key] = found[1]
    text = " ".join(p.text for p in listed)
    year = _YEAR.search(labels["year"][0] if "year" in labels else text)
    value = {k: labels[k][0] for k in ("name", "department", "unit") if k in labels}
    record = Evaluation(
        Project(value.get("name"), None, value.get("department"), value.get("unit")),
        int(year.group(1)) if year else None,
        indicators=tuple(i for i, _ in scored.indicators),
        classes=tuple(c for c, _ in scored.classes),
        points_printed=scored.points[0] if scored.points else None,
        total_printed=scored.total[0] if scored.total else None,
        residue=residue_of(row for grid in grids for row in pieces(grid)),
        blanks=unanswered(scored),
    )
    return Reading(
        Kind.SCORING_FORM,
        record,
        blocks[0].place if blocks else NOWHERE,
        places,
        scored.doubts,
        confidence(record),
    )


def unanswered(scored: Scored) -> tuple[str, ...]:
    """Return 评分说明 where the form has that column and no row says anything in it."""
    told = any(indicator.remarks for indicator, _ in scored.indicators)
    return ("评分说明",) if "explained" in scored.kinds and scored.indicators and not told else ()


def confidence(record: Evaluation) -> Decimal:
    """Return how sure the reading is.

    The share of indicators with points and score, halved without a total.
    """
    rows = record.indicators
    if not rows:
        return Decimal(0)
    whole = sum(i.points is not None and i.score_printed is not None for i in rows)
    return half_up(Fraction(whole, len(rows) * (1 if record.total_printed is not None else 2)), 2)
