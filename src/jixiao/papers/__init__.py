"""The official papers: recognises the papers in a page. How each is read stands in its own module.

PAPERS lists what is known; what no row reads is given as Unknown with the reason, so that every file has an answer.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from jixiao.layout import Block, Doubt, Layout, Line
from jixiao.model.claims import Unknown
from jixiao.model.reading import Kind, Reading
from jixiao.papers import (
    base_data_form,
    department_report,
    evaluation_report,
    ocr_corrections,
    project_list,
    scoring_form,
    selfeval_report,
    selfeval_table,
)
from jixiao.papers.cutting import Table, Text, cut, scores_results
from jixiao.papers.inner_list import list_in, named_after, without_list
from jixiao.papers.narrative import numbered
from jixiao.papers.neighbours import complete
from jixiao.papers.running_head import goes_on_below
from jixiao.papers.site_lines import without_site_lines
from jixiao.papers.stream import Stream, joined

_Read = Callable[[tuple[Block, ...]], Reading]


@dataclass(frozen=True, slots=True)
class Paper:
    """One known paper: its kind, its Chinese name, how running text is recognised as it, and how it is read."""

    kind: Kind
    says: str
    looks_like: Callable[[tuple[Block, ...]], bool] | None
    read: _Read | None


PAPERS = (
    Paper(
        Kind.DEPARTMENT_REPORT, "部门绩效自评工作报告", department_report.looks_like, department_report.read
    ),
    Paper(Kind.EVALUATION_REPORT, "绩效评价报告", evaluation_report.looks_like, evaluation_report.read),
    Paper(Kind.SELFEVAL_REPORT, "绩效自评报告", selfeval_report.looks_like, selfeval_report.read),
    Paper(Kind.PROJECT_LIST, "绩效自评项目清单", project_list.looks_like, project_list.read),
    Paper(Kind.SCORING_FORM, "绩效自评指标评分表", None, scoring_form.read),
    Paper(Kind.BASE_DATA_FORM, "绩效自评基础数据表", None, base_data_form.read),
    Paper(Kind.SELFEVAL_TABLE, "绩效自评表", None, None),
)


def recognize(layout: Layout) -> tuple[Reading, ...]:
    """Cut a page into its papers and read each.

    Returns:
        one Reading a paper in reading order, `index` from 0; at least one: a page without any known paper gives one of
        kind unknown, with what was missed. Never raises: what can't be decided is a doubt.
    """
    found = _found(layout.blocks)
    if ocr_corrections.from_pictures(layout):
        return _from_pictures(layout, found)
    doubts = layout.doubts
    return tuple(
        replace(r, index=k, doubts=(*doubts, *r.doubts) if k == 0 else r.doubts) for k, r in enumerate(found)
    )


def _found(blocks: tuple[Block, ...]) -> Sequence[Reading]:
    """Read the papers of a page; none of kind unknown where another was found."""
    stream, parts = cut(without_site_lines(blocks))
    found = [reading for part in parts for reading in _read(stream, part)] or [_unknown(blocks)]
    found = complete(found)
    known = [r for r in found if r.kind is not Kind.UNKNOWN]
    return known or found[:1]


def _from_pictures(layout: Layout, found: Sequence[Reading]) -> tuple[Reading, ...]:
    """Correct what figures prove, and give every doubt of the page its field."""
    better, doubts = ocr_corrections.proven(layout, found)
    if better is not layout:
        found = _found(better.blocks)
    given = ocr_corrections.located((*doubts, *layout.doubts), found)
    return tuple(
        replace(r, index=k, doubts=(*more, *r.doubts), confidence=ocr_corrections.confidence(layout, r))
        for k, (r, more) in enumerate(zip(found, given, strict=True))
    )


def _read(stream: Stream, part: Table | Text) -> Sequence[Reading]:
    if isinstance(part, Table):
        paper = next((p for p in PAPERS if p.kind is part.kind and p.read is not None), None)
        if paper is None or paper.read is None or scores_results(part.headers[0]):
            return [selfeval_table.read(stream, part)]
        return [paper.read(part.blocks)]
    return [reading for blocks in _reports(part.blocks) for reading in _read_text(blocks)]


def _reports(blocks: tuple[Block, ...]) -> Sequence[tuple[Block, ...]]:
    """Cut running text where a new paper's title stands."""
    starts = [0]
    for k in range(1, len(blocks)):
        if (
            _is_title(blocks[k])
            and _kind_of(blocks[k : k + 3]) is not None
            and _speaks(blocks[starts[-1] : k])
            and not goes_on_below(blocks[k + 1 :])
        ):
            starts.append(k)
    ends = [*starts[1:], len(blocks)]
    return [blocks[a:b] for a, b in zip(starts, ends, strict=True)]


_SHORT = 3
_TITLE_LENGTH = 60


def _speaks(blocks: tuple[Block, ...]) -> bool:
    """Tell whether blocks are more than the head of a paper: a title printed twice begins no second one."""
    texts = [b.text.strip() for b in blocks if isinstance(b, Line)]
    return len(blocks) > _SHORT and (
        len(texts) < len(blocks) or any(t.endswith("。") or numbered(t) for t in texts)
    )


def _is_title(block: Block) -> bool:
    text = getattr(block, "text", "")
    return 0 < len(text) < _TITLE_LENGTH and text.strip().endswith(("报告", "清单", "汇总表"))


def _kind_of(blocks: tuple[Block, ...]) -> Paper | None:
    return next((p for p in PAPERS if p.looks_like is not None and p.looks_like(blocks)), None)


def _read_text(blocks: tuple[Block, ...]) -> Sequence[Reading]:
    """Read a paper of running text; a department's report may hold the list of its projects, a paper of its own."""
    paper = _kind_of(blocks)
    if paper is None or paper.read is None:
        return [_unknown(blocks)]
    listed = list_in(blocks) if paper.kind is Kind.DEPARTMENT_REPORT else None
    if listed is None:
        return [paper.read(blocks)]
    own = paper.read(without_list(blocks))
    return [own, named_after(listed, own)]


def _unknown(blocks: Sequence[Block]) -> Reading:
    """Say what the part begins with and which headings were looked for in vain."""
    words = next((joined(getattr(b, "text", "")) for b in blocks if getattr(b, "text", "").strip()), None)
    why = (
        "没有找到自评表的表头（一级指标、二级指标、三级指标、指标值、得分），也没有自评报告的标题，"
        "可能不是绩效自评材料"
    )
    place = blocks[0].place if blocks else None
    doubt = (Doubt(place, why),) if place is not None else ()
    return Reading(
        Kind.UNKNOWN, Unknown(words[:80] if words else None, why), doubts=doubt, confidence=Decimal(0)
    )
