"""What a report says of itself.

Title, project, unit, year. From labels, the title, the letterhead and the signature.

A title names the project between the unit and the words 绩效…报告; a paper that gives only
项目支出绩效自评报告 names none.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from jixiao.expressions import expression
from jixiao.layout import Doubt, Place
from jixiao.model.evaluation import Project
from jixiao.model.figure import Unit
from jixiao.model.statements import Claim
from jixiao.papers.prose.claims_found import plain
from jixiao.papers.prose.narrative import Narrative, Paragraph, numbered
from jixiao.papers.prose.subtitle import named_below

ORGAN = (
    r"(?:人民政府|政府|办公室|委员会|联合会|管理局|办事处|局|厅|医院|学院|大学|中学|小学|幼儿园|"
    r"学校|中心|[县市区镇乡省州]委|党校|法院|检察院|研究院|研究所|"
    r"监狱|公司|支队|大队|总队|协会|学会|总工会|妇联|残联|工商联|科协|文联|红十字会|政协|人大|站|"
    r"馆|所|部|院|委|办|街道|镇|乡)"
)
_ORGAN = expression(rf"[^\W\d_（）()]{{2,28}}{ORGAN}(?:[（(][^）)]{{1,10}}[）)])?")
_LABELS = {
    "name": r"项目名称(?:及编码)?|评价项目(?:名称)?|专项名称|项\s*目\s*名\s*称",
    "department": r"(?:预算|项目)?主管部门|主管单位|预算部门",
    "unit": (
        r"(?:项目)?(?:实施|承担|执行|使用|自评|填报|申报|评价|被评价|项目|预算部门|预算)单位|单位名称|"
        r"(?:部门|预算单位)(?:[（(]单位[）)])?名称|实施部门"
    ),
    "year": r"(?:评价|自评|预算|项目|所属)年度|年\s*度",
    "date": r"(?:填报|填表|报告|报送|编制)(?:日期|时间)",
}
_LABEL = expression(
    r"\s*(?:"
    + "|".join(f"(?P<{k}>{v})" for k, v in _LABELS.items())
    + r")\s*(?:[（(][^）)]{1,10}[）)])?\s*[:：]\s*(?P<value>.*)"
)
_SPACED = expression(
    rf"\s*(?:(?P<name>项目名称)|(?P<unit>项目(?:实施)?单位|实施单位|填报单位)|(?P<department>{_LABELS['department']}))"
    r"\s+(?P<value>[^\s：:。][^：:。]{1,38}?)\s*"
)
_CALLED = rf"(?:{'|'.join(_LABELS.values())})\s*(?:[（(][^）)]{{1,10}}[）)])?"
BLANK_LABEL = expression(
    rf"(?:^|(?<=\s))(?P<label>{_CALLED})\s*[:：][\s_＿]*(?:(?:20)?[\s_＿]*年[\s_＿]*月[\s_＿]*日\s*)?(?=$|{_CALLED}\s*[:：])"
)
# Who printed the form, above or below the title: that is no part of it and not the reporting unit.
_PRINTER = expression(rf"{ORGAN}\s*[（(]?(?:统一)?(?:印制|编制|监制|编印|印发|制)[)）]?$")
# An organ whose name ends where it says so; 中心, 院, 校, 所 may as well be part of what is built or bought.
_SURE_ORGAN = expression(
    r"(?P<unit>[^\W\d_]{2,10}?[省市县区州旗盟镇乡][^\W\d_]{0,12}?(?:人民政府|委员会办公室|委员会|办公室|街道办事处|联合会|总工会|"
    r"(?<![邮结布格])局)(?:[^\W\d_]{2,8}?(?:分局|管理中心|服务中心|大队|支队))?|"
    r"[^\W\d_]{2,10}?第[一二三四五六七八九十]{1,3}(?:高级|初级|实验)?(?:中学|小学|幼儿园|人民医院))(?P<name>[^\W\d_][^，,。]{3,})"
)
_YEAR = expression(r"(20\d\d)\s*(?:年度|年|学年)")
_REPORT = expression(r"(?:报告(?:书)?|自评总结|自评情况说明)\s*(?:[（(][^）)]{1,40}[）)])?\s*$")
_TAIL = expression(
    r"(?:的)?(?:(?:项目|专项资金|专项|部门整体|整体|资金|财政)?支出)?(?:的)?(?:预算|"
    r"支出)?绩效(?:自查|目标|完成|运行|管理|工作|单位|部门|自我|自评价?|评价|评估|复评)*"
    r"(?:工作|情况|结果|完成|总结|的|单位|部门|自评|评价|分析)*(?:报告(?:书)?|总结|说明)\s*(?:[（(][^）)]{1,40}[）)])?$"
    r"|(?:的)?(?:(?:项目)?支出)?(?:部门|财政)评价报告$|(?:的)?(?:自评|评价|自我评价|自查)(?:工作|情况|总结|结果|的)*报告(?:书)?$"
)
_NO_NAME = expression(
    r"(?:[^\W\d]{2,10}[省市州县区镇乡](?:本级)?(?=20|$|项目(?:支出)?$|财政|部门预算|预算))?(?:20\d\d年(?:度)?)?(?:[上下]半年)?(?:项目|"
    r"专项资金|部门|单位|财政|预算|支出|重点|本级|县级|市级|整体|年度)*"
)
_SKIP = expression(r"附件?\s*[\d一二三四五]*(?:[-—]\d+)?\s*[:：]?|第?\s*\d+\s*页?")
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


def _told_once(narrative: Narrative) -> dict[str, tuple[str, Place]]:
    """Return name, department and unit that the chapters print behind a label (1.项目名称：…); named twice, none."""
    found: dict[str, list[tuple[str, Place]]] = {}
    for paragraph in (p for part in narrative.parts for p in (part.head, *part.body)):
        number = numbered(paragraph.text)
        begin = number[2] if number else 0
        match = _LABEL.fullmatch(paragraph.text, begin)
        value = match.group("value").strip(" 。；;") if match else ""
        if match and 1 < len(value) <= _LONGEST_VALUE and not re.search(r"[。，,；;：:]", value):
            field = next(k for k in _LABELS if match.group(k))
            start = match.start("value")
            found.setdefault(field, []).append((value, paragraph.place(start, start + len(value))))
    named = {k: v for k, v in found.items() if k in ("name", "department", "unit")}
    return {k: v[0] for k, v in named.items() if len({text for text, _ in v}) == 1}


_LONGEST_VALUE = 50


def is_title(text: str) -> bool:
    """Tell whether a line ends a report's title."""
    return bool(_REPORT.search(text)) and len(text) <= 90 and "。" not in text and _LABEL.match(text) is None


