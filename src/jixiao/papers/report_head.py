"""What a report says of itself.

Title, project, unit, year. From labels, the title, the letterhead and the signature.

A title names the project between the unit and the words 绩效…报告; a paper that gives only
项目支出绩效自评报告 names none.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from jixiao.layout import Doubt, Place
from jixiao.model.claims import Claim
from jixiao.model.evaluation import Project
from jixiao.model.figure import Unit
from jixiao.papers.claims_found import plain
from jixiao.papers.narrative import Narrative, Paragraph

ORGAN = (
    r"(?:人民政府|政府|办公室|委员会|联合会|管理局|办事处|局|厅|医院|学院|大学|中学|小学|幼儿园|"
    r"学校|中心|[县市区镇乡省州]委|党校|法院|检察院|研究院|研究所|"
    r"监狱|公司|支队|大队|总队|协会|学会|总工会|妇联|残联|工商联|科协|文联|红十字会|政协|人大|站|"
    r"馆|所|部|院|委|办|街道|镇|乡)"
)
_ORGAN = re.compile(rf"[^\W\d_（）()]{{2,28}}{ORGAN}(?:[（(][^）)]{{1,10}}[）)])?")
_LABELS = {
    "name": r"项目名称(?:及编码)?|评价项目(?:名称)?|专项名称|项\s*目\s*名\s*称",
    "department": r"(?:预算)?主管部门|主管单位|预算部门",
    "unit": (
        r"(?:项目)?(?:实施|承担|执行|使用|自评|填报|申报|评价|被评价|项目|预算部门|预算)单位|单位名称|"
        r"(?:部门|预算单位)(?:[（(]单位[）)])?名称|实施部门"
    ),
    "year": r"(?:评价|自评|预算|项目|所属)年度|年\s*度",
    "date": r"(?:填报|填表|报告|报送|编制)(?:日期|时间)",
}
_LABEL = re.compile(
    r"\s*(?:"
    + "|".join(f"(?P<{k}>{v})" for k, v in _LABELS.items())
    + r")\s*(?:[（(][^）)]{1,10}[）)])?\s*[:：]\s*(?P<value>.*)"
)
_YEAR = re.compile(r"(20\d\d)\s*(?:年度|年|学年)")
_REPORT = re.compile(r"(?:报告(?:书)?|自评总结|自评情况说明)\s*(?:[（(][^）)]{1,14}[）)])?\s*$")
_TAIL = re.compile(
    r"(?:的)?(?:(?:项目|专项资金|专项|部门整体|整体|资金|财政)?支出)?(?:的)?(?:预算|"
    r"支出)?绩效(?:自查|目标|完成|运行|管理|工作|单位|部门|自我|自评价?|评价|评估|复评)*"
    r"(?:工作|情况|结果|完成|总结|的|单位|部门|自评|评价|分析)*(?:报告(?:书)?|总结|说明)(?:[（(][^）)]{1,14}[）)])?$"
    r"|(?:的)?(?:(?:项目)?支出)?(?:部门|财政)评价报告$|(?:的)?(?:自评|评价|自我评价|自查)(?:工作|情况|总结|结果|的)*报告(?:书)?$"
)
_NO_NAME = re.compile(
    r"(?:[^\W\d]{2,10}[县市区镇乡](?:本级)?(?=20))?(?:20\d\d年(?:度)?)?(?:[上下]半年)?(?:项目|"
    r"专项资金|部门|单位|财政|预算|支出|重点|本级|县级|市级|整体|年度)*"
)
_SKIP = re.compile(r"附件?\s*[\d一二三四五]*\s*[:：]?|第?\s*\d+\s*页?")
FRONT_MAX = 14


@dataclass(frozen=True, slots=True)
class ReportHead:
    """The head of a report: its project, year and title, with a place for each field that was found."""

    project: Project = Project()
    year: int | None = None
    title: str | None = None
    places: Mapping[str, Place] = field(default_factory=dict)
    doubts: tuple[Doubt, ...] = ()


def close(text: str) -> str:
    """Return a title's text without the white space that line breaks left, spaces beside digits kept."""
    return re.sub(r"(?<![\dA-Za-z])\s+(?![\dA-Za-z])", "", text.strip())


def labelled(front: tuple[Paragraph, ...]) -> dict[str, tuple[str, Place]]:
    """Return the values that labels introduce (项目名称：…), an empty value left out."""
    found: dict[str, tuple[str, Place]] = {}
    for paragraph in front:
        match = _LABEL.fullmatch(paragraph.text)
        if match is None or not match.group("value").strip():
            continue
        name = next(k for k in _LABELS if match.group(k))
        value = match.group("value").strip()
        found.setdefault(
            name, (value, paragraph.place(match.start("value"), match.start("value") + len(value)))
        )
    return found


def is_title(text: str) -> bool:
    """Tell whether a line ends a report's title."""
    return bool(_REPORT.search(text)) and len(text) <= 90 and "。" not in text and _LABEL.match(text) is None


def title_of(front: tuple[Paragraph, ...]) -> tuple[str, Place] | None:
    """Return the report's title, its lines put together; of two titles the one that names more."""
    best: tuple[str, Place] | None = None
    for k, paragraph in enumerate(front[:FRONT_MAX]):
        if not is_title(paragraph.text):
            continue
        first = k
        while first and _continues(front[first - 1].text, front[first].text):
            first -= 1
        title = close("".join(p.text for p in front[first : k + 1]))
        if best is None or len(core_of(title)) > len(core_of(best[0])):
            best = title, front[first].place()
    return best


