"""The year of a filing as a table: which action leads from which state to which, and whose it is.

Standard library only: no database, no request. `access` asks it who may, `actions` does what it says. The year is
that of the measures for project expenditure performance self-evaluation: targets are declared, examined and approved,
watched while the money is spent, evaluated by the unit, examined by its department, re-checked by the finance bureau,
sampled, put right and published.
"""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """Where a filing stands; the words are those of `STATES`."""

    TARGETS_DRAFT = "targets_draft"
    TARGETS_AT_DEPARTMENT = "targets_at_department"
    TARGETS_AT_BUREAU = "targets_at_bureau"
    MONITORING = "monitoring"
    SELF_DRAFT = "self_draft"
    AT_DEPARTMENT = "at_department"
    AT_BUREAU = "at_bureau"
    ACCEPTED = "accepted"
    SAMPLED = "sampled"
    RECTIFYING = "rectifying"
    RECTIFIED = "rectified"
    PUBLISHED = "published"


STATES = {
    State.TARGETS_DRAFT: "目标填报",
    State.TARGETS_AT_DEPARTMENT: "目标待部门审核",
    State.TARGETS_AT_BUREAU: "目标待财政批复",
    State.MONITORING: "运行监控",
    State.SELF_DRAFT: "自评填报",
    State.AT_DEPARTMENT: "待部门审核",
    State.AT_BUREAU: "待财政复核",
    State.ACCEPTED: "复核通过",
    State.SAMPLED: "抽查中",
    State.RECTIFYING: "整改中",
    State.RECTIFIED: "整改待确认",
    State.PUBLISHED: "已公开",
}


class Role(StrEnum):
    """What a person is at an organisation in a year; the words are those of `ROLES`."""

    CLERK = "clerk"
    HEAD = "head"
    DEPARTMENT = "department"
    REVIEWER = "reviewer"
    MANAGER = "manager"
    AGENCY = "agency"
    AUDITOR = "auditor"
    SYSTEM_ADMIN = "system_admin"
    SECURITY_ADMIN = "security_admin"
    AUDIT_ADMIN = "audit_admin"


ROLES = {
    Role.CLERK: "填报人",
    Role.HEAD: "单位负责人",
    Role.DEPARTMENT: "部门审核",
    Role.REVIEWER: "财政复核",
    Role.MANAGER: "财政管理",
    Role.AGENCY: "第三方评价",
    Role.AUDITOR: "审计只读",
    Role.SYSTEM_ADMIN: "系统管理员",
    Role.SECURITY_ADMIN: "安全管理员",
    Role.AUDIT_ADMIN: "审计管理员",
}

UNIT = frozenset({Role.CLERK, Role.HEAD})
BUREAU = frozenset({Role.REVIEWER, Role.MANAGER})
# The three administrators keep the system and never touch or see a filing; none may be another (等保 2.0, 三权分立).
ADMINISTRATORS = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN})
# Whose membership lets them see every filing below their organisation; an agency sees what is assigned to it alone.
SEEING = frozenset(Role) - ADMINISTRATORS - {Role.AGENCY}


class Action(StrEnum):
    """What can be done to a filing; the words are those of its row in `TRANSITIONS`."""

    SUBMIT_TARGETS = "submit_targets"
    RECALL_TARGETS = "recall_targets"
    FORWARD_TARGETS = "forward_targets"
    RETURN_TARGETS = "return_targets"
    APPROVE_TARGETS = "approve_targets"
    MONITOR = "monitor"
    START_EVALUATION = "start_evaluation"
    SUBMIT = "submit"
    RECALL = "recall"
    FORWARD = "forward"
    RETURN = "return"
    ACCEPT = "accept"
    UNDO_ACCEPTANCE = "undo_acceptance"
    REASSIGN = "reassign"
    SPOT_CHECK = "spot_check"
    PASS_SPOT_CHECK = "pass_spot_check"  # noqa: S105 - a word of the workflow
    DEMAND_RECTIFICATION = "demand_rectification"
    ANSWER_RECTIFICATION = "answer_rectification"
    RETURN_RECTIFICATION = "return_rectification"
    CLOSE_RECTIFICATION = "close_rectification"
    PUBLISH = "publish"
    WITHDRAW = "withdraw"


@dataclass(frozen=True, slots=True)
class Transition:
    """One row of the table: an action, from where to where, whose it is, and whether it must be reasoned."""

    action: Action
    source: State
    target: State
    roles: frozenset[Role]
    title: str
    reasoned: bool = False


def _row(action: Action, source: State, target: State, roles: frozenset[Role], title: str) -> Transition:
    return Transition(action, source, target, roles, title)


def _reasoned(action: Action, source: State, target: State, roles: frozenset[Role], title: str) -> Transition:
    return Transition(action, source, target, roles, title, reasoned=True)


