"""What a lake's statistics tell of all filings together: classes, score rates, totals above ours, digits."""

from collections import Counter
from decimal import Decimal
from fractions import Fraction

import pyarrow as pa

from jixiao.batch import duck, texts
from jixiao.batch.codes import SCALE
from jixiao.batch.standings import FINE, SUBJECT, Told, subject
from jixiao.model.figure import decimal_of
from jixiao.rollup.statistics.digits import (
    CUT,
    SIGNIFICANT,
    SPIKES,
    Behind,
    Seen,
    Times,
    first_digit,
    last_digit,
    spike,
    whole_of,
)
from jixiao.rollup.statistics.inflation import ClassShare, Overstated, overstated

_CENT = SCALE // 200  # half of one: less is printed as nothing
_CLASSES = """
SELECT level1, CAST(sum(lines) AS BIGINT) AS lines, CAST(sum(whole_marks) AS BIGINT) AS whole_marks,
  CAST(sum(printed) AS BIGINT) AS printed, CAST(sum(points) AS BIGINT) AS points
FROM class_sums GROUP BY level1 ORDER BY min(nth * 1000 + place)
"""
_QUARTERS = f"""
WITH ranked AS (
  SELECT level1, printed, points, count(*) OVER (PARTITION BY level1) - 1 AS last,
    row_number() OVER (PARTITION BY level1 ORDER BY CAST(printed AS HUGEINT) * {FINE} // points) - 1 AS rank
  FROM class_sums
)
SELECT * FROM ranked WHERE rank IN (last // 4, last - last // 4) ORDER BY level1, rank
"""  # noqa: S608 our own
_RATES = """
SELECT grp, CAST(sum(printed) AS BIGINT) AS printed, CAST(sum(points) AS BIGINT) AS points
FROM class_sums WHERE grp IS NOT NULL GROUP BY grp
"""
TOTALS = (
    "listed l JOIN measured m ON m.filing = l.filing JOIN tabled f ON f.nth = l.nth WHERE m.total IS NOT NULL"
)


def classes_of(told: Told) -> tuple[ClassShare, ...]:
    """Return the first-level classes, in the order in which they first come."""
    quarters: dict[str, list[Fraction]] = {}
    for row in duck.stream(told.connection, _QUARTERS):
        quarters.setdefault(row["level1"], []).append(Fraction(row["printed"], row["points"]))
    return tuple(
        ClassShare(
            row["level1"], row["lines"], row["whole_marks"], points_of(row["printed"]), points_of(row["points"]),
            quarters[row["level1"]][0], quarters[row["level1"]][-1],
        )
        for row in duck.stream(told.connection, _CLASSES)
    )  # fmt: skip


def rates_of(told: Told) -> tuple[tuple[str, Fraction], ...]:
    """Return each group's score rate, by name; of very many groups the highest."""
    found = sorted(
        (told.names[row["grp"]], Fraction(row["printed"], row["points"]))
        for row in duck.stream(told.connection, _RATES)
    )
    most = told.most
    return tuple(found if most is None else sorted(found, key=lambda pair: (-pair[1], pair[0]))[: most.rows])


def totals_of(told: Told) -> Overstated | None:
    """Return the printed totals above ours."""
    counts = (
        f"SELECT count(*) AS whole, count(*) FILTER (WHERE m.total > m.most) AS higher FROM {TOTALS}"  # noqa: S608 our own
        " AND m.most IS NOT NULL"
    )
    few = "" if told.most is None else f" LIMIT {told.most.rows}"
    order = f"ORDER BY m.most - m.total, l.nth{few}"
    above = f"SELECT {SUBJECT}, m.total, m.most FROM {TOTALS} AND m.total > m.most {order}"  # noqa: S608 our own
    (row,) = duck.stream(told.connection, counts)
    behind = (
        (subject(one), points_of(one["total"]), points_of(one["most"]))
        for one in duck.stream(told.connection, above)
    )
    return overstated(row["higher"], row["whole"], behind)


def points_of(millionths: int) -> Decimal:
    """Return points or scores of whole millionths."""
    return decimal_of(Fraction(millionths, SCALE))


# ---------------------------------------------------------------- digits


def digits_of(told: Told) -> tuple[list[Seen], Counter[int]]:
    """Return the tests over all filings, and how often each whole satisfaction rate came."""
    words = {"cent": str(_CENT), "significant": str(SIGNIFICANT), "spikes": ", ".join(map(str, SPIKES))}
    rated, spent, amounts, digits = texts.statements(duck.filled("tallies.sql", words))
    for statement in (rated, spent, amounts):
        duck.run(told.connection, statement)
    counts = list(duck.stream(told.connection, "SELECT rate, count(*) AS times FROM rated GROUP BY rate"))
    wholes = [whole_of(Fraction(row["rate"])) for row in counts]
    table = {
        "rate": pa.array([row["rate"] for row in counts], pa.string()),
        "whole": pa.array(wholes, pa.int64()),
    }
    duck.keep(told.connection, "wholes", [pa.table(table)])
    duck.run(told.connection, digits)
    rates: Counter[int] = Counter()
    for whole, row in zip(wholes, counts, strict=True):
        rates[whole] += row["times"]
    ends = f"SELECT spent FROM amounts WHERE place IN (whole // {CUT}, whole - 1 - whole // {CUT}) ORDER BY place"  # noqa: S608 our own
    nine = [Fraction(row["spent"]) for row in duck.stream(told.connection, ends)]
    first = first_digit(*_seen(told, "first_digit"), (nine[0], nine[-1]) if nine else None)
    spikes = (spike(at, *_seen(told, f"satisfaction_{at}")) for at in SPIKES)
    return [last_digit(*_seen(told, "last_digit")), first, *spikes], rates


def _seen(told: Told, test: str) -> tuple[Times, Behind]:
    counts = f"SELECT name, count(*) AS times FROM digits WHERE test = '{test}' GROUP BY name"  # noqa: S608 our own
    few = (
        ""
        if told.most is None
        else f"QUALIFY row_number() OVER (PARTITION BY d.name ORDER BY d.nth) <= {told.most.filings}"
    )
    behind = (
        f"SELECT d.name, {SUBJECT} FROM digits d JOIN tabled f ON f.nth = d.nth WHERE d.test = '{test}' {few}"  # noqa: S608 our own
        " ORDER BY CAST(rtrim(d.name, '%') AS INTEGER), d.nth"
    )
    times = {row["name"]: row["times"] for row in duck.stream(told.connection, counts)}
    return times, tuple((row["name"], subject(row)) for row in duck.stream(told.connection, behind))
