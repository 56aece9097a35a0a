"""Plantings of NA: texts that lack a part, slip, or say what the table denies (报告文字)."""

import re
from dataclasses import replace
from decimal import Decimal
from random import Random

from jixiao.audit.reach import bound_of
from jixiao.layout import Place
from jixiao.model.claims import Report, Unknown
from jixiao.model.evaluation import ClassMark
from jixiao.model.reading import Kind
from jixiao.model.statements import Section
from jixiao.model.target import Before, Between
from tests.proof.accusing import case_of
from tests.proof.planting import (
    Clean,
    Planted,
    Spot,
    paper_of,
    plants,
    row_spot,
    section_of,
    some_row,
    spot,
    with_goal,
    with_more_section,
    with_places,
    with_record,
    with_row,
    with_section,
    with_sentence,
    with_table,
    with_text,
    without_section,
)

# What a planted sentence may rightly set off.
_OTHERS = ("AR", "DV", "FD", "FM", "IS", "NA", "SC", "TV", "AV", "XD")


def report_of(clean: Clean) -> tuple[int, Report] | None:
    """The filing's first report with its index."""
    at = paper_of(clean)
    record = clean.filing.readings[at].record if at is not None else None
    return (at, record) if at is not None and isinstance(record, Report) else None


def told(clean: Clean, sentence: str, *where: str) -> Planted | None:
    """Add a sentence to the section that `where` names; the fault stands there."""
    place = section_of(clean, *where)
    return Planted(with_sentence(clean, place, sentence), (place,), follows=_OTHERS) if place else None


@plants("NA01", ways=4)
def a_part_is_missing(clean: Clean, way: int, _rng: Random) -> Planted | None:
    """No problems, no suggestions, both sides of the goal blank, a blank section."""
    report = report_of(clean)
    if way == 2:
        blank = with_goal(clean, expected=None, actual=None)
        main = clean.filing.main or 0
        if clean.filing.readings[main].kind is not Kind.SELFEVAL_TABLE:
            return None
        return Planted(
            with_places(blank, main, {"goal.actual": Place(line=4)}), (spot(clean, "goal"),), follows=_OTHERS
        )
    words = (("问题", "不足"), ("建议", "措施", "意见"), (), ("概况", "目标"))[way]
    place = section_of(clean, *words) if report else None
    if report is None or place is None:
        return None
    if way == 3:
        at = int(place.where.split(".")[1])
        lines = {f"sections.{n}": Place(line=3 * n + 1) for n in range(len(report[1].sections))}
        blank = with_places(with_text(clean, place, ""), place.paper, lines)
        return Planted(blank, (Spot(place.paper, f"sections.{at}"),), follows=_OTHERS)
    kept = without_section(clean, place)
    both = any(
        w in s.title for s in report[1].sections for w in words if s.title != report[1].sections[0].title
    )
    left = section_of(kept, *words)
    return Planted(kept, (Spot(place.paper, "sections"),), follows=_OTHERS) if both and left is None else None


_LEFT = (
    "（300字以内）",
    "由XX县财政局审核。",
    "填报单位：__县人民政府。",
    "20XX年完成验收。",
    "请填写具体内容。",
)


@plants("NA02", ways=8)
def template_left(clean: Clean, way: int, rng: Random) -> Planted | None:
    """A hint, a blank to be filled, a note on a column that isn't there, rows that nobody filled in."""
    if way == 7:
        return Planted(with_table(clean, residue=("指标2：", "……")), (spot(clean, "residue"),))
    if way < len(_LEFT):
        return told(clean, _LEFT[way], *(("概况", "立项"), ("管理", "组织"), ("自评",))[rng.randrange(3)])
    if way == len(_LEFT):
        goal = f"{clean.table.goal.expected or ''}（目标不超过100字以内）"
        return Planted(with_goal(clean, expected=goal), (spot(clean, "goal.expected"),), follows=_OTHERS)
    if clean.table.form in {"F-BJ16", "F-SYS", "F-AH-IMP"} or any(i.remarks for i in clean.rows):
        return None
    notes = (*clean.table.notes, "得分说明：说明完成值与指标值的差异。")
    return Planted(with_table(clean, notes=notes), (spot(clean, f"notes.{len(notes) - 1}"),))


