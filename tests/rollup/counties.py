"""Made-up counties: filings that nothing is wrong with, drawn at random, and ones in which a unit does something.

`python -m tests.rollup.counties --counties 200` says how often innocent counties give a lead.
"""

import argparse
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from random import Random

from jixiao.model.evaluation import Evaluation, Execution, FundLine, Funds, Goal, Indicator, Project
from jixiao.model.figure import WAN, figure_of, half_up
from jixiao.model.parsing import parse_actual, parse_target
from jixiao.model.reading import Filing, Kind, Reading
from jixiao.model.review import Review
from jixiao.model.score import Grade, Score, ScoreSheet
from jixiao.rollup import Grouping
from jixiao.rollup.statistics import Statistics, statistics

WORDS = ("道路", "渠道", "校舍", "水井", "图书", "林地", "路灯", "泵站", "场馆", "管网", "设备", "档案", "种苗", "疫苗", "车辆",
         "桥涵", "公厕", "绿地", "堤坝", "网络")  # fmt: skip
DEEDS = ("养护", "清淤", "维修", "采购", "巡查", "培训", "更新", "验收", "登记", "检测", "改造", "回访")
WHEN = ("年初", "汛期前", "第三季度", "入冬以后", "每月下旬", "开学之前", "雨季过后")
HOW = (
    "由专人逐户核实",
    "请第三方现场测量",
    "与台账逐笔核对",
    "按合同分批支付",
    "在村口公示七天",
    "随机抽取样本复查",
)
CLASSES = ("产出指标", "产出指标", "产出指标", "产出指标", "效益指标", "效益指标", "效益指标", "满意度指标")
LEVELS = (
    "数量指标",
    "数量指标",
    "质量指标",
    "数量指标",
    "社会效益指标",
    "数量指标",
    "社会效益指标",
    "服务对象满意度指标",
)


@dataclass(frozen=True, slots=True)
class Planted:
    """What some units do, by their numbers: nobody does anything unless it is said."""

    full: int | None = None
    above: int | None = None
    low: int | None = None
    heaped: int | None = None
    hits: int | None = None
    copying: tuple[int, ...] = ()


INNOCENT = Planted()


def county(
    seed: int, planted: Planted = INNOCENT, *, units: int = 14, years: Sequence[int] = (2023, 2024)
) -> list[Review]:
    """Make a county: each unit has three to nine projects, each project a filing a year."""
    rng = Random(seed)
    made, copied = [], _story(rng)
    for unit in range(units):
        for number in range(rng.randint(3, 9)):
            made += _project(rng, (unit, number), years, planted, copied)
    rng.shuffle(made)
    return made


def _project(
    rng: Random, at: tuple[int, int], years: Sequence[int], planted: Planted, copied: str
) -> list[Review]:
    unit, number = at
    topic = rng.choice(WORDS) + rng.choice(WORDS) + rng.choice(DEEDS)
    names = [f"{rng.choice(WORDS)}{rng.choice(DEEDS)}{kind}{n}" for n, kind in enumerate(("数量", "面积", "合格率", "次数",
             "受益率", "人数", "利用率", "满意度"))]  # fmt: skip
    ease, levels = rng.betavariate(4, 3), [Decimal(rng.randint(20, 400)) for _ in names]
    made, last = [], list(levels)
    for year in years:
        rows, sheet = [], []
        for n, name in enumerate(names):
            row, score = _row(rng, (n, name, year != years[0]), (ease, unit, planted), last)
            rows.append(row)
            sheet.append(score)
        text = copied if unit in planted.copying and number == 0 else _story(rng)
        made.append(_review(rng, (unit, number, topic, year), rows, sheet, text))
    return made


