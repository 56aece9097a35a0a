"""NA13: praise that problems, deductions or figures take back (报告文字)."""

import re
from collections.abc import Iterator
from decimal import Decimal

from jixiao.audit.lexicon import any_of, data_of, lists_of
from jixiao.audit.narrative.claims import is_plan, problem_sections, tells_problems
from jixiao.audit.narrative.praise import taken_back
from jixiao.audit.prose import Sentence, clipped
from jixiao.audit.rows import Row
from jixiao.audit.rule import Case, Found, rule
from jixiao.expressions import expression
from jixiao.model.figure import PERCENT, Figure, tidy
from jixiao.model.finding import Severity

_WORDS, _PRAISE = lists_of("narrative"), lists_of("narrative_topics")
_FAULT = any_of(_PRAISE["fault"])

# ---------------------------------------------------------------- NA13

_TOPICS, _PRAISE_DATA = (data_of("narrative_topics")[key] for key in ("topics", "pairs"))
_NOUNS = (
    {str(t): any_of(map(str, words)).pattern for t, words in _TOPICS.items()}
    if isinstance(_TOPICS, dict)
    else {}
)
_GOOD = {
    t: expression(rf"(?:{n})[^，,。；;不未欠缺无虽]{{0,14}}(?:{any_of(_PRAISE['praise']).pattern})")
    for t, n in _NOUNS.items()
}
_BAD = {t: expression(rf"(?:{n})[^。；;]{{0,24}}?(?:{_FAULT.pattern})") for t, n in _NOUNS.items()}
_CONCEDED = expression(r"虽然|尽管|虽|进一步|要|应|确保|需|建立健全|是否")
_MARKED = expression(r"满分(?:为)?(\d+(?:\.\d+)?)分?[^。；;]{0,8}?(?:得分|得)(?:为)?(\d+(?:\.\d+)?)分?")
_DENIED = expression(
    r"未发现|没有发现|不存在|避免|防止|杜绝|无(?:挤占|挪用|违规|截留)|未出现|没有出现|严禁|不得"
)
_ROOTS = {
    "准确": ("准确",),
    "及时": ("及时", "按时", "按期"),
    "覆盖": ("覆盖", "应发尽发"),
    "合规": ("合规", "规范"),
}
_GENERIC = frozenset(_PRAISE_DATA["generic"] if isinstance(_PRAISE_DATA, dict) else ())
_JOBS = expression(r"岗位|就业|用工|人员数|人数")
_REASON = expression(
    r"(?:扣分|失分)(?:主要)?(?:原因|理由)(?:是|为|：|:)?(?:在于?|由于)?(?P<why>[^。；;]{6,60})"
)
_HAN_PAIR = expression(r"[一-鿿]{2}")
_LEAST_SHARE = 50
_NEXT = 140


@rule("NA13", Severity.WARNING, source="同一事项前后说法须一致")
def praise_against_problems(case: Case) -> Iterator[Found]:
    """夸的话与承认的问题、扣分或数字互相矛盾。

    为什么：前面说健全、合规、无扣分点，后面说不健全、不规范、扣了分，等于没有结论。
    不合格：“管理制度健全”与“管理制度不健全”；“满分 10 分，得分 9 分，无扣分点”；“发放准确率 100%”与“发放存在差错”；
    “按时发放”与“发放进度缓慢”。
    合格：“虽然使用总体合规，但……”；“制度健全”与“宣传不够”；问题已说明不在本项目。
    怎么改：删去或限定夸的话；扣分的事项在问题部分写明。
    来源：自评报告内容真实、前后一致的通行要求。
    误报风险：中，只比较同一事项；扣分事项未写入问题的只作提示。
    """
    yield from _no_deduction(case)
    same = tuple(_taken_back(case))
    yield from same
    yield from (found for found in taken_back(case) if all(found.quoted != one.quoted for one in same))
    yield from _all_and_some(case)
    yield from _rates_against_problems(case)
    yield from _growth_against_leaving(case)
    yield from _true_data(case)
    yield from _none_and_some(case)
    yield from _deductions_untold(case)


def _no_deduction(case: Case) -> Iterator[Found]:
    for sentence in case.told("narrative.no_deduction"):
        passage = sentence.passage
        end = passage.text.find("\n", sentence.start + 1)
        line = passage.text[passage.text.rfind("\n", 0, sentence.start) + 1 : None if end < 0 else end]
        m = _MARKED.search(re.sub(r"\s", "", line))
        if m and Decimal(m[2]) < Decimal(m[1]):
            says = f"同一段里满分 {m[1]} 分、得分 {m[2]} 分，又说无扣分。改法：写明扣分原因，删去“无扣分”。"
            yield Found(passage.where, says, passage.paper, quoted=line[:60], key=line[:12])


