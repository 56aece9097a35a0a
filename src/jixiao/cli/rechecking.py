"""The work of `jixiao recheck`: re-checks beside self-evaluations, the standards, who agrees; shown or written."""

from collections.abc import Sequence
from fractions import Fraction

from jixiao import api
from jixiao.cli import screen, together
from jixiao.cli.files import sources
from jixiao.cli.reading import cut_short, ended, read_all
from jixiao.cli.store import store_of
from jixiao.cli.together import NOT_READ, Answer, Order
from jixiao.errors import UnknownNameError
from jixiao.model.codec import Json
from jixiao.rollup.agreement import agreement_by_rule, drifts
from jixiao.rollup.rechecks import Compared, Line, judgements, marks
from jixiao.schemes.scheme import Scheme
from jixiao.schemes.standards import Standard


def recheck(order: Order) -> int:
    """Do all of it and return the exit status: 2 where a file could not be read, else 0.

    Raises:
        JixiaoError: there is no re-check, the rule-book can't be used, or the file can't be written.
    """
    together.make_sure(order)
    if order.scheme is not None:
        api.load_scheme(order.scheme)
    batch = read_all(sources(order.paths, order.out), order.jobs, store_of() if order.cache else None)
    screen.complain(outcome.fault for outcome in batch.outcomes if outcome.fault)
    filings = api.file_together(reading for outcome in batch.outcomes for reading in outcome.readings)
    found, schemes = api.rechecks(filings, order.scheme)
    if not found:
        raise UnknownNameError(
            "所给的文件里没有复核表：请写上有“复核完成值、复核得分”两栏的表，和各项目的自评表。"
        )
    standards = _standards(schemes)
    if not standards:
        screen.complain(
            [
                f"没有对照复核标准：{schemes[0].id} 没有写复核标准；有的是 chengdu-pidu-recheck，用 --scheme 指定。"
            ]
        )
    together.put(
        order,
        Answer(
            lambda: answer(found, standards),
            lambda: api.recheck_pages(found, standards),
            lambda _: api.recheck_pages(found, standards),
        ),
    )
    broken = any(outcome.fault for outcome in batch.outcomes)
    return ended(cut_short(batch), NOT_READ if broken else 0)


def _standards(schemes: Sequence[Scheme]) -> tuple[Standard, ...]:
    """Return the standards of the rule-books; of several those of the first that has some."""
    return next((one.standards for one in schemes if one.standards), ())


def answer(found: Sequence[Compared], standards: Sequence[Standard]) -> dict[str, Json]:
    """Return what was found as JSON: scores as strings of exact decimals, shares and kappas as exact fractions."""
    return {
        "rechecks": [_recheck(one) for one in found],
        "standards": [
            {"number": one.number, "name": one.name, "says": one.says, "source": str(one.source),
             "rules": list(one.rules)}
            for one in standards
        ],
        "agreement": [
            {"rule": one.rule, "reviewers": [one.first, one.second], "judged": one.judged, "alike": one.alike,
             "kappa": _ratio(one.kappa)}
            for one in agreement_by_rule(judgements(found))
        ],
        "drift": [
            {"reviewer": one.reviewer, "rows": one.marks, "lean": _ratio(one.lean), "shared": one.shared,
             "beside": _ratio(one.beside), "early": _ratio(one.early), "late": _ratio(one.late),
             "drift": _ratio(one.drift)}
            for one in drifts(marks(found))
        ],
    }  # fmt: skip


def _recheck(one: Compared) -> dict[str, Json]:
    return {
        "file": one.file, "index": one.index, "self_file": one.own_file, "project": one.project, "unit": one.unit,
        "year": one.year, "reviewer": one.reviewer, "scheme": one.scheme, "self_total": _text(one.own_total),
        "total": _text(one.total), "gap": _text(one.gap), "self_grade": one.own_grade, "grade": one.grade,
        "rows": [_row(row) for row in one.lines], "missing": list(one.missing),
        "breaches": [
            {"standard": breach.number, "where": breach.where, "message": breach.says} for breach in one.breaches
        ],
    }  # fmt: skip


def _row(row: Line) -> dict[str, Json]:
    return {
        "where": row.where, "level1": row.level1, "level2": row.level2, "name": row.name, "points": _text(row.points),
        "self_actual": row.own_value, "self_score": _text(row.own), "actual": row.value, "score": _text(row.score),
        "gap": _text(row.gap), "reason": row.reason, "standards": list(row.standards),
        "self_score_restated": _text(row.restated),
    }  # fmt: skip


def _text(value: object) -> str | None:
    return None if value is None else f"{value:f}"


def _ratio(value: Fraction | None) -> str | None:
    return None if value is None else f"{value.numerator}/{value.denominator}"
