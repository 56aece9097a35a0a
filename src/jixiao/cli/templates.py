"""`jixiao new`: the official form of a rule-book, to be filled in; last year's names and targets carried over."""

from dataclasses import dataclass, replace
from pathlib import Path

from jixiao import api
from jixiao.cli import outlet, screen
from jixiao.cli.files import shown
from jixiao.errors import JixiaoError, UnknownNameError
from jixiao.model.evaluation import Evaluation, Project


@dataclass(frozen=True, slots=True)
class Order:
    """What a user asks for; None where nothing is said. `last` is the file whose names and targets are taken over."""

    out: Path
    scheme: str | None = None
    form: str | None = None
    last: Path | None = None
    project: Project = Project()
    year: int | None = None
    force: bool = False


def new(order: Order) -> int:
    """Write the form and say under which rule-book it works its scores out.

    Raises:
        JixiaoError: no rule-book is named and none can be told from last year's file; no such rule-book or form; the
            file can't be read or written.
    """
    outlet.must_be_free(order.out, force=order.force)
    if order.out.suffix.lower() != ".xlsx":
        raise UnknownNameError(
            f"填报表是 Excel 工作簿，文件名要以 .xlsx 结尾：请把 {shown(order.out.name)} 改一下。"
        )
    start, scheme = Evaluation(order.project, order.year), order.scheme
    if order.last is not None:
        start, scheme = _carried(order, order.last)
    if scheme is None:
        raise JixiaoError(
            "请用 --scheme 写明评分口径（jixiao schemes 列出全部），或用 --from 给出上一年的自评表。"
        )
    if start.year is None:
        raise JixiaoError("请用 --year 写明年度，如 --year 2025。")
    outlet.put(order.out, [api.template(scheme, start, order.form)], force=order.force)
    rows = f"，照搬了 {len(start.indicators)} 个指标的名称和指标值" if start.indicators else ""
    screen.complain(
        [f"已写入 {shown(order.out.as_posix())}：按 {scheme} 口径计分{rows}。填好后用 jixiao check 核对。"]
    )
    return 0


def _carried(order: Order, path: Path) -> tuple[Evaluation, str]:
    """Return what the new year takes over from a file, and the rule-book: the one named, else the file's own."""
    filings = api.file_together(api.read_file(path, name=shown(path.as_posix())))
    filing = next((one for one in filings if one.evaluation is not None and one.evaluation.indicators), None)
    if filing is None or filing.evaluation is None:
        raise JixiaoError(
            f"{shown(path.as_posix())} 里没有自评表，没有可以照搬的指标；请给出上一年的自评表。"
        )
    old, own = filing.evaluation, order.project
    project = replace(
        old.project,
        **{key: word for key in ("name", "department", "unit") if (word := getattr(own, key)) is not None},
    )
    year = order.year if order.year is not None else old.year + 1 if old.year is not None else None
    scheme = order.scheme or api.choose(filing).scheme.id
    return replace(old, project=project, year=year), scheme
