"""NA01, NA14, NA16: the parts of a report, whether it is signed, and whether its problems are told (报告文字).

Which parts each kind of report must have and by which headings they are known is data: words/narrative_outlines.toml.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from jixiao.audit.annexes import blank_goals
from jixiao.audit.lexicon import data_of
from jixiao.audit.narrative.claims import problem_sections
from jixiao.audit.narrative.numbering import number_of
from jixiao.audit.narrative.superseded import year_of
from jixiao.audit.narrative.wording import STOPPED
from jixiao.audit.prose import clipped, percent
from jixiao.audit.rule import Case, Found, rule
from jixiao.audit.told.departments import department_totals
from jixiao.audit.told.report_money import spent_share
from jixiao.expressions import expression
from jixiao.layout import Place
from jixiao.model.claims import DepartmentReport, Report
from jixiao.model.figure import tidy
from jixiao.model.finding import Severity
from jixiao.model.reading import Kind, Reading
from jixiao.model.statements import Section

_DATA = data_of("narrative_outlines")
_LEAST_CHAPTERS, _LEAST_GAP, _LEAST_WORDS, _LONG = 3, 4, 10, 600
_NAMES_A_PART = expression(r"(?:概况|情况|目标|分析|结论|结果|问题|建议|做法|经验|依据|过程|范围|原因)$")
_NAMES_AN_ACT = expression(
    r"^(?:进一步|加强|强化|完善|提高|加大|建立|优化|规范|严格|提升|推进|健全|加快|落实|做好|细化|明确|狠抓|附|部分|个别|未|缺)"
)
# A signature that the reading left in the last section: the office on a line of its own, perhaps a date after it.
_SIGNED = expression(
    r"(?:<br\s*/?>)?(?:\n[一-鿿（）()]{4,30}[局委会府院校办厅镇乡站所心])?(?:\n[\d年月日\s]{6,14})?$"
)
_NOTHING_SAID = expression(r"[\s/／—_－-]*|[(（]?(?:略|同上|待补充?|待填写?|待完善)[)）]?[。.]?")
_NO_MORE = expression(r"暂?无|没有")
_LABELS = expression(r"(?:未完成原因分析|实际完成情况|完成情况|预期目标|年度|总体目标)?")
_SURE = Decimal("0.95")
_DATED = expression(r"20\d\d\s*年")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A part that a kind of report must have: its name, the words of its headings, the words of its text."""

    name: str
    titles: tuple[str, ...]
    texts: tuple[str, ...]
    weak: tuple[str, ...]
    least: int
    note: bool


def _wanted(kind: Kind) -> tuple[Wanted, ...]:
    entries = _DATA.get(kind.value, ())
    return (
        tuple(_one_wanted(entry) for entry in entries if isinstance(entry, dict))
        if isinstance(entries, list)
        else ()
    )


def _one_wanted(entry: Mapping[str, object]) -> Wanted:
    titles, texts, weak = (_strings(entry.get(key)) for key in ("titles", "texts", "weak"))
    least = _LONG if entry.get("long") else 0
    return Wanted(str(entry["name"]), titles, texts, weak, least, entry.get("note") is True)


def _strings(words: object) -> tuple[str, ...]:
    return tuple(map(str, words)) if isinstance(words, list) else ()


def _table(key: str) -> dict[str, tuple[str, ...]]:
    table = _DATA[key]
    return {str(k): tuple(map(str, words)) for k, words in table.items()} if isinstance(table, dict) else {}


_OUTLINES = {
    kind: _wanted(kind) for kind in (Kind.SELFEVAL_REPORT, Kind.EVALUATION_REPORT, Kind.DEPARTMENT_REPORT)
}
_CONTENTS, _PROBLEM_WORDS = _table("contents"), _table("problem")["words"]

# ---------------------------------------------------------------- NA01


