"""NA04, NA05: what a report claims to have done, beside what its own tables, deductions and problems say (报告文字)."""

import re
from collections.abc import Iterator, Mapping, Sequence

from jixiao.audit.annexes import ticked_though_missed
from jixiao.audit.lexicon import any_of, has, lists_of
from jixiao.audit.narrative.below_goal import reached_below_goal
from jixiao.audit.narrative.unfinished import finished_and_unfinished
from jixiao.audit.prose import Passage, Sentence, clipped
from jixiao.audit.rows import Row, Sort
from jixiao.audit.rule import Case, Found, rule
from jixiao.audit.told.ahead import paid_in_full_and_less
from jixiao.expressions import expression
from jixiao.model.evaluation import ClassMark
from jixiao.model.finding import Severity
from jixiao.model.statements import Section
from jixiao.model.target import AtMost, Before, Between

_WORDS = lists_of("narrative")
_EXECUTION = lists_of("scoring")["execution_rate"]
_CLAUSE = expression(r"[，,；;。：:]")
_COMPLETE, _GOALS, _EXCEEDED = (any_of(_WORDS[key]) for key in ("complete", "goals", "exceeded"))
_HEDGED = expression(
    r"指标[中里]|其中|基本|除|外|其余|其他|其它|未|没|不|多数|大部分|尚|力争|确保|保证|保障|将|要|预计|计划(?!目标)|争取|推动|促进|有助|若|如果|是否|能否|应|为了"
)
_EXCEPTED = expression(r"除(?!此)[^。；;]{1,60}?[之以]?外[,，、]?")  # what follows it is all but that
_PLANS = ("建议", "措施", "下一步", "打算", "整改", "目标设", "总目标", "阶段性目标", "预期", "改进", "计划")
_A_GOAL = expression(r"目标(?:情况)?$")
_PROBLEMS, _REMEDIES, _MERITS = (
    ("问题", "不足", "困难"),
    ("建议", "措施", "对策"),
    ("经验", "做法", "成效", "需要说明"),
)
_EVERY = expression(r"全部|各项|所有|每项|均|都")
_OF_PROJECTS = expression(r"\d+个(?:预算)?项目|部分")
_PERCENT = expression(r"(\d{1,4})(?:\.\d{1,4})?%")
_CLASSES = ("数量", "质量", "时效", "成本", "经济效益", "社会效益", "生态效益", "可持续影响", "满意度")
_HEADED = expression(f"({'|'.join(_CLASSES)})(?:指标|目标)?[：:]")
_HAN = expression(r"[一-鿿]+")
_GROUP = expression(
    r"(?:绝大多数|绝大部分|大多数|大部分)[^，,。；;]{0,10}(?:对象|人员|群众|干部|农户|住户|学生|企业|村民|家庭|老人|村组)"
)
_PRAISED = expression(
    r"(?:绝?大部分|绝?大多数)(?P<what>[一-鿿]{4,10}?)(?:的)?(?:设定|设置|编制)?[^，,。；;]{0,6}(?:清晰|准确|完整|合理|科学|规范|到位|明确)"
)
_FAULTED = r"(?:部分|个别|少数)[^，,。；;]{{0,8}}{what}[^，,。；;]{{0,8}}(?:不|欠|偏|存在|缺)"
_SHINGLE, _FULL_PERCENT, _BACK, _PASSING = 4, 100, 400, 80
_OTHER_GAIN = expression(r"成本|节[约省]|满意")
_NO_WORK = frozenset({Sort.COST, Sort.SATISFACTION})
_ANYTHING = frozenset({"绩效目标", "项目实施", "补助资金", "资金发放", "目标任务", "工作开展"})


def chapter(case: Case, passage: Passage) -> str:
    """Return the titles that a report's section stands under, its own last: 存在问题/（一）…; "" in a table."""
    return case.once(_chapters).get((passage.paper, passage.where), "")


