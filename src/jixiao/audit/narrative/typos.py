"""NA09: wrong characters, missing characters, quotation marks, and several words for one act (报告文字).

Which words are certainly wrong, after and before which characters they are not, and what is right is data
(words/typos.toml).
"""

import re
from calendar import isleap
from collections.abc import Iterator

from jixiao.audit.lexicon import Hit, any_of, data_of, hits, lists_of
from jixiao.audit.narrative.wording import STOPPED, around
from jixiao.audit.prose import Passage, Sentence
from jixiao.audit.rule import Case, Found, rule
from jixiao.expressions import expression
from jixiao.model.finding import FieldPath, Fix, Severity

_DATA = data_of("typos")


def _table(key: str) -> dict[str, str]:
    table = _DATA[key]
    return {str(word): str(said) for word, said in table.items()} if isinstance(table, dict) else {}


_RIGHT, _NOT_AFTER, _NOT_BEFORE = _table("right"), _table("not_after"), _table("not_before")

_SORE = frozenset({"typos.wrong"})
_LIGHT = frozenset({"typos.variant", "typos.local"})
_WORDS = _SORE | _LIGHT
_SHORT_VERB = expression(
    r"(?:^|[，,。；;、：:])(?P<whole>(?P<verb>增(?![加强长收产效多进设补值幅量添速大高减派援殖绿信辟拨列发资配容亮建开购持订修印聘选至到了])"
    r"|提(?![高升供出交前请取倡拔质示醒级到及档速效能案成留议起问名炼货款纯干标法振防早现单纲要存供倒神拉词琴])"
    r"|完(?![成善工全毕整备结好美满税稿了后小中])|加(?![强大快深重密急入以固工装班油热分盖价权派速征上厚宽高倍])"
    r")[^，,。；;：:]{1,16}?(?P<object>收入|水平|能力|质量|效率|满意度|积极性|任务|建设任务|目标任务|力度))(?=$|[，,。；;、：:）)])"
)
_FULL = {"增": "增加", "提": "提高", "完": "完成", "加": "加强"}
_YEARLESS = expression(
    r"(?<![\d第号〔\[(（.\-—~～/#:：])(?P<year>20[0-3]\d)(?=该项目|本项目|我[县市区局镇乡院校办委]|全[县市区镇乡省]|绩效|部门预算|项目支出|初预算|底前)"
)
_SUPPLIED = any_of(word[1:] for word in lists_of("typos")["supply"]).pattern
_SUPPLY = expression(rf"为[^，,。；;]{{2,24}}?(?<![提可仅所保直专自以口])供(?P<what>{_SUPPLIED})")
_WRONG_WAY = expression(r"“([^“”，,。；;]{1,16})“|”([^“”，,。；;]{1,16})”")
# A quotation of several paragraphs opens each of them and closes only the last.
_QUOTES_ON = expression(r"(?:^|\n)\s*“")
_LOCAL = frozenset(lists_of("typos")["local"])
_ENOUGH = 2
_NO_GOT = frozenset("目来去新老有别")


@rule("NA09", Severity.WARNING, source="《标点符号用法》GB/T 15834—2011；《第一批异形词整理表》GF 1001—2001")
def typos_and_quotes(case: Case) -> Iterator[Found]:
    """错别字、缺字、引号不配对，或同一事项用了几种说法。

    为什么：错字会改变意思（拔付、拨付），引号不配对看不出引文到哪里为止。
    不合格：“资金己拨付”“9月31日”“工作组得实施方案”“为农户供技术服务”“2023该项目”“以奖代补“”“0930日前”“村民委员承担”；
        一行写“水泵4台”，另一行写“水泵4、闸门”。
    合格：“自己完成”“取得方案批复”“公园满意度”；引号成对。
    怎么改：按提示改正；引号按左“右”配齐；一件事全文用一种说法。
    来源：GB/T 15834—2011；GF 1001—2001；公文校对通行要求。
    误报风险：低；异形词、地方说法、年份缺“年”字只作提示。
    """
    yield from _wrong_words(case)
    yield from _de_for_de(case)
    for sentence in case.told("typos.supply"):
        m = _SUPPLY.search(sentence.plain)
        if m:
            yield _typo(sentence, f"供{m['what']}", f"提供{m['what']}", None)
    for sentence in case.told("typos.order"):
        yield _order(sentence)
    for passage in case.passages:
        yield from _quotes(passage)
        yield from _two_stops(passage)
    for sentence in case.sentences:
        yield from _missing(sentence)
    yield from _days_of_no_month(case)
    yield from _short_verbs_in_rows(case)
    yield from _several_words(case)
    yield from _counts_without_measure(case)


