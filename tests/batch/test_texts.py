"""The SQL texts of the batch: small sums written out, queries taken apart."""

import pytest

from jixiao.batch import texts

KNOWN = texts.macros(
    "-- a comment; with a semicolon\nhalf(n, d) AS (2 * n + d) // (2 * d);\n\nworth(band, n) AS CASE WHEN band.n < n THEN half(n, 10) END;"
)


@pytest.mark.parametrize(
    "sql, want",
    [
        ("SELECT half(a, 3)", "SELECT ((2 * a + 3) // (2 * 3))"),
        ("half(a + b, f(c, d))", "((2 * (a + b) + (f(c, d))) // (2 * (f(c, d))))"),
        ("half(half(a, 2), 3)", "((2 * (((2 * a + 2) // (2 * 2))) + 3) // (2 * 3))"),
        ("worth(x, v)", "(CASE WHEN x.n < v THEN ((2 * v + 10) // (2 * 10)) END)"),
        ("half AS half, t.half(a), 'half(a, 1)'", "half AS half, t.half(a), 'half(a, 1)'"),
    ],
)
def test_a_small_sum_is_written_out_with_its_values_and_nothing_else_is_touched(sql: str, want: str) -> None:
    assert texts.expanded(sql, KNOWN) == want


def test_a_call_with_a_value_too_few_and_a_parenthesis_left_open_are_told() -> None:
    with pytest.raises(ValueError, match="half takes 2 values, not 1"):
        texts.expanded("half(a)", KNOWN)
    with pytest.raises(ValueError, match="not closed"):
        texts.expanded("half(a, (b)", KNOWN)
    with pytest.raises(ValueError, match="no macro"):
        texts.macros("CREATE MACRO x")


def test_a_text_is_taken_apart_into_its_named_queries_and_what_it_asks() -> None:
    text = "-- why (so\nWITH\na AS (\n  SELECT f(1) AS x -- one)\n),\nb AS MATERIALIZED (SELECT ')' FROM a),\nc AS NOT MATERIALIZED (SELECT 1)\nSELECT * FROM b JOIN c"
    named, last = texts.steps(text)
    assert [(one.name, one.kept, one.sql) for one in named] == [
        ("a", False, "SELECT f(1) AS x"),
        ("b", True, "SELECT ')' FROM a"),
        ("c", False, "SELECT 1"),
    ]
    assert last == "SELECT * FROM b JOIN c"


def test_a_text_without_named_queries_is_what_it_asks() -> None:
    assert texts.steps("SELECT max(x) FROM t") == ([], "SELECT max(x) FROM t")