def _chapters(case: Case) -> Mapping[tuple[int, str], str]:
    """Return the titles above each section of each report, its own last."""
    found = {}
    for paper, report in case.narratives:
        above: list[Section] = []
        for at, section in enumerate(report.sections):
            above = [one for one in above if one.level < section.level] + [section]
            found[paper, f"sections.{at}"] = "/".join(one.title for one in above)
    return found


def problem_sections(sections: Sequence[Section]) -> Iterator[int]:
    """Yield the indexes of the sections that tell problems: headed so, or below such a heading."""
    level = None
    for at, section in enumerate(sections):
        if level is not None and section.level <= level:
            level = None
        headed = has(section.title, _PROBLEMS) and "需要说明" not in section.title
        if level is None and headed:
            level = section.level
        if level is not None and (headed or not has(section.title, (*_MERITS, *_REMEDIES))):
            yield at


def tells_problems(case: Case, passage: Passage) -> bool:
    """Tell whether a passage stands in the part of a report that tells its problems."""
    return passage.in_report and (passage.paper, passage.where) in case.once(_problem_places)


def _problem_places(case: Case) -> frozenset[tuple[int, str]]:
    """Return the papers and fields that stand under a heading of problems, and of no measures."""
    titled = case.once(_chapters).items()
    return frozenset(at for at, title in titled if has(title, _PROBLEMS) and not has(title, _REMEDIES))


def is_plan(case: Case, passage: Passage) -> bool:
    """Tell whether a passage says what is wanted and not what is: goals, suggestions, measures."""
    if not passage.in_report:
        return passage.where == "goal.expected"
    return bool(_A_GOAL.search(passage.title)) or has(chapter(case, passage), _PLANS)


@rule("NA04", Severity.WARNING, source="超额完成须有实际完成值大于指标值的指标")
def over_completion_without_any(case: Case) -> Iterator[Found]:
    """文字说“超额完成”，表里没有一项指标超过指标值。

    为什么：结论要由指标值和实际完成值支持。
    不合格：报告写“部分指标超额完成”，各项实际完成值都等于或低于指标值；“数量指标超额完成”，超过的只有满意度。
    合格：指标值 ≥40公里、实际完成 43公里；句中写明超出多少；成本类节约，也没有别的说法。
    怎么改：删去“超额”，或在表中填实际完成数。
    来源：财预〔2020〕10号：实际完成值与指标值对比。
    误报风险：低；有数却无法比较的指标存在时不提示；只有满意度、成本优于指标值的，只作提示。
    """
    for sentence in case.told("narrative.exceeded"):
        if is_plan(case, sentence.passage) or not _claims_excess(sentence):
            continue
        rows = [
            r for r in case.rows if _of_class(f"{r.indicator.level1}{r.indicator.level2}", _about(sentence))
        ]
        compared = [row for row in rows if row.reach is not None]
        above = [row for row in rows if _may_exceed(row)]
        if not compared or any(row.sort not in _NO_WORK for row in above):
            continue
        if above:
            if not _OTHER_GAIN.search(_about(sentence)):
                yield _only_beside(sentence, above)
            return
        best = max(compared, key=lambda row: row.reach or 0)
        i, passage = best.indicator, sentence.passage
        says = (
            f"文中说“{_word(_EXCEEDED, sentence)}”，表中没有一项实际完成值超过指标值：最高的{best.label}"
            f"指标值 {i.demand}，实际完成 {i.actual.text if i.actual else ''}。改法：删去“超额”，或写明哪一项超出多少。"
        )
        yield Found(passage.where, says, passage.paper, quoted=sentence.text, key="exceeded")
        return


def _about(sentence: Sentence) -> str:
    """Return the clauses that say something was exceeded; they may name the class of indicators they mean."""
    return "，".join(c for c in _CLAUSE.split(sentence.plain) if _EXCEEDED.search(c))


