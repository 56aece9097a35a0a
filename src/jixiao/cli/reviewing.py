"""The work of `jixiao reviewed`: each file back as its sender made it, with the findings as comments on it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path, PurePath

from jixiao import api
from jixiao.audit.remedy.safe import Edit
from jixiao.cli import outlet, screen
from jixiao.cli.checking import NOT_READ, Checked, Order, examine
from jixiao.cli.files import Source, shown, sources
from jixiao.cli.reading import died, ended
from jixiao.errors import JixiaoError, UnknownNameError
from jixiao.telling.file_names import Names
from jixiao.telling.opinions import Edits, joined, opinions

_MARKED = "批注"
_CORRECTED = "更正"


@dataclass(frozen=True, slots=True)
class Wish:
    """What the user wants of the files: where they go (as it was typed), whether safe fixes are made in them."""

    out: str
    corrected: bool = False
    force: bool = False


def reviewed(order: Order, wish: Wish) -> int:
    """Do all of it and return the exit status: 2 where a file could not be done, else 0.

    Raises:
        JixiaoError: an option can't be used, or the file has nowhere to go.
    """
    named = [one for one in sources(order.paths) if not _was_made(one, Path(wish.out))]
    alone = [one.name for one in named] == [shown(Path(word).as_posix()) for word in order.paths]
    targets = _targets(named, wish, alone=alone and len(named) == 1)
    checked = examine(replace(order, paths=list(dict.fromkeys(str(one.path) for one in named))))
    edits = _edits(checked) if wish.corrected else {}
    faults = 0
    for source, target in zip(named, targets, strict=True):
        if _is_fit(source, checked):
            faults += not _done(source, target, wish, (checked, edits))
    broken = faults or checked.failed or any(outcome.fault for outcome in checked.outcomes)
    return ended(checked.cut, NOT_READ if broken else 0)


def _was_made(source: Source, out: Path) -> bool:
    """Tell whether a file lies in the folder that the files go to: what was written there before is no paper."""
    return source.path is not None and out.absolute() in source.path.absolute().parents


def _targets(named: Sequence[Source], wish: Wish, *, alone: bool) -> list[Path]:
    """Return where each file goes, and see to it that it may go there before any work is done.

    A file that was named `alone` goes to a file; several, or those of a folder or a zip, go to a folder.
    """
    if any(source.path is None for source in named):
        raise UnknownNameError("reviewed 要在原件上加批注，不能从标准输入读；请给出文件名。")
    out = Path(wish.out)
    if wish.out.endswith(("/", "\\")) or out.is_dir() or not alone:
        _make(out)
        names: dict[str, Names] = {}  # by suffix: a table may come as a workbook and as a document
        targets = [out / _name(names, source, corrected=wish.corrected) for source in named]
    else:
        targets = [out]
    for target, source in zip(targets, named, strict=True):
        outlet.must_be_free(target, force=wish.force)
        if source.path is not None and target.absolute() == source.path.absolute():
            raise UnknownNameError(f"{shown(wish.out)} 就是原件，不能写在它上面；请换一个文件名。")
    return targets


def _name(names: dict[str, Names], source: Source, *, corrected: bool) -> str:
    own = PurePath(source.name)
    word = _CORRECTED if corrected else _MARKED
    return names.setdefault(own.suffix.casefold(), Names()).own(f"{own.stem}（{word}）", own.suffix)


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        name = shown(folder.as_posix())
        raise JixiaoError(f"建不了文件夹 {name}：没有权限，或有同名的文件；请换一个位置。") from error


def _is_fit(source: Source, checked: Checked) -> bool:
    """Tell whether a file was read; what could not be has been said."""
    return any(outcome.name == source.name and not outcome.fault for outcome in checked.outcomes)


def _done(source: Source, target: Path, wish: Wish, found: tuple[Checked, Edits]) -> bool:
    """Write one file with its notes; tell whether it was done, and say why where it wasn't."""
    checked, edits = found
    notes = opinions(checked.done, source.name, date.today(), edits)  # noqa: DTZ011 - the reviewer's own day
    try:
        data = api.bring_in(source.path or Path(), source.inside, name=source.name)
        marked = api.annotate(data, notes, name=source.name)
        target = _suffixed(target, marked.suffix, wish)
        outlet.put(target, [marked.data], force=wish.force)
    except JixiaoError as error:
        screen.complain([" ".join(str(error).split("\n"))])
        return False
    except Exception as error:  # noqa: BLE001 - the other files still have to be done
        screen.complain([died(source, error).fault])
        return False
    screen.complain(["".join(_said(source.name, target, notes, marked))])
    return True


def _suffixed(target: Path, suffix: str, wish: Wish) -> Path:
    """Return the file under the suffix of its format: a workbook may have come as .xls, a picture goes as a PDF.

    Raises:
        UnknownNameError: the user named the file, and by another suffix.
    """
    if target.suffix.casefold() == suffix:
        return target
    if target == Path(wish.out):
        name = shown(target.with_suffix(suffix).name)
        raise UnknownNameError(
            f"这份原件的批注稿是 {suffix} 文件，不能写成 {shown(target.name)}；请写 -o {name}。"
        )
    return target.with_suffix(suffix)


def _said(source: str, target: Path, notes: api.Notes, marked: api.Annotated) -> Iterator[str]:
    yield f"已写入 {shown(target.as_posix())}：{len(notes.listed)} 条意见"
    if marked.lost:
        yield f"，其中 {len(marked.lost)} 条未能定位，只列在“{notes.title}”里"
    if marked.changed or marked.unchanged:
        yield f"；自动修改 {len(marked.changed)} 处"
    if marked.unchanged:
        yield f"，{len(marked.unchanged)} 处没有代改，请手工改"
    if target.suffix.casefold() != PurePath(source).suffix.casefold():
        yield f"；原件已转成 {target.suffix} 才能加批注，版式以原件为准"
    yield "。"


def _edits(checked: Checked) -> Edits:
    """Return the safe fixes of each review, one a cell: from what stands in the paper to what is left in the end."""
    found: dict[int, Sequence[Edit]] = {}
    for number, one in enumerate(checked.done):
        mended = api.mend(one.review.filing, one.choice, checked.ran)
        found[number] = tuple(joined(mended.edits))
    return found
