"""DV02, DV07: whether a reason is one for its indicator (原因是否对题)."""

from collections.abc import Iterator

from jixiao.audit.deviations.explained import reason_in
from jixiao.audit.explanations import Explanation, deductions
from jixiao.audit.lexicon import any_of, lists_of
from jixiao.audit.narrative.claims import tells_problems
from jixiao.audit.prose import clipped
from jixiao.audit.rows import Row, Sort
from jixiao.audit.rule import Case, Found, rule
from jixiao.audit.within import lists_within
from jixiao.expressions import expression
from jixiao.model.figure import tidy
from jixiao.model.finding import Severity

_IN = lists_within("deviations")
_OUTSIDE = any_of(_IN["outside"])
_INSIDE = any_of(_IN["inside"])
_MONEY = any_of(_IN["money"])
_FUNDS_ROW = any_of(_IN["funds_row"])
_GENERIC = frozenset(_IN["generic"])
_WORK_ROW = expression(r"业务|管理|质量|组织|实施|服务")
_PAIR = expression(r"(?=([\u4e00-\u9fff]{2}))")
_LEAST, _NEAR = 2, 60


@rule("DV02", Severity.WARNING, source="偏差原因应针对本项指标", needs=("row.explained", "paper.report"))
def reason_of_another_indicator(case: Case) -> Iterator[Found]:
    """偏差原因说的是别的指标，与本项指标无关。

    为什么：原因与指标对不上，等于没有说明，改进也无从谈起。
    不合格：“成本控制率”的原因写“参训学员临时请假”，表中另有“参训学员人数”；“业务管理”扣分只说资金计划不细；
    没有超支的“工程造价”扣了分，原因写“雨季停工”。
    合格：“参训学员人数”的原因写“参训学员临时请假”；“预算执行率”的原因写“尾款未到付款期”。
    怎么改：按本项指标写明原因；确有影响的，写明如何影响。
    来源：复核人员通用核对办法。
    误报风险：高，按用词判断。原因里有另一指标的名称、却没有本指标的字样才提出；满意度指标名称里的对象不算；最多是警告。
    """
    for at, _ in case.tables:
        rows = case.rows_by_paper[at]
        for row in rows:
            if row.indicator.reason and row.lost:
                reason = reason_in(row.indicator.reason)
                named = tuple(_of_another(row, reason, rows))
                yield from named or _of_another_kind(row, reason)
                yield from () if named or not case.reports else _told_otherwise(case, row, reason)
    for told, reason in deductions(case):
        yield from _only_money(told, reason)


def _pairs(text: str) -> frozenset[str]:
    return frozenset(_PAIR.findall(tidy(text))) - _GENERIC


def _of_another(row: Row, reason: str, rows: tuple[Row, ...]) -> Iterator[Found]:
    told = _pairs(reason)
    if not told or told & _pairs(row.name):
        return
    for other in rows:
        shared = told & _pairs(other.name)
        if other is row or len(shared) < _LEAST or len(shared) * 2 < len(_pairs(other.name)):
            continue
        if other.sort is Sort.SATISFACTION and "满意" not in reason:
            continue  # its name only says who was asked, and the reason may speak of them too
        says = (
            f"{row.label}的原因“{clipped(reason, 30)}”说的是{other.label}，没有说到本项。"
            "改法：按本项指标写明原因；确有影响的，写明如何影响。"
        )
        yield Found(row.path("reason"), says, row.paper, quoted=reason[:60], key=other.name)
        return


