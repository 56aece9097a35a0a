"""XD04, XD05: the annexed form against the body, counts of indicators against what is listed (表与报告之间)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein, Opcode

from jixiao.audit.across.cells import called
from jixiao.audit.across.class_counts import counts_of_classes
from jixiao.audit.binding.link import tables_for
from jixiao.audit.binding.names import folded, likeness, nearest
from jixiao.audit.rows import total_of
from jixiao.audit.rule import Case, Found, rule
from jixiao.expressions import expression
from jixiao.model.claims import Report
from jixiao.model.evaluation import Evaluation, Indicator
from jixiao.model.figure import tidy
from jixiao.model.finding import Severity
from jixiao.model.reading import Kind
from jixiao.model.statements import Claim

_LEVELS = (("level1", "一级"), ("level2", "二级"), ("level3", "三级"))
_MANY = 4
_NEAR, _TEXT_NEAR = 60, 70
_SHORT = 10
_COPIED = 85
_TAIL = expression(
    r"[，,]*(?:故|因此|所以)?(?:该项|本项|适当|酌情)?(?:得满分|得分|扣分|不扣分|得\d+(?:\.\d+)?分|扣\d+(?:\.\d+)?分)?[。，,]*$"
)
_SOFT = expression(r"[的地得了等，,。；;、：:（）()“”\"《》\s]+")


@dataclass(frozen=True, slots=True)
class Pair:
    """A row of the annexed form beside the row of the body that it repeats, each with its number."""

    at: int
    annex: Indicator
    n: int
    body: Indicator


@rule("XD04", Severity.WARNING, source="附件应与正文一致")
def annex_differs_from_body(case: Case) -> Iterator[Found]:
    """附件评分表的指标名称、评分说明与报告正文不一致。

    为什么：附件是正文评分的依据，名称和说明不同，读者无从对应。
    不合格：正文“决策”，附件写“绩效”；正文“资金使用合规性”，附件写“资金使用规范性”；说明中“略低于预算”写成“略预算”。
    合格：正文“决策情况”，附件“决策”；附件在同一说明后加“得分”；附件没有评分说明。
    怎么改：以定稿为准，附件与正文逐行核对一致。
    来源：评价报告附件要求。
    误报风险：中。扫描识别会带来错字，只比较能对应的行，按表合并提示。
    """
    forms = [(at, t) for at, t in case.tables if case.filing.readings[at].kind is Kind.SCORING_FORM]
    for at, form in forms if case.reports else ():
        for paper, report in case.reports:
            pairs = _paired(form, report)
            if pairs:
                yield from _labels(at, pairs, called(case, paper))
                yield from _texts(case, at, paper, pairs)


def _paired(form: Evaluation, report: Report) -> list[Pair]:
    """Pair the rows that stand for each other: by place where the numbers are equal, else by name; none if unlike."""
    annex, body = form.indicators, report.indicators
    if not annex or not body:
        return []
    if len(annex) == len(body):
        pairs = [Pair(n, one, n, other) for n, (one, other) in enumerate(zip(annex, body, strict=True))]
    else:
        names = [(n, folded(_name(row))) for n, row in enumerate(body)]
        near = [(n, row, nearest(folded(_name(row)), names, _NEAR)) for n, row in enumerate(annex)]
        pairs = [Pair(n, row, other, body[other]) for n, row, other in near if other is not None]
    alike = [p for p in pairs if likeness(folded(_name(p.annex)), folded(_name(p.body))) >= _NEAR]
    return (
        [p for p in pairs if p in alike or p.annex.points == p.body.points]
        if 2 * len(alike) >= len(annex)
        else []
    )


def _name(row: Indicator) -> str:
    return row.level4 or row.level3 or ""


def _labels(at: int, pairs: list[Pair], body: str) -> Iterator[Found]:
    told: dict[str, tuple[int, str]] = {}
    for pair in pairs:
        for field, level in _LEVELS:
            one, other = getattr(pair.annex, field), getattr(pair.body, field)
            if one and other and one != other and _called_otherwise(folded(one), folded(other)):
                told.setdefault(f"{level}“{one}”，{body}写“{other}”", (pair.at, field))
    if told:
        row, field = next(iter(told.values()))
        words = "；".join(list(told)[:_MANY]) + (f"等 {len(told)} 处" if len(told) > _MANY else "")
        says = f"附件评分表与正文的指标名称不同：{words}。改法：逐行核对，改为一致。"
        yield Found(f"indicators.{row}.{field}", says, at, quoted=next(iter(told)), key="labels")


def _called_otherwise(one: str, other: str) -> bool:
    """Tell whether two folded names differ by more than the one holding the other (组织实施 and 项目组织实施)."""
    return one != other and one not in other and other not in one


def _texts(case: Case, at: int, paper: int, pairs: list[Pair]) -> Iterator[Found]:
    told: list[tuple[int, str]] = []
    bodies = [
        (folded(p.title.rpartition("-")[2]), p) for p in case.passages if p.paper == paper and p.in_report
    ]
    for pair in pairs:
        name, remarks = folded(_name(pair.body)), _bare(pair.annex.remarks or "")
        text = next((p.text for title, p in bodies if title == name), "")
        if len(remarks) >= _SHORT and text:
            told += [(pair.at, words) for words in _changed(remarks, _sentences(text))]
    if told:
        words = "；".join(f"第 {n + 1} 行{said}" for n, said in told[:_MANY])
        more = f"等 {len(told)} 处" if len(told) > _MANY else ""
        says = f"附件评分表的评分说明与正文文字不同：{words}{more}。改法：以定稿为准逐字核对。"
        yield Found(f"indicators.{told[0][0]}.remarks", says, at, quoted=told[0][1], key="texts")


def _bare(text: str) -> str:
    return _TAIL.sub("", tidy(text))


def _sentences(text: str) -> list[str]:
    return [_bare(part) for part in re.split(r"(?<=[。；])", text) if part.strip()]


def _changed(remarks: str, sentences: list[str]) -> Iterator[str]:
    """Yield the first word that the annex writes otherwise than the body's own sentence; a retelling has none."""
    best = max(sentences, key=lambda s: fuzz.ratio(remarks, s), default="")
    if not best or fuzz.ratio(remarks, best) < _TEXT_NEAR or remarks == best:
        return
    steps = [op for op in Levenshtein.opcodes(best, remarks) if op.tag != "equal"]
    hard = [
        op
        for op in steps
        if _SOFT.sub("", _was(op, best)) != _SOFT.sub("", remarks[op.dest_start : op.dest_end])
    ]
    kept = 100 * (len(best) - sum(len(_was(op, best)) for op in hard)) >= _COPIED * len(best)
    inner = [op for op in hard if _was(op, best)]  # what is only added is another wording, not a slip
    if kept and inner:
        op = inner[0]
        was = best[max(0, op.src_start - 1) : op.src_end + 1]
        yield f"“{remarks[max(0, op.dest_start - 1) : op.dest_end + 1]}”，正文为“{was}”"


