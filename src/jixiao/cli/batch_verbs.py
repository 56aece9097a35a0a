"""`jixiao batch`: the commands over a lake of filings."""
# ruff: noqa: PLC0415 - as in verbs

from typing import TYPE_CHECKING, Annotated

import typer

from jixiao.cli.helping import Verb, Verbs
from jixiao.cli.site_verbs import app
from jixiao.cli.verbs import Answer, Jobs, Kept, Scheme, known
from jixiao.errors import UnknownNameError, UnreadableError

if TYPE_CHECKING:
    from jixiao.cli.lakes import Order

__all__ = ["app"]  # with these commands too

batch = typer.Typer(cls=Verbs, help="成千上万份自评：入库，按表格成批计分、汇总、换口径重算。")
app.add_typer(batch, name="batch")

Lake = Annotated[str, typer.Argument(metavar="LAKE", help="数据湖的文件夹", show_default=False)]
Papers = Annotated[str, typer.Argument(metavar="FOLDER", help="存放材料的文件夹", show_default=False)]
IntoLake = Annotated[
    str,
    typer.Option("--output", "-o", metavar="LAKE", help="数据湖的文件夹，新的或上次的", show_default=False),
]
NewLake = Annotated[
    str, typer.Option("--output", "-o", metavar="LAKE", help="写到这个空文件夹", show_default=False)
]
Filings = Annotated[int, typer.Option("--filings", metavar="N", min=1, help="多少份", show_default=False)]
Seed = Annotated[int, typer.Option("--seed", metavar="N", min=0, help="种子；同一种子得到同样的内容")]
Other = Annotated[str, typer.Option("--scheme", metavar="ID", help="换成这个评分口径", show_default=False)]
By = Annotated[
    str,
    typer.Option(
        "--by", metavar="WHAT", help="按什么分列：province 省、region 地区、department 部门、scheme 原口径"
    ),
]
Memory = Annotated[
    str | None, typer.Option("--memory", metavar="SIZE", help="最多用多少内存，如 3GB；不写则由引擎定")
]
Engine = Annotated[
    str, typer.Option("--engine", metavar="NAME", help="由谁计算：duckdb（本机）或 spark（集群）")
]
Master = Annotated[
    str | None,
    typer.Option("--master", metavar="URL", help="Spark 的主节点，如 spark://主机:7077；不写则用本机全部核"),
]
Spill = Annotated[str | None, typer.Option("--spill", metavar="FOLDER", help="内存不够时写到这个文件夹")]


@batch.command(cls=Verb, epilog="例：jixiao batch ingest 全省自评材料/ -o 数据湖")
def ingest(  # noqa: PLR0913 an option each
    folder: Papers,
    lake: IntoLake,
    scheme: Scheme = None,
    form: Answer = "text",
    jobs: Jobs = None,
    *,
    cache: Kept = True,
    engine: Engine = "duckdb",
    master: Master = None,
) -> int:
    """把一个文件夹的材料读入数据湖；中断后再运行一次，只读还没读的和变了的。"""
    from pathlib import Path

    known(form, "text", "json")
    spark = _master(engine, master)
    from jixiao.cli.lakes import ingesting

    return ingesting.ingest(ingesting.Order(Path(folder), Path(lake), scheme, form, jobs, cache, spark))


@batch.command(cls=Verb, epilog="例：jixiao batch synthesize --filings 100000 --seed 7 -o 试验湖")
def synthesize(
    lake: NewLake,
    filings: Filings,
    seed: Seed = 0,
    form: Answer = "text",
    memory: Memory = None,
    spill: Spill = None,
) -> None:
    """编造一批自评，供试验用；单位、项目和数字都是虚构的。"""
    order = _order(lake, form, memory, spill)
    from jixiao.cli import lakes

    lakes.synthesize(order, filings, seed)


@batch.command(cls=Verb, epilog="例：jixiao batch score 试验湖 --memory 3GB")
def score(
    lake: Lake,
    form: Answer = "text",
    memory: Memory = None,
    spill: Spill = None,
    engine: Engine = "duckdb",
    master: Master = None,
) -> None:
    """给全部自评计分，各按自己的口径。"""
    order = _order(lake, form, memory, spill, _master(engine, master))
    from jixiao.cli import lakes

    lakes.score(order)


@batch.command(cls=Verb, epilog="例：jixiao batch audit 试验湖 --memory 3GB")
def audit(
    lake: Lake,
    form: Answer = "text",
    memory: Memory = None,
    spill: Spill = None,
    engine: Engine = "duckdb",
    master: Master = None,
) -> None:
    """审核全部自评，各按自己的口径，数出每条规则的问题。"""
    order = _order(lake, form, memory, spill, _master(engine, master))
    from jixiao.cli import lakes

    lakes.audit(order)


@batch.command(cls=Verb, epilog="例：jixiao batch rollup 试验湖")
def rollup(
    lake: Lake,
    form: Answer = "text",
    memory: Memory = None,
    spill: Spill = None,
    engine: Engine = "duckdb",
    master: Master = None,
) -> None:
    """按地区和年度汇总已计的分。"""
    order = _order(lake, form, memory, spill, _master(engine, master))
    from jixiao.cli import lakes

    lakes.roll_up(order)


@batch.command(cls=Verb, epilog="例：jixiao batch rescore 试验湖 --scheme zhejiang")
def rescore(  # noqa: PLR0913, PLR0917 an option each
    lake: Lake,
    scheme: Other,
    by: By = "province",
    form: Answer = "text",
    memory: Memory = None,
    spill: Spill = None,
    engine: Engine = "duckdb",
    master: Master = None,
) -> None:
    """换一份口径重算：谁的总分和等级会变，变多少；口径可以是自己改过的 .toml 文件。"""
    order = _order(lake, form, memory, spill, _master(engine, master))
    from jixiao.cli import lakes

    lakes.rescore(order, scheme, by)


def _master(engine: str, master: str | None) -> str | None:
    """Return Spark's master, None for DuckDB."""
    if engine not in {"duckdb", "spark"}:
        raise UnknownNameError(f"没有名为“{engine}”的引擎；可用的有：duckdb、spark。")
    if engine == "spark":
        return master or "local[*]"
    if master is not None:
        raise UnreadableError("--master 只用于 Spark：请同时写 --engine spark。")
    return None


def _order(lake: str, form: str, memory: str | None, spill: str | None, master: str | None = None) -> "Order":
    from pathlib import Path

    known(form, "text", "json")
    from jixiao.cli.lakes import Order

    return Order(Path(lake), form, memory, Path(spill) if spill is not None else None, master)
