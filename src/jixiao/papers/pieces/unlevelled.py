"""Finds the heading of a table that names no levels: 考核内容, 评分标准, 分值, 得分, or 绩效指标 over all of them.

Asked only where no heading with levels stands. Without targets and results such words head lists of many sorts, so that
there the table's own title must say what it is.
"""

from collections.abc import Sequence
from dataclasses import replace

from jixiao.expressions import expression
from jixiao.papers import words
from jixiao.papers.cells.headings import Column, Header, header_of, heading_run, is_other
from jixiao.papers.cells.stream import Stream

_NAMES = words.NAME_HEADINGS
_ANCHOR = expression(rf"{words.CLASS_HEADINGS}|{_NAMES}")
_STRONG = expression(rf"(?:(?:评价|考核|考评|具体|评分|绩效)?指标(?:名称|内容)?){words.SUFFIX}")
_KNOWN = {kind: pattern for kind, pattern in words.HEADINGS.items() if not kind.startswith("level")}
_HEADINGS = {"name": _NAMES, **_KNOWN}
_NO_GROUP = expression(r"(?!)")
_TITLE = expression(
    r"(?:自评|评价|评分|打分|考核|考评|计分|测评)(?:指标)?(?:情况|得分|评分|打分)?(?:表|体系)"
)
_NEAR = 400
_LEVELS = ("level1", "level2")
_MOST = 20
_Head = tuple[str, int, int]


def unlevelled_headers(stream: Stream) -> tuple[Header, ...]:
    """Return the headings without levels in reading order, one a page; none where the file has no such table."""
    found: list[Header] = []
    end = 0
    for anchor in _ANCHOR.finditer(stream.fold):
        if anchor.start() < end or not stream.begins_atom(anchor.start()):
            continue
        header = _header_at(stream, anchor.start())
        if header is not None:
            found.append(header)
            end = header.end
    return tuple(found)


def names_no_levels(header: Header) -> bool:
    """Tell whether a heading names no level: its names stand under words like 评价指标, its classes under 指标类型."""
    own = [c for c in header.columns if c.kind.startswith("level")]
    return bool(own) and all(_ANCHOR.match(c.heading) for c in own)


def _header_at(stream: Stream, start: int) -> Header | None:
    run: list[_Head] = []
    for head in heading_run(stream, start, _HEADINGS, words.SUFFIX, _NO_GROUP):
        run.append(head)
        if len(run) > _MOST:
            return None
    if not all(stream.begins_atom(at) for _, at, _ in run):
        return None
    kinds = {kind for kind, _, _ in run}
    marked = bool(kinds & {"points", "score"})
    told = {"target", "actual"} <= kinds and marked
    scored = {"points", "score"} <= kinds and _is_titled(stream, start)
    heads = _levelled(stream.fold, run) if told or scored else ()
    return _with_group(header_of(stream, start, heads)) if heads else None


def _is_titled(stream: Stream, start: int) -> bool:
    """Tell whether the table's own title says that it scores: its line ends with the word for such a table."""
    lines = (atom.fold for atom, _ in stream.between(max(0, start - _NEAR), start))
    return any(_TITLE.search(fold) and len(fold) < _NEAR // 8 for fold in lines)


def _levelled(fold: str, run: Sequence[_Head]) -> tuple[_Head, ...]:
    """Give the headings of classes and names their levels; nothing where no name is headed."""
    open_ = [k for k, (kind, _, _) in enumerate(run) if kind in ("class", "name")]
    strong = [k for k in open_ if run[k][0] == "name" and _STRONG.fullmatch(fold, run[k][1], run[k][2])]
    if not open_:
        return ()
    name = (strong or open_)[-1]
    before = [k for k in open_ if k < name]
    kinds = dict(zip(before, _LEVELS, strict=False)) | {name: "level3"}
    return tuple(
        (kinds.get(k, "other") if k in open_ else kind, low, high) for k, (kind, low, high) in enumerate(run)
    )


def _with_group(header: Header) -> Header:
    """Take the one heading that stands over classes and names (绩效指标, three columns wide) apart."""
    first, *rest = header.columns
    behind = next((c.low for c in rest if c.low is not None), None)
    if first.kind != "level3" or first.low is None or behind is None:
        return header
    wide = behind - first.low
    if not 1 < wide <= len(_LEVELS) + 1 or is_other(first.kind):
        return header
    kinds = (*_LEVELS[: wide - 1], "level3")
    own = (Column(kind, first.heading, first.low + k, first.low + k + 1) for k, kind in enumerate(kinds))
    return replace(header, columns=(*own, *rest))
