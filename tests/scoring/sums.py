"""What an auditor does with a step: redo the sum that it prints, digit by digit."""

import ast
import operator
import re
from collections.abc import Callable, Mapping
from fractions import Fraction

from jixiao.model.figure import half_up

_STEP = re.compile(
    r"(?:.*：)?(?P<sum>[-\d.+×÷()% ]+) = (?P<result>-?[\d.]+)(?P<rate>%?)(?:，取 (?P<taken>[\d.]+))?(?:（.*）)?"
)
_DO: Mapping[type[ast.operator], Callable[[Fraction, Fraction], Fraction]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
}  # fmt: skip


def is_a_sum(says: str) -> bool:
    return _STEP.fullmatch(says) is not None


def fault(says: str, value: Fraction) -> str:
    """Return what is wrong with a printed sum beside its exact value, empty when it can be redone."""
    step = _STEP.fullmatch(says)
    if step is None:
        return ""
    redone = _worked_out(step["sum"])
    result = Fraction(step["result"]) / (100 if step["rate"] else 1)
    places = len(step["result"].partition(".")[2]) + (2 if step["rate"] else 0)
    if half_up(redone, places) != result:
        return f"{says}: redone {redone}"
    kept = Fraction(step["taken"]) if step["taken"] else result
    return "" if half_up(value, places) == kept else f"{says}: exact value {value}"


def _worked_out(text: str) -> Fraction:
    plain = re.sub(r"([\d.]+)%", r"(\1 / 100)", text.replace("×", "*").replace("÷", "/"))
    return _value(ast.parse(re.sub(r"\d+(?:\.\d+)?", lambda m: f"'{m[0]}'", plain), mode="eval").body)


def _value(node: ast.expr) -> Fraction:
    match node:
        case ast.BinOp():
            return _DO[type(node.op)](_value(node.left), _value(node.right))
        case ast.UnaryOp(op=ast.USub()):
            return -_value(node.operand)
        case ast.Constant(value=str(digits)):
            return Fraction(digits)
        case _:
            raise AssertionError(ast.dump(node))
