"""Acts on the log itself: taking a copy away, and removing what need no longer be kept."""

from collections.abc import Sequence

from django.db import transaction

from jixiao.web import log
from jixiao.web.log import Act, Actor
from jixiao.web.models import LogEntry, LogHead


@transaction.atomic
def exported(count: int, actor: Actor) -> None:
    """Log that entries were taken away."""
    log.append(actor, Act("export_log", f"导出日志 {count} 条"))


@transaction.atomic
def trim(numbers: Sequence[int], actor: Actor) -> None:
    """Remove entries from the beginning of the chain, which then begins where they end; that is logged too.

    Args:
        numbers: the first entries of the chain, in order, none left out.
        actor: who does so.
    """
    if not numbers:
        return
    head = LogHead.objects.select_for_update().get(pk=1)
    last = LogEntry.objects.get(number=numbers[-1])
    if numbers[0] != head.first or len(numbers) != numbers[-1] - numbers[0] + 1:
        raise ValueError(numbers[0])
    head.first, head.before = last.number + 1, last.digest
    head.save(update_fields=["first", "before"])
    LogEntry.objects.filter(number__lte=last.number).delete()
    log.append(actor, Act("trim_log", f"到期日志已另存并清理：第 {numbers[0]} 至 {last.number} 条"))
