"""The findings on the screen: first the verdict, then what is certain, then what is suspicious, the rest folded."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from rich.console import RenderableType
from rich.text import Text

from jixiao.cli.naming import (
    KINDS,
    SEVERITIES,
    field_words,
    place_at,
    place_words,
    project_words,
    short,
)
from jixiao.cli.screen import columns, ink
from jixiao.cli.show_score import heading, incomplete
from jixiao.cli.titles import TITLES
from jixiao.cli.work import Done
from jixiao.model.claims import Unknown
from jixiao.model.finding import Finding, Severity
from jixiao.model.reading import Reading
from jixiao.model.score import ScoreSheet

_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.NOTE: "dim"}
_REMEDY = "改法："
_FIRST = 3


def page(done: Sequence[Done], *, every: bool, unread: int = 0) -> Iterator[RenderableType]:
    """Yield the reviews; of many, only those with something to say, and then all of them in one table.

    Args:
        done: the reviews.
        every: list the notes too.
        unread: how many files could not be done.
    """
    several = len(done) > 1
    for one in done:
        if (
            not several
            or _counted(one, Severity.ERROR)
            or _counted(one, Severity.WARNING)
            or (every and one.review.findings)
        ):
            yield from _review(one, every=every)
    if several:
        yield from _overview(done, unread)
    elif done and done[0].review.sheet is not None:
        yield ink(f"重算依据：jixiao score {_main(done[0]).file}", "dim")


def _main(one: Done) -> Reading:
    filing = one.review.filing
    return filing.readings[filing.main or 0]


def _counted(one: Done, severity: Severity) -> int:
    return sum(finding.severity is severity for finding in one.review.findings)


def _review(one: Done, *, every: bool) -> Iterator[RenderableType]:
    main = _main(one)
    yield heading(main)
    others = [KINDS[r.kind] for r in one.review.filing.readings if r is not main]
    if others:
        yield ink(f"同一项目的材料  {'、'.join(others)}", "dim")
    if isinstance(main.record, Unknown):
        yield ink(f"{main.record.why}；没有审核。\n", "yellow")
        return
    sheet = one.review.sheet
    if sheet is not None:
        unread = "" if sheet.scheme_verified else "；条文有未核对原文的"
        yield ink(f"评分口径  {one.choice.scheme.title}（{one.choice.why}{unread}）")
        yield _verdict(one, sheet)
    yield ink("")
    for severity in Severity:
        yield from _group(one, severity, folded=severity is Severity.NOTE and not every)
    if not one.review.findings:
        yield ink("  没有发现问题\n")


def _verdict(one: Done, sheet: ScoreSheet) -> RenderableType:
    """Say the three numbers: claimed, worked out, and what lies between them."""
    printed, worked = sheet.total.printed, sheet.total.score
    own = f"自评 {printed:f}" if printed is not None else "自评未填总分"
    if worked is None:
        rows = len(sheet.undecided)
        why = f"{rows} 行不能判定" if rows else sheet.total.because or "有不能判定的内容"
        return ink(f"{own}　　按口径重算：未定（{why}，jixiao score 列出）")
    lacks = incomplete(sheet, one.choice.scheme)
    if lacks:
        return ink(f"{own}　　按口径重算 {worked:f}（{lacks}，不代表整个项目的得分）")
    parts = [own, f"按口径重算 {worked:f}"]
    if printed is not None:
        parts.append("一致" if sheet.total.agrees else f"相差 {abs(worked - printed):f}")
    return Text.assemble(("　　".join(parts), "bold"), _grades(one, sheet))


def _grades(one: Done, sheet: ScoreSheet) -> str:
    before = sheet.grade.printed or _grade(one, sheet.total.printed)
    after = sheet.grade.word
    if after is None:
        return ""
    differ = sheet.grade.agrees is False if sheet.grade.printed else before not in {None, after}
    return f"（等级：{before} → {after}）" if differ else f"（等级：{after}）"


def _grade(one: Done, total: Decimal | None) -> str | None:
    if total is None:
        return None
    return next((band.word for band in one.choice.scheme.grades if total >= band.low), None)


def _group(one: Done, severity: Severity, *, folded: bool) -> Iterator[RenderableType]:
    found = [finding for finding in one.review.findings if finding.severity is severity]
    if not found:
        return
    hint = "   （jixiao check --all 列出）" if folded else ""
    yield Text.assemble((f"  {SEVERITIES[severity]} {len(found)}", _STYLES[severity]), (hint, "dim"))
    if not folded:
        for finding in found:
            yield from _finding(one, finding)
    yield ink("")


def _finding(one: Done, finding: Finding) -> Iterator[RenderableType]:
    reading = one.review.filing.readings[finding.paper]
    line = columns(wide=True)
    line.add_column(width=6)
    line.add_column(ratio=3)
    line.add_column(ratio=3, justify="right")
    line.add_row(
        ink(f"  {finding.code}", _STYLES[finding.severity]),
        ink(_title(finding)),
        ink(_spot(one, reading, finding)),
    )
    yield line
    table = columns()
    table.add_column(width=6)
    table.add_column()
    for text in _body(finding):
        table.add_row("", ink(text))
    yield table


def _body(finding: Finding) -> Iterator[str]:
    """Yield what is wrong, the words of the paper, what to write, and the source where the sentence doesn't name it."""
    said, remedy, fix = finding.says.partition(_REMEDY)
    yield said.strip()
    if finding.quoted and finding.quoted not in finding.says:
        yield f"原文：“{short(finding.quoted, 60)}”"
    if remedy:
        safe = "（可自动修改）" if finding.fix is not None and finding.fix.safe else ""
        yield f"{remedy}{fix.strip()}{safe}"
    source = str(finding.source) if finding.source.document else ""
    if finding.severity is Severity.ERROR and source and source not in finding.says:
        yield f"依据：{source}"