def _was(step: Opcode, text: str) -> str:
    return text[step.src_start : step.src_end]


_COUNTED = expression(
    r"(?:共|设置|设定|设立|下设|制定|涉及|选取|选择|包含|包括|[大]类|对|细化为?|分解为?|设|由|有|[（(、，,]|及)"
    r"[^，,。；;\d]{0,10}?(?P<number>\d{1,3})[个项条](?P<level>一级|二级|三级|四级)?(?:绩效|评价|考核|具体|细化)*指标"
    r"(?![^，,。；;]{0,8}(?:未|满分|扣|偏|得分|完成|达))"
)
_AFTER = expression(
    r"(?P<level>一级|二级|三级|四级)(?:绩效|评价|考核|具体|细化)*指标(?:共|有|设|为|共有|共设|设置|各)?(?P<number>\d{1,3})[个项条]"
    r"(?![^，,。；;、]{0,8}(?:未|满分|扣|偏|得分|完成|达))"
)
_PART = expression(r"其中|未完成|满分(?![为是:：共]?\d+分)|扣分|偏差|除|余|剩")
_LEVEL_FIELDS = {"一级": ("level1",), "二级": ("level2",), "三级": ("level3",), "四级": ("level4",)}


@rule("XD05", Severity.ERROR, source="所述指标个数应与所列一致")
def claimed_number_of_indicators_differs(case: Case) -> Iterator[Found]:
    """报告所说的指标个数与逐项列出的不一致。

    为什么：个数对不上，说明有指标漏评、漏列，或文字是从别处抄来的。
    不合格：写“对四大类 22 个指标逐项评分”，文中和附表都只有 20 个。
    合格：写“18 个三级指标”，列出 18 个；写“共 10 个指标”，自评表 9 行另加预算执行率。
    怎么改：核对后更正个数，或补全遗漏的指标。
    来源：复核人员通用核对办法。
    误报风险：低。说其中一部分的（3 个指标未完成）不看；自评表加预算执行率、各级个数相符的都算对。
    """
    for at, report in case.reports:
        for n, claim in enumerate(report.claims):
            if claim.what == "indicator_count" and not _PART.search(claim.quoted):
                yield from _count(case, at, n, claim)
    yield from counts_of_classes(case)


