"""What names, words and grades mean to rule-books: asked of jixiao.scoring, once for each kind of name and each text.

A lake holds millions of names, and most mean the same to every rule-book: nothing. All that a rule-book can ask of a
name is worked out of the name alone (`_likeness`); one name of each kind is asked about, and the others are joined.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from jixiao.batch import tables
from jixiao.batch.audit_books import grades_told
from jixiao.batch.books import Shelf
from jixiao.batch.tables import MOST_POINTS, Row, millionths
from jixiao.model.evaluation import Evaluation, Indicator
from jixiao.model.figure import tidy
from jixiao.model.target import Actual, Qualitative
from jixiao.schemes.scheme import Method, Scheme, Tier
from jixiao.scoring.execution import NAME, Ground
from jixiao.scoring.rows import FOR_FIGURES, WITHOUT_TARGET, by_amounts, holds_execution, names_of, part_named
from jixiao.scoring.totals import claimed_band
from jixiao.scoring.words import label_of, may_mean_a_tier, tier_of
from jixiao.scoring.worth import is_part, left_out, set_points

_WITH_TARGET = Qualitative("—")
_LEVELS = ("level1", "level2", "level3", "level4")
_BITS = 62  # words that one column of a likeness tells of


@dataclass(frozen=True, slots=True)
class Meanings:
    """What texts mean to rule-books: rows only where a text means something."""

    names: pa.Table
    words: pa.Table
    tiers: pa.Table
    grades: pa.Table
    claims: pa.Table


def meanings(shelf: Shelf, names: pa.Table, words: pa.Table, grades: Iterable[str | None]) -> Meanings:
    """Return what texts mean to the rule-books of `shelf`.

    Args:
        shelf: the rule-books.
        names: the table of names, each once.
        words: the table of words, each once.
        grades: the printed grades.
    """
    printed = sorted({grade for grade in grades if grade is not None})
    told = _told(shelf, words)
    return Meanings(
        _names_meant(shelf, names),
        _words_meant(shelf, told),
        _tiers_meant(shelf, told),
        tables.table(list(_grades_meant(shelf, printed)), tables.GRADES_MEANT),
        tables.table(
            [
                {"book": book, **claim}
                for book, scheme in enumerate(shelf.schemes)
                for claim in grades_told(scheme, printed)
            ],
            tables.GRADES_TOLD,
        ),
    )


def _grades_meant(shelf: Shelf, printed: Sequence[str]) -> Iterator[Row]:
    totals = {(row["book"], row["place"]): row for row in shelf.grades}
    for book, scheme in enumerate(shelf.schemes):
        for grade in printed:
            band = claimed_band(scheme.grades, grade)
            if band is not None:
                row = totals[book, scheme.grades.index(band)]
                yield {"book": book, "printed": grade, "at_least": row["at_least"], "below": row["below"]}


# ---------------------------------------------------------------- names


def _names_meant(shelf: Shelf, names: pa.Table) -> pa.Table:
    """Ask about one name of each kind, and give every name the answers of its kind."""
    alike = _likeness(shelf, names)
    keys = alike.column_names
    kinds = alike.append_column("at", pa.array(range(names.num_rows), pa.int64())).group_by(keys)
    first = kinds.aggregate([("at", "min")])["at_min"].sort()
    examples = alike.take(first).append_column("kind", pa.array(range(len(first)), pa.int32()))
    meant = [
        {"kind": kind, **row}
        for kind, name in enumerate(names.take(first).to_pylist())
        for row in _name_meant_to_all(shelf, Indicator(*(name[level] for level in _LEVELS)))
    ]
    schema = pa.schema([("kind", pa.int32()), *(one for one in tables.NAMES_MEANT if one.name != "names")])
    numbered = alike.append_column("names", names["names"]).join(examples, keys, join_type="inner")
    found = numbered.select(["names", "kind"]).join(tables.table(meant, schema), "kind", join_type="inner")
    return found.select(tables.NAMES_MEANT.names).cast(tables.NAMES_MEANT)


def _likeness(shelf: Shelf, names: pa.Table) -> pa.Table:
    """Return columns, never silent, that two names share when no rule-book of the shelf can tell them apart."""
    schemes = shelf.schemes
    items = {name for scheme in schemes for name in scheme.items}
    classes = {name for scheme in schemes for name in scheme.level1}
    words = sorted({NAME, *(word for one in schemes for part in one.parts.values() for word in part.applies)})
    level1, level2, level3, level4 = (names[level] for level in _LEVELS)
    joined = pc.binary_join_element_wise(*(pc.fill_null(one, "") for one in (level2, level3, level4)), " ")
    last = pc.if_else(pc.equal(pc.fill_null(level4, ""), ""), pc.fill_null(level3, ""), level4)
    columns = {
        "class": _each(level1, lambda text: _if_in(classes, text)),
        **{f"item{n}": _each(one, lambda text: _if_in(items, text)) for n, one in enumerate((level2, level3, level4))},
        "execution_alone": pc.equal(pc.fill_null(level3, ""), NAME),
        "is_part": _each(last, lambda text: "1" if is_part(Indicator(level3=text)) else ""),
        **{f"words{at}": _said(joined, words[at : at + _BITS]) for at in range(0, len(words), _BITS)},
    }  # fmt: skip
    return pa.table(columns)


def _if_in(known: set[str], text: str) -> str:
    plain = tidy(text)
    return plain if plain in known else ""


def _each(column: pa.ChunkedArray, ask: Callable[[str], str]) -> pa.ChunkedArray:
    """Ask something of each distinct text of a column; silence is asked as an empty text."""
    coded = pc.fill_null(column, "").combine_chunks().dictionary_encode()
    return pa.array([ask(text) for text in coded.dictionary.to_pylist()], pa.string()).take(coded.indices)


def _said(texts: pa.ChunkedArray, words: Sequence[str]) -> pa.ChunkedArray:
    """Return which of some words stand in each text, a bit each."""
    found = pa.repeat(pa.scalar(0, pa.int64()), len(texts))
    for place, word in enumerate(words):
        holds = pc.match_substring(texts, word).cast(pa.int64())
        found = pc.add(found, pc.multiply(holds, pa.scalar(1 << place, pa.int64())))
    return found


def _name_meant_to_all(shelf: Shelf, row: Indicator) -> Iterator[Row]:
    for book, scheme in enumerate(shelf.schemes):
        meant = _name_meant(shelf, book, _ground(scheme), row)
        if any(value is not None and value is not False for value in meant.values()):
            yield {"book": book, **meant}


def _name_meant(shelf: Shelf, book: int, ground: Ground, row: Indicator) -> Row:
    scheme, part = ground.scheme, part_named(ground, names_of(row))
    aimed = Indicator(row.level1, row.level2, row.level3, row.level4, _WITH_TARGET)
    level1 = tidy(row.level1 or "") if "equal_split" in scheme.parts else ""
    return {
        "part": shelf.numbers[book, part.key] if part is not None else None,
        "amounts": part is not None and by_amounts(part),
        "free": part is not None and part.method in WITHOUT_TARGET,
        "assessed": part is not None and part.method is Method.ASSESSED and not by_amounts(part),
        "for_figures": part is not None and part.method in FOR_FIGURES and not by_amounts(part),
        "points": millionths(set_points(ground, row), "分值", MOST_POINTS),
        "holds_bare": holds_execution(ground, row), "holds_aimed": holds_execution(ground, aimed),
        "execution": NAME in names_of(row), "execution_alone": row.level3 == NAME, "is_part": is_part(row),
        "class": list(scheme.level1).index(level1) if level1 in scheme.level1 else None,
        "class_points": millionths(scheme.level1.get(level1), "分值", MOST_POINTS),
    }  # fmt: skip


# ---------------------------------------------------------------- words


def _told(shelf: Shelf, words: pa.Table) -> Mapping[int, str]:
    """Return the texts, by their number, that can mean something to a rule-book."""
    known = {
        word
        for scheme in shelf.schemes
        for part in scheme.parts.values()
        for tier in part.tiers
        for word in (tier.says, *tier.words)
    }
    absent = {word for one in shelf.schemes if one.absent is not None for word in one.absent.words}
    return {
        number: text
        for batch in words.to_batches(max_chunksize=2**16)
        for number, text in zip(batch["words"].to_pylist(), batch["text"].to_pylist(), strict=True)
        if may_mean_a_tier(text, known) or tidy(text) in absent
    }


def _words_meant(shelf: Shelf, told: Mapping[int, str]) -> pa.Table:
    """Ask what texts mean once for each list of tiers and of absent words: rule-books share most of them."""
    asked: dict[object, pa.Table] = {}
    found = [tables.WORDS_MEANT.empty_table()]
    for book, scheme in enumerate(shelf.schemes):
        tiers = scheme.parts["qualitative"].tiers
        if (scheme.absent, tiers) not in asked:
            asked[scheme.absent, tiers] = _labels(scheme, tiers, told)
        first = shelf.first_tiers.get(shelf.numbers[book, "qualitative"], 0)
        found.append(
            _shifted(
                asked[scheme.absent, tiers], ("label", "tier"), first, {"book": book}, tables.WORDS_MEANT
            )
        )
    return pa.concat_tables(found)


def _labels(scheme: Scheme, tiers: Sequence[Tier], told: Mapping[int, str]) -> pa.Table:
    ground, label, tier = _ground(scheme), _places(label_of, tiers, told), _places(tier_of, tiers, told)
    absent = {
        number: True
        for number, text in told.items()
        if left_out(ground, Indicator(target=_WITH_TARGET, actual=Actual(text)))
    }
    numbers = list({**absent, **label, **tier})
    columns = {
        "words": numbers,
        "absent": [one in absent for one in numbers],
        "label": [label.get(one) for one in numbers],
        "tier": [tier.get(one) for one in numbers],
    }
    return pa.table(columns, schema=tables.WORDS_MEANT.remove(0))


def _tiers_meant(shelf: Shelf, told: Mapping[int, str]) -> pa.Table:
    """Ask which tier texts mean once for each list of tiers."""
    asked: dict[Sequence[Tier], pa.Table] = {}
    found = [tables.TIERS_MEANT.empty_table()]
    for book, scheme in enumerate(shelf.schemes):
        for part in (part for part in scheme.parts.values() if part.tiers):
            if part.tiers not in asked:
                places = _places(tier_of, part.tiers, told)
                columns = {"words": list(places), "tier": list(places.values())}
                asked[part.tiers] = pa.table(columns, schema=tables.TIERS_MEANT.remove(0))
            number = shelf.numbers[book, part.key]
            first = shelf.first_tiers[number]
            found.append(_shifted(asked[part.tiers], ("tier",), first, {"part": number}, tables.TIERS_MEANT))
    return pa.concat_tables(found)


def _shifted(
    table: pa.Table, places: Sequence[str], first: int, owner: Mapping[str, int], schema: pa.Schema
) -> pa.Table:
    """Return answers that rule-books share as those of one of them: places of tiers counted from its `first`."""
    ((name, number),) = owner.items()
    columns = {one: table[one] for one in table.column_names}
    columns |= {one: pc.add(table[one], pa.scalar(first, schema.field(one).type)) for one in places}
    columns[name] = pa.repeat(pa.scalar(number, schema.field(name).type), table.num_rows)
    return pa.table(columns).select(schema.names)


def _places(
    ask: Callable[[str, Sequence[Tier]], Tier | None], tiers: Sequence[Tier], words: Mapping[int, str]
) -> dict[int, int]:
    """Return which of some tiers each text means, by its place among them; texts that mean none aren't in it."""
    told = ((number, ask(text, tiers)) for number, text in words.items())
    return {number: tiers.index(tier) for number, tier in told if tier is not None}


def _ground(scheme: Scheme) -> Ground:
    return Ground(Evaluation(), scheme, {}, tuple(part for part in scheme.parts.values() if part.applies))
