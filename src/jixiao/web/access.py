"""Who may do what: the only place that decides.

Which pages a person may open at all (`PAGES`, asked by the gate before any view runs), which filings a person sees
(`visible_to`), and what a person may do with one (`may`).
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Final, TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q, QuerySet
from django.http import Http404

from jixiao.web.below import below
from jixiao.web.models import (
    Assignment,
    Check,
    CheckedFile,
    Found,
    Membership,
    Organization,
    Submission,
    User,
)
from jixiao.web.workflow import (
    ADMINISTRATORS,
    BUREAU,
    DESK,
    SEEING,
    UNIT,
    WRITABLE,
    Action,
    Role,
    State,
    Transition,
    transition,
    transitions,
)


class Right(StrEnum):
    """What can be done with a filing without moving it on."""

    VIEW = "view"
    WRITE = "write"  # type into it
    ATTACH = "attach"  # hand in evidence
    RECHECK = "recheck"  # score it again
    JUDGE = "judge"  # say whether a finding holds
    REMIND = "remind"  # tell those on whose desk it lies that it waits


RIGHTS = {
    Right.VIEW: "查看",
    Right.WRITE: "填报",
    Right.ATTACH: "上传佐证材料",
    Right.RECHECK: "复核",
    Right.JUDGE: "判断问题",
    Right.REMIND: "催办",
}

Row = TypeVar("Row", bound=Model)
ANYONE: Final = frozenset({"anyone"})  # also without an account
PERSON: Final = frozenset(role.value for role in Role)  # whoever has logged in
_FILINGS: Final = frozenset(role.value for role in SEEING | {Role.AGENCY})
_ACTING: Final = frozenset({Role.DEPARTMENT.value, *(role.value for role in BUREAU)})
BOOKS: Final = frozenset({"rulebooks", "rulebook", "rulebooks_compared", "rules", "rule"})
_OFFICES: Final = frozenset({Role.DEPARTMENT, *BUREAU, Role.AUDITOR})
_SYSTEM = frozenset({Role.SYSTEM_ADMIN.value})
_SECURITY = frozenset({Role.SECURITY_ADMIN.value})
_AUDIT = frozenset({Role.AUDIT_ADMIN.value})
_MANAGER = frozenset({Role.MANAGER.value})

# Checking files at once: everybody who has logged in, and an office without accounts; each sees but their own.
CHECKS: Final[frozenset[str]] = frozenset({
    "checks", "check_new", "check", "check_rows", "check_add", "check_delete", "check_download", "checked",
    "checked_page", "checked_doubt", "checked_finding", "checked_download",
})  # fmt: skip

# Filling in: those who see filings; what each may do with one is asked of `submission_for`.
FILLING: Final[frozenset[str]] = frozenset({
    "filling", "filling_start", "filling_call_off", "filling_row", "filling_rows", "filling_merge",
    "filling_presence", "filling_doubt", "filling_send", "filling_narrative", "filling_attachments",
    "filling_attachment_withdraw",
})  # fmt: skip

# Filings: their list, and what is seen of one; what each may do with it is asked of `submission_for`.
_SEEN: Final[frozenset[str]] = frozenset({
    "filings", "filings_sheet", "view_save", "view_delete", "filing", "filing_history", "filing_act", "filing_judge",
    "filing_download", "filing_files", "filing_file", "filing_file_withdraw", "recheck", "recheck_row",
    "recheck_opinion", "recheck_adopt", "recheck_finish", "recheck_reopen", "recheck_download", "rectification",
    "rectification_answer", "rectification_settle", "publication", "published", "published_file",
})  # fmt: skip

_REST = ("read", "score", "check", "write", "filings", "filing", "open", "hand_in", "act")

# Page by page, by the name of its URL: who may open it. A page that isn't listed opens for nobody.
PAGES: Final[dict[str, frozenset[str]]] = {
    "home": PERSON,
    "health": ANYONE,
    "log_in": ANYONE,
    "log_out": ANYONE,
    "password": PERSON,
    "mail": PERSON,
    "choose_year": PERSON,
    "choose_place": PERSON,
    # 组织、人员、角色、日志、期限：三类管理员各管一段，财政管理定期限
    "organizations": _SYSTEM,
    "organization_add": _SYSTEM,
    "organization": _SYSTEM,
    "organization_change": _SYSTEM,
    "organization_switch": _SYSTEM,
    "project_add": _SYSTEM,
    "project_change": _SYSTEM,
    "project_switch": _SYSTEM,
    "people": _SYSTEM | _SECURITY,
    "person_add": _SYSTEM,
    "person": _SYSTEM | _SECURITY,
    "person_rename": _SYSTEM,
    "person_switch": _SYSTEM,
    "person_reset": _SYSTEM,
    "person_unlock": _SYSTEM,
    "membership_add": _SECURITY,
    "membership_end": _SECURITY,
    "bring_in": _SYSTEM | _SECURITY | _MANAGER,
    "bring_in_template": _SYSTEM | _SECURITY | _MANAGER,
    "bring_in_confirm": _SYSTEM | _SECURITY | _MANAGER,
    "log": _AUDIT,
    "log_export": _AUDIT,
    "deadlines": _MANAGER,
    # 看板、口径、规则
    "board": _OFFICES,
    "board_question": _OFFICES,
    "board_sheet": _OFFICES,
    "likeness": _OFFICES,
    "other_book": _OFFICES,
    "reckoning": _OFFICES,
    "reckoning_sheet": _OFFICES,
    **dict.fromkeys(BOOKS, PERSON),
    "style": ANYONE,  # answers only while developing
    **dict.fromkeys(CHECKS, PERSON),
    **dict.fromkeys(FILLING, _FILINGS),
    **dict.fromkeys(_SEEN, _FILINGS),
    "filings_act": _ACTING,
    "filing_new": frozenset(role.value for role in UNIT),
    "notices_read": PERSON,
    # 程序接口：凭密钥，由 rest.keys 判断是谁；文档给登录的人看
    "tokens": PERSON,
    "token_revoke": PERSON,
    "rest:api-root": PERSON,
    "rest:openapi-json": PERSON,
    "rest:openapi-view": PERSON,
    **dict.fromkeys((f"rest:{verb}" for verb in _REST), ANYONE),
}
# What an office without accounts (JIXIAO_MODE=office) opens to whoever sits at the machine.
OFFICE: Final[frozenset[str]] = frozenset({"home", "health", "style"}) | CHECKS | BOOKS


def may_open(name: str, user: User | None) -> bool:
    """Tell whether a person (None: nobody has logged in) may open a page, by the name of its URL."""
    return bool(openable((name,), user))


def openable(names: Iterable[str], user: User | None) -> frozenset[str]:
    """Return those pages, of many, that a person may open."""
    roles = None if user is None else {role.value for role in all_roles(user)}
    return frozenset(name for name in names if _open(PAGES.get(name, frozenset()), roles))


def _open(wanted: frozenset[str], roles: set[str] | None) -> bool:
    if wanted == ANYONE or roles is None:
        return wanted == ANYONE
    return wanted == PERSON or bool(wanted & roles)


def all_roles(user: User) -> frozenset[Role]:
    """Return what a person is anywhere, in any year."""
    return frozenset(Role(one.role) for one in held(user))


def held(user: User) -> tuple[Membership, ...]:
    """Return what a person is and where, in whatever year; within a request as its gate read it."""
    if user.held is not None:
        return user.held
    return tuple(user.memberships.select_related("organization").order_by("pk"))


def held_in(user: User, year: int) -> tuple[Membership, ...]:
    """Return what a person is and where in a year."""
    return tuple(one for one in held(user) if one.year in {None, year})


def roles_at(user: User, path: str, year: int) -> frozenset[Role]:
    """Return what a person is at an organisation (given by its path) or above it, in a year."""
    return frozenset(Role(one.role) for one in held_in(user, year) if path.startswith(one.organization.path))


def roles_in(user: User, submission: Submission) -> frozenset[Role]:
    """Return what a person is to a filing; an agency is one where the filing is assigned to it."""
    roles = roles_at(user, submission.path, submission.year) - {Role.AGENCY}
    return roles | {Role.AGENCY} if submission.pk in given(user) else roles


def visible_to(user: User) -> QuerySet[Submission]:
    """Return the filings that a person sees: those below an organisation of theirs, and those assigned to them."""
    own, elsewhere = _own(user), _given_elsewhere(user)
    return Submission.objects.filter(own | Q(pk__in=elsewhere) if elsewhere else own)


def _given_elsewhere(user: User) -> list[int]:
    """Return the filings that were assigned to a person and don't stand below an organisation of theirs."""
    seen = [(one.organization.path, one.year) for one in held(user) if Role(one.role) in SEEING]
    return [
        pk
        for pk, (path, year) in given(user).items()
        if not any(path.startswith(own) and of in {None, year} for own, of in seen)
    ]


