"""What a rule-book's standards (复核标准) say of a re-check's rows: which are spoken of, and which are not kept."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from jixiao.expressions import expression
from jixiao.model.figure import half_up, tidy
from jixiao.schemes.standards import Degree, Demand, Standard

_STATED = expression(r"扣(?:除|减|分)?(\d+(?:\.\d+)?)%")
_POINTS = expression(r"扣(?:除|减)?\d+(?:\.\d+)?分")
_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Checked:
    """A row of a re-check as the standards look at it; None where the paper is silent."""

    where: str
    name: str
    level1: str
    level2: str
    sign: str
    own: Decimal | None
    score: Decimal | None
    reason: str

    @property
    def classes(self) -> str:
        """What the row is and belongs to, in one text."""
        return tidy(f"{self.level1}|{self.level2}|{self.name}")

    @property
    def taken(self) -> Fraction | None:
        """The share of the self-evaluation's score that was taken off; None where nothing was, or it isn't known."""
        if self.own is None or self.score is None or self.own <= 0 or self.score >= self.own:
            return None
        return 1 - Fraction(self.score) / Fraction(self.own)


@dataclass(frozen=True, slots=True)
class Breach:
    """A standard that a row doesn't keep: its number, the row, and in a sentence what is wrong and what to do."""

    number: int
    where: str
    says: str


def spoken_of(row: Checked, standards: Sequence[Standard]) -> tuple[int, ...]:
    """Return the numbers of the standards that a row falls under by its reason or its name."""
    return tuple(
        one.number
        for one in standards
        if one.demand not in {Demand.PAPERS, Demand.ONCE, Demand.REASONED} and _falls_under(row, one)
    )


def breaches(rows: Sequence[Checked], standards: Sequence[Standard]) -> tuple[Breach, ...]:
    """Return what of a re-check doesn't keep the standards, standard by standard; what is judged on papers is none."""
    return tuple(
        Breach(one.number, row.where, f"“{row.name}”{says}")
        for one in standards
        for row, says in _CHECKS[one.demand](rows, one)
    )


_Told = Iterator[tuple[Checked, str]]


def _falls_under(row: Checked, standard: Standard) -> bool:
    if standard.rows and not any(word in row.classes for word in standard.rows):
        return False
    if standard.signs and not any(word in tidy(row.sign) for word in standard.signs):
        return False
    reason = tidy(row.reason)
    if any(word in reason for word in standard.unless):
        return False
    return any(word in reason for word in standard.words) or any(
        word in tidy(row.name) for word in standard.names
    )


def _zero(rows: Sequence[Checked], standard: Standard) -> _Told:
    for row in rows:
        if _falls_under(row, standard) and row.score is not None and row.score > 0:
            yield (
                row,
                f"属{standard.name}，应计 0 分，复核得分是 {row.score:f}。改法：按标准计 0 分，或改写理由。",
            )


def _share(rows: Sequence[Checked], standard: Standard) -> _Told:
    for row in rows:
        if not _falls_under(row, standard) or row.score is None or row.own is None or row.own <= 0:
            continue
        taken = row.taken or Fraction(0)
        meant = _meant(tidy(row.reason), standard.degrees)
        if not any(abs(taken - Fraction(one.share)) <= Fraction(standard.tolerance) for one in meant):
            told = "或".join(f"{one.name}扣 {_per_cent(Fraction(one.share))}" for one in meant)
            yield (
                row,
                f"属{standard.name}（{told}），实扣 {_per_cent(taken)}。改法：按所属轻重扣分，理由写明轻重。",
            )


def _meant(reason: str, degrees: Sequence[Degree]) -> tuple[Degree, ...]:
    """Return the degree that a reason names, the worst first; all where it names none."""
    named = next((one for one in degrees if any(word in reason for word in one.words)), None)
    return (named,) if named is not None else tuple(degrees)


def _at_most(rows: Sequence[Checked], standard: Standard) -> _Told:
    most = Fraction(standard.share) + Fraction(standard.tolerance)
    for row in rows:
        if _falls_under(row, standard) and row.taken is not None and row.taken > most:
            yield (
                row,
                (
                    f"属{standard.name}，扣 {_per_cent(Fraction(standard.share))} 左右，实扣 {_per_cent(row.taken)}。"
                    "改法：按标准扣分；全部逾期的在理由里写明。"
                ),
            )


def _keep(rows: Sequence[Checked], standard: Standard) -> _Told:
    for row in rows:
        if _falls_under(row, standard) and row.taken is not None:
            yield (
                row,
                (
                    f"属{standard.name}，不应扣分，由 {row.own:f} 分扣到 {row.score:f} 分。"
                    "改法：恢复自评得分；另有原因的在理由里写明。"
                ),
            )


def _once(rows: Sequence[Checked], standard: Standard) -> _Told:
    named: dict[str, list[Checked]] = {}
    for row in rows:
        if any(word in tidy(row.level1) for word in standard.rows):
            named.setdefault(tidy(row.name), []).append(row)
    for same in named.values():
        counted = [row for row in same if row.score is not None and row.score > 0]
        if len({tidy(row.level1) for row in same}) > 1 and len(counted) > 1:
            classes = "、".join(dict.fromkeys(row.level1 for row in same))
            yield counted[-1], f"在{classes}重复设置，{len(counted)} 处都有分。改法：留一处，其余计 0 分。"


def _reasoned(rows: Sequence[Checked], standard: Standard) -> _Told:
    for row in rows:
        if row.score is None and row.own is not None:
            yield row, "没有复核得分。改法：补填。"
            continue
        if row.taken is None:
            continue
        reason = tidy(row.reason)
        stated = _STATED.search(reason)
        if not reason:
            yield row, f"扣了 {_per_cent(row.taken)}，没有写原因。改法：写明原因和所依据的标准。"
        elif stated is not None and abs(Fraction(stated[1]) / 100 - row.taken) > Fraction(standard.tolerance):
            yield row, f"写的是扣 {stated[1]}%，实扣 {_per_cent(row.taken)}。改法：核对后改正其中一个。"
        elif stated is None and not _POINTS.search(reason) and any(w in reason for w in standard.words):
            yield row, f"扣分原因笼统（“{row.reason}”）。改法：写明扣多少、为什么。"


def _on_papers(rows: Sequence[Checked], standard: Standard) -> _Told:  # noqa: ARG001 - a check's shape
    yield from ()


_CHECKS: Mapping[Demand, Callable[[Sequence[Checked], Standard], _Told]] = {
    Demand.ZERO: _zero, Demand.SHARE: _share, Demand.AT_MOST: _at_most, Demand.KEEP: _keep, Demand.ONCE: _once,
    Demand.REASONED: _reasoned, Demand.PAPERS: _on_papers,
}  # fmt: skip


def _per_cent(share: Fraction) -> str:
    told = half_up(share * 100, 1)
    return f"{told.normalize():f}%"