@rule("NA01", Severity.WARNING, source="财预〔2020〕10号附件：自评表、评价报告参考提纲；各地报告样式")
def section_missing_or_blank(case: Case) -> Iterator[Found]:
    """缺少规定的部分，或标题下面没有内容。

    为什么：问题、建议、目标完成情况是自评要交代的内容，空着就没有自评。
    不合格：报告没有存在问题；“（二）项目绩效目标情况”下面一个字没有；“结果应用”一节没有讲应用；年度总体目标两栏空白。
    合格：标题说法不同而内容齐全；“存在问题及建议”合为一节；本地表样没有目标栏。
    怎么改：按提纲补写；没有内容的写“无”并说明理由。
    来源：财预〔2020〕10号附件1、附件3；各地报告样式，见 words/narrative_outlines.toml。
    误报风险：低；读不全的报告、后面跟着表格的标题不提示，“其他需要说明的问题”只作提示。
    """
    for paper, reading in enumerate(case.filing.readings):
        record = reading.record
        if isinstance(record, Report | DepartmentReport):
            yield from _missing(paper, reading, record)
            yield from _blank(paper, reading, record.sections)
            yield from _off_title(paper, record.sections)
            yield from _no_whole(paper, record)
        elif reading.kind is Kind.SELFEVAL_TABLE:
            yield from _blank_goal(paper, reading)
    yield from blank_goals(case)


def _missing(paper: int, reading: Reading, record: Report | DepartmentReport) -> Iterator[Found]:
    sections = record.sections
    if not _is_whole(sections):
        return
    titles = "\n".join(s.title for s in sections)
    core = titles.replace("需要说明的问题", "")
    text = ""
    for part in _OUTLINES.get(reading.kind, ()):
        if any(word in (titles if part.note else core) for word in part.titles):
            continue
        text = text or "".join(s.text for s in sections)
        if len(text) < part.least or any(word in text for word in part.texts):
            continue
        if not _scattered(part, sections, text):
            says = f"报告没有“{part.name}”部分。改法：按提纲补写；确无内容的，列出标题写明。"
            severity = Severity.NOTE if part.note else None
            yield Found("sections", says, paper, severity, key=part.name)


def _scattered(part: Wanted, sections: tuple[Section, ...], text: str) -> bool:
    """Tell whether words of intent stand with at least half of the problems, or anywhere where none are listed."""
    if not part.weak:
        return False
    told = [
        line for at in problem_sections(sections) for line in sections[at].text.split("\n") if line.strip()
    ]
    with_words = [line for line in told or [text] if any(word in line for word in part.weak)]
    return 2 * len(with_words) >= len(told or [text])


def _is_whole(sections: tuple[Section, ...]) -> bool:
    """Tell whether a report was read from its first chapter to an end that is one."""
    chapters = [s for s in sections if s.level == 1]
    if len(chapters) < _LEAST_CHAPTERS:
        return False
    first = number_of(0, chapters[0].number)
    last = next((s.text for s in reversed(sections) if s.text.strip()), "")
    ended = _NO_MORE.fullmatch(last.strip()) or STOPPED.search(_SIGNED.sub("", last.rstrip()))
    return (first is None or first.value == 1) and bool(ended)


def _blank(paper: int, reading: Reading, sections: tuple[Section, ...]) -> Iterator[Found]:
    for at, section in enumerate(sections):
        after = sections[at + 1] if at + 1 < len(sections) else None
        hollow = bool(_NOTHING_SAID.fullmatch(section.text.strip()))
        if not hollow or section.level > 2 or (after is not None and after.level > section.level):  # noqa: PLR2004
            continue
        if not _NAMES_A_PART.search(section.title) or _NAMES_AN_ACT.search(section.title):
            continue
        gap = 0 if section.text.strip() else _gap(reading, at) if after is not None else None
        if gap is None or gap <= _LEAST_GAP:
            says = (
                f"“{section.number or ''}{section.title}”下面没有内容。改法：补写；确无内容的写“无”并说明。"
            )
            severity = Severity.NOTE if gap is None else None
            yield Found(f"sections.{at}", says, paper, severity, quoted=section.title)


def _gap(reading: Reading, at: int) -> int | None:
    """Return how many lines lie between a section's heading and the next; None where the file has no lines."""
    one, other = (reading.places.get(f"sections.{n}", Place()).line for n in (at, at + 1))
    return None if one is None or other is None else other - one