_TWO_STOPS = expression(r"(?<!。)(?:。。(?!。)|。[，；、]|；[。，])")


def _two_stops(passage: Passage) -> Iterator[Found]:
    """Yield two stops that stand together: 。。 or 。， in the middle of a text."""
    m = _TWO_STOPS.search(passage.text)
    if m and "..." not in passage.text and passage.in_report:
        near = passage.text[max(0, m.start() - 10) : m.end() + 6].replace("\n", "")
        says = f"“{near}”里标点重复（“{m[0]}”）。改法：保留一个。"
        yield Found(passage.where, says, passage.paper, Severity.NOTE, quoted=near, key="stops")


_LATE_DAY = expression(r"(?:(?P<year>20\d\d)年)?(?<!\d)(?P<month>\d{1,2})月(?P<day>29|[34]\d)日")
_LONG, _FEBRUARY = frozenset({1, 3, 5, 7, 8, 10, 12}), 2


def _days_of_no_month(case: Case) -> Iterator[Found]:
    """Yield the dates that no calendar has: 9月31日, 2023年2月29日."""
    for passage in case.passages:
        for m in _LATE_DAY.finditer(passage.text) if "日" in passage.text else ():
            month, day, year = int(m["month"]), int(m["day"]), int(m["year"] or 2000)
            last = 31 if month in _LONG else 28 + isleap(year) if month == _FEBRUARY else 30
            if month <= max(_LONG) and day > last:
                says = f"日期“{m[0]}”不存在：{month}月只有 {last} 天。改法：按原始记录更正日期。"
                yield Found(passage.where, says, passage.paper, Severity.ERROR, quoted=m[0], key=m[0])


_WITH_MEASURE = expression(r"([\u4e00-\u9fff]{2})(\d{1,4})([台套个座件辆部张把块盏只间处名人户])")
_WITHOUT_MEASURE = expression(r"([\u4e00-\u9fff]{2})(\d{1,4})(?=[、和及与])")


def _counts_without_measure(case: Case) -> Iterator[Found]:
    """Yield a row's name that counts a thing without the measure word that another row counts it with (电脑4、)."""
    bare = [
        (row, m) for row in case.table_rows if "、" in row.plain for m in _WITHOUT_MEASURE.finditer(row.plain)
    ]
    if not bare:
        return
    known = {(m[1], m[2]): m[3] for row in case.table_rows for m in _WITH_MEASURE.finditer(row.plain)}
    for row, m in bare:
        if measure := known.get((m[1], m[2])):
            says = f"{row.label}里“{m[0]}”缺量词，别的行写的是“{m[0]}{measure}”。改法：补写“{measure}”，与别的行一致。"
            yield Found(row.path("level3"), says, row.paper, quoted=row.name, key=m[0])


def _de_for_de(case: Case) -> Iterator[Found]:
    """Yield 得 where 的 is meant, and 的 where 得 is."""
    for sentence in case.told("typos.de"):
        yield from _de(sentence)
    for sentence in case.told("typos.de_after"):
        word = _word_of(sentence, "typos.de_after")
        yield _typo(sentence, word, word.replace("的", "得"), Severity.NOTE)
    for sentence in case.told("typos.de_got"):
        yield from _got(sentence)


