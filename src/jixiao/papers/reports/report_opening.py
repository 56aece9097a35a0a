"""What a report says before its first heading: its opening sentences, without title, labels, dates and contents."""

from jixiao.layout import Place
from jixiao.papers.prose.narrative import ANNEX, Narrative, Paragraph
from jixiao.papers.prose.report_head import is_title, label_of
from jixiao.papers.words import folded

_SHORTEST = 12
_STOPS = frozenset("。；;")


def opening_of(narrative: Narrative) -> tuple[str, Place] | None:
    """Return the running text before the first section with its place; None where the head alone stands there."""
    told = [paragraph for paragraph in narrative.front if _is_told(paragraph)]
    return ("\n".join(p.text for p in told), told[0].place()) if told else None


def _is_told(paragraph: Paragraph) -> bool:
    """Tell whether a paragraph is made of sentences: it has a stop, or goes on behind a comma to what follows below."""
    text = folded(paragraph.text)
    if len(text) < _SHORTEST or is_title(text) or label_of(text) is not None or ANNEX.fullmatch(text):
        return False
    return not _STOPS.isdisjoint(text) or ("," in text and text.endswith((":", ",")))
