"""XD07, XD09, XD11: goal, monitoring, self-evaluation and accounts against each other (表与报告之间)."""

from collections.abc import Iterator

from jixiao.audit.across.cells import called
from jixiao.audit.across.goals_apart import goals_apart
from jixiao.audit.binding.names import folded, nearest
from jixiao.audit.lexicon import has, lists_of
from jixiao.audit.prose import Amount, Sentence
from jixiao.audit.reach import comparable, in_one_unit
from jixiao.audit.rows import Row, Sort
from jixiao.audit.rule import Case, Found, rule
from jixiao.expressions import expression
from jixiao.model.evaluation import Evaluation
from jixiao.model.figure import Figure
from jixiao.model.finding import Severity
from jixiao.model.reading import Kind
from jixiao.model.target import AtMost

_WORDS = lists_of("across")
_EARLIER = (Kind.GOAL_DECLARATION, Kind.MONITORING_TABLE)
_KEPT = expression(r"(?:未|没有?|忘记)[^。；，,]{0,16}?(?:修改|调整|更新|变更|同步|修订|重新设[定置])")
_GOAL = expression(r"指标|目标|项目库")
_DENIED = expression(r"[无不]存在|未发现|避免|防止|杜绝|如[果遇有]|不再")
_ALIKE = 85
_MANY = 4


@rule("XD07", Severity.WARNING, source="财预〔2020〕10号：自评以批复的绩效目标为依据")
def stages_of_the_year_disagree(case: Case) -> Iterator[Found]:
    """批复目标、运行监控、自评三个环节对不上。

    为什么：自评考核的是批复的目标，监控数是全年数的一部分，三者应能衔接。
    不合格：申报表有“培训人次”，自评表没有这一行；1—7 月已完成 60 场，自评全年 55 场；预算调减后承认没有修改指标值；
    报告的绩效目标写“合格率98%以上”，自评表的预期目标写“95%以上”。
    合格：自评表指标与批复一致；监控 30 场，全年 55 场；预算调减后按程序调整了指标值并附批复。
    怎么改：按批复目标补列指标，核对全年数；目标确需调整的附调整批复。
    来源：财预〔2020〕10号（条文未核对）；财预〔2019〕136号（条文未核对）。
    误报风险：中。名称只作相近匹配，年中批准调整过的会不同，因此只提示核实。
    """
    yield from _kept_goals(case)
    yield from goals_apart(case)
    if case.main_table is None or len(case.tables) == 1:
        return
    main = case.rows_by_paper[case.main_table[0]]
    names = [(row.at, folded(row.name)) for row in main]
    for at, table in _stages(case, *_EARLIER):
        pairs = [
            (row, nearest(folded(row.name), names, _ALIKE)) for row in case.rows_by_paper[at] if row.name
        ]
        yield from _dropped(case, at, [row for row, n in pairs if n is None], len(pairs))
        known = [(row, main[n]) for row, n in pairs if n is not None]
        if case.filing.readings[at].kind is Kind.MONITORING_TABLE:
            yield from (_fallen(case, row, own) for row, own in known if _has_fallen(row, own))
        yield from _other_budget(case, at, table)


def _stages(case: Case, *kinds: Kind) -> Iterator[tuple[int, Evaluation]]:
    for at, table in case.tables:
        if case.filing.readings[at].kind in kinds and at != case.filing.main:
            yield at, table


def _dropped(case: Case, at: int, rows: list[Row], whole: int) -> Iterator[Found]:
    """Tell of approved indicators that the self-evaluation leaves out; where most are missing it is another form."""
    if rows and 2 * len(rows) <= whole:
        names = "、".join(f"“{row.name}”" for row in rows[:_MANY]) + (
            f"等 {len(rows)} 项" if len(rows) > _MANY else ""
        )
        says = (
            f"{called(case, at)}列有{names}，自评表没有这些指标。改法：按批复的目标补列，已调整的附调整批复。"
        )
        yield Found(rows[0].path("level3"), says, at, quoted=rows[0].name, key="dropped")


def _result(row: Row) -> Figure | None:
    actual = row.indicator.actual
    return actual.figure if actual is not None and not actual.hedged else None


def _has_fallen(monitored: Row, own: Row) -> bool:
    """Tell whether a count at mid-year is above that of the whole year; shares and limits may fall."""
    early, late = _result(monitored), _result(own)
    if (
        early is None
        or late is None
        or not comparable(early, late)
        or isinstance(own.indicator.target, AtMost)
    ):
        return False
    unit = early.unit or late.unit
    counted = unit is not None and unit.kind not in {"ratio", "point", "money"}
    one, other = in_one_unit(early, late)
    return counted and own.sort in {Sort.QUANTITY, None} and one.low > other.high


def _fallen(case: Case, monitored: Row, own: Row) -> Found:
    early, late = _result(monitored), _result(own)
    says = f"“{own.name}”监控时已完成 {early}，自评全年只有 {late}。改法：核对统计口径和数据，改为一致或说明原因。"
    return Found(own.path("actual"), says, own.paper, quoted=str(late), printed=str(late), computed=f"≥{early}",
                 rests=(own.path(),), key=f"{called(case, monitored.paper)}{own.name}")  # fmt: skip


