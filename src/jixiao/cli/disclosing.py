"""The work of `jixiao disclose`: what of the papers is personal data, listed first; then the copies, with it masked."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePath

from rich.console import RenderableType

from jixiao import api
from jixiao.api.faults import went_wrong
from jixiao.cli import CUT_SHORT, outlet, screen
from jixiao.cli.files import Source, shown, sources
from jixiao.cli.processes import MANY, each, processes
from jixiao.cli.reading import with_bar
from jixiao.cli.writing import format_of, is_folder, make_folder, ours
from jixiao.errors import JixiaoError, UnknownNameError
from jixiao.telling.file_names import Names
from jixiao.telling.naming import place_words, short

NOT_DONE = 2
_PLACES = 3
_WIDE = 40
_OWN = {"xlsx": ".xlsx", "docx": ".docx"}


@dataclass(frozen=True, slots=True)
class Order:
    """What the user asked for; `keep` are false alarms by their ids, `also` the uncertain ones that are none."""

    files: Sequence[str]
    out: str | None
    to: str | None = None
    keep: Sequence[str] = ()
    also: Sequence[str] = ()
    listed: bool = False
    force: bool = False


@dataclass(frozen=True, slots=True)
class Seen:
    """A file that was looked through: what was found, what else is to be said, and why it couldn't be, if so."""

    name: str
    found: tuple[api.Sighting, ...] = ()
    said: tuple[str, ...] = ()
    fault: str = ""
    format: str = ""
    data: bytes = b""


def disclose(order: Order) -> int:
    """Do all of it and return the exit status: 2 where a file could not be done, else 0.

    Raises:
        JixiaoError: an option can't be used, or there is nowhere to write to.
    """
    path = _target(order)
    alone = format_of(order.out or "", order.to) if path is not None and not path.is_dir() else None
    named = [one for one in sources(order.files, path) if path is None or not ours(one, path)]
    if alone is not None and len(named) > 1:
        raise UnknownNameError(
            f"有 {len(named)} 个文件：请把 -o 写成文件夹，如 -o 公开稿/，每个文件一份公开稿。"
        )
    seen = list(_each(named, partial(_look, alone)))
    masked = _chosen(seen, order)
    screen.complain(one.fault for one in seen if one.fault)
    screen.put(*_page(seen, masked))
    screen.complain(f"“{one.name}”：{said}。" for one in seen for said in one.said)
    status = NOT_DONE if any(one.fault for one in seen) else 0
    if path is None:
        return status
    good = [source for source, one in zip(named, seen, strict=True) if not one.fault]
    return max(status, _write(order, good, path, partial(_copy, alone, alone or order.to, masked)))


def _target(order: Order) -> Path | None:
    """Return where the copies go, a folder made where one is meant; None where they are only to be listed."""
    if order.listed:
        return None
    if order.out is None:
        raise UnknownNameError("请用 -o 写明公开稿写到哪里，或加 --list 只列出要遮盖的内容。")
    path = Path(order.out)
    if is_folder(order.out):
        make_folder(path)
    else:
        outlet.must_be_free(path, force=order.force)
    return path


def _each(named: Sequence[Source], work: Callable[[Source], Seen]) -> Iterator[Seen]:
    several = processes(len(named)) if len(named) >= MANY else 1
    done = map(work, named) if several <= 1 else each(named, several, work, _died)
    return with_bar(done, len(named))


def _died(source: Source, error: BaseException) -> Seen:
    return Seen(source.name, fault=went_wrong(source.name, error))


def _look(to: str | None, source: Source) -> Seen:
    """Look through one file; whatever goes wrong is a sentence."""
    try:
        copy = api.public_copy(_data(source), name=source.name, format=to)
    except JixiaoError as error:
        return Seen(source.name, fault=str(error))
    except Exception as error:  # noqa: BLE001 - the other files still have to be done
        return _died(source, error)
    return Seen(source.name, copy.sightings, copy.said)


def _copy(alone: str | None, to: str | None, masked: Collection[str], source: Source) -> Seen:
    """Make the copy of one file, in its own format where it can be."""
    try:
        data = _data(source)
        copy = api.public_copy(data, name=source.name, format=alone)
        own = copy.pages[0].format if copy.own else to
        if own is None:
            why = "不能在原件上遮盖；请加 --to docx，写成正式的表"
            return Seen(source.name, fault=f"“{source.name}”{why}。")
        chosen = [one for one in copy.sightings if one.id in masked]
        made = api.disclose(data, copy, chosen, name=source.name, format=own)
        return Seen(source.name, tuple(chosen), format=own, data=made)
    except JixiaoError as error:
        return Seen(source.name, fault=str(error))
    except Exception as error:  # noqa: BLE001 - as above
        return _died(source, error)


