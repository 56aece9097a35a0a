"""The work of `jixiao write`: the papers of files as official papers, each in a file of its own or all in one."""

from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path

from jixiao import api
from jixiao.cli import CUT_SHORT, outlet, screen
from jixiao.cli.checking import Order as Check
from jixiao.cli.checking import examine
from jixiao.cli.files import Source, shown, sources
from jixiao.cli.laying_out import (
    FINDINGS,
    SUMMARY,
    Sheaf,
    Wanted,
    held_of,
    lay_out,
    missing,
    paper_named,
    render,
    title_of,
)
from jixiao.cli.reading import ended, read_each, with_bar
from jixiao.cli.store import store_of
from jixiao.cli.summing_up import sum_up
from jixiao.errors import JixiaoError, UnknownNameError
from jixiao.layout import Layout
from jixiao.telling.file_names import Names
from jixiao.telling.listing import listing

NOT_WRITTEN = 2
_WHOLE = {FINDINGS: "问题清单", SUMMARY: "汇总表"}
_NOTES = 30  # sentences on single papers; of thousands nobody reads all


@dataclass(frozen=True, slots=True)
class Order:
    """What the user asked for; `out` as it was typed, for a slash at its end means a folder."""

    files: Sequence[str]
    paper: str
    out: str
    to: str | None = None
    form: str | None = None
    scheme: str | None = None
    jobs: int | None = None
    cache: bool = True
    force: bool = False


@dataclass(slots=True)
class Tally:
    """What came of the files while they were done; `alone` where there is but one."""

    written: int = 0
    done: int = 0
    faults: int = 0

    notes: int = 0
    alone: bool = False

    def hear(self, sheaf: Sheaf, paper: str) -> None:
        """Take note of a file and say at once what is to be said of it; of many, some needn't hold the paper."""
        room = max(_NOTES - self.notes, 0)
        self.notes += len(sheaf.notes)
        screen.complain(sheaf.notes[:room])
        if sheaf.fault or (self.alone and not sheaf.laid):
            self.faults += 1
            screen.complain([sheaf.fault or missing(paper, sheaf)])


def write(order: Order) -> int:
    """Do all of it and return the exit status: 2 where a file could not be done, else 0.

    Raises:
        JixiaoError: an option can't be used, none of the files holds the paper, or the file can't be written.
    """
    folder = is_folder(order.out)
    wanted = Wanted(paper_named(order.paper), format_of(order.out, order.to), order.form, order.scheme)
    if order.scheme is not None:
        api.load_scheme(order.scheme)
    path = Path(order.out)
    if folder:
        make_folder(path)
    else:
        outlet.must_be_free(path, force=order.force)
    if wanted.paper in _WHOLE and folder:
        raise UnknownNameError(f"{_WHOLE[wanted.paper]}是一份文件：请写 -o {_WHOLE[wanted.paper]}.xlsx。")
    if wanted.paper == FINDINGS:
        return _list(order, wanted, path)
    named = [one for one in sources(order.files, path) if not ours(one, path)]
    if wanted.paper == SUMMARY:
        store, out = store_of() if order.cache else None, outlet.Out(path, order.force)
        return sum_up(named, order.jobs, store, order.form, (wanted.format, out))
    return _to_folder(order, wanted, named, path) if folder else _to_file(order, wanted, named, path)


def is_folder(out: str) -> bool:
    """Tell whether the user means a folder: one that is there, or a name with a slash at its end."""
    return out.endswith(("/", "\\")) or Path(out).is_dir()


def format_of(out: str, to: str | None) -> str:
    """Return the format that is named, else the one that the suffix of the file means.

    Raises:
        UnknownNameError: it can't be written, nothing says which it is, or name and suffix differ.
    """
    known = api.formats_written()
    listed = "、".join(known)
    suffix = "" if is_folder(out) else Path(out).suffix.lower()
    meant = outlet.meant(Path(out)) if suffix else None
    if to is not None and to not in known:
        raise UnknownNameError(f"没有名为“{to}”的输出格式；可用的有：{listed}。")
    if to is not None and meant not in {None, to}:
        raise UnknownNameError(
            f"--to {to} 与文件名的后缀 {suffix} 不一致，写出的文件会打不开；请改其中一个。"
        )
    if chosen := to or meant:
        return chosen
    said = f"不能写成 {suffix} 文件" if suffix else f"{shown(out)} 没有说明写成什么格式"
    raise UnknownNameError(f"{said}；请用 --to 写明，可用的有：{listed}。")


