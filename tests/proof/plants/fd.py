"""Plantings of FD: the fund block, what the money was spent on, and amounts between table and text (项目资金)."""

from dataclasses import replace
from decimal import Decimal
from random import Random

from jixiao.model.evaluation import FundLine
from jixiao.model.figure import Figure, half_up
from jixiao.model.parsing import parse_figure
from tests.proof.clean import settled, spending
from tests.proof.planting import (
    Clean,
    Planted,
    PlantedUnit,
    Spot,
    Unit,
    all_text,
    paper_of,
    plants,
    plants_together,
    row_spot,
    said,
    section_of,
    some_row,
    spot,
    text_at,
    with_goal,
    with_money,
    with_row,
    with_sentence,
    with_table,
    with_text,
)

_RATE = ("AR05", "AR06", "FD", "SC", "XD", "AR04")  # what another amount in the fund block also breaks


def _shown(figure: Figure, by: Decimal) -> Figure:
    return Figure(half_up(figure.value * by, 2), figure.half, figure.unit)


def _block(clean: Clean) -> tuple[FundLine, FundLine] | None:
    """The total and the fiscal line where both print budget and spending."""
    funds = clean.table.funds
    lines = (funds.total, funds.fiscal)
    if any(
        line is None or line.annual is None or line.executed is None or not line.executed.value
        for line in lines
    ):
        return None
    assert funds.total is not None
    assert funds.fiscal is not None
    return funds.total, funds.fiscal


@plants("FD01", ways=4)
def sources_without_their_sum(clean: Clean, way: int, _rng: Random) -> Planted | None:
    """A source is too high, too low, forgotten, or another column is wrong."""
    block = _block(clean)
    if block is None or (way == 3 and block[1].initial is None):
        return None
    column = ("annual", "executed", "annual", "initial")[way]
    own = getattr(block[1], column)
    wrong = _shown(own, (Decimal("1.1"), Decimal("0.9"), Decimal("0.55"), Decimal("1.3"))[way])
    return Planted(
        with_money(clean, "fiscal", column, wrong), (spot(clean, f"funds.total.{column}"),), follows=("FD04",)
    )


@plants("FD02", ways=3)
def an_empty_fund_cell(clean: Clean, way: int, _rng: Random) -> Planted | None:
    """Budget, spending or the whole block is missing; no report supplies it."""
    if _block(clean) is None or paper_of(clean) is not None:
        return None
    if way == 2:
        return Planted(
            with_table(clean, funds=replace(clean.table.funds, total=None)), (spot(clean, "funds"),)
        )
    column = ("executed", "annual")[way]
    return Planted(
        with_money(clean, "total", column, None), (spot(clean, "funds.total"),), follows=("AR", "SC")
    )


_EXPLAINED = ("调整", "追加", "调剂", "追减", "调减", "新增", "增加预算", "下达", "下发")


@plants("FD03", ways=3)
def a_budget_changed_without_a_word(clean: Clean, way: int, _rng: Random) -> Planted | None:
    """The year-start budget is zero, half or double the year's, and nothing says why."""
    block = _block(clean)
    told = "".join(row.reason or "" for row in clean.rows) + all_text(clean)
    if block is None or block[0].initial is None or any(word in told for word in _EXPLAINED):
        return None
    by = (Decimal(0), Decimal("0.5"), Decimal(2))[way]
    done = clean
    for source in ("total", "fiscal", "carryover", "special", "other"):
        line = getattr(clean.table.funds, source)
        if line is not None and line.initial is not None:
            done = with_money(done, source, "initial", _shown(line.initial, by))
    return Planted(done, (spot(clean, "funds.total.annual"),), follows=("FD", "XD"))


