"""XD08, XD12: lists, counts, forms, names and units among the filings of one file (表与报告之间).

Only papers of one file are compared: another unit's file has its own list and its own names.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from jixiao.audit.across.cells import CALLED
from jixiao.audit.across.left_blank import heads_without_units
from jixiao.audit.annexes import units_apart
from jixiao.audit.binding.names import likeness, project_core
from jixiao.audit.rule import Collection, Found, collection_rule
from jixiao.expressions import expression
from jixiao.model.claims import DepartmentReport, ProjectList, Report
from jixiao.model.evaluation import Evaluation
from jixiao.model.figure import tidy
from jixiao.model.finding import Severity
from jixiao.model.reading import Kind, Reading

_MANY = 4
_ALIKE = 80
_FEW = 2


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper among the filings: the case, its index there, the reading."""

    case: int
    at: int
    reading: Reading

    @property
    def name(self) -> str:
        """The project's name as printed, "" where none is."""
        record = self.reading.record
        return record.project.name or "" if isinstance(record, Evaluation | Report) else ""


def _files(collection: Collection) -> Iterator[list[Paper]]:
    """Yield the papers of each file that holds several."""
    found: dict[tuple[str, str], list[Paper]] = defaultdict(list)
    for n, case in enumerate(collection.cases):
        for at, reading in enumerate(case.filing.readings):
            found[reading.file, reading.sha256].append(Paper(n, at, reading))
    yield from (papers for papers in found.values() if len(papers) > 1)


def _tables(papers: list[Paper]) -> list[Paper]:
    return [
        p
        for p in papers
        if p.reading.kind is Kind.SELFEVAL_TABLE and isinstance(p.reading.record, Evaluation)
    ]


def _lists(papers: list[Paper]) -> Iterator[tuple[Paper, ProjectList]]:
    for paper in papers:
        if isinstance(paper.reading.record, ProjectList):
            yield paper, paper.reading.record


@collection_rule("XD08", Severity.WARNING, source="自评项目清单应与所附自评表一一对应")
def list_and_forms_do_not_match(collection: Collection) -> Iterator[tuple[int, Found]]:
    """自评项目清单与所附自评表、报告所说的个数对不上，或同一份材料用了不同版本的表样。

    为什么：清单是自评范围，缺表即漏评，多表说明清单不全；表样不同，栏目和分值口径就不同。
    不合格：清单列 6 个项目，只附 5 张自评表；报告写 18 个项目，清单列 16 个；五张自评表中一张是另一种表样。
    合格：清单与自评表个数、名称一一对应；只交清单，未附表。
    怎么改：补附缺少的自评表，或更正清单；统一用当年下发的表样。
    来源：部门绩效自评材料报送要求。
    误报风险：低。只比较同一文件内的清单和自评表，表在别的文件里的不算缺；名称写法、表样不同只作提示。
    清单和自评表各在各的文件里的，由 CL05 核对。
    """
    everywhere = {
        project_core(case.evaluation.project.name or "") for case in collection.cases if case.evaluation
    }
    for papers in _files(collection):
        tables = _tables(papers)
        for paper, listed in _lists(papers):
            yield from _counted_otherwise(papers, listed)
            if tables and listed.projects and not _shown_some(papers, listed, tables):
                yield from _unmatched(paper, listed, tables, everywhere)
                yield from _named_otherwise(paper, listed, tables)
        yield from _mixed_forms(tables)


def _shown_some(papers: list[Paper], listed: ProjectList, tables: list[Paper]) -> bool:
    """Tell whether a department's report, whose own text holds the list, shows only a few of the tables with it."""
    inside = listed.title is None and any(isinstance(p.reading.record, DepartmentReport) for p in papers)
    return inside and 3 * len(tables) < 2 * len(listed.projects)


def _unmatched(
    paper: Paper, listed: ProjectList, tables: list[Paper], everywhere: set[str]
) -> Iterator[tuple[int, Found]]:
    names = {project_core(table.name): table for table in tables if table.name}
    lines = {project_core(line.name): (n, line.name) for n, line in enumerate(listed.projects)}
    without = [
        (n, name) for core, (n, name) in lines.items() if not _near(core, names) and core not in everywhere
    ]
    extra = [table for core, table in names.items() if not _near(core, lines)]
    if without and len(tables) != len(listed.projects):
        says = (
            f"清单列 {len(listed.projects)} 个项目，所附自评表 {len(tables)} 张，"
            f"没有找到{_named(name for _, name in without)}的自评表。改法：补附自评表，或更正清单。"
        )
        yield paper.case, Found(f"projects.{without[0][0]}", says, paper.at, printed=str(len(listed.projects)),
                                computed=str(len(tables)), quoted=without[0][1], key="without")  # fmt: skip
    for table in extra:
        says = f"“{table.name}”附有自评表，清单没有列入。改法：清单补列该项目，或说明不列入的原因。"
        yield table.case, Found("project.name", says, table.at, quoted=table.name, key="extra")


