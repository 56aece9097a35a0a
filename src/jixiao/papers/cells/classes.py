"""The standard classes of indicators: which class a printed name means, and under which first level it belongs."""

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
