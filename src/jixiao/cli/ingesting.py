"""The work of `jixiao batch ingest`: a folder of papers becomes a lake, shard by shard, in several processes."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import count, islice
from pathlib import Path

from jixiao import api
from jixiao.api import batches, ingesting, shards
from jixiao.api.faults import went_wrong
from jixiao.api.shards import Seen, Shard, Taken
from jixiao.cli import screen
from jixiao.cli.files import Source, shown, sources
from jixiao.cli.processes import each, processes
from jixiao.cli.reading import ended, make_ready, with_bar
from jixiao.cli.store import state_of
from jixiao.errors import JixiaoError, UnknownNameError, UnreadableError
from jixiao.model.codec import Json
from jixiao.telling.answers import as_text

NOT_READ = 2
_DECIDES = ("formats", "papers", "model", "schemes", "scoring", "audit", "batch", "api")  # what a file gives
_TOLD = {
    "papers": "份材料",
    "filings": "份自评",
    "indicators": "行指标",
    "claims": "个所述数字",
    "findings": "个问题",
}


@dataclass(frozen=True, slots=True)
class Order:
    """What the user asked for: from which folder into which lake; `scheme` None chooses each filing's own."""

    folder: Path
    lake: Path
    scheme: str | None = None
    form: str = "text"
    jobs: int | None = None
    cache: bool = True
    master: str | None = None  # Spark's; None takes in by processes of this machine


@dataclass(frozen=True, slots=True)
class _Work:
    """The folder's files by their names in the lake, its shards, and what they are taken in by."""

    order: Order
    files: Mapping[str, Source]
    shards: Sequence[Shard]
    state: str
    kept: frozenset[str] = field(default=frozenset())

    @property
    def left(self) -> list[Shard]:
        return [shard for shard in self.shards if shard.part not in self.kept]


def ingest(order: Order) -> int:
    """Do all of it and return the exit status: 2 where a file or a filing was refused, else 0.

    Raises:
        JixiaoError: the folder, the lake or the rule-book can't be used.
    """
    _check(order)
    files = _files(order.folder)
    work = _Work(order, files, shards.shards_of(files), f"{state_of(_DECIDES)} {order.scheme or ''}")
    order.lake.mkdir(parents=True, exist_ok=True)
    with batches.alone(order.lake):
        if order.cache:
            kept = shards.standing(
                order.lake, work.shards, work.state, partial(_glance, files), partial(_read, files)
            )
            work = replace(work, kept=kept)
        if not shards.is_finished(order.lake, work.shards, work.kept):
            shards.begin(order.lake, work.kept)
            with suppress(KeyboardInterrupt):
                _take_in(work)
        return _tell(work)


def _check(order: Order) -> None:
    if order.scheme is not None:
        if order.scheme.endswith(".toml"):
            raise UnknownNameError("入库只能用自带的评分口径：请写它的编号，jixiao schemes 列出全部。")
        api.load_scheme(order.scheme)
    if not order.folder.is_dir():
        raise UnreadableError(f"“{shown(str(order.folder))}”不是文件夹：请给出存放材料的文件夹。")
    if order.lake.resolve().is_relative_to(order.folder.resolve()):
        raise UnreadableError("数据湖不能放在材料的文件夹里：下次会把它当作材料。请换一个位置。")
    shards.must_be_ours(order.lake)


def _files(folder: Path) -> dict[str, Source]:
    """Return the files of a folder by their names relative to it; what can't be opened is there with its fault."""
    root = folder.resolve()
    start = f"{shown(root.as_posix()).rstrip('/')}/"
    found: dict[str, Source] = {}
    for source in sources([str(root)]):
        if source.path == root:
            raise UnreadableError(source.fault.replace(source.name, shown(str(folder))))
        name = _unlike(source.name.removeprefix(start), found)
        found[name] = replace(source, name=name, fault=source.fault.replace(start, ""))
    return found


def _unlike(name: str, known: Collection[str]) -> str:
    """Return a name that no other file has: a zip may hold two files of one name."""
    names = (f"{name}（重名{n}）" if n > 1 else name for n in count(1))
    return next(one for one in names if one not in known)