def _continues(above: str, below: str) -> bool:
    """Tell whether `above` is an earlier line of the title that goes on `below`."""
    text = close(above)
    if (
        is_title(above)
        or _SKIP.fullmatch(text)
        or _LABEL.match(above)
        or len(text) > 60
        or re.search(r"[。：:；]", text)
    ):
        return False
    lone_organ = _ORGAN.fullmatch(text) is not None and not text.startswith("关于")
    starts = close(below).startswith(("关于", "20")) or _ORGAN.match(close(below))
    return not (lone_organ and starts) and not re.fullmatch(r"[\d\s年月日.-]+", text)


def core_of(title: str) -> str:
    """Return what a title says besides 绩效…报告: unit, year and project."""
    return _TAIL.sub("", title)


def split_title(title: str) -> tuple[str | None, str | None]:
    """Return unit and project of a title, None for what it doesn't name."""
    core = core_of(title)
    about = re.match(
        rf"(?P<unit>[^\W\d_]{{3,28}}{ORGAN})?关于(?:开展|报送|上报|印发|呈报|对)?(?P<rest>.+)", core
    )
    unit = about.group("unit") if about else None
    rest = about.group("rest") if about else core
    led = re.match(rf"(?P<unit>[^\W\d_]{{2,28}}{ORGAN})(?=20\d\d\s*年)", rest)
    if led:
        unit, rest = led.group("unit"), rest[led.end() :]
    elif _ORGAN.fullmatch(re.sub(r"^20\d\d\s*年度?", "", rest)):
        return re.sub(r"^20\d\d\s*年度?", "", rest), None
    rest = rest.strip("《》“”\"' ")
    return unit, None if _NO_NAME.fullmatch(rest.replace(" ", "")) else rest


def year_of(
    narrative: Narrative, title: str | None, labels: Mapping[str, tuple[str, Place]]
) -> tuple[int | None, tuple[Doubt, ...]]:
    """Return the year that the report is about.

    Its label, its title, else the 年度 that the text names most.
    """
    for text in (
        labels.get("year", ("", None))[0],
        title or "",
        *(p.text for p in narrative.front[:FRONT_MAX] if _only_year(p.text)),
    ):
        found = _YEAR.search(text) or re.fullmatch(r"\s*(20\d\d)\s*", text)
        if found:
            return int(found.group(1)), ()
    named = Counter(
        y for p in narrative.paragraphs for y in re.findall(r"(20\d\d)\s*年度", p.text)
    ).most_common(2)
    if not named:
        return None, ()
    if len(named) > 1 and named[0][1] == named[1][1]:
        years = f"{named[0][0]} 或 {named[1][0]}"
        return None, (
            Doubt(
                narrative.paragraphs[0].place(),
                "标题没有写明年度，正文中两个年度出现次数相同",
                None,
                years,
                "year",
            ),
        )
    return int(named[0][0]), ()


def _only_year(text: str) -> bool:
    return re.fullmatch(r"\s*[（(]?\s*20\d\d\s*年度?\s*[)）]?\s*", text) is not None


def unit_of(narrative: Narrative, title_unit: str | None, name: str | None) -> tuple[str, Place] | None:
    """Return the reporting unit from title, letterhead.

    Signature or the body's words before year and project name.
    """
    where = narrative.front[0].place() if narrative.front else narrative.paragraphs[0].place()
    if title_unit:
        return title_unit, where
    for paragraph in (*narrative.front[:4], *narrative.tail):
        text = close(paragraph.text)
        if _ORGAN.fullmatch(text) and not is_title(text):
            return text, paragraph.place()
    core = re.sub(r"\s|项目$|^20\d\d年度?", "", name or "")
    if len(core) < 4:
        return None
    pattern = re.compile(
        rf"(?:^|[，。；：、“（(,;:])(?P<unit>[^\W\d_]{{3,28}}?{ORGAN})(?:20\d\d年度?)?{re.escape(core)}"
    )
    for paragraph in narrative.paragraphs:
        body = plain(paragraph)
        found = pattern.search(body.text)
        if found:
            return found.group("unit"), body.place(found.start("unit"), found.end("unit"))
    return None


def report_head(narrative: Narrative) -> ReportHead:
    """Return the head of a report. Never raises: what isn't said stays None."""
    if not narrative.paragraphs:
        return ReportHead()
    front = narrative.front or narrative.paragraphs[:1]
    labels, title = labelled((*front, *narrative.tail)), title_of(front)
    title_unit, title_name = split_title(title[0]) if title else (None, None)
    places = {f"project.{k}": labels[k][1] for k in ("name", "department", "unit") if k in labels}
    if title:
        places["title"] = title[1]
    if title and title_name:
        places.setdefault("project.name", title[1])
    name = labels["name"][0] if "name" in labels else title_name
    unit = labels.get("unit") or unit_of(narrative, title_unit, name)
    if unit:
        places["project.unit"] = unit[1]
    year, doubts = year_of(narrative, title[0] if title else None, labels)
    project = Project(
        name, None, labels["department"][0] if "department" in labels else None, unit[0] if unit else None
    )
    return ReportHead(project, year, title[0] if title else None, places, doubts)


def funds_unit(claims: tuple[tuple[Claim, Place], ...]) -> Unit | None:
    """Return the unit of all amounts of budget and spending, None when they differ or there are none."""
    kinds = ("initial", "budget", "received", "executed", "surplus")
    units = {c.figure.unit for c, _ in claims if c.what in kinds and c.figure.unit is not None}
    return units.pop() if len(units) == 1 else None
