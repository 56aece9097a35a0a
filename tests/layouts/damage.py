"""What happens to a paper on its way: rows slid, labels lost or torn, headings broken, pages cut, figures run together.

A damage changes a sheet and, where the paper then says something else, what is true of it; None where the sheet has
nothing that could be so damaged.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from random import Random

from jixiao.model.evaluation import Evaluation, Indicator
from jixiao.model.parsing import parse_actual, parse_target
from tests.layouts.sheet import Row, Sheet, with_cell, with_row, with_rows, without_rows

Damaged = tuple[Sheet, Evaluation]
Damage = Callable[[Random, Sheet, Evaluation], Damaged | None]
_SIGNED = re.compile(r"([≥≤=])(\d[\d.]*)(.*)")


def slid(rng: Random, sheet: Sheet, truth: Evaluation) -> Damaged | None:
    """One or two rows slid by a cell, to the right or into the empty class cells."""
    rows = sheet.of("indicator")
    for index in rng.sample(rows, min(len(rows), rng.choice((1, 2)))):
        cells = sheet.rows[index].cells
        if not cells[1] and not cells[2] and rng.random() < 0.5:
            moved = (cells[0], *cells[2:], "")
        elif not cells[-1]:
            at = rng.randint(1, 4)
            moved = (*cells[:at], "", *cells[at:-1])
        else:
            continue
        sheet = with_row(sheet, index, moved)
    return (sheet, truth) if sheet.page is None else None


def label_lost(rng: Random, sheet: Sheet, truth: Evaluation) -> Damaged | None:
    """The first-level label of a class whose second level tells it is not there."""
    found = [
        k for k in sheet.of("indicator")[1:] if sheet.rows[k].text(1) and sheet.rows[k].text(2) != "成本指标"
    ]
    found = [k for k in found if sheet.rows[k].text(2) != "满意度指标"]
    if not found or truth.classes:
        return None
    return with_cell(sheet, rng.choice(found), 1, ""), truth


def label_below(_rng: Random, sheet: Sheet, truth: Evaluation) -> Damaged | None:
    """The labels of the satisfaction class stand on a line of their own, below its only row."""
    last = sheet.of("indicator")[-1]
    cells = sheet.rows[last].cells
    if "满意度" not in sheet.rows[last].text(1):
        return None
    below = Row("indicator", ("", cells[1], cells[2], *[""] * (len(cells) - 3)))
    return with_rows(with_row(sheet, last, ("", "", "", *cells[3:])), last + 1, below), truth


def label_centred(_rng: Random, sheet: Sheet, truth: Evaluation) -> Damaged | None:
    """A first-level label stands at the middle of its rows, not at the first."""
    rows = sheet.of("indicator")
    starts = [k for k in rows if sheet.rows[k].text(1)]
    for start, end in zip(starts, [*starts[1:], rows[-1] + 1], strict=True):
        middle = (start + end) // 2
        if end - start > 2 and middle != start and sheet.rows[middle].text(2):
            label = sheet.rows[start].text(1)
            sheet = with_cell(with_cell(sheet, start, 1, ""), middle, 1, label)
    return (sheet, truth) if sheet.page is None else None


def label_spaced(_rng: Random, sheet: Sheet, truth: Evaluation) -> Damaged:
    """First-level labels are set wide: 产 出 指 标."""
    for k in sheet.of("indicator"):
        sheet = with_cell(sheet, k, 1, " ".join(label)) if (label := sheet.rows[k].text(1)) else sheet
    return sheet, truth


def label_split(rng: Random, sheet: Sheet, truth: Evaluation) -> Damaged:
    """Class labels are broken over two lines."""
    for k in sheet.of("indicator"):
        for column in (1, 2):
            text = sheet.rows[k].text(column)
            if text and rng.random() < 0.7:
                sheet = with_cell(sheet, k, column, f"{text[:2]}\n{text[2:]}")
    return sheet, truth


def header_lost(_rng: Random, sheet: Sheet, truth: Evaluation) -> Damaged:
    """The heading of the indicators is not there."""
    return without_rows(sheet, set(sheet.of("heading"))), truth


def heads_split(rng: Random, sheet: Sheet, truth: Evaluation) -> Damaged:
    """Headings are broken over two lines."""
    for k in sheet.of("heading"):
        for column, text in enumerate(sheet.rows[k].texts()):
            if len(text) > 3 and rng.random() < 0.6:
                sheet = with_cell(sheet, k, column, f"{text[: len(text) // 2]}\n{text[len(text) // 2 :]}")
    return sheet, truth


def _furniture(rng: Random) -> tuple[Row, ...]:
    line = rng.choice(("第 2 页 共 3 页", "- 2 -", "— 2 —"))
    return (Row("blank", ("",)), Row("line", (line,)), Row("blank", ("",)))


def page_break(rng: Random, sheet: Sheet, truth: Evaluation) -> Damaged:
    """The table goes on overleaf under the same heading."""
    at = rng.choice(sheet.of("indicator")[1:])
    heading = [sheet.rows[k] for k in sheet.of("heading")]
    return with_rows(sheet, at, *_furniture(rng), *heading), truth


def broken(rng: Random, sheet: Sheet, truth: Evaluation) -> Damaged:
    """The table goes on overleaf without a heading."""
    return with_rows(sheet, rng.choice(sheet.of("indicator")[1:]), *_furniture(rng)), truth


def total_first(_rng: Random, sheet: Sheet, truth: Evaluation) -> Damaged:
    """The total stands above the first indicator."""
    total = sheet.of("total")[0]
    row = sheet.rows[total]
    return with_rows(without_rows(sheet, {total}), sheet.of("indicator")[0], row), truth


def total_apart(_rng: Random, sheet: Sheet, truth: Evaluation) -> Damaged:
    """The total's label stands on a line of its own, above its figures."""
    total = sheet.of("total")[0]
    cells = sheet.rows[total].cells
    label = Row("total", (cells[0], *[None] * (len(cells) - 1)))
    return with_rows(with_cell(sheet, total, 0, ""), total, label), truth


