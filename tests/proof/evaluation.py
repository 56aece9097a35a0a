"""An evaluation (部门评价) without a fault: its report and its scoring form, of one project and under one rule-book."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from random import Random

from jixiao.layout import Cell, Grid, Line
from jixiao.model.evaluation import Evaluation, Indicator
from jixiao.model.figure import half_up
from jixiao.model.reading import Filing, Reading
from jixiao.model.supplying import supply
from jixiao.papers.reports import evaluation_report
from jixiao.papers.scoring_forms import scoring_form
from jixiao.schemes import load_scheme
from jixiao.schemes.scheme import Scheme
from tests.proof.planting import Clean
from tests.proof.table import PLACES, plain, split
from tests.proof.topics import Topic

SCHEMES = ("national-2020-evaluation", "anhui-huaiyuan-evaluation")
_FRAME = {
    "决策": {"项目立项": ("立项依据充分性", "立项程序规范性"), "绩效目标": ("绩效目标合理性", "绩效指标明确性"),
             "资金投入": ("预算编制科学性", "资金分配合理性")},
    "过程": {"资金管理": ("资金到位率", "预算执行率", "资金使用合规性"), "组织实施": ("管理制度健全性", "制度执行有效性")},
    "产出": {"产出数量": ("实际完成率",), "产出质量": ("质量达标率",), "产出时效": ("完成及时性",), "产出成本": ("成本节约率",)},
    "效益": {"项目效益": ("实施效益", "满意度")},
}  # fmt: skip
_POINTS = {"决策": 20, "过程": 20, "产出": 30, "效益": 30}
_TOLD = {
    "立项依据充分性": "符合{basis}的规定，见立项批复", "立项程序规范性": "{year}年2月经局务会议研究后报批，会议纪要和批复文件齐备",
    "绩效目标合理性": "目标与预算相匹配，见目标批复文件", "绩效指标明确性": "指标细化到数量和时间，见{year}年目标批复",
    "预算编制科学性": "按任务量和单价测算，附测算表", "资金分配合理性": "按任务量分配，见资金分配文件",
    "资金到位率": "到位资金与预算一致，到位率100%，见拨款凭证", "预算执行率": "实际支出占到位资金的比例为{rate}",
    "资金使用合规性": "抽查支付凭证20份，手续齐全", "管理制度健全性": "已制定{noun}管理办法，有制度文件",
    "制度执行有效性": "合同、验收单按项目归档，抽查12份", "实际完成率": "计划{goal}，实际{done}，见台账",
    "质量达标率": "验收报告结论均为合格", "完成及时性": "各项任务于{year}年12月底前完成，见进度月报",
    "成本节约率": "结算金额不高于合同金额，见结算单", "实施效益": "对{served}走访30户，记录见走访表",
    "满意度": "收回有效问卷{n}份，满意{k}份，满意度{share}",
}  # fmt: skip
_LOST = {
    "绩效指标明确性": "个别效益指标没有写明数据来源，扣{lost}分", "预算编制科学性": "个别分项单价缺少询价记录，扣{lost}分",
    "制度执行有效性": "两份会议纪要没有编号，扣{lost}分", "实施效益": "效益资料只有文字材料，扣{lost}分",
    "立项程序规范性": "一份批复文件没有签收日期，扣{lost}分",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Facts:
    """What is evaluated: the project, its money in 万元, what was planned and done, and the survey."""

    topic: Topic
    name: str
    place: str
    year: int
    annual: Decimal
    executed: Decimal
    goal: str
    done: str
    survey: tuple[int, int]

    @property
    def rate(self) -> Decimal:
        """The execution rate in percent."""
        return half_up(self.executed * 100 / self.annual, 2)

    @property
    def words(self) -> dict[str, object]:
        """The words that sentences name."""
        n, k = self.survey
        return {"basis": f"《{self.place}{self.topic.basis}》", "rate": f"{self.rate:f}%", "noun": self.topic.noun,
                "served": self.topic.served, "year": self.year, "goal": self.goal, "done": self.done, "n": n, "k": k,
                "share": f"{plain(half_up(Decimal(k) * 100 / n, 2)):f}%"}  # fmt: skip


def evaluation(rng: Random, topic: Topic) -> Clean:
    """Make an evaluation: the scoring form is the filing's table."""
    scheme, facts = load_scheme(rng.choice(SCHEMES)), _facts(rng, topic)
    rows = tuple(_rows(rng, scheme, facts))
    name = f"{facts.name}评价.docx"
    form = scoring_form.read(_form_blocks(facts, rows))
    report = evaluation_report.read(_report_lines(rng, facts, rows))
    readings = [replace(r, file=name, index=at) for at, r in enumerate((_dated(form, facts), report))]
    assert isinstance(readings[0].record, Evaluation)
    table, supplied = supply(readings[0], readings[0].record, (readings[1],))
    return Clean(Filing(tuple(readings), table, 0, supplied), scheme, topic, rng.randrange(10**6))


