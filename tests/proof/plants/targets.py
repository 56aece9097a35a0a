"""Plantings of TV: targets that are empty, unsigned, impossible, in the wrong unit, too low, or out of the year."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from random import Random

from jixiao.model.evaluation import Evaluation, Indicator
from jixiao.model.figure import Figure, half_up
from jixiao.model.reading import Kind
from jixiao.model.target import AtLeast, AtMost
from tests.proof.clean import settled
from tests.proof.planting import (
    Clean,
    Planted,
    PlantedUnit,
    Unit,
    edited,
    plants,
    plants_together,
    row_spot,
    section_of,
    some_row,
    with_paper,
    with_row,
    with_rows,
    with_sentence,
    with_table,
)
from tests.proof.table import plain

_WORDS = ("IS", "TV", "AV", "SC", "XD", "NA", "DV", "FM", "CL")  # families that look at a changed row
_FULL = ("AR", *_WORDS)


def _in(*words: str) -> Callable[[Indicator], bool]:
    """Rows of a self-evaluation table whose second-level class has one of the words."""
    return lambda row: row.target is not None and any(word in (row.level2 or "") for word in words)


def _cells(clean: Clean, at: int, target: str, actual: str, **more: str) -> Clean:
    """A row with target and result, its sign and unit in the target's own cell."""
    told: dict[str, str | Decimal | None] = {"sign": None, "unit": None, "completion_printed": None, **more}
    return with_row(clean, at, target=target, actual=actual, **told)


def _at(clean: Clean, at: int | None, target: str, actual: str, **more: str) -> Planted | None:
    if at is None:
        return None
    return Planted(_cells(clean, at, target, actual, **more), (row_spot(clean, at),), follows=_FULL)


def _bound(row: Indicator) -> Figure | None:
    return row.target.bound if isinstance(row.target, AtLeast | AtMost) else None


def _counted(row: Indicator) -> bool:
    bound = _bound(row)
    return (
        isinstance(row.target, AtLeast)
        and bound is not None
        and bound.unit is not None
        and bound.unit.kind != "ratio"
    )


@plants("TV01", ways=3)
def no_target(clean: Clean, way: int, rng: Random) -> Planted | None:
    """The cell is empty, or still the form's own pattern."""
    at = some_row(clean, rng, _in(("社会", "数量", "质量")[way]))
    actual = clean.rows[at].actual if at is not None else None
    return _at(clean, at, ("", "≥**个", "……")[way], actual.text if actual is not None else "达成")


_BARE = ("购置", "按计划开展", "巡查维护", "保障到位")


@plants("TV02", ways=6)
def no_number_or_sign(clean: Clean, way: int, rng: Random) -> Planted | None:
    """A quantity in words; a cost or quantity without a sign."""
    if way < len(_BARE):
        return _at(clean, some_row(clean, rng, _in("数量")), _BARE[way], "达成预期指标")
    at = some_row(clean, rng, _in("成本" if way == len(_BARE) else "数量"))
    return _at(clean, at, ("", "", "", "", "3.5万元", "48次")[way], ("", "", "", "", "3.4万元", "48次")[way])


@plants("TV03", ways=4)
def above_all_there_is(clean: Clean, way: int, rng: Random) -> Planted | None:
    """A share of more than all: ≥100%, >100%, 120%, misread."""
    at = some_row(
        clean,
        rng,
        lambda row: any(w in (row.level3 or "") for w in ("合格率", "满意度", "覆盖率", "准确率", "达标率")),
    )
    return _at(clean, at, ("≥100%", "＞100%", "≥120%", "295%")[way], "100%")


_COSTS = (("检修服务费用", "≥6.5万元"), ("设备采购成本", "＞12万元"), ("项目总成本", "＝18万元"))


@plants("TV04", ways=3)
def cost_the_wrong_way(clean: Clean, way: int, rng: Random) -> Planted | None:
    """The more is spent, the better."""
    name, target = _COSTS[way]
    return _at(clean, some_row(clean, rng, _in("成本")), target, target[1:], level3=name)


_UNITS = (("质量", "设备验收合格率", "≥95个", "96个"), ("数量", "新增设施数量", "≥120人", "126人"),
          ("数量", "硬化路面面积", "≥3公里", "3.2公里"), ("数量", "服务对象人数", "≥80%", "83%"),
          ("数量", "维护巡查点", "≥36", "38"))  # fmt: skip