def _near(core: str, others: dict[str, Paper] | dict[str, tuple[int, str]]) -> bool:
    return core in others or any(
        core in other or other in core or likeness(core, other) >= _ALIKE for other in others
    )


def _named(names: Iterator[str]) -> str:
    listed = [f"“{name}”" for name in names]
    return "、".join(listed[:_MANY]) + (f"等 {len(listed)} 个项目" if len(listed) > _MANY else "")


def _mixed_forms(tables: list[Paper]) -> Iterator[tuple[int, Found]]:
    """Tell of the table whose form is not that of the others; half and half is told of the later form."""
    by_form: dict[str, list[Paper]] = defaultdict(list)
    for table in tables:
        record = table.reading.record
        if isinstance(record, Evaluation) and record.form:
            by_form[record.form].append(table)
    if len(by_form) < _FEW:
        return
    usual = max(by_form, key=lambda form: len(by_form[form]))
    for form, odd in by_form.items():
        if form != usual:
            says = (
                f"同一份材料中，{_named(t.name for t in odd)}的自评表与其余 {len(by_form[usual])} 张用的表样不同。"
                "改法：统一用当年下发的表样。"
            )
            yield (
                odd[0].case,
                Found("form", says, odd[0].at, Severity.NOTE, printed=form, computed=usual, key=form),
            )


def _counted_otherwise(papers: list[Paper], listed: ProjectList) -> Iterator[tuple[int, Found]]:
    """Tell of a department's report that counts more or fewer projects than the list has."""
    count = len(listed.projects)
    for paper in papers:
        told = paper.reading.record
        if not isinstance(told, DepartmentReport) or told.projects is None:
            continue
        some = (
            listed.title is None and 4 * count < 3 * told.projects
        )  # the main ones, in the midst of its text
        if told.projects != count and not some:
            says = f"报告写共 {told.projects} 个项目，清单列出 {count} 个。改法：更正个数，或补全清单。"
            yield (
                paper.case,
                Found("projects", says, paper.at, printed=str(told.projects), computed=str(count)),
            )


def _named_otherwise(paper: Paper, listed: ProjectList, tables: list[Paper]) -> Iterator[tuple[int, Found]]:
    """Tell of names that the list writes otherwise than the tables, all in one."""
    names = {project_core(table.name): table for table in tables if table.name}
    pairs = [(n, line.name, _likest(line.name, names)) for n, line in enumerate(listed.projects)]
    found = [(n, name, other) for n, name, other in pairs if other and tidy(name) != tidy(other)]
    if found:
        n, name, other = found[0]
        says = (
            f"清单有 {len(found)} 个项目名称与自评表写法不同：清单“{name}”，自评表“{other}”。"
            "改法：以批复的项目名称为准，两处统一。"
        )
        yield paper.case, Found(f"projects.{n}.name", says, paper.at, Severity.NOTE, quoted=name, printed=name,
                                computed=other, key="list")  # fmt: skip


def _likest(name: str, tables: dict[str, Paper]) -> str:
    core = project_core(name)
    if core in tables:
        return tables[core].name
    near = [table.name for other, table in tables.items() if likeness(core, other) >= _ALIKE]
    return near[0] if len(near) == 1 else ""


_CODE = expression(r"^[（(]?(\d{3,9})[)）]?[\-—_\s]*(?=\D)")
_AREA = expression(r"[省市县区州镇乡]")


@dataclass(frozen=True, slots=True)
class Named:
    """How a paper names its unit: the code before the name, the name without it."""

    paper: Paper
    field: str
    code: str
    name: str
    printed: str


@collection_rule("XD12", Severity.WARNING, source="单位名称、编码应使用规范全称并一致")
def unit_has_several_names_or_codes(collection: Collection) -> Iterator[tuple[int, Found]]:
    """同一单位在各份材料中名称或编码不一致。

    为什么：名称、编码不同，系统和汇总会当成两个单位。
    不合格：一张表写“青禾农业局”，其余写“青禾县农业局”；同一单位前后编码 021、022；有的表带编码，有的不带；
    报告写“我局组织实施”，自评表的实施单位是报告没有提到的农机站。
    不合格：评分表的项目单位、基础数据表的填报单位是别处没有的单位；表头没有写主管部门或实施单位（提示）。
    合格：各表都写“021001-青禾县农机站”；主管部门与实施单位是两个单位。
    怎么改：按单位法人证书全称和预算编码统一。
    来源：预算单位编码规范。
    误报风险：低。只比较同一文件内只差“县、市、镇”等字的名称，及同名的编码。
    """
    for papers in _files(collection):
        told: set[str] = set()
        for field in ("unit", "department"):
            named = [one for one in _units(papers, field) if one.printed not in told]
            found = [*_other_name(named)] or [*_bare(named)]
            yield from found
            yield from _other_code(named)
            told |= {one.printed for one in named} if found else set()
        yield from _run_by_another(papers)
    for n, case in enumerate(collection.cases):
        yield from ((n, found) for found in (*units_apart(case), *heads_without_units(case)))