@plants("NA03", ways=5)
def doubled(clean: Clean, way: int, rng: Random) -> Planted | None:
    """The project's noun twice, 存在 twice, a comma twice, a name in the table."""
    said = (
        f"资金用于{(noun := clean.topic.noun)}{noun}支出。",
        "部分指标存在口径存在偏差。",
        "资料齐全，，手续完备。",
        f"按计划完成年度年初年初安排的{noun}任务。",
    )
    if way < len(said):
        return told(clean, said[way], *(("概况", "立项"), ("管理", "组织"), ("问题",))[rng.randrange(3)])
    at = some_row(clean, rng, lambda i: i.level3)
    if at is None:
        return None
    wrong = with_row(clean, at, level3=f"{noun}{noun}达标情况")
    return Planted(wrong, (row_spot(clean, at),), follows=_OTHERS)


@plants("NA04", ways=3)
def none_exceeds(clean: Clean, way: int, _rng: Random) -> Planted | None:
    """Every result is its target, in the report's rows too, and the text says more."""
    exact, compared = clean, 0
    for at, row in enumerate(clean.rows):
        bound = bound_of(row.target)
        if isinstance(row.target, Before | Between):
            return None
        if bound is not None and row.actual is not None and row.actual.figure is not None:
            compared += 1
            exact = with_row(exact, at, actual=f"{bound.value:f}{bound.unit.name if bound.unit else ''}")
    if not compared or any((row.reach or 0) > 1 for row in case_of(exact).rows):
        return None
    words = ("部分指标超额完成。", "年度任务超额完成。", "项目超过预期目标。")[way]
    return told(exact, words, "完成", "产出")


@plants("NA05", ways=4)
def all_done(clean: Clean, way: int, _rng: Random) -> Planted | None:
    """All goals reached, said beside a row that lost points."""
    lost = [i for i in clean.rows if i.points and i.score_printed is not None and i.score_printed < i.points]
    if not lost:
        return None
    words = (
        "年度绩效目标全部完成。",
        "各项绩效指标均已完成，成效明显。",
        "经核对，全年目标任务已全部完成。",
        "所有指标均达到预期目标。",
    )[way]
    return told(clean, words, "结论", "结果", "自评")


_OLD = (
    "由县扶贫办组织实施。",
    "确保脱贫攻坚任务圆满完成。",
    "扶贫专干参与验收。",
    "经县国土资源局批准。",
    "依据《财政支出绩效评价管理暂行办法》评价。",
)


@plants("NA06", ways=6)
def old_name(clean: Clean, way: int, rng: Random) -> Planted | None:
    """A body, a task, a post, a repealed text; in the text or in a row's name."""
    if (clean.table.year or 0) <= 2021:
        return None
    if way < len(_OLD):
        return told(clean, _OLD[way], *(("概况", "立项"), ("管理", "组织"), ("自评",))[rng.randrange(3)])
    at = some_row(clean, rng, lambda i: i.level3)
    if at is None:
        return None
    return Planted(with_row(clean, at, level3="提升扶贫工作质量"), (row_spot(clean, at),), follows=_OTHERS)


@plants("NA07", ways=3)
def another_unit(clean: Clean, way: int, _rng: Random) -> Planted | None:
    """The unit's name with another county or town before it."""
    unit = clean.table.project.unit or ""
    m = re.match(r"[\d\-—]*([一-鿿]{2})([县市区镇乡])([一-鿿]{3,})$", unit)
    if not m:
        return None
    other = f"榆岭{m[2]}{m[3]}"
    said = (f"{other}成立了自评小组。", f"资金由{other}审核支付。", f"项目的实施单位是{other}。")[way]
    return told(clean, said, "管理", "组织", "自评")


