"""NA03, NA08: doubled words and broken sentences (报告文字).

Layout damage is no author's fault: what a page break or a cut file may have done is said so (Origin.LAYOUT).
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from jixiao.audit.lexicon import data_of
from jixiao.audit.narrative.wording_marred import asked_and_not_said, words_used_twice
from jixiao.audit.prose import Passage, Sentence, clipped
from jixiao.audit.rule import Case, Found, rule
from jixiao.expressions import expression
from jixiao.model.figure import tidy
from jixiao.model.finding import FieldPath, Fix, Origin, Severity, Swap

# ---------------------------------------------------------------- NA03

_TWICE = expression(r"([一-鿿]{2,6}|20\d\d年度?)\1")
_HARMLESS = data_of("narrative")["harmless"]
_MAY_DOUBLE, _STRADDLED = (
    frozenset(_HARMLESS[key] if isinstance(_HARMLESS, dict) else ()) for key in ("twice", "straddled")
)
_THIS = expression(r"[该本此各个每全两]$")
_SUBJECTS = frozenset({"项目", "单位", "部门", "资金", "指标", "中心", "工程", "学校", "工作", "政府"})
_EXISTING = expression(r"存在(?P<what>[^，,。；;、：:的且并仍也还均及和是有或能]{2,14})存在(?![于着])")
_LITTLE = expression(
    r"(?<![目标])的的(?!确|士)|和和(?!气|睦|美)|、、|，，|。。(?!。)|对对(?!对|于|外)|并并|按按|及及(?!时)|将将(?!来)"
)
_QUOTED_TWICE = expression(r"[〔\[【(]20\d\d[〕\]】)]\d{1,4}号")
_STOPS = frozenset("、，。")
_CLAUSE_END = expression(r"[，,。；;：:\s]")
_CITED, _COMMON = 160, 16


@rule("NA03", Severity.WARNING, source="公文文字校对通行要求")
def doubled_words(case: Case) -> Iterator[Found]:
    """同一个词连写两遍，或同一引文前后写得不一样。

    为什么：重字、重词是复制粘贴留下的，说明没有校对。
    不合格：“管护管护经费”“采用转账采用按月发放”“存在目标设置存在偏差”；同一文件的同一条款引了两次，字句不同。
    合格：“研究研究”；“该项目项目管理规范”；“存在的问题仍然存在”。
    怎么改：删去重复的词；引文按原文核对，只引一次。
    来源：公文文字校对通行要求。
    误报风险：低；“2023年2023年……项目”一类因项目名称带年份而重复的，只作提示。
    """
    for passage in case.passages:
        yield from _doubled(case, passage)
    for row in case.rows:
        name = row.name
        twice = _TWICE.search(name) if name else None
        if twice and _is_fault(twice):
            where = row.path("level4" if row.indicator.level4 else "level3")
            yield _twice(where, row.paper, twice, name, None)
    for sentence in case.told("narrative.doubled"):
        yield from _little(sentence)
    for sentence in case.told("narrative.existing"):
        yield from _existing_twice(sentence)
    yield from words_used_twice(case)
    yield from _quoted_twice(case)


def _existing_twice(sentence: Sentence) -> Iterator[Found]:
    m, passage = _EXISTING.search(sentence.plain), sentence.passage
    if m:
        says = f"“{m[0]}”一句里“存在”写了两遍。改法：删去一个。"
        yield Found(passage.where, says, passage.paper, quoted=sentence.text, key=m[0])


def _doubled(case: Case, passage: Passage) -> Iterator[Found]:
    seen: set[str] = set()
    for m in _TWICE.finditer(passage.text):
        if _is_fault(m) and m[1] not in seen:
            seen.add(m[1])
            named = m[1][:1].isdigit() and _names_a_project(case, m)
            found = _twice(passage.where, passage.paper, m, passage.text, Severity.NOTE if named else None)
            if m[1][:1].isdigit() and _project_names(case) and not named:
                found = replace(found, fix=_swapped(passage, m[0], m[1]))
            yield _glued(found) if _may_be_glued(case, passage) else found


def _little(sentence: Sentence) -> Iterator[Found]:
    passage, m = sentence.passage, _LITTLE.search(sentence.text)
    if m:
        quoted = around(sentence.text, m.start(), m.end())
        fix = (
            _swapped(passage, m[0], m[0][0])
            if m[0][0] in _STOPS and m[0] + m[0][0] not in passage.text
            else None
        )
        says = f"“{quoted}”里“{m[0]}”重复。改法：删去一个。"
        yield Found(passage.where, says, passage.paper, quoted=quoted, fix=fix, key=m[0])


def _swapped(passage: Passage, doubled: str, once: str) -> Fix:
    """Return the fix of what nobody can have meant: a year or a stop printed twice in a row."""
    swaps = (Swap(passage.where, once, doubled),)
    return Fix(f"“{doubled}”改为“{once}”", once, safe=True, swaps=swaps)


def _may_be_glued(case: Case, passage: Passage) -> bool:
    """Tell whether the text may be of two cells that the reading put into one."""
    where = passage.where.rpartition(".")[0] if passage.where.startswith("indicators") else passage.where
    return not passage.in_report and bool(case.doubts_at(where, passage.paper))


def _glued(found: Found) -> Found:
    return replace(found, severity=Severity.NOTE, origin=Origin.LAYOUT, fix=None)


def _twice(where: FieldPath, paper: int, m: re.Match[str], text: str, severity: Severity | None) -> Found:
    quoted = around(text, m.start(), m.end())
    says = f"“{m[1]}”连写了两遍：“{quoted}”。改法：删去一个。"
    fix = Fix(f"“{m[0]}”改为“{m[1]}”", m[1], old=m[0])
    return Found(where, says, paper, severity, quoted=quoted, printed=m[0], computed=m[1], fix=fix, key=m[1])


def _is_fault(m: re.Match[str]) -> bool:
    word, before, after = m[1], m.string[: m.start()], m.string[m.end() :]
    if (
        word in _MAY_DOUBLE
        or len(set(word)) == 1
        or word[1] == "每"
        or word[0] in "的有对等一在是为和与及将把被由从以其之"
    ):
        return False
    if word in _SUBJECTS and (_THIS.search(before) or after[:1] not in set("，,。；;、：:")):
        return False
    return not _straddles(m)


def _straddles(m: re.Match[str]) -> bool:
    """Tell whether the match only seems to double: numbers, or an end and a beginning (使用信用信息)."""
    return m[1][1] + m[1][0] in _STRADDLED or bool(
        re.fullmatch(r"[一二三四五六七八九十百千万亿零〇年月日]+", m[1])
    )


def _names_a_project(case: Case, m: re.Match[str]) -> bool:
    return any(name.startswith(m[1]) for name in _project_names(case))


def _project_names(case: Case) -> tuple[str, ...]:
    projects = (getattr(reading.record, "project", None) for reading in case.filing.readings)
    return tuple(tidy(p.name) for p in projects if p is not None and p.name)


def around(text: str, start: int, end: int) -> str:
    """Return text[start:end] with the few characters on either side, of the same clause."""
    before, after = text[max(0, start - 8) : start], text[end : end + 8]
    return (_CLAUSE_END.split(before)[-1] + text[start:end] + _CLAUSE_END.split(after)[0]).strip()


def _quoted_twice(case: Case) -> Iterator[Found]:
    """Yield a document's clause that is quoted twice in one passage, and not in the same words."""
    if "documents.year_brackets" not in case.words:
        return
    for passage in {id(s.passage): s.passage for s in case.told("documents.year_brackets")}.values():
        plain = "".join(sentence.plain for sentence in passage.sentences)
        seen: dict[str, int] = {}
        for m in _QUOTED_TWICE.finditer(plain):
            first = seen.setdefault(m[0], m.end())
            differs = _differing(plain[first : first + _CITED], plain[m.end() : m.end() + 2 * _CITED])
            if first != m.end() and differs:
                says = f"同一文件引了两次，字句不一：“{differs[0]}”与“{differs[1]}”。改法：按原文核对，只引一次。"
                yield Found(passage.where, says, passage.paper, quoted=differs[1], key=m[0])
                return


