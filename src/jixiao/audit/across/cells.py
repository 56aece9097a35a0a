"""XD: between table and report. What the rules of this folder share: how sure a cell of another paper is.

XD01, XD03, XD06 stand in scores.py; XD04, XD05 in lists.py; XD02, XD12 in names.py; XD07, XD09,
XD11 in stages.py; XD10 in samples.py; what only several filings show in filings.py.
"""

from collections.abc import Iterable
from decimal import Decimal

from jixiao.audit.binding.link import Cell
from jixiao.audit.rule import Case
from jixiao.model.finding import FieldPath, Origin, Severity
from jixiao.model.reading import Kind

CALLED = {
    Kind.SELFEVAL_TABLE: "自评表", Kind.SCORING_FORM: "评分表", Kind.BASE_DATA_FORM: "基础数据表",
    Kind.SELFEVAL_REPORT: "自评报告", Kind.EVALUATION_REPORT: "评价报告", Kind.DEPARTMENT_REPORT: "部门报告",
    Kind.GOAL_DECLARATION: "目标申报表", Kind.MONITORING_TABLE: "运行监控表", Kind.RECHECK_TABLE: "复核表",
    Kind.PROJECT_LIST: "项目清单",
}  # fmt: skip
_SURE = Decimal("0.5")
UNSURE = "（另一份材料的单元格读得不确定，请先核对原表。）"


def called(case: Case, paper: int) -> str:
    """Return what a paper of the filing is called."""
    return CALLED.get(case.filing.readings[paper].kind, "同一份材料")


def sure(case: Case, paper: int, paths: Iterable[FieldPath]) -> bool:
    """Tell whether the fields of a paper were read without a doubt, and the paper itself well."""
    if case.filing.readings[paper].confidence < _SURE:
        return False
    return not any(case.doubts_at(path, paper) for path in paths)


def weighed(case: Case, severity: Severity, *cells: Cell) -> tuple[Severity, Origin, str]:
    """Return what doubts about cells of other papers leave of a severity, the origin, and a word for the reader."""
    doubtful = severity is Severity.ERROR and not all(sure(case, c.paper, c.paths) for c in cells)
    return (Severity.WARNING, Origin.LAYOUT, UNSURE) if doubtful else (severity, Origin.AUTHOR, "")
