"""抽样名单: lays a draw out: the filings drawn, all of them with their probabilities, how it was done."""

from collections.abc import Iterator, Sequence

from jixiao.layout import Grid, Layout, Line, Role
from jixiao.model.figure import half_up
from jixiao.papers.pages.plain_table import plain_table
from jixiao.rollup.drawing import Sample
from jixiao.rollup.risk import Level, Rate, Weights
from jixiao.rollup.sampling import METHOD, Lot
from jixiao.rollup.summing import Grouping

DRAWN, ALL, HOW = "抽样名单", "全部材料", "抽样办法"
STRATA = {Grouping.UNIT: "按实施单位分组", Grouping.DEPARTMENT: "按主管部门分组", Grouping.ALL: "不分组"}
_STEPS = (
    "每份材料的风险分为下表各项之和。风险分只决定抽到的可能大小，不表示材料有问题。",
    "各组先各分最少份数（不足的全抽），余下的份数逐个分给“组风险分 ÷（2 × 已分份数 + 1）”最大的组，分完为止。",
    "组内每份材料抽到的概率 = 组的份数 × 风险分 ÷ 组风险分；等于或超过 1 的必抽，其余按剩下的份数和风险分再算。",
    "随机数 = SHA-256（种子、换行、编号，UTF-8）÷ 2 的 256 次方。组内按材料的随机数由小到大排列，把概率依次首尾相接，"
    "以组名的随机数为起点，每隔 1 取一点，点落在哪一份就抽哪一份。",
    "概率是精确的分数，各组份数一份不多一份不少。知道种子和全部材料的风险分，任何人都能重算出同一份名单。",
)


def lay_out(made: Sample) -> tuple[Layout, ...]:
    """Lay a draw out: three pages, a workbook's sheets."""
    drawn = [lot for lot in made.draw.lots if lot.drawn]
    return (
        _page(DRAWN, tuple(_summary(made)), [_lots(made, drawn)]),
        _page(ALL, (), [_lots(made, made.draw.lots)]),
        _page(HOW, _STEPS, [_strata(made), _points(made.weights)]),
    )


def _page(title: str, notes: Sequence[str], tables: Sequence[Grid]) -> Layout:
    told = (Line(note, role=Role.NOTE) for note in notes)
    return Layout(title, (Line(title, level=0), *told, *tables), landscape=True)


def _summary(made: Sample) -> Iterator[str]:
    draw = made.draw
    yield (
        f"种子：{draw.seed}。{STRATA[made.by]}，{len(draw.lots)} 份材料抽 {draw.size} 份，"
        f"每组至少 {draw.least} 份。方法：{METHOD}。"
    )
    if made.left_out:
        yield f"另有 {made.left_out} 份不是一个项目的自评材料（部门报告、清单等），不在抽样范围。"


def _lots(made: Sample, lots: Sequence[Lot]) -> Grid:
    head = (
        "序号",
        "编号（年度｜单位｜项目）",
        "组",
        "风险分",
        "抽到的概率",
        "约合",
        "抽到",
        "风险分的构成",
        "文件",
    )
    return plain_table(head, [_lot(made, n, lot) for n, lot in enumerate(lots, 1)])


def _lot(made: Sample, number: int, lot: Lot) -> tuple[str, ...]:
    one = made.listed[lot.candidate.id]
    reasons = "；".join(f"{reason.says} {reason.adds:f}" for reason in one.risk.reasons)
    return (str(number), one.id, one.stratum, f"{lot.candidate.risk:f}", str(lot.probability),
            f"{half_up(lot.probability * 100, 2)}%", "是" if lot.drawn else "", reasons, one.file)  # fmt: skip


def _strata(made: Sample) -> Grid:
    rows = [(one.name, str(one.filings), f"{one.risk:f}", str(one.size)) for one in made.draw.strata]
    return plain_table(("组", "材料", "组风险分", "抽几份"), rows)


def _points(weights: Weights) -> Grid:
    rows = [
        ("每份都有", f"{weights.base:f}"), ("总分算不出来", f"{weights.undecided:f}"),
        ("自评满分", f"{weights.full_marks:f}"), ("没有自评表", f"{weights.no_table:f}"),
        ("确定的错误，每处", _rate(weights.error)), ("需核实的问题，每处", _rate(weights.warning)),
        ("自评比重算高，每 1 分", _rate(weights.overstated)),
        *((f"执行率低于 {one.edge:f}", _level(one)) for one in weights.execution),
        *((f"预算达到 {one.edge:f} 万元", _level(one)) for one in weights.amount),
    ]  # fmt: skip
    return plain_table(("风险分的项目", "加分"), rows)


def _rate(rate: Rate) -> str:
    return f"{rate.each:f}，至多 {rate.most:f}"


def _level(level: Level) -> str:
    return f"{level.adds:f}（同类只加一档）"
