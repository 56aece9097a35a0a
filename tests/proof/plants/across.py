"""Plantings of XD: what one paper says otherwise than another (表与报告之间)."""

from dataclasses import replace
from decimal import Decimal
from random import Random

from jixiao.model.claims import DepartmentReport, ListedProject, ProjectList, Report, Sample
from jixiao.model.evaluation import Evaluation, Indicator, Project
from jixiao.model.figure import Figure, half_up
from jixiao.model.parsing import parse_actual, parse_target
from jixiao.model.reading import Kind
from jixiao.model.statements import Section
from tests.proof.planting import (
    Clean,
    Planted,
    PlantedUnit,
    Spot,
    Unit,
    edited,
    paper_of,
    plants,
    plants_together,
    row_spot,
    section_of,
    some_row,
    text_at,
    with_paper,
    with_record,
    with_sentence,
    with_table,
    with_text,
)

_SCORES = ("AR04", "AR09", "AR10", "AR12")  # what another total or class score also breaks


def _reported(clean: Clean) -> tuple[int, Report] | None:
    at = paper_of(clean, Kind.SELFEVAL_REPORT)
    record = clean.filing.readings[at].record if at is not None else None
    return (at, record) if at is not None and isinstance(record, Report) else None


@plants("XD01", ways=4)
def another_total_in_the_report(clean: Clean, way: int, _rng: Random) -> Planted | None:
    """The table's total is another than the report's: by points, by one, by tenths, by a slip of the pen."""
    told, total = _reported(clean), clean.table.total_printed
    if told is None or told[1].total_printed is None or total is None or not 50 < total < 100:
        return None
    wrong = total - (Decimal(3), Decimal("1.5"), Decimal("0.6"), Decimal(9))[way]
    return Planted(with_table(clean, total_printed=wrong), (Spot(told[0], "total_printed"),), follows=_SCORES)


_BASES = (
    ("关于切实加强{noun}工作力量的若干要求", "关于切实加强{noun}工作力量若干要求"),
    ("{noun}质量提升三年行动部署", "{noun}质量提昇三年行动部署"),
    ("关于持续做好{noun}及后续管护的通报", "关于切实做好{noun}及后续管护的通报"),
)
_SET_UP = "为解决群众出行难题，本单位申请设立跨河便民摆渡船燃油补贴项目。"
_STRANGE = "跨河便民摆渡船燃油"


@plants("XD02", ways=5)
def another_name(clean: Clean, way: int, _rng: Random) -> Planted | None:
    """A document's title is written in two ways; another project is said to be set up; the report names another one."""
    told, place = _reported(clean), section_of(clean, "概况", "情况")
    if told is None or place is None:
        return None
    if way == 3:
        return Planted(with_sentence(clean, place, _SET_UP), (place,))
    if way == 4:
        record = replace(told[1], project=replace(told[1].project, name=_STRANGE))
        return Planted(with_record(clean, told[0], record), (Spot(told[0], "project"),))
    first, second = (name.format(noun=clean.topic.served[:6]) for name in _BASES[way])
    sentence = f"依据《{first}》立项，资金按《{second}》分配。"
    return Planted(with_sentence(clean, place, sentence), (place,))


@plants_together("XD08", ways=2)
def another_name_in_the_list(unit: Unit, way: int, _rng: Random) -> PlantedUnit | None:
    """The list adds 项目 to every name, or a word to one."""
    found = _listed(unit)
    if found is None:
        return None
    n, paper, listed = found
    first = listed.projects[0]
    names = [f"{line.name}项目" for line in listed.projects] if way == 0 else [f"{first.name}专项经费"]
    lines = [replace(line, name=name) for line, name in zip(listed.projects, names, strict=False)]
    record = replace(listed, projects=(*lines, *listed.projects[len(lines) :]))
    return _planted(unit, n, with_record(unit[n], paper, record), Spot(paper, "projects"))


def _listed(unit: Unit) -> tuple[int, int, ProjectList] | None:
    for n, clean in enumerate(unit):
        for at, reading in enumerate(clean.filing.readings):
            if isinstance(reading.record, ProjectList) and reading.record.projects:
                return n, at, reading.record
    return None


def _planted(unit: Unit, n: int, clean: Clean, place: Spot, follows: tuple[str, ...] = ()) -> PlantedUnit:
    return PlantedUnit((*unit[:n], clean, *unit[n + 1 :]), ((n, place),), follows)


