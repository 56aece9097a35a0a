"""Every official paper, and every file that goes back with notes, is what Word and Excel take without mending it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from random import Random

import pytest

from jixiao import api, formats
from jixiao.formats.notes import Level, Note, Notes
from jixiao.layout import Cell, Grid, Layout, Line
from jixiao.model.evaluation import Evaluation, Project
from jixiao.model.reading import Kind
from jixiao.papers import lay_out
from jixiao.papers.drafts import Scope, draft, draft_all, list_outlines, load_outline
from jixiao.papers.form import load_form
from jixiao.papers.pages import findings_list
from jixiao.schemes import list_schemes, load_scheme
from tests.formats.docx_rules import docx_faults
from tests.formats.package_rules import with_part
from tests.formats.xlsx_rules import xlsx_faults
from tests.layouts.silences import invent_printed
from tests.layouts.written import FORMS
from tests.papers.drafts.drafted import clean, department

RULES: dict[str, Callable[[bytes], list[str]]] = {"docx": docx_faults, "xlsx": xlsx_faults}
KINDS = pytest.mark.parametrize("kind", RULES)
LISTED = findings_list.Listed(
    "错误", "合规", "总分", "第 20 行", "=1+1", "不一致", "SC01", "财预〔2020〕10号", "1"
)


@cache
def paper(form: str) -> Layout:
    printed = load_form(form)
    return lay_out(invent_printed(Random(form), printed), printed.kind, form)


@cache
def report(outline: str) -> Layout:
    if load_outline(outline).scope is Scope.PROJECT:
        return draft(*clean(1), outline).layout
    return draft_all(department(1), outline).layout


PAGES: dict[str, Callable[[], Layout]] = {
    **{form: lambda form=form: paper(form) for form in FORMS},  # type: ignore[misc]
    **{outline: lambda outline=outline: report(outline) for outline in list_outlines()},  # type: ignore[misc]
    "findings": lambda: findings_list.lay_out([LISTED] * 3, "共 3 条。"),
}


@KINDS
@pytest.mark.parametrize("name", PAGES)
def test_an_official_paper_breaks_no_rule(name: str, kind: str) -> None:
    assert RULES[kind](formats.write(PAGES[name](), kind)) == []


@pytest.mark.slow
@KINDS
@pytest.mark.parametrize("name", PAGES)
def test_a_paper_given_back_with_notes_and_changes_breaks_no_rule(name: str, kind: str) -> None:
    data = formats.write(PAGES[name](), kind)
    given = formats.annotate(data, noted(formats.read(data, name="甲")), name="甲")
    assert RULES[kind](given.data) == []
    assert len(given.lost) == 0
    assert given.changed


def noted(page: Layout) -> Notes:
    """A note on every third text of a page, some on words of it, every other one with a change."""
    texts = [one for block in page.blocks for one in told(block)]
    notes = (
        Note(
            one.place, "核对“<&>”", f"第{n}条：请核对。", list(Level)[n % 3], "表中", one.text[:4] if n % 4 == 1 else "",
            one.text if n % 2 == 0 else "", f"{one.text}（改）" if n % 2 == 0 else None,
        )
        for n, one in enumerate(texts[::3])
    )  # fmt: skip
    return Notes(tuple(notes), "绩效自评审核", date(2024, 3, 5), "审核意见", ("共若干条。",))


def told(block: Line | Grid) -> list[Line | Cell]:
    if isinstance(block, Line):
        return [block]
    return [cell for cell in block.cells if cell.text]


@pytest.mark.parametrize(
    "scheme", [name for name in list_schemes() if Kind.SELFEVAL_TABLE in load_scheme(name).match.kinds]
)
def test_a_form_to_fill_in_breaks_no_rule(scheme: str) -> None:
    start = Evaluation(Project("农村道路硬化", None, None, "青禾县交通运输局"), 2025)
    assert xlsx_faults(api.template(scheme, start)) == []


@pytest.mark.slow
@KINDS
def test_all_papers_bound_in_one_file_break_no_rule(kind: str) -> None:
    pages = (replace(page(), name="同名") for page in PAGES.values())
    assert RULES[kind](formats.bind(pages, kind)) == []


@pytest.mark.parametrize(("kind", "path", "old", "new", "says"), [
    ("docx", "word/comments.xml", 'w:id="1"', 'w:id="0"', "comment 0 stands twice"),
    ("docx", "word/document.xml", "<w:commentReference", "<w:tab/><w:commentReference", ""),
    ("docx", "word/document.xml", '<w:commentRangeEnd w:id="0"/>', "", "comment 0 has no commentRangeEnd"),
    ("docx", "[Content_Types].xml", ".comments+xml", ".footer+xml", "is reached as comments"),
    ("xlsx", "xl/comments1.xml", 'authorId="0"', 'authorId="7"', "has no author"),
    ("xlsx", "xl/comments1.xml", "", "", "is not there"),
    ("xlsx", "xl/drawings/vmlDrawing1.vml", "<x:Row>", "<x:Row>9", "shapes and comments are not the same"),
    ("xlsx", "[Content_Types].xml", 'Extension="vml"', 'Extension="vm"', "has no type of its own"),
])  # fmt: skip
def test_the_rules_see_comments_that_are_broken(kind: str, path: str, old: str, new: str, says: str) -> None:
    data = formats.write(PAGES["f-10"](), kind)
    given = formats.annotate(data, noted(formats.read(data, name="甲")), name="甲").data
    found = RULES[kind](with_part(given, path, old, new))
    assert any(says in fault for fault in found) if says else found == []
