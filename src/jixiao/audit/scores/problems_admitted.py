"""SC16: problems that a report admits, in its sentences and the headings of its problems, beside full marks."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from jixiao.audit.lexicon import any_of, has, lists_of
from jixiao.audit.narrative.claims import chapter, tells_problems
from jixiao.audit.prose import Sentence, clipped
from jixiao.audit.rows import Row, Sort
from jixiao.audit.rule import Case, Found, rule
from jixiao.audit.verdicts import sound_points
from jixiao.expressions import expression
from jixiao.model.figure import tidy
from jixiao.model.finding import Severity

_FAULTS = lists_of("faults")
_SHORT, _BAD, _LATE, _ABSENT = (any_of(_FAULTS[key]) for key in ("short", "bad", "late", "absent"))
_THEMES = lists_of("themes")
_BY_THEME = {
    key.split("_")[0]: (f"themes.{key}", f"themes.{key.split('_')[0]}_指标")
    for key in _THEMES
    if key.endswith("_问题")
}
_OF_RESULTS = tuple(f"themes.{theme}_问题" for theme in ("准确", "及时", "满意", "质量", "覆盖"))
_AGAIN = expression(
    r"^(?!.*(?:质量|不合格|损坏)).*返工|(?:档案|资料|台账|材料|报表|凭证|记录|签证|信息|数据|名单|名册)[^,，。;；、]{0,8}(?:及时|滞后|迟|晚)"
    r"|(?:上报|报送|填报|报告|反馈|更新|登记|录入|公示|公开)(?:的?工作)?(?:不|未|没有|欠)[^,，。;；、]{0,4}及时(?![^。；]{0,12}(?:发放|拨付|兑付|补贴|完工|竣工)(?:不|未|滞后|较慢|延))"
)
_OF_SOME_ASKED = expression(
    r"(?:\d|个别|少数|部分|近[一二三]成)[^，。；]{0,16}(?:不满意|不够满意|不太满意)|(?:不满意|不太满意)的?(?:占|有|为)?[^，。；]{0,4}\d"
)
_OF_OTHER_YEARS = expression(
    r"(?:不属于?|不在|非)(?:本年度|本项目|该项目|本次)|(?:往年|以前年度|上年度?|历年|早年)(?:[^，,。；;]{0,6})(?:建|改造|实施|购|安装|发放|遗留|完成)"
)
_PAIR = expression(r"(?=([\u4e00-\u9fff]{2}))")
_COMMON = frozenset(_FAULTS["common"])
_LEAST, _A_NAME = 6, 4
_OF_PROBLEMS = expression(r"问题|不足|偏差(?!率)|短板")
_MEASURES = expression(r"措施|建议|整改|对策|打算|问题")
_STOP = expression(
    r"[的了在是不和与及但较有个对未为较于上下中出现导致影响工作项目情况时间时效完成进度及时部分存]"
)
_OF_QUALITY = expression(r"合格|达标|有效|准确|质量|完好|优良|正确|差错|验收")
_TIMED = expression(r"小时|[日天]内|及时|按时|按期")
_OF_FUNDS, _FUNDS = expression(r"(?:资金|经费)(?:到位|拨付|下达)"), expression(r"资金|经费|到位|拨|款")
_BACKGROUND = expression(r"概况|概述|基本情况|背景|立项|依据")
_OF_STATE = expression(r"制度|机制|台账|管护|档案|考核|体系|规范|长效|维护")
_REMEDY = expression(
    r"下一步|今后|将|确保|进一步|加强|建议|要(?!求)|已(?:全部)?(?:整改|解决|修复|补|重|更正|追回)"
)


@rule("SC16", Severity.WARNING, source="存在的问题应反映在对应指标的得分中")
def admitted_problem_costs_nothing(case: Case) -> Iterator[Found]:
    """报告承认有问题，对应的指标却得满分。

    为什么：问题与得分应当相互印证。
    不合格：问题部分写“发放金额存在偏差”，“资金发放准确率”得满分。
    合格：问题部分写“进度滞后”，“完成及时性”扣了分；“未发现问题”。
    怎么改：核减对应指标得分，或说明问题与该指标无关。
    来源：复核人员通用核对办法。
    误报风险：中，按用词归类对应，只提示核实。
    """
    by_row = list(_by_theme(case))
    known = {found.quoted for found in by_row}
    by_row += [found for found in problems_of_rows(case) if found.quoted not in known]
    yield from by_row or _whole_mark(case)


def _by_theme(case: Case) -> Iterator[Found]:
    """Yield the themes whose problem is admitted while every indicator named for it has full marks."""
    for theme, (problem, named_so) in _BY_THEME.items():
        told = next((s for s in _told(case, problem) if _admits(case, s)), None)
        if told is None:
            continue
        named = [r for r in case.rows if named_so in r.words and sound_points(r) and _named(r, theme)]
        named = [r for r in named if not _OF_FUNDS.search(r.name) or _FUNDS.search(told.plain)]
        if not all(r.full for r in named):  # of several rows, those that the words name
            said = set(_PAIR.findall(told.plain)) - _COMMON
            named = [r for r in named if said & set(_PAIR.findall(r.plain))]
        if (
            named
            and all(r.full for r in named)
            and not _of_other_work(told, named)
            and not _paid_for(case, told, named)
        ):
            word = any_of(_THEMES[f"{theme}_问题"]).search(told.text)
            labels = "、".join(dict.fromkeys(r.label for r in named[:3]))
            says = f"问题部分写“{word[0] if word else theme}”，{labels}得满分。改法：核减得分，或说明问题与该指标无关。"
            yield Found(told.passage.where, says, told.passage.paper, quoted=told.text, key=theme)


def _of_other_work(told: Sentence, named: list[Row]) -> bool:
    """Tell whether records were done over again or kept late, and none of the rows names them."""
    late = _AGAIN.search(told.plain)
    if late is None:
        return False
    clause = told.plain if "返工" in late[0] else _clause(told.plain, late)
    if any_of(_THEMES["及时_问题"]).search(told.plain.replace(clause, "")):
        return False
    said = _pairs(clause)
    return not any(said & _pairs(r.name) for r in named)


def _clause(plain: str, found: re.Match[str]) -> str:
    """Return the clause in which something was found: 名单上报不及时 of 名单上报不及时，造成多发补贴."""
    ends = [m.start() for m in re.finditer(r"[，,；;。]|$", plain)]
    last = next(end for end in ends if end >= found.end())
    return plain[max((end for end in ends if end <= found.start()), default=0) : last]


def _paid_for(case: Case, told: Sentence, named: list[Row]) -> bool:
    """Tell whether a row of the problem's own thing has lost points for it, while the full ones name something else."""
    said = set(_PAIR.findall(told.plain)) - _COMMON
    if any(_same_thing(row, said) for row in named):
        return False
    lost = [row for row in case.main_rows if row.lost]
    if any(_same_thing(row, said) for row in lost):
        return True
    pairs = _pairs(_MARKS.sub(" ", told.plain))
    least = max(_SHARED, 1 + max(len(pairs & _pairs(row.plain)) for row in named))
    return any(len(pairs & _pairs(_MARKS.sub(" ", _cells(row)))) >= least for row in lost)


