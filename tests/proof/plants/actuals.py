"""Plantings of AV: results that are missing, vague, impossible or told otherwise (完成值与佐证)."""

from random import Random

from jixiao.model.evaluation import Indicator
from jixiao.model.statements import Section
from jixiao.model.target import AtLeast, AtMost, Exactly, Qualitative
from tests.proof.planting import (
    Clean,
    Planted,
    Spot,
    plants,
    row_spot,
    section_of,
    some_row,
    spot,
    text_at,
    with_goal,
    with_more_section,
    with_row,
    with_text,
)

_SCORES = ("SC", "AR", "XD", "IS", "TV", "NA", "FM", "DV", "CL")  # what another result also sets off


def _numeric(row: Indicator) -> bool:
    return (
        isinstance(row.target, AtLeast | AtMost | Exactly)
        and row.actual is not None
        and bool(row.score_printed)
    )


def _counted(row: Indicator) -> bool:
    figure = row.actual.figure if row.actual else None
    return (
        _numeric(row)
        and isinstance(row.target, AtLeast)
        and figure is not None
        and figure.value == int(figure.value)
    )


def _satisfaction(row: Indicator) -> bool:
    return "满意" in (row.level3 or "") and _numeric(row)


def _put(clean: Clean, at: int | None, **cells: str) -> Planted | None:
    if at is None:
        return None
    return Planted(with_row(clean, at, **cells), (row_spot(clean, at),), follows=_SCORES)


@plants("AV01", ways=3)
def no_result(clean: Clean, way: int, rng: Random) -> Planted | None:
    """A scored row's result is left blank, dashed or replaced by blanks."""
    at = some_row(clean, rng, _numeric)
    return _put(clean, at, actual=("", " ", "\u3000")[way])


_TIERS = ("100%-80%(含)", "80%-60%（含60%）", "第一档", "100-80%（含）")


@plants("AV02", ways=4)
def tier_for_result(clean: Clean, way: int, rng: Random) -> Planted | None:
    """A tier's label stands where the result should."""
    return _put(clean, some_row(clean, rng, lambda i: i.actual and i.score_printed), actual=_TIERS[way])


_DONE = ("完成", "达成预期指标", "已完成", "全部完成", "按计划完成")


@plants("AV03", ways=5)
def word_for_number(clean: Clean, way: int, rng: Random) -> Planted | None:
    """A number was promised, and 完成 is all that is told."""
    at = some_row(clean, rng, lambda i: _counted(i) and i.target.text != "100%")
    return _put(clean, at, actual=_DONE[way])


@plants("AV04", ways=3)
def sign_for_result(clean: Clean, way: int, rng: Random) -> Planted | None:
    """The result repeats the target's sign."""
    at = some_row(clean, rng, _counted)
    if at is None:
        return None
    figure = clean.rows[at].actual.figure if clean.rows[at].actual else None
    return _put(clean, at, actual=f"{('≥', '>', '＞')[way]}{figure}")


@plants("AV05", ways=4)
def bounded_result(clean: Clean, way: int, rng: Random) -> Planted | None:
    """The result is only bounded: 以上, 超过, 至少, in the cell or in 实际完成情况."""
    at = some_row(clean, rng, _counted)
    if at is None:
        return None
    figure = clean.rows[at].actual.figure if clean.rows[at].actual else None
    if way < 3:
        return _put(clean, at, actual=(f"{figure}以上", f"超过{figure}", f"至少{figure}")[way])
    told = with_goal(clean, actual=f"{clean.table.goal.actual or ''}服务至少{rng.randint(200, 900)}户居民。")
    return Planted(told, (spot(clean, "goal.actual"),), follows=_SCORES)


_BARE = (
    "标准分值8分，本项评价得分8分。该项目严格按照流程办理，较为规范。",
    "满分6分，自评得分6分。得分原因是安排合理，论证充分。",
    "标准分值5分，本项评价得分5分。组织得当，成效显著，得到认可。",
)