@plants("TV05", ways=5)
def another_unit(clean: Clean, way: int, rng: Random) -> Planted | None:
    """A rate in pieces, things in people, an area in kilometres, people in percent, no unit."""
    level2, name, target, actual = _UNITS[way]
    return _at(clean, some_row(clean, rng, _in(level2)), target, actual, level3=name)


@plants("TV05", ways=2)
def units_admitted(clean: Clean, way: int, rng: Random) -> Planted | None:
    """The report says that units were wrong, and leaves it there."""
    place = section_of(clean, *rng.choice((("问题",), ("不足", "问题"))))
    said = ("部分绩效指标的计量单位不够规范。", "个别指标值的单位设置有误。")[way]
    return Planted(with_sentence(clean, place, said), (place,), follows=_WORDS) if place is not None else None


_SAID_AGAIN = (("数量", "保障机井正常运行", "有效保障"), ("质量", "巡查质量", "提升"), ("社会", "调动村民参与积极性", "充分调动"),
               ("质量", "完善管护机制", "进一步完善"))  # fmt: skip


@plants("TV06", ways=4)
def the_name_again(clean: Clean, way: int, rng: Random) -> Planted | None:
    """The target says what the name says, or a single word."""
    level2, name, target = _SAID_AGAIN[way]
    return _at(clean, some_row(clean, rng, _in(level2)), target, "达成预期指标", level3=name)


_KNOWN = (("人员补助标准", "按文件标准执行", "对管护人员按每人每月600元发放补助。"),
          ("误工补贴标准", "按规定标准执行", "误工补贴标准为每人每天120元。"))  # fmt: skip


@plants("TV07", ways=3)
def words_for_a_figure(clean: Clean, way: int, rng: Random) -> Planted | None:
    """The report prints the standard, the target says 按标准执行; a figure is met by a tier."""
    at = some_row(clean, rng, _in("成本"))
    if way == len(_KNOWN):
        return _at(clean, at, "每天80元", "100%-80%（含）", level3="巡查人员补助")
    name, target, said = _KNOWN[way]
    planted = _at(clean, at, target, "达成预期指标", level3=name)
    place = section_of(clean, "资金", "支出")
    if planted is None or place is None:
        return None
    return replace(planted, clean=with_sentence(planted.clean, place, said))


@plants("TV08", ways=4)
def set_low(clean: Clean, way: int, rng: Random) -> Planted | None:
    """The result is 1.25, 1.5, 2.3 or 3 times the target."""
    at = some_row(clean, rng, lambda row: _in("数量")(row) and _counted(row) and not row.reason)
    bound = _bound(clean.rows[at]) if at is not None else None
    if at is None or bound is None or bound.unit is None or bound.value < 20:
        return None
    reached = plain(
        half_up(bound.value * (Decimal("1.25"), Decimal("1.5"), Decimal("2.3"), Decimal(3))[way], 0)
    )
    unit = bound.unit.name
    changed = _cells(clean, at, f"≥{bound.value:f}{unit}", f"{reached:f}{unit}")
    return Planted(changed, (row_spot(clean, at),), follows=_FULL)


@plants_together("TV09", ways=3)
def less_than_last_year(unit: Unit, way: int, rng: Random) -> PlantedUnit | None:
    """The same project a year later promises less than it had reached."""
    first = rng.choice(unit)
    at = some_row(first, rng, lambda row: _in("数量")(row) and _counted(row))
    bound = _bound(first.rows[at]) if at is not None else None
    if at is None or bound is None or bound.unit is None or bound.value < 20 or first.table.year is None:
        return None
    less = plain(half_up(bound.value * (Decimal("0.9"), Decimal("0.7"), Decimal("0.5"))[way], 0))
    name = bound.unit.name
    later = _cells(first, at, f"≥{less:f}{name}", f"{less:f}{name}")
    later = with_table(later, year=first.table.year + 1)
    return PlantedUnit((*unit, later), ((len(unit), row_spot(later, at)),), follows=("CL", "XD"))