def _off_title(paper: int, sections: tuple[Section, ...]) -> Iterator[Found]:
    for at, section in enumerate(sections):
        for word, needed in _CONTENTS.items():
            if word not in section.title:
                continue
            text = "".join(f"{s.title}{s.text}" for s in _under(sections, at))
            if text.strip() and not any(n in text for n in needed):
                says = f"“{section.title}”一节没有写到{word}。改法：补写，或改标题。"
                yield Found(f"sections.{at}", says, paper, quoted=text[:60], key=word)


def _under(sections: tuple[Section, ...], at: int) -> Iterator[Section]:
    """Yield a section without its title, and those below it."""
    yield Section(None, "", sections[at].level, sections[at].text)
    for section in sections[at + 1 :]:
        if section.level <= sections[at].level:
            return
        yield section


def _no_whole(paper: int, record: Report | DepartmentReport) -> Iterator[Found]:
    """Yield a department's yearly report that speaks of its projects and not of the department as a whole."""
    title = record.title or ""
    whole = "整体" in title and any("基本支出" in s.text or "三公" in s.text for s in record.sections)
    other = "部门" not in title or "项目" in title or whole
    if not isinstance(record, DepartmentReport) or other or not record.sections:
        return
    if not any("整体" in f"{s.title}{s.text}" for s in record.sections):
        says = f"《{title.strip()}》只讲了项目，没有部门整体支出的绩效。改法：补写部门整体，或在题名写明是项目自评。"
        yield Found("title", says, paper, Severity.NOTE, quoted=title, key="whole")


def _blank_goal(paper: int, reading: Reading) -> Iterator[Found]:
    goal = getattr(reading.record, "goal", None)
    if goal is None or not ("goal.expected" in reading.places or "goal.actual" in reading.places):
        return
    blank = [
        name for name, cell in (("预期目标", goal.expected), ("实际完成情况", goal.actual)) if _is_label(cell)
    ]
    one_side = (
        len(blank) == 1 and goal.expected and reading.confidence >= _SURE and blank[0] == "实际完成情况"
    )
    readable = (
        one_side and len(goal.expected) >= _LEAST_WORDS and not re.search("完成情况|指标", goal.expected)
    )
    if len(blank) > 1 or readable:
        says = f"年度总体目标的{'、'.join(blank)}栏空白。改法：按批复的目标和实际情况填写。"
        where = "goal" if len(blank) > 1 else "goal.actual"
        severity = None if len(blank) > 1 else Severity.NOTE
        yield Found(where, says, paper, severity, rests=("goal.expected", "goal.actual"))


def _is_label(cell: str | None) -> bool:
    return cell is None or bool(_LABELS.fullmatch(tidy(cell)))


# ---------------------------------------------------------------- NA14

_HOLLOW_LENGTH = 60
_SHORT_CLAUSE = 12
_CLAUSES = expression(r"[,，。.;；、:：\n]+|\([一二三四五六七八九十\d]+\)")
_DUTY = expression(
    r"(?:(?:下一步|今后|下一年度|明年|一是|二是|三是|四是|[1-9一二三四五六七八九十])[,，.、]?)*(?:我[局镇乡办委院]|[我本]单位|本部门)?"
    r"(?:建议|将|要|应|须|会|的?主要职责|承担|负责|继续|进一步|加强|强化|做好|抓好|按照|严格|切实|认真|不断|积极|深入|持续|全面|贯彻|落实|推进|"
    r"推动|完善|健全|提高|提升|加大|加快|优化|规范|确保|保障|建立|巩固|坚持|围绕|密切|及时|努力|定期|紧盯|细化|增强|注重)"
)
_HOLLOW = expression(
    r"(?:存在的?(?:主要)?问题:|(?:目前|经自评|经评价|总体上?|(?:本|该)?项目(?:在?(?:实施|运行|执行)(?:过程)?中?)?|本年度|我[局镇乡办委]|本单位|各项工作|"
    r"(?:推进|开展|实施|进展|运行)(?:顺利|良好|正常|平稳|有序))*[,，]?(?:暂时?|均|基本|尚)?(?:无|没有|没|未发现|未见|不存在|未存在|发现)+"
    r"(?:存在|发现|有)?(?:明显|重大|其他|任何|较大|突出|大)?的?(?:问题|不足|困难)?"
    r"(?:[,，](?:今后|下一步|总体|运行|继续|项目)[^,，。]{0,20})*[。.;；,，]?)+"
    r"|(?:(?:本|该)?项目|各项工作|工作)?(?:总体)?(?:推进|开展|实施|进展|运行|完成)(?:得)?(?:顺利|良好|正常|平稳|有序)[。.]?"
)


