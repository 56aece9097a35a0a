"""A rule-book in words: article by article with its source, worked examples, and two of them side by side."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from jixiao.model.citation import NO_CITATION, Citation
from jixiao.model.evaluation import Evaluation, Execution, FundLine, Funds, Goal, Indicator, Project
from jixiao.model.figure import WAN, Figure
from jixiao.model.parsing import parse_actual, parse_target
from jixiao.schemes.scheme import THRESHOLDS, Band, Method, Part, Scheme, Tier
from jixiao.scoring import score
from jixiao.scoring.explain import band_range, per_cent, tier_range
from jixiao.telling.score_words import worked_words

METHODS: Mapping[Method, str] = {
    Method.RATIO: "完成值 ÷ 指标值 × 分值，达到指标值得满分",
    Method.INVERSE_RATIO: "指标值 ÷ 完成值 × 分值，达到指标值得满分",
    Method.LINEAR_EXCESS: "按超出的比例扣分，超出一倍不得分",
    Method.BANDS: "按所在区间得分",
    Method.RUBRIC: "按等次得分",
    Method.STEPS: "每超出一定幅度扣若干分",
    Method.ALL_OR_NOTHING: "达到得满分，达不到不得分",
    Method.MET_ONLY: "达到得满分；达不到怎样计分，原文没有规定",
    Method.ASSESSED: "由评价人在分值以内评定",
}
NAMES: Mapping[str, str] = {
    "execution": "预算执行率", "positive": "正向指标（≥、>）", "negative": "反向指标（≤、<）",
    "exact": "等于", "interval": "区间", "deadline": "时限", "qualitative": "定性指标",
    "satisfaction": "满意度", "equal_split": "没有写分值的行", "total_cap": "总分上限", "deduction": "扣分栏",
    "report_bins": "汇总分数段", "arrival": "资金到位率", "arrival_timeliness": "资金到位及时率",
    "decision": "决策", "process": "过程", "completion": "实际完成率", "quality_rate": "质量达标率",
    "timeliness": "完成及时性", "cost_saving": "成本节约率", "benefit": "效益", "direct": "直接赋分",
    "payment_timeliness": "支付及时性", "recheck": "复核", "budget_adjustment": "预算调整率",
    "goal_declaration": "目标申报", "safety": "安全", "misuse": "违规使用资金", "sustainability": "可持续影响",
    "satisfaction_rate": "满意率", "aspects": "评价方面", "staff_control": "在职人员控制率",
    "three_public": "“三公”经费控制率", "goals": "绩效目标", "judged": "由评价人评分的各项",
}  # fmt: skip
_FUNDS = {"executed": "全年执行数", "annual": "全年预算数", "initial": "年初预算数", "received": "到位资金"}
_EXAMPLES = (
    ("正向，没有达到", "≥100次", "85次", "10"), ("正向，超额", "≥100次", "120次", "10"),
    ("反向，节约", "≤100万元", "80万元", "10"), ("反向，超出", "≤100万元", "120万元", "10"),
    ("等于，没有达到", "=20人", "17人", "10"), ("定性，达成", "成效显著", "达成预期指标", "10"),
    ("定性，部分达成", "成效显著", "部分达成预期指标", "10"), ("满意度，没有达到", "≥90%", "81%", "10"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Article:
    """One article: its key in the file, what it is called, what it says line by line, and where that stands."""

    key: str
    name: str
    lines: tuple[str, ...]
    source: Citation

    @property
    def read(self) -> str:
        """Whether somebody has read the text itself."""
        return "已核对" if self.source.verified else "未核对"


@dataclass(frozen=True, slots=True)
class Example:
    """A made-up row, worked out under a rule-book: how, and what it earns."""

    name: str
    target: str
    actual: str
    points: str
    steps: str
    score: str


@dataclass(frozen=True, slots=True)
class Beside:
    """An article as two rule-books have it; None where one of them has none."""

    name: str
    one: Article | None
    other: Article | None

    @property
    def sides(self) -> tuple[Article | None, Article | None]:
        """Both, to be laid side by side."""
        return self.one, self.other

    @property
    def differs(self) -> bool:
        """Whether they say different things; another source alone is no difference."""
        return (self.one.lines if self.one else None) != (self.other.lines if self.other else None)


def articles(book: Scheme) -> tuple[Article, ...]:
    """Return all that a rule-book says, what it inherits included."""
    return tuple(_articles(book))


def _articles(book: Scheme) -> Iterator[Article]:
    for part in book.parts.values():
        yield Article(part.key, NAMES.get(part.key, part.key), tuple(_lines(part)), part.source)
    if book.level1:
        told = "，".join(f"{name} {points:f}" for name, points in book.level1.items())
        yield Article("level1", "一级指标分值", (told,), book.level1_source)
    if book.framework:
        rows = tuple(" / ".join(names) for names in book.framework)
        yield Article("framework", "评分表的各级指标", rows, book.sources["framework"])
    grades = "，".join(f"{grade.word} {grade.low:f} 分起" for grade in book.grades)
    yield Article("grades", "等级", (grades or "未规定",), book.grades_source)
    order = "各行取整后相加" if book.rounding.round_then_sum else "相加后取整"
    yield Article(
        "rounding", "取整", (f"四舍五入到 {book.rounding.places} 位，{order}",), book.rounding_source
    )
    yield Article("total", "满分", (f"{book.total:f} 分",), NO_CITATION)
    for name, value in book.thresholds.items():
        source = book.sources.get(f"thresholds.{name}", NO_CITATION)
        yield Article(f"thresholds.{name}", "界线", (f"{THRESHOLDS.get(name, name)}：{value:f}",), source)
    for name, value in book.items.items():
        source = book.sources.get(f"items.{name}", NO_CITATION)
        yield Article(f"items.{name}", name, (f"{value:f} 分",), source)
    for one in book.standards:
        yield Article(
            f"standards.{one.number}", f"复核标准第 {one.number} 条 {one.name}", (one.says,), one.source
        )


def _lines(part: Part) -> Iterator[str]:
    points = f"{part.points:f} 分，" if part.points is not None else ""
    yield f"{points}{_method(part)}"
    if part.says:
        yield part.says
    if part.pass_threshold is not None:
        yield f"低于 {per_cent(part.pass_threshold)} 不得分"
    yield from map(_band, part.bands)
    yield from map(_tier, part.tiers)
    if part.applies:
        yield f"用于名称含“{'”“'.join(part.applies)}”的行"
    yield from (f"{name} = {value:f}" for name, value in part.settings.items())


def _method(part: Part) -> str:
    """Say a method in words; of money where it is the execution rate that is scored."""
    if part.key == "execution" and part.method is Method.RATIO:
        return f"{_FUNDS.get(part.numerator, part.numerator)} ÷ {_FUNDS.get(part.denominator, part.denominator)} × 分值"
    return METHODS[part.method]


def _band(band: Band) -> str:
    needs = f"（{band.needs}）" if band.needs else ""
    return f"{band_range(band)}{needs} 得 {per_cent(band.share)}"


def _tier(tier: Tier) -> str:
    return f"{tier.says}：{tier_range(tier)}"


def applies(book: Scheme) -> str:
    """Say where and for which years a rule-book holds, and which ones it carries on."""
    start, end = book.effective_from, book.effective_to
    years = f"{start.year if start else ''}–{end.year if end else ''} 年度" if start or end else "年度不限"
    chain = f"；沿用 {' → '.join(book.chain)}" if book.chain else ""
    return f"{book.region or '全国'}；{years}；满分 {book.total:f} 分{chain}"


def examples(book: Scheme) -> tuple[Example, ...]:
    """Return made-up rows worked out under a rule-book: rows met and missed, and the execution rate."""
    rows = tuple(_row(*one) for one in _EXAMPLES)
    sheet = score(_table(rows, book), book, why="由人指定")
    told = [
        Example(name, target, actual, points, *worked_words(mark))
        for (name, target, actual, points), mark in zip(_EXAMPLES, sheet.indicators, strict=True)
    ]
    rate = sheet.execution
    worth = f"{rate.points:f}" if rate.points is not None else ""
    return (Example("预算执行率", "全年预算 100 万元", "执行 85 万元", worth, *worked_words(rate)), *told)


def _row(name: str, target: str, actual: str, points: str) -> Indicator:
    level1, level2 = ("满意度指标", "服务对象满意度指标") if "满意度" in name else ("产出指标", "数量指标")
    row = Indicator(level1, level2, level3=name, target=parse_target(target), actual=parse_actual(actual))
    return replace(row, points=Decimal(points))


def _table(rows: tuple[Indicator, ...], book: Scheme) -> Evaluation:
    part = book.parts.get("execution")
    points = part.points if part is not None and part.points is not None else Decimal(10)
    hundred, spent = (Figure(Decimal(n), Decimal(0), WAN) for n in (100, 85))
    line = FundLine(initial=hundred, annual=hundred, executed=spent)
    return Evaluation(
        project=Project(name="示例"), year=None, funds=Funds(WAN, line), execution=Execution(points), goal=Goal(),
        indicators=rows,
    )  # fmt: skip


def beside(one: Scheme, other: Scheme) -> tuple[Beside, ...]:
    """Return two rule-books article by article, in the order of the first, what only the other has behind."""
    ours = {article.key: article for article in articles(one)}
    theirs = {article.key: article for article in articles(other)}
    keys = [*ours, *(key for key in theirs if key not in ours)]
    return tuple(Beside((ours.get(key) or theirs[key]).name, ours.get(key), theirs.get(key)) for key in keys)