@plants("NA08", ways=5)
def broken(clean: Clean, way: int, _rng: Random) -> Planted | None:
    """A count without its noun, a manner without a verb, a conjunction or a comma before the stop."""
    noun = clean.topic.noun
    if way in {0, 4}:
        actual = ("{}已完成。带动周边至少8个", "{}按月检查。完成修缮共6处")[way // 4].format(noun)
        return Planted(with_goal(clean, actual=actual), (spot(clean, "goal.actual"),), follows=_OTHERS)
    said = (
        f"客观对{noun}项目目标的实现程度，设定指标评分。",
        f"资金主要用于{noun}、。",
        f"工作由业务股室负责，包括{noun}以及。",
    )[way - 1]
    return told(clean, said, "自评", "管理", "组织")


_SLIPS = (
    "补助资金己拨付到位。", "由财政所审核后拔付。", "根据领导小组得实施方案执行。", "为各村供技术服务。", "实行“以奖代补“的办法。",
    "要求“先验收后付款。", "问题及待解决。", "部分目标的存在不合理。",
)  # fmt: skip


@plants("NA09", ways=9)
def slips(clean: Clean, way: int, rng: Random) -> Planted | None:
    """Wrong and missing characters, quotation marks; in the text or in a row's name."""
    if way < len(_SLIPS):
        return told(
            clean, _SLIPS[way], *(("概况", "立项"), ("管理", "组织"), ("自评",), ("问题",))[rng.randrange(4)]
        )
    at = some_row(clean, rng, lambda i: i.level3)
    if at is None:
        return None
    return Planted(
        with_row(clean, at, level3=f"增{clean.topic.served}收入"), (row_spot(clean, at),), follows=_OTHERS
    )


@plants("NA10", ways=5)
def number_of_document(clean: Clean, way: int, _rng: Random) -> Planted | None:
    """A number without 号, with other brackets, without brackets; a basis without a document; a title told two ways."""
    basis = clean.topic.basis
    if way == 3:
        place = section_of(clean, "概况", "立项", "依据")
        if place is None or place.paper is None:
            return None
        bare = Section("1.", "项目的实施依据", 3, "根据相关政策要求和工作安排，实施本项目。")
        return Planted(with_more_section(clean, place, bare), (_after(place),), follows=_OTHERS)
    said = (
        f"依据《关于做好{basis}工作的通知》（青政办〔2021〕17）执行。",
        f"依据《关于做好{basis}工作的通知》（青政办[2021]17）执行。",
        f"依据《关于做好{basis}工作的通知》（青政办2021-17号）执行。",
        "",
        f"依据《关于切实做好{basis}的实施意见》（青政办〔2021〕17号）立项，按《关于切实做好{basis}实施意见》（青政办〔2021〕17号）发放。",
    )[way]
    return told(clean, said, "概况", "立项")


def _after(place: Spot) -> Spot:
    return Spot(place.paper, f"sections.{int(place.where.split('.')[1]) + 1}")


@plants("NA11", ways=3)
def another_year(clean: Clean, way: int, _rng: Random) -> Planted | None:
    """Money of an earlier year as the basis."""
    year = (clean.table.year or 2023) - (way + 1)
    said = (
        f"依据《关于下达{year}年{clean.topic.noun}补助资金的通知》安排支出。",
        f"按照关于拨付{year}年{clean.topic.noun}经费的请示执行。",
        f"依据关于安排{year}年{clean.topic.noun}资金计划的批复支付。",
    )[way]
    return told(clean, said, "概况", "立项")


@plants("NA12", ways=3)
def reversed_conclusion(clean: Clean, way: int, _rng: Random) -> Planted | None:
    """Classes with full marks are blamed, all are said to be full, or the scope leaves one out."""
    report = report_of(clean)
    place = section_of(clean, *(("结论", "结果"), ("结论", "结果"), ("自评",))[way])
    if report is None or place is None:
        return None
    marks = tuple(
        ClassMark(name, 1, Decimal(points), Decimal(score))
        for name, points, score in (("决策", 15, 15), ("过程", 20, 20), ("产出", 35, 33), ("效益", 30, 30))
    )
    said = (
        "从得分看，产出得分较高，决策和效益方面存在不足。",
        "各项指标均得满分。",
        "对产出指标、效益指标进行评价。",
    )[way]
    named = clean
    if way == 2:
        section = Section("（九）", "评价对象和范围", 2, said)
        named, place = with_more_section(clean, place, section), _after(place)
    else:
        named = with_sentence(clean, place, said)
    again = report_of(named)
    if again is None:
        return None
    scored = with_record(named, again[0], replace(again[1], classes=marks))
    return Planted(scored, (place,), follows=_OTHERS)


@plants("NA13", ways=3)
def praise_and_problem(clean: Clean, way: int, _rng: Random) -> Planted | None:
    """What is praised in one place is a problem in another."""
    praised, blamed = (
        ("项目管理制度健全，责任清楚。", "项目管理制度不健全，分工不清。"),
        ("资金使用合规，手续完备。", "资金使用的凭证不完整，附件不全。"),
        ("档案齐全，专人保管。", "档案不完整，部分记录没有归档。"),
    )[way]
    place = section_of(clean, "管理", "组织")
    problem = section_of(clean, "问题", "不足")
    if place is None or problem is None:
        return None
    both = with_sentence(with_sentence(clean, place, praised), problem, blamed)
    return Planted(both, (place,), follows=_OTHERS)


@plants("NA14", ways=3)
def no_problem_told(clean: Clean, way: int, _rng: Random) -> Planted | None:
    """Points are lost and the problems say none, or only what will be done."""
    total, report = clean.table.total_printed, report_of(clean)
    chapters = (
        [n for n, s in enumerate(report[1].sections) if s.level == 1 and "问题" in s.title] if report else []
    )
    if total is None or total >= clean.scheme.total or report is None or not chapters:
        return None
    place, bare = Spot(report[0], f"sections.{chapters[0]}"), clean
    below = Spot(report[0], f"sections.{chapters[0] + 1}")
    while _level(bare, below) > 1:
        bare = without_section(bare, below)
    text = ("无。", "经自评，未发现明显问题。", f"继续做好{clean.topic.noun}工作，按月开展检查。")[way]
    return Planted(with_text(bare, place, text), (place,), follows=_OTHERS)


def _level(clean: Clean, place: Spot) -> int:
    report = report_of(clean)
    at = int(place.where.split(".")[1])
    return report[1].sections[at].level if report and at < len(report[1].sections) else 1


@plants("NA15", ways=3)
def numbers_break(clean: Clean, way: int, rng: Random) -> Planted | None:
    """A chapter's number is left out, told twice, or skipped below it."""
    report = report_of(clean)
    if report is None:
        return None
    level, after = (1, 2, 1)[way], ((3, 4), (2, 3), (2, 3))[way]
    found = [
        n for n, s in enumerate(report[1].sections) if s.level == level and s.number and _ordinal(s) in after
    ]
    if not found:
        return None
    at = rng.choice(found)
    section = report[1].sections[at]
    value = _ordinal(section) + (1, -1, -1)[way]
    number = (section.number or "").replace(_CN[_ordinal(section)], _CN[value])
    place = Spot(report[0], f"sections.{at}")
    near = tuple(Spot(report[0], f"sections.{n}") for n in range(at, min(at + 12, len(report[1].sections))))
    return Planted(with_section(clean, place, replace(section, number=number)), near, follows=_OTHERS)


_CN = "零一二三四五六七八九十"


def _ordinal(section: Section) -> int:
    return next((_CN.index(c) for c in section.number or "" if c in _CN[1:]), 0)


@plants("NA16", ways=4)
def unsigned(clean: Clean, way: int, _rng: Random) -> Planted | None:
    """The report names no unit (nor does the table), or no year; has no signature, or a date left blank."""
    if (report := report_of(clean)) is None:
        return None
    paper, record = report
    if way > 1:
        open_ = replace(record, closing=(), dated=None, blanks=("填报日期",)[: way - 2])
        return Planted(with_record(clean, paper, open_), (Spot(paper, ("closing", "blanks")[way - 2]),))
    if way == 0:
        nameless = with_table(clean, project=replace(clean.table.project, unit=None))
        bare = with_record(nameless, paper, replace(record, project=replace(record.project, unit=None)))
        return Planted(bare, (Spot(paper, "unit"),), follows=_OTHERS)
    sections = tuple(replace(s, text=re.sub(r"20\d\d\s*年度?", "当年", s.text)) for s in record.sections)
    undated = with_record(clean, paper, replace(record, sections=sections))
    for at, reading in enumerate(undated.filing.readings):
        if not isinstance(reading.record, Unknown):
            undated = with_record(undated, at, replace(reading.record, year=None))
    return Planted(undated, (Spot(paper, "year"),), follows=_OTHERS)


@plants("NA17", ways=3)
def steps_reversed(clean: Clean, way: int, _rng: Random) -> Planted | None:
    """Finished before begun, signed before awarded, begun before approved."""
    year = clean.table.year or 2023
    said = (
        f"项目于{year}年9月开工，{year}年6月完工。",
        f"{year}年3月5日与供货方签订合同，{year}年4月20日中标。",
        f"{year}年4月开工，{year}年8月取得实施方案批复。",
    )[way]
    return told(clean, said, "管理", "组织", "概况")


@plants("NA18", ways=4)
def numberless(clean: Clean, way: int, _rng: Random) -> Planted | None:
    """A goal that is a figure; money, a rate and a count without theirs."""
    if way == 0:
        return Planted(with_goal(clean, expected="43.2"), (spot(clean, "goal.expected"),), follows=_OTHERS)
    said = ("全年实际支出万元，均已结算。", "经调查，满意度达到%。", "全年共培训人次，均已结业。")[way - 1]
    return told(clean, said, "资金", "管理")
