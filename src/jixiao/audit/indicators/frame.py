"""IS01, IS02, IS09, IS10, IS14, IS16, IS17: which classes of indicators a table has, and their points (指标框架)."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction

from jixiao.audit.indicator_rows import (
    class_points,
    is_whole,
    labels,
    rows_in,
    setting_papers,
    stem_of,
    target_text,
)
from jixiao.audit.indicators.names import is_hollow
from jixiao.audit.lexicon import lists_of
from jixiao.audit.prose import percent
from jixiao.audit.rows import Row, Sort, shown
from jixiao.audit.rule import Case, Found, Ground, rule
from jixiao.audit.told.report_marks import points_told_alike, reports_without_quality
from jixiao.expressions import expression
from jixiao.model.evaluation import Evaluation
from jixiao.model.finding import Severity
from jixiao.model.reading import Kind
from jixiao.model.target import Qualitative

_WORDS = lists_of("indicators")
ALWAYS = ("产出", "效益")
_NAMES = {"产出": "产出指标", "效益": "效益指标", "满意": "满意度指标", "成本": "成本指标"}
_FEWEST_ROWS = 4
_HEAVIEST = Decimal(40)
_VAGUE_SHARE = Fraction(3, 5)
_MANY = 6
_FEWEST_WORDED = 2
_WEIGHTY = Decimal(15)
# The first-level points of 财预〔2020〕10号 and 财预〔2021〕101号, with and without cost and satisfaction.
NATIONAL: tuple[Mapping[str, int], ...] = (
    {"产出": 50, "效益": 30, "满意": 10}, {"成本": 20, "产出": 40, "效益": 20, "满意": 10}, {"产出": 50, "效益": 40},
    {"成本": 20, "产出": 40, "效益": 30},
)  # fmt: skip


def _tables(case: Case) -> Iterator[tuple[int, Evaluation, tuple[Row, ...]]]:
    """Yield the self-evaluation tables, each with all its rows."""
    for at, table in case.tables:
        if case.filing.readings[at].kind is Kind.SELFEVAL_TABLE:
            yield at, table, case.rows_by_paper[at]


def is_complete(case: Case, at: int, table: Evaluation) -> bool:
    """Tell whether no row of a table was lost or is no indicator; asked last, for few tables have a fault."""
    return is_whole(table) and len(rows_in(case, at)) == len(table.indicators)


def has_class(rows: tuple[Row, ...], stem: str) -> bool:
    """Tell whether a table has rows of a first-level class, by its stem."""
    if stem == "满意":
        return any(r.sort is Sort.SATISFACTION or "满意" in r.name for r in rows)
    if stem == "成本":
        return any(r.sort is Sort.COST for r in rows)
    return any(stem_of(r.indicator.level1) == stem for r in rows)


@rule("IS01", Severity.WARNING, source="财预〔2020〕10号、财预〔2021〕101号：一级指标")
def required_class_is_missing(case: Case) -> Iterator[Found]:
    """缺少必设的一级指标。

    为什么：产出、效益是绩效目标的主体；直接服务群众的项目还应设满意度。
    不合格：全表只有产出指标，90 分都在数量上。
    合格：产出、效益、满意度三类齐全；口径写明不设满意度、分值并入效益。
    怎么改：补设该类指标，并按评分口径分配分值。
    来源：评分口径的一级指标分值；财预〔2020〕10号、财预〔2021〕101号。
    误报风险：中。只看各行分值加总相符、没有漏读的表；全国口径下满意度可以不设，只作提示。
    """
    own = bool(case.scheme.level1) and not case.scheme.match.fallback
    named = [stem for name in case.scheme.level1 or ("满意度指标",) if (stem := stem_of(name))]
    for at, table, rows in _tables(case):
        missing = [stem for stem in dict.fromkeys((*ALWAYS, *named)) if not has_class(rows, stem)]
        if missing and is_complete(case, at, table):
            for stem in missing:
                says = f"表中没有{_NAMES[stem]}。改法：补设该类指标，或写明不设的理由和分值去向。"
                grave = stem in ALWAYS or own
                yield Found("indicators", says, at, None if grave else Severity.NOTE, key=stem,
                            ground=Ground.SCHEME)  # fmt: skip


@rule("IS02", Severity.WARNING, source="财预〔2021〕101号：数量指标、质量指标一般均应设置")
def output_lacks_quantity_or_quality(case: Case) -> Iterator[Found]:
    """产出指标下没有数量指标或没有质量指标；工程类项目没有成本指标。

    为什么：只有数量看不出做得好不好，只有质量看不出做了多少；工程花多少钱才合理，要有成本指标。
    不合格：产出指标只有两行数量指标，没有质量指标；2023年灌区改造工程全表没有成本指标；
        报告的产出只写了数量、时效、成本，全文没有质量。
    合格：数量、质量、时效各一行；以“工程验收合格率”作质量指标；服务类项目不设成本指标。
    怎么改：补设缺少的二级指标；时效视项目需要设置。
    来源：财预〔2021〕101号：产出指标含数量、质量、时效，数量和质量一般均应设置；工程基建类、大型修缮及信息化项目应设置成本指标。
    误报风险：中。成本只看 2022 年度以后、名称或两项以上指标讲工程的；讲采购的只作提示。
        只看没有漏读、四行以上的表；二级指标没有写明的不判，只缺时效的不提。
    """
    for at, table, rows in _tables(case):
        sorts = [r.sort for r in rows if stem_of(r.indicator.level1) == "产出"]
        if len(rows) < _FEWEST_ROWS or not sorts or None in sorts:
            continue
        missing = [s.value for s in (Sort.QUANTITY, Sort.QUALITY) if s not in sorts]
        if missing and is_complete(case, at, table):
            late = "，也没有时效指标" if Sort.TIMELINESS not in sorts else ""
            says = f"产出指标下没有{'、'.join(missing)}指标{late}。改法：补设缺少的二级指标，并分配分值。"
            yield Found("indicators", says, at, key="|".join(missing))
        yield from _costless(case, at, table, rows)
    yield from reports_without_quality(case)


_BUILDS = expression(
    r"工程(?!车|师|系列|机械|技术)|修缮|清淤|疏浚|衬砌|硬化|铺设|防渗|改扩建|[新扩改]建|加固|装修|(?:信息化|信息系统|平台|系统|基础设施|场馆|校舍|道路|管网)(?:升级)?(?:建设|改造)"
)
_PRICED = expression(r"成本|造价|单价|概算|投资额|总投资|预算控制|费用|控制价|节约率")
_COST_SINCE = 2022


def _costless(case: Case, at: int, table: Evaluation, rows: tuple[Row, ...]) -> Iterator[Found]:
    """Yield a table of works that has no indicator of cost, from the first year after 财预〔2021〕101号."""
    year = table.year
    if year is None or year < _COST_SINCE or any(r.sort is Sort.COST or _PRICED.search(r.name) for r in rows):
        return
    named = _BUILDS.search(table.project.name or "")
    works = [r for r in rows if _BUILDS.search(r.name)]
    if not named and len(works) < _FEWEST_WORDED:
        yield from _bought_at_any_price(case, at, table, rows)
    elif is_complete(case, at, table):
        says = (
            f"工程类项目（{named[0] if named else labels(works, 2)}）没有成本指标。"
            "改法：补设成本指标，如单位造价、分项成本控制数，并分配分值。"
        )
        yield Found("indicators", says, at, key="成本")


_BOUGHT = expression(r"(?:采购|购置|购买|配备)(?!服务|手续|程序)")


def _bought_at_any_price(case: Case, at: int, table: Evaluation, rows: tuple[Row, ...]) -> Iterator[Found]:
    """Hint at a table of things bought, by its goal or two of its rows, that has no indicator of cost."""
    several = sum(bool(_BOUGHT.search(r.name)) for r in rows) >= _FEWEST_WORDED
    goal = _BOUGHT.match((table.goal.expected or "").strip()) or _BOUGHT.search(table.project.name or "")
    if (several or goal) and is_complete(case, at, table):
        says = "采购类项目没有成本指标。改法：补设成本指标，如采购单价、采购成本控制数。"
        yield Found("indicators", says, at, Severity.NOTE, key="采购")


@rule("IS09", Severity.WARNING, source="财预〔2020〕10号：二、三级指标分值按重要程度确定")
def points_are_badly_spread(case: Case) -> Iterator[Found]:
    """分值分配不当：一行占四十分以上，多半分值压在说不清的定性指标上，或不分轻重各行相等。

    为什么：分值体现轻重；压在一行或几句空话上，总分就没有区分度。
    不合格：一行数量指标 60 分；90 分里 60 分是“有效提升”一类的定性指标；九行一律 10 分；
        分值最高的一行指标值只写“改善”。
    合格：核心产出 20 分，其余 5 至 15 分；口径规定同类平均分配。
    怎么改：按重要程度重新分配，减少定性指标的分值。
    来源：财预〔2020〕10号；复核人员通用核对办法。
    误报风险：中。各行相等、最高的一行空泛只作提示，口径规定平均分配的不提。
    """
    for at, table, rows in _tables(case):
        vague = list(_vague(at, rows)) or list(_hollow(at, rows))
        told = [*_heavy(at, rows), *vague, *_equal(case, at, rows)]
        if told and is_complete(case, at, table):
            yield from told
    yield from points_told_alike(case)


def _heavy(at: int, rows: tuple[Row, ...]) -> Iterator[Found]:
    for row in rows:
        points = row.indicator.points
        if points is not None and points >= _HEAVIEST:
            says = f"{row.label}一行就占 {shown(points)} 分，过于集中。改法：细分指标，分散分值。"
            yield Found(row.path("points"), says, at, printed=f"{points:f}")


def _vague(at: int, rows: tuple[Row, ...]) -> Iterator[Found]:
    """Yield where most points hang on words: qualitative targets that no figure checks."""
    worded = [r for r in rows if isinstance(r.indicator.target, Qualitative) and not r.indicator.remarks]
    if len(worded) < _FEWEST_WORDED:
        return
    heavy = sum((r.indicator.points or Decimal(0) for r in worded), Decimal(0))
    whole = sum((r.indicator.points or Decimal(0) for r in rows), Decimal(0))
    if whole and Fraction(heavy) / Fraction(whole) >= _VAGUE_SHARE:
        says = (
            f"{len(worded)} 项定性指标（{labels(worded)}）共 {shown(heavy)} 分，占指标分值 "
            f"{percent(Fraction(heavy) / Fraction(whole))}。改法：尽量量化，或降低定性指标的分值。"
        )
        yield Found(worded[0].path("points"), says, at, key="定性")


def _hollow(at: int, rows: tuple[Row, ...]) -> Iterator[Found]:
    """Hint at a row as heavy as any whose target is an empty word: 20 points on 提升."""
    most = max((r.indicator.points or Decimal(0) for r in rows), default=Decimal(0))
    heavy = [r for r in rows if r.indicator.points == most and is_hollow(r)] if most >= _WEIGHTY else []
    if heavy:
        says = (
            f"{labels(heavy)}分值最高（{shown(most)} 分），指标值却只是“{target_text(heavy[0])}”，没有判断标准。"
            "改法：量化，或降低分值。"
        )
        yield Found(heavy[0].path("points"), says, at, Severity.NOTE, key="空泛")


def _equal(case: Case, at: int, rows: tuple[Row, ...]) -> Iterator[Found]:
    first = rows[0].indicator.points if len(rows) >= _MANY else None
    if first is None or "equal_split" in case.scheme.parts:
        return
    if all(r.indicator.points == first for r in rows):
        says = f"{len(rows)} 行指标分值全部相等，看不出轻重。改法：按重要程度分配分值。"
        yield Found("indicators", says, at, Severity.NOTE, key="相等")


@rule("IS10", Severity.WARNING, source="绩效指标应完整反映项目（财预〔2021〕101号）")
def too_few_indicators(case: Case) -> Iterator[Found]:
    """指标太少，不足四项。

    为什么：两三项指标反映不了产出、效益、满意度各个方面。
    不合格：全表只有“发放覆盖率”60 分、“参保率”30 分两行。
    合格：数量、质量、社会效益、满意度各一行。
    怎么改：补充能反映主要产出和效果的指标。
    来源：复核人员通用核对办法。
    误报风险：中。工资、社保缴费等人员类项目只作提示；分值加总不符、可能漏读的表不判。
    """
    for at, table, rows in _tables(case):
        if 0 < len(rows) < _FEWEST_ROWS and is_complete(case, at, table):
            staff = any(
                word in (table.project.name or "") for word in ("工资", "薪酬", "社保", "公积金", "人员")
            )
            says = f"全表只有 {len(rows)} 项指标：{labels(rows)}。改法：补充反映主要产出和效果的指标。"
            yield Found("indicators", says, at, Severity.NOTE if staff else None, key="few")


@rule("IS14", Severity.WARNING, source="评分口径的一级指标分值")
def class_points_differ_from_the_rule_book(case: Case) -> Iterator[Found]:
    """一级指标的分值与评分口径不同，或成本的分值高过数量和质量，都没有说明。

    为什么：各类分值由制度统一规定，自行调整会使项目之间无法比较。
    不合格：口径为产出 50、效益 30、满意度 10，表中为产出 60、效益 20、满意度 10。
    合格：成本 20、产出 40、效益 20、满意度 10（财预〔2021〕101号设成本指标时）；表后注明已作调整。
    怎么改：按口径恢复分值，或写明调整的理由。
    来源：评分口径的一级指标分值；财预〔2020〕10号、财预〔2021〕101号。
    误报风险：中。允许特殊情况调整；没有本地口径时、成本偏重时只作提示；分值加总不符的表不判。
    """
    for at, table, rows in _tables(case):
        if notes_other_points(table):
            continue
        points = {stem: mark for stem, mark in class_points(rows).items() if mark}
        differs = points and not _allowed(case, points) and not _judged_by_total(points)
        if differs and is_complete(case, at, table):
            says = f"一级指标分值为{_told(points)}，评分口径为{_book(case)}，没有说明。改法：按口径恢复，或写明理由。"
            yield Found("indicators", says, at, Severity.NOTE if case.scheme.match.fallback else None,
                        source=case.scheme.level1_source, key="level1", ground=Ground.SCHEME)  # fmt: skip
        yield from _heavy_cost(case, at, table, rows)


def notes_other_points(table: Evaluation) -> bool:
    """Tell whether a note says that points were moved."""
    return any("调整" in n and "分值" in n and "不得" not in n and "可" not in n for n in table.notes)


def _allowed(case: Case, points: Mapping[str, Decimal]) -> bool:
    """Tell whether the points are the rule-book's, as far as it sets them; without a local one any national set."""
    own = {stem_of(name): mark for name, mark in case.scheme.level1.items() if stem_of(name)}
    if case.scheme.match.fallback and any(dict(points) == dict(one) for one in NATIONAL):
        return True
    return all(points.get(stem, Decimal(0)) == mark for stem, mark in own.items())


