"""Plantings of CL: what only the sight of a unit's filings together shows (全部自评之间)."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from random import Random

from jixiao.model.claims import Bin, DepartmentReport, ListedProject, ProjectList, Report, Sample
from jixiao.model.figure import half_up
from jixiao.model.reading import Kind, Record
from tests.proof.planting import (
    Clean,
    PlantedUnit,
    Spot,
    Unit,
    all_text,
    edited,
    in_file_of_its_own,
    paper_of,
    plants_together,
    some_row,
    spot,
    with_goal,
    with_money,
    with_paper,
    with_record,
    with_rows,
    with_sentence,
    with_table,
)

_ROLLED = ("AR17", "XD")  # lists and department reports no longer agree with a changed table
_DEPARTMENT = Kind.DEPARTMENT_REPORT


def changed(unit: Unit, at: int, clean: Clean) -> Unit:
    """Put another filing in the place of one."""
    return (*unit[:at], clean, *unit[at + 1 :])


def held(unit: Unit, kind: Kind) -> tuple[int, int, Record] | None:
    """The filing that holds a paper of the kind, the paper's index, its record."""
    for at, clean in enumerate(unit):
        paper = paper_of(clean, kind)
        if paper is not None:
            return at, paper, clean.filing.readings[paper].record
    return None


def in_department(unit: Unit, **fields: object) -> PlantedUnit | None:
    """Write fields of the department's report anew; the first of them is the spot."""
    found = held(unit, _DEPARTMENT)
    if found is None or not isinstance(found[2], DepartmentReport):
        return None
    at, paper, record = found
    wrong = with_record(unit[at], paper, replace(record, **fields))
    return PlantedUnit(changed(unit, at, wrong), ((at, Spot(paper, next(iter(fields)))),), _ROLLED)


def said_by_department(unit: Unit, sentence: str) -> PlantedUnit | None:
    """Add a sentence to the department's report."""
    found = held(unit, _DEPARTMENT)
    record = found[2] if found is not None else None
    if found is None or not isinstance(record, DepartmentReport):
        return None
    at, paper, _ = found
    n = next((n for n, section in enumerate(record.sections) if section.text), None)
    if n is None:
        return None
    place = Spot(paper, f"sections.{n}")
    return PlantedUnit(changed(unit, at, with_sentence(unit[at], place, sentence)), ((at, place),), _ROLLED)


def with_totals(unit: Unit, totals: Sequence[Decimal]) -> Unit:
    """Print other totals on the first filings."""
    new = [with_table(c, total_printed=t) for c, t in zip(unit, totals, strict=False)]
    return (*new, *unit[len(new) :])


def in_file(clean: Clean, name: str) -> Clean:
    """Say that the table came from the file `name`."""
    main = clean.filing.main or 0
    readings = list(clean.filing.readings)
    readings[main] = replace(readings[main], file=name)
    return replace(clean, filing=replace(clean.filing, readings=tuple(readings)))


def alone(clean: Clean) -> Clean:
    """Leave only the table of a filing."""
    main = clean.filing.main or 0
    filing = replace(clean.filing, readings=(clean.filing.readings[main],), main=0)
    return replace(clean, filing=filing)


def other_version(clean: Clean, way: int, rng: Random) -> Clean | None:
    """The filing's table once more, with another total or another result."""
    total = clean.table.total_printed
    at = some_row(clean, rng, lambda i: i.actual is not None and i.level3)
    if total is None or at is None:
        return None
    if way == 0:
        return with_table(alone(clean), total_printed=total - 3)
    rows = list(clean.rows)
    rows[at] = edited(rows[at], actual="另行统计")
    return with_rows(alone(clean), *rows)


@plants_together("CL01", ways=3)
def blanket_full_marks(unit: Unit, way: int, _: Random) -> PlantedUnit | None:
    """All filings, or all but one, or as a department says half of them, have full marks."""
    if way == 2:
        found = in_department(unit, full_marks=len(unit) - 1, projects=len(unit))
        return found if len(unit) > 4 else None
    full = len(unit) - way
    return PlantedUnit(
        with_totals(unit, [Decimal(100)] * full), ((0, spot(unit[0], "total_printed")),), _ROLLED
    )


@plants_together("CL02", ways=3)
def copied_report(unit: Unit, way: int, rng: Random) -> PlantedUnit | None:
    """A filing tells the texts of another, its own names put in; a town of its own, or a sentence of its own."""
    reported = [n for n, clean in enumerate(unit) if paper_of(clean, Kind.SELFEVAL_REPORT) is not None]
    if len(reported) < 2:
        return None
    a, b = sorted(rng.sample(reported, 2))
    wrong = _retold(unit[a], unit[b])
    if wrong is None:
        return None
    if way == 1:
        paper = paper_of(wrong, Kind.SELFEVAL_REPORT)
        wrong = with_sentence(wrong, Spot(paper or 0, "sections.0"), "另有一处附属设施留待下一批实施。")
    if way == 2:
        wrong = with_table(wrong, project=replace(wrong.table.project, unit="南滩镇人民政府"))
    return PlantedUnit(changed(unit, b, wrong), ((b, spot(wrong, "goal")),), (*_ROLLED, "NA", "TV"))


