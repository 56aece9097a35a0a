"""Spark: the one door to it. The same texts and tables as `duck`, on a cluster or on all cores of one machine.

Sums raise where they leave their type (ANSI mode), so that nothing wraps. What `div` would wrap is divided in decimals.
"""

import os
import re
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TypeAlias

import pyarrow as pa
from py4j.protocol import Py4JError
from pyspark.errors import PySparkException
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.functions import lit

from jixiao.batch import texts
from jixiao.errors import UnreadableError
from jixiao.expressions import expression

_DIALECT = {
    "wide": "DECIMAL(38, 0)", "div": "DIV", "inline": "", "kept": "MATERIALIZED",
    "streamed": "", "once": "", "whole": "CAST((n - n % d) / d AS DECIMAL(38, 0))", "unnest": "explode",
}  # fmt: skip
_MEMORY = expression(r"(\d+)\s*([KMGT])i?B?", re.IGNORECASE)
_LEAST_JAVA = 17

_SETTINGS = {
    "spark.sql.ansi.enabled": "true",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "ERROR",
    "spark.executorEnv.LC_ALL": "C.UTF-8",  # provinces stand in paths
    "spark.sql.codegen.wholeStage": "false",  # a stage of score.sql is longer than a Java method may be
    "spark.hadoop.mapreduce.fileoutputcommitter.marksuccessfuljobs": "false",
}

_MADE = pa.schema([("number", pa.int64()), ("made", pa.binary())])

Session: TypeAlias = SparkSession


@contextmanager
def session(master: str, memory: str | None = None, spill: Path | None = None) -> Iterator[Session]:
    """Open Spark, and close it again unless it was open before.

    Args:
        master: `local[2]`, `spark://host:7077`; paths must mean the same to all its machines.
        memory: what the driver and each executor may take, such as "3GB".
        spill: the folder that is written to beyond that, where the cluster doesn't name its own.

    Raises:
        UnreadableError: there is no Java, or Spark doesn't start or breaks off; the sentence says which.
    """
    was_open = SparkSession.getActiveSession() is not None
    opened = _opened(master, memory, spill)
    try:
        yield opened
    except (Py4JError, PySparkException) as error:
        raise UnreadableError(f"Spark 没有算完：{_reason(error)}") from error
    finally:
        if not was_open:
            opened.stop()


def _opened(master: str, memory: str | None, spill: Path | None) -> Session:
    _need_java()
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.appName("jixiao").master(master)
    for key, value in (_SETTINGS | _limits(memory, spill)).items():
        builder = builder.config(key, value)
    try:
        return builder.getOrCreate()
    except (Py4JError, PySparkException) as error:
        raise UnreadableError(
            f"Spark 没有启动：请核对 --master {master}，并确认主节点开着、版本相同。原因：{_reason(error)}"
        ) from error


def _need_java() -> None:
    home = os.environ.get("JAVA_HOME")
    if not (home and shutil.which("java", path=str(Path(home) / "bin"))) and not shutil.which("java"):
        raise UnreadableError(f"用 Spark 计算需要 Java：请安装 Java {_LEAST_JAVA} 或更高版本，再试一次。")


def _limits(memory: str | None, spill: Path | None) -> dict[str, str]:
    """Return the settings for memory and spilling; Spark writes 3GB as 3g."""
    found = {}
    if memory is not None:
        said = _MEMORY.fullmatch(memory.strip())
        if said is None:
            raise UnreadableError(f"内存“{memory}”看不懂：请写成 3GB 这样。")
        size = said[1] + said[2].lower()
        found = {"spark.driver.memory": size, "spark.executor.memory": size}
    if spill is not None:
        found["spark.local.dir"] = str(spill)
    return found


def _reason(error: Exception) -> str:
    """Return the first line that says what happened."""
    java = getattr(error, "java_exception", None)
    text = str(java.getMessage()) if java is not None else str(error)
    return (text.strip().splitlines() or ["?"])[0][:300]


def filled(file: str, more: Mapping[str, str] | None = None) -> str:
    """Return the SQL text of a file with its names filled in, and those of `more`; macros.sql is written out."""
    known = texts.macros(texts.filled("macros.sql", _DIALECT))
    return texts.expanded(texts.filled(file, _DIALECT | dict(more or {})), known)


