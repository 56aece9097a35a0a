"""What a remedy is made of: cells to be changed, those needed in any case and those of which one is to be chosen."""

from dataclasses import dataclass

from jixiao.model.finding import FieldPath


@dataclass(frozen=True, slots=True)
class Change:
    """One cell to be changed: from what, to what, and why; `paper` is its index in the filing's readings.

    `to` is a range (16.00～20.00) where the evaluator has a choice; `exact` tells that it isn't.
    """

    paper: int
    where: FieldPath
    printed: str
    to: str
    why: str
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Remedy:
    """The changes that are needed whatever is chosen; and for each open question the equally small sets that settle it.

    Every member of `choices` is a question with two answers or more: nobody can tell from the paper which is right.
    """

    needed: tuple[Change, ...]
    choices: tuple[tuple[tuple[Change, ...], ...], ...] = ()

    @property
    def size(self) -> int:
        """How many cells change."""
        return len(self.needed) + sum(len(answers[0]) for answers in self.choices)
