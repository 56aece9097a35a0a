"""DV06, DV08, DV10: what is going to be done about it (改进措施)."""

from collections.abc import Callable, Iterator, Sequence

from jixiao.audit.deviations.explained import remedy_in
from jixiao.audit.lexicon import any_of, has, lists_of
from jixiao.audit.prose import Sentence, clipped
from jixiao.audit.rule import Case, Found, rule
from jixiao.audit.within import lists_within
from jixiao.expressions import expression
from jixiao.model.claims import DepartmentReport, Report
from jixiao.model.evaluation import Evaluation
from jixiao.model.figure import tidy
from jixiao.model.finding import Severity
from jixiao.model.statements import Section

_IN = lists_within("deviations")
_VAGUE = any_of(_IN["vague"])
_CONCRETE = any_of((*_IN["owner"], *_IN["dated"], *_IN["action"]))
_LEFT = any_of(_IN["leftover"])
_DUE = any_of(_IN["due"])
_MEASURES = any_of(_IN["measures"])
_PROBLEMS = any_of(_IN["problems"])
_SPEND_ALL = any_of(lists_of("deviations")["spend_all"])
_NUMBER = expression(
    r"(?:^|[\n。；;：:])\s*(?:[（(]?(?:\d{1,2}|[一二三四五六七八九十])[)）、．.](?!\d)|[一二三四五六七八九]是|第[一二三四五六七八九][，,、]"
    r"|其[一二三四五][，,、]|[①②③④⑤⑥⑦⑧⑨]|(?:首先|其次|再次|最后)[，,])"
)
_MORE = expression(r"(?:另外|此外|同时|还要|并且|再者)")
_NOTHING = expression(r"^(?:无|暂无|没有|未发现|不存在)")
_LATER = expression(
    r"今后|月底前|年底前|年末前|下一步|下年|以后|将|要|应|改进措施|整改|确保|加强|加快|尽快|明年|措施"
)
_SHORT, _LONG = 12, 400


@rule(
    "DV06",
    Severity.WARNING,
    source="改进措施应明确责任人、时限和具体做法",
    needs=("row.explained", "paper.text"),
)
def measure_without_substance(case: Case) -> Iterator[Found]:
    """改进措施只有“加强”“进一步”，没有谁来做、何时做、做什么。

    为什么：没有责任人、时限和做法的措施无法检查，也无法落实。
    不合格：“加强学习，提高认识，完善制度，优化流程”。
    合格：“由水利站于 6 月底前修订巡查制度，每月通报一次”。
    怎么改：逐条写明责任人、完成时间和具体做法。
    来源：复核人员通用核对办法；绩效自评结果应用要求。
    误报风险：中。整段没有一处责任人、时限或做法的作警告；只缺责任人和时限的不提；表内一句话的只作提示。
    """
    for at, record in case.narratives:
        told = list(_measures(record.sections))
        text = tidy("".join(f"{s.title}{s.text}" for _, s in told))
        vague = _VAGUE.search(tidy("".join(s.text for _, s in told)))
        if len(text) > _SHORT and vague and not _is_concrete(text):
            said = told[0][1].text.strip()[:30]
            says = f"改进措施“{said}…”没有责任人、时限和具体做法。改法：逐条写明谁做、何时完成、做什么。"
            yield Found(f"sections.{told[0][0]}", says, at, quoted=told[0][1].text[:60], key="measures")
        else:
            yield from _hollow_items(at, record.sections, told)
    hollow = [
        row for row in case.table_rows if row.reason and _hollow(row.indicator.reason, row.indicator.remedy)
    ]
    for row in hollow[:1]:
        says = f"{row.label}等 {len(hollow)} 项的改进措施没有责任人、时限和具体做法。改法：写明谁做、何时完成、做什么。"
        yield Found(row.path("reason"), says, row.paper, Severity.NOTE, quoted=row.reason[:60], key="cells")


