"""Hypothesis strategies for everything the model and the page can hold: realistic, with silence anywhere.

Units, names and sentences are made up. Texts stay short, so that failures can be read.
"""

from decimal import Decimal
from functools import cache

from hypothesis import strategies as st

from jixiao.layout import NOWHERE, Cell, Doubt, Grid, Layout, Line, Place, Role
from jixiao.model.claims import Bin, DepartmentReport, ListedProject, ProjectList, Report, Sample, Unknown
from jixiao.model.evaluation import (
    ClassMark,
    Evaluation,
    Execution,
    FundLine,
    Funds,
    Goal,
    Indicator,
    Particular,
    Project,
)
from jixiao.model.figure import PERCENT, WAN, YUAN, Unit
from jixiao.model.reading import Filing, Kind, Reading
from jixiao.model.statements import CLAIM_KINDS, Claim, Section
from jixiao.schemes import list_schemes, load_scheme
from jixiao.schemes.scheme import Scheme
from tests.printed import (
    UNIT_NAMES,
    actuals,
    any_figures,
    cell_texts,
    decimals,
    figures,
    moments,
    printed_targets,
    rows_of,
    silent,
    targets,
    units,
)

__all__ = ["UNIT_NAMES", "actuals", "any_figures", "cell_texts", "decimals", "figures", "moments", "printed_targets", "silent", "targets",
           "units"]  # fmt: skip

PLACES = ("青禾县", "云岭市", "临溪区", "东塘镇")
OFFICES = ("农业农村局", "民政局", "人民政府", "教育局")
PROJECTS = (
    "食堂运行经费",
    "村级道路维修项目",
    "护林员补助",
    "图书购置",
    "会议经费（运转保障）",
    "2023年培训费",
)
CLASSES = {
    "成本指标": ("经济成本指标",), "产出指标": ("数量指标", "质量指标", "时效指标"),
    "效益指标": ("社会效益指标", "生态效益指标"), "满意度指标": ("服务对象满意度指标",),
}  # fmt: skip


# ---------------------------------------------------------------- tables


@cache
def unit_names() -> st.SearchStrategy[str]:
    return st.builds(lambda place, office: place + office, st.sampled_from(PLACES), st.sampled_from(OFFICES))


@cache
def projects() -> st.SearchStrategy[Project]:
    names = silent(unit_names())
    return st.builds(
        Project, silent(st.sampled_from(PROJECTS)), silent(st.sampled_from(("0581", "X-17"))), names, names
    )


@cache
def fund_lines(unit: Unit | None) -> st.SearchStrategy[FundLine]:
    amount = silent(figures(unit) | figures(YUAN))
    return st.builds(
        FundLine, amount, amount, amount, amount, amount,
        silent(st.sampled_from(("其中：财政拨款", "上年结转资金"))), silent(decimals()), silent(decimals()),
        amount, amount,
    )  # fmt: skip


@cache
def funds() -> st.SearchStrategy[Funds]:
    """The fund block in 元, 万元 or no unit; any row may be missing, any cell silent."""
    return st.one_of(*(
        st.builds(Funds, st.just(unit), *(silent(fund_lines(unit)) for _ in range(5)), rows_of(fund_lines(unit), 0, 2))
        for unit in (None, YUAN, WAN)
    ))  # fmt: skip


@cache
def executions() -> st.SearchStrategy[Execution]:
    return st.builds(
        Execution, silent(st.sampled_from((Decimal(10), Decimal(20)))), silent(figures(PERCENT, "120") | figures()),
        silent(decimals("0", "20")), silent(st.just("年中追加预算")), silent(st.just("按比例计分")),
    )  # fmt: skip


_LEVELS = tuple((level1, level2) for level1, names in CLASSES.items() for level2 in names)


@cache
def particulars() -> st.SearchStrategy[tuple[Particular, ...]]:
    """Up to two cells that no other field holds."""
    cells = st.builds(
        Particular,
        st.sampled_from(("审核意见", "附件", "填报日期")),
        st.sampled_from(("同意", "无", "1,000")),
    )
    return rows_of(cells, 0, 2)


@cache
def indicators() -> st.SearchStrategy[Indicator]:
    """A row of 指标: class names that belong together, and silence anywhere."""
    return st.builds(
        lambda levels, **rest: Indicator(levels[0], levels[1], **rest),
        st.sampled_from((*_LEVELS, (None, None), ("产出指标", None), (None, "质量指标"))),
        level3=silent(st.sampled_from(("培训人数", "验收合格率", "完成及时率", "成本控制", "群众满意度"))),
        level4=st.sampled_from((None, None, None, "个性指标")),
        target=silent(targets()),
        actual=silent(actuals()),
        sign=silent(st.sampled_from(("≥", "≤", "=", "定性", "正向"))),
        unit=silent(st.sampled_from(UNIT_NAMES)),
        points=silent(decimals("0", "30")),
        completion_printed=silent(figures(PERCENT, "200") | any_figures()),
        score_printed=silent(decimals("0", "30")),
        deduction_printed=silent(decimals("0", "5")),
        reason=st.sampled_from((None, "人员变动，培训推迟")),
        remedy=st.sampled_from((None, "提前安排")),
        remarks=st.sampled_from((None, "完成得满分")),
        self_score_printed=silent(decimals("0", "30")),
        self_actual=silent(actuals()),
        particulars=particulars(),
    )