def _units(papers: list[Paper], field: str) -> Iterator[Named]:
    for paper in papers:
        record = paper.reading.record
        printed = getattr(record.project, field) if isinstance(record, Evaluation | Report) else None
        own = f"project.{field}"
        if isinstance(record, ProjectList) and field == "unit":
            printed, own = record.unit, "unit"
        if printed:
            plain = tidy(printed)
            code = _CODE.match(plain)
            name = plain[code.end() :] if code else plain
            yield Named(paper, own, code[1] if code else "", name, printed)


def _other_name(named: list[Named]) -> Iterator[tuple[int, Found]]:
    """Tell of a name that lacks the 县 or 镇 that another paper of the file prints."""
    fullest: dict[str, Named] = {}
    for one in named:
        core = _AREA.sub("", one.name)
        if core not in fullest or len(one.name) > len(fullest[core].name):
            fullest[core] = one
    shorter = {
        one.name: one for one in reversed(named) if len(one.name) < len(fullest[_AREA.sub("", one.name)].name)
    }
    for one in reversed(shorter.values()):
        other = fullest[_AREA.sub("", one.name)]
        says = f"{_of(one)}单位名称是“{one.printed}”，{_of(other)}是“{other.printed}”。改法：按单位全称统一。"
        yield one.paper.case, Found(one.field, says, one.paper.at, quoted=one.printed, printed=one.printed,
                                    computed=other.printed, key=one.name)  # fmt: skip


def _other_code(named: list[Named]) -> Iterator[tuple[int, Found]]:
    """Tell of one name with two codes."""
    tables = [n for n in named if n.paper.reading.kind is Kind.SELFEVAL_TABLE]
    for one, other in pairwise(tables):
        if one.code and other.code and one.code != other.code and one.name == other.name:
            says = f"“{one.name}”的编码一处是 {one.code}，一处是 {other.code}。改法：按预算单位编码统一。"
            yield other.paper.case, Found(other.field, says, other.paper.at, quoted=other.printed, printed=other.code,
                                          computed=one.code, key=f"code{other.code}")  # fmt: skip


def _bare(named: list[Named]) -> Iterator[tuple[int, Found]]:
    """Tell of tables without the code that other tables print."""
    tables = [n for n in named if n.paper.reading.kind is Kind.SELFEVAL_TABLE]
    coded = [n for n in tables if n.code]
    bare = [
        n for n in tables if not n.code and any(_AREA.sub("", n.name) == _AREA.sub("", c.name) for c in coded)
    ]
    if bare:
        says = (
            f"{len(coded)} 张自评表的单位带编码（{coded[0].printed}），{len(bare)} 张没有。"
            "改法：各表统一填列单位编码和全称。"
        )
        yield bare[0].paper.case, Found(bare[0].field, says, bare[0].paper.at, Severity.NOTE, quoted=bare[0].printed,
                                        computed=coded[0].printed, key="bare")  # fmt: skip


_BY_US = expression(
    r"(?:我[局会委镇乡办院校站所]|本局|我单位|本单位)(?:负责|具体|统一|牵头)?(?:组织实施|负责实施|实施|承担)"
)


def _run_by_another(papers: list[Paper]) -> Iterator[tuple[int, Found]]:
    """Tell of a report whose unit runs the project by its own words, while the table names a unit it is silent of."""
    for paper in papers:
        report = paper.reading.record
        if not isinstance(report, Report) or not report.project.unit:
            continue
        text = tidy("".join(f"{s.title}{s.text}" for s in report.sections))
        for table in (t for t in _tables(papers) if t.case == paper.case):
            project = table.reading.record.project if isinstance(table.reading.record, Evaluation) else None
            unit = _CODE.sub("", tidy(project.unit or "")) if project else ""
            other = (
                bool(unit) and tidy(report.project.unit) not in unit and unit not in tidy(report.project.unit)
            )
            if other and unit not in text and _BY_US.search(text):
                says = (
                    f"报告由“{report.project.unit}”撰写，说由本单位实施；自评表的实施单位是“{unit}”，报告没有提到。"
                    "改法：核对实施单位，两处写一致，或写明分工。"
                )
                yield table.case, Found("project.unit", says, table.at, quoted=unit, printed=unit,
                                        computed=report.project.unit, key="run")  # fmt: skip


def _of(named: Named) -> str:
    name = f"“{named.paper.name}”" if named.paper.name else ""
    return f"{name}{CALLED.get(named.paper.reading.kind, '材料')}的"
