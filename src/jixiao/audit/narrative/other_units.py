"""NA07: another county's unit in a report, as copying leaves it (报告文字)."""

import re
from collections.abc import Iterator

from jixiao.audit.rule import Case, Found, rule
from jixiao.expressions import expression
from jixiao.model.claims import DepartmentReport, Report
from jixiao.model.evaluation import Evaluation
from jixiao.model.figure import tidy
from jixiao.model.finding import FieldPath, Severity

_UNIT = expression(
    r"(?:[\d\-—\[\]【】]*)(?P<place>[一-鿿]{2,8}?)(?P<kind>县|市|区|镇|乡|街道)(?P<body>[一-鿿]{3,14})"
)
_NO_PLACE = frozenset("各全我该本市州省区及和与由对向在的为县级、每到给各个等外")
# What a unit does for its own project, right after its name.
_OWN_WORK = (
    r"(?:严格执行|严格按照|严格遵守|高度重视|成立了?|制定了?|出台了?|印发了?|建立了?|建立健全|认真|积极|组织实施|组织开展|实行|"
    r"项目资金|部门整体|绩效自评|自评得分|对(?:该|本)?项目|负责(?:该|本)?项目|按照|根据|结合|坚持|切实|专人|指定|始终|加强|开展了?(?:绩效)?自评|领导|委托|通过)"
)
_COUNTY = expression(
    rf"(?P<place>[一-鿿]{{2}})(?P<kind>县|区)(?P<body>[一-鿿]{{1,12}}?(?:局|委员会|办公室|中心|委|政府))(?={_OWN_WORK})"
)
_NO_COUNTY = expression(
    r"所在|贫困|试点|示范|项目|其他|其它|兄弟|周边|相关|有关|部分|受援|对口|脱贫|重点|农业|牧业|人口|管辖|下辖|辖|本|全|我|该|各|到|在|由|向|与|和|及|"
    r"经|报|受|请|对|从|开发|新|园|景|社|片|库|灌|校|郊|林|矿|厂|院|病|小|地|老|学|街|自治|高新|经济|保税|合作|工业|产业|示|游|护|集聚"
)
_COUNTIES = frozenset("县区")
_TOGETHER = expression(
    r"协作|帮扶|对口|学习|考察|借鉴|联合|移交|会同|来自|毗邻|兄弟|邻|代建|委托|合作|共同|协同|配合|划转|援"
)


@rule("NA07", Severity.WARNING, source="自评材料应写本单位的情况")
def another_unit_named(case: Case) -> Iterator[Found]:
    """文中出现别的县（镇）同名单位，像是照抄别处的材料。

    为什么：照抄来的文字，情况和数字都不是本单位的。
    不合格：青禾县水利局的报告里写“白石县水利局成立领导小组”“白石县水务局严格执行会计制度”；
    题名是青禾县的项目，落款是“白石县水利局”。
    合格：“与白石县水利局联合检查”；上级“云州市水利局”；书名号里的文件名。
    怎么改：改为本单位名称，并核对这一段的事实和数字。
    来源：复核通行办法：报告内容与单位实际一致。
    误报风险：低，只比较同一级、同一职能的单位；职能不同的，只看写成本项目在管的县、区单位。
    """
    for paper, reading in enumerate(case.filing.readings):
        project = getattr(reading.record, "project", None)
        named = (project.unit or project.department) if project else getattr(reading.record, "unit", None)
        table = case.evaluation.project if case.evaluation is not None else None
        named = named or (table.unit or table.department if table is not None else None)
        own = _UNIT.match(tidy(named)) if named else None
        if own:
            yield from _others(case, paper, own)
            yield from _bare_others(case, paper, own)
            if own["kind"] in _COUNTIES:
                yield from _counties(case, paper, own)
    yield from _signed_by_another(case)


_TITLED = expression(r"^(?:[一-鿿]{2,8}?[省市州盟])?(?P<place>[一-鿿]{2,4}?)(?P<kind>县|旗|镇|乡|街道)")
_SIGNATORY = expression(
    _TITLED.pattern
    + r"[一-鿿]{0,14}(?:局|委员会|政府|办公室|中心|委|院|站|所|学校|馆|办事处)(?:[（(](?:盖章|公章|章)[)）])?$"
)


