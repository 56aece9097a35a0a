"""The lists that an office fills in for us: their heads, their notes, whose they are, and what a row does."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from jixiao.web import access
from jixiao.web.actions import accounts, memberships
from jixiao.web.actions import organizations as tree
from jixiao.web.bringing_in.targets import Targets
from jixiao.web.forms.organizations import OrganizationForm, ProjectForm
from jixiao.web.forms.people import NewPerson, NewRole
from jixiao.web.log import Actor
from jixiao.web.models import Organization, Project, User
from jixiao.web.workflow import ROLES, Role


@dataclass(slots=True)
class Desk:
    """What one bringing in gathers: who does it, the passwords made for those who must be told, targets by filing."""

    actor: Actor
    user: User
    told: list[tuple[User, str]] = field(default_factory=list)
    targets: Targets = field(default_factory=Targets)


Do = Callable[[Desk, Sequence[str]], str]


@dataclass(frozen=True, slots=True)
class List:
    """One kind of list; `do` takes the texts of `heads` and `free` in their order, and says in a word what it did."""

    key: str
    title: str
    role: Role
    heads: tuple[str, ...]
    free: tuple[str, ...]
    notes: tuple[str, ...]
    example: tuple[str, ...]
    do: Do
    back: str


def _organization(desk: Desk, texts: Sequence[str]) -> str:
    code, name, kind, above, region, scheme = texts
    kinds = {str(one.label): one.value for one in Organization.Kind}
    if kind not in kinds:
        raise ValidationError(f"类别“{kind}”不认得：请写{'、'.join(kinds)}。")
    kept = access.kept_by(desk.user)
    held = kept.filter(code=code).first()
    parent = kept.filter(code=above).first() if above else None
    if above and parent is None:
        raise ValidationError(f"上级编码“{above}”没有找到：请先新增上级，或把上级写在前面的行。")
    data = {"kind": kinds[kind], "parent": parent.pk if parent else "", "name": name, "code": code,
            "region": region or (parent.region if parent else ""), "scheme": scheme}  # fmt: skip
    form = OrganizationForm(desk.user, data, instance=held)
    _sound(form.errors.get_json_data(), form)
    tree.keep(form.save(commit=False), desk.actor)
    return "修改" if held else "新增"


def _project(desk: Desk, texts: Sequence[str]) -> str:
    code, name, number = texts
    unit = organization_named(access.kept_by(desk.user), code)
    held = Project.objects.filter(unit=unit, name=name).first()
    form = ProjectForm({"name": name, "code": number}, instance=held or Project(unit=unit))
    _sound(form.errors.get_json_data(), form)
    tree.keep_project(form.save(commit=False), desk.actor)
    return "修改" if held else "新增"


def _person(desk: Desk, texts: Sequence[str]) -> str:
    form = NewPerson({"username": texts[0], "name": texts[1]})
    _sound(form.errors.get_json_data(), form)
    desk.told.append(accounts.add(texts[0], texts[1], desk.actor))
    return "新增"


def _membership(desk: Desk, texts: Sequence[str]) -> str:
    username, role, code, year = texts
    roles = {name: role.value for role, name in ROLES.items()}
    if role not in roles:
        raise ValidationError(f"角色“{role}”不认得：请写{'、'.join(roles)}。")
    user = access.people_of(desk.user).filter(username=username).first()
    if user is None:
        raise ValidationError(f"没有用户名为“{username}”的人：请先由系统管理员建立账号。")
    where = organization_named(access.kept_by(desk.user), code)
    form = NewRole(desk.user, {"role": roles[role], "organization": where.pk, "year": year})
    _sound(form.errors.get_json_data(), form)
    memberships.give(form.membership(user), desk.actor)
    return "给"


def _target(desk: Desk, texts: Sequence[str]) -> str:
    unit = organization_named(access.organizations_of(desk.user, {Role.MANAGER}), texts[0])
    desk.targets.add(unit, texts[1:])
    return "读入"


def organization_named(among: QuerySet[Organization], code: str) -> Organization:
    """Return the organisation of a code.

    Raises:
        ValidationError: there is none in use.
    """
    found = among.filter(code=code, active=True).first()
    if found is None:
        raise ValidationError(f"单位编码“{code}”没有找到，或已停用：请核对编码。")
    return found


def _sound(
    errors: dict[str, list[dict[str, str]]], form: "OrganizationForm | ProjectForm | NewPerson | NewRole"
) -> None:
    said = list(_said(errors, form))
    if said:
        raise ValidationError(said)


def _said(errors: dict[str, list[dict[str, str]]], form: object) -> Iterator[str]:
    fields = getattr(form, "fields", {})
    for name, found in errors.items():
        label = f"{fields[name].label}：" if name in fields else ""
        yield from (f"{label}{one['message']}" for one in found)


LISTS = {
    row.key: row
    for row in (
        List(
            "organizations", "单位", Role.SYSTEM_ADMIN,
            ("单位编码", "单位名称", "类别", "上级编码"), ("地区", "评分口径"),
            ("类别写：财政局、主管部门、预算单位、第三方机构。上级写在下级前面；编码已有的按这里修改。",
             "地区用于选用评分口径，不写则同上级；评分口径写编号，不写则按地区和年度选用。"),
            ("20103", "青禾县种子站", "预算单位", "201", "云河省青禾县", ""), _organization, "organizations",
        ),
        List(
            "projects", "项目", Role.SYSTEM_ADMIN, ("单位编码", "项目名称"), ("项目编码",),
            ("一个单位的项目名称各不相同；名称已有的只更新项目编码。",),
            ("20101", "高标准农田管护", "X-2026-001"), _project, "organizations",
        ),
        List(
            "people", "账号", Role.SYSTEM_ADMIN, ("用户名", "姓名"), (),
            ("用户名用字母和数字。导入后显示一次初始密码；角色另由安全管理员导入。",),
            ("zhangsan", "张某某"), _person, "people",
        ),
        List(
            "memberships", "角色", Role.SECURITY_ADMIN, ("用户名", "角色", "单位编码"), ("年度",),
            (f"角色写：{'、'.join(ROLES.values())}。", "年度不写则各年度都有效。"),
            ("zhangsan", "填报人", "20101", "2026"), _membership, "people",
        ),
        List(
            "targets", "批复的绩效目标", Role.MANAGER,
            ("单位编码", "项目名称", "年度", "一级指标", "二级指标", "三级指标", "指标值", "分值"),
            ("年度目标", "全年预算数（万元）"),
            ("每行一个指标；同一项目的各行前三列相同，年度目标和预算数写在它的第一行。",
             "导入后项目进入“运行监控”，目标锁定；该年度已有材料的项目不能导入。"),
            ("20101", "高标准农田管护", "2026", "产出指标", "数量指标", "管护面积", "≥1200亩", "20",
             "完成1200亩管护", "60"),
            _target, "home",
        ),
    )
}  # fmt: skip
