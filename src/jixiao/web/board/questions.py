"""The board's questions: each one an address, a title, and the charts (which are tables too) that answer it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Sum, Value, When
from django.urls import reverse

from jixiao.telling.titles import TITLES
from jixiao.web.board.figures import tallies
from jixiao.web.board.wanted import FILED, Wanted, narrowed, overdue_on
from jixiao.web.charts import Chart, Cloud, Kind, Point, Scatter, Series
from jixiao.web.models import Found, Organization, Submission
from jixiao.web.tables import Number

RED, AMBER, GREEN, BLUE, GREY = "#b3261e", "#c2571a", "#1d6b3c", "#14508c", "#7d8894"
TOP = 20
CLOUD = 300
LOW_RATE, HIGH_SCORE = 80_000, 9_000
EDGES = tuple(range(10_000, 5_500, -500))
_APART = (None, 0, 1, 100, 200, 500, 1000, None)


@dataclass(frozen=True, slots=True)
class Scope:
    """What a board is about: the filings of a year that a person sees, perhaps one department's."""

    rows: QuerySet[Submission]
    found: QuerySet[Found]
    year: int
    today: date
    department: int | None = None

    @property
    def wanted(self) -> Wanted:
        """The list of all of them."""
        return Wanted(department=self.department)

    @property
    def overdue(self) -> Q:
        """What holds for filings that aren't handed in though their day is past."""
        return overdue_on(self.year, self.today)

    def those(self, wanted: Wanted) -> QuerySet[Submission]:
        """Return the filings of a list."""
        return narrowed(self.rows, wanted, self.overdue).order_by()


Drawn = Chart | Scatter


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: its word in addresses, what it says, what answers it, and whether that takes a page's width."""

    key: str
    title: str
    answer: Callable[[Scope], tuple[Drawn, ...]]
    wide: bool = True


def _bars(key: str, title: str, names: tuple[str, str], told: Sequence[tuple[str, Number, str]]) -> Chart:
    labels, values, links = (
        tuple(row[0] for row in told),
        tuple(row[1] for row in told),
        tuple(row[2] for row in told),
    )
    return Chart(key, title, Kind.LYING, names[0], names[1], labels, (Series(names[1], values, links, BLUE),))


def departments(scope: Scope) -> tuple[Drawn, ...]:
    """By department: what is accepted, under review, sent back, not handed in."""
    _, parts = tallies(scope.rows, scope.overdue)
    own = [(one, scope.wanted.but(department=one.department.pk if one.department else None)) for one in parts]
    labels = tuple(one.department.name if one.department else "（无主管部门）" for one, _ in own)

    def series(name: str, color: str, count: Callable[[object], Number], **what: object) -> Series:
        values = tuple(count(one) for one, _ in own)
        return Series(name, values, tuple(w.but(**what).address for _, w in own), color)

    told = (
        series("已通过", GREEN, lambda one: one.passed, group="passed"),  # type: ignore[attr-defined]
        series("在审", BLUE, lambda one: one.reviewing, group="reviewing"),  # type: ignore[attr-defined]
        series("未报", GREY, lambda one: one.unfiled, group="unfiled"),  # type: ignore[attr-defined]
    )
    return (Chart("departments", "各部门到哪一步了？", Kind.STACK, "主管部门", "项", labels, told),)


def unfiled(scope: Scope) -> tuple[Drawn, ...]:
    """Who hasn't handed in: departments and units with most such filings."""
    rows = scope.those(scope.wanted.but(group="unfiled"))
    by_department = _top(rows, "department")
    by_unit = _top(rows, "unit")
    return (
        _bars("unfiled-departments", "谁还没报？（部门）", ("主管部门", "未报"),
              [(name, n, scope.wanted.but(department=key, group="unfiled").address) for key, name, n in by_department]),
        _bars("unfiled-units", f"谁还没报？（未报最多的 {TOP} 个单位）", ("单位", "未报"),
              [(name, n, scope.wanted.but(unit=key, group="unfiled").address) for key, name, n in by_unit]),
    )  # fmt: skip


def _top(rows: QuerySet[Submission], by: str) -> list[tuple[int, str, int]]:
    found = rows.exclude(**{by: None}).values_list(by).annotate(n=Count("pk")).order_by("-n", by)[:TOP]
    return _named(list(found))


def _named(found: Sequence[tuple[int, int]]) -> list[tuple[int, str, int]]:
    names = Organization.objects.in_bulk([key for key, _ in found])
    return [(key, names[key].name, number) for key, number in found]


def scores(scope: Scope) -> tuple[Drawn, ...]:
    """How the self-given totals are spread, in bands of five points."""
    band = Case(
        *(When(score_printed__gte=low, then=Value(low)) for low in EDGES),
        default=Value(0), output_field=IntegerField(),
    )  # fmt: skip
    rows = scope.rows.order_by().filter(state__in=sorted(FILED), score_printed__isnull=False)
    counts = dict(rows.annotate(band=band).values_list("band").annotate(n=Count("pk")))
    told = []
    for at, low in enumerate((0, *reversed(EDGES))):
        high = sorted(EDGES)[at] if at < len(EDGES) else None
        name = "100" if low == EDGES[0] else f"{low // 100}–{(high or 0) // 100}" if low else "60 以下"
        link = scope.wanted.but(low=low or None, high=high, group="filed").address
        told.append((name, counts.get(low, 0), link))
    chart = _bars("scores", "分数是怎样分布的？", ("自评得分", "份"), told)
    return (Chart(chart.key, chart.title, Kind.BAR, chart.across, chart.up, chart.labels, chart.series,
                  said="每段含下限、不含上限；只计已报送、有自评总分的材料。"),)  # fmt: skip


