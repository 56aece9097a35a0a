"""A project's filing of a year: where it stands, what it says in each revision, what is being typed into it."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from jixiao.web.models.people import Organization, User
from jixiao.web.workflow import STATES, State


class Project(models.Model):
    """What a unit spends money on; it has one filing a year."""

    unit = models.ForeignKey(Organization, models.PROTECT, related_name="projects")
    name = models.CharField("项目名称", max_length=200)
    code = models.CharField("项目编码", max_length=60, blank=True)
    form = models.CharField("表样", max_length=20, blank=True)
    active = models.BooleanField("在用", default=True)  # one that isn't gets no further filings

    class Meta:
        """A unit has one project of a name."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["unit", "name"], name="project_once")]

    def __str__(self) -> str:
        return self.name


class Submission(models.Model):
    """A project's filing of one year.

    What it says stands in its revisions; the columns here are what lists, boards and sums need, written anew with each
    revision by `actions.revising` and never by anybody else. Points and scores are in hundredths, money in 分, rates in
    hundred-thousandths; None is what isn't known, never 0.
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="submissions")
    year = models.PositiveSmallIntegerField("年度")
    unit = models.ForeignKey(Organization, models.PROTECT, related_name="submissions")
    department = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="department_submissions"
    )
    path = models.CharField(
        max_length=200, db_index=True
    )  # the unit's: one prefix finds a department's filings
    state = models.CharField(
        "状态",
        max_length=24,
        default=State.TARGETS_DRAFT,
        choices=[(s.value, name) for s, name in STATES.items()],
    )
    version = models.PositiveIntegerField(
        default=0
    )  # goes up with every act; an act names the one that it saw
    revision = models.ForeignKey("Revision", models.PROTECT, null=True, blank=True, related_name="+")
    approved = models.ForeignKey("Revision", models.PROTECT, null=True, blank=True, related_name="+")
    scheme = models.CharField("评分口径", max_length=80, blank=True)
    late = models.BooleanField("逾期", default=False)
    returned = models.BooleanField("已退回", default=False)  # until it is handed in again
    light = models.CharField("运行监控", max_length=6, blank=True)  # green, amber, red
    state_since = models.DateTimeField(default=timezone.now)
    submitted_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(auto_now=True)

    score_printed = models.IntegerField("自评得分", null=True, blank=True)
    score = models.IntegerField("重算得分", null=True, blank=True)
    score_rechecked = models.IntegerField("复核得分", null=True, blank=True)
    grade_printed = models.CharField("自评等级", max_length=20, blank=True)
    grade = models.CharField("重算等级", max_length=20, blank=True)
    budget = models.BigIntegerField("全年预算数", null=True, blank=True)
    executed = models.BigIntegerField("全年执行数", null=True, blank=True)
    rate = models.IntegerField("执行率", null=True, blank=True)
    errors = models.PositiveIntegerField("错误", default=0)
    warnings = models.PositiveIntegerField("需核实", default=0)
    notes = models.PositiveIntegerField("提示", default=0)
    full_marks = models.BooleanField("各项满分", default=False)
    indicators = models.PositiveSmallIntegerField("指标数", default=0)

    class Meta:
        """A project has one filing a year."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["project", "year"], name="submission_once")]
        indexes: ClassVar = [
            models.Index(fields=["year", "state", "path"]),
            # all that the board counts by, so that it never reads the rows themselves
            models.Index(
                fields=[
                    "year",
                    "department",
                    "state",
                    "late",
                    "returned",
                    "full_marks",
                    "score_printed",
                    "path",
                ],
                name="submission_counted",
            ),
            models.Index(fields=["unit", "year"]),
            models.Index(fields=["year", "state_since", "id"]),
            models.Index(fields=["year", "score_printed"]),
            models.Index(fields=["year", "rate"]),
            models.Index(fields=["year", "errors"]),
        ]

    def __str__(self) -> str:
        return f"{self.project}（{self.year} 年度）"


class Found(models.Model):
    """How often a rule found something in a filing's latest revision; written with it by `actions.revising`.

    Year and organisations stand here again, so that a board counts tens of thousands of filings without a join.
    """

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="found")
    year = models.PositiveSmallIntegerField()
    department = models.ForeignKey(Organization, models.PROTECT, null=True, blank=True, related_name="+")
    unit = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    path = models.CharField(max_length=200)
    code = models.CharField(max_length=8)
    severity = models.CharField(max_length=8)
    count = models.PositiveIntegerField()

    class Meta:
        """A rule of one severity is counted once a filing."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["submission", "code", "severity"], name="found_once")
        ]
        indexes: ClassVar = [
            models.Index(fields=["year", "code", "severity", "path", "count"], name="found_by_rule"),
            models.Index(fields=["year", "unit", "severity", "path", "count"], name="found_by_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.submission} {self.code}"


class Revision(models.Model):
    """What a filing says at one time; never changed, never deleted."""

    class Stage(models.TextChoices):
        """What part of the year a revision belongs to."""

        TARGETS = "targets", "绩效目标"
        MONITORING = "monitoring", "运行监控"
        SELF = "self", "自评"
        RECHECK = "recheck", "复核"
        RECTIFIED = "rectified", "整改后"
        PUBLIC = "public", "公开稿"

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    stage = models.CharField(max_length=12, choices=Stage)
    record = models.TextField()  # the papers as JSON, as `jixiao read --format json` prints them
    review = models.TextField(blank=True)  # scores and findings as JSON (`model.record.review_to_json`)
    digest = models.CharField(max_length=80)  # of `record`, with its method: sha256:... or sm3:...
    scheme = models.CharField(max_length=80, blank=True)
    scheme_digest = models.CharField(max_length=80, blank=True)
    source = models.ForeignKey(
        "Attachment", models.PROTECT, null=True, blank=True, related_name="+"
    )  # its file
    author = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """Revisions are numbered within their filing."""

        ordering: ClassVar = ["submission", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["submission", "number"], name="revision_once")
        ]

    def __str__(self) -> str:
        return f"{self.submission} 第 {self.number} 稿"


class Draft(models.Model):
    """What is being typed into a filing, saved with every change; a revision is made of it when it is sent on.

    `content` holds the texts as typed, row by row, each row with its own version and who saved it last (decision 0027).
    """

    submission = models.OneToOneField(Submission, models.CASCADE, related_name="draft")
    content = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=0)
    changed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.submission} 草稿"


class Beginning(models.Model):
    """A file that a draft is to begin with, while it is read behind the request; gone once the draft has begun.

    One that can't be read stays with what its job says of it, until somebody begins otherwise.
    """

    submission = models.OneToOneField(Submission, models.CASCADE, related_name="beginning")
    scheme = models.CharField(max_length=80)  # "": what the file itself asks for
    form = models.CharField(max_length=20, blank=True)
    revises = models.BooleanField(default=False)  # what is read is a revision of the filing too
    name = models.CharField(max_length=255)
    digest = models.CharField(max_length=80)  # of the file as kept (`files.keep`)
    size = models.PositiveBigIntegerField()
    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    address = models.CharField(max_length=45, blank=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class Presence(models.Model):
    """Who has a filing open, and in which row; older than a minute means gone."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="presences")
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    row = models.CharField(max_length=60, blank=True)
    seen_at = models.DateTimeField()

    class Meta:
        """A person is at one place of a filing."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["submission", "user"], name="presence_once")]

    def __str__(self) -> str:
        return f"{self.user} {self.submission}"
