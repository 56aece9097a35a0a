"""NA10, NA17: the documents a report leans on: their numbers and titles, and the order of steps (报告文字)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations

from rapidfuzz.distance import Levenshtein

from jixiao.audit.narrative.basis_untold import reports_without_documents
from jixiao.audit.narrative.evaluated_early import evaluated_too_early
from jixiao.audit.prose import Passage, Sentence
from jixiao.audit.rule import Case, Found, rule
from jixiao.expressions import expression
from jixiao.model.figure import tidy
from jixiao.model.finding import Fix, Severity, Swap

_NUMBER = expression(
    r"(?P<organ>[一-鿿]{0,12})(?P<open>[〔\[【(〈<{「])(?P<year>(?:19|20)\d\d)年?"
    r"(?P<close>[〕\]】)〉>}」])(?P<di>第)?(?P<n>\d{1,4})(?P<hao>号?)(?P<next>.?)"
)
_BARE = expression(
    r"(?P<organ>[一-鿿]{1,8}[发办字函政])(?P<year>20\d\d)(?:年(?:[-—]|第)?|[-—]|第)(?P<n>\d{1,4})号"
)
# 《……通知》（龙财教18号）: orders and announcements alone are numbered without a year.
_YEARLESS = expression(r"》[(（](?P<organ>[一-鿿]{1,7}(?![令告字届次第会议])[一-鿿])第?(?P<n>\d{1,4})号[)）]")
# A number with brackets of its own kind that lacks its year, half of it, or its count.
_LACKING = expression(
    r"(?P<organ>[一-鿿]{2,12})[〔\[【](?P<year>\d{2,4})?年?[〕\]】](?:(?P<n>\d{1,4})?号|(?=[)）]))"
)
_ENDS = frozenset(")）,，、。；;》”]】〕")
_ISSUING = frozenset("批文下印转")  # 青财采〔2022〕47批准: what is done by it follows without 号
_TITLE = expression(r"《([^《》]{4,80})》")
_ISSUED = expression(r"关于[^《》]{3,60}(?:通知|意见|方案|批复|函|请示|细则|决定)(?:\([^)]*\))?$")
_NUMBERED = expression(
    r"^[(（,，]?[^《》。；;]{0,24}?[〔\[【(〈<]?(?:19|20)\d\d[〕\]】)〉>]?第?\d{1,4}号?"
    r"|^[(（][一-鿿]{2,8}第?\d{1,4}号[)）]"
)
_DIGITS = expression(r"[\d一二三四五六七八九十○〇零省市县区州镇乡修订试行印发转]")
_BASIS = ("依据", "背景")
_BY_VAGUE = expression(r"根据|依据|按照|依照|遵照")
_SHORTEST_TITLE, _MOST_EDITS, _DIGITS_OF_YEAR = 10, 3, 4
# Numbers of contracts, courts and accountants have brackets of their own.
_OTHERS = expression(r"(?:[审评验检鉴证咨估报测]字|合同|协议|编号|[民刑行执裁])[〔\[【(〈<{「]")
_PADDED = expression(r"[〕\]】)〉>}」]0")
# The brackets of a number as they are typed, and the number itself.
_TYPED = expression(
    r"[〔\[［【(（〈＜<{｛「]\s*(?P<year>(?:19|20)\d\d)年?\s*[〕\]］】)）〉＞>}｝」]\s*(?P<n>[1-9]\d{0,3})\s*号"
)


@dataclass(frozen=True, slots=True)
class Cited:
    """A document number as printed: what is wrong with its form, and whether more than its brackets is."""

    printed: str
    right: str
    faults: tuple[str, ...]
    sentence: Sentence

    @property
    def grave(self) -> bool:
        """Whether something is missing, not only printed with other brackets."""
        return any("缺" in fault for fault in self.faults)

    @property
    def sure(self) -> bool:
        """Whether nothing but the brackets can be meant otherwise: it is an office's own number, and no other's."""
        plain = "第" not in self.printed and not _PADDED.search(self.printed)
        return plain and bool(re.match("[一-鿿]", self.printed)) and not _OTHERS.search(self.printed)


@rule(
    "NA10",
    Severity.WARNING,
    source="《党政机关公文处理工作条例》；GB/T 9704—2012：发文字号用六角括号，如财预〔2020〕10号",
)
def document_number_missing_or_malformed(case: Case) -> Iterator[Found]:
    """依据文件的发文字号写得不规范、没有写，或同一文件前后题名不一。

    为什么：字号写错，复核人员查不到依据；只写“相关政策要求”等于没有依据。
    不合格：青政办[2022]15；（青财〔2022〕15）；项目依据只写“根据上级有关文件精神”；
        报告用了钱，全文没有一个文件的名称和字号；同一意见前面写“的实施意见”、后面写“实施意见”。
    合格：青财预〔2022〕15号；《预算法》等法律不需要字号；只有年份的括号（2022年度）。
    怎么改：按“机关代字〔年份〕序号号”补全；写明文件全称和字号。
    来源：GB/T 9704—2012 第7.2.5条；《党政机关公文处理工作条例》第九条。
    误报风险：低；方括号、圆括号代替六角括号常因录入造成，只作提示；提到文件而没有字号的、写明会议或采购合同的只作提示。
    """
    yield from _malformed(case)
    vague = list(_unnamed_basis(case))
    yield from vague
    yield from (f for f in reports_without_documents(case) if f.paper not in {v.paper for v in vague})
    yield from _titles(case)


def _malformed(case: Case) -> Iterator[Found]:
    sentences = (
        *case.told("documents.year_brackets"),
        *case.told("documents.bare_years"),
        *case.told("documents.cited"),
    )
    by_paper: dict[int, dict[str, Cited]] = {}
    for sentence in dict.fromkeys(sentences):
        for cited in _numbers(sentence):
            by_paper.setdefault(sentence.passage.paper, {}).setdefault(cited.printed, cited)
    for paper, listed in by_paper.items():
        for cited in (c for c in listed.values() if c.grave):
            says = (
                f"发文字号“{cited.printed}”{'，'.join(cited.faults)}，应写作“{cited.right}”。改法：补全字号。"
            )
            where, quoted = cited.sentence.passage.where, cited.sentence.text
            yield Found(
                where,
                says,
                paper,
                quoted=quoted,
                printed=cited.printed,
                computed=cited.right,
                key=cited.printed,
            )
        light = [c for c in listed.values() if not c.grave]
        yield from _brackets(case, paper, light)


def _brackets(case: Case, paper: int, light: list[Cited]) -> Iterator[Found]:
    """Yield one hint for those whose brackets can be put right, and one for those that somebody has to look at."""
    sure, others = [c for c in light if c.sure], [c for c in light if not c.sure]
    if sure:
        yield replace(_spelt(paper, sure, "brackets"), fix=_bracketed(case, paper, sure))
    if others:
        yield _spelt(paper, others, "spelling")


def _bracketed(case: Case, paper: int, sure: list[Cited]) -> Fix | None:
    """Return the fix of the brackets wherever in the paper these numbers stand; None where one isn't found."""
    wanted = {cited.right[cited.right.index("〔") :] for cited in sure}
    swaps = []
    for passage in case.passages:
        for m in _TYPED.finditer(passage.text) if passage.paper == paper else ():
            right = f"〔{int(m['year'])}〕{int(m['n'])}号"
            near = tidy(passage.text[max(0, m.start() - 4) : m.start() + 1])
            if right in wanted and m[0] != right and not _OTHERS.search(near):
                swaps.append(Swap(passage.where, right, m[0]))
    if not swaps:
        return None
    return Fix("年份改用六角括号", swaps[0].new, safe=True, swaps=tuple(dict.fromkeys(swaps)))


