"""What it takes to ask what the names and words of a large lake mean to every rule-book.

    python -m tests.bench.names --names 200000 --words 200000

Prints seconds of processor time, rows that mean something, and the most memory. Names and words are made up, each
different from all others, as a province types them.
"""

import argparse
import random
import resource
from time import process_time

import pyarrow as pa

from jixiao.batch import tables
from jixiao.batch.books import shelve
from jixiao.batch.meanings import meanings
from jixiao.schemes.shelf import all_schemes

LEVELS = {
    "产出指标": ("数量指标", "质量指标", "时效指标"),
    "效益指标": ("经济效益指标", "社会效益指标", "可持续影响指标"),
    "满意度指标": ("服务对象满意度指标",),
    "成本指标": ("经济成本指标",),
}
THINGS = ("村道", "学校", "卫生院", "水渠", "路灯", "培训", "农户", "设备", "验收", "合格率", "及时率", "满意度", "控制")  # fmt: skip
TOLD = ("完成", "基本完成", "达成预期指标", "效果显著", "不适用", "3公里，", "已修", "98%，")


def _names(number: int, draw: random.Random) -> pa.Table:
    rows = []
    for n in range(number):
        level1 = draw.choice(tuple(LEVELS))
        level3 = "预算执行率" if n % 97 == 0 else f"{''.join(draw.sample(THINGS, 3))}{n}"
        rows.append({"names": n, "level1": level1, "level2": draw.choice(LEVELS[level1]), "level3": level3})
    return tables.table(rows, tables.NAMES)


def _words(number: int, draw: random.Random) -> pa.Table:
    rows = [
        {"words": n, "text": f"{draw.choice(TOLD)}{n}" if n % 9 else draw.choice(TOLD)} for n in range(number)
    ]
    return tables.table(rows, tables.WORDS)


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--names", type=int, default=200_000)
    asked.add_argument("--words", type=int, default=200_000)
    told = asked.parse_args()
    draw = random.Random(1)
    names, words, shelf = _names(told.names, draw), _words(told.words, draw), shelve(all_schemes())
    before, start = _peak(), process_time()
    found = meanings(shelf, names, words, ("优", "良"))
    spent = process_time() - start
    print(
        f"{told.names} names, {told.words} words, {len(shelf.schemes)} rule-books: {spent:.1f} s of processor time, "
        f"{found.names.num_rows} names and {found.tiers.num_rows} tiers meant, {_peak()} MB ({before} before)"
    )


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()
