"""The log is a chain: whole as it is written, broken where anything is changed, left out or cut off."""

from datetime import UTC, datetime

import pytest
from django.db import transaction
from django.db.transaction import TransactionManagementError

from jixiao.web import log
from jixiao.web.log import Act, Actor
from jixiao.web.models import LogEntry

AT = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)


@pytest.fixture
def four_entries(db) -> None:
    with transaction.atomic():
        for number in range(4):
            log.append(Actor(None, AT), Act("tried", f"第 {number} 次"))


def test_a_chain_as_written_holds(four_entries) -> None:
    assert list(log.verify()) == []


def test_an_empty_chain_holds(db) -> None:
    assert list(log.verify()) == []


def test_a_changed_entry_is_seen(four_entries) -> None:
    LogEntry.objects.filter(number=2).update(text="别的话")
    assert list(log.verify()) == ["第 2 条日志的内容与摘要不符：它被更改过"]


def test_a_removed_entry_is_seen(four_entries) -> None:
    LogEntry.objects.filter(number=2).delete()
    assert list(log.verify()) == ["第 2 条到第 2 条日志缺失"]


def test_a_cut_off_end_is_seen(four_entries) -> None:
    LogEntry.objects.filter(number=4).delete()
    assert list(log.verify()) == ["日志应止于第 4 条，实际止于第 3 条：末尾的记录被删除或更改过"]


def test_an_entry_written_anew_with_its_own_digest_is_seen_at_the_next_one(four_entries) -> None:
    entry = LogEntry.objects.get(number=2)
    entry.text = "别的话"
    entry.digest = log.digest(log.covered(entry))
    entry.save()
    assert list(log.verify()) == ["第 3 条日志接不上前一条：其间有记录被更改过"]


def test_sm3_is_a_method_too(db, settings) -> None:
    settings.DIGEST = "sm3"
    with transaction.atomic():
        assert log.append(Actor(None, AT), Act("tried", "试")).digest.startswith("sm3:")
    settings.DIGEST = "sha256"
    with transaction.atomic():
        log.append(Actor(None, AT), Act("tried", "再试"))
    assert list(log.verify()) == []


@pytest.mark.django_db(transaction=True)
def test_no_entry_stands_outside_of_a_transaction() -> None:
    with pytest.raises(TransactionManagementError):
        log.append(Actor(None, AT), Act("tried", "试"))