def _spelt(paper: int, light: list[Cited], key: str) -> Found:
    first = light[0]
    shown = "、".join(f"“{c.printed}”" for c in light[:3])
    more = f"等 {len(light)} 个" if len(light) > len(light[:3]) else ""
    faults = "、".join(dict.fromkeys(fault for c in light for fault in c.faults))
    says = f"发文字号{shown}{more}：{faults}，规范写法如“{first.right}”。改法：统一改过来。"
    return Found(
        first.sentence.passage.where, says, paper, Severity.NOTE, quoted=first.sentence.text,
        printed=first.printed, computed=first.right, key=key,
    )  # fmt: skip


def _numbers(sentence: Sentence) -> Iterator[Cited]:
    for m in _NUMBER.finditer(sentence.plain):
        faults = _faults(m)
        if faults:
            organ = _organ(m["organ"])
            yield Cited(_printed(m, organ), f"{organ}〔{m['year']}〕{int(m['n'])}号", faults, sentence)
    for m in _LACKING.finditer(sentence.plain):
        if lacks := _lacks(m["year"], m["n"]):
            yield Cited(
                m[0].replace(m["organ"], _organ(m["organ"]), 1),
                f"{_organ(m['organ'])}〔{m['year'] if _is_year(m['year']) else '年份'}〕{m['n'] or '序号'}号",
                lacks,
                sentence,
            )
    for m in _YEARLESS.finditer(sentence.plain):
        yield Cited(f"{m['organ']}{m['n']}号", f"{m['organ']}〔年份〕{int(m['n'])}号", ("缺年份",), sentence)
    for m in _BARE.finditer(sentence.plain):
        organ = _organ(m["organ"])
        printed = organ + m[0][len(m["organ"]) :]
        yield Cited(printed, f"{organ}〔{m['year']}〕{int(m['n'])}号", ("缺年份的六角括号",), sentence)


