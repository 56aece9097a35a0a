"""The workflow's table: whole, without dead ends, and free of Django."""

import ast
from pathlib import Path

from jixiao.web import workflow
from jixiao.web.workflow import DESK, ROLES, STATES, TRANSITIONS, Action, Role, State


def test_every_state_role_and_action_has_its_words() -> None:
    assert set(STATES) == set(State)
    assert set(ROLES) == set(Role)
    assert set(DESK) == set(State)
    assert {row.action for row in TRANSITIONS} == set(Action)


def test_an_action_leads_one_way_from_a_state() -> None:
    assert len({(row.action, row.source) for row in TRANSITIONS}) == len(TRANSITIONS)


def test_every_state_is_reached_and_can_be_left() -> None:
    reached, grown = {State.TARGETS_DRAFT}, True
    while grown:
        more = {row.target for row in TRANSITIONS if row.source in reached} - reached
        reached, grown = reached | more, bool(more)
    assert reached == set(State)
    assert {row.source for row in TRANSITIONS} == set(State)


def test_whoever_sends_back_or_undoes_gives_a_reason() -> None:
    backwards = {
        Action.RETURN,
        Action.RETURN_TARGETS,
        Action.UNDO_ACCEPTANCE,
        Action.WITHDRAW,
        Action.RETURN_RECTIFICATION,
    }
    assert all(row.reasoned for row in TRANSITIONS if row.action in backwards)


def test_no_administrator_touches_a_filing() -> None:
    assert not any(row.roles & workflow.ADMINISTRATORS for row in TRANSITIONS)


def test_the_table_imports_the_standard_library_alone() -> None:
    tree = ast.parse(Path(workflow.__file__).read_text("utf-8"))
    named = {n.module or "" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
    assert named == {"dataclasses", "enum"}