def _only_beside(sentence: Sentence, above: Sequence[Row]) -> Found:
    """Tell of a claim that only satisfaction or a saving bears out: neither is work done beyond the plan."""
    rows = "、".join(
        f"{r.label}（{r.indicator.demand}，{r.indicator.actual.text}）"
        for r in above[:2]
        if r.indicator.actual
    )
    says = (
        f"文中说“{_word(_EXCEEDED, sentence)}”，表中优于指标值的只有{rows}，产出和效益没有一项超过指标值。"
        "改法：写明是哪一项、超出多少，或删去“超额”。"
    )
    passage = sentence.passage
    return Found(passage.where, says, passage.paper, Severity.NOTE, quoted=sentence.text, key="exceeded")


def _claims_excess(sentence: Sentence) -> bool:
    m = _EXCEEDED.search(sentence.plain)
    if not m or re.search(r"[未没不得防避][^，,。；;]{0,3}$", sentence.plain[: m.start()]):
        return False
    return not any(int(p) > _FULL_PERCENT for p in _PERCENT.findall(sentence.plain)) and not re.search(
        r"超[出过额]\d", sentence.plain
    )


def _may_exceed(row: Row) -> bool:
    """Tell whether a row's result exceeds its target, or might, for all that is printed."""
    i = row.indicator
    if isinstance(i.target, Before | Between):
        return i.actual is not None and "提前" in i.actual.text
    if row.reach is None:
        figure = i.actual.figure if i.actual is not None and "(含)" not in i.actual.text else None
        same = figure is not None and row.bound is not None and figure.value == row.bound.value
        return row.numeric and figure is not None and not same
    return row.reach < 1 if isinstance(i.target, AtMost) else row.reach > 1


def _word(pattern: re.Pattern[str], sentence: Sentence) -> str:
    m = pattern.search(sentence.plain)
    return m[0] if m else ""


@rule("NA05", Severity.WARNING, source="结论须与指标完成情况、扣分和问题一致")
def completion_claimed_against_deductions(case: Case) -> Iterator[Found]:
    """文字说全部完成、100%、全覆盖，指标、扣分或问题却说没有。

    为什么：结论与得分、问题互相矛盾，复核人员无法采信。
    不合格：“年度绩效目标全部完成”，表中有指标未达目标或扣了分；“应保尽保”与“覆盖了绝大多数对象”；
        安排 200 万元、“足额拨付 66 万元”。
    合格：“除培训外全部完成”；“基本完成”；只扣预算执行率的分；“确保年底全部完成”。
    怎么改：如实写明哪几项没有完成、扣了多少分。
    来源：财预〔2020〕10号：全面反映绩效目标完成情况。
    误报风险：中，有限定词的、讲打算的、分项目说的不提示。
    """
    yield from _all_done(case)
    yield from _full_rates(case)
    yield from _everyone(case)
    yield from _without_counts(case)
    yield from _only_money(case)
    yield from paid_in_full_and_less(case)
    yield from ticked_though_missed(case)
    yield from reached_below_goal(case, is_plan)
    yield from finished_and_unfinished(case, is_plan, tells_problems)


def _all_done(case: Case) -> Iterator[Found]:
    told: set[int] = set()
    known: dict[tuple[int, str], str] = {}
    for sentence in case.told("narrative.complete", "narrative.goals"):
        passage = sentence.passage
        if passage.paper in told or passage.where.startswith("indicators"):
            continue
        clause = _claiming_all(sentence)
        if not clause or is_plan(case, passage):
            continue
        own = any(c in clause for c in (*_CLASSES, "产出", "效益"))
        key = passage.paper, clause if own else passage.title
        against = known[key] = known[key] if key in known else _against(case, *key)
        if against:
            told.add(passage.paper)
            says = f"文中说“{clause}”，但{against}。改法：写明哪些没有完成、为什么扣分。"
            yield Found(passage.where, says, passage.paper, quoted=sentence.text, key="all")


def _claiming_all(sentence: Sentence) -> str:
    """Return the clause that says all goals were reached without a word that takes some of it back."""
    clauses = _CLAUSE.split(_EXCEPTED.sub("除外", sentence.plain))
    found = (c for c in clauses if _speaks_of_all(c) and _GOALS.search(c) and not _OF_PROJECTS.search(c))
    return next((c for c in found if not _HEDGED.search(c.replace("预期", "").replace("按计划", ""))), "")