def total_nameless(_rng: Random, sheet: Sheet, truth: Evaluation) -> Damaged | None:
    """The total's label is lost."""
    return (with_cell(sheet, sheet.of("total")[0], 0, ""), truth) if "points" in sheet.columns else None


def points_first(_rng: Random, sheet: Sheet, truth: Evaluation) -> Damaged | None:
    """The points have their column before the target."""
    kinds = sheet.columns
    if "points" not in kinds or "sign" in kinds or kinds.index("points") < kinds.index("target"):
        return None
    old, new = sheet.at("points"), sheet.at("target")
    for k in (*sheet.of("heading"), *sheet.of("indicator"), *sheet.of("total")):
        cells = list(sheet.rows[k].cells)
        cells.insert(new, cells.pop(old))
        sheet = with_row(sheet, k, tuple(cells))
    order = list(kinds)
    order.insert(new - 1, order.pop(old - 1))
    return replace(sheet, columns=tuple(order)), truth


def own_cells(_rng: Random, sheet: Sheet, truth: Evaluation) -> Damaged | None:
    """Sign, value and unit of a target have cells of their own under one heading each."""
    if "sign" in sheet.columns or "unit" in sheet.columns:
        return None
    at, said = sheet.at("target"), sheet.at("actual")
    triples = [_apart(row) for row in truth.indicators]
    for k, row in enumerate(sheet.rows):
        cells = row.cells
        middle: tuple[str | None, ...]
        if row.part == "heading":
            middle = ("指标性质", "指标值", "度量单位")
        elif row.part == "indicator":
            middle = triples[k - sheet.of("indicator")[0]][0]
            cells = (*cells[:said], triples[k - sheet.of("indicator")[0]][1], *cells[said + 1 :])
        else:
            middle = (cells[at] if at < len(cells) else None, None, None)
        sheet = with_row(sheet, k, (*cells[:at], *middle, *cells[at + 1 :]))
    columns = (*sheet.columns[: at - 1], "sign", "target", "unit", *sheet.columns[at:])
    rows = tuple(_with_apart(row, *triple) for row, triple in zip(truth.indicators, triples, strict=True))
    return replace(sheet, columns=columns), replace(truth, indicators=rows)


