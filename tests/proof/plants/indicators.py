"""Plantings of IS: indicators that stand in the wrong class, measure nothing, or have nothing to do with the goal."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from random import Random

from jixiao.model.evaluation import Indicator
from jixiao.model.reading import Kind
from tests.proof.clean import settled
from tests.proof.planting import (
    Clean,
    Planted,
    edited,
    paper_of,
    plants,
    row_spot,
    section_of,
    some_row,
    spot,
    text_at,
    with_goal,
    with_row,
    with_rows,
    with_sentence,
    with_table,
    with_text,
)

_WORDS = ("AR", "IS", "TV", "AV", "SC", "XD", "NA", "DV", "FM", "CL")  # families that look at a changed row
_CLASSES = ("产出", "效益", "满意")


def _in(*words: str) -> Callable[[Indicator], bool]:
    """Rows of a self-evaluation table whose second-level class has one of the words."""
    return lambda row: row.target is not None and any(word in (row.level2 or "") for word in words)


def _is_selfeval(clean: Clean) -> bool:
    return clean.filing.readings[clean.filing.main or 0].kind is Kind.SELFEVAL_TABLE


def _points(rows: Sequence[Indicator]) -> bool:
    return all(row.points for row in rows)


def _named(clean: Clean, at: int, name: str, target: str = "≥95%", actual: str = "96.2%") -> Clean:
    """A row under another name with target and result, its sign and unit in the target's own cell."""
    return with_row(
        clean, at, level3=name, sign=None, unit=None, target=target, actual=actual, completion_printed=None
    )


def _without(clean: Clean, gone: Callable[[Indicator], bool]) -> Clean | None:
    """Rows left out, their points given to the first row that stays; None where none goes or stays."""
    kept = [row for row in clean.rows if not gone(row)]
    lost = [row for row in clean.rows if gone(row)]
    if not kept or not lost or not _points(clean.rows) or not _is_selfeval(clean):
        return None
    more = sum((row.points or Decimal(0) for row in lost), kept[0].points or Decimal(0))
    return settled(with_rows(clean, edited(kept[0], points=more), *kept[1:]))


@plants("IS01", ways=3)
def a_class_left_out(clean: Clean, way: int, _rng: Random) -> Planted | None:
    """All rows of a class are left out, and its points given away."""
    stem = _CLASSES[way]
    if stem == "满意" and clean.scheme.level1 and not any(stem in name for name in clean.scheme.level1):
        return None
    left = _without(
        clean, lambda row: stem in (row.level1 or "") or (stem == "满意" and "满意" in (row.level2 or ""))
    )
    return Planted(left, (spot(left, "indicators"),), follows=_WORDS) if left else None


@plants("IS02", ways=3)
def only_one_side_of_output(clean: Clean, way: int, _rng: Random) -> Planted | None:
    """No quality rows; no quantity rows; neither."""
    gone = _in(*(("质量",), ("数量",), ("数量", "质量"))[way])
    left = _without(clean, gone)
    enough = left is not None and len(left.rows) > 3 and any("产出" in (r.level1 or "") for r in left.rows)
    return Planted(left, (spot(left, "indicators"),), follows=_WORDS) if left and enough else None


_MISPLACED = (
    ("数量", "委托检测费用", "≤6万元", "5.8万元"),
    ("经济效益", "增强职工归属感和幸福感", "有效增强", "达成预期指标"),
    ("生态效益", "优化办公环境", "明显优化", "达成预期指标"),
    ("社会效益", "服务对象满意率", "≥90%", "93%"),
    ("数量", "设备安装合格率", "≥95%", "97%"),
    ("数量", "任务完成时间", "11月底前", "11月"),
)


@plants("IS03", ways=6)
def a_name_of_another_class(clean: Clean, way: int, rng: Random) -> Planted | None:
    """A cost among quantities, feelings among economic effects, an office among ecological ones."""
    level2, name, target, actual = _MISPLACED[way]
    at = some_row(clean, rng, _in(level2))
    if at is None or name in (clean.topic.served, clean.rows[at].level3):
        return None
    return Planted(_named(clean, at, name, target, actual), (row_spot(clean, at),), follows=_WORDS)