@plants("XD03", ways=4)
def another_class_score(clean: Clean, way: int, _rng: Random) -> Planted | None:
    """The report's score of a class is not that of its rows: by points, by tenths, its full mark, its points too."""
    told, place = _reported(clean), section_of(clean, "结论", "结果")
    marks = [m for m in told[1].classes if m.points and m.score_printed and m.level == 1] if told else []
    if told is None or place is None or not marks:
        return None
    mark = max(marks, key=lambda m: m.points or 0)
    points, score = mark.points or Decimal(0), mark.score_printed or Decimal(0)
    other = (score - 3, score - Decimal("0.7"), points, score)[way]
    whole = points + 5 if way == 3 else points
    old, new = f"满分{points}分，得{score}分", f"满分{whole}分，得{other}分"
    if (
        old == new
        or text_at(clean, place).count(old) != 1
        or abs(other - score) + whole - points < Decimal("0.2")
    ):
        return None
    wrong = with_text(clean, place, text_at(clean, place).replace(old, new))
    return Planted(wrong, (Spot(told[0], "classes"),), follows=_SCORES)


_FRAME = (
    ("决策", "项目立项", "立项依据充分性", "项目符合{served}的实际需要，立项材料齐全完整，程序规范。"),
    ("过程", "资金管理", "资金使用合规性", "资金拨付审批手续完整，支出符合预算批复的用途和财务制度。"),
    ("过程", "组织实施", "制度执行有效性", "项目资料及时归档，人员和场地条件落实到位，管理较为规范。"),
    ("产出", "产出数量", "实际完成率", "年度任务按计划全部组织实施，实际完成数量不低于计划数量。"),
    ("效益", "项目效益", "社会效益", "项目实施后{served}普遍受益，社会反响较好，效果较为明显。"),
)
_POINTS = Decimal(20)


def _assessed(clean: Clean, rows: tuple[Indicator, ...] | None = None, total: Decimal = 5 * _POINTS) -> Clean:
    """Put an evaluation report and its annexed form beside the table; `rows` is what the annex prints otherwise."""
    body = tuple(
        Indicator(
            a, b, c, points=_POINTS, score_printed=_POINTS, remarks=text.format(served=clean.topic.served)
        )
        for a, b, c, text in _FRAME
    )
    sections = tuple(
        Section(f"{n}.", f"{row.level2}-{row.level3}", 3, f"标准分值20分，得分20分。{row.remarks}")
        for n, row in enumerate(body, 1)
    )
    said = Section(
        "一、", "评价结论", 1, f"单位自评{clean.table.total_printed}分，与自评得分的差异已作说明。"
    )
    project, year = clean.table.project, clean.table.year
    listed = tuple(replace(row, remarks=None) for row in body)
    report = Report(
        project, year, "绩效评价报告", None, (said, *sections), indicators=listed, total_printed=total
    )
    form = Evaluation(
        Project(), None, indicators=rows or body, points_printed=Decimal(100), total_printed=total
    )
    return with_paper(with_paper(clean, Kind.EVALUATION_REPORT, report), Kind.SCORING_FORM, form)


_OTHERWISE = (
    (0, "level1", "绩效"),
    (1, "level3", "资金使用规范性"),
    (2, "level2", "组织管理"),
    (2, "remarks", "项目资料及时归挡，人员和场所条件落实到位，管理较为规范。"),
    (3, "remarks", "年度任务按计划全部组织实施，实际完成数量低于计划数量。"),
)


@plants("XD04", ways=5)
def another_annex(clean: Clean, way: int, _rng: Random) -> Planted | None:
    """The annexed form has another label than the body, or a letter of its remarks is another."""
    if _reported(clean) is not None:
        return None
    right = _assessed(clean)
    form = right.filing.readings[-1].record
    assert isinstance(form, Evaluation)
    n, field, word = _OTHERWISE[way]
    rows = list(form.indicators)
    rows[n] = edited(rows[n], **{field: word})
    wrong = _assessed(clean, tuple(rows))
    return Planted(wrong, (Spot(len(wrong.filing.readings) - 1, ""),), follows=("XD", "AR"))


_COUNTED = (
    "本项目共设置{n}个三级指标。",
    "自评工作组对{n}个绩效指标逐项评分。",
    "评价体系由{n}项指标构成，全部纳入自评。",
)


@plants("XD05", ways=3)
def another_number_of_indicators(clean: Clean, way: int, _rng: Random) -> Planted | None:
    """The report says that there are more indicators than the table has."""
    told, place = _reported(clean), section_of(clean, "开展", "评价", "自评", "组织", "结论")
    if told is None or place is None:
        return None
    sentence = _COUNTED[way].format(n=len(clean.rows) + (7, 9, 12)[way])
    return Planted(with_sentence(clean, place, sentence), (Spot(told[0], "claims"),))


