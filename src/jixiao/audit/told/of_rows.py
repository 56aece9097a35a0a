"""Which row of a table a figure in running text is about, by the words beside it and by what it counts.

Used where a report tells a row's result (AV12) or its target (TV10) in its own words. A match says which row is meant,
not that the numbers agree.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from jixiao.audit.prose import Quantity, Sentence, widened
from jixiao.audit.rows import Row, Sort
from jixiao.audit.told.by_name import figure_in, pairs_of
from jixiao.expressions import expression
from jixiao.model.asked import asked_once
from jixiao.model.figure import Figure, tidy

_BRACKETS = expression(r"[（(][^（）()]*[)）]|[★*]|指标\d*[：:]")
_COUNTS = expression(
    r"(?:总|的)?(?:人次|人数|户数|个数|件数|场次|次数|批次|期数|项数|[座处台盏所栋套条宗份株]数|数量|总量|里程|面积|长度|数)$"
)
_STOPS = expression(r"[，,；;。：:（）()]")
_LISTED = expression(r"^.*\d[^、]*、")
_UNCOUNTED = frozenset({"money", "ratio", "point", "分", "months", "duration"})
_LINK = expression(
    r"(?:只有|仅有?|仅为|实际|最终|平均|均|已|也|全部|全年|为|是|达到?了?|约|有|保持|稳定|在|:|：|的|了|到|至)+$"
)
_NAME = expression(r"[\u4e00-\u9fff]{2,16}$")
_RATE_ENDS = ("率", "度", "比例", "比重", "得分", "分数", "成绩", "评分")
_EACH = expression(r"平均|每|单[座盏台套件个位处户亩人公]|[人户亩场次班]均|均价|单价")
_SHORTEST, _SUFFIX, _LONG, _MOST_WORDS = 2, 4, 5, 8
_NEAR_LOW, _NEAR_HIGH = Fraction(13, 20), Fraction(3, 2)


@dataclass(frozen=True)
class Asked:
    """A row with the words that it can be known by: the pairs of its name without the noun that counts."""

    row: Row
    figure: Figure

    @asked_once
    def name(self) -> str:
        """Its name without brackets."""
        return _BRACKETS.sub("", tidy(self.row.name))

    @asked_once
    def pairs(self) -> frozenset[str]:
        """The neighbouring characters of the name without its counting noun."""
        return pairs_of(_COUNTS.sub("", self.name)) or pairs_of(self.name)

    @property
    def kind(self) -> str:
        """What its figure measures."""
        return self.figure.unit.kind if self.figure.unit is not None else ""


@dataclass(frozen=True, slots=True)
class Match:
    """A figure in a sentence and the row that it is about; `surely` where its words say so, and not its unit alone."""

    row: Row
    own: Figure
    sentence: Sentence
    quantity: Quantity
    surely: bool


def asked_of(rows: Sequence[Row]) -> tuple[Asked, ...]:
    """Return the rows that have a figure of a known kind as their result."""
    found = ((row, figure_in(row)) for row in rows if row.sort is not Sort.SATISFACTION)
    return tuple(Asked(row, f) for row, f in found if f is not None and f.unit is not None and f.value)


def clause_of(sentence: Sentence, q: Quantity) -> str:
    """Return the words of the clause that a figure stands in, the figure left out."""
    before = _STOPS.split(sentence.plain[: q.start])[-1]
    after = _STOPS.split(sentence.plain[q.end :], maxsplit=1)[0]
    return f"{_LISTED.sub('', before)}，{after.partition('、')[0]}"


def matched(sentence: Sentence, asked: Sequence[Asked], project: frozenset[str]) -> Iterator[Match]:
    """Yield the figures of a sentence that are about a row; `project` are the pairs of the project's name."""
    for q in (open_ for told in sentence.quantities if (open_ := widened(told)) is not None):
        if q.figure.unit is None:
            continue
        kind = q.figure.unit.kind
        if kind in {"ratio", "分"}:
            found = _by_rate(sentence, q, asked)
        elif kind.startswith("money"):
            found = _by_price(sentence, q, asked)
        else:
            found = _by_count(sentence, q, asked, project)
        if found is not None:
            yield Match(found[0].row, found[0].figure, sentence, q, found[1])


