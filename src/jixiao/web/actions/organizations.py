"""Acts on the tree: organisations and their projects are added, renamed and switched off, never removed."""

from django.db import transaction

from jixiao.errors import TransitionError
from jixiao.web import log
from jixiao.web.log import Act, Actor
from jixiao.web.models import Organization, Project, Submission

_WORDS = {
    "name": "名称",
    "code": "编码",
    "kind": "类别",
    "parent": "上级",
    "region": "地区",
    "scheme": "评分口径",
}


@transaction.atomic
def keep(organization: Organization, actor: Actor) -> Organization:
    """Save an organisation that is new or was changed, and log what changed.

    Raises:
        TransitionError: it would be moved, and filings or organisations stand below it.
    """
    before = Organization.objects.select_for_update().filter(pk=organization.pk).first()
    if before is not None and before.parent_id != organization.parent_id and _grown(before):
        raise TransitionError(f"“{before}”下面已有材料或单位，不能改换上级：请新建一个，把旧的停用。")
    organization.save()
    if before is None:
        said = f"新增{organization.get_kind_display()}，编码 {organization.code}"
        log.append(actor, Act("add_organization", said, subject=organization.name))
    else:
        log.append(
            actor, Act("change_organization", _changes(before, organization), subject=organization.name)
        )
    return organization


def _grown(organization: Organization) -> bool:
    below = Submission.objects.filter(path__startswith=organization.path)
    return organization.children.exists() or below.exists()


def _changes(before: Organization, after: Organization) -> str:
    was = {word: (getattr(before, name), getattr(after, name)) for name, word in _WORDS.items()}
    said = [
        f"{word}：{old or '（空）'} → {new or '（空）'}" for word, (old, new) in was.items() if old != new
    ]
    return "；".join(said) or "没有改动"


@transaction.atomic
def switch(pk: int, actor: Actor) -> Organization:
    """Switch an organisation off, or on again.

    Raises:
        TransitionError: others below it are still in use, or the one above it isn't.
    """
    found = Organization.objects.select_for_update().get(pk=pk)
    if found.active and found.children.filter(active=True).exists():
        raise TransitionError(f"“{found}”下面还有在用的单位：请先停用它们。")
    if not found.active and found.parent is not None and not found.parent.active:
        raise TransitionError(f"“{found}”的上级“{found.parent}”已停用：请先启用上级。")
    found.active = not found.active
    found.save(update_fields=["active"])
    log.append(actor, Act("switch_organization", "启用" if found.active else "停用", subject=found.name))
    return found


@transaction.atomic
def keep_project(project: Project, actor: Actor) -> Project:
    """Save a project that is new or was renamed."""
    before = Project.objects.select_for_update().filter(pk=project.pk).first()
    project.save()
    said = (
        "新增项目"
        if before is None
        else f"项目改名：{before.name} → {project.name}，编码 {project.code or '（空）'}"
    )
    log.append(actor, Act("keep_project", said, subject=f"{project.unit} {project.name}"))
    return project


@transaction.atomic
def switch_project(pk: int, actor: Actor) -> Project:
    """Switch a project off or on again: one that is off gets no further filings."""
    found = Project.objects.select_for_update(of=("self",)).select_related("unit").get(pk=pk)
    found.active = not found.active
    found.save(update_fields=["active"])
    said = "启用项目" if found.active else "停用项目"
    log.append(actor, Act("switch_project", said, subject=f"{found.unit} {found.name}"))
    return found
