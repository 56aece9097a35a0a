"""XD02: projects, indicators and documents called by several names in one filing (表与报告之间)."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from jixiao.audit.across.cells import called
from jixiao.audit.binding.names import project_core, shared_pairs
from jixiao.audit.prose import Sentence
from jixiao.audit.rule import Case, Found, rule
from jixiao.expressions import expression
from jixiao.model.claims import Report
from jixiao.model.evaluation import Evaluation
from jixiao.model.figure import tidy
from jixiao.model.finding import FieldPath, Severity

_TITLE = expression(
    r"《([^《》]{8,70})》(?:[(（]?([^《》()（），,。；;、]{0,14}[〔\[【(（](?:19|20)\d\d[〕\]】)）]第?\d*号?)?)?"
)
_NUMBERS = expression(r"\d+")
# Words that make another document of two titles that are else alike: years, places, kinds of documents.
_MEANT = expression(
    r"[\d一二三四五六七八九十年月批期第上下前后省市县区镇乡州村部局厅委院办]|规定|办法|细则|通知|意见|方案|条例|规程|规划|标准|暂行|试行|"
    r"修订|补充|印发|转发|中央|国家|国务|财政|绩效|资金|预算|管理|评价|监督|目标|收入|支出|采购|项目|工作|建设"
)
_TITLES_ALIKE, _SLIP = 85, 5
_SET_UP = expression(
    r"(?:申请设立|申请立项|决定设立|设立了|立项实施)(?:了)?(?:“)?([^“”，。；、《》\d]{6,60}?项目)(?!管理|资金|库|绩效|申报|建设期)"
)
_UNLIKE, _HALF = 34, 50
# What a unit says that it runs in the year itself, where it tells what its project is.
_ABOUT = expression(r"概况|背景|依据|立项|基本情况|简介")
_RUN = expression(
    r"(?:我[局会委镇乡办院校站所]|本局|我单位|本单位|我中心)(?:负责|具体|统一|牵头)?(?:组织实施|负责实施|实施|承担|申报)了?20\d\d年度?"
    r"(?:的)?(?:“)?([^，,。；;、“”《》\d]{6,40}?(?:项目|工程))(?:”)?(?=[。，,；;]|$)"
)
_PART = expression(r"等(?:项目|工程|\d+个)|包括|分为|子项目|一批|配套|主要(?:内容|是)|同步|另外|此外|还")
_NAMES_APART, _SHORTEST = 60, 4
_HEAD = r"[㐀-鿿]{2}"
_KINDS = r"(?:补助|补贴|津贴|奖励|保险|慰问)"
_PAID = expression(rf"({_HEAD})({_KINDS})")
_OFTEN = 2
_SUFFIX = expression(r"(?:维修|建设|采购|工作|运行|专项)?(?:费用|经费|项目|资金|工程)$")


@rule("XD02", Severity.WARNING, source="项目名称、指标名称、依据文件名称在各处应一致")
def one_thing_has_several_names(case: Case) -> Iterator[Found]:
    """项目、指标或依据文件在各处名称不一。

    为什么：名称不同，读者不能确定说的是不是同一个项目、同一份文件。
    不合格：表中列“交通补助”，报告各处写“通讯补助”；背景写“我局组织实施2023年灌区改造工程”，被评价的是“机井维修项目”；
    依据前写《关于加强河道管护队伍建设的实施意见》，后写《关于加强河道管护队伍建设实施意见》。
    合格：“农村供水维修”与“2023年农村供水维修项目”；《2022年实施方案》与《2023年实施方案》是两份文件。
    怎么改：以批复和文件原名为准，各处统一。
    来源：自评材料应前后一致。
    误报风险：中。只差年度、括号、“项目”“经费”等后缀的不看；文件名只看个别字不同的。
    """
    yield from _projects(case)
    yield from _described(case)
    yield from _titles(case)
    yield from _paid_items(case)
    yield from _samples(case)


def _projects(case: Case) -> Iterator[Found]:
    """Compare the project's name in every paper with the one of the filing's table."""
    if case.main_table is None or len(case.filing.readings) == 1:
        return
    main, table = case.main_table
    own = table.project.name
    core = project_core(own or "")
    for at, reading in enumerate(case.filing.readings):
        other = reading.record.project.name if isinstance(reading.record, Evaluation | Report) else None
        theirs = project_core(other or "")
        if at == main or not core or len(theirs) < _SHORTEST or core in theirs or theirs in core:
            continue
        apart = "像是两个项目" if fuzz.ratio(core, theirs) < _NAMES_APART else "个别字不同"
        says = (
            f"{called(case, at)}的项目名称是“{other}”，{called(case, main)}是“{own}”，{apart}。"
            "改法：以批复的项目名称为准，各处统一。"
        )
        yield Found("project.name", says, at, quoted=other or "", printed=other, computed=own, key="project")


def _described(case: Case) -> Iterator[Found]:
    """Tell of a project that the text says was set up, or is run, and that shares little with the one evaluated."""
    projects = [t.project for _, t in case.tables] + [r.project for _, r in case.reports]
    names = [name for project in projects if (name := project_core(project.name or ""))]
    if not names:
        return
    for said in case.told("across.set_up"):
        for m in _SET_UP.finditer(said.plain):
            if _is_other(names, m[1], _UNLIKE):
                yield _other_project(said, m[1], "申请设立", names[0])
    for said in case.told("across.run_by_us"):
        yield from _run(said, names)
    yield from _introduced(case, names)


def _run(said: Sentence, names: list[str]) -> Iterator[Found]:
    """Yield a project that the unit says it runs in a year, where the report tells what its project is."""
    own, named = said.passage.text, _ABOUT.search(said.passage.title)
    if (
        not said.passage.in_report
        or not named
        or _PART.search(said.plain)
        or any(name in own for name in names)
    ):
        return
    for m in _RUN.finditer(said.plain):
        if _is_other(names, m[1], _HALF):
            yield _other_project(said, m[1], "实施", names[0])


# 农家书屋更新项目是县级惠民项目: the first words of the part that says what the project is.
_INTRODUCED = expression(
    r"^(?:20\d\d年度?|[（(]?[一1][)）、.．])?(?:“|《)?(?P<name>[\u4e00-\u9fff]{4,30}项目)(?:”|》)?(?=是(?!否)|为|由|属于?|位于|总投资|建设地点|主要(?:内容|建设))"
)
_ANY = expression(
    r"^(?:该|本|此|我|其|上述|以上|整个|各|每|子|全部|所有|这)|等项目$|自评|绩效|评价|各项|多个|[一二三四五六七八九两]个|重点项目$|专项资金项目$|类项目$|跨年度项目$|延续性项目$|常年项目$"
)


def _introduced(case: Case, names: list[str]) -> Iterator[Found]:
    """Yield another project that a report introduces in the first sentence about its own."""
    for passage in case.passages:
        if not passage.in_report or not _ABOUT.search(passage.title) or not passage.sentences:
            continue
        said = passage.sentences[0]
        m = _INTRODUCED.search(said.plain)
        told = any(name in passage.text for name in names)
        if m is None or told or _ANY.search(m["name"]) or _shares_a_word(names, m["name"]):
            continue
        if _is_other(names, m["name"], _UNLIKE):
            yield _other_project(said, m["name"], "介绍", names[0])
            return


def _shares_a_word(names: list[str], told: str) -> bool:
    """Tell whether a name calls the project's own thing by its short name: 路灯安装项目 of 农村道路照明安装."""
    words = frozenset(project_core(told)[n : n + 2] for n in range(len(project_core(told)) - 1)) - _EVERYWHERE
    return any(word in name for word in words for name in names)