def _dated(form: Reading, facts: Facts) -> Reading:
    record = form.record
    assert isinstance(record, Evaluation)
    return replace(form, record=replace(record, year=record.year or facts.year))


def _facts(rng: Random, topic: Topic) -> Facts:
    measure = rng.choice([m for m in topic.measures if m.level2 == "数量指标"])
    goal = rng.randint(measure.low, measure.high)
    annual = Decimal(rng.randrange(2000, 60000)) / 100
    n = rng.choice((100, 200, 250, 400))
    return Facts(
        topic, f"{rng.choice(topic.names)}项目", rng.choice(PLACES), rng.randint(2021, 2024), annual,
        half_up(annual * rng.randrange(930, 1000) / 1000, 2), measure.clause.format(f"{goal}{measure.unit}"),
        measure.clause.format(f"{goal + goal // 20}{measure.unit}"), (n, n * rng.randint(91, 97) // 100),
    )  # fmt: skip


def _rows(rng: Random, scheme: Scheme, facts: Facts) -> Iterator[Indicator]:
    weights = {name: int(scheme.level1.get(name, _POINTS[name])) for name in _POINTS}
    lost = set(rng.sample(sorted(_LOST), rng.choice((1, 2, 3))))
    for level1, groups in _FRAME.items():
        names = [(level2, name) for level2, found in groups.items() for name in found]
        for (level2, name), points in zip(names, split(rng, weights[level1], len(names)), strict=True):
            off = Decimal("0.5") if name in lost else Decimal(0)
            off = points - half_up(points * facts.rate / 100, 2) if name == "预算执行率" else off
            says = _TOLD[name].format(**facts.words)
            says = f"{says}；{_LOST[name].format(lost=plain(off))}" if name in lost else says
            yield Indicator(level1, level2, name, points=points, score_printed=plain(points - off), deduction_printed=plain(off),
                            remarks=says)  # fmt: skip


def _form_blocks(facts: Facts, rows: tuple[Indicator, ...]) -> tuple[Line | Grid, ...]:
    heads = ("一级指标", "二级指标", "三级指标", "标准分值", "评分情况", "得分", "扣分")
    body = [(*_labels(rows, n), i.level3, i.points, f"{i.remarks}。", i.score_printed, i.deduction_printed)
            for n, i in enumerate(rows)]  # fmt: skip
    total = (
        "合计",
        "",
        "",
        _sum(rows, "points"),
        "",
        _sum(rows, "score_printed"),
        _sum(rows, "deduction_printed"),
    )
    texts = [heads, *body, total]
    cells = tuple(Cell(r, c, str(text)) for r, row in enumerate(texts) for c, text in enumerate(row))
    return Line(f"{facts.year}年度{facts.name}支出绩效评价指标评分表"), Grid(cells)


def _labels(rows: tuple[Indicator, ...], n: int) -> tuple[str, str]:
    """The class names with their points, each on its first row only."""
    row, before = rows[n], rows[n - 1] if n else Indicator()
    level1 = (
        f"{row.level1}（{_class(rows, row.level1 or '', 'points')}分）" if row.level1 != before.level1 else ""
    )
    whole = _sum(tuple(one for one in rows if one.level2 == row.level2), "points")
    return level1, f"{row.level2}（{whole}分）" if row.level2 != before.level2 else ""


def _sum(rows: tuple[Indicator, ...], field: str) -> Decimal:
    return plain(sum((getattr(row, field) or Decimal(0) for row in rows), Decimal(0)))


def _report_lines(rng: Random, facts: Facts, rows: tuple[Indicator, ...]) -> tuple[Line, ...]:
    unit = f"{facts.place}{facts.topic.office}"
    return tuple(map(Line, [
        f"{facts.year}年度{facts.name}绩效评价报告",
        "一、基本情况", "（一）项目概况",
        f"{facts.name}由{facts.place}{facts.topic.centre}实施，主管部门为{unit}，依据《{facts.place}{facts.topic.basis}》设立，"
        f"资金用于{facts.topic.purpose}。项目预算资金{facts.annual}万元，实际到位资金{facts.annual}万元，资金到位率100%，"
        f"实际支出{facts.executed}万元，预算执行率{facts.rate}%。",
        "（二）项目绩效目标", f"年度绩效目标：{facts.goal}。",
        "二、绩效评价工作开展情况",
        f"{unit}成立评价小组，查阅项目档案，到现场核对工程量，并向{facts.topic.served}发放问卷。",
        "三、综合评价情况及评价结论", _conclusion(rng, facts, rows),
        "四、绩效评价指标分析", *_chapters(rows),
        "五、主要经验及做法、存在的问题及原因分析", f"（一）主要做法：{facts.topic.deeds[0]}。", *_faults(rows),
        "六、有关建议", f"{facts.topic.problems[0][1]}。", "七、其他需要说明的问题", "本次评价的附件为指标评分表。",
        unit, f"{facts.year + 1}年5月{rng.randint(6, 28)}日",
    ]))  # fmt: skip


def _conclusion(rng: Random, facts: Facts, rows: tuple[Indicator, ...]) -> str:
    total = _sum(rows, "score_printed")
    grade = "优" if total >= 90 else "良"
    parts = "；".join(
        f"{name}满分{_class(rows, name, 'points')}分，得{_class(rows, name, 'score_printed')}分"
        for name in _FRAME
    )
    said = rng.choice(("经综合评价，项目总得分{}分，评价等级为“{}”。", "{}项目综合得分{}分，等级为“{}”。"))
    words = (total, grade) if said.count("{}") == 2 else (f"{facts.year}年度", total, grade)
    return f"{said.format(*words)}其中：{parts}。"


def _class(rows: tuple[Indicator, ...], name: str, field: str) -> Decimal:
    return _sum(tuple(row for row in rows if row.level1 == name), field)


def _chapters(rows: tuple[Indicator, ...]) -> Iterator[str]:
    for n, name in enumerate(_FRAME):
        yield f"（{'一二三四'[n]}）项目{name}情况"
        for k, row in enumerate((row for row in rows if row.level1 == name), 1):
            yield f"{k}.{row.level3}：标准分值{row.points}分，得{row.score_printed}分。{row.remarks}。"


def _faults(rows: tuple[Indicator, ...]) -> list[str]:
    told = [
        row.remarks.split("；")[-1].split("，扣")[0] for row in rows if row.remarks and "，扣" in row.remarks
    ]
    why = "主要原因是评价资料由多个股室分别整理，汇总时核对不够。"
    return [f"（二）存在的问题：{'；'.join(told) or '评价资料归集用时较长'}。{why}"]