def _take_in(work: _Work) -> None:
    """Take in the shards that are left, in order, each written as soon as its files are done.

    Raises:
        KeyboardInterrupt: the user stopped it; the shards that were done by then stand.
    """
    left = work.left
    listed = [work.files[name] for shard in left for name in shard.names]
    results = _in_order(with_bar(_each(work, listed), len(listed)), listed)
    for shard in left:
        taken = list(islice(results, len(shard.names)))
        if len(taken) == len(shard.names):
            shards.write_shard(work.order.lake, shard.part, work.state, taken)
    next(results, None)  # so that the bar ends


def _in_order(results: Iterable[Taken], listed: Sequence[Source]) -> Iterator[Taken]:
    """Yield what came of the files up to the first that is missing: an interruption leaves gaps."""
    for source, one in zip(listed, results, strict=False):
        if one.seen.name != source.name:
            return
        yield one


def _each(work: _Work, listed: Sequence[Source]) -> Iterator[Taken]:
    if work.order.master is not None:
        return _on_spark(work.order.master, work.order.scheme, listed)
    jobs = work.order.jobs
    several = processes(len(listed)) if jobs is None else min(jobs, len(listed))
    do = partial(take, work.order.scheme)
    if several <= 1:
        return map(do, listed)
    return each(listed, several, do, _died, partial(make_ready, None))


def _on_spark(master: str, scheme: str | None, listed: Sequence[Source]) -> Iterator[Taken]:
    with batches.cluster_of(master, batches.Means()) as cluster:
        yield from cluster.each(listed, partial(take, scheme))


def take(scheme: str | None, source: Source) -> Taken:
    """Take one file in, in whichever process."""
    seen = _look(source)
    try:
        data = _bytes(source)
    except JixiaoError as error:
        return Taken(seen, ingesting.refusal(source.name, " ".join(str(error).split())))
    return Taken(replace(seen, sha256=shards.digest(data)), ingesting.rows_of_file(source.name, data, scheme))


def _bytes(source: Source) -> bytes:
    if source.fault or source.path is None:
        raise UnreadableError(source.fault)
    return api.bring_in(source.path, source.inside, name=source.name)


def _died(source: Source, error: BaseException) -> Taken:
    return Taken(_look(source), ingesting.refusal(source.name, went_wrong(source.name, error)))


def _look(source: Source) -> Seen:
    """Return how a file stands at a glance; of one in a zip, how the zip stands."""
    try:
        found = source.path.stat() if source.path is not None else None
    except OSError:
        found = None
    return Seen(source.name, found.st_size, found.st_mtime_ns, "") if found else Seen(source.name, 0, 0, "")


def _glance(files: Mapping[str, Source], name: str) -> Seen:
    return _look(files[name])


def _read(files: Mapping[str, Source], name: str) -> Seen:
    seen = _look(files[name])
    with suppress(JixiaoError):
        return replace(seen, sha256=shards.digest(_bytes(files[name])))
    return seen


def _tell(work: _Work) -> int:
    """Say what came of it; what was refused a sentence each on standard error."""
    lake = work.order.lake
    done = shards.parts_in(lake)
    if missing := [name for shard in work.shards if shard.part not in done for name in shard.names]:
        told = len(work.files) - len(missing)
        cut = f"已中断：{len(work.files)} 个文件入库了 {told} 个；再运行一次，已入库的不重做。"
        return ended(cut, 0)
    counts = shards.finish(lake, work.shards)
    refused = list(shards.refused(lake))
    kept = sum(len(shard.names) for shard in work.shards if shard.part in work.kept)
    if work.order.form == "json":
        listed: list[Json] = [{key: _json(value) for key, value in one.items()} for one in refused]
        screen.put_data(as_text({"lake": str(lake), "kept": kept, **counts, "refused": listed}))
    else:
        screen.put(screen.ink(_sentence(work, counts, kept)))
    screen.complain(_complaint(one) for one in refused)
    return NOT_READ if refused else 0


def _sentence(work: _Work, counts: Mapping[str, int], kept: int) -> str:
    rows = "、".join(f"{counts[name]} {words}" for name, words in _TOLD.items())
    same = f"，其中 {kept} 个没有变，没有重读" if kept else ""
    left = f"{counts['refused']} 处没有入库，原因见下。" if counts["refused"] else "没有遗漏。"
    return f"{counts['files']} 个文件已入库{same}：{rows}。{left}数据湖在 {shown(str(work.order.lake))}"


def _complaint(one: Mapping[str, object]) -> str:
    file, why = str(one["file"]), str(one["why"])
    return why if file in why else f"“{file}”：{why}"


def _json(value: object) -> Json:
    return value if isinstance(value, str | int) else None
