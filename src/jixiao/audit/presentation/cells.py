"""FM01-FM04: cells that stand where they don't belong: a column aside, a row down, under a lost label, twice."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from jixiao.audit.lexicon import data_of, has
from jixiao.audit.rows import Row, Sort
from jixiao.audit.rule import Case, Found, rule
from jixiao.expressions import expression
from jixiao.layout import Doubt
from jixiao.model.evaluation import Evaluation, Indicator
from jixiao.model.figure import tidy
from jixiao.model.finding import FieldPath, Origin, Severity

_DOUBTS = data_of("presentation")["doubts"]
_SETTLED = ("已按", "归入", "按计量单位读")
_FIGURE = expression(r"[≥≤＝=<>＜＞]*\d+(?:\.\d+)?(?:%|％|分|万元|元|个|次|人)?")
_BARE = expression(r"\d{1,3}(?:\.\d{1,2})?")
_SIGNS = "≥≤＜＞<>"
_NUMERIC = frozenset("0123456789０１２３４５６７８９≥≤＝=＜＞<>")
_RATE = expression(r"(?:率|满意度)(?:指标)?$")
_OUTPUT = frozenset({Sort.QUANTITY, Sort.QUALITY, Sort.TIMELINESS})
_BENEFIT = frozenset({Sort.ECONOMIC, Sort.SOCIAL, Sort.ECOLOGICAL, Sort.SUSTAINABLE})
_FOREIGN = {"效益": _OUTPUT, "产出": _BENEFIT, "满意": _OUTPUT | _BENEFIT}
_QUOTED = expression(r"(“[^”]*”)(.*)", re.DOTALL)
_NAMED, _TWO, _PREFIX = 4, 2, 4


@dataclass(frozen=True, slots=True)
class _Misplaced:
    """A cell or row that stands wrong: its field, the row's name, and what is seen there."""

    where: FieldPath
    name: str
    says: str


def _doubted(case: Case, sort: str) -> Mapping[int, Sequence[Doubt]]:
    """Return the reading's doubts of one sort of misplacement, by paper."""
    words = _DOUBTS[sort] if isinstance(_DOUBTS, dict) else ()
    found: dict[int, list[Doubt]] = defaultdict(list)
    for at, reading in enumerate(case.filing.readings):
        for doubt in reading.doubts:
            if any(word in doubt.why for word in words):
                found[at].append(doubt)
    return found


def _of_doubts(doubts: Sequence[Doubt]) -> list[_Misplaced]:
    """Return each doubted row once."""
    rows = {
        _row_of(d.where): _Misplaced(_row_of(d.where), "", d.why.replace("“None”", "“（没有名称）”"))
        for d in reversed(doubts)
    }
    return list(rows.values())[::-1]


def _row_of(where: FieldPath) -> FieldPath:
    return ".".join(where.split(".")[:2]) if where.startswith("indicators.") else where


def _told(at: int, wrong: Sequence[_Misplaced], what: str, key: str) -> Found:
    """Make one finding of all that a paper has misplaced in one way: what is alike is said once."""
    alike: dict[str, list[str]] = defaultdict(list)
    for one in wrong:
        quoted = _QUOTED.match(one.says)
        name, rest = (quoted[1], quoted[2]) if quoted else ("", one.says)
        alike[rest].append(name)
    said = "；".join(_alike(rest, names) for rest, names in list(alike.items())[:_NAMED])
    says = f"{what}：{said}。改法：对照原件把这些格子放回原位，再核对得分。"
    settled = Severity.NOTE if all(has(one.says, _SETTLED) for one in wrong) else None
    return Found(wrong[0].where or "indicators", says, at, settled, Origin.LAYOUT, key=key)


def _alike(rest: str, names: Sequence[str]) -> str:
    """Say once what is alike: of rows by their names, of rows without a name how many there are."""
    different = list(dict.fromkeys(names))
    if not all(names) or len(different) < len(names):
        times = f"（共 {len(names)} 处）" if len(names) > 1 else ""
        return f"{_named([name for name in different if name])}{rest}{times}"
    return f"{_listed(names) if rest.startswith('一行') else _named(names)}{rest}"


def _named(names: Sequence[str]) -> str:
    return "、".join(names[:_NAMED]) + (f"等 {len(names)} 行" if len(names) > _NAMED else "")


