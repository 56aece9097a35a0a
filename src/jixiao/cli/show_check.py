"""The findings on the screen: first the verdict, then what is certain, then what is suspicious, the rest folded."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from rich.console import RenderableType
from rich.text import Text

from jixiao.audit.office.ledger import How
from jixiao.cli import blocks, screen, show_fix
from jixiao.cli.blocks import STYLES, Measure
from jixiao.cli.screen import columns, ink
from jixiao.cli.show_score import heading
from jixiao.model.claims import Unknown
from jixiao.model.finding import Finding, Severity
from jixiao.telling.done import Done
from jixiao.telling.naming import KINDS, SETTLED, SEVERITIES, project_words, settled_words
from jixiao.telling.ranking import Group, grouped, ranked
from jixiao.telling.score_words import book_words
from jixiao.telling.titles import TITLES
from jixiao.telling.verdict import closing, counted, grade_words, main_of, total_words, totals, urgency

_SCREEN = 27  # lines of findings, so that verdict, findings and the rest are one screen of forty
_SOME, _SHARED, _LEAST = 3, 16, 8  # so many papers share a screen; of more, each says only the worst
_SHOWN, _LISTED = 10, 30  # papers told one by one, and rows of the table
_WHOLE = 16  # lines that errors may take with quotations and articles; more of them are told in brief


@dataclass(frozen=True, slots=True)
class View:
    """How much is shown: `every` finding, how many files were not done, and what the office leaves out."""

    every: bool = False
    unread: int = 0
    office: str = ""


def page(done: Sequence[Done], view: View) -> Iterator[RenderableType]:
    """Yield the reviews; of many, only the worst with something to say, and then all of them in one table."""
    if len(done) == 1:
        yield from _review(done[0], view, _SCREEN)
        yield from show_fix.remedy(done[0], whole=view.every)
        if done[0].review.sheet is not None:
            yield ink(f"重算依据：jixiao score {main_of(done[0]).file}", "dim")
    else:
        yield from _many(sorted(done, key=urgency), view)
    if view.office:
        yield ink(view.office, "dim")


def _many(done: Sequence[Done], view: View) -> Iterator[RenderableType]:
    lines = _SHARED if len(done) <= _SOME else _LEAST
    telling = [one for one in done if _says_something(one, view)]
    for one in telling if view.every else telling[:_SHOWN]:
        yield from _review(one, view, lines)
    if done:
        yield from _overview(done, view)


def _says_something(one: Done, view: View) -> bool:
    grave = counted(one, Severity.ERROR) or counted(one, Severity.WARNING)
    return bool(grave or (view.every and (one.review.findings or one.settled)))


def _review(one: Done, view: View, lines: int) -> Iterator[RenderableType]:
    main = main_of(one)
    yield heading(main)
    others = [KINDS[r.kind] for r in one.review.filing.readings if r is not main]
    if others:
        yield ink(f"同一项目的材料  {'、'.join(others)}", "dim")
    if isinstance(main.record, Unknown):
        yield ink(f"{main.record.why}；没有审核。\n", "yellow")
        return
    sheet = one.review.sheet
    if sheet is not None:
        yield ink(f"评分口径  {book_words(sheet, one.choice.scheme.title)}")
        yield Text.assemble((total_words(one, sheet, "，jixiao score 列出"), "bold"), grade_words(one, sheet))
    yield ink("")
    found = ranked(one)
    yield from _all(one, found) if view.every else _worst(one, found, lines)
    if not found:
        yield ink("  没有发现新的问题\n" if one.settled else "  没有发现问题\n")
    yield from _settled(one, view)


def _all(one: Done, found: Sequence[Finding]) -> Iterator[RenderableType]:
    """Yield every finding as a whole."""
    measure = Measure(screen.width())
    for severity in Severity:
        mine = [finding for finding in found if finding.severity is severity]
        if mine:
            yield _count(severity, len(mine))
            for finding in mine:
                yield from blocks.whole(one, finding, measure)
            yield ink("")


def _worst(one: Done, found: Sequence[Finding], lines: int) -> Iterator[RenderableType]:
    """Yield what fits on so many lines, the worst first; what doesn't is counted by rule, and notes always are."""
    left = lines
    for severity in (Severity.ERROR, Severity.WARNING):
        groups = [group for group in grouped(found) if group.severity is severity]
        if groups:
            told, rest = _fitting(one, groups, left)
            left -= sum(map(len, told))
            yield _count(severity, sum(len(group.findings) for group in groups))
            for block in told:
                yield from block
            yield from _folded(rest, first=not told)
            yield ink("")
    notes = sum(finding.severity is Severity.NOTE for finding in found)
    if notes:
        yield _count(Severity.NOTE, notes, "   （jixiao check --all 列出）")
        yield ink("")