def _cells(row: Row) -> str:
    """Return what a row says of its work: its name, target, result and reason."""
    target, actual = row.indicator.target, row.indicator.actual
    return tidy(f"{row.name} {target.text if target else ''} {actual.text if actual else ''} {row.reason}")


_MARKS = expression(r"[^\u4e00-\u9fff]+")
_SHARED = 3


def _pairs(text: str) -> set[str]:
    """Return the pairs of letters of a text, those of common words left out."""
    pairs = {text[n : n + 2] for n in range(len(text) - 1)}
    return {pair for pair in pairs if not _STOP.search(pair)}


def _whole_mark(case: Case) -> Iterator[Found]:
    """Tell of a total at full marks beside a problem of delivery, quality or satisfaction that the text admits."""
    totals = (*(t.total_printed for _, t in case.tables), *(r.total_printed for _, r in case.reports))
    known = [total for total in totals if total is not None]
    if not known or any(total < case.scheme.total for total in known):
        return
    for told in (s for problem in _OF_RESULTS for s in _told(case, problem)):
        if tells_problems(case, told.passage) and _admits(case, told):
            said = f"总分 {known[0]:f}，一分未扣，问题部分却写“{clipped(told.text, 40)}”。"
            says = f"{said}改法：核减有关得分，或说明为何不扣。"
            yield Found(told.passage.where, says, told.passage.paper, quoted=told.text, key="total")
            return


