"""The verbs that the web and the command line call: read, choose, score, review, compare, write.

Only this package knows both ends of a paper's path, the formats and the papers; everything else meets in between.
Callers import from here; the modules are parted by what they do: `reading`, `judging`, `writing`, `disclosing`.
"""

from jixiao.api.disclosing import disclose, public_copy
from jixiao.api.judging import (
    ALL_RULES,
    Rules,
    Scored,
    choose,
    compare,
    infer,
    inferred,
    mend,
    rechecks,
    remedy,
    review,
    rules_named,
    score_papers,
    settable,
    settle,
    take,
)
from jixiao.api.reading import (
    Sight,
    ahead,
    bring_in,
    is_beside_papers,
    look,
    members,
    read_file,
    read_papers,
    read_stream,
    take_in,
)
from jixiao.api.tables import TableRow, read_table, write_table
from jixiao.api.writing import (
    annotate,
    bind,
    chart_page,
    chart_picture,
    formats_written,
    read_findings_list,
    render,
    template,
    write_findings_list,
)
from jixiao.audit.collection.copied import copied, own_clauses
from jixiao.formats import bind_into
from jixiao.formats.archive import Member
from jixiao.formats.notes import Annotated, Level, Note, Notes
from jixiao.formats.pictures import Picture
from jixiao.model.filing import file_together
from jixiao.papers import Paper, lay_out, writable
from jixiao.papers.drafts import Draft, Outline, Scope, draft, draft_all, load_outline, outline_for
from jixiao.papers.form import list_forms
from jixiao.papers.pages.disclosure import PublicCopy, Sighting
from jixiao.papers.pages.findings_list import Listed
from jixiao.papers.pages.left_out import left_out
from jixiao.papers.pages.recheck_pages import lay_out as recheck_pages
from jixiao.papers.pages.rollup_page import lay_out as rollup_page
from jixiao.papers.pages.rollup_page import lay_out_apart as rollup_pages
from jixiao.papers.pages.sample_pages import lay_out as sample_pages
from jixiao.papers.pages.summary_page import summary_of
from jixiao.papers.statistics.charts import charts as statistics_charts
from jixiao.papers.statistics.pages import lay_out as statistics_pages
from jixiao.papers.statistics.pages import lay_out_briefly as statistics_brief
from jixiao.rollup.statistics import statistics
from jixiao.schemes import Choice, load_scheme

__all__ = [
    "ALL_RULES",
    "Annotated",
    "Choice",
    "Draft",
    "Level",
    "Listed",
    "Member",
    "Note",
    "Notes",
    "Outline",
    "Paper",
    "Picture",
    "PublicCopy",
    "Rules",
    "Scope",
    "Scored",
    "Sight",
    "Sighting",
    "TableRow",
    "ahead",
    "annotate",
    "bind",
    "bind_into",
    "bring_in",
    "chart_page",
    "chart_picture",
    "choose",
    "compare",
    "copied",
    "disclose",
    "draft",
    "draft_all",
    "file_together",
    "formats_written",
    "infer",
    "inferred",
    "is_beside_papers",
    "lay_out",
    "left_out",
    "list_forms",
    "load_outline",
    "load_scheme",
    "look",
    "members",
    "mend",
    "outline_for",
    "own_clauses",
    "public_copy",
    "read_file",
    "read_findings_list",
    "read_papers",
    "read_stream",
    "read_table",
    "recheck_pages",
    "rechecks",
    "remedy",
    "render",
    "review",
    "rollup_page",
    "rollup_pages",
    "rules_named",
    "sample_pages",
    "score_papers",
    "settable",
    "settle",
    "statistics",
    "statistics_brief",
    "statistics_charts",
    "statistics_pages",
    "summary_of",
    "take",
    "take_in",
    "template",
    "writable",
    "write_findings_list",
    "write_table",
]  # fmt: skip
