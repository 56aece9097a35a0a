"""Who there is: organisations as a tree, people, and what a person is at an organisation in a year."""

from collections.abc import Mapping
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from jixiao.web.workflow import ROLES


class Organization(models.Model):
    """A finance bureau, a department below it, a unit below that; or an agency, which stands apart."""

    class Kind(models.TextChoices):
        """What an organisation is."""

        BUREAU = "bureau", "财政局"
        DEPARTMENT = "department", "主管部门"
        UNIT = "unit", "预算单位"
        AGENCY = "agency", "第三方机构"

    name = models.CharField("名称", max_length=200)
    code = models.CharField("编码", max_length=40, unique=True)
    kind = models.CharField("类别", max_length=12, choices=Kind)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    region = models.CharField("地区", max_length=100, blank=True, help_text="用于选用评分口径")
    scheme = models.CharField("评分口径", max_length=80, blank=True, help_text="不写则按地区和年度选用")
    # "/1/4/17/": the ids from the root to itself, so that one prefix finds all that stands below.
    path = models.CharField(max_length=200, db_index=True, editable=False)
    active = models.BooleanField("在用", default=True)

    class Meta:
        """The order of lists."""

        ordering: ClassVar = ["code"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        """Save, and keep the path; an organisation is never moved once filings hang below it (see actions)."""
        super().save(*args, **kwargs)  # type: ignore[arg-type]
        path = f"{self.parent.path if self.parent else '/'}{self.pk}/"
        if path != self.path:
            self.path = path
            type(self).objects.filter(pk=self.pk).update(path=path)


class People(BaseUserManager["User"]):
    """Makes users; the only class of its kind, because Django asks for it."""

    def create_user(self, username: str, password: str | None = None, **fields: object) -> "User":
        """Make a user with a hashed password, or with none, who then can't log in."""
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person; what the person may do stands in memberships, never here."""

    username = models.CharField("用户名", max_length=60, unique=True)
    name = models.CharField("姓名", max_length=60)
    email = models.EmailField("邮箱", blank=True)  # one's own choice: where notices go too
    is_active = models.BooleanField("启用", default=True)
    must_change_password = models.BooleanField("下次登录须改密码", default=False)
    password_changed_at = models.DateTimeField(null=True, blank=True)
    # Hashes of the last few passwords, newest first: none is taken again.
    passwords = models.JSONField(default=list, editable=False)
    # Keys of the sessions that count, oldest first: the gate ends any other.
    logins = models.JSONField(default=list, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    # What the person is, read once by the gate for the request that brought them, and, when first asked, which filings
    # were given to them (path and year of each); None: ask the database.
    held: "tuple[Membership, ...] | None" = None
    given: "Mapping[int, tuple[str, int]] | None" = None

    objects = People()
    USERNAME_FIELD = "username"

    class Meta:
        """The order of lists."""

        ordering: ClassVar = ["username"]

    def __str__(self) -> str:
        return self.name or self.username


class Membership(models.Model):
    """What a person is at an organisation, in one year or (without one) in every year."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    organization = models.ForeignKey(Organization, models.CASCADE, related_name="memberships")
    role = models.CharField(
        "角色", max_length=16, choices=[(role.value, name) for role, name in ROLES.items()]
    )
    year = models.PositiveSmallIntegerField("年度", null=True, blank=True)

    class Meta:
        """Nobody is the same thing twice."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "organization", "role", "year"], name="membership_once"),
            models.UniqueConstraint(
                fields=["user", "organization", "role"],
                condition=models.Q(year=None),
                name="membership_once_for_all",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.get_role_display()} {self.organization}"
