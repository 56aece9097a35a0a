"""What the statistics need of a record besides its scores: columns settled on the way in, and rows made of them again.

Targets and results of a lake are texts; read again with the sign and unit of their row they are what they were. Where
they wouldn't be (a form may tell more than its cells), the column `read` keeps what was read.
"""

import json
from collections.abc import Mapping

from jixiao.audit.rows import Row
from jixiao.batch.tables import Row as Columns
from jixiao.model.evaluation import Evaluation, Indicator
from jixiao.model.parsing import parse_actual, parse_target
from jixiao.model.target import Actual, Target
from jixiao.model.values_json import ACTUAL, TARGET
from jixiao.rollup.statistics.marks import digits_of, is_hit, rate_of


def of_table(table: Evaluation) -> Columns:
    """Return the columns of a filing: the digits of what was spent, and the unit that the fund block prints it in."""
    total = table.funds.total
    executed = total.executed if total is not None else None
    unit = (executed.unit or table.funds.unit) if executed is not None else None
    return {
        "spent_digits": digits_of(table) or None,
        "spent_unit": unit.name if unit is not None and unit.kind == "money" else None,
    }


def of_row(row: Row) -> Columns:
    """Return the columns of an indicator; a satisfaction rate as the text of a fraction of a hundred."""
    i, rate = row.indicator, rate_of(row)
    return {
        "sign": i.sign, "unit": i.unit, "read": _read(i), "hit": is_hit(row),
        "satisfaction": None if rate is None else str(rate),
    }  # fmt: skip


def row_again(at: int, told: Mapping[str, str | None]) -> Row:
    """Make a row of its texts: level1 to level4, `target`, `actual`, `sign`, `unit`, `read`; it has no scores."""
    target, actual = _cells(told["target"], told["actual"], told["sign"], told["unit"], told["read"])
    return Row(
        at,
        Indicator(
            told["level1"], told["level2"], told["level3"], told["level4"], target, actual, told["sign"], told["unit"]
        ),
    )  # fmt: skip


def _read(row: Indicator) -> str | None:
    """Return what was read in a row's cells as JSON, None where their texts tell it."""
    target = row.target.text if row.target is not None else None
    actual = row.actual.text if row.actual is not None else None
    if _cells(target, actual, row.sign, row.unit, None) == (row.target, row.actual):
        return None
    told = {"target": TARGET.put(row.target), "actual": ACTUAL.put(row.actual)}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def _cells(
    target: str | None, actual: str | None, sign: str | None, unit: str | None, read: str | None
) -> tuple[Target | None, Actual | None]:
    if read is not None:
        told = json.loads(read)
        return TARGET.take(told["target"], "read"), ACTUAL.take(told["actual"], "read")  # type: ignore[return-value]
    return (
        None if target is None else parse_target(target, sign=sign or "", unit=unit or ""),
        None if actual is None else parse_actual(actual, unit=unit or ""),
    )