def findings_visible_to(user: User) -> QuerySet[Found]:
    """Return the counted findings of the filings that a person sees below an organisation of theirs."""
    return Found.objects.filter(_own(user))


def _own(user: User) -> Q:
    seen = Q(pk__in=[])
    for one in held(user):
        if Role(one.role) in SEEING:
            at = below(one.organization.path)
            seen |= at & Q(year=one.year) if one.year is not None else at
    return seen


def organizations_of(user: User, roles: Iterable[Role]) -> QuerySet[Organization]:
    """Return the organisations at which a person has one of the roles, and all that stand below them."""
    wanted, seen = frozenset(roles), Q(pk__in=[])
    for one in held(user):
        if Role(one.role) in wanted:
            seen |= Q(path__startswith=one.organization.path)
    return Organization.objects.filter(seen)


def organizations_seen(user: User) -> QuerySet[Organization]:
    """Return the organisations of whose filings a person may be told: their own, and units of what is assigned."""
    units = Submission.objects.filter(pk__in=assigned(user).values("submission")).values("unit")
    return organizations_of(user, SEEING) | Organization.objects.filter(pk__in=units)


def kept_by(user: User) -> QuerySet[Organization]:
    """Return what an administrator keeps: what stands at and below their own, and the agencies, which stand apart."""
    below = organizations_of(user, ADMINISTRATORS)
    return below | Organization.objects.filter(kind=Organization.Kind.AGENCY, parent=None)


