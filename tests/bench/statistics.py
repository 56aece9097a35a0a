"""统计线索 of a large lake: `python -m tests.bench.statistics --filings 1000000`.

Makes a lake up, gives every two filings a project of their own, every twenty projects a unit and every hundred units a
department (a made-up lake's few names would all be one another's copies), measures it as the command does, and prints
seconds of the processor, of the clock, the peak of memory, and the size of what was written.
"""

import argparse
import sys
import tempfile
from contextlib import nullcontext
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from jixiao.batch import lake, nation, parts
from tests.bench.clock import command

_JIXIAO = (sys.executable, "-c", "from jixiao.cli import main; raise SystemExit(main())")
_EACH = {
    "project": (2, "项目"),
    "unit": (40, "单位"),
    "department": (4000, "局"),
}  # filings that share a name


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--filings", type=int, default=1_000_000)
    parser.add_argument("--by", default="unit")
    parser.add_argument("--keep", type=Path, help="a folder for the lake that stays")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() if given.keep is None else nullcontext(given.keep) as kept:
        water, out = Path(kept) / "lake", Path(kept) / "统计"
        if not water.exists():
            nation.synthesize(water, given.filings, 7, lake.Means("3GB"))
            name_apart(water)
        run = command((*_JIXIAO, "statistics", str(water), "--by", given.by, "-o", str(out), "--force"))
        size = sum(path.stat().st_size for path in out.rglob("*") if path.is_file())
        print(
            f"{given.filings} filings by {given.by}: {run.processor:.0f} s of the processor, {run.seconds:.0f} s, "
            f"{run.megabytes:.0f} MB at most, {size / 1024**2:.0f} MB written; ended with {run.code}"
        )


def name_apart(water: Path) -> None:
    """Give the filings of a made-up lake names of their own."""
    for path in parts.all_of(water, "filings"):
        table = pq.ParquetFile(path).read()
        for column, (share, word) in _EACH.items():
            number = pc.divide(table["filing"], pa.scalar(share, pa.int64())).cast(pa.string())
            names = pc.binary_join_element_wise(pa.scalar("第"), number, pa.scalar(word), "")
            table = table.set_column(table.column_names.index(column), column, names)
        pq.write_table(table, path, compression="zstd")


if __name__ == "__main__":
    main()