@plants("FD04", ways=3)
def more_spent_than_there_was(clean: Clean, way: int, _rng: Random) -> Planted | None:
    """Spending above the budget: by a twentieth, by half, by a hundredth."""
    block = _block(clean)
    if block is None:
        return None
    by = (Decimal("1.05"), Decimal("1.5"), Decimal("1.01"))[way]
    done = clean
    for source in ("total", "fiscal", "carryover", "special", "other"):
        line = getattr(clean.table.funds, source)
        if line is not None and line.annual is not None:
            done = with_money(done, source, "executed", _shown(line.annual, by))
    return Planted(done, (spot(clean, "funds"),), follows=_RATE)


@plants("FD05", ways=3)
def little_spent_without_a_word(clean: Clean, way: int, _rng: Random) -> Planted | None:
    """A low execution rate with its right score, and no reason anywhere."""
    block = _block(clean)
    if block is None or paper_of(clean) is not None or any(row.reason or row.remarks for row in clean.rows):
        return None
    done = spending(clean, (Decimal("0.82"), Decimal("0.6"), Decimal("0.42"))[way])
    return (
        None
        if done is None
        else Planted(done, (spot(clean, "execution"),), follows=("FD", "SC07", "SC08", "XD"))
    )


@plants("FD06", ways=4)
def yuan_for_wan(clean: Clean, way: int, _rng: Random) -> Planted | None:
    """An amount in 元 that is one in 万元: too many decimals, the table's own digits, a work for a few 元, a mixed block."""
    place, block = section_of(clean, "资金", "支出"), _block(clean)
    if block is None or (way < 3 and place is None):
        return None
    spent = block[0].executed
    assert spent is not None
    if way == 3 or place is None:
        unit = parse_figure(f"{half_up(spent.value / 10000, 6)}", unit=spent.unit)
        wrong = with_table(clean, funds=_mixed(clean))
        return Planted(wrong, (spot(clean, "funds.total"),), follows=_RATE) if unit is not None else None
    if way == 1 and (spent.unit is None or spent.unit.name != "万元"):
        return None
    sentence = (
        "其中设施修缮资金18.092382元。",
        f"其中通过国库支付{spent.value}元。",
        "零星采购工程费用36.5元。",
    )[way]
    return Planted(with_sentence(clean, place, sentence), (place,), follows=("XD", "AR", "FD07"))


def _mixed(clean: Clean) -> object:
    """The fund block with its sources as if they were in the other unit."""
    funds = clean.table.funds
    lines = {}
    for source in ("fiscal", "carryover", "special", "other"):
        line = getattr(funds, source)
        if line is not None:
            cells = {name: getattr(line, name) for name in ("initial", "annual", "executed")}
            lines[source] = replace(
                line, **{n: Figure(f.value * 10_000, f.half, f.unit) for n, f in cells.items() if f}
            )
    more = tuple(
        replace(
            line,
            **{
                n: Figure(f.value * 10_000, f.half, f.unit)
                for n in ("initial", "annual", "executed")
                if (f := getattr(line, n))
            },
        )
        for line in funds.more
    )
    return replace(funds, more=more, **lines)


@plants("FD07", ways=3)
def another_amount_in_the_report(clean: Clean, way: int, _rng: Random) -> Planted | None:
    """The report states another spending or another budget than the table."""
    place, block = section_of(clean, "资金"), _block(clean)
    if place is None or block is None:
        return None
    own = (block[0].executed, block[0].annual, block[0].executed)[way]
    assert own is not None
    if own.value == (block[0].annual if way != 1 else block[0].executed or own).value:  # type: ignore[union-attr]
        return None
    text = text_at(clean, place)
    wrong = with_text(
        clean,
        place,
        text.replace(str(own), str(_shown(own, (Decimal("0.9"), Decimal("1.2"), Decimal("0.97"))[way]))),
    )
    kinds = ("executed",) if way != 1 else ("budget", "initial")
    record = wrong.filing.readings[place.paper].record
    if text.count(str(own)) != 1 or not any(c.what in kinds for c in getattr(record, "claims", ())):
        return None
    return Planted(wrong, (Spot(place.paper, "claims"),), follows=("AR", "XD", "FD08"))


