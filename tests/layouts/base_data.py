"""Makes up a base-data form: head, sources by stage, answers, goal with its tick, indicators without scores."""

from dataclasses import replace
from decimal import Decimal
from random import Random

from jixiao.model.evaluation import Evaluation, FundLine, Funds, Goal, Indicator, Particular
from jixiao.model.figure import WAN, figure_of
from jixiao.papers.base_data.base_data_answers import FUNDS
from jixiao.papers.form import Form, load_form
from jixiao.papers.words import folded
from tests.layouts import vocabulary as words
from tests.layouts.invention import invent

_ASKED = ("立项情况", "政府采购情况", "项目管理制度")


def invent_base_data(rng: Random, form: Form) -> Evaluation:
    """Make up what one base-data form says; the same state of `rng` gives the same record."""
    base = invent(rng, load_form("f-10"))
    sources = [label for source, label in form.fund_rows if source != "total" and rng.random() < 0.6] or [
        "县级资金"
    ]
    amounts = [rng.randrange(1000, 90000) for _ in sources]
    lines = tuple(_line(rng, label, amount) for label, amount in zip(sources, amounts, strict=True))
    rows = tuple(_plain(row) for row in base.indicators if row.level2 != "成本指标")
    labels = [(line[0][1] if name == "called" else "") + label for line in form.head for name, label in line
              if name in ("particular", "called")]  # fmt: skip
    labels += [label for line in form.asked for _, label in line]
    labels.append(FUNDS + form.fund_columns[-1].heading)
    said = tuple(Particular(folded(label), _answer(rng, label)) for label in labels if rng.random() < 0.7)
    goal = Goal(base.goal.expected, base.goal.actual if rng.random() < 0.8 else None)
    told = {one.label for one in said}
    unsaid = () if goal.actual is not None else ("目标实际完成情况",)
    called = tuple(one.text for one in said if "联系" in one.label)
    return Evaluation(
        replace(base.project), 2023, Funds(WAN, _line(rng, "合计", sum(amounts)), more=lines), goal=goal, indicators=rows,
        evaluated_amount=figure_of(f"{Decimal(sum(amounts)) / 100:f}", WAN), particulars=said, contacts=called,
        achieved_printed=rng.choice((None, "是", "部分实现", "否")),
        blanks=(*unsaid, *(label for label in _ASKED if label not in told)),
        filled_by=rng.choice((None, base.project.unit)),
    )  # fmt: skip


def _line(rng: Random, label: str, cents: int) -> FundLine:
    def figure(share: int) -> object:
        return figure_of(f"{Decimal(cents * share // 100) / 100:f}", WAN)

    kinds = {"initial": 100, "annual": 100, "allocated": 95, "received": 95, "executed": 90}
    amounts = {kind: figure(share) for kind, share in kinds.items() if kind == "annual" or rng.random() < 0.8}
    return FundLine(**amounts, label=label)  # type: ignore[arg-type]


def _plain(row: Indicator) -> Indicator:
    """Keep what the form has: names, target, result and the reason."""
    return Indicator(row.level1, row.level2, row.level3, None, row.target, row.actual, reason=row.reason)


def _answer(rng: Random, label: str) -> str:
    if "邮箱" in label:
        return "xm@qinghe.example"
    if "联系人" in label:
        return rng.choice(("甲某0990-1234567", "乙某"))
    if label.startswith("是否"):
        return rng.choice(("是", "否"))
    return "2023年11月" if label.endswith("时间") else rng.choice(words.TOLD[1:])
