"""Plantings of DV: losses without reasons, reasons that are none, measures without substance (偏差原因与改进措施)."""

from dataclasses import replace
from decimal import Decimal
from random import Random

from jixiao.model.claims import Report
from jixiao.model.evaluation import Indicator
from jixiao.model.statements import Section
from jixiao.model.target import AtLeast
from tests.proof.planting import (
    Clean,
    Planted,
    Spot,
    paper_of,
    plants,
    row_spot,
    section_of,
    some_row,
    text_at,
    with_record,
    with_row,
    with_text,
)

_OTHERS = ("SC", "AR", "XD", "IS", "TV", "NA", "FM", "AV", "CL", "FD")


def _lost(row: Indicator) -> bool:
    return (
        row.points is not None
        and row.score_printed is not None
        and row.points - row.score_printed > Decimal("0.1")
    )


def _full(row: Indicator) -> bool:
    return row.points is not None and row.points == row.score_printed and row.actual is not None


@plants("DV01", ways=3)
def reason_left_out(clean: Clean, way: int, rng: Random) -> Planted | None:
    """The cell of the reason is emptied, or says 无; no report tells it either."""
    at = some_row(clean, rng, lambda i: _lost(i) and i.reason)
    if at is None or (clean.rows[at].level3 or "?")[:4] in _told(clean):
        return None
    wrong = with_row(clean, at, reason=(None, "无", "—")[way], remedy=None, remarks=None)
    return Planted(wrong, (row_spot(clean, at),), follows=_OTHERS)


def _told(clean: Clean) -> str:
    return "".join(
        f"{s.title}{s.text}" for r in clean.filing.readings for s in getattr(r.record, "sections", ())
    )


@plants("DV02", ways=2)
def reason_of_another(clean: Clean, way: int, rng: Random) -> Planted | None:
    """A row's reason tells of another row."""
    at = some_row(clean, rng, _lost)
    if at is None:
        return None
    own = set(clean.rows[at].level3 or "")
    other = some_row(clean, rng, lambda i: i.level3 and len(i.level3) >= 6 and not own & set(i.level3))
    if other is None:
        return None
    name = clean.rows[other].level3
    reason = (f"主要是{name}没有跟上", f"{name}受采购进度影响")[way]
    return Planted(with_row(clean, at, reason=reason, remedy=None), (row_spot(clean, at),), follows=_OTHERS)


_COMMON = (
    "人员调整后工作衔接不畅，影响了进度",
    "前期方案细化不够，实施时作了变更",
    "供货单位更换一次，到货比约定晚",
)


@plants("DV03", ways=3)
def reason_copied(clean: Clean, way: int, rng: Random) -> Planted | None:
    """Two rows are given the same reason."""
    rows = [n for n, i in enumerate(clean.rows) if i.points and i.points > 3 and i.score_printed is not None]
    if len(rows) < 2:
        return None
    one, other = sorted(rng.sample(rows, 2))
    wrong = clean
    for at, tail in ((one, ""), (other, "。")):
        less = (clean.rows[at].points or Decimal(0)) - 1
        wrong = with_row(wrong, at, reason=_COMMON[way] + tail, remedy=None, score_printed=less)
    return Planted(wrong, (row_spot(clean, one), row_spot(clean, other)), follows=(*_OTHERS, "DV02", "DV06"))


_UNDONE = ("因供货延迟，尚有一部分未完成", "进度滞后一个月", "管护人员未到位")


@plants("DV04", ways=3)
def full_and_undone(clean: Clean, way: int, rng: Random) -> Planted | None:
    """Full marks beside the words that it wasn't done."""
    at = some_row(clean, rng, lambda i: _full(i) and isinstance(i.target, AtLeast) and not _exceeds(i))
    if at is None:
        return None
    return Planted(with_row(clean, at, reason=_UNDONE[way]), (row_spot(clean, at),), follows=_OTHERS)


def _exceeds(row: Indicator) -> bool:
    figure = row.actual.figure if row.actual else None
    return figure is None or not isinstance(row.target, AtLeast) or figure.exact > row.target.bound.exact


@plants("DV05", ways=3)
def far_beyond(clean: Clean, way: int, rng: Random) -> Planted | None:
    """The result is one and a half times, twice or five times the target."""
    at = some_row(clean, rng, lambda i: _whole(i) and "成本" not in (i.level2 or "") + (i.level1 or ""))
    target = clean.rows[at].target if at is not None else None
    if at is None or not isinstance(target, AtLeast):
        return None
    bound = target.bound
    value = int(bound.value * (Decimal("1.5"), 2, 5)[way])
    unit = bound.unit.name if bound.unit and not clean.rows[at].unit else ""
    if 1990 <= value <= 2050:
        return None
    wrong = with_row(clean, at, actual=f"{value}{unit}", reason=None, remedy=None, remarks=None)
    return Planted(wrong, (row_spot(clean, at),), follows=_OTHERS)