def _judged_by_total(points: Mapping[str, Decimal]) -> bool:
    """Tell whether the table spreads another sum than 90 points: a form of its own, with its own execution points."""
    return sum(points.values()) != Decimal(90)


def _told(points: Mapping[str, Decimal]) -> str:
    return "、".join(f"{_NAMES[stem]} {mark:f} 分" for stem, mark in points.items())


def _book(case: Case) -> str:
    return "、".join(f"{name} {mark:f} 分" for name, mark in case.scheme.level1.items())


def costs_among_outputs(rows: tuple[Row, ...]) -> list[Row]:
    """Return the rows of cost that stand among the outputs."""
    return [r for r in rows if r.sort is Sort.COST and "产出" in (r.indicator.level1 or "")]


def output_points(rows: tuple[Row, ...]) -> tuple[Decimal, Decimal, Decimal]:
    """Return what cost, quantity and quality are worth."""
    sums = dict.fromkeys((Sort.COST, Sort.QUANTITY, Sort.QUALITY), Decimal(0))
    for row in rows:
        if row.sort in sums and row.indicator.points is not None:
            sums[row.sort] += row.indicator.points
    cost, quantity, quality = sums.values()
    return cost, quantity, quality


def _heavy_cost(case: Case, at: int, table: Evaluation, rows: tuple[Row, ...]) -> Iterator[Found]:
    """Yield where cost, among the outputs, weighs more than quantity and quality each."""
    within = costs_among_outputs(rows)
    if not within:
        return
    most = case.scheme.thresholds.get("cost_points_most")
    cost, quantity, quality = output_points(rows)
    heavy = (quantity and quality and cost > max(quantity, quality)) or (most is not None and cost > most)
    if heavy and is_complete(case, at, table):
        over = (
            f"数量指标 {quantity:f} 分和质量指标 {quality:f} 分"
            if most is None
            else f"口径的默认上限 {most:f} 分"
        )
        says = f"成本指标 {cost:f} 分，高于{over}。改法：核对是否应如此，与同单位其他项目保持一致。"
        yield Found(within[0].path("points"), says, at, Severity.NOTE, key="成本")