def _count(case: Case, at: int, n: int, claim: Claim) -> Iterator[Found]:
    told = _told(claim)
    if told is None:
        return
    level = told["level"]
    lists = list(_lists(case, at))
    known = {count for _, record, sure in lists for count in _counts(record, level)}
    if not lists or not known or int(told["number"]) in known:
        return
    paper, record, sure = lists[0]
    own = max(_counts(record, level) & {len(record.indicators)} or _counts(record, level))
    listed = "文中逐项列出" if paper == at else f"{called(case, paper)}列出"
    says = f"报告写“{told[0].lstrip('，,、（(')}”，{listed} {own} 个。改法：更正个数，或补全遗漏的指标。"
    yield Found(f"claims.{n}", says, at, Severity.ERROR if sure else Severity.WARNING, quoted=claim.quoted,
                printed=told["number"], computed=str(own))  # fmt: skip


def _told(claim: Claim) -> re.Match[str] | None:
    """Return the words of the claim's sentence that say its number: 共 22 个三级指标, 三级指标 22 个."""
    plain = tidy(claim.quoted)
    found = (m for pattern in (_AFTER, _COUNTED) for m in pattern.finditer(plain))
    level = next((name for name in _LEVEL_FIELDS if name in claim.subject), None)
    mine = (m for m in found if int(m["number"]) == claim.figure.value)
    return next((m for m in mine if level is None or m["level"] in {level, None}), None)


def _lists(case: Case, at: int) -> Iterator[tuple[int, Report | Evaluation, bool]]:
    """Yield the papers that list indicators, the report's own list first, and whether the list is surely whole."""
    record = case.filing.readings[at].record
    if isinstance(record, Report) and record.indicators:
        points = total_of(row.points for row in record.indicators)
        yield at, record, points is not None and points == (record.points_printed or 100)
    for paper, table in tables_for(case.filing, case.filing.readings[at].kind):
        if table.indicators:
            yield paper, table, False


def _counts(record: Report | Evaluation, level: str | None) -> set[int]:
    """Return every count that the list allows: its rows, with the execution row, and each level's names."""
    fields = _LEVEL_FIELDS.get(level or "", ("level1", "level2", "level3", "level4"))
    found = {
        len({(r.level1, getattr(r, field)) for r in record.indicators} - {(None, None)}) for field in fields
    }
    rows = len(record.indicators)
    found |= {rows} if level in {None, "三级", "四级"} else set()
    if isinstance(record, Evaluation) and record.execution.points is not None:
        found |= {count + 1 for count in found}
    return found - {0}
