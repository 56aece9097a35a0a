"""How many indicators of each class a report says there are, beside the table's rows: a part of XD05."""

from collections.abc import Iterator

from jixiao.audit.rule import Case, Found
from jixiao.expressions import expression
from jixiao.model.finding import Severity

_TOLD = expression(
    r"(?P<name>产出|效益|满意度)(?:类)?指标(?:共|有|为|设置?了?|包含|包括)*(?P<number>\d{1,2})[个项条](?![一-鿿]*分)"
)
_SET = expression(r"设|共|包括|分为|涵盖")
_RESULT = expression(r"未|完成|达|扣|超|得分|满分|部分")
_BESIDE = {"产出": "成本", "效益": "满意度"}


def counts_of_classes(case: Case) -> Iterator[Found]:
    """Yield the class of which a report counts more or fewer indicators than the table lists."""
    rows = case.main_rows
    for said in case.sentences if rows else ():
        if not said.passage.in_report or not _SET.search(said.plain):
            continue
        for m in _TOLD.finditer(said.plain):
            if _RESULT.search(said.plain[: m.start()]):
                break
            name, told = m["name"], int(m["number"])
            mine = [r for r in rows if name in (r.indicator.level1 or "")]
            own, beside = len(mine), _BESIDE.get(name, "0")
            inside = sum(beside in (r.indicator.level2 or "") for r in mine)
            outside = sum(beside in (r.indicator.level1 or "") for r in rows)
            if own and told not in {own, own - inside, own + outside}:
                says = f"报告写{name}指标 {told} 个，自评表列出 {own} 个。改法：核对后更正个数，或补全遗漏的指标。"
                yield Found(said.passage.where, says, said.passage.paper, Severity.WARNING, quoted=said.text,
                            printed=str(told), computed=str(own), key=f"class{name}")  # fmt: skip