@rule("NA14", Severity.WARNING, source="财预〔2020〕10号：对未完成原因和存在问题应作说明")
def problems_untold(case: Case) -> Iterator[Found]:
    """得分不满，存在问题却写“无”，或只讲职责、打算，没有讲问题。

    为什么：扣了分就有问题，写“无”说明没有分析。
    不合格：自评 92 分，“四、存在问题：无”；问题部分只写“继续做好渠道管护工作”；资金只用了四成，问题写“暂无”。
    合格：自评 100 分写“无”；写明了一个具体问题。
    怎么改：对照扣分的指标逐条写明问题和原因。
    来源：财预〔2020〕10号。
    误报风险：中，只在印有总分且不满分，或文中支出不到安排的八成时提示。
    """
    yield from _untold_beside_money(case)
    total = _total(case)
    if total is None or total >= case.scheme.total:
        return
    for paper, report in case.narratives:
        told = [(at, report.sections[at]) for at in problem_sections(report.sections)]
        text = "".join(section.text for _, section in told).strip()
        titles = [section for _, section in told if not section.text.strip()]
        where = f"sections.{told[-1][0]}" if told else ""
        if text and len(text) <= _HOLLOW_LENGTH and _HOLLOW.fullmatch(tidy(text)):
            only_money = bool(case.table_rows) and not case.with_trait("row.lost")
            found = _untold(paper, where, text, f"总分 {total:f}，存在问题写“{clipped(text, 20)}”。")
            yield replace(found, severity=Severity.NOTE) if only_money else found
        elif text and len(titles) <= 1 and _only_duties(text):
            yield _untold(
                paper, where, text, f"总分 {total:f}，存在问题部分只写“{clipped(text, 24)}”，没有讲出问题。"
            )


def _untold_beside_money(case: Case) -> Iterator[Found]:
    """Yield the reports that own to no problem with less than four fifths of the money spent."""
    for paper, report in case.reports:
        share = spent_share(case, paper)
        if share is None or share >= _MUCH:
            continue
        for at in problem_sections(report.sections):
            text = tidy(report.sections[at].text)
            if text and len(text) <= _HOLLOW_LENGTH and _NO_PROBLEM.search(text):
                what = f"资金只支出了 {percent(share)}，存在问题写“{clipped(text, 24)}”。"
                yield _untold(paper, f"sections.{at}", text, what)


_MUCH = Fraction(4, 5)
_NO_PROBLEM = expression(
    r"(?:无|没有|不存在|未发现|未出现)(?:存在|明显|较大|突出|其[他它])*(?:的)?(?:问题|不足|困难)[。.]?$"
)


def _only_duties(text: str) -> bool:
    """Tell whether every clause begins with an act still to do, a duty or a plan, and none has a word of fault."""
    clauses = [c for c in _CLAUSES.split(tidy(text)) if c and len(c) > 2]  # noqa: PLR2004
    return not any(w in text for w in _PROBLEM_WORDS) and all(
        _DUTY.match(c) for c in clauses[:1] + _long(clauses[1:])
    )


def _long(clauses: list[str]) -> list[str]:
    """Return the clauses that are long enough to say something of their own."""
    return [c for c in clauses if len(c) > _SHORT_CLAUSE]


def _untold(paper: int, where: str, text: str, what: str) -> Found:
    return Found(where, f"{what}改法：对照扣分的指标写明问题和原因。", paper, quoted=text[:60])


def _total(case: Case) -> Decimal | None:
    totals = [report.total_printed for _, report in case.reports]
    totals += [case.evaluation.total_printed] if case.evaluation else []
    return next((t for t in (*totals, *department_totals(case)) if t is not None), None)


# ---------------------------------------------------------------- NA16