def _row(
    rng: Random, named: tuple[int, str, bool], who: tuple[float, int, Planted], last: list[Decimal]
) -> tuple[Indicator, Score]:
    (n, name, later), (ease, unit, planted) = named, who
    target = max(half_up(last[n] * rng.randint(92, 108) / 100, 0), Decimal(5)) if n != 7 else Decimal(85)
    if unit == planted.low and later:
        target = max(half_up(last[n] * 6 / 10, 0), Decimal(5))
    actual = half_up(target * rng.randint(88, 112) / 100, 0)
    if unit == planted.hits:
        actual = target
    last[n] = actual
    full = unit == planted.full or rng.random() < ease
    points = Decimal(10)
    ours = points if full else half_up(points * rng.randint(600, 990) / 1000, rng.choice((0, 1, 2)))
    printed = min(points, ours + 1) if unit == planted.above else ours
    rate = rng.choice((90, 95, 98)) if unit == planted.heaped else Decimal(rng.randint(8600, 9990)) / 100
    shown = f"{rate}%" if n == 7 else f"{actual}次"
    wanted = "≥85%" if n == 7 else f"≥{target}次"
    row = Indicator(CLASSES[n], LEVELS[n], name, target=parse_target(wanted), actual=parse_actual(shown), points=points,
                    score_printed=printed)  # fmt: skip
    return row, Score(points, ours, ours, ours, printed, level3=name, where=f"indicators.{n}")


def _review(
    rng: Random, at: tuple[int, int, str, int], rows: list[Indicator], scores: list[Score], text: str
) -> Review:
    unit, number, topic, year = at
    spent = half_up(
        Fraction(rng.lognormvariate(4, 2)), 2
    )  # 万元, to the hundred: over several orders of magnitude
    budget = half_up(spent * rng.randint(1001, 1180) / 1000, 0) + 1
    line = FundLine(annual=figure_of(f"{budget}", WAN), executed=figure_of(f"{spent}", WAN))
    total = sum((row.score_printed or Decimal(0) for row in rows), Decimal(20))
    ours = sum((one.score or Decimal(0) for one in scores), Decimal(20))
    name = f"{topic}{number}"
    table = Evaluation(
        Project(name, department=f"青禾县第{unit % 4}局", unit=f"青禾县第{unit}单位"), year, Funds(WAN, line), Execution(),
        Goal(expected=f"全县统一要求：加强管理，确保资金安全。{text}", actual=f"{_story(rng)}完成{name}。"),
        tuple(rows), total_printed=total,
    )  # fmt: skip
    reading = Reading(Kind.SELFEVAL_TABLE, table, file=f"{year}/{unit}-{number}-{topic}.xlsx")
    whole = Score(Decimal(100), ours, ours, ours, total)
    sheet = ScoreSheet("national-2020", "", True, Score(None, None), tuple(scores), whole, Grade(None))  # noqa: FBT003 - a record
    return Review(Filing((reading,), table, 0), sheet, (), "national-2020", "")


def _story(rng: Random) -> str:
    """Return a dozen sentences that nobody else is likely to write."""
    said = (
        f"{rng.choice(WHEN)}{rng.choice(HOW)}{rng.choice(WORDS)}{rng.choice(DEEDS)}与{rng.choice(WORDS)}{rng.choice(DEEDS)}"
        for _ in range(9)
    )
    return "".join(f"{one}。" for one in said)


def leads(found: Statistics) -> Counter[str]:
    """Count the leads of each statistic, but for what is a fact row by row."""
    groups = {
        "inflation": found.inflation.comparisons,
        "lowness": found.lowness.comparisons,
        "heaping": found.heaping.comparisons,
    }
    told = Counter(
        {name: sum(one.lead for part in parts for one in part.standings) for name, parts in groups.items()}
    )
    told["heaping"] += sum(one.lead for one in found.heaping.tests)
    told["copies"] = sum(one.lead for one in found.copies.clusters)
    return told


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--counties", type=int, default=200)
    parser.add_argument("--units", type=int, default=14)
    asked = parser.parse_args()
    wanted = asked.counties
    alarmed, all_leads, tests, rows = Counter[str](), Counter[str](), 0, 0
    for seed in range(wanted):
        found = statistics(county(seed, units=asked.units), (), Grouping.UNIT)
        told = leads(found)
        all_leads += told
        alarmed.update(name for name, count in told.items() if count)
        rows += len(found.lowness.repeated)
        tests += sum(one.chance is not None for one in found.heaping.tests)
    for name in ("inflation", "lowness", "heaping", "copies"):
        print(f"{name}: {alarmed[name]} of {wanted} counties with a false lead, {all_leads[name]} leads")  # noqa: T201
    print(f"tests of digits over all filings: {tests}")  # noqa: T201
    print(f"rows surpassed repeatedly: {rows}")  # noqa: T201


if __name__ == "__main__":
    main()