def _fitting(one: Done, groups: Sequence[Group], lines: int) -> tuple[list[list[Text]], Sequence[Group]]:
    """Return the lines of the groups that fit, the worst as blocks and then by title, and the groups that don't."""
    width = screen.width()
    if groups[0].severity is Severity.ERROR and len(groups) <= _WHOLE:
        told = [blocks.together(one, group, Measure(width)) for group in groups]
        if sum(map(len, told)) <= min(lines, _WHOLE):
            return told, ()
    told = []
    kept = min(len(groups) - 1, max(lines // 3, 0))  # lines for the titles of those that get no block
    for group in groups:
        block = blocks.together(one, group, Measure(width, brief=True))
        behind = len(groups) - len(told) - 1
        if len(block) > lines - min(kept, behind):
            break
        told.append(block)
        lines -= len(block)
    return _titled(one, groups, told, lines)


def _titled(
    one: Done, groups: Sequence[Group], told: list[list[Text]], lines: int
) -> tuple[list[list[Text]], Sequence[Group]]:
    """Add the titles of the groups that got no block, as long as there are lines; one error is always told."""
    for group in groups[len(told) :]:
        title = blocks.title_of(one, group, Measure(screen.width(), brief=True))
        if len(title) > lines and not (not told and group.severity is Severity.ERROR):
            break
        told.append(title)
        lines -= len(title)
    return told, groups[len(told) :]


def _folded(rest: Sequence[Group], *, first: bool) -> Iterator[RenderableType]:
    if rest:
        count = sum(len(group.findings) for group in rest)
        lead = "" if first else f"其余 {count} 条："
        yield ink(f"    {lead}{blocks.titles(rest)}   （jixiao check --all 列出）", "dim")


def _count(severity: Severity, count: int, hint: str = "") -> RenderableType:
    return Text.assemble((f"  {SEVERITIES[severity]} {count}", STYLES[severity]), (hint, "dim"))


def _settled(one: Done, view: View) -> Iterator[RenderableType]:
    """Yield how many findings no longer count, and in a full view each with who answers for it."""
    if not one.settled:
        return
    counts = [(SETTLED[how], sum(s.how is how for s in one.settled)) for how in How]
    told = "，".join(f"{name} {count}" for name, count in counts if count)
    hint = "" if view.every else "；jixiao check --all 列出"
    yield ink(f"  已处理、不再计入 {len(one.settled)}（{told}{hint}）", "dim")
    for settled in one.settled if view.every else ():
        code = settled.finding.code
        how, why = settled_words(settled)
        yield ink(f"    {code}  {TITLES.get(code, '')}  {how}{why}", "dim")
    yield ink("")


def _overview(done: Sequence[Done], view: View) -> Iterator[RenderableType]:
    """Yield the table of the papers, the worst first, and the sentence that matters."""
    table = columns(wide=True)
    table.add_column(ratio=3)
    table.add_column(ratio=3)
    for _ in range(5):
        table.add_column(justify="right")
    table.add_row(*(ink(word, "bold") for word in ("项目", "文件", "自评", "重算", *SEVERITIES.values())))
    shown = done if view.every else done[:_LISTED]
    files = {main_of(one).file for one in shown}
    several = len({PurePath(file).name for file in files}) < len(
        files
    )  # files of one name in several folders
    for one in shown:
        counts = [ink(str(counted(one, severity) or "·"), STYLES[severity]) for severity in Severity]
        main = main_of(one)
        file = main.file if several else PurePath(main.file).name
        table.add_row(ink(project_words(main)), ink(file, "dim"), *map(ink, totals(one)), *counts)
    yield table
    if len(done) > len(shown):
        yield ink(_remaining(done[len(shown) :]), "dim")
    yield ink("")
    yield ink(closing(done, view.unread), "bold")


def _remaining(rest: Sequence[Done]) -> str:
    counts = "，".join(f"{SEVERITIES[s]} {sum(counted(one, s) for one in rest)}" for s in Severity)
    return f"其余 {len(rest)} 份：{counts}（jixiao check --all 列出）"
