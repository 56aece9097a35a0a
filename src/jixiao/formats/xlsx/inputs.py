"""What may be put into the cells of a template: drop-downs, bounds of numbers, notes; and how its formulas read."""

from dataclasses import dataclass, field
from decimal import Decimal

from jixiao.expressions import expression
from jixiao.formats.packing import escaped
from jixiao.formats.text_width import cut
from jixiao.formats.xlsx.backstage import Backstage
from jixiao.formats.xlsx.sheet import column_name
from jixiao.layout import Input, Wanted

LONGEST_LIST, LONGEST_NOTE, LONGEST_MESSAGE = 255, 255, 225
REFERENCE = expression(r"\{(\d+):(\d+)\}")
OTHER_WORD = "不在下拉表的词里。确实要这样填，请选“是”；要重填，请选“否”。"


@dataclass(slots=True)
class Inputs:
    """The rules of a sheet's inputs: the markup of each but its cells, and the cells that it holds for."""

    backstage: Backstage
    rules: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    def add(self, wanted: Input, name: str) -> None:
        """Note what is wanted in a cell, or a range of cells."""
        says, formulas = _rule(wanted, name, self.backstage)
        if wanted.note:
            says += f' showInputMessage="1" promptTitle="填写说明" prompt="{_cut(wanted.note, LONGEST_NOTE)}"'
        if says:
            self.rules.setdefault((says, formulas), []).append(name)

    def markup(self) -> str:
        """Write all rules of the sheet."""
        listed = "".join(
            f'<dataValidation allowBlank="1"{says} sqref="{" ".join(names)}">{formulas}</dataValidation>'
            for (says, formulas), names in self.rules.items()
        )
        return f'<dataValidations count="{len(self.rules)}">{listed}</dataValidations>' if listed else ""


def formula_at(formula: str, top: int, left: int = 0) -> str:
    """Name the cells of a formula as the sheet does: {3:4} of a grid whose corner is at `top` and `left`, from 0."""
    return REFERENCE.sub(lambda at: f"{column_name(left + int(at[2]))}{top + int(at[1]) + 1}", formula)


def _rule(wanted: Input, name: str, backstage: Backstage) -> tuple[str, str]:
    if wanted.wanted is Wanted.NUMBER:
        condition = _condition(wanted, name.partition(":")[0])
        says = _refusing("stop", "请填数字", _bounds_in_words(wanted))
        return f' type="custom"{says}', f"<formula1>{escaped(condition)}</formula1>"
    if not wanted.choices:
        return "", ""
    source = _listed(wanted.choices) or backstage.keep_words(wanted.choices)
    says = _refusing("warning", "请从下拉表中选", OTHER_WORD) if wanted.wanted is Wanted.CHOICE else ""
    return f' type="list"{says}', f"<formula1>{escaped(source)}</formula1>"


def _refusing(style: str, title: str, why: str) -> str:
    kept = _cut(why, LONGEST_MESSAGE)
    return f' errorStyle="{style}" showErrorMessage="1" errorTitle="{title}" error="{kept}"'


def _listed(words: tuple[str, ...]) -> str:
    """Write the words as a list inside the rule, "" where it can't hold them."""
    joined = ",".join(words)
    plain = not any("," in word or '"' in word or word != word.strip() or not word for word in words)
    return f'"{joined}"' if plain and cut(joined, LONGEST_LIST) == joined else ""


def _condition(wanted: Input, name: str) -> str:
    parts = [f"ISNUMBER({name})"]
    if wanted.low is not None:
        parts.append(f"{name}>={_plain(wanted.low)}")
    if wanted.high is not None:
        parts.append(f"{name}<={_plain(wanted.high)}")
    if wanted.places is not None:
        parts.append(f"ROUND({name},{wanted.places})={name}")
    return f"AND({','.join(parts)})" if len(parts) > 1 else parts[0]


def _bounds_in_words(wanted: Input) -> str:
    low, high = wanted.low, wanted.high
    if low is not None and high is not None:
        bounds = f" {_plain(low)} 至 {_plain(high)} 之间的"
    elif low is not None:
        bounds = f"不小于 {_plain(low)} 的"
    else:
        bounds = f"不大于 {_plain(high)} 的" if high is not None else ""
    places = (
        "" if wanted.places is None else f"，至多 {wanted.places} 位小数" if wanted.places else "，取整数"
    )
    return f"这一格请填{bounds}数字{places}，不要带单位和文字。"


def _plain(value: Decimal) -> str:
    return f"{value:f}"


def _cut(text: str, length: int) -> str:
    """Make a message short enough for Excel; line breaks stay."""
    short = cut(text, length)
    return escaped(short if short == text else f"{cut(text, length - 1)}…").replace("\n", "&#10;")
