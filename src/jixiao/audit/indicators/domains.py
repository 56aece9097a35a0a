"""Indicators of another line of work than the project's: a part of IS07 (串用其他行业的指标)."""

from collections.abc import Iterator

from jixiao.audit.indicator_rows import BENEFIT, OUTPUT, at_row, named_with, project_names, sure
from jixiao.audit.lexicon import any_of, lists_of
from jixiao.audit.rows import Row
from jixiao.audit.rule import Case, Found
from jixiao.audit.within import lists_within

_OWN = lists_of("domains")
_NEAR = {f"own_{key.removeprefix('near_')}": any_of(words) for key, words in lists_within("domains").items()}
_OWN_LISTS = {f"domains.{key}": key for key in _OWN}
_LISTS = frozenset(_OWN_LISTS)
_LEAST = 40  # characters of names, goals and text from which the line of work can be told


def of_another_line(case: Case) -> Iterator[Found]:
    """Yield the rows that belong to a line of work of which nothing else in the filing speaks."""
    for row in named_with(case, _LISTS):
        key = next(key for name, key in _OWN_LISTS.items() if name in row.name_words)
        if row.sort not in BENEFIT and row.sort not in OUTPUT:
            continue
        told = _told(case, row, f"domains.{key}")
        if len(told) >= _LEAST and not _NEAR[key].search(told) and sure(case, row, "level3"):
            says = (
                f"{row.label}是另一类项目的指标，项目名称、目标、其他指标和报告都没有这方面的内容。"
                "改法：核对是否从其他项目套用，换成本项目直接带来的效果。"
            )
            yield at_row(row, "level3", says)


def _told(case: Case, row: Row, own: str) -> str:
    """Return all that the filing says of itself, but for what it says of this very indicator."""
    others = (r.name for r in case.rows if own not in r.name_words)
    said = (s.plain for s in case.sentences if own not in s.words and row.plain not in s.plain)
    return "\n".join((project_names(case), *others, *said))
