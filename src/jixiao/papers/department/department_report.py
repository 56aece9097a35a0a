"""部门绩效自评工作报告: a department's account of all its self-evaluations in a year.

Counts stand in department_counts; here are the unit, the overall money, the spot-checked projects with their
amounts, and
the names of the projects that the report lists as deviating.
"""

import re
from collections import Counter
from decimal import Decimal
from fractions import Fraction

from jixiao.expressions import expression
from jixiao.layout import Block, Doubt, Place
from jixiao.model.claims import DepartmentReport, Sample
from jixiao.model.figure import Figure, half_up
from jixiao.model.reading import Kind, Reading
from jixiao.model.statements import Claim
from jixiao.papers.department.department_counts import Counts, counts
from jixiao.papers.department.project_names import listed_names, sampled_names
from jixiao.papers.prose.claims_found import Plain, claims, plain
from jixiao.papers.prose.narrative import Narrative, narrate, section_places, sections
from jixiao.papers.prose.report_head import report_head
from jixiao.papers.reports.report_opening import opening_of
from jixiao.papers.reports.report_tail import signature_of
from jixiao.papers.reports.selfeval_report import first_place, titled

_TITLE = expression(
    r"部门[^。；：:]{0,20}(?:自评|自我评价)[^。；：:]{0,12}(?:报告|总结)|(?:自评|绩效评价)工作(?:情况)?(?:的)?(?:总结)?报告|"
    r"绩效自评(?:工作)?总结(?:报告)?|(?:部门|单位)整体[^。；]{0,20}报告|部门[^。；：:]{0,8}绩效评价工作[^。；]{0,6}报告"
)
ONE_PROJECT = expression(
    r"^(?!.*(?:部门|整体)).*(?:经费|补助|补贴|工程|专项资金)(?:项目)?(?:支出)?(?:的)?(?:绩效)?(?:自评|自我评价)工作"
)
# One project's report may say whose money it is: 部门预算项目支出绩效自评报告.
_OF_PROJECT = expression(r"部门预算(?:专项)?项目(?:支出)?绩效(?:自评价?|自我评价)报告")
_OWN = expression(r"我(镇|乡|县|市|区|局|委|办|院|校|街道|中心|厅|处|站|所|馆|队|部)(?!里)")
_COUNTED = expression(r"(\d{1,4})个(?:预算|支出|自评|重点)*项目")
_ITEM = expression(r"项目[一二三四五六七八九十]{1,2}(?=[^\W\d])")


def looks_like(blocks: tuple[Block, ...]) -> bool:
    """Tell whether these blocks begin a department's report: its title stands among the first lines."""
    return titled(blocks, _TITLE) and not titled(blocks, ONE_PROJECT) and not titled(blocks, _OF_PROJECT)


def read(blocks: tuple[Block, ...]) -> Reading:
    """Read a department's report. Never raises: what isn't said is None, what can't be told is a doubt."""
    narrative = narrate(blocks)
    head = report_head(narrative)
    stated = claims(narrative, head.year)
    number, signed = counts(narrative), signature_of(narrative)
    unit, doubts = unit_of(narrative, head.project.unit)
    budget = overall(stated, ("budget", "initial"), number)
    executed = overall(stated, ("executed",), number, budget[0] if budget else None)
    samples, more = samples_of(narrative, stated)
    listed = listed_names(narrative)
    places = {**section_places(narrative), **{f"claims.{k}": p for k, (_, p) in enumerate(stated)}}
    places |= {f"bins.{k}": place for k, (_, place) in enumerate(number.bins)}
    places |= {f"samples.{k}": place for k, (_, place) in enumerate(samples)}
    places |= {f"listed.{k}": place for k, (_, place) in enumerate(listed)}
    for key, found in (("budget", budget), ("executed", executed)):
        if found:
            places[key] = found[1]
    for key in ("projects", "full_marks", "with_deviation", "sampled"):
        count = getattr(number, key)
        if count is not None:
            places[key] = count.place
    opening = opening_of(narrative)
    if opening is not None:
        places["opening"] = opening[1]
    report = DepartmentReport(
        unit, head.year, head.title, sections(narrative), tuple(c for c, _ in stated),
        value(number, "projects"),
        budget[0] if budget else None, executed[0] if executed else None, tuple(b for b, _ in number.bins),
        value(number, "full_marks"), value(number, "with_deviation"), value(number, "sampled"),
        tuple(s for s, _ in samples), tuple(name for name, _ in listed),
        signed.closing, signed.dated, signed.blanks, opening[0] if opening else None,
    )  # fmt: skip
    return Reading(Kind.DEPARTMENT_REPORT, report, first_place(blocks), places,
                   (*head.doubts, *doubts, *number.doubts, *more), confidence(report))  # fmt: skip


def value(number: Counts, key: str) -> int | None:
    """Return a count's number."""
    found = getattr(number, key)
    return found.value if found is not None else None


