"""Spark as the second engine: the same scores to the last row, and plain sentences where it can't work.

All of it is one session: Spark takes some ten seconds to start and to understand score.sql for the first time.
"""

import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from jixiao.batch import duck, lake, nation, parts, texts
from jixiao.batch.audit_lake import audit_lake
from jixiao.batch.auditing import audit_rows, query
from jixiao.batch.rows import Origin, Rows, evaluations_as_rows
from jixiao.batch.scoring import Scored, asked_tables
from jixiao.batch.settled import COMPUTED
from jixiao.cli import main
from jixiao.errors import UnreadableError
from jixiao.schemes.scheme import Scheme
from jixiao.schemes.shelf import all_schemes
from tests.batch.test_audit_columns import tables_of_rules
from tests.batch.test_columns import altered, tables_of
from tests.batch.twins import compare
from tests.examples import FOLDER

if not shutil.which("java"):
    pytest.skip("no Java: apt-get install openjdk-17-jre-headless", allow_module_level=True)
pytest.importorskip("pyspark", reason="no PySpark: make spark")
spark = pytest.importorskip("jixiao.batch.spark")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore"),  # Spark's own
    pytest.mark.usefixtures("unmeasured"),
]
SPARING = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"  # a third less of the processor for what is soon over
SOME = 6  # rule-books made up, of the 36 that DuckDB is tried on


@pytest.fixture(scope="module")
def opened() -> Iterator[object]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("JDK_JAVA_OPTIONS", SPARING)
        with spark.session("local[2]", "2GB") as session:
            spark.cut(session, 0)
            yield session


def test_every_method_scores_the_same_on_spark(opened: object, tmp_path: Path) -> None:
    def score_rows(rows: Rows, schemes: Sequence[Scheme]) -> Scored:
        spark.register(opened, asked_tables(rows, schemes))
        sheets = spark.ask(opened, spark.filled("score.sql", {"result": "sheets"}), tmp_path)
        return Scored(spark.ask(opened, "SELECT * FROM rows"), sheets)  # a view since then

    assert not compare(tables_of(7, 12), altered()[::SOME], score_rows).refused


def test_a_quotient_beyond_a_long_is_exact_and_a_sum_beyond_38_digits_is_refused(opened: object) -> None:
    over, under = 10**28 + 1, 3
    asked = "SELECT half_up(CAST({n} AS DECIMAL(38, 0)), CAST({d} AS DECIMAL(38, 0))) AS q"
    known = texts.macros(texts.filled("macros.sql", spark._DIALECT))
    (told,) = spark.ask(opened, texts.expanded(asked.format(n=over, d=under), known)).to_pylist()
    assert told["q"] == (2 * over + under) // (2 * under)
    with pytest.raises(Exception, match=r"OVERFLOW|OUT_OF_RANGE"):
        spark.ask(
            opened,
            "SELECT CAST(id + 1 AS DECIMAL(38, 0)) * 10000000000000000000 * 10000000000000000000 FROM range(1)",
        )


def test_a_table_in_several_pieces_loses_no_row_on_its_way_to_spark(opened: object) -> None:
    pieces = [
        pa.table({"n": pa.array(range(start, start + size), pa.int64())})
        for start, size in ((0, 3), (3, 1), (4, 0), (4, 40))
    ]
    spark.register(opened, {"pieces": pa.concat_tables(pieces)})
    assert spark.ask(opened, "SELECT n FROM pieces ORDER BY n")["n"].to_pylist() == list(range(44))


def test_every_rule_finds_the_same_on_spark(opened: object, tmp_path: Path) -> None:
    usual, odd = (all_schemes(), altered())
    pairs = [(table, usual[n % len(usual)]) for n, table in enumerate(tables_of_rules("fail"))]
    pairs += [(table, odd[n % len(odd)]) for n, table in enumerate(tables_of(11, 72))]
    rows = evaluations_as_rows([(Origin(n, scheme.id), table) for n, (table, scheme) in enumerate(pairs)])
    spark.register(opened, asked_tables(rows, (*usual, *odd)))
    have = spark.ask(opened, query("findings", spark.filled), tmp_path)
    want = audit_rows(rows, (*usual, *odd))
    assert {row["code"] for row in have.to_pylist()} >= COMPUTED.keys()
    assert Counter(map(_line, have.to_pylist())) == Counter(map(_line, want.to_pylist()))


