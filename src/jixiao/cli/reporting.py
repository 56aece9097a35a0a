"""The work of `jixiao report`: reports drafted from the papers of a command, each in a file or all projects in one."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from jixiao import api
from jixiao.cli import outlet, screen
from jixiao.cli.checking import Checked, examine
from jixiao.cli.checking import Order as Check
from jixiao.cli.files import shown
from jixiao.cli.reading import ended
from jixiao.cli.writing import format_of, is_folder, make_folder
from jixiao.errors import JixiaoError, UnknownNameError
from jixiao.telling.done import Done
from jixiao.telling.file_names import Names

NOT_WRITTEN = 2


@dataclass(frozen=True, slots=True)
class Order:
    """What the user asked for; `out` as it was typed, for a slash at its end means a folder."""

    files: Sequence[str]
    out: str
    outline: str | None = None
    to: str | None = None
    scheme: str | None = None
    jobs: int | None = None
    cache: bool = True
    force: bool = False


def report(order: Order) -> int:
    """Do all of it and return the exit status: 2 where a file could not be done, else 0.

    Raises:
        JixiaoError: an option can't be used, nothing can be drafted, or the file can't be written.
    """
    form = format_of(order.out, order.to)
    outline = api.load_outline(order.outline) if order.outline is not None else None
    path = Path(order.out)
    if order.scheme is not None:
        api.load_scheme(order.scheme)
    if not is_folder(order.out):
        outlet.must_be_free(path, force=order.force)
    checked = examine(_checking(order, path))
    told = [one for one in checked.done if one.review.filing.evaluation is not None]
    if not told:
        raise JixiaoError(
            "没有写出报告：所给的文件里没有自评表，报告的每个数都取自自评表；请一并给出自评表。"
        )
    if outline is not None and outline.scope is api.Scope.DEPARTMENT:
        faults = _all_in_one(told, outline, order, form)
    elif is_folder(order.out):
        make_folder(path)
        faults = _each(told, order, form)
    else:
        faults = _alone(told, order, form)
    return ended(checked.cut, NOT_WRITTEN if faults or _failed(checked) else 0)


def _checking(order: Order, path: Path) -> Check:
    out = outlet.Out(None if is_folder(order.out) else path, order.force)
    return Check(order.files, order.scheme, jobs=order.jobs, out=out, cache=order.cache)


def _failed(checked: Checked) -> bool:
    return bool(checked.failed) or any(outcome.fault for outcome in checked.outcomes)


def _all_in_one(told: Sequence[Done], outline: api.Outline, order: Order, form: str) -> int:
    if is_folder(order.out):
        raise UnknownNameError(f"{outline.says}是一份文件：请写 -o {outline.says}.docx。")
    draft = api.draft_all([(one.review, one.choice.scheme) for one in told], outline.id)
    return _put(outline, draft, Path(order.out), order, form)


def _alone(told: Sequence[Done], order: Order, form: str) -> int:
    if len(told) > 1:
        raise UnknownNameError(
            f"有 {len(told)} 份自评表：请把 -o 写成文件夹（如 自评报告/），每份写一个报告；"
            "或加 --outline o-dept，合成一份部门报告。"
        )
    outline, draft = _drafted(told[0], order.outline)
    return _put(outline, draft, Path(order.out), order, form)


def _each(told: Sequence[Done], order: Order, form: str) -> int:
    """Write a report for each; one that can't be written leaves the others alone."""
    names, folder, suffix = Names(), Path(order.out), api.formats_written()[form]
    faults = 0
    for one in told:
        outline, draft = _drafted(one, order.outline)
        try:
            _put(outline, draft, folder / names.own(draft.layout.name, suffix), order, form)
        except JixiaoError as error:
            faults += 1
            screen.complain([str(error)])
    return faults


def _put(outline: api.Outline, draft: api.Draft, path: Path, order: Order, form: str) -> int:
    outlet.write(path, [api.bind([draft.layout], form)], force=order.force)
    screen.complain([_said(outline, draft)])
    return 0


def _drafted(one: Done, named: str | None) -> tuple[api.Outline, api.Draft]:
    outline = api.load_outline(named or api.outline_for(one.choice.scheme))
    return outline, api.draft(one.review, one.choice.scheme, outline.id)


def _said(outline: api.Outline, draft: api.Draft) -> str:
    """Say by which outline it was drafted, and what is left to do."""
    unread = "" if outline.verified else "，提纲未核对原文"
    left = f"，待填 {len(draft.blanks)} 处，都标着【请填写：…】" if draft.blanks else ""
    return f"按提纲 {outline.id}（{shown(outline.says)}{unread}）起草{left}。"