def full(scope: Scope) -> tuple[Drawn, ...]:
    """Who gave itself full marks in every row most often."""
    rows = scope.rows.order_by().filter(state__in=sorted(FILED), full_marks=True)
    by_department, by_unit = _top(rows, "department"), _top(rows, "unit")
    return (
        _bars("full-departments", "谁满分最多？（部门）", ("主管部门", "各项满分"),
              [(n, c, scope.wanted.but(department=k, full=True, group="filed").address) for k, n, c in by_department]),
        _bars("full-units", f"谁满分最多？（前 {TOP} 个单位）", ("单位", "各项满分"),
              [(n, c, scope.wanted.but(unit=k, full=True, group="filed").address) for k, n, c in by_unit]),
    )  # fmt: skip


def rates(scope: Scope) -> tuple[Drawn, ...]:
    """Whose money was left while the score is high: each point a filing."""
    wanted = scope.wanted.but(rate_high=LOW_RATE, low=HIGH_SCORE, group="filed", order="rate", up=True)
    fields = ("pk", "project__name", "unit__name", "rate", "score_printed")
    found = scope.those(wanted).order_by("rate", "pk").values_list(*fields)[:CLOUD]
    points = tuple(
        Point(f"{project}（{unit}）", _shifted(rate, 3), _shifted(score, 2), reverse("filing", args=[pk]))
        for pk, project, unit, rate, score in found
    )
    count = scope.those(wanted).count()
    more = (
        f"共 {count} 份"
        + (f"，图中是执行率最低的 {CLOUD} 份" if count > CLOUD else "")
        + "；点开即是该份材料。"
    )
    return (Scatter("rates", "执行率低而得分高的有哪些？（执行率低于 80%，自评 90 分以上）", "执行率（%）", "自评得分",
                    (Cloud("材料", points, AMBER),), said=more),)  # fmt: skip


def _shifted(value: int, places: int) -> Decimal:
    return Decimal(value).scaleb(-places)


def apart(scope: Scope) -> tuple[Drawn, ...]:
    """How far the unit's own total lies above the bureau's."""
    told = []
    names = ("复核更高", "相同", "高 0–1 分", "高 1–2 分", "高 2–5 分", "高 5–10 分", "高 10 分以上")
    gap = F("score_printed") - F("score_rechecked")
    limits = tuple(pairwise(_APART))
    sums = {f"n{at}": Count("pk", filter=_between("gap", low, high)) for at, (low, high) in enumerate(limits)}
    counts = scope.rows.order_by().filter(score_rechecked__isnull=False).annotate(gap=gap).aggregate(**sums)
    for at, (name, (low, high)) in enumerate(zip(names, limits, strict=True)):
        told.append((name, counts[f"n{at}"], scope.wanted.but(apart_low=low, apart_high=high).address))
    return (_bars("apart", "自评与复核差多少？（自评减复核）", ("相差", "份"), told),)


def _between(name: str, low: int | None, high: int | None) -> Q:
    found = Q()
    if low is not None:
        found &= Q(**{f"{name}__gte": low})
    return found & Q(**{f"{name}__lt": high}) if high is not None else found


def rules(scope: Scope) -> tuple[Drawn, ...]:
    """Which rules found most, and in whose filings most errors were found."""
    found = scope.found.order_by()
    by_rule = dict(found.values_list("code").annotate(n=Count("pk")))
    most = sorted(by_rule.items(), key=lambda row: (-row[1], row[0]))[:TOP]
    worst = (
        found.filter(severity="error")
        .values_list("unit")
        .annotate(n=Sum("count"))
        .order_by("-n", "unit")[:TOP]
    )
    return (
        _bars("rules", f"哪些问题最多？（前 {TOP} 条规则）", ("规则", "份"),
              [(f"{code} {TITLES.get(code, '')}", n, scope.wanted.but(rule=code).address) for code, n in most]),
        _bars("rules-units", f"哪些单位错误最多？（前 {TOP} 个）", ("单位", "错误"),
              [(name, n, scope.wanted.but(unit=key, order="errors").address) for key, name, n in _named(list(worst))]),
    )  # fmt: skip


QUESTIONS: Mapping[str, Question] = {
    one.key: one
    for one in (
        Question("departments", "各部门到哪一步了？", departments),
        Question("unfiled", "谁还没报？", unfiled),
        Question("scores", "分数是怎样分布的？", scores, wide=False),
        Question("full", "谁满分最多？", full),
        Question("rates", "执行率低而得分高的有哪些？", rates),
        Question("apart", "自评与复核差多少？", apart, wide=False),
        Question("rules", "哪些问题最多？", rules),
    )
}
