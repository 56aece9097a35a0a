"""What a paper shows of where it comes from (places, notes, form, points), and which book matches it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from jixiao.expressions import expression
from jixiao.model.evaluation import Evaluation, Indicator
from jixiao.model.figure import tidy
from jixiao.schemes.scheme import Match, Scheme

_NOISE = expression(r"[()\[\]〔〕【】,，。.;；:：、\"“”'‘’*]")
_NUMBERED = expression(r"(?:附?注|备注|说明)?[:：]?(\d{1,2})[.、．)）]")
_OWN_PLACE = expression(r"[\u4e00-\u9fff](?:[省市县旗盟州]|(?<![社园景校小城库片院辖矿灌])区)")
_CODED = expression(r"(\d{6})\d{2}[A-Z]\d{9}")  # 行政区划 6 位，年度 2 位，类别，流水号
_CODE_DIGITS = 6
_HAN = expression(r"[\u4e00-\u9fff]")
_BEFORE = "省市州盟区县旗"


@dataclass(frozen=True, slots=True)
class Signs:
    """What a paper shows, ready to compare; None where it is silent.

    `code` is the division code inside the project's code, `units` the names of unit and department,
    `texts` what else names places (project, report title); notes are (label, text without punctuation);
    `weights` the points of each first-level class by its short name.
    """

    code: str
    units: tuple[str, ...]
    texts: tuple[str, ...]
    notes: tuple[tuple[str, str], ...]
    form: str | None
    execution_points: Decimal | None
    weights: Mapping[str, Decimal]
    classes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Which criteria of one rule-book a paper meets, and the words for it.

    `depth` is how far into the name the place stands: 市 before 县, so the deeper is the nearer one; a
    division code is never above 0, so a name goes before it;
    `held` the criteria that hold; `whys` a Chinese phrase for each of them, the strongest first.
    """

    depth: int
    hits: int
    held: frozenset[str]
    whys: tuple[str, ...]


def signs_of(evaluation: Evaluation, texts: Sequence[str]) -> Signs:
    """Collect what the paper shows; `texts` are other words of the filing that may name its place."""
    project = evaluation.project
    coded = (_CODED.match(tidy(text)) for text in (project.code, project.name) if text)
    return Signs(
        code=next((found.group(1) for found in coded if found is not None), ""),
        units=tuple(tidy(name) for name in (project.unit, project.department) if name),
        texts=tuple(tidy(text) for text in (project.name, *texts) if text),
        notes=tuple((_label(note), bare(note)) for note in evaluation.notes),
        form=evaluation.form,
        execution_points=evaluation.execution.points,
        weights=_weights(evaluation),
        classes=frozenset(_short(row.level1) for row in evaluation.indicators if row.level1)
        | frozenset(_short(mark.name) for mark in evaluation.classes if mark.level == 1),
    )


def weigh(scheme: Scheme, signs: Signs) -> Evidence:
    """Tell which of the rule-book's criteria the paper meets."""
    match = scheme.match
    place, depth = _place(match, signs)
    labels = [label for phrase in match.notes for label, text in signs.notes if bare(phrase) in text]
    found = {
        "regions": place,
        "notes": _labels(labels),
        "forms": f"表样“{signs.form}”" if signs.form is not None and signs.form in match.forms else "",
        "weights": "各类分值" if match.weights and _same_weights(scheme, signs) else "",
        "level1": "一级指标" if match.level1 and _classes_there(match, signs) else "",
        "execution_points": _points(match, signs),
    }
    whys = tuple(words for words in found.values() if words)
    return Evidence(depth, len(labels), frozenset(key for key, words in found.items() if words), whys)


def contradicts(match: Match, signs: Signs) -> bool:
    """Tell whether the paper prints other execution points than this rule-book's."""
    printed, wanted = signs.execution_points, match.execution_points
    return printed is not None and wanted is not None and printed != wanted


def bare(text: str) -> str:
    """Return `text` in half width without spaces and punctuation, for comparing notes."""
    return _NOISE.sub("", tidy(text))


def _place(match: Match, signs: Signs) -> tuple[str, int]:
    """Return what names the region and how deep it stands: the unit, the project's code, or other words."""
    word, depth = _deepest(match, signs.units)
    if word:
        return f"单位所在地“{word}”", depth
    code = max((code for code in match.codes if signs.code.startswith(code)), key=len, default="")
    if code:
        return f"项目编码中的区划代码 {signs.code} ", len(code) - _CODE_DIGITS
    if any(_OWN_PLACE.search(unit) for unit in signs.units):
        return "", 0
    word, depth = _deepest(match, signs.texts)
    return (f"材料中的地名“{word}”" if word else ""), depth


def _deepest(match: Match, names: Sequence[str]) -> tuple[str, int]:
    ends = [(_end(word, name, match), word) for name in names for word in match.regions]
    end, word = max(ends, default=(0, ""))
    return (word, end) if end else ("", 0)


def _end(word: str, name: str, match: Match) -> int:
    """Return where `word` ends in `name` as a place of its own (not 宁县 in 会宁县); 0 for nowhere."""
    start = name.find(word)
    while start >= 0:
        before = name[:start]
        free = (
            not before
            or not _HAN.match(before[-1])
            or before[-1] in _BEFORE
            or before.endswith(match.regions)
        )
        if free and not any(name.startswith(other, start) for other in match.excludes):
            return start + len(word)
        start = name.find(word, start + 1)
    return 0


def _label(note: str) -> str:
    numbered = _NUMBERED.match(tidy(note))
    return numbered.group(1) if numbered else ""


def _labels(labels: Sequence[str]) -> str:
    numbers = sorted({label for label in labels if label}, key=int)
    if numbers:
        return f"表后注{'、'.join(numbers)}"
    return "表后注文" if labels else ""


def _points(match: Match, signs: Signs) -> str:
    points = match.execution_points
    return f"预算执行率 {points} 分" if points is not None and points == signs.execution_points else ""


def _short(name: str) -> str:
    """Return a class name without its points, 指标 and 服务对象: 服务对象满意度指标(10分) is 满意度."""
    return re.sub(r"\(.*?\)|\d+分?|指标|服务对象", "", tidy(name))


def _weights(evaluation: Evaluation) -> dict[str, Decimal]:
    stated = {
        _short(mark.name): mark.points
        for mark in evaluation.classes
        if mark.level == 1 and mark.points is not None
    }
    return stated or _sums(evaluation.indicators)


def _sums(rows: Sequence[Indicator]) -> dict[str, Decimal]:
    sums: dict[str, Decimal] = {}
    for row in rows:
        if row.level1 is None or row.points is None:
            return {}
        sums[_short(row.level1)] = sums.get(_short(row.level1), Decimal(0)) + row.points
    return sums


def _same_weights(scheme: Scheme, signs: Signs) -> bool:
    return bool(scheme.level1) and signs.weights == {_short(name): n for name, n in scheme.level1.items()}


def _classes_there(match: Match, signs: Signs) -> bool:
    return {_short(name) for name in match.level1} <= signs.classes
