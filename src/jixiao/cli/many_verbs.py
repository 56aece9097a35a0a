"""The commands over many filings: put together, re-checked, drawn from."""
# ruff: noqa: PLC0415 - as in verbs

from typing import Annotated

import typer

from jixiao.cli.helping import Verb
from jixiao.cli.verbs import Answer, Files, Force, Jobs, Kept, Out, Scheme, app, known

__all__ = ["app"]  # with these commands too

By = Annotated[
    str, typer.Option("--by", metavar="WHAT", help="按 unit（实施单位）、department（主管部门）或 all 汇总")
]


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
    from pathlib import Path

    from jixiao.cli import rolling_up

    known(form, "text", "json")
    return rolling_up.roll_up(
        rolling_up.Order(paths, by, scheme, form, Path(out) if out is not None else None, jobs, cache, force)
    )


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
    from pathlib import Path

    from jixiao.cli import rechecking

    known(form, "text", "json")
    into = Path(out) if out is not None else None
    return rechecking.recheck(rechecking.Order(paths, scheme, form, into, jobs, cache, force))