def _hollow_items(at: int, sections: Sequence[Section], told: list[tuple[int, Section]]) -> Iterator[Found]:
    """Yield one hint where a measure of several says nothing: an item of its own, or behind a problem (下一步将…)."""
    items = [(n, item) for n, section in told for item in _NUMBER.split(section.text)]
    behind = (
        (n, s) for n, s in enumerate(sections) if _PROBLEMS.search(s.title) and not _MEASURES.search(s.title)
    )
    items += [(n, m[0]) for n, section in behind for m in _NEXT.finditer(section.text)]
    found = [(n, item.strip()) for n, item in items if _hollow(None, item)]
    for n, item in found[:1]:
        says = (
            f"“{clipped(item, 30)}”等 {len(found)} 条措施没有责任人、时限和具体做法。"
            "改法：写明谁做、何时完成、做什么。"
        )
        yield Found(f"sections.{n}", says, at, Severity.NOTE, quoted=item[:60], key="items")


_NEXT = expression(r"(?:下一步|下步|今后|以后|后续)[^。；;\n]{0,6}(?:将|要|应|需|，)[^。；;\n]*")


def _hollow(reason: str | None, remedy: str | None) -> bool:
    text = tidy(remedy or "") or remedy_in(reason) or _behind(reason)
    if len(text) < _SHORT:
        return _BARE.fullmatch(text) is not None
    return bool(_VAGUE.search(text)) and not _is_concrete(text)


# A whole measure of a few characters: 加强管理, 今后进一步加大宣传力度.
_BARE = expression(
    r"(?:(?:今后|下一步|以后|后续|要|将|应|继续|切实|不断|进一步)*(?:加强|加大|提高|强化|完善|提升|优化|健全|改进|重视|做好)"
    r"(?:管理|宣传|宣传力度|力度|认识|领导|学习|水平|质量|工作|制度|监督|监管|沟通|协调|落实|重视|措施|机制|服务)?[，,、和及。.]?)+"
)
_TOLD_NEXT = expression(r"[，,。；;]((?:今后|下一步|以后|后续|进一步|将)[^。；;]*)")
# A day or a year by which it is done.
_WHEN = expression(
    r"20\d\d年(?:\d{1,2}月|起|底|内|前|初)|(?<!\d)\d{1,2}月(?:底|初|前|份|\d{1,2}日)|\d{1,2}(?:日|天|个?工作日)(?:前|内|之内)"
    r"|第[一二三四]季度|[学汛]期前"
)


def _behind(reason: str | None) -> str:
    """Return the measure that a cell of reasons goes on with and marks by no label: …，今后加强宣传."""
    found = _TOLD_NEXT.search(tidy(reason or ""))
    return found[1] if found is not None else ""


def _is_concrete(text: str) -> bool:
    return bool(_CONCRETE.search(text) or _WHEN.search(text))


def _measures(sections: tuple[Section, ...]) -> Iterator[tuple[int, Section]]:
    """Yield the sections about measures: so called themselves, or below a section of measures only."""
    under: int | None = None
    for n, section in enumerate(sections):
        if under is not None and section.level <= under:
            under = None
        own = bool(_MEASURES.search(section.title))
        if section.text and (own or under is not None):
            yield n, section
        if own and under is None and not _PROBLEMS.search(section.title):
            under = section.level


@rule(
    "DV08",
    Severity.WARNING,
    source="财政资金应按需支出，结余按规定收回（预算法及其实施条例）",
    needs=("deviations.spend_all",),
)
def told_to_spend_the_rest(case: Case) -> Iterator[Found]:
    """把有结余当作偏差，措施是以后把钱花完。

    为什么：任务完成而有结余是节约，应当收回或统筹；“全额支出”会诱导突击花钱。
    不合格：“任务已完成，结余 3 万元。今后加快支出，确保资金全部支出”。
    合格：“结余已上缴国库，下年按实际需要编制预算”；“质保金到期后全额支付”。
    怎么改：说明结余的原因和处理，措施改为细化预算编制、及时调减或收回。
    来源：预算法及其实施条例 结余资金的规定（条文未核对）；《中国共产党纪律处分条例》等关于突击花钱的要求。
    误报风险：中。应付的质保金、尾款等到期付清的不算。
    """
    for sentence in case.told("deviations.spend_all"):
        if _spends(case, sentence):
            word = _SPEND_ALL.search(sentence.plain)
            says = (
                f"措施写“{clipped(word[0] if word else sentence.text, 20)}”，是要求把结余花完。"
                "改法：说明结余的原因和处理，改为细化预算编制、及时调减或收回。"
            )
            passage = sentence.passage
            yield Found(
                passage.where, says, passage.paper, quoted=sentence.text[:60], key=sentence.plain[:40]
            )