def people_of(user: User) -> QuerySet[User]:
    """Return whom an administrator keeps: those who are nothing anywhere else."""
    outside = Membership.objects.exclude(organization__in=kept_by(user).values("pk")).values("user")
    return User.objects.exclude(pk__in=outside)


def submission_for(user: User, pk: int, may: "Right | Action" = Right.VIEW) -> Submission:
    """Return a filing that a person may do this with.

    Raises:
        Http404: there is none, or the person doesn't see it: both answer alike, so that ids can't be tried out.
        PermissionDenied: the person sees it, and may not do this now; the sentence says who may.
    """
    seen = visible_to(user).select_related("project", "unit", "department", "revision__author")
    return _one(
        user, pk, may, seen.defer("revision__record", "revision__review")
    )  # long; read by what needs them


def alone_for(user: User, pk: int, may: "Right | Action" = Right.VIEW) -> Submission:
    """Return a filing as `submission_for` does, with its draft's version alone: for answers that come often."""
    return _one(user, pk, may, visible_to(user).select_related("draft").defer("draft__content"))


def held_for(user: User, pk: int, may: "Right | Action") -> Submission:
    """Return a filing as `submission_for` does, its row locked until the transaction ends."""
    return _one(user, pk, may, visible_to(user).select_for_update(of=("self",)))


def _one(user: User, pk: int, may: "Right | Action", seen: QuerySet[Submission]) -> Submission:
    found = seen.filter(pk=pk).first()
    if found is None:
        raise Http404("没有这份材料，或您看不到它")
    require(user, may, found)
    return found


def require(user: User, wanted: "Right | Action", submission: Submission) -> None:
    """Stop where a person may not do this with a filing.

    Raises:
        PermissionDenied: with the sentence that says who may.
    """
    if not allowed(wanted, roles_in(user, submission), State(submission.state)):
        raise PermissionDenied(refusal(wanted, submission))