def _retold(source: Clean, target: Clean) -> Clean | None:
    papers = paper_of(source, Kind.SELFEVAL_REPORT), paper_of(target, Kind.SELFEVAL_REPORT)
    if papers[0] is None or papers[1] is None:
        return None
    theirs, own = source.filing.readings[papers[0]].record, target.filing.readings[papers[1]].record
    if not isinstance(theirs, Report) or not isinstance(own, Report):
        return None
    old, new = source.table.project.name or "", target.table.project.name or ""
    told = tuple(replace(s, text=s.text.replace(old, new)) for s in theirs.sections)
    goal = source.table.goal
    wrong = with_record(target, papers[1], replace(own, sections=told))
    wrong = with_goal(wrong, expected=goal.expected, actual=goal.actual)
    rows = [replace(r, reason=None, remedy=None) for r in wrong.rows]
    return with_rows(wrong, *rows)


@plants_together("CL03", ways=2)
def borrowed_indicators(unit: Unit, way: int, rng: Random) -> PlantedUnit | None:
    """A project has the indicators of an unlike one, as they are or with its own targets."""
    a, b = sorted(rng.sample(range(len(unit)), 2))
    if len({r.level3 for r in unit[a].rows}) < 5 or _share_letters(unit[a], unit[b]):
        return None
    rows = [
        edited(r, target="达到预期", actual="达到预期") if way and n % 3 == 0 else r
        for n, r in enumerate(unit[a].rows)
    ]
    wrong = with_rows(unit[b], *rows)
    return PlantedUnit(changed(unit, b, wrong), ((b, spot(wrong, "indicators")),), _ROLLED)


def _share_letters(one: Clean, other: Clean) -> bool:
    names = (clean.table.project.name or "" for clean in (one, other))
    a, b = ({name[n : n + 2] for n in range(len(name) - 1)} - {"项目", "经费"} for name in names)
    return bool(a & b)


@plants_together("CL04", ways=4)
def lower_recheck(unit: Unit, way: int, rng: Random) -> PlantedUnit | None:
    """A re-check gives far less, or another grade; in a table or in the department's words."""
    if way == 3:
        return said_by_department(unit, "经复核，其中一个项目自评得分96.5分，复核得分81分。")
    at = rng.randrange(len(unit))
    clean = unit[at]
    total = clean.table.total_printed
    if total is None or total < 60:
        return None
    marks = ((total - 12, None), (total - 35, None), (total - 4, "良"))[way]
    own = with_table(clean, grade_printed="优") if way == 2 else clean
    recheck = replace(own.table, total_printed=marks[0], grade_printed=marks[1] or own.table.grade_printed)
    wrong = with_paper(own, Kind.RECHECK_TABLE, recheck)
    place = Spot(len(wrong.filing.readings) - 1, "total_printed")
    return PlantedUnit(changed(unit, at, wrong), ((at, place),), _ROLLED)


@plants_together("CL05", ways=3)
def missing_filing(unit: Unit, way: int, rng: Random) -> PlantedUnit | None:
    """A listed project has no filing, or the department says that some have none."""
    if way == 2:
        return said_by_department(unit, f"另有{rng.randint(2, 4)}个项目因下达较晚未开展绩效自评。")
    found = held(unit, Kind.PROJECT_LIST)
    if found is None or not isinstance(found[2], ProjectList):
        return None
    at, paper, record = found
    unit = changed(unit, at, in_file_of_its_own(unit[at], paper))
    if way == 0:
        gone = rng.choice([n for n in range(len(unit)) if n != at])
        left = (*unit[:gone], *unit[gone + 1 :])
        return PlantedUnit(left, ((at - (gone < at), Spot(paper, "projects")),), _ROLLED)
    more = replace(record, projects=(*record.projects, ListedProject("古井碑亭修缮")))
    return PlantedUnit(
        changed(unit, at, with_record(unit[at], paper, more)), ((at, Spot(paper, "projects")),), _ROLLED
    )


@plants_together("CL06", ways=3)
def scores_all_alike(unit: Unit, way: int, rng: Random) -> PlantedUnit | None:
    """All totals are the same, or the department names no low project."""
    if way == 0:
        if len(unit) < 5:
            return None
        total = Decimal(rng.randint(88, 97))
        return PlantedUnit(
            with_totals(unit, [total] * len(unit)), ((0, spot(unit[0], "total_printed")),), _ROLLED
        )
    low = (Bin("60分以下", None, Decimal(60), 1), Bin("中", None, None, 2))[way - 1]
    return in_department(
        unit, bins=(Bin("90分（含）以上", Decimal(90), None, len(unit) - (low.count or 0)), low)
    )