def _listed(names: Sequence[str]) -> str:
    count = f"{'等' if len(names) > _NAMED else '这'} {len(names)} 行：每" if len(names) > 1 else ""
    return "、".join(names[:_NAMED]) + count


@rule("FM01", Severity.WARNING, source="自评表各格应与表头对应")
def cells_shifted_sideways(case: Case) -> Iterator[Found]:
    """格子横向错位：内容不合本栏，却合旁边一栏。

    为什么：错开一栏，指标值、完成值、分值、得分就张冠李戴，后面的核对都不可靠。
    不合格：三级指标栏里是“≥95%”；得分栏空着，原因栏里是“10”；完成值栏是“≥90%”，指标值栏空着。
    合格：各栏内容与表头对应；原因栏写明原因。
    怎么改：对照原件，把错开的格子移回原来的一栏。
    来源：自评表各格应与表头对应。
    误报风险：中，多由转换、扫描造成，不一定是填报人的错；能按内容归位的只作提示。
    """
    doubted = _doubted(case, "sideways")
    for at, _ in case.tables:
        wrong = _of_doubts(doubted.get(at, ()))
        known = {one.where for one in wrong}
        wrong += [one for row in case.rows_by_paper[at] if row.path() not in known for one in _aside(row)]
        if wrong:
            yield _told(at, wrong, "表内格子横向错位", "sideways")


def _aside(row: Row) -> Iterator[_Misplaced]:
    i, name, reason, unit = row.indicator, row.name, row.indicator.reason, row.indicator.unit
    actual = i.actual.text if i.actual else ""
    if name and name[0] in _NUMERIC and _FIGURE.fullmatch(tidy(name)):
        yield _Misplaced(row.path("level3"), name, f"第 {row.at + 1} 行指标名称一格是“{name}”")
    elif reason and i.score_printed is None and i.points is not None and _BARE.fullmatch(tidy(reason)):
        yield _Misplaced(row.path("reason"), name, f"{row.label}得分一格空着，原因一格是“{reason}”")
    elif i.target is None and actual and actual[0] in _SIGNS:
        yield _Misplaced(row.path("actual"), name, f"{row.label}指标值一格空着，完成值一格是“{actual}”")
    elif unit and unit[0] in _NUMERIC and _FIGURE.fullmatch(tidy(unit)):
        yield _Misplaced(row.path("unit"), name, f"{row.label}计量单位一格是“{unit}”")


@rule("FM02", Severity.WARNING, source="自评表各格应与表头对应")
def cells_shifted_down(case: Case) -> Iterator[Found]:
    """格子上下错位：指标值、得分或名称落到了相邻一行。

    为什么：错开一行，每个指标都拿着别的指标的目标和结果，得分无从核对。
    不合格：“合格率”的指标值是“成效显著”，下一行“改善环境”的指标值是“≥95%”，整列都差一行。
    合格：满意度的指标值是“≥95%”，改善环境的指标值是“成效显著”。
    怎么改：对照原件，把这一栏整列移回原来的行。
    来源：自评表各格应与表头对应。
    误报风险：中，至少两个比率类指标对不上、移一行后全部对上才提示。
    """
    doubted = _doubted(case, "downward")
    strays = _doubted(case, "sideways")
    for at, table in case.tables:
        wrong = _of_doubts(doubted.get(at, ()))
        wrong += _strayed(table, strays.get(at, ()))
        wrong += _lagging(case.rows_by_paper[at])
        if wrong:
            yield _told(at, wrong, "表内格子上下错位", "down")


def _strayed(table: Evaluation, doubts: Sequence[Doubt]) -> list[_Misplaced]:
    """Return the rows whose stray cell is the name of the row below it, where two or more are."""
    wrong: dict[int, _Misplaced] = {}
    for doubt in doubts:
        part = doubt.where.split(".")[1:2]
        at = int(part[0]) if part and part[0].isdigit() else len(table.indicators)
        below = tidy(table.indicators[at + 1].level3 or "") if at + 1 < len(table.indicators) else ""
        stray = re.split(r"[、:]", tidy(doubt.alternative or ""))
        if len(below) > _PREFIX and any(len(cell) > _PREFIX and below.startswith(cell) for cell in stray):
            says = f"“{table.indicators[at].level3}”一行里印着下一行的“{table.indicators[at + 1].level3}”"
            wrong[at] = _Misplaced(f"indicators.{at}", "", says)
    return list(wrong.values()) if len(wrong) >= _TWO else []