_TIME = expression(r"进度|工期|停工|延期|延迟|滞后|推迟|雨季|天气|降雨|汛期|开工晚|进场晚|来不及")
_PROCEDURE = expression(
    r"(?:招标|招投标|采购|立项|报批|合同签订)[^，,。；;]{0,6}(?:长|慢|繁琐|复杂|较晚|偏晚|过晚|滞后|未完成|未办)"
)
_PRICE = expression(
    r"成本|造价|价格|单价|费用|超支|涨价|节[约省余]|标准|概算|变更|调增|追加|数量|人数|工程量|核算|测算"
)
_FELT = expression(
    r"满意|群众|村民|居民|农户|对象|学生|家长|职工|干部|企业|商户|患者|老人|游客|读者|反映|投诉|问卷|调查|样本|服务|宣传|知晓|体验|期望|诉求|意见|沟通|不便"
)
_NEXT_STEP = expression(r"[,，。；;](?:下一步|今后|以后|下年|将|要|拟|整改|改进)")
_SAVED = expression(r"节[约省]|结余|价格下降|低于预算|成本下降|中标价")
# For each class: what its reasons may not be about alone, and the words that make them its own after all.
_STRANGE = {
    Sort.COST: (expression(f"{_TIME.pattern}|{_PROCEDURE.pattern}"), _PRICE, "进度"),
    Sort.SATISFACTION: (
        expression(f"{_TIME.pattern}|{_PROCEDURE.pattern}|{_MONEY.pattern}"),
        _FELT,
        "资金或进度",
    ),
    Sort.TIMELINESS: (_SAVED, expression(f"{_TIME.pattern}|时|月|日|期|晚|慢|早|未|尚"), "节约"),
}


def _of_another_kind(row: Row, reason: str) -> Iterator[Found]:
    """Yield a reason that is of another kind than its row: bad weather for a cost that was kept."""
    yield from _unpaid(row, reason)
    if row.sort not in _STRANGE or (row.sort is Sort.COST and not row.met):
        return
    strange, own, what = _STRANGE[row.sort]
    reason = _NEXT_STEP.split(reason)[0]
    if strange.search(reason) and not own.search(reason) and not _pairs(reason) & _pairs(row.name):
        says = (
            f"{row.label}的原因“{clipped(reason, 30)}”只说{what}，没有说到本项。"
            "改法：按本项指标写明原因；确有影响的，写明如何影响。"
        )
        yield Found(row.path("reason"), says, row.paper, quoted=reason[:60], key="kind")


# Paying the last of it comes after the work: no reason for a number or a quality that fell short.
_UNPAID = expression(
    r"尾款|质保金|质量保证金|(?:未到|没到|尚未到)付款|待(?:审计|结算|决算)后?支付|(?:发票|票据)(?:未|没有|尚未)|未(?:报账|报销)"
    r"|跨年(?:支付|报账)"
)
_UNPAID_SORTS = (Sort.QUANTITY, Sort.QUALITY, Sort.SOCIAL, Sort.ECOLOGICAL, Sort.SUSTAINABLE)
_OF_PAYING = expression(
    r"支付|付款|拨付|发放|兑付|资金|款|补贴|补助|奖|工资|结算|审计|验收|采购|执行|支出|成本"
)
_WORK_TOLD = expression(r"施工|工期|完工|开工|未完成|人员|设备|安装|设计|变更|招标|需求|减少|取消|推迟")


def _unpaid(row: Row, reason: str) -> Iterator[Found]:
    """Yield a number or a quality that fell short because the last of the money isn't due yet."""
    own = _OF_PAYING.search(row.name) or _pairs(reason) & _pairs(row.name) or row.sort not in _UNPAID_SORTS
    if not own and row.met is False and _UNPAID.search(reason) and not _WORK_TOLD.search(reason):
        says = (
            f"{row.label}的原因“{clipped(reason, 30)}”只说付款，没有说到本项。"
            "改法：按本项指标写明原因；确有影响的，写明如何影响。"
        )
        yield Found(row.path("reason"), says, row.paper, quoted=reason[:60], key="kind")


_CAUSE = expression(r"(?:因为?|由于|受)(?P<why>[^，,。；;：:因]{3,24})")


def _told_otherwise(case: Case, row: Row, reason: str) -> Iterator[Found]:
    """Yield a row whose reason the report's problems tell in other words altogether."""
    name, own = _pairs(row.name), _pairs(reason)
    for passage in case.passages if len(name) >= _LEAST else ():
        if not tells_problems(case, passage) or len(_pairs(passage.title) & name) < _LEAST:
            continue
        cause = next((m for s in passage.sentences for m in [_CAUSE.search(s.plain)] if m), None)
        if cause and not _pairs(cause[0]) & own and not _pairs(passage.title + passage.text) & own:
            says = (
                f"{row.label}的原因栏写“{clipped(reason, 24)}”，报告的问题部分写“{clipped(cause[0], 24)}”，"
                "说的不是一回事。改法：核实后两处写一致。"
            )
            yield Found(row.path("reason"), says, row.paper, Severity.NOTE, quoted=reason[:60], key="told")
            return


