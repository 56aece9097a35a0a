"""The comparisons of a lake: groups and their projects summed by the engine, judged by the law of `rollup.statistics`.

A project's share is told by its shape, its filings' shares as fractions: groups are read as a stream of shapes.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import groupby
from math import lcm

import pyarrow as pa

from jixiao.batch import duck
from jixiao.rollup.statistics.entries import Subject
from jixiao.rollup.statistics.standing import (
    Behind,
    Behinds,
    Collected,
    Group,
    Measure,
    Most,
    in_order,
    level_of,
    mean_of,
)

_SHAPES = 100_000  # that are remembered at a time: most projects share theirs with others
SUBJECT = "f.year, f.department, f.unit, f.project, f.file"
FINE = 10**20  # a share of figures below 10^10 is told from any other by so many parts


@dataclass(frozen=True, slots=True)
class Told:
    """A lake's sums in an engine: what groups are called by their number, and what is kept of them."""

    connection: duck.Connection
    names: Mapping[int, str]
    most: Most | None

    def compared(self, measure: Measure, part: str = "") -> Collected:
        """Collect a figure of all groups."""
        of_shape = lru_cache(_SHAPES)(lambda shape: _mean(shape, measure))
        projects, levels, usual = 0, Counter[int](), Fraction(0)
        which = _which(measure, part)
        sql = f"SELECT shape, CAST(sum(times) AS BIGINT) AS times FROM shaped WHERE {which} GROUP BY shape"  # noqa: S608 our own
        means: Counter[int] = Counter()
        for row in duck.stream(self.connection, sql):
            mean, level = of_shape(row["shape"])
            projects, levels[level] = projects + row["times"], levels[level] + row["times"]
            means[mean.denominator] += mean.numerator * row["times"]
        if projects:
            usual = _summed(means) / projects

        def groups() -> Iterator[Group]:
            order = f"SELECT * FROM shaped WHERE grp IS NOT NULL AND {which} ORDER BY grp"  # noqa: S608 our own
            for number, rows in groupby(duck.stream(self.connection, order), lambda row: row["grp"]):
                yield _group(self.names[number], [(row, *of_shape(row["shape"])) for row in rows])

        return Collected(
            measure, part, projects, usual, levels, groups, lambda names: self._behind(measure, part, names)
        )

    def _behind(self, measure: Measure, part: str, names: Sequence[str]) -> Behinds:
        """Return the filings behind some groups, the greatest shares first."""
        number_of = {name: number for number, name in self.names.items()}
        wanted = pa.table({"grp": pa.array([number_of[name] for name in names], pa.int64())})
        duck.keep(self.connection, "wanted_groups", [wanted])
        order = f"QUALIFY row_number() OVER (PARTITION BY s.grp ORDER BY {place('s')} DESC, s.nth) <= "
        few = "" if self.most is None else f"{order}{self.most.filings}"
        sql = (
            f"SELECT s.grp, s.n, s.d, {SUBJECT} FROM shares s JOIN wanted_groups w ON w.grp = s.grp"  # noqa: S608 our own
            f" JOIN tabled f ON f.nth = s.nth WHERE {_which(measure, part)} {few} ORDER BY s.key, s.nth"
        )
        found: dict[str, list[Behind]] = {name: [] for name in names}
        for row in duck.stream(self.connection, sql):
            found[self.names[row["grp"]]].append(Behind(subject(row), Fraction(row["n"], row["d"])))
        return {name: in_order(own) for name, own in found.items()}


def place(table: str) -> str:
    """Return the text of what orders shares exactly."""
    return f"(CAST({table}.n AS HUGEINT) * {FINE} // {table}.d)"


def subject(row: Mapping[str, object]) -> Subject:
    """Return the filing of a row with SUBJECT; the year 0 is silence."""
    year, department, unit, project, file = (
        row[name] for name in ("year", "department", "unit", "project", "file")
    )
    return Subject(year or None, department, unit, project, file)  # type: ignore[arg-type]


def _which(measure: Measure, part: str) -> str:
    quoted = part.replace("'", "''")
    return f"measure = '{measure.name}' AND part = '{quoted}'"


def _mean(shape: str, measure: Measure) -> tuple[Fraction, int]:
    mean = mean_of([Fraction(share) for share in shape.split()])
    return mean, level_of(mean, measure)


def _group(name: str, shapes: Sequence[tuple[Mapping[str, int], Fraction, int]]) -> Group:
    projects, filings, rows, total = 0, 0, 0, 0
    means: Counter[int] = Counter()
    for row, mean, level in shapes:
        projects, filings, rows = projects + row["times"], filings + row["filings"], rows + row["rows"]
        total += level * row["times"]
        means[mean.denominator] += mean.numerator * row["times"]
    return Group(name, projects, filings, rows, total, _summed(means) / projects)


def _summed(means: Mapping[int, int]) -> Fraction:
    """Return the sum of fractions: their numerators together, by denominator."""
    under = lcm(*means)
    return Fraction(sum(over * (under // one) for one, over in means.items()), under)