@plants("AV06", ways=3)
def bare_praise(clean: Clean, way: int, rng: Random) -> Planted | None:
    """An item at full marks is praised, and nothing is named for it."""
    del rng
    place = section_of(clean)
    if place is None:
        return None
    more = with_more_section(clean, place, Section(None, "管理规范性", 4, _BARE[way]))
    return Planted(more, (Spot(place.paper, ""),), follows=_SCORES)


_UNSURVEYED = ("服务对象满意度达到{}。", "通过问卷调查、走访等方式，满意度为{}。", "群众普遍认可，满意率{}。")


@plants("AV07", ways=3)
def satisfaction_from_nowhere(clean: Clean, way: int, rng: Random) -> Planted | None:
    """The survey behind a rate of satisfaction is left out."""
    row = some_row(clean, rng, _satisfaction)
    place = section_of(clean, "满意度")
    if row is None or place is None or "问卷" not in text_at(clean, place):
        return None
    told = with_text(clean, place, _UNSURVEYED[way].format(_rate(clean.rows[row])))
    if "问卷" in _all_but(told, place) or "访谈" in _all_but(told, place):
        return None
    return Planted(told, (Spot(place.paper, ""),), follows=_SCORES)


def _rate(row: Indicator) -> str:
    return f"{row.actual.text.rstrip('%') if row.actual else ''}%"


def _all_but(clean: Clean, place: Spot) -> str:
    record = clean.filing.readings[place.paper].record
    sections = getattr(record, "sections", ())
    return "".join(s.text for n, s in enumerate(sections) if f"sections.{n}" != place.where)


_FEW = (
    ("随机走访{}户群众，满意度{}。", 30, "95%"),
    ("收回有效问卷{}份，满意度{}。", 25, "93%"),
    ("访谈{}人，满意度{}。", 40, "96.3%"),
    ("发放问卷{0}份，收回{0}份，满意度{1}。", 12, "95%"),
)


@plants("AV08", ways=4)
def too_few_asked(clean: Clean, way: int, rng: Random) -> Planted | None:
    """So few were asked that the rate can't be."""
    row, place = some_row(clean, rng, _satisfaction), section_of(clean, "满意度")
    if row is None or place is None or sum(map(_satisfaction, clean.rows)) != 1:
        return None
    words, number, rate = _FEW[way]
    told = with_text(with_row(clean, row, actual=rate), place, words.format(number, rate))
    if "问卷" in _all_but(told, place):
        return None
    return Planted(told, (Spot(place.paper, ""), row_spot(clean, row)), follows=_SCORES)


@plants("AV09", ways=4)
def another_measure(clean: Clean, way: int, rng: Random) -> Planted | None:
    """The result is measured in another unit than the target."""
    units = ("公里", "亩", "万元", "吨")
    at = some_row(clean, rng, lambda i: _counted(i) and i.target.bound.unit and not i.unit)
    if at is None:
        return None
    target = clean.rows[at].target
    kind = target.bound.unit.kind if isinstance(target, AtLeast) and target.bound.unit else ""
    if kind in {"length", "area", "money", "weight"} or "/" in kind or kind == "分":
        return None
    return _put(clean, at, actual=f"{rng.randint(3, 60)}{units[way]}")


_FUTURE = (
    ("设施收益年数", "≥10年", "10年"),
    ("项目持续运行年限", "≥8年", "8年"),
    ("受益年限", "≥15年", "15年"),
)


@plants("AV10", ways=4)
def not_yet(clean: Clean, way: int, rng: Random) -> Planted | None:
    """What only later years can tell is claimed as done."""
    at = some_row(clean, rng, lambda i: "可持续" in (i.level2 or "") and i.actual)
    if way == 3:
        year = (clean.table.year or 0) + 3
        told = with_goal(clean, actual=f"{clean.table.goal.actual or ''}主体设施已于{year}年建成投入使用。")
        return Planted(told, (spot(clean, "goal.actual"),), follows=_SCORES) if clean.table.year else None
    if at is None or clean.rows[at].unit or clean.rows[at].sign:
        return None
    name, target, actual = _FUTURE[way]
    return _put(clean, at, level3=name, target=target, actual=actual)


