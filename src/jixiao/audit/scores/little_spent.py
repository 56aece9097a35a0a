"""Whether a paper says why little was spent: a part of SC07."""

from jixiao.audit.rule import Case
from jixiao.expressions import expression
from jixiao.model.evaluation import Evaluation

_THRIFT = expression(r"(?:节约|节省|结余)了?(?:财政|项目|预算|专项)*(?:资金|经费|支出)[^，,。；;]{0,4}\d")


def little_spent_reasoned(case: Case, table: Evaluation) -> bool:
    """Tell whether a reason stands there, a sentence says how much was saved, or the total left its sources out."""
    if table.execution.reason or table.reason or _total_left_out(table):
        return True
    return any(_THRIFT.search(said.plain) for said in case.told("signs.cut", "signs.money"))


def _total_left_out(table: Evaluation) -> bool:
    """Tell whether the total says that nothing was spent and its sources that something was: FD10 speaks of it."""
    total, parts = table.funds.column("executed")
    return total is not None and not total.value and any(part.value for part in parts)