def _by_count(
    sentence: Sentence, q: Quantity, asked: Sequence[Asked], project: frozenset[str]
) -> tuple[Asked, bool] | None:
    """Return the row of the figure's own unit whose words stand in its clause; else the only row in that unit."""
    kind = q.figure.unit.kind if q.figure.unit is not None else ""
    if kind in _UNCOUNTED or "/" in kind:
        return None
    clause = clause_of(sentence, q)
    near = [one for one in asked if one.kind == kind]
    words = pairs_of(clause)
    best = sorted(((len(one.pairs & words), one) for one in near), key=lambda pair: -pair[0])
    if not best or (len(best) > 1 and best[0][0] == best[1][0]):
        return None
    shared, one = best[0]
    if shared >= _SHORTEST and shared * 2 >= len(one.pairs):
        return (one, True) if _is_near(q.figure, one.figure) or _same_digits(q.figure, one.figure) else None
    others = any(pair[0] for pair in best[1:])
    if not _is_near(q.figure, one.figure) or others or len(near) > 1 or len(words) > _MOST_WORDS:
        return None
    if shared:
        return one, shared * 3 >= len(one.pairs)
    return (one, False) if words & project or _same_digits(q.figure, one.figure) else None


def _is_near(told: Figure, own: Figure) -> bool:
    return own.exact * _NEAR_LOW <= told.exact <= own.exact * _NEAR_HIGH


def _same_digits(told: Figure, own: Figure) -> bool:
    return sorted(f"{told.value:f}") == sorted(f"{own.value:f}")


def _by_rate(sentence: Sentence, q: Quantity, asked: Sequence[Asked]) -> tuple[Asked, bool] | None:
    """Return the one row of a rate whose name ends as what stands before the figure: 验收合格率 of 路灯验收合格率."""
    before = _LINK.sub("", _STOPS.split(sentence.plain[: q.start])[-1])
    named = _NAME.search(before)
    if named is None or not named[0].endswith(_RATE_ENDS):
        return None
    said = named[0].replace("的", "")
    kind = q.figure.unit.kind if q.figure.unit is not None else ""
    near = [one for one in asked if one.kind == kind]
    found = [(n, one) for one in near if (n := _common_end(said, one.name)) >= _SUFFIX]
    found = [(n, one) for n, one in found if n == len(one.name) or n == len(said)]
    found = found or [(len(one.name), one) for one in near if _holds(said, one.name)]
    found = found or [(len(one.name), one) for one in near if sorted(said) == sorted(one.name)]
    most = max((n for n, _ in found), default=0)
    best = [one for n, one in found if n == most]
    return (best[0], True) if len(best) == 1 else None


def _holds(said: str, name: str) -> bool:
    """Tell whether a long name's characters stand in what is said, in their order, with little between."""
    if not _LONG <= len(name) < len(said) <= len(name) + _SUFFIX or said[:_SHORTEST] != name[:_SHORTEST]:
        return False
    rest = iter(said)
    return all(character in rest for character in name) and said[-_SHORTEST:] == name[-_SHORTEST:]


def _common_end(one: str, other: str) -> int:
    n = 0
    while n < min(len(one), len(other)) and one[-n - 1] == other[-n - 1]:
        n += 1
    return n


def _by_price(sentence: Sentence, q: Quantity, asked: Sequence[Asked]) -> tuple[Asked, bool] | None:
    """Return the only row of a cost for each thing, where the figure is told for each thing too."""
    clause = clause_of(sentence, q)
    if not _EACH.search(clause):
        return None
    near = [one for one in asked if one.kind.startswith("money") and _is_each(one)]
    if len(near) != 1 or not _is_near(q.figure, near[0].figure):
        return None
    shared = len(pairs_of(clause) & near[0].pairs)
    return (near[0], True) if shared or "平均" in clause or "均" in clause else None


def _is_each(one: Asked) -> bool:
    return one.row.sort is Sort.COST and bool("/" in one.kind or _EACH.search(one.name))
