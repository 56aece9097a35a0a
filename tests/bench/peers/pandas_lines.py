"""Lines by pandas: which part of the rule-book scores a row of a filing, by which way, and what the fund block is worth.

Small tables are looked up by number: a rule-book, part or tier is its row in its table, and a text's meaning stands in a
grid of rule-books by texts, so that a column of a million rows takes one indexing and no join.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd
import pyarrow as pa

from jixiao.batch.codes import COLUMNS, SCALE, ZEROS, Aim, Way
from jixiao.schemes.scheme import ZeroTarget
from jixiao.scoring.measure import Hedge
from tests.bench.peers import pandas_sums as sums
from tests.bench.peers.asked import NAMED
from tests.bench.peers.pandas_sums import Column, choose, given, holds, surely

Law = Mapping[str, pd.DataFrame]

UNDECIDED, FULL, AS_ONE = (ZEROS[z] for z in (ZeroTarget.UNDECIDED, ZeroTarget.FULL, ZeroTarget.AS_ONE))
PLAIN, UP, DOWN, ABOUT = (h.value for h in (Hedge.NONE, Hedge.UP, Hedge.DOWN, Hedge.ABOUT))
_SIDES = ("positive", "negative", "exact", "bounded")
_BY_KIND = ("positive", *_SIDES, "deadline", "qualitative", "positive")  # the part of a row of each kind
_BOOK = ("grain", "final", "deducts", "blank_target", "execution", "qualitative")
_BOOK_OF_MET = ("grain", "final", "deducts")
_NAMED_OF_MET = {"part": "special", "holds_aimed": "holds_aimed"}
_NEED = (
    "filing", "row", "grain", "final", "part", "way", "out", "points", "due", "printed", "tenth", "off", "holds", "kind",
    "stated", "lo", "hi", "lo_out", "hi_out", "value", "half", "hedge", "has_actual", "has_figure", "exact_value",
    "exact_half", "exact_per", "measure", "beyond", "beyond_per", "repeats", "whole", "kept", "smaller", "words", "label",
    "execution_alone",
)  # fmt: skip
_TYPES = {
    pa.int8(): pd.Int8Dtype(), pa.int32(): pd.Int32Dtype(), pa.int64(): pd.Int64Dtype(), pa.bool_(): pd.BooleanDtype(),
}  # fmt: skip


def frame(table: pa.Table) -> pd.DataFrame:
    """Return a table with nullable columns: a whole number never becomes a floating one."""
    found: pd.DataFrame = table.to_pandas(types_mapper=_TYPES.get)
    return found


def looked_up(table: pd.DataFrame, name: str, at: np.ndarray, index: pd.Index) -> Column:
    """Return a column of a small table at some of its rows, NA at -1."""
    return pd.Series(table[name].array.take(at, allow_fill=True), index=index)


def meaning(meant: pd.DataFrame, by: str, owner: np.ndarray, texts: Column) -> np.ndarray:
    """Return the row of `meant` for each owner (a rule-book or part, by its number) and text, -1 where there is none."""
    numbered = meant["names" if "names" in meant.columns else "words"].to_numpy(np.int64)
    known = pd.Index(numbered).unique()
    grid = np.full(
        (int(max(meant[by].max(), owner.max(initial=0))) + 1 if len(meant) else 1, len(known) + 1), -1
    )
    grid[meant[by].to_numpy(np.int64), known.get_indexer(numbered)] = np.arange(len(meant))
    found = np.where(texts.isna(), -1, known.get_indexer(sums.numbers(texts)))
    return np.where(owner < 0, -1, grid[np.minimum(owner, len(grid) - 1), found])


def books_of(scheme: Column, law: Law) -> np.ndarray:
    """Return the rule-book of each row by its number, -1 where none is meant."""
    kinds = scheme.astype("category").cat
    among = pd.Index(law["books"]["scheme"].to_numpy(object)).get_indexer(
        pd.Index(kinds.categories.to_numpy(object))
    )
    return np.append(among, -1)[kinds.codes.to_numpy()]


def met(rows: pd.DataFrame) -> np.ndarray:
    """Tell whether a row meets its target whatever the rule-book: all that its print leaves open lies inside."""
    kind, lo, hi = rows["kind"], rows["lo"], rows["hi"]
    low, high = rows["value"] - rows["half"], rows["value"] + rows["half"]
    aimed = holds((rows["hedge"] == PLAIN) & (rows["points"] >= 0) & (kind >= 1) & (kind <= int(Aim.BETWEEN)))
    aimed &= ~holds((kind == int(Aim.AT_LEAST)) & ~surely(lo != 0))
    over = np.where(holds(rows["lo_out"]), holds(low > lo), holds(low >= lo))
    under = np.where(holds(rows["hi_out"]), holds(high < hi), holds(high <= hi))
    return aimed & np.where(lo.isna(), hi.notna(), over) & (hi.isna().to_numpy() | under)


def with_law(rows: pd.DataFrame, books: np.ndarray, law: Law, *, met: bool = False) -> pd.DataFrame:
    """Return rows with what their rule-books say of them and of their names and results; less of it for rows that met."""
    names, words = law["names_meant"], law["words_meant"]
    at_names = meaning(names, "book", books, rows["names"])
    at_words = meaning(words, "book", books, rows["words"])
    named = _NAMED_OF_MET if met else NAMED
    found = {new: looked_up(names, old, at_names, rows.index) for old, new in named.items()}
    found |= {name: looked_up(words, name, at_words, rows.index) for name in ("absent", "label")}
    found |= {
        name: looked_up(law["books"], name, books, rows.index) for name in (_BOOK_OF_MET if met else _BOOK)
    }
    kind = sums.numbers(rows["kind"])
    part = _grid(law["books"], _BY_KIND)[books, kind]
    found["kind_part"] = sums.column_of(part, part < 0, rows.index)
    if met:
        full = _grid(law["books"], tuple(f"{name}_full" for name in _SIDES))
        found["full"] = pd.Series(full[books, kind - 1] == 1, index=rows.index)
    return pd.concat([rows, pd.DataFrame(found, index=rows.index)], axis=1)


def _grid(books: pd.DataFrame, names: tuple[str, ...]) -> np.ndarray:
    return np.stack([sums.numbers(books[name], -1) for name in names], axis=1)


def plainly(rows: pd.DataFrame) -> np.ndarray:
    """Tell which rows that meet their targets are owed all their points for that."""
    return (
        rows["special"].isna().to_numpy() & ~holds(rows["absent"]) & holds(rows["points"] % rows["grain"] == 0)
        & ~holds(rows["deducts"] & (rows["deduction"] > 0)) & holds(rows["full"])
    )  # fmt: skip


def _is_absent(rows: pd.DataFrame) -> np.ndarray:
    return holds(
        (rows["has_actual"] & rows["absent"]) | (rows["blank_target"] & (rows["kind"] == int(Aim.SILENT)))
    )


def _is_out(rows: pd.DataFrame) -> np.ndarray:
    return _is_absent(rows) | (rows["points"].isna() & rows["printed"].isna()).to_numpy() & holds(
        rows["is_part"]
    )


def splits(indicators: pd.DataFrame, books: np.ndarray, law: Law) -> pd.DataFrame:
    """Return what each row of a first-level class gets whose points are given to the class alone; few filings have such."""
    without = indicators.loc[indicators["points"].isna().to_numpy(), "filing"].unique()
    among = indicators["filing"].isin(without).to_numpy()
    rows = with_law(indicators[among], books[among], law)
    rows = rows[rows["class"].notna().to_numpy() & ~_is_out(rows)]
    rows = rows.assign(given=(rows["points"].notna() | rows["points_by_name"].notna()).astype(int))
    found = rows.groupby(["filing", "class"], as_index=False).agg(
        split_last=("row", "max"), split_points=("class_points", "max"), split_rows=("row", "size"), grain=("grain", "max"),
        given=("given", "sum"),
    )  # fmt: skip
    found = found[found["given"] == 0].astype(
        {"split_rows": "Int64", "split_points": "Int64", "grain": "Int64"}
    )
    each = sums.half_up(found["split_points"], sums.one(found["grain"]), found["grain"], found["split_rows"])
    return found.assign(split_each=found["grain"] * each).drop(columns=["given", "grain"])


def chosen(rows: pd.DataFrame, split: pd.DataFrame) -> pd.DataFrame:
    """Return rows with what they are worth (`due`), the part that scores them and the way."""
    if len(split):
        rows = rows.merge(split, on=["filing", "class"], how="left")
    due = choose(
        (rows["points"].notna(), rows["points"]), (rows["points_by_name"].notna(), rows["points_by_name"])
    )
    if len(split):
        last = rows["split_points"] - rows["split_each"] * (rows["split_rows"] - 1)
        share = choose((rows["row"] == rows["split_last"], last), otherwise=rows["split_each"])
        due = choose((due.notna(), due), otherwise=share)
    silent = rows["kind"] == int(Aim.SILENT)
    rows = rows.assign(
        out=pd.array(_is_out(rows)), due=due, own_part=_own_part(rows), off=choose((rows["deducts"], rows["deduction"])),
        holds=pd.array(np.where(holds(silent), holds(rows["holds_bare"]), holds(rows["holds_aimed"]))),
    )  # fmt: skip
    rows["way"] = _way(rows)
    return rows.assign(part=_part(rows))[list(_NEED)]


def _own_part(rows: pd.DataFrame) -> Column:
    unfit = ~rows["has_figure"] & rows["kind"].isin([Aim.QUALITATIVE, Aim.BEFORE, Aim.UNCLEAR])
    return choose(
        ((rows["kind"] == int(Aim.SILENT)) & rows["execution_named"], rows["execution"]),
        (rows["special"].notna() & ~(unfit & rows["special_for_figures"]), rows["special"]),
    )


def _is_free(rows: pd.DataFrame) -> Column:
    return rows["special_free"] | ((rows["kind"] != int(Aim.SILENT)) & rows["has_actual"])


def _way(rows: pd.DataFrame) -> Column:
    own, kind = rows["own_part"].notna(), rows["kind"]
    unclear, figure = kind == int(Aim.UNCLEAR), rows["has_figure"]
    return choose(
        (rows["out"], Way.LEFT_OUT), (rows["due"].isna() | (rows["due"] < 0), Way.NOTHING_KNOWN),
        (own & (rows["special_amounts"] | (rows["own_part"] == rows["execution"])), Way.BY_AMOUNTS),
        (own & _is_free(rows), Way.BY_METHOD), (~rows["has_actual"], Way.NOTHING_KNOWN),
        (~figure & (kind != int(Aim.QUALITATIVE)) & rows["label"].notna(), Way.BY_LABEL),
        (kind == int(Aim.SILENT), Way.NOTHING_KNOWN), (unclear & rows["repeats"], Way.ALL_POINTS),
        (unclear, Way.NOTHING_KNOWN), (kind == int(Aim.BEFORE), Way.BY_MOMENT), otherwise=Way.BY_METHOD,
    )  # fmt: skip


def _part(rows: pd.DataFrame) -> Column:
    way, own = rows["way"], rows["own_part"]
    return choose(
        ((way == Way.BY_AMOUNTS) | ((way == Way.BY_METHOD) & own.notna() & _is_free(rows)), own),
        (way == Way.BY_LABEL, rows["qualitative"]), otherwise=rows["kind_part"],
    )  # fmt: skip


def paid(filings: pd.DataFrame, law: Law) -> pd.DataFrame:
    """Return for each filing and each part over amounts of the fund block the rate, and between what it lies."""
    parts = law["parts"][holds(law["parts"]["amounts"])]
    parts = parts[["part", "book", "method", "zero", "threshold", "numerator", "denominator"]]
    asked = filings.merge(parts, on="book")
    ends = {f"spent{end}": _column(asked, "numerator", end) for end in ("", "_half", "_scale")}
    ends |= {f"base{end}": _column(asked, "denominator", end) for end in ("", "_half", "_doubted")}
    spent, base = ends["spent"], ends["base"]
    sound = spent.notna() & base.notna() & ~surely((base == 0) & (ends["base_doubted"] == 1))
    per = SCALE * asked["rate_per"]
    told = asked[["filing", "part", "method", "zero", "threshold"]].assign(
        by_rate=~sound & asked["rate"].notna(), spent_scale=ends["spent_scale"],
        spent=choose((sound, spent), otherwise=asked["rate"]), base=choose((sound, base), otherwise=per),
        spent_half=choose((sound, ends["spent_half"]), otherwise=asked["rate_half"]),
        base_half=choose((sound, ends["base_half"]), otherwise=0),
    )  # fmt: skip
    return told[["filing", "part", "by_rate"]].assign(outcome=_outcome(told), **_rates(told))


def _column(asked: pd.DataFrame, which: str, end: str) -> Column:
    return choose(*((asked[which] == n, asked[f"{name}{end}"]) for n, name in enumerate(COLUMNS)))


def _outcome(told: pd.DataFrame) -> Column:
    base, spent, zero, method = told["base"], told["spent"], told["zero"], told["method"]
    whole = (base > 0) & (spent == base) & (method == sums.RATIO) & (told["threshold"].fillna(0) <= SCALE)
    return choose(
        (base.isna() | (base < 0) | ~method.isin([sums.RATIO, sums.BANDS]), Way.NOTHING_KNOWN), (whole, Way.ALL_POINTS),
        ((base > 0) | (zero == AS_ONE), Way.A_RATE), (zero == UNDECIDED, Way.ANYTHING),
        ((zero == FULL) | (spent <= 0), Way.ALL_POINTS), otherwise=Way.NO_POINTS,
    )  # fmt: skip


def _rates(told: pd.DataFrame) -> dict[str, Column]:
    spent, base, half, base_half = (told[name] for name in ("spent", "base", "spent_half", "base_half"))
    as_one, is_one, sure = base == 0, spent == base, base > base_half

    def over(n: Column) -> Column:
        return choose((as_one, spent), (is_one, 1), otherwise=n)

    def under(d: Column) -> Column:
        return choose((as_one, SCALE * told["spent_scale"]), (is_one, 1), otherwise=d)

    return {
        "fixed": as_one, "n": over(spent), "d": under(base),
        "n_least": over(spent - half), "d_least": under(base + base_half),
        "n_most": over(choose((sure, spent + half), otherwise=sums.most(spent, base))),
        "d_most": under(choose((sure, base - base_half), otherwise=base)),
    }  # fmt: skip


def by_amounts(rows: pd.DataFrame, amounts: pd.DataFrame) -> pd.DataFrame:
    """Return rows, those that a part over amounts scores with its rate."""
    asks = holds(rows["way"] == Way.BY_AMOUNTS)
    if not asks.any():
        return rows
    asked = rows[asks].merge(amounts, on=["filing", "part"], how="left")
    alone = holds(asked["by_rate"] == True) & ~holds(asked["execution_alone"])  # noqa: E712 a column
    way = choose((pd.Series(alone, index=asked.index), Way.NOTHING_KNOWN), otherwise=asked["outcome"])
    return pd.concat([rows[~asks], asked.assign(way=way)], ignore_index=True)


def beside(filings: pd.DataFrame, amounts: pd.DataFrame, law: Law) -> pd.DataFrame:
    """Return the execution row (-1) and the cap of the total (-2) of each filing that has one, as lines."""
    found = []
    for row, name in ((-1, "execution"), (-2, "cap")):
        books, filed = filings["book"].to_numpy(np.int64), filings.index
        part, final, grain = (
            looked_up(law["books"], column, books, filed) for column in (name, "final", "grain")
        )
        total = looked_up(law["books"], "total", books, filed)
        points = looked_up(law["parts"], "points", sums.numbers(part, -1), filed)
        stated = filings["execution_points"]
        lines = pd.DataFrame(
            {"filing": filings["filing"], "row": row, "part": part, "final": final, "grain": grain}
        )
        if row == -1:
            lines["due"] = choose((stated.notna(), stated), otherwise=points)
            lines["printed"], lines["tenth"] = filings["execution_printed"], filings["execution_tenth"]
        else:
            lines = lines.assign(
                due=total, final=pd.array([True] * len(lines)), tenth=pd.array([False] * len(lines))
            )
        found.append(lines[part.notna().to_numpy()])
    lines = pd.concat(found, ignore_index=True).merge(amounts, on=["filing", "part"])
    sound = (lines["row"] == -2) | (lines["due"] >= 0)
    no = pd.array([False] * len(lines))
    return lines.assign(
        way=choose((sound, lines["outcome"]), otherwise=Way.NOTHING_KNOWN), out=no, holds=no, kind=given(lines["due"], 0),
        hedge=given(lines["due"], PLAIN), has_actual=no, has_figure=no,
    )  # fmt: skip