@plants_together("XD08", ways=2)
def another_number_of_projects(unit: Unit, way: int, _rng: Random) -> PlantedUnit | None:
    """The department's report says that there are more or fewer projects than the list has."""
    for n, clean in enumerate(unit):
        for at, reading in enumerate(clean.filing.readings):
            record = reading.record
            if isinstance(record, DepartmentReport) and record.projects and _listed(unit):
                wrong = replace(record, projects=record.projects + (2, -1)[way])
                return _planted(
                    unit, n, with_record(clean, at, wrong), Spot(at, "projects"), ("AR13", "AR17", "CL")
                )
    return None


@plants("XD06", ways=3)
def another_scoring(clean: Clean, way: int, _rng: Random) -> Planted | None:
    """An evaluation report, or a form, scores the project otherwise and doesn't say why."""
    total = clean.table.total_printed
    own = clean.filing.readings[clean.filing.main or 0].kind is Kind.SELFEVAL_TABLE
    if not own or total is None or not 60 < total <= 100 or _reported(clean) is not None:
        return None
    other = total - (Decimal("2.4"), Decimal("0.5"), Decimal(6))[way]
    if way == 2:
        form = Evaluation(indicators=(Indicator("产出", "产出数量", "实际完成率", points=_POINTS, score_printed=_POINTS),),
                          total_printed=other)  # fmt: skip
        wrong = with_paper(clean, Kind.SCORING_FORM, form)
    else:
        said = Section("一、", "评价结论", 1, f"经评价，项目综合得分{other}分。")
        report = Report(
            clean.table.project, clean.table.year, "绩效评价报告", None, (said,), total_printed=other
        )
        wrong = with_paper(clean, Kind.EVALUATION_REPORT, report)
    return Planted(wrong, (Spot(len(wrong.filing.readings) - 1, "total_printed"),), follows=("AR", "XD"))


_KEPT = (
    "年中预算调减后，没有相应修改绩效目标。",
    "由于追加预算，项目库的指标值未及时更新。",
    "区财政压减了预算，但指标值未同步调整。",
)


@plants("XD07", ways=6)
def stages_that_disagree(clean: Clean, way: int, rng: Random) -> Planted | None:
    """An approved indicator is left out; the mid-year count is above the year's; targets outlived a cut of the budget."""
    if way < 3:
        place = section_of(clean, "问题", "不足", "目标")
        return Planted(with_sentence(clean, place, _KEPT[way]), (place,)) if place is not None else None
    approved = tuple(replace(row, actual=None, score_printed=None, reason=None) for row in clean.rows)
    earlier = Evaluation(clean.table.project, clean.table.year, indicators=approved)
    if way == 3:
        more = Indicator(
            "产出指标", "数量指标", "印发明白纸份数", target=parse_target("≥4000份"), points=Decimal(5)
        )
        wrong = with_paper(clean, Kind.GOAL_DECLARATION, replace(earlier, indicators=(*approved, more)))
        return Planted(wrong, (Spot(len(wrong.filing.readings) - 1, "indicators"),), follows=("AR", "TV"))
    at = some_row(
        clean,
        rng,
        lambda i: i.level2 == "数量指标" and i.actual and i.actual.figure and i.actual.figure.value > 9,
    )
    if at is None:
        return None
    figure = clean.rows[at].actual.figure  # type: ignore[union-attr]
    assert figure is not None
    unit = figure.unit.name if figure.unit else ""
    above = f"{half_up(figure.value * (Decimal('1.3') if way == 4 else Decimal(2)), 0)}{unit}"
    rows = list(approved)
    rows[at] = replace(rows[at], actual=parse_actual(above, unit=clean.rows[at].unit))
    wrong = with_paper(clean, Kind.MONITORING_TABLE, replace(earlier, indicators=tuple(rows)))
    return Planted(wrong, (row_spot(clean, at),), follows=("AR", "TV"))