def _admits(case: Case, said: Sentence) -> bool:
    """Tell whether a sentence of a report admits a problem: in the part on problems, or in these words."""
    passage, sentence = said.passage, said.text
    inside = _in_problems(case, said)
    plain = passage.in_report and has(sentence, ("存在", "不足", "不够", "问题"))
    if not inside and not (plain and re.search(r"问题|不足", sentence)):
        return False
    if not inside and _BACKGROUND.search(chapter(case, passage)):
        return False  # why the project was begun
    if _OF_SOME_ASKED.search(said.plain) or _OF_OTHER_YEARS.search(said.plain):
        return False  # some of those asked: full marks may be right
    return not re.search(r"^(?:无|暂无|没有)|未发现|不存在|未出现|及时(?:解决|整改)了", sentence)


def _named(row: Row, theme: str) -> bool:
    i = row.indicator
    third = "" if i.level4 else i.level3 or ""  # 完成进度 above 清淤长度 is a class
    return has(f"{i.level2 or ''}{third}{i.level4 or ''}", _THEMES[f"{theme}_指标"])


def _told(case: Case, name: str) -> tuple[Sentence, ...]:
    """Return the sentences with a word of a list, the headings of problems too."""
    return (*case.told(name), *(s for s in case.once(problem_titles) if name in s.words))


def problem_titles(case: Case) -> tuple[Sentence, ...]:
    """Return the headings in the part on problems that tell one: （一）补助发放不及时。"""
    titled = (p for p in case.passages if p.in_report and len(p.title) >= _LEAST)
    told = (Sentence(replace(p, text=p.title), p.title) for p in titled)
    return tuple(s for s in told if not _MEASURES.search(s.text) and _in_problems(case, s))


def _in_problems(case: Case, said: Sentence) -> bool:
    """Tell whether a sentence stands in the part on problems, or beside measures in one on both and tells none."""
    if tells_problems(case, said.passage):
        return True
    title = chapter(case, said.passage)
    return said.passage.in_report and bool(_OF_PROBLEMS.search(title)) and not _REMEDY.search(said.plain)


def problems_of_rows(case: Case) -> Iterator[Found]:
    """Yield the full rows whose own thing a report tells a fault of, of the kind that the row measures."""
    rows = [row for row in case.main_rows if row.full and sound_points(row)]
    lists = ("faults.bad", "faults.short", "faults.late", "faults.absent")
    for said in dict.fromkeys(s for name in lists for s in _told(case, name)) if rows else ():
        yield from _about(case, said, rows)


def _about(case: Case, said: Sentence, rows: Sequence[Row]) -> Iterator[Found]:
    if not _in_problems(case, said) or _DENIED.search(said.plain) or _names_one_behind(case, said):
        return
    if _OF_OTHER_YEARS.search(said.plain):
        return
    clause = _REMEDY.split(said.plain)[0]
    pairs = set(_PAIR.findall(clause)) - _COMMON
    row = next((row for row in rows if _same_fault(row, clause) and _same_thing(row, pairs)), None)
    if row is not None:
        says = (
            f"问题部分写“{clipped(said.text, 40)}”，{row.label}得满分。"
            "改法：核减得分，或说明问题与该指标无关。"
        )
        yield Found(said.passage.where, says, said.passage.paper, quoted=said.text, key=row.name)


def _names_one_behind(case: Case, said: Sentence) -> bool:
    """Tell whether a sentence prints the whole name of a row that has lost points: it is about that one."""
    return any(row.lost and len(row.plain) >= _A_NAME and row.plain in said.plain for row in case.main_rows)


_DENIED = expression(r"^(?:无|暂无|没有)|未发现|不存在|未出现|没有发现|避免|防止")


def _same_thing(row: Row, pairs: set[str]) -> bool:
    """Tell whether the words name the row's thing: a third of its name's pairs, two at the least."""
    own = set(_PAIR.findall(row.plain)) - _COMMON
    shared = own & pairs
    return len(shared) > 1 and len(shared) * 3 >= len(own)


def _same_fault(row: Row, text: str) -> bool:
    """Tell whether the fault is of the kind that the row measures."""
    if _SHORT.search(text) and row.sort not in {Sort.COST, Sort.TIMELINESS}:
        return True
    if _BAD.search(text) and (row.sort is Sort.QUALITY or _OF_QUALITY.search(row.name)):
        return True
    if _LATE.search(text) and (row.sort is Sort.TIMELINESS or _TIMED.search(row.indicator.demand or "")):
        return True
    return bool(_ABSENT.search(text)) and bool(_OF_STATE.search(row.name))
