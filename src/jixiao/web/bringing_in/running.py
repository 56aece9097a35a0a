"""Bringing a list in: tried as a whole, undone as a whole where it was only tried or where a row is faulty."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from jixiao import api
from jixiao.errors import JixiaoError, UnreadableError
from jixiao.web import log
from jixiao.web.bringing_in.lists import Desk, List
from jixiao.web.log import Act, Actor
from jixiao.web.models import User

MOST = 5_000  # rows of one list
_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a row can't be taken, by its number in the workbook; 0 for the list as a whole."""

    row: int
    said: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it: how many of what was done, what was wrong, whom a first password must be told."""

    rows: int
    done: tuple[tuple[str, int], ...]
    faults: tuple[Fault, ...]
    told: tuple[tuple[User, str], ...] = ()

    @property
    def shown(self) -> tuple[Fault, ...]:
        """The faults that are listed: enough to work on."""
        return self.faults[:_SHOWN]


def rows_of(wanted: List, data: bytes, name: str) -> tuple[api.TableRow, ...]:
    """Read the rows of a list.

    Raises:
        UnreadableError: it can't be read, isn't this list, or is empty or too long.
    """
    rows = api.read_table(data, name=name, heads=wanted.heads, free=wanted.free)
    if not rows:
        raise UnreadableError(f"“{name}”的表头下面没有内容：请填好后再导入。")
    if len(rows) > MOST:
        raise UnreadableError(f"“{name}”有 {len(rows)} 行，超过 {MOST} 行：请分几个文件导入。")
    return rows


def attempt(wanted: List, rows: Sequence[api.TableRow], actor: Actor) -> Outcome:
    """Do all of it, and undo it: what comes back is what would be."""
    return _run(wanted, rows, actor, name=None)


def bring_in(wanted: List, rows: Sequence[api.TableRow], actor: Actor, name: str) -> Outcome:
    """Do all of it, or nothing where a single row is faulty."""
    return _run(wanted, rows, actor, name=name)


@transaction.atomic
def _run(wanted: List, rows: Sequence[api.TableRow], actor: Actor, name: str | None) -> Outcome:
    if actor.user is None:
        raise PermissionDenied("请先登录。")
    desk, done = Desk(actor, actor.user), Counter[str]()
    faults = [fault for row in rows for fault in _done(wanted, row, desk, done)]
    faults += [Fault(0, said) for said in desk.targets.keep(actor)] if not faults else []
    if faults or name is None:
        transaction.set_rollback(True)
        return Outcome(len(rows), tuple(done.items()), tuple(faults))
    told = "，".join(f"{word} {count} 个" for word, count in done.items())
    log.append(actor, Act("bring_in", f"从表格导入{wanted.title}：{told}", subject=name[:200]))
    return Outcome(len(rows), tuple(done.items()), (), tuple(desk.told))


def _done(wanted: List, row: api.TableRow, desk: Desk, done: Counter[str]) -> list[Fault]:
    """Do one row; return what is wrong with it."""
    for head, text in zip(wanted.heads, row.texts, strict=False):
        if "\x00" in text:
            return [Fault(row.number, f"“{head}”里有不能识别的字符：请重新输入。")]
    try:
        with transaction.atomic():
            done[wanted.do(desk, row.texts)] += 1
    except ValidationError as error:
        return [Fault(row.number, said) for said in error.messages]
    except (JixiaoError, PermissionDenied) as error:
        return [Fault(row.number, str(error))]
    return []
