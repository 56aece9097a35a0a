"""The only place that changes state: each action is one transaction with its check of access and its log entry."""

from jixiao.web.actions.moving import move
from jixiao.web.actions.revising import Said, locked, revise
from jixiao.web.actions.wanted import Demand, Given, Move

__all__ = ["Demand", "Given", "Move", "Said", "locked", "move", "revise"]