def _apart(row: Indicator) -> tuple[tuple[str, str, str], str]:
    """The sign, value and unit cells of a target, and its result without the unit."""
    target, actual = (row.target.text if row.target else ""), (row.actual.text if row.actual else "")
    signed = _SIGNED.fullmatch(target)
    if signed is None:
        return ("定性", target, ""), actual
    return (signed[1], signed[2], signed[3]), actual.removesuffix(signed[3])


def _with_apart(row: Indicator, cells: tuple[str, str, str], actual: str) -> Indicator:
    sign, value, unit = cells
    target = parse_target(value, sign=sign, unit=unit or None)
    return replace(
        row, sign=sign, unit=unit or None, target=target, actual=parse_actual(actual, unit=unit or None)
    )


def tiers(_rng: Random, sheet: Sheet, truth: Evaluation) -> Damaged | None:
    """The tier of a qualitative indicator is written where its result belongs."""
    at = sheet.at("actual")
    rows = list(truth.indicators)
    for n, k in enumerate(sheet.of("indicator")):
        if rows[n].target is not None and not re.search(r"\d", rows[n].target.text):  # type: ignore[union-attr]
            sheet = with_cell(sheet, k, at, "100%-80% (含)")
            rows[n] = replace(rows[n], actual=parse_actual("100%-80% (含)"))
    return (sheet, replace(truth, indicators=tuple(rows))) if sheet.page is None else None


def template(rng: Random, sheet: Sheet, truth: Evaluation) -> Damaged:
    """The form's own rows stay in: numbered names, empty numbers, dots, a class without an indicator."""
    name = sheet.at("level3")
    first, *rest = sheet.of("indicator")
    for k in (first, *rest):
        sheet = with_cell(sheet, k, name, f"指标1：{sheet.rows[k].text(name)}")
    width = len(sheet.rows[first].cells)
    spare = [_bare(width, name, text) for text in ("指标2：", "……")]
    ends = [k for k in rest if sheet.rows[k].text(2)]
    if not ends:
        return with_rows(sheet, rest[-1] + 1, *spare), truth
    sheet = with_rows(sheet, rng.choice(ends), *spare)
    welfare = next((k for k in sheet.of("indicator") if "满意度" in sheet.rows[k].text(1)), None)
    if welfare is not None and not any("生态效益" in row.text(2) for row in sheet.rows):
        sheet = with_rows(sheet, welfare, _bare(width, 2, "生态效益指标"))
    return sheet, truth


def _bare(width: int, column: int, text: str) -> Row:
    return Row("indicator", tuple(text if k == column else "" for k in range(width)))