def _word_of(sentence: Sentence, key: str) -> str:
    return next(hit.word for hit in sentence.hits if key in hit.lists)


def _wrong_words(case: Case) -> Iterator[Found]:
    if not case.words.isdisjoint(_WORDS):
        yield from _in_sentences(case)
        yield from _in_names(case)


def _in_sentences(case: Case) -> Iterator[Found]:
    seen: set[tuple[int, str]] = set()
    for sentence in case.sentences:
        if sentence.words.isdisjoint(_WORDS):
            continue
        for hit in sentence.hits:
            at = (sentence.passage.paper, hit.word)
            if at not in seen and _is_wrong(sentence.plain, hit):
                seen.add(at)
                yield _typo(
                    sentence, hit.word, _RIGHT[hit.word], None if hit.lists & _SORE else Severity.NOTE
                )


def _in_names(case: Case) -> Iterator[Found]:
    for row in case.rows:
        if row.name_words.isdisjoint(_SORE):
            continue
        plain = row.plain
        for hit in hits(plain):
            if hit.lists & _SORE and _is_wrong(plain, hit):
                says = f"{row.label}里“{hit.word}”应为“{_RIGHT[hit.word]}”。改法：改正。"
                yield Found(row.path("level3"), says, row.paper, quoted=row.name, key=hit.word)


def _is_wrong(plain: str, hit: Hit) -> bool:
    if hit.lists.isdisjoint(_WORDS):
        return False
    before, after = plain[: hit.start][-1:], plain[hit.end :][:1]
    word, first = hit.word, hit.word[0]
    barred = _NOT_AFTER.get(word, "") + _NOT_AFTER.get(first, "")
    return not (before and before in barred) and not (after and after in _NOT_BEFORE.get(word, ""))


def _typo(sentence: Sentence, wrong: str, right: str, severity: Severity | None) -> Found:
    passage = sentence.passage
    at = max(0, sentence.plain.find(wrong))
    quoted = around(sentence.plain, at, at + len(wrong))
    said = f"是地方说法，通用的说法是“{right}”" if wrong in _LOCAL else f"应为“{right}”"
    says = f"“{quoted}”里“{wrong}”{said}。改法：改正。"
    fix = Fix(f"“{wrong}”改为“{right}”", right)
    return Found(
        passage.where,
        says,
        passage.paper,
        severity,
        quoted=quoted,
        printed=wrong,
        computed=right,
        fix=fix,
        key=wrong,
    )


def _de(sentence: Sentence) -> Iterator[Found]:
    for hit in sentence.hits:
        before = sentence.plain[: hit.start][-1:]
        if "typos.de" in hit.lists and before and before not in _NOT_AFTER["得"] and "一" <= before <= "鿿":
            yield _typo(sentence, f"{before}{hit.word}", f"{before}的{hit.word[1:]}", None)


def _got(sentence: Sentence) -> Iterator[Found]:
    """Yield 的 where 得 is meant: 质量的到了提升; 目的到了 and 去的到了 are left alone."""
    for hit in sentence.hits:
        before = sentence.plain[: hit.start][-1:]
        if "typos.de_got" in hit.lists and before not in _NO_GOT:
            yield _typo(sentence, hit.word, hit.word.replace("的", "得", 1), None)
            return


def _order(sentence: Sentence) -> Found:
    passage = sentence.passage
    hit = next(hit for hit in sentence.hits if "typos.order" in hit.lists)
    quoted = around(sentence.plain, hit.start, hit.end)
    says = f"“{quoted}”语序不当，多了“的”或把“存在”放错了位置。改法：改为“……存在……的问题”。"
    return Found(passage.where, says, passage.paper, quoted=quoted, key=hit.word)


