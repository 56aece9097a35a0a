"""A filing that is done: its review, the choice of its rule-book, and what was decided about its findings since."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from jixiao.audit.office.ledger import Settled
from jixiao.audit.office.remarks import Remark
from jixiao.model.review import Review
from jixiao.schemes import Choice


@dataclass(frozen=True, slots=True)
class Done:
    """A review with the choice of its rule-book; `settled` no longer counts, `remarks` are a reviewer's by id."""

    review: Review
    choice: Choice
    settled: tuple[Settled, ...] = ()
    remarks: Mapping[str, Remark] = field(default_factory=dict)
