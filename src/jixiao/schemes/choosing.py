"""Which rule-book a paper falls under, and the Chinese sentence that says why.

All criteria are the books' own data. Region beats notes, notes beat form. What only half fits is not
chosen, and the sentence says so.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from jixiao.errors import SchemeError
from jixiao.model.evaluation import Evaluation, Project
from jixiao.model.reading import Kind
from jixiao.schemes.scheme import Scheme
from jixiao.schemes.shelf import all_schemes
from jixiao.schemes.signs import Evidence, Signs, contradicts, signs_of, weigh

_ENOUGH = frozenset({"regions", "notes"})


@dataclass(frozen=True, slots=True)
class Choice:
    """A rule-book and why it was taken: 据单位所在地“青禾县”和表后注3选用."""

    scheme: Scheme
    why: str


def choose_scheme(
    evaluation: Evaluation,
    *,
    year: int | None = None,
    kind: str = Kind.SELFEVAL_TABLE,
    texts: Sequence[str] = (),
) -> Choice:
    """Choose the rule-book of a paper by place, year, printed notes, form and points.

    Args: evaluation: what was read; of a report without a table only the project is needed. year: the
    project's year; the evaluation's own where it isn't given. kind: what paper it is, a Kind. texts: other
    words of the same filing that name its place (a report's unit or title); they count only when the unit
    and the department name no place themselves.

    Returns:
        the one book that fits best, or the nation-wide one for this kind when none or several fit.
    """
    signs = signs_of(evaluation, texts)
    year = evaluation.year if year is None else year
    weighed = [(scheme, weigh(scheme, signs)) for scheme in all_schemes() if _possible(scheme, kind, signs)]
    now = [(scheme, evidence) for scheme, evidence in weighed if in_effect(scheme, year)]
    fitting = [(scheme, evidence) for scheme, evidence in now if _fits(scheme, evidence)]
    best = [pair for pair in fitting if _rank(*pair) == max(_rank(*other) for other in fitting)]
    if len(best) == 1:
        return Choice(best[0][0], _why(*best[0]))
    return _fall_back(kind, best, _near(now) + _out_of_time(weighed, year))


def find_scheme(region: str, year: int) -> Scheme:
    """Return the rule-book of a place for self-evaluations of a year: its own, or the nation-wide one."""
    return choose_scheme(Evaluation(project=Project(unit=region)), year=year).scheme


def in_effect(scheme: Scheme, year: int | None) -> bool:
    """Tell whether the rule-book applies to a project of `year`; an unknown year excludes nothing."""
    if year is None:
        return True
    start, end = scheme.effective_from, scheme.effective_to
    return (start is None or start.year <= year) and (end is None or year <= end.year)


def _possible(scheme: Scheme, kind: str, signs: Signs) -> bool:
    match = scheme.match
    return kind in match.kinds and not match.fallback and not contradicts(match, signs)


def _fits(scheme: Scheme, evidence: Evidence) -> bool:
    """A form alone is not enough: forms of several regions look alike, and readers take one for another."""
    required, held = frozenset(scheme.match.requires), evidence.held
    return required <= held if required else bool(held & _ENOUGH) or ("forms" in held and len(held) > 1)


def _rank(scheme: Scheme, evidence: Evidence) -> tuple[bool, int, int, bool, int, date]:
    held = evidence.held
    return (
        "regions" in held,
        evidence.depth,
        evidence.hits,
        "forms" in held,
        len(held),
        scheme.effective_from or date.min,
    )


def _why(scheme: Scheme, evidence: Evidence) -> str:
    *others, last = evidence.whys
    reasons = f"{'、'.join(others)}和{last}" if others else last
    elsewhere = scheme.match.regions and "regions" not in evidence.held
    return f"据{reasons}选用" + (f"（材料没有写明属于{scheme.region}，其余相符）" if elsewhere else "")


def _fall_back(kind: str, best: Sequence[tuple[Scheme, Evidence]], near: tuple[str, ...]) -> Choice:
    scheme = next((book for book in all_schemes() if book.match.fallback and kind in book.match.kinds), None)
    if scheme is None:
        raise SchemeError(f"没有适用于 {kind} 的通用口径：请在一份口径文件的 [match] 中写 fallback = true。")
    if best:
        several = "、".join(book.id for book, _ in best)
        return Choice(
            scheme, f"{several} 同样相符，不能确定用哪一份，按全国通用的 {scheme.id}；可以自行指定口径"
        )
    why = f"没有与该地区、表样、注文相符的口径，按全国通用的 {scheme.id}"
    return Choice(scheme, "；".join((why, *near)))


def _near(weighed: Sequence[tuple[Scheme, Evidence]]) -> tuple[str, ...]:
    """Say which books have only some of what they require; a form alone is too little to speak of."""
    return tuple(
        scheme.match.otherwise
        for scheme, evidence in weighed
        if scheme.match.otherwise and evidence.held - {"forms"}
    )


def _out_of_time(weighed: Sequence[tuple[Scheme, Evidence]], year: int | None) -> tuple[str, ...]:
    """Say which books would fit by their place but for the year."""
    return tuple(
        f"{scheme.id} 不适用于 {year} 年度"
        for scheme, evidence in weighed
        if "regions" in evidence.held and _fits(scheme, evidence) and not in_effect(scheme, year)
    )