def _title(finding: Finding) -> str:
    return TITLES.get(finding.code, finding.name)


def _spot(one: Done, reading: Reading, finding: Finding) -> str:
    kind = KINDS[reading.kind] if reading is not _main(one) else ""
    words = (kind, field_words(reading, finding.where), place_words(place_at(reading, finding.where)))
    return "  ".join(word for word in words if word)


def _overview(done: Sequence[Done], unread: int) -> Iterator[RenderableType]:
    """Yield the table of all papers and the sentence that matters."""
    table = columns(wide=True)
    table.add_column(ratio=3)
    table.add_column(ratio=3)
    for _ in range(5):
        table.add_column(justify="right")
    table.add_row(*(ink(word, "bold") for word in ("项目", "文件", "自评", "重算", "错误", "需核实", "提示")))
    for one in done:
        sheet = one.review.sheet
        printed, worked = (sheet.total.printed, sheet.total.score) if sheet is not None else (None, None)
        scores = ["—" if total is None else f"{total:f}" for total in (printed, worked)]
        counts = [ink(str(_counted(one, severity) or "·"), _STYLES[severity]) for severity in Severity]
        main = _main(one)
        table.add_row(ink(project_words(main)), ink(main.file, "dim"), *map(ink, scores), *counts)
    yield table
    yield ink("")
    yield ink(_matters(done, unread), "bold")


def _matters(done: Sequence[Done], unread: int) -> str:
    wrong = sorted((one for one in done if _counted(one, Severity.ERROR)), key=_urgency)
    strange = sum(isinstance(_main(one).record, Unknown) for one in done)
    left = f"；{strange} 份没有认出是什么材料，没有审核" if strange else ""
    left += f"；另有 {unread} 个文件没有读成" if unread else ""
    if not wrong:
        return f"{len(done)} 份材料，没有确定的错误{left}。"
    first = "；".join(f"{project_words(_main(one))}（{_main(one).file}）" for one in wrong[:_FIRST])
    return f"{len(done)} 份材料，{len(wrong)} 份有错误，最应先看：{first}{left}。"


def _urgency(one: Done) -> tuple[int, Decimal]:
    """Order by the number of errors, then by how far the totals lie apart."""
    total = one.review.sheet.total if one.review.sheet is not None else None
    apart = (
        abs(total.score - total.printed)
        if total and total.score is not None and total.printed is not None
        else Decimal(0)
    )
    return -_counted(one, Severity.ERROR), -apart