def _signed_by_another(case: Case) -> Iterator[Found]:
    """Yield the reports on one county's project that another county's unit signs, which they name nowhere else."""
    signed: list[tuple[int, Report | DepartmentReport]] = [*case.reports, *case.department_reports]
    for paper, report in signed:
        titled = _TITLED.match(tidy(report.title or ""))
        passages = (tidy(f"{p.title}{p.text}") for p in case.passages if p.paper == paper)
        body = "".join((tidy(report.title or ""), *passages)) if titled else ""
        for line in report.closing if titled else ():
            m = _SIGNATORY.search(
                re.sub(r"\s|^(?:填报|评价|实施|主管)?(?:单位|部门)[^：:]{0,6}[：:]", "", line)
            )
            if m is None or titled is None or m["kind"] != titled["kind"] or _is_same_place(m, titled):
                continue
            if f"{m['place']}{m['kind']}" not in body:
                says = (
                    f"题名写的是{titled[0]}，落款是“{m[0]}”。改法：改为本单位，核对全文是否照抄别处的材料。"
                )
                yield Found("closing", says, paper, quoted=line.strip(), key="signed")


def _is_same_place(one: re.Match[str], other: re.Match[str]) -> bool:
    """Tell whether two names of places may be one's long and short one: 马边彝族自治县, 马边县."""
    first, second = one["place"], other["place"]
    return first[:2] == second[:2] or first.endswith(second[-2:]) or second.endswith(first[-2:])


def _others(case: Case, paper: int, own: re.Match[str]) -> Iterator[Found]:
    same = expression(f"([一-鿿]{{2}}){own['kind']}{own['body']}")
    seen: set[str] = set()
    for passage in case.passages:
        if passage.paper != paper or own["body"] not in passage.text:
            continue
        for sentence in passage.sentences:
            m = same.search(sentence.plain)
            if m and m[0] not in seen and _is_other(m, own, sentence.plain):
                seen.add(m[0])
                yield _told(passage.where, paper, own, m[0], sentence.text)


def _counties(case: Case, paper: int, own: re.Match[str]) -> Iterator[Found]:
    """Yield another county's unit that is said to do the work of this very project."""
    known = _units_named(case)
    seen: set[str] = set()
    for sentence in case.told("narrative.own_work"):
        passage = sentence.passage
        m = _COUNTY.search(sentence.plain) if passage.paper == paper and passage.in_report else None
        if m is None or m["body"] == own["body"] or m[0] in seen or m["place"] in known:
            continue
        if not _NO_COUNTY.search(m["place"]) and _is_other(m, own, sentence.plain):
            seen.add(m[0])
            yield _told(passage.where, paper, own, m[0], sentence.text)


_BARE = expression(
    r"(?:^|[，,。；;：:])(?:我)?(?P<kind>[县市区])(?P<body>[一-鿿]{2,12}?(?:局|委员会|联合会|中心|办公室))"
    r"(?=成立[^，。]{0,6}自评|部门整体|整体支出|绩效自评|自评得分)"
)
_LEADING = expression(r"财政|人大|审计|委办|政府办")


def _bare_others(case: Case, paper: int, own: re.Match[str]) -> Iterator[Found]:
    """Yield a unit of one's own county, another than one's own, that is said to evaluate itself in this very paper."""
    known = _units_named(case) + own[0]
    for sentence in case.sentences:
        m = (
            _BARE.search(sentence.plain)
            if sentence.passage.paper == paper and sentence.passage.in_report
            else None
        )
        if m is None or m["kind"] != own["kind"] or _LEADING.search(m["body"]) or m["body"] in known:
            continue
        if not own["body"].startswith(m["body"]) and not _TOGETHER.search(
            sentence.plain.replace(m["body"], "")
        ):
            yield _told(sentence.passage.where, paper, own, f"{m['kind']}{m['body']}", sentence.text)
            return


def _units_named(case: Case) -> str:
    """Return what the filing's papers call their projects, units and departments."""
    projects = [r.record.project for r in case.filing.readings if isinstance(r.record, Evaluation | Report)]
    return "".join(f"{p.name or ''}{p.unit or ''}{p.department or ''}" for p in projects)


def _told(where: FieldPath, paper: int, own: re.Match[str], other: str, quoted: str) -> Found:
    says = (
        f"本单位是{own[0].lstrip('0123456789-—[]【】')}，文中写的是“{other}”。"
        "改法：改为本单位，并核对这一段的情况和数字。"
    )
    return Found(where, says, paper, quoted=quoted, key=other)


def _is_other(m: re.Match[str], own: re.Match[str], plain: str) -> bool:
    ours = own["place"].endswith(m[1]) or m[1].endswith(own["place"][-2:]) or not _NO_PLACE.isdisjoint(m[1])
    titled = plain.rfind("《", 0, m.start()) > plain.rfind("》", 0, m.start())
    return not ours and not titled and not _TOGETHER.search(plain)
