"""The official papers: recognises the papers in a page, and lays a record out as one. Each has its own module.

PAPERS lists what is known; what no row reads is given as Unknown with the reason, so that every file has an answer.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from jixiao.errors import UnknownNameError
from jixiao.layout import Block, Doubt, Layout, Line
from jixiao.model.claims import ProjectList, Unknown
from jixiao.model.evaluation import Evaluation
from jixiao.model.reading import Kind, Reading, Record
from jixiao.papers.base_data import base_data_form, base_data_page
from jixiao.papers.cells import ocr_corrections
from jixiao.papers.cells.stream import Stream, joined
from jixiao.papers.department import department_report, project_list
from jixiao.papers.department.inner_list import list_in, named_after, without_list
from jixiao.papers.form import forms_of, load_form
from jixiao.papers.pages import selfeval_page, summary_page
from jixiao.papers.pieces import sheet_text
from jixiao.papers.pieces.cutting import Table, Text, cut, scores_results
from jixiao.papers.pieces.neighbours import complete
from jixiao.papers.pieces.report_pieces import with_whole_reports
from jixiao.papers.pieces.running_head import goes_on_below
from jixiao.papers.pieces.site_lines import without_site_lines
from jixiao.papers.pieces.unlevelled import names_no_levels
from jixiao.papers.prose.narrative import numbered
from jixiao.papers.reports import evaluation_report, selfeval_report
from jixiao.papers.scoring_forms import scoring_form, scoring_page
from jixiao.papers.table import selfeval_table
from jixiao.papers.templates.template_reading import known_again

_Read = Callable[[tuple[Block, ...]], Reading]


@dataclass(frozen=True, slots=True)
class Written:
    """How a kind of paper is written: of which sort of record, how it is laid out on a form, and on which by default.

    `form` is a stem of papers/forms; `usual` chooses another by what the record holds.
    """

    record: type
    lay_out: Callable[..., Layout]
    form: str
    usual: Callable[..., str] | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """One known paper: its kind, its Chinese name, how running text is recognised as it, how it is read and written."""

    kind: Kind
    says: str
    looks_like: Callable[[tuple[Block, ...]], bool] | None
    read: _Read | None
    lay_out: Written | None = None


def _table(form: str) -> Written:
    """Return how the tables that hold an Evaluation are written."""
    return Written(Evaluation, selfeval_page.lay_out, form)


PAPERS = (
    Paper(
        Kind.DEPARTMENT_REPORT, "部门绩效自评工作报告", department_report.looks_like, department_report.read
    ),
    Paper(Kind.EVALUATION_REPORT, "绩效评价报告", evaluation_report.looks_like, evaluation_report.read),
    Paper(Kind.SELFEVAL_REPORT, "绩效自评报告", selfeval_report.looks_like, selfeval_report.read),
    Paper(
        Kind.PROJECT_LIST,
        "绩效自评项目清单",
        project_list.looks_like,
        project_list.read,
        Written(ProjectList, summary_page.lay_out, "f-summary", summary_page.usual_form),
    ),
    Paper(
        Kind.SCORING_FORM,
        "绩效自评指标评分表",
        None,
        scoring_form.read,
        Written(Evaluation, scoring_page.lay_out, "f-score", scoring_page.usual_form),
    ),
    Paper(
        Kind.BASE_DATA_FORM,
        "绩效自评基础数据表",
        None,
        base_data_form.read,
        Written(Evaluation, base_data_page.lay_out, "f-base-data"),
    ),
    Paper(Kind.SELFEVAL_TABLE, "绩效自评表", None, None, _table("f-10")),
    Paper(Kind.GOAL_DECLARATION, "绩效目标申报表", None, None, _table("f-goal")),
    Paper(Kind.MONITORING_TABLE, "绩效目标运行监控表", None, None, _table("f-monitor")),
    Paper(Kind.RECHECK_TABLE, "绩效自评复核表", None, None, _table("f-recheck")),
)


def lay_out(what: Record, paper: str, form: str | None = None) -> Layout:
    """Lay a record out as an official paper, so that reading the page gives the record back.

    Args:
        what: what the paper says; what is None is an empty cell, and what the form has no cell for is left out.
        paper: the kind of paper by the contract's name (`selfeval_table`, a Kind) or its Chinese name.
        form: a stem or id of papers/forms; where it is None the record's own, else the kind's usual one.

    Raises:
        UnknownNameError: no such paper or form, or none that this record can be laid out as; the sentence lists what
            there is.
    """
    row, written = _written(paper)
    if not isinstance(what, written.record):
        fitting = "、".join(p.says for p in PAPERS if p.lay_out and isinstance(what, p.lay_out.record))
        able = f"可以写成：{fitting}" if fitting else "这类材料还不能写成表"
        raise UnknownNameError(f"这份材料的内容不能写成“{row.says}”；{able}。")
    usual = written.usual(what) if written.usual is not None else written.form
    chosen = form or _own_form(what, row.kind) or usual
    if load_form(chosen).kind is not row.kind:
        known = "、".join(forms_of(row.kind))
        raise UnknownNameError(f"“{form}”不是{row.says}的表样；{row.says}的表样有：{known}。")
    return written.lay_out(what, chosen)


def writable() -> tuple[Paper, ...]:
    """Return the papers that records can be laid out as."""
    return tuple(row for row in PAPERS if row.lay_out is not None)


def _written(paper: str) -> tuple[Paper, Written]:
    for row in PAPERS:
        if row.lay_out is not None and paper in (row.kind, row.says):
            return row, row.lay_out
    known = "、".join(f"{row.kind}（{row.says}）" for row in writable())
    raise UnknownNameError(f"没有可以写出的“{paper}”；可以写出的有：{known}。")


def _own_form(what: Record, kind: Kind) -> str | None:
    """Return the form that the record was read from, where it is one of this kind of paper."""
    own = getattr(what, "form", None)
    return own if own is not None and own.lower() in forms_of(kind) else None


def recognize(layout: Layout) -> tuple[Reading, ...]:
    """Cut a page into its papers and read each.

    Returns:
        one Reading a paper in reading order, `index` from 0; at least one: a page without any known paper gives one of
        kind unknown, with what was missed. Never raises: what can't be decided is a doubt.
    """
    found = known_again(layout, _found(layout.blocks))
    if ocr_corrections.from_pictures(layout):
        return _from_pictures(layout, found)
    doubts = layout.doubts
    return tuple(
        replace(r, index=k, doubts=(*doubts, *r.doubts) if k == 0 else r.doubts) for k, r in enumerate(found)
    )


def _found(blocks: tuple[Block, ...]) -> Sequence[Reading]:
    """Read the papers of a page; none of kind unknown where another was found.

    On a sheet of a workbook where none is, the rows may be the paragraphs of a report.
    """
    found = _known(blocks)
    sheets = list(dict.fromkeys(block.place.sheet for block in blocks))
    told = {reading.place.sheet for reading in found if reading.kind is not Kind.UNKNOWN}
    more = [one for sheet in sheets if sheet not in told for one in _typed(blocks, sheet)]
    known = [one for one in (*found, *more) if one.kind is not Kind.UNKNOWN]
    order = {sheet: number for number, sheet in enumerate(sheets)}
    return sorted(known, key=lambda one: order.get(one.place.sheet, 0)) if more else found


def _typed(blocks: tuple[Block, ...], sheet: str | None) -> Sequence[Reading]:
    """Read the reports that were typed into the rows of a sheet."""
    own = tuple(block for block in blocks if block.place.sheet == sheet)
    found = _known(sheet_text.unfolded(own)) if sheet_text.has_text(own) else ()
    return [one for one in found if one.kind is not Kind.UNKNOWN]


def _known(blocks: tuple[Block, ...]) -> Sequence[Reading]:
    stream, pieces = cut(without_site_lines(blocks))
    parts = with_whole_reports(pieces, lambda own: _kind_of(own) is not None)
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
        plain = scores_results(part.headers[0]) or names_no_levels(part.headers[0])
        if paper is None or paper.read is None or plain:
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