@rule(
    "IS16",
    Severity.NOTE,
    source="财预〔2020〕10号废止财预〔2011〕285号的投入、过程、产出、效果框架",
    needs=("paper.report",),
)
def obsolete_frame(case: Case) -> Iterator[Found]:
    """自评报告仍用早期“投入、目标管理、财务管理”的评价框架计分。

    为什么：2020 年起单位自评按产出、效益、满意度和预算执行率计分，旧框架与自评表对不上。
    不合格：2023 年自评报告写“投入评价指标满分 20 分，其中目标管理 5 分”。
    合格：2023 年评价报告按决策、过程、产出、效益计分；正文提到“加大投入”。
    怎么改：按自评表的一级指标重写绩效分析。
    来源：财预〔2020〕10号（条文未核对）。
    误报风险：中，属提示；2020 年以前的报告不判。
    """
    for at, report in case.reports:
        if report.year is not None and report.year <= 2020:  # noqa: PLR2004
            continue
        old = [mark.name for mark in report.classes if mark.name.startswith(_WORDS["obsolete"])]
        if old:
            says = f"报告按“{'、'.join(old)}”计分，是早期的评价框架。改法：按产出、效益、满意度和预算执行率重写。"
            yield Found("classes", says, at, quoted="、".join(old), key="old")