def _differing(one: str, other: str) -> tuple[str, str] | None:
    """Return how two texts go on after their longest common run, None without one or where they go on alike."""
    if "“" not in one or "“" not in other:
        return None
    for start in range(len(one) - _COMMON):
        at = other.find(one[start : start + _COMMON])
        if at < 0:
            continue
        run = _COMMON
        while start + run < len(one) and at + run < len(other) and one[start + run] == other[at + run]:
            run += 1
        a, b = one[start + run : start + run + 8], other[at + run : at + run + 8]
        tail = one[start + run - 6 : start + run]
        told = _clause(a) and _clause(b) and _clause(a) != _clause(b)
        return (f"…{tail}{_clause(a)}", f"…{tail}{_clause(b)}") if told else None
    return None


def _clause(text: str) -> str:
    return re.split(r"[，,。；;”“]", text)[0]


# ---------------------------------------------------------------- NA08

_CUT_COUNT = expression(
    r"(?:至少|约|近|超过|不少于|完成|带动|新增|共)[^，,。；;]{0,10}\d+(?:个|名|户|条|座|家|项|处|次|批|件|台|套)$"
)
_CUT_WORD = expression(
    r"[、，,（(“《]$|[，,。；;](?:已|将|拟|均|并)+于(?:20\d\d年)?\d{1,2}月(?:\d{1,2}日|底|初|[上中下]旬)?$|(?:以及|并且|或者|因为|由于|按照|根据|关于|对于|为了|包括|例如|至少|其中)$"
    r"|(?:来源|原因|内容|金额|比例|标准|时间|依据)(?:为|是|主要是)$"
    r"|[，,](?:也|还|又|并|从而|进而)?(?:有效|进一步|显著|明显|大大|切实|极大|充分|初步)地?[缓改解增促提推带降优完满加调保发拓][一-鿿]了$"
)
_MANNER = expression(
    r"(?:^|[，,：:；;。])(?P<clause>(?:准确|客观|全面|科学|认真|严格|深入|切实|及时|有效|真实|系统|综合|合理)地?对"
    r"[^，,。；;：:]{3,30}的[^，,。；;：:的]{0,6}(?:程度|情况|效果|效益|水平|质量))(?P<next>[，,。；;])(?P<after>.{0,6})"
)
_ACTS = expression(
    r"进行|开展|予以|给予|加以|作出|做出|实施|监督|考核|检查|核查|分析了|评价了|把关|梳理|管理好|负责|摸排|反映"
)
STOPPED = expression(r"[。！？!?；;：:”’\"'）)】》…]$")


