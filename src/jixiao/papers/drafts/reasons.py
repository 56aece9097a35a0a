"""The unit's own words for what fell short: the reason and the remedy of a cell that may hold both."""

from jixiao.expressions import expression
from jixiao.model.finding import FieldPath
from jixiao.papers.drafts.grounds import Ground
from jixiao.papers.drafts.telling import Passage, Quote, closed

_REMEDY = expression(
    r"[；;。，,、\s]*(?:\d[.、．])?(?:下一步)?(?:改进|整改|纠正)(?:措施|办法|意见)(?:为|是)?\s*[：:]\s*|[。；;]\s*下一步[：:，,]?\s*"
)
_LEAD = expression(r"^\s*(?:\d[.、．])?(?:偏差|未完成|扣分)?原因(?:分析)?(?:为|是)?\s*[：:]\s*")
_NONE = frozenset({"", "无", "暂无", "-", "—", "——", "/", "不适用"})


def reason_of(ground: Ground, path: FieldPath) -> Quote | None:
    """Quote the reason of a row (indicators.3) or of budget execution (execution); None where none is given."""
    return _told(ground, f"{path}.reason", first=True)


def remedy_of(ground: Ground, path: FieldPath) -> Quote | None:
    """Quote the remedy: its own cell's, else what the reason's cell says behind 改进措施：."""
    own = _told(ground, f"{path}.remedy", first=True) if path != "execution" else None
    return own or _told(ground, f"{path}.reason", first=False)


def because(reason: Quote) -> Passage:
    """Return a sentence with a reason in it, no word for “because” twice."""
    led = reason.text.startswith(("因", "由于", "受", "主要", "原因"))
    return (Passage() if led else Passage(("原因：",))) + closed(reason)


def _told(ground: Ground, path: FieldPath, *, first: bool) -> Quote | None:
    text = ground.value(path)
    if not isinstance(text, str):
        return None
    parts = _REMEDY.split(_LEAD.sub("", text), maxsplit=1)
    if not first and len(parts) == 1:
        return None
    found = " ".join((parts[0] if first else parts[-1]).split())
    return ground.part(path, found) if found.strip("。；;") not in _NONE else None