_PAID = (
    ("时效", "专项资金按时拨付率"),
    ("质量", "资金支付准确率"),
    ("数量", "预算资金执行率"),
    ("质量", "经费使用合规率"),
    ("社会效益", "项目资金到位率"),
)


@plants("IS04", ways=5)
def paying_as_output(clean: Clean, way: int, rng: Random) -> Planted | None:
    """Money paid, on time or rightly, as an output or effect."""
    level2, name = _PAID[way]
    at = some_row(clean, rng, _in(level2))
    if at is None or clean.topic.key in {"subsidy", "forest"}:
        return None
    return Planted(_named(clean, at, name), (row_spot(clean, at),), follows=_WORDS)


@plants("IS05", ways=3)
def the_same_name_again(clean: Clean, way: int, rng: Random) -> Planted | None:
    """A quantity again among effects; a quality again among quantities; with other marks around the name."""
    first = some_row(clean, rng, _in(("数量", "质量", "数量")[way]))
    at = some_row(
        clean,
        rng,
        _in(*(("社会效益", "可持续", "经济效益"), ("数量",), ("社会效益", "可持续", "经济效益"))[way]),
    )
    if first is None or at is None or first == at:
        return None
    name = clean.rows[first].level3 or ""
    more = f"★{name}" if way == 2 else name
    changed = with_row(clean, at, level3=more)
    return Planted(changed, (row_spot(clean, at), row_spot(clean, first)), follows=_WORDS)


_NO_NAMES = ("社会效益指标", "指标1：", "服务对象满意度指标", "数量指标", "效益")


@plants("IS06", ways=5)
def no_name_of_its_own(clean: Clean, way: int, rng: Random) -> Planted | None:
    """The name of its class, or a number."""
    at = some_row(clean, rng, _in(("社会效益", "数量", "满意", "数量", "可持续")[way]))
    if at is None:
        return None
    return Planted(with_row(clean, at, level3=_NO_NAMES[way]), (row_spot(clean, at),), follows=_WORDS)


_FAR = {"canteen": ("新增就业岗位", "带动农民收入增长", "改善村庄人居环境"), "planning": ()}
_PAY = ("机关聘用人员工资", "镇村干部误餐补助及伙食费", "单位办公经费")


@plants("IS07", ways=3)
def effects_out_of_reach(clean: Clean, way: int, rng: Random) -> Planted | None:
    """A project that serves the unit itself claims jobs, income, nature."""
    at = some_row(clean, rng, _in("社会效益", "生态效益", "经济效益"))
    if at is None or clean.topic.key != "canteen":
        return None
    project = replace(clean.table.project, name=_PAY[way])
    changed = _named(with_table(clean, project=project), at, _FAR["canteen"][way], "≥3%", "3.2%")
    changed = with_row(changed, at, level2=("社会效益指标", "经济效益指标", "生态效益指标")[way])
    return Planted(changed, (row_spot(clean, at),), follows=_WORDS)


_AGAIN = (("成本", "预算控制率", "≤100%", "97.4%"), ("数量", "资金支出率", "≥90%", "97.4%"),
          ("成本", "项目预算执行率", "＝100%", "97.4%"), ("成本", "成本控制率", "≤100%", "97.4%"))  # fmt: skip


@plants("IS08", ways=4)
def execution_once_more(clean: Clean, way: int, rng: Random) -> Planted | None:
    """Budget execution among cost or quantity."""
    level2, name, target, actual = _AGAIN[way]
    at = some_row(clean, rng, _in(level2))
    return (
        Planted(_named(clean, at, name, target, actual), (row_spot(clean, at),), follows=_WORDS)
        if at is not None
        else None
    )