def _lagging(rows: Sequence[Row]) -> list[_Misplaced]:
    """Return the rate rows whose target is no rate, where all are right once the column moves by one row."""
    rates = [r for r in rows if _RATE.search(r.name)]
    wrong = [r for r in rates if r.indicator.target is not None and not _is_rate(r.indicator)]
    if len(wrong) < _TWO or not any(_moved(rows, rates, by) for by in (1, -1)):
        return []
    return [_Misplaced(r.path("target"), r.name, f"{r.label}的指标值是“{r.indicator.target.text}”")
            for r in wrong if r.indicator.target]  # fmt: skip


def _is_rate(indicator: Indicator) -> bool:
    text = indicator.target.text if indicator.target is not None else ""
    return "%" in text or "％" in text or indicator.unit in {"%", "％"}


def _moved(rows: Sequence[Row], rates: Sequence[Row], by: int) -> bool:
    """Tell whether every rate row has a rate for its target `by` rows on, one of them beside a name that is no rate."""
    near = [rows[r.at + by] for r in rates if 0 <= r.at + by < len(rows)]
    return all(_is_rate(r.indicator) for r in near) and any(r not in rates for r in near)


@rule("FM03", Severity.WARNING, source="指标应列在所属的一级、二级指标之下")
def merged_label_lost(case: Case) -> Iterator[Found]:
    """合并的一级、二级指标名称丢失，或者被下面的行错误沿用。

    为什么：指标归错类，分类得分和权重就都错了。
    不合格：“数量指标”列在“效益指标”之下；“产出质量”一格空着，本行归到了“产出数量”。
    合格：每个一级指标的第一行印有名称，以下各行空着；满意度列在效益指标之下的表样。
    怎么改：补上缺的一级、二级指标名称。
    来源：指标应列在所属的一级、二级指标之下。
    误报风险：中，多由合并单元格转换造成；能按指标体系归类的只作提示。
    """
    doubted = _doubted(case, "merged")
    for at, _ in case.tables:
        wrong = _of_doubts(doubted.get(at, ()))
        wrong = wrong or [one for row in case.rows_by_paper[at] if (one := _misfiled(row)) is not None]
        if wrong:
            yield _told(at, wrong, "一级、二级指标名称缺失或错位", "merged")


_OF_OUTPUT = frozenset({"经济性", "效率性"})  # what scoring forms have under 产出: cost and pace, no benefit


def _misfiled(row: Row) -> _Misplaced | None:
    i = row.indicator
    foreign = _FOREIGN.get(i.level1[:2]) if i.level1 else None
    if foreign is None or row.sort not in foreign or i.level1 == i.level2 or i.level2 in _OF_OUTPUT:
        return None
    says = f"“{row.name}”的二级指标是“{i.level2}”，一级指标却是“{i.level1}”"
    return _Misplaced(row.path("level1"), row.name, says)


@rule("FM04", Severity.WARNING, source="同一指标不得重复列示、重复计分")
def row_printed_twice(case: Case) -> Iterator[Found]:
    """同一行印了两遍：名称、指标值、完成值、分值、得分全都相同。

    为什么：重复的一行使分值合计多出一份，得分计两次。
    不合格：“培训人数 ≥80人 80人 10 10”在数量指标下列了两行。
    合格：名称相同而指标值不同的两行（见 IS05）；四级指标名称不同的两行。
    怎么改：删去重复的一行，核对分值合计。
    来源：同一指标不得重复列示、重复计分。
    误报风险：低，各格全部相同才提示。
    """
    for at, _ in case.tables:
        seen: dict[tuple[object, ...], Row] = {}
        rows = case.rows_by_paper[at]
        for row in rows if len({r.name for r in rows}) < len(rows) else ():
            cells = _cells(row)
            before = seen.setdefault(cells, row)
            if before is not row and row.name and row.indicator.points is not None:
                says = (
                    f"{row.label}印了两遍（第 {before.at + 1} 行和第 {row.at + 1} 行），各格全部相同。"
                    "改法：删去一行，核对分值合计。"
                )
                yield Found(row.path(), says, at, quoted=row.name, key="twice")


def _cells(row: Row) -> tuple[object, ...]:
    i = row.indicator
    target, actual = i.target.text if i.target else "", i.actual.text if i.actual else ""
    return (i.level1, i.level2, i.level3, i.level4, target, actual, i.unit, i.points, i.score_printed)