def unit_of(narrative: Narrative, named: str | None) -> tuple[str | None, tuple[Doubt, ...]]:
    """Return the reporting unit.

    Where only 我镇 is said, the place name of that kind that the text repeats most.
    """
    if named:
        return named, ()
    text = "\n".join(plain(p).text for p in narrative.paragraphs)
    own = Counter(m.group(1) for m in _OWN.finditer(text)).most_common(1)
    if not own:
        return None, ()
    suffix = own[0][0]
    names = Counter(
        text[m.start() - n : m.end()]
        for m in re.finditer(suffix, text)
        for n in range(1, 7)
        if m.start() >= n
    )
    fitting = {
        name: k
        for name, k in names.items()
        if k > 1
        and re.fullmatch(r"[一-鿿]+", name)
        and not re.match(r"[我各本全该在和与及的由是]|.*[我各本该的]", name[:-1])
    }
    best = max(fitting, key=lambda name: (fitting[name], len(name)), default=None)
    if best is None or len(best) < 2 + len(suffix):
        return None, ()
    why = "报告没有写明单位，按文中反复出现的名称取"
    return best, (Doubt(narrative.paragraphs[0].place(), why, best, None, "unit"),)


Stated = tuple[tuple[Claim, Place], ...]


def overall(
    stated: Stated, kinds: tuple[str, ...], number: Counts, beside: Figure | None = None
) -> tuple[Figure, Place] | None:
    """Return the money of all projects together; else None.

    It is said with the number of projects, in one sentence with the money already found (`beside`), or with 总, 合计,
    共计 of no other number of projects.
    """
    found = [(c, p) for c, p in stated if c.what in kinds]
    counted = [(c, p) for c, p in found if _of_all(c, number)]
    quoted = {c.quoted for c, _ in stated if beside is not None and c.figure == beside}
    near = [(c, p) for c, p in found if c.quoted in quoted and not _of_others(c, number)]
    summed = [(c, p) for c, p in found if re.search(r"总|合计|共计", c.subject) and not _of_others(c, number)]
    for group in (counted, near, summed, found if len({c.figure.exact for c, _ in found}) == 1 else []):
        if group:
            return group[0][0].figure, group[0][1]
    return None


def _of_all(claim: Claim, number: Counts) -> bool:
    """Tell whether a claim is told in the sentence that counts all projects."""
    return number.projects is not None and squeezed(number.projects.sentence) == squeezed(claim.quoted)


def _of_others(claim: Claim, number: Counts) -> bool:
    """Tell whether a claim's sentence names some of the projects: 3个项目支出合计."""
    counts = {int(n) for n in _COUNTED.findall(claim.quoted)}
    return bool(counts) and (number.projects is None or number.projects.value not in counts)


def squeezed(text: str) -> str:
    """Return text without white space and width, to compare two prints of one sentence."""
    return re.sub(r"[^\w]", "", text)


def samples_of(narrative: Narrative, stated: Stated) -> tuple[list[tuple[Sample, Place]], tuple[Doubt, ...]]:
    """Return the spot-checked projects with the amount named for each.

    The only sum in the part that speaks of it.
    """
    found: list[tuple[Sample, Place]] = []
    doubts: list[Doubt] = []
    for paragraph, start, listed in sampled_names(narrative):
        parts = told_apart(paragraph, start, len(listed))
        for k, (name, place) in enumerate(listed):
            amount, doubt = amount_in(stated, paragraph, parts[k], name) if k < len(parts) else (None, ())
            found.append((Sample(name, amount), place))
            doubts += doubt
    return found, tuple(doubts)


def told_apart(paragraph: Plain, start: int, wanted: int) -> list[tuple[int, int]]:
    """Return the stretches of a paragraph that speak of 项目一, 项目二, ….

    Empty when they aren't as many as wanted.
    """
    starts = [m.start() for m in _ITEM.finditer(paragraph.text) if m.start() > start]
    if len(starts) != wanted:
        return []
    return list(zip(starts, [*starts[1:], len(paragraph.text)], strict=True))


def amount_in(
    stated: Stated, paragraph: Plain, part: tuple[int, int], name: str
) -> tuple[Figure | None, tuple[Doubt, ...]]:
    """Return the one amount (no standard) stated in a stretch.

    Of several the one said to be the sum; else a doubt.
    """
    first, last = (paragraph.place(part[0], part[0] + 1), paragraph.place(part[1] - 1, part[1]))
    inside = [
        (c, p)
        for c, p in stated
        if first.line == p.line and (first.start or 0) <= (p.start or 0) < (last.end or 0)
    ]
    kinds = ("amount", "budget", "executed", "initial", "received")
    sums = [
        (c, p)
        for c, p in inside
        if c.what in kinds and c.figure.unit is not None and c.figure.unit.kind == "money"
    ]
    if len({c.figure.exact for c, _ in sums}) == 1:
        return sums[0][0].figure, ()
    if not sums:
        return None, ()
    others = "、".join(str(c.figure) for c, _ in sums)
    return None, (Doubt(sums[0][1], f"“{name}”有几个金额，无法确定哪个是项目资金", None, others, "samples"),)


def confidence(report: DepartmentReport) -> Decimal:
    """Return how sure the reading is: title, chapters, number of projects and money each speak for it."""
    signs = (
        report.title is not None,
        len(report.sections) > 1,
        report.projects is not None,
        report.budget is not None,
    )
    return half_up(Fraction(sum(signs), 4), 2)
