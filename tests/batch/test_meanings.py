"""Names are asked about by their kind: asked together they must mean what each means when it is asked about alone."""

from collections.abc import Mapping
from itertools import product

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from jixiao.batch import tables
from jixiao.batch.books import Shelf, shelve
from jixiao.batch.meanings import Meanings, meanings
from jixiao.schemes.shelf import all_schemes
from jixiao.scoring.words import label_of, may_mean_a_tier, tier_of

SHELF = shelve(all_schemes())
APPLIES = sorted(
    {word for one in SHELF.schemes for part in one.parts.values() for word in part.applies}
    | {word for one in SHELF.schemes for word in (*one.items, *one.level1)}
)
FRAME = ("", "预算执行率", "满意度指标", "其中：设备", " 其中:设备", "产出 指标", "立项依据")
TIERS = tuple({part.tiers: None for one in SHELF.schemes for part in one.parts.values() if part.tiers})
WORDS = frozenset(word for tiers in TIERS for tier in tiers for word in (tier.says, *tier.words))


def _names(*levels: tuple[str | None, ...]) -> pa.Table:
    rows = [
        {"names": n, **{f"level{at}": name for at, name in enumerate(row, 1)}} for n, row in enumerate(levels)
    ]
    return tables.table(rows, tables.NAMES)


def _words(*texts: str) -> pa.Table:
    return tables.table([{"words": n, "text": text} for n, text in enumerate(texts)], tables.WORDS)


def _asked(shelf: Shelf, names: pa.Table, words: pa.Table | None = None) -> Meanings:
    return meanings(shelf, names, _words() if words is None else words, ())


def _without_number(row: Mapping[str, object]) -> tuple[object, ...]:
    return tuple(value for key, value in row.items() if key != "names")


def test_a_name_means_among_others_what_it_means_alone() -> None:
    named = [(None, None, word, None) for word in APPLIES]
    named += [
        (one, "效益 指标", f"{two}（项）", three or None) for one, two, three in product(FRAME, repeat=3)
    ]
    named += [(None, word, None, f"其中：{word}") for word in APPLIES]
    together = _asked(SHELF, _names(*named)).names.to_pylist()
    found: dict[int, set[tuple[object, ...]]] = {n: set() for n in range(len(named))}
    for row in together:
        found[row["names"]].add(_without_number(row))
    assert sum(len(rows) for rows in found.values()) == len(together), "an answer was given twice"
    assert {len(rows) for rows in found.values()} >= {0, len(SHELF.schemes)}
    for n in range(0, len(named), 5):
        alone = _asked(SHELF, _names(named[n])).names.to_pylist()
        assert {_without_number(row) for row in alone} == found[n], named[n]


def test_no_names_and_no_words_mean_nothing() -> None:
    found = _asked(SHELF, _names())
    assert (found.names.schema, found.names.num_rows) == (tables.NAMES_MEANT, 0)
    assert (found.words.schema, found.words.num_rows) == (tables.WORDS_MEANT, 0)
    assert (found.tiers.schema, found.tiers.num_rows) == (tables.TIERS_MEANT, 0)


def test_a_text_means_the_tier_that_scoring_gives_it_under_every_rule_book() -> None:
    texts = (
        "达成预期指标。",
        "100%-80%(含)",
        "3公里",
        "不适用",
        "已按期完成",
        "数量达成预期指标，质量部分达成预期指标",
    )
    found = _asked(SHELF, _names(), _words(*texts))
    tier = {(row["part"], row["words"]): row["tier"] for row in found.tiers.to_pylist()}
    label = {(row["book"], row["words"]): row["label"] for row in found.words.to_pylist()}
    absent = {(row["book"], row["words"]) for row in found.words.to_pylist() if row["absent"]}
    for book, scheme in enumerate(SHELF.schemes):
        for part in scheme.parts.values():
            number = SHELF.numbers[book, part.key]
            for n, text in enumerate(texts):
                meant = tier_of(text, part.tiers)
                place = None if meant is None else SHELF.first_tiers[number] + part.tiers.index(meant)
                assert tier.get((number, n)) == place, (scheme.id, part.key, text)
        judged = scheme.parts["qualitative"]
        for n, text in enumerate(texts):
            meant = label_of(text, judged.tiers)
            first = SHELF.first_tiers.get(SHELF.numbers[book, "qualitative"], 0)
            assert label.get((book, n)) == (None if meant is None else first + judged.tiers.index(meant))
            assert ((book, n) in absent) == (scheme.absent is not None and text in scheme.absent.words)


PIECES = st.sampled_from(
    (
        "达成",
        "预期",
        "指标",
        "目标",
        "完成",
        "基本",
        "未",
        "100%",
        "80%",
        "-",
        "(含)",
        "60",
        " ",
        "。",
        "３",
        "公里",
        "达标",
    )
)


@given(st.lists(PIECES, max_size=6).map("".join) | st.sampled_from(sorted(WORDS)))
def test_a_text_that_may_mean_no_tier_means_none(text: str) -> None:
    if not may_mean_a_tier(text, WORDS):
        assert all(tier_of(text, tiers) is None and label_of(text, tiers) is None for tiers in TIERS)
