"""Scores in columns beside the scores of `score`: every number of every row, execution, total and grade must be the same."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from jixiao.batch.codes import SCALE
from jixiao.batch.rows import Origin, Rows, evaluations_as_rows
from jixiao.batch.scoring import Scored, score_rows
from jixiao.model.evaluation import Evaluation
from jixiao.model.score import Score
from jixiao.schemes.scheme import Scheme
from jixiao.scoring import score

NUMBERS = ("points", "score", "low", "high")
Told = tuple[int | None, ...]


def compare(
    evaluations: Sequence[Evaluation],
    schemes: Sequence[Scheme],
    score_rows: Callable[[Rows, Sequence[Scheme]], Scored] = score_rows,
) -> Rows:
    """Score every evaluation under every rule-book both ways; return the rows, for what was refused."""
    pairs = [(evaluation, scheme) for evaluation in evaluations for scheme in schemes]
    rows = evaluations_as_rows([(Origin(n, scheme.id), one) for n, (one, scheme) in enumerate(pairs)])
    scored = score_rows(rows, schemes)
    lines = {(row["filing"], row["row"]): row for row in scored.rows.to_pylist()}
    sheets = {row["filing"]: row for row in scored.sheets.to_pylist()}
    refused = {one.filing for one in rows.refused}
    assert len(sheets) + len(refused) == len(pairs)
    for filing, (evaluation, scheme) in enumerate(pairs):
        if filing in refused:
            continue
        want, sheet = score(evaluation, scheme), sheets[filing]
        for n, row in enumerate(want.indicators):
            assert _columns(lines[filing, n]) == _numbers(row), (scheme.id, evaluation.indicators[n], row)
        execution = tuple(sheet[f"execution_{key}"] for key in NUMBERS)
        assert execution == _numbers(want.execution), (scheme.id, evaluation.funds, want.execution)
        assert _columns(sheet) == _numbers(want.total), (scheme.id, sheet, want.total)
        assert (sheet["grade"], sheet["grade_agrees"]) == (want.grade.word, want.grade.agrees)
        assert sheet["undecided"] == sum(row.score is None for row in want.indicators)
        assert not sheet["ask_score"]
    return rows


def _columns(row: dict[str, object]) -> Told:
    return tuple(value if isinstance(value := row[key], int) else None for key in NUMBERS)


def _numbers(score: Score) -> Told:
    return tuple(_scaled(getattr(score, key)) for key in NUMBERS)


def _scaled(value: Decimal | None) -> int | None:
    return None if value is None else int(value * SCALE)