_DEPARTMENT, _MANAGER = frozenset({Role.DEPARTMENT}), frozenset({Role.MANAGER})
A, S = Action, State
TRANSITIONS = (
    _row(A.SUBMIT_TARGETS, S.TARGETS_DRAFT, S.TARGETS_AT_DEPARTMENT, UNIT, "报送目标"),
    _row(A.RECALL_TARGETS, S.TARGETS_AT_DEPARTMENT, S.TARGETS_DRAFT, UNIT, "撤回目标"),
    _row(A.FORWARD_TARGETS, S.TARGETS_AT_DEPARTMENT, S.TARGETS_AT_BUREAU, _DEPARTMENT, "审核通过，报财政"),
    _reasoned(A.RETURN_TARGETS, S.TARGETS_AT_DEPARTMENT, S.TARGETS_DRAFT, _DEPARTMENT, "退回修改"),
    _reasoned(A.RETURN_TARGETS, S.TARGETS_AT_BUREAU, S.TARGETS_DRAFT, BUREAU, "退回修改"),
    _row(A.APPROVE_TARGETS, S.TARGETS_AT_BUREAU, S.MONITORING, BUREAU, "批复目标"),
    _row(A.MONITOR, S.MONITORING, S.MONITORING, UNIT, "填报运行监控"),
    _row(A.START_EVALUATION, S.MONITORING, S.SELF_DRAFT, UNIT, "开始自评"),
    _row(A.SUBMIT, S.SELF_DRAFT, S.AT_DEPARTMENT, UNIT, "送审"),
    _row(A.RECALL, S.AT_DEPARTMENT, S.SELF_DRAFT, UNIT, "撤回"),
    _row(A.FORWARD, S.AT_DEPARTMENT, S.AT_BUREAU, _DEPARTMENT, "审核通过，报财政"),
    _reasoned(A.RETURN, S.AT_DEPARTMENT, S.SELF_DRAFT, _DEPARTMENT, "退回修改"),
    _reasoned(A.RETURN, S.AT_BUREAU, S.SELF_DRAFT, BUREAU, "退回修改"),
    _row(A.ACCEPT, S.AT_BUREAU, S.ACCEPTED, BUREAU, "复核通过"),
    _reasoned(A.UNDO_ACCEPTANCE, S.ACCEPTED, S.AT_BUREAU, _MANAGER, "撤销通过"),
    _reasoned(A.REASSIGN, S.AT_BUREAU, S.AT_BUREAU, _MANAGER, "改派复核人"),
    _row(A.SPOT_CHECK, S.ACCEPTED, S.SAMPLED, _MANAGER, "列入抽查"),
    _row(A.PASS_SPOT_CHECK, S.SAMPLED, S.ACCEPTED, BUREAU, "结束抽查"),
    _reasoned(A.DEMAND_RECTIFICATION, S.SAMPLED, S.RECTIFYING, BUREAU, "要求整改"),
    _reasoned(A.DEMAND_RECTIFICATION, S.ACCEPTED, S.RECTIFYING, BUREAU, "要求整改"),
    _row(A.ANSWER_RECTIFICATION, S.RECTIFYING, S.RECTIFIED, UNIT, "报送整改结果"),
    _reasoned(A.RETURN_RECTIFICATION, S.RECTIFIED, S.RECTIFYING, BUREAU, "整改不到位，退回"),
    _row(A.CLOSE_RECTIFICATION, S.RECTIFIED, S.ACCEPTED, BUREAU, "确认整改"),
    _row(A.PUBLISH, S.ACCEPTED, S.PUBLISHED, frozenset({Role.DEPARTMENT, Role.MANAGER}), "公开"),
    _reasoned(A.WITHDRAW, S.PUBLISHED, S.ACCEPTED, _MANAGER, "撤回公开"),
)

# Where the unit may write, and what: the targets while they are declared, figures so far, results in its evaluation.
WRITABLE = frozenset({State.TARGETS_DRAFT, State.MONITORING, State.SELF_DRAFT})
TARGETS_LOCKED = frozenset(State) - {
    State.TARGETS_DRAFT,
    State.TARGETS_AT_DEPARTMENT,
    State.TARGETS_AT_BUREAU,
}
# Who has a filing on the desk in each state: the to-do list, and whom a notice goes to.
DESK = {
    State.TARGETS_DRAFT: UNIT,
    State.TARGETS_AT_DEPARTMENT: _DEPARTMENT,
    State.TARGETS_AT_BUREAU: BUREAU,
    State.MONITORING: UNIT,
    State.SELF_DRAFT: UNIT,
    State.AT_DEPARTMENT: _DEPARTMENT,
    State.AT_BUREAU: BUREAU,
    State.ACCEPTED: frozenset[Role](),
    State.SAMPLED: BUREAU,
    State.RECTIFYING: UNIT,
    State.RECTIFIED: BUREAU,
    State.PUBLISHED: frozenset[Role](),
}


def transitions(state: State) -> tuple[Transition, ...]:
    """Return the rows that lead out of a state."""
    return tuple(row for row in TRANSITIONS if row.source is state)


def transition(action: Action, state: State) -> Transition | None:
    """Return the row of an action in a state; None where the action isn't one of that state."""
    return next((row for row in transitions(state) if row.action is action), None)
