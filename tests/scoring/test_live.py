"""What a form works out while it is filled in is what `score` gives: the formulas, recalculated by LibreOffice."""

from collections.abc import Iterator
from decimal import Decimal
from io import BytesIO
from random import Random
from typing import NamedTuple

import openpyxl
import pytest

from jixiao.formats.ole import soffice
from jixiao.model.evaluation import Evaluation, Execution, FundLine, Funds, Indicator
from jixiao.model.parsing import parse_actual, parse_target
from jixiao.model.quantities import parse_figure
from jixiao.schemes import list_schemes, load_scheme
from jixiao.schemes.scheme import Scheme
from jixiao.scoring import live, score

pytestmark = pytest.mark.slow
ROWS = 60  # a rule-book


class Typed(NamedTuple):
    """What somebody typed into one row."""

    name: str
    sign: str
    target: str
    unit: str
    actual: str
    points: str


def rows_of(scheme: Scheme, random: Random) -> Iterator[Typed]:
    says = [tier.says for tier in scheme.parts["qualitative"].tiers]
    for _ in range(ROWS):
        sign = random.choice((*live.SIGNS, *live.SIGNS, live.IN_WORDS, live.IN_TIME))
        points = random.choice(("5", "10", "7.5", "13.33", "2.125", "20"))
        name = random.choice(("道路硬化里程", "群众满意度", "资金到位率", "单位成本", "受益人数"))
        if sign == live.IN_WORDS:
            target = random.choice(("成效明显", "持续改善"))
            actual = random.choice((target, "按期完成", "有所改善", "12", *says))
            yield Typed(name, sign, target, "", actual, points)
        elif sign == live.IN_TIME:
            target = random.choice(("12月底前", "2024年6月30日前", "及时"))
            yield Typed(name, sign, target, "", random.choice((target, "按期完成", "尚未完成")), points)
        else:
            yield Typed(name, sign, *numbers(random), points)


def numbers(random: Random) -> tuple[str, str, str]:
    unit = random.choice(("%", "个", "万元", ""))
    target = random.choice((0, 1, 3, 7, 90, 95, 100, 120, 1000, 12.5, 0.07))
    actual = random.choice((0, target, target, target * 2, target * 3, 1, 2, 89.99, 90, 96.5, 99, 33.3, 101))
    return f"{target:g}", unit, f"{actual:g}"


def recalculated(cells: dict[str, str | Decimal]) -> dict[str, object]:
    """Write a workbook without any result in it, let LibreOffice work it out, and return every cell's value."""
    book = openpyxl.Workbook()
    for place, value in cells.items():
        book.active[place] = value
    stream = BytesIO()
    book.save(stream)
    (data,) = soffice.converted([stream.getvalue()], suffix="xlsx", to="xlsx")
    assert data is not None
    sheet = openpyxl.load_workbook(BytesIO(data), data_only=True).active
    return {cell.coordinate: cell.value for row in sheet.iter_rows() for cell in row}


def typed(word: str) -> str | Decimal:
    return Decimal(word) if word.replace(".", "", 1).isdigit() else word


def shown(value: object) -> Decimal | None:
    return Decimal(repr(value)) if isinstance(value, int | float) else None


@pytest.fixture(scope="module", autouse=True)
def _office() -> None:
    if soffice.program() is None:
        pytest.skip("LibreOffice is not installed: the formulas of forms are not recalculated")


def test_a_rows_formula_gives_what_score_gives() -> None:
    cells: dict[str, str | Decimal] = {}
    schemes = [load_scheme(scheme_id) for scheme_id in list_schemes()]
    asked = [(scheme, row) for scheme in schemes for row in rows_of(scheme, Random(scheme.id))]
    for n, (scheme, row) in enumerate(asked, 1):
        cells |= {f"{column}{n}": typed(word) for column, word in zip("ABCDEF", row, strict=True) if word}
        named = live.RowCells((f"A{n}",), f"B{n}", f"C{n}", f"E{n}", f"F{n}", f"D{n}")
        cells[f"G{n}"] = f"={live.row_score(scheme, named)}"
    found = recalculated(cells)
    decided = 0
    for n, (scheme, row) in enumerate(asked, 1):
        expected = score(Evaluation(indicators=(as_read(row),)), scheme).indicators[0].score
        given = shown(found.get(f"G{n}"))
        assert given is None or given == expected, (scheme.id, row, given, expected)
        if given is None and expected is not None:
            assert may_stay_open(row, scheme), (scheme.id, row, expected)
        decided += given is not None
    assert decided > len(asked) // 2