def _quotes(passage: Passage) -> Iterator[Found]:
    opened, closed = passage.text.count("“"), passage.text.count("”")
    if not opened and not closed:
        return
    m = _WRONG_WAY.search(passage.text)
    if m and (opened != closed or m[1] is None):
        word = m[1] or m[2]
        says = f"引号用反了：{m[0]}，应为“{word}”。改法：左引号在前，右引号在后，配成一对。"
        yield Found(passage.where, says, passage.paper, quoted=m[0], key="direction")
    elif opened != closed and STOPPED.search(passage.text.rstrip()) and not _QUOTES_ON.search(passage.text):
        says = f"引号不配对：左引号 {opened} 个，右引号 {closed} 个。改法：找出缺的一半补上。"
        yield Found(passage.where, says, passage.paper, quoted=passage.text[:30], key="pairs")


def _missing(sentence: Sentence) -> Iterator[Found]:
    """Yield what lacks a character: a verb of one for one of two, a year without 年."""
    plain, passage = sentence.plain, sentence.passage
    if "日" in plain:
        yield from _joined_dates(sentence)
    if "20" in plain:
        m = _YEARLESS.search(plain)
        if m and plain.rfind("《", 0, m.start()) <= plain.rfind("》", 0, m.start()):
            yield _typo(sentence, m["year"], f"{m['year']}年", Severity.NOTE)
    m = _SHORT_VERB.search(plain)
    if m:
        yield _short(m, passage.where, passage.paper)


_JOINED_DATE = expression(
    r"(?<![\d.,第号+\-])(?P<head>\d{0,5})(?P<month>0[1-9]|1[0-2])(?P<day>[0-2]\d|3[01])日(?![均产处供需耗志报记元])"
)
_MEASURED = expression(r"(?:历时|为期|工期|共计?|累计|合计|约|达|超过|近|电话|编号|代码|账号)$")


def _joined_dates(sentence: Sentence) -> Iterator[Found]:
    """Yield the dates that lost their 年 or 月: 1231日 for 12月31日."""
    m = _JOINED_DATE.search(sentence.plain)
    if m is None or _MEASURED.search(sentence.plain[: m.start()]) or m["day"] == "00":
        return
    right = f"{int(m['month'])}月{int(m['day'])}日"
    says = f"日期“{m[0]}”缺了“年”“月”等字，应是“……{right}”。改法：对照原件补全日期。"
    yield Found(
        sentence.passage.where,
        says,
        sentence.passage.paper,
        quoted=sentence.text[:60],
        printed=m[0],
        key=m[0],
    )


def _short(m: re.Match[str], where: FieldPath, paper: int) -> Found:
    full = _FULL[m["verb"]]
    says = f"“{m['whole']}”缺字：“{m['verb']}”应为“{full}”。改法：补上。"
    return Found(where, says, paper, quoted=m["whole"], printed=m["verb"], computed=full, key=m["whole"])


def _short_verbs_in_rows(case: Case) -> Iterator[Found]:
    for row in case.rows:
        name = row.name
        if not ("增" in name or "提" in name or "完" in name or "加" in name):
            continue
        m = _SHORT_VERB.search(re.sub(r"[（(][^）)]*[）)]", "", name))
        if m:
            yield _short(m, row.path("level4" if row.indicator.level4 else "level3"), row.paper)


def _several_words(case: Case) -> Iterator[Found]:
    """Yield the ways in which one paper calls the return of unspent money, where there are several."""
    told: dict[int, dict[str, Sentence]] = {}
    for sentence in case.told("typos.returned", "typos.surplus"):
        for hit in sentence.hits:
            if "typos.returned" in hit.lists:
                told.setdefault(sentence.passage.paper, {}).setdefault(hit.word, sentence)
    for paper, words in told.items():
        if len(words) >= _ENOUGH:
            first = next(iter(words.values()))
            says = (
                f"结余资金的去向有几种说法：{'、'.join(words)}。"
                "改法：是同一件事的，全文用一种说法；不是的，分别写明。"
            )
            yield Found(
                first.passage.where, says, paper, Severity.NOTE, quoted=first.text, key="|".join(words)
            )
