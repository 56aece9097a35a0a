"""The only place that changes state: each action is one transaction with its check of access and its log entry."""

from jixiao.web.actions.moving import Move, move
from jixiao.web.actions.revising import Said, locked, revise

__all__ = ["Move", "Said", "locked", "move", "revise"]