@plants_together("CL07", ways=3)
def unspent_and_praised(unit: Unit, way: int, _: Random) -> PlantedUnit | None:
    """Three or more projects spend less than 80 % and score above 95."""
    share = (Decimal("0.75"), Decimal("0.5"), Decimal("0.1"))[way]
    wrong = []
    for clean in unit[: 3 + way % 2]:
        total = clean.table.funds.total
        if total is None or total.annual is None or not total.annual.value:
            return None
        spent = replace(total.annual, value=half_up((total.annual.value * share).normalize(), 2))
        wrong.append(with_table(with_money(clean, "total", "executed", spent), total_printed=Decimal(97)))
    return PlantedUnit((*wrong, *unit[len(wrong) :]), ((0, spot(unit[0], "total_printed")),), _ROLLED)


@plants_together("CL08", ways=2)
def harmless_sample(unit: Unit, way: int, _: Random) -> PlantedUnit | None:
    """None of the sampled projects is among those that deviate."""
    names = [clean.table.project.name or "" for clean in unit]
    found = held(unit, _DEPARTMENT)
    told = all_text(unit[found[0]]) if found is not None else ""
    good = [n for n, name in enumerate(names) if name not in told]
    bad = tuple(name for n, name in enumerate(names) if n not in good[:2])
    if way == 0:
        samples = (Sample("古井碑亭修缮"), Sample("戏台幕布更换"))
        return in_department(unit, samples=samples, listed=bad, with_deviation=len(bad))
    if len(good) < 2:
        return None
    for n in good[:2]:
        unit = changed(unit, n, with_table(unit[n], total_printed=Decimal(100)))
    return in_department(
        unit, samples=tuple(Sample(names[n]) for n in good[:2]), listed=bad, with_deviation=len(bad)
    )


@plants_together("CL09", ways=3)
def twice_filed(unit: Unit, way: int, rng: Random) -> PlantedUnit | None:
    """A project stands twice in the list, or has two tables that differ."""
    found = held(unit, Kind.PROJECT_LIST)
    if way == 2:
        if found is None or not isinstance(found[2], ProjectList):
            return None
        at, paper, record = found
        more = replace(record, projects=(*record.projects, rng.choice(record.projects)))
        place = Spot(paper, f"projects.{len(record.projects)}")
        return PlantedUnit(changed(unit, at, with_record(unit[at], paper, more)), ((at, place),), _ROLLED)
    wrong = other_version(rng.choice(unit), way, rng)
    if wrong is None:
        return None
    return PlantedUnit((*unit, wrong), ((len(unit), spot(wrong, "project")),), _ROLLED)


@plants_together("CL10", ways=2)
def last_year_again(unit: Unit, way: int, rng: Random) -> PlantedUnit | None:
    """The next year's filing tells the same results, in a report or in the table alone; some figures changed."""
    reported = [clean for clean in unit[1:] if paper_of(clean, Kind.SELFEVAL_REPORT) is not None]
    clean = rng.choice(reported if way == 0 and reported else unit[1:])
    goal, year = clean.table.goal.actual, clean.table.year
    if year is None or (way == 0 and not reported) or (way == 1 and len(goal or "") < 80):
        return None
    later = with_table(clean if way == 0 else alone(clean), year=year + 1)
    later = with_goal(later, actual=goal.replace("3", "7") if goal else goal)
    return PlantedUnit((*unit, later), ((len(unit), spot(later, "goal")),), _ROLLED)


@plants_together("CL11", ways=4)
def late_filing(unit: Unit, way: int, rng: Random) -> PlantedUnit | None:
    """A filing is late by its own words or its date, or the department counts more than came."""
    if way < 2:
        said = (
            "县财政局要求4月10日前报送自评材料，本单位5月16日报送。",
            "本次绩效自评中有2个单位未按时报送自评材料。",
        )
        return said_by_department(unit, said[way])
    found = held(unit, _DEPARTMENT)
    if found is None or not isinstance(found[2], DepartmentReport):
        return None
    at, paper, record = found
    if way == 2:
        gone = rng.choice([n for n in range(len(unit)) if n != at])
        left = (*unit[:gone], *unit[gone + 1 :])
        return PlantedUnit(left, ((at - (gone < at), Spot(paper, "projects")),), _ROLLED)
    last = len(record.sections) - 1
    text = f"{record.sections[last].text}\n{(record.year or 2023) + 2}年3月{rng.randint(2, 28)}日"
    late = replace(record, sections=(*record.sections[:-1], replace(record.sections[last], text=text)))
    return PlantedUnit(
        changed(unit, at, with_record(unit[at], paper, late)), ((at, Spot(paper, f"sections.{last}")),)
    )


@plants_together("CL12", ways=3)
def another_version_published(unit: Unit, way: int, rng: Random) -> PlantedUnit | None:
    """The published table differs from the filed one, or the department says that nothing was published."""
    if way == 2:
        return said_by_department(unit, "本年度绩效自评结果暂未公开。")
    wrong = other_version(rng.choice(unit), way, rng)
    if wrong is None:
        return None
    name = ("决算公开附件.pdf", "公示稿.docx")[way]
    return PlantedUnit((*unit, in_file(wrong, name)), ((len(unit), spot(wrong, "total_printed")),), _ROLLED)