def _whole(row: Indicator) -> bool:
    bound = row.target.bound if isinstance(row.target, AtLeast) else None
    return bound is not None and bound.value >= 10 and (bound.unit is None or bound.unit.kind != "ratio")


_VAGUE = (
    "加强学习，提高认识，完善机制，优化流程，不断提升管理水平。",
    "进一步加大工作力度，强化责任意识，健全制度体系，提高资金使用效益。",
    "高度重视，积极改进，认真落实，合理安排，全面提高工作质量。",
)


@plants("DV06", ways=3)
def measures_of_air(clean: Clean, way: int, rng: Random) -> Planted | None:
    """All measures of a report are general words."""
    del rng
    n = _head(clean, *_MEASURES)
    if n is None:
        return None
    wrong = _rewritten(clean, n, "改进措施", _VAGUE[way])
    return Planted(wrong, (Spot(paper_of(clean) or 0, f"sections.{n}"),), follows=(*_OTHERS, "DV10"))


_MEASURES = ("措施", "建议", "整改", "打算", "下一步", "改进")


def _sections(clean: Clean) -> tuple[Section, ...]:
    at = paper_of(clean)
    return getattr(clean.filing.readings[at].record, "sections", ()) if at is not None else ()


def _head(clean: Clean, *words: str) -> int | None:
    """The report's one section that is called so."""
    heads = [n for n, s in enumerate(_sections(clean)) if s.level <= 2 and any(w in s.title for w in words)]
    return heads[0] if len(heads) == 1 else None


def _rewritten(clean: Clean, n: int, title: str, text: str) -> Clean:
    """Put one section in the place of another and all below it."""
    at, sections = paper_of(clean) or 0, _sections(clean)
    level = sections[n].level
    last = next((k for k in range(n + 1, len(sections)) if sections[k].level <= level), len(sections))
    made = (*sections[:n], Section(sections[n].number, title, level, text), *sections[last:])
    record = clean.filing.readings[at].record
    assert isinstance(record, Report)
    return with_record(clean, at, replace(record, sections=made))


_OUTSIDE = ("受雨季影响", "因县级财力紧张，资金未到位", "疫情原因", "受台风天气影响")


@plants("DV07", ways=4)
def only_the_weather(clean: Clean, way: int, rng: Random) -> Planted | None:
    """Only the weather, the treasury or an epidemic is to blame."""
    at = some_row(clean, rng, _lost)
    if at is None:
        return None
    wrong = with_row(clean, at, reason=_OUTSIDE[way], remedy=None)
    return Planted(wrong, (row_spot(clean, at),), follows=_OTHERS)


_SPEND = (
    "项目结余资金较多，今后要加快进度，确保资金全部支出。",
    "剩余资金下年尽快使用完毕。",
    "结余部分资金已上缴国库，今后要加强管理，全额完成支出任务。",
)


@plants("DV08", ways=3)
def spend_the_rest(clean: Clean, way: int, rng: Random) -> Planted | None:
    """What was saved is to be spent."""
    del rng
    place = section_of(clean, "措施", "建议", "问题", "资金")
    if place is None:
        return None
    return Planted(with_text(clean, place, text_at(clean, place) + _SPEND[way]), (place,), follows=_OTHERS)


_PROSE = (
    "{}低于年度指标值，主要是供货延迟。",
    "{}未达到指标值，因前期手续用时较长。",
    "{}完成不足，受占地协调影响。",
)


@plants("DV09", ways=3)
def reason_in_the_report(clean: Clean, way: int, rng: Random) -> Planted | None:
    """The cell is blank; only the report tells the reason."""
    at, place = (
        some_row(clean, rng, lambda i: _lost(i) and i.actual and len(i.level3 or "") >= 6),
        section_of(clean, "问题", "完成"),
    )
    if at is None or place is None:
        return None
    bare = with_row(clean, at, reason=None, remedy=None, remarks=None)
    told = with_text(bare, place, text_at(bare, place) + _PROSE[way].format(clean.rows[at].level3))
    return Planted(told, (row_spot(clean, at),), follows=_OTHERS)


_COUNTS = (
    ("1.台账不全。2.培训偏少。3.设备老化。4.巡查不够。", "由业务股于6月底前补全台账。"),
    ("台账记录不全。", "一是6月底前补全台账；二是每季组织培训；三是年内更换设备。"),
    ("一是台账不全；二是培训偏少；三是设备老化。", "由业务股于6月底前补全台账。"),
)


@plants("DV10", ways=3)
def unequal_lists(clean: Clean, way: int, rng: Random) -> Planted | None:
    """Four problems and one suggestion, or the other way round."""
    del rng
    n = _head(clean, "问题")
    if n is None or _head(clean, *_MEASURES) is None:
        return None
    problems, measures = _COUNTS[way]
    wrong = _rewritten(clean, n, "存在问题", problems)
    m = _head(wrong, *_MEASURES)
    if m is None or m == n:
        return None
    wrong = _rewritten(wrong, m, "改进措施", measures)
    return Planted(wrong, (Spot(paper_of(clean) or 0, ""),), follows=_OTHERS)