@plants("AV11", ways=3)
def beyond_all(clean: Clean, way: int, rng: Random) -> Planted | None:
    """A rate that can't pass 100 % does."""
    at = some_row(
        clean, rng, lambda i: ("满意度" in (i.level3 or "") or "合格率" in (i.level3 or "")) and _numeric(i)
    )
    return _put(clean, at, actual=("120%", "-5%", "980%")[way])


@plants("AV12", ways=4)
def told_otherwise(clean: Clean, way: int, rng: Random) -> Planted | None:
    """The text tells another number of the same thing; another satisfaction."""
    if way == 3:
        return _another_satisfaction(clean, rng)
    at = some_row(
        clean,
        rng,
        lambda i: (
            i.level2 == "数量指标" and _counted(i) and len(i.level3 or "") >= 4 and i.actual.figure.value > 10
        ),
    )
    actual = clean.rows[at].actual if at is not None else None
    if at is None or actual is None or actual.figure is None or actual.figure.unit is None:
        return None
    wrong = (actual.figure.value * 3, actual.figure.value // 3 + 1, actual.figure.value * 2 + 7)[way]
    told = f"{clean.rows[at].level3}{wrong}{actual.figure.unit.name}"
    place = section_of(clean, "完成情况")
    if way == 2 and place is not None:
        return Planted(with_text(clean, place, f"{told}。"), (place, Spot(place.paper, "")), follows=_SCORES)
    return Planted(with_goal(clean, actual=f"全年{told}。"), (spot(clean, "goal.actual"),), follows=_SCORES)


def _another_satisfaction(clean: Clean, rng: Random) -> Planted | None:
    row, place = some_row(clean, rng, _satisfaction), section_of(clean, "满意度")
    if row is None or place is None:
        return None
    told = with_text(clean, place, f"{clean.rows[row].level3}为{rng.choice((71, 73, 77))}.5%。")
    return Planted(told, (Spot(place.paper, ""),), follows=_SCORES)


_OWN = (
    "工程由施工单位自行验收，质量合格。",
    "设备到货后由我单位自行组织验收。",
    "项目完工后由承建单位组织验收并移交。",
)


@plants("AV13", ways=3)
def accepted_by_itself(clean: Clean, way: int, rng: Random) -> Planted | None:
    """Who built accepts."""
    del rng
    place = section_of(clean, "管理", "完成")
    if place is None:
        return None
    return Planted(with_text(clean, place, text_at(clean, place) + _OWN[way]), (place,), follows=_SCORES)


_TARGETS = (("明显改善", "明显改善"), ("有效保障", "有效保障"), ("长期发挥作用", "长期发挥作用"))


@plants("AV14", ways=3)
def target_copied(clean: Clean, way: int, rng: Random) -> Planted | None:
    """The target's words stand as the result."""
    at = some_row(clean, rng, lambda i: isinstance(i.target, Qualitative) and i.actual)
    if at is None:
        at = some_row(
            clean, rng, lambda i: "效益" in (i.level2 or "") and i.actual and not i.unit and not i.sign
        )
    if at is None:
        return None
    target, actual = _TARGETS[way]
    return _put(clean, at, target=target, actual=actual)


_OLD = ("{}年6月开展问卷调查，群众满意度96%。", "经{}年入户走访，满意率为97%。", "工程于{}年11月通过验收。")


@plants("AV15", ways=3)
def old_evidence(clean: Clean, way: int, rng: Random) -> Planted | None:
    """The survey or the acceptance is years old."""
    place, year = section_of(clean, "完成", "满意度"), clean.table.year
    if place is None or year is None:
        return None
    told = text_at(clean, place) + _OLD[way].format(year - rng.choice((2, 3)))
    return Planted(with_text(clean, place, told), (place,), follows=_SCORES)
