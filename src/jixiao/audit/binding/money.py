"""Links of amounts and of rates of money: a report's budget, spending and rates to the cells of the fund block."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from jixiao.audit.binding.link import Cell, Link, Said, in_unit_of, linked, tables_for, texts_in, unlinked
from jixiao.audit.binding.results import OF_ROW, OTHER_TIME
from jixiao.audit.prose import ratio_of
from jixiao.audit.reach import comparable, in_one_unit
from jixiao.expressions import expression
from jixiao.model.evaluation import Evaluation, FundLine
from jixiao.model.figure import PERCENT, Figure, half_up
from jixiao.model.reading import Filing, Kind

_COLUMNS = {
    "initial": "年初预算数",
    "annual": "全年预算数",
    "executed": "全年执行数",
    "allocated": "下达数",
    "received": "到位数",
}
_LINES = {
    "total": "年度资金总额",
    "fiscal": "财政拨款",
    "carryover": "上年结转资金",
    "special": "财政专户管理资金",
    "other": "其他资金",
}
_OWN = {
    "budget": ("annual", "initial"), "initial": ("initial",), "received": ("received", "allocated", "annual"),
    "executed": ("executed",), "surplus": (), "amount": (),
}  # fmt: skip
_PART = expression(r"每|其中|人均|单价|上年|去年|同比|增|减")
_WHOLE = expression(r"总|经费|投入|资金|安排")
_EXACT_ENOUGH = 100  # an amount that leaves more than 1 % open is linked by its name only
_RATES = ("execution_rate", "arrival_rate")


@dataclass(frozen=True, slots=True)
class Purse:
    """The fund block of one table as cells: those of the total row by column, and those of all sources."""

    paper: int
    table: Evaluation
    total: dict[str, Cell]
    parts: tuple[Cell, ...]

    def rate(self) -> Cell | None:
        """Return the printed execution rate."""
        rate = self.table.execution.rate_printed
        if rate is None:
            return None
        percent = in_unit_of(rate, PERCENT if rate.value > Decimal("1.5") else None)
        return Cell(self.paper, ("execution.rate_printed",), percent, "执行率")

    def quotient(self, part: str, whole: str) -> Cell | None:
        """Return what two cells of the total row give when divided, with all that their rounding leaves open."""
        over, under = self.total.get(part), self.total.get(whole)
        if (
            over is None
            or under is None
            or under.figure.low <= 0
            or not comparable(over.figure, under.figure)
        ):
            return None
        a, b = in_one_unit(over.figure, under.figure)
        low, high = a.low / b.high, a.high / b.low
        middle, half = half_up((low + high) * 50, 2), half_up((high - low) * 50, 4)
        figure = Figure(middle, half + Decimal("0.005"), PERCENT)
        return Cell(
            self.paper, (*over.paths, *under.paths), figure, f"{_COLUMNS[part]} ÷ {_COLUMNS[whole]}，即"
        )

    def left(self) -> Cell | None:
        """Return what is left of the budget."""
        spent, whole = self.total.get("executed"), self.total.get("annual")
        if spent is None or whole is None or spent.figure.unit != whole.figure.unit:
            return None
        one, other = whole.figure, spent.figure
        figure = Figure(one.value - other.value, one.half + other.half, one.unit)
        return Cell(self.paper, (*whole.paths, *spent.paths), figure, "全年预算数 − 全年执行数，即")


def purse(paper: int, table: Evaluation) -> Purse:
    """Return the fund block of a table as cells."""
    funds = table.funds
    total = dict(_cells(paper, "total", _LINES["total"], funds.total))
    parts = [
        c for name in list(_LINES)[1:] for _, c in _cells(paper, name, _LINES[name], getattr(funds, name))
    ]
    for n, line in enumerate(funds.more):
        parts += [c for _, c in _cells(paper, f"more.{n}", line.label or "其他来源", line)]
    if table.evaluated_amount is not None:
        parts.append(Cell(paper, ("evaluated_amount",), table.evaluated_amount, "评价金额"))
    return Purse(paper, table, total, tuple(parts))


def _cells(paper: int, name: str, label: str, line: FundLine | None) -> Iterator[tuple[str, Cell]]:
    for column, heading in _COLUMNS.items():
        figure = getattr(line, column, None)
        if isinstance(figure, Figure):
            yield column, Cell(paper, (f"funds.{name}.{column}",), figure, f"{heading}（{label}）")


def money_links(filing: Filing) -> Iterator[Link]:
    """Yield a link for every amount and every rate of money that a report states."""
    for at, _, report in texts_in(filing):
        purses = [purse(paper, table) for paper, table in tables_for(filing, Kind.SELFEVAL_REPORT)]
        purses = [p for p in purses if p.total or p.parts]
        for n, claim in enumerate(report.claims):
            said = Said(at, f"claims.{n}", claim.what, claim.subject, claim.figure, claim.quoted)
            if claim.what in _OWN and not (claim.what == "amount" and OF_ROW.match(claim.subject)):
                yield _amount_link(said, purses)
            elif claim.what in _RATES:
                yield _rate_link(said, purses)


def _amount_link(said: Said, purses: list[Purse]) -> Link:
    if not purses:
        return unlinked(said, "没有印资金栏的表可对")
    own = [p.total[column] for p in purses for column in _OWN[said.what] if column in p.total]
    agreeing = next((cell for cell in own if said.figure.agrees_with(cell.figure)), None)
    if agreeing is None:
        agreeing = next((cell for p in purses for cell in _others(said, p) if _surely(said, cell)), None)
    if agreeing is not None:
        return linked(said, agreeing)
    if own and _comparable(said, own[0]):
        return linked(said, own[0])
    return unlinked(said, "与资金栏各数都不同，也不像是同一个数" if own else "资金栏没有这样一个数")


def _others(said: Said, purse: Purse) -> Iterator[Cell]:
    """Yield the other cells that an amount of its kind may restate: spending never restates a budget."""
    left = purse.left()
    if said.what == "surplus":
        yield from () if left is None else (left,)
        return
    for cell in (*purse.total.values(), *purse.parts):
        spent = cell.where.endswith(".executed")
        if said.what == "amount" or spent == (said.what == "executed"):
            yield cell


def _surely(said: Said, cell: Cell) -> bool:
    """Tell whether two amounts agree and are printed so exactly, or called so plainly, that this is no chance."""
    one, other = said.figure, cell.figure
    if one.value == 0 or not one.agrees_with(other):
        return False
    plain = _WHOLE.search(said.subject) is not None and "用于" not in said.subject
    return one.half * _EXACT_ENOUGH <= abs(one.value) or (plain and one.exact == other.exact)


def _comparable(said: Said, cell: Cell) -> bool:
    """Tell whether an amount that differs from its cell is yet meant to be the same: whole, in money, and near."""
    unit = said.figure.unit
    if unit is None or unit.kind != "money" or _PART.search(said.subject) or OTHER_TIME.search(said.quoted):
        return False
    return cell.figure.exact / 2 < said.figure.exact < cell.figure.exact * 2


def _rate_link(said: Said, purses: list[Purse]) -> Link:
    cells = [cell for p in purses for cell in _rates(said.what, p)]
    if not cells:
        return unlinked(said, "表中没有这个比率，也算不出来")
    agreeing = next((cell for cell in cells if _overlap(said.figure, cell.figure)), None)
    if agreeing is not None:
        return Link(said, agreeing, agrees=True, why=f"与{agreeing.called} {agreeing.figure}相符")
    if said.what == "arrival_rate" or _PART.search(said.subject):
        return unlinked(said, "到位数的口径不明" if said.what == "arrival_rate" else "像是其中一部分的比率")
    return Link(said, cells[0], agrees=False, why=f"不同于{cells[0].called} {cells[0].figure}")


def _rates(what: str, purse: Purse) -> Iterator[Cell]:
    ways: tuple[tuple[str, str], ...] = (("executed", "annual"),)
    if what == "arrival_rate":
        ways = (("received", "annual"), ("allocated", "annual"))
    cells = [purse.rate()] if what == "execution_rate" else []
    for cell in (*cells, *(purse.quotient(part, whole) for part, whole in ways)):
        if cell is not None:
            yield cell


def _overlap(one: Figure, other: Figure) -> bool:
    a, b = ratio_of(one), ratio_of(other)
    return a[0] <= b[1] and b[0] <= a[1]
