"""IS03, IS04, IS08: what an indicator's name says beside the class that it stands under (指标归类)."""

import re
from collections.abc import Iterator
from dataclasses import replace

from jixiao.audit.indicator_rows import (
    BENEFIT,
    OUTPUT,
    at_row,
    named_with,
    of_sort,
    project_names,
    setting_papers,
    sure,
    target_text,
)
from jixiao.audit.lexicon import any_of, lists_of
from jixiao.audit.rows import Row, Sort, sort_named
from jixiao.audit.rule import Case, Found, rule
from jixiao.expressions import expression
from jixiao.model.evaluation import Funds
from jixiao.model.figure import Figure, unit_named
from jixiao.model.finding import Severity
from jixiao.model.target import AtMost, Qualitative

_WORDS = lists_of("indicators")
_SPEAKING = frozenset(
    {"scoring.satisfaction", "indicators.timely", "indicators.quality", "indicators.cost", "indicators.feelings",
     "indicators.jobs", "indicators.abstract", "indicators.effects"}
)  # fmt: skip
_COST_END = expression(
    r"(?:费用?|经费|成本|造价|单价|开支|投资额|投资总额|总投资|预算|支出|资金)(?:数|额|金额|总额|总数|投入|控制数?)?$"
)
_COST_RATE = expression(r"成本(?:节约|降低|控制)率$")
_BRACKETS = expression(r"[(（][^()（）]*[)）]$")
_UNECOLOGICAL = any_of(_WORDS["unecological"])
_ECOLOGICAL = any_of(_WORDS["ecological"])
_NOTE = Severity.NOTE
_SAID = tuple[str, Severity | None]
_FINE: _SAID = ("", None)


@rule("IS03", Severity.WARNING, source="财预〔2021〕101号：各类指标的含义")
def indicator_in_the_wrong_class(case: Case) -> Iterator[Found]:
    """指标放错了类别：名称说的是另一类指标的事。

    为什么：类别决定分值和评价角度，放错类别会使一类虚有其名、另一类缺项。
    不合格：数量指标“水表检定费用”；经济效益指标“提高巡检员积极性”；生态效益指标“改善办公环境”；经济效益指标“伤亡人数”；社会效益指标“用户满意度”；
        质量指标“农户生活水平明显提高”；时效指标“培训场次”。
    合格：经济效益指标“带动果农增收”；生态效益指标“河道水质达标率”；数量指标“完成投资额”“满意度调查次数”。
    怎么改：移到名称所说的类别，或改用符合本类别的指标。
    来源：财预〔2020〕10号、财预〔2021〕101号对各类指标的说明；复核人员通用核对办法。
    误报风险：中。只凭名称中的字眼，两可的只作提示，类别一格读得不确定的不判。
    """
    for row in named_with(case, _SPEAKING):
        yield from _misplaced(case, row, *_elsewhere(row))
    for row in of_sort(case, Sort.QUALITY, Sort.TIMELINESS, Sort.SOCIAL, Sort.SATISFACTION):
        yield from _misplaced(case, row, *_counted_elsewhere(row))
    for row in of_sort(case, Sort.ECOLOGICAL, Sort.ECONOMIC):
        said = _not_ecological(row) if row.sort is Sort.ECOLOGICAL else _not_economic(row)
        yield from _misplaced(case, row, *said)


def _misplaced(case: Case, row: Row, said: str, severity: Severity | None) -> Iterator[Found]:
    named = sort_named(row.indicator.level2) is row.sort
    if said and sure(case, row, "level2", "level3", *(() if named else ("level1",))):
        yield at_row(
            row, "level3", f"{row.label}{said}。改法：移到相应类别，或改用符合本类别的指标。", severity
        )


def _elsewhere(row: Row) -> _SAID:
    """Return what the name says of another class, and how sure that is."""
    words, sort = row.name_words, row.sort
    if "scoring.satisfaction" in words and sort is not Sort.SATISFACTION:
        asked = "调查" in row.name or "满意" in (row.indicator.level1 or "")
        return _FINE if asked or sort is None else ("说的是满意度，应列在满意度指标", None)
    if sort in OUTPUT or sort is Sort.COST:
        return _among_outputs(row)
    return _FINE


_OF_SAFETY = expression(
    r"伤亡|死亡|人身安全|安全(?:生产|责任)?事故|安全度汛|生命安全|群体性事件|舆情|交通事故|火灾(?:事故)?(?:发生|起数|次数|率)|突发(?:公共)?事件"
)