def _taken_back(case: Case) -> Iterator[Found]:
    problems = [s for s in case.told("narrative_topics.fault") if _admits(case, s)]
    if not problems:
        return
    praising = [s for s in case.told("narrative_topics.praise") if _may_praise(case, s)]
    for topic, bad in _BAD.items():
        told = next((m for s in problems for m in [bad.search(s.plain)] if m), None)
        praised = _praised(praising, topic) if told else None
        if told and praised:
            m, sentence = praised
            passage = sentence.passage
            says = f"前面说“{m}”，问题部分说“{told[0]}”，互相矛盾。改法：按实际情况改前面的话。"
            yield Found(passage.where, says, passage.paper, quoted=sentence.text, key=topic)


_ALL_GOOD = expression(
    r"(?P<what>[一-鿿]{4,20}?)(?:均|全部|全都|都|一律|完全|全面)(?:能够?|已|是|比较|做到)?(?:设[定置]|编制)?(?:得)?(?:十分|非常)?"
    r"(?:科学|合理|规范|准确|完整|健全|明确|细化|清晰|真实|到位|齐全|符合)"
)
_SOME_BAD = expression(
    r"(?:存在|有)(?P<some>部分|个别|少数|一些|少量)[^。；;]{2,40}?(?:笼统|偏低|偏高|错误|不[^，,。；;]{1,6}|缺[失少乏]|欠|模糊|脱节|未[^，,。；;]{1,6})"
)
_TAKES_BACK = expression(r"(?:^|[，,。；;])(?:但|不过|然而|同时|另外|此外)?[^，,。；;]{0,4}(?:也|还|仍)?$")
_THINGS = expression(r"目标|指标|制度|资料|台账|档案|凭证|程序|手续|数据|名单|合同|支付|核算|自评|佐证")


def _all_and_some(case: Case) -> Iterator[Found]:
    """Yield a passage that calls all of something sound, and goes on to say that some of it is not."""
    for sentence in case.told("narrative_topics.whole"):
        passage = sentence.passage
        good = _ALL_GOOD.search(sentence.plain)
        if good is None or not passage.in_report or _DENIED.search(good[0]):
            continue
        rest = tidy(passage.text[sentence.start : sentence.start + len(sentence.text) + 2 * _NEXT])[
            good.end() :
        ][:_NEXT]
        bad = _SOME_BAD.search(rest)
        if bad is None or not _TAKES_BACK.search(rest[: bad.start()]):
            continue
        shared = set(_THINGS.findall(sentence.plain)) & set(_THINGS.findall(bad[0]))
        if shared:
            says = (
                f"前面说“{clipped(good[0], 24)}”，接着又说“{clipped(bad[0], 30)}”，互相矛盾。"
                "改法：前一句写明限于哪些，或如实写数量。"
            )
            yield Found(passage.where, says, passage.paper, quoted=sentence.text, key=min(shared))


def _admits(case: Case, sentence: Sentence) -> bool:
    """Tell whether a sentence owns to a fault: told as a problem, or as the reason of a deduction."""
    inside = tells_problems(case, sentence.passage) or "扣分" in sentence.plain
    return inside and not _DENIED.search(sentence.plain)


def _may_praise(case: Case, sentence: Sentence) -> bool:
    passage = sentence.passage
    return passage.in_report and not tells_problems(case, passage) and not is_plan(case, passage)


def _praised(praising: list[Sentence], topic: str) -> tuple[str, Sentence] | None:
    for sentence in praising:
        m = _GOOD[topic].search(sentence.plain)
        if m and not _CONCEDED.search(sentence.plain[max(0, m.start() - 12) : m.end()]):
            return m[0], sentence
    return None


def _rates_against_problems(case: Case) -> Iterator[Found]:
    for root, names in _ROOTS.items():
        problem = f"themes.{root}_问题"
        told = [
            s for s in case.told(problem) if tells_problems(case, s.passage) and not _DENIED.search(s.plain)
        ]
        for row in case.rows if told else ():
            if not any(name in row.name for name in names) or not _whole(row):
                continue
            against = next((s for s in told if _objects(row.name) & _pairs(s.plain)), None)
            if against:
                says = (
                    f"{row.label}实际完成值为 100%，报告的问题部分却说“{clipped(against.text, 40)}”。"
                    "改法：核实后更正完成值，或说明问题与该指标无关。"
                )
                yield Found(row.path("actual"), says, row.paper, quoted=against.text, key=root)
                break


def _whole(row: Row) -> bool:
    figure = row.indicator.actual.figure if row.indicator.actual else None
    return figure is not None and figure.unit == PERCENT and figure.value == Decimal(100)


def _pairs(text: str) -> set[str]:
    return {text[n : n + 2] for n in range(len(text) - 1)}


def _objects(name: str) -> set[str]:
    return {pair for pair in _pairs(name) if _HAN_PAIR.fullmatch(pair)} - _GENERIC