_RATES = ("到年末，预算执行率为{}%。", "经核对，资金执行率{}%。", "全年预算执行率达到{}%。")


@plants("FD08", ways=3)
def a_second_rate(clean: Clean, way: int, _rng: Random) -> Planted | None:
    """The report states the execution rate once more, and differently."""
    place, rate = section_of(clean, "结论", "结果"), clean.table.execution.rate_printed
    if place is None or rate is None:
        return None
    wrong = rate.value - (6, 11, 3)[way]
    return Planted(
        with_sentence(clean, place, _RATES[way].format(wrong)),
        (Spot(place.paper, "claims"),),
        follows=("XD", "AR"),
    )


@plants("FD09", ways=2)
def a_source_that_is_scored(clean: Clean, way: int, _rng: Random) -> Planted | None:
    """A source's own row prints points, or a score."""
    block = _block(clean)
    if block is None:
        return None
    line = replace(block[1], points=Decimal(10) if way == 0 else None, score_printed=Decimal("9.5"))
    return Planted(
        with_table(clean, funds=replace(clean.table.funds, fiscal=line)), (spot(clean, "funds.fiscal"),)
    )


@plants("FD10", ways=3)
def a_total_of_zero(clean: Clean, way: int, _rng: Random) -> Planted | None:
    """The total is printed as 0 over its sources: in the year's budget, in the spending, in all columns."""
    block = _block(clean)
    if block is None:
        return None
    done = clean
    for column in (("annual",), ("executed",), ("initial", "annual", "executed"))[way]:
        if getattr(block[0], column) is not None:
            done = with_money(done, "total", column, "0")
    return Planted(done, (spot(clean, "funds.total"),), follows=(*_RATE, "AR"))


_RETURNED = (
    "省级补助资金结余3.2万元，已上交国库。",
    "中央资金形成结余，年底由国库收回，已上缴财政。",
    "项目上级资金剩余资金已退回财政。",
)


@plants("FD11", ways=3)
def a_surplus_that_is_gone(clean: Clean, way: int, _rng: Random) -> Planted | None:
    """A surplus of a transfer is said to be in the treasury, and nothing more."""
    place = section_of(clean, "管理", "实施")
    return said(clean, place, _RETURNED[way], ("AR", "XD"))


@plants("FD12", ways=3)
def heads_that_cost_otherwise(clean: Clean, way: int, rng: Random) -> Planted | None:
    """A standard for which the heads would cost much more or much less; more heads for less money."""
    at = some_row(clean, rng, lambda i: i.level2 == "数量指标" and i.actual and i.actual.text.endswith("人"))
    line, place = clean.table.funds.total, section_of(clean, "资金")
    if at is None or line is None or line.annual is None or line.executed is None:
        return None
    if way == 2:
        bound = getattr(clean.rows[at].target, "bound", None)
        if line.executed.value >= line.annual.value or bound is None:
            return None
        wrong = with_row(clean, at, actual=f"{int(bound.value * 13 / 10)}人", reason=None)
        return Planted(settled(wrong), (row_spot(clean, at),), follows=("TV", "DV", "SC"))
    if place is None:
        return None
    sentence = ("补助标准为每人每月2600元。", "发放标准为1元/人·月。")[way]
    return Planted(with_sentence(clean, place, sentence), (place,), follows=("XD",))


_FOREIGN = (
    "资金主要用于购置公务用车和支付燃油费。",
    "其余支出用于偿还债务。",
    "部分资金支付了公务接待和招待费用。",
)


@plants("FD13", ways=3)
def a_foreign_use(clean: Clean, way: int, _rng: Random) -> Planted | None:
    """The money went to something that the project is not for."""
    place = section_of(clean, "资金")
    return said(clean, place, _FOREIGN[way], ("FD16",))


_TWICE = (
    ("机关食堂运行补助", "解决干部加班就餐"),
    ("镇区路灯维护", "修复镇区路灯"),
    ("重点人群慰问", "走访慰问困难党员"),
)