def _spaced(front: tuple[Paragraph, ...]) -> dict[str, tuple[str, Place]]:
    """Return the values that stand beside a label with only white space between: 项目单位  青禾县水利局."""
    found: dict[str, tuple[str, Place]] = {}
    for paragraph in front:
        match = _SPACED.fullmatch(paragraph.text)
        if match is not None:
            name = next(k for k in ("name", "unit", "department") if match.group(k))
            start, end = match.span("value")
            found.setdefault(name, (match.group("value"), paragraph.place(start, end)))
    return found


def label_of(text: str) -> str | None:
    """Return the field that a line's label names (unit, date, …), None where it has no label."""
    found = _LABEL.match(text)
    return next((k for k in _LABELS if found.group(k)), None) if found else None


def is_printer(text: str) -> bool:
    """Tell whether a line says who printed the form: 青禾县财政局（制）."""
    return _PRINTER.search(text.rstrip()) is not None


def is_organ(text: str) -> bool:
    """Tell whether a line is a unit's name and nothing else, and not that of the form's printer."""
    return _ORGAN.fullmatch(text) is not None and not is_printer(text)


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


# A short heading of the page above a title that is whole without it: 绩效管理, 政务公开.
_BANNER = expression(r"(?!.*(?:关于|项目|经费|资金|工程|[省市县区州镇乡局委院校办厅]))[^\W\d_]{2,8}")
_PLACED = expression(r"[^\W\d_]{2,6}?[省市县区州旗]")


def _continues(above: str, below: str) -> bool:
    """Tell whether `above` is an earlier line of the title that goes on `below`."""
    text = close(above)
    if (
        is_title(above)
        or _SKIP.fullmatch(text)
        or _LABEL.match(above)
        or is_printer(text)
        or len(text) > 60
        or re.search(r"[。：:；]", text)
    ):
        return False
    lone_organ = _ORGAN.fullmatch(text) is not None and not text.startswith("关于")
    starts = close(below).startswith(("关于", "20")) or _ORGAN.match(close(below))
    if _BANNER.fullmatch(text) and (_PLACED.match(close(below)) or starts) and core_of(close(below)):
        return False
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
    elif unit is None and (sure := _SURE_ORGAN.match(rest)):
        unit, rest = sure.group("unit"), sure.group("name")
    rest = rest.strip("《》“”\"' ")
    return unit, None if _NO_NAME.fullmatch(rest.replace(" ", "")) else rest


def without_unit(name: str | None, unit: str) -> str | None:
    """Return a project's name without the unit that a title prints right before it: 青禾县医院|设备购置项目."""
    plain = re.sub(r"[（(].*?[)）]|\s", "", unit)
    rest = (name or "").removeprefix(plain)
    return rest if len(plain) >= _SHORTEST and len(core_of(rest)) >= _SHORTEST else name


_SHORTEST = 4


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
        return _only_year_told(narrative)
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


def _only_year_told(narrative: Narrative) -> tuple[int | None, tuple[Doubt, ...]]:
    """Return the year that the text names again and again without 年度, where it names no other."""
    named = Counter(y for p in narrative.paragraphs for y in re.findall(r"(20\d\d)\s*年", p.text))
    if len(named) != 1 or named.total() < _AGAIN:
        return None, ()
    year = next(iter(named))
    why = "标题和正文都没有写明年度，按正文中唯一出现的年份读"
    return int(year), (Doubt(narrative.paragraphs[0].place(), why, year, None, "year"),)


_AGAIN = 2


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
        if is_organ(text) and not is_title(text):
            return text, paragraph.place()
    core = re.sub(r"\s|项目$|^20\d\d年度?", "", name or "")
    if len(core) < 4:
        return None
    pattern = expression(
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
    labels, title = _spaced(front) | labelled((*front, *narrative.tail)), title_of(front)
    title_unit, title_name = split_title(title[0]) if title else (None, None)
    below = named_below(front, title[0]) if title and title_name is None else None
    labels = _told_once(narrative) | ({"name": below} if below else {}) | labels
    places = {f"project.{k}": labels[k][1] for k in ("name", "department", "unit") if k in labels}
    if title:
        places["title"] = title[1]
    if title and title_name:
        places.setdefault("project.name", title[1])
    name = labels["name"][0] if "name" in labels else title_name
    unit = labels.get("unit") or unit_of(narrative, title_unit, name)
    if unit:
        places["project.unit"] = unit[1]
    if unit and name == title_name:
        name = without_unit(name, unit[0])
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