@cache
def class_marks() -> st.SearchStrategy[ClassMark]:
    names = st.sampled_from((*CLASSES, "决策", "过程"))
    return st.builds(ClassMark, names, st.sampled_from((1, 2)), silent(decimals()), silent(decimals()))


@cache
def evaluations() -> st.SearchStrategy[Evaluation]:
    """Self-evaluation tables of 1 to 20 indicators."""
    return st.builds(
        Evaluation,
        project=projects(),
        year=silent(st.integers(2015, 2030)),
        funds=funds(),
        execution=executions(),
        goal=st.builds(Goal, silent(st.just("保障用餐")), silent(st.just("已保障"))),
        indicators=rows_of(indicators(), 1, 20),
        classes=rows_of(class_marks()),
        points_printed=silent(decimals()),
        total_printed=silent(decimals()),
        grade_printed=silent(st.sampled_from(("优", "良", "中", "差", "优秀"))),
        notes=rows_of(st.just("注：得分保留两位小数"), 0, 2),
        form=silent(st.sampled_from(("f-10", "f-gansu"))),
        evaluated_amount=silent(any_figures()),
        achieved_printed=silent(st.sampled_from(("是", "否"))),
        self_total_printed=silent(decimals()),
        residue=rows_of(st.sampled_from(("指标2：", "……")), 0, 2),
        particulars=particulars(),
    )


# ---------------------------------------------------------------- reports and lists


@cache
def sections() -> st.SearchStrategy[Section]:
    titles = st.sampled_from(("项目概况", "资金使用情况", "存在问题"))
    return st.builds(
        Section, silent(st.sampled_from(("一", "（二）", "3"))), titles, st.integers(1, 4), st.just("……")
    )


@cache
def claims() -> st.SearchStrategy[Claim]:
    quoted = st.sampled_from(("", "全年安排 3 万元，实际使用 3 万元"))
    return st.builds(
        Claim, st.sampled_from(CLAIM_KINDS), any_figures(), st.sampled_from(("", "到位率")), quoted
    )


@cache
def reports() -> st.SearchStrategy[Report]:
    return st.builds(
        Report,
        project=projects(),
        year=silent(st.integers(2015, 2030)),
        title=silent(st.just("绩效自评报告")),
        funds_unit=silent(st.sampled_from((YUAN, WAN))),
        sections=rows_of(sections()),
        claims=rows_of(claims(), 0, 6),
        indicators=rows_of(indicators(), 0, 3),
        classes=rows_of(class_marks()),
        points_printed=silent(decimals()),
        total_printed=silent(decimals()),
        grade_printed=silent(st.sampled_from(("优", "良"))),
        indicator_count_printed=silent(st.integers(0, 40)),
        pass_mark_printed=silent(decimals()),
        **signatures(),
    )


def signatures() -> dict[str, st.SearchStrategy[object]]:
    """What ends a report of either kind."""
    return {
        "closing": rows_of(st.sampled_from(("青禾县水利局", "2024年3月5日")), 0, 2),
        "dated": silent(st.just("2024年3月5日")),
        "blanks": rows_of(st.just("填报日期"), 0, 1),
    }


@cache
def department_reports() -> st.SearchStrategy[DepartmentReport]:
    counts = silent(st.integers(0, 99))
    return st.builds(
        DepartmentReport,
        unit=silent(unit_names()),
        year=silent(st.integers(2015, 2030)),
        title=silent(st.just("部门绩效自评工作报告")),
        sections=rows_of(sections()),
        claims=rows_of(claims()),
        projects=counts,
        budget=silent(any_figures()),
        executed=silent(any_figures()),
        bins=rows_of(st.builds(Bin, st.just("90分以上"), silent(decimals()), silent(decimals()), counts)),
        full_marks=counts,
        with_deviation=counts,
        sampled=counts,
        samples=rows_of(st.builds(Sample, st.sampled_from(PROJECTS), silent(any_figures()))),
        listed=rows_of(st.sampled_from(PROJECTS)),
        **signatures(),
    )