@rule("IS17", Severity.WARNING, source="财预〔2021〕101号：成本指标单列为一级指标")
def two_frames_are_mixed(case: Case) -> Iterator[Found]:
    """两套指标框架混用：成本既是一级指标，又在产出指标下；或设了成本类，仍单列可持续影响。

    为什么：成本单列后产出下不再设成本，混用会重复计分。
    不合格：一级指标有“成本指标”，产出指标下还有“成本指标”一行。
    合格：全部成本都在一级“成本指标”下；没有成本类，产出下设成本。
    怎么改：选定一套框架，合并重复的类别。
    来源：财预〔2020〕10号与财预〔2021〕101号的指标分类。
    误报风险：中。成本类与可持续影响并存只作提示，有的地方表样如此。
    """
    for at, _ in setting_papers(case):
        rows = case.rows_by_paper[at]
        if not any("成本" in (r.indicator.level1 or "") for r in rows):
            continue
        inside = [r for r in rows if r.sort is Sort.COST and "产出" in (r.indicator.level1 or "")]
        if inside:
            says = f"一级指标已有成本指标，产出指标下又有{labels(inside)}。改法：并入一级成本指标。"
            yield Found(inside[0].path("level2"), says, at, key="成本")
        lasting = [r for r in rows if r.sort is Sort.SUSTAINABLE]
        if lasting:
            says = f"设有成本类的框架不再单列可持续影响：{labels(lasting)}。改法：并入社会、经济或生态效益。"
            yield Found(lasting[0].path("level2"), says, at, Severity.NOTE, key="可持续")
