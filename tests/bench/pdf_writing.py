"""What writing a PDF costs beside the usual way: the same form as docx, and LibreOffice to make a PDF of it.

LibreOffice is asked for one file, and for ten at once, which spares it nine starts. Many are written by two processes,
as `jixiao write --jobs 2` does.
"""

import multiprocessing
import resource
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import cache
from itertools import islice
from random import Random
from time import perf_counter

from jixiao.formats import bind, write
from jixiao.model.evaluation import Evaluation
from jixiao.papers.form import load_form
from jixiao.papers.pages.selfeval_page import lay_out
from tests.bench.clock import seconds
from tests.bench.papers import table_with
from tests.layouts.invention import invent
from tests.reading.office import converted, found

FORM = "f-10"
ROUNDS = 3
SOME, ROWS = 10, 32  # papers for LibreOffice at once; rows of a form of two pages
PAPERS, PROCESSES, BOUND = 1000, 2, 300


def told() -> Iterator[str]:
    """Yield a line for each way of writing, with its ratio."""
    form = load_form(FORM)
    pages = [lay_out(invent(Random(n), form), FORM) for n in range(SOME * (ROUNDS + 1))]
    unseen = iter(pages)  # the typesetter remembers what it set: each paper is set once
    ours = 1000 * seconds(lambda: [write(page, "pdf") for page in islice(unseen, SOME)], ROUNDS) / SOME
    yield f"  {FORM}：jixiao 每份 {ours:.0f} 毫秒"
    if found():
        documents = [write(page, "docx") for page in pages[:SOME]]
        alone = 1000 * seconds(lambda: converted(documents[:1], "docx", "pdf"), ROUNDS)
        together = 1000 * seconds(lambda: converted(documents, "docx", "pdf"), ROUNDS) / SOME
        yield f"  {FORM}：docx 再用 LibreOffice 转，单份 {alone:.0f} 毫秒，慢 {alone / ours:.0f} 倍"
        yield f"  {FORM}：docx 再用 LibreOffice 转，{SOME} 份一起每份 {together:.0f} 毫秒，慢 {together / ours:.1f} 倍"
    yield _many()
    yield _bound()


def _many() -> str:
    start = perf_counter()
    with ProcessPoolExecutor(PROCESSES, multiprocessing.get_context("spawn")) as pool:
        size = sum(pool.map(_one, range(PAPERS), chunksize=20))
    taken = perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    return f"  {PAPERS} 份两页的表，{PROCESSES} 个进程：{taken:.0f} 秒，共 {size >> 20} MB，内存峰值 {peak} MB（最大的一个进程）"


@cache
def _table() -> Evaluation:
    return table_with(ROWS)


def _one(number: int) -> int:
    """Write a paper of two pages, each with words of its own: what was worked out for one helps no other."""
    table = _table()
    rows = (replace(row, level3=f"{row.level3}{number}") for row in table.indicators)
    return len(write(lay_out(replace(table, indicators=tuple(rows)), FORM), "pdf"))


def _bound() -> str:
    form = load_form(FORM)
    small = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    start = perf_counter()
    pages = (lay_out(invent(Random(n), form), FORM) for n in range(BOUND))
    size = len(bind(pages, "pdf")) >> 20
    taken = perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return f"  {BOUND} 份合成一个 {size} MB 的文件：{taken:.0f} 秒，内存峰值 {peak} MB（此前 {small} MB）"


if __name__ == "__main__":
    for line in told():
        print(line)
