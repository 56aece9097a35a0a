"""The project that a report names below its title or in its title's last brackets: （高标准农田建设项目）."""

import re
from collections.abc import Sequence

from jixiao.expressions import expression
from jixiao.layout import Place
from jixiao.papers.prose.narrative import Paragraph, numbered

_BRACKETED = expression(r"\s*[（(](?P<name>[^()（）]*(?:[（(][^()（）]*[)）][^()（）]*)*)[)）]\s*")
_AT_END = expression(r"报告(?:书)?\s*[（(](?P<name>[^()（）]{4,40})[)）]\s*$")
# What else stands in such brackets: a year, the paper's state, who prints it.
_NO_NAME = expression(
    r"(?:20\d\d)?\s*年?度?|.*(?:样[表式本]|参考|模板|提纲|格式|盖章|公章|试行|征求意见|修订|初稿|终稿|讨论稿|草案|汇总|单位自评|部门评价|局|委|办|政府|厅|中心|学校)"
)
_ENDS = expression(
    r"(?:项目|经费|资金|工程|补助|补贴|备用金|费用|专项|建设|采购|维修|改造)(?:（[^（）]{1,14}）)?$"
)
_SHORTEST, _LONGEST = 4, 40


def named_below(front: Sequence[Paragraph], title: str) -> tuple[str, Place] | None:
    """Return the project's name from the line right below the title, else from the brackets at the title's end."""
    last = max((k for k, p in enumerate(front) if _ends_title(p.text, title)), default=len(front))
    below = _line_of_name(front[last + 1]) if last + 1 < len(front) else None
    own = _AT_END.search(title)
    if below is not None or own is None or not _is_name(own.group("name")):
        return below
    place = next((p.place() for p in front if own.group("name") in p.text), front[0].place())
    return own.group("name"), place


def _line_of_name(line: Paragraph) -> tuple[str, Place] | None:
    """Return the name that a line consists of: in brackets, or ending as the names of projects do."""
    bracketed = _BRACKETED.fullmatch(line.text)
    name = re.sub(r"\s", "", bracketed.group("name") if bracketed else line.text)
    plain = bool(_ENDS.search(name)) and not re.search(r"[。，,；;：:]", name) and numbered(line.text) is None
    return (name, line.place()) if (bracketed or plain) and _is_name(name) else None


def _ends_title(text: str, title: str) -> bool:
    line = re.sub(r"\s", "", text)
    whole = re.sub(r"\s", "", title)
    return len(line) > 1 and (
        whole.endswith(line) or re.sub(r"[（(][^（()）]*[)）]$", "", whole).endswith(line)
    )


def _is_name(text: str) -> bool:
    return _SHORTEST <= len(text) <= _LONGEST and _NO_NAME.fullmatch(text) is None
