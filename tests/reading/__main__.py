"""The proof of reading: `python -m tests.reading [--each N] [--formats …] [--damages …] [--looks …] [--show N] [--write FILE]`."""

import argparse
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path

from tests.reading import office
from tests.reading.comparison import Count
from tests.reading.looks import FORMATS
from tests.reading.measure import Row, compared, known_hurts, measured, pictures, tasks
from tests.reading.telling import line_of, told

_JOBS = 2


def main(words: Sequence[str]) -> int:
    """Make the corpus, read it, print what comes as it comes, then the page."""
    asked = _asked(words)
    formats = _chosen(asked.formats, FORMATS)
    hurts = () if asked.damages == "none" else _chosen(asked.damages, known_hurts())
    scans = pictures(asked.scans or asked.each, asked.seed) if "scan" in formats else ()
    wanted = [
        batch
        for batch in (*tasks(formats, hurts, asked.each, asked.seed), *scans)
        if (not asked.looks or batch[0].look.name in asked.looks.split(","))
        and (office.found() or not batch[0].look.through)
    ]
    rows: list[Row] = []
    command = f"python -m tests.reading {' '.join(words)}".partition(" --write")[0]
    with ProcessPoolExecutor(_JOBS) as workers:
        running = [
            workers.submit(measured, batch, beside=not asked.alone and compared(batch)) for batch in wanted
        ]
        for done in as_completed(running):
            rows += done.result()
            _partly(done.result(), asked.show)
            if asked.write:
                asked.write.write_text(told(rows, command), "utf-8")
    if not asked.write:
        sys.stdout.write(told(rows, command))
    return 0


def _asked(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        "python -m tests.reading", description="识读的证明：画出文件，弄坏，再读回来逐格比较。"
    )
    parser.add_argument("--each", type=int, default=3, help="每种样子、每种损坏多少个文件")
    parser.add_argument("--scans", type=int, default=0, help="每种扫描件多少个文件，不写则与 --each 相同")
    parser.add_argument("--seed", default="1")
    parser.add_argument("--formats", default="", help=f"只看这些格式：{','.join(FORMATS)}")
    parser.add_argument(
        "--damages", default="", help=f"只看这些损坏，none 为不损坏：{','.join(known_hurts())}"
    )
    parser.add_argument("--looks", default="", help="只看这些样子")
    parser.add_argument("--alone", action="store_true", help="不运行别的库")
    parser.add_argument("--show", type=int, default=0, help="每个读错的文件列出多少处")
    parser.add_argument("--write", type=Path, help="写入这个文件，如 docs/proof-reading.md")
    return parser.parse_args(words)


def _chosen(asked: str, known: Sequence[str]) -> tuple[str, ...]:
    wanted = [word.strip() for word in asked.split(",") if word.strip()]
    unknown = [word for word in wanted if word not in known]
    if unknown:
        sys.exit(f"没有 {'、'.join(unknown)}；可用的有：{'、'.join(known)}")
    return tuple(name for name in known if not wanted or name in wanted)


def _partly(rows: Sequence[Row], most: int) -> None:
    """Tell what came of one batch on standard error, with some of what went wrong."""
    look = rows[0].task.look
    sys.stderr.write(line_of(f"{look.format} {look.name}", sum((row.count for row in rows), Count())) + "\n")
    for row in rows:
        if most and row.wrong:
            sys.stderr.write(
                f"    {row.task.hurt or 'whole'} ({row.task.seed}): {'; '.join(row.wrong[:most])[:400]}\n"
            )
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