def _data(source: Source) -> bytes:
    if source.fault:
        raise UnknownNameError(source.fault)
    if source.path is None:
        raise UnknownNameError("公开稿要有原件：请给出文件名，不要用标准输入。")
    return api.bring_in(source.path, source.inside, name=source.name)


def _chosen(seen: Sequence[Seen], order: Order) -> frozenset[str]:
    """Return the ids of what is to be masked.

    Raises:
        UnknownNameError: the user names an id that nothing has.
    """
    known = {sighting.id for one in seen for sighting in one.found}
    keep, also = _ids(order.keep), _ids(order.also)
    strange = sorted((keep | also) - known)
    if strange:
        raise UnknownNameError(f"没有编号为“{'、'.join(strange)}”的内容；请先用 --list 列出，照编号填写。")
    certain = {sighting.id for one in seen for sighting in one.found if sighting.certain}
    return frozenset((certain - keep) | also)


def _ids(words: Sequence[str]) -> set[str]:
    return {
        word.strip().lower() for text in words for word in text.replace("，", ",").split(",") if word.strip()
    }


# ---------------------------------------------------------------- the list


def _page(seen: Sequence[Seen], masked: Collection[str]) -> Iterator[RenderableType]:
    """Yield the table of all that was found, what is masked first, and the sentences that say what to do."""
    groups: dict[str, list[tuple[str, api.Sighting]]] = defaultdict(list)
    for one in seen:
        for sighting in one.found:
            groups[sighting.id].append((one.name, sighting))
    if not groups:
        yield screen.ink("没有找到个人信息。程序只认得号码、邮箱和有字样可循的姓名、住址，公开前请再看一遍。")
        return
    table = screen.columns(wide=True)
    for ratio in (None, None, 5, 5, 4):
        table.add_column(ratio=ratio)
    table.add_row(*(screen.ink(word, "dim") for word in ("编号", "种类", "遮盖后读作", "位置", "处理")))
    for name, own in sorted(groups.items(), key=lambda item: item[0] not in masked):
        table.add_row(*map(screen.ink, _row(name, own, masked, many=len(seen) > 1)))
    yield table
    hidden = sum(len(own) for name, own in groups.items() if name in masked)
    kept = sum(len(own) for name, own in groups.items() if name not in masked)
    yield screen.ink(
        f"遮盖 {hidden} 处，保留 {kept} 处。误报的用 --keep 编号 保留；保留的确是个人信息，用 --also 编号 遮盖。"
    )


def _row(
    name: str, own: Sequence[tuple[str, api.Sighting]], masked: Collection[str], *, many: bool
) -> tuple[str, ...]:
    first = next((one for _, one in own if one.certain), own[0][1])
    spots = list(dict.fromkeys(_spot(file, one, many=many) for file, one in own))
    more = f" 等 {len(own)} 处" if len(own) > len(spots[:_PLACES]) else ""
    if name in masked:
        done = f"遮盖（{first.why}）" if first.certain else "遮盖（--also）"
    else:
        done = f"保留（--keep：{first.why}）" if first.certain else f"保留，不确定（{first.why}）"
    return name, first.sort, short(first.context, _WIDE), f"{'；'.join(spots[:_PLACES])}{more}", done


def _spot(file: str, one: api.Sighting, *, many: bool) -> str:
    sheet = f"“{one.place.sheet}”" if one.place.sheet is not None else ""
    return " ".join(
        word for word in (PurePath(file).name if many else "", sheet, place_words(one.place)) if word
    )


# ---------------------------------------------------------------- the copies


def _write(order: Order, named: Sequence[Source], path: Path, work: Callable[[Source], Seen]) -> int:
    names, made = Names(), list[bool]()
    try:
        for one in _each(named, work):
            own = path / names.own(_title(one), _suffix(one.format)) if path.is_dir() and one.format else path
            made.append(_put(one, own, force=order.force))
    except KeyboardInterrupt:
        screen.complain([f"已中断：{len(named)} 个文件写出了 {sum(made)} 份公开稿，每一份都是完整的。"])
        return CUT_SHORT
    if any(made):
        screen.complain([f"已写入 {shown(path.as_posix())}：公开稿 {sum(made)} 份。"])
    return 0 if all(made) else NOT_DONE


def _put(one: Seen, path: Path, *, force: bool) -> bool:
    """Write one copy, or say why it can't be."""
    try:
        if not one.fault:
            outlet.put(path, [one.data], force=force)
            return True
        screen.complain([one.fault])
    except JixiaoError as error:
        screen.complain([str(error)])
    return False


def _title(one: Seen) -> str:
    """Name a copy after its file, what is masked inside masked there too."""
    stem = PurePath(one.name).stem
    for sighting in one.found:
        stem = stem.replace(sighting.text, sighting.reads)
    return f"{stem}（公开稿）"


def _suffix(format: str) -> str:  # noqa: A002 - the word of the design
    return api.formats_written().get(format) or _OWN[format]