_EVERYWHERE = frozenset(
    {"项目", "建设", "工程", "农村", "乡村", "补助", "专项", "资金", "经费", "工作", "县级", "全县", "更新"}
)


def _is_other(names: list[str], told: str, most: int) -> bool:
    return all(shared_pairs(name, project_core(told)) < most for name in names)


def _other_project(said: Sentence, told: str, did: str, name: str) -> Found:
    says = (
        f"文中说{did}的是“{told}”，被评价的项目是“{name}”，名称不同。"
        "改法：说明两者的关系，或改用项目的规范名称。"
    )
    passage = said.passage
    return Found(passage.where, says, passage.paper, quoted=said.text, printed=told, key=told)


@dataclass(frozen=True, slots=True)
class Title:
    """A document's title as quoted, its number where one follows, and where it stands first."""

    title: str
    number: str
    paper: int
    where: FieldPath


def _titles(case: Case) -> Iterator[Found]:
    """Tell of titles that differ in a letter or two, and can hardly be two documents."""
    found: dict[str, Title] = {}
    for said in case.told("across.title"):
        for m in _TITLE.finditer(said.plain):
            number = "".join(_NUMBERS.findall(m[2] or ""))
            one = Title(m[1], number, said.passage.paper, said.passage.where)
            if m[1] not in found or (number and not found[m[1]].number):
                found[m[1]] = one
    seen: set[str] = set()
    for one, other in combinations(found.values(), 2):
        if other.title in seen or not _one_document(one, other):
            continue
        seen.add(other.title)
        says = f"同一份文件有两种写法：《{one.title}》和《{other.title}》。改法：以文件原名为准，各处统一。"
        yield Found(other.where, says, other.paper, quoted=f"《{other.title}》", printed=other.title,
                    computed=one.title, key=other.title)  # fmt: skip


