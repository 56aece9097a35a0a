"""What rule-books say of rows, their names and their results, looked up by polars without a join.

A rule-book and a part are their row in their table, and a text's meaning stands in a grid of rule-books by texts: an
expression that gathers from a small column copies no other column of a million rows, as a join would.
"""

from collections.abc import Mapping

import polars as pl

from jixiao.scoring.measure import Hedge
from tests.bench.peers.asked import NAMED
from tests.bench.peers.polars_sums import by_kind, col

Law = Mapping[str, pl.LazyFrame]

_SIDES = [f"{kind}{end}" for end in ("", "_full") for kind in ("positive", "negative", "exact", "bounded")]
_BOOK = ["book", "grain", "final", "deducts", "blank_target", "execution", "deadline", "qualitative", *_SIDES]
_PLACE = pl.UInt32


def looked_up(table: pl.DataFrame, names: Mapping[str, str], at: pl.Expr) -> list[pl.Expr]:
    """Return columns of a small table, under new names, at some of its rows; NULL where the row is."""
    return [pl.lit(table[old]).gather(at).alias(new) for old, new in names.items()]


def same(names: list[str]) -> dict[str, str]:
    """Return names that stay as they are."""
    return {name: name for name in names}


def _meaning(meant: pl.DataFrame, text: str, books: int) -> pl.Expr:
    """Return the row of `meant` for the row's rule-book and text, NULL where there is none."""
    texts = meant[text].unique(maintain_order=True)
    count = max(1, len(texts))
    columns = {number: n for n, number in enumerate(texts.to_list())}
    grid: list[int | None] = [None] * (books * count)
    for n, (book, number) in enumerate(zip(meant["book"].to_list(), meant[text].to_list(), strict=True)):
        grid[book * count + columns[number]] = n
    if not columns:
        return pl.lit(None, _PLACE)
    column = col(text).replace_strict(texts, pl.Series(range(count), dtype=_PLACE), default=None)
    return pl.lit(pl.Series(grid, dtype=_PLACE)).gather(col("book_at") * count + column)


def met() -> pl.Expr:
    """Tell whether a row meets its target whatever the rule-book: all that its print leaves open lies inside."""
    low, high, kind = col("value") - col("half"), col("value") + col("half"), col("kind")
    over = pl.when("lo_out").then(low > col("lo")).otherwise(low >= col("lo"))
    under = pl.when("hi_out").then(high < col("hi")).otherwise(high <= col("hi"))
    return (
        (col("hedge") == Hedge.NONE.value) & (col("points") >= 0) & kind.is_between(1, 4)
        & ((kind != 1) | (col("lo") != 0))
        & pl.when(col("lo").is_null()).then(col("hi").is_not_null()).otherwise(over)
        & (col("hi").is_null() | under)
    )  # fmt: skip


def known(indicators: pl.LazyFrame, law: Law) -> pl.LazyFrame:
    """Return the rows with what their rule-book says of them, and `plainly`: whether met is all that need be known."""
    books, names, words = (law[name].collect() for name in ("books", "names_meant", "words_meant"))
    ids = pl.Enum(books["scheme"].to_list())
    owes_all = (
        col("special").is_null() & ~col("absent").fill_null(value=False) & (col("points") % col("grain") == 0)
        & ~(col("deducts") & (col("deduction") > 0)).fill_null(value=False) & by_kind("_full")
    )  # fmt: skip
    return (
        indicators.rename({"exact": "exact_value"})
        .with_columns(book_at=col("scheme").cast(ids, strict=False).to_physical().cast(_PLACE))
        .filter(col("book_at").is_not_null())
        .with_columns(
            *looked_up(books, same(_BOOK), col("book_at")),
            names_at=_meaning(names, "names", len(books)), words_at=_meaning(words, "words", len(books)),
        )
        .with_columns(
            *looked_up(names, NAMED, col("names_at")),
            *looked_up(words, same(["absent", "label"]), col("words_at")),
        )
        .with_columns(plainly=(met() & owes_all).fill_null(value=False))
    )  # fmt: skip