def _only_money(told: Explanation, reason: str) -> Iterator[Found]:
    """An item about the work lost points, and only money is told of."""
    if told.points is None or told.score is None or told.score >= told.points:
        return
    if _FUNDS_ROW.search(told.name) or not _WORK_ROW.search(told.name) or not _MONEY.search(reason):
        return
    if not _pairs(reason) & _pairs(told.name):
        says = f"“{told.name}”的扣分原因“{clipped(reason, 30)}”只说资金，没有说到本项。改法：按本项指标写明原因。"
        yield Found(told.where, says, told.paper, quoted=reason[:60], key=told.name)


@rule(
    "DV07",
    Severity.NOTE,
    source="偏差原因应区分客观与主观",
    needs=("row.explained", "deviations.outside_told"),
)
def only_outside_causes(case: Case) -> Iterator[Found]:
    """偏差原因只有疫情、天气、财力等客观因素，没有分析自身原因。

    为什么：客观因素说明不了为什么没有预案、没有及时调整目标，也得不出改进措施。
    不合格：原因栏只写“受雨季影响”；“因县级财力紧张，资金未到位”；正文只说“受天气影响进度延迟”。
    合格：“受雨季影响，且施工组织未错开汛期，下年提前两个月开工”。
    怎么改：补充自身在计划、组织、调整上的原因，写明措施。
    来源：复核人员通用核对办法。
    误报风险：高，确有只因客观因素的，因此只作提示。
    """
    for row in case.table_rows:
        if not row.indicator.reason or not row.lost:
            continue
        text, told = tidy(row.reason), clipped(row.reason, 30)
        if _OUTSIDE.search(text) and not _INSIDE.search(_OUTSIDE.sub("", text)):
            says = f"{row.label}的原因“{told}”只有客观因素。改法：补充计划、组织、调整方面的原因和措施。"
            yield Found(row.path("reason"), says, row.paper, quoted=row.reason[:60])
    yield from _outside_in_text(case)


_BLAMED = expression(
    rf"(?:因|由于|受|主要是|系|遇|遭遇)[^，,。；;克]{{0,16}}?(?:{any_of(lists_of('deviations')['outside_told']).pattern})[^，,。；;（(]{{0,12}}"
)
_SHORT_OF = expression(
    r"结余|结转|未|没有|延|滞后|晚|缓慢|较慢|扣分|扣[了除]|失分|偏差|低于|减少|停工|推迟|影响了|不足"
)
_OWN_FAULT = expression(
    r"管理|谋划|组织|预案|统筹|测算|编制|沟通|衔接|责任|重视|经验|人员不足|准备|考虑|计划不|监督|指导|培训|审批|招标|采购|我[局镇乡办单]|自身|主观|方案|筹备|反映出|不够|不细|预留|考虑"
)
_SUFFERERS = expression(r"影响的(?!情况|原因)|克服|应对|防[控治疫汛]|抗旱|救灾|受灾")
_BACKGROUND = expression(r"概况|背景|依据|简介|目标(?:情况)?$")


def _outside_in_text(case: Case) -> Iterator[Found]:
    """Yield for each report the first sentence that gives outside causes alone for what fell short."""
    told: set[int] = set()
    for sentence in case.told("deviations.outside_told"):
        passage, m = sentence.passage, _BLAMED.search(sentence.plain)
        if m is None or not passage.in_report or passage.paper in told or _BACKGROUND.search(passage.title):
            continue
        after = passage.text[sentence.start + len(sentence.text) :][:_NEAR].partition("\n")[0]
        rest = sentence.plain.replace(m[0], "") + tidy(after)
        if (
            _SHORT_OF.search(sentence.plain)
            and not _SUFFERERS.search(sentence.plain)
            and not _OWN_FAULT.search(rest)
        ):
            told.add(passage.paper)
            says = f"“{clipped(m[0], 30)}”只有客观因素。改法：补充计划、组织、调整方面的原因和措施。"
            yield Found(passage.where, says, passage.paper, quoted=sentence.text[:60], key="told")