@rule("NA08", Severity.WARNING, source="公文文字校对通行要求")
def broken_sentence(case: Case) -> Iterator[Found]:
    """句子没有写完，或缺少谓语。

    为什么：没写完的句子往往丢了结果或对象，正是复核要看的内容。
    不合格：完成情况写到“带动周边至少8个”为止；“准确对目标的实现程度，设定指标”；“主要用于渠道清淤、。”；“自评依据台账，对渠道的长度、质量等方面。”
    不合格：“自评范围为某灌区，是否按图纸施工”，没有“核查”一类的动词。
    合格：“对发现的问题，及时整改”；表格里的短语“渠道清淤8处”。
    怎么改：补全句子；因转换、分页丢字的，对照原件补上。
    来源：公文文字校对通行要求。
    误报风险：中，只看肯定不成句的结尾和缺少动词的固定句式；可能因分页、转换而断开的按版式问题提示。
    """
    for passage in case.passages:
        yield from _cut_off(case, passage)
    for sentence in case.told("narrative.dangling"):
        if sentence.passage.in_report and not re.search(r"…|\.\.", sentence.plain):
            yield _unfinished(sentence.passage, sentence.text, Origin.AUTHOR)
    for sentence in case.told("narrative.verbless"):
        yield from _verbless(sentence)
    for sentence in case.told("narrative.hanging"):
        if sentence.passage.in_report:
            yield from _hanging(sentence)
    yield from asked_and_not_said(case)