def _is_year(year: str | None) -> bool:
    return year is not None and len(year) == _DIGITS_OF_YEAR


def _lacks(year: str | None, number: str | None) -> tuple[str, ...]:
    if year and not _is_year(year) and not number:
        return ()
    told = () if _is_year(year) else ("缺年份" if not year else "年份缺两位",)
    return told if number else (*told, "缺序号")


def _faults(m: re.Match[str]) -> tuple[str, ...]:
    complete, round_ = bool(m["hao"]), m["open"] in "(<"
    if not complete and (round_ or m["next"] not in (*_ENDS, *_ISSUING) or not m["organ"]):
        return ()
    faults = [] if complete else ["缺“号”字"]
    faults += [] if (m["open"], m["close"]) == ("〔", "〕") else ["年份没有用六角括号〔 〕"]
    faults += ["序号前多“第”字"] if m["di"] and complete else []
    return tuple(faults)


def _organ(words: str) -> str:
    """Return the issuing body's short name: what follows the last word that can't be part of it."""
    return re.split(
        r".*(?:根据|按照|依据|依照|通知|意见|方案|办法|批复|纪要|文件|关于|的|和|及|与|见|以)", words
    )[-1][-8:]


def _printed(m: re.Match[str], organ: str) -> str:
    return f"{organ}{m['open']}{m['year']}{m['close']}{m['di'] or ''}{m['n']}{m['hao']}"


def _unnamed_basis(case: Case) -> Iterator[Found]:
    for sentence in case.told("narrative.vague_basis"):
        passage = sentence.passage
        if not passage.in_report or not any(word in passage.title for word in _BASIS):
            continue
        if "《" in passage.text or re.search(r"\d号", passage.text) or not _BY_VAGUE.search(sentence.plain):
            continue
        says = (
            f"“{passage.title}”只说按{_vague(sentence)}，没有写明是哪一份文件。"
            "改法：写明文件名称和发文字号；没有文件的，写明会议或批示。"
        )
        yield Found(passage.where, says, passage.paper, quoted=sentence.text, key="basis")
        return


def _vague(sentence: Sentence) -> str:
    words = (h.word for h in sentence.hits if "narrative.vague_basis" in h.lists)
    return f"“{max(words, key=len, default='有关要求')}”"


def _titles(case: Case) -> Iterator[Found]:
    told = case.told("documents.titles")
    if not told:
        return
    titles: dict[str, Sentence] = {}
    unnumbered: dict[str, Sentence] = {}
    numbered: set[str] = set()
    for sentence in told:
        for m in _TITLE.finditer(sentence.plain):
            titles.setdefault(m[1], sentence)
            after = sentence.plain[m.end() :]
            before = sentence.plain[: m.start()]
            if _NUMBERED.match(after) or re.search(r"\d号文?$", before):
                numbered.add(m[1])
            elif sentence.passage.in_report and _ISSUED.match(m[1]):
                unnumbered.setdefault(m[1], sentence)
    yield from _alike(titles)
    yield from _without_number([s for t, s in unnumbered.items() if t not in numbered], unnumbered, numbered)


def _without_number(
    sentences: list[Sentence], titles: dict[str, Sentence], numbered: set[str]
) -> Iterator[Found]:
    named = [t for t in titles if t not in numbered]
    if not named:
        return
    first = sentences[0]
    more = f"等 {len(named)} 份文件" if len(named) > 1 else ""
    says = f"《{named[0]}》{more}没有写发文字号。改法：在题名后用圆括号补上，如（青财〔2022〕15号）。"
    yield Found(
        first.passage.where, says, first.passage.paper, Severity.NOTE, quoted=first.text, key="unnumbered"
    )


