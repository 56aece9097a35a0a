"""Running costs that a report lists with their amount among what a project paid (FD16)."""

from collections.abc import Iterator

from jixiao.audit.lexicon import any_of, has, lists_of
from jixiao.audit.prose import NUMBER
from jixiao.audit.rule import Case, Found
from jixiao.expressions import expression
from jixiao.model.finding import Severity

_WORDS = lists_of("spending")
_RUNNING = any_of((*_WORDS["running"], *_WORDS["office"])).pattern
_ITEM = expression(rf"({_RUNNING})[\u4e00-\u9fff]{{0,4}}?(?:支出)?(?:约|共|为)?{NUMBER}(?:万元|元)(?!/)")
# Taken from the project for the office itself: 另从中列支局机关办公用品费1.2万元.
_TAKEN = expression(
    r"(?:从中|从[该本]项目|[该本]项目(?:资金|经费)?中|项目(?:资金|经费)中|挤占|另)[^，。；]{0,6}(?:列支|支付|开支|支出|解决|购置|报销)"
)
_OF_OFFICE = expression(r"(?:局|本级|单位|机关|办公室)(?:机关|自身)?[\u4e00-\u9fff]{0,2}$")


def running_items(case: Case) -> Iterator[Found]:
    """Yield running costs among a project's payments: a hint, and more where they are the office's own."""
    names = [*(t.project.name for _, t in case.tables), *(r.project.name for _, r in case.reports)]
    if any(has(name, _WORDS["running_kind"]) for name in names):
        return
    departments = {at for at, _ in case.department_reports}  # their running costs are their own
    told = dict.fromkeys(
        s for name in ("running", "office") for s in case.told(f"spending.{name}", "signs.money")
    )
    for said in told:
        found = [m for m in _ITEM.finditer(said.plain) if not any(m[1][:2] in (name or "") for name in names)]
        taken = bool(_TAKEN.search(said.plain))
        if said.passage.paper in departments and not taken:
            continue
        if not said.passage.in_report or not found or not (taken or has(said.passage.text, _WORDS["spent"])):
            continue
        own = taken or any(_OF_OFFICE.search(said.plain[: m.start()]) for m in found)
        words = "、".join(dict.fromkeys(m[1] for m in found))
        says = f"项目支出中列有“{words}”，属日常运转支出。改法：改由公用经费列支，或写明依据。"
        yield Found(said.passage.where, says, said.passage.paper, None if own else Severity.NOTE, quoted=said.text,
                    key=words)  # fmt: skip
