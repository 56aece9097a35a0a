"""The statistics of a lake: equal to those of the papers that it was made of, but for what a lake doesn't hold."""

import json
import re
import shutil
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from jixiao.audit.collection.likeness import likeness
from jixiao.audit.rows import Row
from jixiao.batch import duck, lake, nation, shards, texts
from jixiao.batch import statistics as of_lakes
from jixiao.batch.measured import of_row, row_again
from jixiao.batch.shards import Seen, Shard, Taken
from jixiao.batch.statistics import MADE_UP, NO_PROSE, NO_RECHECKS, statistics_of
from jixiao.batch.taken import batches_of
from jixiao.cli import behind, main, measuring
from jixiao.errors import UnreadableError
from jixiao.model.evaluation import Execution, Indicator
from jixiao.model.reading import Kind, Reading
from jixiao.model.review import Review
from jixiao.rollup import Grouping
from jixiao.rollup.statistics import Statistics, statistics
from jixiao.rollup.statistics.abridging import abridged
from jixiao.rollup.statistics.copies import ALIKE, INDICATORS
from jixiao.rollup.statistics.standing import spot_of
from jixiao.schemes import load_scheme
from jixiao.scoring import score
from tests import strategies
from tests.command import Jixiao, runner
from tests.examples import FOLDER
from tests.rollup.counties import Planted, county

MEANS = lake.Means()


def scored(review: Review) -> Review:
    """A made-up filing, its sheet that of the rule-book, its execution scored too."""
    table = review.filing.evaluation
    assert table is not None
    table = replace(table, execution=Execution(points=Decimal(10), score_printed=Decimal("9.5")))
    (reading,) = review.filing.readings
    reading = replace(reading, record=table, sha256="", index=0)
    filing = replace(review.filing, readings=(reading,), evaluation=table)
    return replace(review, filing=filing, sheet=score(table, load_scheme(review.scheme)))


def made(folder: Path, reviews: list[Review]) -> Path:
    """A lake of filings, each from a file of its own, in two parts."""
    files = sorted(reviews, key=lambda one: one.filing.readings[0].file)
    halves = (files[::2], files[1::2])
    shards.begin(folder, ())
    for n, half in enumerate(halves):
        taken = [
            Taken(Seen(name, 0, 0, ""), batches_of(name, [one]))
            for one in half
            for name in [one.filing.readings[0].file]
        ]
        shards.write_shard(folder, f"part-{n}", "", taken)
    shards.finish(folder, [Shard(f"part-{n}", ()) for n in range(2)])
    return folder


def known(reviews: list[Review], by: Grouping) -> Statistics:
    """What is said of the papers, without what is said of running text."""
    told = statistics(reviews, (), by)
    clusters = tuple(one for one in told.copies.clusters if one.kind == INDICATORS)
    compared = {INDICATORS: told.copies.compared[INDICATORS]}
    return replace(told, copies=replace(told.copies, clusters=clusters, compared=compared))


@pytest.fixture(scope="module")
def papers() -> list[Review]:
    planted = Planted(full=1, low=2, heaped=3, above=4, hits=0, copying=(5, 6))
    made_up = [scored(one) for one in county(3, planted, units=7)]
    last = made_up[-1]
    (reading,) = last.filing.readings
    table = last.filing.evaluation
    assert table is not None
    copy = replace(last, filing=replace(last.filing, readings=(replace(reading, file="副本.xlsx"),)))
    goal = replace(reading, file="申报表.xlsx", kind=Kind.GOAL_DECLARATION)
    declared = replace(last, filing=replace(last.filing, readings=(goal,)))
    alone = Reading(Kind.SELFEVAL_REPORT, strategies.reports().example(), file="报告.docx")
    report = replace(
        last, filing=replace(last.filing, readings=(alone,), evaluation=None, main=None), sheet=None
    )
    return [*made_up, copy, declared, report]