@plants("IS09", ways=3)
def points_on_one_row(clean: Clean, way: int, _rng: Random) -> Planted | None:
    """One row takes most; words take most; every row takes the same."""
    rows = list(clean.rows)
    if not _points(rows) or not _is_selfeval(clean) or len(rows) < 6 or clean.scheme.parts.get("equal_split"):
        return None
    whole = sum((row.points or Decimal(0) for row in rows), Decimal(0))
    if way == 0:
        changed = [edited(row, points=Decimal(2)) for row in rows[1:]]
        changed.insert(0, edited(rows[0], points=whole - 2 * len(changed)))
    elif way == 1:
        changed = [_worded(row, n) for n, row in enumerate(rows)]
    else:
        rows = [row for row in rows if row.points][:9]
        changed = [edited(row, points=whole / len(rows)) for row in rows]
        if any((row.points or 0) % 1 for row in changed):
            return None
    done = settled(with_rows(clean, *changed))
    return Planted(done, (spot(clean, "indicators"),), follows=_WORDS)


_HOW = ("稳步提升", "长效机制健全、无失管漏管", "有序", "明显好转", "按计划推进")


def _worded(row: Indicator, n: int) -> Indicator:
    cells = {
        "sign": None,
        "unit": None,
        "target": _HOW[n % len(_HOW)],
        "actual": "达成预期指标",
        "completion_printed": None,
    }
    return row if n % 4 == 3 else edited(row, **cells)


@plants("IS10", ways=3)
def few_rows(clean: Clean, way: int, _rng: Random) -> Planted | None:
    """One, two or three rows are left."""
    keep = way + 1
    left = _without(clean, lambda row: row not in clean.rows[-keep:])
    return (
        Planted(left, (spot(left, "indicators"),), follows=_WORDS) if left and len(clean.rows) > 3 else None
    )


_ELSEWHERE = (
    "目标1：{}。目标2：对接外贸订单平台，引进跨境物流商家。",
    "{}；设立驻外联络站、引进院士团队、收购码头股权、申报世界遗产、{}",
    "一是{}，二是筹办马拉松赛事。",
)


@plants("IS11", ways=3)
def a_promise_without_indicator(clean: Clean, way: int, _rng: Random) -> Planted | None:
    """A numbered goal, or some of a list, that no indicator speaks of."""
    told = next((row.level3 for row in clean.rows if _in("数量")(row)), None)
    if told is None or clean.table.goal.expected is None:
        return None
    goal = _ELSEWHERE[way].replace("{}", told)
    return Planted(with_goal(clean, expected=goal), (spot(clean, "goal.expected"),), follows=_WORDS)


_EMPTY = (
    "本项目预算用于支付相关费用。",
    "按时完成上级下达的各项目标任务，达到预期效果。",
    "{}",
    "申请拨付专项资金并发放到位。",
)


@plants("IS12", ways=4)
def a_goal_that_says_nothing(clean: Clean, way: int, _rng: Random) -> Planted | None:
    """Paying; phrases; the project's name; applying for money."""
    if clean.table.goal.expected is None:
        return None
    goal = _EMPTY[way].replace("{}", clean.table.project.name or "")
    return Planted(with_goal(clean, expected=goal), (spot(clean, "goal.expected"),), follows=_WORDS)


_HOLLOW = (("质量", "成效显著"), ("时效", "有效推进"), ("社会效益", "逐步改善"), ("质量", "效果明显提升"))


@plants("IS13", ways=4)
def hollow_words(clean: Clean, way: int, rng: Random) -> Planted | None:
    """Words that any result meets."""
    level2, words = _HOLLOW[way]
    at = some_row(clean, rng, _in(level2))
    if at is None:
        return None
    cells = {
        "sign": None,
        "unit": None,
        "target": words,
        "actual": "达成预期指标",
        "remarks": None,
        "completion_printed": None,
    }
    return Planted(with_row(clean, at, **cells), (row_spot(clean, at),), follows=_WORDS)


