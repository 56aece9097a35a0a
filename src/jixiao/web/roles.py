"""Which role is held at which kind of organisation, and who gives it to whom."""

from django.core.exceptions import ValidationError

from jixiao.web import access
from jixiao.web.models import Membership, Organization, User
from jixiao.web.workflow import ADMINISTRATORS, ROLES, Role

_KIND = Organization.Kind
AT = {
    Role.CLERK: {_KIND.UNIT, _KIND.DEPARTMENT, _KIND.BUREAU},
    Role.HEAD: {_KIND.UNIT, _KIND.DEPARTMENT, _KIND.BUREAU},
    Role.DEPARTMENT: {_KIND.DEPARTMENT, _KIND.BUREAU},
    Role.REVIEWER: {_KIND.BUREAU},
    Role.MANAGER: {_KIND.BUREAU},
    Role.AGENCY: {_KIND.AGENCY},
    Role.AUDITOR: {_KIND.BUREAU, _KIND.DEPARTMENT},
    Role.SYSTEM_ADMIN: {_KIND.BUREAU},
    Role.SECURITY_ADMIN: {_KIND.BUREAU},
    Role.AUDIT_ADMIN: {_KIND.BUREAU},
}


def is_administrator(user: User) -> bool:
    """Tell whether a person is one of the three administrators, anywhere."""
    return bool(access.all_roles(user) & ADMINISTRATORS)


def why_not(wanted: Membership) -> str:
    """Return why a role may not be given; "" where it may."""
    role, where = Role(wanted.role), wanted.organization
    if where.kind not in AT[role]:
        kinds = "、".join(str(_KIND(kind).label) for kind in _KIND if kind in AT[role])
        return f"“{ROLES[role]}”只能设在{kinds}，“{where}”是{where.get_kind_display()}。"
    if _clash({*access.all_roles(wanted.user), role}):
        return "三类管理员互相独立，也不能兼任业务角色：请另设账号，或先撤销此人现有的角色。"
    if role in ADMINISTRATORS and wanted.user.must_change_password:
        return "管理员须由本人使用的账号担任：请此人先用初始密码登录，改成自己的密码，再给角色。"
    return "此人已经有这个角色。" if _has(wanted) else ""


def check(wanted: Membership) -> None:
    """Stop where a role may not be given.

    Raises:
        ValidationError: with the reason.
    """
    if why := why_not(wanted):
        raise ValidationError(why)


def _has(wanted: Membership) -> bool:
    same = Membership.objects.filter(user=wanted.user, organization=wanted.organization, role=wanted.role)
    return same.filter(year=wanted.year).exists()


def _clash(roles: set[Role]) -> bool:
    """Tell whether roles include an administrator's beside any other: the three stand apart from all."""
    return bool(roles & ADMINISTRATORS) and len(roles) > 1
