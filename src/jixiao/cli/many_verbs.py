"""The commands over many filings: put together, re-checked, drawn from, measured."""
# ruff: noqa: PLC0415 - as in verbs

from typing import TYPE_CHECKING, Annotated

import typer

from jixiao.cli.helping import Verb
from jixiao.cli.verbs import Answer, Files, Force, Jobs, Kept, Out, Scheme, app, known

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["app"]  # with these commands too

Seed = Annotated[
    str,
    typer.Option(
        "--seed", metavar="TEXT", help="种子：先公布的一串字，同一种子抽出同一份名单", show_default=False
    ),
]
Size = Annotated[int, typer.Option("--size", metavar="N", min=1, help="一共抽几份", show_default=False)]
Least = Annotated[int, typer.Option("--least", metavar="N", min=0, help="每组至少抽几份；不足的全抽")]
Weighing = Annotated[str | None, typer.Option("--risk", metavar="FILE", help="自定的风险分；不写则用自带的")]
Strata = Annotated[
    str,
    typer.Option(
        "--by", metavar="WHAT", help="按 unit（实施单位）、department（主管部门）或 all（不分）分组"
    ),
]
By = Annotated[
    str, typer.Option("--by", metavar="WHAT", help="按 unit（实施单位）、department（主管部门）或 all 汇总")
]
Beside = Annotated[
    str, typer.Option("--by", metavar="WHAT", help="按 unit（实施单位）或 department（主管部门）比较")
]
Folder = Annotated[
    str | None, typer.Option("--output", "-o", metavar="FOLDER", help="报告、数据和图都写到这个文件夹")
]


def path(word: str | None) -> "Path | None":
    """Return the path that an option names."""
    from pathlib import Path

    return None if word is None else Path(word)


@app.command(cls=Verb, epilog="例：jixiao rollup 全县自评材料/ --by department -o 汇总.xlsx")
def rollup(  # noqa: PLR0913 - one parameter an option
    paths: Files,
    by: By = "department",
    scheme: Scheme = None,
    form: Answer = "text",
    out: Out = None,
    jobs: Jobs = None,
    *,
    cache: Kept = True,
    force: Force = False,
) -> int:
    """把许多份自评材料汇总：资金、平均分、分数段、扣分、问题。"""
    from jixiao.cli import rolling_up
    from jixiao.cli.together import Order

    known(form, "text", "json")
    return rolling_up.roll_up(Order(paths, by, scheme, form, path(out), jobs, cache, force))


@app.command(
    cls=Verb, epilog="例：jixiao recheck 自评表/ 复核表/ --scheme chengdu-pidu-recheck -o 复核对照.xlsx"
)
def recheck(  # noqa: PLR0913 - one parameter an option
    paths: Files,
    scheme: Scheme = None,
    form: Answer = "text",
    out: Out = None,
    jobs: Jobs = None,
    *,
    cache: Kept = True,
    force: Force = False,
) -> int:
    """把复核表与自评表逐行对照：偏差、原因、复核标准，几个复核人是否一致。"""
    from jixiao.cli import rechecking
    from jixiao.cli.together import Order

    known(form, "text", "json")
    return rechecking.recheck(
        Order(paths, scheme=scheme, form=form, out=path(out), jobs=jobs, cache=cache, force=force)
    )


@app.command(cls=Verb, epilog="例：jixiao sample 全县自评材料/ --seed 20240517 --size 30 -o 抽查名单.xlsx")
def sample(  # noqa: PLR0913, PLR0917 - one parameter an option
    paths: Files,
    seed: Seed,
    size: Size,
    by: Strata = "department",
    least: Least = 1,
    risk: Weighing = None,
    scheme: Scheme = None,
    form: Answer = "text",
    out: Out = None,
    jobs: Jobs = None,
    *,
    cache: Kept = True,
    force: Force = False,
) -> int:
    """分组抽样，风险高的容易抽到；公布种子和名单，谁都能重算。"""
    from jixiao.cli import sampling
    from jixiao.cli.together import Order

    known(form, "text", "json")
    order = Order(paths, by, scheme, form, path(out), jobs, cache, force)
    return sampling.draw(order, sampling.Lots(seed, size, least, path(risk)))


@app.command(cls=Verb, epilog="例：jixiao statistics 全县自评材料/ --by unit -o 统计线索/")
def statistics(  # noqa: PLR0913 - one parameter an option
    paths: Files,
    by: Beside = "unit",
    scheme: Scheme = None,
    form: Answer = "text",
    out: Folder = None,
    jobs: Jobs = None,
    *,
    cache: Kept = True,
    force: Force = False,
) -> int:
    """统计线索：虚高、目标偏低、数字扎堆、文字雷同；附办法、图和材料。"""
    from jixiao.cli import measuring
    from jixiao.cli.together import Order

    known(form, "text", "json")
    return measuring.measure(Order(paths, by, scheme, form, path(out), jobs, cache, force))