def _speaks_of_all(clause: str) -> bool:
    """Tell whether a clause calls all of it done; 达到或超过 says so only of what it calls all."""
    m = _COMPLETE.search(clause)
    return m is not None and (not m[0].startswith("达到") or _EVERY.search(clause) is not None)


def _against(case: Case, paper: int, title: str) -> str:
    """Return what speaks against all goals being reached: results below targets, points lost, delays told.

    Where the claim's heading is of one class (产出指标完成情况), only what is of that class counts.
    """
    deviating = _deviating(case, paper)
    if deviating:
        return deviating
    rows = [
        r
        for r in case.rows
        if not has(r.name, _EXECUTION) and _of_class(f"{r.indicator.level1}{r.indicator.level2}", title)
    ]
    missed = [r for r in rows if r.met is False]
    if missed:
        i, more = missed[0].indicator, f"等 {len(missed)} 项" if len(missed) > 1 else ""
        actual = i.actual.text if i.actual else ""
        return f"{missed[0].label}指标值 {i.demand}、实际完成 {actual}{more}没有达到"
    lost = [r for r in rows if (r.lost or 0) > 0]
    if lost:
        more = f"等 {len(lost)} 项" if len(lost) > 1 else ""
        return f"{lost[0].label}{more}扣了分（{lost[0].label} {_of(lost[0].indicator)}）"
    marks = [m for m in _lost_marks(case) if _of_class(m.name, title)]
    if marks:
        more = f"等 {len(marks)} 类" if len(marks) > 1 else ""
        return f"“{marks[0].name}”{more}扣了分（{marks[0].name} {_of(marks[0])}）"
    told = case.told("narrative.unfinished", "narrative.goals")
    late = next((s for s in told if tells_problems(case, s.passage)), None)
    late = late or _owned_loss(case, paper)
    return f"问题部分又说“{clipped(late.text, 30)}”" if late else ""


_LOSS = expression(
    r"扣(?:了)?\d|低于[^，,。；;]{0,12}(?:目标|指标值|计划)|未(?:能)?(?:完成|达到?)[^，,。；;]{0,8}(?:目标|指标|任务)"
)


def _owned_loss(case: Case, paper: int) -> Sentence | None:
    """Return where a department's part on problems names what was missed, or what points it cost."""
    if not any(at == paper for at, _ in case.department_reports):
        return None
    own = (s for s in case.sentences if s.passage.paper == paper and _LOSS.search(s.plain))
    return next((s for s in own if tells_problems(case, s.passage)), None)


def _deviating(case: Case, paper: int) -> str:
    """Return how many of a department's projects deviate or scored low, by its own report; "" where none did."""
    report = next((r for at, r in case.department_reports if at == paper), None)
    if report is None:
        return ""
    if report.with_deviation:
        return f"报告又说 {report.with_deviation} 个项目存在偏差"
    low = [b for b in report.bins if b.count and b.high is not None and b.high <= _PASSING]
    return f"得分{low[-1].label}的项目有 {low[-1].count} 个" if low else ""


def _of_class(name: str, title: str) -> bool:
    """Tell whether a row or mark is of a class that `title` names; any is where it names none."""
    named = [c for c in (*_CLASSES, "产出", "效益") if c in title]
    return not named or any(c in name for c in named)


def _of(mark: object) -> str:
    return f"{getattr(mark, 'points', None)} 分得 {getattr(mark, 'score_printed', None)} 分"


def _lost_marks(case: Case) -> list[ClassMark]:
    marks = [mark for _, report in case.reports for mark in report.classes if mark.level > 1]
    return [
        m for m in marks
        if m.points is not None and m.score_printed is not None and m.score_printed < m.points
        and not has(m.name, _EXECUTION)
    ]  # fmt: skip