@pytest.mark.filterwarnings("ignore::hypothesis.errors.NonInteractiveExampleWarning")
@pytest.mark.parametrize("by", [Grouping.UNIT, Grouping.DEPARTMENT])
def test_a_lake_says_what_its_papers_say(
    papers: list[Review], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, by: Grouping
) -> None:
    monkeypatch.setattr(lake, "STRETCH", 20)
    told = statistics_of(made(tmp_path / "湖", papers), by, MEANS)
    due = known(papers, by)
    assert told.absent == (NO_RECHECKS, NO_PROSE)
    for name in ("inflation", "lowness", "heaping", "copies"):
        assert getattr(told, name) == getattr(due, name), name
    assert replace(told, absent=()) == due
    assert (told.twice, told.without) == (1, 2)
    if by is Grouping.UNIT:
        assert any(one.lead for part in told.inflation.comparisons for one in part.standings)
        assert any(one.lead for part in told.lowness.comparisons for one in part.standings)
        assert told.heaping.rates
        assert told.copies.compared.keys() == {INDICATORS}


@pytest.mark.filterwarnings("ignore::hypothesis.errors.NonInteractiveExampleWarning")
def test_a_large_lake_keeps_the_strongest_as_its_papers_do_and_draws_the_others(
    papers: list[Review], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, number in (("LARGE", 0), ("FILINGS", 2), ("ROWS", 3)):
        monkeypatch.setattr(of_lakes, name, number)
    told = statistics_of(made(tmp_path / "湖", papers), Grouping.UNIT, MEANS, tmp_path / "材料")
    whole = known(papers, Grouping.UNIT)
    due = abridged(whole, 2, 3)
    for name in ("inflation", "lowness", "heaping"):
        short = getattr(abridged(told, 2, 3), name)
        bare = tuple(replace(one, spots=()) for one in short.comparisons)
        assert replace(short, comparisons=bare) == getattr(due, name), name
    assert told.copies == whole.copies
    (full, *_), (all_of, *_) = told.inflation.comparisons, whole.inflation.comparisons
    assert set(full.spots) == {(one.projects, spot_of(one.share)) for one in all_of.standings}
    for name, lines in behind.tables(whole):
        beside = (tmp_path / "材料" / f"{name}.csv").read_text("utf-8")
        assert sorted(_lines(beside)) == sorted(_lines(b"".join(lines).decode("utf-8"))), name


def _lines(page: str) -> list[str]:
    """Lines without zeros at the end of their numbers, which a lake doesn't keep."""
    return [re.sub(r"(\.\d*?)0+(?=,)", r"\1", line).replace(".,", ",") for line in page.splitlines()]


_NAMES = tuple("甲乙丙丁戊己庚辛壬癸子丑")


@given(st.lists(st.frozensets(st.sampled_from(_NAMES), min_size=3), min_size=2, max_size=8))
def test_nobody_who_is_alike_is_passed_over_where_the_rarest_names_are_looked_up(
    filings: list[frozenset[str]],
) -> None:
    connection = duck.connect()
    pairs = [(key, _NAMES.index(name)) for key, own in enumerate(filings) for name in sorted(own)]
    keys, names = zip(*pairs, strict=True)
    owned = {"key": list(range(len(filings))), "owner": [str(key) for key in range(len(filings))]}
    duck.keep(connection, "named", [pa.table({"key": keys, "plain": names})])
    duck.keep(connection, "owners", [pa.table(owned)])
    words = {"share_n": "1", "share_d": "1", "most_owners": "9", "few_owners": "9", "enough": "5"}
    for statement in [*texts.statements(duck.filled("likeness.sql", words))][2:]:
        duck.run(connection, statement)
    found = {row["key"] for row in duck.stream(connection, "SELECT key FROM maybe_alike")}
    alike = {
        key
        for key, own in enumerate(filings)
        for other, their in enumerate(filings)
        if key != other and min(len(own), len(their)) >= 5 and likeness(own, their) >= ALIKE
    }
    assert alike <= found


@given(strategies.indicators())
def test_a_row_made_again_of_its_texts_is_what_was_read(indicator: Indicator) -> None:
    columns = of_row(Row(0, indicator))
    texts = {
        "level1": indicator.level1, "level2": indicator.level2, "level3": indicator.level3, "level4": indicator.level4,
        "target": indicator.target and indicator.target.text, "actual": indicator.actual and indicator.actual.text,
        **{name: columns[name] for name in ("sign", "unit", "read")},
    }  # fmt: skip
    again = row_again(0, texts).indicator  # type: ignore[arg-type]
    assert (again.target, again.actual, again.demand) == (
        indicator.target,
        indicator.actual,
        indicator.demand,
    )


def test_the_command_takes_a_lake_as_it_takes_a_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    jixiao: Jixiao = runner(capsys, monkeypatch)
    folder, water = tmp_path / "材料", tmp_path / "湖"
    folder.mkdir()
    for name in ("村道养护自评表.txt", "卫生院设备自评表.xlsx", "供水巡检自评报告.docx"):
        shutil.copy(FOLDER / name, folder / name)
    assert main(["batch", "ingest", str(folder), "-o", str(water), "--jobs", "1"]) == 0
    before = {path: path.read_bytes() for path in water.rglob("*") if path.is_file()}
    capsys.readouterr()
    words = ("--format", "json", "--by", "department")
    of_lake = jixiao("statistics", water, *words).json
    of_papers = jixiao("statistics", folder, "--jobs", "1", *words)
    due = json.loads(of_papers.out.replace(f"{folder}/", ""))
    assert of_lake["absent"] == [NO_RECHECKS, NO_PROSE]
    for name in ("filings", "projects", "years", "inflation", "lowness", "heaping"):
        assert _plain(of_lake[name]) == _plain(due[name]), name
    told = jixiao("statistics", water, "-o", tmp_path / "统计")
    assert (told.status, "张图" in told.err) == (0, True)
    front = load_workbook(tmp_path / "统计" / "统计线索.xlsx").worksheets[0]
    assert any(NO_PROSE in str(cell) for row in front.iter_rows(values_only=True) for cell in row)
    assert not (tmp_path / "统计" / "材料").exists()
    monkeypatch.setattr(measuring, "LARGE", 0)
    monkeypatch.setattr(of_lakes, "LARGE", 0)
    assert jixiao("statistics", water, "-o", tmp_path / "很多").status == 0
    assert len(list((tmp_path / "很多" / "材料").glob("*.csv"))) == 6
    assert "村道" in (tmp_path / "很多" / "材料" / "虚高.csv").read_text("utf-8-sig")
    assert (
        "只列最突出的" in json.loads((tmp_path / "很多" / "统计线索.json").read_text("utf-8"))["absent"][-1]
    )
    assert {path: path.read_bytes() for path in water.rglob("*") if path.is_file()} == before
    for more, says in (((folder,), "数据湖要单独给出"), (("--scheme", "zhejiang"), "请去掉 --scheme")):
        refused = jixiao("statistics", water, *more)
        assert (refused.status, says in refused.err) == (2, True), refused.err


def _plain(value: object) -> object:
    """Numbers without zeros at the end: a lake keeps 98.5 where a paper prints 98.50."""
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    text = str(value)
    return Decimal(text) if text.replace(".", "", 1).isdigit() else value


def test_a_made_up_lake_says_that_it_is_and_an_older_one_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nation, "_RIGHT", 2)
    monkeypatch.setattr(nation, "_WRONG", 1)
    water = tmp_path / "湖"
    nation.synthesize(water, 30, 7, MEANS)
    told = statistics_of(water, Grouping.UNIT, MEANS)
    assert told.filings == 30 - told.twice
    assert MADE_UP in told.absent
    about = json.loads((water / "lake.json").read_text("utf-8"))
    (water / "lake.json").write_text(json.dumps(about | {"version": 2}), "utf-8")
    with pytest.raises(UnreadableError, match="旧版本"):
        statistics_of(water, Grouping.UNIT, MEANS)
    assert lake.stretches_of(water)