def _spends(case: Case, sentence: Sentence) -> bool:
    """Tell whether a measure asks to spend what was left: that money is told of near it, or anywhere as a problem."""
    if not _LATER.search(sentence.plain) or _DUE.search(sentence.plain):
        return False
    passage = sentence.passage
    if passage.where == "goal.expected" or (passage.in_report and _PLANNED.search(passage.title)):
        return False
    before = passage.text[max(0, sentence.start - _LONG) : sentence.start] + sentence.text
    if _LEFT.search(before):
        return True
    others = (p for p in case.passages if p.paper == passage.paper and _PROBLEMS.search(p.title))
    return bool(_MEASURES.search(passage.title)) and any(_LEFT.search(p.text) for p in others)


_PLANNED = expression(r"概况|背景|预算安排|预期")


@rule("DV10", Severity.WARNING, source="建议应与问题逐一对应", needs=("paper.text",))
def problems_and_suggestions_differ(case: Case) -> Iterator[Found]:
    """问题与建议的条数相差一条以上。

    为什么：每条建议应当对应一个问题，多出的没有由来，少了的问题没有人管。
    不合格：问题 4 条，建议 1 条；问题 1 条，建议 3 条。
    合格：问题 3 条，建议 3 条；问题与建议写在同一节。
    怎么改：逐条对应，补齐或删并。
    来源：复核清单“问题与建议条数不符”。
    误报风险：中。相差恰好一条的，只有一条问题时作提示；没有编号、数不清条数的不查。
    """
    for at, report in case.narratives:
        problems, suggestions = _count(report, _is_problems), _count(report, _is_suggestions)
        if problems is None or suggestions is None:
            continue
        (n, asked), (m, told) = problems, suggestions
        apart = abs(asked - told)
        if apart > 1 or (apart == 1 and asked == 1):
            says = f"问题 {asked} 条，建议 {told} 条，条数不对应。改法：逐条对应，补齐或删并。"
            yield Found(f"sections.{m}", says, at, Severity.WARNING if apart > 1 else Severity.NOTE,
                        printed=str(told), computed=str(asked), key=f"{n}", rests=(f"sections.{n}",))  # fmt: skip


_TELLS = (
    "存在问题",
    "存在的问题",
    "主要问题",
    "问题及原因",
    "问题和原因",
    "问题分析",
    "问题与不足",
    "不足",
    "困难和问题",
    "问题和困难",
    "存在的困难",
)
_ASKS = (
    "建议",
    "改进措施",
    "整改措施",
    "改进意见",
    "下一步",
    "工作打算",
    "对策",
    "整改意见",
    "改进方向",
    "拟采取",
)


def _is_problems(title: str) -> bool:
    return has(title, _TELLS) and not _both(title)


def _is_suggestions(title: str) -> bool:
    return has(title, _ASKS) and not _both(title)


def _both(title: str) -> bool:
    return bool(_PROBLEMS.search(title)) and bool(_MEASURES.search(title))


def _count(
    report: Report | DepartmentReport | Evaluation, wanted: Callable[[str], bool]
) -> tuple[int, int] | None:
    """Return the section and how many points it makes; None where it isn't there or can't be counted."""
    heads = [n for n, s in enumerate(report.sections) if wanted(s.title) and s.level <= 2]  # noqa: PLR2004
    if len(heads) != 1:
        return None
    n = heads[0]
    points = _points(report.sections, n)
    return None if points is None else (n, points)


def _points(sections: tuple[Section, ...], n: int) -> int | None:
    below: list[Section] = []
    for section in sections[n + 1 :]:
        if section.level <= sections[n].level:
            break
        below.append(section)
    text = sections[n].text.strip()
    if below:
        first = below[0].level
        return sum(s.level == first for s in below) + len(_NUMBER.findall(text))
    if not text or _NOTHING.match(text):
        return None
    numbered = len(_NUMBER.findall(text))
    if numbered > 1:
        return numbered
    single = text.count("。") <= 1 and "\n" not in text and "；" not in text and not _MORE.search(text)
    return 1 if single else None
