"""FM05, FM06, FM08, FM09: how the text is laid out: page heads in it, its dress, its percentages, marks left behind."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from jixiao.audit.lexicon import lists_of
from jixiao.audit.prose import Passage, clipped
from jixiao.audit.rows import Row
from jixiao.audit.rule import Case, Found, rule
from jixiao.expressions import expression
from jixiao.model.figure import tidy
from jixiao.model.finding import FieldPath, Origin, Severity

_WORDS = lists_of("presentation")
_PAGE = expression(r"[-—–]\s*\d{1,3}\s*[-—–]|第\s*\d{1,3}\s*页(?:\s*共\s*\d{1,3}\s*页)?")
_SPOKEN = expression(r"[\u4e00-\u9fff，、]")
_OPEN_END = expression(r"[，、的和及与在对为]$")
_STOPS = "。；：！？.;:!?）)”》"
_TITLED = expression(r"报告|自评|材料|[局委办镇乡院校]$")
_BOLD = expression(r"(?<![≥≤<>=\d])\*\*[\u4e00-\u9fff“][^*]{0,40}(?:\*\*|[。；]$)")
_HEAD, _HEADS, _LONG = 30, 3, 12
_SHARE = expression(r"(?:0?\.\d{1,4}|0\.\d{1,4}|1\.0{1,4})")
_SPELT = expression(r"百分之[一二三四五六七八九十百零〇点]")


@rule("FM05", Severity.NOTE, source="公文排版的通行要求")
def page_head_in_text(case: Case) -> Iterator[Found]:
    """页眉、页码混进正文，或者一句话被分页、换行截断。

    为什么：正文里夹着页眉页码，语句不通；复制、转换时还会把数字读错。
    不合格：正文中反复出现同一行“青禾县水利局自评材料”；“渠道清淤 — 3 — 工作已经完成”。
    合格：各段的小标题；表头每页重复。
    怎么改：删去混进正文的页眉页码，把截断的句子接上。
    来源：公文排版的通行要求。
    误报风险：低，多由转换造成，只作提示。
    """
    by_paper: dict[int, list[Passage]] = defaultdict(list)
    for passage in case.passages:
        if passage.in_report:
            by_paper[passage.paper].append(passage)
            yield from _cut(passage)
    for at, passages in by_paper.items():
        yield from _repeated_heads(at, passages)


def _repeated_heads(at: int, passages: list[Passage]) -> Iterator[Found]:
    lines: dict[str, FieldPath] = {}
    count: Counter[str] = Counter()
    for passage in passages:
        for line in passage.text.split("\n"):
            if _HEADS < len(line) <= _HEAD and line[-1] not in _STOPS:
                lines.setdefault(line, passage.where)
                count[line] += 1
    for line, number in count.items():
        if number >= _HEADS and _TITLED.search(line):
            says = f"“{line}”在正文中单独成行 {number} 次，像是页眉。改法：从正文删去，把前后的句子接上。"
            yield Found(lines[line], says, at, origin=Origin.LAYOUT, quoted=line, key=line)


def _cut(passage: Passage) -> Iterator[Found]:
    for m in _PAGE.finditer(passage.text):
        before, after = passage.text[: m.start()].rstrip()[-1:], passage.text[m.end() :].lstrip()[:1]
        if _SPOKEN.match(before) and _SPOKEN.match(after):
            says = f"句子中间夹着页码“{before}{m[0]}{after}”。改法：删去页码，把句子接上。"
            yield Found(passage.where, says, passage.paper, origin=Origin.LAYOUT, quoted=m[0], key=m[0])
    lines = [line for line in passage.text.split("\n") if line]
    for line, after in pairwise(lines):
        if len(line) > _LONG and _OPEN_END.search(line):
            says = f"“…{line[-12:]}”一行没有说完就断了，下一行是“{after[:12]}…”。改法：把截断的句子接上。"
            yield Found(
                passage.where, says, passage.paper, origin=Origin.LAYOUT, quoted=line[-20:], key=line[-12:]
            )


@rule(
    "FM06",
    Severity.NOTE,
    source="各地自评报告格式要求",
    off="各地对字体、字号、行距的要求不一，只有 Word 文件带有字体信息，转换成文本、PDF 后无从判断，也不影响绩效结论。",
)
def document_style_departs(case: Case) -> Iterator[Found]:  # noqa: ARG001
    """报告的字体、字号、行距不合当地格式要求。

    为什么：有的地方对报告格式打分。
    不合格：正文用宋体五号、单倍行距。
    合格：标题小标宋二号居中，正文仿宋三号，一级标题黑体，二级标题楷体，行距 30 磅。
    怎么改：按当地格式要求调整。
    来源：各地自评报告格式要求。
    误报风险：高，本规则不运行。
    """
    yield from ()


@rule("FM08", Severity.NOTE, source="同一张表内比率的写法应一致")
def percent_written_in_several_ways(case: Case) -> Iterator[Found]:
    """同一张表里，比率有的写成百分数，有的写成小数或“百分之几”。

    为什么：0.95 与 95% 混写，容易被当成 0.95% 或 0.95 个，得分就算错了。
    不合格：指标值“≥95%”，完成值“0.97”；一行写“98%”，另一行写“百分之九十八”。
    合格：都写成百分数；系数、单价本来就是小数。
    怎么改：统一写成百分数。
    来源：同一张表内比率的写法应一致。
    误报风险：高，只作提示。
    """
    for row in case.table_rows:
        target, actual = row.indicator.target, row.indicator.actual
        if actual is not None and ("." in actual.text or "百分之" in actual.text):
            says = _mixed(row.label, tidy(target.text) if target else "", tidy(actual.text))
            if says and any(_in_percent(other) for other in case.rows_by_paper[row.paper]):
                yield Found(row.path("actual"), says, row.paper, quoted=actual.text, key="percent")


def _in_percent(row: Row) -> bool:
    return row.indicator.target is not None and "%" in tidy(row.indicator.target.text)


def _mixed(label: str, target: str, actual: str) -> str:
    if "%" in target and _SHARE.fullmatch(actual):
        return f"{label}的指标值是“{target}”，完成值却写成小数“{actual}”。改法：统一写成百分数。"
    if _SPELT.search(actual):
        return f"{label}的完成值写成“{actual}”，同表其他行写百分数。改法：统一写成百分数。"
    return ""


@rule("FM09", Severity.WARNING, source="转换、粘贴后应核对，不留排版记号和出错值")
def markup_left_behind(case: Case) -> Iterator[Found]:
    """文字里留有网页、排版软件的记号，或表格软件的出错值、乱码。

    为什么：出错值和乱码处本来应有的数或字丢了；记号影响阅读和读表。
    不合格：完成率一格是“#DIV/0!”；“改善&nbsp;灌溉条件”；“≥95%”写成反斜杠加 geq。
    合格：文件名、网址里的下划线；书名号、引号。
    怎么改：补上应有的数或字，删去记号。
    来源：转换、粘贴后应核对。
    误报风险：低，只是记号的作提示。
    """
    if case.words.isdisjoint(_LISTS):
        return
    found: dict[tuple[int, str], list[_Left]] = defaultdict(list)
    for left in _all_left(case):
        found[left.paper, left.mark].append(left)
    for (paper, mark), places in found.items():
        first, more = places[0], f"等 {len(places)} 处" if len(places) > 1 else ""
        lost = mark in _WORDS["broken"]
        what = "出错值或乱码" if lost else "排版记号"
        remedy = "补上应有的数或字" if lost else "删去记号，核对这一处的数"
        says = f"{first.at}“{clipped(first.text, 30)}”{more}留有{what}“{mark}”。改法：{remedy}。"
        origin, severity = (Origin.AUTHOR, None) if lost else (Origin.LAYOUT, Severity.NOTE)
        yield Found(first.where, says, paper, severity, origin, quoted=first.text[:60], key=mark)


_LISTS = frozenset({"presentation.markup", "presentation.broken"})


@dataclass(frozen=True, slots=True)
class _Left:
    """A mark that was left behind: where, in what words, and which."""

    paper: int
    where: FieldPath
    at: str
    text: str
    mark: str


def _all_left(case: Case) -> Iterator[_Left]:
    for row in case.table_rows:
        for where, words, text in _cells(row):
            mark = "" if words.isdisjoint(_LISTS) else _mark(tidy(text))
            if mark:
                yield _Left(row.paper, row.path(where), f"{row.label}一行", text, mark)
    for sentence in case.sentences:
        mark = "" if sentence.words.isdisjoint(_LISTS) else _mark(sentence.plain)
        if mark:
            yield _Left(sentence.passage.paper, sentence.passage.where, "文中", sentence.text, mark)


def _cells(row: Row) -> Iterator[tuple[str, frozenset[str], str]]:
    i = row.indicator
    yield "level3", row.name_words, row.name
    yield "target", row.target_words, i.target.text if i.target else ""
    yield "actual", row.actual_words, i.actual.text if i.actual else ""


def _mark(plain: str) -> str:
    """Return the mark in a text; two stars are one only round words, for ≥**人 hides a number."""
    found = next((w for key in ("broken", "markup") for w in _WORDS[key] if w in plain), "")
    return found if found != "**" or _BOLD.search(plain) else ""