@rule("NA16", Severity.NOTE, source="报告应有单位、年度、日期和公章")
def unit_or_year_missing(case: Case) -> Iterator[Found]:
    """报告没有写明单位或年度，或者没有落款。

    为什么：没有单位和年度的报告无法归档，也不知道谁对内容负责；没有日期就不知道是什么时候的结论。
    不合格：题名只有“部门绩效自评工作报告”，没有单位名称和年度；印着“填报日期：”没有填；全文没有署名和日期；署了名没有日期。
    合格：题名、封面或落款写明了单位和年度，写了成文日期；“（公章）”一栏没有字，单位在别处写明了。
    怎么改：题名写全单位和年度，落款署名、写日期、盖章。
    来源：GB/T 9704—2012 关于标题、署名、成文日期的规定。
    误报风险：中，印章在文字里看不到；节选的、读不到结尾的报告不看落款；题名单位和年度都没有的提示核实。
    """
    for paper, report in case.reports:
        unit = report.project.unit or (case.evaluation.project.unit if case.evaluation else None)
        yield from _unsigned(paper, unit, year_of(case, paper), report.sections)
        yield from _unclosed(case, paper, report, unit)
    for paper, department in case.department_reports:
        title = department.title or ""
        yield from _unclosed(case, paper, department, department.unit)
        named = bool(department.unit and department.unit in title) or bool(
            re.search(r"[县市区镇乡局委院校办厅处]", title)
        )
        if title and not named and not re.search(r"(?:19|20)\d\d|二[〇○零]", title):
            says = f"题名“{title.strip()}”没有单位名称，也没有年度。改法：题名写全单位和年度，落款署名、写日期、盖章。"
            yield Found("title", says, paper, Severity.WARNING, quoted=title)


_ENDS = expression(r"建议|改进|措施|应用|公开|其他|其它|说明|问题|打算|计划|附件")
_SEAL = expression(r"[(（][^()（）]*章[)）]")


def _unclosed(case: Case, paper: int, record: Report | DepartmentReport, unit: str | None) -> Iterator[Found]:
    """Yield labels that are printed and left blank; a whole report that prints neither signature nor date."""
    blank = [label for label in record.blanks if _is_open(label, record, unit)]
    if blank:
        told = "、".join(f"“{label}”" for label in blank)
        says = f"报告印着{told}，没有填写。改法：补填。"
        yield Found("blanks", says, paper, quoted="；".join(blank), key="blank")
    elif record.title and not record.dated and _is_read_out(case, paper, record.sections):
        unsigned = "末尾没有署名，" if not record.closing else "署了名，"
        says = f"报告落款不全：{unsigned}封面、题名下和末尾都没有成文日期。改法：末尾署名、写日期、盖章。"
        yield Found("closing", says, paper, key="closing")


def _is_open(label: str, record: Report | DepartmentReport, unit: str | None) -> bool:
    """Tell whether what a blank label asks for stands nowhere else; a seal (公章) can't be seen in a text."""
    if re.search(r"日期|时间|年.*月", label):
        return record.dated is None
    if re.search(r"单位|部门", label):
        return unit is None and "主管" not in label
    return _SEAL.search(label) is None


def _is_read_out(case: Case, paper: int, sections: tuple[Section, ...]) -> bool:
    """Tell whether a report was read to its end: its last chapter is one that ends reports, or a paper follows it."""
    if not _is_whole(sections):
        return False
    own = case.filing.readings[paper]
    beside = (r for r in case.filing.readings if (r.file, r.sha256) == (own.file, own.sha256))
    follows = any(r.index > own.index for r in beside)
    return follows or bool(_ENDS.search([s.title for s in sections if s.level == 1][-1]))


def _unsigned(
    paper: int, unit: str | None, year: int | None, sections: tuple[Section, ...]
) -> Iterator[Found]:
    lacking = [name for name, value in (("单位名称", unit), ("年度", year)) if not value]
    if not year and any(_DATED.search(s.text) for s in sections):
        lacking.remove("年度")
    if lacking and len([s for s in sections if s.level == 1]) >= _LEAST_CHAPTERS:
        says = f"报告的题名、封面和落款没有写明{'、'.join(lacking)}。改法：补写，并署名、写日期、盖章。"
        yield Found("unit" if "单位名称" in lacking else "year", says, paper)