@cache
def project_lists() -> st.SearchStrategy[ProjectList]:
    amount = silent(any_figures())
    row = st.builds(
        ListedProject,
        st.sampled_from(PROJECTS),
        silent(st.just("1")),
        amount,
        amount,
        silent(decimals()),
        silent(any_figures()),
        silent(st.sampled_from(("优", "良"))),
        particulars(),
    )
    return st.builds(
        ProjectList,
        silent(unit_names()),
        silent(st.integers(2015, 2030)),
        silent(st.just("清单")),
        rows_of(row),
        silent(row),
    )


# ---------------------------------------------------------------- readings, filings, rule-books


@cache
def places() -> st.SearchStrategy[Place]:
    count = silent(st.integers(1, 60))
    box = silent(st.tuples(*(decimals("0", "800").map(lambda value: f"{value:f}") for _ in range(4))))
    return st.just(NOWHERE) | st.builds(
        Place, count, silent(st.just("自评表")), count, count, count, silent(st.just("B7")), count,
        silent(st.integers(0, 60)), silent(st.integers(0, 60)), box,
    )  # fmt: skip


@cache
def doubts() -> st.SearchStrategy[Doubt]:
    paths = st.sampled_from(("", "indicators.0", "indicators.0.target", "funds.total.annual"))
    return st.builds(
        Doubt, places(), st.just("这一行错了一格"), silent(st.just("10")), silent(st.just("9")), paths
    )


_RECORDS = {
    Kind.SELFEVAL_TABLE: evaluations(), Kind.SCORING_FORM: evaluations(), Kind.BASE_DATA_FORM: evaluations(),
    Kind.SELFEVAL_REPORT: reports(), Kind.EVALUATION_REPORT: reports(), Kind.DEPARTMENT_REPORT: department_reports(),
    Kind.PROJECT_LIST: project_lists(), Kind.UNKNOWN: st.builds(Unknown, silent(st.just("通知")), st.just("没有指标列")),
}  # fmt: skip


@cache
def readings(*kinds: Kind) -> st.SearchStrategy[Reading]:
    """A paper of one of `kinds`, of any kind without."""
    paths = st.sampled_from(
        ("indicators.0", "indicators.0.target", "sections.0", "claims.0", "funds.total.annual")
    )
    found = st.dictionaries(paths, places(), max_size=3)
    files, digests = st.sampled_from(("甲.txt", "乙.xlsx")), st.sampled_from(("", "ab" * 32))
    rest = (places(), found, rows_of(doubts(), 0, 2), decimals("0", "1"), files, digests, st.integers(0, 5))
    return st.one_of(
        *(st.builds(Reading, st.just(kind), _RECORDS[kind], *rest) for kind in kinds or _RECORDS)
    )


@cache
def filings() -> st.SearchStrategy[Filing]:
    """A filing with a table among its papers, or without one."""
    papers = rows_of(readings(), 0, 2)
    supplied = st.dictionaries(st.just("grade_printed"), st.just("自评表未印等级，取自自评报告"), max_size=1)
    with_table = st.builds(_filing, papers, readings(Kind.SELFEVAL_TABLE), supplied)
    return st.one_of(with_table, with_table, with_table, st.builds(Filing, papers))


def _filing(papers: tuple[Reading, ...], table: Reading, supplied: dict[str, str]) -> Filing:
    evaluation = table.record if isinstance(table.record, Evaluation) else None
    return Filing((*papers, table), evaluation, len(papers), supplied)


@cache
def schemes() -> st.SearchStrategy[Scheme]:
    """Any of the rule-books that come with jixiao."""
    return st.sampled_from(list_schemes()).map(load_scheme)


# ---------------------------------------------------------------- pages


@cache
def grids() -> st.SearchStrategy[Grid]:
    """A table of up to 8 by 10 cells; some cells are missing, some span."""
    cell = st.tuples(silent(cell_texts()), st.sampled_from((1, 1, 1, 2)))
    return st.builds(_grid, rows_of(rows_of(cell, 1, 10), 1, 8), places())


def _grid(rows: tuple[tuple[tuple[str | None, int], ...], ...], place: Place) -> Grid:
    cells = [
        Cell(row, column, text, 1, span, Role.TEXT, Place(row=row + 1, column=column + 1))
        for row, line in enumerate(rows)
        for column, (text, span) in enumerate(line)
        if text is not None
    ]
    return Grid(tuple(cells), place)


@cache
def lines() -> st.SearchStrategy[Line]:
    texts = st.sampled_from(
        ("项目支出绩效自评表", "（2023年度）", "一、项目概况", "注：1.得分保留两位小数")
    ) | st.text(max_size=30)
    return st.builds(Line, texts, places(), silent(st.integers(0, 4)))


@cache
def layouts() -> st.SearchStrategy[Layout]:
    blocks = rows_of(lines() | grids(), 0, 6)
    return st.builds(
        Layout, st.just("甲.txt"), blocks, st.sampled_from(("text", "xlsx", "docx")), rows_of(doubts(), 0, 1)
    )
