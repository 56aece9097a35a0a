"""Reports that spend money and name no document by title and number anywhere: a part of NA10."""

from collections.abc import Iterator
from decimal import Decimal

from jixiao.audit.rule import Case, Found
from jixiao.expressions import expression
from jixiao.model.claims import Report
from jixiao.model.evaluation import Evaluation
from jixiao.model.finding import Severity

_NUMBERED = expression(
    r"[〔\[［【(（〈<{「]\s*(?:19|20)\d\d\s*年?\s*[〕\]］】)）〉>}」]\s*第?\s*\d|\d\s*号|[〔\[【][^〕\]】]{0,6}[〕\]】]"
)
_MET = expression(
    r"纪要|批示|(?:常务|党组|党委|联席|专题|村民代表|党员)[^，,。；;]{0,4}会"
    r"|经[^，,。；;]{2,16}(?:批复|批准|研究|审议)|合同|协议|比选|招标|中标|采购|询价"
)
_BASIS = expression(r"依据|背景|立项|概况|基本情况|基本信息")
_LEAST_WORDS, _LEAST_SECTIONS = 120, 3
_SURE = Decimal("0.7")


def reports_without_documents(case: Case) -> Iterator[Found]:
    """Yield one finding for a report with money and without a single document's number.

    It is a hint where a document is named without its number, or where a meeting or contract stands for it.
    """
    if "signs.money" not in case.words:
        return
    for at, report in case.reports:
        texts = [s.text for s in report.sections]
        whole = "".join(
            (report.title or "", report.opening or "", *(s.title for s in report.sections), *texts)
        )
        short = len(texts) < _LEAST_SECTIONS or sum(map(len, texts)) < _LEAST_WORDS
        if short or "元" not in whole or case.filing.readings[at].confidence < _SURE:
            continue
        if _NUMBERED.search(whole) or any(_told_in(table) for _, table in case.tables):
            continue
        named = "《" in whole
        lacks = "提到的文件都没有写发文字号" if named else "没有写依据的是哪一份文件"
        hint = named or _MET.search(whole) is not None
        says = (
            f"全文{lacks}，立项和资金无从核对。"
            "改法：写明立项、资金下达文件的名称和发文字号；没有文件的，写明会议或批示。"
        )
        yield Found(
            f"sections.{_place(report)}", says, at, Severity.NOTE if hint else None, key="no document"
        )


def _told_in(table: Evaluation) -> bool:
    """Tell whether a form beside the report names a document in its running text."""
    texts = (s.text for s in table.sections)
    return any(_NUMBERED.search(text) for text in texts)


def _place(report: Report) -> int:
    """Return the section where the basis belongs: the first so named with text, else the first with text."""
    filled = [n for n, s in enumerate(report.sections) if s.text.strip()]
    named = (n for n in filled if _BASIS.search(report.sections[n].title))
    return next(named, filled[0] if filled else 0)