def _alike(titles: dict[str, Sentence]) -> Iterator[Found]:
    """Yield titles that differ by a letter or two that change nothing but the words of one and the same document."""
    long = [t for t in titles if len(t) >= _SHORTEST_TITLE]
    for one, other in combinations(long, 2):
        if abs(len(one) - len(other)) > _MOST_EDITS or not _same_document(one, other):
            continue
        sentence = titles[other]
        says = f"同一文件题名前后不一：《{one}》与《{other}》。改法：按原文题名统一，并注明发文字号。"
        yield Found(
            sentence.passage.where, says, sentence.passage.paper, quoted=sentence.text, key=f"{one}|{other}"
        )


def _same_document(one: str, other: str) -> bool:
    edits = Levenshtein.opcodes(one, other)
    changed = [
        (one[e.src_start : e.src_end], other[e.dest_start : e.dest_end]) for e in edits if e.tag != "equal"
    ]
    size = sum(max(len(a), len(b)) for a, b in changed)
    return 0 < size <= _MOST_EDITS and not any(_DIGITS.search(a + b) for a, b in changed)


# What must not come after what follows it: the step, and the words that date it.
_STEPS = {
    "批复": r"(?:立项|可研|初步设计|实施方案)[^，,。；;]{0,8}批复|批复立项",
    "中标": r"中标|开标",
    "签订合同": r"签订[^，,。；;]{0,10}合同|合同签订",
    "开工": r"(?:正式)?开工(?!令|前)|动工",
    "完工": r"完工|竣工(?!验收|决算|结算)|建成",
    "验收": r"(?:通过|组织|完成)[^，,。；;]{0,8}验收|验收合格",
}
_BUILT = frozenset({"开工", "完工", "验收"})
_DATED = expression(
    r"(?P<year>20\d\d)年(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日)?[底初末]?[^，,。；;\d]{0,12}?(?:"
    + "|".join(f"(?P<step{n}>{words})" for n, words in enumerate(_STEPS.values()))
    + ")"
)


@rule("NA17", Severity.NOTE, source="项目建设程序：批复、招标、签约、开工、完工、验收依次进行")
def steps_out_of_order(case: Case) -> Iterator[Found]:
    """写出的办理时间先后颠倒。

    为什么：先开工后批复是程序问题，先验收后完工多是日期写错，都要说明。
    不合格：“2023年9月开工……2023年6月完工”；“2023年5月签订合同，2023年8月中标”。
    合格：各步依次；分批、分标段实施的，同一步有几个日期。
    怎么改：核对日期；程序确有倒置的，说明原因。
    来源：基本建设程序和政府采购程序的通行要求。
    误报风险：高，只比较同一段里各只写一次的日期；开工、完工、验收之间颠倒的提示核实，其余只作提示。
    """
    yield from evaluated_too_early(case)
    if "documents.steps" not in case.words:
        return
    for passage in {id(s.passage): s.passage for s in case.told("documents.steps")}.values():
        dates = _dates(passage)
        for (early, a), (late, b) in combinations(sorted(dates.items(), key=lambda p: _RANK[p[0]]), 2):
            if b < a:
                severity = Severity.WARNING if {early, late} <= _BUILT else None
                says = f"“{late}”写在 {_date(b)}，早于“{early}”的 {_date(a)}。改法：核对日期，程序确有倒置的说明原因。"
                yield Found(passage.where, says, passage.paper, severity, key=f"{early}|{late}")


_RANK = {step: n for n, step in enumerate(_STEPS)}
Date = tuple[int, int, int]


def _dates(passage: Passage) -> dict[str, Date]:
    """Return the date of each step that the passage dates exactly once; a day that isn't said is left open as 0."""
    found: dict[str, list[Date]] = {}
    for sentence in passage.sentences:
        for m in _DATED.finditer(sentence.plain):
            step = next(name for n, name in enumerate(_STEPS) if m[f"step{n}"])
            found.setdefault(step, []).append((int(m["year"]), int(m["month"]), int(m["day"] or 0)))
    single = {step: dates[0] for step, dates in found.items() if len(dates) == 1}
    whole = all(day for _, _, day in single.values())
    return single if whole else {step: (year, month, 0) for step, (year, month, _) in single.items()}


def _date(date: Date) -> str:
    return f"{date[0]} 年 {date[1]} 月" + (f" {date[2]} 日" if date[2] else "")
