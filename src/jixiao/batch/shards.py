"""Shards: which files of a folder make one part of a lake, which parts stand already, and how one is written.

Shards are cut by the files' names alone: sorted, a new one begins with a name whose hash says so, or when one is full.
So the same folder gives the same parts whoever cuts it and whatever was there before, and a file more or less moves
only its own. A part counts once its note (`shards/PART.json`) is written, which is last; what has none is swept away.
"""

import json
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, replace
from hashlib import sha256
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from jixiao.batch import duck, parts, tables
from jixiao.batch.alone import LOCK
from jixiao.batch.lake import ABOUT
from jixiao.batch.taken import Batches
from jixiao.errors import UnreadableError

MEAN, MOST = 128, 512  # files in a shard
_NOTES = "shards"
_WORKED_OUT = ("sheets*", "audited*")  # from the tables, so of a lake that was another
_FROM_PAPERS = "papers"


@dataclass(frozen=True, slots=True)
class Seen:
    """A file as it was when it was taken in: size, time of its last change, sha256 ("" where it couldn't be had)."""

    name: str
    size: int
    moment: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Taken:
    """What a file gave."""

    seen: Seen
    rows: Batches


@dataclass(frozen=True, slots=True)
class Shard:
    """Files that make one part, by their names in order."""

    part: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """What stands of a part: under which program, of which files, its files' sizes, its tables' rows."""

    state: str
    files: tuple[Seen, ...]
    sizes: Mapping[str, int]
    rows: Mapping[str, int]


Look = Callable[[str], Seen]
"""Says how a file stands now: without its sha256 ("") at a glance, or with it after reading."""


def shards_of(names: Iterable[str]) -> tuple[Shard, ...]:
    """Cut the files of a folder into shards."""
    found: list[list[str]] = []
    for name in sorted(names):
        if not found or len(found[-1]) >= MOST or _hash(name) % MEAN == 0:
            found.append([])
        found[-1].append(name)
    return tuple(Shard(f"part-{_hash(one[0]):016x}", tuple(one)) for one in found)


def _hash(name: str) -> int:
    return int.from_bytes(sha256(name.encode("utf-8", "surrogateescape")).digest()[:8], "big")


# ---------------------------------------------------------------- what stands already


def standing(lake: Path, shards: Sequence[Shard], state: str, glance: Look, read: Look) -> frozenset[str]:
    """Return the names of the parts that stand whole in a lake, of files that haven't changed.

    Args:
        lake: its folder.
        shards: those of the folder as it is now.
        state: the program and its settings; a part made under others doesn't stand.
        glance: size and time of a file, enough where they are those noted.
        read: with the sha256 too, asked where they aren't.
    """
    found = set[str]()
    for shard in shards:
        note = _noted(lake, shard.part)
        if note is None or note.state != state or tuple(one.name for one in note.files) != shard.names:
            continue
        if _whole(lake, note) and all(_unchanged(seen, glance, read) for seen in note.files):
            found.add(shard.part)
    return frozenset(found)


def _unchanged(seen: Seen, glance: Look, read: Look) -> bool:
    if seen.sha256 and glance(seen.name) == replace(seen, sha256=""):
        return True
    return read(seen.name).sha256 == seen.sha256


def _whole(lake: Path, note: Note) -> bool:
    """Tell whether every file of a part is there in its size: a power cut may leave less."""
    return all(
        (lake / path).is_file() and (lake / path).stat().st_size == size for path, size in note.sizes.items()
    )


