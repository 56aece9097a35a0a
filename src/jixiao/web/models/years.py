"""The year's dates."""

from typing import ClassVar

from django.db import models

from jixiao.web.models.people import Organization


class Deadline(models.Model):
    """Until when a stage of a year's filings is to be done, below an organisation; the nearest one counts."""

    class Stage(models.TextChoices):
        """What is to be done by then."""

        TARGETS = "targets", "目标申报"
        MONITORING = "monitoring", "运行监控"
        SELF = "self", "单位自评"
        DEPARTMENT = "department", "部门审核"
        RECHECK = "recheck", "财政复核"
        PUBLISH = "publish", "公开"

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="deadlines")
    year = models.PositiveSmallIntegerField("年度")
    stage = models.CharField("阶段", max_length=12, choices=Stage)
    day = models.DateField("截止日期")

    class Meta:
        """One date a stage."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organization", "year", "stage"], name="deadline_once")
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.get_stage_display()} {self.day}"