def _one_document(one: Title, other: Title) -> bool:
    if one.number and other.number and one.number != other.number:
        return False
    if abs(len(one.title) - len(other.title)) > _SLIP or fuzz.ratio(one.title, other.title) < _TITLES_ALIKE:
        return False
    steps = [op for op in Levenshtein.opcodes(one.title, other.title) if op.tag != "equal"]
    pieces = [one.title[s.src_start : s.src_end] + other.title[s.dest_start : s.dest_end] for s in steps]
    return sum(max(s.src_end - s.src_start, s.dest_end - s.dest_start) for s in steps) <= _SLIP and not any(
        _MEANT.search(piece) for piece in pieces
    )


def _paid_items(case: Case) -> Iterator[Found]:
    """Tell of 交通补助 in the table where the report knows only 通讯补助, while both know 生活补助."""
    if case.main_table is None or not case.reports:
        return
    main, table = case.main_table
    rows = {n: "".join(filter(None, (r.level3, r.level4))) for n, r in enumerate(table.indicators)}
    own = {m[0]: (n, m[2]) for n, name in rows.items() for m in _PAID.finditer(tidy(name))}
    if len(own) < _OFTEN:
        return
    text = "".join(said.plain for said in case.told("across.paid") if said.passage.in_report)
    told = Counter(m[0] for m in _PAID.finditer(text))
    for item, (n, kind) in own.items():
        shared = [other for other in own if other != item and other.endswith(kind) and told[other]]
        strange = [w for w, times in told.items() if w.endswith(kind) and times >= _OFTEN and w not in own]
        if item not in text and shared and len(strange) == 1:
            says = (
                f"表中列“{item}”，报告没有提到，各处写“{strange[0]}”（{told[strange[0]]} 处）；“{shared[0]}”两处都有。"
                "改法：核对项目内容，名称改为一致。"
            )
            yield Found(
                f"indicators.{n}.level3", says, main, quoted=item, printed=item, computed=strange[0], key=item
            )


def _samples(case: Case) -> Iterator[Found]:
    """Tell of a sampled project that the text goes on to call by another last word (维修费用, 维修项目)."""
    for at, report in case.department_reports:
        text = [s.plain for p in case.passages if p.paper == at for s in p.sentences]
        for n, sample in enumerate(report.samples):
            other = _other_ending(tidy(sample.project), text)
            if other:
                says = f"抽查项目“{sample.project}”在后文写作“{other}”。改法：统一用批复的项目名称。"
                yield Found(f"samples.{n}", says, at, Severity.NOTE, quoted=other, key=sample.project)


def _other_ending(name: str, text: list[str]) -> str:
    ending = re.search(r"(费用|经费|项目|资金|工程)$", name)
    stem = name[: ending.start()] if ending else name
    if ending is None or len(stem) < _OFTEN * _OFTEN:
        return ""
    for said in text:
        rest = said.replace(name, "") if stem in said else ""
        m = re.search(rf"{re.escape(stem)}(费用|经费|项目|资金|工程)(?!资金|经费)", rest) if rest else None
        if m is not None and m[1] != ending[1]:
            return m[0]
    return ""