def _not_economic(row: Row) -> _SAID:
    if "indicators.economic" in row.name_words or "scoring.satisfaction" in row.name_words:
        return _FINE
    if "indicators.feelings" in row.name_words:
        return "说的不是经济效益（收入、产值、节约等），多属社会效益", None
    if "indicators.jobs" in row.name_words:
        return "说的是就业，一般列在社会效益", _NOTE
    if _OF_SAFETY.search(row.plain):
        return "说的是人身、公共安全，不是经济效益，多属社会效益", None
    worded = isinstance(row.indicator.target, Qualitative)
    return ("看不出经济上的效果（收入、产值、节约等）", _NOTE) if worded else _FINE


def _among_outputs(row: Row) -> _SAID:
    words, sort = row.name_words, row.sort
    if "indicators.cost" in words and sort is not Sort.COST and _is_cost(row):
        return "说的是花多少钱，属成本指标", None
    if "indicators.timely" in words and sort is not Sort.TIMELINESS:
        of_quality = sort is Sort.QUALITY
        return ("说的是及时与否，一般列在时效指标", _NOTE) if of_quality else ("说的是时间，属时效指标", None)
    late = "indicators.timely" in words or "及时" in row.name or "按" in row.name
    if "indicators.effects" in words and sort is not Sort.COST and _rises(row):
        return "说的是带来的变化，属效益指标", None
    if "indicators.quality" in words and sort is not Sort.QUALITY and not late:
        return "说的是质量，属质量指标", None
    if sort is Sort.QUANTITY and isinstance(row.indicator.target, Qualitative) and _begins_with_a_wish(row):
        return "不是可以计数的产出（产品或服务的数量）", None
    return _FINE


_COUNT_END = expression(r"(?:人数|人次|户数|次数|场次|期数|[个座处台套件份]数|数量|里程|长度|面积|株数)$")
_DONE_FIRST = expression(r"^(?:完成|新建|改建|扩建|购置|采购|举办|开展|印[制发]|发放|安装|组织)")
_OF_SATISFACTION = expression(
    r"满意|认可|好评|投诉|评价|获得感|幸福|安全感|感受|支持|信任|[赞称]|知晓|反映|意见|印象|体验|反馈|口碑|信访"
)
_HAPPENED = expression(
    r"(?:事故|事件|火灾|案件|险情|伤亡)(?:发生)?(?:数|率|次数|起数|件数|情况)?$|发生[数率]$"
)
_UNDONE = expression(r"差错|错误|返工|事故|投诉|退回|不合格|缺陷|故障|逾期|延误|违规|整改|废")


def _counted_elsewhere(row: Row) -> _SAID:
    """Return what is wrong with a count among qualities and times, or with what is no satisfaction."""
    name, sort = row.plain, row.sort
    if sort is Sort.SATISFACTION:
        if _OF_SATISFACTION.search(name):
            return _FINE
        if _HAPPENED.search(name):
            return "说的是发生了什么，不是满意度", None
        return ("说的是做了多少，不是满意度", None) if _COUNT_END.search(name) else _FINE
    if not _COUNT_END.search(name) or not _is_count(row) or _UNDONE.search(name):
        return _FINE
    if sort is Sort.SOCIAL:
        return ("说的是做了多少，一般列在数量指标", _NOTE) if _DONE_FIRST.match(name) else _FINE
    return "说的是数量，属数量指标", None


def _is_count(row: Row) -> bool:
    """Tell whether the target is a floor in pieces, people, lengths: not a rate, a time or money."""
    bound = row.bound
    if bound is None or bound.unit is None or isinstance(row.indicator.target, AtMost):
        return False
    return bound.unit.kind not in {"ratio", "point", "money", "months", "duration", "分"}


_RISES = expression(r"提[升高]|改善|增强|增加|增收|改观|好转|优化|促进|调动|显著|明显")


def _rises(row: Row) -> bool:
    """Tell whether the name or the target speaks of a change for the better."""
    return _RISES.search(row.plain) is not None or _RISES.search(target_text(row)) is not None


def _is_cost(row: Row) -> bool:
    """Tell whether the name ends in a word of cost, and the target is no count of something else."""
    name = _BRACKETS.sub("", row.plain)
    target = row.bound
    counted = target is not None and target.unit is not None and target.unit.kind != "money"
    if _COST_RATE.search(name):
        return True
    if counted or "indicators.not_cost" in row.name_words or not _COST_END.search(name):
        return False
    return not name.endswith(("资金", "支出", "经费", "投资")) or target is not None


def _begins_with_a_wish(row: Row) -> bool:
    return row.name.startswith(_WORDS["abstract"]) and not re.search(r"[数量率次]$|数量", row.name)


def _not_ecological(row: Row) -> _SAID:
    foreign = "indicators.unecological" in row.name_words
    if "indicators.ecological" in row.name_words and (
        not foreign or _ECOLOGICAL.search(_UNECOLOGICAL.sub("", row.plain))
    ):
        return _FINE
    return "看不出与生态环境有关，属其他效益", None if foreign else _NOTE


