"""NA06: names of bodies, tasks and documents that a reform has replaced (报告文字).

What was replaced, until which year the old name may stand, what it is called now and by which text is data
(words/superseded.toml).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from jixiao.audit.lexicon import Hit, data_of, hits
from jixiao.audit.rows import Row
from jixiao.audit.rule import Case, Found, rule
from jixiao.expressions import expression
from jixiao.model.claims import DepartmentReport, Report
from jixiao.model.figure import tidy
from jixiao.model.finding import FieldPath, Severity

_FILE = "superseded."
_YEAR = expression(r"(?:19|20)\d\d(?=年)")
_FORMER = expression(r"(?:原[^，,。；;、]{0,6}|前|时任|曾|脱|非|已|相对)$")
_RENAMED = expression(r"[^，,。；;]{0,10}(?:更名|改名|改称|改为|改组|撤销|并入|划转|合并|废止|转型|[（(]现)")
_KEPT = expression(r"巩固[^，,。；;]{0,8}$")
_PART_OF_NAME = frozenset("和与及设划、")
_CELLS = ("level3", "level4", "target", "actual")


@dataclass(frozen=True, slots=True)
class Renaming:
    """What the words of one list are called now: `until` is the last year in which the old name may stand."""

    until: int
    now: str
    source: str
    note: bool = False


@dataclass(frozen=True, slots=True)
class Mention:
    """An old name in a paper: the list it is of, the word, where it stands and the words around it."""

    key: str
    word: str
    paper: int
    where: FieldPath
    quoted: str


def _renamings(about: object) -> Iterator[tuple[str, Renaming]]:
    """Yield what the tables [about.<list>] of the file say, by the list's full name."""
    for key, entry in about.items() if isinstance(about, dict) else ():
        note = entry.get("note") is True
        yield f"{_FILE}{key}", Renaming(int(entry["until"]), str(entry["now"]), str(entry["source"]), note)


_RENAMINGS = dict(_renamings(data_of("superseded")["about"]))
_KEYS = frozenset(_RENAMINGS)


def year_of(case: Case, paper: int | None = None) -> int | None:
    """Return the project year of a paper, else of the filing; None where no paper says it."""
    readings = case.filing.readings
    own = getattr(readings[paper].record, "year", None) if paper is not None else None
    years = (getattr(reading.record, "year", None) for reading in readings)
    return own or (case.evaluation.year if case.evaluation else None) or next(filter(None, years), None)


@rule("NA06", Severity.WARNING, source="机构改革方案及文件废止规定（见各条）")
def superseded_name(case: Case) -> Iterator[Found]:
    """用了已被取代的机构名称、工作提法或已废止的文件。

    为什么：旧称说明文字沿用了以前年度的材料，依据也可能已经失效。
    不合格：2023 年度报告写“由县扶贫办组织实施”“确保脱贫攻坚任务完成”；以财预〔2011〕285号为评价依据。
    合格：“原县扶贫办 2019 年建设的管网”；“巩固拓展脱贫攻坚成果”；2020 年度报告写扶贫办。
    怎么改：改用现名；讲历史的，写明年份或加“原”字。
    来源：各次机构改革方案、文件废止条款，逐条注明。
    误报风险：中，书名号内、写明当年年份、有“原”字的不提示；个别地方机构改革较晚的，请以当地为准。
    """
    found: dict[tuple[int, str], list[Mention]] = {}
    written = () if case.words.isdisjoint(_KEYS) else (*_in_text(case), *_in_rows(case))
    for mention in (*written, *_in_signatures(case)):
        found.setdefault((mention.paper, mention.key), []).append(mention)
    for (paper, key), mentions in found.items():
        yield _told(paper, _RENAMINGS[key], key, mentions, year_of(case, paper))


def _told(paper: int, about: Renaming, key: str, mentions: list[Mention], year: int | None) -> Found:
    words = "、".join(f"“{w}”" for w in dict.fromkeys(m.word for m in mentions))
    times = f"（共 {len(mentions)} 处）" if len(mentions) > 1 else ""
    says = (
        f"{year} 年度的材料仍写{words}{times}，现为{about.now}（{about.source}）。"
        "改法：改用现名；讲以前的事，写明年份或加“原”字。"
    )
    first = mentions[0]
    severity = Severity.NOTE if about.note else None
    return Found(first.where, says, paper, severity, quoted=first.quoted, key=key)


def _in_text(case: Case) -> Iterator[Mention]:
    for sentence in case.sentences:
        if sentence.words.isdisjoint(_KEYS):
            continue
        passage = sentence.passage
        for key, word in _stale(case, passage.paper, sentence.plain, sentence.hits):
            yield Mention(key, word, passage.paper, passage.where, sentence.text)


def _in_rows(case: Case) -> Iterator[Mention]:
    for row in case.rows:
        if row.words.isdisjoint(_KEYS):
            continue
        for field, text in _cells(row):
            plain = tidy(text)
            for key, word in _stale(case, row.paper, plain, hits(plain)):
                yield Mention(key, word, row.paper, row.path(field), text)


def _in_signatures(case: Case) -> Iterator[Mention]:
    signed: list[tuple[int, Report | DepartmentReport]] = [*case.reports, *case.department_reports]
    for paper, report in signed:
        for line in report.closing:
            plain = tidy(line)
            for key, word in _stale(case, paper, plain, hits(plain)):
                yield Mention(key, word, paper, "closing", line.strip())


def _cells(row: Row) -> Iterator[tuple[str, str]]:
    for field in _CELLS:
        cell = getattr(row.indicator, field)
        text = cell if isinstance(cell, str) else getattr(cell, "text", None)
        if text:
            yield field, text


def _stale(case: Case, paper: int, plain: str, found: tuple[Hit, ...]) -> Iterator[tuple[str, str]]:
    """Yield the lists and words of `plain` that the paper's year has outlived, the longest word at each place."""
    year = year_of(case, paper)
    if year is None:
        return
    ours = [hit for hit in found if not hit.lists.isdisjoint(_KEYS)]
    taken = 0
    for hit in sorted(ours, key=lambda h: (h.start, -h.end)):
        key = next(iter(hit.lists & _KEYS))
        if hit.start < taken or year <= _RENAMINGS[key].until or _innocent(plain, hit, _RENAMINGS[key]):
            continue
        taken = hit.end
        yield key, hit.word


def _innocent(plain: str, hit: Hit, about: Renaming) -> bool:
    before, after = plain[: hit.start], plain[hit.end :]
    titled = before.rfind("《") > before.rfind("》") and not hit.word.startswith("《")
    quoted_law = titled and "办法" not in hit.word
    then = any(int(year) <= about.until for year in _YEAR.findall(plain))
    named = before[-1:] in _PART_OF_NAME and hit.word[0] in "环国安"
    return (
        quoted_law
        or then
        or named
        or bool(_FORMER.search(before) or _KEPT.search(before) or _RENAMED.match(after))
    )
