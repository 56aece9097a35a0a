"""Targets that a report tells in its own part about goals, and the table sets otherwise: a part of TV10."""

from collections.abc import Iterator
from dataclasses import replace

from jixiao.audit.indicator_rows import project_names
from jixiao.audit.prose import Sentence, clipped
from jixiao.audit.rows import Row
from jixiao.audit.rule import Case, Found
from jixiao.audit.told.by_name import pairs_of
from jixiao.audit.told.of_rows import asked_of, clause_of, matched
from jixiao.expressions import expression
from jixiao.model.figure import Figure
from jixiao.model.finding import Severity

_TITLED = expression(r"(?:绩效|年度|项目|总体|预期)目标(?:设定|设置|内容)?(?:情况)?$|目标设[定置]")
_TOLD = expression(r"(?:批复|批准|下达|申报|设定|确定|年初|年度|本年|当年|绩效|预期|总体)[^。；;]{0,14}目标")
_DONE = expression(
    r"实际|已完成|完成了|完成率|超额|(?<!不)[低高]于|(?<!不)超过目标|比目标|达到目标|目标完成|完成目标|实现了|达成"
)
_LONGER = expression(
    r"[三五]年|十四五|十五五|规划期|中长期|中期|到20[0-4]\d年|20\d\d[-—~至]20\d\d|累计|总规模|长期"
    r"|上年|去年|调整|变更|压减|每|季度|上半年|月底|其中|分别"
)


def targets_told_otherwise(case: Case) -> Iterator[tuple[Row, Found]]:
    """Yield the rows whose target a report's part about goals tells as another number than the table's."""
    rows = [r for r in case.main_rows if r.bound is not None] if case.reports else []
    asked = asked_of(rows)
    project = pairs_of(project_names(case)) if asked else frozenset[str]()
    said = [s for s in case.sentences if s.quantities and _tells_goals(s)] if asked else []
    found: dict[str, list[tuple[Row, Found, Figure]]] = {}
    for sentence in said:
        for match in matched(sentence, asked, project):
            row, bound = match.row, match.row.bound
            if bound is None or not _alike(bound, match.quantity.figure):
                continue
            one = _otherwise(row, sentence, clause_of(sentence, match.quantity), match.quantity.figure)
            found.setdefault(row.name, []).append(
                (row, one if match.surely else _unsure(one), match.quantity.figure)
            )
    for told in found.values():
        row, one, figure = told[0]
        known = (row.bound, *(a.row.bound for a in asked), *(a.figure for a in asked))
        if not any(_same(f, own) for _, _, f in told for own in (row.bound,)) and not any(
            _same(figure, own) for own in known
        ):
            yield row, one


def _tells_goals(sentence: Sentence) -> bool:
    passage = sentence.passage
    if not passage.in_report or _LONGER.search(sentence.plain) or _DONE.search(sentence.plain):
        return False
    return _TITLED.search(passage.title) is not None or _TOLD.search(sentence.plain) is not None


def _otherwise(row: Row, sentence: Sentence, clause: str, figure: Figure) -> Found:
    said = clipped(sentence.plain, 40)
    says = (
        f"{row.label}：报告写的目标是“{said}”（{figure}），自评表的指标值是 {row.indicator.demand}。"
        "改法：按批复的目标核对，两处改为一致；调整过的附调整批复。"
    )
    return Found(row.path("target"), says, row.paper, quoted=clipped(sentence.text, 60), printed=row.indicator.demand,
                 computed=str(figure), key=f"told|{clause}")  # fmt: skip


def _unsure(found: Found) -> Found:
    return replace(found, severity=Severity.NOTE)


def _alike(one: Figure, other: Figure) -> bool:
    return one.unit is not None and other.unit is not None and one.unit.kind == other.unit.kind


def _same(one: Figure, own: Figure | None) -> bool:
    return own is not None and _alike(one, own) and one.agrees_with(own)
