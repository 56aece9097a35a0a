"""The log's chain: each entry's digest covers the one before it, so that nothing is changed or left out unseen."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from django.db import connection, transaction
from django.db.transaction import TransactionManagementError

from jixiao.web.digests import agrees, digest
from jixiao.web.models import LogEntry, LogHead, Submission, User

KEPT = timedelta(days=180)  # at least so long an entry stays (等保 2.0; 网络安全法 第二十一条)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, from where and when; `user` is None for the program itself."""

    user: User | None
    at: datetime
    address: str = ""

    @property
    def name(self) -> str:
        """What the log calls it: the name at that time, also when the person is renamed later."""
        return f"{self.user.name}（{self.user.username}）" if self.user else "系统"


@dataclass(frozen=True, slots=True)
class Act:
    """What was done: a word for programs, a sentence for people, and what it was done to."""

    action: str
    text: str
    submission: Submission | None = None
    subject: str = ""
    details: Mapping[str, object] = field(default_factory=dict)


def append(actor: Actor, act: Act) -> LogEntry:
    """Add an entry to the chain; call it inside the transaction of the act itself.

    Raises:
        TransactionManagementError: outside of a transaction, where an act could stand without its entry.
    """
    if not connection.in_atomic_block:
        raise TransactionManagementError("an entry is part of its act's own transaction")
    head = LogHead.objects.select_for_update().get_or_create(pk=1)[0]
    entry = LogEntry(
        number=head.number + 1,
        at=actor.at,
        actor=actor.user,
        actor_name=actor.name,
        address=actor.address,
        action=act.action,
        submission=act.submission,
        subject=act.subject or str(act.submission or ""),
        text=act.text,
        details=json.dumps(act.details, ensure_ascii=False, sort_keys=True, default=str),
        previous=head.digest,
    )
    entry.digest = digest(covered(entry))
    entry.save(force_insert=True)
    head.number, head.digest = entry.number, entry.digest
    head.save(update_fields=["number", "digest"])
    return entry


def covered(entry: LogEntry) -> bytes:
    """Return what an entry's digest covers: all that it says, and the digest before it."""
    at = entry.at.astimezone(UTC).isoformat()
    said = [
        entry.number, at, entry.actor_id, entry.actor_name, entry.address, entry.action,
        entry.submission_id, entry.subject, entry.text, entry.details, entry.previous,
    ]  # fmt: skip
    return json.dumps(said, ensure_ascii=False).encode()


def verify() -> Iterator[str]:
    """Yield a sentence for each place where the chain doesn't hold; nothing where it is whole."""
    with transaction.atomic():
        head = LogHead.objects.filter(pk=1).first() or LogHead(pk=1)
        number, previous = head.first, head.before
        for entry in LogEntry.objects.order_by("number").iterator(chunk_size=2000):
            yield from _against(entry, number, previous)
            number, previous = entry.number + 1, entry.digest
        if (number - 1, previous) != (head.number, head.digest) and head.number >= head.first:
            yield f"日志应止于第 {head.number} 条，实际止于第 {number - 1} 条：末尾的记录被删除或更改过"


def _against(entry: LogEntry, number: int, previous: str) -> Iterator[str]:
    if entry.number != number:
        yield f"第 {number} 条到第 {entry.number - 1} 条日志缺失"
    elif entry.previous != previous:
        yield f"第 {entry.number} 条日志接不上前一条：其间有记录被更改过"
    if not agrees(covered(entry), entry.digest):
        yield f"第 {entry.number} 条日志的内容与摘要不符：它被更改过"
