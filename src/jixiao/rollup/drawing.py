"""From reviewed filings to a draw: what may be drawn, under which name, in which stratum, at what risk."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from jixiao.model.claims import Report
from jixiao.model.evaluation import Project
from jixiao.model.figure import tidy
from jixiao.model.review import Review
from jixiao.rollup.risk import Risk, Weights, risk_of
from jixiao.rollup.sampling import Candidate, Draw, draw
from jixiao.rollup.summing import Grouping

UNNAMED = "（没有写）"


@dataclass(frozen=True, slots=True)
class Listed:
    """A filing on the list: its name there, what it is of, the file, its risk with the reasons."""

    id: str
    project: str
    unit: str
    stratum: str
    file: str
    risk: Risk


@dataclass(frozen=True, slots=True)
class Sample:
    """A draw with what its names stand for; `by` is what the strata are, `left_out` counts papers of no project."""

    draw: Draw
    by: Grouping
    weights: Weights
    listed: Mapping[str, Listed]
    left_out: int


def sample(reviews: Sequence[Review], weights: Weights, by: Grouping, places: tuple[str, int, int]) -> Sample:
    """Draw filings for a re-check.

    Args:
        reviews: in any order; only filings of one project, with a table or a report, are drawn from.
        weights: the points of the risk.
        by: the strata: units, departments, or all filings together.
        places: the seed, how many are drawn, and how many of each stratum at least.

    Raises:
        UnknownNameError: so many can't be drawn.
    """
    listed = {one.id: one for one in _listed(reviews, weights, by)}
    seed, size, least = places
    candidates = [Candidate(one.id, one.stratum, one.risk.points) for one in listed.values()]
    return Sample(draw(candidates, seed, size, least), by, weights, listed, len(reviews) - len(listed))


def _listed(reviews: Sequence[Review], weights: Weights, by: Grouping) -> Iterator[Listed]:
    seen: Counter[str] = Counter()
    for review in sorted(reviews, key=_file):
        told = _project(review)
        if told is None:
            continue
        project, year = told
        unit = project.unit or project.department or UNNAMED
        plain = "｜".join(tidy(part) for part in (str(year or ""), unit, project.name or UNNAMED))
        seen[plain] += 1
        name = plain if seen[plain] == 1 else f"{plain}｜{seen[plain]}"
        yield Listed(
            name,
            project.name or UNNAMED,
            unit,
            _stratum(project, by),
            _file(review),
            risk_of(review, weights),
        )


def _file(review: Review) -> str:
    filing = review.filing
    return filing.readings[filing.main or 0].file


def _project(review: Review) -> tuple[Project, int | None] | None:
    """Return the project and year that a filing is of; None where it is of none (a list, a department's report)."""
    table = review.filing.evaluation
    if table is not None:
        return table.project, table.year
    reports = (one.record for one in review.filing.readings if isinstance(one.record, Report))
    return next(((one.project, one.year) for one in reports), None)


def _stratum(project: Project, by: Grouping) -> str:
    if by is Grouping.ALL:
        return "全部"
    return tidy((project.unit if by is Grouping.UNIT else project.department) or UNNAMED)