def _declared(clean: Clean, rows: tuple[Indicator, ...]) -> Evaluation:
    bare = tuple(replace(row, actual=None, score_printed=None, reason=None, completion_printed=None, deduction_printed=None)
                 for row in rows)  # fmt: skip
    return Evaluation(
        project=clean.table.project, year=clean.table.year, goal=clean.table.goal, indicators=bare
    )


@plants("TV10", ways=3)
def not_what_was_approved(clean: Clean, way: int, rng: Random) -> Planted | None:
    """The declaration beside it promises more, weighs another way, or counts something else."""
    at = some_row(clean, rng, lambda row: _counted(row) and row.points)
    bound = _bound(clean.rows[at]) if at is not None else None
    if (
        at is None
        or bound is None
        or bound.unit is None
        or clean.filing.readings[0].kind is not Kind.SELFEVAL_TABLE
    ):
        return None
    rows = list(clean.rows)
    more = plain(half_up(bound.value * Decimal("1.3") + 1, 0))
    cells: dict[str, str | Decimal | None] = {
        "sign": None,
        "unit": None,
        "target": f"≥{more:f}{bound.unit.name}",
    }
    if way == 1:
        cells = {"points": (rows[at].points or Decimal(0)) + 3}
    if way == 2:
        cells["target"] = f"≥{bound.value:f}{'户' if bound.unit.name != '户' else '人'}"
    rows[at] = edited(rows[at], **cells)
    beside = with_paper(clean, Kind.GOAL_DECLARATION, _declared(clean, tuple(rows)))
    return Planted(beside, (row_spot(clean, at),), follows=("XD", "TV"))


_EFFECTS = (
    ("社会", "促进乡村治理持续向好", "≥95%"),
    ("可持续", "推动事业健康发展", "＝100%"),
    ("社会", "维护基层和谐稳定", "≥90%"),
)


@plants("TV11", ways=3)
def percent_of_nothing(clean: Clean, way: int, rng: Random) -> Planted | None:
    """An effect in percent that no fraction stands behind."""
    level2, name, target = _EFFECTS[way]
    return _at(clean, some_row(clean, rng, _in(level2)), target, "100%", level3=name)


_NOTHING = (
    ("数量", "新增便民服务点", "≥0个", "2个"),
    ("数量", "现场培训人次", "＝0人次", "0人次"),
    ("质量", "抽检合格率", "≥0%", "97%"),
)


@plants("TV12", ways=3)
def nothing_promised(clean: Clean, way: int, rng: Random) -> Planted | None:
    """A target of zero where more is better."""
    level2, name, target, actual = _NOTHING[way]
    return _at(clean, some_row(clean, rng, _in(level2)), target, actual, level3=name)


@plants("TV13", ways=2)
def every_target_hit(clean: Clean, way: int, rng: Random) -> Planted | None:
    """All results are their targets; all but one of five."""
    hit = [n for n, row in enumerate(clean.rows) if isinstance(row.target, AtLeast)]
    spared = rng.choice(hit) if way == 1 and len(hit) > 5 else None
    rows = [_hit(row) if n in hit and n != spared else row for n, row in enumerate(clean.rows)]
    if len(hit) < 3:
        return None
    done = settled(with_rows(clean, *rows))
    return Planted(done, tuple(row_spot(done, n) for n in hit), follows=_FULL)


def _hit(row: Indicator) -> Indicator:
    bound = _bound(row)
    assert bound is not None
    text = f"{bound.value:f}{'' if row.unit or bound.unit is None else bound.unit.name}"
    return edited(row, actual=text, reason=None)


_LATER = (("可持续", "设施收益年限", "≥8年", "8年"), ("可持续", "群众持续受益年数", "≥10年", "10年"),
          ("时效", "全部完工时间", "{}年6月底前", "按计划推进"), ("可持续", "管网使用年限", "≥15年", "15年"))  # fmt: skip


@plants("TV14", ways=4)
def beyond_the_year(clean: Clean, way: int, rng: Random) -> Planted | None:
    """Years that have not passed yet, or a day after the year's end."""
    level2, name, target, actual = _LATER[way]
    if clean.table.year is None:
        return None
    promised = target.replace("{}", str(clean.table.year + 2))
    return _at(clean, some_row(clean, rng, _in(level2)), promised, actual, level3=name)