def _full_rates(case: Case) -> Iterator[Found]:
    """Yield the classes that a report calls 100 % done and takes points off."""
    told = [
        s for s in case.told("narrative.full_rate") if s.passage.in_report and not is_plan(case, s.passage)
    ]
    if not told:
        return
    lost = _lost_marks(case)
    against = {c: m for c in _CLASSES for m in lost if c in m.name}
    named = [(s, c) for s in told for c in [_class_of(s)] if c in against]
    if named:
        sentence, passage = named[0][0], named[0][0].passage
        classes = list(dict.fromkeys(c for _, c in named))
        scores = "、".join(f"“{against[c].name}”{_of(against[c])}" for c in classes)
        says = (
            f"文中说{'、'.join(classes)}目标完成 100%，后面{scores}，两处不一致。改法：写明没有做到的是什么。"
        )
        yield Found(passage.where, says, passage.paper, quoted=sentence.text, key="|".join(classes))


def _class_of(sentence: Sentence) -> str:
    """Return the class a sentence is about: the last one named up to its end, else the one in its heading."""
    passage, end = sentence.passage, sentence.start + len(sentence.text)
    before = passage.text[max(0, end - _BACK) : end]
    found = _HEADED.findall(before)
    return found[-1] if found else next((c for c in _CLASSES if c in passage.title), "")


def _everyone(case: Case) -> Iterator[Found]:
    everyone = [s for s in case.told("narrative.everyone") if not is_plan(case, s.passage)]
    most = [s for s in case.told("narrative.most") if _GROUP.search(s.plain)] if everyone else []
    of_all = {(s.passage.paper, run): s for s in (reversed(everyone) if most else ()) for run in _shingles(s)}
    for some in most:
        near = (of_all.get((some.passage.paper, run)) for run in _shingles(some))
        all_ = next((s for s in near if s is not None and s is not some), None)
        if all_ is not None:
            word = next(h.word for h in all_.hits if "narrative.everyone" in h.lists)
            m = _GROUP.search(some.plain)
            says = f"前面说“{word}”，后面说覆盖“{m[0] if m else ''}”，两处不一致。改法：写明应覆盖多少、实际覆盖多少。"
            yield Found(some.passage.where, says, some.passage.paper, quoted=some.text, key=word)
            return


def _shingles(sentence: Sentence) -> list[str]:
    plain = sentence.plain
    runs = (plain[n : n + _SHINGLE] for n in range(len(plain) - _SHINGLE + 1))
    return [run for run in runs if _HAN.fullmatch(run) and run not in _ANYTHING]


def _without_counts(case: Case) -> Iterator[Found]:
    for sentence in case.told("narrative.most"):
        passage, m = sentence.passage, _PRAISED.search(sentence.plain)
        if not m or not passage.in_report:
            continue
        near = passage.text[max(0, sentence.start - _BACK) : sentence.start + 2 * _BACK]
        faulted = re.search(_FAULTED.format(what=re.escape(m["what"][:4])), near)
        if faulted and not re.search(r"\d+[个项]", faulted[0] + sentence.plain):
            says = (
                f"一段里既说“{clipped(m[0], 16)}”，又说“{clipped(faulted[0], 16)}”，没有写明各是多少个。"
                "改法：写明数量，列出有问题的。"
            )
            yield Found(passage.where, says, passage.paper, Severity.NOTE, quoted=faulted[0], key="counts")


def _only_money(case: Case) -> Iterator[Found]:
    """Yield a department's projects that deviate although all their work was done: only money was looked at."""
    for sentence in case.told("narrative.near_done", "typos.surplus"):
        passage = sentence.passage
        department = any(at == passage.paper for at, _ in case.department_reports)
        if department and "偏差" in passage.text:
            says = (
                "列为有偏差的项目，又说工作已按计划完成、只是资金有结余：偏差只看了支出，没有看目标。"
                "改法：写明各项目哪项指标有偏差；只是节约的，不列为偏差。"
            )
            yield Found(passage.where, says, passage.paper, quoted=sentence.text, key="money")
            return