_MONEY_MOVED = expression(
    r"(?:资金|经费|预算|款项|拨款|专款|工程款|合同款|货款|价款)[^,，。;]{0,14}(?:支付|拨付|下达|到位|到账|执行|落实|使用(?!效)|支出|兑付|拨发)"
    r"|^(?:全部|按时|及时|足额)(?:下达|拨付)|^(?:支付|拨付|兑付|下达)(?:准确|及时|到位|完成|进度|时效)[率性]?"
    r"|(?:支付|拨付|拨款|兑付|付款|划拨|到账|报账)(?:准确|及时|到位|完成|进度|时效|时间|时限|足额)*[率性]?$|支出(?:合规|进度)|专款专用"
    r"|(?:采购|预算|资金|支出|经费|用款)[^,，。;]{0,6}执行(?:率|进度)$",
)
_MERELY_MOVED = expression(
    r"^(?:财政|专项|补[助贴]|项目)?(?:资金|经费|款项)(?:按时|及时|按期|足额|全部)?(?:拨付|下达|到位)"
)
_TO_PERSONS = expression(
    r"发放|人员|对象|老[人年]|残疾|学生|农户|村民|居民|职工|教师|干部|低保|特困|孤儿|军|工资|薪|津贴|养老|抚恤|救助|慰问|[助奖]学"
    r"|遗属|退休"
)
_LAWFUL = expression(r"合规|规范|合法|安全")
_PAYMENT = frozenset({"indicators.payment"})


@rule("IS04", Severity.WARNING, source="产出、效益指标应反映产品和服务，不应以资金收付代替")
def payment_scored_as_output(case: Case) -> Iterator[Found]:
    """把资金支付、下达、到位当作产出或效益指标。

    为什么：资金执行已有预算执行率 10 分，再放进产出等于重复计分，也看不出做了什么。
    不合格：质量指标“资金支付准确率”；时效指标“资金在规定时间内下达”；数量指标“政府采购执行率”；
        报告写“货款支付及时率作为时效指标得满分”，时效指标一段只说“资金到位率 100%”。
    合格：养老补贴项目的时效指标“补贴发放及时率”；时效指标“水毁修复完成时间”。
    怎么改：改为工作本身的质量和时间，如验收合格率、完工时间。
    来源：某市复核口径：以资金拨付情况作产出指标的，该指标不得分；财预〔2020〕10号。
    误报风险：中。补贴、工资等直接发给个人的项目，发放就是产出，不判，只说“资金拨付”的作提示；拨给单位、企业的补贴，另有工作时效指标的、支出合规类的
        只作提示。
    """
    rows = [row for row in named_with(case, _PAYMENT) if row.sort in OUTPUT or row.sort in BENEFIT]
    personal = bool(rows) and _is_subsidy(project_names(case))
    for row in rows:
        moved = _MONEY_MOVED.search(row.plain)
        paid = personal or _is_subsidy(row.name)
        if not moved or not sure(case, row, "level2", "level3"):
            continue
        to_persons = _TO_PERSONS.search(row.plain) or _TO_PERSONS.search(project_names(case))
        if paid and to_persons and not _MERELY_MOVED.search(row.plain):
            continue
        says = f"{row.label}说的是资金收付，不是产出或效益，与预算执行率重复。改法：改为工作本身的质量、时间或效果。"
        yield at_row(row, "level3", says, _NOTE if paid else _how_wrong(case, row))
    yield from _told_as_output(case)
    yield from _told_as_time(case)


_AS_OUTPUT = expression(
    r"(?P<what>[^,，。;；:：、]{0,12}(?:支付|拨付|到位|下达|付款|执行)(?:准确|及时|到位|完成|进度|时效)*[率性])"
    r"[^,，。;；]{0,6}(?:作为|列为|列入|列在|纳入|归入|设为|设置为|当作|算作|用作)[^,，。;；]{0,6}(?P<sort>数量|质量|时效|产出|效益)"
)


def _told_as_output(case: Case) -> Iterator[Found]:
    """Yield where running text tells that paying was scored as an output."""
    for said in case.told("indicators.payment", "indicators.as_output"):
        m = _AS_OUTPUT.search(said.plain)
        if m is None or not said.passage.in_report or _is_subsidy(m["what"]) or _DENIED.search(said.plain):
            continue
        says = (
            f"文中把“{m['what']}”作为{m['sort']}指标，说的是资金收付，与预算执行率重复。"
            "改法：改为工作本身的质量、时间。"
        )
        yield Found(said.passage.where, says, said.passage.paper, quoted=said.text[:80], key=m["what"])