def register(opened: Session, tables: Mapping[str, pa.Table]) -> None:
    """Let the engine see tables by their names; Spark loses rows of a table in several pieces, so each is made one."""
    for name, table in tables.items():
        opened.createDataFrame(table.combine_chunks()).createOrReplaceTempView(name)


def view(
    opened: Session,
    name: str,
    files: Sequence[Path],
    schema: pa.Schema,
    fixed: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """Let the engine see Parquet files of a lake under the name of their table.

    Args:
        opened: the engine.
        name: the table; its folder stands above the files, and folders such as year=2023 below it are columns.
        files: at least one.
        schema: its columns, those of the folders too.
        fixed: columns that hold one text in every row.
    """
    base = next(path for path in files[0].parents if "=" not in path.name)
    reader = opened.read.schema(opened.createDataFrame(schema.empty_table()).schema)
    frame = reader.option("basePath", str(base)).parquet(*map(str, files))
    for column, text in fixed.items():
        frame = frame.withColumn(column, lit(text))
    frame.createOrReplaceTempView(name)


def found(opened: Session, name: str, folder: Path) -> None:
    """Let the engine see all Parquet files of a folder under a name, with the columns that they have."""
    opened.read.parquet(str(folder)).createOrReplaceTempView(name)


def cut(opened: Session, pieces: int) -> None:
    """Say into how many pieces rows are dealt, at least two for each core."""
    least = 2 * opened.sparkContext.defaultParallelism
    opened.conf.set("spark.sql.shuffle.partitions", str(max(pieces, least)))


def ask(opened: Session, sql: str, keep: Path | None = None) -> pa.Table:
    """Return a query's answer as a table.

    Args:
        opened: the engine.
        sql: the query.
        keep: a folder for its named queries that are worked out once, where it has any; it stays.
    """
    return _frame(opened, sql, keep).toArrow()


def write(opened: Session, sql: str, folder: Path) -> None:
    """Write a query's answer to Parquet files in a folder, whole or not at all; what stood there is replaced."""
    draft, keep = (folder.with_name(f"{folder.name}.{what}") for what in ("draft", "kept"))
    shutil.rmtree(keep, ignore_errors=True)  # of a run that was killed
    try:
        _frame(opened, sql, keep).write.mode("overwrite").parquet(str(draft))
    finally:
        shutil.rmtree(keep, ignore_errors=True)
    for number, path in enumerate(sorted(draft.glob("*.parquet"))):
        path.replace(draft / f"part-{number:05d}.parquet")
    for path in draft.glob(".*"):
        path.unlink()
    shutil.rmtree(folder, ignore_errors=True)
    draft.replace(folder)


def mapped(
    opened: Session, items: Sequence[bytes], do: Callable[[bytes], bytes], each: int
) -> Sequence[bytes]:
    """Return what a function makes of each item, in order; the executors call it, in their own Python.

    Args:
        opened: the engine.
        items: what it is called with.
        do: a function of a module that the executors have too.
        each: how many items an executor takes at a time.
    """
    numbered = pa.table(
        {"number": pa.array(range(len(items)), pa.int64()), "item": pa.array(items, pa.binary())}
    )
    dealt = opened.createDataFrame(numbered).repartition(-(-len(items) // each))
    made = dealt.mapInArrow(partial(_made, do), "number BIGINT, made BINARY").toArrow()
    return list(made.sort_by("number").column("made").to_pylist())


def _made(do: Callable[[bytes], bytes], batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Yield what a function makes of each item, in an executor: a batch each, so that none outgrows its bounds."""
    for row in (row for batch in batches for row in batch.to_pylist()):
        yield pa.RecordBatch.from_pydict({"number": [row["number"]], "made": [do(row["item"])]}, _MADE)


def _frame(opened: Session, sql: str, keep: Path | None) -> DataFrame:
    """Return a query that is still to be worked out.

    Its named queries become views one by one, so that each is understood once. Those to be kept are written to a folder
    and read again: the plan of what follows begins there, and a machine that is lost takes nothing with it.
    """
    named, last = texts.steps(sql)
    for step in named:
        frame = opened.sql(step.sql)
        if step.kept and keep is not None:
            frame = _kept(opened, frame, keep / step.name)
        frame.createOrReplaceTempView(step.name)
    return opened.sql(last)


def _kept(opened: Session, frame: DataFrame, folder: Path) -> DataFrame:
    frame.write.mode("overwrite").parquet(str(folder))
    return opened.read.schema(frame.schema).parquet(str(folder))
