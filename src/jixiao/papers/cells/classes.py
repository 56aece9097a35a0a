"""The standard classes of indicators: which class a printed name means, and under which first level it belongs."""

from collections.abc import Mapping

from jixiao.expressions import expression
from jixiao.papers import words

_LEVEL1 = {name: expression(rf"(?:{p}){words.MARKS}") for name, p in words.LEVEL1.items()}
_LEVEL2 = {name: expression(rf"(?:{p}){words.MARKS}") for name, (p, _) in words.LEVEL2.items()}
BENEFIT = "效益指标"  # 经济效益、社会效益 stand nowhere else; 满意度 has other homes in some provinces
OUTPUT, INPUT = "产出指标", "投入指标"
KNOWN1 = set(words.LEVEL1)


def canonical1(name: str) -> str | None:
    """Return the standard name of a first-level class, None for a name of the paper's own."""
    fold = words.folded(name)
    return next((n for n, p in _LEVEL1.items() if p.fullmatch(fold)), None)


def canonical2(name: str) -> str | None:
    """Return the standard name of a second-level class, None for a name of the paper's own."""
    fold = words.folded(name)
    return next((n for n, p in _LEVEL2.items() if p.fullmatch(fold)), None)


def home_of(level2: str | None) -> str | None:
    """Return the first-level class that a second-level class belongs to, None where it may be either."""
    if level2 is None:
        return None
    name = canonical2(level2)
    return words.LEVEL2[name][1] if name and name != "成本指标" else None


def slid_class(printed: Mapping[str, str], name: str | None, above: str | None) -> str | None:
    """Return the second-level class that a row prints under the first level, its own name standing twice behind it.

    None for any other row: 质量指标 | 合格率 | 合格率 below 产出指标 has slid, without the second 合格率 it may be the
    form's own levels.
    """
    first, second = printed.get("level1"), printed.get("level2")
    if first is None or second is None or name is None or above is None:
        return None
    twice = words.folded(second) == words.folded(name)
    known = canonical2(first) is not None and canonical1(first) is None
    home = home_of(first) or canonical1(above)
    return first if twice and known and home == canonical1(above) is not None else None