def as_read(row: Typed) -> Indicator:
    sign = "" if row.sign == live.IN_TIME else row.sign
    return Indicator(
        level3=row.name,
        target=parse_target(row.target, sign=sign, unit=row.unit),
        actual=parse_actual(row.actual, unit=row.unit),
        points=Decimal(row.points),
    )


def may_stay_open(row: Typed, scheme: Scheme) -> bool:
    """Tell what `score` may decide and the form leave open: other words, and steps that name their row."""
    best = scheme.parts["qualitative"].tiers[:1]
    whole = bool(best) and best[0].default == 1
    return row.sign in {live.IN_WORDS, live.IN_TIME} and (row.actual == "12" or not whole)


def test_the_execution_row_gives_what_score_gives() -> None:
    random = Random(7)
    cells: dict[str, str | Decimal] = {}
    asked = []
    for n, scheme_id in enumerate(list_schemes() * 12, 1):
        scheme = load_scheme(scheme_id)
        base = Decimal(random.choice((0, 1, 40, 600, 11.28, 99.99, 1234567))).quantize(Decimal("0.01"))
        part = Decimal(random.choice((0, 1, 0.8843, 0.9, 0.95, 1.2, 0.005)))
        spent = (base * part).quantize(Decimal("0.01"))
        points = Decimal(random.choice((10, 20, 12)))
        cells |= {f"A{n}": spent, f"B{n}": base, f"C{n}": points}
        cells[f"D{n}"] = f"={live.execution_score(scheme, f'A{n}', f'B{n}', f'C{n}')}"
        asked.append((f"D{n}", scheme, spent, base, points))
    found = recalculated(cells)
    for spot, scheme, spent, base, points in asked:
        part = scheme.parts["execution"]
        line = FundLine(
            **{part.numerator: parse_figure(str(spent)), part.denominator: parse_figure(str(base))}
        )
        filled = Evaluation(funds=Funds(total=line), execution=Execution(points=points))
        sheet = score(filled, scheme)
        assert shown(found.get(spot)) == sheet.execution.score, (scheme.id, spent, base, points)


def test_the_total_and_its_grade_wait_for_every_row() -> None:
    scheme = load_scheme("national-2020")
    whole = live.SheetCells("A1:A3", "B1:B3", "C1:C3", "B4", "C4")
    part = live.SheetCells("A6:A8", "B6:B8", "C6:C8", "B9", "C9")
    found = recalculated({
        "A1": "甲", "B1": Decimal(40), "C1": Decimal("38.51"), "A2": "乙", "B2": Decimal(50), "C2": Decimal("49.89"),
        "B4": Decimal(10), "C4": Decimal("8.84"), "D1": f"={live.total(scheme, whole)}", "E1": f"={live.grade(scheme, 'D1')}",
        "D2": f"={live.points_total(whole)}", "D3": f"={live.rate('C4', 'B4')}",
        "A6": "甲", "B6": Decimal(90), "C6": Decimal(90), "A7": "没有得分的一行", "B9": Decimal(10), "C9": Decimal(9),
        "D6": f"={live.total(scheme, part)}", "E6": f"={live.grade(scheme, 'D6')}",
    })  # fmt: skip
    assert (shown(found["D1"]), found["E1"]) == (Decimal("97.24"), "优")
    assert (shown(found["D2"]), found["D3"]) == (Decimal(100), "88.40%")
    assert not found["D6"]
    assert not found["E6"]