def glued_digits(rng: Random, sheet: Sheet, truth: Evaluation) -> Damaged | None:
    """Points and score of some rows run together: 1010."""
    if "points" not in sheet.columns or sheet.at("score") != sheet.at("points") + 1:
        return None
    at = sheet.at("points")
    rows = sheet.of("indicator")
    for k in rng.sample(rows, max(1, len(rows) // 2)):
        row = sheet.rows[k]
        both = row.text(at) + row.text(at + 1)
        sheet = with_row(sheet, k, (*row.cells[:at], both, "", *row.cells[at + 2 :]))
    return sheet, truth


_WIDE = str.maketrans("0123456789%=", "０１２３４５６７８９％＝")


def full_width(rng: Random, sheet: Sheet, truth: Evaluation) -> Damaged:
    """Digits and signs are full-width, and ≥ is printed in one of its other forms."""
    form = rng.choice(("≧", ">=", "≥"))
    for k in (*sheet.of("funds"), *sheet.of("indicator"), *sheet.of("total")):
        cells = tuple(cell and cell.replace("≥", form).translate(_WIDE) for cell in sheet.rows[k].cells)
        sheet = with_row(sheet, k, cells)
    return sheet, truth


def notes(_rng: Random, sheet: Sheet, truth: Evaluation) -> Damaged:
    """Notes with figures stand behind the table."""
    texts = (
        "注：1.一级指标分值统一设置为：产出指标50分、效益指标30分、满意度指标10分、预算执行率10分。",
        "2.定性指标分为达成预期指标、部分达成预期指标、未达成预期指标三档，分别按100%-80%（含80%）、80%-60%（含60%）、60%-0%确定分值。",
        "3.正向指标得分=实际完成值/年度指标值×该指标分值。",
    )
    return replace(sheet, after=texts, page=None), truth


def extra_column(rng: Random, sheet: Sheet, truth: Evaluation) -> Damaged:
    """There is a column that no form has."""
    heading, kind = rng.choice((("复核得分", "score"), ("佐证材料", "words"), ("指标解释", "words")))
    at = (
        sheet.at("score") + 1
        if kind == "score"
        else sheet.at("level3") + 1
        if heading == "指标解释"
        else sheet.at("score") + 1
    )
    first = sheet.of("heading")[0]
    for k, row in enumerate(sheet.rows):
        text = heading if k == first else None
        if row.part == "indicator":
            score = row.text(sheet.at("score"))
            text = score if kind == "score" else rng.choice(("工作总结", "签到表及照片", "会议记录"))
        sheet = with_row(sheet, k, (*row.cells[:at], text, *row.cells[at:]))
    return replace(sheet, columns=(*sheet.columns[: at - 1], "extra", *sheet.columns[at - 1 :])), truth


def dashes(rng: Random, sheet: Sheet, truth: Evaluation) -> Damaged:
    """Empty cells hold a dash."""
    mark = rng.choice(("-", "—", "/", "——"))
    for k in (*sheet.of("indicator"), *sheet.of("funds")[2:]):
        cells = sheet.rows[k].cells
        sheet = with_row(sheet, k, (*cells[:3], *(mark if cell == "" else cell for cell in cells[3:])))
    return sheet, truth


def no_execution(_rng: Random, sheet: Sheet, truth: Evaluation) -> Damaged:
    """Head and fund block are lost: the table begins with its goals or its heading."""
    gone = {*sheet.of("head"), *sheet.of("funds")}
    silent = replace(truth.execution, points=None, rate_printed=None, score_printed=None)
    bare = replace(truth.project, name=None, department=None, unit=None)
    funds = replace(truth.funds, total=None, fiscal=None, carryover=None, special=None, other=None)
    return without_rows(sheet, gone), replace(truth, execution=silent, project=bare, funds=funds)


def amounts_silent(_rng: Random, sheet: Sheet, truth: Evaluation) -> Damaged:
    """The budget at the year's beginning is not filled in, and no source is."""
    funds = sheet.of("funds")
    for k in funds[2:]:
        sheet = with_row(
            sheet, k, tuple(cell and "" if n > 2 else cell for n, cell in enumerate(sheet.rows[k].cells))
        )
    if truth.funds.total is None or truth.funds.total.initial is None:
        return sheet, truth
    total = replace(truth.funds.total, initial=None)
    return with_cell(sheet, funds[1], 3, ""), replace(truth, funds=replace(truth.funds, total=total))


def missed(rng: Random, sheet: Sheet, truth: Evaluation) -> Damaged | None:
    """A row's result was not reported: no actual value, score 0."""
    n = rng.randrange(len(truth.indicators))
    k = sheet.of("indicator")[n]
    rows = list(truth.indicators)
    rows[n] = replace(rows[n], actual=None, score_printed=Decimal(0))
    sheet = with_cell(with_cell(sheet, k, sheet.at("actual"), ""), k, sheet.at("score"), "0")
    return sheet, replace(truth, indicators=tuple(rows))


DAMAGES: dict[str, Damage] = {
    "slid": slid, "label lost": label_lost, "label below": label_below, "label centred": label_centred,
    "label spaced": label_spaced, "label split": label_split, "header lost": header_lost, "heads split": heads_split,
    "page break": page_break, "broken": broken, "total first": total_first, "total apart": total_apart,
    "total nameless": total_nameless, "points first": points_first, "own cells": own_cells, "tiers": tiers,
    "template": template, "glued digits": glued_digits, "full width": full_width, "notes": notes,
    "extra column": extra_column, "dashes": dashes, "head lost": no_execution, "funds silent": amounts_silent,
    "missed": missed,
}  # fmt: skip
