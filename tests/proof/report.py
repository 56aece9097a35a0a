"""A self-evaluation report that restates its table: the chapters of an outline, each sentence in one of several wordings.

What is written follows from the table, the topic and the seed alone, so that it can be written anew from another table.
"""

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from random import Random

from jixiao.layout import Line
from jixiao.model.evaluation import Evaluation, Indicator
from jixiao.model.figure import Figure, half_up
from jixiao.schemes.scheme import Scheme
from tests.proof.table import SURVEYS, plain
from tests.proof.topics import Measure, Topic

_FOLDER = Path(__file__).parent
_SAYS: Mapping[str, list[str]] = tomllib.loads((_FOLDER / "phrases.toml").read_text("utf-8"))
_OUTLINES = tomllib.loads((_FOLDER / "outlines.toml").read_text("utf-8"))["outline"]
_SERIAL = "一二三四五六七八九十"
_MOST = 7


@dataclass(frozen=True, slots=True)
class Story:
    """What a report is written from."""

    table: Evaluation
    topic: Topic
    scheme: Scheme
    rng: Random

    def say(self, key: str, **words: object) -> str:
        """One of the wordings of a sentence, filled in."""
        return self.rng.choice(_SAYS[key]).format(**{**self.names(), **words})

    def names(self) -> dict[str, object]:
        """The words that any sentence may name."""
        project, topic = self.table.project, self.topic
        unit = project.unit or project.department or ""
        return {
            "unit": unit, "name": project.name, "year": self.table.year, "place": unit[:3], "basis": topic.basis,
            "purpose": topic.purpose, "served": topic.served, "goal": self.table.goal.expected,
            "number": f"{unit[:1]}政发〔{(self.table.year or 2023) - 1}〕{len(topic.basis) + 3}号",
        }  # fmt: skip

    def measure(self, row: Indicator) -> Measure | None:
        """The topic's indicator that a row is."""
        return next((m for m in self.topic.measures if m.name == row.level3), None)

    def rows(self) -> list[Indicator]:
        """The rows that a report speaks of one by one; satisfaction has a chapter of its own."""
        return [
            row for row in self.table.indicators if row.level1 != "满意度指标" and row.target and row.actual
        ]


def report_lines(table: Evaluation, topic: Topic, scheme: Scheme, seed: int) -> tuple[Line, ...]:
    """Write the report of a table as the lines of a page; the same arguments give the same report."""
    story = Story(table, topic, scheme, Random(seed))
    own = [outline for outline in _OUTLINES if scheme.id in outline["schemes"]]
    parts = (own[0] if own else story.rng.choice(_OUTLINES))["parts"]
    lines = [story.say("title")]
    for number, title, key in parts:
        lines.append(f"{number}{title}")
        lines += _CHAPTERS[key](story) if key else []
    return tuple(Line(text) for text in (*lines, *_signature(story)))


def _signature(story: Story) -> tuple[str, str]:
    year = (story.table.year or 2023) + 1
    return str(story.names()["unit"]), f"{year}年{story.rng.randint(2, 4)}月{story.rng.randint(5, 25)}日"


def _overview(story: Story) -> list[str]:
    return [story.say("overview") + story.say("served")]


def _goal(story: Story) -> list[str]:
    return [story.say("expected")]


def _manage(story: Story) -> list[str]:
    deeds = story.rng.sample(story.topic.deeds, 2)
    return [story.say("manage") + "".join(story.say("deed", deed=deed) for deed in deeds)]


def _money(story: Story) -> list[str]:
    line, rate = story.table.funds.total, story.table.execution.rate_printed
    if line is None or line.annual is None or line.executed is None or rate is None:
        return []
    words = {"annual": line.annual, "executed": line.executed, "initial": line.initial or line.annual}
    percent = f"{rate.value:f}%"
    moved = line.initial is not None and line.initial.value != line.annual.value
    said = (
        [story.say("adjusted", **words, more=_minus(line.annual, line.initial))]
        if moved and line.initial
        else []
    )
    said.append(story.rng.choice(_SAYS["money"][1 if moved else 0 :]).format(**words, rate=percent))
    said.append(story.say("uses", uses=_listed(story.topic.uses)))
    if line.executed.value < line.annual.value:
        said.append(story.say("unspent", left=_minus(line.annual, line.executed)))
    return ["".join(said)]


def _minus(one: Figure, other: Figure) -> str:
    return f"{one.value - other.value:f}{one.unit.name if one.unit else ''}"


def _listed(words: tuple[str, ...]) -> str:
    return "、".join(words[:-1]) + "和" + words[-1]


