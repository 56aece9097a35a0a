"""Makes up a scoring form: classes with points, indicators under them with what they got and why."""

from decimal import Decimal
from random import Random

from jixiao.model.evaluation import ClassMark, Evaluation, Indicator, Project
from jixiao.model.figure import half_up
from jixiao.papers.form import Form
from tests.layouts import vocabulary as words

FRAME = (
    ("决策", (("项目立项", ("立项依据充分性", "立项程序规范性")), ("绩效目标", ("目标合理性", "指标明确性")))),
    ("过程", (("资金管理", ("资金到位率", "预算执行率", "资金使用合规性")), ("组织实施", ("管理制度健全性", "制度执行有效性")))),
    ("产出", (("产出数量", ("任务完成率",)), ("产出质量", ("质量达标率",)), ("产出时效", ("完成及时率",)))),
    ("效益", (("项目效益", ("社会效益实现程度", "可持续影响程度")), ("满意度", ("服务对象满意度",)))),
)  # fmt: skip
WHY = ("制度齐全，执行规范", "资料完整，符合要求", "部分资料归档较晚", "年初指标未细化")


def invent_scoring(rng: Random, form: Form) -> Evaluation:
    """Make up what one scoring form says; the same state of `rng` gives the same record."""
    deep = any(column.kind == "level4" for column in form.columns)
    rows: list[Indicator] = []
    classes: list[ClassMark] = []
    for level1, seconds in FRAME:
        first = len(classes)
        classes.append(ClassMark(level1, 1))
        for level2, names in seconds:
            own = [
                _row(rng, (level1, level2), name, deep=deep)
                for name in rng.sample(names, rng.randint(1, len(names)))
            ]
            classes.append(ClassMark(level2, 2, _sum(own)))
            rows += own
        seen = [mark.points or Decimal(0) for mark in classes[first + 1 :]]
        classes[first] = ClassMark(level1, 1, sum(seen, Decimal(0)))
    told = sum((row.score_printed or Decimal(0) for row in rows), Decimal(0))
    points = _sum(rows)
    if told == points:
        classes = [ClassMark(c.name, c.level, c.points, c.points if c.level == 1 else None) for c in classes]
    place = rng.choice(words.PLACES)
    return Evaluation(
        Project(rng.choice(words.PROJECTS), None, place + rng.choice(words.OFFICES), place + rng.choice(words.CENTRES)),
        2023, indicators=tuple(rows), classes=tuple(classes), points_printed=points, total_printed=told,
        blanks=() if any(row.remarks for row in rows) else ("评分说明",),
    )  # fmt: skip


def _row(rng: Random, levels: tuple[str, str], name: str, *, deep: bool) -> Indicator:
    points = Decimal(rng.choice((2, 3, 4, 5, 6, 8)))
    score = points if rng.random() < 0.7 else half_up(points * rng.randrange(50, 99) / 100, 2)
    level3, level4 = (f"{levels[1]}情况", name) if deep else (name, None)
    lost = None if deep or rng.random() < 0.3 else points - score
    return Indicator(
        *levels, level3, level4, points=points, score_printed=score, remarks=rng.choice((None, *WHY)), deduction_printed=lost,
    )  # fmt: skip


def _sum(rows: list[Indicator]) -> Decimal:
    return sum((row.points or Decimal(0) for row in rows), Decimal(0))