def _other_budget(case: Case, at: int, table: Evaluation) -> Iterator[Found]:
    """Tell of an approved budget that is neither the initial nor the annual one of the self-evaluation."""
    line = table.funds.total
    told = (line.annual or line.initial) if line is not None else None
    main = case.main_table[1].funds.total if case.main_table is not None else None
    own = [f for f in (main.initial, main.annual) if f is not None] if main is not None else []
    if told is None or told.value <= 0 or not own or any(told.agrees_with(f) for f in own):
        return
    says = (
        f"{called(case, at)}的预算数 {told}，与自评表年初、全年预算数（{'、'.join(map(str, own))}）都不同。"
        "改法：核对预算数，调整过的说明依据。"
    )
    asked = case.filing.readings[at].kind is Kind.GOAL_DECLARATION  # what is asked for may well be cut
    severity = Severity.NOTE if asked else Severity.WARNING
    yield Found(
        "funds.total.annual", says, at, severity, printed=str(told), computed=str(own[-1]), key="budget"
    )


def _kept_goals(case: Case) -> Iterator[Found]:
    """Tell of the admission that the targets were not changed when the budget was."""
    for said in case.told("across.budget_changed"):
        if _KEPT.search(said.plain) and _GOAL.search(said.plain) and not _DENIED.search(said.plain):
            says = (
                "文中承认预算调整后没有相应修改绩效目标或指标值，没有列出是哪些项目，也没有更正。"
                "改法：列出项目，按调整后的预算核对指标值，说明自评以哪个为准。"
            )
            yield Found(said.passage.where, says, said.passage.paper, quoted=said.text[:80], key="kept")


_YEARS = expression(r"(?:19|20)\d\d(?=年)")


@rule("XD09", Severity.WARNING, source="自评金额应与决算一致")
def money_differs_from_final_accounts(case: Case) -> Iterator[Found]:
    """自评表的执行数与文中所述决算数不一致。

    为什么：决算是年度收支的最终数，自评的执行数应能与它核对。
    不合格：自评表全年执行数 58.20 万元，文中写“决算支出 61.5 万元”，没有说明。
    合格：文中写“决算支出 58.2 万元”；写的是部门决算总额，远大于本项目。
    怎么改：核对项目支出明细账与决算，改为一致或说明口径差异。
    来源：部门决算编审要求（条文未核对）。
    误报风险：中。部门总额、上年决算不看，相差一倍以上的当作另一个数。
    """
    main = case.main_table[1].funds.total if case.main_table is not None else None
    own = main.executed if main is not None else None
    if own is None or own.value <= 0 or case.main_table is None:
        return
    for said in case.told("across.final"):
        years = {int(y) for y in _YEARS.findall(said.plain)}
        if case.main_table[1].year and years and case.main_table[1].year not in years:
            continue
        told = [a for a in said.amounts if has(a.before, _WORDS["final"])]
        if told and not any(a.figure.agrees_with(own) for a in said.amounts):
            yield from (_final(said, a, own) for a in told[:1] if own.exact / 2 < a.yuan < own.exact * 2)


def _final(said: Sentence, told: Amount, own: Figure) -> Found:
    says = f"自评表全年执行数 {own}，文中写决算 {told}，两处不一致。改法：核对后改为一致，或说明口径差异。"
    return Found(said.passage.where, says, said.passage.paper, quoted=said.text, printed=str(told), computed=str(own),
                 key="final")  # fmt: skip


@rule("XD11", Severity.WARNING, source="财预〔2019〕136号：监控发现偏离目标的应及时纠正")
def predicted_failure_scored_in_full(case: Case) -> Iterator[Found]:
    """监控时预计完不成的指标，自评得满分，没有说明。

    为什么：监控时判定完不成，年底却得满分，要么采取了纠正措施，要么有一处不实。
    不合格：监控表“新建泵站”注明“完全不可能完成”，自评表该项完成 100%，得满分，没有说明。
    合格：监控预计难以完成，自评扣了分；自评写明“8 月调整施工队伍后赶上进度”。
    怎么改：说明监控后采取的措施和证据，或核减得分。
    来源：财预〔2019〕136号（条文未核对）。
    误报风险：中，只提示核实。
    """
    if "across.hopeless" not in case.words or case.main_table is None:
        return
    main = case.rows_by_paper[case.main_table[0]]
    names = [(row.at, folded(row.name)) for row in main]
    for at, _ in _stages(case, Kind.MONITORING_TABLE):
        for row in case.rows_by_paper[at]:
            n = nearest(folded(row.name), names, _ALIKE) if "across.hopeless" in row.words else None
            if n is not None and main[n].full and not main[n].reason:
                yield _predicted(main[n], _hopeless_words(row), called(case, at))
    for said in case.told("across.hopeless", "across.monitored"):
        for row in main:
            if len(row.name) >= _MANY and row.plain in said.plain and row.full and not row.reason:
                yield _predicted(row, said.text[:40], "文中")


def _hopeless_words(row: Row) -> str:
    i = row.indicator
    cells = (i.remarks, i.reason, i.remedy, i.actual.text if i.actual else None)
    return next((cell for cell in cells if cell and has(cell, _WORDS["hopeless"])), "")


def _predicted(row: Row, words: str, paper: str) -> Found:
    says = f"{row.label}：{paper}监控时写“{words}”，自评得满分，没有说明。改法：说明监控后采取的措施，或核减得分。"
    return Found(row.path("score_printed"), says, row.paper, quoted=words, key=row.name)
