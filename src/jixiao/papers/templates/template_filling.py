"""What may be typed into the cells of a form, and what is worked out in the others: inputs and formulas by spot."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from jixiao.layout import Cell, Input, Wanted
from jixiao.model.evaluation import Evaluation
from jixiao.papers.form import Form
from jixiao.papers.templates.template_spots import Spot, Spots
from jixiao.schemes.scheme import Part, Scheme
from jixiao.scoring import live

UNITS = (
    "%",
    "个",
    "项",
    "次",
    "人",
    "人次",
    "户",
    "台",
    "套",
    "公里",
    "平方米",
    "亩",
    "吨",
    "元",
    "万元",
    "天",
)


class Filling:
    """Gives the cells of a blank form what may be typed into them, and what is worked out."""

    def __init__(self, scheme: Scheme, form: Form, blank: Evaluation, spots: Spots) -> None:
        self._scheme, self._form, self._blank, self._spots = scheme, form, blank, spots
        self._inputs: dict[Spot, tuple[Input | None, str | None]] = {}
        self._head()
        self._funds()
        for n in range(len(blank.indicators)):
            self._row(n)
        self._total()

    def cells(self, cells: Iterable[Cell]) -> Iterator[Cell]:
        """Yield the cells with their inputs and formulas."""
        for cell in cells:
            wanted, formula = self._inputs.get((cell.row, cell.column), (None, None))
            yield replace(cell, input=wanted, formula=formula)

    def _head(self) -> None:
        for name, spot in self._spots.fields.items():
            if not name.startswith("funds."):
                self._inputs[spot] = Input(), None

    def _funds(self) -> None:
        part, fields = self._scheme.parts["execution"], self._spots.fields
        amount = Input(Wanted.NUMBER, low=Decimal(0), note=f"填数字，单位：{self._form.funds_unit}。")
        for name, spot in fields.items():
            if not name.startswith("funds."):
                continue
            _, source, kind = name.split(".")
            if kind in ("points", "rate", "score", "reason"):
                continue
            if source == "total" and len(self._form.fund_rows) > 1:
                lines = [
                    fields[f"funds.{other}.{kind}"] for other, _ in self._form.fund_rows if other != source
                ]
                listed = ",".join(map(_ref, lines))
                self._inputs[spot] = None, f'IF(COUNT({listed})=0,"",SUM({listed}))'
            else:
                self._inputs[spot] = amount, None
        total = {
            kind: spot
            for name, spot in fields.items()
            for kind in [name.removeprefix("funds.total.")]
            if kind != name
        }
        self._execution(part, total)

    def _execution(self, part: Part, total: Mapping[str, Spot]) -> None:
        """Work out rate and score of the total row, where the form has the amounts that the rule-book divides."""
        spent, base = total.get(part.numerator), total.get(part.denominator)
        if "points" in total and self._blank.execution.points is None:
            self._inputs[total["points"]] = _points(), None
        if "reason" in total:
            self._inputs[total["reason"]] = Input(), None
        if spent is None or base is None or "points" not in total:
            return
        if "rate" in total:
            self._inputs[total["rate"]] = None, live.rate(_ref(spent), _ref(base))
        if "score" in total:
            formula = live.execution_score(self._scheme, _ref(spent), _ref(base), _ref(total["points"]))
            self._inputs[total["score"]] = Input(Wanted.NUMBER, low=Decimal(0), note=law(part)), formula

    def _row(self, n: int) -> None:
        spots, row = self._spots.rows[n], self._blank.indicators[n]
        wanted = self._wanted()
        for kind, spot in spots.items():
            if kind in ("level1", "level2") and getattr(row, kind):
                continue
            if kind == "score":
                formula = live.row_score(self._scheme, self._cells(spots))
                self._inputs[spot] = wanted["score"], formula
            elif kind == "completion":
                done, aim = _ref(spots["actual"]), _ref(spots["target"])
                self._inputs[spot] = (
                    Input(),
                    f'IF(AND(ISNUMBER({done}),ISNUMBER({aim})),{live.rate(done, aim)},"")',
                )
            else:
                self._inputs[spot] = wanted.get(kind, Input()), None

    def _cells(self, spots: Mapping[str, Spot]) -> live.RowCells:
        names = tuple(_ref(spots[kind]) for kind in ("level2", "level3", "level4") if kind in spots)
        unit = _ref(spots["unit"]) if "unit" in spots else None
        off = _ref(spots["deduction"]) if "deduction" in spots else None
        sign, target, actual, points = (_ref(spots[kind]) for kind in ("sign", "target", "actual", "points"))
        return live.RowCells(names, sign, target, actual, points, unit, off)

    def _wanted(self) -> Mapping[str, Input]:
        parts = self._scheme.parts
        tiers = tuple(tier.says for tier in parts["qualitative"].tiers)
        signs = (*live.SIGNS, live.IN_WORDS, live.IN_TIME)
        return {
            "sign": Input(Wanted.CHOICE, signs, note="指标值是数字的选 ≥ > ≤ < =；是文字的选定性；是日期的选时限。"),
            "target": Input(Wanted.ANY, note="填数字，符号和单位填在旁边；定性指标填文字，时限指标填日期。"),
            "unit": Input(choices=UNITS, note="指标值和实际完成值用同一个单位。"),
            "actual": Input(Wanted.ANY, choices=tiers, note="填数字；定性指标选所达到的档次，或照指标值填写。"),
            "points": _points(),
            "score": Input(Wanted.NUMBER, low=Decimal(0),
                           note=f"按口径自动计算；空白时请填写得分。{law(parts['positive'])}"[:250]),
            "deduction": Input(Wanted.NUMBER, low=Decimal(0)),
        }  # fmt: skip

    def _total(self) -> None:
        rows, total, fields = self._spots.rows, self._spots.total, self._spots.fields
        execution = fields.get("funds.total.points"), fields.get("funds.total.score")
        if not rows or "score" not in total or "points" not in total or None in execution:
            return
        points, score = (_ref(spot) for spot in execution if spot is not None)
        down = {kind: _span(rows, kind) for kind in ("level3", "points", "score")}
        cells = live.SheetCells(down["level3"], down["points"], down["score"], points, score)
        self._inputs[total["points"]] = None, live.points_total(cells)
        self._inputs[total["score"]] = None, live.total(self._scheme, cells)
        if self._spots.grade is not None:
            self._inputs[self._spots.grade] = None, live.grade(self._scheme, _ref(total["score"]))


def _span(rows: tuple[Mapping[str, Spot], ...], kind: str) -> str:
    return f"{_ref(rows[0][kind])}:{_ref(rows[-1][kind])}"


def _ref(spot: Spot) -> str:
    return f"{{{spot[0]}:{spot[1]}}}"


def _points() -> Input:
    return Input(
        Wanted.NUMBER, low=Decimal(0), high=Decimal(100), note="填分值，各行与预算执行率合计 100 分。"
    )


def law(part: Part) -> str:
    """Return a part's text with its source, and whether anybody has read it."""
    unread = "" if part.source.verified else "，条文未核对"
    return f"{part.says or '按口径计算'}（{part.source}{unread}）"
