"""Projects that a report calls finished in one place, and unfinished or late among its problems: a part of NA05."""

from collections.abc import Callable, Iterator

from jixiao.audit.prose import Passage, clipped
from jixiao.audit.rule import Case, Found
from jixiao.expressions import expression

_FINISHED = expression(
    r"(?:项目|工程|建设(?:内容|任务)?|任务|各标段)[^，,。；;]{0,16}?(?:全部|均已?|全面|整体)(?:按[时期]|如期)?(?:完工|竣工|建成|完成(?!率))|^(?:\d+[.、])?全部(?:完工|完成|竣工)$"
)
_UNFINISHED = expression(
    r"(?:项目|工程|建设(?:内容|任务)?|任务)[^，,。；;]{0,12}?(?:尚未|没有|仍未|未能?)(?:全部|全面|完全|按[时期]|如期)?(?:完工|竣工|建成|完成|实施完)"
    r"|(?:部分|个别|有的|少数)?(?:项目|工程|标段)[^，,。；;]{0,16}?才(?:完工|竣工|建成|完成)|(?:工期|(?:工程|施工|建设|项目实施)进度|完工时间)[^，,。；;]{0,6}(?:滞后|延后|推迟|延误|超期)"
)
_SOME_OF_IT = expression(r"除|外|基本|将|拟|计划|预计|确保|力争|要|后")
_CLAUSE = expression(r"[，,。；;：:]")


def finished_and_unfinished(
    case: Case, is_plan: Callable[[Case, Passage], bool], tells_problems: Callable[[Case, Passage], bool]
) -> Iterator[Found]:
    """Yield the first sentence of each report that calls all of it finished where a problem says otherwise."""
    for at, _ in case.reports:
        own = [s for s in case.sentences if s.passage.paper == at and s.passage.in_report]
        problems = (s for s in own if tells_problems(case, s.passage) and _UNFINISHED.search(s.plain))
        late = next(problems, None)
        for said in own if late is not None else ():
            clauses = (c for c in _CLAUSE.split(said.plain) if not _SOME_OF_IT.search(c))
            clause = next((c for c in clauses if _FINISHED.search(c)), "")
            if (
                late is not None
                and clause
                and not tells_problems(case, said.passage)
                and not is_plan(case, said.passage)
            ):
                says = (
                    f"文中说“{clause}”，问题部分又说“{clipped(late.text, 30)}”。改法：写明哪些没有按时完成。"
                )
                yield Found(said.passage.where, says, at, quoted=said.text, key="finished")
                break