def _worked(story: Story) -> list[str]:
    found = [m.evidence for row in story.rows() if (m := story.measure(row)) is not None]
    return [story.say("worked", evidence="、".join(list(dict.fromkeys(found))[:3]) or "实施台账")]


def _result(story: Story) -> list[str]:
    table = story.table
    grade = next((g.word for g in story.scheme.grades if (table.total_printed or 0) >= g.low), "良")
    classes = "；".join(
        story.say("class", name=name, points=points, score=score) for name, points, score in _classes(table)
    )
    said = story.say("result", total=table.total_printed, grade=grade)
    execution = table.execution
    if classes and execution.points is not None:
        said += story.say(
            "result_classes", whole=execution.points, score=execution.score_printed, classes=classes
        )
    return [said]


def _classes(table: Evaluation) -> Iterator[tuple[str, Decimal, Decimal]]:
    for name in dict.fromkeys(row.level1 for row in table.indicators):
        rows = [row for row in table.indicators if row.level1 == name]
        if name and all(row.points is not None and row.score_printed is not None for row in rows):
            points, scores = (
                sum((getattr(row, f) for row in rows), Decimal(0)) for f in ("points", "score_printed")
            )
            yield name, plain(points), plain(scores)


def _rows(story: Story) -> list[str]:
    return ["".join(_row(story, row) for row in story.rows())]


def _row(story: Story, row: Indicator) -> str:
    measure, target, actual = story.measure(row), *cells_of(row)
    key = "row_source" if measure is not None and measure.evidence and story.rng.random() < 0.4 else "row"
    return story.say(
        key, name=row.level3, target=target, actual=actual, evidence=measure.evidence if measure else ""
    )


def cells_of(row: Indicator) -> tuple[str, str]:
    """Target and result as a sentence prints them: with sign and unit."""
    unit = row.unit or ""
    target, actual = row.demand, row.actual.text if row.actual else ""
    return target, actual if actual.endswith(unit) else f"{actual}{unit}"


def _survey(story: Story) -> list[str]:
    return [_asked(story, row) for row in story.table.indicators if row.level1 == "满意度指标"] or [
        "本项目未设满意度指标。"
    ]


def _asked(story: Story, row: Indicator) -> str:
    target, rate = cells_of(row)
    figure = row.actual.figure if row.actual else None
    counts = counts_for(figure) if figure is not None else ()
    if not counts:
        return story.say("row", name=row.level3, target=target, actual=rate)
    n, k = story.rng.choice(counts)
    key = "survey" if row.target and rate not in target else "survey_exact"
    return story.say(key, n=n, k=k, name=row.level3, rate=rate, target=target)


def counts_for(rate: Figure) -> list[tuple[int, int]]:
    """The surveys (n, k) that give a printed rate."""
    share = Fraction(rate.value) / 100
    return [
        (n, k)
        for n in SURVEYS
        for k in (int(share * n + Fraction(1, 2)),)
        if half_up(Decimal(k) * 100 / n, 2) == rate.value
    ]


def _problems(story: Story) -> list[str]:
    return _numbered([p for p, _ in _pairs(story)])


def _problems_caused(story: Story) -> list[str]:
    """Problems in a chapter that promises their causes too."""
    serial = _SERIAL[len(_pairs(story))]
    return [*_problems(story), f"（{serial}）{story.say('cause')}"]


def _advice(story: Story) -> list[str]:
    return _numbered([a for _, a in _pairs(story)])


def _pairs(story: Story) -> list[tuple[str, str]]:
    """Problems and what is done about each: first the rows that stay behind, then some that cost no points."""
    found = []
    for row in story.table.indicators:
        told = next((pair for pair in story.topic.late if row.reason and pair[0] in row.reason), None)
        if told is not None:
            target, actual = cells_of(row)
            found.append((f"{row.level3}实际完成{actual}，低于年度指标值{target}，主要是{told[0]}", told[1]))
    wanted = Random(len(story.topic.key) + len(found) + (story.table.year or 0)).sample(
        story.topic.problems, 2
    )
    return [*found[:_MOST], *wanted]


def _numbered(sentences: list[str]) -> list[str]:
    return [f"（{_SERIAL[n]}）{sentence}。" for n, sentence in enumerate(sentences)]


_CHAPTERS: Mapping[str, Callable[[Story], list[str]]] = {
    "overview": _overview, "goal": _goal, "manage": _manage, "money": _money, "worked": _worked, "result": _result,
    "rows": _rows, "survey": _survey, "problems": _problems, "problems_caused": _problems_caused, "advice": _advice,
}  # fmt: skip
