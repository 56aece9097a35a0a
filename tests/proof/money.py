"""The fund block of a made-up table: sources that add up, and the execution that follows."""

from collections.abc import Mapping
from decimal import Decimal
from random import Random

from jixiao.model.evaluation import Execution, FundLine, Funds
from jixiao.model.figure import Unit, figure_of, half_up, unit_named
from jixiao.model.parsing import parse_figure
from jixiao.schemes.scheme import Method, Scheme
from tests.proof.plan import Plan


def money_of(rng: Random, plan: Plan) -> tuple[Funds, Execution]:
    unit = unit_named(plan.form.funds_unit)
    kinds = {column.kind for column in plan.form.fund_columns}
    annual, executed = _amounts(rng, plan)
    rows = dict(plan.form.fund_rows)
    parts = _parts(rng, rows, annual)
    spent = _parts_spent(parts, annual - executed)
    before = _initial(rng, plan, parts)
    lines = {}
    for source, label in rows.items():
        money = (
            (annual, executed, sum(before.values()))
            if source == "total"
            else (parts[source], spent[source], before[source])
        )
        lines[source] = _line(unit, label.rstrip("："), money, kinds)
    more = tuple(lines.pop(source) for source in list(lines) if source == "unit_own")
    rate = half_up(Decimal(executed) * 100 / annual, 2)
    bare = any("%" in column.heading for column in plan.form.fund_columns if column.kind == "rate")
    reason = _UNSPENT[annual % len(_UNSPENT)] if "reason" in kinds and rate < 90 else None
    points = plan.form.execution_points or plan.scheme.parts["execution"].points or Decimal(10)
    shown = points if "points" in kinds else None
    return Funds(unit, more=more, **lines), Execution(
        shown, parse_figure(f"{rate:f}{'' if bare else '%'}"), None, reason
    )


_UNSPENT = ("质保金未到支付期，结转下年支付", "部分合同尾款待审计结算后支付，资金已结转下年")


def _amounts(rng: Random, plan: Plan) -> tuple[int, int]:
    """The budget and the spending in 元, such that they print without rounding."""
    step = 100
    annual = rng.randrange(1200, 60_000) * step
    reasoned = plan.reported or any(c.kind == "reason" for c in plan.form.fund_columns)
    share = _share_spent(rng, plan.scheme, reasoned=reasoned)
    return annual, annual * share // 1000 // step * step


def _share_spent(rng: Random, scheme: Scheme, *, reasoned: bool) -> int:
    """How much of the budget was spent, in thousandths: where nobody can say why, all or nearly all."""
    luck, by_bands = rng.random(), scheme.parts["execution"].method is Method.BANDS
    if luck < 0.3 or (by_bands and not reasoned):
        return 1000
    if not reasoned:
        return rng.randrange(970, 1000)
    return rng.randrange(905, 1000) if luck < 0.85 else rng.randrange(820, 895)


def _parts(rng: Random, rows: Mapping[str, str], annual: int) -> dict[str, int]:
    parts = dict.fromkeys((source for source in rows if source != "total"), 0)
    if not parts:
        return parts
    for source in parts:
        if source != "fiscal" and rng.random() < 0.3:
            parts[source] = annual * rng.randrange(3, 15) // 100 // 100 * 100
    parts["fiscal"] = annual - sum(parts.values())
    return parts


def _parts_spent(parts: Mapping[str, int], left: int) -> dict[str, int]:
    """What of each source was spent: all of it but for the fiscal money."""
    return {source: money - (left if source == "fiscal" else 0) for source, money in parts.items()}


def _initial(rng: Random, plan: Plan, parts: Mapping[str, int]) -> dict[str, int]:
    """The year-start budget: mostly the same; where a report explains it, a part came during the year."""
    before = dict(parts)
    if plan.reported and before and rng.random() < 0.2:
        before["fiscal"] = before["fiscal"] * rng.randrange(60, 85) // 100 // 100 * 100
    return before


def _line(unit: Unit, label: str, money: tuple[int, int, int], kinds: set[str]) -> FundLine:
    annual, executed, initial = (figure_of(printed_money(m, unit), unit) for m in money)
    return FundLine(initial if "initial" in kinds else None, annual, executed, label=label)


def printed_money(yuan: int, unit: Unit) -> str:
    """An amount in the block's unit with two decimals."""
    return f"{half_up(Decimal(yuan) / Decimal(int(unit.scale)), 2):f}"