@plants_together("FD14", ways=3)
def one_object_in_two_projects(unit: Unit, way: int, rng: Random) -> PlantedUnit | None:
    """A project bears the name of something that another one's goal also pays."""
    name, clause = _TWICE[way]
    word = ("食堂", "路灯", "慰问")[way]
    if any(word in (clean.table.project.name or "") for clean in unit) or len(unit) < 2:
        return None
    a, b = rng.sample(range(len(unit)), 2)
    if unit[b].table.goal.expected is None:
        return None
    named = with_table(unit[a], project=replace(unit[a].table.project, name=name))
    goal = f"{unit[b].table.goal.expected.rstrip('。')}，{clause}。"
    done = list(unit)
    done[a], done[b] = named, with_goal(unit[b], expected=goal)
    return PlantedUnit(tuple(done), ((b, spot(unit[b], "goal.expected")),), follows=("AR17", "XD", "CL"))


_INCOME = (
    "该项目为利息收入，已全额上缴。",
    "本项目资金系往来款，年底已清理。",
    "项目属于非税收入，年末缴入国库。",
)


@plants("FD15", ways=4)
def an_income(clean: Clean, way: int, _rng: Random) -> Planted | None:
    """What is evaluated is an income, by the text or by its name."""
    if way == 3:
        project = replace(clean.table.project, name="单位房屋租金收入项目")
        return Planted(with_table(clean, project=project), (spot(clean, "project"),), follows=("XD", "NA"))
    place = section_of(clean, "概况", "立项")
    return said(clean, place, _INCOME[way])


_OFFICE = ("办公用品", "报刊", "公务接待")


@plants("FD16", ways=3)
def office_costs(clean: Clean, way: int, rng: Random) -> Planted | None:
    """The goal or a row is about running costs."""
    name = clean.table.project.name or ""
    if clean.table.goal.expected is None or any(w in name for w in ("食堂", "维护", "维修", "运转", "物业")):
        return None
    if way == 2:
        at = some_row(clean, rng, lambda i: i.level2 == "数量指标")
        return (
            None
            if at is None
            else Planted(
                with_row(clean, at, level3="购买办公用品数量"), (row_spot(clean, at),), follows=("XD", "IS")
            )
        )
    goal = f"{clean.table.goal.expected.rstrip('。')}，购买办公用品和支付差旅费。"
    field = ("expected", "actual")[way]
    return Planted(with_goal(clean, **{field: goal}), (spot(clean, f"goal.{field}"),), follows=("IS", "XD"))


_TOLD = ("全年投入资金{}，{}", "{1}其中支付{0}。", "已拨付资金{}，{}")


@plants("FD17", ways=3)
def little_of_the_money_told(clean: Clean, way: int, _rng: Random) -> Planted | None:
    """What was done speaks of a small part of the money only."""
    line, goal = clean.table.funds.total, clean.table.goal.actual
    if line is None or line.executed is None or not goal:
        return None
    part = _shown(line.executed, (Decimal("0.1"), Decimal("0.35"), Decimal("0.22"))[way])
    return Planted(
        with_goal(clean, actual=_TOLD[way].format(part, goal)), (spot(clean, "goal.actual"),), follows=("XD",)
    )


_LEVELS = ("投入县级资金{}，", "落实省级财政补助资金{}，", "争取中央资金{}，")


@plants("FD18", ways=3)
def a_level_that_is_not_apart(clean: Clean, way: int, _rng: Random) -> Planted | None:
    """The goal names money of a level that the fund block doesn't tell apart."""
    line, goal = clean.table.funds.total, clean.table.goal.actual
    if line is None or line.annual is None or not goal:
        return None
    part = _shown(line.annual, Decimal("0.6"))
    wrong = with_goal(clean, actual=_LEVELS[way].format(part) + goal)
    return Planted(wrong, (spot(clean, "funds.fiscal"),), follows=("XD",))