def _line(row: dict[str, object]) -> tuple[object, ...]:
    return tuple(row.values())


def test_a_lake_summed_audited_and_rescored_on_spark_is_the_same_to_the_last_row(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, opened: object
) -> None:
    monkeypatch.setattr(nation, "PART", 40)
    monkeypatch.setattr(nation, "_RIGHT", 2)
    monkeypatch.setattr(nation, "_WRONG", 1)
    ours, other = tmp_path / "ours", tmp_path / "云"
    nation.synthesize(ours, 100, 7, lake.Means())
    lake.score_lake(ours, lake.Means())
    shutil.copytree(ours, other)
    on_spark = lake.Means("2GB", master="local[2]")
    assert _same(lake.roll_up(ours, lake.Means()), lake.roll_up(other, on_spark))
    opened.conf.set(
        "spark.sql.adaptive.coalescePartitions.enabled", "false"
    )  # so that there are several files
    assert _same(audit_lake(ours, lake.Means()), audit_lake(other, on_spark))
    assert _all(other, "audited").equals(_all(ours, "audited"))
    opened.conf.unset("spark.sql.adaptive.coalescePartitions.enabled")
    filings = [set(pq.read_table(path)["filing"].to_pylist()) for path in parts.all_of(other, "audited")]
    assert len(filings) > 1
    assert sum(map(len, filings)) == len(set[int]().union(*filings)), "a filing's findings lie in two files"
    assert _same(lake.compare(ours, "zhejiang", lake.Means()), lake.compare(other, "zhejiang", on_spark))
    assert _all(other, "sheets-zhejiang").equals(_all(ours, "sheets-zhejiang"))


@pytest.mark.usefixtures("opened")
def test_papers_taken_in_on_spark_make_the_same_lake_byte_by_byte(tmp_path: Path) -> None:
    papers, ours, other = tmp_path / "材料", tmp_path / "ours", tmp_path / "other"
    papers.mkdir()
    for name in ("村道养护自评表.txt", "供水巡检自评报告.docx"):
        shutil.copy(FOLDER / name, papers)
    (papers / "通知.txt").write_text("明天开会。", "utf-8")
    words = ["batch", "ingest", str(papers), "-o"]
    assert main([*words, str(ours), "--jobs", "1"]) == 2  # one file is no paper
    assert main([*words, str(other), "--engine", "spark", "--master", "local[2]"]) == 2
    assert _bytes(other) == _bytes(ours)
    assert "filings" in {path.parts[0] for path in _bytes(ours)}


def _bytes(lake: Path) -> dict[Path, bytes]:
    return {path.relative_to(lake): path.read_bytes() for path in lake.rglob("*") if path.is_file()}


def _all(folder: Path, name: str) -> pa.Table:
    connection = duck.connect()
    duck.view(connection, "found", parts.all_of(folder, name), {})
    return duck.ask(connection, "SELECT * FROM found ORDER BY ALL")


def _same(one: pa.Table, other: pa.Table) -> bool:
    """Whether two answers hold the same numbers; engines differ in the widths of their sums."""
    return bool(one.column_names == other.column_names and one.to_pylist() == other.to_pylist())


def test_without_java_or_with_a_size_that_says_nothing_a_sentence_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(UnreadableError, match="3GB 这样"), spark.session("local[1]", "viel"):
        pass
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(UnreadableError, match="需要 Java"), spark.session("local[1]"):
        pass
    assert main(["batch", "score", "nirgends", "--master", "local[1]"]) == 2
    assert "--engine spark" in capsys.readouterr().err
    assert main(["batch", "score", "nirgends", "--engine", "flink"]) == 2
    assert "duckdb、spark" in capsys.readouterr().err
