"""The scores that a rule-book gives an evaluation, exact, each with the steps that lead to it."""

from jixiao.scoring.sheet import score

__all__ = ["score"]
