"""Reports drafted from data (自评报告 and its kin): every sentence comes from the record and its score steps.

Every figure is bound to the field that it was taken from; what only the unit knows is a blank 【请填写：…】. The
outline is data (outlines/<id>.toml). A figure that the rule-book refutes is printed as the table has it, with a blank
behind it: docs/decisions/0022.
"""

from collections.abc import Sequence

from jixiao.errors import UnknownNameError
from jixiao.model.review import Review
from jixiao.papers.drafts.chapters import told, told_of_all
from jixiao.papers.drafts.gathering import Gathering, gathered
from jixiao.papers.drafts.outline import Outline, Scope, list_outlines, load_outline, outline_for
from jixiao.papers.drafts.page import Binding, Draft, Headed, laid_out
from jixiao.papers.drafts.story import Story, story_of
from jixiao.papers.drafts.telling import Passage, Word, blank, of, say
from jixiao.schemes.scheme import Scheme

__all__ = [
    "Binding", "Draft", "Outline", "Scope", "draft", "draft_all", "list_outlines", "load_outline", "outline_for",
]  # fmt: skip


def draft(review: Review, scheme: Scheme, outline: str) -> Draft:
    """Draft the report of one project.

    Args:
        review: a filing with its sheet and findings.
        scheme: the rule-book that it was reviewed under.
        outline: the name of an outline on one project (o-gs, o-gd, o-yn, o-eval, o-self).

    Raises:
        UnknownNameError: there is no such outline, or it is one on several projects.
        UnreadableError: the filing has no self-evaluation table.
    """
    form, story = _outline(outline, Scope.PROJECT), story_of(review, scheme)
    parts = [
        Headed(part.level, part.title, found)
        for part in form.parts
        if (found := [one for name in part.tells for one in told(story, name)]) or not part.tells
    ]
    return laid_out(_title(story, form), parts, _ending(story.unit, form))


def draft_all(reviewed: Sequence[tuple[Review, Scheme]], outline: str) -> Draft:
    """Draft the report on several projects of one department: o-dept, or o-recheck of whoever checked them again.

    Args:
        reviewed: the filings with their rule-books, in the order in which they are told; those without a
            self-evaluation table are left out.
        outline: the name of an outline on several projects.

    Raises:
        UnknownNameError: there is no such outline, or it is one on a single project.
        UnreadableError: no filing has a self-evaluation table.
    """
    form, whole = _outline(outline, Scope.DEPARTMENT), gathered(reviewed)
    parts = [
        Headed(part.level, part.title, found)
        for part in form.parts
        if (found := [one for name in part.tells for one in told_of_all(whole, name)]) or not part.tells
    ]
    return laid_out(_title(whole, form), parts, _ending(whole.unit, form))


def _outline(name: str, scope: Scope) -> Outline:
    form = load_outline(name)
    if form.scope is not scope:
        fitting = "、".join(other for other in list_outlines() if load_outline(other).scope is scope)
        raise UnknownNameError(f"提纲“{name}”（{form.says}）不用于这里，可用的有：{fitting}。")
    return form


def _title(told_from: Story | Gathering, form: Outline) -> Passage:
    """Return the title: unit, year and project before the outline's own words; no year twice."""
    name = of(told_from.name if isinstance(told_from, Story) else "")
    year = say("{year}年度", year=told_from.year)
    dated = of(told_from.year).text in name.text
    return of(told_from.unit) + (Passage() if dated else year) + name + of(form.suffix)


def _ending(unit: Word, form: Outline) -> tuple[Passage, ...]:
    """Return who signs and when: the day is theirs to fill in, and a re-check is not signed by who is checked."""
    return (of(unit) if form.signed else blank("复核单位全称"), blank("成文日期"))