# In which states somebody may do what with a filing without moving it on, and who.
_RIGHTS: Final[Mapping[Right, tuple[frozenset[State], frozenset[Role]]]] = {
    Right.VIEW: (frozenset(State), SEEING | {Role.AGENCY}),
    Right.WRITE: (WRITABLE, UNIT),
    Right.ATTACH: (WRITABLE | {State.MONITORING, State.RECTIFYING}, UNIT),
    Right.RECHECK: (frozenset({State.AT_BUREAU, State.SAMPLED}), BUREAU | {Role.AGENCY}),
    Right.JUDGE: (frozenset(State), BUREAU | {Role.DEPARTMENT, Role.AGENCY}),
    Right.REMIND: (frozenset(state for state, desk in DESK.items() if desk), BUREAU | {Role.DEPARTMENT}),
}


def allowed(wanted: "Right | Action", roles: frozenset[Role], state: State) -> bool:
    """Tell whether somebody with these roles may do this with a filing in this state."""
    if isinstance(wanted, Action):
        row = transition(wanted, state)
        return row is not None and bool(row.roles & roles)
    states, whose = _RIGHTS[wanted]
    return state in states and bool(roles & whose)


def open_to(user: User, submission: Submission) -> tuple[Transition, ...]:
    """Return the rows of the workflow that a person may take with a filing now."""
    roles = roles_in(user, submission)
    return tuple(row for row in transitions(State(submission.state)) if row.roles & roles)


def refusal(wanted: "Right | Action", submission: Submission) -> str:
    """Return the sentence for somebody who may not: what can't be done, where the filing stands, who may."""
    state = State(submission.state)
    row = transition(wanted, state) if isinstance(wanted, Action) else None
    title = row.title if row else RIGHTS[wanted] if isinstance(wanted, Right) else "这样做"
    stands = submission.get_state_display()
    if isinstance(wanted, Action) and row is None:
        return f"这份材料现在是“{stands}”，不能这样做。请刷新页面，看它现在到了哪一步。"
    return f"这份材料现在是“{stands}”，您不能{title}。如需办理，请联系本单位负责人、主管部门或财政局绩效管理人员。"


def checks_of(user: User | None, owner: str) -> QuerySet[Check]:
    """Return what a person has checked; without an account, what the browser that holds the key has."""
    if user is not None:
        return Check.objects.filter(user=user)
    return Check.objects.filter(user=None, owner=owner) if owner else Check.objects.none()


def check_for(user: User | None, owner: str, pk: int) -> Check:
    """Return one of these checks.

    Raises:
        Http404: there is none, or it is somebody else's: both answer alike.
    """
    return found(checks_of(user, owner).filter(pk=pk))


def checked_files_of(user: User | None, owner: str) -> QuerySet[CheckedFile]:
    """Return the files of these checks."""
    return CheckedFile.objects.filter(check_of__in=checks_of(user, owner))


def checked_file_for(user: User | None, owner: str, pk: int) -> CheckedFile:
    """Return one of these files.

    Raises:
        Http404: as `check_for`.
    """
    return found(checked_files_of(user, owner).select_related("check_of").filter(pk=pk))


def found(rows: QuerySet[Row]) -> Row:
    """Return the only row of a query.

    Raises:
        Http404: there is none.
    """
    row = rows.first()
    if row is None:
        raise Http404("没有这一页，或您看不到它")
    return row


def given(user: User) -> Mapping[int, tuple[str, int]]:
    """Return the path and year of each filing that was given to a person; within a request they are read once."""
    if user.given is not None:
        return user.given
    rows = assigned(user).values_list("submission", "submission__path", "submission__year")
    told = {pk: (path, year) for pk, path, year in rows}
    if user.held is not None:
        user.given = told
    return told


def assigned(user: User) -> QuerySet[Assignment]:
    """Return what was given to a person, or to an agency of theirs, to look at."""
    agencies = [one.organization_id for one in held(user) if one.role == Role.AGENCY]
    to = Q(user=user) | Q(organization__in=agencies) if agencies else Q(user=user)
    return Assignment.objects.filter(to, ended_at=None)