def _growth_against_leaving(case: Case) -> Iterator[Found]:
    if not case.words.issuperset({"narrative.growing", "narrative.leaving"}):
        return
    left = next((r for r in case.table_rows if "narrative.leaving" in r.reason_words), None)
    for row in case.table_rows if left else ():
        grows = "narrative.growing" in row.target_words | row.actual_words
        if left and row.paper == left.paper and grows and _JOBS.search(row.name) and not row.reason:
            says = (
                f"{row.label}说增加并按完成计分，{left.label}的偏差原因却说“{clipped(left.reason, 24)}”。"
                "改法：写明增加了多少、在哪里，或更正完成情况。"
            )
            yield Found(row.path("actual"), says, row.paper, Severity.NOTE, quoted=left.reason, key=row.name)


def _true_data(case: Case) -> Iterator[Found]:
    for sentence in case.told("narrative.true_data"):
        differing = _differing(case)
        if differing:
            passage = sentence.passage
            says = f"文中说数据真实准确，但{differing}前后不一。改法：先核对一致，再下这个结论。"
            yield Found(passage.where, says, passage.paper, quoted=sentence.text, key="true")
            return


_KINDS = {
    "错发、多发": r"错发|漏发|多发|误发|重发|重复发放|重复领取|冒领|多领",
    "投诉": r"投诉|信访",
    "事故": r"事故",
}
_NONE_SOME = {
    kind: (
        expression(
            rf"(?:无|没有|未发生|未出现|未发现|杜绝了|零)(?:任何|一例|一起)?[^，,。；;]{{0,6}}?(?:{words})"
        ),
        expression(rf"(?<![无零])(?:{words})(?!(?:率|风险|隐患|事件为零))[^，,。；;]{{0,10}}?\d"),
    )
    for kind, words in _KINDS.items()
}


def _none_and_some(case: Case) -> Iterator[Found]:
    """Yield 无错发、多发 beside a problem that tells of some."""
    for kind, (none, some) in _NONE_SOME.items():
        told = next((s for s in case.sentences if some.search(s.plain) and _owns_to(case, s)), None)
        praises = (s for s in case.sentences if none.search(s.plain) and _praises(case, s))
        praised = next(praises, None) if told is not None else None
        if praised is not None and told is not None:
            m = none.search(praised.plain)
            says = (
                f"前面说“{clipped(m[0] if m else kind, 20)}”，问题部分说“{clipped(told.text, 30)}”，互相矛盾。"
                "改法：按实际情况改前面的话。"
            )
            yield Found(praised.passage.where, says, praised.passage.paper, quoted=praised.text, key=kind)


def _praises(case: Case, said: Sentence) -> bool:
    passage = said.passage
    return passage.in_report and not tells_problems(case, passage) and not is_plan(case, passage)


def _owns_to(case: Case, said: Sentence) -> bool:
    return tells_problems(case, said.passage) and not _DENIED.search(said.plain)


def _differing(case: Case) -> str:
    """Return the first kind of figure that the papers of the filing print with different values."""
    for what, name in (("execution_rate", "预算执行率"), ("executed", "支出金额")):
        figures = [c.figure for _, report in case.narratives for c in report.claims if c.what == what]
        figures += [f for _, table in case.tables for f in _in_table(table, what)]
        odd = next((f for f in figures[1:] if not f.agrees_with(figures[0])), None)
        if odd is not None:
            return f"{name}（{figures[0]}、{odd}）"
    return ""


def _deductions_untold(case: Case) -> Iterator[Found]:
    """Yield reasons of deductions of which the problems say no more than half, by their pairs of characters."""
    deducted = [
        (s, m) for s in case.told("narrative_topics.deduction") for m in [_REASON.search(s.plain)] if m
    ]
    for paper in dict.fromkeys(s.passage.paper for s, _ in deducted):
        sections = getattr(case.filing.readings[paper].record, "sections", ())
        problems = (sections[at] for at in problem_sections(sections))
        pairs = _pairs("".join(f"{s.title}{s.text}" for s in problems))
        own = {m["why"]: s for s, m in reversed(deducted) if s.passage.paper == paper}
        for why, sentence in own.items() if pairs else ():
            yield from _untold(sentence, why, pairs)


def _untold(sentence: Sentence, why: str, pairs: set[str]) -> Iterator[Found]:
    own = _objects(re.split(r"方面|上[,，]|[,，]", why)[0])
    if own and len(own & pairs) * 100 <= len(own) * _LEAST_SHARE:
        passage = sentence.passage
        says = f"扣分原因“{clipped(why, 30)}”没有写进存在问题。改法：在问题部分写明，并提出措施。"
        yield Found(passage.where, says, passage.paper, Severity.NOTE, quoted=sentence.text, key=why[:12])


def _in_table(table: object, what: str) -> list[Figure]:
    execution, funds = getattr(table, "execution", None), getattr(table, "funds", None)
    found = execution.rate_printed if what == "execution_rate" and execution else None
    if what == "executed" and funds and funds.total:
        found = funds.total.executed
    return [found] if isinstance(found, Figure) else []