def _noted(lake: Path, part: str) -> Note | None:
    try:
        data = json.loads((lake / _NOTES / f"{part}.json").read_text("utf-8"))
        files = tuple(Seen(*one) for one in data["files"])
        return Note(data["state"], files, data["sizes"], data["rows"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def is_finished(lake: Path, shards: Sequence[Shard], keep: Collection[str]) -> bool:
    """Tell whether a lake is whole, holds the parts of these shards and no others, and all of them stand."""
    return bool(about(lake).get("whole")) and parts_in(lake) == {shard.part for shard in shards} == set(keep)


def parts_in(lake: Path) -> frozenset[str]:
    """Return the names of the parts that are written."""
    return frozenset(path.stem for path in (lake / _NOTES).glob("*.json"))


def digest(data: bytes) -> str:
    """Return a file's sha256, as `Seen` holds it."""
    return sha256(data).hexdigest()


# ---------------------------------------------------------------- writing


def begin(lake: Path, keep: Collection[str]) -> None:
    """Make a folder ready to be written to: all but the parts to keep is swept away, and what was worked out.

    Raises:
        UnreadableError: it holds something that is no lake made of papers.
    """
    must_be_ours(lake)
    lake.mkdir(parents=True, exist_ok=True)
    _write(lake / ABOUT, {"version": tables.VERSION, "of": _FROM_PAPERS, "whole": False})
    for path in (found for pattern in _WORKED_OUT for found in lake.glob(pattern)):
        shutil.rmtree(path)
    for draft in list(parts.drafts_of(lake)):
        draft.unlink()
    for path in (lake / _NOTES).glob("*.json"):
        if path.stem not in keep:
            path.unlink()
    for name in tables.TABLES:
        for part, paths in parts.files_of(lake, name).items():
            for path in paths if part not in keep else ():
                path.unlink()


def must_be_ours(lake: Path) -> None:
    """Let only a lake made of papers pass, or a folder that is empty or isn't there.

    Raises:
        UnreadableError: it is anything else.
    """
    if not lake.exists() or (
        lake.is_dir() and all(one.suffix == parts.DRAFT or one.name == LOCK for one in lake.iterdir())
    ):
        return
    if about(lake).get("of") != _FROM_PAPERS:
        raise UnreadableError(f"“{lake}”里已有内容，不是由材料入库的数据湖：请换一个文件夹。")


def write_shard(lake: Path, part: str, state: str, taken: Sequence[Taken]) -> None:
    """Write a part, its tables first and its note last; `taken` holds its files in order."""
    sizes: dict[str, int] = {}
    rows: dict[str, int] = {}
    for name in tables.TABLES:
        batches = [one.rows[name] for one in taken]
        table = pa.Table.from_batches(batches, schema=tables.on_its_way(name))
        table = _each_once(name, table) if name in tables.TEXTS else table
        sizes |= parts.write_part(lake, name, part, table)
        rows[name] = table.num_rows
    files = [astuple(one.seen) for one in taken]
    _write(lake / _NOTES / f"{part}.json", {"state": state, "files": files, "sizes": sizes, "rows": rows})


def _each_once(name: str, table: pa.Table) -> pa.Table:
    """Return texts, each once, by their numbers."""
    known = {row[name]: row for row in table.to_pylist()}
    return tables.table([known[number] for number in sorted(known)], table.schema)


def finish(lake: Path, shards: Sequence[Shard]) -> Mapping[str, int]:
    """Declare a lake whole; returns how many files it is made of and how many rows each table has.

    Raises:
        UnreadableError: a part or a file of it is missing, or two files share a number.
    """
    counts = {"files": 0, **{name: 0 for name in tables.TABLES if name not in tables.TEXTS}}
    for shard in shards:
        note = _noted(lake, shard.part)
        if note is None or not _whole(lake, note):
            raise UnreadableError(f"“{lake}”缺了一部分：请再运行一次，已入库的不重做。")
        counts["files"] += len(note.files)
        for name in counts.keys() - {"files"}:
            counts[name] += note.rows[name]
    _must_differ(lake)
    known = {"version": tables.VERSION, "of": _FROM_PAPERS, "whole": True, **counts}
    if about(lake) != known:
        _write(lake / ABOUT, known)
    return counts


def _must_differ(lake: Path) -> None:
    """Find two papers of one number: two names of one hash, or two files of one name."""
    connection = duck.connect()
    parts.show(connection, "papers", parts.all_of(lake, "papers"))
    twice = (
        "SELECT min(file) AS file FROM papers GROUP BY filing, paper HAVING count(*) > 1 ORDER BY 1 LIMIT 1"
    )
    for row in duck.ask(connection, twice).to_pylist():
        raise UnreadableError(f"“{row['file']}”与另一个文件的编号相同：请给它改个名字，再运行一次。")


def refused(lake: Path) -> Iterator[Mapping[str, object]]:
    """Yield what a lake has not taken in: file, number of the filing (None: the whole file), why."""
    for path in parts.all_of(lake, "refused"):
        yield from pq.read_table(path, partitioning=None).to_pylist()


def about(lake: Path) -> Mapping[str, object]:
    """Return what lake.json says, nothing where it can't be read."""
    try:
        found = json.loads((lake / ABOUT).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _write(path: Path, data: Mapping[str, object]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(parts.DRAFT)
    draft.write_text(json.dumps(data, ensure_ascii=False), "utf-8")
    draft.replace(path)