_IN_TIME = expression(
    r"(?:资金|经费|款项|拨款)[^,，。;；:]{0,10}?(?:到位(?:及时)?率|(?:按时|及时|按期|足额)?(?:拨付|支付|到位|下达)(?:及时)?(?:率)?)"
    r"(?:为|达到?|是|[,，])*\d{2,3}(?:\.\d+)?%"
)


def _told_as_time(case: Case) -> Iterator[Found]:
    """Yield the sections of a report on the indicator of time that tell nothing but money that arrived or was paid."""
    for said in case.told("indicators.payment", "signs.percent") if not case.tables else ():
        title, passage = said.passage.title, said.passage
        headed = "时效" in title or said.plain[:8].startswith(("时效", "(2)时效", "(3)时效"))
        m = _IN_TIME.search(said.plain) if headed and passage.in_report else None
        others = [
            s
            for s in passage.sentences
            if s is not said and len(s.plain) > _SHORT and not _POINTS.search(s.plain)
        ]
        if m and not others and not _TO_PERSONS.search(m[0]):
            says = f"时效指标只说“{m[0]}”，是资金收付，不是工作完成的时间。改法：改为完工、发放等工作的时间。"
            yield Found(passage.where, says, passage.paper, quoted=said.text[:80], key="time")


_POINTS, _SHORT = expression(r"分值|得分|满分"), 6
_DENIED = expression(r"不[再宜应得能]|未|避免|建议|剔除|删除|取消|改为")


def _is_subsidy(text: str) -> bool:
    """Tell whether a name is about money given to persons; 补助资金 alone is a transfer."""
    return _SUBSIDY.search(text) is not None


_SUBSIDY = any_of(_WORDS["subsidy"])


def _how_wrong(case: Case, row: Row) -> Severity | None:
    if _LAWFUL.search(row.name):
        return _NOTE
    if row.sort is Sort.TIMELINESS:
        others = (r for r in of_sort(case, Sort.TIMELINESS) if r.paper == row.paper)
        if any(not _MONEY_MOVED.search(r.plain) for r in others):
            return _NOTE
    return None


_WHOLE_COST = expression(
    r"总成本|总投资|成本控制数|项目成本|总费用|预算金额|总金额|资金总额|投入(?:资金|总额|金额)|预算数"
)


def _is_budget(row: Row, bound: Figure, funds: Funds) -> bool:
    """Tell whether a cost's target is the project's budget: to the last place, and for a cost so named, rounded."""
    lines = [line for line in (funds.total, funds.fiscal) if line is not None]
    whole = [f for line in lines for f in (line.annual, line.initial) if f is not None and f.value]
    if bound.unit is None and "万元" in row.plain:
        bound = replace(bound, unit=unit_named("万元"))
    if bound.unit is None or bound.unit.kind != "money":
        return False
    if whole and bound.exact == whole[0].exact:
        return True
    named = _WHOLE_COST.search(row.plain) is not None
    return named and any(bound.low <= f.exact <= bound.high for f in whole)


_EXECUTION = frozenset({"indicators.execution"})
_EXECUTION_NAME = any_of(_WORDS["execution"])


@rule("IS08", Severity.WARNING, source="成本、产出指标不应重复预算执行率")
def indicator_repeats_budget_execution(case: Case) -> Iterator[Found]:
    """成本或产出指标把预算执行率又算了一遍。

    为什么：预算执行已单列 10 分；“预算控制率≤100%”只要不超支就满分，反映不出成本。
    不合格：成本指标“预算控制率 ≤100%”；数量指标“资金支出率 ≥95%”。
    合格：成本指标“每公里养护成本 ≤1.4万元”；成本指标“采购单价 ≤3200元”。
    怎么改：改为单位成本、成本定额或成本节约率。
    来源：财预〔2021〕101号：成本指标反映实际成本（条文未核对）；复核人员通用核对办法。
    误报风险：中。“成本控制率”和等于预算数的总成本只作提示。
    """
    for row in named_with(case, _EXECUTION):
        name = _EXECUTION_NAME.search(row.plain)
        if (
            name
            and sure(case, row, "level3")
            and (row.sort is Sort.COST or row.sort in OUTPUT or row.sort in BENEFIT)
        ):
            says = f"{row.label}（指标值 {target_text(row) or '未填'}）重复了预算执行率。改法：改为单位成本或成本定额。"
            yield at_row(row, "level3", says, _NOTE if "成本" in name[0] else None)
    for at, table in setting_papers(case):
        if table.funds.total is None:
            continue
        for row in case.rows_by_paper[at]:
            bound = row.bound if row.sort is Sort.COST else None
            if bound is not None and _is_budget(row, bound, table.funds):
                says = f"{row.label}的指标值 {target_text(row)} 就是全年预算数，没有反映成本。改法：改为单位成本。"
                yield at_row(row, "target", says, _NOTE)