def make_folder(folder: Path) -> None:
    """Make the folder that papers are written into, where it isn't there.

    Raises:
        JixiaoError: it can't be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise JixiaoError(
            f"建不了文件夹 {shown(folder.as_posix())}：没有权限，或有同名的文件；请换一个位置。"
        ) from error


def ours(source: Source, out: Path) -> bool:
    """Tell whether a file was written here before: what goes out doesn't come in."""
    if source.path is None:
        return False
    path, target = source.path.absolute(), out.absolute()
    return path == target or target in path.parents


def _sheaves(
    order: Order, wanted: Wanted, named: Sequence[Source], *, whole: bool
) -> Generator[Sheaf, None, None]:
    """Yield what each file gives, in their order: laid out, or written too where it is wanted `whole`."""
    work = partial(render if whole else lay_out, wanted)
    yield from read_each(named, order.jobs, store_of() if order.cache else None, work)


# ---------------------------------------------------------------- a file for each


def _to_folder(order: Order, wanted: Wanted, named: Sequence[Source], folder: Path) -> int:
    tally, names, heard = Tally(alone=len(named) == 1), Names(), list[Sheaf]()
    suffix = api.formats_written()[wanted.format]
    cut = True
    with suppress(KeyboardInterrupt), closing(_sheaves(order, wanted, named, whole=True)) as sheaves:
        for sheaf in with_bar(sheaves, len(named)):
            tally.hear(sheaf, wanted.paper)
            _put(sheaf, folder, names, tally, suffix=suffix, force=order.force)
            heard.append(Sheaf(sheaf.file, holds=sheaf.holds))
            tally.done += 1
        cut = False
    screen.complain(
        _told(tally, heard, wanted.paper, f"已写入 {shown(folder.as_posix())}：{tally.written} 份。")
    )
    if cut:
        screen.complain([f"已中断：{len(named)} 个文件处理了 {tally.done} 个，写出的每一份都是完整的。"])
        return CUT_SHORT
    return NOT_WRITTEN if tally.faults or not tally.written else 0


def _put(sheaf: Sheaf, folder: Path, names: Names, tally: Tally, *, suffix: str, force: bool) -> None:
    for one in sheaf.laid:
        try:
            outlet.put(folder / names.own(one.name, suffix), [one.data], force=force)
            tally.written += 1
        except JixiaoError as error:
            tally.faults += 1
            screen.complain([str(error)])


def _told(tally: Tally, heard: Sequence[Sheaf], paper: str, done: str) -> Iterator[str]:
    """Say how many papers were written; that none was, where no file held one."""
    if tally.notes > _NOTES:
        yield f"这样的说明还有 {tally.notes - _NOTES} 句，没有列出；单独写出那一份（jixiao write 文件）就能看到。"
    if tally.written:
        yield done
    elif not tally.faults:
        yield f"没有写出：{len(heard)} 个文件里都没有{title_of(paper)}，有的是：{held_of(heard)}。"


# ---------------------------------------------------------------- all in one file


def _to_file(order: Order, wanted: Wanted, named: Sequence[Source], path: Path) -> int:
    tally, heard = Tally(alone=len(named) == 1), list[Sheaf]()
    with closing(_sheaves(order, wanted, named, whole=False)) as sheaves:
        pages = _pages(with_bar(sheaves, len(named)), tally, heard, wanted.paper)
        first = next(pages, None)
        if first is not None:
            with outlet.opened(path, force=order.force) as stream:
                api.bind_into(chain([first], pages), wanted.format, stream)
    screen.complain(
        _told(tally, heard, wanted.paper, f"已写入 {shown(path.as_posix())}：{tally.written} 份。")
    )
    return NOT_WRITTEN if tally.faults or first is None else 0


def _pages(sheaves: Iterable[Sheaf], tally: Tally, heard: list[Sheaf], paper: str) -> Iterator[Layout]:
    for sheaf in sheaves:
        tally.hear(sheaf, paper)
        heard.append(Sheaf(sheaf.file, holds=sheaf.holds))
        for one in sheaf.laid:
            if one.page is not None:
                tally.written += 1
                yield one.page


def _list(order: Order, wanted: Wanted, path: Path) -> int:
    """Write the findings of all the files as one list, under the office's own rules as `check` does."""
    checked = examine(checking_order(order))
    outlet.write(path, [listing(checked.done, wanted.format)], force=order.force)
    broken = checked.failed or any(outcome.fault for outcome in checked.outcomes)
    return ended(checked.cut, NOT_WRITTEN if broken else 0)


def checking_order(order: Order) -> Check:
    """Return what `check` is to be asked for a list of findings."""
    out = outlet.Out(Path(order.out), order.force)
    return Check(order.files, order.scheme, jobs=order.jobs, out=out, cache=order.cache)