@plants_together("XD08", ways=3)
def a_list_that_does_not_match(unit: Unit, way: int, _rng: Random) -> PlantedUnit | None:
    """The list has a project without a table, lacks one that has a table, or one table is on another form."""
    found = _listed(unit)
    if found is None or len(unit) < 3:
        return None
    n, paper, listed = found
    if way == 2:
        other = with_table(unit[-1], form="f-sc" if unit[-1].table.form != "f-sc" else "f-10")
        return _planted(unit, len(unit) - 1, other, Spot(other.filing.main or 0, ""))
    more = (*listed.projects, ListedProject("跨河摆渡船燃油补贴"))
    lines = (more, listed.projects[:-1])[way]
    wrong = with_record(unit[n], paper, replace(listed, projects=lines))
    follows = ("AR13", "AR17", "CL", "XD05")
    if way == 0:
        return _planted(unit, n, wrong, Spot(paper, "projects"), follows)
    gone = next((k for k, c in enumerate(unit) if c.table.project.name == listed.projects[-1].name), None)
    planted = _planted(unit, n, wrong, Spot(paper, ""), follows)
    return replace(planted, spots=((gone, Spot(0, "")),)) if gone is not None else None


_FINAL = ("项目决算支出{money}。", "经财务决算，决算金额为{money}。", "据决算报表，决算数为{money}。")


@plants("XD09", ways=3)
def another_final_account(clean: Clean, way: int, _rng: Random) -> Planted | None:
    """A sentence gives the final accounts' amount, which is not the table's."""
    total, place = clean.table.funds.total, section_of(clean, "资金", "支出")
    spent = total.executed if total is not None else None
    if spent is None or spent.unit is None or spent.value <= 1 or place is None:
        return None
    factor = (Decimal("1.12"), Decimal("0.9"), Decimal("1.3"))[way]
    told = Figure(half_up(spent.value * factor, 2), unit=spent.unit)
    return Planted(
        with_sentence(clean, place, _FINAL[way].format(money=told)), (place,), follows=("AR", "FD")
    )


_CHECKS = (
    (
        "抽查项目3个，分别是水渠清淤、网格员补贴、文化站维修。水渠清淤于4月开工，7月完工。",
        ("水渠清淤", "网格员补贴", "文化站维修"),
    ),
    ("财政所对4个项目进行了抽查，自评工作按时完成。", ()),
    ("按照10%的比例随机选取2个项目现场复核，分别是水渠清淤、文化站维修。", ("水渠清淤", "文化站维修")),
)


@plants("XD10", ways=3)
def a_spot_check_without_result(clean: Clean, way: int, _rng: Random) -> Planted | None:
    """A department's report tells of a spot-check without its list or its result."""
    text, names = _CHECKS[way]
    number = (3, 4, 2)[way]
    samples = tuple(Sample(name) for name in names)
    report = DepartmentReport(clean.table.project.unit, clean.table.year, "部门绩效自评工作报告",
                              (Section("一、", "组织开展情况", 1, text),), projects=20, sampled=number, samples=samples)  # fmt: skip
    wrong = with_paper(clean, Kind.DEPARTMENT_REPORT, report)
    return Planted(wrong, (Spot(len(wrong.filing.readings) - 1, "sections"),), follows=("AR", "NA"))


_HOPELESS = ("完全不可能完成", "场地未落实，年内预计难以完成", "供货中断，无法完成")


@plants("XD11", ways=3)
def a_failure_foretold(clean: Clean, way: int, rng: Random) -> Planted | None:
    """Monitoring said that an indicator can't be met; the self-evaluation gives it full marks without a word."""
    at = some_row(clean, rng, lambda i: i.points and i.score_printed == i.points and not i.reason)
    if at is None:
        return None
    rows = [replace(row, score_printed=None, reason=None) for row in clean.rows]
    rows[at] = edited(rows[at], **{("remarks", "reason", "remedy")[way]: _HOPELESS[way]})
    earlier = Evaluation(clean.table.project, clean.table.year, indicators=tuple(rows))
    wrong = with_paper(clean, Kind.MONITORING_TABLE, earlier)
    return Planted(wrong, (row_spot(clean, at),), follows=("AR", "TV", "SC"))


@plants_together("XD12", ways=3)
def another_unit_name(unit: Unit, way: int, rng: Random) -> PlantedUnit | None:
    """One table lacks the 镇 of the unit's name, has another code, or has none where the others do."""
    n = rng.randrange(len(unit))
    name = unit[n].table.project.unit
    if name is None or "镇" not in name:
        return None
    words = {
        0: (name, name.replace("镇", "")),
        1: (f"021001-{name}", f"021002-{name}"),
        2: (f"021001-{name}", name),
    }[way]
    changed = tuple(
        with_table(clean, project=replace(clean.table.project, unit=words[1] if k == n else words[0]))
        for k, clean in enumerate(unit)
    )
    place = Spot(changed[n].filing.main or 0, "project")
    spots = (
        tuple((k, Spot(c.filing.main or 0, "project")) for k, c in enumerate(changed))
        if way
        else ((n, place),)
    )
    return PlantedUnit(changed, spots, ("CL", "NA"))