@plants("IS14", ways=3)
def other_class_points(clean: Clean, way: int, rng: Random) -> Planted | None:
    """Points go from one class to another."""
    moved = (Decimal(5), Decimal(8), Decimal(10))[way]
    giving = some_row(clean, rng, lambda row: "产出" in (row.level1 or "") and (row.points or 0) > moved)
    taking = some_row(clean, rng, lambda row: "效益" in (row.level1 or "") and row.points)
    if (
        giving is None
        or taking is None
        or not _points(clean.rows)
        or not _is_selfeval(clean)
        or not clean.scheme.level1
    ):
        return None
    rows = list(clean.rows)
    rows[giving] = edited(rows[giving], points=(rows[giving].points or 0) - moved)
    rows[taking] = edited(rows[taking], points=(rows[taking].points or 0) + moved)
    return Planted(settled(with_rows(clean, *rows)), (spot(clean, "indicators"),), follows=_WORDS)


_FRAMES = (
    "投入评价指标满分20分，自评得分18分。过程评价指标满分30分，自评得分28分。产出与效益评价指标满分50分，自评得分46分。",
    "决策指标满分15分，得分15分。过程指标满分25分，得分24分。产出指标满分30分，得分29分。效益指标满分30分，得分30分。",
)


@plants("IS15", ways=2)
def another_frame(clean: Clean, way: int, _rng: Random) -> Planted | None:
    """The self-evaluation report scores by another frame."""
    at = paper_of(clean, Kind.SELFEVAL_REPORT)
    place = section_of(clean, "目标完成", "绩效分析", "效益", "结论", paper=at) if at is not None else None
    if place is None or at is None or not _points(clean.rows) or "分" in text_at(clean, place):
        return None
    changed = with_text(clean, place, _FRAMES[way])
    return Planted(changed, (replace(place, where=""),), follows=_WORDS)


_OLD = (
    "投入评价指标满分20分，自评得分18分。其中：目标管理满分5分，得分5分。",
    "业务管理：满分15分，得分14分。财务管理：满分15分，得分15分。",
)


@plants("IS16", ways=2)
def old_words(clean: Clean, way: int, _rng: Random) -> Planted | None:
    """投入, 目标管理, 财务管理 in a report of these years."""
    at = paper_of(clean, Kind.SELFEVAL_REPORT)
    place = section_of(clean, "目标完成", "绩效分析", "效益", "结论", paper=at) if at is not None else None
    if place is None or (clean.table.year or 0) <= 2020:
        return None
    return Planted(with_sentence(clean, place, _OLD[way]), (replace(place, where=""),), follows=_WORDS)


@plants("IS17", ways=2)
def cost_in_two_places(clean: Clean, way: int, rng: Random) -> Planted | None:
    """Cost stands under 产出指标 beside a class of its own; 可持续影响 stands beside it."""
    if not any("成本" in (row.level1 or "") for row in clean.rows):
        return None
    at = some_row(clean, rng, _in("时效") if way == 0 else _in("社会效益"))
    if at is None:
        return None
    level2, name = (("成本指标", "单项检修成本"), ("可持续影响指标", "设施后续管护落实率"))[way]
    changed = with_row(clean, at, level2=level2, level3=name)
    return Planted(changed, (row_spot(clean, at),), follows=_WORDS)


_OTHERS = (
    "经问卷调查，外地游客满意度为93%。",
    "对退役军人开展了问卷调查，满意率92%。",
    "通过走访，残疾人满意度达到94%。",
)


@plants("IS18", ways=3)
def others_were_asked(clean: Clean, way: int, _rng: Random) -> Planted | None:
    """The report tells of a survey among other people."""
    place = section_of(clean, "满意", "效益", "绩效")
    if place is None or not any(_in("满意")(row) for row in clean.rows):
        return None
    changed = with_sentence(clean, place, _OTHERS[way])
    return Planted(changed, (replace(place, where=""),), follows=_WORDS)