def _cut_off(case: Case, passage: Passage) -> Iterator[Found]:
    """Yield a passage whose last sentence ends in the middle: a count without its noun, or a word that opens one."""
    text = passage.text.rstrip()
    if not text or STOPPED.search(text) or passage.where.startswith("indicators"):
        return
    last = re.split(r"[。；;！!\n]", text)[-1].strip()
    whole = len(last) < len(text)
    if _CUT_WORD.search(last) or (whole and _CUT_COUNT.search(tidy(last))):
        end_of_paper = passage.in_report and passage is _last_of(case, passage.paper)
        joined = passage.in_report or last.endswith(("，", ",", "、"))
        yield _unfinished(passage, last, Origin.LAYOUT if joined or end_of_paper else Origin.AUTHOR)


def _last_of(case: Case, paper: int) -> Passage | None:
    return next((p for p in reversed(case.passages) if p.paper == paper and p.in_report), None)


def _unfinished(passage: Passage, sentence: str, origin: Origin) -> Found:
    tail = sentence[-24:]
    if origin is Origin.LAYOUT:
        says = f"“…{tail}”没有写完就断了，可能是分页或转换丢了字。改法：对照原件补上。"
        return Found(passage.where, says, passage.paper, Severity.NOTE, origin, quoted=tail)
    says = f"“…{tail}”没有写完。改法：补全后面的内容。"
    return Found(passage.where, says, passage.paper, quoted=tail)


def _verbless(sentence: Sentence) -> Iterator[Found]:
    m = _MANNER.search(sentence.plain)
    if not m or _ACTS.search(m["clause"]) or _ACTS.match(m["after"]):
        return
    passage = sentence.passage
    says = f"“{m['clause']}”缺少动词：对它做什么没有说。改法：补上“进行评价”“作出判断”等。"
    yield Found(passage.where, says, passage.paper, quoted=m["clause"], key="verbless")


_ENDS_IN_NOUN = expression(
    r"(?:^|[，,；;：:])(?P<clause>(?:对(?![照标接比口外内应策])|就(?![业近地医诊读是])|围绕|针对|从(?![事严快而无业]))"
    r"[^，,。；;：:]{3,50}(?:方面|环节|内容|角度|维度|层面|因素|情况|问题))[。；;]$"
)
_ALONE = expression(
    r"^(?P<clause>(?:按照|根据|依据|通过|为了|由于|随着|经过)[^，,。；;：:]{6,60}(?:原则|要求|规定|精神|方式|部署|影响|原因|办法))[。；;]$"
)
_HAS_VERB = expression(
    f"{_ACTS.pattern}|分析|评价|评定|打分|监督|管理|说明|反映|调查|了解|汇总|研究|部署|培训|指导|考察|出发|入手|来看|考虑|衡量|设[置计定]|构建|"
    r"体现|解决|整改|提出|形成|负责|有|是|为|了|得到|存在|影响了|应|要|需"
)


def _hanging(sentence: Sentence) -> Iterator[Found]:
    """Yield a sentence that ends in what it is about (对…等方面。) and never says what was done with it."""
    bare = any(word in sentence.passage.title for word in ("依据", "文件", "标准", "办法", "原则", "方法"))
    m = _ENDS_IN_NOUN.search(sentence.plain) or (None if bare else _ALONE.search(sentence.plain))
    if m and not _HAS_VERB.search(m["clause"][1:-2]):
        passage = sentence.passage
        says = f"“{clipped(m['clause'], 36)}”后面没有动词，句子没有写完。改法：补上做了什么，如“进行评价”“开展核查”。"
        yield Found(passage.where, says, passage.paper, quoted=m["clause"], key="hanging")
